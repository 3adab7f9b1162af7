/* A paper as lines of text: what the screen shows before anything is printed. */
#include "report/paper.h"

#include <string.h>

#include "base/text.h"
#include "model.h"

#define COLS_LEAST 20
#define GAP_COLS 1

static void add_blanks(struct strbuf *out, int n)
{
	while (n-- > 0)
		strbuf_add_char(out, ' ');
}

enum place { LEFT, MIDDLE, RIGHT };

/* One text over as many lines as it takes. */
static void add_text(struct strbuf *out, const char *s, int cols, int first_indent, enum place place)
{
	int indent = first_indent;

	do {
		size_t bytes = 0, step = *s ? text_wrap(s, cols - indent, &bytes) : 0;
		AUTO_FREE char *line = mem_copy_n(s, bytes);
		int free_cols = cols - indent - text_width(line);

		add_blanks(out, indent + (place == LEFT ? 0 : place == MIDDLE ? free_cols / 2 : free_cols));
		strbuf_add_n(out, line, bytes);
		strbuf_add_char(out, '\n');
		s += step;
		indent = 0;
	} while (*s);
}

static void add_rule(struct strbuf *out, int cols, char c)
{
	while (cols-- > 0)
		strbuf_add_char(out, c);
	strbuf_add_char(out, '\n');
}

/* Columns of each cell; the last one takes what is left. */
static void share_out(const struct block *b, int cols, int *widths)
{
	int left = cols - GAP_COLS * ((int)b->n - 1);
	int all = left;

	for (size_t i = 0; i < b->n; i++) {
		widths[i] = i + 1 == b->n ? left : all * b->cells[i].share / SHARE_ALL;
		if (widths[i] < 2)
			widths[i] = 2;         /* a Han character */
		left -= widths[i];
	}
}

/* The cells side by side, line by line, until each has said all of its text. */
static void add_row(struct strbuf *out, const struct block *b, int cols)
{
	const char *at[CELLS_MAX];
	int widths[CELLS_MAX];
	bool more = true;

	share_out(b, cols, widths);
	for (size_t i = 0; i < b->n; i++)
		at[i] = b->cells[i].shown ? b->cells[i].shown : b->cells[i].text;
	while (more) {
		AUTO_STRBUF line = { 0 };

		more = false;
		for (size_t i = 0; i < b->n; i++) {
			size_t bytes = 0, step = *at[i] ? text_wrap(at[i], widths[i], &bytes) : 0;
			AUTO_FREE char *part = mem_copy_n(at[i], bytes);

			text_fit(&line, part, widths[i], ALIGN_LEFT);
			add_blanks(&line, i + 1 < b->n ? GAP_COLS : 0);
			at[i] += step;
			more = more || *at[i];
		}
		while (line.n > 0 && line.s[line.n - 1] == ' ')
			strbuf_truncate(&line, line.n - 1);
		strbuf_add(out, strbuf_str(&line));
		strbuf_add_char(out, '\n');
	}
}

#define SIGN_COLS 8                    /* of a line to sign on, at least */

/* Labels with their lines side by side, or below each other where that is too narrow. */
static void add_sign(struct strbuf *out, const struct block *b, int cols)
{
	int each = cols / (int)b->n;

	for (size_t i = 0; i < b->n; i++)
		if (text_width(b->cells[i].text) + SIGN_COLS > each)
			each = cols;
	for (size_t i = 0; i < b->n; i++) {
		bool ends = each == cols || i + 1 == b->n;
		int used = text_width(b->cells[i].text);

		strbuf_add(out, b->cells[i].text);
		for (; used < each - 2; used++)
			strbuf_add_char(out, '_');
		if (ends)
			strbuf_add_char(out, '\n');
		else
			add_blanks(out, each - used);
	}
}

static void add_block(struct strbuf *out, const struct block *b, int cols)
{
	const char *text = b->n > 0 ? b->cells[0].text : "";

	switch (b->kind) {
	case BLOCK_TITLE:
	case BLOCK_REMARK:
		add_text(out, text, cols, 0, MIDDLE);
		break;
	case BLOCK_HEADING:
		strbuf_add_char(out, '\n');
		add_text(out, text, cols, 0, LEFT);
		break;
	case BLOCK_INDENTED:
		add_text(out, text, cols, 4, LEFT);
		break;
	case BLOCK_CLOSING:
		add_text(out, text, cols, 0, RIGHT);
		break;
	case BLOCK_ROW:
		if (b->head)
			add_rule(out, cols, '-');
		add_row(out, b, cols);
		if (b->head)
			add_rule(out, cols, '-');
		break;
	case BLOCK_SIGN:
		strbuf_add_char(out, '\n');
		add_sign(out, b, cols);
		break;
	default:
		add_text(out, text, cols, 0, LEFT);
	}
}

void paper_text(const struct paper *p, int cols, struct strbuf *out)
{
	if (cols < COLS_LEAST)
		cols = COLS_LEAST;
	for (size_t i = 0; i < p->n; i++)
		add_block(out, &p->blocks[i], cols);
}
