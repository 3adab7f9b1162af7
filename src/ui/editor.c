/* The editor's keys: one table from key to what it does, which help shows too. */
#include "ui/editor_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_COLS 40             /* rows until the first drawing tells the width */

enum op {
	OP_LEFT, OP_RIGHT, OP_UP, OP_DOWN, OP_PGUP, OP_PGDN, OP_ROW_START, OP_ROW_END, OP_START, OP_END, OP_WORD_LEFT, OP_WORD_RIGHT,
	OP_BACKSPACE, OP_DELETE, OP_DELETE_WORD, OP_DELETE_TO_START, OP_DELETE_TO_END, OP_SELECT_ALL, OP_UNDO, OP_REDO, OP_NEW_LINE,
};

struct editor_bind {
	uint32_t key;
	enum op op;
	bool selects;                  /* the anchor stays */
	const char *what;              /* for help; NULL: as the row above, and at the beginning of the table what goes without saying */
};

static const struct editor_bind binds[] = {
	{ YK_LEFT, OP_LEFT, false, NULL }, { YK_RIGHT, OP_RIGHT, false, NULL }, { YK_UP, OP_UP, false, NULL }, { YK_DOWN, OP_DOWN, false, NULL },
	{ YK_PGUP, OP_PGUP, false, NULL }, { YK_PGDN, OP_PGDN, false, NULL },
	{ YK_BACKSPACE, OP_BACKSPACE, false, NULL }, { YK_DELETE, OP_DELETE, false, NULL }, { YK_ENTER, OP_NEW_LINE, false, NULL },
	{ YK_HOME, OP_ROW_START, false, "到行首" }, { CTRL('A'), OP_ROW_START, false, NULL },
	{ YK_END, OP_ROW_END, false, "到行尾" }, { CTRL('E'), OP_ROW_END, false, NULL },
	{ YK_CTRL_HOME, OP_START, false, "到开头" }, { YK_CTRL_END, OP_END, false, "到末尾" },
	{ YK_CTRL_LEFT, OP_WORD_LEFT, false, "左移一词" }, { MOD_ALT | 'b', OP_WORD_LEFT, false, NULL },
	{ YK_CTRL_RIGHT, OP_WORD_RIGHT, false, "右移一词" }, { MOD_ALT | 'f', OP_WORD_RIGHT, false, NULL },
	{ YK_SHIFT_LEFT, OP_LEFT, true, "选中文字" }, { YK_SHIFT_RIGHT, OP_RIGHT, true, NULL },
	{ YK_SHIFT_UP, OP_UP, true, NULL }, { YK_SHIFT_DOWN, OP_DOWN, true, NULL },
	{ YK_SHIFT_HOME, OP_ROW_START, true, NULL }, { YK_SHIFT_END, OP_ROW_END, true, NULL },
	{ MOD_ALT | 'a', OP_SELECT_ALL, true, "全选" },
	{ CTRL('W'), OP_DELETE_WORD, false, "删前一词" }, { MOD_ALT | YK_BACKSPACE, OP_DELETE_WORD, false, NULL },
	{ CTRL('U'), OP_DELETE_TO_START, false, "删到行首" }, { CTRL('K'), OP_DELETE_TO_END, false, "删到行尾" },
	{ MOD_ALT | 'z', OP_UNDO, false, "撤销输入" }, { CTRL('_'), OP_UNDO, false, NULL },
	{ MOD_ALT | 'y', OP_REDO, false, "重做输入" },
};

struct editor *editor_new(bool several_lines, size_t max_clusters)
{
	struct editor *ed = mem_alloc(sizeof *ed);

	ed->several_lines = several_lines;
	ed->max_clusters = max_clusters;
	ed->goal_col = -1;
	strbuf_add(&ed->text, "");
	return ed;
}

void editor_make_secret(struct editor *ed)
{
	ed->secret = true;
	if (ed->max_clusters == 0 || ed->max_clusters > 200)
		ed->max_clusters = 200;
	/* Room for all of it from the start: growing would leave copies behind. */
	ed->text.s = mem_grow(ed->text.s, &ed->text.cap, ed->max_clusters * CELL_BYTES + 1, 1);
}

void editor_free(struct editor *ed)
{
	if (ed == NULL)
		return;
	if (ed->secret)
		explicit_bzero(ed->text.s, ed->text.cap);
	editor_forget(ed);
	free(ed->edits);
	free(ed->rows);
	strbuf_release(&ed->text);
	free(ed);
}

void editor_set(struct editor *ed, const char *text)
{
	size_t max = ed->max_clusters;

	ed->max_clusters = 0;          /* what is stored already is shown whole */
	editor_splice(ed, 0, ed->text.n, text, strlen(text));
	ed->max_clusters = max;
	editor_forget(ed);
	editor_end(ed);
}

const char *editor_text(const struct editor *ed)
{
	return ed->text.s;
}

bool editor_is_empty(const struct editor *ed)
{
	return ed->text.n == 0;
}

size_t editor_clusters(const struct editor *ed)
{
	return ed->clusters;
}

static void settle(struct editor *ed)
{
	ed->goal_col = -1;
	ed->at_row_end = false;
	ed->typing = false;
}

void editor_select_all(struct editor *ed)
{
	settle(ed);
	ed->anchor = 0;
	ed->cursor = ed->text.n;
}

void editor_end(struct editor *ed)
{
	settle(ed);
	ed->anchor = ed->cursor = ed->text.n;
}

static bool has_selection(const struct editor *ed)
{
	return ed->anchor != ed->cursor;
}

static size_t selection_start(const struct editor *ed)
{
	return ed->anchor < ed->cursor ? ed->anchor : ed->cursor;
}

static size_t selection_end(const struct editor *ed)
{
	return ed->anchor < ed->cursor ? ed->cursor : ed->anchor;
}

/* Movement inside the text; false: not one of these. */
static bool move_in_text(struct editor *ed, enum op op, bool collapse)
{
	size_t at = ed->cursor;

	switch (op) {
	case OP_LEFT:
		at = collapse ? selection_start(ed) : editor_before(ed, at);
		break;
	case OP_RIGHT:
		at = collapse ? selection_end(ed) : editor_after(ed, at);
		break;
	case OP_WORD_LEFT:
		at = editor_word_before(ed, at);
		break;
	case OP_WORD_RIGHT:
		at = editor_word_after(ed, at);
		break;
	case OP_START:
		at = 0;
		break;
	case OP_END:
		at = ed->text.n;
		break;
	default:
		return false;
	}
	settle(ed);
	ed->cursor = at;
	return true;
}

/* Movement by rows on the screen; false: there is no row to go to, or the operation is not a movement. */
static bool move_by_rows(struct editor *ed, enum op op)
{
	int page = ed->page_rows > 1 ? ed->page_rows - 1 : 1;

	if (ed->several_lines)
		editor_layout(ed, ed->row_cols ? ed->row_cols + 1 : FIRST_COLS);
	ed->typing = false;
	switch (op) {
	case OP_UP:
		return editor_move_rows(ed, -1);
	case OP_DOWN:
		return editor_move_rows(ed, 1);
	case OP_PGUP:
		return editor_move_rows(ed, -page);
	case OP_PGDN:
		return editor_move_rows(ed, page);
	case OP_ROW_START:
		editor_move_to_row_start(ed);
		break;
	case OP_ROW_END:
		editor_move_to_row_end(ed);
		break;
	default:
		return false;
	}
	ed->goal_col = -1;
	return true;
}

/* What an operation deletes when nothing is selected. */
static void range_to_delete(const struct editor *ed, enum op op, size_t *from, size_t *to)
{
	*from = *to = ed->cursor;
	if (op == OP_BACKSPACE)
		*from = editor_before(ed, ed->cursor);
	else if (op == OP_DELETE)
		*to = editor_after(ed, ed->cursor);
	else if (op == OP_DELETE_WORD)
		*from = editor_word_before(ed, ed->cursor);
	else if (op == OP_DELETE_TO_START)
		*from = editor_line_start(ed, ed->cursor);
	else if (op == OP_DELETE_TO_END)
		*to = editor_line_end(ed, ed->cursor);
	if (op == OP_DELETE_TO_START && *from == *to && *from > 0)
		--*from;                 /* at the start of a line, the LF before it */
	if (op == OP_DELETE_TO_END && *from == *to && *to < ed->text.n)
		++*to;
}

static enum editor_result delete(struct editor *ed, enum op op)
{
	size_t from, to;

	if (has_selection(ed)) {
		from = selection_start(ed);
		to = selection_end(ed);
	} else {
		range_to_delete(ed, op, &from, &to);
	}
	settle(ed);
	if (from == to)
		return EDITOR_MOVED;
	editor_splice(ed, from, to, "", 0);
	return EDITOR_CHANGED;
}

static enum editor_result insert(struct editor *ed, const char *s, size_t n)
{
	unsigned long before = ed->changes;
	bool full = editor_splice(ed, selection_start(ed), selection_end(ed), s, n);

	ed->goal_col = -1;
	ed->at_row_end = false;
	if (full)
		return EDITOR_FULL;
	return ed->changes != before ? EDITOR_CHANGED : EDITOR_MOVED;
}

static enum editor_result type_character(struct editor *ed, uint32_t cp)
{
	char bytes[4];
	size_t n = text_encode(cp, bytes);
	enum editor_result r = insert(ed, bytes, n);

	/* A sign or a blank ends the phrase that one undo takes back. */
	ed->typing = ed->cursor > 0 && (editor_class(ed, editor_before(ed, ed->cursor)) == CLASS_WORD ||
	                                editor_class(ed, editor_before(ed, ed->cursor)) == CLASS_HAN);
	return r;
}

static enum editor_result paste(struct editor *ed, const char *s, size_t n)
{
	ed->typing = false;
	while (!ed->several_lines && n > 0 && (s[n - 1] == '\n' || s[n - 1] == '\r'))
		n--;                   /* a cell copied from a sheet ends with a line end */
	return insert(ed, s, n);
}

static const struct editor_bind *find_bind(uint32_t key)
{
	for (size_t i = 0; i < COUNT(binds); i++)
		if (binds[i].key == key)
			return &binds[i];
	return NULL;
}

static enum editor_result do_other(struct editor *ed, enum op op)
{
	switch (op) {
	case OP_SELECT_ALL:
		editor_select_all(ed);
		return EDITOR_MOVED;
	case OP_UNDO:
		settle(ed);
		return editor_undo(ed) ? EDITOR_CHANGED : EDITOR_MOVED;
	case OP_REDO:
		settle(ed);
		return editor_redo(ed) ? EDITOR_CHANGED : EDITOR_MOVED;
	case OP_NEW_LINE:
		ed->typing = false;
		return ed->several_lines ? insert(ed, "\n", 1) : EDITOR_IGNORED;
	default:
		return delete(ed, op);
	}
}

enum editor_result editor_key(struct editor *ed, const struct key_event *ev)
{
	const struct editor_bind *b;
	bool collapse;

	if (ev->key == YK_PASTE)
		return paste(ed, ev->text, ev->n);
	if (key_is_text(ev->key))
		return type_character(ed, ev->key);
	b = find_bind(ev->key);
	if (b == NULL)
		return EDITOR_IGNORED;
	if (b->op > OP_WORD_RIGHT)
		return do_other(ed, b->op);
	collapse = !b->selects && has_selection(ed);
	if (!move_in_text(ed, b->op, collapse) && !move_by_rows(ed, b->op))
		return EDITOR_IGNORED;
	if (!b->selects)
		ed->anchor = ed->cursor;
	return EDITOR_MOVED;
}

const char *editor_help(size_t i, struct strbuf *keys)
{
	size_t at = 0;

	while (at < COUNT(binds) && (binds[at].what == NULL || i-- > 0))
		at++;
	if (at == COUNT(binds))
		return NULL;
	key_show(keys, binds[at].key);
	for (size_t next = at + 1; next < COUNT(binds) && binds[next].what == NULL; next++) {
		strbuf_add_char(keys, ' ');
		key_show(keys, binds[next].key);
	}
	return binds[at].what;
}
