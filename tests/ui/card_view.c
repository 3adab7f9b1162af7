/* A record to read: where the cursor may stand, what is in view, how long values are wrapped. */
#include "ui/widgets/card_view.h"

#include <string.h>

#include "test.h"

#define ROWS 6
#define COLS 30

static void press(struct card_view *v, uint32_t key)
{
	const struct key_event ev = { .key = key };

	assert_true(card_view_key(v, &ev));
}

/* The row of the canvas that shows a text, -1 if none does. */
static int row_of(const struct card_view *v, const char *text)
{
	struct canvas c;
	int found = -1;

	canvas_init(&c, ROWS, COLS);
	card_view_draw(v, &c, (struct rect){ 0, 0, ROWS, COLS }, true);
	for (int row = 0; row < ROWS && found < 0; row++) {
		AUTO_STRBUF line = { 0 };

		canvas_row_text(&c, row, &line);
		if (strstr(strbuf_str(&line), text))
			found = row;
	}
	canvas_release(&c);
	return found;
}

static void fill(struct card_view *v)
{
	card_view_line(v, "王秀英 女 78岁", STYLE_STRONG, 0, -1);
	card_view_heading(v, "联系");
	card_view_fact(v, "电话", "138****3321", STYLE_MASKED, 0, 6);
	card_view_heading(v, "同住的人");
	card_view_line(v, "李国华", STYLE_TEXT, 42, -3);
	card_view_line(v, "李明", STYLE_TEXT, 43, -3);
	card_view_fact(v, "注意事项", "养了一条狗，敲门要多等几分钟，听力不好", STYLE_TEXT, 0, 7);
	card_view_layout(v, ROWS, COLS);
}

static void the_cursor_stands_on_items_and_never_on_headings(void **state)
{
	static const char *const order[] = { "王秀英 女 78岁", "138****3321", "李国华", "李明" };
	struct card_view v = { 0 };

	(void)state;
	fill(&v);
	for (size_t i = 0; i < COUNT(order); i++) {
		assert_string_equal(card_view_item(&v)->text, order[i]);
		press(&v, YK_DOWN);
	}
	assert_int_equal(card_view_item(&v)->tag, 7);
	press(&v, YK_DOWN);
	assert_int_equal(card_view_item(&v)->tag, 7);
	press(&v, YK_HOME);
	assert_string_equal(card_view_item(&v)->text, order[0]);
	press(&v, YK_UP);
	assert_string_equal(card_view_item(&v)->text, order[0]);
	card_view_release(&v);
}

static void the_item_under_the_cursor_is_in_view_with_all_its_rows(void **state)
{
	struct card_view v = { 0 };

	(void)state;
	fill(&v);
	assert_int_equal(row_of(&v, "王秀英"), 0);
	assert_int_equal(row_of(&v, "李明"), -1);
	press(&v, YK_END);
	assert_int_equal(row_of(&v, "不好"), ROWS - 1);
	assert_int_equal(row_of(&v, "王秀英"), -1);
	press(&v, YK_HOME);
	assert_int_equal(row_of(&v, "王秀英"), 0);
	card_view_release(&v);
}

static void a_page_moves_about_the_rows_that_are_shown(void **state)
{
	struct card_view v = { 0 };

	(void)state;
	for (int i = 0; i < 40; i++)
		card_view_line(&v, "一行", STYLE_TEXT, i + 1, 0);
	card_view_layout(&v, ROWS, COLS);
	press(&v, YK_PGDN);
	assert_int_equal(card_view_item(&v)->id, ROWS);
	press(&v, YK_PGUP);
	assert_int_equal(card_view_item(&v)->id, 1);
	press(&v, YK_PGUP);
	assert_int_equal(card_view_item(&v)->id, 1);
	card_view_release(&v);
}

/* Where there are no colours, the sign alone says it. */
static void a_sign_stands_beside_the_item_under_the_cursor(void **state)
{
	const struct rect area = { 0, 0, ROWS + 2, COLS + 4 };
	struct card_view v = { 0 };

	(void)state;
	fill(&v);
	card_view_layout_framed(&v, area);
	for (int active = 0; active < 2; active++)
		for (int i = 0; i < 5; i++) {
			AUTO_STRBUF wanted = { 0 };
			struct canvas c;
			int signs = 0, beside = 0;

			strbuf_format(&wanted, "│>%s", card_view_item(&v)->kind == CARD_FACT ? card_view_item(&v)->label : card_view_item(&v)->text);
			canvas_init(&c, ROWS + 2, COLS + 4);
			card_view_draw_framed(&v, &c, area, "人", active);
			for (int row = 0; row < ROWS + 2; row++) {
				AUTO_STRBUF line = { 0 };

				canvas_row_text(&c, row, &line);
				signs += strstr(strbuf_str(&line), ">") != NULL;
				beside += strstr(strbuf_str(&line), strbuf_str(&wanted)) != NULL;
			}
			assert_int_equal(signs, active);
			assert_int_equal(beside, active);
			canvas_release(&c);
			press(&v, active == 0 ? YK_HOME : YK_DOWN);
		}
	card_view_release(&v);
}

static void fewer_items_bring_the_cursor_back_among_them(void **state)
{
	struct card_view v = { 0 };

	(void)state;
	fill(&v);
	press(&v, YK_END);
	card_view_clear(&v);
	card_view_heading(&v, "联系");
	card_view_line(&v, "没有", STYLE_DIM, 0, -1);
	card_view_heading(&v, "空");
	card_view_layout(&v, ROWS, COLS);
	assert_string_equal(card_view_item(&v)->text, "没有");
	assert_int_equal(row_of(&v, "联系"), 0);
	card_view_clear(&v);
	card_view_layout(&v, ROWS, COLS);
	assert_null(card_view_item(&v));
	assert_false(card_view_key(&v, &(const struct key_event){ .key = YK_DOWN }));
	card_view_heading(&v, "只有标题");
	card_view_layout(&v, ROWS, COLS);
	assert_null(card_view_item(&v));
	card_view_release(&v);
}

static void a_click_takes_the_item_that_it_is_on(void **state)
{
	static const struct { int row, col; bool used; const char *item; } cases[] = {
		{ 2, 5, true, "王秀英 女 78岁" }, { 5, 20, true, "138****3321" }, { 4, 5, false, "138****3321" }, { 1, 5, false, "138****3321" },
		{ 5, 0, false, "138****3321" }, { 5, 39, false, "138****3321" },
	};
	struct card_view v = { 0 };

	(void)state;
	fill(&v);
	card_view_layout_framed(&v, (struct rect){ 1, 1, ROWS + 2, COLS + 4 });
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct key_event ev = { .key = YK_CLICK, .row = cases[i].row, .col = cases[i].col };

		assert_int_equal(card_view_key(&v, &ev), cases[i].used);
		assert_string_equal(card_view_item(&v)->text, cases[i].item);
	}
	card_view_release(&v);
}

static void a_width_of_nothing_still_draws(void **state)
{
	struct card_view v = { 0 };
	struct canvas c;

	(void)state;
	fill(&v);
	canvas_init(&c, 2, 3);
	card_view_layout(&v, 0, 0);
	card_view_draw(&v, &c, (struct rect){ 0, 0, 2, 3 }, true);
	canvas_release(&c);
	card_view_release(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cursor_stands_on_items_and_never_on_headings),
		cmocka_unit_test(the_item_under_the_cursor_is_in_view_with_all_its_rows),
		cmocka_unit_test(a_page_moves_about_the_rows_that_are_shown),
		cmocka_unit_test(a_sign_stands_beside_the_item_under_the_cursor),
		cmocka_unit_test(fewer_items_bring_the_cursor_back_among_them),
		cmocka_unit_test(a_click_takes_the_item_that_it_is_on),
		cmocka_unit_test(a_width_of_nothing_still_draws),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
