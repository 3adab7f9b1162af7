/* A record that belongs to another: whose it is stands in a column that no form has. */
#ifndef YL_DOMAIN_RECORD_PART_H
#define YL_DOMAIN_RECORD_PART_H

#include "base/form.h"
#include "domain/office.h"

/* sql: gives the owner and the rev of the row :id.  Errors  RC_NOTFOUND it is gone, in the form's words */
enum rc record_part_find(struct office *of, const char *sql, const struct form *form, int64_t id, int64_t *owner_id, int64_t *rev, struct err *e) MUST_USE;
/* sql: writes :owner into the row :id, and whose account it is where it has :me. */
enum rc record_part_stamp(struct office *of, const char *sql, int64_t id, int64_t owner_id, struct err *e) MUST_USE;

#endif
