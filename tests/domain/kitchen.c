/* The kitchen's sheet: counts that add up, clashes with what stands in, labels in the order of the way. */
#include "domain/kitchen.h"

#include <inttypes.h>

#include "hands.h"

struct cook {
	struct meal_order orders[8];
	struct meal_route routes[2];
	struct menu_dish dishes[6];
	struct meal_left_out left_out[2];
	struct meal_day m;
	struct menu menu;
	struct arena a;
	struct kitchen k;
};

static struct meal_order order(const char *name, const char *sex, const char *way, int portions)
{
	return (struct meal_order){
		.name = name, .sex = sex, .way = way, .portions = portions, .size = "normal", .route = -1, .why = "", .outcome = "",
		.food = { .diets = "", .allergens = "", .avoids = "" },
	};
}

static void add(struct cook *c, struct meal_order o)
{
	c->orders[c->m.n_orders++] = o;
	c->m.meals += o.cancelled ? 0 : o.portions;
}

static void add_dish(struct cook *c, int64_t id, const char *name, const char *allergens, const char *unfit, int64_t instead)
{
	c->dishes[c->menu.n_dishes++] = (struct menu_dish){
		.dish_id = id, .name = name, .ingredients = "", .allergens = allergens, .unfit = unfit, .instead_of_id = instead, .position = (int)c->menu.n_dishes + 1,
	};
}

static void reckon(struct town *t, struct cook *c)
{
	c->m.orders = c->orders;
	c->m.routes = c->routes;
	c->m.n_routes = 2;
	c->m.left_out = c->left_out;
	c->menu.dishes = c->dishes;
	c->menu.sample_by = c->menu.sample_note = "";
	c->routes[0].line = 1;
	c->routes[1].line = 3;
	kitchen_reckon(&t->of, &c->m, &c->menu, &c->a, &c->k);
}

/* A label in a line. */
static const char *words(struct cook *c, size_t i)
{
	const struct kitchen_label *l = &c->k.labels[i];

	return arena_format(&c->a, "%s %s [%s] %s|%s %d/%d", l->place, l->name, l->variant, l->warning, l->instead, l->number, l->of);
}

static void labels_stand_in_the_order_of_the_way_one_a_portion(void **state)
{
	struct cook c = { 0 };
	struct meal_order second = order("王秀英", "2", "delivery", 2), first = order("李建国", "1", "delivery", 1), late = order("张三", "1", "delivery", 1);
	struct meal_order gone = order("赵六", "1", "delivery", 1);

	second.route = 1, second.position = 1, second.size = "large", second.food.diets = "low_salt diabetes";
	first.route = 0, first.position = 7;
	late.standing = ORDER_NO_CARRIER;
	gone.cancelled = true;
	add(&c, order("钱五", "", "dine_in", 1));
	add(&c, late);
	add(&c, second);
	add(&c, gone);
	add(&c, first);
	add(&c, order("欧阳静", "2", "pickup", 1));
	reckon(*state, &c);
	assert_int_equal(c.k.n_labels, 6);
	assert_string_equal(words(&c, 0), "1号线·7 李先生 [] | 1/1");
	assert_string_equal(words(&c, 1), "3号线·1 王女士 [加量 糖尿病 低盐] | 1/2");
	assert_string_equal(words(&c, 2), "3号线·1 王女士 [加量 糖尿病 低盐] | 2/2");
	assert_string_equal(words(&c, 3), "待送餐力量 张先生 [] | 1/1");
	assert_string_equal(words(&c, 4), "自取 欧阳女士 [] | 1/1");
	assert_string_equal(words(&c, 5), "堂食 钱五 [] | 1/1");
	assert_int_equal(c.k.n_ways, 3);
	assert_string_equal(c.k.ways[0].label, "送餐");
	assert_int_equal(c.k.ways[0].portions, 4);
	assert_string_equal(c.k.variants[0].label, "普通");
	assert_int_equal(c.k.variants[0].portions, 4);
	assert_string_equal(c.k.variants[1].label, "加量 糖尿病 低盐");
	arena_clear(&c.a);
}

static void two_who_would_read_the_same_on_one_route_are_told_apart(void **state)
{
	struct cook c = { 0 };
	struct meal_order orders[] = { order("王秀英", "2", "delivery", 2), order("王桂兰", "2", "delivery", 1), order("王小妹", "2", "delivery", 1) };

	for (int i = 0; i < 3; i++) {
		orders[i].route = i / 2;
		orders[i].position = i + 1;
		add(&c, orders[i]);
	}
	reckon(*state, &c);
	assert_string_equal(c.k.labels[0].name, "王秀英");
	assert_string_equal(c.k.labels[1].name, "王秀英");
	assert_string_equal(c.k.labels[2].name, "王桂兰");
	assert_string_equal(c.k.labels[3].name, "王女士");                              /* another route */
	arena_clear(&c.a);
}

static void who_cannot_eat_a_dish_gets_what_stands_in_for_it(void **state)
{
	struct cook c = { 0 };
	struct meal_order sweet = order("王秀英", "2", "dine_in", 2), nuts = order("李建国", "1", "dine_in", 1);

	sweet.food.diets = "diabetes";
	nuts.food.allergens = "peanut", nuts.food.avoids = "香菜";
	add(&c, sweet);
	add(&c, nuts);
	add(&c, order("钱五", "1", "dine_in", 5));
	add_dish(&c, 1, "红烧肉", "", "diabetes", 0);
	add_dish(&c, 2, "花生米", "peanut", "", 0);
	add_dish(&c, 3, "糖醋鱼", "", "diabetes", 1);
	add_dish(&c, 4, "清蒸鱼", "", "", 1);
	reckon(*state, &c);
	assert_int_equal(c.k.dishes[0].portions, 6);
	assert_int_equal(c.k.dishes[1].portions, 7);
	assert_int_equal(c.k.dishes[2].portions, 0);                                     /* does not suit either */
	assert_int_equal(c.k.dishes[3].portions, 2);
	assert_int_equal(c.k.n_clashes, 2);
	assert_string_equal(c.k.clashes[0].why, "不适合：糖尿病");
	assert_string_equal(c.k.clashes[0].instead->name, "清蒸鱼");
	assert_string_equal(c.k.clashes[1].why, "过敏：花生");
	assert_null(c.k.clashes[1].instead);
	assert_int_equal(c.k.n_unsolved, 1);
	assert_string_equal(words(&c, 0), "堂食 王女士 [糖尿病] |红烧肉→清蒸鱼 1/2");
	assert_string_equal(words(&c, 2), "堂食 李先生 [] 过敏：花生；忌口：香菜|不放花生米 1/1");
	arena_clear(&c.a);
}

static void the_foot_says_everybody_who_wanted_to_eat(void **state)
{
	struct cook c = { 0 };
	AUTO_STRBUF foot = { 0 };

	add(&c, order("王秀英", "2", "dine_in", 3));
	c.left_out[0] = (struct meal_left_out){ .name = "李建国", .reason = "暂停：住院", .portions = 2 };
	c.m.n_left_out = 1;
	reckon(*state, &c);
	kitchen_foot_words(&c.k, &foot);
	assert_string_equal(strbuf_str(&foot), "合计 5 份 = 厨房单 3 份 + 不做的 2 份");
	arena_clear(&c.a);
}

static void portions_that_cannot_be_meant_do_not_fill_the_memory(void **state)
{
	struct cook c = { 0 };

	add(&c, order("王秀英", "2", "dine_in", 2000000000));
	add(&c, order("李建国", "1", "dine_in", -5));
	reckon(*state, &c);
	assert_int_equal(c.k.n_labels, 100);
	assert_int_equal(c.k.portions, 100);
	arena_clear(&c.a);
}

static void nobody_eats_and_nothing_is_cooked(void **state)
{
	struct cook c = { 0 };
	AUTO_STRBUF sample = { 0 };

	reckon(*state, &c);
	assert_int_equal(c.k.n_labels + c.k.n_dishes + c.k.n_clashes + c.k.n_ways + c.k.n_variants, 0);
	kitchen_sample_words(&((struct town *)*state)->of, &c.menu, &sample);
	assert_string_equal(strbuf_str(&sample), "还没有留样");
	arena_clear(&c.a);
}

static void a_sample_says_until_when_it_is_kept(void **state)
{
	struct town *t = *state;
	struct menu menu = { .sample_at = t->now, .sample_by = "张师傅", .sample_note = "冰箱二层" };
	AUTO_STRBUF words = { 0 };

	kitchen_sample_words(&t->of, &menu, &words);
	assert_string_equal(strbuf_str(&words), "留样：今天 09:00 张师傅，留到 11-26 09:00（冰箱二层）");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(labels_stand_in_the_order_of_the_way_one_a_portion),
		TOWN_TEST(two_who_would_read_the_same_on_one_route_are_told_apart),
		TOWN_TEST(who_cannot_eat_a_dish_gets_what_stands_in_for_it),
		TOWN_TEST(the_foot_says_everybody_who_wanted_to_eat),
		TOWN_TEST(portions_that_cannot_be_meant_do_not_fill_the_memory),
		TOWN_TEST(nobody_eats_and_nothing_is_cooked),
		TOWN_TEST(a_sample_says_until_when_it_is_kept),
	};

	return cmocka_run_group_tests_name("domain-kitchen", tests, NULL, NULL);
}
