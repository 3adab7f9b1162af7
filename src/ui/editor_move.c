/* Where the cursor can go: words, lines, rows. */
#include "ui/editor_inside.h"

#include <string.h>

static bool is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\n' || cp == 0x3000;
}

static bool is_word(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp < 0x2000) ||
	       (cp >= 0xFF10 && cp <= 0xFF19);
}

static bool is_han(uint32_t cp)
{
	return (cp >= 0x2E80 && cp <= 0x2FDF) || (cp >= 0x3005 && cp <= 0x3007) || (cp >= 0x3040 && cp <= 0xD7FF) ||
	       (cp >= 0xF900 && cp <= 0xFAFF) || cp >= 0x20000;
}

enum char_class editor_class(const struct editor *ed, size_t at)
{
	uint32_t cp;

	text_decode(ed->text.s + at, ed->text.n - at, &cp);
	if (is_blank(cp))
		return CLASS_BLANK;
	if (is_word(cp))
		return CLASS_WORD;
	return is_han(cp) ? CLASS_HAN : CLASS_SIGN;
}

size_t editor_word_before(const struct editor *ed, size_t at)
{
	enum char_class c;
	size_t before;

	while (at > 0 && editor_class(ed, before = editor_before(ed, at)) == CLASS_BLANK)
		at = before;
	if (at == 0)
		return 0;
	c = editor_class(ed, editor_before(ed, at));
	while (at > 0 && editor_class(ed, before = editor_before(ed, at)) == c)
		at = before;
	return at;
}

size_t editor_word_after(const struct editor *ed, size_t at)
{
	enum char_class c;

	if (at == ed->text.n)
		return at;
	c = editor_class(ed, at);
	while (at < ed->text.n && editor_class(ed, at) == c)
		at = editor_after(ed, at);
	while (at < ed->text.n && editor_class(ed, at) == CLASS_BLANK)
		at = editor_after(ed, at);
	return at;
}

size_t editor_line_start(const struct editor *ed, size_t at)
{
	while (at > 0 && ed->text.s[at - 1] != '\n')
		at--;
	return at;
}

size_t editor_line_end(const struct editor *ed, size_t at)
{
	const char *end = memchr(ed->text.s + at, '\n', ed->text.n - at);

	return end ? (size_t)(end - ed->text.s) : ed->text.n;
}

/* The boundary in a row that lies at `col` or before it. */
static size_t boundary_at(const struct editor *ed, const struct editor_row *row, int col)
{
	size_t at = row->at;
	int used = 0, width;

	while (at < row->at + row->n) {
		size_t len = text_cluster(ed->text.s + at, ed->text.n - at, &width);

		if (used + width > col)
			break;
		used += width;
		at += len;
	}
	return at;
}

/* Put the cursor somewhere in a row; the end of a wrapped row is the start of the next, so which one is meant must be told. */
static void stand_at(struct editor *ed, size_t row, size_t at)
{
	ed->cursor = at;
	ed->at_row_end = row + 1 < ed->n_rows && ed->rows[row + 1].at == at;
}

bool editor_move_rows(struct editor *ed, long rows)
{
	size_t row;
	long target;

	if (!ed->several_lines)
		return false;
	row = editor_cursor_row(ed);
	target = (long)row + rows;
	if (target < 0)
		target = 0;
	if (target >= (long)ed->n_rows)
		target = (long)ed->n_rows - 1;
	if (target == (long)row)
		return false;
	if (ed->goal_col < 0)
		ed->goal_col = editor_width(ed, ed->rows[row].at, ed->cursor);
	stand_at(ed, (size_t)target, boundary_at(ed, &ed->rows[target], ed->goal_col));
	return true;
}

void editor_move_to_row_start(struct editor *ed)
{
	ed->cursor = ed->several_lines ? ed->rows[editor_cursor_row(ed)].at : 0;
	ed->at_row_end = false;
}

void editor_move_to_row_end(struct editor *ed)
{
	size_t row;

	if (!ed->several_lines) {
		ed->cursor = ed->text.n;
		return;
	}
	row = editor_cursor_row(ed);
	stand_at(ed, row, ed->rows[row].at + ed->rows[row].n);
}
