/* Steps of 评事, the ways out and back in: the reporter's answer outranks everybody's. */
#include "domain/issue_flow.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "town.h"

static int64_t waiting(struct town *t, const struct fill *fills)
{
	int64_t id;

	town_as(t, DESK);
	id = town_raise(t, "水管漏水", fills);
	town_to_evaluate(t, id);
	return id;
}

/* The answer decides: where the issue is afterwards, in words. */
static void the_answer_decides(void **state)
{
	static const struct { const char *satisfaction, *solved, *closing, *wanted; } cases[] = {
		{ "very_satisfied", "1", "solved", "evaluate closed solved 0" },
		{ "satisfied", "1", "partly", "evaluate closed partly 0" },
		{ "fair", "1", NULL, "refused" },                              /* the closing type has to be stated */
		{ "fair", "0", "explained", "evaluate closed explained 0" },   /* not solved, and content with the explanation */
		{ "satisfied", "0", "impossible", "evaluate closed impossible 0" },
		{ "satisfied", "0", "solved", "act open - 1" },                /* the reporter says it is not solved */
		{ "dissatisfied", "1", NULL, "act open - 1" },
		{ "dissatisfied", "0", NULL, "act open - 1" },
		{ "very_dissatisfied", "0", NULL, "act open - 1" },
		{ "satisfied", "1", "withdrawn", "refused" },                  /* that has a step of its own */
		{ "satisfied", "1", "duplicate", "refused" },
		{ "unreached", NULL, NULL, "evaluate open - 0" },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t id = waiting(t, NULL);
		struct err e = { 0 };
		enum rc rc = town_try(t, id, "evaluate.answer", 0, FILLS({ "satisfaction", cases[i].satisfaction }, { "solved", cases[i].solved },
		                                                         { "closing", cases[i].closing }, { "opinion", "就这样" }), &e);
		AUTO_FREE char *now = town_text(t, "SELECT phase || ' ' || status || ' ' || coalesce(closing, '-') || ' ' || reopened FROM issue WHERE id = :id", id);

		if (strcmp(cases[i].wanted, "refused") == 0 ? rc != RC_INVALID : (rc != RC_OK || strcmp(now, cases[i].wanted) != 0))
			fail_msg("%s solved %s as %s: %d %s, %s", cases[i].satisfaction, cases[i].solved, cases[i].closing, rc, e.text, now);
	}
}

static void dissatisfaction_begins_a_new_round_with_its_own_deadline(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t id = waiting(t, NULL);

	town_set_day(t, "2026-12-03");
	town_take(t, id, "evaluate.answer", FILLS({ "satisfaction", "dissatisfied" }, { "solved", "0" }, { "opinion", "还在漏" }));
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.round, 2);
	assert_int_equal(it.reopened, 1);
	assert_string_equal(it.satisfaction, "dissatisfied");
	assert_int_equal(it.due_day, TOWN_TODAY + 16);         /* five working days from 12-03 */
	assert_int_equal(it.handler_id, t->accounts[GRID3]);
	assert_int_equal(it.open_actions, 1);
	assert_int_equal(it.attempts, 0);
	assert_int_equal(town_int(t, "SELECT owner_id FROM action WHERE issue_id = :id AND round = 2", id), t->accounts[GRID3]);
	assert_town_text(t, "SELECT result FROM phase WHERE issue_id = :id AND phase = 'evaluate'", id, "again");
	assert_int_equal(town_int(t, "SELECT round FROM evaluation WHERE issue_id = :id", id), 1);
	assert_int_equal(town_int(t, "SELECT count(*) FROM phase WHERE issue_id = :id AND phase = 'act' AND round = 2 AND closed_at IS NULL", id), 1);
}

static void the_handler_does_not_answer_for_the_reporter(void **state)
{
	static const struct { const char *kind, *rater; enum rc rc; const char *status; } cases[] = {
		{ "self", "reporter", RC_OK, "closed" }, { "self", "handler", RC_INVALID, "open" },
		{ "self", "third", RC_OK, "open" }, { "self", "beneficiary", RC_OK, "open" }, { "self", "attendee", RC_OK, "open" },
		{ "behalf", "handler", RC_INVALID, "open" }, { "behalf", "reporter", RC_OK, "closed" },
		{ "anonymous", "handler", RC_OK, "closed" }, { "anonymous", "third", RC_OK, "closed" }, { "anonymous", "beneficiary", RC_OK, "closed" },
		{ "anonymous", "reporter", RC_INVALID, "open" },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		int64_t id = waiting(t, FILLS({ "reporter_kind", cases[i].kind }, { "behalf_name", "女儿" }));
		enum rc rc = town_try(t, id, "evaluate.answer", 0,
		                      FILLS({ "rater", cases[i].rater }, { "satisfaction", "satisfied" }, { "solved", "1" }, { "closing", "solved" }), &e);
		AUTO_FREE char *status = town_text(t, "SELECT status FROM issue WHERE id = :id", id);

		if (rc != cases[i].rc || strcmp(status, cases[i].status) != 0)
			fail_msg("%s rated by %s: %d %s, %s", cases[i].kind, cases[i].rater, rc, e.text, status);
	}
}

static void a_third_party_is_kept_beside_and_the_reporter_still_decides(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = waiting(t, NULL);

	town_take(t, id, "evaluate.answer", FILLS({ "rater", "third" }, { "satisfaction", "very_satisfied" }, { "solved", "1" }));
	assert_town_text(t, "SELECT satisfaction FROM issue WHERE id = :id", id, NULL);
	assert_refused(town_try(t, id, "evaluate.answer", 0, FILLS({ "rater", "third" }, { "satisfaction", "unreached" }), &e), RC_INVALID, "rater", "提事人");
	town_take(t, id, "evaluate.answer", FILLS({ "satisfaction", "dissatisfied" }, { "solved", "0" }));
	assert_town_text(t, "SELECT phase || satisfaction FROM issue WHERE id = :id", id, "actdissatisfied");
}

static void not_reached_is_counted_and_may_end_it_after_three_calls(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t id = waiting(t, NULL);

	for (int i = 0; i < 3; i++) {
		assert_refused(town_try(t, id, "evaluate.unreached", 0, FILLS({ "reason", "没人接" }), &e), RC_INVALID, "", "满 3 次");
		town_pass_minutes(t, 60);
		town_take(t, id, "evaluate.answer", FILLS({ "satisfaction", "unreached" }, { "answer_way", "phone" }));
		issue_release(&it);
		assert_ok(issue_load(&t->of, id, &it, &e));
		assert_int_equal(it.attempts, i + 1);
		assert_int_equal(it.step_due_day, TOWN_TODAY + 1);
		assert_int_equal(it.phase, PHASE_EVALUATE);
	}
	town_take(t, id, "evaluate.unreached", FILLS({ "reason", "三次没人接" }));
	assert_town_text(t, "SELECT status || closing || satisfaction FROM issue WHERE id = :id", id, "closedsolvedunreached");
	assert_town_text(t, "SELECT result || reason FROM phase WHERE issue_id = :id AND phase = 'evaluate'", id, "unreached三次没人接");
}

static void a_late_answer_still_counts_after_a_call_that_failed(void **state)
{
	struct town *t = *state;
	int64_t id = waiting(t, NULL);

	town_take(t, id, "evaluate.answer", FILLS({ "satisfaction", "unreached" }));
	town_take(t, id, "evaluate.answer", FILLS({ "satisfaction", "fair" }, { "solved", "1" }));
	assert_town_text(t, "SELECT status || closing || satisfaction FROM issue WHERE id = :id", id, "closedsolvedfair");
}

static void withdrawing_ends_it_wherever_it_stands(void **state)
{
	static const struct { const char *first, *status; } cases[] = { { NULL, "open" }, { "hold", "held" }, { "park", "parked" } };
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t id = town_raise(t, "水管漏水", NULL);

		town_as(t, HEAD);
		if (cases[i].first)
			town_take(t, id, cases[i].first, FILLS({ "reason", i == 1 ? "absent" : "policy" }, { "note", "等等看" }));
		assert_town_text(t, "SELECT status FROM issue WHERE id = :id", id, cases[i].status);
		town_as(t, DESK);
		town_take(t, id, "withdraw", FILLS({ "reason", "自己修好了" }));
		assert_town_text(t, "SELECT status || closing || phase FROM issue WHERE id = :id", id, "closedwithdrawntriage");
		assert_int_equal(town_int(t, "SELECT count(*) FROM suspension WHERE issue_id = :id AND ended_day IS NULL", id), 0);
	}
}

static void reopening_goes_back_to_where_work_was_done(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t id = waiting(t, NULL);

	town_take(t, id, "evaluate.answer", FILLS({ "satisfaction", "satisfied" }, { "solved", "1" }));
	town_set_day(t, "2027-03-01");
	assert_refused(town_try(t, id, "reopen", 0, FILLS({ "reason", "又漏了" }), &e), RC_DENIED, "", "重开");
	town_as(t, HEAD);
	town_take(t, id, "reopen", FILLS({ "reason", "又漏了" }));
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.phase, PHASE_ACT);
	assert_int_equal(it.status, STATUS_OPEN);
	assert_int_equal(it.round, 2);
	assert_int_equal(it.reopened, 1);
	assert_int_equal(it.closed_at, 0);
	assert_string_equal(it.closing, "");
	assert_string_equal(it.satisfaction, "");
	assert_int_equal(it.due_day, day_from_civil(2027, 3, 8));
	assert_int_equal(it.open_actions, 1);
	assert_town_text(t, "SELECT reason FROM phase WHERE issue_id = :id AND closed_at IS NULL", id, "又漏了");
}

static void reopening_what_was_joined_or_refused_goes_to_triage(void **state)
{
	struct town *t = *state;
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };
	int64_t target = town_raise(t, "楼上漏水", NULL), id = town_raise(t, "水管漏水", FILLS({ "reporter_id", NULL, t->li }));

	town_as(t, HEAD);
	town_take(t, id, "triage.join", FILLS({ "joined_id", NULL, target }));
	town_take(t, id, "reopen", FILLS({ "reason", "不是同一件" }));
	assert_ok(issue_load(&t->of, id, &it, &e));
	assert_int_equal(it.phase, PHASE_TRIAGE);
	assert_int_equal(it.joined_id, 0);
	assert_int_equal(it.accepted_at, 0);
	assert_int_equal(it.round, 2);
	assert_int_equal(it.step_due_day, TOWN_TODAY + 1);
	town_take(t, id, "triage.accept", NULL);
	town_take(t, id, "triage.direct", NULL);
	assert_int_equal(town_int(t, "SELECT round FROM action WHERE issue_id = :id", id), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(the_answer_decides),
		TOWN_TEST(dissatisfaction_begins_a_new_round_with_its_own_deadline),
		TOWN_TEST(the_handler_does_not_answer_for_the_reporter),
		TOWN_TEST(a_third_party_is_kept_beside_and_the_reporter_still_decides),
		TOWN_TEST(not_reached_is_counted_and_may_end_it_after_three_calls),
		TOWN_TEST(a_late_answer_still_counts_after_a_call_that_failed),
		TOWN_TEST(withdrawing_ends_it_wherever_it_stands),
		TOWN_TEST(reopening_goes_back_to_where_work_was_done),
		TOWN_TEST(reopening_what_was_joined_or_refused_goes_to_triage),
	};

	return cmocka_run_group_tests_name("domain-flow-evaluate", tests, NULL, NULL);
}
