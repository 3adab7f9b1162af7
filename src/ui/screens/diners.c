/* 就餐老人: who eats, by name, pinyin, telephone, address or number; filters always in words; beside the list whoever is under the cursor.
 * args.text a filter to look by this once; NULL: as it was kept. */
#include <string.h>

#include "domain/diner.h"
#include "ui/list_screen.h"
#include "ui/widgets/diner_card.h"

struct diners {
	struct list_screen ls;        /* first */
	struct card_view card;        /* the second pane */
	struct arena arena;           /* of what the card shows */
};

enum { WHEN_ORDER = WHEN_OWN };

static const struct key_bind binds[] = {
	{ ACT_OPEN,         "Enter l", WHEN_ROW },
	{ ACT_FIND,         "/",       WHEN_ALWAYS },
	{ ACT_NEW,          "F2 N",    WHEN_MAY_CREATE },
	{ ACT_MEAL_PAUSE,   "F5 U",    WHEN_ORDER },
	{ ACT_MEAL_PLAN,    "F8 P",    WHEN_ORDER },
	{ ACT_DINER_STATUS, "F6 S",    WHEN_MAY_EDIT },
	{ ACT_FILTER,       "F7 f",    WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER, "a",       WHEN_FILTERED },
	{ ACT_EDIT,         "F4 E",    WHEN_MAY_EDIT },
	{ ACT_HISTORY,      "F3 h",    WHEN_ROW },
	{ ACT_EXPORT,       "F9 x",    WHEN_EXPORT },
	{ ACT_SORT,         "o",       WHEN_ROW },
	{ ACT_REVERSE,      "O",       WHEN_ROW },
};
static const struct keymap keys = { "diners", binds, COUNT(binds) };

static const struct list_key opens[] = {
	{ ACT_OPEN,         .screen = "diner",   .row = ROW_AS_ID, .returns = true },
	{ ACT_NEW,          .screen = "part",    .text = "diner", .returns = true },
	{ ACT_EDIT,         .screen = "part",    .text = "diner", .row = ROW_AS_ID, .returns = true },
	{ ACT_DINER_STATUS, .screen = "part",    .text = "diner-status", .row = ROW_AS_ID, .returns = true },
	{ ACT_MEAL_PAUSE,   .screen = "part",    .text = "meal_pause", .row = ROW_AS_CONTEXT },
	{ ACT_MEAL_PLAN,    .screen = "part",    .text = "meal_plan", .row = ROW_AS_CONTEXT },
	{ ACT_HISTORY,      .screen = "history", .form = "diner", .row = ROW_AS_ID },
};

/* Columns ------------------------------------------------------------------------------------------------------------------------------ */

static void show(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	(void)style;
	diner_cell(app->of, l, i, (enum diner_column)source, out);
}

/* Who does not eat today stands out. */
static void show_state(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	enum diner_status status = diner_row_status(l, i);
	const char *active = office_code_label(app->of, "diner_status", diner_status_key(DINER_ACTIVE));

	diner_cell(app->of, l, i, (enum diner_column)source, out);
	if (*style == STYLE_TEXT)
		*style = diner_has_ended(status) ? STYLE_DIM : strcmp(strbuf_str(out), active) == 0 ? STYLE_GOOD : STYLE_WARNING;
}

static const struct view_column columns[] = {
	{ "编号", 7,  DINER_NUMBER,  "number", ALIGN_LEFT, .show = show },
	{ "姓名", 8,  DINER_NAME,    NULL,     ALIGN_LEFT, .show = show },
	{ "状态", 12, DINER_STATE,   "status", ALIGN_LEFT, .show = show_state },
	{ "取餐", 4,  DINER_WAY,     NULL,     ALIGN_LEFT, .show = show },
	{ "网格", 4,  DINER_GRID,    NULL,     ALIGN_LEFT, .show = show },
	{ "线路", 5,  DINER_LINE,    "line",   ALIGN_LEFT, .show = show },
	{ "电话", 13, DINER_PHONE,   NULL,     ALIGN_LEFT, .show = show },
	{ "关爱", 9,  DINER_CARE,    NULL,     ALIGN_LEFT, .show = show },
	{ "住址", 0,  DINER_ADDRESS, NULL,     ALIGN_LEFT, .show = show },
};

static enum rc find(struct app *app, void *context, const char *typed, struct arena *a, struct list_filter *out, size_t max, size_t *n, struct err *e)
{
	enum rc rc;
	bool any;

	(void)context; (void)max;
	if ((rc = diner_find(app->of, typed, a, out, &any, e)) == RC_OK)
		*n = any;
	return rc;
}

/* Filters ------------------------------------------------------------------------------------------------------------------------------ */

/* The second is the first line's; more lines than a community has. */
enum { LINES_ALL, LINES_NONE, LINES_FIRST };
static const char *const lines[] = {
	"不限", "没排线路", "线路1", "线路2", "线路3", "线路4", "线路5", "线路6", "线路7", "线路8", "线路9", "线路10", "线路11", "线路12", "线路13",
	"线路14", "线路15", "线路16", "线路17", "线路18", "线路19", "线路20",
};
enum { TODAY_ALL, TODAY_PAUSED, TODAY_GONE };
static const char *const todays[] = { [TODAY_ALL] = "不限", [TODAY_PAUSED] = "今天暂停", [TODAY_GONE] = "居民已迁出或去世" };

static struct list_filter by_status(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)app;
	return diner_filter_status(v->code, a);
}

static struct list_filter by_way(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)app;
	return diner_filter_way(v->code, a);
}

static struct list_filter by_grid(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)app; (void)a;
	return diner_filter_grid(v->grid.id);
}

static struct list_filter by_line(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)app; (void)a;
	return diner_filter_line(v->choice == LINES_NONE ? 0 : (int)v->choice - LINES_FIRST + 1);
}

static struct list_filter by_today(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)a;
	return v->choice == TODAY_PAUSED ? diner_filter_paused(app->today) : diner_filter_gone();
}

static struct list_filter by_care(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)app;
	return diner_filter_care(v->code, a);
}

static const struct filter_kind filters[] = {
	{ .key = "status", .title = "状态", .codes = "diner_status", .condition = by_status },
	{ .key = "way",    .title = "取餐方式", .codes = "meal_way", .condition = by_way },
	{ .key = "grid",   .title = "网格", .condition = by_grid },
	{ .key = "line",   .title = "线路", .choices = lines, .n_choices = COUNT(lines), .condition = by_line },
	{ .key = "today",  .title = "今天", .choices = todays, .n_choices = COUNT(todays), .condition = by_today },
	{ .key = "care",   .title = "关爱标签", .codes = "care_tag", .condition = by_care },
};

/* The panes ---------------------------------------------------------------------------------------------------------------------------- */

static enum rc load_beside(struct app *app, void *state, int64_t id, struct rect area, struct err *e)
{
	struct diners *s = state;
	struct diner d;
	enum rc rc;

	arena_clear(&s->arena);
	card_view_clear(&s->card);
	if (id == 0)
		return RC_OK;
	if ((rc = diner_load(app->of, id, &s->arena, &d, e)) != RC_OK)
		return rc;
	diner_card(app, &s->card, &d);
	card_view_layout_framed(&s->card, area);
	return RC_OK;
}

static void draw_beside(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct diners *s = state;

	(void)app;
	card_view_draw_framed(&s->card, c, area, "", false);
}

static const struct list_screen_spec spec = {
	.name = "diners", .title = "就餐老人", .empty = "按 {new} 登记第一位就餐老人；也可以从居民资料登记",
	.keys = &keys, .opens = opens, .n_opens = COUNT(opens), .filters = filters, .n_filters = COUNT(filters), .cols_min = 64,    /* with the telephone */
	.load_beside = load_beside, .draw_beside = draw_beside,
};

/* The screen --------------------------------------------------------------------------------------------------------------------------- */

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct diners *s = state;
	enum rc rc = office_require(app->of, MAY_DINER_VIEW, e);

	if (rc != RC_OK)
		return rc;
	s->ls.given = args->text;
	s->ls.passing = args->text != NULL;
	return list_screen_open(app, &s->ls, &spec, &diner_list_spec, columns, COUNT(columns), (struct list_order){ "number", false }, find, NULL, e);
}

static unsigned when(const struct app *app, const void *state)
{
	unsigned w = list_screen_when(app, state);

	if ((w & WHEN_ROW) && office_may(app->of, MAY_MEAL_ORDER))
		w |= WHEN_ORDER;
	if (!office_may(app->of, MAY_DINER_EDIT))
		return w;
	return w | WHEN_MAY_CREATE | (w & WHEN_ROW ? WHEN_MAY_EDIT : 0);
}

static void close_screen(struct app *app, void *state)
{
	struct diners *s = state;

	list_screen_close(app, state);
	card_view_release(&s->card);
	arena_clear(&s->arena);
}

const struct screen_def diners_screen = {
	.name = "diners", .title = "就餐老人", .reads = DINER_READS,
	.state_size = sizeof(struct diners), .keys = &keys,
	LIST_SCREEN_FUNCTIONS, .open = open_screen, .draw = list_screen_draw, .act = list_screen_act, .when = when, .close = close_screen,
};
