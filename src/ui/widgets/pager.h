/* Lines to read: a timeline, a history, a help text. Styled lines, wrapped once for a width, scrolled by row. */
#ifndef YL_UI_PAGER_H
#define YL_UI_PAGER_H

#include <stdbool.h>

#include "base/mem.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct pager_line {
	enum style style;
	int indent_cols;              /* of all its rows */
	int hang_cols;                /* of the rows after the first, more */
	const char *text;
	int64_t id;                   /* what Enter opens; 0: nothing */
};

struct pager {
	struct arena arena;
	struct pager_line *lines;
	size_t n, cap;
	struct wrapped *wrapped;      /* rows at `cols` */
	size_t n_wrapped, cap_wrapped;
	int cols, top, rows;
	int cursor;                   /* line under the cursor where the pager has one; -1: plain text */
};

void pager_clear(struct pager *p);
void pager_release(struct pager *p);
/* A line; later rows of it stand hang_cols further in, where one is given. */
void pager_add(struct pager *p, enum style style, int indent_cols, int64_t id, const char *format, ...) PRINTF_LIKE(5, 6);
void pager_add_hanging(struct pager *p, enum style style, int hang_cols, int64_t id, const char *format, ...) PRINTF_LIKE(5, 6);
void pager_layout(struct pager *p, int rows, int cols);       /* before draw, when the area or the lines changed */
bool pager_key(struct pager *p, const struct key_event *ev);
void pager_draw(const struct pager *p, struct canvas *c, struct rect area);
int64_t pager_id(const struct pager *p);                      /* of the line under the cursor */

#endif
