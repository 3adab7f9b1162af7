/* A list of card lines under its headings, and beside it, where the terminal is wide, what is under the cursor: where each stands. */
#ifndef YL_UI_CARD_BESIDE_H
#define YL_UI_CARD_BESIDE_H

#include "ui/app.h"
#include "ui/widgets/card_view.h"

struct card_beside {
	int list_cols;                /* of the list with its frame, where something stands beside it */
	int head_rows;                /* inside the frame, above the lines */
	int margin_cols;              /* between frame and lines, the frame's own column counted */
};

struct rect card_beside_list(const struct app *app, const struct card_beside *shape);        /* with its frame; alone it takes all */
struct rect card_beside_other(const struct app *app, const struct card_beside *shape);       /* shares one column of frame */
struct rect card_beside_lines(const struct app *app, const struct card_beside *shape);       /* of the list's lines alone */
/* Lay the list out there; clicks find it. */
void card_beside_layout(const struct app *app, const struct card_beside *shape, struct card_view *list);

#endif
