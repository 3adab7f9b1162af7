/* A form that hangs on a record with a screen of its own. args.text the part's name (part.h), args.id the record, 0 a new one, args.context_id what it belongs to. */
#include "ui/screens/part.h"

#include <string.h>

#include "ui/form_screen.h"

struct part_screen {
	struct form_screen fs;        /* first */
	const struct part *part;
	int64_t id, parent_id;
};

static const struct part_table *const tables[] = { &deliberation_parts, &roster_parts, &diner_parts, &door_parts };

static const char *form_name(const struct part *p)
{
	return p->form ? p->form : p->name;
}

/* By its name or, where a draft is to be gone on with, by its form. */
static const struct part *part_find(const char *name, bool by_form)
{
	for (size_t t = 0; name && t < COUNT(tables); t++)
		for (size_t i = 0; i < tables[t]->n; i++) {
			const struct part *p = &tables[t]->parts[i];

			if (strcmp(by_form ? form_name(p) : p->name, name) == 0)
				return p;
		}
	return NULL;
}

const char *part_of_form(const char *form)
{
	const struct part *p = part_find(form, true);

	return p ? p->name : NULL;
}

struct next part_push(const char *name, int64_t id, int64_t parent_id)
{
	return next_push("part", (struct screen_args){ .text = name, .id = id, .context_id = parent_id });
}

static enum rc save(struct app *app, void *state, struct record *r, struct err *e)
{
	const struct part_screen *s = state;

	return s->part->save ? s->part->save(app->of, s->parent_id, r, e) : s->part->save_alone(app->of, r, e);
}

static struct next saved(struct app *app, void *state, const struct record *r)
{
	const struct part_screen *s = state;

	if (s->part->say)
		s->part->say(app, r);
	else
		app_say(app, "已保存%s", r->form->title);
	if (s->id == 0 && s->part->opens)
		return next_replace(s->part->opens, (struct screen_args){ .text = s->part->paper, .id = r->id });
	return next_pop(r->id);
}

/* The record as it is before anything is typed. */
static enum rc fill(struct app *app, const struct part_screen *s, struct record *r, struct err *e)
{
	const struct part *p = s->part;
	enum rc rc = RC_OK;

	record_init(r, form_find(app->of->forms, form_name(p)));
	if (s->id != 0)
		rc = record_load(app->of->st, r->form, s->id, r, e);
	else if (p->begin)
		rc = p->begin(app->of, s->parent_id, r, e);
	if (rc == RC_OK && p->propose)
		rc = p->propose(app->of, s->parent_id, r, e);
	return rc;
}

/* What nobody types is given when a new record is saved: its number, where it begins. */
static void hide_given(struct form_view *view, const struct form *form)
{
	for (size_t i = 0; i < form->n; i++)
		if (form->fields[i].readonly)
			form_view_hide(view, form->fields[i].name);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct part_screen *s = state;
	AUTO_RECORD r = { 0 };
	AUTO_STRBUF heading = { 0 };
	enum rc rc;

	if ((s->part = part_find(args->text, false)) == NULL)
		return err_set(e, RC_NOTFOUND, NULL, "没有这种表单");
	s->id = args->id;
	s->parent_id = args->context_id;
	if ((rc = office_require(app->of, s->part->may, e)) != RC_OK || (rc = fill(app, s, &r, e)) != RC_OK)
		return rc;
	strbuf_format(&heading, "%s%s", s->part->act ? "" : s->id == 0 ? "新增" : "修改", r.form->title);
	if ((rc = form_screen_open(app, &s->fs, &r, s->parent_id, save, saved, strbuf_str(&heading), e)) != RC_OK)
		return rc;
	if (s->id == 0)
		hide_given(s->fs.view, r.form);
	return RC_OK;
}

const struct screen_def part_screen = {
	.name = "part", .title = "登记", .state_size = sizeof(struct part_screen),
	FORM_SCREEN_FUNCTIONS, .open = open_screen, .close = form_screen_close,
};
