/* Papers as lines for the screen. */
#include "report/paper.h"

#include <stdlib.h>

#include "base/text.h"
#include "report/model.h"
#include "sample.h"
#include "test.h"

static char *show(const struct paper *p, int cols)
{
	AUTO_STRBUF out = { 0 };

	paper_text(p, cols, &out);
	return strbuf_take(&out);
}

static void assert_fits(const char *text, int cols)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		AUTO_FREE char *line = mem_copy_n(text, n);

		if (text_width(line) > cols)
			fail_msg("%d columns instead of %d: %s", text_width(line), cols, line);
		text += n + (text[n] == '\n');
	}
}

static void a_preview_has_what_the_paper_has_and_keeps_to_its_width(void **state)
{
	static const char *const wanted[] = {
		"协商议事记录表", "编号 ", "HY-20261128-001", "参会名单", "王秀英", "3幢2单元", "议题 1：3幢加装电梯", "老人上下楼不便", "户数和面积双过半",
		"JY-20261128-001", "主持人（签字）：____", "第一项的弃权应记1票",
	};
	struct sample *s = *state;
	AUTO_PAPER *p = paper_of_minutes(&s->of, &s->m);
	AUTO_FREE char *text = show(p, 78);

	for (size_t i = 0; i < COUNT(wanted); i++)
		assert_has(text, wanted[i]);
	for (int cols = 20; cols < 130; cols += 7) {
		AUTO_FREE char *any = show(p, cols);

		assert_fits(any, cols);
	}
}

static void a_notice_shows_no_objection_on_screen_either(void **state)
{
	struct sample *s = *state;
	AUTO_PAPER *p = paper_of_notice(&s->of, &s->d, &s->notice);
	AUTO_FREE char *text = show(p, 78);

	assert_has(text, "关于3幢加装电梯的公示");
	assert_has(text, "西林寺社区居民委员会（盖章）");
	assert_has_not(text, "钱多多");
	assert_fits(text, 78);
}

static void cells_wrap_side_by_side(void **state)
{
	AUTO_PAPER *p = paper_new("1", "表", 10);
	AUTO_FREE char *text = NULL;

	(void)state;
	PAPER_ROW(p, { "甲乙丙丁", 20, true }, { "一二三四五六七八九十甲乙丙丁戊己庚辛", 80, false });
	text = show(p, 21);
	assert_string_equal(text, "甲乙 一二三四五六七八\n丙丁 九十甲乙丙丁戊己\n     庚辛\n");
}

static void hostile_text_shows_as_a_sign(void **state)
{
	AUTO_PAPER *p = paper_new("1", "表", 10);
	AUTO_FREE char *text = NULL;

	(void)state;
	paper_add(p, BLOCK_TEXT, "%s", "红\x1b[31m\xE2\x80\xAE倒");
	text = show(p, 40);
	assert_string_equal(text, "红�[31m�倒\n");
}

static void narrower_than_a_line_can_be_is_the_least_width(void **state)
{
	struct sample *s = *state;
	AUTO_PAPER *p = paper_of_notice(&s->of, &s->d, &s->notice);
	AUTO_FREE char *none = show(p, 0), *least = show(p, 20);

	assert_string_equal(none, least);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SAMPLE_TEST(a_preview_has_what_the_paper_has_and_keeps_to_its_width),
		SAMPLE_TEST(a_notice_shows_no_objection_on_screen_either),
		SAMPLE_TEST(cells_wrap_side_by_side),
		SAMPLE_TEST(hostile_text_shows_as_a_sign),
		SAMPLE_TEST(narrower_than_a_line_can_be_is_the_least_width),
	};

	return cmocka_run_group_tests_name("report-paper-text", tests, NULL, NULL);
}
