/* Making and unmaking an office's file: shared by `init` and the demo. */
#ifndef YL_DOMAIN_OFFICE_FILE_H
#define YL_DOMAIN_OFFICE_FILE_H

#include "base/err.h"
#include "base/form.h"
#include "domain/office.h"

/* The forms of a community's type, "" for none. */
enum rc office_forms(const struct settings *settings, const char *kind, struct form_set **out, struct err *e) MUST_USE;
enum rc office_insert_community(struct store *st, const struct office_new *n, struct err *e) MUST_USE;
/* Take away a database that was just made, with what lies beside it. */
void office_remove_file(const char *path);

#endif
