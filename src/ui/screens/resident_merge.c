/* Two records of one person side by side: field by field the value that stays is chosen, then they become one.
 *
 * args.id          the record that stays, unless the person swaps them
 * args.context_id  the other one
 */
#include "domain/resident_merge.h"

#include <stdio.h>
#include <string.h>

#include "domain/resident.h"
#include "ui/screen.h"

#define LABEL_COLS 12
#define FOOT_ROWS 4               /* the value under the cursor in full, and what is re-pointed */

/* A field that one of the two has a value for. */
struct merge_row {
	size_t field;
	const char *keep, *other;     /* as the account may see them; in the arena */
	bool same;
};

struct merge_screen {
	int64_t keep_id, other_id;
	struct resident_merge merge;
	bool loaded;
	struct arena arena;
	struct resident_summary keep, other;
	struct merge_row *rows;
	size_t n, cursor, top;
	const char *repointed;        /* 提事登记·提事人 3 条，户·户主 1 条 */
};

enum { WHEN_DIFFERENT = WHEN_OWN };

static const struct key_bind binds[] = {
	{ ACT_CHOOSE, "Space m", WHEN_DIFFERENT },
	{ ACT_SWAP,   "x",       WHEN_ALWAYS },
	{ ACT_MERGE,  "^S M",    WHEN_ALWAYS },
};
static const struct keymap keys = { "resident-merge", binds, COUNT(binds) };

/* Loading -------------------------------------------------------------------------------------------------------------------------------- */

static const char *show(struct app *app, struct merge_screen *s, const struct record *r, const struct resident_summary *who, size_t field)
{
	const struct field *f = &r->form->fields[field];
	bool masked = f->sensitive && !office_sees(app->of, f, who->grid_id);
	AUTO_STRBUF text = { 0 };

	if (r->values[field].kind == VALUE_NONE)
		return "";
	if (strcmp(f->name, "household_id") == 0)
		return who->address;
	field_show(f, &r->values[field], masked, &text);
	return arena_copy(&s->arena, strbuf_str(&text));
}

static void list_rows(struct app *app, struct merge_screen *s)
{
	const struct form *form = s->merge.keep.form;

	s->rows = arena_alloc(&s->arena, form->n * sizeof *s->rows);
	s->n = 0;
	for (size_t i = 0; i < form->n; i++) {
		const struct value *keep = &s->merge.keep.values[i], *other = &s->merge.other.values[i];

		if (keep->kind == VALUE_NONE && other->kind == VALUE_NONE)
			continue;
		s->rows[s->n++] = (struct merge_row){
			.field = i, .same = value_equal(keep, other),
			.keep = show(app, s, &s->merge.keep, &s->keep, i), .other = show(app, s, &s->merge.other, &s->other, i),
		};
	}
	if (s->cursor >= s->n)
		s->cursor = 0;
}

static enum rc list_references(struct app *app, struct merge_screen *s, struct err *e)
{
	struct resident_reference *refs;
	AUTO_STRBUF text = { 0 };
	size_t n;
	enum rc rc = resident_references(app->of, s->other_id, &s->arena, &refs, &n, e);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		strbuf_format(&text, "%s%s %zu 条", i ? "，" : "", refs[i].label, refs[i].count);
	s->repointed = n ? arena_copy(&s->arena, strbuf_str(&text)) : "没有别的记录指向它";
	return RC_OK;
}

/* Choices are kept over a reload, unless one of the two is no longer what was compared. */
static enum rc read_both(struct app *app, struct merge_screen *s, struct err *e)
{
	struct resident_merge now;
	enum rc rc = resident_merge_load(app->of, s->keep_id, s->other_id, &now, e);

	if (rc != RC_OK)
		return rc;
	if (s->loaded && now.keep.rev == s->merge.keep.rev && now.other.rev == s->merge.other.rev) {
		resident_merge_release(&now);
		return RC_OK;
	}
	if (s->loaded)
		app_warn(app, "其中一条刚被改过，已重新比较，请再看一遍");
	resident_merge_release(&s->merge);
	s->merge = now;
	s->loaded = true;
	return RC_OK;
}

/* The row under the cursor in view; rows beside their headings and foot. */
static void layout(struct app *app, struct merge_screen *s)
{
	size_t rows = app->area.rows > FOOT_ROWS + 5 ? (size_t)(app->area.rows - FOOT_ROWS - 4) : 1;

	if (s->cursor < s->top)
		s->top = s->cursor;
	if (s->cursor >= s->top + rows)
		s->top = s->cursor - rows + 1;
}

static enum rc load(struct app *app, void *state, struct err *e)
{
	struct merge_screen *s = state;
	enum rc rc;

	if ((rc = read_both(app, s, e)) != RC_OK)
		return rc;
	arena_clear(&s->arena);
	s->n = 0;
	s->repointed = "";
	if ((rc = resident_summary(app->of, s->keep_id, &s->arena, &s->keep, e)) != RC_OK ||
	    (rc = resident_summary(app->of, s->other_id, &s->arena, &s->other, e)) != RC_OK || (rc = list_references(app, s, e)) != RC_OK)
		return rc;
	list_rows(app, s);
	layout(app, s);
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct merge_screen *s = state;

	s->keep_id = args->id;
	s->other_id = args->context_id;
	return load(app, state, e);
}

/* Keys -------------------------------------------------------------------------------------------------------------------------------------- */

static void choose_side(struct merge_screen *s, bool other)
{
	if (s->n > 0 && !s->rows[s->cursor].same)
		s->merge.take_other[s->rows[s->cursor].field] = other;
}

/* The other record stays instead; what was chosen stays chosen. */
static void swap(struct app *app, struct merge_screen *s)
{
	const struct form *form = s->merge.keep.form;
	struct record keep = s->merge.keep;
	int64_t keep_id = s->keep_id;
	struct err e = { 0 };

	s->merge.keep = s->merge.other;
	s->merge.other = keep;
	s->keep_id = s->other_id;
	s->other_id = keep_id;
	for (size_t i = 0; i < form->n; i++)
		if (!value_equal(&s->merge.keep.values[i], &s->merge.other.values[i]))
			s->merge.take_other[i] = !s->merge.take_other[i];
	if (load(app, s, &e) != RC_OK)
		app_fail(app, &e);
}

/* The field that the domain refused. */
static void point_at(struct app *app, struct merge_screen *s, const char *field)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->merge.keep.form->fields[s->rows[i].field].name, field) == 0)
			s->cursor = i;
	layout(app, s);
}

static struct next merge(struct app *app, struct merge_screen *s)
{
	AUTO_STRBUF question = { 0 };
	struct err e = { 0 };

	strbuf_format(&question, "两条 %s 合成一条？改指：%s。合并后按 Ctrl-Z 可以撤销", s->keep.name, s->repointed);
	if (!app_ask(app, strbuf_str(&question)))
		return next_stay();
	if (resident_merge_save(app->of, &s->merge, &e) != RC_OK) {
		app_fail(app, &e);
		point_at(app, s, e.field);
		return next_stay();
	}
	app_say(app, "已合并为一条，按 Ctrl-Z 可以撤销");
	return next_pop(s->keep_id);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct merge_screen *s = state;

	switch (action) {
	case ACT_CHOOSE:
		choose_side(s, !s->merge.take_other[s->rows[s->cursor].field]);
		return next_stay();
	case ACT_SWAP:
		swap(app, s);
		return next_stay();
	case ACT_MERGE:
		return merge(app, s);
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct merge_screen *s = state;

	switch (ev->key) {
	case YK_UP: case 'k':   s->cursor -= s->cursor > 0; break;
	case YK_DOWN: case 'j': s->cursor += s->cursor + 1 < s->n; break;
	case YK_HOME:           s->cursor = 0; break;
	case YK_END:            s->cursor = s->n ? s->n - 1 : 0; break;
	case YK_LEFT:           choose_side(s, false); break;
	case YK_RIGHT:          choose_side(s, true); break;
	default:
		return next_pass();
	}
	layout(app, s);
	return next_stay();
}

static unsigned when(const struct app *app, const void *state)
{
	const struct merge_screen *s = state;

	(void)app;
	return s->n > 0 && !s->rows[s->cursor].same ? WHEN_DIFFERENT : 0;
}

static void close_screen(struct app *app, void *state)
{
	struct merge_screen *s = state;

	(void)app;
	resident_merge_release(&s->merge);
	arena_clear(&s->arena);
}

/* Painting ------------------------------------------------------------------------------------------------------------------------------------ */

struct columns {
	int keep, other, cols;        /* where they begin, how wide they are */
};

static struct columns columns_of(struct rect area)
{
	int cols = (area.cols - LABEL_COLS - 4) / 2;

	return (struct columns){ .keep = area.col + LABEL_COLS + 2, .other = area.col + LABEL_COLS + 2 + cols + 2, .cols = cols };
}

static void draw_value(struct canvas *c, int row, int col, int cols, const char *text, bool same, bool chosen)
{
	enum style style = same ? STYLE_TEXT : chosen ? STYLE_STRONG : STYLE_DIM;

	canvas_text(c, row, col, 2, style, !same && chosen ? ">" : "");
	canvas_text(c, row, col + 2, cols - 2, style, *text ? text : same || !chosen ? "" : "（空）");
}

static void draw_row(const struct merge_screen *s, size_t i, struct canvas *c, struct rect area, int row)
{
	const struct merge_row *r = &s->rows[i];
	const struct field *f = &s->merge.keep.form->fields[r->field];
	struct columns at = columns_of(area);
	bool other = s->merge.take_other[r->field];

	canvas_text(c, row, area.col, LABEL_COLS, s->merge.differs[r->field] ? STYLE_WARNING : STYLE_LABEL, f->label);
	draw_value(c, row, at.keep, at.cols, r->keep, r->same, !other);
	draw_value(c, row, at.other, at.cols, r->other, r->same, other);
	if (i == s->cursor)
		canvas_restyle(c, (struct rect){ row, area.col, 1, area.cols }, STYLE_SELECTED);
}

static void draw_heading(const struct merge_screen *s, struct canvas *c, struct rect area)
{
	struct columns at = columns_of(area);

	canvas_text(c, area.row, at.keep, at.cols, STYLE_HEADING, "保留的记录");
	canvas_text(c, area.row, at.other, at.cols, STYLE_HEADING, "并入的记录");
	canvas_format(c, area.row + 1, at.keep, at.cols, STYLE_DIM, "%s %s", s->keep.name, s->keep.address);
	canvas_format(c, area.row + 1, at.other, at.cols, STYLE_DIM, "%s %s", s->other.name, s->other.address);
}

static void draw_foot(const struct merge_screen *s, struct canvas *c, struct rect area)
{
	const struct merge_row *r = s->n ? &s->rows[s->cursor] : NULL;
	bool other = r && s->merge.take_other[r->field];

	canvas_line(c, area.row, area.col, area.cols, STYLE_BORDER);
	if (r)
		canvas_format(c, area.row + 1, area.col, area.cols, STYLE_TEXT, "合并后 %s：%s", s->merge.keep.form->fields[r->field].label,
		              other ? r->other : r->keep);
	if (r && !r->same)
		canvas_format(c, area.row + 2, area.col, area.cols, STYLE_DIM, "不要的：%s", other ? r->keep : r->other);
	canvas_format(c, area.row + 3, area.col, area.cols, STYLE_NOTICE, "并入后改指：%s", s->repointed);
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct merge_screen *s = state;
	struct rect inner = canvas_frame(c, area, STYLE_BORDER, "合并同一个人的两条记录");
	int rows = inner.rows - FOOT_ROWS - 2;

	(void)app;
	inner.col++;
	inner.cols -= 2;
	draw_heading(s, c, inner);
	for (int i = 0; i < rows && s->top + (size_t)i < s->n; i++)
		draw_row(s, s->top + (size_t)i, c, inner, inner.row + 2 + i);
	draw_foot(s, c, (struct rect){ inner.row + inner.rows - FOOT_ROWS, inner.col, FOOT_ROWS, inner.cols });
}

const struct screen_def resident_merge_screen = {
	.name = "resident-merge", .title = "合并居民",
	.reads = TBL_RESIDENT | TBL_HOUSEHOLD | TBL_BUILDING | TBL_ISSUE | TBL_SUPPORT | TBL_EXTRA,
	.state_size = sizeof(struct merge_screen), .keys = &keys,
	.open = open_screen, .load = load, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
