/* Places as screens ask for them: the grids in order, a household from what was typed. */
#include "domain/place.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "office_fixture.h"
#include "store/stmt.h"
#include "store/txn.h"
#include "test.h"

static void add_grid(struct office_fixture *x, const char *code, int64_t parent_id, bool deleted)
{
	AUTO_TXN t = { 0 };
	struct err e = { 0 };
	int64_t id;

	assert_ok(txn_begin(&t, x->of.st, "test", &e));
	assert_ok(store_new_id(x->of.st, &id, &e));
	AUTO_STMT q = stmt_use(x->of.st, "INSERT INTO grid (id, code, name, parent_id, deleted_at) VALUES (:id, :code, '网格', :parent, :deleted)");
	bind_int(&q, ":id", id);
	bind_text(&q, ":code", code);
	bind_id(&q, ":parent", parent_id);
	bind_id(&q, ":deleted", deleted ? 1 : 0);
	assert_ok(stmt_run(&q, &e));
	assert_ok(txn_commit(&t, &e));
}

/* The codes, parted by blanks. */
static void assert_grids(struct office_fixture *x, const char *want)
{
	AUTO_STRBUF got = { 0 };
	struct candidate *grids;
	struct err e = { 0 };
	size_t n;

	assert_ok(grids_in_order(&x->of, &grids, &n, &e));
	for (size_t i = 0; i < n; i++)
		strbuf_format(&got, "%s%s", i ? " " : "", grids[i].label);
	candidates_free(grids, n);
	assert_string_equal(strbuf_str(&got), want);
}

static void grids_come_by_code_without_micro_grids_and_closed_ones(void **state)
{
	struct office_fixture *x = *state;

	act_as(x, ROLE_DESK);
	add_grid(x, "00", 0, false);
	add_grid(x, "01-1", x->grids[0], false);
	add_grid(x, "03", 0, true);
	assert_grids(x, "00 01 02");
}

static void a_grid_workers_own_grids_come_first(void **state)
{
	struct office_fixture *x = *state;

	add_grid(x, "03", 0, false);
	act_as(x, ROLE_GRID);
	assert_grids(x, "01 02 03");           /* without named ones all are the worker's */
	x->of.me.n_grids = 1;
	x->of.me.grids = malloc(sizeof(int64_t));
	x->of.me.grids[0] = x->grids[1];
	assert_grids(x, "02 01 03");
}

static void a_household_is_guessed_from_what_was_typed(void **state)
{
	struct office_fixture *x = *state;
	const struct { const char *typed; int64_t building; const char *unit, *room; } cases[] = {
		{ "西林小区3幢2单元501室", x->buildings[0], "2", "501" },
		{ "西林小区 5-1-102", x->buildings[1], "1", "102" },
		{ "5-1-102", x->buildings[1], "1", "102" },        /* one building has that number */
		{ "3-2-501", 0, "2", "501" },                      /* two have */
		{ "王秀英", 0, "", "" },
		{ "", 0, "", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_RECORD r = { 0 };
		struct err e = { 0 };

		record_init(&r, form_find(x->of.forms, "household"));
		assert_ok(household_from_text(&x->of, cases[i].typed, &r, &e));
		assert_int_equal(record_number(&r, "building_id", 0), cases[i].building);
		assert_string_equal(record_text(&r, "unit"), cases[i].unit);
		assert_string_equal(record_text(&r, "room"), cases[i].room);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(grids_come_by_code_without_micro_grids_and_closed_ones, office_fixture_setup, office_fixture_teardown),
		cmocka_unit_test_setup_teardown(a_grid_workers_own_grids_come_first, office_fixture_setup, office_fixture_teardown),
		cmocka_unit_test_setup_teardown(a_household_is_guessed_from_what_was_typed, office_fixture_setup, office_fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
