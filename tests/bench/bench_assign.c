/* bench_assign FILE [SECONDS [SEED]]: plans a .roster, has the plan verified, prints what it costs; bench_assign --lp FILE: the same as an LP file.
 *
 * Time is user CPU. Exit status: 0 valid, 1 an invalid plan, 2 usage or a bad file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "roster_file.h"
#include "roster_lp.h"

static int64_t cpu_us(void *with)
{
	struct rusage use;

	(void)with;
	getrusage(RUSAGE_SELF, &use);
	return (int64_t)use.ru_utime.tv_sec * 1000000 + use.ru_utime.tv_usec;
}

static int plan(const struct assign_problem *p, double seconds, uint64_t seed)
{
	struct plan_clock clock = { cpu_us, NULL };
	struct assign a = { 0 };
	const struct assign_plan *best;
	struct err e = { 0 };
	int64_t began = cpu_us(NULL), made, ended;
	int status = 0;

	if (assign_init(&a, p, seed, &e) != RC_OK) {
		fprintf(stderr, "%s\n", e.text);
		return 2;
	}
	made = cpu_us(NULL);
	assign_step(&a, (int64_t)(seconds * 1e6) - (made - began), &clock);
	ended = cpu_us(NULL);
	best = assign_best(&a);
	if (assign_verify(p, best, &e) != RC_OK) {
		printf("INVALID %s\n", e.text);
		status = 1;
	} else {
		printf("cost %lld\nunfilled %lld\nbound %lld\nat_most %lld\nproven %d\nseconds %.4f\n", (long long)best->cost,
		       (long long)best->unfilled, (long long)best->bound, (long long)best->at_most, best->proven, (double)(ended - began) / 1e6);
	}
	assign_release(&a);
	return status;
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
		status = plan(&f.problem, argc > 2 ? strtod(argv[2], NULL) : 10, argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
	roster_file_release(&f);
	return status;
}
