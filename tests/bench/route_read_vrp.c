/* CVRPLIB's .vrp: one kind of vehicle, any number of them, Euclidean ways rounded to the nearest whole number (EUC_2D). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "route_read.h"

enum { MOST_IN_TABLE = 5000 };

struct vrp {
	struct route_file *f;
	struct route_text *t;
	int32_t n, capacity;              /* customers and depot */
	double *x, *y;
	int32_t *demand, *seen;           /* demand of a node; 1 has coordinates, 2 has a demand */
	bool euclidean, whole, depot;
};

static char *value_of(struct route_text *t)
{
	char *word = route_text_word(t);

	if (word && strcmp(word, ":") == 0)
		word = route_text_word(t);
	else if (word && *word == ':')
		word++;
	return word;
}

static void dimension(struct vrp *v)
{
	v->n = route_text_int(v->t, "DIMENSION", 1, ROUTE_MAX_DINERS + 1);
	if (v->x)
		route_text_fail(v->t, "DIMENSION 写了两次");
	if (v->t->bad)
		return;
	v->x = mem_alloc((size_t)v->n * sizeof *v->x);
	v->y = mem_alloc((size_t)v->n * sizeof *v->y);
	v->demand = mem_alloc((size_t)v->n * sizeof *v->demand);
	v->seen = mem_alloc((size_t)v->n * sizeof *v->seen);
}

/* KEY : VALUE, KEY: VALUE, or KEY alone. */
static void head(struct vrp *v, char *key)
{
	struct route_text *t = v->t;
	size_t n = strlen(key);
	bool colon = n > 1 && key[n - 1] == ':';
	const char *value;

	if (colon)
		key[n - 1] = '\0';
	if (strcmp(key, "NAME") == 0 || strcmp(key, "COMMENT") == 0)
		return;
	if (strcmp(key, "DIMENSION") == 0 || strcmp(key, "CAPACITY") == 0) {
		char *at = t->word + strspn(t->word, " \t");

		t->word = *at == ':' ? at + 1 : at;
		if (*key == 'D')
			dimension(v);
		else
			v->capacity = route_text_int(t, "CAPACITY", 1, ROUTE_MAX_MEALS);
		return;
	}
	value = value_of(t);
	if (strcmp(key, "TYPE") == 0) {
		if (!value || strcmp(value, "CVRP") != 0)
			route_text_fail(t, "TYPE 是「%.30s」，只认得 CVRP", value ? value : "");
	} else if (strcmp(key, "EDGE_WEIGHT_TYPE") == 0) {
		v->euclidean = value && strcmp(value, "EUC_2D") == 0;
		if (!v->euclidean)
			route_text_fail(t, "EDGE_WEIGHT_TYPE 是「%.30s」，只认得 EUC_2D", value ? value : "");
	} else {
		route_text_fail(t, "不认得的项「%.40s」", key);
	}
}

static int32_t node(struct vrp *v, int32_t mark, const char *what)
{
	int32_t i = route_text_int(v->t, "编号", 1, v->n) - 1;

	if (v->t->bad)
		return 0;
	if (v->seen[i] & mark)
		route_text_fail(v->t, "编号 %d 的%s重复", i + 1, what);
	v->seen[i] |= mark;
	return i;
}

static void coordinates(struct vrp *v)
{
	int32_t i = node(v, 1, "坐标");

	if (v->t->bad)
		return;
	v->x[i] = route_text_real(v->t, "横坐标", ROUTE_MAX_METRES);
	v->y[i] = route_text_real(v->t, "纵坐标", ROUTE_MAX_METRES);
	v->whole = v->whole && v->x[i] == floor(v->x[i]) && v->y[i] == floor(v->y[i]);
}

static void demand(struct vrp *v)
{
	int32_t i = node(v, 2, "需求");

	if (v->t->bad)
		return;
	v->demand[i] = route_text_int(v->t, "需求", 0, ROUTE_MAX_MEALS);
	if (v->capacity > 0 && v->demand[i] > v->capacity)
		route_text_fail(v->t, "编号 %d 的需求 %d 大于 CAPACITY %d，谁也送不了", i + 1, v->demand[i], v->capacity);
	if (i == 0 && v->demand[i] > 0)
		route_text_fail(v->t, "起点的需求应是 0");
}

static void depot(struct vrp *v)
{
	int32_t i = route_text_int(v->t, "起点编号", -1, v->n);

	if (!v->t->bad && i != -1 && i != 1)
		route_text_fail(v->t, "起点是 %d，只认得 1", i);
	v->depot = v->depot || i == 1;
}

static void read_lines(struct vrp *v)
{
	static const struct { const char *name; void (*row)(struct vrp *v); } sections[] = {
		{ "NODE_COORD_SECTION", coordinates }, { "DEMAND_SECTION", demand }, { "DEPOT_SECTION", depot },
	};
	void (*row)(struct vrp *v) = NULL;

	while (route_text_line(v->t)) {
		char *begin = v->t->line + strspn(v->t->line, " \t\r"), *key;
		size_t k = 0;

		if (row && strchr("-.0123456789", *begin)) {
			row(v);
			continue;
		}
		key = route_text_word(v->t);
		if (strcmp(key, "EOF") == 0)
			return;
		while (k < COUNT(sections) && strcmp(key, sections[k].name) != 0)
			k++;
		if (k < COUNT(sections) && !v->x)
			route_text_fail(v->t, "%s 前面应有 DIMENSION", key);
		else if (k < COUNT(sections))
			row = sections[k].row;
		else
			head(v, key);
	}
}

static void complete(struct vrp *v)
{
	struct route_text *t = v->t;

	if (!v->x || v->capacity == 0 || !v->euclidean || !v->depot)
		route_text_fail(t, "文件到此为止，缺少%s", !v->x ? " DIMENSION" : v->capacity == 0 ? " CAPACITY" : !v->euclidean ? " EDGE_WEIGHT_TYPE" : "起点 DEPOT_SECTION");
	for (int32_t i = 0; i < v->n && !t->bad; i++) {
		if (v->seen[i] != 3)
			route_text_fail(t, "文件到此为止，编号 %d 缺少%s", i + 1, v->seen[i] & 1 ? "需求" : "坐标");
		else if (v->demand[i] > v->capacity)
			route_text_fail(t, "编号 %d 的需求 %d 大于 CAPACITY %d，谁也送不了", i + 1, v->demand[i], v->capacity);
	}
	if (!t->bad && !v->whole && v->n > MOST_IN_TABLE)
		route_text_fail(t, "坐标不是整数的文件最多 %d 个点", MOST_IN_TABLE);
}

static void make(struct vrp *v)
{
	struct route_file *f = v->f;
	size_t n = (size_t)v->n;

	f->places = mem_alloc(n * sizeof *f->places);
	f->speeds = mem_alloc(sizeof *f->speeds);
	f->diners = mem_alloc(n * sizeof *f->diners);
	f->carriers = mem_alloc(n * sizeof *f->carriers);
	f->speeds[0].mm_per_s = 1000;
	if (!v->whole) {
		f->ways = mem_alloc(n * n * sizeof *f->ways);
		for (size_t i = 0; i < n * n; i++)
			f->ways[i] = (int32_t)(hypot(v->x[i / n] - v->x[i % n], v->y[i / n] - v->y[i % n]) + 0.5);
		f->speeds[0].seconds = f->ways;
	}
	for (int32_t i = 0; i < v->n; i++) {
		f->places[i] = (struct route_place){ (int32_t)floor(v->x[i]), (int32_t)floor(v->y[i]) };
		f->carriers[i] = (struct route_carrier){ .capacity = v->capacity, .to_s = ROUTE_MAX_SECONDS, .max_s = ROUTE_MAX_SECONDS };
		if (i > 0)
			f->diners[i - 1] = route_read_diner(i, v->demand[i], 0);
	}
	f->problem.n_places = v->n;
	f->problem.n_speeds = 1;
	f->problem.n_diners = f->problem.n_carriers = v->n - 1;
	f->problem.weights = (struct route_weights){ .unserved = ROUTE_MAX_COST / ROUTE_MAX_MEALS, .second = 1, .wait = 1, .fair_unit_s = 1 };
	for (int32_t i = 0, most = 0; i < v->n; i++) {
		most = v->demand[i] > most ? v->demand[i] : most;
		f->problem.weights.unserved = ROUTE_MAX_COST / (most > 0 ? most : 1);
	}
}

void route_read_vrp(struct route_file *f, struct route_text *t)
{
	struct vrp v = { .f = f, .t = t, .whole = true };

	read_lines(&v);
	if (!t->bad)
		complete(&v);
	if (!t->bad)
		make(&v);
	free(v.x);
	free(v.y);
	free(v.demand);
	free(v.seen);
}
