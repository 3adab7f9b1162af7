/* Screens that are "a form, and what saving it means": the form's keys, drafts, leaving, conflicts, adding a record from a picker.
 *
 * Such a screen's state begins with a struct form_screen, its open() calls form_screen_open(), and its screen_def names the functions below
 * (or its own that call them). It brings two functions: what saving does, and where to go afterwards.
 */
#ifndef YL_UI_FORM_SCREEN_H
#define YL_UI_FORM_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/record.h"
#include "ui/app.h"
#include "ui/screen.h"
#include "ui/widgets/form_view.h"

/* Save what the form holds; RC_INVALID with a field puts the error there, RC_STOPPED (the person thought better of it) says nothing.
 * `state` is the screen's own. */
typedef enum rc form_screen_save(struct app *app, void *state, struct record *r, struct err *e);
/* It is on disk: say so, and where to go. */
typedef struct next form_screen_saved(struct app *app, void *state, const struct record *r);

struct form_screen {
	struct form_view *view;
	const struct form *form;
	form_screen_save *save;
	form_screen_saved *saved;
	char heading[256];            /* in the frame's border */
	enum form_event event;        /* what the last key did: for screens that look on */
};

extern const struct keymap form_keys;

/* `heading` is copied. A kept draft of the same form, record and context is offered. */
enum rc form_screen_open(struct app *app, struct form_screen *fs, const struct record *initial, int64_t context_id,
                         form_screen_save *save, form_screen_saved *saved, const char *heading, struct err *e) MUST_USE;

/* The screen that edits records of a form (args.form, args.id; args.text: what was typed into the picker that wants a new one): "record", or the form's own. */
const char *form_screen_for(const char *form);

/* ACT_REVEAL in the form of a resident: the active field in full. The domain writes the reading down before it gives the value. */
void form_screen_reveal(struct app *app, struct form_screen *fs, int64_t resident_id);

/* Functions of a screen_def; `state` begins with a struct form_screen. */
enum rc form_screen_load(struct app *app, void *state, struct err *e);
struct next form_screen_act(struct app *app, void *state, enum action action);
struct next form_screen_type(struct app *app, void *state, const struct key_event *ev);
unsigned form_screen_when(const struct app *app, const void *state);
void form_screen_draw(const struct app *app, const void *state, struct canvas *c, struct rect area);
bool form_screen_resume(struct app *app, void *state, int64_t result_id);
void form_screen_tick(struct app *app, void *state);
enum rc form_screen_leave(struct app *app, void *state, struct err *e);
const char *form_screen_status(const struct app *app, const void *state);
void form_screen_close(struct app *app, void *state);

#define FORM_SCREEN_FUNCTIONS \
	.keys = &form_keys, .types = true, .load = form_screen_load, .draw = form_screen_draw, .act = form_screen_act, .when = form_screen_when, \
	.type = form_screen_type, .resume = form_screen_resume, .tick = form_screen_tick, .leave = form_screen_leave, .status = form_screen_status

#endif
