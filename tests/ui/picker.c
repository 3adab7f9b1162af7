/* The list under a field. */
#include "ui/widgets/picker.h"

#include "screen_text.h"

static void add(struct picker *p, enum picker_kind kind, const char *label, const char *code)
{
	picker_add(p, &(struct picker_row){ .kind = kind, .label = label, .code = code });
}

static void fill(struct picker *p, int n)
{
	static const char *const labels[] = { "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑" };

	picker_clear(p);
	for (int i = 0; i < n; i++)
		add(p, PICK_VALUE, labels[i], labels[i]);
}

static bool press(struct picker *p, uint32_t key)
{
	return picker_key(p, &(struct key_event){ .key = key });
}

static void draw(const struct picker *p, struct canvas *c)
{
	canvas_init(c, 16, 40);
	picker_draw(p, c, (struct rect){ 1, 2, picker_height(p), picker_width(p) < 36 ? picker_width(p) : 36 });
}

static void digits_choose_the_first_nine_values_and_zero_nothing(void **state)
{
	struct picker p = { .numbered = true };

	(void)state;
	fill(&p, 12);
	add(&p, PICK_NOTHING, "（不填）", NULL);
	assert_string_equal(picker_digit(&p, '3')->label, "丙");
	assert_int_equal(p.cursor, 2);
	assert_string_equal(picker_digit(&p, 0xFF19)->label, "壬");       /* ９ from the input method */
	assert_int_equal(picker_digit(&p, '0')->kind, PICK_NOTHING);
	assert_null(picker_digit(&p, 'a'));
	fill(&p, 2);
	assert_null(picker_digit(&p, '3'));
	assert_null(picker_digit(&p, '0'));
	p.numbered = false;
	assert_null(picker_digit(&p, '1'));
	picker_release(&p);
}

static void the_bar_stays_in_view_and_at_the_ends(void **state)
{
	struct picker p = { .numbered = true };
	struct canvas c;

	(void)state;
	fill(&p, 12);
	assert_false(press(&p, YK_UP));          /* the owner may close */
	for (int i = 0; i < 20; i++)
		assert_true(press(&p, YK_DOWN));
	assert_int_equal(p.cursor, 11);
	draw(&p, &c);
	assert_shows(&c, ">  丑");
	assert_hides(&c, "甲");
	canvas_release(&c);
	assert_true(press(&p, YK_CTRL_HOME));
	draw(&p, &c);
	assert_shows(&c, ">1 甲");
	assert_hides(&c, "丑");
	assert_shows(&c, "还有 3 项");
	canvas_release(&c);
	picker_release(&p);
}

static void ticks_details_and_levels_are_seen(void **state)
{
	struct picker p = { .ticks = true };
	struct canvas c;

	(void)state;
	picker_clear(&p);
	picker_title(&p, "关爱标签");
	picker_add(&p, &(struct picker_row){ .label = "独居", .code = "alone", .ticked = true });
	picker_add(&p, &(struct picker_row){ .label = "高龄", .code = "aged80", .detail = "八十岁以上" });
	picker_add(&p, &(struct picker_row){ .label = "物业", .code = "property", .leads = true });
	add(&p, PICK_ADD, "＋ 新增居民「张三」", NULL);
	draw(&p, &c);
	assert_shows(&c, "关爱标签");
	assert_shows(&c, "[x] 独居");
	assert_shows(&c, "[ ] 高龄  八十岁以上");
	assert_shows(&c, "物业 >");
	assert_shows(&c, "＋ 新增居民「张三」");
	canvas_release(&c);
	picker_release(&p);
}

static void a_row_is_found_again_by_code_or_record(void **state)
{
	struct picker p = { 0 };

	(void)state;
	fill(&p, 5);
	picker_point(&p, "丁", 0);
	assert_int_equal(p.cursor, 3);
	picker_point(&p, "没有", 0);
	assert_int_equal(p.cursor, 3);
	picker_clear(&p);
	picker_add(&p, &(struct picker_row){ .label = "王秀英", .id = 7 });
	picker_add(&p, &(struct picker_row){ .label = "王秀英", .id = 9 });
	picker_point(&p, NULL, 9);
	assert_int_equal(picker_row(&p)->id, 9);
	picker_clear(&p);
	assert_null(picker_row(&p));
	assert_false(press(&p, YK_DOWN));
	picker_release(&p);
}

static void no_area_is_too_small_to_paint_into(void **state)
{
	struct picker p = { .numbered = true, .ticks = true };
	struct canvas c;

	(void)state;
	fill(&p, 12);
	picker_title(&p, "标题很长很长很长很长很长很长很长很长很长很长");
	canvas_init(&c, 10, 20);
	for (int rows = -1; rows < 12; rows++)
		for (int cols = -1; cols < 24; cols++)
			picker_draw(&p, &c, (struct rect){ 3, 4, rows, cols });
	canvas_release(&c);
	picker_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_choose_the_first_nine_values_and_zero_nothing),
		cmocka_unit_test(the_bar_stays_in_view_and_at_the_ends),
		cmocka_unit_test(ticks_details_and_levels_are_seen),
		cmocka_unit_test(a_row_is_found_again_by_code_or_record),
		cmocka_unit_test(no_area_is_too_small_to_paint_into),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
