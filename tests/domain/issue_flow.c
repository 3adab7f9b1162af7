/* The flow: every step by every role, in and out of its place, stale, undone; what each does is in the tests of its own file. */
#include "domain/issue_flow.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "store/journal.h"
#include "town.h"

/* Where an issue can stand, and how it gets there. */
enum standing_at { AT_TRIAGE, AT_DELIBERATE, AT_ACT, AT_ACT_READY, AT_EVALUATE, AT_TRIED, AT_HELD, AT_PARKED, AT_ASKED, AT_CLOSED, AT_REFUSED, STANDINGS };

static void finish_tasks(struct town *t, int64_t id)
{
	struct err e = { 0 };

	assert_ok(town_try(t, id, "act.progress", town_int(t, "SELECT id FROM action WHERE issue_id = :id", id),
	                   FILLS({ "text", "好了" }, { "status", "done" }), &e));
}

static void try_thrice(struct town *t, int64_t id)
{
	for (int i = 0; i < 3; i++)
		town_take(t, id, "evaluate.answer", FILLS({ "satisfaction", "unreached" }));
}

static int64_t stand(struct town *t, enum standing_at at)
{
	enum town_account before = t->who;
	int64_t id;

	town_as(t, DESK);
	id = town_raise(t, "水管漏水", NULL);
	town_as(t, HEAD);
	switch (at) {
	case AT_TRIAGE:     break;
	case AT_DELIBERATE: town_take(t, id, "triage.deliberate", FILLS({ "reason", "几户意见不一" })); break;
	case AT_ACT:        town_to_act(t, id); break;
	case AT_ACT_READY:  town_to_act(t, id); finish_tasks(t, id); break;
	case AT_EVALUATE:   town_to_evaluate(t, id); break;
	case AT_TRIED:      town_to_evaluate(t, id); try_thrice(t, id); break;
	case AT_HELD:       town_to_act(t, id); town_take(t, id, "hold", FILLS({ "reason", "weather" }, { "note", "下雨" })); break;
	case AT_PARKED:     town_take(t, id, "park", FILLS({ "reason", "money" }, { "note", "没钱" })); break;
	case AT_ASKED:      town_as(t, GRID3); town_to_act(t, id); town_take(t, id, "extension.ask", FILLS({ "workdays", "3" }, { "reason", "等配件" })); break;
	case AT_CLOSED:     town_to_evaluate(t, id); town_take(t, id, "evaluate.answer", FILLS({ "satisfaction", "satisfied" }, { "solved", "1" })); break;
	case AT_REFUSED:    town_take(t, id, "triage.refuse", FILLS({ "reason", "不归社区管" }, { "answer_way", "phone" })); break;
	default:            fail();
	}
	town_as(t, before);
	return id;
}

/* One good way to take each step. `target`: the id that it wants is looked up by this. */
struct way {
	const char *step;
	enum standing_at at;
	enum phase phase;             /* where the issue is afterwards */
	enum issue_status status;
	const char *target;
	struct fill fills[8];
};
#define ACTION_OF "SELECT id FROM action WHERE issue_id = :id"

static const struct way ways[] = {
	{ "triage.accept", AT_TRIAGE, PHASE_TRIAGE, STATUS_OPEN, NULL, { { "answer_way", "window" } } },
	{ "triage.direct", AT_TRIAGE, PHASE_ACT, STATUS_OPEN, NULL, { { "text", "上门看看" } } },
	{ "triage.refer", AT_TRIAGE, PHASE_ACT, STATUS_OPEN, NULL, { { "unit_in_charge", "平湖市综合行政执法局" }, { "text", "占道" }, { "promised_day", "+3" } } },
	{ "triage.deliberate", AT_TRIAGE, PHASE_DELIBERATE, STATUS_OPEN, NULL, { { "reason", "涉及多户" } } },
	{ "triage.join", AT_TRIAGE, PHASE_TRIAGE, STATUS_CLOSED, NULL, { { "reason", "同一件事" } } },
	{ "triage.refuse", AT_TRIAGE, PHASE_TRIAGE, STATUS_CLOSED, NULL, { { "reason", "不归社区管" }, { "answer_way", "phone" } } },
	{ "deliberate.back", AT_DELIBERATE, PHASE_TRIAGE, STATUS_OPEN, NULL, { { "reason", "不用议了" } } },
	{ "act.progress", AT_ACT, PHASE_ACT, STATUS_OPEN, ACTION_OF, { { "text", "已上门" }, { "status", "doing" }, { "progress", "30" } } },
	{ "act.task", AT_ACT, PHASE_ACT, STATUS_OPEN, NULL, { { "title", "再查一遍" } } },
	{ "act.change", AT_ACT, PHASE_ACT, STATUS_OPEN, ACTION_OF, { { "title", "修水管" } } },
	{ "act.assign", AT_ACT, PHASE_ACT, STATUS_OPEN, NULL, { { "reason", "换人" } } },
	{ "act.done", AT_ACT_READY, PHASE_EVALUATE, STATUS_OPEN, NULL,
	  { { "text", "换了管子" }, { "closing", "solved" }, { "evidence", "照片" }, { "answer_way", "phone" } } },
	{ "act.back", AT_ACT, PHASE_TRIAGE, STATUS_OPEN, NULL, { { "reason", "不该我办" } } },
	{ "evaluate.answer", AT_EVALUATE, PHASE_EVALUATE, STATUS_CLOSED, NULL, { { "satisfaction", "satisfied" }, { "solved", "1" } } },
	{ "evaluate.unreached", AT_TRIED, PHASE_EVALUATE, STATUS_CLOSED, NULL, { { "reason", "三次没人接" } } },
	{ "hold", AT_ACT, PHASE_ACT, STATUS_HELD, NULL, { { "reason", "weather" }, { "note", "下雨" } } },
	{ "park", AT_TRIAGE, PHASE_TRIAGE, STATUS_PARKED, NULL, { { "reason", "money" }, { "note", "没钱" }, { "missing_fen", "3000" } } },
	{ "resume", AT_HELD, PHASE_ACT, STATUS_OPEN, NULL, { { "reason", "天晴了" } } },
	{ "unpark", AT_PARKED, PHASE_TRIAGE, STATUS_OPEN, NULL, { { "reason", "有钱了" } } },
	{ "extension.ask", AT_ACT, PHASE_ACT, STATUS_OPEN, NULL, { { "workdays", "3" }, { "reason", "等配件" } } },
	{ "extension.approve", AT_ASKED, PHASE_ACT, STATUS_OPEN, NULL, { { "decided_note", "同意" } } },
	{ "extension.refuse", AT_ASKED, PHASE_ACT, STATUS_OPEN, NULL, { { "decided_note", "抓紧" } } },
	{ "withdraw", AT_ACT, PHASE_ACT, STATUS_CLOSED, NULL, { { "reason", "自己修好了" } } },
	{ "reopen", AT_CLOSED, PHASE_ACT, STATUS_OPEN, NULL, { { "reason", "又漏了" } } },
	{ "reopen", AT_REFUSED, PHASE_TRIAGE, STATUS_OPEN, NULL, { { "reason", "应当受理" } } },
	{ "step.undo", AT_DELIBERATE, PHASE_TRIAGE, STATUS_OPEN, NULL, { { "reason", "不必议" } } },
	{ "step.undo", AT_ACT, PHASE_TRIAGE, STATUS_OPEN, NULL, { { "reason", "派错人了" } } },
	{ "step.undo", AT_EVALUATE, PHASE_ACT, STATUS_OPEN, NULL, { { "reason", "没有办完" } } },
};

/* What a way's fields need that is only known in this town. */
static void fill_ids(struct town *t, const struct way *w, struct fill out[10])
{
	size_t n = 0;

	for (; w->fills[n].field; n++)
		out[n] = w->fills[n];
	if (strcmp(w->step, "triage.join") == 0)
		out[n++] = (struct fill){ "joined_id", NULL, town_raise(t, "楼上水管漏水", NULL) };
	if (strcmp(w->step, "act.assign") == 0)
		out[n++] = (struct fill){ "handler_id", NULL, t->accounts[HEAD2] };
	out[n] = (struct fill){ 0 };
}

static enum rc take_way(struct town *t, int64_t id, const struct way *w, const struct fill *fills, struct err *e)
{
	return town_try(t, id, w->step, w->target ? town_int(t, w->target, id) : 0, fills, e);
}

static void every_step_can_be_taken_by_the_head_in_its_place(void **state)
{
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(ways); i++) {
		int64_t id = stand(t, ways[i].at);
		struct fill fills[10];
		AUTO_ISSUE it = { 0 };
		struct err e = { 0 };

		town_as(t, HEAD);
		fill_ids(t, &ways[i], fills);
		if (take_way(t, id, &ways[i], fills, &e) != RC_OK)
			fail_msg("%s: %s [%s]", ways[i].step, e.text, e.field);
		assert_ok(issue_load(&t->of, id, &it, &e));
		if (it.phase != ways[i].phase || it.status != ways[i].status)
			fail_msg("%s: ends in %s %s", ways[i].step, phase_key(it.phase), status_key(it.status));
		assert_int_equal(town_int(t, "SELECT count(*) FROM phase WHERE issue_id = :id AND closed_at IS NULL", id), it.status != STATUS_CLOSED);
		assert_true((it.closed_at != 0) == (it.status == STATUS_CLOSED));
		assert_true((it.closing[0] != 0) == (it.status == STATUS_CLOSED));
	}
}

static void every_transition_has_a_way_here(void **state)
{
	struct town *t = *state;

	for (enum standing_at at = 0; at < STANDINGS; at++) {
		struct offer offers[TRANSITIONS_MAX];
		AUTO_ISSUE it = { 0 };
		struct err e = { 0 };
		size_t n;

		assert_ok(issue_load(&t->of, stand(t, at), &it, &e));
		n = issue_transitions(&t->of, &it, offers, TRANSITIONS_MAX);
		assert_true(n > 0);
		for (size_t i = 0; i < n; i++) {
			size_t k = 0;

			while (k < COUNT(ways) && strcmp(ways[k].step, offers[i].transition->name) != 0)
				k++;
			if (k == COUNT(ways))
				fail_msg("no way for %s", offers[i].transition->name);
			assert_string_equal(offers[i].transition->verb + strlen("issue."), offers[i].transition->name);
			assert_string_equal(transition_verb_label(offers[i].transition->verb), offers[i].transition->label);
			assert_true(offers[i].transition->form == NULL || form_find(t->of.forms, offers[i].transition->form) != NULL);
			assert_true(offers[i].allowed == (offers[i].why_not[0] == '\0'));
		}
	}
	assert_null(transition_find("no.such"));
	assert_null(transition_verb_label("resident.save"));
}

/* d desk, 3 the grid's worker, 5 another grid's, c canteen, p project, h head, H the other head, a admin. */
static void who_may_take_which_step(void **state)
{
	static const struct { const char *step; enum standing_at at; const char *allowed; } cases[] = {
		{ "triage.accept", AT_TRIAGE, "3hH" }, { "triage.direct", AT_TRIAGE, "3hH" }, { "triage.refer", AT_TRIAGE, "3hH" },
		{ "triage.deliberate", AT_TRIAGE, "3hH" }, { "triage.join", AT_TRIAGE, "3hH" }, { "triage.refuse", AT_TRIAGE, "3hH" },
		{ "deliberate.back", AT_DELIBERATE, "3hH" },
		{ "act.progress", AT_ACT, "d3phH" }, { "act.task", AT_ACT, "d3phH" }, { "act.change", AT_ACT, "d3phH" }, { "act.assign", AT_ACT, "3hH" },
		{ "act.done", AT_ACT_READY, "d3phH" }, { "act.back", AT_ACT, "d3phH" },
		{ "evaluate.answer", AT_EVALUATE, "d3hH" }, { "evaluate.unreached", AT_TRIED, "d3hH" },
		{ "hold", AT_ACT, "3hH" }, { "park", AT_TRIAGE, "3hH" }, { "resume", AT_HELD, "3hH" }, { "unpark", AT_PARKED, "3hH" },
		{ "extension.ask", AT_ACT, "d3phH" }, { "extension.approve", AT_ASKED, "hH" }, { "extension.refuse", AT_ASKED, "hH" },
		{ "withdraw", AT_ACT, "d3hH" }, { "reopen", AT_CLOSED, "hH" },
		{ "step.undo", AT_EVALUATE, "hH" },
	};
	static const char letters[TOWN_ACCOUNTS] = { [DESK] = 'd', [GRID3] = '3', [GRID5] = '5', [CANTEEN] = 'c', [PROJECT] = 'p', [HEAD] = 'h',
	                                             [HEAD2] = 'H', [ADMIN] = 'a' };
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct way *w = ways;

		while (strcmp(w->step, cases[i].step) != 0)
			w++;
		for (enum town_account who = 0; who < TOWN_ACCOUNTS; who++) {
			bool allowed = strchr(cases[i].allowed, letters[who]) != NULL;
			AUTO_FREE char *before = NULL;
			AUTO_FREE char *after = NULL;
			struct fill fills[10];
			struct err e = { 0 };
			int64_t id;
			enum rc rc;

			town_as(t, HEAD);
			id = stand(t, cases[i].at);
			fill_ids(t, w, fills);
			town_as(t, who);
			before = town_snapshot(t);
			rc = take_way(t, id, w, fills, &e);
			after = town_snapshot(t);
			if (rc != (allowed ? RC_OK : RC_DENIED))
				fail_msg("%s by %c: %d %s", cases[i].step, letters[who], rc, e.text);
			assert_true(allowed == (strcmp(before, after) != 0));
			assert_true(allowed || e.text[0]);
		}
	}
}

static void offers_say_what_a_step_would_say(void **state)
{
	struct town *t = *state;

	for (enum standing_at at = 0; at < STANDINGS; at++) {
		int64_t id = stand(t, at);

		for (enum town_account who = 0; who < ADMIN; who++) {
			struct offer offers[TRANSITIONS_MAX];
			AUTO_ISSUE it = { 0 };
			struct err e = { 0 };
			size_t n;

			town_as(t, who);
			assert_ok(issue_load(&t->of, id, &it, &e));
			n = issue_transitions(&t->of, &it, offers, TRANSITIONS_MAX);
			for (size_t i = 0; i < n; i++) {
				const struct transition *tr = offers[i].transition;
				AUTO_RECORD r = { 0 };

				if (offers[i].allowed)
					continue;
				record_init(&r, form_find(t->of.forms, tr->form));
				assert_true(issue_step(&t->of, &it, tr, 0, &r, &e) != RC_OK);
				assert_string_equal(e.text, offers[i].why_not);
			}
		}
	}
}

static void no_step_is_taken_out_of_its_place(void **state)
{
	struct town *t = *state;

	town_as(t, HEAD);
	for (enum standing_at at = 0; at < STANDINGS; at++) {
		int64_t id = stand(t, at);
		AUTO_FREE char *before = town_snapshot(t);
		AUTO_ISSUE it = { 0 };
		struct err e = { 0 };

		assert_ok(issue_load(&t->of, id, &it, &e));
		for (size_t i = 0; i < COUNT(ways); i++) {
			const struct transition *tr = transition_find(ways[i].step);
			AUTO_RECORD r = { 0 };
			AUTO_FREE char *after = NULL;

			if ((tr->phases & 1U << it.phase) && (tr->statuses & 1U << it.status))
				continue;
			record_init(&r, form_find(t->of.forms, tr->form));
			assert_refused(issue_step(&t->of, &it, tr, 0, &r, &e), RC_INVALID, "", tr->label);
			after = town_snapshot(t);
			assert_string_equal(before, after);
		}
	}
}

/* Another process changes the issue: its words, or where it stands. */
static void change_elsewhere(struct town *other, int64_t id, bool words)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	if (!words) {
		bool closed = town_int(other, "SELECT status = 'closed' FROM issue WHERE id = :id", id);

		town_take(other, id, closed ? "reopen" : "withdraw", FILLS({ "reason", "别人先办了" }));
		return;
	}
	record_init(&r, form_find(other->of.forms, "issue"));
	assert_ok(record_load(other->st, r.form, id, &r, &e));
	town_fill(other, &r, FILLS({ "title", "别人改过的标题" }));
	assert_ok(issue_edit(&other->of, &r, &e));
}

static void a_stale_step_conflicts_and_changes_nothing(void **state)
{
	struct town *t = *state, *other = town_second(t);

	for (size_t i = 0; i < 2 * COUNT(ways); i++) {
		const struct way *w = &ways[i / 2];
		const struct transition *tr = transition_find(w->step);
		AUTO_ISSUE seen = { 0 };
		AUTO_RECORD r = { 0 };
		AUTO_FREE char *before = NULL;
		AUTO_FREE char *after = NULL;
		struct fill fills[10];
		struct err e = { 0 };
		int64_t id, target;

		if (tr->flags & STEP_APPENDS)
			continue;
		town_as(t, HEAD);
		id = stand(t, w->at);
		fill_ids(t, w, fills);
		target = w->target ? town_int(t, w->target, id) : 0;
		assert_ok(issue_load(&t->of, id, &seen, &e));
		assert_ok(issue_step_prefill(&t->of, &seen, tr, target, &r, &e));
		town_fill(t, &r, fills);
		change_elsewhere(other, id, i % 2);
		before = town_snapshot(t);
		if (issue_step(&t->of, &seen, tr, target, &r, &e) != RC_CONFLICT)
			fail_msg("%s: %d %s", tr->name, e.code, e.text);
		after = town_snapshot(t);
		assert_string_equal(before, after);
	}
	town_close_second(other);
}

static void a_note_beside_another_ones_change_is_no_conflict(void **state)
{
	struct town *t = *state, *other = town_second(t);
	const struct transition *progress = transition_find("act.progress");
	int64_t id = stand(t, AT_ACT);
	AUTO_ISSUE seen = { 0 };
	AUTO_RECORD note = { 0 };
	AUTO_RECORD late = { 0 };
	struct err e = { 0 };

	town_as(t, GRID3);
	assert_ok(issue_load(&t->of, id, &seen, &e));
	assert_ok(issue_step_prefill(&t->of, &seen, progress, 0, &note, &e));
	record_copy(&late, &note);
	town_fill(t, &note, FILLS({ "text", "已上门" }));
	town_fill(t, &late, FILLS({ "text", "来晚了" }));
	town_take(other, id, "act.assign", FILLS({ "handler_id", NULL, t->accounts[HEAD] }));
	assert_ok(issue_step(&t->of, &seen, progress, 0, &note, &e));
	town_take(other, id, "withdraw", FILLS({ "reason", "自己好了" }));
	assert_refused(issue_step(&t->of, &seen, progress, 0, &late, &e), RC_CONFLICT, "", "已结");
	assert_int_equal(late.id, 0);
	town_close_second(other);
}

static void required_fields_are_asked_for(void **state)
{
	static const struct { const char *step, *field; const char *at; } cases[] = {
		{ "triage.direct", "handler_id", "handler_id" }, { "triage.direct", "party", "party" }, { "triage.direct", "route", "route" },
		{ "triage.refer", "unit_in_charge", "unit_in_charge" }, { "triage.refer", "promised_day", "promised_day" },
		{ "triage.refer", "handler_id", "handler_id" }, { "triage.refer", "text", "text" },
		{ "triage.deliberate", "reason", "reason" }, { "triage.join", "joined_id", "joined_id" },
		{ "triage.refuse", "reason", "reason" }, { "triage.refuse", "answer_way", "answer_way" },
		{ "deliberate.back", "reason", "reason" }, { "act.progress", "text", "text" }, { "act.task", "title", "title" },
		{ "act.task", "due_day", "due_day" }, { "act.task", "owner_id", "owner_id" }, { "act.change", "title", "title" },
		{ "act.assign", "handler_id", "handler_id" }, { "act.done", "text", "text" }, { "act.done", "closing", "closing" },
		{ "act.done", "evidence", "evidence" }, { "act.done", "answer_way", "answer_way" }, { "act.back", "reason", "reason" },
		{ "evaluate.answer", "satisfaction", "satisfaction" }, { "evaluate.answer", "solved", "solved" },
		{ "evaluate.answer", "closing", "closing" }, { "evaluate.answer", "answer_way", "answer_way" }, { "evaluate.answer", "rater", "rater" },
		{ "evaluate.unreached", "reason", "reason" }, { "hold", "reason", "reason" }, { "hold", "note", "note" },
		{ "hold", "review_day", "review_day" }, { "park", "reason", "reason" }, { "park", "review_day", "review_day" },
		{ "extension.ask", "workdays", "workdays" }, { "extension.ask", "reason", "reason" },
		{ "extension.refuse", "decided_note", "decided_note" }, { "withdraw", "reason", "reason" }, { "reopen", "reason", "reason" },
	};
	struct town *t = *state;

	town_as(t, HEAD);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct way *w = ways;
		struct fill fills[12] = { 0 };
		AUTO_FREE char *before = NULL;
		AUTO_FREE char *after = NULL;
		struct err e = { 0 };
		size_t n = 0;
		int64_t id;

		while (strcmp(w->step, cases[i].step) != 0)
			w++;
		id = stand(t, w->at);
		fill_ids(t, w, fills);
		while (fills[n].field)
			n++;
		fills[n] = (struct fill){ cases[i].field, NULL, 0 };
		before = town_snapshot(t);
		if (take_way(t, id, w, fills, &e) != RC_INVALID || strcmp(e.field, cases[i].at) != 0)
			fail_msg("%s without %s: %d [%s] %s", cases[i].step, cases[i].field, e.code, e.field, e.text);
		after = town_snapshot(t);
		assert_string_equal(before, after);
	}
}

static void a_step_is_undone_as_a_whole(void **state)
{
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(ways); i++) {
		AUTO_FREE char *before = NULL;
		AUTO_FREE char *taken = NULL;
		AUTO_FREE char *after = NULL;
		AUTO_FREE char *done = NULL;
		struct fill fills[10];
		struct err e = { 0 };
		int64_t id;

		town_as(t, HEAD);
		id = stand(t, ways[i].at);
		fill_ids(t, &ways[i], fills);
		before = town_snapshot(t);
		assert_ok(take_way(t, id, &ways[i], fills, &e));
		taken = town_snapshot(t);
		assert_string_not_equal(before, taken);
		if (journal_undo(t->st, t->of.me.id, &done, &e) != RC_OK)
			fail_msg("%s: %s", ways[i].step, e.text);
		after = town_snapshot(t);
		if (strcmp(before, after) != 0)
			fail_msg("%s: before\n%safter\n%s", ways[i].step, before, after);
	}
}

static void two_offices_take_the_same_step_and_one_wins(void **state)
{
	struct town *t = *state, *other = town_second(t);
	const struct transition *direct = transition_find("triage.direct");
	int64_t id = stand(t, AT_TRIAGE);
	AUTO_ISSUE mine = { 0 };
	AUTO_ISSUE theirs = { 0 };
	AUTO_RECORD r = { 0 };
	AUTO_RECORD q = { 0 };
	struct err e = { 0 };

	town_as(t, GRID3);
	assert_ok(issue_load(&t->of, id, &mine, &e));
	assert_ok(issue_load(&other->of, id, &theirs, &e));
	assert_ok(issue_step_prefill(&t->of, &mine, direct, 0, &r, &e));
	assert_ok(issue_step_prefill(&other->of, &theirs, direct, 0, &q, &e));
	assert_ok(issue_step(&other->of, &theirs, direct, 0, &q, &e));
	assert_refused(issue_step(&t->of, &mine, direct, 0, &r, &e), RC_CONFLICT, "", "刚被别人改动");
	assert_int_equal(town_int(t, "SELECT count(*) FROM action WHERE issue_id = :id", id), 1);
	town_close_second(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(every_step_can_be_taken_by_the_head_in_its_place),
		TOWN_TEST(every_transition_has_a_way_here),
		TOWN_TEST(who_may_take_which_step),
		TOWN_TEST(offers_say_what_a_step_would_say),
		TOWN_TEST(no_step_is_taken_out_of_its_place),
		TOWN_TEST(a_stale_step_conflicts_and_changes_nothing),
		TOWN_TEST(a_note_beside_another_ones_change_is_no_conflict),
		TOWN_TEST(required_fields_are_asked_for),
		TOWN_TEST(a_step_is_undone_as_a_whole),
		TOWN_TEST(two_offices_take_the_same_step_and_one_wins),
	};

	return cmocka_run_group_tests_name("domain-issue-flow", tests, NULL, NULL);
}
