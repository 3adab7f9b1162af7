/* Two people saved one record: what only one of them changed merges by itself, for the rest both values are shown and the person chooses.
 *
 * Nothing of the form changes before the choice is accepted.
 */
#include "ui/widgets/form_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/journal.h"

#define LABEL_COLS 14
#define FULL_ROWS 6               /* at the foot: both values of the row under the bar, whole */

struct conflict_row {
	size_t slot;
	const char *mine, *theirs, *who;      /* in the arena */
	bool take_theirs;
};

struct conflict {
	const struct form *form;
	struct conflict_row *rows;
	size_t n, cursor;
	bool accepted;
	struct arena arena;
};

static bool both_changed(const struct app *app, const struct form_view *v, const struct record *theirs, size_t i)
{
	const struct slot *s = &v->slots[i];
	struct value mine = { 0 };
	struct err e = { 0 };
	bool same;

	if (!s->shown || s->fixed || !slot_differs(s) || value_equal(&v->base.values[i], &theirs->values[i]))
		return false;
	same = slot_value(app, s, &mine, &e) == RC_OK && value_equal(&mine, &theirs->values[i]);
	value_clear(&mine);
	return !same;
}

/* "陈晓 2026-11-24 09:41" of the newest change of this column; "" if unknown. */
static const char *who_changed(const struct journal_entry *entries, size_t n, const char *column, struct arena *a)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < entries[i].n; k++) {
			AUTO_STRBUF who = { 0 };

			if (strcmp(entries[i].changes[k].column, column) != 0)
				continue;
			strbuf_format(&who, "%s ", entries[i].actor_name);
			instant_format(&who, entries[i].at);
			return arena_copy(a, strbuf_str(&who));
		}
	return "";
}

static const char *show_mine(const struct slot *s, struct arena *a)
{
	AUTO_STRBUF text = { 0 };

	if (s->masked || (s->family != FAMILY_TYPED && !slot_is_searching(s)))
		slot_show(s, &text);
	else
		strbuf_add(&text, editor_text(s->ed));
	return arena_copy(a, text_is_blank(strbuf_str(&text)) ? "（空）" : strbuf_str(&text));
}

static const char *show_theirs(struct app *app, const struct form_view *v, const struct field *f, const struct value *value, struct arena *a)
{
	AUTO_FREE char *label = NULL;
	AUTO_STRBUF text = { 0 };
	struct err e = { 0 };

	if (f->type == FIELD_PICK && value->kind == VALUE_NUMBER) {
		if (form_pick_label(app, f, value->number, &label, &e) == RC_OK)
			strbuf_add(&text, label);
	} else {
		field_show(f, value, !office_sees(app->of, f, v->grid_id), &text);
	}
	return arena_copy(a, text_is_blank(strbuf_str(&text)) ? "（空）" : strbuf_str(&text));
}

static void find_conflicts(struct app *app, const struct form_view *v, const struct record *theirs, struct conflict *c)
{
	const struct journal_entry *entries = NULL;
	struct err e = { 0 };
	size_t n = 0;

	c->form = v->form;
	c->rows = arena_alloc(&c->arena, v->form->n * sizeof *c->rows);
	if (journal_history(app->of->st, v->form->table, theirs->id, &c->arena, &entries, &n, &e) != RC_OK)
		n = 0;
	for (size_t i = 0; i < v->form->n; i++) {
		const struct field *f = v->slots[i].f;

		if (both_changed(app, v, theirs, i))
			c->rows[c->n++] = (struct conflict_row){
				.slot = i, .mine = show_mine(&v->slots[i], &c->arena),
				.theirs = show_theirs(app, v, f, &theirs->values[i], &c->arena),
				.who = who_changed(entries, n, f->name, &c->arena),
			};
	}
}

static int draw_value(struct canvas *c, int row, int last, struct rect area, const char *heading, const char *text)
{
	if (row > last)
		return row;
	canvas_text(c, row, area.col, area.cols, STYLE_LABEL, heading);
	row++;
	for (const char *at = text; *at && row <= last; row++) {
		AUTO_STRBUF line = { 0 };
		size_t bytes = 0, next = text_wrap(at, area.cols - 2, &bytes);

		strbuf_add_n(&line, at, bytes);
		canvas_text(c, row, area.col + 2, area.cols - 2, STYLE_TEXT, strbuf_str(&line));
		at += next;
	}
	return row;
}

static void draw_row(const struct conflict *c, size_t i, struct canvas *canvas, struct rect line, int half)
{
	const struct conflict_row *r = &c->rows[i];
	enum style style = i == c->cursor ? STYLE_SELECTED : STYLE_TEXT;
	int col = line.col;

	col = canvas_text(canvas, line.row, col, LABEL_COLS, style, c->form->fields[r->slot].label);
	col = canvas_text(canvas, line.row, col, 4, style, r->take_theirs ? "[ ] " : "[x] ");
	col = canvas_text(canvas, line.row, col, half - 4, style, r->mine);
	col = canvas_text(canvas, line.row, col, 4, style, r->take_theirs ? "[x] " : "[ ] ");
	canvas_text(canvas, line.row, col, line.col + line.cols - col, style, r->theirs);
}

static void conflict_draw(const struct app *app, const void *state, struct canvas *canvas, struct rect area)
{
	const struct conflict *c = state;
	const struct conflict_row *r = &c->rows[c->cursor];
	int half = (area.cols - LABEL_COLS) / 2, row = area.row, last = area.row + area.rows - 1;
	int visible = area.rows - 2 - FULL_ROWS < 1 ? 1 : area.rows - 2 - FULL_ROWS;
	size_t first = c->cursor < (size_t)visible ? 0 : c->cursor - (size_t)visible + 1;
	AUTO_STRBUF heading = { 0 };

	(void)app;
	canvas_fill(canvas, area, STYLE_TEXT);
	canvas_text(canvas, row, area.col, LABEL_COLS, STYLE_HEADING, "字段");
	canvas_text(canvas, row, area.col + LABEL_COLS, half, STYLE_HEADING, "我填的");
	canvas_text(canvas, row++, area.col + LABEL_COLS + half, area.cols - LABEL_COLS - half, STYLE_HEADING, "别人刚存的");
	for (size_t i = first; i < c->n && i < first + (size_t)visible; i++)
		draw_row(c, i, canvas, (struct rect){ row++, area.col, 1, area.cols }, half);
	if (row + 3 > last)
		return;
	canvas_line(canvas, row++, area.col, area.cols, STYLE_BORDER);
	row = draw_value(canvas, row, last, area, "我填的", r->mine);
	strbuf_format(&heading, "别人刚存的（%s）", r->who[0] ? r->who : "不知是谁");
	draw_value(canvas, row, last, area, strbuf_str(&heading), r->theirs);
}

static bool conflict_key(struct app *app, void *state, const struct key_event *ev)
{
	struct conflict *c = state;

	(void)app;
	switch (key_fold(ev->key)) {
	case YK_ENTER:
		c->accepted = true;
		return false;
	case YK_ESC:
		return false;
	case ' ':
		c->rows[c->cursor].take_theirs = !c->rows[c->cursor].take_theirs;
		return true;
	case YK_LEFT:
	case YK_RIGHT:
		c->rows[c->cursor].take_theirs = ev->key == YK_RIGHT;
		return true;
	case YK_UP:
		c->cursor -= c->cursor > 0;
		return true;
	case YK_DOWN:
	case YK_TAB:
		c->cursor += c->cursor + 1 < c->n;
		return true;
	default:
		return true;
	}
}

static bool takes_theirs(const struct conflict *c, size_t slot)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->rows[i].slot == slot)
			return c->rows[i].take_theirs;
	return false;
}

/* What is unchanged here becomes theirs; what was changed stays, and is measured against theirs from now on. */
static void rebase(struct app *app, struct form_view *v, const struct record *theirs, const struct conflict *c, struct strbuf *merged)
{
	for (size_t i = 0; i < v->form->n; i++) {
		struct slot *s = &v->slots[i];
		AUTO_STRBUF start = { 0 };

		if (!slot_differs(s) || takes_theirs(c, i)) {
			if (s->shown && !slot_differs(s) && !value_equal(&v->base.values[i], &theirs->values[i]))
				strbuf_format(merged, "%s%s", merged->n > 0 ? "、" : "", s->f->label);
			slot_set(app, v, s, &theirs->values[i]);
			slot_start(s);
		} else {
			field_typed(s->f, &theirs->values[i], &start);
			free(s->start);
			s->start = strbuf_take(&start);
		}
	}
	record_copy(&v->base, theirs);
	for (size_t i = 0; i < v->form->n; i++)
		form_update(app, v, &v->slots[i]);
}

bool form_view_resolve(struct app *app, struct form_view *v, const struct record *theirs)
{
	static const struct question question = {
		.title = "这条记录刚被别人改过：两边都改了的，请选一个",
		.hint = "空格换一边，回车按所选保存，Esc 回到表单",
		.draw = conflict_draw, .key = conflict_key,
	};
	struct conflict c = { .accepted = true };
	AUTO_STRBUF merged = { 0 };

	if (theirs->deleted) {
		app_warn(app, "这条记录刚被别人删除，不能再保存；填的内容留在草稿里");
		return false;
	}
	form_list_close(v);
	find_conflicts(app, v, theirs, &c);
	if (c.n > 0) {
		c.accepted = false;
		if (!app_question(app, &question, &c))
			c.accepted = false;
	}
	if (c.accepted) {
		rebase(app, v, theirs, &c, &merged);
		if (merged.n > 0)
			app_say(app, "别人刚改的也合并了：%s", strbuf_str(&merged));
	}
	arena_clear(&c.arena);
	form_compose_help(v);
	return c.accepted;
}
