/* What the volunteers' list shows. */
#include "ui/screens/volunteers_filter.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/volunteer.h"

static const char *const paper_words[] = { [PAPERS_ALL] = "不限", [PAPERS_EXPIRED] = "证书已过期", [PAPERS_EXPIRING] = "证书快到期" };

void volunteers_filter_write(const struct volunteers_filter *f, struct strbuf *out)
{
	if (*f->status)
		strbuf_format(out, "status=%s ", f->status);
	if (*f->service)
		strbuf_format(out, "service=%s ", f->service);
	if (f->grid.id)
		strbuf_format(out, "grid=%" PRId64 " ", f->grid.id);
	if (f->papers != PAPERS_ALL)
		strbuf_format(out, "papers=%d ", (int)f->papers);
}

static void read_code(const struct app *app, const char *list, const char *value, char *out, size_t size)
{
	const struct code_list *codes = form_codes(app->of->forms, list);

	if (codes && code_find(codes, value) && strlen(value) < size)
		snprintf(out, size, "%s", value);
}

static void read_part(struct app *app, struct volunteers_filter *f, const char *key, const char *value)
{
	if (strcmp(key, "status") == 0)
		read_code(app, "volunteer_status", value, f->status, sizeof f->status);
	else if (strcmp(key, "service") == 0)
		read_code(app, "service", value, f->service, sizeof f->service);
	else if (strcmp(key, "grid") == 0)
		grid_choice_read(app, &f->grid, strtoll(value, NULL, 10));
	else if (strcmp(key, "papers") == 0 && (value[0] == '1' || value[0] == '2'))
		f->papers = (enum papers_filter)(value[0] - '0');
}

void volunteers_filter_read(struct app *app, struct volunteers_filter *f, const char *line)
{
	AUTO_FREE char *copy = mem_copy(line);
	char *rest = copy, *part;

	*f = (struct volunteers_filter){ 0 };
	while ((part = strsep(&rest, " ")) != NULL) {
		char *value = strchr(part, '=');

		if (!value)
			continue;
		*value = '\0';
		read_part(app, f, part, value + 1);
	}
}

size_t volunteers_filter_conditions(const struct app *app, const struct volunteers_filter *f, struct arena *a,
                                    struct list_filter out[VOLUNTEERS_FILTERS_MAX])
{
	size_t n = 0;

	if (*f->status)
		out[n++] = volunteer_filter_status(f->status, a);
	if (*f->service)
		out[n++] = volunteer_filter_service(f->service, a);
	if (f->grid.id)
		out[n++] = volunteer_filter_grid(f->grid.id);
	if (f->papers != PAPERS_ALL)
		out[n++] = f->papers == PAPERS_EXPIRED ? volunteer_filter_expired(app->today) : volunteer_filter_expiring(app->today);
	return n;
}

static void add_word(struct strbuf *out, const char *word)
{
	if (*word)
		strbuf_format(out, "%s%s", out->n ? " · " : "", word);
}

void volunteers_filter_words(const struct app *app, const struct volunteers_filter *f, struct strbuf *out)
{
	AUTO_STRBUF grid = { 0 };

	add_word(out, office_code_label(app->of, "volunteer_status", f->status));
	add_word(out, office_code_label(app->of, "service", f->service));
	if (f->grid.id)
		strbuf_format(&grid, "网格 %s", f->grid.code);
	add_word(out, strbuf_str(&grid));
	if (f->papers != PAPERS_ALL)
		add_word(out, paper_words[f->papers]);
}

static bool choose_code(struct app *app, const char *title, const char *list, char *code, size_t size)
{
	const struct code_list *codes = form_codes(app->of->forms, list);
	size_t n = codes ? codes->n : 0;
	AUTO_FREE const char **labels = mem_alloc((n + 1) * sizeof *labels);
	int chosen, initial = 0;

	labels[0] = "不限";
	for (size_t i = 0; i < n; i++) {
		labels[i + 1] = codes->codes[i].label;
		if (strcmp(codes->codes[i].code, code) == 0)
			initial = (int)i + 1;
	}
	chosen = app_choose(app, title, labels, n + 1, initial);
	if (chosen >= 0)
		snprintf(code, size, "%s", chosen ? codes->codes[chosen - 1].code : "");
	return chosen >= 0;
}

static const char *or_all(const char *words)
{
	return *words ? words : "不限";
}

bool volunteers_filter_choose(struct app *app, struct volunteers_filter *f)
{
	AUTO_ARENA arena = { 0 };
	const char *labels[] = {
		arena_format(&arena, "状态：%s", or_all(office_code_label(app->of, "volunteer_status", f->status))),
		arena_format(&arena, "服务：%s", or_all(office_code_label(app->of, "service", f->service))),
		arena_format(&arena, "网格：%s", f->grid.id ? f->grid.code : "不限"),
		arena_format(&arena, "证书：%s", paper_words[f->papers]),
	};
	int papers;

	switch (app_choose(app, "筛选", labels, COUNT(labels), 0)) {
	case 0:
		return choose_code(app, "状态", "volunteer_status", f->status, sizeof f->status);
	case 1:
		return choose_code(app, "服务", "service", f->service, sizeof f->service);
	case 2:
		return grid_choice_ask(app, &f->grid);
	case 3:
		if ((papers = app_choose(app, "证书", paper_words, COUNT(paper_words), (int)f->papers)) < 0)
			return false;
		f->papers = (enum papers_filter)papers;
		return true;
	default:
		return false;
	}
}
