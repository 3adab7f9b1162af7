/* Where a list of card lines stands, and what is beside it. */
#include "ui/widgets/card_beside.h"

struct rect card_beside_list(const struct app *app, const struct card_beside *shape)
{
	struct rect r = app->area;

	if (app->wide)
		r.cols = shape->list_cols;
	return r;
}

struct rect card_beside_other(const struct app *app, const struct card_beside *shape)
{
	struct rect r = app->area;

	r.col += shape->list_cols - 1;
	r.cols -= shape->list_cols - 1;
	return r;
}

struct rect card_beside_lines(const struct app *app, const struct card_beside *shape)
{
	struct rect r = card_beside_list(app, shape);

	return (struct rect){ r.row + 1 + shape->head_rows, r.col + shape->margin_cols, r.rows - 2 - shape->head_rows, r.cols - 2 * shape->margin_cols };
}

void card_beside_layout(const struct app *app, const struct card_beside *shape, struct card_view *list)
{
	struct rect area = card_beside_lines(app, shape);

	list->row = area.row;
	list->col = area.col;
	card_view_layout(list, area.rows, area.cols);
}
