/* What a list is narrowed by. */
#include "ui/widgets/filter_set.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_chosen(const struct filter_value *v)
{
	return v->code[0] || v->choice || v->grid.id;
}

struct filter_set filter_set_first(const struct filter_kind *kinds, size_t n)
{
	struct filter_set f = { .kinds = kinds, .n = n };

	assert(n <= FILTER_KINDS_MAX);
	for (size_t i = 0; i < n; i++)
		if (kinds[i].first)
			snprintf(f.values[i].code, sizeof f.values[i].code, "%s", kinds[i].first);
	return f;
}

void filter_set_clear(struct filter_set *f)
{
	memset(f->values, 0, sizeof f->values);
}

/* A line to keep -------------------------------------------------------------------------------------------------------------------- */

void filter_set_write(const struct filter_set *f, struct strbuf *out)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct filter_value *v = &f->values[i];

		if (v->code[0])
			strbuf_format(out, "%s=%s ", f->kinds[i].key, v->code);
		else if (is_chosen(v))
			strbuf_format(out, "%s=%" PRId64 " ", f->kinds[i].key, v->choice ? v->choice : v->grid.id);
	}
}

static void read_value(struct app *app, const struct filter_kind *kind, struct filter_value *v, const char *text)
{
	const struct code_list *list = kind->codes ? form_codes(app->of->forms, kind->codes) : NULL;
	int64_t number = strtoll(text, NULL, 10);

	if (kind->codes) {
		if (list && code_find(list, text) && strlen(text) < sizeof v->code)
			snprintf(v->code, sizeof v->code, "%s", text);
	} else if (kind->choices) {
		v->choice = number > 0 && number < (int64_t)kind->n_choices ? (int)number : 0;
	} else {
		grid_choice_read(app, &v->grid, number);
	}
}

void filter_set_read(struct app *app, struct filter_set *f, const char *line)
{
	AUTO_FREE char *copy = mem_copy(line);
	char *rest = copy, *part;

	filter_set_clear(f);
	while ((part = strsep(&rest, " ")) != NULL) {
		char *value = strchr(part, '=');

		if (!value)
			continue;
		*value = '\0';
		for (size_t i = 0; i < f->n; i++)
			if (strcmp(f->kinds[i].key, part) == 0)
				read_value(app, &f->kinds[i], &f->values[i], value + 1);
	}
}

/* Conditions and words -------------------------------------------------------------------------------------------------------------- */

size_t filter_set_conditions(const struct app *app, const struct filter_set *f, struct arena *a, struct list_filter *out)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		if (is_chosen(&f->values[i]))
			out[n++] = f->kinds[i].condition(app, &f->values[i], a);
	return n;
}

/* 在岗, 03, 证书已过期; 不限. */
static const char *value_words(const struct app *app, const struct filter_kind *kind, const struct filter_value *v)
{
	if (!is_chosen(v))
		return "不限";
	if (kind->codes)
		return office_code_label(app->of, kind->codes, v->code);
	return kind->choices ? kind->choices[v->choice] : v->grid.code;
}

void filter_set_words(const struct app *app, const struct filter_set *f, struct strbuf *out)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct filter_value *v = &f->values[i];

		if (is_chosen(v))
			strbuf_format(out, "%s%s%s", out->n ? " · " : "", v->grid.id ? "网格 " : "", value_words(app, &f->kinds[i], v));
	}
}

/* Choosing -------------------------------------------------------------------------------------------------------------------------- */

bool filter_ask_code(struct app *app, const char *title, const char *codes, char *code, size_t size)
{
	const struct code_list *list = form_codes(app->of->forms, codes);
	size_t n = list ? list->n : 0;
	AUTO_ARENA arena = { 0 };
	const char **labels = arena_alloc(&arena, (n + 1) * sizeof *labels);
	int chosen, initial = 0;

	labels[0] = arena_format(&arena, "不限%s", title);
	for (size_t i = 0; i < n; i++) {
		labels[i + 1] = arena_format(&arena, "%s%s", list->codes[i].parent ? "  " : "", list->codes[i].label);
		if (strcmp(list->codes[i].code, code) == 0)
			initial = (int)i + 1;
	}
	if ((chosen = app_choose(app, title, labels, n + 1, initial)) >= 0)
		snprintf(code, size, "%s", chosen ? list->codes[chosen - 1].code : "");
	return chosen >= 0;
}

static bool ask_choice(struct app *app, const struct filter_kind *kind, struct filter_value *v)
{
	int chosen = app_choose(app, kind->title, kind->choices, kind->n_choices, v->choice);

	if (chosen >= 0)
		v->choice = chosen;
	return chosen >= 0;
}

bool filter_set_choose(struct app *app, struct filter_set *f)
{
	const char *labels[FILTER_KINDS_MAX];
	AUTO_ARENA arena = { 0 };
	const struct filter_kind *kind;
	struct filter_value *v;
	int chosen;

	for (size_t i = 0; i < f->n; i++)
		labels[i] = arena_format(&arena, "%s：%s", f->kinds[i].title, value_words(app, &f->kinds[i], &f->values[i]));
	if ((chosen = app_choose(app, "筛选", labels, f->n, 0)) < 0)
		return false;
	kind = &f->kinds[chosen];
	v = &f->values[chosen];
	if (kind->codes)
		return filter_ask_code(app, kind->title, kind->codes, v->code, sizeof v->code);
	return kind->choices ? ask_choice(app, kind, v) : grid_choice_ask(app, &v->grid);
}
