/* Orders follow the plans they were made from: pauses, steps of the ladder, changed plans; what a person decided stands. */
#include "domain/meal_order.h"

#include <inttypes.h>
#include <stdlib.h>

#include "domain/diner.h"
#include "domain/undo.h"
#include "hands.h"

/* States of the week's lunches: o ordered, x cancelled by hand, - lapsed with the plan; 20782 is tomorrow. */
#define WEEK "SELECT group_concat(CASE WHEN state = 'ordered' THEN 'o' WHEN lapsed THEN '-' ELSE 'x' END, '') FROM" \
	" (SELECT * FROM meal_order WHERE diner_id = :id AND day > 20781 ORDER BY day) /*scan*/"

struct week {
	struct town *t;
	int64_t wang, plan;
};

static enum rc try_part(struct week *w, const char *form, int64_t id, const struct fill *fills, int64_t *saved, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	hands_record(w->t, &r, form, id, fills);
	if ((rc = diner_part_save(&w->t->of, w->wang, &r, e)) == RC_OK && saved)
		*saved = r.id;
	return rc;
}

static void save_part(struct week *w, const char *form, int64_t id, const struct fill *fills, int64_t *saved)
{
	struct err e = { 0 };

	assert_ok(try_part(w, form, id, fills, saved, &e));
}

static void step(struct week *w, const char *status)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	hands_record(w->t, &r, "diner-status", w->wang, FILLS({ "status", status }, { "status_day", "今天" }, { "status_why", "去女儿家" }));
	assert_ok(diner_step(&w->t->of, &r, &e));
}

/* Who eats lunch every day from tomorrow on; the orders of seven days are there. */
static int begin(void **state)
{
	struct week *w = mem_alloc(sizeof *w);
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	void *town;
	int rc = town_setup(&town);

	w->t = town;
	town_write(town, "UPDATE resident SET status = 'present'", 0);
	town_as(w->t, CANTEEN);
	hands_record(w->t, &r, "diner", 0, FILLS({ "resident_id", NULL, w->t->wang }, { "way", "pickup" }, { "payer", "self" }));
	assert_ok(diner_save(&w->t->of, &r, &e));
	w->wang = r.id;
	step(w, "active");
	save_part(w, "meal_plan", 0, FILLS({ "weekdays", "1 2 3 4 5 6 7" }, { "meal", "lunch" }, { "portions", "1" }, { "from_day", "明天" }), &w->plan);
	*state = w;
	return rc;
}

static int end(void **state)
{
	struct week *w = *state;
	void *town = w->t;
	int rc = town_teardown(&town);

	free(w);
	return rc;
}
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

static void undo(struct week *w)
{
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };

	assert_ok(office_undo(&w->t->of, &done, &e));
}

static int against(struct week *w)
{
	struct err e = { 0 };
	int n = -1;

	assert_ok(orders_against_plan(&w->t->of, w->wang, &n, &e));
	return n;
}

static int64_t order_on(struct week *w, int32_t day)
{
	return meal_order_id(w->wang, day, "lunch");
}

static void a_plan_is_ordered_from_at_once_and_undone_with_it(void **state)
{
	struct week *w = *state;

	assert_town_text(w->t, WEEK, w->wang, "ooooooo");
	undo(w);
	assert_int_equal(town_int(w->t, "SELECT count(*) FROM meal_order /*scan*/", 0), 0);
}

static void a_pause_in_the_middle_of_a_week_and_its_early_end(void **state)
{
	struct week *w = *state;
	int64_t pause;

	save_part(w, "meal_pause", 0, FILLS({ "from_day", "2026-11-26" }, { "to_day", "2026-11-29" }, { "reason", "hospital" }), &pause);
	assert_town_text(w->t, WEEK, w->wang, "o----oo");
	assert_town_text(w->t, "SELECT why FROM meal_order WHERE id = :id", order_on(w, 20783), "暂停：住院 11-26 至 11-29");
	assert_int_equal(against(w), 0);
	save_part(w, "meal_pause", pause, FILLS({ "to_day", "2026-11-27" }), NULL);
	assert_town_text(w->t, WEEK, w->wang, "o--oooo");
	assert_town_text(w->t, "SELECT coalesce(why, '') FROM meal_order WHERE id = :id", order_on(w, 20786), "");
	assert_town_text(w->t, "SELECT why FROM meal_order WHERE id = :id", order_on(w, 20783), "暂停：住院 11-26 至 11-27");
	undo(w);
	assert_town_text(w->t, WEEK, w->wang, "o----oo");
	undo(w);
	assert_town_text(w->t, WEEK, w->wang, "ooooooo");
}

static void a_deleted_pause_brings_the_orders_back(void **state)
{
	struct week *w = *state;
	struct err e = { 0 };
	int64_t pause;

	save_part(w, "meal_pause", 0, FILLS({ "from_day", "今天" }, { "to_day", "2026-12-20" }, { "reason", "away" }), &pause);
	assert_town_text(w->t, WEEK, w->wang, "-------");
	assert_ok(diner_part_delete(&w->t->of, form_find(w->t->of.forms, "meal_pause"), pause, "没去成", &e));
	assert_town_text(w->t, WEEK, w->wang, "ooooooo");
}

static void what_a_person_decided_stands_through_pauses(void **state)
{
	struct week *w = *state;
	struct town *t = w->t;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	int64_t pause;

	assert_ok(meal_order_cancel(&t->of, order_on(w, 20783), "去女儿家", &e));
	hands_record(t, &r, "meal_order", 0, FILLS({ "diner_id", NULL, w->wang }, { "day", "2026-11-27" }, { "meal", "dinner" }, { "portions", "1" },
	             { "size", "normal" }, { "way", "pickup" }));
	assert_ok(meal_order_save(&t->of, &r, &e));
	save_part(w, "meal_pause", 0, FILLS({ "from_day", "明天" }, { "to_day", "2026-11-30" }, { "reason", "hospital" }), &pause);
	assert_town_text(t, "SELECT group_concat(meal || state || coalesce(why, ''), ' ') FROM (SELECT * FROM meal_order WHERE diner_id = :id AND day"
	                    " IN (20783, 20784) ORDER BY day, meal) /*scan*/", w->wang,
	                 "lunchcancelled去女儿家 dinnerordered lunchcancelled暂停：住院 11-25 至 11-30");
	assert_int_equal(against(w), 1);                                                 /* the screen says so */
	assert_ok(diner_part_delete(&t->of, form_find(t->of.forms, "meal_pause"), pause, "没去成", &e));
	assert_town_text(t, "SELECT state FROM meal_order WHERE id = :id", order_on(w, 20783), "cancelled");
	assert_int_equal(against(w), 1);                                                 /* no plan has a dinner */
}

static void who_is_paused_and_restored_by_hand_eats(void **state)
{
	struct week *w = *state;
	struct err e = { 0 };
	int64_t after = 0;
	bool more;

	save_part(w, "meal_pause", 0, FILLS({ "from_day", "明天" }, { "to_day", "2026-12-20" }, { "reason", "away" }), NULL);
	assert_ok(meal_order_restore(&w->t->of, order_on(w, 20784), &e));
	assert_ok(orders_tend(&w->t->of, &after, &more, &e));
	assert_town_text(w->t, WEEK, w->wang, "--o----");
	assert_int_equal(against(w), 1);
}

static void sizes_and_ways_follow_the_plan_but_not_where_a_person_changed_them(void **state)
{
	struct week *w = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	hands_record(w->t, &r, "meal_order", order_on(w, 20783), FILLS({ "portions", "5" }));
	assert_ok(meal_order_save(&w->t->of, &r, &e));
	save_part(w, "meal_plan", w->plan, FILLS({ "portions", "2" }, { "size", "soft" }, { "way", "dine_in" }, { "weekdays", "3 4 5" }), NULL);
	assert_town_text(w->t, WEEK, w->wang, "ooo----");
	assert_town_text(w->t, "SELECT group_concat(portions || size || way, ' ') FROM (SELECT * FROM meal_order WHERE diner_id = :id AND state = 'ordered'"
	                       " ORDER BY day) /*scan*/", w->wang, "2softdine_in 5normalpickup 2softdine_in");
	undo(w);
	assert_town_text(w->t, WEEK, w->wang, "ooooooo");
}

static void a_step_of_the_ladder_takes_the_orders_along(void **state)
{
	struct week *w = *state;
	struct town *t = w->t;

	step(w, "paused");
	assert_town_text(t, WEEK, w->wang, "-------");
	assert_town_text(t, "SELECT why FROM meal_order WHERE id = :id", order_on(w, 20783), "暂停：去女儿家");
	step(w, "active");
	assert_town_text(t, WEEK, w->wang, "ooooooo");
	step(w, "stopped");
	assert_town_text(t, WEEK, w->wang, "-------");
	undo(w);
	assert_town_text(t, WEEK, w->wang, "ooooooo");
}

static void todays_order_lapses_after_the_cut_off_too_but_not_on_its_way(void **state)
{
	struct week *w = *state;
	struct town *t = w->t;
	int64_t today = order_on(w, TOWN_TODAY), route;

	save_part(w, "meal_plan", w->plan, FILLS({ "from_day", "今天" }), NULL);
	save_part(w, "meal_pause", 0, FILLS({ "from_day", "今天" }, { "to_day", "今天" }, { "reason", "hospital" }), NULL);
	assert_town_text(t, "SELECT state || why FROM meal_order WHERE id = :id", today, "cancelled暂停：住院 11-24");
	undo(w);
	route = hands_insert(t, "INSERT INTO route (id, day, meal, line, state, left_at) VALUES (:id, %d, 'lunch', 1, 'out', 1)", TOWN_TODAY);
	hands_insert(t, "INSERT INTO stop (id, order_id, route_id, position) VALUES (:id, %" PRId64 ", %" PRId64 ", 1)", today, route);
	save_part(w, "meal_pause", 0, FILLS({ "from_day", "今天" }, { "to_day", "今天" }, { "reason", "hospital" }), NULL);
	assert_town_text(t, "SELECT state FROM meal_order WHERE id = :id", today, "ordered");
	assert_int_equal(against(w), 1);
}

static void a_closed_meal_and_a_written_outcome_are_left(void **state)
{
	struct week *w = *state;
	struct town *t = w->t;

	hands_insert(t, "INSERT INTO meal_close (id, day, meal) VALUES (:id, 20782, 'lunch')");
	town_write(t, "UPDATE meal_order SET outcome = 's5' WHERE id = :id", order_on(w, 20783));
	step(w, "paused");
	assert_town_text(t, WEEK, w->wang, "oo-----");
	assert_int_equal(against(w), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_plan_is_ordered_from_at_once_and_undone_with_it),
		TEST(a_pause_in_the_middle_of_a_week_and_its_early_end),
		TEST(a_deleted_pause_brings_the_orders_back),
		TEST(what_a_person_decided_stands_through_pauses),
		TEST(who_is_paused_and_restored_by_hand_eats),
		TEST(sizes_and_ways_follow_the_plan_but_not_where_a_person_changed_them),
		TEST(a_step_of_the_ladder_takes_the_orders_along),
		TEST(todays_order_lapses_after_the_cut_off_too_but_not_on_its_way),
		TEST(a_closed_meal_and_a_written_outcome_are_left),
	};

	return cmocka_run_group_tests_name("domain-order_follow", tests, NULL, NULL);
}
