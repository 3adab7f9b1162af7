/* What to do where there is nothing to see: the keys are named as they are bound. */
#include "ui/widgets/hint.h"

#include <string.h>

#include "base/text.h"
#include "test.h"

#define ROWS 9
#define COLS 40

static const struct key_bind binds[] = {
	{ ACT_NEW,  "F2 N", WHEN_MAY_CREATE },
	{ ACT_FIND, "/",    WHEN_ALWAYS },
};
static const struct keymap keys = { "hint-test", binds, COUNT(binds) };

/* The rows that hold something, parted by |; keymaps as shipped. */
static void draw(const char *text, struct rect area, struct strbuf *out)
{
	const struct keymap *const maps[] = { &keys, &common_keys, NULL };
	struct app app = { 0 };
	struct canvas c;
	struct err e = { 0 };

	assert_int_equal(keymaps_load(&app.keymaps, maps, NULL, &e), RC_OK);
	canvas_init(&c, ROWS, COLS);
	hint_draw(&app, &c, area, &keys, text);
	for (int row = 0; row < ROWS; row++) {
		AUTO_STRBUF line = { 0 };
		const char *s;

		canvas_row_text(&c, row, &line);
		s = strbuf_str(&line) + strspn(strbuf_str(&line), " ");
		if (*s)
			strbuf_format(out, "%s%s", out->n ? "|" : "", s);
	}
	canvas_release(&c);
	keymaps_free(app.keymaps);
}

static void actions_are_named_by_their_first_key(void **state)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "按 {new} 新增，或按 {find} 查找", "按 F2 新增，或按 / 查找" },
		{ "第一行\n第二行 {find}", "第一行|第二行 /" },
		{ "{find", "{find" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF got = { 0 };

		draw(cases[i].text, (struct rect){ 0, 0, ROWS, COLS }, &got);
		assert_string_equal(strbuf_str(&got), cases[i].want);
	}
}

static void what_does_not_fit_stays_inside_the_area(void **state)
{
	AUTO_STRBUF got = { 0 };

	(void)state;
	draw("一二三四五六七八九十\n第二行\n第三行", (struct rect){ 0, 0, 2, 7 }, &got);
	assert_null(strstr(strbuf_str(&got), "五"));
	assert_null(strstr(strbuf_str(&got), "第三行"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(actions_are_named_by_their_first_key),
		cmocka_unit_test(what_does_not_fit_stays_inside_the_area),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
