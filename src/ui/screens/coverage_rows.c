/* The lines and bars of 覆盖与缺口. */
#include "ui/screens/coverage_rows.h"

#include "base/day.h"
#include "base/text.h"
#include "domain/register.h"
#include "ui/widgets/bar_chart.h"

#define BARS_MAX 40
#define BARS_GUTTER 8             /* left of the bars, at most */

static const char *const view_titles[] = {
#define X(name, title) [COVERAGE_##name] = title,
	COVERAGE_VIEWS(X)
#undef X
};

struct column {
	const char *title;
	int cols;                     /* 0: as wide as its text */
	enum text_align align;
};

static const struct column grid_columns[] = {
	{ "网格", 14, ALIGN_LEFT }, { "需要", 6, ALIGN_RIGHT }, { "吃上", 6, ALIGN_RIGHT }, { "没吃上", 8, ALIGN_RIGHT }, { "其他人", 8, ALIGN_RIGHT },
	{ "待审", 6, ALIGN_RIGHT }, { "没人送", 8, ALIGN_RIGHT }, { "", 0, ALIGN_LEFT }, { 0 } },
	elder_columns[] = { { "网格", 13, ALIGN_LEFT }, { "姓名", 9, ALIGN_LEFT }, { "住址", 15, ALIGN_LEFT }, { "就餐", 11, ALIGN_LEFT },
		{ "关爱", 0, ALIGN_LEFT }, { 0 } },
	face_columns[] = { { "编号", 9, ALIGN_LEFT }, { "姓名", 9, ALIGN_LEFT }, { "网格", 13, ALIGN_LEFT }, { "送餐人", 7, ALIGN_RIGHT },
		{ "送到", 6, ALIGN_RIGHT }, { "  关爱", 0, ALIGN_LEFT }, { 0 } },
	carrier_columns[] = { { "编号", 9, ALIGN_LEFT }, { "姓名", 9, ALIGN_LEFT }, { "网格", 13, ALIGN_LEFT }, { "交通", 8, ALIGN_LEFT },
		{ "上次值班", 12, ALIGN_LEFT }, { "附近没吃上", 11, ALIGN_RIGHT }, { "  可电话", 0, ALIGN_LEFT }, { 0 } };
static const struct column *const view_columns[] = {
	[COVERAGE_GRIDS] = grid_columns, [COVERAGE_ELDERS] = elder_columns, [COVERAGE_FACES] = face_columns, [COVERAGE_CARRIERS] = carrier_columns,
};

/* Cells ---------------------------------------------------------------------------------------------------------------------------- */

struct row {
	struct strbuf line;
	const struct column *next;
};

static void add_text(struct row *r, const char *text)
{
	if (r->next->cols == 0) {
		strbuf_add(&r->line, text);
	} else {
		text_fit(&r->line, text, r->next->cols - 1, r->next->align);
		strbuf_add_char(&r->line, ' ');
	}
	r->next++;
}

static void add_number(struct row *r, int number)
{
	AUTO_STRBUF words = { 0 };

	strbuf_format(&words, "%d", number);
	add_text(r, strbuf_str(&words));
}

static void add_care(const struct app *app, struct row *r, const char *indent, const char *tags)
{
	AUTO_STRBUF words = { 0 };

	strbuf_add(&words, indent);
	register_show(app->of, form_field(form_find(app->of->forms, "resident"), "care_tags"), tags, 0, &words);
	add_text(r, strbuf_str(&words));
}

static void put_line(struct card_view *v, struct row *r, enum style style, size_t i, int tag)
{
	card_view_line(v, strbuf_str(&r->line), style, (int64_t)i + 1, tag);
	strbuf_release(&r->line);
}

void coverage_headings(struct canvas *c, int row, int col, enum coverage_view view)
{
	struct row r = { .next = view_columns[view] };

	while (r.next->title)
		add_text(&r, r.next->title);
	canvas_text(c, row, col, text_width(strbuf_str(&r.line)), STYLE_HEADING, strbuf_str(&r.line));
	strbuf_release(&r.line);
}

/* Head ----------------------------------------------------------------------------------------------------------------------------- */

void coverage_tabs(const struct coverage *c, struct tab_name *tabs)
{
	const size_t counts[COVERAGE_VIEW_COUNT] = {
		[COVERAGE_GRIDS] = c->n_grids, [COVERAGE_ELDERS] = c->n_elders, [COVERAGE_FACES] = c->n_faces, [COVERAGE_CARRIERS] = c->n_carriers,
	};

	for (int v = 0; v < COVERAGE_VIEW_COUNT; v++)
		tabs[v] = (struct tab_name){ view_titles[v], .counted = true, .n = counts[v] };
}

void coverage_sums(const struct coverage *c, struct strbuf *out)
{
	strbuf_format(out, "需要%d人 · 吃上%d人", c->all.need, c->all.served);
	if (c->all.need > 0)
		strbuf_format(out, "（%d%%）", c->all.served * 100 / c->all.need);
	strbuf_format(out, " · 其他人%d · 待审%d · 没人送%d份", c->all.others, c->all.waiting, c->all.suppressed);
}

/* Lists ---------------------------------------------------------------------------------------------------------------------------- */

static void list_grids(struct card_view *v, const struct coverage *c)
{
	for (size_t i = 0; i < c->n_grids; i++) {
		const struct coverage_grid *g = &c->grids[i];
		struct row r = { .next = grid_columns };

		add_text(&r, g->grid);
		add_number(&r, g->need);
		add_number(&r, g->served);
		add_number(&r, g->need - g->served);
		add_number(&r, g->others);
		add_number(&r, g->waiting);
		add_number(&r, g->suppressed);
		add_text(&r, g->nobody ? "一个也没有" : "");
		put_line(v, &r, g->nobody ? STYLE_URGENT : g->suppressed > 0 ? STYLE_WARNING : STYLE_TEXT, i, COVERAGE_TAG_GRID);
	}
}

static void list_elders(const struct app *app, struct card_view *v, const struct coverage *c)
{
	for (size_t i = 0; i < c->n_elders; i++) {
		const struct coverage_elder *x = &c->elders[i];
		struct row r = { .next = elder_columns };

		add_text(&r, x->grid);
		add_text(&r, x->name);
		add_text(&r, x->address);
		add_text(&r, x->suppressed ? "等人送" : x->diner_id ? office_code_label(app->of, "diner_status", x->diner_status) : "没有登记");
		add_care(app, &r, "", x->care);
		put_line(v, &r, x->suppressed ? STYLE_WARNING : STYLE_TEXT, i, COVERAGE_TAG_ELDER);
	}
}

static void list_faces(const struct app *app, struct card_view *v, const struct coverage *c)
{
	for (size_t i = 0; i < c->n_faces; i++) {
		const struct coverage_face *x = &c->faces[i];
		struct row r = { .next = face_columns };

		add_text(&r, x->number);
		add_text(&r, x->name);
		add_text(&r, x->grid);
		add_number(&r, x->faces);
		add_number(&r, x->meals);
		add_care(app, &r, x->over ? "  换人太多 · " : "  ", x->care);
		put_line(v, &r, x->over ? STYLE_WARNING : STYLE_TEXT, i, COVERAGE_TAG_FACE);
	}
}

static void list_carriers(const struct app *app, struct card_view *v, const struct coverage *c)
{
	for (size_t i = 0; i < c->n_carriers; i++) {
		const struct coverage_carrier *x = &c->carriers[i];
		struct row r = { .next = carrier_columns };
		AUTO_STRBUF day = { 0 };

		day_format(&day, x->last_day);
		add_text(&r, x->number);
		add_text(&r, x->name);
		add_text(&r, x->grid);
		add_text(&r, office_code_label(app->of, "transport", x->transport));
		add_text(&r, x->last_day == DAY_NONE ? "没来过" : strbuf_str(&day));
		add_number(&r, x->need);
		add_text(&r, x->may_call ? "  可以" : "");
		put_line(v, &r, STYLE_TEXT, i, COVERAGE_TAG_CARRIER);
	}
}

static const char *const empty_words[] = {
	[COVERAGE_GRIDS] = "没有要助餐的老人；关爱标签在居民资料里", [COVERAGE_ELDERS] = "需要的都吃上了", [COVERAGE_FACES] = "这个月还没有送到失能、失智、独居老人家里",
	[COVERAGE_CARRIERS] = "愿意送餐的近四周都排上了",
};

void coverage_list(const struct app *app, struct card_view *v, const struct coverage *c, enum coverage_view view)
{
	card_view_clear(v);
	if (view == COVERAGE_GRIDS)
		list_grids(v, c);
	else if (view == COVERAGE_ELDERS)
		list_elders(app, v, c);
	else if (view == COVERAGE_FACES)
		list_faces(app, v, c);
	else
		list_carriers(app, v, c);
	if (v->n == 0)
		card_view_line(v, empty_words[view], STYLE_DIM, 0, COVERAGE_TAG_NONE);
}

/* Bars ----------------------------------------------------------------------------------------------------------------------------- */

void coverage_bars(const struct coverage *c, struct canvas *canvas, struct rect area)
{
	const char *labels[BARS_MAX];
	int64_t need[BARS_MAX], served[BARS_MAX];
	const struct bar_series series[] = {
		{ .title = "需要", .values = need, .style = STYLE_WARNING, .sign = '#' }, { .title = "吃上", .values = served, .style = STYLE_GOOD, .sign = '=' },
	};
	size_t n = 0;
	int widest = 1;

	/* A chart leaves out the first where not all fit: these are the ones to be seen. */
	for (; n < c->n_grids && n < BARS_MAX; n++) {
		int width = text_width(c->grids[n].grid) + 1;

		if (width < widest)
			width = widest;
		if ((int)(n + 1) * width > area.cols - BARS_GUTTER)
			break;
		widest = width;
		labels[n] = c->grids[n].grid;
		need[n] = c->grids[n].need;
		served[n] = c->grids[n].served;
	}
	if (n > 0)
		bar_chart_draw(&(struct bar_chart){ labels, n, series, COUNT(series) }, canvas, area);
}
