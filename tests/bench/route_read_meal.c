/* A .meal: elders in buildings, volunteers on foot or on e-bikes, one deadline for all. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "route_read.h"

enum { UNSERVED = 100000 };               /* a meal: more than all seconds that it could save */

/* The next line begins with the word; its numbers follow. */
static void key(struct route_text *t, const char *word)
{
	const char *found = !t->bad && route_text_line(t) ? route_text_word(t) : NULL;

	if (!found)
		route_text_fail(t, "文件到此为止，缺少「%s」", word);
	else if (strcmp(found, word) != 0)
		route_text_fail(t, "应是「%s」，写的是「%.30s」", word, found);
}

/* The next line is row `i` of a list. */
static bool row(struct route_text *t, int32_t i, int32_t n, const char *what)
{
	int32_t id;

	if (t->bad)
		return false;
	if (!route_text_line(t)) {
		route_text_fail(t, "文件到此为止，应有 %d 行%s，只有 %d 行", n, what, i);
		return false;
	}
	id = route_text_int(t, "编号", 0, ROUTE_MAX_DINERS);
	if (!t->bad && id != i)
		route_text_fail(t, id < i ? "%s编号 %d 重复或次序不对" : "%s编号 %d 跳过了前面的", what, id);
	return !t->bad;
}

static void read_buildings(struct route_file *f, struct route_text *t)
{
	int32_t n, x, y;

	key(t, "KITCHEN");
	x = t->bad ? 0 : route_text_int(t, "食堂横坐标", -ROUTE_MAX_METRES, ROUTE_MAX_METRES);
	y = t->bad ? 0 : route_text_int(t, "食堂纵坐标", -ROUTE_MAX_METRES, ROUTE_MAX_METRES);
	key(t, "DETOUR");
	f->problem.detour_permille = t->bad ? 1000 : route_text_int(t, "绕路千分比", 1000, 100000);
	key(t, "BUILDINGS");
	n = t->bad ? 0 : route_text_int(t, "楼栋数", 0, ROUTE_MAX_DINERS);
	f->places = mem_alloc(((size_t)n + 1) * sizeof *f->places);
	f->places[0] = (struct route_place){ x, y };
	f->problem.n_places = n + 1;
	for (int32_t i = 0; i < n && row(t, i, n, "楼栋"); i++) {
		f->places[i + 1].x = route_text_int(t, "横坐标", -ROUTE_MAX_METRES, ROUTE_MAX_METRES);
		f->places[i + 1].y = route_text_int(t, "纵坐标", -ROUTE_MAX_METRES, ROUTE_MAX_METRES);
	}
}

/* Elders; the lines they stand on, so that a complaint about one can name it when all volunteers are known. */
static int32_t *read_elders(struct route_file *f, struct route_text *t)
{
	int32_t n, *lines;

	key(t, "ELDERS");
	n = t->bad ? 0 : route_text_int(t, "老人数", 0, ROUTE_MAX_DINERS);
	f->problem.n_diners = n;
	f->diners = mem_alloc((size_t)n * sizeof *f->diners);
	lines = mem_alloc((size_t)n * sizeof *lines);
	for (int32_t i = 0; i < n && row(t, i, n, "老人"); i++) {
		int32_t building = route_text_int(t, "楼栋", 0, f->problem.n_places - 2);
		int32_t meals = route_text_int(t, "份数", 1, ROUTE_MAX_MEALS / 1000), service = route_text_int(t, "交付秒数", 0, ROUTE_MAX_SECONDS);

		f->diners[i] = route_read_diner(building + 1, meals, service);
		lines[i] = t->number;
	}
	return lines;
}

static int32_t speed_of(struct route_file *f, int32_t mm_per_s, struct route_text *t)
{
	int32_t k = 0;

	while (k < f->problem.n_speeds && f->speeds[k].mm_per_s != mm_per_s)
		k++;
	if (k == ROUTE_MAX_SPEEDS) {
		route_text_fail(t, "速度超过 %d 种", ROUTE_MAX_SPEEDS);
		return 0;
	}
	f->speeds[k].mm_per_s = mm_per_s;
	f->problem.n_speeds = k < f->problem.n_speeds ? f->problem.n_speeds : k + 1;
	return k;
}

static void read_volunteers(struct route_file *f, struct route_text *t)
{
	int32_t n;

	key(t, "VOLUNTEERS");
	n = t->bad ? 0 : route_text_int(t, "志愿者数", 1, ROUTE_MAX_CARRIERS);
	f->problem.n_carriers = n;
	f->carriers = mem_alloc((size_t)n * sizeof *f->carriers);
	f->speeds = mem_alloc(ROUTE_MAX_SPEEDS * sizeof *f->speeds);
	for (int32_t i = 0; i < n && row(t, i, n, "志愿者"); i++) {
		struct route_carrier *c = &f->carriers[i];
		const char *kind = route_text_word(t);

		if (!kind || (strcmp(kind, "foot") != 0 && strcmp(kind, "ebike") != 0))
			route_text_fail(t, "交通方式「%.30s」不是 foot 或 ebike", kind ? kind : "");
		c->capacity = route_text_int(t, "载量", 1, ROUTE_MAX_MEALS);
		c->speed = speed_of(f, route_text_int(t, "速度", 1, ROUTE_MAX_METRES), t);
		c->max_s = route_text_int(t, "时间上限", 1, ROUTE_MAX_SECONDS);
		c->to_s = ROUTE_MAX_SECONDS;
	}
}

/* Whom the fastest volunteer does not reach in time is a mistake of the file. */
static void check_reach(const struct route_file *f, struct route_text *t, const int32_t *lines)
{
	int32_t fastest = 0;

	for (int32_t i = 0; i < f->problem.n_carriers; i++)
		if (f->speeds[f->carriers[i].speed].mm_per_s > fastest)
			fastest = f->speeds[f->carriers[i].speed].mm_per_s;
	for (int32_t i = 0; i < f->problem.n_diners && !t->bad; i++) {
		const struct route_place *a = &f->places[0], *b = &f->places[f->diners[i].place];
		double there = hypot((double)a->x - b->x, (double)a->y - b->y) * f->problem.detour_permille / fastest;

		t->number = lines[i];
		if (floor(there + 0.5) > f->problem.hot_s)
			route_text_fail(t, "老人 %d 离食堂太远，最快的志愿者也要 %.0f 秒，超过 DEADLINE %d", i, there, f->problem.hot_s);
	}
}

void route_read_meal(struct route_file *f, struct route_text *t)
{
	AUTO_FREE int32_t *lines = NULL;

	key(t, "MEAL");
	if (!t->bad)
		route_text_int(t, "版本", 1, 1);
	key(t, "NAME");
	key(t, "DEADLINE");
	if (!t->bad)
		f->problem.hot_s = route_text_int(t, "保热秒数", 1, ROUTE_MAX_SECONDS);
	read_buildings(f, t);
	lines = read_elders(f, t);
	read_volunteers(f, t);
	if (!t->bad && route_text_line(t))
		route_text_fail(t, "多出来的行");
	check_reach(f, t, lines);
	f->problem.weights = (struct route_weights){ .unserved = UNSERVED, .second = 1, .wait = 1, .fair_unit_s = 1 };
}
