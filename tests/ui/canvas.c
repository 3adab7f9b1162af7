/* Painting into the grid of cells. */
#include "ui/canvas.h"

#include <string.h>

#include "base/mem.h"
#include "test.h"

static const struct cell *cell_of(const struct canvas *c, int row, int col)
{
	return &c->cells[row * c->cols + col];
}

static void assert_row(const struct canvas *c, int row, const char *want)
{
	AUTO_STRBUF text = { 0 };

	canvas_row_text(c, row, &text);
	assert_string_equal(strbuf_str(&text), want);
}

/* The invariant: no half of a wide character without the other, every cell one whole cluster, nothing that a terminal would obey. */
static void assert_whole(const struct canvas *c)
{
	for (int row = 0; row < c->rows; row++)
		for (int col = 0; col < c->cols; col++) {
			const struct cell *cell = cell_of(c, row, col);
			size_t n = strlen(cell->text);
			int width;

			if (cell->width == 0) {
				assert_true(col > 0 && cell_of(c, row, col - 1)->width == 2);
				assert_int_equal(n, 0);
				assert_int_equal(cell->style, cell_of(c, row, col - 1)->style);
				continue;
			}
			assert_true(n > 0 && n < CELL_BYTES);
			assert_int_equal(text_cluster(cell->text, n, &width), n);
			assert_int_equal(width, cell->width);
			assert_true(cell->width == 1 || (col + 1 < c->cols && cell_of(c, row, col + 1)->width == 0));
			for (size_t at = 0; at < n;) {
				uint32_t cp;

				at += text_decode(cell->text + at, n - at, &cp);
				assert_int_not_equal(text_char_width(cp), -1);
			}
		}
}

static void text_takes_exactly_its_columns(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, 5, 20);
	assert_int_equal(canvas_text(&c, 0, 0, 8, STYLE_TEXT, "王秀英"), 8);
	assert_int_equal(canvas_text(&c, 0, 8, 5, STYLE_TEXT, "王秀英"), 13);
	assert_int_equal(canvas_put(&c, 0, 13, 7, STYLE_TEXT, "|abcdefgh"), 20);
	assert_row(&c, 0, "王秀英  王秀…|abcdef");
	assert_int_equal(canvas_text_right(&c, 1, 0, 8, STYLE_TEXT, "12.50"), 8);
	assert_row(&c, 1, "   12.50");
	assert_int_equal(canvas_put(&c, 2, 0, 5, STYLE_TEXT, "王秀英"), 4);
	assert_int_equal(canvas_put(&c, 2, 5, 100, STYLE_TEXT, "a\nb\x1b[31m"), 13);
	assert_row(&c, 2, "王秀 a b�[31m");
	assert_int_equal(canvas_format(&c, 3, 0, 20, STYLE_TEXT, "%d 条，%s", 12, "隐藏"), 11);
	assert_row(&c, 3, "12 条，隐藏");
	assert_whole(&c);
	canvas_release(&c);
}

static void half_a_wide_character_becomes_a_blank(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, 4, 6);
	canvas_put(&c, 0, 0, 6, STYLE_TEXT, "王秀英");
	canvas_put(&c, 0, 1, 1, STYLE_TEXT, "x");
	canvas_put(&c, 0, 4, 1, STYLE_TEXT, "y");
	assert_row(&c, 0, " x秀y");
	canvas_put(&c, 1, 5, 2, STYLE_TEXT, "王");      /* would stand over the border */
	canvas_put(&c, 1, -1, 2, STYLE_TEXT, "王");
	assert_row(&c, 1, "");
	canvas_put(&c, 2, 0, 6, STYLE_TEXT, "王秀英");
	canvas_fill(&c, (struct rect){ 2, 1, 1, 2 }, STYLE_TEXT);
	assert_row(&c, 2, "    英");
	canvas_put(&c, 3, -3, 9, STYLE_TEXT, "王秀英王");
	assert_row(&c, 3, " 英王");
	assert_whole(&c);
	canvas_release(&c);
}

static void what_lies_outside_is_clipped(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, 2, 4);
	canvas_text(&c, -1, 0, 4, STYLE_TEXT, "xxxx");
	canvas_text(&c, 2, 0, 4, STYLE_TEXT, "xxxx");
	canvas_text(&c, 0, 4, 4, STYLE_TEXT, "xxxx");
	canvas_text(&c, 0, -4, 4, STYLE_TEXT, "xxxx");
	canvas_fill(&c, (struct rect){ -5, -5, 3, 3 }, STYLE_ERROR);
	canvas_fill(&c, (struct rect){ 0, 0, -1, 5 }, STYLE_ERROR);
	canvas_restyle(&c, (struct rect){ 5, 5, 3, 3 }, STYLE_ERROR);
	canvas_line(&c, 7, 0, 4, STYLE_BORDER);
	canvas_column(&c, 0, 9, 4, STYLE_BORDER);
	assert_row(&c, 0, "");
	assert_row(&c, 1, "");
	assert_row(&c, 9, "");
	canvas_fill(&c, (struct rect){ -1, -1, 99, 99 }, STYLE_ERROR);
	for (int i = 0; i < 8; i++)
		assert_int_equal(c.cells[i].style, STYLE_ERROR);
	canvas_cursor(&c, 1, 3);
	assert_int_equal(c.cursor_row, 1);
	canvas_cursor(&c, 1, 4);
	assert_int_equal(c.cursor_row, -1);
	canvas_resize(&c, 0, 0);
	canvas_text(&c, 0, 0, 4, STYLE_TEXT, "xxxx");
	canvas_resize(&c, -3, 7);
	canvas_frame(&c, (struct rect){ 0, 0, 5, 5 }, STYLE_BORDER, "x");
	canvas_release(&c);
}

static void borders_that_meet_are_joined(void **state)
{
	struct canvas c;
	struct rect in;

	(void)state;
	canvas_init(&c, 5, 21);
	in = canvas_frame(&c, (struct rect){ 0, 0, 5, 11 }, STYLE_BORDER, "事项");
	assert_int_equal(in.row, 1);
	assert_int_equal(in.col, 1);
	assert_int_equal(in.rows, 3);
	assert_int_equal(in.cols, 9);
	canvas_frame(&c, (struct rect){ 0, 10, 5, 11 }, STYLE_BORDER, NULL);
	canvas_line(&c, 2, 0, 11, STYLE_BORDER);
	canvas_column(&c, 2, 5, 3, STYLE_BORDER);
	assert_row(&c, 0, "┌ 事项 ───┬─────────┐");
	assert_row(&c, 1, "│         │         │");
	assert_row(&c, 2, "├────┬────┤         │");
	assert_row(&c, 4, "└────┴────┴─────────┘");
	canvas_fill(&c, (struct rect){ 1, 3, 3, 10 }, STYLE_TEXT);
	canvas_frame(&c, (struct rect){ 1, 3, 3, 10 }, STYLE_BORDER, "这个标题太长了");
	assert_row(&c, 1, "│  ┌ 这个…  ┐       │");
	assert_row(&c, 3, "│  └────────┘       │");
	assert_whole(&c);
	canvas_release(&c);
}

static void borders_are_ascii_where_the_terminal_draws_them_wide(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, 3, 9);
	c.ascii_lines = true;
	canvas_frame(&c, (struct rect){ 0, 0, 3, 5 }, STYLE_BORDER, NULL);
	canvas_frame(&c, (struct rect){ 0, 4, 3, 5 }, STYLE_BORDER, NULL);
	canvas_line(&c, 1, 0, 9, STYLE_BORDER);
	assert_row(&c, 0, "+---+---+");
	assert_row(&c, 1, "+---+---+");
	assert_row(&c, 2, "+---+---+");
	canvas_release(&c);
}

static void a_style_covers_both_halves_of_a_character(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, 1, 6);
	canvas_put(&c, 0, 0, 6, STYLE_TEXT, "王秀英");
	canvas_restyle(&c, (struct rect){ 0, 2, 1, 1 }, STYLE_SELECTED);
	assert_int_equal(cell_of(&c, 0, 1)->style, STYLE_TEXT);
	assert_int_equal(cell_of(&c, 0, 2)->style, STYLE_SELECTED);
	assert_int_equal(cell_of(&c, 0, 3)->style, STYLE_SELECTED);
	assert_int_equal(cell_of(&c, 0, 4)->style, STYLE_TEXT);
	assert_whole(&c);
	canvas_release(&c);
}

/* A cell that is no continuation and lies outside of what was painted may change only if half of it was painted over. */
static void random_painting_never_leaves_half_a_character(void **state)
{
	static const char *const pieces[] = {
		"a", "王", "秀", " ", "e\u0301", "\u0301", "\xFF", "\x1b[2J", "\n", "\u202E", "𠀀\u0301\u0301\u0301\u0301", "\u0378", "—", "１", "　", "か\u3099",
		"葛\U000E0100\U000E0101\U000E0102\U000E0103\U000E0104",
	};
	uint64_t seed = 20261124;
	struct canvas c;

	(void)state;
	canvas_init(&c, 6, 17);
	for (int round = 0; round < 60000; round++) {
		int row = (int)random_below(&seed, 10) - 2, col = (int)random_below(&seed, 25) - 4, width = (int)random_below(&seed, 14) - 1;
		struct rect area = { row, col, (int)random_below(&seed, 5) - 1, width };
		enum style style = (enum style)random_below(&seed, STYLE_COUNT);
		AUTO_STRBUF text = { 0 };

		for (unsigned k = random_below(&seed, 9); k > 0; k--)
			strbuf_add(&text, pieces[random_below(&seed, COUNT(pieces))]);
		switch (random_below(&seed, 9)) {
		case 0: canvas_fill(&c, area, style); break;
		case 1: canvas_restyle(&c, area, style); break;
		case 2: canvas_frame(&c, area, style, strbuf_str(&text)); break;
		case 3: canvas_line(&c, row, col, width, style); break;
		case 4: canvas_column(&c, row, col, area.rows, style); break;
		case 5: canvas_text_right(&c, row, col, width, style, strbuf_str(&text)); break;
		case 6: assert_true(canvas_put(&c, row, col, width, style, strbuf_str(&text)) <= (width > 0 ? col + width : col)); break;
		default: assert_int_equal(canvas_text(&c, row, col, width, style, strbuf_str(&text)), width > 0 ? col + width : col); break;
		}
		c.ascii_lines = round % 7 == 0;
		assert_whole(&c);
	}
	canvas_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_takes_exactly_its_columns),
		cmocka_unit_test(half_a_wide_character_becomes_a_blank),
		cmocka_unit_test(what_lies_outside_is_clipped),
		cmocka_unit_test(borders_that_meet_are_joined),
		cmocka_unit_test(borders_are_ascii_where_the_terminal_draws_them_wide),
		cmocka_unit_test(a_style_covers_both_halves_of_a_character),
		cmocka_unit_test(random_painting_never_leaves_half_a_character),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
