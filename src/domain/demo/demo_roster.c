/* The demo's rosters: templates, the shifts of past weeks with who came, and the two weeks to come with places that are still open. */
#include "demo_volunteer.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "store/stmt.h"
#include "store/txn.h"

#define WEEK 7
#define FILLED_PAST 940                /* of a thousand places */
#define FILLED_TO_COME 680
#define WHOLE 1000                     /* share of a community's heads */
#define MEALS 0                        /* in demo_services */
#define APPROVED_AFTER 3               /* days */

struct need {
	const char *role, *skill, *qualification;
	int heads;                     /* in the whole community */
};

static const struct plan {
	size_t service;                /* in demo_services */
	const char *title, *weekdays, *place;
	int begin_min, end_min, time;
	struct need needs[2];
} plans[] = {
	{ 0, "午餐送餐",     "1 2 3 4 5 6 7", "社区食堂",     630, 750,  DEMO_NOON,      { { "hand", NULL, NULL, 8 }, { "driver", "driving", NULL, 1 } } },
	{ 1, "食堂帮厨",     "1 2 3 4 5 6",   "社区食堂",     510, 660,  DEMO_MORNING,   { { "hand", NULL, NULL, 3 } } },
	{ 2, "独居老人探访", "2 4",           "各楼道",       840, 960,  DEMO_AFTERNOON, { { "hand", NULL, NULL, 4 } } },
	{ 3, "陪诊",         "1 3 5",         "友邻站集合",   480, 660,  DEMO_MORNING,   { { "hand", NULL, NULL, 2 } } },
	{ 4, "楼道清洁日",   "6",             "各小区",       540, 630,  DEMO_MORNING,   { { "hand", NULL, NULL, 6 }, { "leader", NULL, NULL, 1 } } },
	{ 5, "调解值班",     "3",             "调解室",       840, 960,  DEMO_AFTERNOON, { { "hand", NULL, NULL, 1 } } },
	{ 6, "四点半课堂",   "1 2 3 4 5",     "二楼活动室",   960, 1050, DEMO_AFTERNOON, { { "hand", NULL, NULL, 2 } } },
	{ 7, "平安巡防",     "1 2 3 4 5 6 7", "警务室集合",   1140, 1260, DEMO_EVENING,  { { "hand", NULL, NULL, 4 }, { "leader", NULL, NULL, 1 } } },
	{ 8, "周末便民服务", "7",             "小广场",       540, 660,  DEMO_MORNING,   { { "hand", NULL, NULL, 5 }, { "helper", NULL, "first_aid", 1 } } },
};

struct roster {
	struct demo *d;
	struct demo_volunteer *people;
	size_t n;
	int share;
	int32_t today;
	int64_t templates[COUNT(plans)];
};

static int heads(const struct roster *r, const struct need *need)
{
	int n = need->heads * r->share / 1000;

	return need->role == NULL ? 0 : n > 0 ? n : 1;
}

static bool on_weekday(const struct plan *p, int weekday)
{
	return strchr(p->weekdays, '0' + weekday) != NULL;
}

/* Rows ------------------------------------------------------------------------------------------------------------------------------- */

static enum rc insert_need(struct roster *r, const char *sql, int64_t parent, int position, const struct need *need, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(r->d->of->st, sql);
	enum rc rc;

	if ((rc = demo_new_id(r->d, id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", *id);
	bind_int(&q, ":parent", parent);
	bind_int(&q, ":position", position);
	bind_text(&q, ":role", need->role);
	bind_text(&q, ":skill", need->skill);
	bind_text(&q, ":qualification", need->qualification);
	bind_int(&q, ":heads", heads(r, need));
	return stmt_run(&q, e);
}

#define NEED_COLUMNS "position, role, skill, qualification, headcount, priority) VALUES (:id, :parent, :position, :role, :skill, :qualification, :heads, 2)"
static const char template_need_sql[] = "INSERT INTO shift_need (id, template_id, " NEED_COLUMNS;
static const char shift_need_sql[] = "INSERT INTO shift_need (id, shift_id, " NEED_COLUMNS;

static enum rc insert_template(struct roster *r, size_t i, struct err *e)
{
	AUTO_STMT q = stmt_use(r->d->of->st,
		"INSERT INTO shift_template (id, service, title, weekdays, begin_min, end_min, place, flexible, on_holidays)"
		" VALUES (:id, :service, :title, :weekdays, :begin, :end, :place, 0, :holidays)");
	const struct plan *p = &plans[i];
	int64_t need;
	enum rc rc;

	if ((rc = demo_new_id(r->d, &r->templates[i], e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", r->templates[i]);
	bind_text(&q, ":service", demo_services[p->service]);
	bind_text(&q, ":title", p->title);
	bind_text(&q, ":weekdays", p->weekdays);
	bind_int(&q, ":begin", p->begin_min);
	bind_int(&q, ":end", p->end_min);
	bind_text(&q, ":place", p->place);
	bind_int(&q, ":holidays", p->service == 0 || p->service == 7);
	rc = stmt_run(&q, e);
	for (int k = 0; rc == RC_OK && k < 2 && p->needs[k].role; k++)
		rc = insert_need(r, template_need_sql, r->templates[i], k + 1, &p->needs[k], &need, e);
	return rc;
}

static enum rc insert_shift(struct roster *r, size_t i, int32_t day, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(r->d->of->st,
		"INSERT INTO shift (id, template_id, service, title, day, begin_min, end_min, place, flexible, state, account_id, at)"
		" VALUES (:id, :template, :service, :title, :day, :begin, :end, :place, 0, 'published', :account, :at)");
	enum rc rc;

	if ((rc = demo_new_id(r->d, id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", *id);
	bind_int(&q, ":template", r->templates[i]);
	bind_text(&q, ":service", demo_services[plans[i].service]);
	bind_text(&q, ":title", plans[i].title);
	bind_day(&q, ":day", day);
	bind_int(&q, ":begin", plans[i].begin_min);
	bind_int(&q, ":end", plans[i].end_min);
	bind_text(&q, ":place", plans[i].place);
	bind_int(&q, ":account", r->d->accounts[ROLE_GRID]);
	bind_int(&q, ":at", instant_of_day(day - 10, 600));
	return stmt_run(&q, e);
}

struct seat {
	int64_t shift_id, need_id;
	const struct plan *plan;
	int32_t day;
};

static enum rc insert_assignment(struct roster *r, const struct seat *s, const struct demo_volunteer *v, bool confirmed, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(r->d->of->st,
		"INSERT INTO assignment (id, shift_id, need_id, volunteer_id, way, state, confirmed_at, account_id, at)"
		" VALUES (:id, :shift, :need, :volunteer, 'assigned', :state, :confirmed, :account, :at)");
	enum rc rc;

	if ((rc = demo_new_id(r->d, id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", *id);
	bind_int(&q, ":shift", s->shift_id);
	bind_int(&q, ":need", s->need_id);
	bind_int(&q, ":volunteer", v->id);
	bind_text(&q, ":state", confirmed ? "confirmed" : "planned");
	bind_id(&q, ":confirmed", confirmed ? instant_of_day(s->day - 5, 660) : 0);
	bind_int(&q, ":account", r->d->accounts[ROLE_GRID]);
	bind_int(&q, ":at", instant_of_day(s->day - 8, 630));
	return stmt_run(&q, e);
}

/* Who came: most, some late, a few not. */
static enum rc insert_attendance(struct roster *r, const struct seat *s, int64_t assignment, const struct demo_volunteer *v, struct err *e)
{
	static const char *const results[] = { "present", "late", "absent", "excused" };
	static const int weights[] = { 880, 50, 40, 30 };
	AUTO_STMT q = stmt_use(r->d->of->st,
		"INSERT INTO attendance (id, assignment_id, volunteer_id, shift_id, service, content, day, result, begin_min, end_min, minutes, approved_minutes, approved_by,"
		" approved_at, account_id, at) VALUES (:id, :assignment, :volunteer, :shift, :service, :content, :day, :result, :begin, :end, :minutes, :approved, :by, :approved_at,"
		" :account, :at)");
	size_t result = demo_weighted(&r->d->random, weights, COUNT(weights));
	int begin = s->plan->begin_min + (result == 1 ? demo_between(&r->d->random, 11, 30) : 0);
	bool served = result < 2, approved = served && s->day + APPROVED_AFTER <= r->today;
	int64_t id;
	enum rc rc;

	if ((rc = demo_new_id(r->d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":assignment", assignment);
	bind_int(&q, ":volunteer", v->id);
	bind_int(&q, ":shift", s->shift_id);
	bind_text(&q, ":service", demo_services[s->plan->service]);
	bind_text(&q, ":content", s->plan->title);
	bind_day(&q, ":day", s->day);
	bind_text(&q, ":result", results[result]);
	if (served) {
		bind_int(&q, ":begin", begin);
		bind_int(&q, ":end", s->plan->end_min);
		bind_int(&q, ":minutes", s->plan->end_min - begin);
	}
	if (approved) {
		bind_int(&q, ":approved", s->plan->end_min - begin);
		bind_int(&q, ":by", r->d->accounts[ROLE_HEAD]);
		bind_int(&q, ":approved_at", instant_of_day(s->day + 1, 540));
	}
	bind_int(&q, ":account", r->d->accounts[ROLE_GRID]);
	bind_int(&q, ":at", instant_of_day(s->day, s->plan->end_min));
	return stmt_run(&q, e);
}

/* Filling ---------------------------------------------------------------------------------------------------------------------------- */

static bool can_take(struct demo_volunteer *v, const struct seat *s, const struct need *need)
{
	int32_t monday = day_monday(s->day);

	if (v->week != monday) {
		v->week = monday;
		v->in_week = 0;
	}
	return v->active && (v->services & 1U << s->plan->service) && (v->times[day_weekday(s->day)] & s->plan->time) && v->last_day != s->day &&
	       v->in_week < v->cap && (s->plan->service > 1 || v->healthy) && (need->skill == NULL || v->drives) && (need->qualification == NULL || v->first_aid) &&
	       (strcmp(need->role, "leader") != 0 || v->leads);
}

/* From a place by chance round the list: those who stand early in it are not always first. */
static struct demo_volunteer *find_one(struct roster *r, const struct seat *s, const struct need *need)
{
	size_t from = demo_below(&r->d->random, (uint32_t)r->n);

	for (size_t i = 0; i < r->n; i++) {
		struct demo_volunteer *v = &r->people[(from + i) % r->n];

		if (can_take(v, s, need))
			return v;
	}
	return NULL;
}

/* Meals are carried by the same people week after week, as long as they can; in a small demo there is hardly anybody to choose. */
static struct demo_volunteer *find_regular(struct roster *r, const struct seat *s, const struct need *need)
{
	struct demo_volunteer *best = find_one(r, s, need);

	for (size_t i = 0; i < r->n && s->plan->service == MEALS && r->share >= WHOLE; i++)
		if (r->people[i].meals > (best ? best->meals : 0) && can_take(&r->people[i], s, need))
			best = &r->people[i];
	return best;
}

static enum rc fill_need(struct roster *r, const struct seat *s, const struct need *need, struct err *e)
{
	bool past = s->day < r->today;
	enum rc rc = RC_OK;

	for (int k = 0; k < heads(r, need) && rc == RC_OK; k++) {
		struct demo_volunteer *v = demo_chance(&r->d->random, past ? FILLED_PAST : FILLED_TO_COME) ? find_regular(r, s, need) : NULL;
		int64_t assignment;

		if (v == NULL)
			continue;
		v->last_day = s->day;
		v->in_week++;
		v->meals += s->plan->service == MEALS;
		rc = insert_assignment(r, s, v, past || demo_chance(&r->d->random, 600), &assignment, e);
		if (rc == RC_OK && past)
			rc = insert_attendance(r, s, assignment, v, e);
	}
	return rc;
}

static enum rc make_shift(struct roster *r, size_t i, int32_t day, struct err *e)
{
	struct seat s = { .plan = &plans[i], .day = day };
	enum rc rc = insert_shift(r, i, day, &s.shift_id, e);

	for (int k = 0; rc == RC_OK && k < 2 && plans[i].needs[k].role; k++)
		if ((rc = insert_need(r, shift_need_sql, s.shift_id, k + 1, &plans[i].needs[k], &s.need_id, e)) == RC_OK)
			rc = fill_need(r, &s, &plans[i].needs[k], e);
	return rc;
}

static enum rc make_week(struct roster *r, int32_t monday, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc = txn_begin(&t, r->d->of->st, "demo.rosters", e);

	for (int d = 0; d < WEEK && rc == RC_OK; d++)
		for (size_t i = 0; i < COUNT(plans) && rc == RC_OK; i++)
			if (on_weekday(&plans[i], d + 1))
				rc = make_shift(r, i, monday + d, e);
	return rc == RC_OK ? txn_commit(&t, e) : rc;
}

static enum rc make_templates(struct roster *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc = txn_begin(&t, r->d->of->st, "demo.rosters", e);

	for (size_t i = 0; i < COUNT(plans) && rc == RC_OK; i++)
		rc = insert_template(r, i, e);
	return rc == RC_OK ? txn_commit(&t, e) : rc;
}

enum rc demo_make_rosters(struct demo *d, struct demo_volunteer *people, size_t n, int weeks, int share, struct err *e)
{
	struct roster r = { .d = d, .people = people, .n = n, .share = share, .today = day_of_instant(d->now) };
	int32_t next_monday = day_monday(r.today) + WEEK;
	enum rc rc = n > 0 ? make_templates(&r, e) : RC_OK;

	for (int i = weeks - 1; i >= 0 && n > 0 && rc == RC_OK; i--) {
		rc = make_week(&r, next_monday - i * WEEK, e);
		demo_tell(d, "排班", (size_t)(weeks - i), (size_t)weeks);
	}
	return rc;
}
