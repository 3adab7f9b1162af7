/* bench_assign FILE [SECONDS [SEED]]: plans a .roster, has the plan verified, prints what it costs; then one person falls out and it is planned
 * again from that plan (`again_…`; for 5 ms, or to the end with fixed slots).  bench_assign --lp FILE: the same problem as an LP file.
 *
 * SECONDS are counted as effort, the same on any machine; CPU time stops it only at PATIENCE times as much. Times printed are CPU time.
 * Exit status: 0 valid, 1 an invalid plan, 2 usage or a bad file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "roster_file.h"
#include "roster_lp.h"

static int64_t cpu_us(void)
{
	struct timespec at;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
	return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

enum { AGAIN_US = 5000, SLICE = 200, PATIENCE = 4 };

/* Plan to the end of the budget, from a plan made before if there is one; returns the microseconds, -1 if the plan is not valid. */
static int64_t plan(struct assign *a, const struct assign_problem *p, const struct assign_plan *from, int64_t budget_us, uint64_t seed)
{
	struct err e = { 0 };
	int64_t began = cpu_us(), took;

	if (assign_init(a, p, seed, &e) != RC_OK) {
		fprintf(stderr, "%s\n", e.text);
		return -1;
	}
	if (from)
		assign_start_from(a, from->seats, from->n_seats, from->prices);
	for (int64_t left = budget_us; left > 0 && assign_step(a, left < SLICE ? left : SLICE) && cpu_us() - began < PATIENCE * budget_us; left -= SLICE)
		;
	took = cpu_us() - began;
	if (assign_verify(p, assign_best(a), &e) != RC_OK) {
		printf("INVALID %s\n", e.text);
		return -1;
	}
	return took;
}

static int run(struct roster_file *f, double seconds, uint64_t seed)
{
	struct assign a = { 0 }, again = { 0 };
	int64_t took = plan(&a, &f->problem, NULL, (int64_t)(seconds * 1e6), seed), took_again = 0;
	const struct assign_plan *best;

	if (took >= 0) {
		best = assign_best(&a);
		printf("cost %lld\nunfilled %lld\nbound %lld\nat_most %lld\nproven %d\nseconds %.4f\n", (long long)best->cost,
		       (long long)best->unfilled, (long long)best->bound, (long long)best->at_most, best->proven, (double)took / 1e6);
		if (best->n_seats > 0) {
			f->people[best->seats[best->n_seats / 2].person].max_shifts = 0;
			took_again = plan(&again, &f->problem, best, f->fixed ? INT32_MAX : AGAIN_US, seed);
		}
	}
	if (again.work)
		printf("again_cost %lld\nagain_seconds %.4f\n", (long long)assign_best(&again)->cost, (double)took_again / 1e6);
	assign_release(&again);
	assign_release(&a);
	return took < 0 || took_again < 0;
}

int main(int argc, char **argv)
{
	bool lp = argc == 3 && strcmp(argv[1], "--lp") == 0;
	struct roster_file f;
	struct err e = { 0 };
	int status = 0;

	if (argc < 2 || argc > 4) {
		fprintf(stderr, "usage: bench_assign FILE [SECONDS [SEED]] | bench_assign --lp FILE\n");
		return 2;
	}
	if (roster_file_read(&f, argv[lp ? 2 : 1], &e) != RC_OK) {
		fprintf(stderr, "%s\n", e.text);
		return 2;
	}
	if (lp)
		roster_lp_write(&f, stdout);
	else
		status = run(&f, argc > 2 ? strtod(argv[2], NULL) : 10, argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
	roster_file_release(&f);
	return status;
}
