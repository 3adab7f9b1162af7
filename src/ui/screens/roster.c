/* 排班板: the week as a grid, and under the cursor who is on a shift and who could be. args.id a day of the week to show; 0: this week. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "ui/screen.h"
#include "ui/screens/part.h"
#include "ui/screens/roster_board.h"
#include "ui/screens/roster_people.h"
#include "ui/screens/roster_seat.h"
#include "ui/widgets/grid_choice.h"

#define WEEK 7

struct roster_screen {
	int32_t monday;
	struct grid_choice grid;
	char service[32];             /* code; "": all */
	char *find;                   /* a name among the candidates; NULL: all */
	struct arena arena;           /* owns the week and the board's rows */
	struct roster_week week;
	bool conflicts_known;         /* those of before are shown until then */
	struct roster_board board;
	struct roster_finder *finder; /* owns the candidates */
	struct roster_planner *planner;       /* kept: what is planned again begins from the plan before */
	struct roster_people people;
	struct card_view card;
	bool in_card;                 /* the cursor is in the card */
};

enum {
	WHEN_EDITS = WHEN_OWN, WHEN_SHIFT = WHEN_OWN << 1, WHEN_OPEN_SHIFT = WHEN_OWN << 2, WHEN_SEAT = WHEN_OWN << 3, WHEN_CANDIDATE = WHEN_OWN << 4,
	WHEN_LINK = WHEN_OWN << 5,
};

static const struct key_bind binds[] = {
	{ ACT_ASSIGN,       "Enter Space", WHEN_EDITS | WHEN_CANDIDATE },
	{ ACT_OPEN,         "Enter",       WHEN_LINK },
	{ ACT_TAKE_OFF,     "D",           WHEN_EDITS | WHEN_SEAT },
	{ ACT_CONFIRM_SEAT, "C",           WHEN_EDITS | WHEN_SEAT },
	{ ACT_PIN,          "P",           WHEN_EDITS | WHEN_SEAT },
	{ ACT_SWAP_SEATS,   "W",           WHEN_EDITS | WHEN_SEAT },
	{ ACT_STAND_IN,     "R",           WHEN_EDITS | WHEN_SEAT },
	{ ACT_OTHER_PANE,   "Tab",         WHEN_SHIFT },
	{ ACT_FIND,         "/",           WHEN_OPEN_SHIFT },
	{ ACT_AUTO,         "F6 A",        WHEN_EDITS },
	{ ACT_MAKE_WEEK,    "F5 M",        WHEN_EDITS },
	{ ACT_PUBLISH,      "F8 B",        WHEN_EDITS },
	{ ACT_SHIFT_NEW,    "F2 N",        WHEN_EDITS },
	{ ACT_EDIT,         "F4 E",        WHEN_EDITS | WHEN_SHIFT },
	{ ACT_SHIFT_NEED,   "F7 L",        WHEN_EDITS | WHEN_OPEN_SHIFT },
	{ ACT_SHIFT_CANCEL, "X",           WHEN_EDITS | WHEN_SHIFT },
	{ ACT_COPY_WEEK,    "K",           WHEN_EDITS },
	{ ACT_ATTENDANCE,   "s",           WHEN_ALWAYS },
	{ ACT_GAPS,         "Q",           WHEN_ALWAYS },
	{ ACT_TEMPLATES,    "T",           WHEN_ALWAYS },
	{ ACT_EARLIER_WEEK, "[",           WHEN_ALWAYS },
	{ ACT_LATER_WEEK,   "]",           WHEN_ALWAYS },
	{ ACT_THIS_WEEK,    "t",           WHEN_ALWAYS },
	{ ACT_FILTER,       "f F9",        WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER, "a",           WHEN_FILTERED },
	{ ACT_HISTORY,      "F3 h",        WHEN_SHIFT },
};
static const struct keymap keys = { "roster", binds, COUNT(binds) };

/* Areas: side by side where there is room, else one above the other ---------------------------------------------------------------- */

static struct rect board_area(const struct app *app)
{
	struct rect r = app->area;

	if (app->wide)
		r.cols = BOARD_COLS + 2 < r.cols ? BOARD_COLS + 2 : r.cols;
	else
		r.rows = r.rows / 2;
	return r;
}

static struct rect card_area(const struct app *app)
{
	struct rect board = board_area(app), r = app->area;

	if (app->wide) {
		r.col += board.cols - 1;
		r.cols -= board.cols - 1;
	} else {
		r.row += board.rows - 1;
		r.rows -= board.rows - 1;
	}
	return r;
}

/* Loading ---------------------------------------------------------------------------------------------------------------------------- */

static void fill_card(struct app *app, struct roster_screen *s)
{
	s->people.find = s->find ? s->find : "";
	roster_people_card(app, &s->card, roster_board_shift(&s->board), &s->people);
	card_view_layout_framed(&s->card, card_area(app));
}

/* The place with something open comes first: that is what one is here for. */
static int64_t first_need(const struct roster_shift *shift)
{
	for (size_t i = 0; shift && i < shift->n_places; i++)
		if (shift->places[i].n_seats < (size_t)shift->places[i].need.headcount)
			return shift->places[i].need.id;
	return shift && shift->n_places > 0 ? shift->places[0].need.id : 0;
}

/* For this place if the shift has it, else for the first. Those who could be there, and what speaks against those who are, are found in idle time; those of
 * before stay in view until then if they are of the same place. */
static void look_for_people(struct roster_screen *s, int64_t need_id)
{
	const struct roster_shift *shift = roster_board_shift(&s->board);

	if (roster_place_at(shift, need_id) == NULL)
		need_id = first_need(shift);
	if (shift && shift->shift.state == SHIFT_CANCELLED)
		need_id = 0;
	if (need_id == 0 || s->people.need_id != need_id) {
		s->people.candidates = NULL;
		s->people.n = 0;
	}
	s->people.need_id = need_id;
	s->people.looking = true;
	roster_finder_begin(s->finder, s->monday, need_id);
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct roster_screen *s = state;
	struct roster_filter filter = { .grid_id = s->grid.id, .service = s->service };
	struct arena made = { 0 };
	struct roster_week week;
	enum rc rc;

	if ((rc = roster_load(app->of, s->monday, &filter, &made, &week, e)) != RC_OK) {
		arena_clear(&made);
		return rc;
	}
	roster_keep_conflicts(&s->week, &week);
	arena_clear(&s->arena);
	s->arena = made;
	s->week = week;
	s->conflicts_known = false;
	roster_board_fill(&s->board, &s->week, &s->arena);
	roster_board_layout(&s->board, board_area(app).rows - 2);
	look_for_people(s, s->people.need_id);
	fill_card(app, s);
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct roster_screen *s = state;
	int32_t day = args->id ? (int32_t)args->id : app->today;

	(void)e;
	s->finder = roster_finder_new(app->of);
	s->planner = roster_planner_new(app->of);
	s->monday = day_monday(day);
	s->board.day = day - s->monday;
	return RC_OK;
}

static void take_people(struct roster_screen *s)
{
	if (s->people.need_id)
		s->people.candidates = roster_finder_list(s->finder, &s->people.n);
	if (!s->conflicts_known)
		roster_finder_conflicts(s->finder, &s->week);
	s->conflicts_known = true;
}

static bool idle(struct app *app, void *state, bool *repaint)
{
	struct roster_screen *s = state;
	struct err e = { 0 };
	bool more = false;

	if (!s->people.looking)
		return false;
	if (roster_finder_step(s->finder, &more, &e) != RC_OK)
		app_fail(app, &e);
	else if (!more)
		take_people(s);
	if (!more) {
		s->people.looking = false;
		fill_card(app, s);
		*repaint = true;
	}
	return more;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct roster_screen *s = state;
	AUTO_STRBUF title = { 0 };

	(void)area;
	strbuf_add(&title, "排班 ");
	day_format(&title, s->monday);
	if (s->grid.id)
		strbuf_format(&title, " · 网格 %s", s->grid.code);
	if (s->service[0])
		strbuf_format(&title, " · %s", office_code_label(app->of, "service", s->service));
	roster_board_draw(app, &s->board, &s->week, c, canvas_frame(c, board_area(app), STYLE_BORDER, strbuf_str(&title)), !s->in_card);
	card_view_draw_framed(&s->card, c, card_area(app), "人员", s->in_card);
}

/* Conditions ------------------------------------------------------------------------------------------------------------------------- */

static const struct card_item *here(const struct roster_screen *s)
{
	return s->in_card ? card_view_item(&s->card) : NULL;
}

static unsigned when(const struct app *app, const void *state)
{
	const struct roster_screen *s = state;
	const struct roster_shift *shift = roster_board_shift(&s->board);
	const struct card_item *item = here(s);
	int tag = item ? item->tag : ROSTER_TAG_NONE;

	return (office_may(app->of, MAY_ROSTER_EDIT) ? WHEN_EDITS : 0) | (shift ? WHEN_SHIFT : 0) |
	       (shift && shift->shift.state != SHIFT_CANCELLED ? WHEN_OPEN_SHIFT : 0) | (tag == ROSTER_TAG_SEAT ? WHEN_SEAT : 0) |
	       (tag == ROSTER_TAG_CANDIDATE ? WHEN_CANDIDATE : 0) | (tag == ROSTER_TAG_SEAT || tag == ROSTER_TAG_PLACE || (shift && !s->in_card) ? WHEN_LINK : 0) |
	       (s->grid.id || s->service[0] || s->find ? WHEN_FILTERED : 0);
}

/* Acting ----------------------------------------------------------------------------------------------------------------------------- */

static struct next cancel_shift(struct app *app, const struct shift *shift)
{
	AUTO_FREE char *why = NULL;
	struct err e = { 0 };

	if (shift->state == SHIFT_CANCELLED)
		return next_report(app, shift_reopen(app->of, shift->id, shift->rev, &e), &e, "已重新开，请再排人");
	if ((why = app_prompt(app, "取消这个班次的理由", "", false)) == NULL)
		return next_stay();
	return next_report(app, shift_cancel(app->of, shift->id, shift->rev, why, &e), &e, "班次已取消，已排的人请告知");
}

static struct next make_week(struct app *app, const struct roster_screen *s)
{
	struct err e = { 0 };
	AUTO_STRBUF off = { 0 };
	int made = 0, skipped = 0;
	enum rc rc = shift_make_week(app->of, s->monday, &made, &skipped, &e);

	roster_holiday_words(&s->week, &off);
	if (rc == RC_OK && skipped > 0)
		return next_report(app, rc, &e, "建了%d个班次，节假日（%s）没有建%d个", made, strbuf_str(&off), skipped);
	return next_report(app, rc, &e, "%s", made > 0 ? "已按模板建好这一周" : "这一周的班次都在了");
}

static struct next week_act(struct app *app, struct roster_screen *s, enum action action)
{
	struct err e = { 0 };
	int n = 0;
	enum rc rc;

	switch (action) {
	case ACT_MAKE_WEEK:
		return make_week(app, s);
	case ACT_COPY_WEEK:
		rc = shift_copy_week(app->of, s->monday - WEEK, s->monday, &n, &e);
		return next_report(app, rc, &e, "抄了上一周加的%d个班次", n);
	default:
		rc = shift_publish_week(app->of, s->monday, &n, &e);
		return next_report(app, rc, &e, "发布了%d个班次", n);
	}
}

static void show_week(struct app *app, struct roster_screen *s, int32_t monday)
{
	int32_t before = s->monday;
	struct err e = { 0 };

	s->monday = monday;
	s->people.marked_id = 0;
	if (load_screen(app, s, &e) != RC_OK) {
		s->monday = before;
		app_fail(app, &e);
	}
}

static void choose_filter(struct app *app, struct roster_screen *s)
{
	static const char *const kinds[] = { "网格…", "服务…" };
	const struct code_list *services = form_codes(app->of->forms, "service");
	AUTO_ARENA arena = { 0 };
	const char **labels = arena_alloc(&arena, (services->n + 1) * sizeof *labels);
	int kind = app_choose(app, "筛选", kinds, COUNT(kinds), 0), chosen;

	if (kind == 0 && !grid_choice_ask(app, &s->grid))
		return;
	if (kind == 1) {
		labels[0] = "不限服务";
		for (size_t i = 0; i < services->n; i++)
			labels[i + 1] = services->codes[i].label;
		if ((chosen = app_choose(app, "服务", labels, services->n + 1, 0)) < 0)
			return;
		snprintf(s->service, sizeof s->service, "%s", chosen ? services->codes[chosen - 1].code : "");
	}
	show_week(app, s, s->monday);
}

/* The cursor goes where the list of those found begins. Nothing typed: all again. */
static void find_candidate(struct app *app, struct roster_screen *s)
{
	AUTO_FREE char *typed = app_prompt(app, "找谁（姓名或拼音首字母）", s->find ? s->find : "", false);

	if (typed == NULL)
		return;
	free(s->find);
	s->find = typed[0] ? mem_copy(typed) : NULL;
	fill_card(app, s);
	if (card_view_go_tag(&s->card, ROSTER_TAG_CANDIDATE))
		s->in_card = true;
	else if (s->find)
		app_say(app, "没有叫「%s」的志愿者可排", s->find);
}

static struct next open_line(struct app *app, struct roster_screen *s)
{
	const struct card_item *item = here(s);
	const struct roster_seat *seat;

	if (item == NULL) {
		s->in_card = true;
		return next_stay();
	}
	if (item->tag == ROSTER_TAG_SEAT && (seat = roster_seat_at(roster_board_shift(&s->board), item->id)) != NULL)
		return next_push("volunteer", (struct screen_args){ .id = seat->volunteer_id });
	look_for_people(s, item->id);
	fill_card(app, s);
	return next_stay();
}

static struct next shift_act(struct app *app, struct roster_screen *s, enum action action)
{
	const struct roster_shift *shift = roster_board_shift(&s->board);
	const struct card_item *item = here(s);

	switch (action) {
	case ACT_EDIT:
		return part_push("shift", shift->shift.id, 0);
	case ACT_SHIFT_NEED:
		return part_push("shift_need", item && item->tag == ROSTER_TAG_PLACE ? item->id : 0, shift->shift.id);
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = shift->shift.id, .form = "shift" });
	default:
		return cancel_shift(app, &shift->shift);
	}
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct roster_screen *s = state;

	switch (action) {
	case ACT_ASSIGN:
		return roster_put_on(app, &s->people, here(s)->id);
	case ACT_OPEN:
		return open_line(app, s);
	case ACT_TAKE_OFF: case ACT_CONFIRM_SEAT: case ACT_PIN: case ACT_SWAP_SEATS: case ACT_STAND_IN:
		roster_seat_act(app, roster_board_shift(&s->board), &s->people, here(s)->id, action);
		fill_card(app, s);
		return next_stay();
	case ACT_EDIT: case ACT_SHIFT_NEED: case ACT_HISTORY: case ACT_SHIFT_CANCEL:
		return shift_act(app, s, action);
	case ACT_MAKE_WEEK: case ACT_COPY_WEEK: case ACT_PUBLISH:
		return week_act(app, s, action);
	case ACT_OTHER_PANE:
		s->in_card = !s->in_card;
		return next_stay();
	case ACT_SHIFT_NEW:
		return part_push("shift", 0, s->monday + s->board.day);
	case ACT_TEMPLATES:
		return next_push("shift-templates", (struct screen_args){ 0 });
	case ACT_ATTENDANCE:
		return next_push("attendance", (struct screen_args){ .id = s->monday + s->board.day });
	case ACT_GAPS:
		return next_push("gaps", (struct screen_args){ 0 });
	case ACT_AUTO:
		return next_push("roster-plan", (struct screen_args){ .id = s->monday, .data = &s->planner });
	case ACT_EARLIER_WEEK: case ACT_LATER_WEEK:
		show_week(app, s, s->monday + (action == ACT_LATER_WEEK ? WEEK : -WEEK));
		return next_stay();
	case ACT_THIS_WEEK:
		s->board.day = day_weekday(app->today) - 1;
		show_week(app, s, day_monday(app->today));
		return next_stay();
	case ACT_FIND:
		find_candidate(app, s);
		return next_stay();
	case ACT_FILTER:
		choose_filter(app, s);
		return next_stay();
	case ACT_CLEAR_FILTER:
		s->grid = (struct grid_choice){ 0 };
		s->service[0] = '\0';
		free(s->find);
		s->find = NULL;
		show_week(app, s, s->monday);
		return next_stay();
	case ACT_BACK:
		if (!s->in_card)
			return next_pass();
		s->in_card = false;
		return next_stay();
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct roster_screen *s = state;

	if (s->in_card)
		return card_view_key(&s->card, ev) ? next_stay() : next_pass();
	if (!roster_board_key(&s->board, ev))
		return next_pass();
	look_for_people(s, 0);
	s->card.cursor = 0;
	fill_card(app, s);
	return next_stay();
}

static void close_screen(struct app *app, void *state)
{
	struct roster_screen *s = state;

	(void)app;
	card_view_release(&s->card);
	arena_clear(&s->arena);
	roster_finder_free(s->finder);
	roster_planner_free(s->planner);
	free(s->find);
}

const struct screen_def roster_screen = {
	.name = "roster", .title = "排班",
	.reads = TBL_SHIFT | TBL_SHIFT_NEED | TBL_SHIFT_TEMPLATE | TBL_ASSIGNMENT | TBL_ATTENDANCE | TBL_VOLUNTEER | TBL_VOLUNTEER_GRID | TBL_QUALIFICATION |
	         TBL_APART | TBL_AVAILABILITY | TBL_ABSENCE | TBL_GRID,
	.state_size = sizeof(struct roster_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .idle = idle, .close = close_screen,
};
