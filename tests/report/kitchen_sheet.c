/* 厨房单 and 标签, read back out of their PDF: what the cook needs, and nothing about where anybody lives. */
#include "report/paper.h"

#include <stdlib.h>

#include "base/day.h"
#include "sample.h"
#include "test.h"

#define PHONE "13800001111"
#define DOOR "西林小区3幢2单元501室"

struct cook {
	struct meal_order orders[3];
	struct menu_dish dishes[3];
	struct meal_left_out left_out;
	struct meal_route route;
	struct meal_day m;
	struct menu menu;
	struct kitchen k;
	struct arena a;
};

static void cook(struct sample *s, struct cook *c)
{
	static const struct diner_food plain = { "", "", "" };

	c->orders[0] = (struct meal_order){ .name = "王秀英", .sex = "2", .size = "soft", .way = "delivery", .portions = 2, .position = 4, .phone = PHONE, .address = DOOR,
	                                    .food = { "diabetes", "peanut", "香菜" } };
	c->orders[1] = (struct meal_order){ .name = "李建国", .sex = "1", .size = "normal", .way = "dine_in", .portions = 1, .route = -1, .food = plain };
	c->orders[2] = (struct meal_order){ .name = "钱多多", .sex = "1", .size = "normal", .way = "dine_in", .portions = 1, .route = -1, .food = plain, .cancelled = true };
	c->dishes[0] = (struct menu_dish){ .dish_id = 1, .name = "红烧肉", .ingredients = "五花肉 冰糖", .allergens = "", .unfit = "diabetes" };
	c->dishes[1] = (struct menu_dish){ .dish_id = 2, .name = "清蒸鱼", .ingredients = "鲈鱼", .allergens = "", .unfit = "", .instead_of_id = 1 };
	c->dishes[2] = (struct menu_dish){ .dish_id = 3, .name = "花生米", .ingredients = "花生", .allergens = "peanut", .unfit = "" };
	c->left_out = (struct meal_left_out){ .name = "钱多多", .number = "JC-0007", .reason = "取消：去女儿家", .portions = 1 };
	c->route = (struct meal_route){ .line = 3 };
	c->m = (struct meal_day){ .day = day_from_civil(2026, 11, 24), .meal = "lunch", .orders = c->orders, .n_orders = 3, .routes = &c->route, .n_routes = 1,
	                          .left_out = &c->left_out, .n_left_out = 1, .leave_min = 645 };
	c->menu = (struct menu){ .day = c->m.day, .meal = "lunch", .sample_by = "", .sample_note = "", .dishes = c->dishes, .n_dishes = 3 };
	kitchen_reckon(&s->of, &c->m, &c->menu, &c->a, &c->k);
}

static char *read_back(struct sample *s, const struct paper *p)
{
	AUTO_FREE char *path = sample_path(s, "kitchen.pdf");
	struct err e = { 0 };

	assert_ok(paper_pdf(p, "", path, true, &e));
	return sample_read(PDF_TEXT, path, true);
}

static void the_sheet_says_what_is_cooked_and_who_gets_nothing(void **state)
{
	static const char *const wanted[] = {
		"中餐厨房单", "2026年11月24日", "10:45出餐", "共3份", "取餐方式：送餐2堂食1", "软食糖尿病2", "红烧肉1五花肉冰糖", "清蒸鱼2代替红烧肉", "花生米1花生",
		"红烧肉王秀英2份3号线·4不适合：糖尿病清蒸鱼", "过敏：花生", "【不放，没有代替的】", "合计4份=厨房单3份+不做的1份", "钱多多JC-00071取消：去女儿家", "还没有留样",
		"20261124中餐",
	};
	struct cook c = { 0 };

	cook(*state, &c);
	AUTO_PAPER *p = paper_of_kitchen(&((struct sample *)*state)->of, &c.m, &c.menu, &c.k);
	AUTO_FREE char *text = read_back(*state, p);

	for (size_t i = 0; i < COUNT(wanted); i++)
		assert_has(text, wanted[i]);
	assert_has_not(text, PHONE);
	assert_has_not(text, "501室");
	arena_clear(&c.a);
}

static void a_label_a_portion_without_telephone_or_address(void **state)
{
	static const char *const wanted[] = { "3号线·4王女士1/2", "3号线·4王女士2/2", "软食糖尿病", "过敏：花生；忌口：香菜", "红烧肉→清蒸鱼", "不放花生米", "堂食李先生" };
	struct cook c = { 0 };

	cook(*state, &c);
	AUTO_PAPER *p = paper_of_labels(&((struct sample *)*state)->of, &c.m, &c.k);
	AUTO_FREE char *text = read_back(*state, p);

	for (size_t i = 0; i < COUNT(wanted); i++)
		assert_has(text, wanted[i]);
	assert_has_not(text, PHONE);
	assert_has_not(text, "501室");
	assert_has_not(text, "钱");
	arena_clear(&c.a);
}

static void a_meal_without_menu_and_orders_says_so(void **state)
{
	struct sample *s = *state;
	struct meal_day m = { .day = day_from_civil(2026, 11, 24), .meal = "dinner", .leave_min = 1005 };
	struct menu menu = { .sample_by = "", .sample_note = "" };
	struct kitchen k;
	AUTO_ARENA a = { 0 };

	kitchen_reckon(&s->of, &m, &menu, &a, &k);
	AUTO_PAPER *p = paper_of_kitchen(&s->of, &m, &menu, &k);
	AUTO_FREE char *text = read_back(s, p);

	assert_has(text, "这一餐还没有菜单");
	assert_has(text, "合计0份");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SAMPLE_TEST(the_sheet_says_what_is_cooked_and_who_gets_nothing),
		SAMPLE_TEST(a_label_a_portion_without_telephone_or_address),
		SAMPLE_TEST(a_meal_without_menu_and_orders_says_so),
	};

	return cmocka_run_group_tests_name("report-kitchen_sheet", tests, NULL, NULL);
}
