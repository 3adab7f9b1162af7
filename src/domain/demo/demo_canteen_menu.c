/* The demo's dishes, and a menu for every meal from the first order until two weeks from today. */
#include "demo_canteen.h"
#include "demo_canteen_dishes.h"

#include <string.h>

#include "base/day.h"
#include "canteen/menu_rules.h"
#include "domain/meal_day.h"
#include "store/stmt.h"
#include "store/txn.h"

#define DAYS_IN_A_TXN 31
#define SAMPLE_BEFORE_MIN 10       /* put aside before the meal leaves */
#define COURSES_MAX 6

static const struct kitchen {
	const char *meal;
	int price_fen, price_before_fen;           /* before: until the year ended */
	enum demo_course courses[COURSES_MAX];
	int n;
} meals[] = {
	{ "lunch", 1200, 1100, { DEMO_MAIN, DEMO_HALF, DEMO_GREENS, DEMO_SOUP, DEMO_STAPLE }, 5 },
	{ "dinner", 1000, 900, { DEMO_HALF, DEMO_GREENS, DEMO_STAPLE }, 3 },
};

struct menus {
	struct demo_canteen *c;
	int64_t *ids;                              /* of demo_dishes */
	size_t before[COUNT(meals)][DEMO_COURSE_COUNT];     /* what there was last time */
	int32_t new_year;
};

static enum rc insert_dish(struct demo_canteen *c, const struct demo_dish *dish, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(c->d->of->st, "INSERT INTO dish (id, name, ingredients, allergens, unfit) VALUES (:id, :name, :ingredients, :allergens, :unfit)");

	bind_text(&q, ":name", dish->name);
	bind_text(&q, ":ingredients", dish->ingredients);
	bind_text(&q, ":allergens", dish->allergens);
	bind_text(&q, ":unfit", dish->unfit);
	return stmt_insert(&q, id, e);
}

static enum rc insert_dishes(struct menus *m, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc = txn_begin(&t, m->c->d->of->st, "demo.canteen", e);

	m->ids = arena_alloc(&m->c->arena, demo_dish_count * sizeof *m->ids);
	for (size_t i = 0; rc == RC_OK && i < demo_dish_count; i++)
		rc = insert_dish(m->c, &demo_dishes[i], &m->ids[i], e);
	return rc == RC_OK ? txn_commit(&t, e) : rc;
}

/* A dish of the course by chance, another than last time; rice most days. */
static size_t choose(struct menus *m, size_t meal, enum demo_course course)
{
	size_t all[64], n = 0, *before = &m->before[meal][course];

	for (size_t i = 0; i < demo_dish_count && n < COUNT(all); i++)
		if (demo_dishes[i].course == course && (course == DEMO_STAPLE || i != *before))
			all[n++] = i;
	*before = course == DEMO_STAPLE && demo_chance(&m->c->d->random, 700) ? all[0] : all[demo_below(&m->c->d->random, (uint32_t)n)];
	return *before;
}

static enum rc insert_menu(struct menus *m, const struct kitchen *k, int32_t day, struct err *e)
{
	static const char *const people[] = { "顾美芳", "厨房值班", "帮厨" };
	AUTO_STMT q = stmt_use(m->c->d->of->st,
		"INSERT INTO menu (id, day, meal, price_fen, sample_at, sample_by, sample_note) VALUES (:id, :day, :meal, :price, :at, :by, :note)");
	bool past = day < m->c->today;

	bind_int(&q, ":id", menu_id(day, k->meal));
	bind_day(&q, ":day", day);
	bind_text(&q, ":meal", k->meal);
	bind_int(&q, ":price", day < m->new_year ? k->price_before_fen : k->price_fen);
	bind_id(&q, ":at", past ? instant_of_day(day, meal_leave_min(m->c->d->of, k->meal) - SAMPLE_BEFORE_MIN) : 0);
	bind_text(&q, ":by", past ? people[demo_below(&m->c->d->random, COUNT(people))] : NULL);
	bind_text(&q, ":note", past ? "各125克" : NULL);
	return stmt_run(&q, e);
}

static enum rc insert_menu_dish(struct menus *m, const struct kitchen *k, int32_t day, size_t dish, int position, int64_t instead_of_id, struct err *e)
{
	AUTO_STMT q = stmt_use(m->c->d->of->st,
		"INSERT INTO menu_dish (id, menu_id, dish_id, position, instead_of_id) VALUES (:id, :menu, :dish, :position, :instead)");

	bind_int(&q, ":id", menu_dish_id(day, k->meal, m->ids[dish]));
	bind_int(&q, ":menu", menu_id(day, k->meal));
	bind_int(&q, ":dish", m->ids[dish]);
	bind_int(&q, ":position", position);
	bind_id(&q, ":instead", instead_of_id);
	return stmt_run(&q, e);
}

/* Something else stands in for a main dish that somebody may not eat. */
static enum rc write_menu(struct menus *m, size_t meal, int32_t day, struct err *e)
{
	const struct kitchen *k = &meals[meal];
	int position = 1;
	enum rc rc = insert_menu(m, k, day, e);

	for (int i = 0; rc == RC_OK && i < k->n; i++) {
		size_t dish = choose(m, meal, k->courses[i]);

		rc = insert_menu_dish(m, k, day, dish, position++, 0, e);
		if (rc == RC_OK && k->courses[i] == DEMO_MAIN)
			rc = insert_menu_dish(m, k, day, choose(m, meal, DEMO_MILD), position++, m->ids[dish], e);
	}
	return rc;
}

static enum rc write_days(struct menus *m, int32_t from, int32_t until, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc = txn_begin(&t, m->c->d->of->st, "demo.canteen", e);

	for (int32_t day = from; rc == RC_OK && day < until; day++)
		for (size_t i = 0; rc == RC_OK && i < COUNT(meals); i++)
			rc = write_menu(m, i, day, e);
	return rc == RC_OK ? txn_commit(&t, e) : rc;
}

enum rc demo_make_menus(struct demo_canteen *c, struct err *e)
{
	struct menus m = { .c = c };
	int32_t end = c->today + DEMO_MENU_DAYS + 1;
	int year, month, day_of_month;
	enum rc rc = insert_dishes(&m, e);

	memset(m.before, 0xff, sizeof m.before);
	day_to_civil(c->today, &year, &month, &day_of_month);
	m.new_year = day_from_civil(year, 1, 1);
	for (int32_t day = c->from_day; rc == RC_OK && day < end; day += DAYS_IN_A_TXN) {
		rc = write_days(&m, day, day + DAYS_IN_A_TXN < end ? day + DAYS_IN_A_TXN : end, e);
		demo_tell(c->d, "菜单", (size_t)(day - c->from_day), (size_t)(end - c->from_day));
	}
	return rc;
}
