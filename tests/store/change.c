/* Counters of changed tables: own writes at once, those of others after a poll. */
#include <stdlib.h>

#include "fixture.h"

static void expect_poll(struct store *st, bool expected)
{
	struct err e = { 0 };
	bool changed = !expected;

	assert_ok(store_poll(st, &changed, &e), &e);
	assert_true(changed == expected);
}

static void own_writes_count_at_once_and_only_for_their_tables(void **state)
{
	static const struct { const char *sql; table_set moved; } cases[] = {
		{ "INSERT INTO issue (id, title) VALUES (1, 'x')", TABLE_BIT(ISSUE) },
		{ "UPDATE issue SET title = 'y' WHERE id = 1", TABLE_BIT(ISSUE) },
		{ "INSERT INTO draft (account_id, form, content, updated_at) VALUES (1, 'issue', '{}', 0)", TABLE_BIT(DRAFT) },
		{ "INSERT INTO preference (account_id, name, value) VALUES (1, 'a', 'b')", TABLE_BIT(PREFERENCE) },
		{ "INSERT INTO estate (id, name) VALUES (1, '西林小区')", TABLE_BIT(ESTATE) },
		{ "INSERT INTO building (id, estate_id, name) VALUES (1, 1, '3幢')", TABLE_BIT(BUILDING) },
		/* derived columns follow */
		{ "UPDATE estate SET name = '东林小区' WHERE id = 1", TABLE_BIT(ESTATE) | TABLE_BIT(BUILDING) },
		{ "UPDATE issue SET title = 'z' WHERE id = 99", 0 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		uint64_t before[TABLE_COUNT];

		for (int t = 0; t < TABLE_COUNT; t++)
			before[t] = store_version(f->st, UINT64_C(1) << t);
		fixture_write(f->st, "test", cases[i].sql);
		for (int t = 0; t < TABLE_COUNT; t++)
			assert_true((store_version(f->st, UINT64_C(1) << t) != before[t]) == (cases[i].moved >> t & 1));
	}
	expect_poll(f->st, false);
}

static void what_another_process_wrote_is_seen_by_a_poll(void **state)
{
	struct fixture *f = *state;
	struct store *other = fixture_open_at(f->path);
	uint64_t issue = store_version(f->st, TBL_ISSUE), grid = store_version(f->st, TBL_GRID), draft = store_version(f->st, TBL_DRAFT);

	expect_poll(f->st, false);
	fixture_write(other, "test", "INSERT INTO issue (id, title) VALUES (1, 'x')");
	assert_int_equal(store_version(f->st, TBL_ISSUE), issue);
	expect_poll(f->st, true);
	assert_int_not_equal(store_version(f->st, TBL_ISSUE), issue);
	assert_int_equal(store_version(f->st, TBL_GRID), grid);
	expect_poll(f->st, false);

	draft = store_version(f->st, TBL_DRAFT);
	fixture_write(other, "test", "INSERT INTO draft (account_id, form, content, updated_at) VALUES (1, 'issue', '{}', 0)");
	expect_poll(f->st, true);
	assert_int_not_equal(store_version(f->st, TBL_DRAFT), draft);
	store_close(other);
}

static void a_change_is_not_missed_when_one_writes_before_polling(void **state)
{
	struct fixture *f = *state;
	struct store *other = fixture_open_at(f->path);
	uint64_t issue = store_version(f->st, TBL_ISSUE);

	fixture_write(other, "test", "INSERT INTO issue (id, title) VALUES (1, 'x')");
	fixture_write(f->st, "test", "INSERT INTO grid (id, code) VALUES (1, '01')");
	assert_int_not_equal(store_version(f->st, TBL_ISSUE), issue);      /* seen at the begin of our own write */
	issue = store_version(f->st, TBL_ISSUE);
	uint64_t grid = store_version(f->st, TBL_GRID);

	expect_poll(f->st, true);
	assert_int_equal(store_version(f->st, TBL_ISSUE), issue);          /* once is enough */
	assert_int_equal(store_version(f->st, TBL_GRID), grid);
	store_close(other);
}

static void a_renamed_estate_moves_the_addresses_of_others(void **state)
{
	struct fixture *f = *state;
	struct store *other = fixture_open_at(f->path);
	uint64_t residents;

	fixture_write(f->st, "test", "INSERT INTO estate (id, name) VALUES (1, '西林小区')");
	residents = store_version(other, TBL_RESIDENT);
	expect_poll(other, true);
	assert_int_not_equal(store_version(other, TBL_RESIDENT), residents);
	store_close(other);
}

static void what_was_read_in_a_transaction_taken_back_is_read_again(void **state)
{
	struct fixture *f = *state;
	uint64_t inside;

	{
		AUTO_TXN t = { 0 };
		AUTO_STMT q = stmt_use(f->st, "INSERT INTO grid (id, code) VALUES (1, '01')");

		assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
		assert_ok(stmt_run(&q, &f->e), &f->e);
		inside = store_version(f->st, TBL_GRID);
	}
	assert_int_not_equal(store_version(f->st, TBL_GRID), inside);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(own_writes_count_at_once_and_only_for_their_tables, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(what_another_process_wrote_is_seen_by_a_poll, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_change_is_not_missed_when_one_writes_before_polling, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_renamed_estate_moves_the_addresses_of_others, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(what_was_read_in_a_transaction_taken_back_is_read_again, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
