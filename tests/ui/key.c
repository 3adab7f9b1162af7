/* Names of keys, folding, and the table of actions. */
#include "ui/key.h"

#include "base/text.h"
#include "ui/action.h"
#include "test.h"

static void keys_are_found_by_their_names(void **state)
{
	static const struct { const char *name; uint32_t key; } cases[] = {
		{ "F1", YK_F1 }, { "F12", YK_F12 }, { "^S", CTRL('S') }, { "^s", CTRL('S') }, { "^_", 31 }, { "^H", YK_BACKSPACE }, { "^I", YK_TAB },
		{ "^M", YK_ENTER }, { "^[", YK_ESC }, { "Enter", YK_ENTER }, { "Shift-Tab", YK_BACKTAB }, { "Alt-1", MOD_ALT | '1' },
		{ "Alt-Up", MOD_ALT | YK_UP }, { "Alt--", MOD_ALT | '-' }, { "Space", ' ' }, { "/", '/' }, { "^", '^' }, { "n", 'n' }, { "N", 'N' },
		{ "查", 0x67E5 }, { "Up", YK_UP }, { "上", YK_UP }, { "Ctrl-Left", YK_CTRL_LEFT },
		{ "", YK_NONE }, { "F13", YK_NONE }, { "f1", YK_NONE }, { "Alt-", YK_NONE }, { "Alt-Alt-x", YK_NONE }, { "^1", YK_NONE }, { "ab", YK_NONE },
		{ "\x1b", YK_NONE }, { "\xFF", YK_NONE }, { "\u202E", YK_NONE }, { "Alt-F99", YK_NONE }, { "查找", YK_NONE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(key_from_name(cases[i].name), cases[i].key);
}

static void the_name_that_is_shown_leads_back_to_the_key(void **state)
{
	(void)state;
	for (uint32_t key = 1; key <= YK_F12; key = key < 0x3100 || key >= YK_UP ? key + 1 : key < 0x10FF00 ? key + 97 : (uint32_t)YK_UP) {
		for (uint32_t alt = 0; alt <= MOD_ALT; alt += MOD_ALT) {
			AUTO_STRBUF name = { 0 };

			key_show(&name, key | alt);
			/* ^H is Backspace, what is no character has no name, and 上下左右 are the arrows */
			if (key == 8 || (key >= 0x20 && key < KEY_SPECIAL && !key_is_text(key)) ||
			    key == 0x4E0A || key == 0x4E0B || key == 0x5DE6 || key == 0x53F3)
				continue;
			assert_int_equal(key_from_name(strbuf_str(&name)), key | alt);
		}
	}
}

static void only_characters_are_text(void **state)
{
	static const uint32_t text[] = { ' ', 'a', '/', 0x738B, 0x20000, 0xFF11, 0xE000 };
	static const uint32_t other[] = { 0, 1, YK_TAB, YK_ENTER, YK_ESC, 0x7F, 0x9B, 0x202E, 0x200B, 0xFEFF, 0x110000, YK_NONE, YK_UP, YK_PASTE, MOD_ALT | 'a' };

	(void)state;
	for (size_t i = 0; i < COUNT(text); i++)
		assert_true(key_is_text(text[i]));
	for (size_t i = 0; i < COUNT(other); i++)
		assert_false(key_is_text(other[i]));
}

static void full_width_forms_count_as_the_key(void **state)
{
	static const struct { uint32_t from, to; } cases[] = {
		{ 0xFF11, '1' }, { 0xFF0F, '/' }, { 0xFF1A, ':' }, { 0xFF4E, 'n' }, { 0xFF2E, 'N' }, { 0x3000, ' ' }, { 0x3001, '/' }, { 0x3002, '.' },
		{ MOD_ALT | 0xFF11, MOD_ALT | '1' }, { 'n', 'n' }, { YK_F2, YK_F2 }, { 0x738B, 0x738B }, { YK_ENTER, YK_ENTER },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(key_fold(cases[i].from), cases[i].to);
}

static void actions_are_found_by_their_names(void **state)
{
	(void)state;
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		assert_int_equal(action_from_name(action_name((enum action)a)), a);
		assert_non_null(action_label((enum action)a));
		assert_non_null(action_title((enum action)a));
	}
	for (const char *digit = MAIN_DIGITS; *digit; digit++)
		assert_int_equal(action_digit(action_from_digit(*digit)), *digit);
	assert_int_equal(action_digit(ACT_HELP), 0);
	assert_int_equal(action_from_digit('x'), ACT_NONE);
	assert_int_equal(action_from_digit('\0'), ACT_NONE);
	assert_int_equal(action_from_name(""), ACT_NONE);
	assert_int_equal(action_from_name("nothing"), ACT_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_found_by_their_names),
		cmocka_unit_test(the_name_that_is_shown_leads_back_to_the_key),
		cmocka_unit_test(only_characters_are_text),
		cmocka_unit_test(full_width_forms_count_as_the_key),
		cmocka_unit_test(actions_are_found_by_their_names),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
