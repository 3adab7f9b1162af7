/* The columns of a register on the screen, as the form's [list] section states them. */
#ifndef YL_UI_REGISTER_COLUMNS_H
#define YL_UI_REGISTER_COLUMNS_H

#include "ui/widgets/list_view.h"

/* One column a list column of the form, sortable where the table has an index for it. Everything lives in the arena.
 * Errors  RC_DB */
enum rc register_columns(struct app *app, const struct form *form, struct arena *a, struct view_column **out, size_t *n, struct err *e) MUST_USE;

/* The rule for what is typed after `/` in a register's list; the context is its form. */
enum rc register_find_rule(struct app *app, void *form, const char *typed, struct arena *a, struct list_filter *out, size_t max, size_t *n,
                           struct err *e) MUST_USE;

#endif
