/* Who may do what. */
#include "domain/role.h"

#include "test.h"

static void keys_and_roles_are_the_same_thing_both_ways(void **state)
{
	(void)state;
	for (enum role r = ROLE_NONE + 1; r < ROLE_COUNT; r++) {
		assert_int_equal(role_from_key(role_key(r)), r);
		assert_true(role_label(r)[0] != '\0');
	}
	assert_int_equal(role_from_key("desk"), ROLE_DESK);
}

static void an_unknown_key_is_no_role(void **state)
{
	static const char *const keys[] = { "", "DESK", "desk ", "root", "前台", NULL };

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_int_equal(role_from_key(keys[i]), ROLE_NONE);
	assert_string_equal(role_label((enum role)99), "");
}

static void nobody_may_do_anything(void **state)
{
	(void)state;
	for (enum capability c = 0; c < CAPABILITY_COUNT; c++) {
		assert_false(role_may(ROLE_NONE, c));
		assert_false(role_may((enum role)99, c));
		assert_true(capability_label(c)[0] != '\0');
	}
	assert_false(role_may(ROLE_HEAD, CAPABILITY_COUNT));
}

/* domain.md §5.9 */
static void roles_have_what_the_design_gives_them(void **state)
{
	static const struct { enum role role; enum capability c; bool may; } cases[] = {
		{ ROLE_DESK, MAY_ISSUE_RAISE, true }, { ROLE_DESK, MAY_ISSUE_TRIAGE, false }, { ROLE_DESK, MAY_EXTENSION_DECIDE, false },
		{ ROLE_GRID, MAY_ISSUE_TRIAGE, true }, { ROLE_GRID, MAY_RESIDENT_MERGE, true }, { ROLE_GRID, MAY_RESIDENT_IMPORT, false },
		{ ROLE_HEAD, MAY_ISSUE_REOPEN, true }, { ROLE_HEAD, MAY_EXTENSION_DECIDE, true }, { ROLE_HEAD, MAY_ACCOUNT_EDIT, false },
		{ ROLE_ADMIN, MAY_ACCOUNT_EDIT, true }, { ROLE_ADMIN, MAY_RESIDENT_VIEW, false }, { ROLE_ADMIN, MAY_REVEAL, false },
		{ ROLE_ADMIN, MAY_ISSUE_VIEW, false }, { ROLE_CANTEEN, MAY_RESIDENT_EDIT, false }, { ROLE_PROJECT, MAY_REVEAL, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(role_may(cases[i].role, cases[i].c), cases[i].may);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_and_roles_are_the_same_thing_both_ways),
		cmocka_unit_test(an_unknown_key_is_no_role),
		cmocka_unit_test(nobody_may_do_anything),
		cmocka_unit_test(roles_have_what_the_design_gives_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
