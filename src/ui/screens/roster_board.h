/* The week as a grid of cells: a row is one service at one time of day, a column a day. */
#ifndef YL_UI_SCREENS_ROSTER_BOARD_H
#define YL_UI_SCREENS_ROSTER_BOARD_H

#include "domain/roster.h"
#include "ui/app.h"

#define BOARD_DAYS 7
#define BOARD_COLS 78             /* a name of 20 columns and seven days of 8, with the frame */

struct board_row {
	const struct roster_shift *days[BOARD_DAYS];     /* NULL: none on that day */
};

struct roster_board {
	struct board_row *rows;       /* in the week's arena */
	size_t n;
	size_t row, top;              /* under the cursor; first shown */
	int day;                      /* 0 Monday */
	int visible;
};

/* Rows from the week; the cursor stays on its row and day as far as they are there. */
void roster_board_fill(struct roster_board *b, const struct roster_week *week, struct arena *a);
void roster_board_layout(struct roster_board *b, int rows);      /* rows inside the frame */
bool roster_board_key(struct roster_board *b, const struct key_event *ev);
/* The shift under the cursor; NULL where there is none. */
const struct roster_shift *roster_board_shift(const struct roster_board *b);
void roster_board_draw(const struct app *app, const struct roster_board *b, const struct roster_week *week, struct canvas *c, struct rect area, bool active);
/* What the days off of a week are off for: "中秋节、国庆节"; appended, nothing where there is none. */
void roster_holiday_words(const struct roster_week *week, struct strbuf *out);

#endif
