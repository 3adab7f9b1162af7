/* What a list is narrowed by, one row of a table a filter: chosen by the person, said in words, kept as a line, made into conditions. */
#ifndef YL_UI_FILTER_SET_H
#define YL_UI_FILTER_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "store/list.h"
#include "ui/app.h"
#include "ui/widgets/grid_choice.h"

/* All zero: everything. Which member holds it, the kind knows. */
struct filter_value {
	char code[48];
	int choice;
	struct grid_choice grid;
};

struct filter_kind {
	const char *key;              /* in the kept line */
	const char *title;            /* 状态 */
	const char *codes;            /* by a code of this list; NULL: */
	const char *const *choices;   /* by one of these words, the first is 不限; NULL as well: by grid */
	size_t n_choices;
	const char *first;            /* the code that a list begins with; NULL: all */
	struct list_filter (*condition)(const struct app *app, const struct filter_value *v, struct arena *a);     /* asked where something is chosen */
};

#define FILTER_KINDS_MAX 8
struct filter_set {
	const struct filter_kind *kinds;
	size_t n;
	struct filter_value values[FILTER_KINDS_MAX];
};

/* `kinds` lives as long as the set. */
struct filter_set filter_set_first(const struct filter_kind *kinds, size_t n);
void filter_set_clear(struct filter_set *f);      /* everything */

/* As one line for preferences. Reading passes over what is unknown or gone: a grid that was closed, a code that is no longer there. */
void filter_set_write(const struct filter_set *f, struct strbuf *out);
void filter_set_read(struct app *app, struct filter_set *f, const char *line);

/* Returns how many; at most FILTER_KINDS_MAX. */
size_t filter_set_conditions(const struct app *app, const struct filter_set *f, struct arena *a, struct list_filter *out);
/* "在岗 · 送餐 · 网格 03 · 证书已过期"; nothing where nothing is filtered. */
void filter_set_words(const struct app *app, const struct filter_set *f, struct strbuf *out);
/* Ask what to filter by. Whether anything was chosen. */
bool filter_set_choose(struct app *app, struct filter_set *f);

/* Ask for a code of a list, or none of them: "" . Whether anything was chosen. */
bool filter_ask_code(struct app *app, const char *title, const char *codes, char *code, size_t size);

#endif
