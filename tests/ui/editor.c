/* The text editor: keys, Chinese, marks, wrapping, selection, limits, undo, and random operations against a simple model. */
#include "ui/editor.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "ui/editor_inside.h"
#include "test.h"

static enum editor_result press(struct editor *ed, uint32_t key)
{
	return editor_key(ed, &(struct key_event){ .key = key });
}

static enum editor_result paste(struct editor *ed, const char *text)
{
	return editor_key(ed, &(struct key_event){ .key = YK_PASTE, .text = text, .n = strlen(text) });
}

/* Characters, and names of keys between < and >. */
static void type(struct editor *ed, const char *keys)
{
	size_t n = strlen(keys), at = 0;

	while (at < n) {
		const char *end = keys[at] == '<' ? strchr(keys + at, '>') : NULL;
		uint32_t key;

		if (end) {
			AUTO_FREE char *name = mem_copy_n(keys + at + 1, (size_t)(end - keys) - at - 1);

			key = key_from_name(name);
			assert_int_not_equal(key, YK_NONE);
			at = (size_t)(end - keys) + 1;
		} else {
			at += text_decode(keys + at, n - at, &key);
		}
		press(ed, key);
	}
}

/* Where the cursor stands is shown by typing a sign. */
static void keys_edit_a_line(void **state)
{
	static const struct { const char *keys, *want; } cases[] = {
		{ "王秀英", "王秀英" },
		{ "王秀英<Left><Left>x", "王x秀英" },
		{ "王秀英<Backspace>", "王秀" },
		{ "王秀英<Home><Delete>x", "x秀英" },
		{ "ab<Home>x<End>y", "xaby" },
		{ "ab<^A>x<^E>y", "xaby" },
		{ "ab<Left><Left><Left><Left>x", "xab" },
		{ "ab<Right><Right>x", "abx" },
		{ "e\u0301<Backspace>", "" },              /* the accent goes with its letter */
		{ "e\u0301", "\u00E9" },                   /* … and is composed with it */
		{ "王\u0301秀<Left><Left><Delete>", "秀" },
		{ "\u0301a", "a" },                        /* a mark without a base */
		{ "か\u3099", "が" },
		{ "a<Space><Space>b", "a  b" },
		{ "3幢 2单元<^W>", "3幢 2" }, { "3幢 2<^W>", "3幢 " }, { "3幢 <^W>", "3" },
		{ "张三 李四<Ctrl-Left>x", "张三 x李四" }, { "张三 李四<Home><Ctrl-Right>x", "张三 x李四" },
		{ "abc<Left><^K>", "ab" }, { "abc<Left><^U>", "c" },
		{ "王秀英<Shift-Left><Shift-Left>x", "王x" },
		{ "王秀英<Shift-Left><Backspace>", "王秀" },
		{ "王秀英<Home><Shift-End><Delete>", "" },
		{ "王秀英<Shift-Home>x", "x" },
		{ "王秀英<Alt-a>x", "x" },
		{ "abcd<Left><Shift-Left><Shift-Left><Left>x", "axbcd" },      /* to the start of what was selected */
		{ "abcd<Left><Shift-Left><Shift-Left><Right>x", "abcxd" },
		{ "abcd<Shift-Left><Home>x", "xabcd" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct editor *ed = editor_new(false, 0);

		type(ed, cases[i].keys);
		assert_string_equal(editor_text(ed), cases[i].want);
		editor_free(ed);
	}
}

static void keys_that_do_not_edit_are_left_to_the_caller(void **state)
{
	static const uint32_t ignored[] = { YK_ENTER, YK_TAB, YK_BACKTAB, YK_ESC, YK_UP, YK_DOWN, YK_PGUP, YK_PGDN, YK_F1, YK_F10, CTRL('P'), CTRL('S'), CTRL('Z'),
	                                    CTRL('L'), MOD_ALT | '1', MOD_ALT | 'l', YK_CLICK, YK_RESIZE, YK_HANGUP, 0x9B, 0x202E };
	struct editor *ed = editor_new(false, 0);

	(void)state;
	type(ed, "王");
	for (size_t i = 0; i < COUNT(ignored); i++)
		assert_int_equal(press(ed, ignored[i]), EDITOR_IGNORED);
	assert_string_equal(editor_text(ed), "王");
	editor_free(ed);
	ed = editor_new(true, 0);
	assert_int_equal(press(ed, YK_UP), EDITOR_IGNORED);
	assert_int_equal(press(ed, YK_DOWN), EDITOR_IGNORED);
	assert_int_equal(press(ed, YK_PGDN), EDITOR_IGNORED);
	assert_int_equal(press(ed, YK_TAB), EDITOR_IGNORED);
	assert_int_equal(press(ed, YK_ENTER), EDITOR_CHANGED);
	assert_int_equal(press(ed, YK_UP), EDITOR_MOVED);
	assert_int_equal(press(ed, YK_UP), EDITOR_IGNORED);
	editor_free(ed);
}

static void what_is_pasted_is_cleaned(void **state)
{
	static const struct { bool several; const char *pasted, *want; } cases[] = {
		{ false, "第一行\r\n第二行\n", "第一行 第二行" },
		{ true, "第一行\r\n第二行\r", "第一行\n第二行\n" },
		{ false, "138\t1234", "138 1234" },
		{ false, "a\x1b[31mb\x07", "a[31mb" },
		{ false, "付\u202E款\u200B", "付款" },
		{ false, "\xCD\xF5王\xE7\x8E", "王" },
		{ false, "", "" },
		{ false, "\u0301\u0301", "" },
		{ true, "e\u0301\u0302\u0303\u0304\u0305\u0306", "\u00E9\u0302\u0303\u0304\u0305" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct editor *ed = editor_new(cases[i].several, 0);

		paste(ed, cases[i].pasted);
		assert_string_equal(editor_text(ed), cases[i].want);
		editor_free(ed);
	}
}

static void the_limit_counts_characters(void **state)
{
	struct editor *ed = editor_new(false, 4);

	(void)state;
	assert_int_equal(paste(ed, "王秀英"), EDITOR_CHANGED);
	assert_int_equal(press(ed, 'e'), EDITOR_CHANGED);
	assert_int_equal(press(ed, 0x301), EDITOR_CHANGED);    /* joins the e */
	assert_int_equal(press(ed, 'x'), EDITOR_FULL);
	assert_string_equal(editor_text(ed), "王秀英\u00E9");
	assert_int_equal(editor_clusters(ed), 4);
	type(ed, "<Home><Shift-Right><Shift-Right>");
	assert_int_equal(paste(ed, "甲乙丙丁"), EDITOR_FULL);
	assert_string_equal(editor_text(ed), "甲乙英\u00E9");
	editor_set(ed, "早先存下的长文字");                    /* is shown whole, but can't grow */
	assert_int_equal(editor_clusters(ed), 8);
	assert_int_equal(press(ed, 'x'), EDITOR_FULL);
	type(ed, "<Backspace>");
	assert_string_equal(editor_text(ed), "早先存下的长文");
	editor_free(ed);
}

static void undo_takes_back_a_phrase_and_redo_brings_it_again(void **state)
{
	struct editor *ed = editor_new(true, 0);

	(void)state;
	type(ed, "楼道堆物，要清理");
	type(ed, "<Alt-z>");
	assert_string_equal(editor_text(ed), "楼道堆物，");
	type(ed, "<^_>");
	assert_string_equal(editor_text(ed), "");
	type(ed, "<^_>");
	type(ed, "<Alt-y>");
	assert_string_equal(editor_text(ed), "楼道堆物，");
	type(ed, "<Backspace><Backspace>");
	type(ed, "<Alt-z>x");
	assert_string_equal(editor_text(ed), "楼道堆物x");
	type(ed, "<Alt-y>");                                   /* nothing: something was typed since */
	assert_string_equal(editor_text(ed), "楼道堆物x");
	type(ed, "<Alt-a>y");
	type(ed, "<Alt-z>");
	assert_string_equal(editor_text(ed), "楼道堆物x");
	editor_set(ed, "别的");
	type(ed, "<Alt-z>");
	assert_string_equal(editor_text(ed), "别的");
	editor_free(ed);
}

static void assert_drawn(struct editor *ed, int rows, int cols, const char *const *want, int cursor_row, int cursor_col)
{
	struct canvas c;

	canvas_init(&c, rows, cols);
	editor_draw(ed, &c, (struct rect){ 0, 0, rows, cols }, STYLE_FIELD, true);
	for (int row = 0; row < rows; row++) {
		AUTO_STRBUF text = { 0 };

		canvas_row_text(&c, row, &text);
		assert_string_equal(strbuf_str(&text), want[row]);
	}
	assert_int_equal(c.cursor_row, cursor_row);
	assert_int_equal(c.cursor_col, cursor_col);
	canvas_release(&c);
}

static void lines_wrap_with_their_punctuation(void **state)
{
	struct editor *ed = editor_new(true, 0);

	(void)state;
	editor_set(ed, "水管漏水了。请派人");
	assert_drawn(ed, 3, 11, (const char *const[]){ "水管漏水", "了。请派人", "" }, 1, 10);
	assert_int_equal(editor_rows(ed, 11), 2);
	type(ed, "<Up>x");                                     /* the goal column lies behind the end of the row */
	assert_drawn(ed, 3, 11, (const char *const[]){ "水管漏水x", "了。请派人", "" }, 1, 0);
	editor_set(ed, "甲乙丙丁戊己");
	editor_rows(ed, 9);
	type(ed, "<Home>");
	assert_drawn(ed, 2, 9, (const char *const[]){ "甲乙丙丁", "戊己" }, 1, 0);
	type(ed, "<Up><End>");                                 /* the end of a wrapped row is no place in the next one */
	assert_drawn(ed, 2, 9, (const char *const[]){ "甲乙丙丁", "戊己" }, 0, 8);
	type(ed, "<Right>");
	assert_drawn(ed, 2, 9, (const char *const[]){ "甲乙丙丁", "戊己" }, 1, 2);
	editor_set(ed, "甲\n");
	assert_drawn(ed, 2, 9, (const char *const[]){ "甲", "" }, 1, 0);
	editor_set(ed, "一\n二\n三\n四");
	assert_drawn(ed, 2, 9, (const char *const[]){ "三", "四" }, 1, 2);
	type(ed, "<Up><Up>");
	assert_drawn(ed, 2, 9, (const char *const[]){ "二", "三" }, 0, 2);
	type(ed, "<Ctrl-Home>");
	assert_drawn(ed, 2, 9, (const char *const[]){ "一", "二" }, 0, 0);
	type(ed, "<^K><^K>");
	assert_string_equal(editor_text(ed), "二\n三\n四");
	type(ed, "<Down><^U>");
	assert_string_equal(editor_text(ed), "二三\n四");
	editor_free(ed);
}

static void a_long_line_scrolls_and_never_shows_half_a_character(void **state)
{
	struct editor *ed = editor_new(false, 0);

	(void)state;
	type(ed, "甲乙丙丁戊");
	assert_drawn(ed, 1, 8, (const char *const[]){ "丙丁戊" }, 0, 6);
	type(ed, "<Left><Left><Left><Left>");
	assert_drawn(ed, 1, 8, (const char *const[]){ "乙丙丁戊" }, 0, 0);
	type(ed, "<Home>");
	assert_drawn(ed, 1, 8, (const char *const[]){ "甲乙丙丁" }, 0, 0);
	type(ed, "<End><Backspace><Backspace>");
	assert_drawn(ed, 1, 8, (const char *const[]){ "甲乙丙" }, 0, 6);
	type(ed, "a");
	assert_drawn(ed, 1, 8, (const char *const[]){ "甲乙丙a" }, 0, 7);
	type(ed, "b");
	assert_drawn(ed, 1, 8, (const char *const[]){ "乙丙ab" }, 0, 6);
	assert_drawn(ed, 1, 1, (const char *const[]){ "" }, 0, 0);
	editor_free(ed);
}

static void what_is_selected_is_shown(void **state)
{
	struct editor *ed = editor_new(true, 0);
	struct canvas c;

	(void)state;
	canvas_init(&c, 2, 9);
	type(ed, "甲乙<Enter>丙丁<Shift-Up><Shift-Right>");
	editor_draw(ed, &c, (struct rect){ 0, 0, 2, 9 }, STYLE_FIELD, true);
	assert_int_equal(c.cells[3].style, STYLE_FIELD);
	assert_int_equal(c.cells[9].style, STYLE_SELECTION);
	assert_int_equal(c.cells[9 + 3].style, STYLE_SELECTION);
	assert_int_equal(c.cells[9 + 4].style, STYLE_FIELD);
	type(ed, "x");
	assert_string_equal(editor_text(ed), "甲乙\nx");
	canvas_release(&c);
	editor_free(ed);
}

static void a_secret_shows_stars_and_keeps_no_undo(void **state)
{
	struct editor *ed = editor_new(false, 0);

	(void)state;
	editor_make_secret(ed);
	type(ed, "my密码");
	assert_drawn(ed, 1, 8, (const char *const[]){ "****" }, 0, 4);
	assert_drawn(ed, 1, 3, (const char *const[]){ "**" }, 0, 2);
	type(ed, "<Alt-z>");
	assert_string_equal(editor_text(ed), "my密码");
	editor_free(ed);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void a_megabyte_is_pasted_at_once(void **state)
{
	static const char phrase[] = "三幢二单元水管漏水，邻居反映很多次了。";
	struct editor *ed = editor_new(true, 2000);
	AUTO_STRBUF text = { 0 };
	struct canvas c;
	double from;

	(void)state;
	canvas_init(&c, 10, 80);
	while (text.n < 1 << 20)
		strbuf_add(&text, phrase);
	from = seconds();
	assert_int_equal(paste(ed, strbuf_str(&text)), EDITOR_FULL);
	assert_int_equal(editor_clusters(ed), 2000);
	editor_free(ed);

	ed = editor_new(true, 0);
	assert_int_equal(paste(ed, strbuf_str(&text)), EDITOR_CHANGED);
	assert_int_equal(strlen(editor_text(ed)), text.n);
	for (int i = 0; i < 50; i++) {
		type(ed, i % 2 ? "<Up>字" : "<Backspace>");
		editor_draw(ed, &c, (struct rect){ 0, 0, 10, 80 }, STYLE_FIELD, true);
	}
	type(ed, "<Alt-a><Delete>");
	assert_true(editor_is_empty(ed));
	type(ed, "<Alt-z>");
	assert_true(strlen(editor_text(ed)) > 1 << 20);
	assert_true(seconds() - from < 5);         /* with sanitizers; a tenth of it without */
	editor_free(ed);
	canvas_release(&c);
}

/* The model: a plain text and a cursor; what comes in is cleaned together with all the rest. */
struct model {
	char *text;
	size_t cursor;
	bool cursor_known;
};

static size_t boundary_before(const char *s, size_t at)
{
	size_t n = strlen(s), from = 0, last = 0;
	int width;

	while (from < at) {
		last = from;
		from += text_cluster(s + from, n - from, &width);
	}
	return last;
}

static size_t boundary_after(const char *s, size_t at)
{
	size_t n = strlen(s);
	int width;

	return at < n ? at + text_cluster(s + at, n - at, &width) : n;
}

static void model_replace(struct model *m, size_t from, size_t to, const char *s)
{
	AUTO_STRBUF joined = { 0 };
	AUTO_STRBUF whole = { 0 };
	AUTO_STRBUF head = { 0 };
	AUTO_STRBUF apart = { 0 };

	strbuf_add_n(&joined, m->text, from);
	strbuf_add(&joined, s);
	text_clean(&head, strbuf_str(&joined), joined.n, TEXT_NOTE);
	strbuf_add(&apart, strbuf_str(&head));
	strbuf_add(&apart, m->text + to);
	strbuf_add(&joined, m->text + to);
	text_clean(&whole, strbuf_str(&joined), joined.n, TEXT_NOTE);
	free(m->text);
	m->text = strbuf_take(&whole);
	m->cursor = head.n;
	/* Where marks joined or changed places over the seam, either side of them is as good. */
	m->cursor_known = strcmp(m->text, strbuf_str(&apart)) == 0 && boundary_after(m->text, boundary_before(m->text, head.n)) == head.n;
}

static const char *const fuzz_pieces[] = {
	"a", "王", "秀", " ", "\n", "\u0301", "\u0302", "e", "か", "\u3099", "\u1100", "\u1161", "\u11A8", "\u0378", "\u09C7", "\u09BE", "\u302E", "，", "。", "1", "—",
	"𠀀", "\U000E0100", "（", "x\u0301\u0302\u0303\u0304\u0305", "\u0323",
};

static void one_operation(struct editor *ed, struct model *m, uint64_t *seed)
{
	static const uint32_t moves[] = { YK_UP, YK_DOWN, YK_HOME, YK_END, YK_PGUP, YK_PGDN, YK_CTRL_LEFT, YK_CTRL_RIGHT, YK_CTRL_HOME, YK_CTRL_END };
	unsigned op = random_below(seed, 20);

	if (op < 9) {
		const char *piece = fuzz_pieces[random_below(seed, COUNT(fuzz_pieces))];

		paste(ed, piece);
		model_replace(m, m->cursor, m->cursor, piece);
	} else if (op < 11) {
		size_t from = boundary_before(m->text, m->cursor);

		press(ed, YK_BACKSPACE);
		if (from < m->cursor)
			model_replace(m, from, m->cursor, "");
	} else if (op < 12) {
		size_t to = boundary_after(m->text, m->cursor);

		press(ed, YK_DELETE);
		if (to > m->cursor)
			model_replace(m, m->cursor, to, "");
	} else if (op < 14) {
		press(ed, YK_LEFT);
		m->cursor = boundary_before(m->text, m->cursor);
	} else if (op < 16) {
		press(ed, YK_RIGHT);
		m->cursor = boundary_after(m->text, m->cursor);
	} else if (op < 17) {
		press(ed, MOD_ALT | 'z');
		press(ed, MOD_ALT | 'y');
		m->cursor_known = false;
	} else {
		press(ed, moves[random_below(seed, COUNT(moves))]);
		m->cursor_known = false;
	}
}

static void assert_same_as_fresh(struct editor *ed, int cols)
{
	struct editor *fresh = editor_new(true, 0);
	AUTO_STRBUF again = { 0 };
	struct canvas c;

	editor_set(fresh, editor_text(ed));
	assert_string_equal(editor_text(fresh), editor_text(ed));          /* is clean */
	assert_int_equal(editor_clusters(ed), text_cluster_count(editor_text(ed)));
	assert_int_equal(editor_rows(fresh, cols), editor_rows(ed, cols)); /* rows kept are the rows wrapped anew */
	canvas_init(&c, 5, cols);
	editor_draw(ed, &c, (struct rect){ 0, 0, 5, cols }, STYLE_FIELD, true);
	assert_in_range(c.cursor_row, 0, 4);
	canvas_release(&c);
	editor_free(fresh);
}

static void random_operations_agree_with_the_model(void **state)
{
	uint64_t seed = 99;

	(void)state;
	for (int round = 0; round < 600; round++) {
		struct editor *ed = editor_new(true, 0);
		struct model m = { .text = mem_copy(""), .cursor_known = true };
		int cols = 3 + (int)random_below(&seed, 20);

		for (int i = 0; i < 60; i++) {
			one_operation(ed, &m, &seed);
			assert_string_equal(editor_text(ed), m.text);
			if (i % 4 == 0)
				assert_same_as_fresh(ed, cols);
			if (m.cursor_known)
				assert_int_equal(ed->cursor, m.cursor);
			else
				m.cursor = ed->cursor;
			m.cursor_known = true;
		}
		editor_free(ed);
		free(m.text);
	}
}

static void undoing_everything_leads_back_to_the_beginning(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (int round = 0; round < 100; round++) {
		struct editor *ed = editor_new(true, 0);
		struct model m = { .text = mem_copy("原来的文字\n第二行") };
		AUTO_FREE char *last = NULL;

		editor_set(ed, m.text);
		for (int i = 0; i < 40; i++)
			one_operation(ed, &m, &seed);
		last = mem_copy(editor_text(ed));
		for (int i = 0; i < 60; i++)
			press(ed, MOD_ALT | 'z');
		assert_string_equal(editor_text(ed), "原来的文字\n第二行");
		for (int i = 0; i < 60; i++)
			press(ed, MOD_ALT | 'y');
		assert_string_equal(editor_text(ed), last);
		editor_free(ed);
		free(m.text);
	}
}

static void help_names_every_key_that_does_not_go_without_saying(void **state)
{
	AUTO_STRBUF all = { 0 };
	const char *what;

	(void)state;
	for (size_t i = 0; ; i++) {
		AUTO_STRBUF keys = { 0 };

		what = editor_help(i, &keys);
		if (what == NULL)
			break;
		strbuf_format(&all, "%s=%s;", strbuf_str(&keys), what);
	}
	assert_non_null(strstr(strbuf_str(&all), "Alt-z ^_=撤销输入;"));
	assert_non_null(strstr(strbuf_str(&all), "Home ^A=到行首;"));
	assert_non_null(strstr(strbuf_str(&all), "Shift-左 Shift-右 Shift-上 Shift-下 Shift-Home Shift-End=选中文字;"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_edit_a_line),
		cmocka_unit_test(keys_that_do_not_edit_are_left_to_the_caller),
		cmocka_unit_test(what_is_pasted_is_cleaned),
		cmocka_unit_test(the_limit_counts_characters),
		cmocka_unit_test(undo_takes_back_a_phrase_and_redo_brings_it_again),
		cmocka_unit_test(lines_wrap_with_their_punctuation),
		cmocka_unit_test(a_long_line_scrolls_and_never_shows_half_a_character),
		cmocka_unit_test(what_is_selected_is_shown),
		cmocka_unit_test(a_secret_shows_stars_and_keeps_no_undo),
		cmocka_unit_test(a_megabyte_is_pasted_at_once),
		cmocka_unit_test(random_operations_agree_with_the_model),
		cmocka_unit_test(undoing_everything_leads_back_to_the_beginning),
		cmocka_unit_test(help_names_every_key_that_does_not_go_without_saying),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
