/* The head's review: each check finds its fault and lets the near miss pass; outcomes and their sums. */
#include "domain/review.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "store/txn.h"
#include "town.h"

/* One matter that went its six steps as it should, and the meeting, the decision and everything else that belongs to it. @N: an instant on day N of
 * November 2026; #N: that day. */
static const char *const sound[] = {
	"INSERT INTO issue (id, number, title, reporter_kind, category, grid_id, raised_at, accepted_at, phase, status, phase_at, closed_at, closing,"
	" due_day, satisfaction) VALUES (1000, 'DH-20261102-001', '加装电梯', 'self', 'discuss.lift', :id, @2, @3, 'evaluate', 'closed', @19, @20, 'solved', #18,"
	" 'satisfied')",
	"INSERT INTO phase (id, issue_id, phase, opened_at, closed_at) VALUES (1001, 1000, 'raise', @2, @2), (1002, 1000, 'triage', @2, @3),"
	" (1003, 1000, 'deliberate', @3, @10), (1004, 1000, 'decide', @10, @12), (1005, 1000, 'act', @12, @19), (1006, 1000, 'evaluate', @19, @20)",
	"INSERT INTO meeting (id, number, title, kind, day, announced_day, status, grid_id, quorum)"
	" VALUES (2000, 'YS-20261110-01', '电梯议事会', 'council', #10, #6, 'confirmed', :id, 'default')",
	"INSERT INTO attendee (id, meeting_id, resident_id, name, invited, present_at) SELECT 2101, 2000, id, name, 1, @10 FROM resident WHERE name = '王秀英'",
	"INSERT INTO attendee (id, meeting_id, resident_id, name, invited, present_at) SELECT 2102, 2000, id, name, 1, @10 FROM resident WHERE name = '李建国'",
	"INSERT INTO attendee (id, meeting_id, name, invited, present_at) VALUES (2103, 2000, '赵一', 1, @10), (2104, 2000, '钱二', 1, @10), (2105, 2000, '孙三', 1, NULL)",
	"INSERT INTO agenda_item (id, number, title, state, meeting_id, grid_id) VALUES (3000, 'YT-20261103-001', '三号楼加装电梯', 'passed', 2000, :id)",
	"INSERT INTO agenda_issue (id, agenda_item_id, issue_id) VALUES (3001, 3000, 1000)",
	"INSERT INTO agenda_slot (id, meeting_id, agenda_item_id, position, outcome) VALUES (3100, 2000, 3000, 1, 'passed')",
	"INSERT INTO interest (id, agenda_item_id, resident_id, name) SELECT 3200, 3000, id, name FROM resident WHERE name = '李建国'",
	"INSERT INTO recusal (id, agenda_slot_id, attendee_id, reason) VALUES (3300, 3100, 2102, '本人住一楼')",
	"INSERT INTO ballot (id, agenda_slot_id, way, rule, for_n, present_n, result) VALUES (3400, 3100, 'hand', 'majority', 3, 4, 'passed')",
	"INSERT INTO decision (id, number, agenda_item_id, meeting_id, text, state, at, approved_at)"
	" VALUES (4000, 'JY-20261110-01', 3000, 2000, '同意加装电梯', 'approved', @10, @11)",
	"INSERT INTO decision_task (id, decision_id, title) VALUES (4100, 4000, '联系施工单位')",
	"INSERT INTO notice (id, decision_id, from_day, to_day, place) VALUES (4200, 4000, #11, #18, '公告栏')",
	"INSERT INTO objection (id, notice_id, name, text, at, state) VALUES (4300, 4200, '周四', '影响采光', @12, 'dismissed')",
	"INSERT INTO action (id, issue_id, title, status, due_day, result) VALUES (5000, 1000, '联系施工单位', 'done', #18, '已装好')",
	"INSERT INTO evaluation (id, issue_id, rater, satisfaction, at) VALUES (6000, 1000, 'reporter', 'satisfied', @20)",
};

/* "UPDATE … @12; UPDATE … #3": instants and days filled in, statements run one by one. */
static void run(struct town *t, const char *text)
{
	int32_t november = day_from_civil(2026, 11, 1) - 1;
	AUTO_STRBUF sql = { 0 };

	while (*text) {
		char *end;

		if (*text == '@' || *text == '#') {
			int32_t day = november + (int32_t)strtol(text + 1, &end, 10);

			strbuf_format(&sql, "%lld", *text == '@' ? (long long)instant_of_day(day, 600) : (long long)day);
			text = end;
			continue;
		}
		if (*text == ';') {
			town_write(t, strbuf_str(&sql), t->grid3);
			strbuf_truncate(&sql, 0);
		} else {
			strbuf_add_char(&sql, *text);
		}
		text++;
	}
	town_write(t, strbuf_str(&sql), t->grid3);
}

static void make_sound(struct town *t)
{
	for (size_t i = 0; i < COUNT(sound); i++)
		run(t, sound[i]);
	town_as(t, HEAD);
}

/* "skipped:1 unrated:2": what finds something. */
static void add_counts(struct town *t, const struct review_filter *f, struct strbuf *out)
{
	for (size_t i = 0; i < review_check_count(); i++) {
		AUTO_ARENA arena = { 0 };
		const struct review_finding *found;
		struct err e = { 0 };
		size_t n, listed;

		assert_ok(review_count(&t->of, i, f, &n, &e));
		assert_ok(review_findings(&t->of, i, f, 100, &arena, &found, &listed, &e));
		assert_int_equal(n, listed);
		if (n > 0)
			strbuf_format(out, "%s%s:%zu", out->n ? " " : "", review_check_at(i)->name, n);
	}
}

static void assert_finds(struct town *t, const struct review_filter *f, const char *wanted, const char *after)
{
	AUTO_STRBUF out = { 0 };

	add_counts(t, f, &out);
	if (strcmp(strbuf_str(&out), wanted) != 0)
		fail_msg("finds \"%s\" instead of \"%s\" after: %s", strbuf_str(&out), wanted, after);
}

static size_t check_named(const char *name)
{
	for (size_t i = 0; i < review_check_count(); i++)
		if (strcmp(review_check_at(i)->name, name) == 0)
			return i;
	fail_msg("no check %s", name);
	return 0;
}

/* The first finding's sentence. The arena keeps it. */
static const struct review_finding *first(struct town *t, const char *check, struct arena *a)
{
	const struct review_finding *found;
	struct review_filter f = REVIEW_FILTER_ALL;
	struct err e = { 0 };
	size_t n;

	assert_ok(review_findings(&t->of, check_named(check), &f, 1, a, &found, &n, &e));
	assert_int_equal(n, 1);
	return found;
}

struct fault {
	const char *sql, *check, *what;       /* check NULL: a near miss, nothing is found */
};

static const struct fault faults[] = {
	{ "UPDATE decision SET state = 'submitted', approved_at = NULL", "skipped", "议事后 11-12 进入办事，当时没有已批准的决议" },
	{ "UPDATE decision SET approved_at = @13", "skipped", "议事后 11-12 进入办事，当时没有已批准的决议" },
	{ "UPDATE phase SET phase = 'triage' WHERE id = 1003", "skipped", "没有议事，11-10 就进入了定事" },
	{ "UPDATE issue SET accepted_at = NULL", "skipped", "没有受理就进入了评事" },
	{ "UPDATE phase SET phase = 'evaluate' WHERE id = 1005", "skipped", "11-20 已结案，没有办事的记录" },
	{ "UPDATE meeting SET announced_day = day + 1", "late", "11-10 开会，11-11 才通知" },
	{ "UPDATE meeting SET announced_day = NULL", "late", "11-10 开会，没有登记通知日期" },
	{ "UPDATE meeting SET announced_day = day - 2", "short", "11-10 开会，只提前 2 天通知，应至少提前 3 天" },
	{ "UPDATE meeting SET announced_day = day", "short", "11-10 开会，当天才通知，应至少提前 3 天" },
	{ "UPDATE attendee SET present_at = NULL WHERE id IN (2103, 2104)", "quorum", "应到 5 人，实到 2 人，至少要 3 人（应到人数过半）" },
	{ "UPDATE meeting SET expected = 8", "quorum", "应到 8 人，实到 4 人，至少要 5 人（应到人数过半）" },
	{ "UPDATE recusal SET deleted_at = 1", "unrecused", "李建国是「三号楼加装电梯」的利害关系方，到会参加了表决，没有回避记录" },
	{ "UPDATE interest SET resident_id = NULL, name = '赵一'", "unrecused", "赵一是「三号楼加装电梯」的利害关系方，到会参加了表决，没有回避记录（按姓名认定）" },
	{ "UPDATE recusal SET deleted_at = 1; UPDATE interest SET resident_id = NULL, name = '李建国'", "unrecused",
	  "李建国是「三号楼加装电梯」的利害关系方，到会参加了表决，没有回避记录（按姓名认定）" },
	{ "UPDATE decision_task SET deleted_at = 1", "untasked", "11-11 批准，没有任务，也没有写明不需办理的原因" },
	{ "UPDATE action SET result = NULL", "unresulted", "任务「联系施工单位」报了完成，没有写结果" },
	{ "UPDATE action SET status = 'doing', due_day = #16", "unresulted", "任务「联系施工单位」11-16 到期，现在还是「进行中」，事项已经结案" },
	{ "UPDATE evaluation SET rater = 'beneficiary'", "unrated", "11-20 结案（已解决），没有提事人的评价" },
	{ "UPDATE evaluation SET at = @15", "unrated", "11-20 结案（已解决），没有提事人的评价" },
	{ "UPDATE issue SET phase = 'act', closing = NULL; UPDATE evaluation SET rater = 'third'", "unrated", "11-20 结案（未写结案类型），没有提事人的评价" },
	{ "UPDATE objection SET state = 'open'", "unheard", "公示 11-18 结束，周四的异议还没有处理" },
	/* near misses */
	{ "UPDATE decision SET deleted_at = 1; UPDATE phase SET phase = 'triage' WHERE id = 1004", NULL, NULL },
	{ "UPDATE phase SET phase = 'evaluate' WHERE id = 1005; UPDATE decision SET no_action = '已自行解决'", NULL, NULL },
	{ "UPDATE issue SET accepted_at = NULL, phase = 'triage', closing = 'withdrawn'; UPDATE phase SET phase = 'triage' WHERE id > 1002", NULL, NULL },
	{ "UPDATE issue SET deleted_at = 1; UPDATE evaluation SET rater = 'third'", NULL, NULL },
	{ "UPDATE meeting SET announced_day = day - 3", NULL, NULL },
	{ "UPDATE meeting SET announced_day = NULL, status = 'announced'", NULL, NULL },
	{ "UPDATE meeting SET announced_day = day + 1, status = 'cancelled'", NULL, NULL },
	{ "UPDATE meeting SET announced_day = day + 1, deleted_at = 1", NULL, NULL },
	{ "UPDATE attendee SET present_at = NULL WHERE id = 2103", NULL, NULL },
	{ "UPDATE attendee SET present_at = NULL WHERE id > 2101; UPDATE ballot SET deleted_at = 1", NULL, NULL },
	{ "UPDATE meeting SET kind = 'bench', quorum = 'bench', expected = 20", NULL, NULL },
	{ "UPDATE recusal SET deleted_at = 1; UPDATE ballot SET way = 'inquiry'", NULL, NULL },
	{ "UPDATE recusal SET deleted_at = 1; UPDATE ballot SET rule = 'double'", NULL, NULL },
	{ "UPDATE recusal SET deleted_at = 1; UPDATE attendee SET present_at = NULL WHERE id = 2102", NULL, NULL },
	{ "UPDATE interest SET resident_id = NULL, name = '孙三'", NULL, NULL },
	{ "UPDATE decision_task SET deleted_at = 1; UPDATE decision SET no_action = '已自行解决'", NULL, NULL },
	{ "UPDATE action SET status = 'doing', due_day = #17", NULL, NULL },
	{ "UPDATE action SET status = 'doing', due_day = #16; UPDATE issue SET status = 'open', phase = 'act', closed_at = NULL", NULL, NULL },
	{ "UPDATE action SET status = 'cancelled', result = NULL", NULL, NULL },
	{ "UPDATE evaluation SET rater = 'beneficiary'; UPDATE issue SET reporter_kind = 'anonymous'", NULL, NULL },
	{ "UPDATE evaluation SET rater = 'beneficiary'; UPDATE issue SET closing = 'withdrawn'", NULL, NULL },
	{ "UPDATE evaluation SET satisfaction = 'unreached'; UPDATE issue SET satisfaction = 'unreached'", NULL, NULL },
	{ "UPDATE objection SET state = 'open'; UPDATE notice SET to_day = #24", NULL, NULL },
};

static void a_matter_that_went_its_six_steps_is_sound(void **state)
{
	struct review_filter all = REVIEW_FILTER_ALL;
	struct town *t = *state;

	make_sound(t);
	assert_finds(t, &all, "", "nothing");
	town_raise(t, "路灯不亮", NULL);
	town_to_evaluate(t, town_raise(t, "水管漏水", NULL));
	assert_finds(t, &all, "", "two that are under way");
}

/* Each in a transaction that is given up afterwards. */
static void each_check_finds_its_fault_and_no_other_does(void **state)
{
	struct town *t = *state;

	make_sound(t);
	for (size_t i = 0; i < COUNT(faults); i++) {
		struct review_filter all = REVIEW_FILTER_ALL;
		AUTO_ARENA arena = { 0 };
		AUTO_FREE char *wanted = faults[i].check ? mem_format("%s:1", faults[i].check) : mem_copy("");
		AUTO_TXN txn = { 0 };
		struct err e = { 0 };

		assert_ok(txn_begin(&txn, t->st, "test.fault", &e));
		run(t, faults[i].sql);
		assert_finds(t, &all, wanted, faults[i].sql);
		if (faults[i].check)
			assert_string_equal(first(t, faults[i].check, &arena)->what, faults[i].what);
	}
}

static void a_finding_leads_to_its_record(void **state)
{
	static const struct { const char *sql, *check, *number, *title; int64_t id; int day; } cases[] = {
		{ "UPDATE action SET result = NULL", "unresulted", "DH-20261102-001", "加装电梯", 1000, 2 },
		{ "UPDATE recusal SET deleted_at = 1", "unrecused", "YS-20261110-01", "电梯议事会", 2000, 10 },
		{ "UPDATE objection SET state = 'open'", "unheard", "JY-20261110-01", "同意加装电梯", 4000, 10 },
	};
	static const enum review_subject subjects[] = { REVIEW_ISSUE, REVIEW_MEETING, REVIEW_DECISION };
	struct town *t = *state;

	make_sound(t);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA arena = { 0 };
		const struct review_finding *found;

		run(t, cases[i].sql);
		found = first(t, cases[i].check, &arena);
		assert_int_equal(found->id, cases[i].id);
		assert_string_equal(found->number, cases[i].number);
		assert_string_equal(found->title, cases[i].title);
		assert_int_equal(found->day, day_from_civil(2026, 11, cases[i].day));
		assert_int_equal(review_check_at(check_named(cases[i].check))->subject, subjects[i]);
	}
}

static void findings_are_narrowed_by_grid_category_and_days(void **state)
{
	static const char wanted[] = "late:1 untasked:1 unresulted:1";
	struct town *t = *state;
	int32_t first_of_month = day_from_civil(2026, 11, 1);
	struct { struct review_filter f; const char *wanted; } cases[] = {
		{ { .grid_id = t->grid3, .from_day = DAY_NONE, .to_day = DAY_NONE }, wanted },
		{ { .grid_id = t->grid5, .from_day = DAY_NONE, .to_day = DAY_NONE }, "" },
		{ { .category = "discuss", .from_day = DAY_NONE, .to_day = DAY_NONE }, wanted },
		{ { .category = "discuss.lift", .from_day = DAY_NONE, .to_day = DAY_NONE }, wanted },
		{ { .category = "discuss.rule", .from_day = DAY_NONE, .to_day = DAY_NONE }, "" },
		{ { .from_day = first_of_month + 1, .to_day = first_of_month + 9 }, wanted },
		{ { .from_day = first_of_month + 2, .to_day = first_of_month + 9 }, "late:1 untasked:1" },
		{ { .from_day = DAY_NONE, .to_day = first_of_month + 8 }, "unresulted:1" },
		{ review_filter_recent(&t->of), wanted },
	};

	make_sound(t);
	run(t, "UPDATE meeting SET announced_day = day + 1; UPDATE decision_task SET deleted_at = 1; UPDATE action SET result = NULL");
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_finds(t, &cases[i].f, cases[i].wanted, "a filter");
	town_set_day(t, "2028-01-01");
	cases[0].f = review_filter_recent(&t->of);
	assert_finds(t, &cases[0].f, "", "more than a year");
}

static void only_the_head_may_look(void **state)
{
	struct review_filter all = REVIEW_FILTER_ALL;
	struct town *t = *state;

	make_sound(t);
	for (enum town_account who = 0; who < TOWN_ACCOUNTS; who++) {
		enum rc wanted = who == HEAD || who == HEAD2 ? RC_OK : RC_DENIED;
		AUTO_ARENA arena = { 0 };
		const struct review_finding *found;
		struct review_totals totals;
		struct err e = { 0 };
		size_t n;

		town_as(t, who);
		assert_code(review_count(&t->of, 0, &all, &n, &e), wanted);
		assert_code(review_findings(&t->of, 0, &all, 10, &arena, &found, &n, &e), wanted);
		assert_code(review_totals(&t->of, &all, &totals, &e), wanted);
	}
}

/* Outcomes -------------------------------------------------------------------------------------------------------------------------- */

static struct list *outcomes(struct town *t, const struct review_filter *f)
{
	struct list_filter filters[REVIEW_FILTERS_MAX];
	AUTO_ARENA arena = { 0 };
	struct list *l;
	struct err e = { 0 };
	size_t n = review_filters(f, &arena, filters);

	assert_ok(list_open(&l, t->st, &review_outcome_spec, &e));
	assert_ok(list_query(l, filters, n, (struct list_order){ "raised_at", true }, 0, &e));
	assert_ok(list_prepare(l, 0, 50, &e));
	return l;
}

/* All cells of the first row. */
static void assert_outcome(struct town *t, const char *after, const char *wanted)
{
	struct review_filter all = REVIEW_FILTER_ALL;
	AUTO_STRBUF out = { 0 };
	struct list *l;

	run(t, after);
	l = outcomes(t, &all);
	for (enum review_column c = 0; c < REVIEW_COLUMN_COUNT; c++) {
		strbuf_add(&out, c ? "|" : "");
		review_outcome_cell(&t->of, l, 0, c, &out);
	}
	assert_string_equal(strbuf_str(&out), wanted);
	list_close(l);
}

static void an_outcome_is_what_was_promised_against_what_was_done(void **state)
{
	struct town *t = *state;

	make_sound(t);
	assert_outcome(t, "UPDATE issue SET due_day = #19", "1102-001|加装电梯|11-19|11-19||理1议5定2办5评1|满意|");
	assert_outcome(t, "UPDATE issue SET due_day = #17, reopened = 2", "1102-001|加装电梯|11-17|11-19|2天|理1议5定2办5评1|满意|2");
	assert_outcome(t, "UPDATE issue SET due_day = #17, closing = 'withdrawn', satisfaction = NULL", "1102-001|加装电梯|11-17|11-19||理1议5定2办5评1||2");
	assert_outcome(t, "UPDATE issue SET phase = 'act', status = 'open', closed_at = NULL, closing = NULL; UPDATE phase SET closed_at = NULL WHERE id = 1005;"
	                  "UPDATE phase SET phase = 'act', opened_at = @13, closed_at = @13 WHERE id = 1006",
	               "1102-001|加装电梯|11-17||5天|理1议5定2办8||2");
	assert_outcome(t, "UPDATE issue SET raised_at = raised_at - 400 * 86400000, due_day = due_day - 400", "1102-001|加装电梯|25-10-13||278天|理1议5定2办8||2");
}

static void sums_count_promises_kept_and_broken(void **state)
{
	struct review_filter all = REVIEW_FILTER_ALL, other = { .category = "property", .from_day = DAY_NONE, .to_day = DAY_NONE };
	struct review_totals r;
	struct town *t = *state;
	struct err e = { 0 };

	make_sound(t);
	assert_ok(review_totals(&t->of, &all, &r, &e));
	assert_memory_equal(&r, (&(struct review_totals){ .issues = 1, .closed = 1, .late = 1, .rated = 1, .satisfied = 1 }), sizeof r);
	run(t, "UPDATE issue SET due_day = #19, satisfaction = 'unreached', reopened = 3");
	assert_ok(review_totals(&t->of, &all, &r, &e));
	assert_memory_equal(&r, (&(struct review_totals){ .issues = 1, .closed = 1, .on_time = 1, .reopened = 1 }), sizeof r);
	run(t, "UPDATE issue SET closing = 'withdrawn', satisfaction = 'dissatisfied'");
	assert_ok(review_totals(&t->of, &all, &r, &e));
	assert_memory_equal(&r, (&(struct review_totals){ .issues = 1, .closed = 1, .reopened = 1, .rated = 1 }), sizeof r);
	town_as(t, DESK);
	town_raise(t, "水管漏水", NULL);
	town_set_day(t, "2027-01-04");
	town_as(t, HEAD);
	assert_ok(review_totals(&t->of, &other, &r, &e));
	assert_memory_equal(&r, (&(struct review_totals){ .issues = 1, .overdue = 1 }), sizeof r);
	run(t, "UPDATE issue SET deleted_at = 1");
	assert_ok(review_totals(&t->of, &all, &r, &e));
	assert_memory_equal(&r, (&(struct review_totals){ 0 }), sizeof r);
}

static void the_list_and_the_sums_agree_on_every_filter(void **state)
{
	struct town *t = *state;
	struct review_filter filters[] = {
		REVIEW_FILTER_ALL, { .grid_id = t->grid3, .from_day = DAY_NONE, .to_day = DAY_NONE },
		{ .category = "discuss.lift", .from_day = DAY_NONE, .to_day = DAY_NONE }, { .from_day = TOWN_TODAY, .to_day = TOWN_TODAY },
	};
	size_t wanted[] = { 3, 2, 1, 2 };

	make_sound(t);
	town_raise(t, "水管漏水", NULL);
	town_raise(t, "路灯不亮", FILLS({ "building_id", NULL, t->building5 }));
	for (size_t i = 0; i < COUNT(filters); i++) {
		struct list *l = outcomes(t, &filters[i]);
		struct review_totals r;
		struct err e = { 0 };

		assert_ok(review_totals(&t->of, &filters[i], &r, &e));
		assert_int_equal(list_count(l), wanted[i]);
		assert_int_equal(r.issues, wanted[i]);
		list_close(l);
	}
}

/* What waits -------------------------------------------------------------------------------------------------------------------------- */

static void assert_row(struct town *t, const struct list_spec *spec, const char *order,
                       void (*cell)(const struct office *, const struct list *, size_t, size_t, struct strbuf *), const char *wanted)
{
	AUTO_STRBUF out = { 0 };
	struct err e = { 0 };
	struct list *l;

	assert_ok(list_open(&l, t->st, spec, &e));
	assert_ok(list_query(l, NULL, 0, (struct list_order){ order, false }, 0, &e));
	assert_ok(list_prepare(l, 0, 10, &e));
	for (size_t c = 0; list_count(l) > 0 && c < spec->n_columns; c++) {
		strbuf_add(&out, c ? "|" : "");
		cell(&t->of, l, 0, c, &out);
	}
	assert_string_equal(strbuf_str(&out), wanted);
	list_close(l);
}

static void decision_cell(const struct office *of, const struct list *l, size_t i, size_t column, struct strbuf *out)
{
	review_decision_cell(of, l, i, (enum review_decision_column)column, out);
}

static void objection_cell(const struct office *of, const struct list *l, size_t i, size_t column, struct strbuf *out)
{
	review_objection_cell(of, l, i, (enum review_objection_column)column, out);
}

static void what_waits_is_listed_until_it_is_dealt_with(void **state)
{
	struct town *t = *state;

	make_sound(t);
	assert_row(t, &review_decision_spec, "at", decision_cell, "");
	assert_row(t, &review_objection_spec, "id", objection_cell, "");
	run(t, "UPDATE decision SET state = 'submitted', submitted_at = @12, cost_fen = 1234500, party = 'community', source = 'crowd',"
	       " author_id = (SELECT id FROM account WHERE login = 'desk'); UPDATE objection SET state = 'open'");
	assert_row(t, &review_decision_spec, "at", decision_cell,
	           "JY-20261110-01|同意加装电梯|￥12,345.00|陈晓|YS-20261110-01|11-12|三号楼加装电梯|社区|居民众筹|联系施工单位|");
	assert_row(t, &review_objection_spec, "id", objection_cell, "JY-20261110-01|影响采光|周四|11-12|11-18|同意加装电梯|4000");
	run(t, "UPDATE decision SET deleted_at = 1; UPDATE objection SET state = 'withdrawn'");
	assert_row(t, &review_decision_spec, "at", decision_cell, "");
	assert_row(t, &review_objection_spec, "id", objection_cell, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_matter_that_went_its_six_steps_is_sound),
		TOWN_TEST(each_check_finds_its_fault_and_no_other_does),
		TOWN_TEST(a_finding_leads_to_its_record),
		TOWN_TEST(findings_are_narrowed_by_grid_category_and_days),
		TOWN_TEST(only_the_head_may_look),
		TOWN_TEST(an_outcome_is_what_was_promised_against_what_was_done),
		TOWN_TEST(sums_count_promises_kept_and_broken),
		TOWN_TEST(the_list_and_the_sums_agree_on_every_filter),
		TOWN_TEST(what_waits_is_listed_until_it_is_dealt_with),
	};

	return cmocka_run_group_tests_name("domain-review", tests, NULL, NULL);
}
