/* Lists: the same rows in the same order as SQL gives at once, whatever happens between two slices. */
#include "store/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "fixture.h"
#include "store/search.h"

#define ROWS 10000

static struct fixture *template;

static const struct list_spec spec = {
	.table = "issue", .row = "SELECT number, title, phase FROM issue WHERE issue.id = :id", .n_columns = 3,
	.live = "deleted_at IS NULL",
};

/* Ten thousand issues: ties in raised_at, no due day for a third, some deleted, one grid in seven. Made once, copied for each test. */
static int make_template(void **state)
{
	struct fixture *f;
	struct err e = { 0 };
	AUTO_TXN t = { 0 };

	if (fixture_begin(state) != 0)
		return -1;
	f = template = *state;
	if (txn_begin(&t, f->st, "test", &e) != RC_OK)
		return -1;
	for (int i = 1; i <= ROWS; i++) {
		AUTO_STMT q = stmt_use(f->st, "INSERT INTO issue (id, number, title, phase, status, raised_at, due_day, grid_id, category, deleted_at)"
		                              " VALUES (:id, :number, :title, 'raise', :status, :raised, :due, :grid, :category, :deleted)");
		AUTO_FREE char *number = mem_format("DH-%05d", i);

		bind_int(&q, ":id", (int64_t)i * 7919 % 1000003);
		bind_text(&q, ":number", number);
		bind_text(&q, ":title", i % 100 == 0 ? "屋顶漏水" : "楼道堆物");
		bind_text(&q, ":status", i % 4 == 0 ? "open" : "closed");
		bind_int(&q, ":raised", i * 37 % 500);
		if (i % 3 == 0)
			bind_null(&q, ":due");
		else
			bind_int(&q, ":due", i * 13 % 90);
		bind_int(&q, ":grid", i % 7);
		bind_text(&q, ":category", i % 5 == 0 ? "" : "property.leak");
		bind_id(&q, ":deleted", i % 50 == 0 ? 1 : 0);
		if (stmt_run(&q, &e) != RC_OK)
			return -1;
	}
	if (txn_commit(&t, &e) != RC_OK)
		return -1;
	fixture_close(f);
	return 0;
}

static int drop_template(void **state)
{
	*state = template;
	return fixture_end(state);
}

static int begin(void **state)
{
	struct fixture *f;
	AUTO_FREE char *command = NULL;

	if (fixture_begin(state) != 0)
		return -1;
	f = *state;
	fixture_close(f);
	command = mem_format("cp %s %s && cp %s.key %s.key", template->path, f->path, template->path, f->path);
	if (system(command) != 0)
		return -1;
	fixture_open(f);
	return 0;
}

static void fill_whole(struct list *l)
{
	struct err e = { 0 };
	bool more = true;
	int slices = 0;

	while (more) {
		assert_ok(list_fill(l, 1, &more, &e), &e);
		assert_true(++slices < 10000);
	}
	assert_true(list_complete(l));
}

/* Against the same query in one piece. */
static void assert_rows(struct fixture *f, const struct list *l, const char *where, const char *order)
{
	AUTO_FREE char *sql = mem_format("SELECT id FROM issue WHERE deleted_at IS NULL AND (%s) ORDER BY %s /*scan*/", where, order);
	AUTO_STMT q = stmt_use_temporary(f->st, sql);
	size_t i = 0;
	bool row = true;

	while (stmt_step(&q, &row, &f->e) == RC_OK && row) {
		assert_int_equal(list_id(l, i), column_int(&q, 0));
		i++;
	}
	assert_int_equal(list_count(l), i);
	assert_int_equal(list_id(l, i), 0);
}

static void every_filter_and_order_gives_what_sql_gives(void **state)
{
	static const struct {
		struct list_order order;
		const char *order_sql;
		size_t n;
		struct list_filter filters[2];
		const char *where;
	} cases[] = {
		{ { "raised_at", false }, "raised_at, id", 0, { { 0 } }, "1" },
		{ { "raised_at", true }, "raised_at DESC, id DESC", 0, { { 0 } }, "1" },
		{ { "due_day", false }, "due_day, id", 0, { { 0 } }, "1" },
		{ { "due_day", true }, "due_day DESC, id DESC", 0, { { 0 } }, "1" },
		{ { "number", false }, "number, id", 0, { { 0 } }, "1" },
		{ { "category", false }, "category, id", 0, { { 0 } }, "1" },
		{ { "category", true }, "category DESC, id DESC", 0, { { 0 } }, "1" },
		{ { "id", true }, "id DESC", 0, { { 0 } }, "1" },
		{ { "raised_at", true }, "raised_at DESC, id DESC", 1, { { "grid_id = :p", { VALUE_NUMBER, 3, NULL }, { 0 } } }, "grid_id = 3" },
		{ { "due_day", false }, "due_day, id", 1, { { "grid_id = :p", { VALUE_NUMBER, 3, NULL }, { 0 } } }, "grid_id = 3" },
		{ { "raised_at", false }, "raised_at, id", 2,
		  { { "grid_id = :p", { VALUE_NUMBER, 2, NULL }, { 0 } }, { "status = :p", { VALUE_TEXT, 0, (char *)"open" }, { 0 } } },
		  "grid_id = 2 AND status = 'open'" },
		{ { "raised_at", false }, "raised_at, id", 2,
		  { { "raised_at BETWEEN :p AND :q", { VALUE_NUMBER, 100, NULL }, { VALUE_NUMBER, 200, NULL } },
		    { "title <> ':p' AND title LIKE :p", { VALUE_TEXT, 0, (char *)"%漏水%" }, { 0 } } },
		  "raised_at BETWEEN 100 AND 200 AND title LIKE '%漏水%'" },
		{ { "raised_at", false }, "raised_at, id", 1, { { "title = 'nothing like it'", { 0 }, { 0 } } }, "0" },
		{ { "title", false }, "title, id", 0, { { 0 } }, "1" },              /* no index: sorted */
		{ { "raised_at", true }, "raised_at DESC, id DESC", 1,
		  { { "id IN (SELECT rowid FROM issue_text WHERE issue_text MATCH :p)", { VALUE_TEXT, 0, (char *)"\"漏水\"" }, { 0 } } },
		  "title LIKE '%漏水%'" },
	};
	struct fixture *f = *state;
	struct list *l = NULL;

	assert_ok(list_open(&l, f->st, &spec, &f->e), &f->e);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_ok(list_query(l, cases[i].filters, cases[i].n, cases[i].order, 0, &f->e), &f->e);
		fill_whole(l);
		assert_rows(f, l, cases[i].where, cases[i].order_sql);
		assert_int_equal(list_total(l), ROWS - ROWS / 50);
	}
	list_close(l);
}

static void the_first_page_is_there_before_the_rest(void **state)
{
	struct fixture *f = *state;
	struct list *l = NULL;
	bool more = false;
	int slices = 0;

	assert_ok(list_open(&l, f->st, &spec, &f->e), &f->e);
	assert_ok(list_query(l, NULL, 0, (struct list_order){ "raised_at", true }, 0, &f->e), &f->e);
	assert_true(list_count(l) >= 40);            /* a screen, however slow the machine */
	assert_true(list_count(l) < 1000);
	assert_false(list_complete(l));
	assert_int_equal(list_total(l), SIZE_MAX);
	do {
		size_t before = list_count(l);

		assert_ok(list_fill(l, 1, &more, &f->e), &f->e);
		assert_true(list_count(l) > before || list_complete(l));
		slices++;
	} while (more);
	assert_true(slices > 1);
	assert_int_equal(list_count(l), ROWS - ROWS / 50);
	list_close(l);
}

static void rows_are_read_once_and_by_their_id(void **state)
{
	struct fixture *f = *state;
	struct list *l = NULL;

	assert_ok(list_open(&l, f->st, &spec, &f->e), &f->e);
	assert_ok(list_query(l, NULL, 0, (struct list_order){ "number", false }, 0, &f->e), &f->e);
	assert_string_equal(list_text(l, 0, 0), "");                  /* not prepared */
	assert_ok(list_prepare(l, 0, 40, &f->e), &f->e);
	assert_string_equal(list_text(l, 0, 0), "DH-00001");
	assert_string_equal(list_text(l, 39, 0), "DH-00040");
	assert_string_equal(list_text(l, 39, 2), "raise");
	assert_string_equal(list_text(l, 0, 3), "");                  /* no such column */
	assert_string_equal(list_text(l, 40, 0), "");
	fill_whole(l);
	size_t last = list_count(l) - 1;

	assert_ok(list_prepare(l, last - 9, 100, &f->e), &f->e);      /* beyond the end */
	assert_string_equal(list_text(l, last, 0), "DH-09999");
	assert_ok(list_prepare(l, last + 50, 10, &f->e), &f->e);
	assert_ok(list_prepare(l, 0, SIZE_MAX, &f->e), &f->e);        /* as many as the cache takes */
	assert_string_equal(list_text(l, 0, 0), "DH-00001");
	list_close(l);
}

static void a_row_that_is_gone_leaves_empty_cells_until_the_reload(void **state)
{
	struct fixture *f = *state;
	struct list *l = NULL;

	assert_ok(list_open(&l, f->st, &spec, &f->e), &f->e);
	assert_ok(list_query(l, NULL, 0, (struct list_order){ "number", false }, 0, &f->e), &f->e);
	fixture_write(f->st, "test", "DELETE FROM issue WHERE number = 'DH-00002'");
	assert_ok(list_prepare(l, 0, 5, &f->e), &f->e);
	assert_string_equal(list_text(l, 1, 0), "");
	assert_string_equal(list_text(l, 2, 0), "DH-00003");
	assert_ok(list_reload(l, 0, &f->e), &f->e);
	assert_ok(list_prepare(l, 0, 5, &f->e), &f->e);
	assert_string_equal(list_text(l, 1, 0), "DH-00003");
	list_close(l);
}

static void a_reload_keeps_the_row_that_the_cursor_is_on(void **state)
{
	struct fixture *f = *state;
	struct list *l = NULL;
	int64_t id;
	bool more;

	assert_ok(list_open(&l, f->st, &spec, &f->e), &f->e);
	assert_ok(list_query(l, NULL, 0, (struct list_order){ "number", false }, 0, &f->e), &f->e);
	fill_whole(l);
	id = list_id(l, 7500);
	fixture_write(f->st, "test", "UPDATE issue SET title = '改过' WHERE number = 'DH-07654'");
	fixture_write(f->st, "test", "INSERT INTO issue (id, number) VALUES (5000000, 'DH-00000')");
	assert_ok(list_reload(l, id, &f->e), &f->e);
	assert_true(list_count(l) > 7500);                           /* the old rows stay in view */
	assert_true(list_index(l, id) != SIZE_MAX);
	fill_whole(l);
	assert_int_equal(list_index(l, id), 7501);
	assert_int_equal(list_id(l, 0), 5000000);

	/* A row that no longer matches is not waited for. */
	fixture_write(f->st, "test", "UPDATE issue SET deleted_at = 1 WHERE number = 'DH-07654'");
	id = list_id(l, 7501);
	{
		AUTO_TXN t = { 0 };
		AUTO_STMT q = stmt_use(f->st, "UPDATE issue SET deleted_at = 1 WHERE id = :id");

		bind_int(&q, ":id", id);
		assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
		assert_ok(stmt_run(&q, &f->e), &f->e);
		assert_ok(txn_commit(&t, &f->e), &f->e);
	}
	assert_ok(list_reload(l, id, &f->e), &f->e);
	assert_true(list_count(l) < 7500);
	assert_int_equal(list_index(l, id), SIZE_MAX);
	do
		assert_ok(list_fill(l, 1, &more, &f->e), &f->e);
	while (more);
	list_close(l);
}

static void a_new_order_finds_the_row_again(void **state)
{
	struct fixture *f = *state;
	struct list *l = NULL;
	int64_t id;

	assert_ok(list_open(&l, f->st, &spec, &f->e), &f->e);
	assert_ok(list_query(l, NULL, 0, (struct list_order){ "number", false }, 0, &f->e), &f->e);
	id = list_id(l, 100);
	assert_ok(list_query(l, NULL, 0, (struct list_order){ "due_day", true }, id, &f->e), &f->e);
	fill_whole(l);
	assert_int_equal(list_id(l, list_index(l, id)), id);
	list_close(l);
}

static void changes_between_slices_lose_no_row_that_stayed(void **state)
{
	struct fixture *f = *state;
	struct list *l = NULL;
	bool more = true;
	AUTO_FREE unsigned char *seen = mem_alloc(ROWS + 1);

	assert_ok(list_open(&l, f->st, &spec, &f->e), &f->e);
	assert_ok(list_query(l, NULL, 0, (struct list_order){ "number", false }, 0, &f->e), &f->e);
	for (int i = 0; more; i++) {
		AUTO_FREE char *sql = NULL;

		assert_ok(list_fill(l, 1, &more, &f->e), &f->e);
		if (!more || i > 40)
			continue;
		/* One row leaves, one comes, one jumps from the end to the beginning. */
		sql = mem_format("DELETE FROM issue WHERE number = 'DH-%05d'", 9000 + 2 * i);
		fixture_write(f->st, "test", sql);
		free(sql);
		sql = mem_format("INSERT INTO issue (id, number) VALUES (%d, 'DH-%05dx')", 6000000 + i, 250 * i);
		fixture_write(f->st, "test", sql);
		free(sql);
		sql = mem_format("UPDATE issue SET number = 'AA-' || number WHERE number = 'DH-%05d'", 8000 + 2 * i);
		fixture_write(f->st, "test", sql);
	}
	for (size_t i = 0; i < list_count(l); i++) {
		AUTO_STMT q = stmt_use(f->st, "SELECT CAST(substr(number, -5) AS INTEGER) FROM issue WHERE id = :id AND number GLOB 'DH-[0-9]*[0-9]'");
		int64_t n = 0;

		bind_int(&q, ":id", list_id(l, i));
		if (stmt_int(&q, &n, &f->e) == RC_OK && n >= 1 && n <= ROWS)
			seen[n]++;
	}
	for (int i = 1; i < 8000; i++)
		if (i % 50 != 0)
			assert_int_equal(seen[i], 1);
	/* After the reload nothing is amiss. */
	assert_ok(list_reload(l, 0, &f->e), &f->e);
	fill_whole(l);
	assert_rows(f, l, "1", "number, id");
	list_close(l);
}

static void no_read_transaction_stays_open_between_slices(void **state)
{
	struct fixture *f = *state;
	struct list *l = NULL;
	AUTO_FREE char *out = NULL;
	bool more;

	assert_ok(list_open(&l, f->st, &spec, &f->e), &f->e);
	assert_ok(list_query(l, NULL, 0, (struct list_order){ "raised_at", false }, 0, &f->e), &f->e);
	assert_ok(list_prepare(l, 0, 30, &f->e), &f->e);
	assert_ok(list_fill(l, 1, &more, &f->e), &f->e);
	assert_true(more);
	/* A checkpoint reaches the end of the WAL only if nobody reads an older state. */
	fixture_write(f->st, "test", "INSERT INTO grid (id, code) VALUES (1, '01')");
	assert_int_equal(fixture_shell(f->path, "PRAGMA wal_checkpoint(TRUNCATE)", &out), 0);
	assert_string_equal(out, "0|0|0\n");
	list_close(l);
}

/* A word that nearly every issue has: its first page comes from the order's index, the rest is sorted. */
static const struct list_filter common_word = {
	.where = "issue.id IN (SELECT rowid FROM issue_text WHERE issue_text MATCH :p)", .p = { .kind = VALUE_TEXT, .text = (char *)(uintptr_t)"\"道\"" },
};

static void the_first_page_of_a_common_word_begins_what_is_sorted_later(void **state)
{
	struct fixture *f = *state;
	struct list *l = NULL;
	int64_t first[60];

	assert_ok(list_open(&l, f->st, &spec, &f->e), &f->e);
	assert_ok(list_query(l, &common_word, 1, (struct list_order){ "raised_at", true }, 0, &f->e), &f->e);
	assert_true(list_count(l) >= COUNT(first));
	assert_false(list_complete(l));
	for (size_t i = 0; i < COUNT(first); i++)
		first[i] = list_id(l, i);
	fill_whole(l);
	for (size_t i = 0; i < COUNT(first); i++)
		assert_int_equal(list_id(l, i), first[i]);
	assert_rows(f, l, "title LIKE '%道%'", "raised_at DESC, id DESC");
	list_close(l);
}

static bool always(void *calls)
{
	++*(int *)calls;
	return true;
}

static bool never(void *calls)
{
	++*(int *)calls;
	return false;
}

static void a_key_that_waits_stops_a_long_sort_and_loses_nothing(void **state)
{
	struct fixture *f = *state;
	struct list *l = NULL;
	bool more = false;
	int calls = 0;
	size_t page;

	assert_ok(list_open(&l, f->st, &spec, &f->e), &f->e);
	assert_ok(list_query(l, &common_word, 1, (struct list_order){ "raised_at", true }, 0, &f->e), &f->e);
	page = list_count(l);
	for (int i = 0; i < 3; i++) {
		assert_ok(list_fill_idle(l, 1, always, &calls, &more, &f->e), &f->e);
		assert_true(more);
		assert_int_equal(calls, i + 1);
		assert_int_equal(list_count(l), page);
	}
	assert_ok(list_fill_idle(l, 1, never, &calls, &more, &f->e), &f->e);
	assert_true(calls > 4);
	fill_whole(l);
	assert_rows(f, l, "title LIKE '%道%'", "raised_at DESC, id DESC");
	list_close(l);
}

static void a_wrong_spec_is_found_when_the_list_is_opened(void **state)
{
	struct fixture *f = *state;
	struct list_spec wrong = spec;
	struct list *l = NULL;

	wrong.row = "SELECT nonsense FROM issue WHERE id = :id";
	assert_rc(list_open(&l, f->st, &wrong, &f->e), RC_DB, &f->e);
	wrong = spec;
	wrong.n_columns = 7;
	assert_rc(list_open(&l, f->st, &wrong, &f->e), RC_DB, &f->e);
	assert_null(l);
	assert_ok(list_open(&l, f->st, &spec, &f->e), &f->e);
	assert_rc(list_query(l, NULL, 0, (struct list_order){ "id; DROP TABLE issue", false }, 0, &f->e), RC_DB, &f->e);
	assert_rc(list_query(l, NULL, 0, (struct list_order){ "nonsense", false }, 0, &f->e), RC_DB, &f->e);
	list_close(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_filter_and_order_gives_what_sql_gives, begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_first_page_is_there_before_the_rest, begin, fixture_end),
		cmocka_unit_test_setup_teardown(rows_are_read_once_and_by_their_id, begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_row_that_is_gone_leaves_empty_cells_until_the_reload, begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_reload_keeps_the_row_that_the_cursor_is_on, begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_new_order_finds_the_row_again, begin, fixture_end),
		cmocka_unit_test_setup_teardown(changes_between_slices_lose_no_row_that_stayed, begin, fixture_end),
		cmocka_unit_test_setup_teardown(no_read_transaction_stays_open_between_slices, begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_first_page_of_a_common_word_begins_what_is_sorted_later, begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_key_that_waits_stops_a_long_sort_and_loses_nothing, begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_wrong_spec_is_found_when_the_list_is_opened, begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, make_template, drop_template);
}
