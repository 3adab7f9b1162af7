/* Numbers of 议题, meetings and decisions beside those of issues. */
#include "number.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/txn.h"
#include "town.h"

/* Take the next number and save a row with it, as a use case does. The caller frees. */
static char *take(struct town *t, const char *table, const char *prefix, int digits)
{
	AUTO_FREE char *sql = mem_format("INSERT INTO %s (id, number) VALUES (:id, '", table);
	AUTO_FREE char *insert = NULL;
	AUTO_TXN txn = { 0 };
	struct err e = { 0 };
	char *number = NULL;
	int64_t id;

	assert_ok(txn_begin(&txn, t->st, "test.number", &e));
	assert_ok(number_next(&t->of, table, prefix, digits, &number, &e));
	assert_ok(store_new_id(t->st, &id, &e));
	insert = mem_format("%s%s')", sql, number);
	town_write(t, insert, id);
	assert_ok(txn_commit(&txn, &e));
	return number;
}

static void assert_next(struct town *t, const char *table, const char *prefix, int digits, const char *wanted)
{
	AUTO_FREE char *got = take(t, table, prefix, digits);

	assert_string_equal(got, wanted);
}

static void each_kind_counts_for_itself_from_one_each_day(void **state)
{
	struct town *t = *state;

	assert_next(t, "agenda_item", "YT", 3, "YT-20261124-001");
	assert_next(t, "agenda_item", "YT", 3, "YT-20261124-002");
	assert_next(t, "meeting", "YS", 2, "YS-20261124-01");
	assert_next(t, "decision", "JY", 2, "JY-20261124-01");
	assert_next(t, "agenda_item", "YT", 3, "YT-20261124-003");
	assert_town_text(t, "SELECT number FROM issue WHERE id = :id", town_raise(t, "水管漏水", NULL), "DH-20261124-001");
	town_set_day(t, "2026-11-25");
	assert_next(t, "agenda_item", "YT", 3, "YT-20261125-001");
	assert_next(t, "meeting", "YS", 2, "YS-20261125-01");
}

static void a_desk_with_a_letter_counts_for_itself(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };

	assert_next(t, "meeting", "YS", 2, "YS-20261124-01");
	assert_ok(store_set_desk(t->st, "B", &e));
	assert_next(t, "meeting", "YS", 2, "YS-20261124-B01");
	assert_next(t, "meeting", "YS", 2, "YS-20261124-B02");
	assert_ok(store_set_desk(t->st, "", &e));
	assert_next(t, "meeting", "YS", 2, "YS-20261124-02");
}

static void numbers_without_a_day_go_on_for_ever_and_by_desk(void **state)
{
	struct town *t = *state;
	struct err e = { 0 };
	static const struct { const char *desk, *there, *wanted; } cases[] = {
		{ "", "ZY-0007", "ZY-0008" }, { "", "ZY-9999", "ZY-10000" }, { "", "ZY-10000", "ZY-10001" }, { "B", "ZY-10001", "ZY-B0001" },
		{ "B", "ZY-B0001", "ZY-B0002" }, { "", "ZY-B9999", "ZY-10002" }, { "B", "ZY-10003", "ZY-B10000" }, { "", "ZY-99999", "ZY-100000" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *insert = mem_format("INSERT INTO volunteer (id, number) VALUES (:id, '%s')", cases[i].there);
		AUTO_FREE char *number = NULL;

		assert_ok(store_set_desk(t->st, cases[i].desk, &e));
		town_write(t, insert, (int64_t)i + 1);
		assert_ok(number_next_ever(&t->of, "volunteer", "ZY", 4, &number, &e));
		assert_string_equal(number, cases[i].wanted);
	}
}

static void more_than_the_digits_hold_go_on_with_one_more(void **state)
{
	struct town *t = *state;

	town_write(t, "INSERT INTO meeting (id, number) VALUES (:id, 'YS-20261124-99')", 1);
	assert_next(t, "meeting", "YS", 2, "YS-20261124-100");
	assert_next(t, "meeting", "YS", 2, "YS-20261124-101");
}

static void a_deleted_row_keeps_its_number(void **state)
{
	struct town *t = *state;

	assert_next(t, "decision", "JY", 2, "JY-20261124-01");
	town_write(t, "UPDATE decision SET deleted_at = 1 WHERE :id", 1);
	assert_next(t, "decision", "JY", 2, "JY-20261124-02");
}

static void without_a_prefix_a_number_begins_with_the_day(void **state)
{
	struct town *t = *state;

	assert_next(t, "meeting", "", 3, "20261124-001");
	assert_next(t, "meeting", "", 3, "20261124-002");
	assert_next(t, "meeting", "YS", 2, "YS-20261124-01");
}

static void short_numbers_drop_this_year(void **state)
{
	static const struct { const char *number, *wanted; } cases[] = {
		{ "DH-20261124-007", "1124-007" }, { "YT-20251124-007", "20251124-007" }, { "20261124-B01", "1124-B01" }, { "strange", "strange" },
		{ "", "" }, { "a-b", "a-b" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF out = { 0 };

		number_short(cases[i].number, TOWN_TODAY, &out);
		assert_string_equal(strbuf_str(&out), cases[i].wanted);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(each_kind_counts_for_itself_from_one_each_day),
		TOWN_TEST(a_desk_with_a_letter_counts_for_itself),
		TOWN_TEST(numbers_without_a_day_go_on_for_ever_and_by_desk),
		TOWN_TEST(more_than_the_digits_hold_go_on_with_one_more),
		TOWN_TEST(a_deleted_row_keeps_its_number),
		TOWN_TEST(without_a_prefix_a_number_begins_with_the_day),
		cmocka_unit_test(short_numbers_drop_this_year),
	};

	return cmocka_run_group_tests_name("domain-number", tests, NULL, NULL);
}
