/* 议题 merged, split, withdrawn, taken up again. */
#include "agenda_town.h"

#include <stdlib.h>

#include "base/mem.h"

/* Merging ------------------------------------------------------------------------------------------------------------------------- */

static void merging_links_everything_to_the_survivor_and_loses_nothing(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	AUTO_FREE char *before = NULL;
	struct agenda_item from, into;
	struct err e = { 0 };
	int64_t first_issue, second_issue, first = agenda_deliberated(t, "加装电梯", FILLS({ "urgency", "urgent" }), &first_issue), second;

	town_pass_minutes(t, 30);
	second = agenda_deliberated(t, "3幢电梯", NULL, &second_issue);
	agenda_support(t, first_issue, t->li);
	agenda_support(t, second_issue, t->zhang);
	agenda_support(t, second_issue, t->li);
	agenda_party(t, first, t->li, NULL);
	agenda_party(t, first, t->zhang, NULL);
	agenda_party(t, first, 0, "顺安物业");
	agenda_party(t, second, t->li, "李老师");
	agenda_party(t, second, 0, "顺安物业");
	agenda_way(t, first, "加装");
	agenda_way(t, first, "不加装");
	agenda_way(t, second, "加装");
	town_write(t, "UPDATE agenda_item SET property = 1 WHERE id = :id", first);
	before = agenda_snapshot(t);
	assert_ok(agenda_merge(&t->of, first, second, &e));
	agenda_get(t, first, &a, &from);
	agenda_get(t, second, &a, &into);
	assert_int_equal(from.state, AGENDA_MERGED);
	assert_int_equal(from.merged_id, second);
	assert_string_equal(from.merged, "YT-20261124-002");
	assert_int_equal(from.n_issues, 1);
	assert_int_equal(from.n_interests, 3);
	assert_int_equal(from.n_alternatives, 2);
	assert_int_equal(into.state, AGENDA_POOL);
	assert_int_equal(into.n_issues, 2);
	assert_int_equal(into.supporters, 3);
	assert_int_equal(into.n_interests, 3);
	assert_string_equal(into.interests[0].name, "李老师");
	assert_string_equal(into.interests[1].name, "顺安物业");
	assert_string_equal(into.interests[2].name, "张三");
	assert_int_equal(into.n_alternatives, 2);
	assert_string_equal(into.alternatives[1].text, "不加装");
	assert_int_equal(into.alternatives[1].position, 2);
	/* as pressing, as old, as much common property as the more so of both */
	assert_string_equal(into.urgency, "urgent");
	assert_int_equal(into.at, t->now - 30 * 60000);
	assert_true(into.property);
	assert_string_equal(into.title, "3幢电梯");
	town_undo(t);
	assert_agenda_unchanged(t, before);
}

static void merging_refuses_what_is_no_merge(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *before = NULL;
	struct err e = { 0 };
	int64_t first = agenda_question(t, "建凉亭"), second = agenda_question(t, "修路"), third = agenda_question(t, "种树");

	agenda_schedule(t, third);
	before = agenda_snapshot(t);
	assert_refused(agenda_merge(&t->of, first, first, &e), RC_INVALID, "", "不能并入自己");
	assert_refused(agenda_merge(&t->of, first, 4711, &e), RC_NOTFOUND, "", "没有这件议题");
	assert_refused(agenda_merge(&t->of, 4711, first, &e), RC_NOTFOUND, "", "没有这件议题");
	assert_refused(agenda_merge(&t->of, third, first, &e), RC_INVALID, "", "已排入 YS-20261124-01 2026-11-28，不能合并");
	assert_refused(agenda_merge(&t->of, first, third, &e), RC_INVALID, "", "请先从那次会议的议程撤下");
	assert_agenda_unchanged(t, before);
	assert_ok(agenda_merge(&t->of, first, second, &e));
	assert_refused(agenda_merge(&t->of, second, first, &e), RC_INVALID, "", "YT-20261124-001 已并入 YT-20261124-002");
}

/* Splitting ----------------------------------------------------------------------------------------------------------------------- */

static enum rc try_split(struct town *t, int64_t id, const char *title, const int64_t *issues, size_t n, int64_t *made, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	record_init(&r, form_find(t->of.forms, "agenda_item"));
	town_fill(t, &r, FILLS({ "title", title }));
	if ((rc = agenda_split(&t->of, id, &r, issues, n, e)) == RC_OK && made)
		*made = r.id;
	return rc;
}

/* An item for two issues: of `first` and of another one. */
static int64_t item_of_two(struct town *t, int64_t *first, int64_t *second)
{
	struct err e = { 0 };
	int64_t a = agenda_deliberated(t, "加装电梯", FILLS({ "urgency", "urgent" }), first), b = agenda_deliberated(t, "楼道灯", NULL, second);

	assert_ok(agenda_merge(&t->of, b, a, &e));
	return a;
}

static void splitting_moves_the_chosen_issues(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	AUTO_FREE char *before = NULL;
	struct agenda_item old, new;
	struct err e = { 0 };
	int64_t first, second, id = item_of_two(t, &first, &second), made = 0;

	agenda_support(t, second, t->zhang);
	agenda_party(t, id, t->li, NULL);
	agenda_way(t, id, "加装");
	before = agenda_snapshot(t);
	town_pass_minutes(t, 30);
	assert_ok(try_split(t, id, "楼道灯另议", &second, 1, &made, &e));
	agenda_get(t, id, &a, &old);
	agenda_get(t, made, &a, &new);
	assert_string_equal(new.number, "YT-20261124-003");
	assert_int_equal(new.split_id, id);
	assert_string_equal(new.title, "楼道灯另议");
	assert_string_equal(new.urgency, "urgent");
	assert_string_equal(new.proposer, "王秀英");
	assert_string_equal(new.grid, "03");
	assert_int_equal(new.at, old.at);
	assert_int_equal(new.supporters, 1);
	assert_int_equal(new.n_issues, 1);
	assert_int_equal(new.issues[0].id, second);
	assert_int_equal(new.n_interests, 1);
	assert_int_equal(new.n_alternatives, 0);
	assert_int_equal(old.supporters, 0);
	assert_int_equal(old.n_issues, 1);
	assert_int_equal(old.issues[0].id, first);
	assert_int_equal(old.n_alternatives, 1);
	town_undo(t);
	assert_agenda_unchanged(t, before);
}

static void splitting_without_a_choice_keeps_all_links_in_both(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct agenda_item old, new;
	struct err e = { 0 };
	int64_t first, second, id = item_of_two(t, &first, &second), made = 0;

	agenda_way(t, id, "加装");
	assert_ok(try_split(t, id, "费用分摊", NULL, 0, &made, &e));
	agenda_get(t, id, &a, &old);
	agenda_get(t, made, &a, &new);
	assert_int_equal(old.n_issues, 2);
	assert_int_equal(new.n_issues, 2);
	assert_int_equal(new.n_alternatives, 1);
	/* one of them is withdrawn: the issues still wait in the other */
	town_as(t, HEAD);
	assert_ok(agenda_withdraw(&t->of, made, "合在一起议", &e));
	assert_int_equal(town_int(t, "SELECT count(*) FROM issue WHERE phase = 'deliberate'", 0), 2);
	/* an issue that goes leaves both */
	town_undo(t);
	town_take(t, first, "withdraw", FILLS({ "reason", "不装了" }));
	agenda_get(t, id, &a, &old);
	agenda_get(t, made, &a, &new);
	assert_int_equal(old.n_issues, 1);
	assert_int_equal(new.n_issues, 1);
}

static void splitting_refuses_what_leaves_nothing(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *before = NULL;
	struct err e = { 0 };
	int64_t first, second, id = item_of_two(t, &first, &second), foreign, other = agenda_deliberated(t, "停车收费", NULL, &foreign);

	before = agenda_snapshot(t);
	assert_refused(try_split(t, id, "全移走", (int64_t[]){ first, second }, 2, NULL, &e), RC_INVALID, "", "至少要留下一件");
	assert_refused(try_split(t, id, "别人的", &foreign, 1, NULL, &e), RC_INVALID, "", "不在 YT-20261124-001 里");
	assert_refused(try_split(t, id, "选两次", (int64_t[]){ second, second }, 2, NULL, &e), RC_INVALID, "", "选了两次");
	assert_refused(try_split(t, id, NULL, &second, 1, NULL, &e), RC_INVALID, "title", "");
	assert_refused(try_split(t, 4711, "没有", NULL, 0, NULL, &e), RC_NOTFOUND, "", "没有这件议题");
	assert_agenda_unchanged(t, before);
	agenda_schedule(t, other);
	assert_refused(try_split(t, other, "已排期", NULL, 0, NULL, &e), RC_INVALID, "", "不能拆分");
}

/* Withdrawing, and again ---------------------------------------------------------------------------------------------------------- */

static void withdrawing_sends_open_issues_back_with_the_reason(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	AUTO_FREE char *before = NULL;
	struct agenda_item it;
	struct err e = { 0 };
	int64_t first, second, id = item_of_two(t, &first, &second);

	town_as(t, HEAD);
	before = agenda_snapshot(t);
	assert_ok(agenda_withdraw(&t->of, id, "业委会已自行协商", &e));
	agenda_get(t, id, &a, &it);
	assert_int_equal(it.state, AGENDA_WITHDRAWN);
	assert_string_equal(it.body, "两边说法不一");
	assert_string_equal(it.withdrawn_why, "业委会已自行协商");
	assert_int_equal(it.n_issues, 2);
	assert_int_equal(town_int(t, "SELECT count(*) FROM issue WHERE phase = 'triage' AND status = 'open'", 0), 2);
	assert_town_text(t, "SELECT reason || result FROM phase WHERE issue_id = :id AND phase = 'deliberate'", second, "业委会已自行协商back");
	assert_refused(agenda_withdraw(&t->of, id, "再来一次", &e), RC_INVALID, "", "现在是「撤销」");
	town_undo(t);
	assert_agenda_unchanged(t, before);
}

static void withdrawing_needs_a_reason_and_somebody_who_may_send_back(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *before = NULL;
	struct err e = { 0 };
	int64_t issue, id = agenda_deliberated(t, "加装电梯", NULL, &issue), own = agenda_question(t, "建凉亭"), fixed = agenda_question(t, "修路");
	char text[3 * 501 + 1] = "";

	for (int i = 0; i < 501; i++)
		memcpy(text + 3 * i, "长", 4);
	agenda_schedule(t, fixed);
	before = agenda_snapshot(t);
	assert_refused(agenda_withdraw(&t->of, id, NULL, &e), RC_INVALID, "why", "请写明");
	assert_refused(agenda_withdraw(&t->of, id, "", &e), RC_INVALID, "why", "请写明");
	assert_refused(agenda_withdraw(&t->of, id, "　　　", &e), RC_INVALID, "why", "请写明");
	assert_refused(agenda_withdraw(&t->of, id, "不", &e), RC_INVALID, "why", "至少 2 个字");
	assert_refused(agenda_withdraw(&t->of, id, text, &e), RC_INVALID, "why", "不超过 500");
	assert_refused(agenda_withdraw(&t->of, fixed, "不议了", &e), RC_INVALID, "", "已排入 YS-20261124-01");
	/* the desk may not send an issue back to 理事, nor another grid's worker */
	assert_refused(agenda_withdraw(&t->of, id, "不议了", &e), RC_DENIED, "", "理事");
	town_as(t, GRID5);
	assert_refused(agenda_withdraw(&t->of, id, "不议了", &e), RC_DENIED, "", "03网格");
	assert_agenda_unchanged(t, before);
	town_as(t, DESK);
	assert_ok(agenda_withdraw(&t->of, own, "不议了", &e));
	assert_town_text(t, "SELECT state || withdrawn_why || (body IS NULL) FROM agenda_item WHERE id = :id", own, "withdrawn不议了1");
}

static void what_failed_comes_into_the_pool_again(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *before = NULL;
	struct err e = { 0 };
	int64_t first, second, id = item_of_two(t, &first, &second), fresh = agenda_question(t, "建凉亭");

	assert_refused(agenda_again(&t->of, fresh, &e), RC_INVALID, "", "现在是「待议」，不能再议");
	town_write(t, "UPDATE agenda_item SET meeting_id = 900 WHERE id = :id", id);
	agenda_fail(t, id);
	town_as(t, HEAD);
	town_take(t, second, "deliberate.back", FILLS({ "reason", "灯已修好" }));
	before = agenda_snapshot(t);
	assert_ok(agenda_again(&t->of, id, &e));
	assert_town_text(t, "SELECT state || coalesce(meeting_id, '-') || coalesce(settled_at, '-') FROM agenda_item WHERE id = :id", id, "pool--");
	assert_int_equal(town_int(t, "SELECT issue_id FROM agenda_issue WHERE agenda_item_id = :id AND deleted_at IS NULL", id), first);
	town_undo(t);
	assert_agenda_unchanged(t, before);
}

static void what_has_no_issue_in_deliberation_is_not_taken_up_again(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t issue, id = agenda_deliberated(t, "加装电梯", NULL, &issue), own = agenda_question(t, "建凉亭");

	agenda_fail(t, id);
	agenda_fail(t, own);
	town_as(t, HEAD);
	assert_ok(agenda_again(&t->of, own, &e));
	town_take(t, issue, "deliberate.back", FILLS({ "reason", "不装了" }));
	assert_refused(agenda_again(&t->of, id, &e), RC_INVALID, "", "都已不在议事");
	/* sent to 议事 once more, it waits in an item of its own */
	town_take(t, issue, "triage.deliberate", FILLS({ "reason", "又要装" }));
	assert_refused(agenda_again(&t->of, id, &e), RC_INVALID, "", "都已不在议事");
	assert_town_text(t, "SELECT state FROM agenda_item WHERE id = :id", id, "failed");
}

static void a_failed_item_may_be_given_up(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t issue, id = agenda_deliberated(t, "加装电梯", NULL, &issue);

	agenda_fail(t, id);
	town_as(t, GRID3);
	assert_ok(agenda_withdraw(&t->of, id, "条件不成熟", &e));
	assert_town_text(t, "SELECT phase FROM issue WHERE id = :id", issue, "triage");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(merging_links_everything_to_the_survivor_and_loses_nothing),
		TOWN_TEST(merging_refuses_what_is_no_merge),
		TOWN_TEST(splitting_moves_the_chosen_issues),
		TOWN_TEST(splitting_without_a_choice_keeps_all_links_in_both),
		TOWN_TEST(splitting_refuses_what_leaves_nothing),
		TOWN_TEST(withdrawing_sends_open_issues_back_with_the_reason),
		TOWN_TEST(withdrawing_needs_a_reason_and_somebody_who_may_send_back),
		TOWN_TEST(what_failed_comes_into_the_pool_again),
		TOWN_TEST(what_has_no_issue_in_deliberation_is_not_taken_up_again),
		TOWN_TEST(a_failed_item_may_be_given_up),
	};

	return cmocka_run_group_tests_name("domain-agenda-move", tests, NULL, NULL);
}
