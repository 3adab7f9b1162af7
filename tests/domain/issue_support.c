/* 附议: counted once each. */
#include "domain/issue.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "town.h"

static enum rc support(struct town *t, int64_t issue, const struct fill *fills, struct err *e)
{
	AUTO_RECORD r = { 0 };

	record_init(&r, form_find(t->of.forms, "support"));
	town_fill(t, &r, fills);
	return issue_support(&t->of, issue, &r, e);
}

static int supporters(struct town *t, int64_t id)
{
	AUTO_ISSUE it = { 0 };
	struct err e = { 0 };

	assert_ok(issue_load(&t->of, id, &it, &e));
	return it.supporters;
}

static void a_supporter_is_filled_in_and_counted(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	assert_int_equal(supporters(t, id), 0);
	assert_ok(support(t, id, FILLS({ "resident_id", NULL, t->li }, { "note", "我家也漏" }), &e));
	assert_ok(support(t, id, FILLS({ "name", "路过的人" }), &e));
	assert_ok(support(t, id, FILLS({ "name", "路过的人" }), &e));
	assert_int_equal(supporters(t, id), 3);
	assert_town_text(t, "SELECT name || phone || note FROM support WHERE issue_id = :id AND resident_id IS NOT NULL", id, "李建国13900001234我家也漏");
	assert_int_equal(town_int(t, "SELECT account_id FROM support WHERE issue_id = :id AND resident_id IS NOT NULL", id), t->accounts[DESK]);
	assert_int_equal(town_int(t, "SELECT min(at) FROM support WHERE issue_id = :id", id), t->now);
}

static void a_resident_supports_once_and_not_the_own_issue(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL), other;

	assert_ok(support(t, id, FILLS({ "resident_id", NULL, t->li }), &e));
	assert_refused(support(t, id, FILLS({ "resident_id", NULL, t->li }), &e), RC_INVALID, "resident_id", "已经附议过");
	assert_refused(support(t, id, FILLS({ "resident_id", NULL, t->wang }), &e), RC_INVALID, "resident_id", "就是提事人");
	assert_refused(support(t, id, NULL, &e), RC_INVALID, "resident_id", "选定附议人");
	assert_refused(support(t, id, FILLS({ "resident_id", NULL, 4711 }), &e), RC_INVALID, "resident_id", "重新选定");
	assert_refused(support(t, 4711, FILLS({ "resident_id", NULL, t->li }), &e), RC_NOTFOUND, "", "没有这件事项");
	other = town_raise(t, "路灯坏了", FILLS({ "reporter_id", NULL, t->zhang }));
	assert_ok(support(t, other, FILLS({ "resident_id", NULL, t->li }), &e));
	assert_int_equal(supporters(t, id), 1);
}

static void the_same_person_from_two_desks_counts_once(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = town_raise(t, "水管漏水", NULL);

	assert_ok(support(t, id, FILLS({ "resident_id", NULL, t->li }), &e));
	town_write(t, "INSERT INTO support (id, issue_id, resident_id, name) SELECT id + 1, :id, resident_id, name FROM support", id);
	assert_int_equal(supporters(t, id), 1);
}

static void a_closed_issue_says_what_to_do_instead(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t first = town_raise(t, "楼上漏水", NULL), second = town_raise(t, "水管漏水", NULL);

	town_as(t, HEAD);
	town_take(t, second, "triage.join", FILLS({ "joined_id", NULL, first }));
	assert_refused(support(t, second, FILLS({ "resident_id", NULL, t->li }), &e), RC_INVALID, "", "已并入 DH-20261124-001");
	town_take(t, first, "withdraw", FILLS({ "reason", "好了" }));
	assert_refused(support(t, first, FILLS({ "resident_id", NULL, t->li }), &e), RC_INVALID, "", "重新登记");
	town_as(t, ADMIN);
	assert_refused(support(t, first, FILLS({ "resident_id", NULL, t->li }), &e), RC_DENIED, "", "登记提事");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_supporter_is_filled_in_and_counted),
		TOWN_TEST(a_resident_supports_once_and_not_the_own_issue),
		TOWN_TEST(the_same_person_from_two_desks_counts_once),
		TOWN_TEST(a_closed_issue_says_what_to_do_instead),
	};

	return cmocka_run_group_tests_name("domain-issue-support", tests, NULL, NULL);
}
