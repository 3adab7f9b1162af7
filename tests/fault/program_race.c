/* Eight clerks at eight terminals save at the same time: nothing is lost, nothing is there twice, nobody sees an error; at most one waits a moment.
 *
 *	test_fault_program_race [ISSUES OF EACH]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../screen/test.h"
#include "base/err.h"
#include "base/text.h"
#include "evidence.h"

enum { DESKS = 8 };

static const char *const logins[DESKS] = { "desk", "grid", "head", "desk", "grid", "head", "desk", "desk" };
static size_t issues_of_each = 3;

static bool all_have(const struct desk *desks, size_t n)
{
	for (int i = 0; i < DESKS; i++)
		if (desks[i].n_done < n)
			return false;
	return true;
}

static void eight_programs_that_save_at_once_lose_nothing(void **state)
{
	const struct demo *d = *state;
	int64_t before = evidence_number(d->database, "SELECT count(*) FROM issue"), saved = 0;
	struct desk desks[DESKS];
	long slowest = 0, from;
	AUTO_STRBUF why = { 0 };

	for (int i = 0; i < DESKS; i++)
		desk_open(&desks[i], d, logins[i], i, 1);
	from = clock_ms();
	while (!all_have(desks, issues_of_each)) {
		for (int i = 0; i < DESKS; i++)
			desk_step(&desks[i]);
		terminal_take(desks[0].t, 2);
	}
	from = clock_ms() - from;
	for (int i = 0; i < DESKS; i++)
		desk_finish(&desks[i]);
	for (int i = 0; i < DESKS; i++) {
		saved += (int64_t)desks[i].n_done;
		slowest = desks[i].slowest_ms > slowest ? desks[i].slowest_ms : slowest;
		if (evidence_lost(d->database, desks[i].done, desks[i].n_done, &why) > 0)
			fail_msg("lost: %s", strbuf_str(&why));
		desk_release(&desks[i]);
	}
	print_message("%d clerks saved %d issues in %.1f s; the longest wait for a number was %ld ms\n", DESKS, (int)saved, (double)from / 1000, slowest);
	assert_int_equal(evidence_number(d->database, "SELECT count(*) FROM issue") - before, saved);
	assert_int_equal(evidence_number(d->database, "SELECT count(*) - count(DISTINCT number) FROM issue"), 0);
	assert_int_equal(evidence_number(d->database, "SELECT count(*) FROM session WHERE ended_at IS NULL"), 0);
	if (evidence_check(d, &why) != 0)
		fail_msg("youlin check: %s", strbuf_str(&why));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(eight_programs_that_save_at_once_lose_nothing, demo_setup, demo_teardown),
	};

	if (argc > 1)
		issues_of_each = (size_t)strtoul(argv[1], NULL, 10);
	text_locale_init();
	return cmocka_run_group_tests_name("eight programs at once", tests, NULL, NULL);
}
