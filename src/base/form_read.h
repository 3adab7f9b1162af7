/* The parts of reading a forms directory; form.c puts them together. */
#ifndef YL_SRC_BASE_FORM_READ_H
#define YL_SRC_BASE_FORM_READ_H

#include "base/form.h"
#include "base/ini.h"
#include "base/mem.h"

struct form_set {
	struct arena arena;               /* owns everything below */
	struct code_list *lists;
	size_t n_lists;
	struct form *forms;               /* by name */
	size_t n;
};

/* [a-z][a-z0-9_]*, at most `max` characters: what may become an identifier in SQL. */
bool form_is_identifier(const char *s, size_t max);
#define IDENTIFIER_MAX 40

/* The next blank-separated word at *s, its length in *n; NULL at the end. *s moves behind it. */
const char *form_next_word(const char **s, size_t *n);

/* Every list of codes.ini. */
enum rc codes_read(struct form_set *set, const struct ini *ini, struct err *e) MUST_USE;

/* One form file, whatever its fields refer to outside of it still unchecked. */
enum rc form_read(struct form_set *set, struct form *form, const struct ini *ini, struct err *e) MUST_USE;
/* A field's `type = …`. */
enum rc field_type_read(struct form_set *set, struct field *f, const struct ini_entry *at, struct err *e) MUST_USE;
/* `shown_when` and `default` of all fields, which need to know each other. */
enum rc form_read_conditions(struct form_set *set, struct form *form, const struct ini *ini, struct err *e) MUST_USE;
/* The section [list]. */
enum rc form_read_list(struct form_set *set, struct form *form, const struct ini_section *s, struct err *e) MUST_USE;

#endif
