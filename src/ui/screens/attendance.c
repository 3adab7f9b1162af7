/* 签到: who was to come on a day and who came, by shift; one key a person. Beside it, where there is room, all that is known of the chosen one. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/attendance.h"
#include "domain/register.h"
#include "domain/volunteer.h"
#include "ui/screen.h"
#include "ui/screens/part.h"
#include "ui/screens/attendance_rows.h"
#include "ui/widgets/card_beside.h"

struct attendance_screen {
	int32_t day;
	struct arena arena;           /* owns the rows */
	const struct attendance_row *rows;
	size_t n;
	struct card_view list, beside;
};

enum {
	WHEN_CAN_TIME = WHEN_OWN << 1, WHEN_EXTRA = WHEN_OWN << 2, WHEN_WAITS = WHEN_OWN << 3, WHEN_DAY_WAITS = WHEN_OWN << 4,
	WHEN_MASKED = WHEN_OWN << 5, WHEN_MARKED = WHEN_OWN << 6, WHEN_TAKEN_BACK = WHEN_OWN << 7, WHEN_FIRST_RESULT = WHEN_OWN << 8,
};
/* The chosen one may be marked so, and is not yet. */
#define WHEN_RESULT(upper) (WHEN_FIRST_RESULT << ATTENDANCE_##upper)

/* What is pressed all day comes first: at 80 columns the rest stands in the help. */

static const struct key_bind binds[] = {
	{ ACT_CAME,        "Space D",  WHEN_RESULT(PRESENT) },
	{ ACT_CAME_LATE,   "F5 C",     WHEN_RESULT(LATE) },
	{ ACT_NO_SHOW,     "F6 S",     WHEN_RESULT(ABSENT) },
	{ ACT_EXCUSE,      "F7 Q",     WHEN_RESULT(EXCUSED) },
	{ ACT_COUNT_HOURS, "F8 H",     WHEN_WAITS },
	{ ACT_COUNT_DAY,   "F9 A",     WHEN_DAY_WAITS },
	{ ACT_DAY_BEFORE,  "[ Left",   WHEN_ALWAYS },
	{ ACT_DAY_AFTER,   "] Right",  WHEN_ALWAYS },
	{ ACT_TIMES,       "F4 E",     WHEN_CAN_TIME },
	{ ACT_EXTRA,       "F2 N",     WHEN_EXTRA },
	{ ACT_COUNT_PART,  "P",        WHEN_WAITS },
	{ ACT_GO_DAY,      "F3 d",     WHEN_ALWAYS },
	{ ACT_HOURS,       "Enter l",  WHEN_ROW },
	{ ACT_REVEAL,      "v",        WHEN_MASKED },
	{ ACT_HISTORY,     "h",        WHEN_MARKED },
	{ ACT_DELETE,      "X",        WHEN_TAKEN_BACK },
};
static const struct keymap keys = { "attendance", binds, COUNT(binds) };

/* Loading -------------------------------------------------------------------------------------------------------------------------- */

/* Above the lines: sums, and what the columns are. */
static const struct card_beside shape = { .list_cols = 76, .head_rows = 2, .margin_cols = 2 };

static const struct attendance_row *chosen(const struct attendance_screen *s)
{
	const struct card_item *item = card_view_item(&s->list);

	return item && item->tag == ATTENDANCE_TAG_ROW ? &s->rows[item->id - 1] : NULL;
}

static void fill_beside(const struct app *app, struct attendance_screen *s)
{
	attendance_beside(app, &s->beside, chosen(s));
	card_view_layout_framed(&s->beside, card_beside_other(app, &shape));
}

/* The cursor stays on the person, wherever the row is now. */
static void fill(const struct app *app, struct attendance_screen *s, int64_t assignment_id, int64_t attendance_id)
{
	attendance_list(app, &s->list, s->rows, s->n, assignment_id, attendance_id);
	card_beside_layout(app, &shape, &s->list);
	fill_beside(app, s);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct attendance_screen *s = state;

	(void)e;
	s->day = args->id ? (int32_t)args->id : app->today;
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct attendance_screen *s = state;
	const struct attendance_row *before = chosen(s), *rows;
	int64_t assignment_id = before ? before->assignment_id : 0, attendance_id = before ? before->attendance_id : 0;
	struct arena made = { 0 };
	size_t n;
	enum rc rc;

	if ((rc = attendance_day(app->of, s->day, &made, &rows, &n, e)) != RC_OK) {
		arena_clear(&made);
		return rc;
	}
	arena_clear(&s->arena);
	s->arena = made;
	s->rows = rows;
	s->n = n;
	fill(app, s, assignment_id, attendance_id);
	return RC_OK;
}

/* Drawing -------------------------------------------------------------------------------------------------------------------------- */

static void add_title(const struct app *app, int32_t day, struct strbuf *out)
{
	const char weekday[] = { (char)('0' + day_weekday(day)), '\0' };

	strbuf_add(out, "签到 · ");
	day_format(out, day);
	strbuf_format(out, " %s%s", office_code_label(app->of, "weekday", weekday), day == app->today ? "（今天）" : "");
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct attendance_screen *s = state;
	struct rect rows = card_beside_lines(app, &shape);
	AUTO_STRBUF title = { 0 };
	AUTO_STRBUF sums = { 0 };

	(void)area;
	add_title(app, s->day, &title);
	attendance_sums(app, s->rows, s->n, &sums);
	if (app->wide)
		card_view_draw_framed(&s->beside, c, card_beside_other(app, &shape), "所选", false);
	canvas_frame(c, card_beside_list(app, &shape), STYLE_BORDER, strbuf_str(&title));
	canvas_put(c, rows.row - 2, rows.col, rows.cols, STYLE_NOTICE, strbuf_str(&sums));
	attendance_headings(c, rows.row - 1, rows.col);
	card_view_draw(&s->list, c, rows, true);
}

/* Acting --------------------------------------------------------------------------------------------------------------------------- */

/* One key a person: who is marked for the first time makes way for the next. */
static void mark(struct app *app, struct attendance_screen *s, enum attendance_result result)
{
	static const struct key_event down = { .key = YK_DOWN };
	const struct attendance_row *r = chosen(s);
	struct err e = { 0 };

	if (attendance_mark(app->of, r->assignment_id, result, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	if (r->attendance_id == 0)
		card_view_key(&s->list, &down);
	app_say(app, "%s 已记：%s", r->name, office_code_label(app->of, "attendance_result", attendance_result_key(result)));
}

static void count_hours(struct app *app, const struct attendance_screen *s, int minutes)
{
	const struct attendance_row *r = chosen(s);
	struct err e = { 0 };

	if (attendance_approve(app->of, r->attendance_id, r->rev, minutes, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "%s 已核定%d分钟", r->name, minutes < 0 ? r->minutes : minutes);
}

static void count_part(struct app *app, const struct attendance_screen *s)
{
	AUTO_FREE char *typed = app_prompt(app, "核定多少分钟", "", false);
	char *end;
	long minutes;

	if (typed == NULL)
		return;
	minutes = strtol(typed, &end, 10);
	if (end == typed || *end || minutes < 0 || minutes > 24 * 60)
		app_warn(app, "请填分钟数，如 45");
	else
		count_hours(app, s, (int)minutes);
}

static void count_day(struct app *app, const struct attendance_screen *s)
{
	struct err e = { 0 };
	int approved;

	if (!app_ask(app, "核定这一天所有待核定的时长？自己的和没结束的不算"))
		return;
	if (attendance_approve_day(app->of, s->day, &approved, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "已核定%d人", approved);
}

static void reveal(struct app *app, const struct attendance_screen *s)
{
	const struct attendance_row *r = chosen(s);
	AUTO_FREE char *plain = NULL;
	struct err e = { 0 };

	if (volunteer_reveal(app->of, r->volunteer_id, "phone", &plain, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "%s 电话 %s（已记入台账）", r->name, plain);
}

/* Extra work alone: whoever stands on the roster is marked otherwise instead. */
static void take_back(struct app *app, const struct attendance_screen *s)
{
	const struct attendance_row *r = chosen(s);
	AUTO_FREE char *why = app_prompt(app, "为什么删除这条补记", "", false);
	struct err e = { 0 };

	if (why == NULL)
		return;
	if (attendance_extra_delete(app->of, r->attendance_id, r->rev, why, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "已删除，按 Ctrl-Z 可以撤销");
}

static struct next show_day(struct app *app, struct attendance_screen *s, int32_t day)
{
	int32_t before = s->day;
	struct err e = { 0 };

	s->day = day;
	s->list.cursor = 0;
	if (load_screen(app, s, &e) != RC_OK) {
		s->day = before;
		app_fail(app, &e);
	}
	return next_stay();
}

static struct next ask_day(struct app *app, struct attendance_screen *s)
{
	AUTO_FREE char *typed = app_prompt(app, "看哪一天（如 昨天、1124、-3）", "", false);
	struct err e = { 0 };
	int32_t day;

	if (typed == NULL)
		return next_stay();
	if (day_parse(typed, app->today, &day, &e) != RC_OK) {
		app_fail(app, &e);
		return next_stay();
	}
	return show_day(app, s, day);
}

static struct next open_times(const struct attendance_row *r)
{
	if (r->assignment_id)
		return part_push("attendance", r->attendance_id, r->assignment_id);
	return part_push("attendance-extra", r->attendance_id, 0);
}

static struct next act(struct app *app, void *state, enum action action)
{
	static const struct {
		enum action action;
		enum attendance_result result;
	} marks[] = {
		{ ACT_CAME, ATTENDANCE_PRESENT }, { ACT_CAME_LATE, ATTENDANCE_LATE }, { ACT_NO_SHOW, ATTENDANCE_ABSENT }, { ACT_EXCUSE, ATTENDANCE_EXCUSED },
	};
	struct attendance_screen *s = state;

	for (size_t i = 0; i < COUNT(marks); i++)
		if (marks[i].action == action) {
			mark(app, s, marks[i].result);
			return next_stay();
		}
	switch (action) {
	case ACT_TIMES:
		return open_times(chosen(s));
	case ACT_EXTRA:
		return part_push("attendance-extra", 0, s->day);
	case ACT_COUNT_HOURS:
		count_hours(app, s, -1);
		return next_stay();
	case ACT_COUNT_PART:
		count_part(app, s);
		return next_stay();
	case ACT_COUNT_DAY:
		count_day(app, s);
		return next_stay();
	case ACT_DAY_BEFORE:
		return show_day(app, s, s->day - 1);
	case ACT_DAY_AFTER:
		return show_day(app, s, s->day + 1);
	case ACT_GO_DAY:
		return ask_day(app, s);
	case ACT_REVEAL:
		reveal(app, s);
		return next_stay();
	case ACT_DELETE:
		take_back(app, s);
		return next_stay();
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = chosen(s)->attendance_id, .form = "attendance" });
	case ACT_HOURS:
		return next_push("service-record", (struct screen_args){ .id = chosen(s)->volunteer_id });
	default:
		return next_pass();
	}
}

/* What the row under the cursor allows: what was approved is corrected on the same day alone. */
static unsigned when_row(const struct app *app, const struct attendance_row *r, int32_t day, bool extra)
{
	bool edits = office_may(app->of, MAY_ATTENDANCE_EDIT), approves = office_may(app->of, MAY_ATTENDANCE_APPROVE), roster = r->assignment_id != 0;
	bool open = day == app->today || (day < app->today && !r->approved);
	unsigned when = WHEN_ROW | (r->attendance_id ? WHEN_MARKED : 0);

	for (int i = 0; i < ATTENDANCE_RESULT_COUNT && edits && roster && open; i++)
		when |= (int)r->result == i ? 0 : WHEN_FIRST_RESULT << i;
	return when | (approves && attendance_waits(r) ? WHEN_WAITS : 0) | (edits && roster && open ? WHEN_CAN_TIME : 0) |
	       (extra && !roster && open ? WHEN_CAN_TIME | WHEN_TAKEN_BACK : 0) |
	       (office_may(app->of, MAY_REVEAL) && strchr(r->phone, '*') ? WHEN_MASKED : 0);
}

static unsigned when(const struct app *app, const void *state)
{
	const struct attendance_screen *s = state;
	const struct attendance_row *r = chosen(s);
	bool extra = office_may(app->of, MAY_ATTENDANCE_EDIT) && register_may_edit(app->of, form_find(app->of->forms, "attendance-extra")), day = false;

	for (size_t i = 0; i < s->n; i++)
		day = day || attendance_waits(&s->rows[i]);
	return (r ? when_row(app, r, s->day, extra) : 0) | (extra ? WHEN_EXTRA : 0) |
	       (day && office_may(app->of, MAY_ATTENDANCE_APPROVE) ? WHEN_DAY_WAITS : 0);
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct attendance_screen *s = state;

	if (!card_view_key(&s->list, ev))
		return next_pass();
	fill_beside(app, s);
	return next_stay();
}

static void close_screen(struct app *app, void *state)
{
	struct attendance_screen *s = state;

	(void)app;
	card_view_release(&s->list);
	card_view_release(&s->beside);
	arena_clear(&s->arena);
}

const struct screen_def attendance_screen = {
	.name = "attendance", .title = "签到",
	.reads = TBL_ATTENDANCE | TBL_ASSIGNMENT | TBL_SHIFT | TBL_VOLUNTEER,
	.state_size = sizeof(struct attendance_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
