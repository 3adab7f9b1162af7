/* INI files: what is read, and what is refused with file and line. */
#include "base/ini.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "files.h"
#include "test.h"

static enum rc load(struct folder *f, struct ini **ini, const char *bytes, size_t n, struct err *e)
{
	char path[256];

	folder_write(f, "a.ini", bytes, n, path);
	return ini_load(ini, path, e);
}

static void sections_keys_and_lines_are_kept_in_order(void **state)
{
	static const char content[] =
		"; 说明\n"
		"\n"
		"[Form]\r\n"
		"Table = resident\n"
		"title =  居民 登记  ; 后面的说明\n"
		"  # another\n"
		"[field   Name]\n"
		"label=\"a; b # c\"\n"
		"help = 'it \"is\"'\n"
		"empty =\n"
		"empty2 = \"\" ; nothing\n"
		"type = text 1..60 # up to\n"
		"equation = a = b\n"
		"last = 末行";
	static const struct { const char *section, *key, *value; int line; } cases[] = {
		{ "form", "table", "resident", 4 }, { "form", "title", "居民 登记", 5 }, { "field name", "label", "a; b # c", 8 },
		{ "field name", "help", "it \"is\"", 9 }, { "field name", "empty", "", 10 }, { "field name", "empty2", "", 11 },
		{ "field name", "type", "text 1..60", 12 }, { "field name", "equation", "a = b", 13 }, { "field name", "last", "末行", 14 },
	};
	struct ini *ini = NULL;
	struct err e = { 0 };

	assert_int_equal(load(*state, &ini, content, strlen(content), &e), RC_OK);
	assert_int_equal(ini->n, 2);
	assert_string_equal(ini->sections[0].name, "form");
	assert_int_equal(ini->sections[0].line, 3);
	assert_string_equal(ini->sections[1].name, "field name");
	assert_int_equal(ini->sections[1].n, 7);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct ini_section *s = ini_section(ini, cases[i].section);
		const struct ini_entry *entry = ini_entry(s, cases[i].key);

		assert_non_null(entry);
		assert_string_equal(entry->value, cases[i].value);
		assert_int_equal(entry->line, cases[i].line);
		assert_string_equal(entry->path, ini->path);
	}
	assert_null(ini_section(ini, "nothing"));
	assert_null(ini_entry(NULL, "key"));
	assert_null(ini_value(ini_section(ini, "form"), "nothing"));
	ini_free(ini);
}

static void what_people_get_wrong_is_refused_at_its_line(void **state)
{
	static const struct { const char *content; const char *where; const char *words; } cases[] = {
		{ "a = 1\n", ":1: ", "节" },
		{ "[a]\nb = 1\n[a]\n", ":3: ", "第 1 行" },
		{ "[field  a]\n[field a]\n", ":2: ", "重复" },
		{ "[a]\nB = 1\nb = 2\n", ":3: ", "第 2 行" },
		{ "[a]\nb\n", ":2: ", "键 = 值" },
		{ "[a]\nb＝1\n", ":2: ", "半角" },
		{ "[a]\n= 1\n", ":2: ", "键的名字" },
		{ "[a]\nx:y = 1\n", ":2: ", "冒号" },
		{ "[a\nb = 1\n", ":1: ", "右括号" },
		{ "[]\n", ":1: ", "节的名字" },
		{ "[ ]\n", ":1: ", "节的名字" },
		{ "[a:b]\n", ":1: ", "冒号" },
		{ "[a] ; why = not\n", ":1: ", "另起一行" },
		{ "[a]\nb = \"open\n", ":2: ", "引号" },
		{ "[a]\nb = \"3\" 号\n", ":2: ", "右引号" },
		{ "[a]\nb = 1 \\\nc = 2\n", ":2: ", "行末" },
		{ "[a]\n; note \\\nc = 2\n", ":2: ", "行末" },
		{ "[a]\nb = \x1b[31m\n", ":2: ", "U+001B" },
		{ "[a]\nb = 付\u202E款\n", ":2: ", "U+202E" },
		{ "\xEF\xBB\xBF[a]\n", ":1: ", "BOM" },
		{ "[a]\nb = \xCD\xF5\xD0\xE3\n", ":2: ", "UTF-8" },
		{ "[a]\nx", ":2: ", "键 = 值" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct ini *ini = (struct ini *)8;
		struct err e = { 0 };

		assert_int_equal(load(*state, &ini, cases[i].content, strlen(cases[i].content), &e), RC_INVALID);
		assert_ptr_equal(ini, (struct ini *)8);
		assert_non_null(strstr(e.text, "/a.ini"));
		assert_non_null(strstr(e.text, cases[i].where));
		assert_non_null(strstr(e.text, cases[i].words));
	}
}

static void a_nul_inside_is_refused(void **state)
{
	struct ini *ini = NULL;
	struct err e = { 0 };

	assert_int_equal(load(*state, &ini, "[a]\nb = 1\0\nc = 2\n", 17, &e), RC_INVALID);
	assert_non_null(strstr(e.text, ":2: "));
}

static void an_empty_file_has_no_sections(void **state)
{
	struct ini *ini = NULL;
	struct err e = { 0 };

	assert_int_equal(load(*state, &ini, "", 0, &e), RC_OK);
	assert_int_equal(ini->n, 0);
	ini_free(ini);
	ini_free(NULL);
}

static void what_is_too_big_is_refused(void **state)
{
	AUTO_STRBUF big = { 0 };
	AUTO_STRBUF lines = { 0 };
	AUTO_STRBUF line = { 0 };
	AUTO_STRBUF name = { 0 };
	struct ini *ini = NULL;
	struct err e = { 0 };

	while (big.n <= 1024 * 1024)
		strbuf_add(&big, "; 很大的文件\n");
	assert_int_equal(load(*state, &ini, big.s, big.n, &e), RC_INVALID);
	assert_non_null(strstr(e.text, "1 MiB"));

	for (int i = 0; i < 10001; i++)
		strbuf_add(&lines, ";\n");
	assert_int_equal(load(*state, &ini, lines.s, lines.n, &e), RC_INVALID);
	assert_non_null(strstr(e.text, ":10001: "));

	strbuf_add(&line, "[a]\nb = ");
	while (line.n < 1100)
		strbuf_add(&line, "长");
	assert_int_equal(load(*state, &ini, line.s, line.n, &e), RC_INVALID);
	assert_non_null(strstr(e.text, ":2: "));

	strbuf_add(&name, "[a]\n");
	while (name.n < 200)
		strbuf_add(&name, "k");
	strbuf_add(&name, " = 1\n");
	assert_int_equal(load(*state, &ini, name.s, name.n, &e), RC_INVALID);
	assert_non_null(strstr(e.text, ":2: "));
}

static void ten_thousand_keys_are_read_in_a_moment(void **state)
{
	AUTO_STRBUF content = { 0 };
	struct ini *ini = NULL;
	struct err e = { 0 };

	strbuf_add(&content, "[a]\n");
	for (int i = 0; i < 9999; i++)
		strbuf_format(&content, "k%d = %d\n", i, i);
	assert_int_equal(load(*state, &ini, content.s, content.n, &e), RC_OK);
	assert_int_equal(ini->sections[0].n, 9999);
	assert_string_equal(ini_value(&ini->sections[0], "k9998"), "9998");
	ini_free(ini);
}

static void a_file_that_is_not_there_or_no_file_is_an_io_failure(void **state)
{
	const struct folder *f = *state;
	AUTO_FREE char *missing = mem_format("%s/missing.ini", f->path);
	AUTO_FREE char *fifo = mem_format("%s/fifo.ini", f->path);
	struct ini *ini = NULL;
	struct err e = { 0 };

	assert_int_equal(ini_load(&ini, missing, &e), RC_IO);
	assert_non_null(strstr(e.text, "missing.ini"));
	assert_non_null(strstr(e.text, "没有这个文件"));
	assert_int_equal(ini_load(&ini, f->path, &e), RC_IO);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(ini_load(&ini, fifo, &e), RC_IO);      /* and does not wait for a writer */
	assert_null(ini);
}

/* Every beginning of a good file is read or refused in words. */
static void a_truncated_file_never_harms(void **state)
{
	static const char content[] = "; 代码\n[分类 a]\nleak = \"漏水\" ; x\nb = '' \n[c]\r\nd = 1 # 2\n";

	for (size_t n = 0; n < sizeof content; n++) {
		struct ini *ini = NULL;
		struct err e = { 0 };

		if (load(*state, &ini, content, n, &e) == RC_OK)
			ini_free(ini);
		else
			assert_non_null(strstr(e.text, "a.ini:"));
	}
}

/* What iniparser makes of a line must be what the scan took it for. */
static void random_lines_never_harm(void **state)
{
	static const char *const pieces[] = {
		"[", "]", "=", "\"", "'", ";", "#", " ", "a", "b", "值", "\n", "\\", ":", "\t", "[s]\n", "k = ", "\r\n", "＝",
	};
	unsigned seed = 5;
	int read = 0;

	for (int round = 0; round < 3000; round++) {
		AUTO_STRBUF s = { 0 };
		struct ini *ini = NULL;
		struct err e = { 0 };

		strbuf_add(&s, "[first]\n");
		for (int k = 0; k < 12; k++) {
			seed = seed * 1103515245u + 12345u;
			strbuf_add(&s, pieces[(seed >> 16) % COUNT(pieces)]);
		}
		if (load(*state, &ini, s.s, s.n, &e) != RC_OK) {
			assert_int_equal(e.code, RC_INVALID);
			assert_null(strstr(e.text, "读不出"));
			continue;
		}
		read++;
		ini_free(ini);
	}
	assert_true(read > 100);
}

static void an_overlay_adds_and_replaces_key_by_key(void **state)
{
	const struct folder *f = *state;
	struct ini *base = NULL, *over = NULL;
	struct err e = { 0 };
	char base_path[256], over_path[256];
	static const char first[] = "[a]\nx = 1\ny = 2\n[b]\nz = 3\n", second[] = "[c]\nnew = 6\n[a]\ny = 4\nw = 5\n";

	folder_write(f, "base.ini", first, strlen(first), base_path);
	folder_write(f, "over.ini", second, strlen(second), over_path);
	assert_int_equal(ini_load(&base, base_path, &e), RC_OK);
	assert_int_equal(ini_load(&over, over_path, &e), RC_OK);
	ini_overlay(base, over);
	ini_free(over);
	assert_int_equal(base->n, 3);
	assert_string_equal(base->sections[2].name, "c");
	assert_string_equal(base->sections[2].path, over_path);
	assert_int_equal(base->sections[0].n, 3);
	assert_string_equal(ini_value(&base->sections[0], "x"), "1");
	assert_string_equal(ini_value(&base->sections[0], "y"), "4");
	assert_string_equal(ini_value(&base->sections[0], "w"), "5");
	assert_string_equal(ini_entry(&base->sections[0], "x")->path, base_path);
	assert_string_equal(ini_entry(&base->sections[0], "y")->path, over_path);
	assert_int_equal(ini_entry(&base->sections[0], "y")->line, 4);
	assert_string_equal(ini_value(&base->sections[1], "z"), "3");
	ini_free(base);
}

static void an_unknown_key_is_refused_with_the_known_ones(void **state)
{
	static const char *const allowed[] = { "off", "work", NULL };
	struct ini *ini = NULL;
	struct err e = { 0 };

	assert_int_equal(load(*state, &ini, "[2026]\noff = 1\nworks = 2\n", 25, &e), RC_OK);
	assert_int_equal(ini_check_keys(&ini->sections[0], allowed, &e), RC_INVALID);
	assert_non_null(strstr(e.text, ":3: "));
	assert_non_null(strstr(e.text, "off、work"));
	ini_free(ini);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sections_keys_and_lines_are_kept_in_order, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(what_people_get_wrong_is_refused_at_its_line, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_nul_inside_is_refused, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(an_empty_file_has_no_sections, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(what_is_too_big_is_refused, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(ten_thousand_keys_are_read_in_a_moment, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_file_that_is_not_there_or_no_file_is_an_io_failure, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_truncated_file_never_harms, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(random_lines_never_harm, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(an_overlay_adds_and_replaces_key_by_key, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(an_unknown_key_is_refused_with_the_known_ones, folder_setup, folder_teardown),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
