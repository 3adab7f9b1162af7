/* What the files about welfare checks share. */
#ifndef YL_DOMAIN_WELFARE_INSIDE_H
#define YL_DOMAIN_WELFARE_INSIDE_H

#include "domain/welfare.h"

/* When a rung is overdue; 0: it has no end. */
int64_t welfare_due_at(const struct office *of, int rung, int64_t rung_at);
/* One check, as the account may see it. Errors  RC_DENIED; RC_NOTFOUND; RC_BUSY; RC_DB */
enum rc welfare_find(struct office *of, int64_t id, struct arena *a, struct welfare_check *out, struct err *e) MUST_USE;

#endif
