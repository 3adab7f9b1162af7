/* 系统: every register under its heading, how this copy of the program stands, and the last entries of the journal for those who may see it. */
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/health.h"
#include "domain/register.h"
#include "domain/register_pick.h"
#include "ui/change_text.h"
#include "ui/screen.h"
#include "ui/widgets/card_view.h"

#define ACTS_SHOWN 12
#define TAG_DRAFTS (-1)           /* tags of lines that open something: an index of a form + 1, or this */

struct system_screen {
	struct card_view card;
};

static const struct key_bind binds[] = {
	{ ACT_OPEN, "Enter l", WHEN_ROW },
};
static const struct keymap keys = { "system", binds, COUNT(binds) };

static bool is_listed(const struct app *app, const struct form *form)
{
	return form->group[0] && form->n_columns > 0 && register_may_view(app->of, form);
}

/* All registers of one heading. */
static enum rc add_group(struct app *app, struct system_screen *s, const char *group, struct err *e)
{
	const struct form_set *forms = app->of->forms;

	card_view_heading(&s->card, group);
	for (size_t i = 0; i < form_count(forms); i++) {
		const struct form *form = form_at(forms, i);
		char text[48];
		int64_t count;
		enum rc rc;

		if (!is_listed(app, form) || strcmp(form->group, group) != 0)
			continue;
		if ((rc = register_count(app->of, form, &count, e)) != RC_OK)
			return rc;
		snprintf(text, sizeof text, "%lld 条", (long long)count);
		card_view_fact(&s->card, form->title, text, STYLE_TEXT, 0, (int)i + 1);
	}
	return RC_OK;
}

/* Headings in the order in which the forms first name them. */
static enum rc add_registers(struct app *app, struct system_screen *s, struct err *e)
{
	const struct form_set *forms = app->of->forms;
	enum rc rc;

	for (size_t i = 0; i < form_count(forms); i++) {
		const struct form *form = form_at(forms, i);
		bool seen = false;

		for (size_t k = 0; k < i && !seen; k++)
			seen = is_listed(app, form_at(forms, k)) && strcmp(form_at(forms, k)->group, form->group) == 0;
		if (is_listed(app, form) && !seen && (rc = add_group(app, s, form->group, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static void add_sessions(struct system_screen *s, const struct office_health *h)
{
	for (size_t i = 0; i < h->n_sessions; i++) {
		AUTO_STRBUF text = { 0 };

		strbuf_format(&text, "%s（", h->sessions[i].name);
		instant_format(&text, h->sessions[i].began_at);
		strbuf_add(&text, " 登录）");
		card_view_fact(&s->card, i == 0 ? "正在使用" : "", strbuf_str(&text), STYLE_TEXT, 0, 0);
	}
}

/* First, for somebody is in the middle of it. */
static void add_drafts(struct system_screen *s, const struct office_health *h)
{
	AUTO_STRBUF text = { 0 };

	strbuf_format(&text, "%lld 份（回车看我的草稿）", (long long)h->drafts);
	card_view_fact(&s->card, "草稿", strbuf_str(&text), STYLE_TEXT, 0, TAG_DRAFTS);
}

static void add_health(struct system_screen *s, const struct office_health *h)
{
	AUTO_STRBUF text = { 0 };

	card_view_heading(&s->card, "本机");
	card_view_fact(&s->card, "数据库", h->path, STYLE_TEXT, 0, 0);
	strbuf_format(&text, "%.1f MB，结构第 %d 版", (double)h->bytes / 1e6, h->schema);
	card_view_fact(&s->card, "大小", strbuf_str(&text), STYLE_TEXT, 0, 0);
	strbuf_truncate(&text, 0);
	if (h->backup_at)
		instant_format(&text, h->backup_at);
	else
		strbuf_add(&text, "数据库旁边没有备份");
	card_view_fact(&s->card, "最近备份", strbuf_str(&text), h->backup_at ? STYLE_TEXT : STYLE_WARNING, 0, 0);
	add_sessions(s, h);
}

static void add_acts(const struct app *app, struct system_screen *s, const struct office_health *h)
{
	if (h->n_acts > 0)
		card_view_heading(&s->card, "最近的操作");
	for (size_t i = 0; i < h->n_acts; i++) {
		const struct health_act *act = &h->acts[i];
		AUTO_STRBUF text = { 0 };

		instant_format(&text, act->at);
		strbuf_format(&text, "  %s  ", text_is_blank(act->actor) ? "程序" : act->actor);
		change_verb(app->of, act->verb, &text);
		strbuf_format(&text, "（%lld 处改动）", (long long)act->changes);
		card_view_line(&s->card, strbuf_str(&text), STYLE_TEXT, 0, 0);
	}
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct system_screen *s = state;
	AUTO_ARENA arena = { 0 };
	struct office_health h;
	enum rc rc;

	if ((rc = office_health(app->of, ACTS_SHOWN, &arena, &h, e)) != RC_OK)
		return rc;
	card_view_clear(&s->card);
	add_drafts(s, &h);
	if ((rc = add_registers(app, s, e)) != RC_OK)
		return rc;
	add_health(s, &h);
	add_acts(app, s, &h);
	card_view_layout(&s->card, app->area.rows - 2, app->area.cols - 2);
	return RC_OK;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct system_screen *s = state;

	(void)app;
	card_view_draw(&s->card, c, canvas_frame(c, area, STYLE_BORDER, "系统"), true);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct system_screen *s = state;
	const struct card_item *item = card_view_item(&s->card);

	if (action != ACT_OPEN || item == NULL)
		return next_pass();
	if (item->tag == TAG_DRAFTS)
		return next_push("drafts", (struct screen_args){ 0 });
	return next_push("register", (struct screen_args){ .form = form_at(app->of->forms, (size_t)item->tag - 1)->name });
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct system_screen *s = state;

	(void)app;
	return card_view_key(&s->card, ev) ? next_stay() : next_pass();
}

static unsigned when(const struct app *app, const void *state)
{
	const struct system_screen *s = state;
	const struct card_item *item = card_view_item(&s->card);

	(void)app;
	return item && item->tag != 0 ? WHEN_ROW : 0;
}

static void close_screen(struct app *app, void *state)
{
	struct system_screen *s = state;

	(void)app;
	card_view_release(&s->card);
}

const struct screen_def system_screen = {
	.name = "system", .title = "系统",
	.reads = TBL_COMMUNITY | TBL_GRID | TBL_ESTATE | TBL_BUILDING | TBL_HOUSEHOLD | TBL_ACCOUNT | TBL_ISSUE | TBL_DRAFT | TBL_SESSION,
	.state_size = sizeof(struct system_screen), .keys = &keys,
	.load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
