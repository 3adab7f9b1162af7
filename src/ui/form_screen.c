/* What every screen around a form does the same way. */
#include "ui/form_screen.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "domain/resident.h"

#define HEADING_COLS 120

static const struct key_bind binds[] = {
	{ ACT_SAVE,       "^S",        WHEN_ALWAYS },
	{ ACT_NEXT_FIELD, "Tab",       WHEN_ALWAYS },
	{ ACT_PREV_FIELD, "Shift-Tab", WHEN_ALWAYS },
	{ ACT_LEAVE,      "Esc F10",   WHEN_ALWAYS },
};
const struct keymap form_keys = { "form", binds, COUNT(binds) };

/* Forms whose saving asks more than their fields: might it be the same person, is there such a household. */
static const struct {
	const char *form, *screen;
} own_screens[] = { { "resident", "resident-edit" }, { "household", "resident-edit" } };

const char *form_screen_for(const char *form)
{
	for (size_t i = 0; i < COUNT(own_screens); i++)
		if (strcmp(own_screens[i].form, form) == 0)
			return own_screens[i].screen;
	return "record";
}

enum rc form_screen_open(struct app *app, struct form_screen *fs, const struct record *initial, int64_t context_id,
                         form_screen_save *save, form_screen_saved *saved, const char *heading, struct err *e)
{
	enum rc rc;

	fs->form = initial->form;
	fs->save = save;
	fs->saved = saved;
	snprintf(fs->heading, sizeof fs->heading, "%.*s", (int)text_prefix(heading, HEADING_COLS, NULL), heading);
	if ((rc = form_view_open(app, &fs->view, initial, context_id, e)) != RC_OK)
		return rc;
	return form_view_offer_draft(app, fs->view, e);
}

enum rc form_screen_load(struct app *app, void *state, struct err *e)
{
	(void)app; (void)state; (void)e;      /* what is being typed is not read again */
	return RC_OK;
}

/* Somebody saved the same row meanwhile: the person chooses field by field. true: both are put together, to be saved now. */
static bool resolve_conflict(struct app *app, struct form_screen *fs, int64_t id, const struct err *conflict)
{
	AUTO_RECORD theirs = { 0 };
	struct err e = { 0 };

	if (record_load(app->of->st, fs->form, id, &theirs, &e) != RC_OK) {
		app_fail(app, &e);
		return false;
	}
	if (form_view_resolve(app, fs->view, &theirs))
		return true;
	if (!theirs.deleted)
		app_fail(app, conflict);
	return false;
}

static struct next save_form(struct app *app, void *state)
{
	struct form_screen *fs = state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	enum rc rc;

	do {
		if (form_view_take(app, fs->view, &r, &e) != RC_OK) {
			app_fail(app, &e);
			return next_stay();
		}
		rc = fs->save(app, state, &r, &e);
		if (rc == RC_CONFLICT && r.id != 0 && !resolve_conflict(app, fs, r.id, &e))
			return next_stay();
	} while (rc == RC_CONFLICT && r.id != 0);
	if (rc != RC_OK) {
		form_view_refuse(app, fs->view, &e);
		return next_stay();
	}
	if (form_view_drop_draft(app, fs->view, &e) != RC_OK)
		app_fail(app, &e);
	return fs->saved(app, state, &r);
}

struct next form_screen_act(struct app *app, void *state, enum action action)
{
	struct form_screen *fs = state;

	switch (action) {
	case ACT_SAVE:
		return save_form(app, state);
	case ACT_NEXT_FIELD:
		return form_screen_type(app, state, &(const struct key_event){ .key = YK_TAB });
	case ACT_PREV_FIELD:
		return form_screen_type(app, state, &(const struct key_event){ .key = YK_BACKTAB });
	case ACT_LEAVE:
	case ACT_BACK:
		return form_view_leave(app, fs->view) ? next_pop(0) : next_stay();
	default:
		return next_pass();
	}
}

struct next form_screen_type(struct app *app, void *state, const struct key_event *ev)
{
	struct form_screen *fs = state;

	fs->event = form_view_key(app, fs->view, ev);
	if (fs->event == FORM_NOTHING)
		return next_pass();
	if (fs->event != FORM_ADD)
		return next_stay();
	return next_push(form_screen_for(form_view_pick_form(fs->view)), (struct screen_args){ .form = form_view_pick_form(fs->view), .text = form_view_pick_typed(fs->view) });
}

void form_screen_reveal(struct app *app, struct form_screen *fs, int64_t resident_id)
{
	AUTO_FREE char *plain = NULL;
	struct err e = { 0 };

	if (resident_reveal(app->of, resident_id, form_view_active_field(fs->view), &plain, &e) != RC_OK)
		app_fail(app, &e);
	else
		form_view_reveal(app, fs->view, plain);
}

unsigned form_screen_when(const struct app *app, const void *state)
{
	(void)app; (void)state;
	return WHEN_ALWAYS;
}

void form_screen_draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct form_screen *fs = state;

	form_view_draw(app, fs->view, c, canvas_frame(c, area, STYLE_BORDER, fs->heading));
}

/* A new record came back from the picker's "新增". */
bool form_screen_resume(struct app *app, void *state, int64_t result_id)
{
	struct form_screen *fs = state;

	fs->event = form_view_pick(app, fs->view, result_id);
	return false;
}

void form_screen_tick(struct app *app, void *state)
{
	struct form_screen *fs = state;
	struct err e = { 0 };

	if (form_view_keep_draft(app, fs->view, false, &e) != RC_OK)
		app_fail(app, &e);
}

enum rc form_screen_leave(struct app *app, void *state, struct err *e)
{
	struct form_screen *fs = state;

	return form_view_keep_draft(app, fs->view, true, e);
}

const char *form_screen_status(const struct app *app, const void *state)
{
	const struct form_screen *fs = state;

	(void)app;
	return form_view_help(fs->view);
}

void form_screen_close(struct app *app, void *state)
{
	struct form_screen *fs = state;

	form_view_close(app, fs->view);
	fs->view = NULL;
}
