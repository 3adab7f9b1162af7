/* 送达: what came of each order of a meal, one key each, for a clerk with a telephone at the ear; then the meal is closed.
 * args.id the day, args.text the meal; without them the meal of now. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/meal_close.h"
#include "domain/outcome.h"
#include "ui/screen.h"
#include "ui/screens/meal_at.h"
#include "ui/screens/canteen_rows.h"
#include "ui/screens/doors_rows.h"
#include "ui/screens/part.h"
#include "ui/widgets/card_beside.h"

struct doors_screen {
	struct meal_at at;
	char *find;                   /* what was looked for last; NULL: nothing */
	struct arena arena;           /* owns the meal */
	struct meal_day meal_day;
	bool due;                     /* outcomes were due when it was loaded */
	struct card_view list, beside;
};

enum {
	WHEN_TELLS = WHEN_OWN, WHEN_TOLD = WHEN_OWN << 1, WHEN_UNTOLD = WHEN_OWN << 2, WHEN_CLOSES = WHEN_OWN << 3, WHEN_REOPENS = WHEN_OWN << 4,
	WHEN_PAUSES = WHEN_OWN << 5, WHEN_GROUP = WHEN_OWN << 6, WHEN_DOOR = WHEN_OWN << 7,
};

/* Each outcome with its key; digits lead to main screens with Alt here. */
static const struct key_bind binds[] = {
	{ ACT_TOLD_S1,     "1",        WHEN_TELLS },
	{ ACT_TOLD_S2,     "2",        WHEN_TELLS },
	{ ACT_TOLD_S3,     "3",        WHEN_TELLS | WHEN_DOOR },
	{ ACT_TOLD_S4,     "4",        WHEN_TELLS | WHEN_DOOR },
	{ ACT_TOLD_S5,     "5",        WHEN_TELLS },
	{ ACT_TOLD_F1,     "6 W",      WHEN_TELLS },
	{ ACT_TOLD_F2,     "7",        WHEN_TELLS },
	{ ACT_TOLD_F3,     "8",        WHEN_TELLS | WHEN_DOOR },
	{ ACT_TOLD_F4,     "9",        WHEN_TELLS },
	{ ACT_TOLD_F5,     "0",        WHEN_TELLS },
	{ ACT_TOLD_F6,     "Y",        WHEN_TELLS },
	{ ACT_TOLD_F7,     "C",        WHEN_TELLS },
	{ ACT_TOLD_F8,     "M",        WHEN_TELLS },
	{ ACT_TOLD_F9,     "T",        WHEN_TELLS },
	{ ACT_TOLD_F0,     "Q",        WHEN_TELLS },
	{ ACT_FIND,        "/",        WHEN_ALWAYS },
	{ ACT_NEXT_UNTOLD, "Tab n",    WHEN_UNTOLD },
	{ ACT_MEAL_CLOSE,  "F8 G",     WHEN_CLOSES },
	{ ACT_MEAL_REOPEN, "F8 G",     WHEN_REOPENS },
	{ ACT_TELL_MORE,   "F4 Enter", WHEN_TELLS },
	{ ACT_TELL_ALL,    "F7 A",     WHEN_GROUP },
	{ ACT_UNTELL,      "X",        WHEN_TOLD },
	{ ACT_TELL_TIME,   "F5 t",     WHEN_TOLD },
	{ ACT_WELFARE,     "w",        WHEN_ALWAYS },
	{ ACT_MEAL_PAUSE,  "F6 Z",     WHEN_PAUSES },
	{ ACT_DAY_BEFORE,  "[ Left",   WHEN_ALWAYS },
	{ ACT_DAY_AFTER,   "] Right",  WHEN_ALWAYS },
	{ ACT_GO_DAY,      "F3 d",     WHEN_ALWAYS },
	{ ACT_OTHER_MEAL,  "m",        WHEN_ALWAYS },
	{ ACT_DISPATCH,    "p",        WHEN_ALWAYS },
	{ ACT_DINER,       "u",        WHEN_ROW },
	{ ACT_HISTORY,     "h",        WHEN_ROW },
};
static const struct keymap keys = { "doors", binds, COUNT(binds) };

/* Areas --------------------------------------------------------------------------------------------------------------------------- */

/* Above the lines: sums, two of keys, and what the columns are. */
static const struct card_beside shape = { .list_cols = 82, .head_rows = 4, .margin_cols = 2 };

/* Loading ------------------------------------------------------------------------------------------------------------------------- */

static const struct meal_order *chosen(const struct doors_screen *s)
{
	const struct card_item *item = card_view_item(&s->list);

	return item && item->tag == DOORS_TAG_ORDER ? &s->meal_day.orders[item->id - 1] : NULL;
}

static void fill_beside(const struct app *app, struct doors_screen *s)
{
	canteen_beside(app, &s->beside, &s->meal_day, chosen(s), NULL);
	card_view_layout_framed(&s->beside, card_beside_other(app, &shape));
}

static void fill(const struct app *app, struct doors_screen *s, int64_t order_id)
{
	doors_list(app, &s->list, &s->meal_day, order_id);
	card_beside_layout(app, &shape, &s->list);
	fill_beside(app, s);
}

static enum rc load_meal(struct app *app, struct doors_screen *s, struct meal_at at, struct err *e)
{
	const struct meal_order *before = chosen(s);
	int64_t order_id = before ? before->id : 0;
	struct arena made = { 0 };
	struct meal_day m;
	enum rc rc;

	if ((rc = meal_day_load(app->of, at.day, at.meal, &made, &m, e)) != RC_OK) {
		arena_clear(&made);
		return rc;
	}
	arena_clear(&s->arena);
	s->arena = made;
	s->meal_day = m;
	s->at = at;
	s->due = meal_report_is_due(app->of, at.day, at.meal);
	fill(app, s, order_id);
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct doors_screen *s = state;

	(void)e;
	s->at = meal_at_of(app, args);
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct doors_screen *s = state;

	return load_meal(app, s, s->at, e);
}

static void show(struct app *app, struct doors_screen *s, struct meal_at at)
{
	struct err e = { 0 };

	if (load_meal(app, s, at, &e) != RC_OK)
		app_fail(app, &e);
}

/* What holds now. */
static unsigned when(const struct app *app, const void *state)
{
	const struct doors_screen *s = state;
	const struct meal_order *o = chosen(s);
	bool open = !s->meal_day.closed, tells = o && open && s->at.day <= app->today && office_may(app->of, MAY_OUTCOME_EDIT), untold = false, group = false;

	for (size_t i = 0; o && i < s->meal_day.n_orders; i++) {
		const struct meal_order *other = &s->meal_day.orders[i];

		untold = untold || doors_is_untold(other);
		group = group || (doors_is_untold(other) && doors_same_group(o, other));
	}
	return (o ? WHEN_ROW : 0) | (tells ? WHEN_TELLS : 0) | (tells && o->outcome[0] ? WHEN_TOLD : 0) | (untold ? WHEN_UNTOLD : 0) |
	       (tells && group ? WHEN_GROUP : 0) | (o && strcmp(o->way, "delivery") == 0 ? WHEN_DOOR : 0) |
	       (open && o && office_may(app->of, MAY_MEAL_CLOSE) ? WHEN_CLOSES : 0) | (!open && office_may(app->of, MAY_MEAL_REOPEN) ? WHEN_REOPENS : 0) |
	       (o && office_may(app->of, MAY_MEAL_ORDER) ? WHEN_PAUSES : 0);
}

/* Drawing ------------------------------------------------------------------------------------------------------------------------- */

static void add_title(const struct app *app, const struct doors_screen *s, struct strbuf *out)
{
	strbuf_add(out, "送达 · ");
	meal_at_words(app, s->at, out);
	if (s->meal_day.closed)
		strbuf_format(out, " · %s已关账", s->meal_day.closed_by);
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct doors_screen *s = state;
	struct rect rows = card_beside_lines(app, &shape);
	AUTO_STRBUF title = { 0 };
	AUTO_STRBUF sums = { 0 };

	(void)area;
	add_title(app, s, &title);
	doors_sums(&s->meal_day, &sums);
	if (app->wide)
		card_view_draw_framed(&s->beside, c, card_beside_other(app, &shape), "所选", false);
	canvas_frame(c, card_beside_list(app, &shape), STYLE_BORDER, strbuf_str(&title));
	canvas_text(c, rows.row - 4, rows.col, rows.cols, STYLE_NOTICE, strbuf_str(&sums));
	doors_legend(app, &keys, when(app, s), c, (struct rect){ rows.row - 3, rows.col, 2, rows.cols });
	doors_headings(c, rows.row - 1, rows.col);
	card_view_draw(&s->list, c, rows, true);
}

/* Telling ------------------------------------------------------------------------------------------------------------------------- */

/* The row that shows an order of the meal. */
static void go_to(const struct app *app, struct doors_screen *s, int order)
{
	fill(app, s, s->meal_day.orders[order].id);
}

/* To the next line that wants an outcome, behind the cursor and then from the beginning; false: there is none. */
static bool go_untold(const struct app *app, struct doors_screen *s)
{
	for (size_t k = 1; k <= s->list.n; k++) {
		const struct card_item *item = &s->list.items[(s->list.cursor + k) % s->list.n];

		if (item->tag == DOORS_TAG_ORDER && doors_is_untold(&s->meal_day.orders[item->id - 1])) {
			go_to(app, s, (int)item->id - 1);
			return true;
		}
	}
	return false;
}

/* What it is corrected for after its day; false: left. */
static bool ask_why(struct app *app, const struct doors_screen *s, const struct meal_order *o, char **why)
{
	*why = NULL;
	if (o->outcome[0] == '\0' || s->at.day >= app->today || !office_may(app->of, MAY_MEAL_REOPEN))
		return true;
	*why = app_prompt(app, "过了当天，为什么更正", "", false);
	return *why != NULL;
}

/* One key an order; who is told about for the first time makes way for the next that is not. */
static void tell(struct app *app, struct doors_screen *s, const char *code)
{
	const struct meal_order *o = chosen(s);
	bool first = doors_is_untold(o);
	AUTO_FREE char *why = NULL;
	AUTO_FREE char *name = mem_copy(o->name);
	AUTO_STRBUF words = { 0 };
	struct outcome_said said;
	struct err e = { 0 };

	if (!ask_why(app, s, o, &why))
		return;
	if (outcome_set(app->of, o->id, &(struct outcome_entry){ .code = code, .why = why }, &said, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	outcome_said_words(&said, &words);
	if (said.clock_at || said.check_id)
		app_warn(app, "%s：%s%s", name, code ? office_code_label(app->of, "outcome", code) : "已撤回", strbuf_str(&words));
	else
		app_say(app, "%s：%s%s", name, code ? office_code_label(app->of, "outcome", code) : "已撤回", strbuf_str(&words));
	if (first && code)
		go_untold(app, s);
}

/* When it was, where that is told later. */
static void ask_time(struct app *app, struct doors_screen *s)
{
	const struct meal_order *o = chosen(s);
	AUTO_FREE char *typed = app_prompt(app, "几点送到的（如 1120）", "", false);
	AUTO_FREE char *why = NULL;
	struct outcome_entry x = { .code = o->outcome };
	struct outcome_said said;
	struct err e = { 0 };
	int minutes;

	if (typed == NULL)
		return;
	if (time_parse(typed, &minutes, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	if (!ask_why(app, s, o, &why))
		return;
	x.at = instant_of_day(s->at.day, minutes);
	x.why = why;
	app_report(app, outcome_set(app->of, o->id, &x, &said, &e), &e, "时间已改");
}

/* Ids of those of the chosen one's group that nobody has told about; in the arena. */
static int64_t *untold_of_group(const struct doors_screen *s, struct arena *a, size_t *n)
{
	const struct meal_order *of = chosen(s);
	int64_t *ids = arena_alloc(a, s->meal_day.n_orders * sizeof *ids + 1);

	*n = 0;
	for (size_t i = 0; of && i < s->meal_day.n_orders; i++)
		if (doors_is_untold(&s->meal_day.orders[i]) && doors_same_group(of, &s->meal_day.orders[i]))
			ids[(*n)++] = s->meal_day.orders[i].id;
	return ids;
}

static void tell_all(struct app *app, struct doors_screen *s)
{
	AUTO_ARENA a = { 0 };
	const char *code = doors_group_code(chosen(s));
	size_t n, written;
	int64_t *ids = untold_of_group(s, &a, &n);
	AUTO_STRBUF name = { 0 };
	AUTO_FREE char *question = NULL;
	struct err e = { 0 };

	doors_group_name(&s->meal_day, chosen(s), &name);
	question = mem_format("%s 还没回报的 %zu 份都登记为「%s」？", strbuf_str(&name), n, office_code_label(app->of, "outcome", code));
	if (!app_ask(app, question))
		return;
	app_report(app, outcome_fill(app->of, ids, n, code, &written, &e), &e, "%s %zu 份已登记：%s", strbuf_str(&name), written,
	           office_code_label(app->of, "outcome", code));
}

/* Finding ------------------------------------------------------------------------------------------------------------------------- */

/* The cursor goes there; the same again goes on to the next. */
static void ask_find(struct app *app, struct doors_screen *s)
{
	char *typed = app_prompt(app, "哪一家（线路-站，如 3-12；姓名、拼音首字母、地址）", s->find ? s->find : "", false);
	const struct meal_order *here = chosen(s);
	int found;

	if (typed == NULL)
		return;
	free(s->find);
	s->find = typed;
	found = doors_find(&s->meal_day, typed, here ? (int)(here - s->meal_day.orders) : -1);
	if (found < 0)
		app_warn(app, "这一餐里没有找到「%s」", typed);
	else
		go_to(app, s, found);
}

/* Closing ------------------------------------------------------------------------------------------------------------------------- */

static void close_meal(struct app *app, struct doors_screen *s)
{
	struct err e = { 0 };

	if (!app_ask(app, "这一餐关账？关账以后谁也不能改，要改得书记重新开账"))
		return;
	app_report(app, meal_close(app->of, s->at.day, s->at.meal, NULL, &e), &e, "已关账");
}

static void reopen_meal(struct app *app, struct doors_screen *s)
{
	AUTO_FREE char *why = app_prompt(app, "为什么重新开账", "", false);
	struct err e = { 0 };

	if (why)
		app_report(app, meal_reopen(app->of, s->at.day, s->at.meal, why, &e), &e, "已重新开账，改完请再关账");
}

/* Keys ---------------------------------------------------------------------------------------------------------------------------- */

static struct next open_welfare(const struct doors_screen *s)
{
	const struct meal_order *o = chosen(s);

	if (o && o->check_id)
		return next_push("welfare-check", (struct screen_args){ .id = o->check_id });
	return next_push("welfare", (struct screen_args){ 0 });
}

static struct next act_meal(struct app *app, struct doors_screen *s, enum action action)
{
	switch (action) {
	case ACT_MEAL_CLOSE:
		close_meal(app, s);
		return next_stay();
	case ACT_MEAL_REOPEN:
		reopen_meal(app, s);
		return next_stay();
	case ACT_WELFARE:
		return open_welfare(s);
	case ACT_DISPATCH:
		return next_push("dispatch", meal_at_args(s->at));
	default:
		return next_pass();
	}
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct doors_screen *s = state;
	struct meal_at to;

	if (meal_at_key(app, s->at, action, &to)) {
		show(app, s, to);
		return next_stay();
	}
	if (doors_code_of(action)) {
		tell(app, s, doors_code_of(action));
		return next_stay();
	}
	switch (action) {
	case ACT_TELL_MORE:
		return part_push("outcome", chosen(s)->id, 0);
	case ACT_TELL_ALL:
		tell_all(app, s);
		return next_stay();
	case ACT_UNTELL:
		tell(app, s, NULL);
		return next_stay();
	case ACT_TELL_TIME:
		ask_time(app, s);
		return next_stay();
	case ACT_NEXT_UNTOLD:
		go_untold(app, s);
		return next_stay();
	case ACT_FIND:
		ask_find(app, s);
		return next_stay();
	case ACT_MEAL_PAUSE:
		return part_push("meal_pause", 0, chosen(s)->diner_id);
	case ACT_DINER:
		return next_push("diner", (struct screen_args){ .id = chosen(s)->diner_id });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = chosen(s)->id, .form = "outcome" });
	default:
		return act_meal(app, s, action);
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct doors_screen *s = state;

	if (!card_view_key(&s->list, ev))
		return next_pass();
	fill_beside(app, s);
	return next_stay();
}

/* At the minute that outcomes are due the list says so by itself. */
static void tick(struct app *app, void *state)
{
	struct doors_screen *s = state;

	if (meal_report_is_due(app->of, s->at.day, s->at.meal) != s->due)
		show(app, s, s->at);
}

static void close_screen(struct app *app, void *state)
{
	struct doors_screen *s = state;

	(void)app;
	card_view_release(&s->list);
	card_view_release(&s->beside);
	arena_clear(&s->arena);
	free(s->find);
}

const struct screen_def doors_screen = {
	.name = "doors", .title = "送达", .reads = MEAL_DAY_READS,
	.state_size = sizeof(struct doors_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .tick = tick, .close = close_screen,
};
