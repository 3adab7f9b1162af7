/* 志愿者变化: who came, who left and who did not show, month by month, as bars; below them who stood by. */
#include <stdio.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/gap.h"
#include "ui/screen.h"
#include "ui/widgets/bar_chart.h"
#include "ui/widgets/list_export.h"

#define MONTHS 12

struct trend_screen {
	char labels[MONTHS][16];
	int64_t joined[MONTHS], left[MONTHS], no_shows[MONTHS], attended[MONTHS], active[MONTHS];
	size_t n;
};

static const struct key_bind binds[] = {
	{ ACT_EXPORT, "x", WHEN_MAY_EDIT },
};
static const struct keymap keys = { "volunteer-trend", binds, COUNT(binds) };

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct trend_screen *s = state;
	const struct volunteer_trend *months;
	AUTO_ARENA arena = { 0 };
	size_t n;
	enum rc rc = volunteer_trends(app->of, MONTHS, &arena, &months, &n, e);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		int year, month, day;

		day_to_civil(months[i].month, &year, &month, &day);
		snprintf(s->labels[i], sizeof s->labels[i], "%d月", month);
		s->joined[i] = months[i].joined;
		s->left[i] = months[i].left;
		s->no_shows[i] = months[i].no_shows;
		s->attended[i] = months[i].attended;
		s->active[i] = months[i].active;
	}
	s->n = n;
	return RC_OK;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct trend_screen *s = state;
	const struct bar_series series[] = {
		{ "新来", s->joined, STYLE_GOOD, '#' }, { "离开", s->left, STYLE_WARNING, '=' }, { "爽约", s->no_shows, STYLE_URGENT, '-' },
		{ "到岗", s->attended, STYLE_TEXT, 0 }, { "在岗", s->active, STYLE_TEXT, 0 },
	};
	struct rect in = canvas_frame(c, area, STYLE_BORDER, "志愿者变化 · 近12个月");
	const char *labels[MONTHS];

	(void)app;
	for (size_t i = 0; i < s->n; i++)
		labels[i] = s->labels[i];
	in.col++;
	in.cols -= 2;
	bar_chart_draw(&(struct bar_chart){ labels, s->n, series, COUNT(series) }, c, in);
}

static struct next act(struct app *app, void *state, enum action action)
{
	(void)state;
	if (action != ACT_EXPORT)
		return next_pass();
	report_export(app, "volunteer-trend", &(struct report_query){ .months = MONTHS });
	return next_stay();
}

static unsigned when(const struct app *app, const void *state)
{
	(void)state;
	return office_may(app->of, MAY_EXPORT_LIST) ? WHEN_MAY_EDIT : 0;
}

const struct screen_def volunteer_trend_screen = {
	.name = "volunteer-trend", .title = "志愿者变化",
	.reads = TBL_VOLUNTEER | TBL_ATTENDANCE,
	.state_size = sizeof(struct trend_screen), .keys = &keys,
	.load = load_screen, .draw = draw, .act = act, .when = when,
};
