/* Derived columns: they follow what they are computed from, in whatever order rows arrive; and can be made anew. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fixture.h"
#include "store/check.h"

static const char all_derived[] =
	"SELECT coalesce((SELECT name_pinyin FROM estate WHERE id = 1), '-') || '|' ||"
	" coalesce((SELECT place_text || ',' || place_pinyin || ',' || coalesce(grid_id, '-') FROM building WHERE id = 1), '-') || '|' ||"
	" coalesce((SELECT address_key || ',' || address_text || ',' || coalesce(grid_id, '-') FROM household WHERE id = 1), '-') || '|' ||"
	" coalesce((SELECT name_pinyin || ',' || name_initials || ',' || phone_tail || ',' || coalesce(address_key, '-') || ',' ||"
	" coalesce(grid_id, '-') FROM resident WHERE id = 1), '-')";

static const char complete[] =
	"xi lin xiao qu|西林小区3幢,xi lin xiao qu 3 zhuang,7|3-2-501,西林小区3幢2单元501室,7|wang xiu ying,wxy,12334321831,3-2-501,7";

static const char *const rows[] = {
	"INSERT INTO grid (id, code) VALUES (7, '03')",
	"INSERT INTO grid (id, code, kind, parent_id) VALUES (8, '03-2', 'micro', 7)",
	"INSERT INTO estate (id, name) VALUES (1, '西林小区')",
	"INSERT INTO building (id, estate_id, number, name, microgrid_id) VALUES (1, 1, '3', '3幢', 8)",
	"INSERT INTO household (id, building_id, unit, room) VALUES (1, 1, '2', '501')",
	"INSERT INTO resident (id, household_id, name, phone) VALUES (1, 1, '王秀英', '13812343321')",
};

static void assert_derived(struct store *st, const char *expected)
{
	AUTO_FREE char *text = fixture_text(st, all_derived);

	assert_string_equal(text, expected);
}

/* The p-th of the n! orders of n things. */
static void nth_order(int p, int n, int *order)
{
	bool used[8] = { false };
	int base = 1;

	for (int i = 2; i <= n; i++)
		base *= i;
	for (int i = 0; i < n; i++) {
		int nth, k = 0;

		base /= n - i;
		nth = p / base;
		p %= base;
		while (used[k] || nth-- > 0)
			k++;
		used[k] = true;
		order[i] = k;
	}
}

static void write_in_order(struct fixture *f, const char *const *sql, const int *order, int n)
{
	for (int i = 0; i < n; i++) {
		AUTO_STMT q = stmt_use(f->st, sql[order[i]]);

		assert_ok(stmt_run(&q, &f->e), &f->e);
	}
}

/* All 720 orders in which six rows can arrive: a merge may bring a child before its parent. */
static void the_order_of_arrival_does_not_matter(void **state)
{
	struct fixture *f = *state;
	int order[COUNT(rows)];

	for (int p = 0; p < 720; p++) {
		AUTO_TXN t = { 0 };

		nth_order(p, COUNT(rows), order);
		assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
		write_in_order(f, rows, order, COUNT(rows));
		assert_derived(f->st, complete);
	}
}

/* A 议题, its link to an issue, and two who support that: whatever came first, both are counted. */
static void supporters_are_counted_in_whatever_order_they_arrive(void **state)
{
	static const char *const arriving[] = {
		"INSERT INTO agenda_item (id, number) VALUES (1, 'YT-20261124-001')",
		"INSERT INTO agenda_issue (id, agenda_item_id, issue_id) VALUES (1, 1, 1)",
		"INSERT INTO support (id, issue_id, name) VALUES (1, 1, '王五')",
		"INSERT INTO support (id, issue_id, name) VALUES (2, 1, '赵六')",
	};
	struct fixture *f = *state;
	int order[COUNT(arriving)];

	for (int p = 0; p < 24; p++) {
		AUTO_TXN t = { 0 };

		nth_order(p, COUNT(arriving), order);
		assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
		write_in_order(f, arriving, order, COUNT(arriving));
		assert_int_equal(fixture_int(f->st, "SELECT supporters FROM agenda_item WHERE id = 1"), 2);
	}
}

static void a_change_travels_down(void **state)
{
	static const struct { const char *sql, *expected; } cases[] = {
		{ "UPDATE estate SET name = '东湖花园' WHERE id = 1",
		  "dong hu hua yuan|东湖花园3幢,dong hu hua yuan 3 zhuang,7|3-2-501,东湖花园3幢2单元501室,7|wang xiu ying,wxy,12334321831,3-2-501,7" },
		{ "UPDATE building SET number = '5', name = '五号楼' WHERE id = 1",
		  "dong hu hua yuan|东湖花园五号楼,dong hu hua yuan wu hao lou,7|5-2-501,东湖花园五号楼2单元501室,7|wang xiu ying,wxy,12334321831,5-2-501,7" },
		{ "UPDATE grid SET parent_id = 9 WHERE id = 8",
		  "dong hu hua yuan|东湖花园五号楼,dong hu hua yuan wu hao lou,9|5-2-501,东湖花园五号楼2单元501室,9|wang xiu ying,wxy,12334321831,5-2-501,9" },
		{ "UPDATE household SET unit = NULL, room = '后间' WHERE id = 1",
		  "dong hu hua yuan|东湖花园五号楼,dong hu hua yuan wu hao lou,9|5-后间,东湖花园五号楼后间,9|wang xiu ying,wxy,12334321831,5-后间,9" },
		{ "UPDATE resident SET name = '曾伟', phone = '0573-850 12345', household_id = NULL WHERE id = 1",
		  "dong hu hua yuan|东湖花园五号楼,dong hu hua yuan wu hao lou,9|5-后间,东湖花园五号楼后间,9|zeng wei,zw,543210583750,-,-" },
		{ "UPDATE building SET microgrid_id = 7 WHERE id = 1",
		  "dong hu hua yuan|东湖花园五号楼,dong hu hua yuan wu hao lou,7|5-后间,东湖花园五号楼后间,7|zeng wei,zw,543210583750,-,-" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(rows); i++)
		fixture_write(f->st, "test", rows[i]);
	for (size_t i = 0; i < COUNT(cases); i++) {
		fixture_write(f->st, "test", cases[i].sql);
		assert_derived(f->st, cases[i].expected);
		assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal"), COUNT(rows) + i + 1);     /* derived: no ops */
	}
}

static void what_was_damaged_is_made_anew(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(rows); i++)
		fixture_write(f->st, "test", rows[i]);
	fixture_write(f->st, "test", "INSERT INTO issue (id, title) VALUES (1, '楼道堆物')");
	fixture_write(f->st, "test", "UPDATE building SET place_pinyin = 'wrong', grid_id = 99 WHERE id = 1");
	fixture_write(f->st, "test", "UPDATE resident SET name_pinyin = NULL, phone_tail = '1' WHERE id = 1");
	fixture_write(f->st, "test", "UPDATE estate SET name_pinyin = 'x' WHERE id = 1");
	fixture_write(f->st, "test", "INSERT INTO issue_text (issue_text) VALUES ('delete-all')");
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM issue_text WHERE issue_text MATCH '\"堆物\"'"), 0);
	assert_ok(store_rebuild_derived(f->st, &f->e), &f->e);
	assert_derived(f->st, complete);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM issue_text WHERE issue_text MATCH '\"堆物\"'"), 1);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal"), COUNT(rows) + 1);
	fixture_write(f->st, "test", "UPDATE estate SET name = '东' WHERE id = 1");       /* the triggers are there again */
	assert_int_equal(fixture_int(f->st, "SELECT place_text = '东3幢' FROM building"), 1);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal"), COUNT(rows) + 2);
}

static void equal_id_numbers_are_found_without_opening_them(void **state)
{
	struct fixture *f = *state;

	fixture_write(f->st, "test", "INSERT INTO resident (id, name, id_number) VALUES (1, '甲', x'0102')");      /* not ours: no hash */
	assert_int_equal(fixture_int(f->st, "SELECT id_hash IS NULL FROM resident"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_order_of_arrival_does_not_matter, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(supporters_are_counted_in_whatever_order_they_arrive, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_change_travels_down, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(what_was_damaged_is_made_anew, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(equal_id_numbers_are_found_without_opening_them, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
