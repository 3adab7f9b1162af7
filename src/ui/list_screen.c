/* What every screen around a list does the same way. */
#include "ui/list_screen.h"

#include <string.h>

#include "domain/register.h"
#include "store/draft.h"
#include "ui/widgets/hint.h"
#include "ui/widgets/list_export.h"
#include "ui/widgets/register_columns.h"

/* The panes ------------------------------------------------------------------------------------------------------------------------- */

static struct rect list_area(const struct app *app, const struct list_screen *s, struct rect area)
{
	if (app->wide && s->spec->load_beside)
		area.cols = area.cols * 3 / 5 > s->spec->cols_min ? area.cols * 3 / 5 : s->spec->cols_min;
	return area;
}

static struct rect beside_area(const struct app *app, const struct list_screen *s, struct rect area)
{
	int left = list_area(app, s, area).cols;

	return (struct rect){ area.row, area.col + left, area.rows, area.cols - left };
}

static enum rc prepare(struct app *app, struct list_screen *s, struct err *e)
{
	s->beside_stale = true;
	return list_view_prepare(app, &s->view, app->area.rows - 2, e);
}

static enum rc load_beside(struct app *app, void *state, struct err *e)
{
	struct list_screen *s = state;

	s->beside_stale = false;
	s->beside_id = list_view_id(&s->view);
	return s->spec->load_beside(app, state, s->beside_id, beside_area(app, s, app->area), e);
}

bool list_screen_beside(struct app *app, void *state)
{
	struct list_screen *s = state;
	struct err e = { 0 };

	if ((s->beside_stale || s->beside_id != list_view_id(&s->view)) && load_beside(app, state, &e) != RC_OK) {
		app_fail(app, &e);
		s->beside_id = 0;
	}
	return s->beside_id != 0;
}

/* What is kept for the account ------------------------------------------------------------------------------------------------------ */

static enum rc kept(struct app *app, const struct list_screen *s, const char *what, char **out, struct err *e)
{
	AUTO_FREE char *name = mem_format("%s.%s", s->spec->name, what);

	return s->passing ? RC_OK : preference_get(app->of->st, app->of->me.id, name, out, e);
}

static void keep(struct app *app, const struct list_screen *s, const char *what, const struct strbuf *value)
{
	AUTO_FREE char *name = mem_format("%s.%s", s->spec->name, what);
	struct err e = { 0 };

	if (!s->passing && preference_set(app->of->st, app->of->me.id, name, strbuf_str(value), &e) != RC_OK)
		app_fail(app, &e);
}

static void keep_changes(struct app *app, struct list_screen *s)
{
	AUTO_STRBUF filter = { 0 };
	AUTO_STRBUF order = { 0 };

	if (s->filter_unkept) {
		if (s->spec->own_filter)
			s->spec->own_filter->write(s, &filter);
		else
			filter_set_write(&s->filter, &filter);
		keep(app, s, "filter", &filter);
	}
	if (s->order_unkept) {
		strbuf_format(&order, "%s%s", s->view.order.descending ? "-" : "", s->view.order.column);
		keep(app, s, "order", &order);
	}
	s->filter_unkept = s->order_unkept = false;
}

/* It follows the cursor when nobody types: a held arrow key does not load every record that it passes. */
bool list_screen_idle(struct app *app, void *state, bool *repaint)
{
	struct list_screen *s = state;
	struct err e = { 0 };
	bool more;

	if (app->wide && s->spec->load_beside && (s->beside_stale || s->beside_id != list_view_id(&s->view))) {
		if (load_beside(app, state, &e) != RC_OK)
			app_fail(app, &e);
		*repaint = true;
		return true;
	}
	more = list_view_idle(app, &s->view, repaint);
	if (!more)
		keep_changes(app, s);
	return more;
}

/* Filters and order ----------------------------------------------------------------------------------------------------------------- */

static enum rc apply_filter(struct app *app, struct list_screen *s, struct err *e)
{
	const struct list_own_filter *own = s->spec->own_filter;
	struct list_filter conditions[LIST_CONDITIONS_MAX];
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF words = { 0 };
	enum rc rc = RC_OK;
	size_t n = 0;

	if (own) {
		rc = own->conditions(app, s, &arena, conditions, &n, &words, e);
	} else {
		n = filter_set_conditions(app, &s->filter, &arena, conditions);
		filter_set_words(app, &s->filter, &words);
	}
	if (rc != RC_OK || (rc = list_view_filter(app, &s->view, conditions, n, strbuf_str(&words), e)) != RC_OK)
		return rc;
	return prepare(app, s, e);
}

static void change_filter(struct app *app, struct list_screen *s)
{
	struct err e = { 0 };

	if (apply_filter(app, s, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	s->filter_unkept = s->spec->own_filter || s->filter.n > 0;
}

static void clear_filter(struct app *app, struct list_screen *s)
{
	if (s->spec->own_filter)
		s->spec->own_filter->clear(s);
	else
		filter_set_clear(&s->filter);
	list_view_clear_find(&s->view);
	change_filter(app, s);
}

static void choose_filter(struct app *app, struct list_screen *s)
{
	if (s->spec->own_filter ? s->spec->own_filter->choose(app, s) : filter_set_choose(app, &s->filter))
		change_filter(app, s);
}

static void sort(struct app *app, struct list_screen *s, bool reverse)
{
	struct err e = { 0 };

	if (list_view_sort(app, &s->view, reverse, &e) != RC_OK || prepare(app, s, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	s->order_unkept = true;
}

/* Opening and loading --------------------------------------------------------------------------------------------------------------- */

/* The order as it was kept, where a column still has it. */
static enum rc kept_order(struct app *app, const struct list_screen *s, const struct view_column *columns, size_t n, struct list_order *order,
                          struct err *e)
{
	AUTO_FREE char *name = NULL;
	bool descending;
	enum rc rc = kept(app, s, "order", &name, e);

	if (rc != RC_OK || !name)
		return rc;
	descending = *name == '-';
	if (strcmp(order->column, name + descending) == 0)
		order->descending = descending;
	for (size_t i = 0; i < n; i++)
		if (columns[i].order && strcmp(columns[i].order, name + descending) == 0)
			*order = (struct list_order){ columns[i].order, descending };
	return RC_OK;
}

static enum rc kept_filter(struct app *app, struct list_screen *s, struct err *e)
{
	AUTO_FREE char *line = NULL;
	enum rc rc = kept(app, s, "filter", &line, e);
	const char *used = s->given ? s->given : line;

	if (rc != RC_OK || !used)
		return rc;
	if (s->spec->own_filter)
		s->spec->own_filter->read(s, used);
	else
		filter_set_read(app, &s->filter, used);
	return RC_OK;
}

enum rc list_screen_open(struct app *app, struct list_screen *s, const struct list_screen_spec *spec, const struct list_spec *list,
                         const struct view_column *columns, size_t n, struct list_order order, list_view_find *find_rule, void *find_context,
                         struct err *e)
{
	enum rc rc;

	s->spec = spec;
	s->reads = list->reads;
	s->filter = filter_set_first(spec->filters, spec->n_filters);
	if ((rc = kept_order(app, s, columns, n, &order, e)) != RC_OK || (rc = kept_filter(app, s, e)) != RC_OK ||
	    (rc = list_view_open(app, &s->view, list, columns, n, order, find_rule, find_context, e)) != RC_OK)
		return rc;
	return apply_filter(app, s, e);
}

enum rc list_screen_open_register(struct app *app, struct list_screen *s, const struct list_screen_spec *spec, const struct form *form,
                                  list_show *show_status, struct err *e)
{
	struct list_spec *list = arena_alloc(&s->arena, sizeof *list);
	struct view_column *columns;
	struct list_order order;
	size_t n;
	enum rc rc;

	if ((rc = register_list_spec(app->of, form, &s->arena, list, e)) != RC_OK ||
	    (rc = register_columns(app, form, &s->arena, &columns, &n, e)) != RC_OK ||
	    (rc = register_order(app->of, form, form->order, form->order_descending, &s->arena, &order, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n && show_status; i++)
		if (strcmp(form->columns[i].field->name, "status") == 0)
			columns[i].show = show_status;
	return list_screen_open(app, s, spec, list, columns, n, order, register_find_rule, (void *)form, e);
}

enum rc list_screen_load(struct app *app, void *state, struct err *e)
{
	struct list_screen *s = state;
	uint64_t version = store_version(app->of->st, s->reads);
	enum rc rc;

	if ((!s->spec->narrow_reads || !s->view.queried || version != s->version) && (rc = list_view_reload(app, &s->view, e)) != RC_OK)
		return rc;
	s->version = version;
	return prepare(app, s, e);
}

/* Keys ------------------------------------------------------------------------------------------------------------------------------ */

struct next list_screen_push(struct list_screen *s, const char *screen, struct screen_args args, bool returns)
{
	s->view.finding = false;      /* what was typed goes on filtering */
	s->returns = returns;
	return next_push(screen, args);
}

static struct next push_by_table(struct list_screen *s, enum action action)
{
	int64_t id = list_view_id(&s->view);

	for (size_t i = 0; i < s->spec->n_opens; i++) {
		const struct list_key *k = &s->spec->opens[i];

		if (k->action == action)
			return list_screen_push(s, k->screen, (struct screen_args){ .form = k->form, .text = k->text, .id = k->row == ROW_AS_ID ? id : 0,
			                        .context_id = k->row == ROW_AS_CONTEXT ? id : 0 }, k->returns);
	}
	return next_pass();
}

/* Out of what was typed to find something, then away. */
static struct next back(struct app *app, struct list_screen *s)
{
	struct err e = { 0 };
	bool used = list_view_escape(app, &s->view, &e);

	if (e.code != RC_OK)
		app_fail(app, &e);
	return used ? next_stay() : next_pass();
}

struct next list_screen_act(struct app *app, void *state, enum action action)
{
	struct list_screen *s = state;

	switch (action) {
	case ACT_FIND:
		list_view_start_find(&s->view);
		return next_stay();
	case ACT_FILTER:
		choose_filter(app, s);
		return next_stay();
	case ACT_CLEAR_FILTER:
		clear_filter(app, s);
		return next_stay();
	case ACT_SORT:
	case ACT_REVERSE:
		sort(app, s, action == ACT_REVERSE);
		return next_stay();
	case ACT_EXPORT:
		list_export(app, &s->view, s->spec->title);
		return next_stay();
	case ACT_BACK:
		return back(app, s);
	default:
		return push_by_table(s, action);
	}
}

struct next list_screen_type(struct app *app, void *state, const struct key_event *ev)
{
	struct list_screen *s = state;
	struct err e = { 0 };

	if (!list_view_key(app, &s->view, ev, &e))
		return next_pass();
	if (e.code != RC_OK)
		app_fail(app, &e);
	return next_stay();
}

bool list_screen_typing(const struct app *app, const void *state)
{
	const struct list_screen *s = state;

	(void)app;
	return s->view.finding;
}

unsigned list_screen_when(const struct app *app, const void *state)
{
	const struct list_screen *s = state;
	bool row = list_view_id(&s->view) != 0;

	return (list_view_filtered(&s->view) ? WHEN_FILTERED : 0) | (row ? WHEN_ROW : 0) | (row && office_may(app->of, MAY_EXPORT_LIST) ? WHEN_EXPORT : 0);
}

/* What was opened, added or merged comes back under the cursor. */
bool list_screen_resume(struct app *app, void *state, int64_t result_id)
{
	struct list_screen *s = state;

	(void)app;
	if (result_id && s->returns)
		s->view.cursor_id = result_id;
	return false;
}

void list_screen_close(struct app *app, void *state)
{
	struct list_screen *s = state;

	keep_changes(app, s);
	list_view_close(&s->view);
	arena_clear(&s->arena);
}

void list_screen_draw_titled(const struct app *app, const void *state, struct canvas *c, struct rect area, const char *title, bool active)
{
	const struct list_screen *s = state;
	struct rect inner = canvas_frame(c, list_area(app, s, area), STYLE_BORDER, title);

	list_view_draw(app, &s->view, c, inner, active);
	if (s->spec->empty && list_count(s->view.list) == 0 && list_complete(s->view.list))
		hint_draw(app, c, inner, s->spec->keys, list_view_filtered(&s->view) ? "按 {clear-filter} 显示全部，或按 {find} 换个词再找" : s->spec->empty);
	if (app->wide && s->spec->draw_beside)
		s->spec->draw_beside(app, state, c, beside_area(app, s, area));
}

void list_screen_draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct list_screen *s = state;

	list_screen_draw_titled(app, state, c, area, s->spec->title, true);
}
