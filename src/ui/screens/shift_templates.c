/* 班次模板: what makes the week, each with the hands it wants. */
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "domain/shift.h"
#include "ui/card_screen.h"
#include "ui/screens/part.h"

enum template_tag { TEMPLATE_TAG_NONE, TEMPLATE_TAG_TEMPLATE, TEMPLATE_TAG_NEED };

struct templates_screen {
	struct card_screen cs;        /* first */
	const struct shift_template *templates;
	size_t n;
};

enum { WHEN_EDITS = WHEN_OWN, WHEN_TEMPLATE = WHEN_OWN << 1, WHEN_PART = WHEN_OWN << 2 };

static const struct key_bind binds[] = {
	{ ACT_EDIT,       "Enter F4 E", WHEN_EDITS | WHEN_PART },
	{ ACT_NEW,        "F2 N",       WHEN_EDITS },
	{ ACT_SHIFT_NEED, "F7 L",       WHEN_EDITS | WHEN_PART },
	{ ACT_DELETE,     "D",          WHEN_EDITS | WHEN_PART },
	{ ACT_HISTORY,    "F3 h",       WHEN_TEMPLATE },
};
static const struct keymap keys = { "shift-templates", binds, COUNT(binds) };

/* 周一至周五, 周一三五, 每天 */
static void add_weekdays(unsigned weekdays, struct strbuf *out)
{
	static const char *const names[] = { "", "一", "二", "三", "四", "五", "六", "日" };
	int first = 0, last = 0, n = 0;

	for (int d = 1; d <= 7; d++) {
		if (!(weekdays & 1U << d))
			continue;
		first = first ? first : d;
		last = d;
		n++;
	}
	if (n == 7) {
		strbuf_add(out, "每天");
	} else if (n > 2 && last - first + 1 == n) {
		strbuf_format(out, "周%s至周%s", names[first], names[last]);
	} else {
		strbuf_add(out, n ? "周" : "");
		for (int d = 1; d <= 7; d++)
			strbuf_add(out, weekdays & 1U << d ? names[d] : "");
	}
}

static void add_template(const struct app *app, struct card_view *v, const struct shift_template *t)
{
	AUTO_STRBUF line = { 0 };

	add_weekdays(t->weekdays, &line);
	strbuf_add_char(&line, ' ');
	time_format(&line, t->begin_min);
	strbuf_add_char(&line, '-');
	time_format(&line, t->end_min);
	strbuf_format(&line, " %s · %s", t->title, office_code_label(app->of, "service", t->service));
	if (t->place[0])
		strbuf_format(&line, " · %s", t->place);
	if (t->grid[0])
		strbuf_format(&line, " · 网格 %s", t->grid);
	if (t->on_holidays)
		strbuf_add(&line, " · 节假日照开");
	card_view_line(v, strbuf_str(&line), STYLE_STRONG, t->id, TEMPLATE_TAG_TEMPLATE);
	for (size_t i = 0; i < t->n_needs; i++) {
		const struct shift_need *need = &t->needs[i];
		AUTO_STRBUF part = { 0 };

		strbuf_format(&part, "    %s %d人", office_code_label(app->of, "shift_role", need->role), need->headcount);
		if (need->skill[0])
			strbuf_format(&part, " · %s", office_code_label(app->of, "skill", need->skill));
		if (need->qualification[0])
			strbuf_format(&part, " · %s", office_code_label(app->of, "qualification_kind", need->qualification));
		card_view_line(v, strbuf_str(&part), STYLE_TEXT, need->id, TEMPLATE_TAG_NEED);
	}
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct templates_screen *s = state;
	enum rc rc;

	card_screen_clear(&s->cs);
	s->templates = NULL;
	s->n = 0;
	if ((rc = shift_templates(app->of, &s->cs.arena, &s->templates, &s->n, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < s->n; i++)
		add_template(app, &s->cs.view, &s->templates[i]);
	if (s->n == 0)
		card_view_line(&s->cs.view, "还没有模板：按 F2 加一个，排班时按 F5 就能建一周", STYLE_DIM, 0, TEMPLATE_TAG_NONE);
	card_screen_show(app, &s->cs, "班次模板");
	return RC_OK;
}

/* Acting ----------------------------------------------------------------------------------------------------------------------------- */

static const struct shift_template *template_here(const struct templates_screen *s)
{
	const struct card_item *item = card_view_item(&s->cs.view);

	for (size_t i = 0; item && i < s->n; i++) {
		if (item->tag == TEMPLATE_TAG_TEMPLATE && s->templates[i].id == item->id)
			return &s->templates[i];
		for (size_t k = 0; item->tag == TEMPLATE_TAG_NEED && k < s->templates[i].n_needs; k++)
			if (s->templates[i].needs[k].id == item->id)
				return &s->templates[i];
	}
	return NULL;
}

static unsigned when(const struct app *app, const void *state)
{
	const struct templates_screen *s = state;
	const struct card_item *item = card_view_item(&s->cs.view);

	return (office_may(app->of, MAY_ROSTER_EDIT) ? WHEN_EDITS : 0) | (item && item->tag == TEMPLATE_TAG_TEMPLATE ? WHEN_TEMPLATE : 0) |
	       (template_here(s) ? WHEN_PART : 0);
}

static struct next delete_part(struct app *app, const struct templates_screen *s)
{
	const struct card_item *item = card_view_item(&s->cs.view);
	const struct shift_template *t = template_here(s);
	AUTO_FREE char *why = app_prompt(app, "删除的理由", "", false);
	struct err e = { 0 };

	if (why == NULL)
		return next_stay();
	if (item->tag == TEMPLATE_TAG_NEED)
		return next_report(app, shift_need_delete(app->of, item->id, why, &e), &e, "已删除");
	return next_report(app, shift_template_delete(app->of, t->id, t->rev, why, &e), &e, "模板已删除，建好的班次还在");
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct templates_screen *s = state;
	const struct card_item *item = card_view_item(&s->cs.view);

	switch (action) {
	case ACT_NEW:
		return part_push("shift_template", 0, 0);
	case ACT_EDIT:
		if (item->tag == TEMPLATE_TAG_NEED)
			return part_push("shift_need", item->id, template_here(s)->id);
		return part_push("shift_template", item->id, 0);
	case ACT_SHIFT_NEED:
		return part_push("shift_need", 0, template_here(s)->id);
	case ACT_DELETE:
		return delete_part(app, s);
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = item->id, .form = "shift_template" });
	default:
		return next_pass();
	}
}

const struct screen_def shift_templates_screen = {
	.name = "shift-templates", .title = "班次模板",
	.reads = TBL_SHIFT_TEMPLATE | TBL_SHIFT_NEED | TBL_GRID,
	.state_size = sizeof(struct templates_screen), .keys = &keys,
	CARD_SCREEN_FUNCTIONS, .load = load_screen, .act = act, .when = when,
};
