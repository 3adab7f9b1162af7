/* Files that a person asked for. */
#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "test.h"

static int make_folder(void **state)
{
	char folder[] = "/tmp/youlin-file-XXXXXX";

	if (!mkdtemp(folder))
		return -1;
	*state = mem_copy(folder);
	return 0;
}

static int drop_folder(void **state)
{
	AUTO_FREE char *file = mem_format("%s/out.csv", (char *)*state);

	unlink(file);
	if (rmdir(*state) != 0)            /* fails where a temporary file was left behind */
		return -1;
	free(*state);
	return 0;
}

static void check_content(const char *path, const char *want)
{
	char got[64] = "";
	int fd = open(path, O_RDONLY);
	ssize_t n;

	assert_true(fd >= 0);
	n = read(fd, got, sizeof(got) - 1);
	close(fd);
	assert_int_equal(n, strlen(want));
	assert_string_equal(got, want);
}

static void a_file_is_private_and_not_replaced_unasked(void **state)
{
	AUTO_FREE char *path = mem_format("%s/out.csv", (char *)*state);
	struct err e = { 0 };
	struct stat s;

	assert_int_equal(file_write(path, "one", 3, false, &e), RC_OK);
	assert_int_equal(stat(path, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0600);
	assert_int_equal(file_write(path, "two", 3, false, &e), RC_CONFLICT);
	check_content(path, "one");
	assert_int_equal(file_write(path, "two", 3, true, &e), RC_OK);
	check_content(path, "two");
}

static void what_cannot_be_written_is_said_and_leaves_nothing(void **state)
{
	AUTO_FREE char *missing = mem_format("%s/none/out.csv", (char *)*state);
	struct err e = { 0 };

	assert_int_equal(file_write("", "x", 1, false, &e), RC_INVALID);
	assert_int_equal(file_write("  ", "x", 1, false, &e), RC_INVALID);
	assert_int_equal(file_write(*state, "x", 1, true, &e), RC_INVALID);
	assert_int_equal(file_write(missing, "x", 1, false, &e), RC_IO);
	assert_non_null(strstr(e.text, "none/out.csv"));
}

static void a_typed_path_is_cleaned_and_knows_the_home_directory(void **state)
{
	AUTO_FREE char *home = NULL;
	AUTO_FREE char *plain = NULL;

	(void)state;
	setenv("HOME", "/home/wang", 1);
	home = file_path(" ~/居民.csv ");
	plain = file_path("a~/b\x1b.csv");
	assert_string_equal(home, "/home/wang/居民.csv");
	assert_string_equal(plain, "a~/b.csv");
	assert_null(file_path(""));
	assert_null(file_path("\x1b"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_is_private_and_not_replaced_unasked, make_folder, drop_folder),
		cmocka_unit_test_setup_teardown(what_cannot_be_written_is_said_and_leaves_nothing, make_folder, drop_folder),
		cmocka_unit_test(a_typed_path_is_cleaned_and_knows_the_home_directory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
