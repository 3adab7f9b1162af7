/* 覆盖与缺口: which elders need a meal and get none, where, and who could carry it to them. */
#include "base/mem.h"
#include "ui/screen.h"
#include "ui/screens/coverage_rows.h"
#include "ui/widgets/list_export.h"

#define HEAD_ROWS 3               /* tabs, sums, and what the columns are */

struct coverage_screen {
	enum coverage_view view;
	struct arena arena;           /* owns what was found */
	struct coverage found;
	struct card_view list;
};

static const struct key_bind binds[] = {
	{ ACT_OPEN,      "Enter l", WHEN_ROW },
	{ ACT_NEXT_VIEW, "Tab F7",  WHEN_ALWAYS },
	{ ACT_GAPS,      "F6 Q",    WHEN_ALWAYS },
	{ ACT_EXPORT,    "F9 x",    WHEN_EXPORT },
	{ ACT_DINERS,    "u",       WHEN_ALWAYS },
};
static const struct keymap keys = { "coverage", binds, COUNT(binds) };

/* Areas and loading ---------------------------------------------------------------------------------------------------------------- */

static struct rect list_area(const struct app *app, enum coverage_view view)
{
	struct rect r = app->area;

	if (view == COVERAGE_GRIDS)
		r.rows = (r.rows + 1) / 2;
	return r;
}

static struct rect bars_area(const struct app *app)
{
	struct rect list = list_area(app, COVERAGE_GRIDS), r = app->area;

	r.row += list.rows - 1;
	r.rows -= list.rows - 1;
	return r;
}

static struct rect rows_area(const struct app *app, enum coverage_view view)
{
	struct rect r = list_area(app, view);

	return (struct rect){ r.row + 1 + HEAD_ROWS, r.col + 2, r.rows - 2 - HEAD_ROWS, r.cols - 4 };
}

static void fill(const struct app *app, struct coverage_screen *s)
{
	struct rect area = rows_area(app, s->view);

	coverage_list(app, &s->list, &s->found, s->view);
	s->list.row = area.row;
	s->list.col = area.col;
	card_view_layout(&s->list, area.rows, area.cols);
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct coverage_screen *s = state;
	struct arena made = { 0 };
	struct coverage found;
	enum rc rc;

	if ((rc = coverage_load(app->of, &made, &found, e)) != RC_OK) {
		arena_clear(&made);
		return rc;
	}
	arena_clear(&s->arena);
	s->arena = made;
	s->found = found;
	fill(app, s);
	return RC_OK;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct coverage_screen *s = state;
	struct rect rows = rows_area(app, s->view);
	struct tab_name tabs[COVERAGE_VIEW_COUNT];
	AUTO_STRBUF sums = { 0 };

	(void)area;
	coverage_tabs(&s->found, tabs);
	coverage_sums(&s->found, &sums);
	if (s->view == COVERAGE_GRIDS) {
		struct rect in = canvas_frame(c, bars_area(app), STYLE_BORDER, "需要的老人和近30天吃上的");

		in.col++;
		in.cols -= 2;
		coverage_bars(&s->found, c, in);
	}
	canvas_frame(c, list_area(app, s->view), STYLE_BORDER, "覆盖与缺口 · 近30天");
	tabs_draw(c, (struct rect){ rows.row - 3, rows.col, 1, rows.cols }, tabs, COUNT(tabs), s->view);
	canvas_put(c, rows.row - 2, rows.col, rows.cols, STYLE_NOTICE, strbuf_str(&sums));
	coverage_headings(c, rows.row - 1, rows.col, s->view);
	card_view_draw(&s->list, c, rows, true);
}

/* Keys ----------------------------------------------------------------------------------------------------------------------------- */

static void show_view(const struct app *app, struct coverage_screen *s, enum coverage_view view)
{
	s->view = view;
	s->list.cursor = 0;
	s->list.top = 0;
	fill(app, s);
}

/* Who is not served in the grid. */
static void show_grid(const struct app *app, struct coverage_screen *s, int64_t grid_id)
{
	size_t i = 0;

	show_view(app, s, COVERAGE_ELDERS);
	while (i < s->found.n_elders && s->found.elders[i].grid_id != grid_id)
		i++;
	if (i < s->found.n_elders)
		s->list.cursor = i;
	card_view_layout(&s->list, s->list.rows, s->list.cols);
}

static struct next open_row(const struct app *app, struct coverage_screen *s)
{
	const struct card_item *item = card_view_item(&s->list);
	const struct coverage_elder *elder;

	switch (item->tag) {
	case COVERAGE_TAG_GRID:
		show_grid(app, s, s->found.grids[item->id - 1].grid_id);
		return next_stay();
	case COVERAGE_TAG_ELDER:
		elder = &s->found.elders[item->id - 1];
		return elder->diner_id ? next_push("diner", (struct screen_args){ .id = elder->diner_id })
		                       : next_push("resident", (struct screen_args){ .id = elder->resident_id });
	case COVERAGE_TAG_FACE:
		return next_push("diner", (struct screen_args){ .id = s->found.faces[item->id - 1].diner_id });
	default:
		return next_push("volunteer", (struct screen_args){ .id = s->found.carriers[item->id - 1].volunteer_id });
	}
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct coverage_screen *s = state;

	switch (action) {
	case ACT_OPEN:
		return open_row(app, s);
	case ACT_NEXT_VIEW:
		show_view(app, s, (enum coverage_view)((s->view + 1) % COVERAGE_VIEW_COUNT));
		return next_stay();
	case ACT_GAPS:
		return next_push("gaps", (struct screen_args){ 0 });
	case ACT_DINERS:
		return next_push("diners", (struct screen_args){ 0 });
	case ACT_EXPORT:
		report_export(app, "coverage", &(struct report_query){ 0 });
		return next_stay();
	default:
		return next_pass();
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct coverage_screen *s = state;
	const struct card_item *item = card_view_item(&s->list);

	return (item && item->tag != COVERAGE_TAG_NONE ? WHEN_ROW : 0) | (s->found.n_grids > 0 && office_may(app->of, MAY_EXPORT_LIST) ? WHEN_EXPORT : 0);
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct coverage_screen *s = state;

	(void)app;
	return card_view_key(&s->list, ev) ? next_stay() : next_pass();
}

static void close_screen(struct app *app, void *state)
{
	struct coverage_screen *s = state;

	(void)app;
	card_view_release(&s->list);
	arena_clear(&s->arena);
}

const struct screen_def coverage_screen = {
	.name = "coverage", .title = "覆盖与缺口", .reads = COVERAGE_READS,
	.state_size = sizeof(struct coverage_screen), .keys = &keys,
	.load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
