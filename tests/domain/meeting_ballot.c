/* 表决: what is filled in, what is refused, what follows. */
#include "domain/meeting.h"

#include <stdio.h>
#include <stdlib.h>

#include "room.h"
#include "store/journal.h"

static void assert_item(struct town *t, int64_t item, const char *state)
{
	assert_town_text(t, "SELECT state FROM agenda_item WHERE id = :id", item, state);
}

static enum phase phase_of(struct town *t, int64_t issue)
{
	AUTO_FREE char *key = town_text(t, "SELECT phase FROM issue WHERE id = :id", issue);

	return phase_from_key(key);
}

static void what_is_known_is_filled_in(void **state)
{
	struct town *t = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	struct room c;

	room_open(t, &c, 11);
	assert_ok(room_try_recuse(t, c.slots[0], c.people[1], "住在一楼", &e));
	assert_ok(room_try_recuse(t, c.slots[0], c.people[2], "电梯公司职工", &e));
	assert_ok(meeting_sign(&t->of, c.people[2], false, &e));
	assert_ok(meeting_ballot_prefill(&t->of, c.slots[0], &r, &e));
	assert_string_equal(record_text(&r, "way"), "hand");
	assert_string_equal(record_text(&r, "rule"), "majority");
	assert_int_equal(record_number(&r, "present_n", -1), 10);
	assert_int_equal(record_number(&r, "recused_n", -1), 1);
	assert_int_equal(record_number(&r, "against_n", -1), 0);
	assert_int_equal(record_number(&r, "for_n", -1), -1);
	assert_string_equal(record_text(&r, "teller"), "");
	assert_ok(room_try_ballot(t, c.slots[1], NULL, NULL, &e));
	town_write(t, "UPDATE agenda_item SET property = 1 WHERE id = :id", c.items[2]);
	assert_ok(meeting_ballot_prefill(&t->of, c.slots[2], &r, &e));
	assert_string_equal(record_text(&r, "teller"), "沈明");
	assert_string_equal(record_text(&r, "supervisor"), "陆芳");
	assert_string_equal(record_text(&r, "rule"), "double");
	assert_int_equal(record_number(&r, "recused_n", -1), 0);
}

static void a_passed_ballot_settles_the_item_and_moves_its_issue_on(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	struct room c;
	bool passed = false;

	room_open(t, &c, 12);
	town_pass_minutes(t, 20);
	assert_ok(room_try_ballot(t, c.slots[0], NULL, &passed, &e));
	assert_true(passed);
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.slots[0].outcome, SLOT_PASSED);
	assert_int_equal(m.slots[0].begun_at, t->now);
	assert_int_equal(m.slots[0].n_ballots, 1);
	assert_true(m.slots[0].ballots[0].passed);
	assert_string_equal(m.slots[0].ballots[0].teller, "沈明");
	assert_string_equal(m.slots[0].ballots[0].alternative, "");
	assert_int_equal(m.slots[0].ballots[0].count.present, 12);
	assert_int_equal(m.slots[0].ballots[0].count.for_n, 8);
	assert_int_equal(m.slots[0].ballots[0].count.against_n, 4);
	assert_int_equal(m.slots[0].ballots[0].count.recused_n, 0);
	assert_item(t, c.items[0], "passed");
	assert_int_equal(town_int(t, "SELECT settled_at FROM agenda_item WHERE id = :id", c.items[0]), t->now);
	assert_int_equal(town_int(t, "SELECT meeting_id FROM agenda_item WHERE id = :id", c.items[0]), c.meeting);
	assert_int_equal(phase_of(t, c.issues[0]), PHASE_DECIDE);
	assert_int_equal(phase_of(t, c.issues[1]), PHASE_DELIBERATE);
	assert_int_equal(town_int(t, "SELECT account_id FROM ballot WHERE agenda_slot_id = :id", c.slots[0]), t->accounts[DESK]);
	assert_refused_untouched(room_try_ballot(t, c.slots[0], NULL, NULL, &e), RC_INVALID, "", "已经是「通过」");
	assert_refused_untouched(room_try_opinion(t, c.slots[0], c.people[0], NULL, FILLS({ "stance", "oppose" }), &e), RC_INVALID, "", "已经是「通过」");
}

static void a_failed_ballot_leaves_the_item_open_for_another(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;
	bool passed = true;

	room_open(t, &c, 12);
	assert_ok(room_try_ballot(t, c.slots[0], FILLS({ "for_n", "6" }, { "against_n", "6" }), &passed, &e));
	assert_false(passed);
	assert_item(t, c.items[0], "scheduled");
	assert_int_equal(phase_of(t, c.issues[0]), PHASE_DELIBERATE);
	assert_ok(room_try_ballot(t, c.slots[0], FILLS({ "for_n", "7" }, { "against_n", "5" }), &passed, &e));
	assert_true(passed);
	assert_item(t, c.items[0], "passed");
	assert_int_equal(town_int(t, "SELECT count(*) FROM ballot WHERE agenda_slot_id = :id", c.slots[0]), 2);
}

static void what_does_not_add_up_is_refused_at_its_field(void **state)
{
	static const struct { struct fill fills[4]; const char *field, *words; } cases[] = {
		{ { { "for_n", NULL } }, "for_n", "赞成" },
		{ { { "for_n", "13" }, { "against_n", "0" } }, "for_n", "多于参加的 11 人" },
		{ { { "for_n", "7" } }, "for_n", "少于参加的 11 人" },
		{ { { "present_n", "13" }, { "for_n", "10" } }, "present_n", "签到的有 11 人，这里写了 13 人" },
		{ { { "present_n", "10" }, { "for_n", "7" } }, "present_n", "签到的有 11 人" },
		{ { { "recused_n", "0" }, { "against_n", "3" } }, "recused_n", "登记回避的有 1 人，这里写了 0 人" },
		{ { { "recused_n", "2" }, { "against_n", "1" } }, "recused_n", "登记回避的有 1 人，这里写了 2 人" },
		{ { { "teller", NULL } }, "teller", "计票人" },
		{ { { "supervisor", NULL } }, "supervisor", "监票人" },
		{ { { "supervisor", "沈明" } }, "supervisor", "不能是同一个人" },
		{ { { "way", NULL } }, "way", "方式" },
		{ { { "rule", NULL } }, "rule", "规则" },
		{ { { "rule", "double" } }, "all_households", "总户数" },
		{ { { "way", "paper" }, { "invalid_n", "1" } }, "for_n", "多于参加的" },
		{ { { "way", "inquiry" }, { "present_n", NULL }, { "recused_n", NULL } }, "present_n", "" },
	};
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;

	room_open(t, &c, 11);
	assert_ok(room_try_recuse(t, c.slots[0], c.people[1], "住在一楼", &e));
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused_untouched(room_try_ballot(t, c.slots[0], cases[i].fills, NULL, &e), RC_INVALID, cases[i].field, cases[i].words);
	assert_ok(room_try_ballot(t, c.slots[0], FILLS({ "present_n", NULL }, { "recused_n", NULL }), NULL, &e));
	assert_town_text(t, "SELECT present_n || '/' || recused_n || '/' || invalid_n FROM ballot WHERE agenda_slot_id = :id", c.slots[0], "11/1/0");
}

static void without_a_quorum_nobody_votes(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;

	room_open(t, &c, 4);
	assert_refused_untouched(room_try_ballot(t, c.slots[0], NULL, NULL, &e), RC_INVALID, "rule",
	                         "到会 4 人，不足应到 12 人的法定人数 7 人（应到人数过半），不能表决；可记为再议");
	for (int i = 4; i < 7; i++)
		assert_ok(meeting_sign(&t->of, c.people[i], true, &e));
	assert_ok(room_try_ballot(t, c.slots[0], NULL, NULL, &e));
	/* doors are asked, not people in the room */
	for (int i = 0; i < 7; i++)
		assert_ok(meeting_sign(&t->of, c.people[i], false, &e));
	assert_ok(room_try_ballot(t, c.slots[1], FILLS({ "way", "inquiry" }, { "present_n", "60" }, { "recused_n", NULL }, { "for_n", "40" },
	                                                  { "against_n", "5" }), NULL, &e));
}

static void common_property_needs_the_double_majority(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;
	bool passed;

	room_open(t, &c, 12);
	town_write(t, "UPDATE agenda_item SET property = 1 WHERE id = :id", c.items[0]);
	assert_refused_untouched(room_try_ballot(t, c.slots[0], FILLS({ "rule", "majority" }), NULL, &e), RC_INVALID, "rule", "户数和面积双过半");
	assert_ok(room_try_ballot(t, c.slots[0], FILLS({ "all_households", "30" }, { "for_households", "18" }, { "against_households", "4" },
	                                                  { "all_area", "3000" }, { "for_area", "1700" }, { "against_area", "400" }), &passed, &e));
	assert_true(passed);
	assert_item(t, c.items[0], "passed");
}

/* 22 of 30 take part, 11 are for: half of them is not enough, though only 4 are against. */
static void who_abstains_takes_part_in_the_double_majority(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;
	bool passed;

	room_open(t, &c, 12);
	town_write(t, "UPDATE agenda_item SET property = 1 WHERE id = :id", c.items[0]);
	assert_ok(room_try_ballot(t, c.slots[0], FILLS({ "all_households", "30" }, { "for_households", "11" }, { "against_households", "4" },
	                                                  { "abstain_households", "7" }, { "all_area", "3000" }, { "for_area", "1700" },
	                                                  { "against_area", "400" }, { "abstain_area", "0" }), &passed, &e));
	assert_false(passed);
	assert_town_text(t, "SELECT abstain_households || ' ' || abstain_area FROM ballot WHERE agenda_slot_id = :id", c.slots[0], "7 0");
}

/* A draft keeps only what was voted on: by that the vote is found again, as long as the item is talked about. */
static void what_is_voted_on_is_found_by_its_id(void **state)
{
	struct town *t = *state;
	struct ballot_question on = { 0 };
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct room c;

	room_open(t, &c, 12);
	town_write(t, "INSERT INTO alternative (id, agenda_item_id, position, text) VALUES (71, :id, 1, '贯通式电梯')", c.items[0]);
	assert_ok(meeting_ballot_question(&t->of, c.slots[0], &a, &on, &e));
	assert_true(on.slot_id == c.slots[0] && on.alternative_id == 0);
	assert_ok(meeting_ballot_question(&t->of, 71, &a, &on, &e));
	assert_true(on.slot_id == c.slots[0] && on.alternative_id == 71);
	assert_string_equal(on.text, "贯通式电梯");
	town_write(t, "UPDATE agenda_slot SET outcome = 'deferred' WHERE id = :id", c.slots[0]);
	assert_refused(meeting_ballot_question(&t->of, 71, &a, &on, &e), RC_NOTFOUND, "", "不议这个方案");
	assert_refused(meeting_ballot_question(&t->of, 4711, &a, &on, &e), RC_NOTFOUND, "", "");
}

static void an_alternative_is_one_of_the_item(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	struct meeting m;
	struct room c;
	bool passed = false;

	room_open(t, &c, 12);
	town_write(t, "INSERT INTO alternative (id, agenda_item_id, position, text) VALUES (71, :id, 1, '贯通式电梯')", c.items[0]);
	town_write(t, "INSERT INTO alternative (id, agenda_item_id, position, text) VALUES (72, :id, 1, '慢充桩')", c.items[1]);
	assert_ok(meeting_ballot_prefill(&t->of, c.slots[0], &r, &e));
	town_fill(t, &r, FILLS({ "for_n", "12" }, { "teller", "沈明" }, { "supervisor", "陆芳" }));
	assert_refused_untouched(meeting_ballot(&t->of, c.slots[0], 72, &r, &passed, &e), RC_NOTFOUND, "", "没有这个方案");
	assert_refused_untouched(meeting_ballot(&t->of, 4711, 71, &r, &passed, &e), RC_NOTFOUND, "", "议程里没有");
	assert_false(passed);
	assert_int_equal(r.id, 0);
	assert_ok(meeting_ballot(&t->of, c.slots[0], 71, &r, &passed, &e));
	assert_true(passed);
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_string_equal(m.slots[0].ballots[0].alternative, "贯通式电梯");
	assert_refused_untouched(meeting_ballot(&t->of, c.slots[0], 71, &r, &passed, &e), RC_INVALID, "", "不再修改");
}

static void what_was_closed_meanwhile_is_not_voted_on(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	struct room c;
	int64_t other;

	room_open(t, &c, 12);
	/* by another site: here it would have taken its item off the agenda */
	town_write(t, "UPDATE issue SET status = 'closed', closing = 'withdrawn', closed_at = 1 WHERE id = :id", c.issues[0]);
	assert_refused_untouched(room_try_ballot(t, c.slots[0], NULL, NULL, &e), RC_INVALID, "", "DH-20261124-001 已经结案");
	/* a vote against it changes nothing about the issue */
	assert_ok(room_try_ballot(t, c.slots[0], FILLS({ "for_n", "2" }, { "against_n", "10" }), NULL, &e));
	/* another issue of the item is open */
	room_item(t, "4幢也要电梯", &other);
	{
		AUTO_FREE char *sql = mem_format("UPDATE agenda_issue SET agenda_item_id = %lld WHERE issue_id = :id", (long long)c.items[0]);

		town_write(t, sql, other);
	}
	assert_ok(room_try_ballot(t, c.slots[0], NULL, NULL, &e));
	assert_int_equal(phase_of(t, other), PHASE_DECIDE);
	/* one without any issue */
	town_write(t, "UPDATE agenda_issue SET deleted_at = 1 WHERE issue_id = :id", c.issues[1]);
	assert_ok(room_try_ballot(t, c.slots[1], NULL, NULL, &e));
	assert_item(t, c.items[1], "passed");
	/* the item itself was withdrawn */
	town_write(t, "UPDATE agenda_item SET state = 'withdrawn' WHERE id = :id", c.items[2]);
	assert_refused_untouched(room_try_ballot(t, c.slots[2], NULL, NULL, &e), RC_INVALID, "", "不能表决；请记为再议");
	assert_ok(meeting_settle(&t->of, c.slots[2], SLOT_DEFERRED, &e));
	assert_item(t, c.items[2], "withdrawn");
}

static void an_item_that_is_withdrawn_while_people_talk_keeps_its_record(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct meeting m;
	struct room c;

	room_open(t, &c, 12);
	assert_ok(room_try_opinion(t, c.slots[0], c.people[0], NULL, FILLS({ "stance", "support" }), &e));
	town_as(t, HEAD);
	town_take(t, c.issues[0], "withdraw", FILLS({ "reason", "不装了" }));
	town_take(t, c.issues[1], "withdraw", FILLS({ "reason", "不装了" }));
	town_as(t, DESK);
	assert_refused_untouched(room_try_ballot(t, c.slots[0], NULL, NULL, &e), RC_INVALID, "", "不能表决；请记为再议");
	/* nobody had spoken on the second one */
	assert_refused_untouched(room_try_ballot(t, c.slots[1], NULL, NULL, &e), RC_NOTFOUND, "", "议程里没有");
	room_end(t, c.meeting, 2);
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.n_slots, 2);
	assert_int_equal(m.slots[0].n_opinions, 1);
	assert_int_equal(m.slots[0].outcome, SLOT_DEFERRED);
	assert_int_equal(m.slots[1].position, 2);
	assert_item(t, c.items[0], "withdrawn");
	assert_item(t, c.items[1], "withdrawn");
}

static void a_ballot_is_undone_with_all_that_followed(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	AUTO_FREE char *done = NULL;
	struct err e = { 0 };
	struct meeting m;
	struct room c;

	room_open(t, &c, 12);
	assert_ok(room_try_ballot(t, c.slots[0], NULL, NULL, &e));
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	assert_item(t, c.items[0], "scheduled");
	assert_int_equal(phase_of(t, c.issues[0]), PHASE_DELIBERATE);
	assert_ok(meeting_load(&t->of, c.meeting, &a, &m, &e));
	assert_int_equal(m.slots[0].n_ballots, 0);
	assert_int_equal(m.slots[0].outcome, SLOT_OPEN);
	assert_int_equal(m.slots[0].begun_at, 0);
	assert_ok(room_try_ballot(t, c.slots[0], NULL, NULL, &e));
	assert_item(t, c.items[0], "passed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(what_is_known_is_filled_in),
		TOWN_TEST(what_is_voted_on_is_found_by_its_id),
		TOWN_TEST(a_passed_ballot_settles_the_item_and_moves_its_issue_on),
		TOWN_TEST(a_failed_ballot_leaves_the_item_open_for_another),
		TOWN_TEST(what_does_not_add_up_is_refused_at_its_field),
		TOWN_TEST(without_a_quorum_nobody_votes),
		TOWN_TEST(common_property_needs_the_double_majority),
		TOWN_TEST(who_abstains_takes_part_in_the_double_majority),
		TOWN_TEST(an_alternative_is_one_of_the_item),
		TOWN_TEST(what_was_closed_meanwhile_is_not_voted_on),
		TOWN_TEST(an_item_that_is_withdrawn_while_people_talk_keeps_its_record),
		TOWN_TEST(a_ballot_is_undone_with_all_that_followed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
