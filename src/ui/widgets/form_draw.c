/* Painting a form: label, field, unit, and an error below its field; at the foot where one is and whether the draft is kept. */
#include "ui/widgets/form_private.h"

#include "base/day.h"
#include "base/text.h"

#define LABEL_COLS_MAX 16
#define MARK_COLS 2               /* "* " in front of a label */
#define GAP_COLS 2
#define NOTE_ROWS_MIN 3

struct layout {
	struct rect view;             /* the fields; the foot is below it */
	int label_cols;
	int field_col, field_cols;    /* where fields begin, and how wide they can be */
	int top;
};

static int min_int(int a, int b)
{
	return a < b ? a : b;
}

static int max_int(int a, int b)
{
	return a > b ? a : b;
}

/* Columns that a value of this field takes at most. */
static int wanted_cols(const struct field *f)
{
	switch (f->type) {
	case FIELD_TEXT:
		return max_int(6, min_int((int)f->max, 1000) * 2 + 1);
	case FIELD_INT:
	case FIELD_MONEY:
		return 16;
	case FIELD_DATE:
		return 16;
	case FIELD_TIME:
		return 12;
	case FIELD_PHONE:
	case FIELD_IDNUMBER:
		return 21;
	case FIELD_YESNO:
		return 6;
	case FIELD_CODE:
		return 32;
	case FIELD_PICK:
		return 48;
	default:
		return 1000;
	}
}

static int slot_cols(const struct layout *l, const struct slot *s)
{
	return max_int(1, min_int(wanted_cols(s->f), l->field_cols));
}

/* Rows of the field alone. */
static int slot_rows(const struct layout *l, const struct slot *s)
{
	if (s->f->type != FIELD_NOTE || s->masked)
		return 1;
	return max_int(NOTE_ROWS_MIN, min_int(editor_rows(s->ed, slot_cols(l, s)), l->view.rows - 2));
}

static int slot_height(const struct layout *l, const struct slot *s)
{
	return s->shown ? slot_rows(l, s) + (s->error ? 1 : 0) : 0;
}

/* Scroll so that the active field and the list under it are seen, and no further than needed. */
static int scrolled_top(const struct form_view *v, const struct layout *l)
{
	int first = 0, total = 0, after, top = v->scroll->top;

	for (size_t i = 0; i < v->form->n; i++) {
		if (i == v->active)
			first = total;
		total += slot_height(l, &v->slots[i]);
	}
	after = first + slot_height(l, &v->slots[v->active]);
	if (v->picking)
		after = max_int(after, first + slot_rows(l, &v->slots[v->active]) + picker_height(&v->picker));
	top = min_int(top, max_int(total, after) - l->view.rows);
	if (after > top + l->view.rows)
		top = after - l->view.rows;
	return max_int(0, min_int(top, first));
}

static struct layout lay_out(const struct form_view *v, struct rect area)
{
	struct layout l = { .view = area };

	l.view.rows = max_int(1, area.rows - 1);
	for (size_t i = 0; i < v->form->n; i++)
		if (v->slots[i].shown)
			l.label_cols = max_int(l.label_cols, text_width(v->slots[i].f->label));
	l.label_cols = min_int(l.label_cols, min_int(LABEL_COLS_MAX, area.cols / 3));
	l.field_col = area.col + MARK_COLS + l.label_cols + GAP_COLS;
	l.field_cols = max_int(1, area.col + area.cols - l.field_col - 1);
	l.top = scrolled_top(v, &l);
	return l;
}

/* The part of a block of the form that is in view; rows 0 if none. */
static struct rect seen(const struct layout *l, int first, int rows, int col, int cols)
{
	int from = max_int(first, l->top), to = min_int(first + rows, l->top + l->view.rows);

	return (struct rect){ l->view.row + from - l->top, col, max_int(0, to - from), cols };
}

static bool shows_editor(const struct form_view *v, const struct slot *s, bool active)
{
	if (s->masked)
		return false;
	return s->family == FAMILY_TYPED || slot_is_searching(s) || (active && v->picking && s->chosen.kind == VALUE_NONE);
}

static void draw_value(const struct form_view *v, const struct slot *s, struct canvas *c, struct rect r, bool active)
{
	enum style style = active ? STYLE_FIELD_ACTIVE : s->fixed || v->frozen ? STYLE_DIM : STYLE_FIELD;
	AUTO_STRBUF text = { 0 };

	if (shows_editor(v, s, active)) {
		editor_draw(s->ed, c, r, style, active && !v->frozen && !s->fixed);
		return;
	}
	slot_show(s, &text);
	canvas_text(c, r.row, r.col, r.cols, s->masked && !active ? STYLE_MASKED : style, strbuf_str(&text));
	if (active)
		canvas_cursor(c, r.row, r.col);
}

static void draw_label(const struct form_view *v, const struct slot *s, const struct layout *l, struct canvas *c, int row, bool active)
{
	if (s->f->required && !s->fixed && !v->frozen)
		canvas_put(c, row, l->view.col, 1, STYLE_REQUIRED, "*");
	canvas_text(c, row, l->view.col + MARK_COLS, l->label_cols, active ? STYLE_STRONG : STYLE_LABEL, s->f->label);
}

static void draw_slot(const struct form_view *v, size_t i, const struct layout *l, struct canvas *c, int first)
{
	const struct slot *s = &v->slots[i];
	int rows = slot_rows(l, s), cols = slot_cols(l, s);
	struct rect field = seen(l, first, rows, l->field_col, cols);
	struct rect error = seen(l, first + rows, s->error ? 1 : 0, l->field_col, l->field_cols);

	if (seen(l, first, 1, 0, 0).rows > 0) {
		draw_label(v, s, l, c, field.row, i == v->active);
		if (s->f->unit[0])
			canvas_put(c, field.row, l->field_col + cols + 1, l->field_cols - cols - 1, STYLE_DIM, s->f->unit);
	}
	if (field.rows > 0)
		draw_value(v, s, c, field, i == v->active);
	if (error.rows > 0)
		canvas_format(c, error.row, error.col, error.cols, STYLE_ERROR, "! %s", s->error);
}

static void draw_list(const struct form_view *v, const struct layout *l, struct canvas *c, int below)
{
	int row = l->view.row + below - l->top;
	int rows = min_int(picker_height(&v->picker), l->view.row + l->view.rows - row);
	int cols = min_int(picker_width(&v->picker), l->field_cols);

	v->scroll->list = (struct rect){ row, l->field_col, rows, cols };
	picker_draw(&v->picker, c, v->scroll->list);
}

/* "第 3/18 项 · 下面还有 5 项", and on the right whether the draft is kept. */
static void draw_foot(const struct form_view *v, const struct layout *l, struct canvas *c, int row, int below_view)
{
	size_t shown = 0, at = 0;
	AUTO_STRBUF text = { 0 };

	for (size_t i = 0; i < v->form->n; i++) {
		shown += v->slots[i].shown;
		if (i == v->active)
			at = shown;
	}
	strbuf_format(&text, "第 %zu/%zu 项", at, shown);
	if (below_view > 0)
		strbuf_format(&text, " · 下面还有 %d 项", below_view);
	canvas_text(c, row, l->view.col, l->view.cols, STYLE_DIM, strbuf_str(&text));
	if (v->kept_at != 0 && l->view.cols > 60) {
		strbuf_truncate(&text, 0);
		strbuf_add(&text, "草稿已存 ");
		time_format(&text, minutes_of_instant(v->kept_at));
		canvas_text_right(c, row, l->view.col + l->view.cols - 20, 20, STYLE_DIM, strbuf_str(&text));
	}
}

void form_view_draw(const struct app *app, const struct form_view *v, struct canvas *c, struct rect area)
{
	struct layout l = lay_out(v, area);
	int first = 0, under_active = 0, below_view = 0;

	(void)app;
	*v->scroll = (struct form_scroll){ .top = l.top, .area = area };
	canvas_fill(c, area, STYLE_TEXT);
	for (size_t i = 0; i < v->form->n; i++) {
		if (!v->slots[i].shown)
			continue;
		draw_slot(v, i, &l, c, first);
		if (i == v->active)
			under_active = first + slot_rows(&l, &v->slots[i]);
		first += slot_height(&l, &v->slots[i]);
		below_view += first > l.top + l.view.rows;
	}
	if (v->picking)
		draw_list(v, &l, c, under_active);
	if (area.rows > 1)
		draw_foot(v, &l, c, area.row + area.rows - 1, below_view);
}

size_t form_slot_at(const struct form_view *v, int row)
{
	struct layout l = lay_out(v, v->scroll->area);
	int wanted = row - l.view.row + l.top, first = 0;

	if (row < l.view.row || row >= l.view.row + l.view.rows)
		return FORM_NO_SLOT;
	for (size_t i = 0; i < v->form->n; i++) {
		first += slot_height(&l, &v->slots[i]);
		if (wanted < first)
			return i;
	}
	return FORM_NO_SLOT;
}
