/* Screens: data and a few functions. The loop owns their life; screens do not call each other.
 *
 * A key goes: keymap → act() (if bound and its conditions hold) → else type() (typed text, Enter, arrows of a form). `load` fills the state from the
 * domain and lays it out for app->area; it runs again when one of the tables in `reads` has changed, and when the terminal has another size; `draw`
 * only paints what is in memory; `act` changes the world and answers what next.
 */
#ifndef YL_UI_SCREEN_H
#define YL_UI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ui/app.h"
#include "ui/canvas.h"
#include "ui/keymap.h"

struct screen_args {
	int64_t id;                   /* the record, 0: none */
	int64_t context_id;           /* what it belongs to */
	const char *form;             /* a form's name; literal or living as long as the forms */
	const char *text;             /* borrowed during open() */
	const void *data;             /* borrowed during open(): screen-specific, named in that screen's head comment */
};

/* What happens after an action. */
enum next_kind { NEXT_STAY, NEXT_PUSH, NEXT_REPLACE, NEXT_POP, NEXT_QUIT, NEXT_PASS };

struct next {
	enum next_kind kind;
	const char *screen;           /* PUSH, REPLACE: name in the registry */
	struct screen_args args;
	int64_t result_id;            /* POP: handed to the screen below (its resume()) */
};

struct next next_stay(void);
struct next next_pass(void);      /* this screen has no use for it: the loop's own meaning of the action applies */
struct next next_push(const char *screen, struct screen_args args);
struct next next_replace(const char *screen, struct screen_args args);
struct next next_pop(int64_t result_id);
/* What a use case came to (app_report()), and stay. */
#define next_report(...) (app_report(__VA_ARGS__), next_stay())

struct screen_def {
	const char *name;             /* "issue-list" */
	const char *title;            /* "事项": in the frame and in the palette */
	table_set reads;              /* TBL_… */
	size_t state_size;            /* zeroed before open() */
	const struct keymap *keys;
	bool types;                   /* letters and digits are typed text here, not hot keys (while typing() says so, if given) */

	enum rc (*open)(struct app *app, void *state, const struct screen_args *args, struct err *e);   /* may be NULL; close() follows a failure */
	enum rc (*load)(struct app *app, void *state, struct err *e);
	void (*draw)(const struct app *app, const void *state, struct canvas *c, struct rect area);
	struct next (*act)(struct app *app, void *state, enum action action);
	unsigned (*when)(const struct app *app, const void *state);
	struct next (*type)(struct app *app, void *state, const struct key_event *ev);      /* may be NULL */
	bool (*typing)(const struct app *app, const void *state);                           /* may be NULL: `types` */
	bool (*resume)(struct app *app, void *state, int64_t result_id);                    /* a pushed screen came back; true: nothing is left to do here either; may be NULL */
	bool (*idle)(struct app *app, void *state, bool *repaint);  /* a slice of ≤ 5 ms while nobody types; true: wants another; may be NULL */
	void (*tick)(struct app *app, void *state);                 /* a few times a second: drafts; may be NULL */
	enum rc (*leave)(struct app *app, void *state, struct err *e);   /* about to be hung up or locked: keep drafts; may be NULL */
	void (*close)(struct app *app, void *state);                /* release; may be NULL */
	const char *(*status)(const struct app *app, const void *state);   /* help of the active field for the message line; may be NULL */
};

/* Whether the palette offers a screen wherever one is; main screens are offered always. */
enum screen_offer {
	OFFER_NOT,
	OFFER_ALWAYS,                 /* opens without arguments */
	OFFER_REGISTERS,              /* once for each form that is a register (a group, list columns, a role that may view it), as args.form */
};

/* The registry: one row a screen. */
struct screen_entry {
	const struct screen_def *def;
	char digit;                   /* '1' … '0': a main screen; 0: reached from others */
	int may;                      /* enum capability the role must have; -1: everybody */
	enum screen_offer offer;
};
extern const struct screen_entry screen_registry[];
extern const size_t screen_registry_count;

const struct screen_entry *screen_find(const char *name);     /* NULL if there is none */
const struct screen_entry *screen_of_digit(char digit);       /* NULL if there is none */
bool screen_allowed(const struct office *of, const struct screen_entry *entry);

#endif
