/* Similar open issues: what is found, in what order, and how fast. */
#include "domain/issue.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "town.h"

struct query {
	const char *category;
	bool here;                    /* building 3 */
	const char *title;
};

/* Numbers' tails of what was found, most alike first: "002 001". */
static char *found(struct town *t, struct query q, int64_t except)
{
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF out = { 0 };
	struct similar_issue *rows;
	struct err e = { 0 };
	size_t n;

	assert_ok(issue_similar(&t->of, q.category, q.here ? t->building3 : 0, q.title, except, 10, &arena, &rows, &n, &e));
	for (size_t i = 0; i < n; i++)
		strbuf_format(&out, "%s%s", i ? " " : "", strrchr(rows[i].number, '-') + 1);
	return mem_copy(strbuf_str(&out));
}

static void assert_found(struct town *t, struct query q, const char *wanted)
{
	AUTO_FREE char *got = found(t, q, 0);

	if (strcmp(got, wanted) != 0)
		fail_msg("%s/%s/%s: \"%s\" instead of \"%s\"", q.category ? q.category : "-", q.here ? "here" : "-", q.title ? q.title : "-", got, wanted);
}

static void raise_some(struct town *t)
{
	/* 001 here, leak; 002 elsewhere, leak; 003 here, noise; 004 elsewhere, noise; 005 here, leak, closed */
	town_raise(t, "3幢2单元水管漏水", FILLS({ "body", "五楼水管接头漏水，流到四楼" }));
	town_pass_minutes(t, 1);
	town_raise(t, "天花板漏水", FILLS({ "building_id", NULL, t->building5 }));
	town_pass_minutes(t, 1);
	town_raise(t, "半夜装修太吵", FILLS({ "category", "environment.noise" }));
	town_pass_minutes(t, 1);
	town_raise(t, "广场舞噪声", FILLS({ "category", "environment.noise" }, { "building_id", NULL, t->building5 }));
	town_pass_minutes(t, 1);
	town_take(t, town_raise(t, "水管漏水", NULL), "withdraw", FILLS({ "reason", "好了" }));
}

static void the_more_is_alike_the_higher_it_stands(void **state)
{
	struct town *t = *state;

	raise_some(t);
	assert_found(t, (struct query){ "property.leak", true, "3幢水管漏水" }, "001");
	assert_found(t, (struct query){ "property.leak", false, "漏水" }, "002 001");      /* the newer first where all is equal */
	assert_found(t, (struct query){ "property.leak", true, NULL }, "001 003");
	assert_found(t, (struct query){ "property.leak", false, NULL }, "002 001");
	assert_found(t, (struct query){ NULL, true, NULL }, "003 001");
	assert_found(t, (struct query){ NULL, false, "水管漏水" }, "001");
	assert_found(t, (struct query){ NULL, false, "漏水" }, "002 001");
	assert_found(t, (struct query){ "environment.noise", true, "装修太吵" }, "003");
	assert_found(t, (struct query){ "traffic.road", false, "路灯不亮" }, "");
	assert_found(t, (struct query){ NULL, false, NULL }, "");
	assert_found(t, (struct query){ "", false, "" }, "");
}

static void what_was_found_comes_with_its_full_text(void **state)
{
	struct town *t = *state;
	AUTO_ARENA arena = { 0 };
	struct similar_issue *rows;
	struct err e = { 0 };
	size_t n;

	raise_some(t);
	assert_ok(issue_similar(&t->of, "property.leak", t->building3, "水管漏水", 0, 1, &arena, &rows, &n, &e));
	assert_int_equal(n, 1);
	assert_string_equal(rows[0].number, "DH-20261124-001");
	assert_string_equal(rows[0].title, "3幢2单元水管漏水");
	assert_string_equal(rows[0].body, "五楼水管接头漏水，流到四楼");
	assert_string_equal(rows[0].place, "西林小区3幢");
	assert_string_equal(rows[0].category, "property.leak");
	assert_int_equal(rows[0].phase, PHASE_TRIAGE);
	assert_true(rows[0].same_building && rows[0].same_category);
}

static void an_issue_is_not_similar_to_itself(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *got = NULL;
	int64_t id = town_raise(t, "水管漏水", NULL);

	got = found(t, (struct query){ "property.leak", true, "水管漏水" }, id);
	assert_string_equal(got, "");
}

static void old_ones_are_left_alone(void **state)
{
	struct town *t = *state;

	raise_some(t);
	t->now += (int64_t)t->settings.similar_days * 86400000 - 5 * 60000;
	assert_found(t, (struct query){ "property.leak", false, NULL }, "002 001");
	t->now += 10 * 60000;
	assert_found(t, (struct query){ "property.leak", true, "水管漏水" }, "");
}

static void hostile_titles_find_nothing_and_break_nothing(void **state)
{
	static const char *const titles[] = {
		"\"", "\" OR \"", "*", "a AND b", "NEAR(", "漏\"水", "'; DROP TABLE issue;--", "\xff\xfe漏", "\xe6\xbc", "🏠🏠🏠", "（）。，", "漏",
	};
	struct town *t = *state;
	AUTO_FREE char *huge = mem_alloc(1 << 20);

	raise_some(t);
	for (size_t i = 0; i < COUNT(titles); i++)
		assert_found(t, (struct query){ NULL, false, titles[i] }, "");
	for (size_t i = 0; i + 4 < 1 << 20; i += 3)
		memcpy(huge + i, "漏", 3);
	assert_found(t, (struct query){ NULL, false, huge }, "");
}

static void issues_of_another_desk_are_found_too(void **state)
{
	struct town *t = *state;

	town_raise(t, "水管漏水", NULL);
	/* the id of a site with a small number, as a merge brings it */
	town_write(t, "INSERT INTO issue (id, number, title, category, phase, status, raised_at)"
	              " SELECT (5 << 32) + 7, 'DH-20261124-A001', '阳台漏水', 'other.other', phase, status, raised_at FROM issue WHERE :id", 1);
	assert_found(t, (struct query){ NULL, false, "漏水" }, "001 A001");
}

static void who_may_not_see_issues_sees_no_similar_ones(void **state)
{
	struct town *t = *state;
	AUTO_ARENA arena = { 0 };
	struct similar_issue *rows = NULL;
	struct err e = { 0 };
	size_t n = 7;

	town_as(t, ADMIN);
	assert_code(issue_similar(&t->of, "property.leak", 0, "漏水", 0, 5, &arena, &rows, &n, &e), RC_DENIED);
	assert_null(rows);
	assert_int_equal(n, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(the_more_is_alike_the_higher_it_stands),
		TOWN_TEST(what_was_found_comes_with_its_full_text),
		TOWN_TEST(an_issue_is_not_similar_to_itself),
		TOWN_TEST(old_ones_are_left_alone),
		TOWN_TEST(hostile_titles_find_nothing_and_break_nothing),
		TOWN_TEST(issues_of_another_desk_are_found_too),
		TOWN_TEST(who_may_not_see_issues_sees_no_similar_ones),
	};

	return cmocka_run_group_tests_name("domain-issue-similar", tests, NULL, NULL);
}
