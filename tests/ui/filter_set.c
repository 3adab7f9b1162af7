/* What a list is narrowed by: kept as a line, read again, said in words, made into conditions. */
#include "ui/widgets/filter_set.h"

#include <string.h>

#include "base/text.h"
#include "desk.h"
#include "test.h"

enum { STATUS, PAPERS, GRID, KINDS };

static const char *const papers[] = { "不限", "证书已过期", "证书快到期" };

static struct list_filter by_anything(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)app; (void)v; (void)a;
	return (struct list_filter){ .where = "1" };
}

static const struct filter_kind kinds[KINDS] = {
	[STATUS] = { .key = "status", .title = "状态", .codes = "resident_status", .first = "present", .condition = by_anything },
	[PAPERS] = { .key = "papers", .title = "证书", .choices = papers, .n_choices = COUNT(papers), .condition = by_anything },
	[GRID]   = { .key = "grid", .title = "网格", .condition = by_anything },
};

static void assert_words(struct desk *d, const struct filter_set *f, const char *wanted)
{
	AUTO_STRBUF words = { 0 };

	filter_set_words(&d->loop.app, f, &words);
	assert_string_equal(strbuf_str(&words), wanted);
}

static size_t conditions(struct desk *d, const struct filter_set *f)
{
	struct list_filter out[FILTER_KINDS_MAX];
	AUTO_ARENA arena = { 0 };

	return filter_set_conditions(&d->loop.app, f, &arena, out);
}

static void a_list_begins_with_what_its_table_says(void **state)
{
	struct filter_set f = filter_set_first(kinds, KINDS);

	assert_words(*state, &f, "在册");
	assert_int_equal(conditions(*state, &f), 1);
	filter_set_clear(&f);
	assert_words(*state, &f, "");
	assert_int_equal(conditions(*state, &f), 0);
}

static void what_is_chosen_is_kept_and_read_again(void **state)
{
	struct desk *d = *state;
	struct filter_set f = filter_set_first(kinds, KINDS), again = filter_set_first(kinds, KINDS);
	AUTO_STRBUF line = { 0 };

	f.values[PAPERS].choice = 2;
	grid_choice_read(&d->loop.app, &f.values[GRID].grid, d->grid);
	filter_set_write(&f, &line);
	filter_set_read(&d->loop.app, &again, strbuf_str(&line));
	assert_words(d, &again, "在册 · 证书快到期 · 网格 03");
	assert_int_equal(conditions(d, &again), 3);
}

static void what_was_taken_out_stays_out(void **state)
{
	struct desk *d = *state;
	struct filter_set f = filter_set_first(kinds, KINDS), again = filter_set_first(kinds, KINDS);
	AUTO_STRBUF line = { 0 };

	filter_set_clear(&f);
	filter_set_write(&f, &line);
	filter_set_read(&d->loop.app, &again, strbuf_str(&line));
	assert_words(d, &again, "");
}

static void what_is_unknown_or_gone_is_passed_over(void **state)
{
	static const char *const lines[] = {
		"", " ", "status", "=", "status=", "status=nobody", "status=present_but_far_longer_than_any_code_that_a_list_of_codes_could_ever_hold", "papers=3",
		"papers=-1", "papers=99999999999999999999", "papers=x", "grid=4711", "grid=", "colour=red", "status =present", "\xff=\xfe",
	};
	struct desk *d = *state;

	for (size_t i = 0; i < COUNT(lines); i++) {
		struct filter_set f = filter_set_first(kinds, KINDS);

		filter_set_read(&d->loop.app, &f, lines[i]);
		assert_words(d, &f, "");
		assert_int_equal(conditions(d, &f), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_begins_with_what_its_table_says),
		cmocka_unit_test(what_is_chosen_is_kept_and_read_again),
		cmocka_unit_test(what_was_taken_out_stays_out),
		cmocka_unit_test(what_is_unknown_or_gone_is_passed_over),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, desk_setup, desk_teardown);
}
