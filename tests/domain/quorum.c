/* config/quorum.ini: the shipped rules, the rule of a kind, and files with mistakes. */
#include "deliberation/quorum.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "test.h"

static int setup(void **state)
{
	struct form_set *forms;
	struct err e = { 0 };

	if (form_set_load(&forms, YL_SOURCE_DIR "/forms", "", &e) != RC_OK) {
		print_error("%s\n", e.text);
		return -1;
	}
	*state = forms;
	return 0;
}

static int teardown(void **state)
{
	form_set_free(*state);
	return 0;
}

static void the_shipped_rules_are_read(void **state)
{
	static const struct { const char *kind, *name, *label; int numerator, denominator; bool more_than; int least; } cases[] = {
		{ "council", "default", "应到人数过半", 1, 2, true, 3 },
		{ "staircase", "default", "应到人数过半", 1, 2, true, 3 },
		{ "assembly", "assembly", "应到代表三分之二以上", 2, 3, false, 5 },
		{ "bench", "bench", "到会三人以上", 0, 1, false, 3 },
		{ "inquiry", "inquiry", "征询户数三分之二以上", 2, 3, false, 3 },
		{ "gone", "default", "应到人数过半", 1, 2, true, 3 },
		{ "", "default", "应到人数过半", 1, 2, true, 3 },
		{ NULL, "default", "应到人数过半", 1, 2, true, 3 },
	};
	struct quorums *qs;
	struct err e = { 0 };

	assert_ok(quorums_load(&qs, YL_SOURCE_DIR "/config/quorum.ini", *state, &e));
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct quorum_rule *q = quorum_find(qs, cases[i].kind);

		assert_string_equal(q->name, cases[i].name);
		assert_string_equal(q->label, cases[i].label);
		assert_int_equal(q->numerator, cases[i].numerator);
		assert_int_equal(q->denominator, cases[i].denominator);
		assert_int_equal(q->more_than, cases[i].more_than);
		assert_int_equal(q->least, cases[i].least);
	}
	quorums_free(qs);
}

/* Load a text as quorum.ini. */
static enum rc load_text(const struct form_set *forms, const char *text, size_t n, struct quorums **out, struct err *e)
{
	char path[] = "/tmp/youlin-test-XXXXXX";
	int fd = mkstemp(path);
	enum rc rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, n), (ssize_t)n);
	close(fd);
	rc = quorums_load(out, path, forms, e);
	unlink(path);
	return rc;
}

#define USUAL "[default]\nlabel=过半\nshare=1/2\nmore_than=yes\nleast=3\n"
#define BENCH(share, more_than, least) USUAL "[bench]\nlabel=三人\nshare=" share "\nmore_than=" more_than "\nleast=" least "\n"

static void every_mistake_is_refused_with_its_line(void **state)
{
	static const struct { const char *text, *words; } cases[] = {
		{ "", "缺少 [default]" },
		{ "[bench]\nlabel=x\nshare=1/2\nmore_than=no\nleast=1\n", "缺少 [default]" },
		{ "[default]\n", ":1: [default] 缺少 label" },
		{ "[default]\nlabel=过半\n", ":1: [default] 缺少 share" },
		{ "[default]\nlabel=过半\nshare=1/2\n", ":1: [default] 缺少 more_than" },
		{ "[default]\nlabel=过半\nshare=1/2\nmore_than=no\n", ":1: [default] 缺少 least" },
		{ "[default]\nlabel=\nshare=1/2\nmore_than=no\nleast=1\n", ":2: label 要写一句话" },
		{ USUAL "[garden]\nlabel=x\n", ":6: 没有 garden 这种会议形式" },
		{ USUAL "[bench]\nlable=x\n", ":7:" },
		{ BENCH("half", "no", "3"), ":8: share = half 不对" },
		{ BENCH("1/2/3", "no", "3"), ":8: share" },
		{ BENCH("1", "no", "3"), ":8: share" },
		{ BENCH("0.5", "no", "3"), ":8: share" },
		{ BENCH("/2", "no", "3"), ":8: share" },
		{ BENCH("1/", "no", "3"), ":8: share" },
		{ BENCH("1/0", "no", "3"), ":8: share" },
		{ BENCH("3/2", "no", "3"), ":8: share" },
		{ BENCH("-1/2", "no", "3"), ":8: share" },
		{ BENCH("1/-2", "no", "3"), ":8: share" },
		{ BENCH("1 / 2", "no", "3"), ":8: share" },
		{ BENCH("1/101", "no", "3"), ":8: share" },
		{ BENCH("99999999999999999999/99999999999999999999", "no", "3"), ":8: share" },
		{ BENCH("50%", "no", "3"), ":8: share" },
		{ BENCH("%s%n/2", "no", "3"), ":8: share = %s%n/2 不对" },
		{ BENCH("1/2", "perhaps", "3"), ":9: more_than = perhaps 不对，应为 yes 或 no" },
		{ BENCH("1/2", "", "3"), ":9: more_than" },
		{ BENCH("1/1", "yes", "3"), ":6: [bench] 到会人数不可能超过" },
		{ BENCH("1/2", "no", "0"), ":10: least = 0 不对" },
		{ BENCH("1/2", "no", "-3"), ":10: least" },
		{ BENCH("1/2", "no", "3 人"), ":10: least" },
		{ BENCH("1/2", "no", "1001"), ":10: least" },
		{ BENCH("1/2", "no", "99999999999999999999"), ":10: least" },
		{ USUAL USUAL, "default" },
		{ "\xff\xfe[default]\n", "UTF-8" },
		{ USUAL "[bench]\nlabel=\x1b[2J\n", ":7:" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct quorums *qs = (struct quorums *)state;
		struct err e = { 0 };

		assert_code(load_text(*state, cases[i].text, strlen(cases[i].text), &qs, &e), RC_INVALID);
		assert_ptr_equal(qs, state);
		if (strstr(e.text, cases[i].words) == NULL)
			fail_msg("case %zu says \"%s\", not \"%s\"", i, e.text, cases[i].words);
	}
}

static void a_file_cut_anywhere_is_loaded_or_refused(void **state)
{
	static const char text[] = BENCH("0/1", "no", "3");
	size_t loaded = 0;

	for (size_t n = 0; n <= sizeof text - 1; n++) {
		struct quorums *qs = NULL;
		struct err e = { 0 };
		enum rc rc = load_text(*state, text, n, &qs, &e);

		assert_true((rc == RC_OK && quorum_find(qs, "bench")) || (rc == RC_INVALID && qs == NULL && e.text[0]));
		loaded += rc == RC_OK;
		quorums_free(qs);
	}
	assert_true(loaded >= 2);
}

static void a_huge_file_is_refused(void **state)
{
	size_t n = 2 << 20;
	AUTO_FREE char *text = mem_alloc(n);
	struct quorums *qs = NULL;
	struct err e = { 0 };

	memset(text, 'x', n);
	assert_code(load_text(*state, text, n, &qs, &e), RC_INVALID);
	memset(text, '\n', n);
	assert_code(load_text(*state, text, n, &qs, &e), RC_INVALID);
	assert_null(qs);
}

static void a_missing_file_is_an_io_error(void **state)
{
	struct quorums *qs = NULL;
	struct err e = { 0 };

	assert_code(quorums_load(&qs, "/nonexistent/quorum.ini", *state, &e), RC_IO);
	assert_null(qs);
	quorums_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shipped_rules_are_read),
		cmocka_unit_test(every_mistake_is_refused_with_its_line),
		cmocka_unit_test(a_file_cut_anywhere_is_loaded_or_refused),
		cmocka_unit_test(a_huge_file_is_refused),
		cmocka_unit_test(a_missing_file_is_an_io_error),
	};

	return cmocka_run_group_tests_name("domain-quorum", tests, setup, teardown);
}
