/* Allocation, arenas and growing strings. */
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "test.h"

static void memory_comes_zeroed_and_copies_are_whole(void **state)
{
	AUTO_FREE unsigned char *block = mem_alloc(1000);
	AUTO_FREE char *copy = mem_copy("王秀英");
	AUTO_FREE char *part = mem_copy_n("王秀英", 3);
	AUTO_FREE char *made = mem_format("%s-%d", "a", 5);
	AUTO_FREE char *nothing = mem_copy(NULL);
	AUTO_FREE char *empty = mem_alloc(0);

	(void)state;
	for (int i = 0; i < 1000; i++)
		assert_int_equal(block[i], 0);
	assert_string_equal(copy, "王秀英");
	assert_string_equal(part, "王");
	assert_string_equal(made, "a-5");
	assert_null(nothing);
	assert_non_null(empty);
}

static void an_array_grows_and_keeps_its_elements(void **state)
{
	int *array = NULL;
	size_t cap = 0;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		array = mem_grow(array, &cap, (size_t)i + 1, sizeof *array);
		array[i] = i;
	}
	assert_true(cap >= 10000);
	for (int i = 0; i < 10000; i++)
		assert_int_equal(array[i], i);
	free(array);
}

static void an_arena_gives_separate_aligned_blocks(void **state)
{
	AUTO_ARENA arena = { 0 };
	char *first = arena_copy(&arena, "first");

	(void)state;
	for (size_t n = 0; n < 3000; n += 7) {
		char *block = arena_alloc(&arena, n);

		assert_int_equal((uintptr_t)block % 16, 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(block[i], 0);
		memset(block, 'x', n);
	}
	assert_string_equal(first, "first");
	assert_string_equal(arena_copy(&arena, "王"), "王");
	assert_string_equal(arena_format(&arena, "%05d", 42), "00042");
	assert_null(arena_copy(&arena, NULL));
	memset(arena_alloc(&arena, 1 << 20), 'y', 1 << 20);
	arena_clear(&arena);
	assert_null(arena.head);
	assert_string_equal(arena_copy_n(&arena, "秀英", 3), "秀");
}

static void a_string_grows_and_is_taken(void **state)
{
	AUTO_STRBUF b = { 0 };
	char *taken;

	(void)state;
	assert_string_equal(strbuf_str(&b), "");
	for (int i = 0; i < 1000; i++)
		strbuf_format(&b, "%d,", i % 10);
	assert_int_equal(b.n, 2000);
	strbuf_truncate(&b, 3);
	strbuf_truncate(&b, 10);
	strbuf_add(&b, "王");
	strbuf_add_n(&b, "xyz", 1);
	strbuf_add_char(&b, '!');
	strbuf_format(&b, "%s", "");
	assert_string_equal(strbuf_str(&b), "0,1王x!");
	taken = strbuf_take(&b);
	assert_string_equal(taken, "0,1王x!");
	assert_string_equal(strbuf_str(&b), "");
	free(taken);
	taken = strbuf_take(&b);
	assert_string_equal(taken, "");
	free(taken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_comes_zeroed_and_copies_are_whole),
		cmocka_unit_test(an_array_grows_and_keeps_its_elements),
		cmocka_unit_test(an_arena_gives_separate_aligned_blocks),
		cmocka_unit_test(a_string_grows_and_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
