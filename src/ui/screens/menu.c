/* 菜单: a week as days and meals, and the dishes of one; what is written here the kitchen cooks.
 * args.id a day of the week, args.text the meal; without them the meal of now. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/meal_day.h"
#include "domain/menu.h"
#include "store/record.h"
#include "ui/screen.h"
#include "ui/screens/menu_board.h"

enum { CHOICES_MAX = 30, WEEK = 7 };

struct menu_screen {
	struct arena arena;           /* owns what the board points to */
	struct menu_board board;
	struct card_view card;        /* of the menu under the cursor */
	bool on_card;                 /* the arrows go to its dishes */
};

enum { WHEN_EDITS = WHEN_OWN, WHEN_OWN_DISH = WHEN_OWN << 1, WHEN_MENU = WHEN_OWN << 2 };

static const struct key_bind binds[] = {
	{ ACT_DISH_ADD,     "F2 N",    WHEN_EDITS },
	{ ACT_DISH_INSTEAD, "F4 I",    WHEN_EDITS | WHEN_OWN_DISH },
	{ ACT_DISH_REMOVE,  "X",       WHEN_EDITS | WHEN_ROW },
	{ ACT_NEXT_VIEW,    "Tab F7",  WHEN_ALWAYS },
	{ ACT_MENU_PRICE,   "F5 P",    WHEN_EDITS },
	{ ACT_SAMPLE,       "F8 S",    WHEN_EDITS | WHEN_MENU },
	{ ACT_MENU_COPY,    "F9 K",    WHEN_EDITS },
	{ ACT_KITCHEN,      "F6 k",    WHEN_ALWAYS },
	{ ACT_OPEN,         "Enter l", WHEN_ROW },
	{ ACT_EARLIER_WEEK, "[",       WHEN_ALWAYS },
	{ ACT_LATER_WEEK,   "]",       WHEN_ALWAYS },
	{ ACT_THIS_WEEK,    "t",       WHEN_ALWAYS },
	{ ACT_DISHES,       "F3 u",    WHEN_ALWAYS },
};
static const struct keymap keys = { "menu", binds, COUNT(binds) };

/* Areas -------------------------------------------------------------------------------------------------------------------------- */

static struct rect board_area(const struct app *app, const struct menu_screen *s)
{
	struct rect r = app->area;

	if (app->wide)
		r.cols = MENU_BOARD_COLS;
	else
		r.rows = menu_board_rows(&s->board) + 2;
	return r;
}

static struct rect card_area(const struct app *app, const struct menu_screen *s)
{
	struct rect r = app->area, board = board_area(app, s);

	if (app->wide)
		return (struct rect){ r.row, r.col + board.cols - 1, r.rows, r.cols - board.cols + 1 };
	return (struct rect){ r.row + board.rows - 1, r.col, r.rows - board.rows + 1, r.cols };
}

/* Loading ------------------------------------------------------------------------------------------------------------------------ */

static void fill(const struct app *app, struct menu_screen *s)
{
	menu_card(app, &s->card, menu_board_menu(&s->board));
	card_view_layout_framed(&s->card, card_area(app, s));
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	const struct code_list *meals = form_codes(app->of->forms, "meal");
	const char *meal = args->text ? args->text : meal_of_now(app->of);
	int32_t day = args->id ? (int32_t)args->id : app->today;
	struct menu_screen *s = state;

	(void)e;
	for (size_t i = 0; i < meals->n && i < MENU_MEALS_MAX; i++)
		if (strcmp(meals->codes[i].code, meal) == 0)
			s->board.meal = i;
	s->board.day = day_weekday(day) - 1;
	s->board.monday = day - s->board.day;
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct menu_screen *s = state;
	enum rc rc = menu_board_load(app->of, s->board.monday, &s->arena, &s->board, e);

	if (rc == RC_OK)
		fill(app, s);
	return rc;
}

static void go_week(struct app *app, struct menu_screen *s, int32_t monday)
{
	struct err e = { 0 };

	if (menu_board_load(app->of, monday, &s->arena, &s->board, &e) != RC_OK)
		app_fail(app, &e);
	else
		fill(app, s);
}

/* Drawing ------------------------------------------------------------------------------------------------------------------------ */

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct menu_screen *s = state;
	const struct menu *m = menu_board_menu(&s->board);
	struct rect board = board_area(app, s);
	AUTO_STRBUF title = { 0 };
	AUTO_STRBUF of_menu = { 0 };

	(void)area;
	strbuf_add(&title, "菜单 · ");
	day_format(&title, s->board.monday);
	strbuf_add(&title, " 起一周");
	day_format_near(&of_menu, m->day, app->today);
	strbuf_format(&of_menu, " %s", office_code_label(app->of, "meal", m->meal));
	canvas_frame(c, board, STYLE_BORDER, strbuf_str(&title));
	card_view_draw_framed(&s->card, c, card_area(app, s), strbuf_str(&of_menu), s->on_card);
	menu_board_draw(app, &s->board, c, (struct rect){ board.row + 1, board.col + 2, board.rows - 2, board.cols - 4 }, !s->on_card);
}

/* Dishes ------------------------------------------------------------------------------------------------------------------------- */

static const struct menu_dish *chosen(const struct menu_screen *s)
{
	const struct card_item *item = s->on_card ? card_view_item(&s->card) : NULL;
	const struct menu *m = menu_board_menu(&s->board);

	for (size_t i = 0; item && i < m->n_dishes; i++)
		if (m->dishes[i].dish_id == item->id)
			return &m->dishes[i];
	return NULL;
}

/* Which of those that fit what was typed; 0: none, or left. */
static int64_t choose_dish(struct app *app, const char *typed, struct strbuf *name)
{
	const char *labels[CHOICES_MAX];
	struct candidate *found = NULL;
	struct err e = { 0 };
	size_t n = 0;
	int64_t id = 0;
	int at = 0;

	if (record_candidates(app->of->st, form_find(app->of->forms, "dish"), typed, CHOICES_MAX, &found, &n, &e) != RC_OK) {
		app_fail(app, &e);
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		labels[i] = found[i].label;
	if (n == 0)
		app_warn(app, "没有「%s」这道菜，请先在菜品里新增（F3 u）", typed);
	if (n > 1)
		at = app_choose(app, "哪道菜", labels, n, 0);
	if (n > 0 && at >= 0) {
		id = found[at].id;
		strbuf_add(name, found[at].label);
	}
	candidates_free(found, n);
	return id;
}

/* `instead_of` NULL: in its own right. */
static void add_dish(struct app *app, struct menu_screen *s, const struct menu_dish *instead_of)
{
	const struct menu *m = menu_board_menu(&s->board);
	AUTO_FREE char *label = instead_of ? mem_format("谁不能吃%s，换成哪道菜（菜名或拼音首字母，空着列出来）", instead_of->name) : NULL;
	AUTO_FREE char *typed = app_prompt(app, label ? label : "加哪道菜（菜名或拼音首字母，空着列出来）", "", false);
	AUTO_STRBUF name = { 0 };
	struct err e = { 0 };
	int64_t id;

	if (typed == NULL || (id = choose_dish(app, typed, &name)) == 0)
		return;
	app_report(app, menu_dish_add(app->of, m->day, m->meal, id, instead_of ? instead_of->dish_id : 0, &e), &e, "已加%s：%s", instead_of ? "代替的菜" : "菜",
	           strbuf_str(&name));
}

static void remove_dish(struct app *app, struct menu_screen *s)
{
	const struct menu *m = menu_board_menu(&s->board);
	const struct menu_dish *d = chosen(s);
	AUTO_FREE char *name = mem_copy(d->name);
	struct err e = { 0 };

	app_report(app, menu_dish_remove(app->of, m->day, m->meal, d->dish_id, &e), &e, "已去掉：%s，按 Ctrl-Z 可以撤销", name);
}

static void ask_price(struct app *app, struct menu_screen *s)
{
	const struct menu *m = menu_board_menu(&s->board);
	AUTO_FREE char *typed = app_prompt(app, "一份多少元（如 12 或 12.50）", "", false);
	struct value price = { 0 };
	struct err e = { 0 };

	if (typed == NULL || text_is_blank(typed))
		return;
	if (field_parse(form_field(form_find(app->of->forms, "menu"), "price_fen"), typed, app->today, &price, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_report(app, menu_save(app->of, m->day, m->meal, price.number, m->note, &e), &e, "单价已定为 %s 元", typed);
	value_clear(&price);
}

static void put_sample(struct app *app, struct menu_screen *s)
{
	const struct menu *m = menu_board_menu(&s->board);
	AUTO_FREE char *by = app_prompt(app, "谁留的样（每样不少于125克，留48小时）", app->of->me.name, false);
	struct err e = { 0 };

	if (by)
		app_report(app, menu_sample(app->of, m->day, m->meal, by, "", &e), &e, "已记下留样：%s", by);
}

static void copy_week(struct app *app, struct menu_screen *s)
{
	struct err e = { 0 };
	int made = 0;

	if (!app_ask(app, "把上一周的菜单抄到这一周（已有菜单的餐次不动）？"))
		return;
	app_report(app, menu_copy_week(app->of, s->board.monday - WEEK, s->board.monday, &made, &e), &e,
	           made ? "抄来 %d 餐的菜单，按 Ctrl-Z 可以撤销" : "上一周没有可抄的菜单（%d 餐）", made);
}

/* Keys --------------------------------------------------------------------------------------------------------------------------- */

static struct next act(struct app *app, void *state, enum action action)
{
	struct menu_screen *s = state;
	const struct menu *m = menu_board_menu(&s->board);

	switch (action) {
	case ACT_DISH_ADD:
		add_dish(app, s, NULL);
		return next_stay();
	case ACT_DISH_INSTEAD:
		add_dish(app, s, chosen(s));
		return next_stay();
	case ACT_DISH_REMOVE:
		remove_dish(app, s);
		return next_stay();
	case ACT_MENU_PRICE:
		ask_price(app, s);
		return next_stay();
	case ACT_SAMPLE:
		put_sample(app, s);
		return next_stay();
	case ACT_MENU_COPY:
		copy_week(app, s);
		return next_stay();
	case ACT_NEXT_VIEW:
		s->on_card = !s->on_card;
		if (s->on_card)
			card_view_go_tag(&s->card, MENU_TAG_DISH);
		return next_stay();
	case ACT_KITCHEN:
		return next_push("kitchen", (struct screen_args){ .id = m->day, .text = m->meal });
	case ACT_OPEN:
		return next_push("record", (struct screen_args){ .id = chosen(s)->dish_id, .form = "dish" });
	case ACT_DISHES:
		return next_push("register", (struct screen_args){ .form = "dish" });
	case ACT_EARLIER_WEEK:
	case ACT_LATER_WEEK:
		go_week(app, s, s->board.monday + (action == ACT_LATER_WEEK ? WEEK : -WEEK));
		return next_stay();
	case ACT_THIS_WEEK:
		go_week(app, s, app->today - day_weekday(app->today) + 1);
		return next_stay();
	default:
		return next_pass();
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct menu_screen *s = state;
	const struct menu_dish *d = chosen(s);

	return (d ? WHEN_ROW : 0) | (d && d->instead_of_id == 0 ? WHEN_OWN_DISH : 0) | (menu_board_menu(&s->board)->id ? WHEN_MENU : 0) |
	       (office_may(app->of, MAY_MENU_EDIT) ? WHEN_EDITS : 0);
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct menu_screen *s = state;

	if (s->on_card)
		return card_view_key(&s->card, ev) ? next_stay() : next_pass();
	if (!menu_board_key(&s->board, ev))
		return next_pass();
	s->card.cursor = 0;
	fill(app, s);
	return next_stay();
}

static void close_screen(struct app *app, void *state)
{
	struct menu_screen *s = state;

	(void)app;
	card_view_release(&s->card);
	arena_clear(&s->arena);
}

const struct screen_def menu_screen = {
	.name = "menu", .title = "菜单", .reads = TBL_MENU | TBL_MENU_DISH | TBL_DISH,
	.state_size = sizeof(struct menu_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
