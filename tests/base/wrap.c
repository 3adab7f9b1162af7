/* Soft-wrapping. */
#include "base/text.h"

#include <string.h>

#include "test.h"

/* The lines of s, joined by '/'. */
static void wrap_all(struct strbuf *out, const char *s, int cols)
{
	while (*s) {
		size_t shown, next = text_wrap(s, cols, &shown);

		assert_true(next > 0);
		assert_true(shown <= next);
		if (out->n > 0)
			strbuf_add_char(out, '/');
		strbuf_add_n(out, s, shown);
		s += next;
	}
}

static void lines_break_where_chinese_may_break(void **state)
{
	static const struct { const char *s; int cols; const char *want; } cases[] = {
		{ "王秀英家漏水", 6, "王秀英/家漏水" },
		{ "王秀英家漏水", 7, "王秀英/家漏水" },
		{ "楼道堆物，请清理。", 8, "楼道堆/物，请清/理。" },
		{ "他说（昨天）漏水", 6, "他说/（昨/天）漏/水" },
		{ "一二三四\n五六", 20, "一二三四/五六" },
		{ "a\n\nb", 20, "a//b" },
		{ "电话13812343321请回", 16, "电话13812343321/请回" },
		{ "联系电话13812343321", 16, "联系电话/13812343321" },   /* the number stays in one piece */
		{ "13812343321", 4, "1381/2343/321" },                   /* unless it is longer than the line */
		{ "。。。。", 4, "。。/。。" },
		{ "王", 1, "王" },                                       /* always one cluster */
		{ "王秀", 0, "王/秀" },
		{ "王秀", -5, "王/秀" },
		{ "", 10, "" },
		{ "ae\u0301e\u0301", 2, "ae\u0301/e\u0301" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF out = { 0 };

		wrap_all(&out, cases[i].s, cases[i].cols);
		assert_string_equal(strbuf_str(&out), cases[i].want);
	}
}

static void no_line_is_wider_than_asked_and_nothing_is_lost(void **state)
{
	static const char *const pieces[] = { "王", "，", "（", "a", "1", " ", "\n", "e\u0301", "。", "”", "𠀀", "\xFF", "\x1b" };
	unsigned seed = 3;

	(void)state;
	for (int round = 0; round < 5000; round++) {
		AUTO_STRBUF s = { 0 };
		int cols = 2 + round % 9;
		const char *at;

		for (int k = 0; k < 40; k++) {
			seed = seed * 1103515245u + 12345u;
			strbuf_add(&s, pieces[(seed >> 16) % COUNT(pieces)]);
		}
		for (at = strbuf_str(&s); *at;) {
			size_t shown, next = text_wrap(at, cols, &shown);
			AUTO_STRBUF line = { 0 };

			assert_true(next == shown || (next == shown + 1 && at[shown] == '\n'));
			strbuf_add_n(&line, at, shown);
			assert_true(text_width(strbuf_str(&line)) <= cols);
			at += next;
		}
		assert_ptr_equal(at, strbuf_str(&s) + s.n);
	}
}

/* Eight megabytes: for the square of that nobody could wait. */
static void a_long_text_takes_time_by_its_length(void **state)
{
	AUTO_STRBUF s = { 0 };
	const char *at;
	size_t lines = 0;

	(void)state;
	while (s.n < 8 << 20)
		strbuf_add(&s, "三幢二单元水管漏水，邻居反映很多次了。");
	for (at = strbuf_str(&s); *at; lines++) {
		size_t shown;

		at += text_wrap(at, 80, &shown);
	}
	assert_ptr_equal(at, s.s + s.n);
	assert_in_range(lines, s.n / 3 / 40, s.n / 3 / 35);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_break_where_chinese_may_break),
		cmocka_unit_test(no_line_is_wider_than_asked_and_nothing_is_lost),
		cmocka_unit_test(a_long_text_takes_time_by_its_length),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
