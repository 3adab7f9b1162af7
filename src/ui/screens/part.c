/* A form that hangs on a record with a screen of its own. args.text the part's name (part.h), args.id the record, 0 a new one, args.context_id what it belongs to. */
#include "ui/screens/part.h"

#include <string.h>

#include "domain/agenda.h"
#include "domain/decision.h"
#include "domain/meeting.h"
#include "domain/shift.h"
#include "ui/form_screen.h"

struct part {
	const char *name, *form;
	/* What is known before anything is typed; NULL: the form's defaults. `r` is a new record of the form. */
	enum rc (*prefill)(struct office *of, int64_t parent_id, struct record *r, struct err *e);
	enum rc (*save)(struct app *app, int64_t parent_id, struct record *r, struct err *e);
	const char *opens;            /* the screen of a new record; NULL: back to where it was made */
};

struct part_screen {
	struct form_screen fs;        /* first */
	const struct part *part;
	int64_t id, parent_id;
};

static enum rc save_item(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	return agenda_save(app->of, r, parent_id, e);
}

static enum rc save_split(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	return agenda_split(app->of, parent_id, r, NULL, 0, e);
}

static enum rc save_item_part(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	return agenda_part_save(app->of, parent_id, r, e);
}

static enum rc save_meeting(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	(void)parent_id;
	return meeting_save(app->of, r, e);
}

static enum rc save_attendee(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	return meeting_invite(app->of, parent_id, r, e);
}

static enum rc save_walk_in(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	return meeting_walk_in(app->of, parent_id, r, e);
}

static enum rc save_slot(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	(void)parent_id;
	return meeting_slot_save(app->of, r, e);
}

static enum rc save_opinion(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	return meeting_opinion(app->of, parent_id, 0, r, e);
}

static enum rc save_minutes(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	(void)parent_id;
	return meeting_minutes_save(app->of, r, e);
}

static enum rc save_amendment(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	return meeting_amend(app->of, parent_id, r, e);
}

static enum rc save_decision(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	return decision_save(app->of, parent_id, r, e);
}

static enum rc save_decision_part(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	return decision_part_save(app->of, parent_id, r, e);
}

static enum rc save_return(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	(void)parent_id;
	return decision_return(app->of, r, e);
}

static enum rc save_objection(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	return objection_save(app->of, parent_id, r, e);
}

static enum rc save_handling(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	(void)parent_id;
	return objection_handle(app->of, r, e);
}

static enum rc save_shift(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	int displaced;

	(void)parent_id;
	return shift_save(app->of, r, &displaced, e);        /* who is displaced stands in another colour on the board */
}

static enum rc save_shift_template(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	(void)parent_id;
	return shift_template_save(app->of, r, e);
}

/* Of a shift or of a template: no id is of both, and a kept draft knows the id alone. */
static enum rc save_shift_need(struct app *app, int64_t parent_id, struct record *r, struct err *e)
{
	struct err none = { 0 };
	AUTO_ARENA arena = { 0 };
	struct shift shift;

	if (shift_load(app->of, parent_id, &arena, &shift, &none) == RC_OK)
		return shift_need_save(app->of, 0, parent_id, r, e);
	return shift_need_save(app->of, parent_id, 0, r, e);
}

/* An extra shift of the day that the board's cursor is on: the parent is no record. */
static enum rc prefill_shift(struct office *of, int64_t day, struct record *r, struct err *e)
{
	(void)of; (void)e;
	value_set_number(record_value(r, "day"), day);
	return RC_OK;
}

/* Who answers for the decision does the task, unless somebody else is named. */
static enum rc prefill_task(struct office *of, int64_t decision_id, struct record *r, struct err *e)
{
	static const char *const same[] = { "party", "owner_id", "owner_name" };
	AUTO_RECORD decision = { 0 };
	enum rc rc;

	record_init(&decision, form_find(of->forms, "decision"));
	if ((rc = record_load(of->st, decision.form, decision_id, &decision, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < COUNT(same); i++)
		value_copy(record_value(r, same[i]), record_value(&decision, same[i]));
	return RC_OK;
}

static const struct part parts[] = {
	{ "agenda_item",      "agenda_item",      NULL,             save_item, "agenda-item" },
	{ "split",            "agenda_item",      NULL,             save_split, "agenda-item" },
	{ "interest",         "interest",         NULL,             save_item_part, NULL },
	{ "alternative",      "alternative",      NULL,             save_item_part, NULL },
	{ "meeting",          "meeting",          NULL,             save_meeting, "meeting" },
	{ "attendee",         "attendee",         NULL,             save_attendee, NULL },
	{ "walk-in",          "attendee",         NULL,             save_walk_in, NULL },
	{ "agenda_slot",      "agenda_slot",      NULL,             save_slot, NULL },
	{ "opinion",          "opinion",          NULL,             save_opinion, NULL },
	{ "minutes",          "minutes",          NULL,             save_minutes, NULL },
	{ "amendment",        "amendment",        NULL,             save_amendment, NULL },
	{ "decision",         "decision",         decision_prefill, save_decision, "decision" },
	{ "decision_partner", "decision_partner", NULL,             save_decision_part, NULL },
	{ "decision_task",    "decision_task",    prefill_task,     save_decision_part, NULL },
	{ "notice",           "notice",           NULL,             save_decision_part, NULL },
	{ "decision-return",  "decision-return",  NULL,             save_return, NULL },
	{ "objection",        "objection",        NULL,             save_objection, NULL },
	{ "objection-handle", "objection-handle", NULL,             save_handling, NULL },
	{ "shift",            "shift",            prefill_shift,    save_shift, NULL },
	{ "shift_need",       "shift_need",       NULL,             save_shift_need, NULL },
	{ "shift_template",   "shift_template",   NULL,             save_shift_template, NULL },
};

static const struct part *part_find(const char *name)
{
	for (size_t i = 0; name && i < COUNT(parts); i++)
		if (strcmp(parts[i].name, name) == 0)
			return &parts[i];
	return NULL;
}

const char *part_of_form(const char *form)
{
	for (size_t i = 0; i < COUNT(parts); i++)
		if (strcmp(parts[i].form, form) == 0)
			return parts[i].name;
	return NULL;
}

struct next part_push(const char *name, int64_t id, int64_t parent_id)
{
	return next_push("part", (struct screen_args){ .text = name, .id = id, .context_id = parent_id });
}

static enum rc save(struct app *app, void *state, struct record *r, struct err *e)
{
	const struct part_screen *s = state;

	return s->part->save(app, s->parent_id, r, e);
}

/* What was made anew is shown at once, for its parts come next: people, parties, tasks. */
static struct next saved(struct app *app, void *state, const struct record *r)
{
	const struct part_screen *s = state;

	app_say(app, "已保存%s", r->form->title);
	if (s->id == 0 && s->part->opens)
		return next_replace(s->part->opens, (struct screen_args){ .id = r->id });
	return next_pop(r->id);
}

/* The minutes of a meeting that has none yet begin with what was recorded in it. */
static enum rc compose_minutes(struct app *app, struct record *r, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF text = { 0 };
	struct meeting m;
	enum rc rc;

	if (record_text(r, "minutes")[0])
		return RC_OK;
	if ((rc = meeting_load(app->of, r->id, &arena, &m, e)) != RC_OK)
		return rc;
	meeting_compose_minutes(app->of, &m, &text);
	value_set_text(record_value(r, "minutes"), strbuf_str(&text));
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct part_screen *s = state;
	AUTO_RECORD r = { 0 };
	AUTO_STRBUF heading = { 0 };
	enum rc rc = RC_OK;

	if ((s->part = part_find(args->text)) == NULL)
		return err_set(e, RC_NOTFOUND, NULL, "没有这种表单");
	s->id = args->id;
	s->parent_id = args->context_id;
	record_init(&r, form_find(app->of->forms, s->part->form));
	if (args->id != 0)
		rc = record_load(app->of->st, r.form, args->id, &r, e);
	else if (s->part->prefill)
		rc = s->part->prefill(app->of, s->parent_id, &r, e);
	if (rc == RC_OK && s->part->save == save_minutes)
		rc = compose_minutes(app, &r, e);
	if (rc != RC_OK)
		return rc;
	strbuf_format(&heading, "%s%s", args->id == 0 ? "新增" : s->part->save == save_meeting ? "修改" : "", r.form->title);
	if ((rc = form_screen_open(app, &s->fs, &r, s->parent_id, save, saved, strbuf_str(&heading), e)) != RC_OK)
		return rc;
	if (args->id == 0 && form_field(r.form, "number"))
		form_view_hide(s->fs.view, "number");         /* it is given when the record is saved */
	return RC_OK;
}

const struct screen_def part_screen = {
	.name = "part", .title = "登记", .state_size = sizeof(struct part_screen),
	FORM_SCREEN_FUNCTIONS, .open = open_screen, .close = form_screen_close,
};
