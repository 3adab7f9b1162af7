/* The small loop of a question. */
#include "ui/modal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/loop.h"

#define WAIT_MS 250

bool modal_run(struct loop *l, struct modal *m)
{
	enum modal_answer answer = MODAL_WAIT;

	m->below = l->modal;
	l->modal = m;
	l->dirty = true;
	while (answer == MODAL_WAIT && l->ending == ENDING_NOT) {
		struct key_event ev;

		if (l->dirty && !tty_pending(l->tty))
			loop_paint(l);
		if (!loop_next_key(l, WAIT_MS, &ev))
			continue;
		answer = m->key(l, m->state, &ev);
		l->dirty = true;
	}
	l->modal = m->below;
	l->dirty = true;
	return answer == MODAL_DONE;
}

bool modal_covers(const struct modal *innermost)
{
	for (; innermost; innermost = innermost->below)
		if (innermost->covers)
			return true;
	return false;
}

static void draw_from(struct loop *l, struct modal *m, struct canvas *c)
{
	if (m == NULL)
		return;
	if (!m->covers)
		draw_from(l, m->below, c);
	c->cursor_row = -1;
	m->draw(l, m->state, c);
}

void modal_draw_all(struct loop *l, struct canvas *c)
{
	draw_from(l, l->modal, c);
}

/* Letters, digits and signs at the beginning of a word are a key, the rest says what it does. */
void modal_draw_hint(const struct modal *m, struct canvas *c)
{
	const char *s = m->hint ? m->hint : "";
	int col = 1;

	while (*s) {
		size_t word = strcspn(s, " "), key = 0;
		AUTO_FREE char *name = NULL, *label = NULL;

		while (key < word && (unsigned char)s[key] < 0x80)
			key++;
		name = mem_copy_n(s, key);
		label = mem_copy_n(s + key, word - key);
		col = canvas_put(c, c->rows - 1, col, c->cols - col, STYLE_KEY, name);
		col = canvas_put(c, c->rows - 1, col, c->cols - col, STYLE_KEY_LABEL, label) + 1;
		s += word + (s[word] == ' ');
	}
}

struct rect modal_box(struct canvas *c, int rows, int cols, const char *title)
{
	struct rect area = { 0, 0, rows < c->rows - 2 ? rows : c->rows - 2, cols < c->cols - 2 ? cols : c->cols - 2 };

	area.row = (c->rows - area.rows) / 2;
	area.col = (c->cols - area.cols) / 2;
	canvas_fill(c, area, STYLE_TEXT);
	return canvas_frame(c, area, STYLE_STRONG, title);
}
