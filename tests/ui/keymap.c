/* Key maps: dispatch, what is shown, and config/keys.ini. */
#include "ui/keymap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "test.h"

enum { WHEN_RAISED = WHEN_OWN, WHEN_CLOSED = WHEN_OWN << 1 };

static const struct key_bind list_binds[] = {
	{ ACT_OPEN,   "Enter l", WHEN_ROW },
	{ ACT_NEW,    "F2 n",    WHEN_MAY_CREATE },
	{ ACT_STEP,   "F6",      WHEN_ROW | WHEN_RAISED },
	{ ACT_FIND,   "/",       WHEN_ALWAYS },
	{ ACT_SORT,   "q",       WHEN_CLOSED },        /* takes a key of the common map, sometimes */
	{ ACT_DELETE, "F8",      WHEN_RAISED },
	{ ACT_RESTORE, "F8",     WHEN_CLOSED },        /* never together */
	{ ACT_EXPORT, "",        WHEN_ALWAYS },
};
static const struct keymap list_keys = { .name = "list", .binds = list_binds, .n = COUNT(list_binds) };

static const struct key_bind form_binds[] = {
	{ ACT_SAVE,  "^S",  WHEN_ALWAYS },
	{ ACT_LEAVE, "Esc", WHEN_ALWAYS },
};
static const struct keymap form_keys = { .name = "form", .binds = form_binds, .n = COUNT(form_binds) };

static const struct keymap *const maps[] = { &list_keys, &form_keys, NULL };

static struct keymaps *load(const char *path)
{
	struct keymaps *k = NULL;
	struct err e = { 0 };
	enum rc rc = keymaps_load(&k, maps, path, &e);

	if (rc != RC_OK)
		print_error("%s\n", e.text);
	assert_int_equal(rc, RC_OK);
	return k;
}

static void a_key_does_what_the_screen_says_and_else_what_is_common(void **state)
{
	static const struct { const struct keymap *own; unsigned when; uint32_t key; enum action want; } cases[] = {
		{ &list_keys, WHEN_ROW, YK_ENTER, ACT_OPEN }, { &list_keys, WHEN_ROW, 'l', ACT_OPEN }, { &list_keys, 0, YK_ENTER, ACT_NONE },
		{ &list_keys, WHEN_RAISED, YK_F8, ACT_DELETE }, { &list_keys, WHEN_CLOSED, YK_F8, ACT_RESTORE },
		{ &list_keys, WHEN_ROW, YK_F6, ACT_NONE }, { &list_keys, WHEN_ROW | WHEN_RAISED, YK_F6, ACT_STEP },
		{ &list_keys, 0, '/', ACT_FIND }, { &list_keys, 0, 0xFF0F, ACT_FIND }, { &list_keys, 0, 0x3001, ACT_FIND },
		{ &list_keys, 0, 'q', ACT_BACK }, { &list_keys, WHEN_CLOSED, 'q', ACT_SORT }, { &list_keys, 0, YK_F1, ACT_HELP },
		{ &form_keys, 0, YK_ESC, ACT_LEAVE }, { &list_keys, 0, YK_ESC, ACT_BACK }, { &form_keys, 0, 'N', ACT_NONE },
		{ &list_keys, 0, '2', ACT_NONE }, { &list_keys, WHEN_LOGGED_IN, '2', ACT_GO_2 }, { &list_keys, WHEN_LOGGED_IN, 0xFF12, ACT_GO_2 },
		{ &form_keys, WHEN_LOGGED_IN, MOD_ALT | '0', ACT_GO_0 }, { NULL, 0, YK_F10, ACT_BACK }, { &common_keys, 0, YK_F10, ACT_BACK },
		{ &list_keys, 0, YK_NONE, ACT_NONE },
	};
	struct keymaps *k = load(NULL);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(keymaps_find(k, cases[i].own, cases[i].when, cases[i].key), cases[i].want);
	keymaps_free(k);
}

static void keys_shown_are_keys_that_work(void **state)
{
	static const struct { const struct keymap *own; unsigned when; bool typing; enum action action; size_t max; const char *want; } cases[] = {
		{ &list_keys, 0, false, ACT_BACK, 9, "F10 q Esc" }, { &list_keys, 0, false, ACT_BACK, 1, "F10" },
		{ &list_keys, WHEN_CLOSED, false, ACT_BACK, 9, "F10 Esc" },        /* q is the screen's own now */
		{ &list_keys, 0, true, ACT_BACK, 9, "F10 Esc" },                   /* q is typed */
		{ &form_keys, 0, false, ACT_BACK, 9, "F10 q" }, { &list_keys, 0, true, ACT_FIND, 9, "" },
		{ &list_keys, 0, false, ACT_OPEN, 9, "" }, { &list_keys, WHEN_ROW, false, ACT_OPEN, 9, "Enter l" },
		{ &list_keys, 0, false, ACT_EXPORT, 9, "" }, { &list_keys, WHEN_LOGGED_IN, true, ACT_GO_1, 9, "Alt-1" },
		{ &common_keys, 0, false, ACT_HELP, 9, "F1 ?" },
	};
	struct keymaps *k = load(NULL);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF keys = { 0 };

		keymaps_keys(k, cases[i].own, cases[i].when, cases[i].typing, cases[i].action, cases[i].max, &keys);
		assert_string_equal(strbuf_str(&keys), cases[i].want);
	}
	keymaps_free(k);
}

static void active_rows_are_the_screens_own_first(void **state)
{
	struct key_bind active[64];
	struct keymaps *k = load(NULL);
	size_t n = keymaps_active(k, &list_keys, WHEN_ROW, active, COUNT(active));

	(void)state;
	assert_int_equal(active[0].action, ACT_OPEN);
	assert_int_equal(active[1].action, ACT_FIND);
	assert_int_equal(active[2].action, ACT_EXPORT);
	assert_int_equal(active[3].action, ACT_HELP);
	assert_int_equal(active[n - 1].action, ACT_BACK);
	for (size_t i = 0; i < n; i++)
		assert_int_not_equal(active[i].action, ACT_PALETTE);       /* nobody is logged in */
	assert_int_equal(keymaps_active(k, &list_keys, WHEN_ROW, active, 2), 2);
	assert_int_equal(keymaps_active(k, &common_keys, 0, active, COUNT(active)), n - 3);
	keymaps_free(k);
}

/* Write a keys.ini for one test. */
static char *file_with(const char *text)
{
	char *path = mem_copy("/tmp/youlin-keys-XXXXXX");
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	return path;
}

static void a_file_changes_any_row(void **state)
{
	AUTO_FREE char *path = file_with("[list]\nopen = o F3\nexport = e\n[common]\nback = F10\nhelp =\n");
	struct keymaps *k = load(path);

	(void)state;
	unlink(path);
	assert_int_equal(keymaps_find(k, &list_keys, WHEN_ROW, 'o'), ACT_OPEN);
	assert_int_equal(keymaps_find(k, &list_keys, WHEN_ROW, YK_F3), ACT_OPEN);
	assert_int_equal(keymaps_find(k, &list_keys, WHEN_ROW, YK_ENTER), ACT_NONE);
	assert_int_equal(keymaps_find(k, &list_keys, 0, 'e'), ACT_EXPORT);
	assert_int_equal(keymaps_find(k, &list_keys, 0, 'q'), ACT_NONE);
	assert_int_equal(keymaps_find(k, &list_keys, 0, YK_F1), ACT_NONE);
	assert_int_equal(keymaps_find(k, &list_keys, WHEN_MAY_CREATE, YK_F2), ACT_NEW);
	keymaps_free(k);
}

static void a_wrong_file_is_refused_with_its_line(void **state)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "[nowhere]\nopen = o\n", ":1: 没有 [nowhere]" },
		{ "[list]\nopen = o\nfly = F3\n", ":3: [list] 里没有 fly" },
		{ "[list]\nsave = F3\n", ":2: [list] 里没有 save" },       /* an action, but none of this map */
		{ "[list]\nopen = F13\n", ":2: 没有 F13 这个键" },
		{ "[list]\nopen = a b c d e f g h i\n", "最多 8 个" },
		{ "[list]\n\nopen = F2\n", ":3: [list] 里 F2 这个键同时管 open 和 new" },
		{ "[common]\nundo = F1\n", "同时管 help 和 undo" },
		{ "open = o\n", ":1:" },
		{ "[list]\nopen = \xFF\n", ":2:" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *path = file_with(cases[i].text);
		struct keymaps *k = NULL;
		struct err e = { 0 };

		assert_int_equal(keymaps_load(&k, maps, path, &e), RC_INVALID);
		assert_null(k);
		unlink(path);
		if (strstr(e.text, cases[i].want) == NULL)
			print_error("%s\n", e.text);
		assert_non_null(strstr(e.text, cases[i].want));
		assert_non_null(strstr(e.text, path));
	}
}

static void a_table_with_two_meanings_of_a_key_is_refused(void **state)
{
	static const struct key_bind twice[] = { { ACT_OPEN, "F2", 0 }, { ACT_NEW, "F2", 0 } };
	static const struct key_bind unknown[] = { { ACT_OPEN, "F99", 0 } };
	static const struct keymap bad[] = { { "twice", twice, 2 }, { "unknown", unknown, 1 } };
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		const struct keymap *const one[] = { &bad[i], NULL };
		struct keymaps *k = NULL;

		assert_int_equal(keymaps_load(&k, one, NULL, &e), RC_INVALID);
		assert_null(k);
	}
}

/* What ships says the same as the program. */
static void the_shipped_file_states_the_defaults(void **state)
{
	struct keymaps *shipped = load(YL_SOURCE_DIR "/config/keys.ini"), *built_in = load(NULL);
	struct key_bind a[64], b[64];
	size_t n = keymaps_active(shipped, NULL, ~0u, a, COUNT(a));

	(void)state;
	assert_int_equal(n, keymaps_active(built_in, NULL, ~0u, b, COUNT(b)));
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(a[i].action, b[i].action);
		assert_string_equal(a[i].keys, b[i].keys);
	}
	keymaps_free(shipped);
	keymaps_free(built_in);
	keymaps_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_does_what_the_screen_says_and_else_what_is_common),
		cmocka_unit_test(keys_shown_are_keys_that_work),
		cmocka_unit_test(active_rows_are_the_screens_own_first),
		cmocka_unit_test(a_file_changes_any_row),
		cmocka_unit_test(a_wrong_file_is_refused_with_its_line),
		cmocka_unit_test(a_table_with_two_meanings_of_a_key_is_refused),
		cmocka_unit_test(the_shipped_file_states_the_defaults),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
