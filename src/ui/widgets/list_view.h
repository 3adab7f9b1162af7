/* A list on the screen: heading, rows, cursor, live filter line, the number of hidden rows, sorting.
 *
 * Holds a store list (rowid array); prepares the visible window before drawing. draw never asks the database.
 */
#ifndef YL_UI_LIST_VIEW_H
#define YL_UI_LIST_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/list.h"
#include "ui/app.h"
#include "ui/canvas.h"
#include "ui/key.h"

/* A column on the screen. */
struct view_column {
	const char *title;
	int width_cols;               /* 0: the rest; the last one takes what is left */
	size_t source;                /* which column of the list_spec's row; beyond them: one that only show() knows */
	const char *order;            /* column to sort by, NULL: not sortable */
	enum text_align align;
	const struct form *form;      /* a register's column: a row's text appears as register_cell(form, source) says; NULL: as it stands in the row */
	/* How a row appears in this column (days → 今天, masks); NULL: by codes or form, else list_text(l, i, source). */
	void (*show)(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style);
	const char *codes;            /* the row holds a code of this list: its label is shown; NULL: it does not */
};

/* How typed text becomes conditions: the domain's rule for this list; none where nothing is to be filtered. `context` is the owner's. */
typedef enum rc list_view_find(struct app *app, void *context, const char *typed, struct arena *a,
                               struct list_filter *out, size_t max, size_t *n, struct err *e);

struct list_view {
	struct list *list;
	list_view_find *find_rule;
	void *find_context;
	const struct view_column *columns;
	size_t n_columns;
	struct list_order order;
	size_t top, cursor;           /* rows */
	int64_t cursor_id;            /* kept over reloads */
	int rows;                     /* visible rows at the last prepare */
	bool finding;                 /* the filter line is being typed */
	bool query_due;               /* what was typed is not looked for yet: the letter shows at once, the rows in idle time */
	struct editor *find;          /* what is typed after `/` */
	struct list_filter *fixed;    /* the screen's own filters (phase, grid …), copied */
	size_t n_fixed;
	char *filter_text;            /* how the fixed filters read: "网格 03 · 未结"; "" if none */
	bool queried;
	int64_t seek_id;              /* the row to go back to when it has been found again; 0: none */
	struct rect *drawn;           /* where the rows were painted last: for clicks */
};

enum rc list_view_open(struct app *app, struct list_view *v, const struct list_spec *spec, const struct view_column *columns, size_t n,
                       struct list_order order, list_view_find *find_rule, void *find_context, struct err *e) MUST_USE;
void list_view_close(struct list_view *v);
/* New fixed filters and their words; queries at once. */
enum rc list_view_filter(struct app *app, struct list_view *v, const struct list_filter *filters, size_t n, const char *words,
                         struct err *e) MUST_USE;
/* What narrows it now, the typed text too: at most VIEW_FILTERS_MAX; the texts of fixed ones are borrowed, the others live in the arena. */
#define VIEW_FILTERS_MAX 40
enum rc list_view_filters(struct app *app, const struct list_view *v, struct arena *a, struct list_filter *out, size_t *n, struct err *e) MUST_USE;
enum rc list_view_reload(struct app *app, struct list_view *v, struct err *e) MUST_USE;
/* Fetch what the next draw shows; call from load() and after a filter or a sort, with the rows of the area that draw is given (inside a frame: 2 less). */
enum rc list_view_prepare(struct app *app, struct list_view *v, int rows, struct err *e) MUST_USE;

/* Arrows, PgUp/PgDn, Home/End, wheel, click, and the typed filter; fetches what is then seen. false: not a key of the list.
 * `e` is zeroed before; a failure is left in it. */
bool list_view_key(struct app *app, struct list_view *v, const struct key_event *ev, struct err *e);
bool list_view_idle(struct app *app, struct list_view *v, bool *repaint);     /* fills in slices */
/* Sort by the next/previous sortable column, or the other way round. */
enum rc list_view_sort(struct app *app, struct list_view *v, bool reverse_only, struct err *e);

int64_t list_view_id(const struct list_view *v);      /* under the cursor, 0: none */
void list_view_start_find(struct list_view *v);
void list_view_clear_find(struct list_view *v);       /* forget what was typed; the next filter() or reload() shows it */
/* Esc: a find line that is open or filters is closed and its text forgotten. false: there was none, the screen may go back. */
bool list_view_escape(struct app *app, struct list_view *v, struct err *e);
bool list_view_filtered(const struct list_view *v);

/* Paints heading row, rows, and at the foot the filters in words with counts: "网格 03 · 查找 王 · 12 条，隐藏 2,345 条". */
void list_view_draw(const struct app *app, const struct list_view *v, struct canvas *c, struct rect area, bool active);
/* A prepared row's cell, appended as the list paints it. `style` may be changed; not NULL. */
void list_view_cell(const struct app *app, const struct list_view *v, size_t i, const struct view_column *column, struct strbuf *out, enum style *style);

#endif
