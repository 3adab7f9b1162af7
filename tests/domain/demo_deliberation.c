/* The demo's 议事 and 定事: as many as the seed says, sums that are right, steps that agree with their records, and a few known faults. */
#include "domain/demo.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/ballot.h"
#include "domain/office.h"
#include "domain/review.h"
#include "demo_fixture.h"
#include "store/stmt.h"
#include "test.h"

#define SETTLED "SELECT count(*) FROM agenda_item WHERE state IN ('passed', 'failed') /*scan*/"
#define DISPUTES "SELECT count(*) FROM issue WHERE category GLOB 'dispute*' AND closing = 'solved' /*scan*/"

/* What a newcomer is shown. */
static void a_small_demo_has_something_of_every_state(void **state)
{
	static const struct question questions[] = {
		{ SETTLED, 24, 24 }, { DISPUTES, 14, 20 }, { "SELECT count(*) FROM meeting", 10, 18 },
		{ "SELECT count(DISTINCT status) FROM meeting /*scan*/", 6, 6 },
		{ "SELECT count(*) FROM agenda_item AS i WHERE state = 'pool' AND EXISTS (SELECT 1 FROM interest WHERE agenda_item_id = i.id)"
		  " AND EXISTS (SELECT 1 FROM alternative WHERE agenda_item_id = i.id) /*scan*/", 5, 5 },
		{ "SELECT count(*) FROM meeting AS m JOIN account ON account.id = m.recorder_id WHERE m.status = 'announced' AND m.day = " TODAY
		  " AND m.announced_day <= m.day - 3 AND account.login = 'desk' AND (SELECT count(*) FROM attendee WHERE meeting_id = m.id AND invited = 1"
		  " AND present_at IS NULL) = 12 AND (SELECT count(*) FROM agenda_slot WHERE meeting_id = m.id AND outcome IS NULL) = 3 /*scan*/", 1, 1 },
		{ "SELECT count(*) FROM meeting WHERE status = 'ended' AND minutes IS NULL AND confirmed_at IS NULL /*scan*/", 1, 1 },
		{ "SELECT count(*) FROM decision WHERE state = 'draft' /*scan*/", 1, MANY }, { "SELECT count(*) FROM decision WHERE state = 'submitted' /*scan*/", 2, MANY },
		{ "SELECT count(*) FROM decision WHERE state = 'returned' AND approved_note IS NOT NULL /*scan*/", 1, MANY },
		{ "SELECT count(*) FROM decision AS d JOIN notice ON notice.decision_id = d.id WHERE d.state = 'approved' AND d.acted_at IS NULL"
		  " AND " TODAY " BETWEEN from_day AND to_day AND NOT EXISTS (SELECT 1 FROM objection WHERE notice_id = notice.id AND state = 'open') /*scan*/", 1, MANY },
		{ "SELECT count(*) FROM objection WHERE state = 'open' /*scan*/", 1, MANY },
		{ "SELECT count(*) FROM decision WHERE state = 'approved' AND acted_at IS NOT NULL /*scan*/", 5, MANY },
	};
	struct office_fixture *x = *state;

	open_demo(x, "demo.db", 7, DEMO_SMALL);
	ask(x, questions, COUNT(questions));
}

/* The same arithmetic as in the room. */
static void check_ballots(struct office_fixture *x)
{
	AUTO_STMT q = stmt_use(x->of.st, "SELECT way, rule, present_n, for_n, against_n, abstain_n, recused_n, invalid_n, all_households, for_households,"
	                                 " against_households, all_area, for_area, against_area, result FROM ballot /*scan*/");
	struct err e = { 0 };
	bool row;

	while (stmt_step(&q, &row, &e) == RC_OK && row) {
		const struct ballot_count count = {
			.way = ballot_way_from_key(column_text(&q, 0)), .rule = ballot_rule_from_key(column_text(&q, 1)), .present = column_int(&q, 2),
			.for_n = column_int(&q, 3), .against_n = column_int(&q, 4), .abstain_n = column_int(&q, 5), .recused_n = column_int(&q, 6),
			.invalid_n = column_int(&q, 7), .all_households = column_int(&q, 8), .for_households = column_int(&q, 9),
			.against_households = column_int(&q, 10), .all_area = column_int(&q, 11), .for_area = column_int(&q, 12), .against_area = column_int(&q, 13),
		};

		assert_ok(ballot_check(&count, &e));
		assert_string_equal(column_text(&q, 14), ballot_passes(&count) ? "passed" : "failed");
	}
	assert_true(count_rows(x, "SELECT count(*) FROM ballot WHERE result = 'passed' /*scan*/") > 10);
}

static void check_meetings(struct office_fixture *x)
{
	static const char *const wrong[] = {
		"SELECT count(*) FROM ballot AS b JOIN agenda_slot AS s ON s.id = b.agenda_slot_id WHERE b.way <> 'inquiry' AND b.present_n <>"
		" (SELECT count(*) FROM attendee WHERE meeting_id = s.meeting_id AND present_at IS NOT NULL) /*scan*/",
		"SELECT count(*) FROM ballot AS b WHERE recused_n <> (SELECT count(*) FROM recusal WHERE agenda_slot_id = b.agenda_slot_id) /*scan*/",
		"SELECT count(*) FROM ballot WHERE teller IS NULL OR supervisor IS NULL OR teller = supervisor /*scan*/",
		"SELECT count(*) FROM opinion AS o JOIN attendee ON attendee.id = o.attendee_id WHERE attendee.present_at IS NULL OR o.text IS NULL /*scan*/",
		"SELECT count(*) FROM recusal AS r JOIN agenda_slot AS s ON s.id = r.agenda_slot_id JOIN attendee ON attendee.id = r.attendee_id"
		" WHERE attendee.meeting_id <> s.meeting_id OR attendee.present_at IS NULL OR r.reason IS NULL /*scan*/",
		"SELECT count(*) FROM meeting WHERE begin_min >= end_min OR end_min >= 1440 OR host IS NULL OR recorder_id IS NULL /*scan*/",
		"SELECT count(*) FROM meeting WHERE status = 'confirmed' AND (minutes IS NULL OR confirmed_at IS NULL OR ended_at IS NULL) /*scan*/",
		"SELECT count(*) FROM meeting WHERE status IN ('ended', 'confirmed', 'running') AND day > " TODAY " /*scan*/",
		"SELECT count(*) FROM meeting AS m WHERE (SELECT count(*) FROM attendee WHERE meeting_id = m.id) NOT BETWEEN 6 AND 26 /*scan*/",
		"SELECT count(*) FROM (SELECT 1 FROM attendee WHERE resident_id IS NOT NULL GROUP BY meeting_id, resident_id HAVING count(*) > 1) /*scan*/",
		"SELECT count(*) FROM (SELECT 1 FROM agenda_slot AS s JOIN agenda_item AS i ON i.id = s.agenda_item_id"
		" GROUP BY s.meeting_id, i.title HAVING count(*) > 1) /*scan*/",
		"SELECT count(*) FROM agenda_slot AS s JOIN agenda_item AS i ON i.id = s.agenda_item_id WHERE s.at <= i.at /*scan*/",
		"SELECT count(*) FROM (SELECT 1 FROM meeting GROUP BY number HAVING count(*) > 1) /*scan*/",
	};

	none(x, wrong, COUNT(wrong));
}

/* What is open stands in the step that its item and its decision say; what is closed has been there. */
static void check_steps(struct office_fixture *x)
{
#define OF_ITEM " FROM agenda_item AS i JOIN agenda_issue AS a ON a.agenda_item_id = i.id JOIN issue ON issue.id = a.issue_id WHERE a.deleted_at IS NULL AND "
	static const char *const wrong[] = {
		"SELECT count(*)" OF_ITEM "i.state IN ('pool', 'scheduled') AND (issue.phase <> 'deliberate' OR issue.status = 'closed') /*scan*/",
		"SELECT count(*)" OF_ITEM "i.state = 'passed' AND issue.phase NOT IN ('decide', 'act', 'evaluate') /*scan*/",
		"SELECT count(*)" OF_ITEM "i.state = 'passed' AND (issue.phase = 'decide') <> (NOT EXISTS (SELECT 1 FROM decision AS d"
		" WHERE d.agenda_item_id = i.id AND d.acted_at IS NOT NULL)) /*scan*/",
		"SELECT count(*)" OF_ITEM "i.state = 'passed' AND NOT EXISTS (SELECT 1 FROM phase AS p WHERE p.issue_id = issue.id AND p.phase = 'deliberate'"
		" AND p.result = 'passed' AND p.closed_at = i.settled_at) /*scan*/",
		"SELECT count(*)" OF_ITEM "i.state IN ('failed', 'withdrawn') AND issue.phase IN ('decide') /*scan*/",
		"SELECT count(*) FROM issue AS i WHERE status <> 'closed' AND (SELECT count(*) FROM phase AS p WHERE p.issue_id = i.id AND p.phase = i.phase"
		" AND p.closed_at IS NULL) <> 1 /*scan*/",
		"SELECT count(*) FROM phase AS p JOIN issue ON issue.id = p.issue_id WHERE p.closed_at IS NULL AND issue.status = 'closed' /*scan*/",
		"SELECT count(*) FROM phase AS p WHERE p.closed_at < p.opened_at OR p.closed_at > 1000 * unixepoch('2026-11-24 16:00:00') /*scan*/",
		"SELECT count(*) FROM agenda_slot AS s JOIN agenda_item AS i ON i.id = s.agenda_item_id"
		" WHERE s.outcome IN ('passed', 'failed') AND (i.state <> s.outcome OR i.meeting_id <> s.meeting_id) /*scan*/",
		"SELECT count(*) FROM agenda_item AS i WHERE state = 'passed' AND NOT EXISTS (SELECT 1 FROM agenda_slot AS s JOIN ballot AS b"
		" ON b.agenda_slot_id = s.id WHERE s.agenda_item_id = i.id AND b.result = 'passed') /*scan*/",
	};

	none(x, wrong, COUNT(wrong));
}

static void check_decisions(struct office_fixture *x)
{
	static const char *const wrong[] = {
		"SELECT count(*) FROM (SELECT 1 FROM decision WHERE deleted_at IS NULL GROUP BY agenda_item_id HAVING count(*) > 1) /*scan*/",
		"SELECT count(*) FROM decision AS d JOIN agenda_item AS i ON i.id = d.agenda_item_id WHERE i.state <> 'passed' OR i.meeting_id <> d.meeting_id /*scan*/",
		"SELECT count(*) FROM decision WHERE approved_by = author_id OR (state = 'approved') <> (approved_at IS NOT NULL) /*scan*/",
		"SELECT count(*) FROM decision WHERE submitted_at < at OR approved_at < submitted_at OR acted_at < approved_at /*scan*/",
		"SELECT count(*) FROM decision AS d WHERE acted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM notice AS n WHERE n.decision_id = d.id"
		" AND n.to_day - n.from_day = 6 AND (n.to_day + 1) * 86400000 - 8 * 3600000 <= d.acted_at) /*scan*/",
		"SELECT count(*) FROM decision AS d JOIN notice AS n ON n.decision_id = d.id JOIN objection AS o ON o.notice_id = n.id"
		" WHERE d.acted_at IS NOT NULL AND o.state NOT IN ('dismissed', 'withdrawn') /*scan*/",
		"SELECT count(*) FROM decision_task AS t JOIN decision AS d ON d.id = t.decision_id WHERE (d.acted_at IS NOT NULL) <> (t.action_id IS NOT NULL) /*scan*/",
		"SELECT count(*) FROM decision_task AS t LEFT JOIN action ON action.id = t.action_id WHERE t.action_id IS NOT NULL AND action.title IS NOT t.title /*scan*/",
		"SELECT count(*) FROM decision WHERE (cost_fen > 0) <> (source IS NOT NULL) /*scan*/",
	};

	none(x, wrong, COUNT(wrong));
}

static void check_soundness(struct office_fixture *x)
{
	check_ballots(x);
	check_meetings(x);
	check_steps(x);
	check_decisions(x);
}

static void its_records_agree_at_any_seed(void **state)
{
	static const struct { const char *name; uint64_t seed; } seeds[] = { { "a.db", 1 }, { "b.db", 7 }, { "c.db", 2026 } };
	struct office_fixture *x = *state;

	for (size_t i = 0; i < COUNT(seeds); i++) {
		open_demo(x, seeds[i].name, seeds[i].seed, DEMO_SMALL);
		check_soundness(x);
	}
}

static size_t found_by(struct office_fixture *x, const char *name)
{
	const struct review_filter all = { .category = "", .from_day = DAY_NONE, .to_day = DAY_NONE };
	struct err e = { 0 };
	size_t i = 0, n;

	while (i < review_check_count() && strcmp(review_check_at(i)->name, name) != 0)
		i++;
	assert_true(i < review_check_count());
	assert_ok(review_count(&x->of, i, &all, &n, &e));
	return n;
}

/* Faults for the head to find: few of each, and none that is not meant. */
static void check_faults(struct office_fixture *x)
{
	static const struct { const char *name; size_t least, most; } faults[] = {
		{ "late", 1, 6 }, { "short", 1, 12 }, { "quorum", 1, 12 }, { "unrecused", 1, 15 }, { "untasked", 3, 20 }, { "unrated", 3, 20 },
		{ "skipped", 0, 0 }, { "unheard", 0, 0 },
	};

	act_as(x, ROLE_HEAD);
	for (size_t i = 0; i < COUNT(faults); i++) {
		size_t n = found_by(x, faults[i].name);

		if (n < faults[i].least || n > faults[i].most)
			fail_msg("%s: %zu", faults[i].name, n);
	}
}

static void a_community_has_the_seeds_figures_and_a_few_faults(void **state)
{
	static const struct question questions[] = {
		{ SETTLED, 600, 600 }, { DISPUTES, 350, 350 },
		{ "SELECT count(*) FROM agenda_item WHERE state IN ('passed', 'failed') AND settled_at < 1000 * unixepoch('2023-11-15') /*scan*/", 0, 0 },
		{ "SELECT count(DISTINCT kind) FROM meeting /*scan*/", 5, 5 }, { "SELECT count(DISTINCT level) FROM meeting /*scan*/", 3, 3 },
		{ "SELECT count(DISTINCT category) FROM attendee /*scan*/", 10, 15 }, { "SELECT count(DISTINCT text) FROM opinion /*scan*/", 60, MANY },
		{ "SELECT 100 * sum(state = 'passed') / count(*) FROM agenda_item WHERE state IN ('passed', 'failed') /*scan*/", 80, 95 },
		{ "SELECT 100 * sum((day + 3) % 7 > 4 OR begin_min >= 1080) / count(*) FROM meeting /*scan*/", 95, 100 },
	};
	struct office_fixture *x = *state;

	open_demo(x, "demo.db", 1, DEMO_COMMUNITY);
	ask(x, questions, COUNT(questions));
	check_soundness(x);
	check_faults(x);
}

/* Whatever belongs to 议事 and 定事, as one text. */
static char *content(struct office_fixture *x)
{
	static const char *const queries[] = {
		"SELECT group_concat(id || number || title || state || supporters || coalesce(settled_at, '')) FROM (SELECT * FROM agenda_item ORDER BY id) /*scan*/",
		"SELECT group_concat(id || number || title || day || begin_min || status || coalesce(minutes, '')) FROM (SELECT * FROM meeting ORDER BY id) /*scan*/",
		"SELECT group_concat(id || name || coalesce(present_at, '')) FROM (SELECT * FROM attendee ORDER BY id) /*scan*/",
		"SELECT group_concat(id || text || at) FROM (SELECT * FROM opinion ORDER BY id) /*scan*/",
		"SELECT group_concat(id || for_n || against_n || result || teller) FROM (SELECT * FROM ballot ORDER BY id) /*scan*/",
		"SELECT group_concat(id || number || text || cost_fen || coalesce(acted_at, '')) FROM (SELECT * FROM decision ORDER BY id) /*scan*/",
		"SELECT group_concat(id || text || state) FROM (SELECT * FROM objection ORDER BY id) /*scan*/",
	};
	AUTO_STRBUF all = { 0 };

	for (size_t i = 0; i < COUNT(queries); i++) {
		AUTO_FREE char *text = text_of(x, queries[i]);

		assert_true(text[0] != '\0');
		strbuf_add(&all, text);
	}
	return strbuf_take(&all);
}

static void the_same_seed_gives_the_same_meetings(void **state)
{
	struct office_fixture *x = *state;
	AUTO_FREE char *first = NULL;
	AUTO_FREE char *second = NULL;
	AUTO_FREE char *other = NULL;

	open_demo(x, "a.db", 7, DEMO_SMALL);
	first = content(x);
	open_demo(x, "b.db", 7, DEMO_SMALL);
	second = content(x);
	assert_string_equal(first, second);
	open_demo(x, "c.db", 8, DEMO_SMALL);
	other = content(x);
	assert_string_not_equal(first, other);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_fixture_setup, office_fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_small_demo_has_something_of_every_state),
		TEST(its_records_agree_at_any_seed),
		TEST(the_same_seed_gives_the_same_meetings),
		TEST(a_community_has_the_seeds_figures_and_a_few_faults),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
