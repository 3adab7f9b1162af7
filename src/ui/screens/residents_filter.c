/* What the residents' list shows. */
#include "ui/screens/residents_filter.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/place.h"
#include "domain/resident.h"
#include "store/record.h"

/* A code list that the list can be filtered by, and where in the filter its code is kept. */
struct code_filter {
	const char *key;              /* in the preference */
	const char *codes;
	const char *title;
	size_t offset, size;
};
#define CODE_FILTER(key, codes, title, member) \
	{ key, codes, title, offsetof(struct residents_filter, member), sizeof(((struct residents_filter *)0)->member) }
static const struct code_filter code_filters[] = {
	CODE_FILTER("status", "resident_status", "人员状态", status),
	CODE_FILTER("care", "care_tag", "关爱标签", care),
};

static char *code_of(struct residents_filter *f, const struct code_filter *by)
{
	return (char *)f + by->offset;
}

static const char *code_in(const struct residents_filter *f, const struct code_filter *by)
{
	return (const char *)f + by->offset;
}

void residents_filter_write(const struct residents_filter *f, struct strbuf *out)
{
	if (f->grid.id)
		strbuf_format(out, "grid=%" PRId64 " ", f->grid.id);
	for (size_t i = 0; i < COUNT(code_filters); i++)
		if (*code_in(f, &code_filters[i]))
			strbuf_format(out, "%s=%s ", code_filters[i].key, code_in(f, &code_filters[i]));
}

static void read_part(struct app *app, struct residents_filter *f, const char *key, const char *value)
{
	if (strcmp(key, "grid") == 0)
		grid_choice_read(app, &f->grid, strtoll(value, NULL, 10));
	for (size_t i = 0; i < COUNT(code_filters); i++) {
		const struct code_filter *by = &code_filters[i];
		const struct code_list *list = form_codes(app->of->forms, by->codes);

		if (strcmp(key, by->key) == 0 && list && code_find(list, value) && strlen(value) < by->size)
			snprintf(code_of(f, by), by->size, "%s", value);
	}
}

void residents_filter_read(struct app *app, struct residents_filter *f, const char *line)
{
	AUTO_FREE char *copy = mem_copy(line);
	char *rest = copy, *part;

	*f = (struct residents_filter){ 0 };
	while ((part = strsep(&rest, " ")) != NULL) {
		char *value = strchr(part, '=');

		if (!value)
			continue;
		*value = '\0';
		read_part(app, f, part, value + 1);
	}
}

size_t residents_filter_conditions(const struct residents_filter *f, struct arena *a, struct list_filter out[RESIDENTS_FILTERS_MAX])
{
	size_t n = 0;

	if (f->grid.id)
		out[n++] = resident_filter_grid(f->grid.id);
	if (*f->care)
		out[n++] = resident_filter_care(f->care, a);
	if (*f->status)
		out[n++] = resident_filter_status(f->status, a);
	return n;
}

void residents_filter_words(const struct app *app, const struct residents_filter *f, struct strbuf *out)
{
	for (size_t i = 0; i < COUNT(code_filters); i++) {
		const struct code_list *list = form_codes(app->of->forms, code_filters[i].codes);
		const char *code = code_in(f, &code_filters[i]);

		if (*code)
			strbuf_format(out, "%s%s", out->n ? " · " : "", list ? code_label(list, code) : code);
	}
	if (f->grid.id)
		strbuf_format(out, "%s网格 %s", out->n ? " · " : "", f->grid.code);
}

static bool choose_code(struct app *app, struct residents_filter *f, const struct code_filter *by)
{
	const struct code_list *list = form_codes(app->of->forms, by->codes);
	size_t n = list ? list->n : 0;
	AUTO_FREE const char **labels = mem_alloc((n + 1) * sizeof *labels);
	int chosen, initial = 0;

	labels[0] = "不限";
	for (size_t i = 0; i < n; i++) {
		labels[i + 1] = list->codes[i].label;
		if (strcmp(list->codes[i].code, code_of(f, by)) == 0)
			initial = (int)i + 1;
	}
	chosen = app_choose(app, by->title, labels, n + 1, initial);
	if (chosen >= 0)
		snprintf(code_of(f, by), by->size, "%s", chosen ? list->codes[chosen - 1].code : "");
	return chosen >= 0;
}

bool residents_filter_choose(struct app *app, struct residents_filter *f)
{
	AUTO_ARENA arena = { 0 };
	const char *labels[COUNT(code_filters) + 1];
	int chosen;

	labels[0] = arena_format(&arena, "网格：%s", f->grid.id ? f->grid.code : "不限");
	for (size_t i = 0; i < COUNT(code_filters); i++) {
		const struct code_list *list = form_codes(app->of->forms, code_filters[i].codes);
		const char *code = code_of(f, &code_filters[i]);

		labels[i + 1] = arena_format(&arena, "%s：%s", code_filters[i].title, *code && list ? code_label(list, code) : "不限");
	}
	chosen = app_choose(app, "筛选", labels, COUNT(labels), 0);
	if (chosen < 0)
		return false;
	return chosen == 0 ? grid_choice_ask(app, &f->grid) : choose_code(app, f, &code_filters[chosen - 1]);
}
