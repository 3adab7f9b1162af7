/* bench_route FILE [SECONDS [SEED]]: plans a .vrp, a Solomon .txt or a .meal, has the plan verified, prints what it costs.
 *
 * Time is CPU time, reading included.  Cost is length in a .vrp, tenths of it in Solomon's files, seconds under way in a .meal.
 * Exit status: 0 valid, 1 an invalid plan, 2 usage or a bad file. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "route_file.h"

static int64_t cpu_us(void *with)
{
	struct timespec at;

	(void)with;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
	return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

static int run(const struct route_file *f, int64_t budget_us, uint64_t seed)
{
	struct plan_clock clock = { cpu_us, NULL };
	struct route r = { 0 };
	const struct route_plan *best;
	struct err e = { 0 };
	int64_t start, left;

	if (route_init(&r, &f->problem, seed, &e) != RC_OK) {
		fprintf(stderr, "%s\n", e.text);
		return 2;
	}
	start = route_best(&r)->cost;
	left = budget_us - cpu_us(NULL);
	if (left > 0) {
		route_aim_at(&r, (struct route_aim){ .us = left });
		route_step(&r, left, 0, &clock);
	}
	best = route_best(&r);
	if (route_verify(&f->problem, best, &e) != RC_OK) {
		printf("INVALID %s\n", e.text);
		route_release(&r);
		return 1;
	}
	printf("start %lld\nseconds %.4f\nrounds %lld\n", (long long)(start - f->service), (double)cpu_us(NULL) / 1e6, (long long)best->rounds);
	if (f->kind == ROUTE_MEAL)
		printf("unserved %lld\n", (long long)best->unserved_meals);
	printf("cost %lld\nroutes %d\n", (long long)(f->kind == ROUTE_MEAL ? best->seconds : best->cost - f->service), best->n_trips);
	route_release(&r);
	return 0;
}

int main(int argc, char **argv)
{
	double seconds = argc > 2 ? strtod(argv[2], NULL) : 10;
	struct route_file f;
	struct err e = { 0 };
	int status;

	if (argc < 2 || argc > 4 || !(seconds >= 0 && seconds < 1e6)) {
		fprintf(stderr, "usage: bench_route FILE [SECONDS [SEED]]\n");
		return 2;
	}
	if (route_file_read(&f, argv[1], &e) != RC_OK) {
		fprintf(stderr, "%s\n", e.text);
		return 2;
	}
	status = run(&f, (int64_t)(seconds * 1e6), argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
	route_file_release(&f);
	return status;
}
