/* Values of fields. */
#include "base/form.h"

#include <string.h>

#include "test.h"

static void a_value_is_a_number_or_a_text_or_nothing(void **state)
{
	struct value v = { 0 };

	(void)state;
	assert_int_equal(v.kind, VALUE_NONE);
	value_set_text(&v, "王秀英");
	assert_int_equal(v.kind, VALUE_TEXT);
	assert_string_equal(value_text(&v), "王秀英");
	value_set_number(&v, -8766);
	assert_int_equal(v.kind, VALUE_NUMBER);
	assert_int_equal(v.number, -8766);
	assert_null(v.text);
	assert_string_equal(value_text(&v), "");
	value_set_text(&v, "");
	assert_int_equal(v.kind, VALUE_NONE);
	value_set_text(&v, "x");
	value_set_text(&v, NULL);
	assert_int_equal(v.kind, VALUE_NONE);
	value_clear(&v);
	value_clear(&v);
}

static void a_value_may_be_set_from_its_own_text(void **state)
{
	struct value v = { 0 };

	(void)state;
	value_set_text(&v, "  王");
	value_set_text(&v, v.text + 2);
	assert_string_equal(value_text(&v), "王");
	value_copy(&v, &v);
	assert_string_equal(value_text(&v), "王");
	value_clear(&v);
}

static void a_copy_is_equal_and_its_own(void **state)
{
	struct value text = { 0 }, number = { 0 }, none = { 0 }, copy = { 0 };

	(void)state;
	value_set_text(&text, "a");
	value_set_number(&number, 0);
	value_copy(&copy, &text);
	assert_true(value_equal(&copy, &text));
	assert_ptr_not_equal(copy.text, text.text);
	copy.text[0] = 'b';
	assert_false(value_equal(&copy, &text));
	assert_false(value_equal(&number, &none));             /* zero is not nothing */
	assert_false(value_equal(&number, &text));
	value_copy(&copy, &number);
	assert_true(value_equal(&copy, &number));
	value_copy(&copy, &none);
	assert_true(value_equal(&copy, &none));
	value_clear(&text);
	value_clear(&copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_a_number_or_a_text_or_nothing),
		cmocka_unit_test(a_value_may_be_set_from_its_own_text),
		cmocka_unit_test(a_copy_is_equal_and_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
