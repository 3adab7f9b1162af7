/* What the head's screen is narrowed to. */
#include "ui/screens/review_filter.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "domain/place.h"
#include "store/record.h"
#include "ui/widgets/filter_set.h"

#define MONTHS_OFFERED 24

static void next_month(int *year, int *month, int step)
{
	int months = *year * 12 + *month - 1 + step;

	*year = months / 12;
	*month = months % 12 + 1;
}

struct review_filter review_choice_filter(const struct app *app, const struct review_choice *c)
{
	struct review_filter f = c->period == PERIOD_RECENT ? review_filter_recent(app->of) : REVIEW_FILTER_ALL;
	int year = c->year, month = c->month;

	f.grid_id = c->grid.id;
	snprintf(f.category, sizeof f.category, "%s", c->category);
	if (c->period == PERIOD_MONTH) {
		f.from_day = day_from_civil(year, month, 1);
		next_month(&year, &month, 1);
		f.to_day = day_from_civil(year, month, 1) - 1;
	}
	return f;
}

static void add_period(const struct review_choice *c, struct strbuf *out)
{
	if (c->period == PERIOD_MONTH)
		strbuf_format(out, "%d年%d月", c->year, c->month);
	else
		strbuf_add(out, c->period == PERIOD_ALL ? "不限时间" : "近12个月");
}

void review_choice_words(const struct app *app, const struct review_choice *c, struct strbuf *out)
{
	add_period(c, out);
	if (c->grid.id)
		strbuf_format(out, " · 网格 %s", c->grid.code);
	if (c->category[0])
		strbuf_format(out, " · %s", office_code_label(app->of, "category", c->category));
}

/* A line to keep ------------------------------------------------------------------------------------------------------------------ */

void review_choice_write(const struct review_choice *c, struct strbuf *out)
{
	if (c->period == PERIOD_MONTH)
		strbuf_format(out, "period=%04d-%02d", c->year, c->month);
	else
		strbuf_add(out, c->period == PERIOD_ALL ? "period=all" : "period=recent");
	if (c->grid.id)
		strbuf_format(out, " grid=%" PRId64, c->grid.id);
	if (c->category[0])
		strbuf_format(out, " category=%s", c->category);
}

static void read_period(struct review_choice *c, const char *value)
{
	int year, month;

	if (strcmp(value, "all") == 0)
		c->period = PERIOD_ALL;
	if (sscanf(value, "%4d-%2d", &year, &month) != 2 || day_from_civil(year, month, 1) == DAY_NONE)
		return;
	c->period = PERIOD_MONTH;
	c->year = year;
	c->month = month;
}

static void read_part(struct app *app, struct review_choice *c, const char *key, const char *value)
{
	const struct code_list *categories = form_codes(app->of->forms, "category");

	if (strcmp(key, "grid") == 0)
		grid_choice_read(app, &c->grid, strtoll(value, NULL, 10));
	else if (strcmp(key, "period") == 0)
		read_period(c, value);
	else if (strcmp(key, "category") == 0 && categories && code_find(categories, value))
		snprintf(c->category, sizeof c->category, "%s", value);
}

void review_choice_read(struct app *app, struct review_choice *c, const char *line)
{
	AUTO_FREE char *copy = mem_copy(line);
	char *rest = copy, *part;

	*c = (struct review_choice){ 0 };
	while ((part = strsep(&rest, " ")) != NULL) {
		char *value = strchr(part, '=');

		if (value == NULL)
			continue;
		*value = '\0';
		read_part(app, c, part, value + 1);
	}
}

/* Choosing ------------------------------------------------------------------------------------------------------------------------- */

static bool ask_period(struct app *app, struct review_choice *c)
{
	const char *labels[2 + MONTHS_OFFERED] = { "近12个月", "不限时间" };
	AUTO_ARENA arena = { 0 };
	int year, month, day, chosen;

	day_to_civil(app->today, &year, &month, &day);
	for (int i = 0; i < MONTHS_OFFERED; i++) {
		labels[2 + i] = arena_format(&arena, "%d年%d月", year, month);
		next_month(&year, &month, -1);
	}
	if ((chosen = app_choose(app, "时间", labels, COUNT(labels), c->period == PERIOD_ALL)) < 0)
		return false;
	c->period = chosen == 0 ? PERIOD_RECENT : chosen == 1 ? PERIOD_ALL : PERIOD_MONTH;
	if (c->period == PERIOD_MONTH) {
		day_to_civil(app->today, &c->year, &c->month, &day);
		next_month(&c->year, &c->month, 2 - chosen);
	}
	return true;
}

bool review_choice_ask(struct app *app, struct review_choice *c)
{
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF period = { 0 };
	const char *labels[3];

	add_period(c, &period);
	labels[0] = arena_format(&arena, "时间：%s", strbuf_str(&period));
	labels[1] = arena_format(&arena, "网格：%s", c->grid.id ? c->grid.code : "不限");
	labels[2] = arena_format(&arena, "分类：%s", c->category[0] ? office_code_label(app->of, "category", c->category) : "不限");
	switch (app_choose(app, "筛选", labels, COUNT(labels), 0)) {
	case 0:
		return ask_period(app, c);
	case 1:
		return grid_choice_ask(app, &c->grid);
	case 2:
		return filter_ask_code(app, "分类", "category", c->category, sizeof c->category);
	default:
		return false;
	}
}
