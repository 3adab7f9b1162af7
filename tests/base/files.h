/* A directory of files for one test, thrown away afterwards. */
#ifndef YL_TESTS_BASE_FILES_H
#define YL_TESTS_BASE_FILES_H

#include <stddef.h>

struct folder {
	char path[64];
};

void folder_make(struct folder *f);
void folder_remove(struct folder *f);
/* Write a file below the folder ("urban/codes.ini" makes the directory too); its path is put into path[256]. */
void folder_write(const struct folder *f, const char *name, const char *bytes, size_t n, char path[256]);
void folder_write_text(const struct folder *f, const char *name, const char *text);
/* A file's whole content; the caller frees. NULL if it can't be read. */
char *file_content(const char *path);

/* cmocka fixtures: *state is a fresh struct folder. */
int folder_setup(void **state);
int folder_teardown(void **state);

#endif
