/* A demo made for one test, and questions about its rows. */
#include "demo_fixture.h"

#include <stdlib.h>

#include "base/day.h"
#include "test.h"

void open_demo(struct office_fixture *x, const char *name, uint64_t seed, enum demo_scale scale)
{
	const struct demo_options o = { .seed = seed, .scale = scale, .now = instant_of_day(day_from_civil(2026, 11, 24), 16 * 60) };
	char *path = fixture_path(x, name);
	struct err e = { 0 };

	assert_ok(demo_create(path, &x->settings, &o, &e));
	free(x->path);
	x->path = path;
	x->clock = o.now;
	office_fixture_reopen(x);
}

void ask(struct office_fixture *x, const struct question *questions, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int64_t found = count_rows(x, questions[i].sql);

		if (found < questions[i].least || found > questions[i].most)
			fail_msg("%s: %lld", questions[i].sql, (long long)found);
	}
}

void none(struct office_fixture *x, const char *const *wrong, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (count_rows(x, wrong[i]) != 0)
			fail_msg("%s: %lld", wrong[i], (long long)count_rows(x, wrong[i]));
}
