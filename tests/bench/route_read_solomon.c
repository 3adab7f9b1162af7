/* Solomon's (and Gehring and Homberger's) files: windows of time, ways with one decimal that is cut off. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "route_read.h"

enum { MOST_CUSTOMERS = 2000, TENTHS = 10, MOST_TIME = ROUTE_MAX_SECONDS / TENTHS };

static void expect(struct route_text *t, const char *word)
{
	const char *found = route_text_line(t) ? route_text_word(t) : NULL;

	if (!found || strcmp(found, word) != 0)
		route_text_fail(t, found ? "应是「%s」，写的是「%.30s」" : "文件到此为止，缺少「%s」%s", word, found ? found : "");
}

static int32_t way(const struct route_place *a, const struct route_place *b)
{
	return (int32_t)(TENTHS * hypot((double)a->x - b->x, (double)a->y - b->y));
}

/* One line: number, x, y, demand, ready, due, service. Row 0 is the depot, its window the vehicles' hours. */
static void read_row(struct route_file *f, struct route_text *t, int32_t row, int32_t capacity, int32_t *horizon)
{
	int32_t number = route_text_int(t, "编号", 0, MOST_CUSTOMERS), x, y, demand, ready, due, service, there;

	if (!t->bad && number != row)
		route_text_fail(t, number < row ? "编号 %d 重复或次序不对" : "编号 %d 跳过了前面的", number);
	x = route_text_int(t, "横坐标", -ROUTE_MAX_METRES, ROUTE_MAX_METRES);
	y = route_text_int(t, "纵坐标", -ROUTE_MAX_METRES, ROUTE_MAX_METRES);
	demand = route_text_int(t, "需求", 0, ROUTE_MAX_MEALS);
	ready = route_text_int(t, "最早时间", 0, MOST_TIME);
	due = route_text_int(t, "最晚时间", 0, MOST_TIME);
	service = route_text_int(t, "服务时间", 0, MOST_TIME);
	if (t->bad)
		return;
	f->places[row] = (struct route_place){ x, y };
	if (due < ready)
		route_text_fail(t, "最晚时间 %d 早于最早时间 %d", due, ready);
	if (row == 0) {
		*horizon = TENTHS * due;
		return;
	}
	there = way(&f->places[0], &f->places[row]);
	if (demand > capacity)
		route_text_fail(t, "需求 %d 大于 CAPACITY %d，谁也送不了", demand, capacity);
	else if (there > TENTHS * due || (there > TENTHS * ready ? there : TENTHS * ready) + TENTHS * service + there > *horizon)
		route_text_fail(t, "离起点太远，直接去也赶不上最晚时间或来不及返回");
	f->diners[row - 1] = route_read_diner(row, demand, TENTHS * service);
	f->diners[row - 1].open_s = TENTHS * ready;
	f->diners[row - 1].close_s = TENTHS * due;
}

static void make_ways(struct route_file *f, int32_t n)
{
	size_t i = 0;

	f->ways = mem_alloc((size_t)n * (size_t)n * sizeof *f->ways);
	for (int32_t a = 0; a < n; a++)
		for (int32_t b = 0; b < n; b++)
			f->ways[i++] = way(&f->places[a], &f->places[b]);
	f->speeds[0].seconds = f->ways;
}

void route_read_solomon(struct route_file *f, struct route_text *t)
{
	int32_t vehicles, capacity, horizon = 0, rows = 0, most = 1;

	if (!route_text_line(t))
		route_text_fail(t, "文件是空的");
	expect(t, "VEHICLE");
	expect(t, "NUMBER");
	if (!route_text_line(t))
		route_text_fail(t, "文件到此为止，缺少车数和载量");
	if (t->bad)
		return;
	vehicles = route_text_int(t, "车数", 1, ROUTE_MAX_CARRIERS);
	capacity = route_text_int(t, "载量", 1, ROUTE_MAX_MEALS);
	expect(t, "CUSTOMER");
	expect(t, "CUST");
	f->places = mem_alloc((MOST_CUSTOMERS + 1) * sizeof *f->places);
	f->diners = mem_alloc((MOST_CUSTOMERS + 1) * sizeof *f->diners);
	f->speeds = mem_alloc(sizeof *f->speeds);
	f->carriers = mem_alloc((size_t)vehicles * sizeof *f->carriers);
	while (route_text_line(t) && rows <= MOST_CUSTOMERS)
		read_row(f, t, rows++, capacity, &horizon);
	if (rows == 0)
		route_text_fail(t, "文件到此为止，没有起点");
	if (rows > MOST_CUSTOMERS)
		route_text_fail(t, "超过 %d 个点", MOST_CUSTOMERS);
	if (t->bad)
		return;
	for (int32_t i = 0; i < vehicles; i++)
		f->carriers[i] = (struct route_carrier){ .capacity = capacity, .to_s = horizon, .max_s = horizon };
	make_ways(f, rows);
	for (int32_t i = 0; i < rows - 1; i++)
		most = f->diners[i].meals > most ? f->diners[i].meals : most;
	f->problem.n_places = rows;
	f->problem.n_diners = rows - 1;
	f->problem.n_carriers = vehicles;
	f->problem.n_speeds = 1;
	f->problem.weights = (struct route_weights){ .unserved = ROUTE_MAX_COST / most, .second = 1, .fair_unit_s = 1 };
}
