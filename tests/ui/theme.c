/* Looks of the roles and config/theme.ini. */
#include "ui/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ini.h"
#include "base/mem.h"
#include "test.h"

static char *file_with(const char *text)
{
	char *path = mem_copy("/tmp/youlin-theme-XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	return path;
}

static void every_role_has_a_look_in_every_palette(void **state)
{
	struct err e = { 0 };
	struct theme t;

	(void)state;
	assert_int_equal(theme_load(&t, NULL, &e), RC_OK);
	for (int s = 0; s < STYLE_COUNT; s++) {
		assert_non_null(style_name((enum style)s));
		assert_in_range(t.looks[PALETTE_256][s].fg + 1, 0, 256);
		assert_in_range(t.looks[PALETTE_8][s].fg + 1, 0, 8);
		assert_in_range(t.looks[PALETTE_8][s].bg + 1, 0, 8);
		assert_int_equal(t.looks[PALETTE_NONE][s].fg, -1);
		assert_int_equal(t.looks[PALETTE_NONE][s].bg, -1);
		for (int p = 0; p < PALETTE_COUNT; p++)    /* black bold is invisible on many terminals */
			assert_false(t.looks[p][s].fg == 0 && (t.looks[p][s].attributes & LOOK_BOLD));
	}
}

/* Without colours, what a person must tell apart differs by attributes. */
static void roles_that_carry_meaning_differ_without_colours(void **state)
{
	static const enum style apart[] = { STYLE_SELECTED, STYLE_SELECTED_IDLE, STYLE_FIELD, STYLE_FIELD_ACTIVE, STYLE_ERROR, STYLE_SELECTION };
	struct err e = { 0 };
	struct theme t;

	(void)state;
	assert_int_equal(theme_load(&t, NULL, &e), RC_OK);
	for (size_t i = 0; i < COUNT(apart); i++)
		assert_int_not_equal(t.looks[PALETTE_NONE][apart[i]].attributes, t.looks[PALETTE_NONE][STYLE_TEXT].attributes);
	assert_int_not_equal(t.looks[PALETTE_NONE][STYLE_SELECTED].attributes, t.looks[PALETTE_NONE][STYLE_SELECTED_IDLE].attributes);
	assert_int_not_equal(t.looks[PALETTE_NONE][STYLE_FIELD].attributes, t.looks[PALETTE_NONE][STYLE_FIELD_ACTIVE].attributes);
	assert_int_not_equal(t.looks[PALETTE_NONE][STYLE_SELECTION].attributes, t.looks[PALETTE_NONE][STYLE_FIELD_ACTIVE].attributes);
}

static void a_file_changes_a_look(void **state)
{
	AUTO_FREE char *path = file_with("[256]\nselected = 16 on 220 bold underline\ntext = default on 17\n[8]\nerror = red reverse\n[none]\nerror = default dim\n");
	struct err e = { 0 };
	struct theme t;

	(void)state;
	assert_int_equal(theme_load(&t, path, &e), RC_OK);
	unlink(path);
	assert_int_equal(t.looks[PALETTE_256][STYLE_SELECTED].fg, 16);
	assert_int_equal(t.looks[PALETTE_256][STYLE_SELECTED].bg, 220);
	assert_int_equal(t.looks[PALETTE_256][STYLE_SELECTED].attributes, LOOK_BOLD | LOOK_UNDERLINE);
	assert_int_equal(t.looks[PALETTE_256][STYLE_TEXT].fg, -1);
	assert_int_equal(t.looks[PALETTE_256][STYLE_TEXT].bg, 17);
	assert_int_equal(t.looks[PALETTE_8][STYLE_ERROR].fg, 1);
	assert_int_equal(t.looks[PALETTE_8][STYLE_ERROR].bg, -1);
	assert_int_equal(t.looks[PALETTE_NONE][STYLE_ERROR].attributes, LOOK_DIM);
}

static void a_wrong_file_is_refused_with_its_line(void **state)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "[16]\ntext = default\n", ":1: 没有 [16]" }, { "[256]\n\nfrobnicate = 3\n", ":3: 没有 frobnicate" },
		{ "[256]\ntext = 256\n", ":2: text = 256" }, { "[8]\ntext = 8\n", ":2:" }, { "[none]\ntext = red\n", ":2:" },
		{ "[256]\ntext = -1\n", ":2:" }, { "[256]\ntext =\n", ":2:" }, { "[256]\ntext = 3 on\n", ":2:" }, { "[256]\ntext = on 3\n", ":2:" },
		{ "[256]\ntext = 3 4\n", "属性应为" }, { "[256]\ntext = 3 blink\n", "属性应为" }, { "[8]\ntext = black bold\n", "黑色不能加粗" },
		{ "[256]\ntext = 0 on 3 bold\n", "黑色不能加粗" }, { "[256]\ntext = 3x\n", ":2:" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *path = file_with(cases[i].text);
		struct err e = { 0 };
		struct theme t = { .looks[0][0].fg = 77 };

		assert_int_equal(theme_load(&t, path, &e), RC_INVALID);
		unlink(path);
		assert_non_null(strstr(e.text, cases[i].want));
		assert_int_equal(t.looks[0][0].fg, 77);
	}
}

static void the_shipped_file_states_the_defaults(void **state)
{
	static const char *const sections[] = { "256", "8", "none" };
	struct err e = { 0 };
	struct theme shipped, built_in;
	struct ini *ini;

	(void)state;
	assert_int_equal(theme_load(&shipped, YL_SOURCE_DIR "/config/theme.ini", &e), RC_OK);
	assert_int_equal(theme_load(&built_in, NULL, &e), RC_OK);
	assert_memory_equal(&shipped, &built_in, sizeof shipped);
	assert_int_equal(ini_load(&ini, YL_SOURCE_DIR "/config/theme.ini", &e), RC_OK);
	for (size_t i = 0; i < COUNT(sections); i++)
		assert_int_equal(ini_section(ini, sections[i])->n, STYLE_COUNT);
	ini_free(ini);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_role_has_a_look_in_every_palette),
		cmocka_unit_test(roles_that_carry_meaning_differ_without_colours),
		cmocka_unit_test(a_file_changes_a_look),
		cmocka_unit_test(a_wrong_file_is_refused_with_its_line),
		cmocka_unit_test(the_shipped_file_states_the_defaults),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
