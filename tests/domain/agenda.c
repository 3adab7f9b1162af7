/* 议题 come from 理事 and go with their issues; the pool as a list, and its ranking. */
#include "agenda_town.h"

#include <stdlib.h>

#include "base/mem.h"
#include "domain/deliberation_choice.h"

/* From 理事 ----------------------------------------------------------------------------------------------------------------------- */

static void states_are_read_back(void **state)
{
	(void)state;
	for (enum agenda_state s = 0; s < AGENDA_STATE_COUNT; s++)
		assert_int_equal(agenda_state_from_key(agenda_state_key(s)), s);
	assert_string_equal(agenda_state_key(AGENDA_POOL), "pool");
	assert_string_equal(agenda_state_key(AGENDA_STATE_COUNT), "");
	assert_int_equal(agenda_state_from_key("gone"), AGENDA_STATE_COUNT);
	assert_int_equal(agenda_state_from_key(NULL), AGENDA_STATE_COUNT);
}

static void sending_an_issue_to_deliberation_makes_its_item(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct agenda_item it;
	int64_t issue, id = agenda_deliberated(t, "加装电梯", FILLS({ "urgency", "urgent" }), &issue);

	agenda_get(t, id, &a, &it);
	assert_string_equal(it.number, "YT-20261124-001");
	assert_string_equal(it.title, "加装电梯");
	assert_string_equal(it.body, "两边说法不一");
	assert_string_equal(it.proposer, "王秀英");
	assert_string_equal(it.urgency, "urgent");
	assert_string_equal(it.grid, "03");
	assert_int_equal(it.state, AGENDA_POOL);
	assert_false(it.property);
	assert_false(it.deleted);
	assert_int_equal(it.at, t->now);
	assert_int_equal(it.supporters, 0);
	assert_int_equal(it.meeting_id, 0);
	assert_string_equal(it.meeting, "");
	assert_string_equal(it.merged, "");
	assert_int_equal(it.n_issues, 1);
	assert_int_equal(it.issues[0].id, issue);
	assert_string_equal(it.issues[0].number, "DH-20261124-001");
	assert_string_equal(it.issues[0].title, "加装电梯");
	assert_false(it.issues[0].closed);
	assert_int_equal(it.n_interests + it.n_alternatives, 0);
	agenda_support(t, issue, t->li);
	agenda_support(t, issue, t->zhang);
	agenda_get(t, id, &a, &it);
	assert_int_equal(it.supporters, 2);
}

static void who_asked_not_to_be_named_is_not_named(void **state)
{
	static const struct { const char *kind, *publicity, *name, *wanted; } cases[] = {
		{ "self", "internal", NULL, "王秀英" },
		{ "self", "secret", NULL, "王**" },
		{ "self", "public", "欧阳小明", "欧阳小明" },
		{ "self", "public", "一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五" },
		{ "anonymous", "internal", NULL, "匿名" },
		{ "anonymous", "secret", NULL, "匿名" },
		{ "behalf", "secret", "赵六", "赵**" },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t id = agenda_deliberated(t, "加装电梯", FILLS({ "reporter_kind", cases[i].kind }, { "publicity", cases[i].publicity },
			{ "reporter_id", NULL, cases[i].name || strcmp(cases[i].kind, "anonymous") == 0 ? 0 : t->wang }, { "reporter_name", cases[i].name },
			{ "behalf_name", strcmp(cases[i].kind, "behalf") == 0 ? "孙七" : NULL }), NULL);

		assert_town_text(t, "SELECT proposer FROM agenda_item WHERE id = :id", id, cases[i].wanted);
	}
}

static void undo_takes_the_item_back_with_the_step(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *before = NULL;
	int64_t issue = town_raise(t, "加装电梯", NULL);

	before = agenda_snapshot(t);
	town_as(t, HEAD);
	town_take(t, issue, "triage.deliberate", FILLS({ "reason", "一楼反对" }));
	town_undo(t);
	assert_agenda_unchanged(t, before);
	/* the number is used up */
	town_take(t, issue, "triage.deliberate", FILLS({ "reason", "一楼反对" }));
	assert_town_text(t, "SELECT group_concat(number) FROM agenda_item WHERE deleted_at IS NULL", 0, "YT-20261124-002");
}

static void an_issue_that_goes_back_ends_its_item(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *before = NULL;
	int64_t issue, id = agenda_deliberated(t, "加装电梯", NULL, &issue);

	before = agenda_snapshot(t);
	town_as(t, GRID3);
	town_take(t, issue, "deliberate.back", FILLS({ "reason", "已协商一致" }));
	assert_town_text(t, "SELECT state FROM agenda_item WHERE id = :id", id, "withdrawn");
	assert_int_equal(town_int(t, "SELECT settled_at FROM agenda_item WHERE id = :id", id), t->now);
	assert_town_text(t, "SELECT deleted_why FROM agenda_issue WHERE agenda_item_id = :id", id, "已协商一致");
	town_undo(t);
	assert_agenda_unchanged(t, before);
	town_take(t, issue, "deliberate.back", FILLS({ "reason", "已协商一致" }));
	/* and a second time it is another one */
	town_take(t, issue, "triage.deliberate", FILLS({ "reason", "又反悔了" }));
	assert_town_text(t, "SELECT number || body FROM agenda_item WHERE state = 'pool'", 0, "YT-20261124-002又反悔了");
}

static void an_issue_that_closes_leaves_the_others_in_the_item(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct agenda_item it;
	struct err e = { 0 };
	int64_t first, second, id = agenda_deliberated(t, "加装电梯", NULL, &first), other = agenda_deliberated(t, "装电梯", NULL, &second);

	town_as(t, HEAD);
	assert_ok(agenda_merge(&t->of, other, id, &e));
	agenda_support(t, first, t->li);
	town_take(t, first, "withdraw", FILLS({ "reason", "不装了" }));
	agenda_get(t, id, &a, &it);
	assert_int_equal(it.state, AGENDA_POOL);
	assert_int_equal(it.n_issues, 1);
	assert_int_equal(it.issues[0].id, second);
	assert_int_equal(it.supporters, 0);
	assert_town_text(t, "SELECT deleted_why FROM agenda_issue WHERE issue_id = :id", first, "诉求人撤回");
	/* the merged one is history: it keeps its link */
	town_take(t, second, "withdraw", FILLS({ "reason", "不装了" }));
	agenda_get(t, id, &a, &it);
	assert_int_equal(it.state, AGENDA_WITHDRAWN);
	assert_int_equal(it.n_issues, 0);
	agenda_get(t, other, &a, &it);
	assert_int_equal(it.state, AGENDA_MERGED);
	assert_int_equal(it.n_issues, 1);
	assert_true(it.issues[0].closed);
}

static void an_item_that_ends_leaves_the_agenda_of_its_meeting(void **state)
{
	struct town *t = *state;
	int64_t issue, id = agenda_deliberated(t, "加装电梯", NULL, &issue), kept_issue, kept = agenda_deliberated(t, "停车收费", NULL, &kept_issue);

	agenda_schedule(t, id);
	agenda_schedule(t, kept);
	town_as(t, HEAD);
	town_take(t, issue, "deliberate.back", FILLS({ "reason", "已协商一致" }));
	assert_town_text(t, "SELECT state || coalesce(meeting_id, '-') || withdrawn_why FROM agenda_item WHERE id = :id", id, "withdrawn-已协商一致");
	assert_town_text(t, "SELECT deleted_why FROM agenda_slot WHERE agenda_item_id = :id", id, "已协商一致");
	assert_town_text(t, "SELECT state FROM agenda_item WHERE id = :id", kept, "scheduled");
	assert_int_equal(town_int(t, "SELECT count(*) FROM agenda_slot WHERE agenda_item_id = :id AND deleted_at IS NULL", kept), 1);
}

static void what_was_settled_keeps_its_issue(void **state)
{
	static const char *const settled[] = { "passed", "failed" };
	struct town *t = *state;

	town_as(t, HEAD);
	for (size_t i = 0; i < COUNT(settled); i++) {
		AUTO_FREE char *sql = mem_format("UPDATE agenda_item SET state = '%s' WHERE id = :id", settled[i]);
		int64_t issue, id = agenda_deliberated(t, "加装电梯", NULL, &issue);

		town_write(t, sql, id);
		town_take(t, issue, "deliberate.back", FILLS({ "reason", "不再议了" }));
		assert_town_text(t, "SELECT state FROM agenda_item WHERE id = :id", id, settled[i]);
		assert_int_equal(town_int(t, "SELECT count(*) FROM agenda_issue WHERE agenda_item_id = :id AND deleted_at IS NULL", id), 1);
	}
}

/* The list ------------------------------------------------------------------------------------------------------------------------ */

static void the_list_shows_what_waits(void **state)
{
	static const char *const orders[] = { "rank", "at", "supporters", "number" };
	struct town *t = *state;
	AUTO_FREE char *at = mem_format("%lld", (long long)t->now);
	struct err e = { 0 };
	struct list *l;
	int64_t issue, id = agenda_deliberated(t, "加装电梯", FILLS({ "urgency", "urgent" }), &issue), gone = agenda_question(t, "建凉亭");

	agenda_support(t, issue, t->li);
	agenda_way(t, id, "加装");
	agenda_way(t, id, "不加装");
	town_write(t, "UPDATE agenda_item SET deleted_at = 1 WHERE id = :id", gone);
	assert_ok(list_open(&l, t->st, agenda_list_spec(), &e));
	for (size_t i = 0; i < COUNT(orders); i++) {
		const struct list_filter filter = { .where = "state = 'pool'" };
		const char *const wanted[] = { "YT-20261124-001", "加装电梯", "urgent", "1", at, "pool", "2", "03" };

		assert_ok(list_query(l, &filter, 1, (struct list_order){ orders[i], true }, 0, &e));
		assert_int_equal(list_count(l), 1);
		assert_ok(list_prepare(l, 0, 1, &e));
		assert_int_equal(agenda_list_spec()->n_columns, COUNT(wanted));
		for (size_t k = 0; k < COUNT(wanted); k++)
			assert_string_equal(list_text(l, 0, k), wanted[k]);
	}
	list_close(l);
}

/* What was voted down long ago, with issues that ended since, isn't waiting. */
static void what_failed_waits_as_long_as_an_issue_does(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct list *l;
	int64_t issue, failed = agenda_deliberated(t, "加装电梯", NULL, &issue), waits = agenda_deliberated(t, "建凉亭", NULL, NULL);

	agenda_fail(t, agenda_question(t, "办公室自己的问题"));
	agenda_schedule(t, failed);
	agenda_fail(t, failed);
	assert_ok(list_open(&l, t->st, agenda_list_spec(), &e));
	assert_ok(list_query(l, &agenda_open_filter, 1, (struct list_order){ "rank", false }, 0, &e));
	assert_int_equal(list_count(l), 2);
	assert_int_equal(list_id(l, 0), failed);
	town_take(t, issue, "withdraw", FILLS({ "reason", "不要了" }));
	assert_ok(list_reload(l, 0, &e));
	assert_int_equal(list_count(l), 1);
	assert_int_equal(list_id(l, 0), waits);
	list_close(l);
}

static void the_pool_is_ranked_by_urgency_then_support_then_age(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	int64_t issue, old = agenda_deliberated(t, "旧的", NULL, NULL), wanted[6];
	const int64_t *ids;
	size_t n;

	assert_ok(agenda_rank(&t->of, &a, &ids, &n, &e));
	assert_int_equal(n, 1);
	town_pass_minutes(t, 5);
	wanted[4] = agenda_deliberated(t, "新的", NULL, NULL);
	wanted[3] = old;
	wanted[2] = agenda_deliberated(t, "有人附议", NULL, &issue);
	agenda_support(t, issue, t->li);
	wanted[1] = agenda_deliberated(t, "急的", FILLS({ "urgency", "urgent" }), NULL);
	wanted[0] = agenda_deliberated(t, "应急的", FILLS({ "urgency", "emergency" }), NULL);
	town_pass_minutes(t, 5);
	wanted[5] = agenda_question(t, "最新的");
	agenda_schedule(t, agenda_question(t, "排了期的"));
	agenda_fail(t, agenda_question(t, "没通过的"));
	assert_ok(agenda_rank(&t->of, &a, &ids, &n, &e));
	assert_int_equal(n, COUNT(wanted));
	for (size_t i = 0; i < n; i++)
		assert_int_equal(ids[i], wanted[i]);
}

static void what_is_not_there_is_said_so(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct agenda_item it;
	struct err e = { 0 };
	const int64_t *ids;
	size_t n = 99;

	assert_refused(agenda_load(&t->of, 4711, &a, &it, &e), RC_NOTFOUND, "", "没有这件议题");
	assert_refused(agenda_load(&t->of, 0, &a, &it, &e), RC_NOTFOUND, "", "没有这件议题");
	assert_refused(agenda_again(&t->of, -1, &e), RC_NOTFOUND, "", "没有这件议题");
	assert_ok(agenda_rank(&t->of, &a, &ids, &n, &e));
	assert_int_equal(n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states_are_read_back),
		TOWN_TEST(sending_an_issue_to_deliberation_makes_its_item),
		TOWN_TEST(who_asked_not_to_be_named_is_not_named),
		TOWN_TEST(undo_takes_the_item_back_with_the_step),
		TOWN_TEST(an_issue_that_goes_back_ends_its_item),
		TOWN_TEST(an_issue_that_closes_leaves_the_others_in_the_item),
		TOWN_TEST(an_item_that_ends_leaves_the_agenda_of_its_meeting),
		TOWN_TEST(what_was_settled_keeps_its_issue),
		TOWN_TEST(the_list_shows_what_waits),
		TOWN_TEST(what_failed_waits_as_long_as_an_issue_does),
		TOWN_TEST(the_pool_is_ranked_by_urgency_then_support_then_age),
		TOWN_TEST(what_is_not_there_is_said_so),
	};

	return cmocka_run_group_tests_name("domain-agenda", tests, NULL, NULL);
}
