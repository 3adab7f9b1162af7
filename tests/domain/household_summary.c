/* A household's heading: the address in full or in short, as the role may see it. */
#include "domain/resident.h"

#include "base/mem.h"
#include "office_fixture.h"
#include "test.h"

static void the_address_is_short_where_the_role_may_not_see_it(void **state)
{
	struct office_fixture *x = *state;
	int64_t id = make_household(x, x->buildings[0], "2", "501");
	static const struct { enum role role; const char *address; } cases[] = {
		{ ROLE_HEAD, "西林小区3幢2单元501室" }, { ROLE_GRID, "西林小区3幢2单元501室" }, { ROLE_DESK, "3-2-501" }, { ROLE_CANTEEN, "3-2-501" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct household_summary s;
		AUTO_ARENA a = { 0 };
		struct err e = { 0 };

		act_as(x, cases[i].role);
		assert_ok(household_summary(&x->of, id, &a, &s, &e));
		assert_string_equal(s.address, cases[i].address);
		assert_string_equal(s.grid, "01");
		assert_int_equal(s.grid_id, x->grids[0]);
		assert_false(s.deleted);
	}
}

static void an_unknown_household_and_a_role_without_residents_are_refused(void **state)
{
	struct office_fixture *x = *state;
	struct household_summary s = { .id = 7 };
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };

	act_as(x, ROLE_DESK);
	assert_int_equal(household_summary(&x->of, 12345, &a, &s, &e), RC_NOTFOUND);
	act_as(x, ROLE_ADMIN);
	assert_int_equal(household_summary(&x->of, 12345, &a, &s, &e), RC_DENIED);
	assert_int_equal(s.id, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_address_is_short_where_the_role_may_not_see_it, office_fixture_setup, office_fixture_teardown),
		cmocka_unit_test_setup_teardown(an_unknown_household_and_a_role_without_residents_are_refused, office_fixture_setup, office_fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
