/* The map in cells: everybody is on it, the important over the rest, nothing outside and no wide sign cut. */
#include "ui/widgets/cell_map.h"

#include <stdint.h>

#include "screen_text.h"

#define KITCHEN(x, y) { (x), (y), MAP_KITCHEN, 0, 0, false }
#define STOP(x, y, line) { (x), (y), MAP_STOP, (line), 0, false }
#define CHOSEN(x, y, line, place) { (x), (y), MAP_STOP, (line), (place), false }
#define UNSERVED(x, y) { (x), (y), MAP_UNSERVED, 0, 0, false }
#define HOUSE(x, y) { (x), (y), MAP_HOUSE, 0, 0, false }

static void draw(struct canvas *c, int rows, int cols, const struct map_point *points, size_t n)
{
	const struct cell_map m = { points, n };

	canvas_init(c, rows, cols);
	cell_map_draw(&m, c, (struct rect){ 0, 0, rows, cols });
}

static int col_with(const struct canvas *c, int row, const char *text)
{
	for (int col = 0; col < c->cols; col++)
		if (strcmp(c->cells[row * c->cols + col].text, text) == 0)
			return col;
	return -1;
}

static void east_is_right_and_north_is_up(void **state)
{
	static const struct map_point points[] = { KITCHEN(0, 0), STOP(400, 0, 1), STOP(-400, 0, 2), STOP(0, 400, 3), STOP(0, -400, 4), UNSERVED(200, 200) };
	struct canvas c;
	int row, col;

	(void)state;
	draw(&c, 20, 40, points, COUNT(points));
	row = row_with(&c, "食");
	col = col_with(&c, row, "食");
	assert_int_equal(row_with(&c, "2"), row);
	assert_true(col_with(&c, row, "2") < col && col < col_with(&c, row, "1"));
	assert_true(row_with(&c, "3") < row_with(&c, "!") && row_with(&c, "!") < row);
	assert_true(row < row_with(&c, "4"));
	assert_shows(&c, "!=待派");
	canvas_release(&c);
}

static void the_chosen_route_is_numbered_in_its_order_with_its_way(void **state)
{
	static const struct map_point points[] = { KITCHEN(0, 0), STOP(-300, 100, 7), CHOSEN(400, 0, 2, 1), CHOSEN(400, 200, 2, 2) };
	struct canvas c;
	int row;

	(void)state;
	draw(&c, 16, 60, points, COUNT(points));
	row = row_with(&c, "食");
	assert_true(col_with(&c, row, ".") > col_with(&c, row, "食") && col_with(&c, row, ".") < col_with(&c, row, "1"));
	assert_int_equal(c.cells[row * c.cols + col_with(&c, row, "1")].style, STYLE_MATCH);
	assert_shows(&c, "7");
	canvas_release(&c);
}

static void what_matters_more_shows_where_doors_share_a_cell(void **state)
{
	static const struct { struct map_point points[3]; const char *shows, *hides; } cases[] = {
		{ { HOUSE(300, 0), STOP(300, 0, 4), KITCHEN(0, 0) },            "4", "o " },
		{ { STOP(300, 0, 4), CHOSEN(300, 0, 5, 1), KITCHEN(0, 0) },     "1", "4" },
		{ { CHOSEN(300, 0, 5, 1), CHOSEN(300, 0, 5, 2), KITCHEN(0, 0) }, "1", "2 " },
		{ { CHOSEN(300, 0, 5, 1), UNSERVED(300, 0), KITCHEN(0, 0) },    "!", "1" },
		{ { STOP(0, 0, 4), UNSERVED(0, 0), KITCHEN(0, 0) },             "食", "4" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct canvas c;
		AUTO_STRBUF map = { 0 };

		draw(&c, 10, 40, cases[i].points, 3);
		for (int row = 0; row < 9; row++)
			canvas_row_text(&c, row, &map);
		if (strstr(strbuf_str(&map), cases[i].shows) == NULL || strstr(strbuf_str(&map), cases[i].hides) != NULL)
			fail_msg("case %zu: %s", i, strbuf_str(&map));
		canvas_release(&c);
	}
}

static void it_fits_any_area_and_any_distance_without_cutting_a_wide_sign(void **state)
{
	static const int32_t far[] = { 0, 1, 999, 50000, 100000 };

	(void)state;
	for (int rows = 0; rows < 14; rows++)
		for (int cols = 1; cols < 40; cols++)
			for (size_t k = 0; k < COUNT(far); k++) {
				const struct map_point points[] = {
					STOP(far[k], far[k], 123), CHOSEN(far[k], -far[k], 2, 14), UNSERVED(-far[k], -far[k]), KITCHEN(far[k], 0), HOUSE(0, 0),
				};
				struct canvas c;

				draw(&c, rows + 1, cols, points, COUNT(points));
				for (int i = 0; i < c.rows * c.cols; i++)
					if (c.cells[i].width == 2)
						assert_true(i % c.cols + 1 < c.cols && c.cells[i + 1].width == 0);
				canvas_release(&c);
			}
}

static void houses_far_away_do_not_make_the_map_small(void **state)
{
	static const struct map_point points[] = { HOUSE(40000, 0), KITCHEN(0, 0), STOP(300, 0, 1), HOUSE(150, 100) };
	struct canvas c;
	int row;

	(void)state;
	draw(&c, 12, 50, points, COUNT(points));
	row = row_with(&c, "食");
	assert_true(col_with(&c, row, "1") - col_with(&c, row, "食") > 20);
	row = row_with(&c, "o");
	assert_int_equal(col_with(&c, row, "o"), (col_with(&c, row_with(&c, "食"), "1") + col_with(&c, row_with(&c, "食"), "食")) / 2);
	canvas_release(&c);
}

static void a_map_without_points_or_with_one_is_no_trouble(void **state)
{
	static const struct map_point kitchen[] = { KITCHEN(0, 0) };
	struct canvas c;

	(void)state;
	draw(&c, 10, 40, kitchen, 0);
	assert_hides(&c, "食");
	canvas_release(&c);
	draw(&c, 10, 40, kitchen, 1);
	assert_shows(&c, "食");
	canvas_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(east_is_right_and_north_is_up),
		cmocka_unit_test(the_chosen_route_is_numbered_in_its_order_with_its_way),
		cmocka_unit_test(what_matters_more_shows_where_doors_share_a_cell),
		cmocka_unit_test(it_fits_any_area_and_any_distance_without_cutting_a_wide_sign),
		cmocka_unit_test(houses_far_away_do_not_make_the_map_small),
		cmocka_unit_test(a_map_without_points_or_with_one_is_no_trouble),
	};

	text_locale_init();
	return cmocka_run_group_tests_name("ui-cell_map", tests, NULL, NULL);
}
