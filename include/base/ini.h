/* INI files, read through iniparser once and for all: with file and line for every key, in file order.
 *
 * iniparser (4.1) lower-cases section and key names, takes `;` and `#` as comments outside quotes, and lets a later key
 * overwrite an earlier one; the wrapper refuses duplicates, bytes that are not UTF-8, control and bidi characters, lines over 1,000
 * bytes, lines continued with `\`, keys outside a section, names with `:`, unpaired quotes and files over 1 MiB or 10,000 lines,
 * each as "file:line: what, and what is allowed".
 */
#ifndef YL_BASE_INI_H
#define YL_BASE_INI_H

#include <stddef.h>

#include "base/err.h"

struct ini_entry {
	const char *key;      /* lower case */
	const char *value;    /* "" if empty */
	const char *path;     /* the file that states it: differs from the ini's after ini_overlay() */
	int line;
};

struct ini_section {
	const char *name;     /* lower case, blanks inside made single */
	const char *path;
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

/* Lay a file over another: its sections are added, or replace those of the same name key by key. `over` may be freed afterwards. */
void ini_overlay(struct ini *ini, const struct ini *over);

/* NULL where there is none. */
const struct ini_section *ini_section(const struct ini *ini, const char *name);
const struct ini_entry *ini_entry(const struct ini_section *s, const char *key);
const char *ini_value(const struct ini_section *s, const char *key);

/* Refuse a key that is none of the words (NULL-ended), and say which are allowed. */
enum rc ini_check_keys(const struct ini_section *s, const char *const *allowed, struct err *e) MUST_USE;

/* Refuse with RC_INVALID and "path:line: message"; without the line where it is 0. */
enum rc ini_refuse(const char *path, int line, struct err *e, const char *format, ...) PRINTF_LIKE(4, 5);

#endif
