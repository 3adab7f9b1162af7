/* What a frame looks like, before it goes to the terminal: a grid of cells that screens paint.
 *
 * Invariant: a wide character takes two cells, the second marked as its continuation; painting over half of one blanks the other half; everything is
 * clipped to the canvas.  All text goes through text_fit()/text_cluster(), so controls and bidi overrides can't get in.
 */
#ifndef YL_UI_CANVAS_H
#define YL_UI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* What a cell is for; theme.c gives each a colour and attributes for 256, 8 and no colours. */
enum style {
	STYLE_TEXT, STYLE_DIM, STYLE_STRONG, STYLE_TITLE, STYLE_BAR, STYLE_BAR_STRONG, STYLE_KEY, STYLE_KEY_LABEL, STYLE_BORDER, STYLE_HEADING,
	STYLE_SELECTED, STYLE_SELECTED_IDLE, STYLE_MATCH, STYLE_LABEL, STYLE_FIELD, STYLE_FIELD_ACTIVE, STYLE_REQUIRED, STYLE_MASKED, STYLE_SELECTION,
	STYLE_GOOD, STYLE_WARNING, STYLE_ERROR, STYLE_URGENT, STYLE_NOTICE,
	STYLE_HEAT_0, STYLE_HEAT_1, STYLE_HEAT_2, STYLE_HEAT_3, STYLE_HEAT_4,
	STYLE_ROUTE_1, STYLE_ROUTE_2, STYLE_ROUTE_3, STYLE_ROUTE_4, STYLE_ROUTE_5, STYLE_ROUTE_6,
	STYLE_COUNT
};

#define CELL_BYTES 21             /* a cluster in UTF-8: base and up to four marks, and the NUL */

struct cell {
	char text[CELL_BYTES];        /* NUL-ended; "" in a continuation */
	uint8_t width;                /* 1, 2; 0 in a continuation */
	uint8_t style;
	uint8_t lines;                /* a piece of a border: its directions (canvas.c), so that borders that meet join; 0: text */
};

struct rect {
	int row, col, rows, cols;
};

struct canvas {
	int rows, cols;
	struct cell *cells;
	int cursor_row, cursor_col;   /* where the terminal's cursor stands; row -1: hidden */
	bool ascii_lines;             /* borders as + - | where the terminal draws them wide */
};

void canvas_init(struct canvas *c, int rows, int cols);
void canvas_release(struct canvas *c);
void canvas_resize(struct canvas *c, int rows, int cols);     /* clears */
void canvas_clear(struct canvas *c);

/* Paint text from (row, col) into exactly width_cols cells (padded with blanks or cut with …). Returns the column after it. */
int canvas_text(struct canvas *c, int row, int col, int width_cols, enum style style, const char *text);
int canvas_text_right(struct canvas *c, int row, int col, int width_cols, enum style style, const char *text);
/* Paint text as far as it goes and as the clip allows, without padding. Returns the column after it. */
int canvas_put(struct canvas *c, int row, int col, int max_cols, enum style style, const char *text);
int canvas_format(struct canvas *c, int row, int col, int max_cols, enum style style, const char *format, ...) PRINTF_LIKE(6, 7);
void canvas_fill(struct canvas *c, struct rect area, enum style style);
/* Give an area another style, keeping its text. */
void canvas_restyle(struct canvas *c, struct rect area, enum style style);
/* A frame with a title (or NULL) in its upper border; returns the inner area. Frames and lines that share cells join (┬ ├ ┼); what lies inside is left:
 * fill the area first to cover something. */
struct rect canvas_frame(struct canvas *c, struct rect area, enum style style, const char *title);
void canvas_line(struct canvas *c, int row, int col, int cols, enum style style);       /* horizontal */
void canvas_column(struct canvas *c, int row, int col, int rows, enum style style);     /* vertical */
void canvas_cursor(struct canvas *c, int row, int col);       /* hidden where that is outside */

/* A row as text (tests, copies); continuation cells are skipped, trailing blanks cut. */
void canvas_row_text(const struct canvas *c, int row, struct strbuf *out);

#endif
