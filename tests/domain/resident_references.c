/* What refers to a resident, in words and numbers. */
#include "domain/resident_merge.h"

#include "base/mem.h"
#include "office_fixture.h"
#include "store/stmt.h"
#include "store/txn.h"
#include "test.h"

static void insert_issues(struct office_fixture *x, int64_t reporter_id, int n)
{
	AUTO_TXN t = { 0 };
	struct err e = { 0 };

	assert_ok(txn_begin(&t, x->of.st, "test", &e));
	for (int i = 1; i <= n; i++) {
		AUTO_STMT q = stmt_use(x->of.st, "INSERT INTO issue (id, title, reporter_id) VALUES (:id, '漏水', :reporter)");

		bind_int(&q, ":id", i);
		bind_int(&q, ":reporter", reporter_id);
		assert_ok(stmt_run(&q, &e));
	}
	assert_ok(txn_commit(&t, &e));
}

static void references_are_counted_under_the_names_of_their_forms(void **state)
{
	struct office_fixture *x = *state;
	int64_t id = make_resident(x, 0, "王秀英", "");
	struct resident_reference *refs;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	size_t n;

	insert_issues(x, id, 3);
	act_as(x, ROLE_GRID);
	assert_ok(resident_references(&x->of, id, &a, &refs, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(refs[0].count, 3);
	assert_string_equal(refs[0].label, "提事登记·提事人");
}

static void somebody_whom_nothing_refers_to_has_none(void **state)
{
	struct office_fixture *x = *state;
	int64_t id = make_resident(x, 0, "王秀英", "");
	struct resident_reference *refs;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	size_t n = 9;

	act_as(x, ROLE_HEAD);
	assert_ok(resident_references(&x->of, id, &a, &refs, &n, &e));
	assert_int_equal(n, 0);
	act_as(x, ROLE_ADMIN);
	assert_int_equal(resident_references(&x->of, id, &a, &refs, &n, &e), RC_DENIED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(references_are_counted_under_the_names_of_their_forms, office_fixture_setup, office_fixture_teardown),
		cmocka_unit_test_setup_teardown(somebody_whom_nothing_refers_to_has_none, office_fixture_setup, office_fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
