/* A copy notices that it is one; a clock that went astray is noticed. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "fixture.h"
#include "store/internal.h"

static const char one_grid[] = "INSERT INTO grid (id, code) VALUES (abs(random()), '01')";

/* Like cp: an existing target keeps its inode. */
static void copy_file(const char *from, const char *to)
{
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	char bytes[4096];
	size_t n;

	assert_non_null(in);
	assert_non_null(out);
	while ((n = fread(bytes, 1, sizeof bytes, in)) > 0)
		assert_int_equal(fwrite(bytes, 1, n, out), n);
	fclose(in);
	assert_int_equal(fclose(out), 0);
}

static void copy_database(const char *from, const char *to)
{
	AUTO_FREE char *from_key = mem_format("%s.key", from);
	AUTO_FREE char *to_key = mem_format("%s.key", to);

	copy_file(from, to);
	copy_file(from_key, to_key);
}

static void a_copied_database_becomes_a_new_site_before_it_writes(void **state)
{
	static const unsigned char zero[HASH_BYTES];
	struct fixture *f = *state;
	AUTO_FREE char *path = fixture_file(f, "copy.db");
	int64_t site, id = 0;
	struct store *copy;

	fixture_write(f->st, "test", one_grid);
	fixture_write(f->st, "test", one_grid);
	site = store_site(f->st);
	fixture_close(f);
	copy_database(f->path, path);

	copy = fixture_open_at(path);
	assert_int_equal(store_site(copy), site);          /* looking alone changes nothing */
	{
		AUTO_TXN t = { 0 };

		assert_ok(txn_begin(&t, copy, "test", &f->e), &f->e);
		assert_ok(store_new_id(copy, &id, &f->e), &f->e);
	}
	assert_int_not_equal(id >> 32, site);
	fixture_write(copy, "test", one_grid);
	assert_int_not_equal(store_site(copy), site);
	assert_int_equal(copy->self.no, 1);
	assert_memory_not_equal(copy->self.hash, zero, HASH_BYTES);
	assert_int_equal(fixture_int(copy, "SELECT count(*) FROM journal"), 3);
	assert_int_equal(fixture_int(copy, "SELECT count(DISTINCT site) FROM journal"), 2);
	int64_t second = store_site(copy);

	fixture_write(copy, "test", one_grid);             /* and stays that site */
	assert_int_equal(store_site(copy), second);
	store_close(copy);
	copy = fixture_open_at(path);
	fixture_write(copy, "test", one_grid);
	assert_int_equal(store_site(copy), second);
	assert_int_equal(copy->self.no, 3);
	store_close(copy);

	fixture_open(f);                                   /* the original goes on as it was */
	fixture_write(f->st, "test", one_grid);
	assert_int_equal(store_site(f->st), site);
	assert_int_equal(f->st->self.no, 3);
}

static void a_backup_put_back_in_place_becomes_a_new_site(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *backup = fixture_file(f, "backup.db");
	int64_t site;

	fixture_write(f->st, "test", one_grid);
	assert_ok(store_backup(f->st, backup, &f->e), &f->e);
	fixture_write(f->st, "test", one_grid);
	site = store_site(f->st);
	fixture_close(f);
	copy_file(backup, f->path);                        /* same machine, device and inode */
	fixture_open(f);
	fixture_write(f->st, "test", one_grid);
	assert_int_not_equal(store_site(f->st), site);
	assert_int_equal(f->st->self.no, 1);
}

/* The control: a database that was not put back keeps its site, however often it is opened. */
static void a_database_in_its_place_keeps_its_site(void **state)
{
	struct fixture *f = *state;
	int64_t site = store_site(f->st);

	for (int i = 1; i <= 5; i++) {
		fixture_write(f->st, "test", one_grid);
		assert_int_equal(store_site(f->st), site);
		assert_int_equal(f->st->self.no, i);
		fixture_close(f);
		fixture_open(f);
	}
}

static int die_in_the_first_write(void *context)
{
	struct store *st = fixture_open_at(context);
	struct err e = { 0 };
	AUTO_TXN t = { 0 };

	if (txn_begin(&t, st, "test", &e) != RC_OK)
		return 1;
	_exit(0);
}

static void a_restored_database_is_noticed_even_after_a_crash(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *backup = fixture_file(f, "backup.db");
	int64_t site;

	assert_ok(store_backup(f->st, backup, &f->e), &f->e);
	fixture_write(f->st, "test", one_grid);
	site = store_site(f->st);
	fixture_close(f);
	copy_file(backup, f->path);
	assert_int_equal(fixture_child(die_in_the_first_write, f->path), 0);
	fixture_open(f);
	fixture_write(f->st, "test", one_grid);
	assert_int_not_equal(store_site(f->st), site);
}

static int64_t fixed_clock(void *context)
{
	return *(const int64_t *)context;
}

#define MINUTE INT64_C(60000)
#define DAY (1440 * MINUTE)

static void a_clock_that_went_astray_is_suspected_until_confirmed(void **state)
{
	struct fixture *f = *state;
	const int64_t start = store_now(f->st) + DAY;
	int64_t now = start;
	const struct { int64_t offset; bool suspect; } cases[] = {
		{ 0, false }, { -9 * MINUTE, false }, { -11 * MINUTE, true }, { -400 * DAY, true },
		{ 14 * DAY, false }, { 16 * DAY, true }, { 20 * 365 * DAY, true }, { -60 * 365 * DAY, true },
	};

	store_set_clock(f->st, fixed_clock, &now);
	assert_false(store_clock_suspect(f->st));          /* nothing written yet */
	now = start - 1000 * DAY;
	assert_true(store_clock_suspect(f->st));           /* … but before this program was built */
	now = start;
	fixture_write(f->st, "test", one_grid);
	for (size_t i = 0; i < COUNT(cases); i++) {
		now = start + cases[i].offset;
		assert_true(store_clock_suspect(f->st) == cases[i].suspect);
	}

	now = start + 20 * DAY;                            /* a long holiday: writing goes on, the suspicion stays */
	fixture_write(f->st, "test", one_grid);
	assert_true(store_clock_suspect(f->st));
	assert_ok(store_clock_confirm(f->st, &f->e), &f->e);
	assert_false(store_clock_suspect(f->st));
	fixture_write(f->st, "test", one_grid);
	now += 3 * DAY;
	assert_false(store_clock_suspect(f->st));

	now = start - DAY;                                 /* and back again */
	assert_true(store_clock_suspect(f->st));
	assert_ok(store_clock_confirm(f->st, &f->e), &f->e);
	fixture_close(f);
	fixture_open(f);
	store_set_clock(f->st, fixed_clock, &now);
	assert_false(store_clock_suspect(f->st));
}

static void the_hybrid_clock_never_goes_back(void **state)
{
	struct fixture *f = *state;
	int64_t now = store_now(f->st), last = 0;
	static const int64_t steps[] = { 0, 5, -1000, -86400000, 0, 86400000, 1, -INT64_C(4000000000000) };

	store_set_clock(f->st, fixed_clock, &now);
	for (size_t i = 0; i < COUNT(steps); i++) {
		now += steps[i];
		fixture_write(f->st, "test", one_grid);
		int64_t hlc = fixture_int(f->st, "SELECT hlc FROM self");

		assert_true(hlc > last);
		last = hlc;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_copied_database_becomes_a_new_site_before_it_writes, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_backup_put_back_in_place_becomes_a_new_site, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_database_in_its_place_keeps_its_site, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_restored_database_is_noticed_even_after_a_crash, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_clock_that_went_astray_is_suspected_until_confirmed, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_hybrid_clock_never_goes_back, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
