/* Which codes are offered for what was typed: with the shipped code lists. */
#include "ui/widgets/code_choice.h"

#include <string.h>

#include "base/text.h"
#include "test.h"

static int load_forms(void **state)
{
	struct err e = { 0 };
	struct form_set *set;

	if (form_set_load(&set, YL_SOURCE_DIR "/forms", "", &e) != RC_OK)
		return -1;
	*state = set;
	return 0;
}

static int free_forms(void **state)
{
	form_set_free(*state);
	return 0;
}

static void typing_finds_a_code_by_label_initials_and_both_levels(void **state)
{
	static const struct { const char *list, *typed, *first; } cases[] = {
		{ "category", "漏水", "property.leak" },
		{ "category", "wyls", "property.leak" },             /* 物业 · 漏水 */
		{ "category", "wylS", "property.leak" },
		{ "category", "wy ls", "property.leak" },
		{ "category", "物业·漏水", "property.leak" },
		{ "category", "物业ls", "property.leak" },
		{ "category", "ls", "property.leak" },
		{ "category", "dianti", "property.lift" },
		{ "category", "zm", "service.certificate" },
		{ "category", "加装电梯", "discuss.lift" },
		{ "category", "ｌｓ", "property.leak" },
		{ "channel", "dh", "phone" },
		{ "channel", "12345", "hotline" },
		{ "sex", "女", "2" },
		{ "urgency", "yj", "emergency" },
	};
	const struct form_set *set = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct code_choice *choices;
		AUTO_ARENA a = { 0 };
		size_t n = code_choices(form_codes(set, cases[i].list), NULL, cases[i].typed, NULL, &a, &choices);

		if (n == 0)
			fail_msg("%s: nothing", cases[i].typed);
		assert_string_equal(choices[0].code->code, cases[i].first);
		assert_false(choices[0].leads);
	}
}

static void nothing_typed_shows_one_level_in_the_order_of_the_file(void **state)
{
	const struct code_list *list = form_codes(*state, "category");
	const struct code_choice *choices;
	AUTO_ARENA a = { 0 };
	size_t n = code_choices(list, NULL, " ", NULL, &a, &choices);

	assert_int_equal(n, 11);
	assert_string_equal(choices[0].code->code, "property");
	for (size_t i = 0; i < n; i++)
		assert_true(choices[i].leads);
	n = code_choices(list, "property", "", NULL, &a, &choices);
	assert_int_equal(n, 5);
	assert_string_equal(choices[0].code->code, "property.leak");
	assert_false(choices[0].leads);
}

static void below_a_parent_only_its_children_are_found(void **state)
{
	const struct code_choice *choices;
	AUTO_ARENA a = { 0 };

	assert_int_equal(code_choices(form_codes(*state, "category"), "traffic", "漏水", NULL, &a, &choices), 0);
	assert_int_equal(code_choices(form_codes(*state, "category"), "traffic", "tc", NULL, &a, &choices), 1);
	assert_string_equal(choices[0].code->code, "traffic.parking");
}

static void a_parent_that_has_children_is_no_value(void **state)
{
	const struct code_choice *choices;
	AUTO_ARENA a = { 0 };
	size_t n = code_choices(form_codes(*state, "category"), NULL, "物业管理", NULL, &a, &choices);

	assert_int_equal(n, 5);          /* its children, found through it */
	for (size_t i = 0; i < n; i++)
		assert_non_null(strchr(choices[i].code->code, '.'));
}

static void a_retired_code_is_offered_only_where_it_stands_already(void **state)
{
	static const struct code codes[] = {
		{ "a", "甲", NULL, false, "" }, { "b", "乙", NULL, true, "retired" }, { "c", "丙", NULL, false, "" },
	};
	const struct code_list list = { "test", codes, COUNT(codes) };
	const struct code_choice *choices;
	AUTO_ARENA a = { 0 };

	(void)state;
	assert_int_equal(code_choices(&list, NULL, "", NULL, &a, &choices), 2);
	assert_int_equal(code_choices(&list, NULL, "乙", "", &a, &choices), 0);
	assert_int_equal(code_choices(&list, NULL, "", "b", &a, &choices), 3);
	assert_int_equal(code_choices(&list, NULL, "乙", "a b", &a, &choices), 1);
}

static void hostile_typing_finds_nothing_and_harms_nothing(void **state)
{
	const struct code_list *list = form_codes(*state, "category");
	AUTO_STRBUF huge = { 0 };
	static const char *const typed[] = { "\xff\xfe", "'; DROP TABLE issue", "\x1b[2J", "%_*", "·", "····", "/ / /", "(((", "" };
	const struct code_choice *choices;
	AUTO_ARENA a = { 0 };

	for (size_t i = 0; i < COUNT(typed); i++)
		code_choices(list, NULL, typed[i], typed[i], &a, &choices);
	for (int i = 0; i < 5000; i++)
		strbuf_add(&huge, "水w");
	assert_int_equal(code_choices(list, NULL, strbuf_str(&huge), NULL, &a, &choices), 0);
	assert_int_equal(code_choices(list, NULL, "\xff\xfe", NULL, &a, &choices), 0);
}

static void ticks_go_in_and_out_in_the_order_of_the_list(void **state)
{
	static const struct { const char *codes, *toggled, *want; } cases[] = {
		{ "", "alone", "alone" }, { "alone", "alone", "" }, { "aged80", "alone", "alone aged80" }, { "alone aged80", "alone", "aged80" },
		{ "alone old_code", "empty", "alone empty old_code" }, { "alonex", "alone", "alone alonex" },
	};
	const struct code_list *list = form_codes(*state, "care_tag");

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF out = { 0 };

		codes_toggle(list, cases[i].codes, cases[i].toggled, &out);
		assert_string_equal(strbuf_str(&out), cases[i].want);
	}
	assert_true(codes_have("alone aged80", "aged80"));
	assert_false(codes_have("alone aged80", "aged"));
	assert_false(codes_have(NULL, "aged"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typing_finds_a_code_by_label_initials_and_both_levels),
		cmocka_unit_test(nothing_typed_shows_one_level_in_the_order_of_the_file),
		cmocka_unit_test(below_a_parent_only_its_children_are_found),
		cmocka_unit_test(a_parent_that_has_children_is_no_value),
		cmocka_unit_test(a_retired_code_is_offered_only_where_it_stands_already),
		cmocka_unit_test(hostile_typing_finds_nothing_and_harms_nothing),
		cmocka_unit_test(ticks_go_in_and_out_in_the_order_of_the_list),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, load_forms, free_forms);
}
