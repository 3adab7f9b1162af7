/* Hostile text everywhere a person or a file can bring it: pasted into every field, a megabyte of it, out of the database, from CSV and INI files.
 * The program goes on, says what is wrong, stores only clean text; and no byte of it reaches the terminal raw (wire.h, checked by every wait).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../screen/test.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "evidence.h"

#define WORD(s) { s, sizeof(s) - 1 }
static const struct word { const char *bytes; size_t n; } words[] = {
	WORD("\x1b]0;title\a"), WORD("\x1b]52;c;eA==\x1b\\"), WORD("\x1b[31;5m"), WORD("\x1b[2J\x1b[999;999H"), WORD("\x1bP1$r\x1b\\"), WORD("\x1b" "c"), WORD("\x1b[?1049l"),
	WORD("\x9b" "2J"), WORD("\xc2\x9b" "5i"), WORD("\xc2\x90q"), WORD("\0"), WORD("\x01\x02\x05\x0e\x0f"), WORD("\x7f\b\v\f"), WORD("\xe2\x80\xae" "txt"),
	WORD("\xe2\x81\xa6\xe2\x81\xa9"), WORD("\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf"), WORD("\xe2\x80\xa8\xe2\x80\xa9"), WORD("\xff\xfe"), WORD("\xc0\x80"),
	WORD("\xed\xa0\x80"), WORD("\xf4\x90\x80\x80"), WORD("\xe7\x8e"), WORD("\xf0\x9f\x98"), WORD("\xef\xbf\xbe"), WORD("\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81"),
	WORD("\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9"), WORD("\r\n\t\r"), WORD("%s%n"), WORD("'; DROP TABLE issue; --"), WORD("=cmd|'/c x'!A1"),
};

/* All of them with Chinese between, as a terminal brackets a paste. */
static void all_words(struct strbuf *out)
{
	strbuf_add(out, "\x1b[200~王");
	for (size_t i = 0; i < COUNT(words); i++) {
		strbuf_add_n(out, words[i].bytes, words[i].n);
		strbuf_add(out, "秀");
	}
	strbuf_add(out, "英\x1b[201~");
}

/* How often a sign stood for something hostile. */
static int press_words(struct terminal *t, const char *const *keys)
{
	int signs = 0;

	for (; *keys; keys++) {
		terminal_press(t, *keys);
		terminal_settle(t, 40, 3000);
		signs += terminal_shows(t, "�");
	}
	return signs;
}

static void assert_stored_clean(const struct demo *d)
{
	AUTO_STRBUF why = { 0 };

	if (evidence_unclean(d->database, &why) > 0)
		fail_msg("stored: %s", strbuf_str(&why));
}

static void assert_alive(struct terminal *t)
{
	terminal_settle(t, 60, 5000);
	if (terminal_ended(t))
		fail_msg("the program has ended:\n%s", terminal_screen(t));
}

/* Every field of every form --------------------------------------------------------------------------------------------------------------- */

static const struct form_way { const char *login, *heading; int fields; const char *keys[6]; } ways[] = {
	{ "desk",  "┌ 提事登记", 18, { "F2" } },
	{ "head",  "┌ 新增居民", 32, { "Alt-8", "F2" } },
	{ "head",  "┌ 新增户",   12, { "^P", "户", "Enter", "F2" } },
	{ "head",  "┌ 新增楼栋", 14, { "^P", "楼栋", "Enter", "F2" } },
	{ "head",  "┌ 新增小区", 9,  { "^P", "小区", "Enter", "F2" } },
	{ "head",  "┌ 新增网格", 10, { "^P", "网格", "Enter", "F2" } },
	{ "admin", "┌ ",         8,  { "^P", "账号", "Enter", "F2" } },
	{ "head",  "┌ ",         10, { "^P", "本社区", "Enter" } },
};

static void hostile_text_in_every_field_is_cleaned_or_refused(void **state)
{
	AUTO_STRBUF paste = { 0 };

	all_words(&paste);
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct terminal *t = demo_start_as(*state, i % 2 ? 36 : 24, i % 2 ? 120 : 80, ways[i].login);

		press_words(t, ways[i].keys);
		terminal_expect(t, ways[i].heading);
		for (int field = 0; field < ways[i].fields; field++) {
			terminal_send(t, paste.s, paste.n);
			assert_alive(t);
			terminal_press(t, "Tab");
		}
		terminal_press(t, "^S");
		assert_alive(t);
		terminal_close(t);
	}
	assert_stored_clean(*state);
}

static void a_name_of_200_characters_is_refused_with_a_sentence_and_stays(void **state)
{
	struct terminal *t = demo_start_as(*state, 24, 80, "head");
	AUTO_STRBUF name = { 0 };

	while (name.n < 200 * strlen("区"))
		strbuf_add(&name, "区");
	press_words(t, (const char *const[]){ "Alt-8", "F2", NULL });
	terminal_expect(t, "┌ 新增居民");
	terminal_paste(t, strbuf_str(&name));
	terminal_press(t, "^S");
	terminal_expect(t, "最多");
	terminal_expect(t, "区区区区区区");
	assert_int_equal(evidence_number(((struct demo *)*state)->database, "SELECT count(*) FROM resident WHERE name LIKE '%区区区%'"), 0);
	terminal_close(t);
}

/* A megabyte ------------------------------------------------------------------------------------------------------------------------------- */

/* Where a text can be typed; the program must be itself again soon. */
static const struct { const char *login; const char *keys[6]; } places[] = {
	{ "desk", { "F2" } },                                                          /* a picker */
	{ "desk", { "F2", "Tab" } },                                                   /* a line */
	{ "desk", { "F2", "Tab", "Tab", "Tab" } },                                     /* a code */
	{ "desk", { "Alt-2", "/" } }, { "desk", { "Alt-8", "/" } }, { "desk", { "^P" } },
};

static void a_megabyte_is_taken_or_refused_at_once_wherever_one_can_type(void **state)
{
	AUTO_STRBUF paste = { 0 };
	long longest = 0;

	strbuf_add(&paste, "\x1b[200~");
	while (paste.n < 1024 * 1024)
		strbuf_add(&paste, "西林寺社区\x1b[31m的老人");
	strbuf_add(&paste, "\x1b[201~");
	for (size_t i = 0; i < COUNT(places); i++) {
		struct terminal *t = demo_start_as(*state, 24, 80, places[i].login);
		long from;

		press_words(t, places[i].keys);
		from = clock_ms();
		terminal_send(t, paste.s, paste.n);
		terminal_press(t, "F1");
		terminal_settle(t, 300, 15000);
		longest = clock_ms() - from > longest ? clock_ms() - from : longest;
		assert_alive(t);
		terminal_close(t);
	}
	print_message("a megabyte took %ld ms at most\n", longest);
	assert_true(longest < 15000);
}

/* Text that came into the database past the program ------------------------------------------------------------------------------------ */

static const struct { const char *table, *columns; } stored[] = {
	{ "issue", "title body place_note reporter_name reporter_phone unit room category urgency channel" },
	{ "resident", "name phone phone_note employer note care_tags sex kind" }, { "building", "name number place_text entry_note" }, { "estate", "name address" },
	{ "grid", "code name leader" }, { "account", "name" }, { "community", "name street abbr phone" }, { "household", "number room unit address_text note" },
	{ "phase", "reason text evidence result" }, { "action", "title result owner_name" }, { "progress", "text" }, { "draft", "title" }, { "session", "tty" },
	{ "journal", "verb new old" },
};

/* One word a row, in front of what is there. */
static void poison(const char *database)
{
	AUTO_STRBUF sql = { 0 };

	for (size_t i = 0; i < COUNT(stored); i++) {
		AUTO_FREE char *columns = mem_copy(stored[i].columns);
		char *save = NULL;

		for (char *column = strtok_r(columns, " ", &save); column; column = strtok_r(NULL, " ", &save))
			for (size_t w = 0; w < COUNT(words); w++) {
				strbuf_format(&sql, "UPDATE %s SET %s = CAST(x'", stored[i].table, column);
				for (size_t k = 0; k < words[w].n; k++)
					strbuf_format(&sql, "%02x", (unsigned char)words[w].bytes[k]);
				strbuf_format(&sql, "' AS TEXT) || %s WHERE rowid %% %zu = %zu;", column, COUNT(words), w);
			}
	}
	evidence_tamper(database, strbuf_str(&sql));
}

static const char *const walk[][12] = {
	{ "Down", "Down", "Enter", "F3", "Esc", "Esc", "F1", "Esc" },
	{ "Alt-2", "F8", "PgDn", "PgDn", "Enter", "F3", "Esc", "r", "Esc", "F10", "End", "Home" },
	{ "Alt-8", "a", "PgDn", "Enter", "F3", "Esc", "F6", "Esc", "Esc", "/", "王" },
	{ "Alt-0", "PgDn", "End", "Home" }, { "^P", "楼栋", "Enter", "Down", "Enter", "Esc", "Esc" }, { "^P", "户", "Enter", "Enter", "Esc", "Esc" },
	{ "^P", "网格", "Enter", "Enter", "Esc", "Esc" }, { "^P", "草稿", "Enter", "Esc" }, { "F2", "w", "x", "Esc" },
};

static void hostile_text_out_of_the_database_is_shown_as_signs(void **state)
{
	static const char *const logins[] = { "desk", "head", "admin", "grid" };

	const struct demo *d = *state;
	AUTO_STRBUF why = { 0 };

	poison(d->database);
	assert_true(evidence_unclean(d->database, &why) > 1000);       /* the control of the other tests here */
	for (size_t i = 0; i < COUNT(logins); i++) {
		struct terminal *t = demo_start_as(d, i % 2 ? 36 : 24, i % 2 ? 120 : 80, logins[i]);
		int signs = 0;

		for (size_t w = 0; w < COUNT(walk); w++)
			signs += press_words(t, walk[w]);
		assert_true(signs > (int)COUNT(walk));                  /* it was there to be seen */
		assert_alive(t);
		terminal_close(t);
	}
}

/* CSV -------------------------------------------------------------------------------------------------------------------------------------- */

static void write_file(const struct demo *d, const char *name, const char *bytes, size_t n)
{
	AUTO_FREE char *path = mem_format("%s/%s", d->home, name);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static void add_row(struct strbuf *csv, const struct word *word)
{
	strbuf_add(csv, "\"区文澜");
	strbuf_add_n(csv, word->bytes, word->n);
	strbuf_format(csv, "\",\"199%08zu\",\"", csv->n);
	strbuf_add_n(csv, word->bytes, word->n);
	strbuf_add(csv, "\"\n");
}

enum { WHOLE, OPEN_QUOTE, LONG_CELL, MANY_COLUMNS, EVERY_BYTE, CSV_KINDS };

/* Words that are text at all go together into one file; the others spoil a file each, as bytes that no encoding has. */
static void make_csv(int kind, struct strbuf *csv)
{
	strbuf_add(csv, "姓名,手机,注意\x1b[5m事项\n");
	for (size_t w = 0; w < COUNT(words); w++)
		if (kind == EVERY_BYTE || (text_is_utf8(words[w].bytes, words[w].n, NULL) && !memchr(words[w].bytes, '\0', words[w].n)))
			add_row(csv, &words[w]);
	if (kind == OPEN_QUOTE)
		strbuf_add(csv, "\"never closed");
	for (int k = 0; kind == MANY_COLUMNS && k < 400; k++)
		strbuf_add(csv, ",\x1b[31m");
	while (kind == LONG_CELL && csv->n < 1024 * 1024)
		strbuf_add(csv, "\x1b[31m王");
}

static void import_good_rows(struct terminal *t, const char *name)
{
	press_words(t, (const char *const[]){ "Alt-8", "F8", NULL });
	terminal_expect(t, "CSV 文件");
	terminal_press(t, "^U");
	terminal_type(t, "~/");
	terminal_type(t, name);
	press_words(t, (const char *const[]){ "Enter", "Tab", "PgDn", "Tab", "Down", "F8", NULL });
	if (terminal_shows(t, "怎样导入"))
		press_words(t, (const char *const[]){ "Down", "Enter", NULL });        /* the last choice: the good rows */
	assert_alive(t);
}

static void a_hostile_csv_file_is_cleaned_or_refused(void **state)
{
	const struct demo *d = *state;
	int64_t before = evidence_number(d->database, "SELECT count(*) FROM resident"), taken;

	for (int kind = 0; kind < CSV_KINDS; kind++) {
		struct terminal *t = demo_start_as(d, 24, 80, "head");
		AUTO_STRBUF csv = { 0 };

		make_csv(kind, &csv);
		write_file(d, "people.csv", strbuf_str(&csv), csv.n);
		import_good_rows(t, "people.csv");
		terminal_close(t);
	}
	taken = evidence_number(d->database, "SELECT count(*) FROM resident") - before;
	if (taken < 5)
		fail_msg("%d rows taken", (int)taken);
	assert_stored_clean(d);
}

/* INI -------------------------------------------------------------------------------------------------------------------------------------- */

static void a_hostile_settings_file_stops_the_start_with_its_line(void **state)
{
	const struct demo *d = *state;
	AUTO_FREE char *variable = mem_format("YOULIN_CONFIG=%s/youlin.ini", d->home);

	for (size_t i = 0; i < COUNT(words) * 3; i++) {
		const struct word *word = &words[i / 3];
		struct terminal *t;
		AUTO_STRBUF ini = { 0 };

		if (i > 5 && i % 11)
			continue;
		strbuf_add(&ini, i % 3 == 0 ? "[ui]\nmouse = " : i % 3 == 1 ? "[ui]\nmou" : "[u");
		strbuf_add_n(&ini, word->bytes, word->n);
		strbuf_add(&ini, i % 3 == 0 ? "\n" : i % 3 == 1 ? "se = on\n" : "i]\nmouse = on\n");
		write_file(d, "youlin.ini", strbuf_str(&ini), ini.n);
		t = demo_start(d, 24, 200, (const char *const[]){ variable, NULL });
		terminal_expect(t, "youlin.ini:");
		assert_true(terminal_shows(t, "youlin: "));
		assert_int_equal(terminal_stop(t), 1);
	}
}

static void a_hostile_form_key_or_theme_file_stops_the_start_with_its_line(void **state)
{
	static const struct { const char *name, *content; } files[] = {
		{ "keys.ini", "[issue-list]\n\x1b[31mopen = F3\n" }, { "keys.ini", "[issue-list]\nopen = F3 \xe2\x80\xae\n" },
		{ "theme.ini", "[256]\ntext = \x1b]0;x\a\n" }, { "holidays.ini", "[2026]\n\x1b[5mx = y\n" }, { "deadlines.ini", "[\x9b]\nx = y\n" },
	};
	static const char settings[] = "[ui]\nmouse = off\n";
	const struct demo *d = *state;
	AUTO_FREE char *variable = mem_format("YOULIN_CONFIG=%s/youlin.ini", d->home);

	write_file(d, "youlin.ini", settings, strlen(settings));
	for (size_t i = 0; i < COUNT(files); i++) {
		struct terminal *t;
		AUTO_FREE char *where = mem_format("%s:2", files[i].name), *first = mem_format("%s:1", files[i].name);
		AUTO_FREE char *path = mem_format("%s/%s", d->home, files[i].name);

		write_file(d, files[i].name, files[i].content, strlen(files[i].content));
		t = demo_start(d, 24, 200, (const char *const[]){ variable, NULL });
		terminal_expect(t, "youlin: ");
		if (!terminal_shows(t, where) && !terminal_shows(t, first))
			fail_msg("%s is not named with its line:\n%s", files[i].name, terminal_screen(t));
		assert_int_equal(terminal_stop(t), 1);
		remove(path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(hostile_text_in_every_field_is_cleaned_or_refused, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_name_of_200_characters_is_refused_with_a_sentence_and_stays, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_megabyte_is_taken_or_refused_at_once_wherever_one_can_type, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(hostile_text_out_of_the_database_is_shown_as_signs, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_hostile_csv_file_is_cleaned_or_refused, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_hostile_settings_file_stops_the_start_with_its_line, demo_setup, demo_teardown),
		cmocka_unit_test_setup_teardown(a_hostile_form_key_or_theme_file_stops_the_start_with_its_line, demo_setup, demo_teardown),
	};

	text_locale_init();
	return cmocka_run_group_tests_name("hostile text", tests, NULL, NULL);
}
