/* Settings: the table, the shipped file, and what is refused. */
#include "base/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "files.h"
#include "test.h"

#define SHIPPED YL_SOURCE_DIR "/config/youlin.ini"

static void check_defaults(const struct settings *s)
{
#define CHECK(section, key, initial, ...) assert_int_equal(s->key, initial);
	SETTINGS_NUMBERS(CHECK)
	SETTINGS_WORDS(CHECK)
#undef CHECK
#define CHECK(section, key, member, ...) assert_string_equal(s->member, "");
	SETTINGS_TEXTS(CHECK)
#undef CHECK
}

static void the_shipped_file_holds_every_default(void **state)
{
	struct settings s;
	struct ini *ini = NULL;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(settings_load(&s, SHIPPED, &e), RC_OK);
	check_defaults(&s);
	assert_string_equal(s.path, SHIPPED);
	settings_release(&s);

	assert_int_equal(ini_load(&ini, SHIPPED, &e), RC_OK);
#define CHECK(section, key, ...) assert_non_null(ini_value(ini_section(ini, #section), #key));
	SETTINGS_NUMBERS(CHECK)
	SETTINGS_WORDS(CHECK)
	SETTINGS_TEXTS(CHECK)
#undef CHECK
	ini_free(ini);
}

/* Each setting of the shipped file is explained: default, range and unit stand in the comment above it. */
static void the_shipped_file_explains_every_range(void **state)
{
	AUTO_FREE char *content = file_content(SHIPPED);
	AUTO_STRBUF want = { 0 };

	(void)state;
	assert_non_null(content);
#define CHECK(section, key, initial, min, max, unit, meaning) \
	strbuf_truncate(&want, 0); \
	strbuf_format(&want, "默认 %d，范围 %d 到 %d", initial, min, max); \
	assert_non_null(strstr(content, strbuf_str(&want)));
	SETTINGS_NUMBERS(CHECK)
#undef CHECK
}

static void a_file_states_what_differs(void **state)
{
	const struct folder *f = *state;
	struct settings s;
	struct err e = { 0 };
	char path[256];
	static const char content[] =
		"[ui]\nmouse = on\nambiguous_width = 2\nidle_lock_minutes = 0\n[store]\npath = ~/数据/youlin.db\nbusy_timeout_s = 120\n";

	folder_write(f, "my.ini", content, strlen(content), path);
	setenv("HOME", f->path, 1);
	assert_int_equal(settings_load(&s, path, &e), RC_OK);
	assert_int_equal(s.mouse, 1);
	assert_int_equal(s.ambiguous_width, 2);
	assert_int_equal(s.idle_lock_minutes, 0);
	assert_int_equal(s.busy_timeout_s, 120);
	assert_int_equal(s.refresh_ms, 500);
	assert_true(strncmp(s.store_path, f->path, strlen(f->path)) == 0);
	assert_string_equal(s.store_path + strlen(f->path), "/数据/youlin.db");
	settings_release(&s);
	settings_release(NULL);
}

static void mistakes_are_refused_at_their_line_with_what_is_allowed(void **state)
{
	static const struct { const char *content, *where, *words; } cases[] = {
		{ "[ui]\nrefresh_ms = 50\n", ":2: ", "200 到 900 的整数（毫秒）" },
		{ "[ui]\nrefresh_ms = 901\n", ":2: ", "200 到 900" },
		{ "[ui]\nrefresh_ms = 五百\n", ":2: ", "五百" },
		{ "[ui]\nrefresh_ms =\n", ":2: ", "200 到 900" },
		{ "[ui]\nrefresh_ms = 500ms\n", ":2: ", "200 到 900" },
		{ "[ui]\nrefresh_ms = 500.5\n", ":2: ", "200 到 900" },
		{ "[ui]\nrefresh_ms = +500\n", ":2: ", "200 到 900" },
		{ "[ui]\nrefresh_ms = 99999999999999999999\n", ":2: ", "200 到 900" },
		{ "[ui]\nidle_lock_minutes = -1\n", ":2: ", "0 到 240" },
		{ "[ui]\nmouse = yes\n", ":2: ", "off on" },
		{ "[ui]\nambiguous_width = 3\n", ":2: ", "auto 1 2" },
		{ "[ui]\nambiguous_width = \n", ":2: ", "auto 1 2" },
		{ "[ui]\n\ncolour = 1\n", ":3: ", "refresh_ms、draft_ms、ambiguous_width、mouse" },
		{ "[gui]\n", ":1: ", "store、ui、issue、meeting、decision、roster、canteen、welfare、points、forms" },
		{ "[ui]\nmouse\n", ":2: ", "键 = 值" },
	};
	const struct folder *f = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct settings s = { .refresh_ms = 77 };
		struct err e = { 0 };
		char path[256];

		folder_write(f, "my.ini", cases[i].content, strlen(cases[i].content), path);
		assert_int_equal(settings_load(&s, path, &e), RC_INVALID);
		assert_int_equal(s.refresh_ms, 77);
		assert_non_null(strstr(e.text, cases[i].where));
		assert_non_null(strstr(e.text, cases[i].words));
	}
}

static void the_file_is_the_given_then_the_environments_then_the_homes_then_the_shipped(void **state)
{
	const struct folder *f = *state;
	AUTO_FREE char *dot = mem_format("%s/.config", f->path);
	struct settings s;
	struct err e = { 0 };
	char given[256];

	folder_write(f, "given.ini", "[ui]\nmouse = on\n", 16, given);
	setenv("HOME", f->path, 1);
	unsetenv("YOULIN_CONFIG");
	assert_int_equal(settings_load(&s, NULL, &e), RC_OK);
	if (strcmp(s.path, "/etc/youlin/youlin.ini") != 0)      /* a machine that has the program installed */
		assert_string_equal(s.path, SHIPPED);
	settings_release(&s);

	setenv("YOULIN_CONFIG", given, 1);
	assert_int_equal(settings_load(&s, NULL, &e), RC_OK);
	assert_int_equal(s.mouse, 1);
	settings_release(&s);
	assert_int_equal(settings_load(&s, SHIPPED, &e), RC_OK);
	assert_int_equal(s.mouse, 0);
	settings_release(&s);

	setenv("YOULIN_CONFIG", "/nowhere/x.ini", 1);
	assert_int_equal(settings_load(&s, NULL, &e), RC_IO);
	unsetenv("YOULIN_CONFIG");

	folder_write_text(f, ".config/x", "");
	{
		AUTO_FREE char *home = mem_format("%s/youlin", dot);
		struct folder below;

		snprintf(below.path, sizeof below.path, "%s", dot);
		folder_write_text(&below, "youlin/youlin.ini", "[issue]\nsoon_days = 7\n");
		assert_int_equal(settings_load(&s, NULL, &e), RC_OK);
		assert_int_equal(s.soon_days, 7);
		assert_true(strncmp(s.path, home, strlen(home)) == 0);
		settings_release(&s);
	}
}

static void shipped_files_are_found_beside_the_settings_or_in_the_source(void **state)
{
	const struct folder *f = *state;
	struct settings s;
	struct err e = { 0 };
	char path[256], holidays[256];
	char *found;

	folder_write(f, "my.ini", "", 0, path);
	assert_int_equal(settings_load(&s, path, &e), RC_OK);
	found = settings_find_file(&s, "config/holidays.ini");
	assert_string_equal(found, YL_SOURCE_DIR "/config/holidays.ini");
	free(found);
	folder_write(f, "holidays.ini", "", 0, holidays);
	found = settings_find_file(&s, "config/holidays.ini");
	assert_string_equal(found, holidays);
	free(found);
	assert_null(settings_find_file(&s, "config/nothing.ini"));
	settings_release(&s);
	found = settings_find_file(NULL, "config/holidays.ini");
	assert_string_equal(found, YL_SOURCE_DIR "/config/holidays.ini");
	free(found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_shipped_file_holds_every_default),
		cmocka_unit_test(the_shipped_file_explains_every_range),
		cmocka_unit_test_setup_teardown(a_file_states_what_differs, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(mistakes_are_refused_at_their_line_with_what_is_allowed, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(the_file_is_the_given_then_the_environments_then_the_homes_then_the_shipped,
		                                folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(shipped_files_are_found_beside_the_settings_or_in_the_source, folder_setup, folder_teardown),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
