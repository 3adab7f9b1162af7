/* Deadlines: the rules of config/deadlines.ini, and days around the holidays of 2026 with their shifted working days. */
#include "domain/deadline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/mem.h"
#include "test.h"

struct fixture {
	struct form_set *forms;
	struct calendar *calendar;
	struct deadlines *deadlines;
};

static int setup(void **state)
{
	struct fixture *x = mem_alloc(sizeof *x);
	struct err e = { 0 };

	*state = x;
	if (form_set_load(&x->forms, YL_SOURCE_DIR "/forms", "", &e) == RC_OK &&
	    calendar_load(&x->calendar, YL_SOURCE_DIR "/config/holidays.ini", &e) == RC_OK &&
	    deadlines_load(&x->deadlines, YL_SOURCE_DIR "/config/deadlines.ini", x->forms, &e) == RC_OK)
		return 0;
	print_error("%s\n", e.text);
	return -1;
}

static int teardown(void **state)
{
	struct fixture *x = *state;

	deadlines_free(x->deadlines);
	calendar_free(x->calendar);
	form_set_free(x->forms);
	free(x);
	return 0;
}

static int32_t day_of(const char *text)
{
	struct err e = { 0 };
	int32_t day;

	assert_ok(day_parse(text, 20781, &day, &e));
	return day;
}

static void the_rule_comes_from_leaf_then_parent_then_default(void **state)
{
	static const struct { const char *category, *urgency; enum deadline_kind kind; int workdays; const char *rule; } cases[] = {
		{ "property.leak", "normal", DEADLINE_WHOLE, 5, "default normal" },
		{ "property.leak", "urgent", DEADLINE_WHOLE, 3, "default urgent" },
		{ "property.leak", "emergency", DEADLINE_WHOLE, 0, "default emergency" },
		{ "dispute.family", "normal", DEADLINE_WHOLE, 13, "dispute normal" },
		{ "dispute", "normal", DEADLINE_WHOLE, 13, "dispute normal" },
		{ "dispute.family", "emergency", DEADLINE_WHOLE, 0, "default emergency" },
		{ "environment.noise", "normal", DEADLINE_WHOLE, 13, "environment.noise normal" },
		{ "environment.noise", "urgent", DEADLINE_WHOLE, 3, "default urgent" },
		{ "environment.green", "normal", DEADLINE_WHOLE, 5, "default normal" },
		{ "elderly.meal", "normal", DEADLINE_WHOLE, 3, "elderly.meal normal" },
		{ "elderly.care", "normal", DEADLINE_WHOLE, 5, "default normal" },
		{ "service.certificate", "normal", DEADLINE_ACCEPT, 1, "default normal" },
		{ "service.certificate", "urgent", DEADLINE_ACCEPT, 0, "default urgent" },
		{ "service.certificate", "normal", DEADLINE_EVALUATE, 1, "default normal" },
		{ "no.such", "normal", DEADLINE_WHOLE, 5, "default normal" },
		{ "", "normal", DEADLINE_WHOLE, 5, "default normal" },
		{ NULL, "normal", DEADLINE_WHOLE, 5, "default normal" },
		{ "dispute.family", NULL, DEADLINE_WHOLE, 13, "dispute normal" },
		{ "dispute.family", "gone", DEADLINE_WHOLE, 13, "dispute normal" },
	};
	struct fixture *x = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *rule = NULL;
		int got = deadline_workdays(x->deadlines, cases[i].kind, cases[i].category, cases[i].urgency, &rule);

		if (got != cases[i].workdays || strcmp(rule, cases[i].rule) != 0)
			fail_msg("%s/%s: %d by \"%s\"", cases[i].category, cases[i].urgency, got, rule);
	}
}

static void due_days_jump_holidays_and_count_shifted_working_days(void **state)
{
	/* 2026: 春节 02-15..02-23 off, 02-14 and 02-28 worked; 国庆 10-01..10-07 off, 09-20 and 10-10 worked; 05-09 worked. */
	static const struct { const char *from, *urgency, *due; } cases[] = {
		{ "2026-11-24", "normal", "2026-12-01" },
		{ "2026-11-27", "normal", "2026-12-04" },
		{ "2026-11-28", "normal", "2026-12-04" },
		{ "2026-11-24", "urgent", "2026-11-27" },
		{ "2026-02-12", "normal", "2026-02-26" },
		{ "2026-02-13", "urgent", "2026-02-25" },
		{ "2026-02-27", "urgent", "2026-03-03" },
		{ "2026-09-30", "normal", "2026-10-13" },
		{ "2026-10-08", "urgent", "2026-10-12" },
		{ "2026-05-08", "normal", "2026-05-14" },
		{ "2026-02-21", "emergency", "2026-02-21" },
		{ "2026-11-28", "emergency", "2026-11-28" },
		{ "2031-01-03", "normal", "2031-01-10" },
	};
	struct fixture *x = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		int32_t due = deadline_due(x->deadlines, x->calendar, DEADLINE_WHOLE, "property.leak", cases[i].urgency, day_of(cases[i].from), NULL);
		AUTO_STRBUF got = { 0 };

		day_format(&got, due);
		if (due != day_of(cases[i].due))
			fail_msg("from %s, %s: %s instead of %s", cases[i].from, cases[i].urgency, strbuf_str(&got), cases[i].due);
	}
}

static void a_day_is_shifted_both_ways_by_working_days(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(deadline_shift(x->calendar, day_of("2026-09-30"), 1), day_of("2026-10-08"));
	assert_int_equal(deadline_shift(x->calendar, day_of("2026-10-08"), -1), day_of("2026-09-30"));
	assert_int_equal(deadline_shift(x->calendar, day_of("2026-10-12"), -3), day_of("2026-10-08"));
	assert_int_equal(deadline_shift(x->calendar, day_of("2026-10-03"), 0), day_of("2026-10-03"));
	assert_int_equal(deadline_shift(x->calendar, DAY_NONE, 3), DAY_NONE);
}

static void the_shipped_limits_are_read(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(deadline_extension(x->deadlines).times, 2);
	assert_int_equal(deadline_extension(x->deadlines).workdays, 20);
	assert_false(deadline_extension(x->deadlines).late);
	assert_int_equal(deadline_attempts(x->deadlines), 3);
}

/* Load a text as deadlines.ini. */
static enum rc load_text(const struct fixture *x, const char *text, size_t n, struct deadlines **out, struct err *e)
{
	char path[] = "/tmp/youlin-test-XXXXXX";
	int fd = mkstemp(path);
	enum rc rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, n), (ssize_t)n);
	close(fd);
	rc = deadlines_load(out, path, x->forms, e);
	unlink(path);
	return rc;
}

#define WHOLE_DEFAULT \
	"[default]\naccept.normal=1\naccept.urgent=1\naccept.emergency=0\nwhole.normal=5\nwhole.urgent=3\nwhole.emergency=0\n" \
	"evaluate.normal=1\nevaluate.urgent=1\nevaluate.emergency=1\n"

static void every_mistake_is_refused_with_its_line(void **state)
{
	static const struct { const char *text, *words; } cases[] = {
		{ "", "缺少" },
		{ "[default]\nwhole.normal = 5\n", ":1: [default] 缺少 accept.normal" },
		{ WHOLE_DEFAULT "[nothing]\nwhole.normal = 5\n", ":11: 没有 nothing 这个事项分类" },
		{ WHOLE_DEFAULT "[property]\nwhole.soon = 5\n", ":12: 不认识 whole.soon" },
		{ WHOLE_DEFAULT "[property]\nwhole = 5\n", ":12: 不认识 whole" },
		{ WHOLE_DEFAULT "[property]\nsum.normal = 5\n", ":12: 不认识 sum.normal" },
		{ WHOLE_DEFAULT "[property]\nwhole.normal = five\n", ":12: whole.normal = five 不对，应为 0 到 250" },
		{ WHOLE_DEFAULT "[property]\nwhole.normal = -1\n", "0 到 250" },
		{ WHOLE_DEFAULT "[property]\nwhole.normal = 251\n", "0 到 250" },
		{ WHOLE_DEFAULT "[property]\nwhole.normal = 5 天\n", "0 到 250" },
		{ WHOLE_DEFAULT "[property]\nwhole.normal = 99999999999999999999\n", "0 到 250" },
		{ WHOLE_DEFAULT "[property]\nwhole.normal =\n", "0 到 250" },
		{ WHOLE_DEFAULT "[extension]\nlate = maybe\n", ":12: late = maybe 不对，应为 yes 或 no" },
		{ WHOLE_DEFAULT "[extension]\ntimes = 21\n", "0 到 20" },
		{ WHOLE_DEFAULT "[extension]\nworkdays = 0\n", "1 到 60" },
		{ WHOLE_DEFAULT "[extension]\ndays = 3\n", "可以写 times、workdays、late" },
		{ WHOLE_DEFAULT "[evaluate]\nattempts = 0\n", "1 到 10" },
		{ WHOLE_DEFAULT "[evaluate]\ncalls = 2\n", "可以写 attempts" },
		{ "\xff\xfe[default]\n", "UTF-8" },
	};
	struct fixture *x = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct deadlines *d = (struct deadlines *)x;
		struct err e = { 0 };

		assert_code(load_text(x, cases[i].text, strlen(cases[i].text), &d, &e), RC_INVALID);
		assert_ptr_equal(d, x);
		if (strstr(e.text, cases[i].words) == NULL)
			fail_msg("case %zu says \"%s\", not \"%s\"", i, e.text, cases[i].words);
	}
}

static void a_file_cut_anywhere_is_loaded_or_refused(void **state)
{
	static const char text[] = WHOLE_DEFAULT "[property]\nwhole.normal = 8\n[extension]\ntimes = 1\nlate = yes\n[evaluate]\nattempts = 2\n";
	struct fixture *x = *state;

	for (size_t n = 0; n <= sizeof text - 1; n++) {
		struct deadlines *d = NULL;
		struct err e = { 0 };
		enum rc rc = load_text(x, text, n, &d, &e);

		assert_true(rc == RC_OK || (rc == RC_INVALID && d == NULL && e.text[0]));
		deadlines_free(d);
	}
}

static void a_missing_file_is_an_io_error(void **state)
{
	struct fixture *x = *state;
	struct deadlines *d = NULL;
	struct err e = { 0 };

	assert_code(deadlines_load(&d, "/nonexistent/deadlines.ini", x->forms, &e), RC_IO);
	assert_null(d);
	deadlines_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rule_comes_from_leaf_then_parent_then_default),
		cmocka_unit_test(due_days_jump_holidays_and_count_shifted_working_days),
		cmocka_unit_test(a_day_is_shifted_both_ways_by_working_days),
		cmocka_unit_test(the_shipped_limits_are_read),
		cmocka_unit_test(every_mistake_is_refused_with_its_line),
		cmocka_unit_test(a_file_cut_anywhere_is_loaded_or_refused),
		cmocka_unit_test(a_missing_file_is_an_io_error),
	};

	return cmocka_run_group_tests_name("domain-deadline", tests, setup, teardown);
}
