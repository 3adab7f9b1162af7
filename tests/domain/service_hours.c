/* 服务时长 and 志愿服务记录证明: what approved minutes add up to, and the paper that says so. */
#include "domain/attendance.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "served.h"

/* Hours ---------------------------------------------------------------------------------------------------------------------------- */

/* 90 + 30 in October, 60 of 120 claimed in November approved; 45 wait, one no-show. Worked by hand. */
static void hours_add_up_by_month_and_only_what_was_approved_counts(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct service_hours h;
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0), other = served_volunteer(t, "陆芳", 0);

	served_day(t, who, day_from_civil(2026, 10, 1), 90, true);
	served_day(t, who, day_from_civil(2026, 10, 31), 30, true);
	town_as(t, HEAD);
	assert_ok(served_try_approve(t, served_day(t, who, day_from_civil(2026, 11, 1), 120, false), 60, &e));
	served_day(t, who, day_from_civil(2026, 11, 2), 45, false);
	town_write(t, "UPDATE attendance SET result = 'absent', minutes = 0 WHERE id = :id", served_day(t, who, day_from_civil(2026, 11, 3), 60, false));
	served_day(t, other, day_from_civil(2026, 11, 2), 600, true);
	assert_ok(service_hours(&t->of, who, &a, &h, &e));
	assert_int_equal(h.minutes, 180);
	assert_int_equal(h.waiting, 45);
	assert_int_equal(h.times, 3);
	assert_int_equal(h.no_shows, 1);
	assert_int_equal(h.stars, 0);
	assert_int_equal(h.next_star_minutes, 97 * 60);
	assert_int_equal(h.n_months, 2);
	assert_int_equal(h.months[0].month, day_from_civil(2026, 11, 1));
	assert_int_equal(h.months[0].minutes, 60);
	assert_int_equal(h.months[0].times, 1);
	assert_int_equal(h.months[1].month, day_from_civil(2026, 10, 1));
	assert_int_equal(h.months[1].minutes, 120);
	assert_int_equal(h.months[1].times, 2);
	assert_refused(service_hours(&t->of, 4711, &a, &h, &e), RC_NOTFOUND, "", "没有这位志愿者");
	town_as(t, ADMIN);
	assert_refused(service_hours(&t->of, who, &a, &h, &e), RC_DENIED, "", "查看志愿者");
}

static void at_most_three_years_of_months_are_listed_and_all_are_summed(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct service_hours h;
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0);

	for (int i = 0; i < 40; i++)
		served_day(t, who, day_from_civil(2023 + i / 12, i % 12 + 1, 15), 60, true);
	assert_ok(service_hours(&t->of, who, &a, &h, &e));
	assert_int_equal(h.minutes, 40 * 60);
	assert_int_equal(h.n_months, 36);
	assert_int_equal(h.months[0].month, day_from_civil(2026, 4, 1));
	assert_int_equal(h.months[35].month, day_from_civil(2023, 5, 1));
}

static void set_stars(struct town *t, const char *text)
{
	free(t->settings.star_hours);
	t->settings.star_hours = mem_copy(text);
}

static void stars_are_the_thresholds_that_are_reached(void **state)
{
	static const struct { const char *setting; int64_t minutes; int stars; int64_t missing; } cases[] = {
		{ "", 99 * 60 + 59, 0, 1 }, { "", 100 * 60, 1, 200 * 60 }, { "", 1499 * 60, 4, 60 }, { "", 1500 * 60, 5, 0 }, { "10 30 50", 9 * 60, 0, 60 },
		{ "10 30 50", 30 * 60, 2, 20 * 60 }, { "  10\t30 ", 5000, 2, 0 },
	};
	struct town *t = *state;
	int64_t who = served_volunteer(t, "沈明", 0), id = served_day(t, who, TOWN_TODAY - 1, 60, true);

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *sql = mem_format("UPDATE attendance SET approved_minutes = %lld WHERE id = :id", (long long)cases[i].minutes);
		AUTO_ARENA a = { 0 };
		struct service_hours h;
		struct err e = { 0 };

		town_write(t, sql, id);
		set_stars(t, cases[i].setting);
		assert_ok(service_hours(&t->of, who, &a, &h, &e));
		assert_int_equal(h.stars, cases[i].stars);
		assert_int_equal(h.next_star_minutes, cases[i].missing);
	}
}

static void a_setting_of_stars_that_cannot_be_says_what_is_wrong(void **state)
{
	static const struct { const char *text, *words; } cases[] = {
		{ "100 x", "有不是整数的" }, { "100,300", "有不是整数的" }, { "1.5", "有不是整数的" }, { "-5", "有不是整数的" }, { "100 100", "后一个要大于前一个" },
		{ "300 100", "后一个要大于前一个" }, { "0", "1到100000之间" }, { "100001", "1到100000之间" }, { "99999999999999999999999", "1到100000之间" },
		{ "1 2 3 4 5 6 7 8 9 10 11", "最多10个" }, { "一百", "有不是整数的" }, { "10\xff", "有不是整数的" },
	};
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct service_hours h = { .stars = 77 };
	struct err e = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct star_hours stars = { .n = 77 };

		assert_refused(star_hours_read(cases[i].text, &stars, &e), RC_INVALID, "", cases[i].words);
		assert_non_null(strstr(e.text, "[roster] star_hours"));
		assert_int_equal(stars.n, 77);
		set_stars(t, cases[i].text);
		assert_refused(service_hours(&t->of, served_volunteer(t, "沈明", 0), &a, &h, &e), RC_INVALID, "", cases[i].words);
		assert_int_equal(h.stars, 77);
	}
}

/* The proof ------------------------------------------------------------------------------------------------------------------------ */

static int64_t extra(struct town *t, int64_t who, const char *service, const char *content, const char *day, const char *minutes)
{
	enum town_account before = t->who;
	struct err e = { 0 };
	int64_t id;

	town_as(t, HEAD2);
	assert_ok(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, who }, { "service", service }, { "content", content }, { "day", day },
	                                       { "minutes", minutes }), &id, &e));
	town_as(t, before);
	return id;
}

static void approve(struct town *t, int64_t id)
{
	enum town_account before = t->who;
	struct err e = { 0 };

	town_as(t, HEAD);
	assert_ok(served_try_approve(t, id, -1, &e));
	town_as(t, before);
}

static void a_proof_has_a_line_a_service_from_approved_minutes_alone(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct service_proof p;
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0), id;

	approve(t, extra(t, who, "visit", "探望独居老人", "-10", "60"));
	approve(t, extra(t, who, "visit", "陪聊", "-5", "45"));
	approve(t, extra(t, who, "visit", "探望独居老人", "-3", "30"));
	approve(t, extra(t, who, "meals", "送餐到户", "-7", "20"));
	approve(t, extra(t, who, "meals", "太早", "-30", "500"));
	extra(t, who, "meals", "没核定", "-6", "500");
	town_as(t, GRID3);
	assert_ok(served_try_proof(t, who, FILLS({ "from_day", "-10" }, { "purpose", "入党材料" }), &id, &e));
	approve(t, extra(t, who, "meals", "以后核定的", "-4", "500"));
	t->now += 60000;
	town_write(t, "UPDATE attendance SET approved_at = approved_at + 1 WHERE id = (SELECT id FROM attendance WHERE content = '以后核定的')", 0);
	assert_ok(service_proof_load(&t->of, id, &a, &p, &e));
	assert_string_equal(p.number, "ZM-20261124-01");
	assert_string_equal(p.name, "沈明");
	assert_string_equal(p.sex, "女");
	assert_string_equal(p.volunteer_number, "ZY-0001");
	assert_string_equal(p.id_number, "");
	assert_string_equal(p.purpose, "入党材料");
	assert_string_equal(p.voided_why, "");
	assert_int_equal(p.issued_day, TOWN_TODAY);
	assert_int_equal(p.minutes, 155);
	assert_int_equal(p.n_lines, 2);
	assert_string_equal(p.lines[0].service, "送餐");
	assert_int_equal(p.lines[0].minutes, 20);
	assert_string_equal(p.lines[1].service, "探访");
	assert_string_equal(p.lines[1].content, "探望独居老人、陪聊");
	assert_int_equal(p.lines[1].minutes, 135);
	assert_int_equal(p.lines[1].times, 3);
	assert_int_equal(p.lines[1].from_day, TOWN_TODAY - 10);
	assert_int_equal(p.lines[1].to_day, TOWN_TODAY - 3);
}

/* Rows of another program's import, or older ones, may say nothing of what was done. */
static void where_no_content_was_written_down_the_shift_says_it(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct service_proof p;
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0), id;

	town_write(t, "UPDATE attendance SET content = NULL WHERE id = :id", served_day(t, who, TOWN_TODAY - 2, 60, true));
	town_as(t, GRID3);
	assert_ok(served_try_proof(t, who, NULL, &id, &e));
	assert_ok(service_proof_load(&t->of, id, &a, &p, &e));
	assert_int_equal(p.n_lines, 1);
	assert_string_equal(p.lines[0].content, "送餐");
	assert_string_equal(served_row(t, TOWN_TODAY - 2, "沈明", &a).content, "送餐");
}

static void a_proof_is_refused_where_nothing_can_be_proven(void **state)
{
	static const struct { const char *field, *typed, *at, *words; } cases[] = {
		{ "to_day", "+1", "to_day", "不能晚于今天" }, { "from_day", "+1", "from_day", "开始不能晚于结束" }, { "from_day", "-1", "to_day", "没有核定过的服务时长" },
		{ "responsible", NULL, "responsible", "负责人" }, { "handler", NULL, "handler", "经办人" }, { "contact", NULL, "contact", "联系方式" },
		{ "to_day", NULL, "to_day", "到" },
	};
	struct town *t = *state;
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0);

	served_day(t, who, TOWN_TODAY - 2, 60, true);
	served_day(t, who, TOWN_TODAY - 1, 60, false);
	town_as(t, GRID3);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused_untouched(served_try_proof(t, who, FILLS({ cases[i].field, cases[i].typed }), NULL, &e), RC_INVALID, cases[i].at, cases[i].words);
	assert_refused_untouched(served_try_proof(t, 4711, NULL, NULL, &e), RC_NOTFOUND, "", "没有这位志愿者");
	town_as(t, DESK);
	assert_refused_untouched(served_try_proof(t, who, NULL, NULL, &e), RC_DENIED, "", "开具志愿服务证明");
	assert_int_equal(town_int(t, "SELECT count(*) FROM reveal", 0), 0);
}

static void set_id_number(struct town *t, const char *form, int64_t id)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	record_init(&r, form_find(t->of.forms, form));
	assert_ok(record_load(t->st, r.form, id, &r, &e));
	if (strcmp(form, "resident") == 0)
		value_set_text(record_value(&r, "id_kind"), "id18");
	value_set_text(record_value(&r, "id_number"), "330482195001011234");
	assert_ok(record_save(t->st, &r, "test.save", &e));
}

static void reading_the_id_number_is_written_down_and_a_resident_lends_theirs(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct service_proof p;
	struct err e = { 0 };
	int64_t own = served_volunteer(t, "沈明", 0), linked = served_volunteer(t, "王秀英", t->wang), id;

	set_id_number(t, "volunteer", own);
	set_id_number(t, "resident", t->wang);
	served_day(t, own, TOWN_TODAY - 2, 60, true);
	served_day(t, linked, TOWN_TODAY - 2, 60, true);
	town_as(t, GRID3);
	assert_ok(served_try_proof(t, own, NULL, &id, &e));
	assert_ok(service_proof_load(&t->of, id, &a, &p, &e));
	assert_string_equal(p.id_number, "330482195001011234");
	assert_ok(served_try_proof(t, linked, NULL, &id, &e));
	assert_ok(service_proof_load(&t->of, id, &a, &p, &e));
	assert_string_equal(p.id_number, "330482195001011234");
	assert_int_equal(town_int(t, "SELECT count(*) FROM reveal WHERE tbl = 'volunteer' AND field = 'id_number' AND record_id = :id", own), 1);
	assert_int_equal(town_int(t, "SELECT count(*) FROM reveal WHERE tbl = 'resident' AND field = 'id_number' AND record_id = :id", t->wang), 1);
	town_as(t, PROJECT);
	assert_refused(service_proof_load(&t->of, id, &a, &p, &e), RC_DENIED, "", "开具志愿服务证明");
}

static void a_new_proof_offers_what_the_one_before_said(void **state)
{
	struct town *t = *state;
	AUTO_RECORD first = { 0 };
	AUTO_RECORD second = { 0 };
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0);

	served_day(t, who, TOWN_TODAY - 2, 60, true);
	town_as(t, GRID3);
	strcpy(t->of.me.name, "李明");
	record_init(&first, form_find(t->of.forms, "service_proof"));
	assert_ok(service_proof_prefill(&t->of, &first, &e));
	assert_string_equal(record_text(&first, "handler"), "李明");
	assert_string_equal(record_text(&first, "responsible"), "");
	assert_ok(served_try_proof(t, who, FILLS({ "responsible", "周勤" }, { "contact", "0573-85001111" }), NULL, &e));
	record_init(&second, form_find(t->of.forms, "service_proof"));
	assert_ok(service_proof_prefill(&t->of, &second, &e));
	assert_string_equal(record_text(&second, "responsible"), "周勤");
	assert_string_equal(record_text(&second, "contact"), "0573-85001111");
	town_as(t, DESK);
	assert_refused(service_proof_prefill(&t->of, &second, &e), RC_DENIED, "", "开具志愿服务证明");
}

static void a_proof_is_voided_once_with_a_reason_and_stays(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	const struct service_proof_row *rows;
	struct service_proof p;
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0), first, second;
	size_t n;

	served_day(t, who, TOWN_TODAY - 2, 60, true);
	town_as(t, GRID3);
	assert_ok(served_try_proof(t, who, NULL, &first, &e));
	assert_ok(served_try_proof(t, who, NULL, &second, &e));
	assert_refused_untouched(service_proof_void(&t->of, first, "", &e), RC_INVALID, "why", "请写明为什么作废");
	assert_refused_untouched(service_proof_void(&t->of, 4711, "写错", &e), RC_NOTFOUND, "", "没有这份证明");
	assert_ok(service_proof_void(&t->of, first, "姓名写错", &e));
	assert_refused_untouched(service_proof_void(&t->of, first, "再来", &e), RC_INVALID, "", "ZM-20261124-01 已经作废");
	assert_ok(service_proof_load(&t->of, first, &a, &p, &e));
	assert_string_equal(p.voided_why, "姓名写错");
	assert_ok(service_proofs(&t->of, who, &a, &rows, &n, &e));
	assert_int_equal(n, 2);
	assert_string_equal(rows[0].number, "ZM-20261124-02");
	assert_false(rows[0].voided);
	assert_true(rows[1].voided);
	assert_string_equal(rows[1].voided_why, "姓名写错");
	assert_int_equal(rows[1].minutes, 60);
}

static void what_a_proof_says_is_not_corrected_under_it(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t who = served_volunteer(t, "沈明", 0), assignment, id;

	t->now = instant_of_day(TOWN_TODAY, 23 * 60 + 30);
	assignment = town_int(t, "SELECT assignment_id FROM attendance WHERE id = :id", served_day(t, who, TOWN_TODAY, 60, true));
	town_as(t, GRID3);
	assert_ok(served_try_proof(t, who, NULL, &id, &e));
	assert_refused_untouched(attendance_mark(&t->of, assignment, ATTENDANCE_ABSENT, &e), RC_INVALID, "", "请先作废证明「ZM-20261124-01」");
	assert_ok(service_proof_void(&t->of, id, "时长记错", &e));
	assert_ok(attendance_mark(&t->of, assignment, ATTENDANCE_ABSENT, &e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(hours_add_up_by_month_and_only_what_was_approved_counts),
		TOWN_TEST(at_most_three_years_of_months_are_listed_and_all_are_summed),
		TOWN_TEST(stars_are_the_thresholds_that_are_reached),
		TOWN_TEST(a_setting_of_stars_that_cannot_be_says_what_is_wrong),
		TOWN_TEST(a_proof_has_a_line_a_service_from_approved_minutes_alone),
		TOWN_TEST(where_no_content_was_written_down_the_shift_says_it),
		TOWN_TEST(a_proof_is_refused_where_nothing_can_be_proven),
		TOWN_TEST(reading_the_id_number_is_written_down_and_a_resident_lends_theirs),
		TOWN_TEST(a_new_proof_offers_what_the_one_before_said),
		TOWN_TEST(a_proof_is_voided_once_with_a_reason_and_stays),
		TOWN_TEST(what_a_proof_says_is_not_corrected_under_it),
	};

	return cmocka_run_group_tests_name("domain-service-hours", tests, NULL, NULL);
}
