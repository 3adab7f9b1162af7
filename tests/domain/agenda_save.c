/* 议题 written by hand, with parties and alternatives. */
#include "agenda_town.h"

#include <stdlib.h>

#include "base/mem.h"

/* By hand ------------------------------------------------------------------------------------------------------------------------- */

static void the_office_asks_a_question_of_its_own(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct agenda_item it;
	struct err e = { 0 };
	int64_t id;

	assert_ok(agenda_try_save(t, FILLS({ "title", "中心花园要不要建凉亭" }, { "urgency", "urgent" }, { "property", "是" }, { "proposer", "楼组长们" },
	                            { "body", "老人多" }, { "grid_id", NULL, t->grid5 }, { "number", "YT-1" }), 0, &id, &e));
	agenda_get(t, id, &a, &it);
	assert_string_equal(it.number, "YT-20261124-001");
	assert_string_equal(it.title, "中心花园要不要建凉亭");
	assert_string_equal(it.proposer, "楼组长们");
	assert_string_equal(it.grid, "05");
	assert_true(it.property);
	assert_int_equal(it.n_issues, 0);
	assert_int_equal(town_int(t, "SELECT account_id FROM agenda_item WHERE id = :id", id), t->accounts[DESK]);
	town_undo(t);
	agenda_get(t, id, &a, &it);
	assert_true(it.deleted);
	assert_string_equal(it.number, "YT-20261124-001");
}

static void a_change_keeps_the_number_and_guards_the_rev(void **state)
{
	struct town *t = *state;
	AUTO_RECORD mine = { 0 }, theirs = { 0 };
	struct err e = { 0 };
	int64_t id = agenda_question(t, "建凉亭");

	assert_ok(record_load(t->st, form_find(t->of.forms, "agenda_item"), id, &mine, &e));
	record_copy(&theirs, &mine);
	value_set_text(record_value(&theirs, "title"), "建凉亭和长椅");
	value_set_text(record_value(&theirs, "number"), "YT-9");
	assert_ok(agenda_save(&t->of, &theirs, 0, &e));
	assert_town_text(t, "SELECT number || title FROM agenda_item WHERE id = :id", id, "YT-20261124-001建凉亭和长椅");
	value_set_text(record_value(&mine, "title"), "不建");
	assert_code(agenda_save(&t->of, &mine, 0, &e), RC_CONFLICT);
	assert_town_text(t, "SELECT title FROM agenda_item WHERE id = :id", id, "建凉亭和长椅");
	assert_string_equal(record_text(&mine, "title"), "不建");
	town_undo(t);
	assert_town_text(t, "SELECT title FROM agenda_item WHERE id = :id", id, "建凉亭");
}

static void what_cannot_be_saved_is_refused_at_its_field(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *before = agenda_snapshot(t);
	struct err e = { 0 };

	assert_refused(agenda_try_save(t, FILLS({ "urgency", "normal" }), 0, NULL, &e), RC_INVALID, "title", "");
	assert_refused(agenda_try_save(t, FILLS({ "title", "建凉亭" }), 0, NULL, &e), RC_INVALID, "urgency", "");
	assert_refused(agenda_try_save(t, FILLS({ "title", "建凉亭" }, { "urgency", "normal" }, { "grid_id", NULL, 4711 }), 0, NULL, &e), RC_INVALID, "grid_id",
	               "网格不存在");
	assert_refused(agenda_try_save(t, FILLS({ "title", "建凉亭" }, { "urgency", "normal" }), 4711, NULL, &e), RC_NOTFOUND, "", "没有这件事项");
	assert_agenda_unchanged(t, before);
	/* a number that was taken and given back is not lost */
	agenda_question(t, "建凉亭");
	assert_town_text(t, "SELECT max(number) FROM agenda_item", 0, "YT-20261124-001");
}

static void an_item_for_an_issue_takes_what_is_left_blank_from_it(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct agenda_item it;
	struct err e = { 0 };
	int64_t issue, id = agenda_deliberated(t, "加装电梯", FILLS({ "urgency", "urgent" }), &issue), again;

	assert_refused(agenda_try_save(t, FILLS({ "title", "再来一件" }), issue, NULL, &e), RC_INVALID, "", "已列为议题 YT-20261124-001");
	/* one whose item is gone: it came before there was a pool */
	town_write(t, "UPDATE agenda_item SET deleted_at = 1 WHERE id = :id", id);
	assert_ok(agenda_try_save(t, FILLS({ "title", "电梯装不装" }), issue, &again, &e));
	agenda_get(t, again, &a, &it);
	assert_string_equal(it.title, "电梯装不装");
	assert_string_equal(it.body, "两边说法不一");
	assert_string_equal(it.proposer, "王秀英");
	assert_string_equal(it.urgency, "urgent");
	assert_string_equal(it.grid, "03");
	assert_int_equal(it.n_issues, 1);
}

static void only_issues_in_deliberation_become_items(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t raised = town_raise(t, "水管漏水", NULL), acted = town_raise(t, "水管漏水", NULL), closed = town_raise(t, "水管漏水", NULL);

	town_to_act(t, acted);
	town_as(t, HEAD);
	town_take(t, closed, "withdraw", FILLS({ "reason", "好了" }));
	assert_refused(agenda_try_save(t, FILLS({ "urgency", "normal" }), raised, NULL, &e), RC_INVALID, "", "现在是「待理事」");
	assert_refused(agenda_try_save(t, FILLS({ "urgency", "normal" }), acted, NULL, &e), RC_INVALID, "", "现在是「办事」");
	assert_refused(agenda_try_save(t, FILLS({ "urgency", "normal" }), closed, NULL, &e), RC_INVALID, "", "现在是「已结");
	town_write(t, "UPDATE issue SET deleted_at = 1 WHERE id = :id", raised);
	assert_refused(agenda_try_save(t, FILLS({ "urgency", "normal" }), raised, NULL, &e), RC_NOTFOUND, "", "已删除");
	assert_int_equal(town_int(t, "SELECT count(*) FROM agenda_item", 0), 0);
}

static void settled_and_deleted_items_are_not_changed(void **state)
{
	static const struct { const char *set; enum rc rc; const char *words; } cases[] = {
		{ "state = 'passed'", RC_INVALID, "现在是「议定」，不能修改" },
		{ "state = 'failed'", RC_INVALID, "现在是「未通过」" },
		{ "state = 'withdrawn'", RC_INVALID, "现在是「撤销」" },
		{ "state = 'merged', merged_id = (SELECT max(id) FROM agenda_item)", RC_INVALID, "已并入 YT-20261124-002" },
		{ "deleted_at = 1", RC_NOTFOUND, "已删除" },
	};
	struct town *t = *state;
	int64_t id = agenda_question(t, "建凉亭"), way_id = agenda_way(t, id, "砖木"), other = agenda_question(t, "别的");

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *set = mem_format("UPDATE agenda_item SET %s WHERE id = :id", cases[i].set);
		AUTO_RECORD r = { 0 };
		struct err e = { 0 };

		town_write(t, "UPDATE agenda_item SET state = 'pool', merged_id = NULL, deleted_at = NULL WHERE id = :id", id);
		assert_ok(record_load(t->st, form_find(t->of.forms, "agenda_item"), id, &r, &e));
		town_write(t, set, id);
		assert_refused(agenda_save(&t->of, &r, 0, &e), cases[i].rc, "", cases[i].words);
		assert_refused(agenda_try_part(t, id, "alternative", FILLS({ "text", "钢构" }), NULL, &e), cases[i].rc, "", "");
		assert_refused(agenda_part_delete(&t->of, form_find(t->of.forms, "alternative"), way_id, "写错了", &e), cases[i].rc, "", "");
		assert_refused(agenda_merge(&t->of, id, other, &e), cases[i].rc, "", "");
		assert_refused(agenda_merge(&t->of, other, id, &e), cases[i].rc, "", "");
	}
	assert_int_equal(town_int(t, "SELECT count(*) FROM alternative WHERE deleted_at IS NULL", 0), 1);
}

static void roles_are_asked_first(void **state)
{
	static const struct { enum town_account who; bool edits, views; } cases[] = {
		{ DESK, true, true }, { GRID3, true, true }, { CANTEEN, false, true }, { PROJECT, true, true }, { HEAD, true, true }, { ADMIN, false, false },
	};
	struct town *t = *state;
	const struct form *form = form_find(t->of.forms, "alternative");
	int64_t id = agenda_question(t, "建凉亭"), other = agenda_question(t, "修路"), way_id = agenda_way(t, id, "砖木");

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *before = agenda_snapshot(t);
		AUTO_ARENA a = { 0 };
		struct agenda_item it;
		struct err e = { 0 };
		const int64_t *ids;
		size_t n;

		town_as(t, cases[i].who);
		assert_code(agenda_load(&t->of, id, &a, &it, &e), cases[i].views ? RC_OK : RC_DENIED);
		assert_code(agenda_rank(&t->of, &a, &ids, &n, &e), cases[i].views ? RC_OK : RC_DENIED);
		if (cases[i].edits) {
			agenda_question(t, "什么都行");
			continue;
		}
		assert_refused(agenda_try_save(t, FILLS({ "title", "建凉亭" }, { "urgency", "normal" }), 0, NULL, &e), RC_DENIED, "", "筹备和记录议事");
		assert_code(agenda_try_part(t, id, "alternative", FILLS({ "text", "钢构" }), NULL, &e), RC_DENIED);
		assert_code(agenda_part_delete(&t->of, form, way_id, "写错了", &e), RC_DENIED);
		assert_code(agenda_merge(&t->of, id, other, &e), RC_DENIED);
		assert_code(agenda_merge(&t->of, id, id, &e), RC_DENIED);
		assert_code(agenda_withdraw(&t->of, id, "不议了", &e), RC_DENIED);
		assert_code(agenda_again(&t->of, id, &e), RC_DENIED);
		assert_agenda_unchanged(t, before);
	}
}

static void hostile_text_is_kept_as_text(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct agenda_item it;
	struct err e = { 0 };
	int64_t id;

	assert_ok(agenda_try_save(t, FILLS({ "title", "'); DROP TABLE agenda_item; --" }, { "urgency", "normal" }, { "proposer", "%s%n" }), 0, &id, &e));
	agenda_party(t, id, 0, "\" OR 1=1 --");
	assert_ok(agenda_withdraw(&t->of, id, "'||(SELECT 1)||' %s", &e));
	agenda_get(t, id, &a, &it);
	assert_string_equal(it.title, "'); DROP TABLE agenda_item; --");
	assert_string_equal(it.proposer, "%s%n");
	assert_string_equal(it.withdrawn_why, "'||(SELECT 1)||' %s");
	assert_string_equal(it.interests[0].name, "\" OR 1=1 --");
}

/* Parties and alternatives -------------------------------------------------------------------------------------------------------- */

static void a_party_is_named_once(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	AUTO_RECORD r = { 0 };
	struct agenda_item it;
	struct err e = { 0 };
	int64_t id = agenda_question(t, "建凉亭"), li = agenda_party(t, id, t->li, NULL);

	agenda_party(t, id, 0, "顺安物业");
	agenda_party(t, id, t->zhang, "老张");
	agenda_get(t, id, &a, &it);
	assert_int_equal(it.n_interests, 3);
	assert_string_equal(it.interests[0].name, "李建国");
	assert_int_equal(it.interests[0].resident_id, t->li);
	assert_string_equal(it.interests[1].name, "顺安物业");
	assert_string_equal(it.interests[2].name, "老张");
	assert_string_equal(it.interests[2].category, "resident");
	assert_string_equal(it.interests[2].stake, "挡光");
#define PARTY(...) FILLS({ "category", "resident" }, { "stake", "挡光" }, __VA_ARGS__)
	assert_refused(agenda_try_part(t, id, "interest", PARTY({ "resident_id", NULL, t->li }), NULL, &e), RC_INVALID, "resident_id", "李建国 已列为");
	assert_refused(agenda_try_part(t, id, "interest", PARTY({ "name", "顺安物业" }), NULL, &e), RC_INVALID, "name", "顺安物业 已列为");
	assert_refused(agenda_try_part(t, id, "interest", PARTY({ "name", "李建国" }), NULL, &e), RC_INVALID, "name", "已列为");
	assert_refused(agenda_try_part(t, id, "interest", PARTY({ "name", NULL }), NULL, &e), RC_INVALID, "resident_id", "请选定居民");
	assert_refused(agenda_try_part(t, id, "interest", PARTY({ "resident_id", NULL, 4711 }), NULL, &e), RC_INVALID, "resident_id", "合并或删除");
	/* a namesake is somebody else */
	agenda_party(t, id, t->wang, "李建国");
	/* and the own row may be changed */
	assert_ok(record_load(t->st, form_find(t->of.forms, "interest"), li, &r, &e));
	value_set_text(record_value(&r, "stake"), "挡风");
	assert_ok(agenda_part_save(&t->of, id, &r, &e));
	assert_town_text(t, "SELECT stake || (agenda_item_id IS NOT NULL) FROM interest WHERE id = :id", li, "挡风1");
	town_undo(t);
	assert_town_text(t, "SELECT stake FROM interest WHERE id = :id", li, "挡光");
}

static void alternatives_are_counted_and_stand_in_their_order(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct agenda_item it;
	struct err e = { 0 };
	int64_t id = agenda_question(t, "建凉亭"), first = agenda_way(t, id, "砖木凉亭");
	const struct form *form = form_find(t->of.forms, "alternative");

	assert_ok(agenda_try_part(t, id, "alternative", FILLS({ "text", "不建" }, { "objection", "老人没处坐" }, { "households", "80" }), NULL, &e));
	agenda_get(t, id, &a, &it);
	assert_int_equal(it.n_alternatives, 2);
	assert_int_equal(it.alternatives[0].position, 1);
	assert_int_equal(it.alternatives[0].cost_fen, 120000);
	assert_int_equal(it.alternatives[0].households, -1);
	assert_string_equal(it.alternatives[0].objection, "");
	assert_int_equal(it.alternatives[1].position, 2);
	assert_int_equal(it.alternatives[1].cost_fen, -1);
	assert_int_equal(it.alternatives[1].households, 80);
	assert_string_equal(it.alternatives[1].objection, "老人没处坐");
	assert_refused(agenda_part_delete(&t->of, form, first, " ", &e), RC_INVALID, "why", "理由");
	assert_ok(agenda_part_delete(&t->of, form, first, "写重了", &e));
	assert_refused(agenda_part_delete(&t->of, form, first, "写重了", &e), RC_NOTFOUND, "", "不在了");
	agenda_get(t, id, &a, &it);
	assert_int_equal(it.n_alternatives, 1);
	town_undo(t);
	agenda_get(t, id, &a, &it);
	assert_int_equal(it.n_alternatives, 2);
}

static void parts_belong_to_one_item(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 }, issue = { 0 };
	struct err e = { 0 };
	int64_t id = agenda_question(t, "建凉亭"), other = agenda_question(t, "修路"), way_id = agenda_way(t, id, "砖木");

	assert_ok(record_load(t->st, form_find(t->of.forms, "alternative"), way_id, &r, &e));
	assert_refused(agenda_part_save(&t->of, other, &r, &e), RC_NOTFOUND, "", "YT-20261124-002 没有这条备选方案");
	record_init(&issue, form_find(t->of.forms, "issue"));
	assert_refused(agenda_part_save(&t->of, id, &issue, &e), RC_INVALID, "", "不是议题的一部分");
	assert_refused(agenda_part_delete(&t->of, form_find(t->of.forms, "issue"), way_id, "试试", &e), RC_INVALID, "", "不是议题的一部分");
	assert_refused(agenda_try_part(t, 4711, "alternative", FILLS({ "text", "钢构" }), NULL, &e), RC_NOTFOUND, "", "没有这件议题");
	assert_refused(agenda_try_part(t, id, "alternative", FILLS({ "cost_fen", "5" }), NULL, &e), RC_INVALID, "text", "");
}

static void what_was_voted_on_stays_as_it_was_read_out(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	int64_t id = agenda_question(t, "建凉亭"), voted = agenda_way(t, id, "砖木"), free_way = agenda_way(t, id, "不建");
	const struct form *form = form_find(t->of.forms, "alternative");

	agenda_schedule(t, id);
	town_write(t, "INSERT INTO ballot (id, agenda_slot_id, alternative_id) SELECT 77, max(agenda_slot.id), :id FROM agenda_slot", voted);
	assert_refused(agenda_part_delete(&t->of, form, voted, "写错了", &e), RC_INVALID, "", "已经表决过");
	assert_ok(record_load(t->st, form, voted, &r, &e));
	value_set_text(record_value(&r, "text"), "钢构");
	assert_refused(agenda_part_save(&t->of, id, &r, &e), RC_INVALID, "", "已经表决过");
	assert_ok(agenda_part_delete(&t->of, form, free_way, "没人提", &e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(the_office_asks_a_question_of_its_own),
		TOWN_TEST(a_change_keeps_the_number_and_guards_the_rev),
		TOWN_TEST(what_cannot_be_saved_is_refused_at_its_field),
		TOWN_TEST(an_item_for_an_issue_takes_what_is_left_blank_from_it),
		TOWN_TEST(only_issues_in_deliberation_become_items),
		TOWN_TEST(settled_and_deleted_items_are_not_changed),
		TOWN_TEST(roles_are_asked_first),
		TOWN_TEST(hostile_text_is_kept_as_text),
		TOWN_TEST(a_party_is_named_once),
		TOWN_TEST(alternatives_are_counted_and_stand_in_their_order),
		TOWN_TEST(parts_belong_to_one_item),
		TOWN_TEST(what_was_voted_on_stays_as_it_was_read_out),
	};

	return cmocka_run_group_tests_name("domain-agenda-save", tests, NULL, NULL);
}
