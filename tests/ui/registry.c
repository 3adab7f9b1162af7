/* The registry of screens, and that its tables fit together. */
#include "ui/screen.h"

#include <string.h>

#include "base/mem.h"
#include "test.h"

static void every_screen_can_be_opened_and_painted(void **state)
{
	(void)state;
	for (size_t i = 0; i < screen_registry_count; i++) {
		const struct screen_def *def = screen_registry[i].def;

		assert_true(def->name && def->name[0] && def->title && def->title[0]);
		assert_non_null(def->draw);
		assert_true(def->state_size > 0);
		assert_ptr_equal(screen_find(def->name), &screen_registry[i]);         /* names are unique */
	}
	assert_null(screen_find("nowhere"));
	assert_non_null(screen_find("login"));
}

static void a_digit_leads_to_one_screen(void **state)
{
	(void)state;
	for (size_t i = 0; i < screen_registry_count; i++) {
		char digit = screen_registry[i].digit;

		if (digit == '\0')
			continue;
		assert_in_range(digit, '0', '9');
		assert_ptr_equal(screen_of_digit(digit), &screen_registry[i]);
	}
	assert_null(screen_of_digit('\0'));
	assert_null(screen_of_digit('x'));
}

/* All maps together, as the program loads them: known keys, none with two meanings, and one section of keys.ini each. */
static void the_key_maps_of_all_screens_are_sound(void **state)
{
	const struct keymap *maps[128] = { 0 };
	struct keymaps *k = NULL;
	struct err e = { 0 };
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < screen_registry_count; i++) {
		const struct keymap *keys = screen_registry[i].def->keys;

		for (size_t j = 0; keys && j < n; j++) {
			assert_true(maps[j] == keys || strcmp(maps[j]->name, keys->name) != 0);
			if (maps[j] == keys)
				keys = NULL;
		}
		if (keys)
			maps[n++] = keys;
	}
	if (keymaps_load(&k, maps, YL_SOURCE_DIR "/config/keys.ini", &e) != RC_OK)
		fail_msg("%s", e.text);
	keymaps_free(k);
}

/* The key line has 80 columns. */
static void labels_fit_the_key_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < screen_registry_count; i++) {
		const struct keymap *keys = screen_registry[i].def->keys;

		for (size_t j = 0; keys && j < keys->n; j++) {
			const char *label = action_label(keys->binds[j].action);

			assert_true(label[0] != '\0');
			assert_in_range(text_width(label), 1, 8);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_screen_can_be_opened_and_painted),
		cmocka_unit_test(a_digit_leads_to_one_screen),
		cmocka_unit_test(the_key_maps_of_all_screens_are_sound),
		cmocka_unit_test(labels_fit_the_key_line),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
