/* A demo made for one test, and questions about its rows. */
#ifndef YL_TESTS_DOMAIN_DEMO_FIXTURE_H
#define YL_TESTS_DOMAIN_DEMO_FIXTURE_H

#include "domain/demo.h"
#include "office_fixture.h"

#define TODAY "20781"             /* 2026-11-24 */
#define MANY 100000

struct question {
	const char *sql;              /* gives one number */
	int64_t least, most;
};

/* Made on TODAY at 16:00, and opened in place of the fixture's own. */
void open_demo(struct office_fixture *x, const char *name, uint64_t seed, enum demo_scale scale);
void ask(struct office_fixture *x, const struct question *questions, size_t n);
/* Each counts what must not be. */
void none(struct office_fixture *x, const char *const *wrong, size_t n);

#endif
