/* One record of a plain type, to read and to change through its form.
 *
 * args.form        the form's name
 * args.id          the record; 0: a new one
 * args.context_id  what its draft belongs to; 0: nothing
 * args.text        what was typed into the picker that wants a new record: this screen hands the record's id back to it
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/register.h"
#include "domain/register_pick.h"
#include "domain/resident.h"
#include "ui/form_screen.h"

struct record_screen {
	struct form_screen fs;        /* first */
	int64_t id, rev;              /* 0: a new one */
	bool deleted, may_edit;
	bool picking;                 /* a picker below waits for the id */
};

enum { WHEN_SAVED = WHEN_OWN, WHEN_LIVE = WHEN_OWN << 1, WHEN_DELETED = WHEN_OWN << 2, WHEN_MASKED = WHEN_OWN << 3 };

static const struct key_bind binds[] = {
	{ ACT_SAVE,       "^S",        WHEN_MAY_EDIT },
	{ ACT_NEXT_FIELD, "Tab",       WHEN_ALWAYS },
	{ ACT_PREV_FIELD, "Shift-Tab", WHEN_ALWAYS },
	{ ACT_HISTORY,    "F3",        WHEN_SAVED },
	{ ACT_REVEAL,     "F7",        WHEN_MASKED },
	{ ACT_DELETE,     "F8",        WHEN_LIVE },
	{ ACT_RESTORE,    "F9",        WHEN_DELETED },
	{ ACT_LEAVE,      "Esc F10",   WHEN_ALWAYS },
};
static const struct keymap keys = { "record", binds, COUNT(binds) };

static enum rc save(struct app *app, void *state, struct record *r, struct err *e)
{
	(void)state;
	return register_save(app->of, r, e);
}

static struct next saved(struct app *app, void *state, const struct record *r)
{
	AUTO_FREE char *label = NULL;
	struct err e = { 0 };

	(void)state;
	if (register_label(app->of, r->form, r->id, &label, &e) != RC_OK || text_is_blank(label))
		app_say(app, "已保存%s", r->form->title);
	else
		app_say(app, "已保存%s %s", r->form->title, label);
	return next_pop(r->id);
}

/* What was typed into a picker is the new record's name, where a person types the name. */
static void take_typed(struct record *r, const char *typed)
{
	const struct field *name = form_field(r->form, r->form->name_field);

	if (name && name->type == FIELD_TEXT && !name->readonly && !text_is_blank(typed))
		value_set_text(record_value(r, name->name), typed);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct record_screen *s = state;
	const struct form *form = form_find(app->of->forms, args->form ? args->form : "");
	AUTO_RECORD initial = { 0 };
	AUTO_STRBUF heading = { 0 };
	enum rc rc;

	if (form == NULL)
		return err_set(e, RC_NOTFOUND, NULL, "没有这种登记表");
	if (!register_may_view(app->of, form) && !register_may_edit(app->of, form))
		return err_set(e, RC_DENIED, NULL, "%s不能查看%s", role_label(app->of->me.role), form->title);
	record_init(&initial, form);
	if (args->id != 0 && (rc = record_load(app->of->st, form, args->id, &initial, e)) != RC_OK)
		return rc;
	s->id = args->id;
	s->rev = initial.rev;
	s->deleted = initial.deleted;
	s->may_edit = register_may_edit(app->of, form) && !initial.deleted;
	s->picking = args->text != NULL;
	if (s->picking && args->id == 0)
		take_typed(&initial, args->text);
	strbuf_format(&heading, "%s%s%s", !s->may_edit ? "" : args->id ? "修改" : "新增", form->title, initial.deleted ? "（已删除）" : "");
	if ((rc = form_screen_open(app, &s->fs, &initial, args->context_id, save, saved, strbuf_str(&heading), e)) != RC_OK)
		return rc;
	if (!s->may_edit)
		form_view_read_only(app, s->fs.view);
	return RC_OK;
}

/* Somebody else's change shows at once where nothing is being typed here. */
static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct record_screen *s = state;
	AUTO_RECORD now = { 0 };
	enum rc rc;

	if (s->id == 0)
		return RC_OK;
	if ((rc = record_load(app->of->st, s->fs.form, s->id, &now, e)) != RC_OK)
		return rc;
	form_view_refresh(app, s->fs.view, &now);
	s->rev = now.rev;
	s->deleted = now.deleted;
	if (now.deleted && s->may_edit) {
		s->may_edit = false;
		app_warn(app, "这条记录刚被别人删除");
		form_view_read_only(app, s->fs.view);
	}
	return RC_OK;
}

static struct next delete_record(struct app *app, struct record_screen *s)
{
	AUTO_FREE char *why = app_prompt(app, "删除的原因（会留痕，可恢复）", "", false);
	struct err e = { 0 };

	if (why == NULL)
		return next_stay();
	if (register_delete(app->of, s->fs.form, s->id, s->rev, why, &e) != RC_OK ||
	    form_view_drop_draft(app, s->fs.view, &e) != RC_OK) {
		app_fail(app, &e);
		return next_stay();
	}
	app_say(app, "已删除%s；在变更记录里可以查到", s->fs.form->title);
	return next_pop(s->id);
}

static struct next restore_record(struct app *app, struct record_screen *s)
{
	struct err e = { 0 };

	if (register_restore(app->of, s->fs.form, s->id, s->rev, &e) != RC_OK) {
		app_fail(app, &e);
		return next_stay();
	}
	app_say(app, "已恢复%s", s->fs.form->title);
	return next_pop(s->id);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct record_screen *s = state;

	switch (action) {
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .form = s->fs.form->name, .id = s->id });
	case ACT_DELETE:
		return delete_record(app, s);
	case ACT_RESTORE:
		return restore_record(app, s);
	case ACT_REVEAL:
		form_screen_reveal(app, &s->fs, s->id);
		return next_stay();
	default:
		return form_screen_act(app, state, action);
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct record_screen *s = state;
	bool masked = s->id && strcmp(s->fs.form->name, "resident") == 0 && form_view_is_masked(s->fs.view) && office_may(app->of, MAY_REVEAL);

	return (s->may_edit ? WHEN_MAY_EDIT : 0) | (s->id ? WHEN_SAVED : 0) | (s->id && s->may_edit ? WHEN_LIVE : 0) |
	       (s->deleted && register_may_edit(app->of, s->fs.form) ? WHEN_DELETED : 0) | (masked ? WHEN_MASKED : 0);
}

const struct screen_def record_screen = {
	.name = "record", .title = "记录",
	.reads = TBL_COMMUNITY | TBL_GRID | TBL_ESTATE | TBL_BUILDING | TBL_HOUSEHOLD | TBL_RESIDENT | TBL_ACCOUNT | TBL_EXTRA,
	.state_size = sizeof(struct record_screen), .keys = &keys, .types = true,
	.open = open_screen, .load = load_screen, .draw = form_screen_draw, .act = act, .when = when, .type = form_screen_type,
	.resume = form_screen_resume, .tick = form_screen_tick, .leave = form_screen_leave, .status = form_screen_status, .close = form_screen_close,
};
