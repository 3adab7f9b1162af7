/* 服务时长: the ledger of all volunteers, narrowed by person, month and what waits; beside it the sums of whoever is under the cursor. */
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/attendance.h"
#include "ui/screen.h"
#include "ui/screens/service_card.h"
#include "ui/widgets/list_export.h"
#include "ui/widgets/list_view.h"

#define MONTHS_OFFERED 24

/* Columns of the ledger's row. */
enum { ROW_DAY, ROW_NAME, ROW_SERVICE, ROW_CONTENT, ROW_MINUTES, ROW_APPROVED, ROW_RESULT, ROW_APPROVER, ROW_NUMBER, ROW_VOLUNTEER };

struct service_screen {
	struct list_view view;
	int64_t volunteer_id;         /* 0: all */
	char name[64];
	int months_back;              /* which month: 1 this one, 2 the one before …; 0: all */
	bool waiting;                 /* only what waits for approval */
	struct card_view card;
	int64_t card_id;              /* whom it shows */
	bool card_stale;
};

static const struct key_bind binds[] = {
	{ ACT_HOURS,        "Enter l", WHEN_ROW },
	{ ACT_FIND,         "/",       WHEN_ALWAYS },
	{ ACT_FILTER,       "F7 f",    WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER, "F8 a",    WHEN_FILTERED },
	{ ACT_REVERSE,      "F9 O",    WHEN_ALWAYS },
	{ ACT_EXPORT,       "x",       WHEN_MAY_EDIT },
};
static const struct keymap keys = { "service-hours", binds, COUNT(binds) };

/* Columns -------------------------------------------------------------------------------------------------------------------------- */

static void show_day(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	(void)app; (void)style;
	if (list_text(l, i, source)[0])
		day_format(out, (int32_t)strtol(list_text(l, i, source), NULL, 10));
}

static void show_result(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	if (strcmp(list_text(l, i, source), attendance_result_key(ATTENDANCE_ABSENT)) == 0 && *style == STYLE_TEXT)
		*style = STYLE_WARNING;
	strbuf_add(out, office_code_label(app->of, "attendance_result", list_text(l, i, source)));
}

static const struct view_column columns[] = {
	{ .title = "日期", .width_cols = 11, .source = ROW_DAY, .order = "day", .show = show_day },
	{ .title = "姓名", .width_cols = 9, .source = ROW_NAME },
	{ .title = "服务", .width_cols = 9, .source = ROW_SERVICE, .codes = "service" },
	{ .title = "内容", .width_cols = 0, .source = ROW_CONTENT },
	{ .title = "结果", .width_cols = 5, .source = ROW_RESULT, .show = show_result },
	{ .title = "分钟", .width_cols = 5, .source = ROW_MINUTES, .align = ALIGN_RIGHT },
	{ .title = "核定", .width_cols = 5, .source = ROW_APPROVED, .align = ALIGN_RIGHT },
	{ .title = "核定人", .width_cols = 8, .source = ROW_APPROVER },
	{ .title = "编号", .width_cols = 9, .source = ROW_NUMBER },
};

static enum rc find_rule(struct app *app, void *context, const char *typed, struct arena *a, struct list_filter *out, size_t max, size_t *n,
                         struct err *e)
{
	bool any;
	enum rc rc;

	(void)context; (void)max;
	if ((rc = attendance_filter_typed(app->of, typed, a, out, &any, e)) == RC_OK)
		*n = any;
	return rc;
}

/* Filters -------------------------------------------------------------------------------------------------------------------------- */

/* The month that lies so many back: 1 this one. */
static int32_t month_begin(const struct app *app, int back)
{
	int year, month, day, at;

	day_to_civil(app->today, &year, &month, &day);
	at = year * 12 + month - back;
	return day_from_civil(at / 12, at % 12 + 1, 1);
}

static const char *month_words(const struct app *app, int back, struct arena *a)
{
	int year, month, day;

	if (back == 0)
		return "不限";
	day_to_civil(month_begin(app, back), &year, &month, &day);
	return arena_format(a, "%d年%d月", year, month);
}

static enum rc apply(struct app *app, struct service_screen *s, struct err *e)
{
	struct list_filter filters[3];
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF words = { 0 };
	size_t n = 0;

	if (s->volunteer_id) {
		filters[n++] = attendance_of_volunteer(s->volunteer_id);
		strbuf_add(&words, s->name);
	}
	if (s->months_back) {
		filters[n++] = attendance_between(month_begin(app, s->months_back), month_begin(app, s->months_back - 1) - 1);
		strbuf_format(&words, "%s%s", words.n ? " · " : "", month_words(app, s->months_back, &arena));
	}
	if (s->waiting) {
		filters[n++] = attendance_unapproved;
		strbuf_format(&words, "%s待核定", words.n ? " · " : "");
	}
	return list_view_filter(app, &s->view, filters, n, strbuf_str(&words), e);
}

static void ask_month(struct app *app, struct service_screen *s)
{
	const char *labels[MONTHS_OFFERED + 1];
	AUTO_ARENA arena = { 0 };
	int chosen;

	for (int i = 0; i <= MONTHS_OFFERED; i++)
		labels[i] = month_words(app, i, &arena);
	if ((chosen = app_choose(app, "月份", labels, COUNT(labels), s->months_back)) >= 0)
		s->months_back = chosen;
}

static int64_t volunteer_here(const struct service_screen *s)
{
	return list_view_id(&s->view) ? strtoll(list_text(s->view.list, s->view.cursor, ROW_VOLUNTEER), NULL, 10) : 0;
}

static void take_volunteer(struct service_screen *s)
{
	const char *name = list_view_id(&s->view) ? list_text(s->view.list, s->view.cursor, ROW_NAME) : "";
	int64_t id = s->volunteer_id ? 0 : volunteer_here(s);
	size_t bytes = text_prefix(name, (int)sizeof s->name / 4, NULL);

	memset(s->name, 0, sizeof s->name);
	memcpy(s->name, name, bytes < sizeof s->name ? bytes : 0);
	s->volunteer_id = id;
}

static enum rc ask_filter(struct app *app, struct service_screen *s, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	const char *labels[3];

	labels[0] = arena_format(&arena, "月份：%s", month_words(app, s->months_back, &arena));
	labels[1] = s->volunteer_id ? arena_format(&arena, "志愿者：%s，改为不限", s->name) : "志愿者：只看光标所在的这一位";
	labels[2] = s->waiting ? "待核定的，改为不限" : "只看待核定的";
	switch (app_choose(app, "筛选", labels, COUNT(labels), 0)) {
	case 0:
		ask_month(app, s);
		break;
	case 1:
		take_volunteer(s);
		break;
	case 2:
		s->waiting = !s->waiting;
		break;
	default:
		return RC_OK;
	}
	return apply(app, s, e);
}

/* Loading and painting --------------------------------------------------------------------------------------------------------------- */

static struct rect list_area(const struct app *app)
{
	struct rect r = app->area;

	if (app->wide)
		r.cols = 80;
	return r;
}

static struct rect card_area(const struct app *app)
{
	struct rect r = app->area;

	r.col += 79;
	r.cols -= 79;
	return r;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct service_screen *s = state;
	enum rc rc;

	(void)args;
	rc = list_view_open(app, &s->view, attendance_list_spec(), columns, COUNT(columns), (struct list_order){ "day", true }, find_rule, NULL, e);
	return rc == RC_OK ? apply(app, s, e) : rc;
}

static enum rc prepare(struct app *app, struct service_screen *s, struct err *e)
{
	s->card_stale = true;
	return list_view_prepare(app, &s->view, list_area(app).rows - 2, e);
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct service_screen *s = state;
	enum rc rc = list_view_reload(app, &s->view, e);

	s->card_id = 0;
	return rc == RC_OK ? prepare(app, s, e) : rc;
}

static void refresh(struct app *app, struct service_screen *s, enum rc rc, struct err *e)
{
	if (rc != RC_OK || prepare(app, s, e) != RC_OK)
		app_fail(app, e);
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct service_screen *s = state;

	(void)area;
	if (app->wide)
		card_view_draw_framed(&s->card, c, card_area(app), "累计", false);
	list_view_draw(app, &s->view, c, canvas_frame(c, list_area(app), STYLE_BORDER, "服务时长"), true);
}

/* What is looked at comes before rows that are not seen yet. */
static bool idle(struct app *app, void *state, bool *repaint)
{
	struct service_screen *s = state;
	int64_t id = volunteer_here(s);
	struct err e = { 0 };

	if (!app->wide || !s->card_stale || id == s->card_id) {
		s->card_stale = false;
		return list_view_idle(app, &s->view, repaint);
	}
	s->card_stale = false;
	s->card_id = id;
	if (id == 0)
		card_view_clear(&s->card);
	else if (service_card(app, &s->card, id, &e) != RC_OK)
		app_fail(app, &e);
	card_view_layout_framed(&s->card, card_area(app));
	return *repaint = true;
}

/* The rows as they stand, and what they add up to. */
static void export_ledger(struct app *app, const struct service_screen *s)
{
	struct list_filter filters[VIEW_FILTERS_MAX];
	AUTO_ARENA arena = { 0 };
	struct err e = { 0 };
	size_t n;

	if (list_view_filters(app, &s->view, &arena, filters, &n, &e) != RC_OK)
		app_fail(app, &e);
	else
		report_export(app, "service-ledger", &(struct report_query){ .filters = filters, .n_filters = n, .newest_first = s->view.order.descending });
}

/* Acting --------------------------------------------------------------------------------------------------------------------------- */

static struct next act(struct app *app, void *state, enum action action)
{
	struct service_screen *s = state;
	struct err e = { 0 };

	switch (action) {
	case ACT_HOURS:
		s->view.finding = false;
		return next_push("service-record", (struct screen_args){ .id = volunteer_here(s) });
	case ACT_FIND:
		list_view_start_find(&s->view);
		return next_stay();
	case ACT_FILTER:
		refresh(app, s, ask_filter(app, s, &e), &e);
		return next_stay();
	case ACT_CLEAR_FILTER:
		s->volunteer_id = 0;
		s->months_back = 0;
		s->waiting = false;
		list_view_clear_find(&s->view);
		refresh(app, s, apply(app, s, &e), &e);
		return next_stay();
	case ACT_REVERSE:
		refresh(app, s, list_view_sort(app, &s->view, true, &e), &e);
		return next_stay();
	case ACT_EXPORT:
		export_ledger(app, s);
		return next_stay();
	case ACT_BACK:
		if (!list_view_escape(app, &s->view, &e))
			return next_pass();
		refresh(app, s, e.code, &e);
		return next_stay();
	default:
		return next_pass();
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct service_screen *s = state;

	return (list_view_id(&s->view) ? WHEN_ROW : 0) | (list_view_filtered(&s->view) ? WHEN_FILTERED : 0) |
	       (office_may(app->of, MAY_EXPORT_LIST) ? WHEN_MAY_EDIT : 0);
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct service_screen *s = state;
	struct err e = { 0 };

	if (!list_view_key(app, &s->view, ev, &e))
		return next_pass();
	s->card_stale = true;
	if (e.code != RC_OK)
		app_fail(app, &e);
	return next_stay();
}

static bool typing(const struct app *app, const void *state)
{
	const struct service_screen *s = state;

	(void)app;
	return s->view.finding;
}

static void close_screen(struct app *app, void *state)
{
	struct service_screen *s = state;

	(void)app;
	list_view_close(&s->view);
	card_view_release(&s->card);
}

const struct screen_def service_hours_screen = {
	.name = "service-hours", .title = "服务时长",
	.reads = TBL_ATTENDANCE | TBL_VOLUNTEER | TBL_ACCOUNT | TBL_SERVICE_PROOF | TBL_POINT_ENTRY,
	.state_size = sizeof(struct service_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .typing = typing, .idle = idle,
	.close = close_screen,
};
