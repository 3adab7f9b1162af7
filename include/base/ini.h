/* INI files, read through iniparser once and for all: with file and line for every key, in file order.
 *
 * iniparser (4.1) lower-cases section and key names, takes `;` and `#` as comments outside quotes, and lets a later key
 * overwrite an earlier one; the wrapper refuses duplicates, bytes that are not UTF-8, lines over 1,000 bytes, keys outside a section
 * and files over 1 MiB, each as "file:line: what, and what is allowed".
 */
#ifndef YL_BASE_INI_H
#define YL_BASE_INI_H

#include <stddef.h>

#include "base/err.h"

struct ini_entry {
	const char *key;      /* lower case */
	const char *value;    /* "" if empty */
	int line;
};

struct ini_section {
	const char *name;     /* lower case */
	int line;
	const struct ini_entry *entries;
	size_t n;
};

struct ini {
	const char *path;     /* as errors show it */
	const struct ini_section *sections;
	size_t n;
	struct arena *arena;  /* owns everything above */
};

/* Errors  RC_IO where the file can't be read, RC_INVALID for its content. */
enum rc ini_load(struct ini **out, const char *path, struct err *e) MUST_USE;
void ini_free(struct ini *ini);

/* NULL where there is none. */
const struct ini_section *ini_section(const struct ini *ini, const char *name);
const struct ini_entry *ini_entry(const struct ini_section *s, const char *key);
const char *ini_value(const struct ini_section *s, const char *key);

/* Refuse with "path:line: message". */
enum rc ini_refuse(const struct ini *ini, int line, struct err *e, const char *format, ...) PRINTF_LIKE(4, 5);

#endif
