/* What the volunteers' list shows: by status, service, grid and certificates; in words, as conditions, as a kept preference, and chosen by the person. */
#ifndef YL_UI_SCREENS_VOLUNTEERS_FILTER_H
#define YL_UI_SCREENS_VOLUNTEERS_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "store/list.h"
#include "ui/widgets/grid_choice.h"

enum papers_filter { PAPERS_ALL, PAPERS_EXPIRED, PAPERS_EXPIRING };

struct volunteers_filter {
	char status[32];              /* code of volunteer_status; "": all */
	char service[32];             /* code of service; "": all */
	struct grid_choice grid;
	enum papers_filter papers;
};

/* As one line for preferences. Reading passes over what is unknown or gone. */
void volunteers_filter_write(const struct volunteers_filter *f, struct strbuf *out);
void volunteers_filter_read(struct app *app, struct volunteers_filter *f, const char *line);

#define VOLUNTEERS_FILTERS_MAX 4
size_t volunteers_filter_conditions(const struct app *app, const struct volunteers_filter *f, struct arena *a,
                                    struct list_filter out[VOLUNTEERS_FILTERS_MAX]);
/* "在岗 · 送餐 · 网格 03 · 证书已过期"; nothing where nothing is filtered. */
void volunteers_filter_words(const struct app *app, const struct volunteers_filter *f, struct strbuf *out);
/* Ask what to filter by. Whether anything was chosen. */
bool volunteers_filter_choose(struct app *app, struct volunteers_filter *f);

#endif
