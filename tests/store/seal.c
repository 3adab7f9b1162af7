/* Sealed values open in their place, with their key, undamaged; and nowhere else. */
#include "store/seal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fixture.h"

static void a_value_opens_again_and_looks_different_each_time(void **state)
{
	static const char *const texts[] = { "", "1", "11010519491231002X", "高血压、听力不好\n每天服药" };
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(texts); i++) {
		AUTO_FREE unsigned char *a = NULL;
		AUTO_FREE unsigned char *b = NULL;
		AUTO_FREE char *plain = NULL;
		size_t n_a, n_b;

		seal_text(f->st, "resident", 5, "id_number", texts[i], &a, &n_a);
		seal_text(f->st, "resident", 5, "id_number", texts[i], &b, &n_b);
		assert_int_equal(n_a, n_b);
		assert_memory_not_equal(a, b, n_a);
		assert_ok(seal_open(f->st, "resident", 5, "id_number", a, n_a, &plain, &f->e), &f->e);
		assert_string_equal(plain, texts[i]);
	}
}

static void a_value_moved_elsewhere_or_damaged_does_not_open(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE unsigned char *sealed = NULL;
	char *plain = (char *)"as before";
	size_t n;

	seal_text(f->st, "resident", 5, "id_number", "11010519491231002X", &sealed, &n);
	assert_rc(seal_open(f->st, "issue", 5, "id_number", sealed, n, &plain, &f->e), RC_INVALID, &f->e);
	assert_rc(seal_open(f->st, "resident", 6, "id_number", sealed, n, &plain, &f->e), RC_INVALID, &f->e);
	assert_rc(seal_open(f->st, "resident", 5, "health_note", sealed, n, &plain, &f->e), RC_INVALID, &f->e);
	for (size_t cut = 0; cut < n; cut++)
		assert_rc(seal_open(f->st, "resident", 5, "id_number", sealed, cut, &plain, &f->e), RC_INVALID, &f->e);
	for (size_t bit = 0; bit < 8 * n; bit++) {
		sealed[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_rc(seal_open(f->st, "resident", 5, "id_number", sealed, n, &plain, &f->e), RC_INVALID, &f->e);
		sealed[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	assert_rc(seal_open(f->st, "resident", 5, "id_number", NULL, 0, &plain, &f->e), RC_INVALID, &f->e);
	assert_string_equal(plain, "as before");
}

static void another_office_opens_nothing_and_hashes_otherwise(void **state)
{
	struct fixture *f = *state;
	AUTO_FREE char *path = fixture_file(f, "other.db");
	AUTO_FREE unsigned char *sealed = NULL;
	struct store_options options = { .path = path, .create = true };
	struct store *other = NULL;
	unsigned char mine[SEAL_HASH_BYTES], theirs[SEAL_HASH_BYTES], again[SEAL_HASH_BYTES];
	char *plain = NULL;
	size_t n;

	assert_ok(store_open(&other, &options, &f->e), &f->e);
	seal_text(f->st, "resident", 5, "id_number", "11010519491231002X", &sealed, &n);
	assert_rc(seal_open(other, "resident", 5, "id_number", sealed, n, &plain, &f->e), RC_INVALID, &f->e);
	seal_hash(f->st, "resident", "id_number", "11010519491231002X", mine);
	seal_hash(f->st, "resident", "id_number", "11010519491231002X", again);
	seal_hash(other, "resident", "id_number", "11010519491231002X", theirs);
	assert_memory_equal(mine, again, SEAL_HASH_BYTES);
	assert_memory_not_equal(mine, theirs, SEAL_HASH_BYTES);
	seal_hash(f->st, "resident", "id_number2", "11010519491231002X", again);
	assert_memory_not_equal(mine, again, SEAL_HASH_BYTES);
	store_close(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_value_opens_again_and_looks_different_each_time, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_value_moved_elsewhere_or_damaged_does_not_open, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(another_office_opens_nothing_and_hashes_otherwise, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
