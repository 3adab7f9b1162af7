/* The columns of a register on the screen. */
#include "ui/widgets/register_columns.h"

#include <string.h>

#include "domain/register.h"

static enum rc add_order(struct app *app, const struct form *form, struct view_column *column, const char *name, struct arena *a, struct err *e)
{
	struct list_order order;
	enum rc rc = register_order(app->of, form, name, false, a, &order, e);

	if (rc == RC_OK)
		column->order = order.column;
	if (rc != RC_INVALID)
		return rc;
	err_clear(e);                      /* no index: can't be sorted by */
	return RC_OK;
}

enum rc register_columns(struct app *app, const struct form *form, struct arena *a, struct view_column **out, size_t *n, struct err *e)
{
	struct view_column *columns = arena_alloc(a, form->n_columns * sizeof *columns);
	enum rc rc;

	for (size_t i = 0; i < form->n_columns; i++) {
		const struct field *f = form->columns[i].field;
		bool right = f->type == FIELD_INT || f->type == FIELD_MONEY;

		columns[i] = (struct view_column){
			.title = f->label, .width_cols = form->columns[i].width_cols, .source = i, .form = form, .align = right ? ALIGN_RIGHT : ALIGN_LEFT,
		};
		if ((rc = add_order(app, form, &columns[i], f->name, a, e)) != RC_OK)
			return rc;
	}
	*out = columns;
	*n = form->n_columns;
	return RC_OK;
}

enum rc register_find_rule(struct app *app, void *form, const char *typed, struct arena *a, struct list_filter *out, size_t max, size_t *n,
                           struct err *e)
{
	struct list_filter filter;
	bool any = false;
	enum rc rc = register_filter(app->of, form, typed, a, &filter, &any, e);

	if (rc != RC_OK)
		return rc;
	*n = any && max > 0;
	if (*n)
		out[0] = filter;
	return RC_OK;
}
