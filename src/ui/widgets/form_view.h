/* A form on the screen, made from a form spec: one field a row, the active one with its help, errors at the field, drafts while typing.
 *
 * What was typed is kept as typed text per field until it is saved; a bad value is never cleared. Hidden fields (shown_when) take no row.
 * Code fields and pickers open under the field and narrow as one types; a record that is not there is added from the picker without leaving.
 */
#ifndef YL_UI_FORM_VIEW_H
#define YL_UI_FORM_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/record.h"
#include "ui/app.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct form_view;

/* What a key did to the form. */
enum form_event {
	FORM_NOTHING,                 /* not a key of the form: the screen may use it */
	FORM_USED,
	FORM_CHANGED,                 /* a value changed: form_view_changed_field() says which */
	FORM_ADD,                     /* the picker's "新增": push the form of form_view_pick_form(), in resume() form_view_pick() */
};

/* A copy of `initial` is edited (its values are what "unchanged" means). `context_id` goes to the draft.
 * A kept draft of the same form, record and context is offered by form_view_offer_draft(). */
enum rc form_view_open(struct app *app, struct form_view **out, const struct record *initial, int64_t context_id, struct err *e) MUST_USE;
void form_view_close(struct app *app, struct form_view *v);    /* does not drop the draft */
/* The grid that decides which sensitive fields are masked; found by form_view_open() for a record that stands in one already. */
void form_view_set_grid(struct app *app, struct form_view *v, int64_t grid_id);
/* A field of the form that has no meaning here; right after opening. */
void form_view_hide(struct form_view *v, const char *field);
/* Nothing may be changed: the role may only look, or the record is deleted. */
void form_view_read_only(struct app *app, struct form_view *v);

/* Ask whether to go on with a kept draft of this form, record and context, if there is one; to be called once after opening. */
enum rc form_view_offer_draft(struct app *app, struct form_view *v, struct err *e) MUST_USE;
enum rc form_view_use_draft(struct app *app, struct form_view *v, int64_t draft_id, struct err *e) MUST_USE;

enum form_event form_view_key(struct app *app, struct form_view *v, const struct key_event *ev);
const char *form_view_changed_field(const struct form_view *v);
const char *form_view_pick_form(const struct form_view *v);
const char *form_view_pick_typed(const struct form_view *v);  /* what was typed into the picker: becomes the new record's name */
/* What the pushed form came back with: the new record is chosen in the active field. 0: nothing was added, what was typed stays. */
enum form_event form_view_pick(struct app *app, struct form_view *v, int64_t id);

void form_view_move(struct app *app, struct form_view *v, int by);    /* 下一项 +1, 上一项 -1 */
const char *form_view_active_field(const struct form_view *v);        /* name of the field with the cursor */
/* LEAVE (Esc): closes an open list first; asks where something was typed (保留草稿, 放弃, 继续填写). true: the screen may pop. */
bool form_view_leave(struct app *app, struct form_view *v);
/* Whether the active field shows a mask; then its whole value, revealed and audited by the domain, is put in place of it. */
bool form_view_is_masked(const struct form_view *v);
void form_view_reveal(struct app *app, struct form_view *v, const char *plain);

/* Set a field from outside (a picker's new record, values filled in from a chosen resident). Only if untouched, unless `force`. */
void form_view_set(struct app *app, struct form_view *v, const char *field, const struct value *value, bool force);
const struct value *form_view_value(struct app *app, struct form_view *v, const char *field);   /* parsed now; none where it does not parse */

/* All fields → record. On failure the errors stand at their fields, and the cursor is at the first. */
enum rc form_view_take(struct app *app, struct form_view *v, struct record *out, struct err *e) MUST_USE;
/* An error that the domain found (err.field) is put at its field; without a field it is said on the message line. */
void form_view_refuse(struct app *app, struct form_view *v, const struct err *e);
/* Theirs and mine, field by field, after RC_CONFLICT; the person chooses; then `mine` carries the newest rev. false: left with Esc. */
bool form_view_resolve(struct app *app, struct form_view *v, const struct record *theirs);

bool form_view_dirty(const struct form_view *v);               /* something was typed */
/* Keep the draft if something was typed since the last time and `now` asks for it (or the draft delay is over). */
enum rc form_view_keep_draft(struct app *app, struct form_view *v, bool now, struct err *e) MUST_USE;
enum rc form_view_drop_draft(struct app *app, struct form_view *v, struct err *e) MUST_USE;

/* The record as somebody else has saved it by now: taken over at once while nothing was typed here; else the saving will ask. */
void form_view_refresh(struct app *app, struct form_view *v, const struct record *now);

const char *form_view_help(const struct form_view *v);         /* of the active field; the error if it has one */
void form_view_draw(const struct app *app, const struct form_view *v, struct canvas *c, struct rect area);

#endif
