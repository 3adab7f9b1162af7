/* Bars in cells: heights, numbers, what is left out where room is short, and signs where there are no blocks. */
#include "ui/widgets/bar_chart.h"

#include "screen_text.h"

static const char *const months[] = { "9月", "10月", "11月" };
static const int64_t came[] = { 0, 4, 8 }, went[] = { 1, 100, 50 }, stood[] = { 84, 88, 1234 };
static const struct bar_series series[] = {
	{ "新来", came, STYLE_GOOD, '#' }, { "离开", went, STYLE_URGENT, '=' }, { "在岗", stood, STYLE_TEXT, 0 },
};

static void draw(struct canvas *c, int rows, int cols, bool ascii, const struct bar_chart *b)
{
	canvas_init(c, rows, cols);
	c->ascii_lines = ascii;
	bar_chart_draw(b, c, (struct rect){ 0, 0, rows, cols });
}

static size_t count(const struct canvas *c, const char *text)
{
	size_t n = 0;

	for (int i = 0; i < c->rows * c->cols; i++)
		n += strcmp(c->cells[i].text, text) == 0;
	return n;
}

static void every_bar_is_as_high_as_its_share_and_has_its_number(void **state)
{
	struct canvas c;

	(void)state;
	/* 12 rows: labels, one row of numbers, two panels of a title and four rows of bars. A slot takes five columns, a bar four. */
	draw(&c, 12, 22, false, &(struct bar_chart){ months, 3, series, 3 });
	assert_int_equal(row_with(&c, "新来"), 0);
	assert_int_equal(row_with(&c, "离开"), 5);
	assert_int_equal(row_with(&c, "9月"), 10);
	assert_int_equal(row_with(&c, "在岗"), 11);
	assert_shows(&c, " 1234");
	assert_int_equal(row_with(&c, "8"), 0);              /* on the highest bar */
	assert_int_equal(row_with(&c, "4 ████"), 2);          /* half as high: two rows of four, its number above */
	assert_int_equal(count(&c, "█"), (size_t)4 * (2 + 4 + 4 + 2));
	assert_int_equal(count(&c, "▁"), 4);                 /* 1 of 100: not nought */
	canvas_release(&c);
}

static void where_blocks_are_wide_each_series_has_a_sign(void **state)
{
	struct canvas c;

	(void)state;
	draw(&c, 12, 22, true, &(struct bar_chart){ months, 3, series, 3 });
	for (int i = 0; i < c.rows * c.cols; i++)
		for (const char *s = c.cells[i].text; *s && c.cells[i].width == 1; s++)
			assert_true((unsigned char)*s < 0x80);
	assert_int_equal(count(&c, "#"), (size_t)4 * (2 + 4));
	assert_int_equal(count(&c, "="), (size_t)4 * (1 + 4 + 2));
	canvas_release(&c);
}

static void where_columns_are_few_the_last_slots_stay(void **state)
{
	struct canvas c;

	(void)state;
	draw(&c, 12, 17, false, &(struct bar_chart){ months, 3, series, 3 });
	assert_hides(&c, "9月");
	assert_shows(&c, "10月");
	assert_shows(&c, "11月");
	canvas_release(&c);
}

static void where_rows_are_few_the_numbers_stay(void **state)
{
	struct canvas c;

	(void)state;
	draw(&c, 5, 22, false, &(struct bar_chart){ months, 3, series, 3 });
	assert_int_equal(count(&c, "█"), 0);
	assert_shows(&c, "离开     1  100   50");
	canvas_release(&c);
}

/* Nothing, noughts, numbers below zero, areas of every size: what is drawn stays inside, and nothing is divided by nought. */
static void anything_is_drawn_in_any_area(void **state)
{
	static const int64_t odd[] = { -5, 0, INT64_MAX, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	static const char *const labels[] = { "", "一二三四五六七八九十", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12" };
	const struct bar_series all[] = { { "负数和最大数", odd, STYLE_TEXT, '#' }, { "", odd, STYLE_TEXT, 0 } };

	(void)state;
	for (int rows = 0; rows < 20; rows++)
		for (int cols = 0; cols < 80; cols++)
			for (size_t n = 0; n <= 12; n += 3) {
				struct canvas c;

				canvas_init(&c, 22, 90);
				bar_chart_draw(&(struct bar_chart){ labels, n, all, 2 }, &c, (struct rect){ 1, 1, rows, cols });
				for (int row = 0; row < c.rows; row++)
					for (int col = 0; col < c.cols; col++)
						if (row < 1 || row > rows || col < 1 || col > cols)
							if (strcmp(c.cells[row * c.cols + col].text, " ") != 0)
								fail_msg("%d x %d, %zu: \"%s\" at %d, %d", rows, cols, n, c.cells[row * c.cols + col].text, row, col);
				canvas_release(&c);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_bar_is_as_high_as_its_share_and_has_its_number),
		cmocka_unit_test(where_blocks_are_wide_each_series_has_a_sign),
		cmocka_unit_test(where_columns_are_few_the_last_slots_stay),
		cmocka_unit_test(where_rows_are_few_the_numbers_stay),
		cmocka_unit_test(anything_is_drawn_in_any_area),
	};

	text_locale_init();
	return cmocka_run_group_tests_name("ui-bar-chart", tests, NULL, NULL);
}
