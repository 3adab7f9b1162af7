/* Lines to read. */
#include "ui/widgets/pager.h"

#include "screen_text.h"

static void press(struct pager *p, uint32_t key)
{
	pager_key(p, &(struct key_event){ .key = key });
}

static void draw(const struct pager *p, struct canvas *c)
{
	canvas_init(c, p->rows, p->cols);
	pager_draw(p, c, (struct rect){ 0, 0, p->rows, p->cols });
}

static void fill(struct pager *p, int n)
{
	pager_clear(p);
	for (int i = 0; i < n; i++)
		pager_add(p, STYLE_TEXT, 0, 0, "第 %d 行", i);
}

static void long_lines_wrap_with_their_indent(void **state)
{
	struct pager p = { .cursor = -1 };
	struct canvas c;

	(void)state;
	pager_add(&p, STYLE_STRONG, 0, 0, "标题");
	pager_add(&p, STYLE_TEXT, 4, 0, "%s", "三幢二单元水管漏水，楼下墙面已经湿了一大片");
	pager_layout(&p, 6, 24);
	draw(&p, &c);
	assert_int_equal(row_with(&c, "标题"), 0);
	assert_int_equal(row_with(&c, "    三幢二单元水管漏"), 1);
	assert_shows(&c, "    ");
	for (int row = 1; row < 4; row++)
		assert_int_equal(c.cells[row * c.cols].text[0], ' ');
	canvas_release(&c);
	pager_release(&p);
}

static void scrolling_ends_at_both_ends(void **state)
{
	struct pager p = { .cursor = -1 };
	struct canvas c;

	(void)state;
	fill(&p, 30);
	pager_layout(&p, 10, 20);
	press(&p, YK_UP);
	assert_int_equal(p.top, 0);
	press(&p, YK_PGDN);
	press(&p, YK_DOWN);
	draw(&p, &c);
	assert_int_equal(row_with(&c, "第 10 行"), 0);
	canvas_release(&c);
	press(&p, YK_END);
	press(&p, YK_PGDN);
	draw(&p, &c);
	assert_int_equal(row_with(&c, "第 29 行"), 9);
	canvas_release(&c);
	press(&p, YK_HOME);
	assert_int_equal(p.top, 0);
	pager_release(&p);
}

static void another_width_keeps_the_line_on_top(void **state)
{
	struct pager p = { .cursor = -1 };

	(void)state;
	for (int i = 0; i < 20; i++)
		pager_add(&p, STYLE_TEXT, 0, 0, "%d 三幢二单元水管漏水，楼下墙面已经湿了一大片", i);
	pager_layout(&p, 5, 80);
	p.top = 10;
	pager_layout(&p, 5, 12);
	assert_true(p.top > 10);
	pager_layout(&p, 5, 80);
	assert_int_equal(p.top, 10);
	pager_release(&p);
}

static void the_cursor_goes_from_one_line_that_opens_to_the_next(void **state)
{
	struct pager p = { .cursor = 0 };

	(void)state;
	for (int i = 0; i < 12; i++)
		pager_add(&p, STYLE_TEXT, 0, i == 2 ? 41 : i == 7 ? 42 : 0, "第 %d 行", i);
	pager_layout(&p, 4, 20);
	assert_int_equal(pager_id(&p), 41);
	press(&p, YK_DOWN);
	assert_int_equal(pager_id(&p), 42);
	assert_true(p.top <= 7 && p.top + 4 > 7);
	press(&p, YK_DOWN);                      /* nothing more: it scrolls */
	assert_int_equal(pager_id(&p), 42);
	press(&p, YK_HOME);
	assert_int_equal(pager_id(&p), 41);
	pager_clear(&p);
	pager_layout(&p, 4, 20);
	assert_int_equal(pager_id(&p), 0);
	pager_release(&p);
}

static void a_huge_and_a_hostile_text_are_shown_tamed(void **state)
{
	struct pager p = { .cursor = -1 };
	AUTO_STRBUF huge = { 0 };
	struct canvas c;

	(void)state;
	for (int i = 0; i < 20000; i++)
		strbuf_add(&huge, "水\xff\x1b[2J");
	pager_add(&p, STYLE_TEXT, 30, 0, "%s", strbuf_str(&huge));
	pager_add(&p, STYLE_TEXT, 0, 0, "%s", "");
	pager_layout(&p, 5, 20);
	draw(&p, &c);
	for (int i = 0; i < c.rows * c.cols; i++)
		assert_true((unsigned char)c.cells[i].text[0] != 0x1b);
	canvas_release(&c);
	pager_layout(&p, 0, 1);
	pager_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(long_lines_wrap_with_their_indent),
		cmocka_unit_test(scrolling_ends_at_both_ends),
		cmocka_unit_test(another_width_keeps_the_line_on_top),
		cmocka_unit_test(the_cursor_goes_from_one_line_that_opens_to_the_next),
		cmocka_unit_test(a_huge_and_a_hostile_text_are_shown_tamed),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
