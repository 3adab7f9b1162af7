/* Screens that are "a list, and beside it what is under the cursor": finding, filters and order kept for the account, export, keys that open others.
 *
 * Such a screen's state begins with a struct list_screen, its spec says in tables what is its own, its open() calls one of the two functions below, and
 * its screen_def names list_screen's functions (or its own that call them).
 */
#ifndef YL_UI_LIST_SCREEN_H
#define YL_UI_LIST_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/form.h"
#include "base/mem.h"
#include "ui/screen.h"
#include "ui/widgets/filter_set.h"
#include "ui/widgets/list_view.h"

/* How the row under the cursor is told to the screen that a key opens. */
enum list_row { ROW_UNTOLD, ROW_AS_ID, ROW_AS_CONTEXT };

/* A key that opens another screen. */
struct list_key {
	enum action action;
	const char *screen;
	enum list_row row;
	bool returns;                 /* the id that comes back is a row of this list: the cursor goes there */
	const char *form, *text;      /* args; NULL: none */
};

#define LIST_CONDITIONS_MAX 24

/* A filter that is no table of kinds: it lives in the screen's state. */
struct list_own_filter {
	void (*read)(void *state, const char *line);
	void (*write)(const void *state, struct strbuf *out);
	void (*clear)(void *state);
	bool (*choose)(struct app *app, void *state);
	/* `out` holds LIST_CONDITIONS_MAX. */
	enum rc (*conditions)(const struct app *app, const void *state, struct arena *a, struct list_filter *out, size_t *n, struct strbuf *words,
	                      struct err *e);
};

struct list_screen_spec {
	const char *name;             /* of what is kept for the account: NAME.filter, NAME.order */
	const char *title;            /* in the frame, and of an exported file */
	const char *empty;            /* what to do where there is no row at all (hint.h); NULL: nothing is said */
	const struct keymap *keys;
	const struct list_key *opens;
	size_t n_opens;
	const struct filter_kind *filters;
	size_t n_filters;
	const struct list_own_filter *own_filter;        /* instead of `filters`; NULL: none */
	bool narrow_reads;            /* only the tables that the list itself names make it stale, not all that screen_def names */
	int cols_min;                 /* of the list where something stands beside it */
	/* What stands beside the list: load the record (0: none), laid out for the area; paint it. NULL: nothing does. */
	enum rc (*load_beside)(struct app *app, void *state, int64_t id, struct rect area, struct err *e);
	void (*draw_beside)(const struct app *app, const void *state, struct canvas *c, struct rect area);
};

struct list_screen {
	const struct list_screen_spec *spec;
	struct list_view view;
	struct arena arena;           /* of the list's columns and SQL */
	struct filter_set filter;
	bool filter_unkept, order_unkept;        /* changed; kept for the account when nobody types, for that is a write that a key needn't wait for */
	bool passing;                 /* opened for one look: filter and order are not the account's */
	const char *given;            /* during open(): a filter's line instead of the kept one; NULL: none */
	table_set reads;              /* narrow_reads: the tables, */
	uint64_t version;             /* and how they stood when the list was read */
	int64_t beside_id;            /* what stands beside it */
	bool beside_stale;
	bool returns;                 /* the id that the screen above comes back with is a row of this list */
};

/* `list`, `columns` and `order` live as long as the screen. */
enum rc list_screen_open(struct app *app, struct list_screen *s, const struct list_screen_spec *spec, const struct list_spec *list,
                         const struct view_column *columns, size_t n, struct list_order order, list_view_find *find_rule, void *find_context,
                         struct err *e) MUST_USE;
/* The list of a form's records; `show_status` paints the column "status" (NULL: as the form says). */
typedef void list_show(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style);
enum rc list_screen_open_register(struct app *app, struct list_screen *s, const struct list_screen_spec *spec, const struct form *form,
                                  list_show *show_status, struct err *e) MUST_USE;

/* Open another screen, for keys that no table can tell; `returns` as in struct list_key. */
struct next list_screen_push(struct list_screen *s, const char *screen, struct screen_args args, bool returns);
/* The record under the cursor, loaded now where it is not. false: there is none, or it failed, which is said. */
bool list_screen_beside(struct app *app, void *state);
/* Both panes, under this title; `active`: the keys go to the list. */
void list_screen_draw_titled(const struct app *app, const void *state, struct canvas *c, struct rect area, const char *title, bool active);

/* Functions of a screen_def; `state` begins with a struct list_screen. when() answers WHEN_ROW and WHEN_FILTERED, WHEN_EXPORT where there are rows. */
enum rc list_screen_load(struct app *app, void *state, struct err *e);
struct next list_screen_act(struct app *app, void *state, enum action action);
struct next list_screen_type(struct app *app, void *state, const struct key_event *ev);
bool list_screen_typing(const struct app *app, const void *state);
unsigned list_screen_when(const struct app *app, const void *state);
bool list_screen_resume(struct app *app, void *state, int64_t result_id);
bool list_screen_idle(struct app *app, void *state, bool *repaint);
void list_screen_draw(const struct app *app, const void *state, struct canvas *c, struct rect area);
void list_screen_close(struct app *app, void *state);

#define LIST_SCREEN_FUNCTIONS \
	.load = list_screen_load, .type = list_screen_type, .typing = list_screen_typing, .resume = list_screen_resume, .idle = list_screen_idle

#endif
