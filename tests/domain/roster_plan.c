/* Planning a week or a month, and accepting what was planned. */
#include <stdlib.h>

#include "base/day.h"
#include "domain/roster.h"
#include "duty.h"
#include "store/journal.h"

#define BUDGET_MS 2000

static void plan(struct town *t, int32_t from, int32_t to, struct arena *a, struct roster_plan *out)
{
	const struct roster_wish wish = { .from_day = from, .to_day = to, .budget_ms = BUDGET_MS };
	struct roster_planner *p = roster_planner_new(&t->of);
	struct roster_planned *added;
	struct roster_open *open;
	struct err e = { 0 };
	int percent = 0;
	bool more = true;

	assert_ok(roster_planner_begin(p, &wish, &e));
	while (more) {
		assert_ok(roster_planner_step(p, &more, &e));
		assert_in_range(roster_planner_percent(p), percent, 100);
		percent = roster_planner_percent(p);
	}
	assert_int_equal(percent, 100);
	*out = *roster_planner_plan(p);
	out->added = added = arena_alloc(a, (out->n_added + 1) * sizeof *added);
	for (size_t i = 0; i < out->n_added; i++) {
		added[i] = roster_planner_plan(p)->added[i];
		added[i].name = arena_copy(a, added[i].name);
		added[i].reason = arena_copy(a, added[i].reason);
		assert_int_equal(added[i].shift->id, added[i].shift_id);
	}
	out->open = open = arena_alloc(a, (out->n_open + 1) * sizeof *open);
	for (size_t i = 0; i < out->n_open; i++) {
		open[i] = roster_planner_plan(p)->open[i];
		open[i].why = arena_copy(a, open[i].why);
		assert_int_equal(open[i].shift->id, open[i].shift_id);
	}
	roster_planner_free(p);
}

static void plan_week(struct town *t, struct arena *a, struct roster_plan *out)
{
	plan(t, DUTY_NEXT, DUTY_NEXT + 6, a, out);
}

static int accept(struct town *t, const struct roster_plan *p)
{
	struct err e = { 0 };
	int made = -1, stale = -1;

	assert_ok(roster_plan_accept(&t->of, p, &made, &stale, &e));
	assert_int_equal(stale, 0);
	return made;
}

static const char *why_open(const struct roster_plan *p, int64_t shift)
{
	for (size_t i = 0; i < p->n_open; i++)
		if (p->open[i].shift_id == shift)
			return p->open[i].why;
	return "";
}

static int64_t shift_on(struct town *t, int day, const char *headcount, const struct fill *fills)
{
	AUTO_FREE char *text = mem_format("2026-%02d-%02d", day > 30 ? 12 : 11, day > 30 ? day - 30 : day);
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	int64_t id = 0;

	assert_ok(duty_try_shift(t, 0, FILLS({ "day", text }), &id, NULL, &e));
	if (fills)
		assert_ok(duty_try_shift(t, id, fills, NULL, NULL, &e));
	duty_headcount(t, id, headcount);
	return id;
}

static int64_t count(struct town *t, const char *sql)
{
	return town_int(t, sql, 1);
}

/* SQL that counts what breaks a rule among what stands. */
static void assert_rules_kept(struct town *t)
{
	assert_int_equal(count(t, "SELECT count(*) FROM assignment AS a JOIN shift AS s ON s.id = a.shift_id JOIN assignment AS b ON b.volunteer_id ="
	                          " a.volunteer_id AND b.id > a.id JOIN shift AS u ON u.id = b.shift_id AND u.day = s.day AND u.begin_min < s.end_min AND"
	                          " s.begin_min < u.end_min WHERE NOT s.flexible AND NOT u.flexible AND :id"), 0);
	assert_int_equal(count(t, "SELECT count(*) FROM (SELECT 1 FROM assignment AS a JOIN shift AS s ON s.id = a.shift_id JOIN volunteer AS v ON v.id ="
	                          " a.volunteer_id WHERE :id GROUP BY v.id, (s.day - 20787) / 7 HAVING count(*) > coalesce(v.weekly_shifts, 5) OR"
	                          " sum(s.end_min - s.begin_min) > coalesce(v.weekly_minutes, 1200))"), 0);
	assert_int_equal(count(t, "SELECT count(*) FROM assignment AS a JOIN shift AS s ON s.id = a.shift_id JOIN absence AS b ON b.volunteer_id ="
	                          " a.volunteer_id AND s.day BETWEEN b.from_day AND b.to_day WHERE :id"), 0);
	assert_int_equal(count(t, "SELECT count(*) FROM assignment AS a JOIN apart AS p ON p.volunteer_id = a.volunteer_id JOIN assignment AS b ON"
	                          " b.volunteer_id = p.other_id AND b.shift_id = a.shift_id WHERE :id"), 0);
	assert_int_equal(count(t, "SELECT count(*) FROM (SELECT 1 FROM assignment AS a JOIN shift_need AS n ON n.id = a.need_id WHERE :id GROUP BY n.id"
	                          " HAVING count(*) > n.headcount)"), 0);
	assert_int_equal(count(t, "SELECT count(*) FROM assignment AS a JOIN shift_need AS n ON n.id = a.need_id JOIN volunteer AS v ON v.id = a.volunteer_id"
	                          " WHERE n.skill = 'driving' AND instr(coalesce(v.skills, ''), 'driving') = 0 AND :id"), 0);
	assert_int_equal(count(t, "SELECT count(*) FROM assignment AS a JOIN shift AS s ON s.id = a.shift_id WHERE s.service = 'meals' AND NOT EXISTS (SELECT 1"
	                          " FROM qualification AS q WHERE q.volunteer_id = a.volunteer_id AND q.kind = 'health' AND q.expires_day >= s.day) AND :id"), 0);
	assert_int_equal(count(t, "SELECT count(*) FROM (SELECT 1 FROM assignment WHERE :id GROUP BY shift_id, volunteer_id HAVING count(*) > 1)"), 0);
}

/* Sixteen people with their ways, four shifts a day. */
static void build_week(struct town *t, int32_t first)
{
	struct err e = { 0 };
	int64_t people[16];

	for (int i = 0; i < 16; i++) {
		people[i] = duty_volunteer(t, "志愿者", i % 3 == 0 ? "weekly_shifts = 2" : i % 3 == 1 ? "weekly_minutes = 300" : "skills = 'driving'");
		if (i % 4 == 0)
			duty_absent(t, people[i], first + 1, first + 2);
		if (i % 5 == 0)
			town_write(t, "UPDATE qualification SET expires_day = 20789 WHERE volunteer_id = :id", people[i]);
		for (int day = 1; day <= 7 && i % 2; day++)
			duty_time(t, people[i], day, 480, 1080, day % 3 == 0 ? "willing" : day % 3 == 1 ? "can" : "unwilling");
		if (i > 0)
			duty_apart(t, people[i], people[i - 1]);
	}
	for (int i = 0; i < 20; i++) {
		AUTO_FREE char *begin = mem_format("%d:00", 8 + i % 4), *end = mem_format("%d:00", 10 + i % 4);
		int64_t shift = shift_on(t, 30 + i / 4, "2", FILLS({ "begin_min", begin }, { "end_min", end }, { "service", i % 2 ? "meals" : "visit" }));

		if (i % 3 == 0)
			assert_ok(duty_try_need(t, 0, shift, 0, FILLS({ "skill", "driving" }, { "role", "driver" }, { "priority", "3" }), NULL, &e));
	}
}

static void open_places_are_filled_by_the_best_people(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_plan p;
	int64_t monday = shift_on(t, 30, "1", NULL), tuesday = shift_on(t, 31, "1", NULL);
	int64_t xu = duty_volunteer(t, "徐丽", NULL), gu = duty_volunteer(t, "顾明", NULL);

	duty_volunteer(t, "朱红", "status = 'away'");
	duty_time(t, xu, 1, 480, 1080, "unwilling");
	duty_time(t, xu, 2, 480, 1080, "willing");
	plan_week(t, &a, &p);
	assert_int_equal(p.n_added, 2);
	assert_int_equal(p.n_open, 0);
	assert_int_equal(p.kept, 0);
	assert_true(p.proven);
	assert_int_equal(p.cost, p.bound);
	assert_int_equal(p.added[0].shift_id, monday);
	assert_int_equal(p.added[0].volunteer_id, gu);
	assert_int_equal(p.added[1].shift_id, tuesday);
	assert_int_equal(p.added[1].volunteer_id, xu);
	assert_string_equal(p.added[1].reason, "愿意 · 上周0班");
	assert_string_equal(p.added[1].name, "徐丽");
	assert_true(p.added[1].wanted);
	/* nothing is written before it is accepted */
	assert_int_equal(count(t, "SELECT count(*) FROM assignment WHERE :id"), 0);
	assert_int_equal(accept(t, &p), 2);
	assert_int_equal(count(t, "SELECT count(*) FROM assignment WHERE way = 'planned' AND state = 'planned' AND :id"), 2);
	plan_week(t, &a, &p);
	assert_int_equal(p.n_added, 0);
	assert_int_equal(p.kept, 2);
}

static void what_stands_is_never_touched(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF before = { 0 };
	AUTO_STRBUF after = { 0 };
	struct err e = { 0 };
	struct roster_plan p;
	int64_t shift = shift_on(t, 30, "3", NULL), need = duty_need(t, shift), id;
	int64_t xu = duty_volunteer(t, "徐丽", "status = 'away'"), gu = duty_volunteer(t, "顾明", NULL), gone = duty_volunteer(t, "马强", NULL);

	assert_ok(roster_assign(&t->of, need, xu, "本人说来", &id, &e));
	assert_ok(roster_pin(&t->of, id, 1, true, &e));
	assert_ok(roster_assign(&t->of, need, gone, NULL, &id, &e));
	assert_ok(roster_confirm(&t->of, id, 1, &e));
	town_write(t, "UPDATE volunteer SET status = 'stopped' WHERE id = :id", gone);
	town_snapshot_table(t, "assignment", "", &before);
	plan_week(t, &a, &p);
	assert_int_equal(p.kept, 2);
	assert_int_equal(p.n_added, 1);
	assert_int_equal(p.added[0].volunteer_id, gu);
	assert_int_equal(accept(t, &p), 1);
	town_snapshot_table(t, "assignment", "WHERE way <> 'planned'", &after);
	assert_string_equal(strbuf_str(&before), strbuf_str(&after));
}

static const struct roster_seat *seat_on(const struct roster_plan *p, int64_t shift, int64_t volunteer)
{
	for (size_t i = 0; i < p->n_shifts; i++)
		for (size_t k = 0; k < p->shifts[i]->n_places; k++)
			for (size_t j = 0; j < p->shifts[i]->places[k].n_seats; j++)
				if (p->shifts[i]->shift.id == shift && p->shifts[i]->places[k].seats[j].volunteer_id == volunteer)
					return &p->shifts[i]->places[k].seats[j];
	return NULL;
}

/* Pinned on leave, two at a time, over the cap, with somebody apart, without the certificate: all of it stays, is said, and the rest is planned. */
static void what_is_pinned_against_the_rules_is_kept_and_said(void **state)
{
	struct town *t = *state;
	const struct roster_wish wish = { .from_day = DUTY_NEXT, .to_day = DUTY_NEXT + 6, .budget_ms = BUDGET_MS };
	AUTO_STRBUF before = { 0 };
	AUTO_STRBUF after = { 0 };
	struct roster_planner *p = roster_planner_new(&t->of);
	int64_t visit = shift_on(t, 30, "3", NULL), walk = shift_on(t, 30, "2", FILLS({ "begin_min", "11:00" }, { "end_min", "13:00" }));
	int64_t meals = shift_on(t, 31, "2", FILLS({ "service", "meals" })), full = shift_on(t, 32, "1", NULL);
	int64_t away = duty_volunteer(t, "徐丽", NULL), two = duty_volunteer(t, "顾明", "weekly_shifts = 1"), apart = duty_volunteer(t, "马强", NULL);
	const struct { int64_t shift, volunteer; unsigned conflict; } pins[] = {
		{ visit, away, ROSTER_ABSENT }, { visit, two, ROSTER_OVERLAP }, { walk, two, ROSTER_OVERLAP }, { visit, apart, ROSTER_APART },
		{ meals, two, ROSTER_QUALIFICATION }, { full, two, ROSTER_OVER_CAP }, { full, apart, 0 },
	};
	struct err e = { 0 };
	bool more = true;

	duty_absent(t, away, DUTY_NEXT, DUTY_NEXT);
	duty_apart(t, apart, away);
	town_write(t, "UPDATE qualification SET expires_day = 20786 WHERE volunteer_id = :id", two);
	duty_volunteer(t, "朱红", NULL);
	for (size_t i = 0; i < COUNT(pins); i++)
		town_write(t, "UPDATE assignment SET pinned = 1 WHERE id = :id", duty_stand(t, duty_need(t, pins[i].shift), pins[i].volunteer, "confirmed"));
	town_snapshot_table(t, "assignment", "", &before);
	for (int again = 0; again < 2; again++, more = true) {
		assert_ok(roster_planner_begin(p, &wish, &e));
		while (more)
			assert_ok(roster_planner_step(p, &more, &e));
		assert_int_equal(roster_planner_plan(p)->kept, COUNT(pins));
		assert_int_equal(roster_planner_plan(p)->n_added, 2);        /* one more for the walk, one for the meals */
		for (size_t i = 0; i < COUNT(pins); i++) {
			const struct roster_seat *seat = seat_on(roster_planner_plan(p), pins[i].shift, pins[i].volunteer);

			assert_non_null(seat);
			assert_true(seat->pinned);
			assert_int_equal(seat->conflicts & pins[i].conflict, pins[i].conflict);
		}
	}
	town_snapshot_table(t, "assignment", "", &after);
	assert_string_equal(strbuf_str(&before), strbuf_str(&after));
	roster_planner_free(p);
}

static void nothing_planned_breaks_a_rule(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_plan p;

	build_week(t, DUTY_NEXT);
	plan_week(t, &a, &p);
	assert_true(p.n_added > 20);
	assert_true(p.bound <= p.cost);
	assert_int_equal(accept(t, &p), p.n_added);
	assert_rules_kept(t);
	/* and what is left open is open: nothing more fits */
	plan_week(t, &a, &p);
	assert_int_equal(p.n_added, 0);
}

static void the_same_week_gives_the_same_plan(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_plan p, again;

	build_week(t, DUTY_NEXT);
	plan_week(t, &a, &p);
	plan_week(t, &a, &again);
	assert_int_equal(p.n_added, again.n_added);
	for (size_t i = 0; i < p.n_added; i++) {
		assert_int_equal(p.added[i].need_id, again.added[i].need_id);
		assert_int_equal(p.added[i].volunteer_id, again.added[i].volunteer_id);
	}
	assert_int_equal(p.cost, again.cost);
}

static void places_that_stay_open_say_why(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct roster_plan p;
	int64_t meals = shift_on(t, 30, "1", FILLS({ "service", "meals" })), visit = shift_on(t, 31, "3", NULL);
	int64_t law = shift_on(t, 32, "1", NULL), xu, gu;

	assert_ok(duty_try_need(t, 0, law, duty_need(t, law), FILLS({ "skill", "law" }), NULL, &e));
	plan_week(t, &a, &p);
	assert_int_equal(p.n_open, 3);
	assert_string_equal(why_open(&p, meals), "没有在岗的志愿者");
	xu = duty_volunteer(t, "徐丽", "weekly_shifts = 1");
	gu = duty_volunteer(t, "顾明", NULL);
	town_write(t, "UPDATE qualification SET expires_day = 20786 WHERE :id", 1);
	duty_absent(t, gu, DUTY_NEXT + 1, DUTY_NEXT + 1);
	plan_week(t, &a, &p);
	assert_string_equal(why_open(&p, meals), "没有别的人能做：2人缺健康证");
	assert_string_equal(why_open(&p, law), "没有别的人能做：2人不会法律");
	assert_string_equal(why_open(&p, visit), "能做的1人里：请假1人");
	assert_int_equal(p.n_added, 1);
	assert_int_equal(p.added[0].volunteer_id, xu);
	duty_volunteer(t, "朱红", "weekly_shifts = 0");
	duty_volunteer(t, "马强", "services = 'patrol'");
	plan_week(t, &a, &p);
	assert_string_equal(why_open(&p, visit), "能做的2人里：请假1人 · 已到每周上限1人 · 另有1人没报探访");
	for (size_t i = 0; i < p.n_open; i++)
		if (p.open[i].shift_id == visit)
			assert_int_equal(p.open[i].places, 2);
}

/* Three people for four places that lie across each other: no exchange helps, and that is said of both shifts at once. */
static void too_few_for_shifts_that_lie_across_each_other_are_said_together(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_plan p;

	shift_on(t, 30, "2", NULL);
	shift_on(t, 30, "2", FILLS({ "begin_min", "11:00" }, { "end_min", "13:00" }));
	shift_on(t, 31, "1", NULL);
	for (size_t i = 0; i < 3; i++)
		duty_volunteer(t, (const char *[]){ "徐丽", "顾明", "朱红" }[i], NULL);
	plan_week(t, &a, &p);
	assert_int_equal(p.n_open, 1);
	assert_non_null(strstr(p.open[0].why, "同时有别的班2人"));
	assert_non_null(strstr(p.open[0].why, "；相连的2个班次共要4人，能来的只有3人"));
}

/* On the board somebody can be put on a service that they did not sign up for; a plan does not do that. */
static void nobody_is_planned_for_what_they_did_not_sign_up_for(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_plan p;
	int64_t shift = shift_on(t, 30, "1", NULL);

	duty_volunteer(t, "徐丽", "services = 'meals'");
	plan_week(t, &a, &p);
	assert_int_equal(p.n_added, 0);
	assert_string_equal(why_open(&p, shift), "没有别的人能做：1人没报探访");
}

static void only_shifts_of_those_days_that_have_not_begun_are_filled(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct roster_plan p;
	int64_t cancelled = shift_on(t, 25, "1", NULL), tomorrow = shift_on(t, 25, "1", FILLS({ "begin_min", "14:00" }, { "end_min", "16:00" }));

	shift_on(t, 24, "1", FILLS({ "begin_min", "9:00" }, { "end_min", "11:00" }));
	shift_on(t, 26, "1", NULL);
	for (int i = 0; i < 5; i++)
		duty_volunteer(t, "志愿者", NULL);
	assert_ok(shift_cancel(&t->of, cancelled, duty_rev(t, "shift", cancelled), "下雨", &e));
	plan(t, DUTY_MONDAY, DUTY_MONDAY + 2, &a, &p);
	assert_int_equal(p.n_added, 1);
	assert_int_equal(p.added[0].shift_id, tomorrow);
	assert_int_equal(p.n_open, 0);
}

/* What stands elsewhere in the week counts for the caps; the next week has its own. */
static void a_month_keeps_the_caps_of_each_week(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_plan p;

	build_week(t, DUTY_NEXT);
	for (int day = 37; day < 58; day++)
		shift_on(t, day, "3", NULL);
	plan(t, DUTY_NEXT + 2, DUTY_NEXT + 27, &a, &p);
	assert_true(accept(t, &p) > 40);
	assert_rules_kept(t);
	plan(t, DUTY_NEXT, DUTY_NEXT + 27, &a, &p);
	accept(t, &p);
	assert_rules_kept(t);
}

static void work_is_spread(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_plan p;

	for (int i = 0; i < 4; i++)
		duty_volunteer(t, "志愿者", NULL);
	for (int day = 30; day < 34; day++)
		shift_on(t, day, "2", NULL);
	plan_week(t, &a, &p);
	assert_int_equal(accept(t, &p), 8);
	assert_int_equal(count(t, "SELECT count(*) FROM (SELECT 1 FROM assignment WHERE :id GROUP BY volunteer_id HAVING count(*) = 2)"), 4);
}

static void flexible_shifts_are_in_nobodys_way(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_plan p;

	duty_volunteer(t, "徐丽", NULL);
	shift_on(t, 30, "1", FILLS({ "flexible", "是" }, { "begin_min", "8:00" }, { "end_min", "18:00" }));
	shift_on(t, 30, "1", FILLS({ "flexible", "是" }, { "begin_min", "9:00" }, { "end_min", "12:00" }));
	shift_on(t, 30, "1", NULL);
	plan_week(t, &a, &p);
	assert_int_equal(p.n_added, 3);
	assert_int_equal(accept(t, &p), 3);
}

static void one_key_takes_the_whole_plan_back(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };
	struct roster_plan p;

	build_week(t, DUTY_NEXT);
	plan_week(t, &a, &p);
	p.added[0].wanted = p.added[3].wanted = false;
	assert_int_equal(accept(t, &p), p.n_added - 2);
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	assert_int_equal(strncmp(done, "roster.plan", strlen("roster.plan")), 0);
	assert_int_equal(count(t, "SELECT count(*) FROM assignment WHERE deleted_at IS NULL AND :id"), 0);
	plan_week(t, &a, &p);
	assert_true(p.n_added > 20);
}

static void what_somebody_else_did_meanwhile_is_counted(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct town *second = town_second(t);
	struct err e = { 0 };
	struct roster_plan p;
	int64_t filled = shift_on(t, 30, "1", NULL), cancelled = shift_on(t, 31, "1", NULL), stays = shift_on(t, 32, "1", NULL);
	int made, stale;

	for (int i = 0; i < 3; i++)
		duty_volunteer(t, "志愿者", "weekly_shifts = 1");
	plan_week(t, &a, &p);
	assert_int_equal(p.n_added, 3);
	assert_ok(roster_assign(&second->of, duty_need(t, filled), p.added[1].volunteer_id, "他来", NULL, &e));
	assert_ok(shift_cancel(&second->of, cancelled, duty_rev(t, "shift", cancelled), "下雨", &e));
	assert_ok(roster_plan_accept(&t->of, &p, &made, &stale, &e));
	assert_int_equal(made, 1);
	assert_int_equal(stale, 2);
	assert_int_equal(town_int(t, "SELECT count(*) FROM assignment WHERE shift_id = :id", stays), 1);
	/* accepted again there is nothing to do */
	assert_ok(roster_plan_accept(&t->of, &p, &made, &stale, &e));
	assert_int_equal(made, 0);
	assert_int_equal(stale, 3);
	assert_rules_kept(t);
	town_close_second(second);
}

static void plans_that_cannot_be_made_are_refused(void **state)
{
	static const enum town_account others[] = { DESK, CANTEEN, PROJECT, ADMIN };
	static const struct { struct roster_wish wish; const char *words; } wishes[] = {
		{ { .from_day = DUTY_NEXT, .to_day = DUTY_NEXT - 1, .budget_ms = 10 }, "早于" },
		{ { .from_day = DUTY_NEXT, .to_day = DUTY_NEXT + 62, .budget_ms = 10 }, "最多" },
		{ { .from_day = DAY_NONE, .to_day = DUTY_NEXT, .budget_ms = 10 }, "" },
	};
	const struct roster_wish fine = { .from_day = DUTY_NEXT, .to_day = DUTY_NEXT, .budget_ms = 10 };
	struct town *t = *state;
	struct err e = { 0 };
	struct roster_plan none = { 0 };
	struct roster_planner *p = roster_planner_new(&t->of);
	bool more = true;
	int made, stale;

	shift_on(t, 30, "1", NULL);
	for (size_t i = 0; i < COUNT(wishes); i++)
		assert_refused_untouched(roster_planner_begin(p, &wishes[i].wish, &e), RC_INVALID, "to_day", wishes[i].words);
	for (size_t i = 0; i < COUNT(others); i++) {
		town_as(t, others[i]);
		assert_refused_untouched(roster_planner_begin(p, &fine, &e), RC_DENIED, "", "排班");
		assert_refused_untouched(roster_plan_accept(&t->of, &none, &made, &stale, &e), RC_DENIED, "", "排班");
	}
	assert_ok(roster_planner_step(p, &more, &e));
	assert_false(more);
	roster_planner_free(p);
}

/* Wherever somebody leaves it, nothing has changed and nothing is left behind. */
static void a_plan_that_is_left_in_the_middle_changes_nothing(void **state)
{
	const struct roster_wish wish = { .from_day = DUTY_NEXT, .to_day = DUTY_NEXT + 13, .budget_ms = BUDGET_MS };
	struct town *t = *state;
	AUTO_FREE char *before = NULL, *after = NULL;
	struct err e = { 0 };
	bool more = true;

	for (int i = 0; i < 3; i++)
		duty_volunteer(t, "志愿者", NULL);
	shift_on(t, 30, "2", NULL);
	shift_on(t, 31, "5", NULL);
	before = duty_snapshot(t);
	for (int steps = 0; more; steps++) {
		struct roster_planner *p = roster_planner_new(&t->of);

		assert_ok(roster_planner_begin(p, &wish, &e));
		for (int i = 0; i < steps; i++)
			assert_ok(roster_planner_step(p, &more, &e));
		assert_true(!more || roster_planner_plan(p)->n_added == 0);
		roster_planner_free(p);
	}
	after = duty_snapshot(t);
	assert_string_equal(before, after);
}

/* What another program left there does not run a plan aground. */
static void rows_of_nonsense_are_planned_around(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct roster_plan p;
	int64_t good = shift_on(t, 30, "1", NULL), bad = shift_on(t, 30, "2", NULL), worse = shift_on(t, 31, "1", NULL);
	int64_t xu = duty_volunteer(t, "徐丽", NULL);

	duty_volunteer(t, "顾明", "weekly_shifts = -1, weekly_minutes = 99999999");
	duty_stand(t, duty_need(t, bad), xu, "planned");
	town_write(t, "UPDATE shift SET begin_min = 5000, end_min = -9 WHERE id = :id", bad);
	town_write(t, "UPDATE shift SET begin_min = -30, end_min = 999999, service = NULL WHERE id = :id", worse);
	town_write(t, "UPDATE shift_need SET headcount = -1, priority = -7, skill = 'x' WHERE shift_id = :id", worse);
	plan_week(t, &a, &p);
	assert_int_equal(p.n_added, 1);
	assert_int_equal(p.added[0].shift_id, good);
	accept(t, &p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		DUTY_TEST(open_places_are_filled_by_the_best_people),
		DUTY_TEST(what_stands_is_never_touched),
		DUTY_TEST(what_is_pinned_against_the_rules_is_kept_and_said),
		DUTY_TEST(nothing_planned_breaks_a_rule),
		DUTY_TEST(the_same_week_gives_the_same_plan),
		DUTY_TEST(places_that_stay_open_say_why),
		DUTY_TEST(too_few_for_shifts_that_lie_across_each_other_are_said_together),
		DUTY_TEST(nobody_is_planned_for_what_they_did_not_sign_up_for),
		DUTY_TEST(only_shifts_of_those_days_that_have_not_begun_are_filled),
		DUTY_TEST(a_month_keeps_the_caps_of_each_week),
		DUTY_TEST(work_is_spread),
		DUTY_TEST(flexible_shifts_are_in_nobodys_way),
		DUTY_TEST(one_key_takes_the_whole_plan_back),
		DUTY_TEST(what_somebody_else_did_meanwhile_is_counted),
		DUTY_TEST(plans_that_cannot_be_made_are_refused),
		DUTY_TEST(a_plan_that_is_left_in_the_middle_changes_nothing),
		DUTY_TEST(rows_of_nonsense_are_planned_around),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
