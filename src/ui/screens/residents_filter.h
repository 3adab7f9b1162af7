/* What the residents' list shows: by grid, care tag and status; in words, as conditions, as a kept preference, and chosen by the person. */
#ifndef YL_UI_SCREENS_RESIDENTS_FILTER_H
#define YL_UI_SCREENS_RESIDENTS_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "store/list.h"
#include "ui/widgets/grid_choice.h"

struct residents_filter {
	struct grid_choice grid;
	char care[32];                /* code of care_tag; "": all */
	char status[32];              /* code of resident_status; "": all */
};

/* Those who live here: what a list begins with. */
#define RESIDENTS_FILTER_FIRST ((struct residents_filter){ .status = "present" })

/* As one line for preferences. Reading passes over what is unknown or gone: a grid that was closed, a code that is no longer there. */
void residents_filter_write(const struct residents_filter *f, struct strbuf *out);
void residents_filter_read(struct app *app, struct residents_filter *f, const char *line);

#define RESIDENTS_FILTERS_MAX 3
size_t residents_filter_conditions(const struct residents_filter *f, struct arena *a, struct list_filter out[RESIDENTS_FILTERS_MAX]);
/* "在册 · 网格 03 · 独居"; nothing where nothing is filtered. */
void residents_filter_words(const struct app *app, const struct residents_filter *f, struct strbuf *out);
/* Ask what to filter by. Whether anything was chosen. */
bool residents_filter_choose(struct app *app, struct residents_filter *f);

#endif
