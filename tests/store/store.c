/* Opening, creating, refusing. */
#include "store/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "fixture.h"
#include "store/internal.h"

static unsigned mode_of(const char *path)
{
	struct stat at;

	assert_int_equal(stat(path, &at), 0);
	return at.st_mode & 0777;
}

#define WHOLE_MAX (16 << 20)      /* of a file that a test reads */

static char *read_whole(const char *path, size_t *n)
{
	FILE *file = fopen(path, "rb");
	char *bytes = mem_alloc(WHOLE_MAX);

	assert_non_null(file);
	*n = fread(bytes, 1, WHOLE_MAX, file);
	assert_true(*n < WHOLE_MAX);
	fclose(file);
	return bytes;
}

static void write_whole(const char *path, const void *bytes, size_t n)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

static enum rc open_rc(const char *path, bool read_only, struct err *e)
{
	struct store_options options = { .path = path, .read_only = read_only };
	struct store *st = NULL;
	enum rc rc = store_open(&st, &options, e);

	assert_true((rc == RC_OK) == (st != NULL));
	store_close(st);
	return rc;
}

static void a_new_database_is_private_whatever_the_umask_is(void **state)
{
	static const mode_t masks[] = { 0, 022, 077, 0177 };
	struct fixture *f = *state;
	mode_t before = umask(0);

	for (size_t i = 0; i < COUNT(masks); i++) {
		AUTO_FREE char *dir = mem_format("%s/a%zu/b", f->dir, i);
		AUTO_FREE char *path = mem_format("%s/x.db", dir);
		struct store_options options = { .path = path, .create = true };
		static const char *const suffixes[] = { "", "-wal", "-shm", ".lock", ".key" };
		struct store *st = NULL;

		umask(masks[i]);
		assert_ok(store_open(&st, &options, &f->e), &f->e);
		fixture_write(st, "test", "INSERT INTO grid (id, code) VALUES (1, '01')");
		assert_int_equal(mode_of(dir), 0700);
		for (size_t s = 0; s < COUNT(suffixes); s++) {
			AUTO_FREE char *file = mem_format("%s%s", path, suffixes[s]);

			assert_int_equal(mode_of(file), 0600);
		}
		store_close(st);
	}
	umask(before);
}

static void a_wider_mode_is_narrowed_when_the_database_is_opened(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *key = mem_format("%s.key", f->path);

	fixture_close(f);
	assert_int_equal(chmod(f->path, 0664), 0);
	assert_int_equal(chmod(key, 0644), 0);
	fixture_open(f);
	assert_int_equal(mode_of(f->path), 0600);
	assert_int_equal(mode_of(key), 0600);
}

static void an_existing_file_is_never_replaced(void **state)
{
	struct fixture *f = *state;
	struct store_options options = { .path = f->path, .create = true };
	struct store *st = NULL;
	int64_t site = store_site(f->st);

	assert_rc(store_open(&st, &options, &f->e), RC_CONFLICT, &f->e);
	assert_null(st);
	assert_non_null(strstr(f->e.text, "已经存在"));
	fixture_close(f);
	fixture_open(f);
	assert_int_equal(store_site(f->st), site);
}

static void a_missing_file_is_said_to_be_missing(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *path = fixture_file(f, "none.db");

	assert_rc(open_rc(path, false, &f->e), RC_NOTFOUND, &f->e);
	assert_int_not_equal(access(path, F_OK), 0);
}

static void files_that_are_not_ours_are_refused_and_not_touched(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *path = fixture_file(f, "other.db");
	AUTO_FREE char *ours = NULL;
	AUTO_FREE char *out = NULL;
	static char zeros[4096], noise[4096];
	size_t n;

	fixture_close(f);
	ours = read_whole(f->path, &n);
	for (size_t i = 0; i < sizeof noise; i++)
		noise[i] = (char)(i * 31 + 7);
	const struct { const void *bytes; size_t n; } cases[] = {
		{ "", 0 }, { "hello", 5 }, { zeros, sizeof zeros }, { noise, sizeof noise },
		{ "SQLite format 3", 16 }, { ours, 99 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *after = NULL;
		size_t n_after;

		write_whole(path, cases[i].bytes, cases[i].n);
		assert_rc(open_rc(path, false, &f->e), RC_INVALID, &f->e);
		assert_rc(open_rc(path, true, &f->e), RC_INVALID, &f->e);
		after = read_whole(path, &n_after);
		assert_int_equal(n_after, cases[i].n);
		assert_memory_equal(after, cases[i].bytes, n_after);
	}
	unlink(path);
	assert_int_equal(fixture_shell(path, "CREATE TABLE t (a)", &out), 0);
	assert_rc(open_rc(path, false, &f->e), RC_INVALID, &f->e);
}

static void a_file_cut_short_is_an_error_and_no_crash(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *ours = NULL;
	size_t n;

	fixture_close(f);
	ours = read_whole(f->path, &n);
	for (size_t cut = 100; cut < n; cut += n / 7 + 1) {
		write_whole(f->path, ours, cut);
		assert_int_not_equal(open_rc(f->path, false, &f->e), RC_OK);
		assert_true(f->e.text[0] != '\0');
	}
	write_whole(f->path, ours, n);
	assert_ok(open_rc(f->path, false, &f->e), &f->e);
}

static void a_newer_database_is_refused_and_stays_byte_for_byte(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *out = NULL;
	AUTO_FREE char *before = NULL;
	AUTO_FREE char *after = NULL;
	size_t n_before, n_after;

	fixture_close(f);
	assert_int_equal(fixture_shell(f->path, "PRAGMA user_version = 999", &out), 0);
	before = read_whole(f->path, &n_before);
	assert_rc(open_rc(f->path, false, &f->e), RC_INVALID, &f->e);
	assert_non_null(strstr(f->e.text, "999"));
	assert_non_null(strstr(f->e.text, "升级"));
	assert_rc(open_rc(f->path, true, &f->e), RC_INVALID, &f->e);
	after = read_whole(f->path, &n_after);
	assert_int_equal(n_before, n_after);
	assert_memory_equal(before, after, n_before);
}

static void the_key_file_must_be_there_and_be_the_right_one(void **state)
{
	static const char *const wrong[] = {
		"", "youlin-key-1 ", "youlin-key-1 zz", "hello\n",
		"youlin-key-1 0000000000000000000000000000000000000000000000000000000000000000\n",
		"youlin-key-2 0000000000000000000000000000000000000000000000000000000000000000\n",
	};
	struct fixture *f = *state;
	AUTO_FREE char *key = mem_format("%s.key", f->path);
	AUTO_FREE char *kept = NULL;
	size_t n;

	fixture_close(f);
	kept = read_whole(key, &n);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		write_whole(key, wrong[i], strlen(wrong[i]));
		assert_rc(open_rc(f->path, false, &f->e), RC_INVALID, &f->e);
		assert_non_null(strstr(f->e.text, "密钥"));
	}
	unlink(key);
	assert_rc(open_rc(f->path, false, &f->e), RC_INVALID, &f->e);
	assert_non_null(strstr(f->e.text, "密钥"));
	assert_int_not_equal(access(key, F_OK), 0);    /* never made anew: it would open nothing */
	assert_ok(open_rc(f->path, true, &f->e), &f->e);
	write_whole(key, kept, n);
	assert_ok(open_rc(f->path, false, &f->e), &f->e);
}

static void a_read_only_store_reads_and_never_writes(void **state)
{
	struct fixture *f = *state;
	struct store_options options = { .path = f->path, .read_only = true };
	struct store *st = NULL;
	AUTO_TXN t = { 0 };

	assert_ok(store_open(&st, &options, &f->e), &f->e);
	assert_int_equal(fixture_int(st, "SELECT count(*) FROM issue"), 0);
	assert_rc(txn_begin(&t, st, "test", &f->e), RC_DENIED, &f->e);
	store_close(st);
}

static void record_ids_are_unique_and_carry_the_site(void **state)
{
	struct fixture *f = *state;
	int64_t last = 0, id;

	assert_rc(store_new_id(f->st, &id, &f->e), RC_DB, &f->e);      /* outside a transaction */
	for (int round = 0; round < 3; round++) {
		AUTO_TXN t = { 0 };

		assert_ok(txn_begin(&t, f->st, "test", &f->e), &f->e);
		for (int i = 0; i < 5; i++) {
			assert_ok(store_new_id(f->st, &id, &f->e), &f->e);
			assert_int_equal(id >> 32, store_site(f->st));
			assert_true(id > last);
			last = id;
		}
		assert_ok(txn_commit(&t, &f->e), &f->e);
		fixture_close(f);
		fixture_open(f);
	}
}

static void a_natural_key_gives_one_id_everywhere(void **state)
{
	(void)state;
	assert_int_equal(store_derived_id("community", "330482001001"), store_derived_id("community", "330482001001"));
	assert_int_not_equal(store_derived_id("community", "1"), store_derived_id("extra", "1"));
	assert_int_not_equal(store_derived_id("a", "bc"), store_derived_id("ab", "c"));
	assert_int_equal(store_derived_id("meal_order", "1/2/3"), INT64_C(5853306284102632560));
	for (int i = 0; i < 1000; i++) {
		char key[16];

		snprintf(key, sizeof key, "%d", i);
		assert_true(store_derived_id("x", key) > 0);
	}
}

static void desk_and_demo_are_kept(void **state)
{
	static const char *const wrong[] = { "a", "AB", "1", "甲" };
	struct fixture *f = *state;

	assert_string_equal(store_desk(f->st), "");
	assert_false(store_is_demo(f->st));
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_rc(store_set_desk(f->st, wrong[i], &f->e), RC_INVALID, &f->e);
	assert_ok(store_set_desk(f->st, "B", &f->e), &f->e);
	assert_ok(store_mark_demo(f->st, &f->e), &f->e);
	fixture_close(f);
	fixture_open(f);
	assert_string_equal(store_desk(f->st), "B");
	assert_true(store_is_demo(f->st));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_new_database_is_private_whatever_the_umask_is, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_wider_mode_is_narrowed_when_the_database_is_opened, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(an_existing_file_is_never_replaced, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_missing_file_is_said_to_be_missing, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(files_that_are_not_ours_are_refused_and_not_touched, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_file_cut_short_is_an_error_and_no_crash, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_newer_database_is_refused_and_stays_byte_for_byte, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_key_file_must_be_there_and_be_the_right_one, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_read_only_store_reads_and_never_writes, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(record_ids_are_unique_and_carry_the_site, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_natural_key_gives_one_id_everywhere, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(desk_and_demo_are_kept, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
