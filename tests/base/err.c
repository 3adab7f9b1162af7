/* The error that travels upward. */
#include "base/err.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "test.h"

static void an_error_carries_its_code_field_and_sentence(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_int_equal(err_set(&e, RC_INVALID, "phone", "最多 %d 位", 11), RC_INVALID);
	assert_int_equal(e.code, RC_INVALID);
	assert_string_equal(e.field, "phone");
	assert_string_equal(e.text, "最多 11 位");
	assert_int_equal(err_during(&e, "未能登记第 %d 件", 2), RC_INVALID);
	assert_string_equal(e.text, "未能登记第 2 件：最多 11 位");
	assert_int_equal(err_set(&e, RC_DB, NULL, "x"), RC_DB);
	assert_string_equal(e.field, "");
	err_clear(&e);
	assert_int_equal(e.code, RC_OK);
	assert_string_equal(e.text, "");
	assert_int_equal(err_set(NULL, RC_IO, NULL, "nobody asked"), RC_IO);
}

static void a_long_sentence_is_cut_at_a_character(void **state)
{
	char longest[2000] = "";
	struct err e = { 0 };

	(void)state;
	for (int start = 0; start < 4; start++) {
		memset(longest, 'x', (size_t)start);
		for (size_t i = (size_t)start; i + 4 < sizeof longest; i += 3)
			memcpy(longest + i, "长", 4);
		err_set(&e, RC_INVALID, NULL, "%s", longest);
		assert_true(strlen(e.text) > sizeof e.text - 5);
		assert_true(text_is_utf8(e.text, strlen(e.text), NULL));
		err_during(&e, "做事");
		assert_true(text_is_utf8(e.text, strlen(e.text), NULL));
	}
}

static void the_systems_reasons_are_chinese(void **state)
{
	(void)state;
	assert_string_equal(err_reason(ENOENT), "没有这个文件或目录");
	assert_string_equal(err_reason(EACCES), "没有权限");
	assert_string_equal(err_reason(ENOTTY), "不是终端");
	for (int number = 1; number < 140; number++)          /* none in the system's own words */
		for (const char *c = err_reason(number); *c; c++)
			if ((unsigned char)*c < 0x80)
				fail_msg("%d: %s", number, err_reason(number));
	assert_string_equal(err_reason(999999), "系统没有说明原因");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_error_carries_its_code_field_and_sentence),
		cmocka_unit_test(a_long_sentence_is_cut_at_a_character),
		cmocka_unit_test(the_systems_reasons_are_chinese),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
