/* What hangs on a volunteer, the painted week, and what the roster asks of it. */
#include "domain/volunteer.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "domain/register.h"
#include "hands.h"
#include "store/journal.h"

#define MONDAY (TOWN_TODAY + 6)           /* 2026-11-30 */

static int grid_worker(void **state)
{
	town_setup(state);
	town_as(*state, GRID3);
	return 0;
}
#define TEST(name) cmocka_unit_test_setup_teardown(name, grid_worker, town_teardown)

static struct volunteer load(struct town *t, int64_t id, struct arena *a)
{
	struct err e = { 0 };
	struct volunteer v = { 0 };

	assert_ok(volunteer_load(&t->of, id, a, &v, &e));
	return v;
}

/* Parts -------------------------------------------------------------------------------------------------------------------------- */

static void parts_are_saved_changed_and_deleted(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", NULL), other = hands_volunteer(t, "李叔叔", NULL), paper;
	struct volunteer v;

	hands_part(t, id, "volunteer_grid", FILLS({ "grid_id", NULL, t->grid5 }));
	paper = hands_part(t, id, "qualification", FILLS({ "kind", "health" }, { "number", "JK-1" }, { "issued_day", "2025-12-01" },
	                                                 { "expires_day", "2026-11-30" }));
	hands_part(t, id, "apart", FILLS({ "other_id", NULL, other }, { "why", "吵过架" }));
	hands_part(t, id, "availability", FILLS({ "weekday", "1" }, { "begin_min", "0800" }, { "end_min", "1200" }, { "degree", "willing" }));
	hands_part(t, id, "absence", FILLS({ "from_day", "+7" }, { "to_day", "+9" }, { "why", "看孙子" }));
	v = load(t, id, &a);
	assert_int_equal(v.n_grids, 1);
	assert_int_equal(v.grids[0].grid_id, t->grid5);
	assert_string_equal(v.qualifications[0].number, "JK-1");
	assert_int_equal(v.qualifications[0].expires_day, MONDAY);
	assert_string_equal(v.aparts[0].other, "李叔叔");
	assert_int_equal(v.times[0].degree, AVAILABLE_WILLING);
	assert_int_equal(v.times[0].weekday, 1);
	assert_int_equal(v.absences[0].from_day, TOWN_TODAY + 7);
	assert_string_equal(load(t, other, &a).aparts[0].other, "陈阿姨");            /* from both sides */
	assert_ok(hands_try_part(t, id, "qualification", paper, FILLS({ "number", "JK-2" }), &e));
	assert_string_equal(load(t, id, &a).qualifications[0].number, "JK-2");
	assert_refused_unchanged(hands_try_part(t, other, "qualification", paper, NULL, &e), RC_NOTFOUND, "", "李叔叔没有这条证书");
	assert_ok(volunteer_part_delete(&t->of, form_find(t->of.forms, "qualification"), paper, "录错了", &e));
	assert_int_equal(load(t, id, &a).n_qualifications, 0);
	assert_refused_unchanged(volunteer_part_delete(&t->of, form_find(t->of.forms, "qualification"), paper, "录错了", &e), RC_NOTFOUND, "", "不在了");
	assert_refused_unchanged(volunteer_part_delete(&t->of, form_find(t->of.forms, "resident"), t->wang, "x", &e), RC_INVALID, "", "不是志愿者的一部分");
}

static void what_is_wrong_with_a_part_is_said_at_its_field(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", FILLS({ "grid_id", NULL, t->grid3 })), other = hands_volunteer(t, "李叔叔", NULL);
	const struct { const char *form; struct fill fills[5]; const char *field, *words; } cases[] = {
		{ "volunteer_grid", { { "grid_id", NULL, t->grid3 } }, "grid_id", "本人的网格" },
		{ "volunteer_grid", { { "grid_id", NULL, t->grid5 } }, "grid_id", "已经加过了" },
		{ "volunteer_grid", { { "grid_id", NULL, 4711 } }, "grid_id", "已不存在" },
		{ "volunteer_grid", { { 0 } }, "grid_id", "网格" },
		{ "qualification", { { "kind", "health" }, { "issued_day", "明天" } }, "issued_day", "不能晚于今天" },
		{ "qualification", { { "kind", "health" }, { "issued_day", "2026-11-01" }, { "expires_day", "2026-10-31" } }, "expires_day", "不能早于发证" },
		{ "qualification", { { "number", "1" } }, "kind", "证书" },
		{ "apart", { { "other_id", NULL, id } }, "other_id", "本人" },
		{ "apart", { { "other_id", NULL, other } }, "other_id", "已经登记为不同班" },
		{ "apart", { { "other_id", NULL, 4711 } }, "other_id", "请选定另一位" },
		{ "availability", { { "weekday", "1" }, { "begin_min", "1200" }, { "end_min", "1200" }, { "degree", "can" } }, "end_min", "晚于开始（12:00）" },
		{ "availability", { { "weekday", "1" }, { "begin_min", "2200" }, { "end_min", "0200" }, { "degree", "can" } }, "end_min", "分成两天" },
		{ "availability", { { "weekday", "2" }, { "begin_min", "1130" }, { "end_min", "1300" }, { "degree", "can" } }, "begin_min",
		  "周二 08:00–12:00（愿）重叠" },
		{ "absence", { { "from_day", "+2" }, { "to_day", "+1" } }, "to_day", "不能早于开始" },
	};

	hands_part(t, id, "volunteer_grid", FILLS({ "grid_id", NULL, t->grid5 }));
	hands_part(t, other, "apart", FILLS({ "other_id", NULL, id }));
	hands_part(t, id, "availability", FILLS({ "weekday", "2" }, { "begin_min", "0800" }, { "end_min", "1200" }, { "degree", "willing" }));
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused_unchanged(hands_try_part(t, id, cases[i].form, 0, cases[i].fills, &e), RC_INVALID, cases[i].field, cases[i].words);
	assert_refused_unchanged(hands_try_part(t, 4711, "absence", 0, FILLS({ "from_day", "今天" }, { "to_day", "今天" }), &e), RC_NOTFOUND, "", "没有这位");
	/* ends meet without overlapping, another weekday, another stretch of days */
	hands_part(t, id, "availability", FILLS({ "weekday", "2" }, { "begin_min", "1200" }, { "end_min", "1300" }, { "degree", "can" }));
	hands_part(t, id, "availability", FILLS({ "weekday", "3" }, { "begin_min", "0800" }, { "end_min", "1300" }, { "degree", "can" }));
	hands_part(t, id, "availability", FILLS({ "weekday", "2" }, { "begin_min", "0900" }, { "end_min", "1000" }, { "degree", "cannot" },
	                                        { "from_day", "2026-12-01" }, { "to_day", "2026-12-31" }));
	assert_refused_unchanged(hands_try_part(t, id, "availability", 0, FILLS({ "weekday", "2" }, { "begin_min", "0930" }, { "end_min", "1100" },
	                         { "degree", "can" }, { "from_day", "2026-12-31" }), &e), RC_INVALID, "begin_min", "不可");
}

static void absences_that_are_over_are_the_last_ten(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", NULL);
	struct volunteer v;

	for (int i = 1; i <= 15; i++)
		hands_insert(t, "INSERT INTO absence (id, volunteer_id, from_day, to_day) VALUES (:id, %lld, %d, %d)", (long long)id, TOWN_TODAY - i,
		             TOWN_TODAY - i);
	hands_part(t, id, "absence", FILLS({ "from_day", "+5" }, { "to_day", "+6" }));
	hands_part(t, id, "absence", FILLS({ "from_day", "今天" }, { "to_day", "今天" }));
	v = load(t, id, &a);
	assert_int_equal(v.n_absences, 12);
	assert_int_equal(v.absences[0].from_day, TOWN_TODAY);
	assert_int_equal(v.absences[1].from_day, TOWN_TODAY + 5);
	assert_int_equal(v.absences[2].from_day, TOWN_TODAY - 1);
	assert_int_equal(v.absences[11].from_day, TOWN_TODAY - 10);
}

/* Painting ----------------------------------------------------------------------------------------------------------------------- */

/* "08:00-12:00 can, …" of one weekday, from the database. */
static void day_text(struct town *t, int64_t id, int weekday, struct strbuf *out)
{
	AUTO_ARENA a = { 0 };
	struct volunteer v = load(t, id, &a);

	strbuf_truncate(out, 0);
	for (size_t i = 0; i < v.n_times; i++)
		if (v.times[i].weekday == weekday)
			strbuf_format(out, "%s%d-%d %s", out->n ? ", " : "", v.times[i].begin_min, v.times[i].end_min,
			              availability_degree_key(v.times[i].degree));
}

static void painting_cuts_replaces_and_joins(void **state)
{
	struct town *t = *state;
	AUTO_STRBUF text = { 0 };
	struct err e = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", NULL);
	static const struct { int begin, end; enum availability_degree degree; const char *then; } cases[] = {
		{ 480, 720, AVAILABLE_CAN, "480-720 can" },
		{ 540, 600, AVAILABLE_WILLING, "480-540 can, 540-600 willing, 600-720 can" },
		{ 600, 660, AVAILABLE_WILLING, "480-540 can, 540-660 willing, 660-720 can" },
		{ 540, 660, AVAILABLE_CAN, "480-720 can" },
		{ 720, 780, AVAILABLE_CAN, "480-780 can" },
		{ 840, 900, AVAILABLE_CANNOT, "480-780 can, 840-900 cannot" },
		{ 600, 870, AVAILABILITY_DEGREE_COUNT, "480-600 can, 870-900 cannot" },
		{ 0, 1440, AVAILABLE_UNWILLING, "0-1440 unwilling" },
		{ 0, 1440, AVAILABILITY_DEGREE_COUNT, "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_ok(volunteer_paint(&t->of, id, 3, cases[i].begin, cases[i].end, cases[i].degree, &e));
		day_text(t, id, 3, &text);
		assert_string_equal(strbuf_str(&text), cases[i].then);
	}
}

static void one_painting_is_one_change_that_can_be_undone(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *done = NULL;
	AUTO_STRBUF text = { 0 };
	struct err e = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", NULL), before;

	assert_ok(volunteer_paint(&t->of, id, 3, 480, 600, AVAILABLE_CAN, &e));
	assert_ok(volunteer_paint(&t->of, id, 3, 660, 720, AVAILABLE_CAN, &e));
	assert_ok(volunteer_paint(&t->of, id, 3, 540, 700, AVAILABLE_CANNOT, &e));
	assert_ok(journal_undo(t->st, t->of.me.id, &done, &e));
	day_text(t, id, 3, &text);
	assert_string_equal(strbuf_str(&text), "480-600 can, 660-720 can");
	before = hands_rows(t);
	assert_ok(volunteer_paint(&t->of, id, 3, 500, 560, AVAILABLE_CAN, &e));       /* it is so already */
	assert_int_equal(hands_rows(t), before);
}

static void painting_leaves_dated_times_and_other_weekdays_alone(void **state)
{
	struct town *t = *state;
	AUTO_STRBUF text = { 0 };
	struct err e = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", NULL);

	hands_part(t, id, "availability", FILLS({ "weekday", "3" }, { "begin_min", "0900" }, { "end_min", "1000" }, { "degree", "cannot" },
	                                        { "to_day", "2026-12-31" }));
	assert_ok(volunteer_paint(&t->of, id, 4, 480, 720, AVAILABLE_CAN, &e));
	assert_ok(volunteer_paint(&t->of, id, 3, 480, 720, AVAILABLE_WILLING, &e));
	day_text(t, id, 3, &text);
	assert_string_equal(strbuf_str(&text), "480-720 willing, 540-600 cannot");
	day_text(t, id, 4, &text);
	assert_string_equal(strbuf_str(&text), "480-720 can");
}

static void what_cannot_be_painted_is_refused(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", NULL);
	static const struct { int weekday, begin, end; const char *field; } cases[] = {
		{ 0, 480, 600, "weekday" }, { 8, 480, 600, "weekday" }, { 1, 600, 600, "end_min" }, { 1, 600, 480, "end_min" }, { 1, -30, 480, "end_min" },
		{ 1, 1400, 1441, "end_min" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused_unchanged(volunteer_paint(&t->of, id, cases[i].weekday, cases[i].begin, cases[i].end, AVAILABLE_CAN, &e), RC_INVALID,
		                         cases[i].field, "");
	assert_refused_unchanged(volunteer_paint(&t->of, 4711, 1, 480, 600, AVAILABLE_CAN, &e), RC_NOTFOUND, "", "没有这位志愿者");
}

/* Three hundred random paintings against a week of minutes: the same minutes, no neighbours of the same degree, nothing outside. */
static void painting_agrees_with_a_week_of_minutes(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t id = hands_volunteer(t, "陈阿姨", NULL);
	unsigned char model[7][1440];
	unsigned seed = 20261124;

	memset(model, AVAILABILITY_DEGREE_COUNT, sizeof model);
	for (int round = 0; round < 300; round++) {
		AUTO_ARENA a = { 0 };
		struct volunteer v;
		int weekday, begin, end, degree, stated = 0, painted = 0;

		seed = seed * 1103515245 + 12345;
		weekday = (int)(seed >> 16) % 2 + 1;
		seed = seed * 1103515245 + 12345;
		begin = (int)(seed >> 16) % 48 * 30;
		seed = seed * 1103515245 + 12345;
		end = begin + 30 + (int)(seed >> 16) % 10 * 30;
		end = end > 1440 ? 1440 : end;
		seed = seed * 1103515245 + 12345;
		degree = (int)(seed >> 16) % 5;
		assert_ok(volunteer_paint(&t->of, id, weekday, begin, end, degree, &e));
		memset(&model[weekday - 1][begin], degree, (size_t)(end - begin));
		v = load(t, id, &a);
		for (size_t i = 0; i < v.n_times; i++) {
			const struct volunteer_time *s = &v.times[i];

			for (int minute = s->begin_min; minute < s->end_min; minute++)
				if (model[s->weekday - 1][minute] != s->degree)
					fail_msg("round %d: weekday %d minute %d is %d, not %d", round, s->weekday, minute, s->degree, model[s->weekday - 1][minute]);
			stated += s->end_min - s->begin_min;
			if (i > 0 && v.times[i - 1].weekday == s->weekday && v.times[i - 1].end_min == s->begin_min)
				assert_int_not_equal(v.times[i - 1].degree, s->degree);
		}
		for (int day = 0; day < 7; day++)
			for (int minute = 0; minute < 1440; minute++)
				painted += model[day][minute] != AVAILABILITY_DEGREE_COUNT;
		assert_int_equal(stated, painted);
	}
}

/* What the roster asks ----------------------------------------------------------------------------------------------------------- */

static void how_much_somebody_wants_to_serve(void **state)
{
	static const struct volunteer_time times[] = {
		{ 1, 1, 1, 480, 600, AVAILABLE_WILLING, DAY_NONE, DAY_NONE }, { 2, 1, 1, 600, 720, AVAILABLE_CAN, DAY_NONE, DAY_NONE },
		{ 3, 1, 1, 540, 560, AVAILABLE_UNWILLING, MONDAY + 7, MONDAY + 7 }, { 4, 1, 1, 720, 780, AVAILABLE_CAN, MONDAY + 14, DAY_NONE },
		{ 5, 1, 2, 480, 720, AVAILABLE_CANNOT, DAY_NONE, DAY_NONE },
	};
	static const struct volunteer_absence away = { .from_day = MONDAY + 21, .to_day = MONDAY + 22 };
	static const struct volunteer v = { .times = times, .n_times = COUNT(times), .absences = &away, .n_absences = 1 }, silent = { 0 };
	static const struct { int32_t day; int begin, end; enum availability_degree wanted; } cases[] = {
		{ MONDAY, 480, 600, AVAILABLE_WILLING }, { MONDAY, 500, 501, AVAILABLE_WILLING }, { MONDAY, 540, 660, AVAILABLE_CAN },
		{ MONDAY, 600, 720, AVAILABLE_CAN }, { MONDAY, 479, 600, AVAILABLE_CANNOT }, { MONDAY, 600, 721, AVAILABLE_CANNOT },
		{ MONDAY + 1, 500, 600, AVAILABLE_CANNOT }, { MONDAY + 2, 500, 600, AVAILABLE_CANNOT },
		{ MONDAY + 7, 480, 600, AVAILABLE_UNWILLING }, { MONDAY + 7, 480, 540, AVAILABLE_WILLING }, { MONDAY + 7, 560, 720, AVAILABLE_CAN },
		{ MONDAY + 14, 660, 780, AVAILABLE_CAN }, { MONDAY + 21, 480, 600, AVAILABLE_CANNOT }, { MONDAY + 28, 480, 600, AVAILABLE_WILLING },
	};
	bool said;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (volunteer_degree(&v, cases[i].day, cases[i].begin, cases[i].end, &said) != cases[i].wanted || !said)
			fail_msg("case %zu", i);
	assert_int_equal(volunteer_degree(&silent, MONDAY, 480, 600, &said), AVAILABLE_CAN);
	assert_false(said);
}

static void what_somebody_holds_and_what_a_service_asks_for(void **state)
{
	struct town *t = *state;
	static const struct volunteer_qualification held[] = {
		{ .kind = "health", .issued_day = MONDAY - 10, .expires_day = MONDAY }, { .kind = "driving", .issued_day = DAY_NONE, .expires_day = DAY_NONE },
	};
	static const struct volunteer v = { .qualifications = held, .n_qualifications = COUNT(held) };

	assert_true(volunteer_holds(&v, "health", MONDAY));                           /* the last day counts */
	assert_false(volunteer_holds(&v, "health", MONDAY + 1));
	assert_false(volunteer_holds(&v, "health", MONDAY - 11));
	assert_true(volunteer_holds(&v, "driving", MONDAY + 9999));
	assert_null(volunteer_lacks(&t->of, &v, "meals", "", MONDAY));
	assert_string_equal(volunteer_lacks(&t->of, &v, "meals", "", MONDAY + 1), "health");
	assert_null(volunteer_lacks(&t->of, &v, "visit", NULL, MONDAY + 1));
	assert_string_equal(volunteer_lacks(&t->of, &v, "visit", "nursing", MONDAY), "nursing");
	assert_null(volunteer_lacks(&t->of, &v, "visit", "driving", MONDAY));
	assert_null(volunteer_lacks(&t->of, &v, "no such service", NULL, MONDAY));
}

static void a_last_day_is_said_in_words(void **state)
{
	static const struct { int32_t last; enum expiry wanted; const char *words; } cases[] = {
		{ DAY_NONE, EXPIRY_FINE, "" }, { TOWN_TODAY + 31, EXPIRY_FINE, "" }, { TOWN_TODAY + 30, EXPIRY_SOON, "还有30天到期" },
		{ TOWN_TODAY + 1, EXPIRY_SOON, "明天到期" }, { TOWN_TODAY, EXPIRY_SOON, "今天到期" }, { TOWN_TODAY - 1, EXPIRY_OVER, "已过期1天" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF words = { 0 };

		assert_int_equal(volunteer_expiry(cases[i].last, TOWN_TODAY, &words), cases[i].wanted);
		assert_string_equal(strbuf_str(&words), cases[i].words);
	}
}

/* The list ----------------------------------------------------------------------------------------------------------------------- */

static int64_t count_of(struct town *t, struct list_filter f)
{
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct list_spec spec;
	struct list *l;
	size_t n;

	assert_ok(register_list_spec(&t->of, form_find(t->of.forms, "volunteer"), &a, &spec, &e));
	assert_ok(list_open(&l, t->st, &spec, &e));
	assert_ok(list_query(l, &f, 1, (struct list_order){ "name_pinyin", false }, 0, &e));
	n = list_count(l);
	list_close(l);
	return (int64_t)n;
}

static void the_list_is_narrowed_by_status_service_grid_and_certificates(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	int64_t first = hands_volunteer(t, "陈阿姨", FILLS({ "grid_id", NULL, t->grid3 }, { "services", "meals visit" }));
	int64_t second = hands_volunteer(t, "李叔叔", FILLS({ "grid_id", NULL, t->grid5 }));

	hands_volunteer(t, "周师傅", NULL);
	hands_part(t, second, "volunteer_grid", FILLS({ "grid_id", NULL, t->grid3 }));
	hands_step(t, first, "active");
	assert_int_equal(count_of(t, volunteer_filter_status("active", &a)), 1);
	assert_int_equal(count_of(t, volunteer_filter_status("applied", &a)), 2);
	assert_int_equal(count_of(t, volunteer_filter_service("visit", &a)), 3);
	assert_int_equal(count_of(t, volunteer_filter_service("meals", &a)), 1);
	assert_int_equal(count_of(t, volunteer_filter_grid(t->grid3)), 2);
	assert_int_equal(count_of(t, volunteer_filter_grid(t->grid5)), 1);
	hands_part(t, first, "qualification", FILLS({ "kind", "health" }, { "expires_day", "昨天" }));
	hands_part(t, second, "qualification", FILLS({ "kind", "health" }, { "expires_day", "明天" }));
	assert_int_equal(count_of(t, volunteer_filter_expired(TOWN_TODAY)), 1);
	assert_int_equal(count_of(t, volunteer_filter_expiring(TOWN_TODAY)), 1);
	hands_part(t, first, "qualification", FILLS({ "kind", "health" }, { "expires_day", "2027-11-24" }));
	hands_part(t, second, "qualification", FILLS({ "kind", "health" }));
	assert_int_equal(count_of(t, volunteer_filter_expired(TOWN_TODAY)), 0);
	assert_int_equal(count_of(t, volunteer_filter_expiring(TOWN_TODAY)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(parts_are_saved_changed_and_deleted),
		TEST(what_is_wrong_with_a_part_is_said_at_its_field),
		TEST(absences_that_are_over_are_the_last_ten),
		TEST(painting_cuts_replaces_and_joins),
		TEST(one_painting_is_one_change_that_can_be_undone),
		TEST(painting_leaves_dated_times_and_other_weekdays_alone),
		TEST(what_cannot_be_painted_is_refused),
		TEST(painting_agrees_with_a_week_of_minutes),
		TEST(how_much_somebody_wants_to_serve),
		TEST(what_somebody_holds_and_what_a_service_asks_for),
		TEST(a_last_day_is_said_in_words),
		TEST(the_list_is_narrowed_by_status_service_grid_and_certificates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
