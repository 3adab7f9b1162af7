/* Menus: written and merged, dishes with what stands in for them, weeks copied, 留样, and whom a dish does not suit. */
#include "domain/menu.h"

#include <inttypes.h>

#include "hands.h"

static int64_t dish(struct town *t, const char *name, const char *ingredients, const char *allergens, const char *unfit)
{
	return hands_insert(t, "INSERT INTO dish (id, name, ingredients, allergens, unfit) VALUES (:id, '%s', '%s', '%s', '%s')", name, ingredients,
	                    allergens, unfit);
}

static struct menu load(struct town *t, int32_t day, const char *meal, struct arena *a)
{
	struct err e = { 0 };
	struct menu m;

	assert_ok(menu_load(&t->of, day, meal, a, &m, &e));
	return m;
}

static void a_menu_keeps_price_and_dishes_in_order(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	int64_t pork = dish(t, "红烧肉", "五花肉 酱油", "soy", "halal low_fat"), tofu = dish(t, "烧豆腐", "豆腐", "soy", "");
	int64_t cabbage = dish(t, "青菜", "青菜", "", "");
	struct menu m;

	town_as(t, CANTEEN);
	assert_ok(menu_save(&t->of, TOWN_TODAY, "lunch", 1500, "周二", &e));
	assert_ok(menu_dish_add(&t->of, TOWN_TODAY, "lunch", pork, 0, &e));
	assert_ok(menu_dish_add(&t->of, TOWN_TODAY, "lunch", cabbage, 0, &e));
	assert_ok(menu_dish_add(&t->of, TOWN_TODAY, "lunch", tofu, pork, &e));
	assert_ok(menu_dish_add(&t->of, TOWN_TODAY, "lunch", cabbage, 0, &e));
	m = load(t, TOWN_TODAY, "lunch", &a);
	assert_int_equal(m.price_fen, 1500);
	assert_string_equal(m.note, "周二");
	assert_int_equal(m.n_dishes, 3);
	assert_string_equal(m.dishes[0].name, "红烧肉");
	assert_string_equal(m.dishes[1].name, "青菜");
	assert_int_equal(m.dishes[2].instead_of_id, pork);

	assert_ok(menu_dish_remove(&t->of, TOWN_TODAY, "lunch", pork, &e));
	m = load(t, TOWN_TODAY, "lunch", &a);
	assert_int_equal(m.n_dishes, 1);
	assert_ok(menu_dish_add(&t->of, TOWN_TODAY, "lunch", pork, 0, &e));
	m = load(t, TOWN_TODAY, "lunch", &a);
	assert_int_equal(m.n_dishes, 2);
	assert_string_equal(m.dishes[1].name, "红烧肉");
	assert_int_equal(load(t, TOWN_TODAY, "dinner", &a).id, 0);
	assert_int_equal(load(t, TOWN_TODAY, "dinner", &a).price_fen, -1);
}

static void what_makes_no_menu_is_refused(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t pork = dish(t, "红烧肉", "五花肉", "", ""), tofu = dish(t, "烧豆腐", "豆腐", "", ""), egg = dish(t, "蒸蛋", "鸡蛋", "egg", "");

	assert_refused_unchanged(menu_save(&t->of, TOWN_TODAY, "lunch", 1500, "", &e), RC_DENIED, "", "前台");
	town_as(t, CANTEEN);
	assert_refused_unchanged(menu_save(&t->of, TOWN_TODAY, "lunch", -1, "", &e), RC_INVALID, "price_fen", "0 到 1000 元");
	assert_refused_unchanged(menu_save(&t->of, TOWN_TODAY, "lunch", 100001, "", &e), RC_INVALID, "price_fen", "");
	assert_refused_unchanged(menu_save(&t->of, TOWN_TODAY, "supper", 1500, "", &e), RC_INVALID, "meal", "餐次");
	assert_refused_unchanged(menu_dish_add(&t->of, TOWN_TODAY, "lunch", 12345, 0, &e), RC_NOTFOUND, "", "没有这道菜");
	assert_refused_unchanged(menu_dish_add(&t->of, TOWN_TODAY, "lunch", tofu, pork, &e), RC_INVALID, "instead_of_id", "不在这一餐的菜单上");
	assert_refused_unchanged(menu_dish_add(&t->of, TOWN_TODAY, "lunch", tofu, tofu, &e), RC_INVALID, "instead_of_id", "它自己");
	assert_refused_unchanged(menu_dish_remove(&t->of, TOWN_TODAY, "lunch", tofu, &e), RC_NOTFOUND, "", "没有这道菜");
	assert_refused_unchanged(menu_sample(&t->of, TOWN_TODAY, "lunch", "王师傅", "", &e), RC_NOTFOUND, "", "先编菜单");
	assert_refused_unchanged(menu_sample(&t->of, TOWN_TODAY, "lunch", " ", "", &e), RC_INVALID, "sample_by", "谁留的样");

	assert_ok(menu_dish_add(&t->of, TOWN_TODAY, "lunch", pork, 0, &e));
	assert_ok(menu_dish_add(&t->of, TOWN_TODAY, "lunch", tofu, pork, &e));
	assert_refused_unchanged(menu_dish_add(&t->of, TOWN_TODAY, "lunch", egg, tofu, &e), RC_INVALID, "instead_of_id", "不在这一餐的菜单上");
	assert_ok(menu_dish_add(&t->of, TOWN_TODAY, "lunch", egg, 0, &e));
	assert_refused_unchanged(menu_dish_add(&t->of, TOWN_TODAY, "lunch", pork, egg, &e), RC_INVALID, "instead_of_id", "「烧豆腐」在替换这道菜");
}

static void the_menu_of_a_closed_day_stands(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	int64_t pork = dish(t, "红烧肉", "五花肉", "", "");

	town_as(t, CANTEEN);
	assert_ok(menu_save(&t->of, TOWN_TODAY, "lunch", 1500, "", &e));
	hands_insert(t, "INSERT INTO meal_close (id, day, meal, closed_at) VALUES (:id, %d, 'lunch', 1)", TOWN_TODAY);
	assert_refused_unchanged(menu_save(&t->of, TOWN_TODAY, "lunch", 1600, "", &e), RC_INVALID, "day", "已经关账");
	assert_refused_unchanged(menu_dish_add(&t->of, TOWN_TODAY, "lunch", pork, 0, &e), RC_INVALID, "day", "关账");
	assert_refused_unchanged(menu_dish_remove(&t->of, TOWN_TODAY, "lunch", pork, &e), RC_INVALID, "day", "关账");
	assert_ok(menu_save(&t->of, TOWN_TODAY, "dinner", 1600, "", &e));
}

static void a_week_is_copied_where_nothing_stands(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	int64_t pork = dish(t, "红烧肉", "五花肉", "", ""), tofu = dish(t, "烧豆腐", "豆腐", "", "");
	int32_t monday = TOWN_TODAY - 1;
	struct menu m;
	int made = 0;

	town_as(t, CANTEEN);
	assert_ok(menu_save(&t->of, monday, "lunch", 1500, "一", &e));
	assert_ok(menu_dish_add(&t->of, monday, "lunch", pork, 0, &e));
	assert_ok(menu_dish_add(&t->of, monday, "lunch", tofu, pork, &e));
	assert_ok(menu_dish_add(&t->of, monday + 6, "dinner", tofu, 0, &e));
	assert_ok(menu_save(&t->of, monday + 9, "lunch", 1700, "已有", &e));
	assert_ok(menu_save(&t->of, monday + 2, "lunch", 1500, "旧", &e));
	assert_ok(menu_copy_week(&t->of, monday, monday + 7, &made, &e));
	assert_int_equal(made, 2);
	m = load(t, monday + 7, "lunch", &a);
	assert_int_equal(m.price_fen, 1500);
	assert_int_equal(m.n_dishes, 2);
	assert_int_equal(m.dishes[1].instead_of_id, pork);
	m = load(t, monday + 13, "dinner", &a);
	assert_int_equal(m.price_fen, -1);
	assert_int_equal(m.n_dishes, 1);
	assert_string_equal(load(t, monday + 9, "lunch", &a).note, "已有");
	assert_ok(menu_copy_week(&t->of, monday, monday + 7, &made, &e));
	assert_int_equal(made, 0);
	assert_refused_unchanged(menu_copy_week(&t->of, monday + 1, monday + 7, &made, &e), RC_INVALID, "from_monday", "星期一");
	assert_refused_unchanged(menu_copy_week(&t->of, monday, monday, &made, &e), RC_INVALID, "to_monday", "另一周");
}

static void a_sample_is_noted_with_its_time(void **state)
{
	struct town *t = *state;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	struct menu m;

	town_as(t, CANTEEN);
	assert_ok(menu_save(&t->of, TOWN_TODAY, "lunch", 1500, "", &e));
	town_pass_minutes(t, 95);
	assert_ok(menu_sample(&t->of, TOWN_TODAY, "lunch", "王师傅", "三样各125克", &e));
	m = load(t, TOWN_TODAY, "lunch", &a);
	assert_int_equal(m.sample_at, t->now);
	assert_string_equal(m.sample_by, "王师傅");
	assert_string_equal(m.sample_note, "三样各125克");
}

static void a_dish_that_does_not_suit_says_why(void **state)
{
	static const struct { struct menu_dish dish; struct diner_food food; const char *words; } cases[] = {
		{ { .name = "蒸蛋", .ingredients = "鸡蛋 葱", .allergens = "egg", .unfit = "" }, { "", "egg", "" }, "过敏：蛋" },
		{ { .name = "蒸蛋", .ingredients = "鸡蛋 葱", .allergens = "egg soy", .unfit = "" }, { "", "soy milk egg", "" }, "过敏：大豆、蛋" },
		{ { .name = "炒鸡", .ingredients = "鸡 干辣椒段", .allergens = "", .unfit = "" }, { "", "", "香菜 辣椒" }, "忌口：辣椒" },
		{ { .name = "香菜牛肉", .ingredients = "", .allergens = "", .unfit = "" }, { "", "", "香菜" }, "忌口：香菜" },
		{ { .name = "糖醋排骨", .ingredients = "排骨 糖", .allergens = "", .unfit = "diabetes low_fat" }, { "diabetes", "", "糖" },
		  "忌口：糖；不适合：糖尿病" },
		{ { .name = "粥", .ingredients = "米", .allergens = "nut", .unfit = "low_salt" }, { "low_fat", "peanut", " " }, "" },
		{ { .name = "", .ingredients = "", .allergens = "", .unfit = "" }, { "", "", "" }, "" },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF out = { 0 };

		assert_int_equal(dish_clash(&t->of, &cases[i].dish, &cases[i].food, &out), cases[i].words[0] != '\0');
		assert_string_equal(strbuf_str(&out), cases[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(a_menu_keeps_price_and_dishes_in_order),
		TOWN_TEST(what_makes_no_menu_is_refused),
		TOWN_TEST(the_menu_of_a_closed_day_stands),
		TOWN_TEST(a_week_is_copied_where_nothing_stands),
		TOWN_TEST(a_sample_is_noted_with_its_time),
		TOWN_TEST(a_dish_that_does_not_suit_says_why),
	};

	return cmocka_run_group_tests_name("domain-menu", tests, NULL, NULL);
}
