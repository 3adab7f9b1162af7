/* Masks of names and numbers. */
#include "base/text.h"

#include "test.h"

typedef void mask_function(struct strbuf *out, const char *s);

static void check(mask_function *mask, const char *s, const char *want)
{
	AUTO_STRBUF out = { 0 };

	mask(&out, s);
	assert_string_equal(strbuf_str(&out), want);
}

static void a_name_keeps_its_first_character_whatever_its_length(void **state)
{
	(void)state;
	check(text_mask_name, "王秀英", "王**");
	check(text_mask_name, "王五", "王**");
	check(text_mask_name, "王", "王**");
	check(text_mask_name, "阿卜杜拉·买买提", "阿**");
	check(text_mask_name, "\U00020BB7野家", "\U00020BB7**");
	check(text_mask_name, "", "");
	check(text_mask_name, NULL, "");
}

static void a_mobile_number_keeps_three_and_four(void **state)
{
	(void)state;
	check(text_mask_phone, "13812343321", "138****3321");
	check(text_mask_phone, "0573-85012345", "****");
	check(text_mask_phone, "1381234332", "****");
	check(text_mask_phone, "1381234332a", "****");
	check(text_mask_phone, "138123433210", "****");
	check(text_mask_phone, "23812343321", "****");
	check(text_mask_phone, "", "");
}

static void an_id_number_keeps_six_and_four(void **state)
{
	(void)state;
	check(text_mask_idnumber, "330482195001011234", "330482********1234");
	check(text_mask_idnumber, "33048219500101123X", "330482********123X");
	check(text_mask_idnumber, "33048219500101123", "****");
	check(text_mask_idnumber, "A30482195001011234", "****");
	check(text_mask_idnumber, "王秀英", "****");
	check(text_mask_idnumber, "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_keeps_its_first_character_whatever_its_length),
		cmocka_unit_test(a_mobile_number_keeps_three_and_four),
		cmocka_unit_test(an_id_number_keeps_six_and_four),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
