/* One record to read: headings, facts with their labels, and lines that open something. Wrapped to the width, scrolled by row.
 *
 * The cursor stands on an item that is no heading; what is on it can be opened (id) or asked about (tag), so that no key needs a field's name.
 */
#ifndef YL_UI_CARD_VIEW_H
#define YL_UI_CARD_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mem.h"
#include "ui/canvas.h"
#include "ui/key.h"

enum card_kind { CARD_HEADING, CARD_FACT, CARD_LINE };

struct card_item {
	enum card_kind kind;
	enum style style;             /* of the text */
	const char *label;            /* of a fact; "" else */
	const char *text;
	int64_t id;                   /* what Enter opens; 0: nothing */
	int tag;                      /* the screen's own */
};

struct card_view {
	struct arena arena;           /* owns the texts */
	struct card_item *items;
	size_t n, cap;
	size_t cursor;                /* item */
	int top;                      /* first row shown */
	int rows, cols;               /* as laid out */
	int row, col;                 /* where the framed card begins, for clicks; else 0 */
};

void card_view_clear(struct card_view *v);        /* the cursor stays where it is, if there is still something */
void card_view_release(struct card_view *v);
void card_view_heading(struct card_view *v, const char *text);
void card_view_fact(struct card_view *v, const char *label, const char *text, enum style style, int64_t id, int tag);
void card_view_line(struct card_view *v, const char *text, enum style style, int64_t id, int tag);

/* Before drawing, when items or area have changed: keeps the cursor on an item that is there, and in view. */
void card_view_layout(struct card_view *v, int rows, int cols);
/* Arrows, pages, ends, wheel, click. false: not a key of the card. */
bool card_view_key(struct card_view *v, const struct key_event *ev);
/* The item under the cursor; NULL where there is none. */
const struct card_item *card_view_item(const struct card_view *v);
/* The cursor to the first item of this tag; false: there is none. */
bool card_view_go_tag(struct card_view *v, int tag);
void card_view_draw(const struct card_view *v, struct canvas *c, struct rect area, bool active);

/* The same inside a frame of this area, one column away from it: there a > says where the cursor is. */
void card_view_layout_framed(struct card_view *v, struct rect area);
void card_view_draw_framed(const struct card_view *v, struct canvas *c, struct rect area, const char *title, bool active);

#endif
