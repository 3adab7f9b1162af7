/* 志愿服务记录证明: a month of attendance, signed in, approved and proven, and read back out of its PDF. */
#include "report/paper.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/mem.h"
#include "sample.h"
#include "served.h"

#define ID_NUMBER "330482195001011234"
#define MASKED "330482********1234"

static void assert_has(const char *text, const char *words)
{
	if (strstr(text, words) == NULL)
		fail_msg("\"%s\" is not in:\n%s", words, text);
}

static void assert_has_not(const char *text, const char *words)
{
	if (strstr(text, words) != NULL)
		fail_msg("\"%s\" is in:\n%s", words, text);
}

static void set_id_number(struct town *t, int64_t volunteer)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	record_init(&r, form_find(t->of.forms, "volunteer"));
	assert_ok(record_load(t->st, r.form, volunteer, &r, &e));
	value_set_text(record_value(&r, "id_number"), ID_NUMBER);
	assert_ok(record_save(t->st, &r, "test.save", &e));
}

/* October 2026: meals on every working day but the holidays' first, 75 minutes each; one no-show; one day in part; one visit beside the roster. 21
 * mornings less one no-show: 20 × 75 = 1500, less 15 that were not approved, and 65 of the visit: 1550 minutes = 25.8 hours. Worked by hand. */
static int64_t serve_october(struct town *t, int64_t who)
{
	struct err e = { 0 };
	int64_t extra, part = 0;
	int mornings = 0;

	for (int32_t day = day_from_civil(2026, 10, 1); day <= day_from_civil(2026, 10, 31); day++) {
		if (day_weekday(day) > 5 || day == day_from_civil(2026, 10, 1))
			continue;
		mornings++;
		if (day == day_from_civil(2026, 10, 30))
			town_write(t, "UPDATE attendance SET result = 'absent', minutes = 0 WHERE id = :id", served_day(t, who, day, 75, false));
		else if (day == day_from_civil(2026, 10, 15))
			part = served_day(t, who, day, 75, false);
		else
			served_day(t, who, day, 75, true);
	}
	assert_int_equal(mornings, 21);
	t->now = instant_of_day(day_from_civil(2026, 11, 2), 600);
	town_as(t, GRID3);
	assert_ok(served_try_approve(t, part, 60, &e));
	assert_ok(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, who }, { "day", "2026-10-18" }, { "minutes", "65" }), &extra, &e));
	assert_ok(served_try_extra(t, 0, FILLS({ "volunteer_id", NULL, who }, { "day", "2026-10-25" }, { "content", "没有核定的" }), NULL, &e));
	town_as(t, HEAD);
	assert_ok(served_try_approve(t, extra, -1, &e));
	return who;
}

/* The proof as the domain loads it, its texts in the arena. */
static int64_t issue(struct town *t, const struct fill *fills)
{
	int64_t who = serve_october(t, served_volunteer(t, "沈明", 0)), id = 0;
	struct err e = { 0 };

	set_id_number(t, who);
	t->now = instant_of_day(TOWN_TODAY, 600);
	town_as(t, GRID3);
	assert_ok(served_try_proof(t, who, fills ? fills : FILLS({ "from_day", "2026-10-01" }, { "to_day", "2026-10-31" }, { "purpose", "入党材料" }), &id, &e));
	return id;
}

static char *read_pdf(struct town *t, int64_t id)
{
	AUTO_FREE char *path = mem_format("%s/proof.pdf", t->dir);
	AUTO_ARENA a = { 0 };
	struct service_proof sp;
	struct err e = { 0 };

	assert_ok(service_proof_load(&t->of, id, &a, &sp, &e));
	AUTO_PAPER *p = paper_of_service_proof(&t->of, &sp);
	assert_string_equal(paper_number(p), "ZM-20261124-01");
	assert_ok(paper_pdf(p, "", path, true, &e));
	return sample_read(PDF_TEXT, path, true);
}

static void a_month_of_attendance_becomes_a_certificate(void **state)
{
	static const char *const wanted[] = {
		"志愿服务记录证明", "编号ZM-20261124-01", "姓名沈明性别女", "身份证号" ID_NUMBER, "志愿者编号ZY-0001", "2026年10月1日至2026年10月31日",
		"服务时间合计25.8小时（1550分钟）", "用途入党材料", "2024.81485", "探访陪老人说话2026年10月18日11.165", "合计2125.81550",
		"出具单位西林寺社区居民委员会", "负责人周勤经办人李明", "联系方式0573-85000000",
		"本证明依据《志愿服务记录与证明出具办法（试行）》（民政部令第67号）免费出具", "西林寺社区居民委员会（盖章）2026年11月24日", "第1页，共1页",
	};
	struct town *t = *state;
	AUTO_FREE char *text = read_pdf(t, issue(t, NULL));

	for (size_t i = 0; i < COUNT(wanted); i++)
		assert_has(text, wanted[i]);
	assert_has_not(text, "作废");
	assert_has_not(text, "没有核定的");
}

static void without_a_first_day_it_begins_with_the_first_service(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *text = read_pdf(t, issue(t, FILLS({ "to_day", "2026-10-31" })));

	assert_has(text, "2026年10月2日至2026年10月31日");
	assert_has_not(text, "用途");
}

static void a_voided_one_says_so_across_the_top(void **state)
{
	struct town *t = *state;
	int64_t id = issue(t, NULL);
	AUTO_FREE char *text = NULL;
	struct err e = { 0 };

	assert_ok(service_proof_void(&t->of, id, "时长算错", &e));
	text = read_pdf(t, id);
	assert_int_equal(strncmp(text, "【已作废】本证明已作废，不能使用。原因：时长算错志愿服务记录证明", strlen("【已作废】本证明已作废，不能使用。原因：时长算错志愿服务记录证明")), 0);
}

static void the_screen_shows_the_ends_of_the_id_number_alone(void **state)
{
	struct town *t = *state;
	int64_t id = issue(t, NULL);
	AUTO_ARENA a = { 0 };
	AUTO_STRBUF text = { 0 };
	struct service_proof sp;
	struct err e = { 0 };

	assert_ok(service_proof_load(&t->of, id, &a, &sp, &e));
	AUTO_PAPER *p = paper_of_service_proof(&t->of, &sp);
	paper_text(p, 76, &text);
	assert_has(strbuf_str(&text), MASKED);
	assert_has_not(strbuf_str(&text), ID_NUMBER);
}

static void who_has_no_id_number_on_record_gets_a_paper_that_says_so(void **state)
{
	struct town *t = *state;
	int64_t id = issue(t, NULL);
	AUTO_FREE char *text = NULL;

	town_write(t, "UPDATE volunteer SET id_number = NULL, sex = NULL, number = NULL WHERE id = (SELECT volunteer_id FROM service_proof WHERE id = :id)", id);
	text = read_pdf(t, id);
	assert_has(text, "身份证号未登记");
	assert_has(text, "性别未登记");
	assert_has(text, "志愿者编号未登记");
}

static void hours_are_rounded_to_a_tenth_and_minutes_are_not(void **state)
{
	static const struct { int64_t minutes; const char *words; } cases[] = {
		{ 1, "0.0小时（1分钟）" }, { 3, "0.1小时（3分钟）" }, { 30, "0.5小时（30分钟）" }, { 59, "1.0小时（59分钟）" }, { 155, "2.6小时（155分钟）" },
		{ 90000, "1500.0小时（90000分钟）" },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct service_proof sp = { .number = "ZM-1", .name = "沈明", .minutes = cases[i].minutes, .from_day = TOWN_TODAY, .to_day = TOWN_TODAY,
			.issued_day = TOWN_TODAY };
		AUTO_PAPER *p = paper_of_service_proof(&t->of, &sp);
		AUTO_STRBUF text = { 0 };

		paper_text(p, 96, &text);
		assert_has(strbuf_str(&text), cases[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_month_of_attendance_becomes_a_certificate),
		TOWN_TEST(without_a_first_day_it_begins_with_the_first_service),
		TOWN_TEST(a_voided_one_says_so_across_the_top),
		TOWN_TEST(the_screen_shows_the_ends_of_the_id_number_alone),
		TOWN_TEST(who_has_no_id_number_on_record_gets_a_paper_that_says_so),
		TOWN_TEST(hours_are_rounded_to_a_tenth_and_minutes_are_not),
	};

	return cmocka_run_group_tests_name("report-service-proof", tests, NULL, NULL);
}
