/* Directories of files for tests. */
#include "files.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "test.h"

void folder_make(struct folder *f)
{
	strcpy(f->path, "/tmp/youlin-test-XXXXXX");
	assert_non_null(mkdtemp(f->path));
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void folder_remove(struct folder *f)
{
	nftw(f->path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void folder_write(const struct folder *f, const char *name, const char *bytes, size_t n, char path[256])
{
	const char *slash = strchr(name, '/');
	FILE *file;

	if (slash) {
		AUTO_FREE char *dir = mem_format("%s/%.*s", f->path, (int)(slash - name), name);

		mkdir(dir, 0700);
	}
	snprintf(path, 256, "%s/%s", f->path, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	assert_int_equal(fclose(file), 0);
}

void folder_write_text(const struct folder *f, const char *name, const char *text)
{
	char path[256];

	folder_write(f, name, text, strlen(text), path);
}

char *file_content(const char *path)
{
	AUTO_STRBUF content = { 0 };
	FILE *file = fopen(path, "r");
	char block[4096];
	size_t n;

	if (file == NULL)
		return NULL;
	while ((n = fread(block, 1, sizeof block, file)) > 0)
		strbuf_add_n(&content, block, n);
	fclose(file);
	return strbuf_take(&content);
}

int folder_setup(void **state)
{
	struct folder *f = mem_alloc(sizeof *f);

	folder_make(f);
	*state = f;
	return 0;
}

int folder_teardown(void **state)
{
	folder_remove(*state);
	free(*state);
	return 0;
}
