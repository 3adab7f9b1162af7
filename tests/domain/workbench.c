/* The workbench: what waits for whom. */
#include "domain/workbench.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/issue_flow.h"
#include "store/draft.h"
#include "town.h"

/* "triage:2 overdue:1 …" */
static void assert_groups(struct town *t, const char *wanted)
{
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF out = { 0 };
	struct workbench bench;
	struct err e = { 0 };

	assert_ok(workbench_load(&t->of, 3, &arena, &bench, &e));
	for (size_t i = 0; i < bench.n; i++) {
		assert_true(bench.groups[i].n_rows == (bench.groups[i].count < 3 ? bench.groups[i].count : 3));
		strbuf_format(&out, "%s%s:%zu", i ? " " : "", bench.groups[i].key, bench.groups[i].count);
	}
	assert_string_equal(strbuf_str(&out), wanted);
}

static const struct workbench_group *group(const struct workbench *bench, const char *key)
{
	for (size_t i = 0; i < bench->n; i++)
		if (strcmp(bench->groups[i].key, key) == 0)
			return &bench->groups[i];
	fail_msg("no group %s", key);
	return NULL;
}

/* Two at 理事 (grids 3 and 5), one acting, one asked for an extension, one waiting for its answer, one parked, one at 议事. */
static void raise_some(struct town *t)
{
	int64_t id;

	town_raise(t, "水管漏水", NULL);
	town_raise(t, "路灯不亮", FILLS({ "building_id", NULL, t->building5 }));
	town_to_act(t, town_raise(t, "楼道堆物", NULL));
	id = town_raise(t, "下水道积水", NULL);
	town_to_act(t, id);
	town_as(t, GRID3);
	town_take(t, id, "extension.ask", FILLS({ "workdays", "2" }, { "reason", "等水泵" }));
	town_as(t, DESK);
	town_to_evaluate(t, town_raise(t, "邻居吵架", NULL));
	id = town_raise(t, "装充电桩", NULL);
	town_as(t, HEAD);
	town_take(t, id, "park", FILLS({ "reason", "money" }, { "note", "没钱" }, { "review_day", "2026-11-30" }));
	town_as(t, GRID3);
	town_take(t, town_raise(t, "加装电梯", NULL), "triage.deliberate", FILLS({ "reason", "一楼反对" }));
}

static void every_role_sees_what_waits_for_it(void **state)
{
	static const struct { const char *day; enum town_account who; const char *wanted; } cases[] = {
		{ "2026-11-24", DESK, "overdue:0 today:0 tasks:0 evaluate:1 mine:6 drafts:0" },
		{ "2026-11-24", GRID3, "overdue:0 today:0 triage:1 tasks:2 gaps:0 hours:0 evaluate:1 review:0 deliberate:1 applicants:0 expiring:0 drafts:0" },
		{ "2026-11-24", GRID5, "overdue:0 today:0 triage:1 tasks:0 gaps:0 hours:0 evaluate:0 review:0 deliberate:0 applicants:0 expiring:0 drafts:0" },
		{ "2026-11-24", HEAD, "extension:1 approve:0 objection:0 overdue:0 today:0 triage:2 tasks:0 gaps:0 hours:0 evaluate:1 review:0 deliberate:1 applicants:0 expiring:0 settlement:0 checks:0 drafts:0" },
		{ "2026-11-24", CANTEEN, "overdue:0 today:0 settlement:0 mine:0 drafts:0" },
		{ "2026-11-24", PROJECT, "overdue:0 today:0 tasks:0 mine:0 drafts:0" },
		{ "2026-11-24", ADMIN, "drafts:0" },
		{ "2026-11-30", GRID3, "overdue:0 today:0 triage:1 tasks:2 gaps:0 hours:0 evaluate:1 review:1 deliberate:1 applicants:0 expiring:0 drafts:0" },
		{ "2026-12-01", HEAD, "extension:1 approve:0 objection:0 overdue:0 today:5 triage:2 tasks:0 gaps:0 hours:0 evaluate:1 review:1 deliberate:1 applicants:0 expiring:0 settlement:0 checks:0 drafts:0" },
		{ "2026-12-02", HEAD, "extension:1 approve:0 objection:0 overdue:5 today:0 triage:2 tasks:0 gaps:0 hours:0 evaluate:1 review:1 deliberate:1 applicants:0 expiring:0 settlement:0 checks:0 drafts:0" },
		{ "2026-12-02", GRID3, "overdue:4 today:0 triage:1 tasks:2 gaps:0 hours:0 evaluate:1 review:1 deliberate:1 applicants:0 expiring:0 drafts:0" },
		{ "2026-12-02", DESK, "overdue:4 today:0 tasks:0 evaluate:1 mine:6 drafts:0" },
	};
	struct town *t = *state;

	raise_some(t);
	for (size_t i = 0; i < COUNT(cases); i++) {
		town_as(t, cases[i].who);
		town_set_day(t, cases[i].day);
		assert_groups(t, cases[i].wanted);
	}
}

static void counts_are_those_of_the_list_that_enter_opens(void **state)
{
	struct town *t = *state;

	raise_some(t);
	town_set_day(t, "2026-12-02");
	for (enum town_account who = 0; who < ADMIN; who++) {
		AUTO_ARENA arena = { 0 };
		struct workbench bench;
		struct err e = { 0 };

		town_as(t, who);
		assert_ok(workbench_load(&t->of, 5, &arena, &bench, &e));
		for (size_t i = 0; i < bench.n; i++) {
			size_t n;

			if (bench.groups[i].target != WORKBENCH_ISSUES)
				continue;
			assert_ok(issue_count(&t->of, &bench.groups[i].filter, &n, &e));
			assert_int_equal(n, bench.groups[i].count);
		}
	}
}

static void rows_say_what_is_the_matter(void **state)
{
	struct town *t = *state;
	AUTO_ARENA arena = { 0 };
	struct workbench bench;
	const struct workbench_row *row;
	struct err e = { 0 };

	raise_some(t);
	town_as(t, HEAD);
	town_set_day(t, "2026-12-03");
	assert_ok(workbench_load(&t->of, 5, &arena, &bench, &e));
	row = &group(&bench, "overdue")->rows[0];
	assert_string_equal(row->number, "1124-001");
	assert_string_equal(row->title, "水管漏水");
	assert_string_equal(row->grid, "03");
	assert_string_equal(row->note, "逾期2天");
	assert_int_equal(row->late, 2);
	assert_int_equal(row->due_day, TOWN_TODAY + 7);
	assert_true(group(&bench, "overdue")->urgent);
	assert_string_equal(group(&bench, "extension")->rows[0].note, "李明 延2个工作日");
	assert_string_equal(group(&bench, "review")->rows[0].note, "搁置，复核 11-30");
	town_as(t, GRID3);
	assert_ok(workbench_load(&t->of, 5, &arena, &bench, &e));
	row = &group(&bench, "tasks")->rows[0];
	assert_string_equal(row->title, "楼道堆物");
	assert_true(row->action_id != 0);
	assert_int_equal(row->id, town_int(t, "SELECT issue_id FROM action WHERE id = :id", row->action_id));
	assert_string_equal(row->note, "逾期2天");
}

static void closed_issues_leave_no_tasks_behind(void **state)
{
	struct town *t = *state;
	int64_t id = town_raise(t, "楼道堆物", NULL);

	town_to_act(t, id);
	town_as(t, GRID3);
	assert_groups(t, "overdue:0 today:0 triage:0 tasks:1 gaps:0 hours:0 evaluate:0 review:0 deliberate:0 applicants:0 expiring:0 drafts:0");
	town_take(t, id, "withdraw", FILLS({ "reason", "好了" }));
	assert_groups(t, "overdue:0 today:0 triage:0 tasks:0 gaps:0 hours:0 evaluate:0 review:0 deliberate:0 applicants:0 expiring:0 drafts:0");
}

static void drafts_are_offered_to_who_typed_them(void **state)
{
	struct town *t = *state;
	AUTO_ARENA arena = { 0 };
	struct draft d = { .account_id = t->accounts[DESK], .form = "issue", .title = mem_copy("3幢漏水") };
	struct workbench bench;
	struct err e = { 0 };

	draft_set(&d, "title", "3幢漏水");
	assert_ok(draft_save(t->st, &d, &e));
	assert_ok(workbench_load(&t->of, 5, &arena, &bench, &e));
	assert_int_equal(group(&bench, "drafts")->count, 1);
	assert_string_equal(group(&bench, "drafts")->rows[0].number, "提事登记");
	assert_string_equal(group(&bench, "drafts")->rows[0].title, "3幢漏水");
	assert_int_equal(group(&bench, "drafts")->rows[0].id, d.id);
	town_as(t, GRID3);
	assert_ok(workbench_load(&t->of, 5, &arena, &bench, &e));
	assert_int_equal(group(&bench, "drafts")->count, 0);
	draft_release(&d);
}

static void the_head_sees_decisions_to_approve_and_open_objections(void **state)
{
	struct town *t = *state;
	AUTO_ARENA arena = { 0 };
	struct workbench bench;
	const struct workbench_group *g;
	struct err e = { 0 };

	town_write(t, "INSERT INTO decision (id, number, text, state, author_id, at, submitted_at) SELECT 901, 'JY-20261120-01', '加装电梯', 'submitted', id,"
	              " 1795132800000, 1795392000000 FROM account WHERE login = 'project'", 0);
	town_write(t, "INSERT INTO decision (id, number, text, state, at) VALUES (902, 'JY-20261119-01', '充电棚', 'approved', 1795046400000)", 0);
	town_write(t, "INSERT INTO notice (id, decision_id, from_day, to_day) VALUES (903, 902, 20778, 20783)", 0);
	town_write(t, "INSERT INTO objection (id, notice_id, text, state) VALUES (904, 903, '挡光', 'open'), (905, 903, '太贵', 'dismissed')", 0);
	town_as(t, HEAD);
	assert_groups(t, "extension:0 approve:1 objection:1 overdue:0 today:0 triage:0 tasks:0 gaps:0 hours:0 evaluate:0 review:0 deliberate:0 applicants:0 expiring:0 settlement:0 checks:0 drafts:0");
	assert_ok(workbench_load(&t->of, 5, &arena, &bench, &e));
	g = group(&bench, "approve");
	assert_string_equal(g->tab, "approve");
	assert_int_equal(g->rows[0].id, 901);
	assert_string_equal(g->rows[0].number, "1120-01");
	assert_string_equal(g->rows[0].title, "加装电梯");
	assert_string_equal(g->rows[0].note, "吴静 昨天送批");
	g = group(&bench, "objection");
	assert_int_equal(g->rows[0].id, 902);         /* opens the decision */
	assert_string_equal(g->rows[0].title, "挡光");
	assert_string_equal(g->rows[0].note, "公示至 11-26");
	assert_true(group(&bench, "checks")->uncounted);
}

/* Tomorrow one of two places open; today and in eight days, in a cancelled one and in a full one nothing to see. */
static void write_roster(struct town *t)
{
	town_write(t, "INSERT INTO volunteer (id, number, name, status, status_day, services) VALUES (801, 'ZY-0001', '王秀英', 'active', 20700, 'meals'),"
	              " (802, 'ZY-0002', '陈琳', 'applied', 20780, 'meals'), (803, 'ZY-0003', '孙强', 'active', 20700, 'meals')", 0);
	town_write(t, "INSERT INTO shift (id, service, title, day, begin_min, end_min, grid_id, state) SELECT 811, 'meals', '午餐送餐', :id + 1, 630, 750, id,"
	              " 'published' FROM grid WHERE code = '03'", TOWN_TODAY);
	town_write(t, "INSERT INTO shift (id, service, title, day, begin_min, end_min, state) VALUES (812, 'meals', '今天的', :id, 630, 750, 'published'),"
	              " (813, 'meals', '下下周', :id + 8, 630, 750, 'published'), (814, 'meals', '不办了', :id + 1, 630, 750, 'cancelled'),"
	              " (815, 'meals', '满的', :id + 7, 630, 750, 'draft')", TOWN_TODAY);
	town_write(t, "INSERT INTO shift_need (id, shift_id, role, headcount) VALUES (821, 811, 'hand', 2), (822, 812, 'hand', 2), (823, 813, 'hand', 2),"
	              " (824, 814, 'hand', 2), (825, 815, 'hand', 1)", 0);
	town_write(t, "INSERT INTO assignment (id, shift_id, need_id, volunteer_id, way, state) VALUES (831, 811, 821, 801, 'assigned', 'confirmed'),"
	              " (832, 811, 821, 803, 'assigned', 'cancelled'), (833, 815, 825, 803, 'assigned', 'planned')", 0);
	town_write(t, "INSERT INTO attendance (id, volunteer_id, service, day, result, minutes, approved_minutes, approved_at) VALUES"
	              " (841, 801, 'meals', :id - 1, 'present', 90, NULL, NULL), (842, 803, 'meals', :id - 1, 'late', 60, NULL, NULL),"
	              " (843, 803, 'meals', :id - 2, 'absent', NULL, NULL, NULL), (844, 801, 'meals', :id - 2, 'present', 90, 90, 1)", TOWN_TODAY);
	town_write(t, "INSERT INTO qualification (id, volunteer_id, kind, expires_day) VALUES (851, 801, 'health', :id + 30), (852, 803, 'health', :id + 3),"
	              " (853, 803, 'health', :id + 300), (854, 802, 'health', :id + 1), (855, 803, 'first_aid', :id - 1)", TOWN_TODAY);
}

static void assert_row(const struct workbench *bench, const char *key, int64_t id, const char *words)
{
	const struct workbench_group *g = group(bench, key);
	AUTO_STRBUF out = { 0 };

	assert_int_equal(g->count, g->n_rows);
	assert_int_equal(g->rows[0].id, id);
	strbuf_format(&out, "%s|%s|%s|%s", g->rows[0].number, g->rows[0].title, g->rows[0].grid, g->rows[0].note);
	assert_string_equal(strbuf_str(&out), words);
}

static void missing_hands_hours_applicants_and_papers_wait_for_the_grid_worker(void **state)
{
	struct town *t = *state;
	AUTO_ARENA arena = { 0 };
	struct workbench bench;
	struct err e = { 0 };

	write_roster(t);
	town_as(t, GRID3);
	assert_ok(workbench_load(&t->of, 5, &arena, &bench, &e));
	assert_row(&bench, "gaps", TOWN_TODAY + 1, "明天 10:30|午餐送餐|03|缺1人（要2人）");
	assert_int_equal(group(&bench, "gaps")->count, 1);
	assert_int_equal(group(&bench, "hours")->count, 2);
	assert_int_equal(group(&bench, "hours")->n_rows, 1);             /* both of one day */
	assert_string_equal(group(&bench, "hours")->rows[0].title, "2人 2.5小时");
	assert_int_equal(group(&bench, "hours")->rows[0].id, TOWN_TODAY - 1);
	assert_row(&bench, "applicants", 802, "ZY-0002|陈琳||昨天申请");
	assert_row(&bench, "expiring", 801, "ZY-0001|王秀英||健康证到 12-24");
	assert_int_equal(group(&bench, "expiring")->count, 1);
	town_as(t, DESK);
	assert_ok(workbench_load(&t->of, 5, &arena, &bench, &e));
	for (size_t i = 0; i < bench.n; i++)
		assert_true(bench.groups[i].target != WORKBENCH_ROSTER && bench.groups[i].target != WORKBENCH_VOLUNTEERS);
}

static void nobody_logged_in_has_no_workbench(void **state)
{
	struct town *t = *state;
	AUTO_ARENA arena = { 0 };
	struct workbench bench = { 0 };
	struct err e = { 0 };

	t->of.me.id = 0;
	assert_code(workbench_load(&t->of, 5, &arena, &bench, &e), RC_DENIED);
	assert_null(bench.groups);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(every_role_sees_what_waits_for_it),
		TOWN_TEST(counts_are_those_of_the_list_that_enter_opens),
		TOWN_TEST(rows_say_what_is_the_matter),
		TOWN_TEST(closed_issues_leave_no_tasks_behind),
		TOWN_TEST(drafts_are_offered_to_who_typed_them),
		TOWN_TEST(the_head_sees_decisions_to_approve_and_open_objections),
		TOWN_TEST(missing_hands_hours_applicants_and_papers_wait_for_the_grid_worker),
		TOWN_TEST(nobody_logged_in_has_no_workbench),
	};

	return cmocka_run_group_tests_name("domain-workbench", tests, NULL, NULL);
}
