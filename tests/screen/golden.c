/* Pages that are compared whole. */
#include "golden.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "test.h"

#define CLOCK_ALARM "本机时钟可疑，请管理员核对"

/* 09:41 → ##:## */
static void mask_times(char *s)
{
	for (; s[0]; s++)
		if (isdigit((unsigned char)s[0]) && isdigit((unsigned char)s[1]) && s[2] == ':' && isdigit((unsigned char)s[3]) &&
		    isdigit((unsigned char)s[4]))
			s[0] = s[1] = s[3] = s[4] = '#';
}

/* Taken out with the blanks before it, as the row would read without. */
static void mask_alarm(char *s)
{
	char *at = strstr(s, CLOCK_ALARM), *from = at;

	if (at == NULL)
		return;
	while (from > s && from[-1] == ' ')
		from--;
	memmove(from, at + strlen(CLOCK_ALARM), strlen(at + strlen(CLOCK_ALARM)) + 1);
}

static char *read_file(const char *path)
{
	AUTO_STRBUF content = { 0 };
	FILE *file = fopen(path, "r");
	char block[4096];
	size_t n;

	while (file && (n = fread(block, 1, sizeof block, file)) > 0)
		strbuf_add_n(&content, block, n);
	if (file)
		fclose(file);
	return strbuf_take(&content);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (file == NULL)
		fail_msg("%s can't be written", path);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* Print the lines that differ, as a patch does. */
static void print_difference(char *want, char *have)
{
	char *a, *b;

	do {
		a = strsep(&want, "\n");
		b = strsep(&have, "\n");
		if (a && b && strcmp(a, b) == 0)
			continue;
		if (a)
			print_error("-%s\n", a);
		if (b)
			print_error("+%s\n", b);
	} while (a || b);
}

void golden_check(struct terminal *t, const char *name)
{
	AUTO_FREE char *path = mem_format("%s/tests/screen/golden/%s.txt", YL_SOURCE_DIR, name);
	AUTO_FREE char *want = NULL, *have = NULL;
	const char *update = getenv("UPDATE_GOLDEN");

	terminal_settle(t, 200, 5000);
	have = mem_copy(terminal_screen(t));
	mask_times(have);
	mask_alarm(have);
	if (update && *update) {
		write_file(path, have);
		return;
	}
	want = read_file(path);
	if (strcmp(want, have) == 0)
		return;
	print_difference(want, have);
	fail_msg("the page %s is not as it was (UPDATE_GOLDEN=1 keeps the new one)", name);
}
