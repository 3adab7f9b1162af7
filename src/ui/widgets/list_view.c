/* A list on the screen: which rows it holds, where the cursor is, what is typed to narrow it. Painting is in list_draw.c.
 *
 * The row under the cursor is known by its id, so that it stays under the cursor when other people's changes move it.
 */
#include "ui/widgets/list_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "ui/editor.h"

#define FIND_CLUSTERS 60
#define FIND_FILTERS_MAX 8
#define FILTERS_MAX (VIEW_FILTERS_MAX - FIND_FILTERS_MAX)
#define CHROME_ROWS 2             /* heading and foot */
#define FILL_MS 4
#define END_MS 500                /* how long End may work before it takes the last row found so far */
#define WHEEL_ROWS 3

enum rc list_view_open(struct app *app, struct list_view *v, const struct list_spec *spec, const struct view_column *columns, size_t n,
                       struct list_order order, list_view_find *find_rule, void *find_context, struct err *e)
{
	struct list *list;
	enum rc rc;

	if ((rc = list_open(&list, app->of->st, spec, e)) != RC_OK)
		return rc;
	*v = (struct list_view){
		.list = list, .find_rule = find_rule, .find_context = find_context, .columns = columns, .n_columns = n, .order = order,
		.rows = 1, .find = editor_new(false, FIND_CLUSTERS), .filter_text = mem_copy(""), .drawn = mem_alloc(sizeof *v->drawn),
	};
	return RC_OK;
}

static void release_filters(struct list_filter *filters, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		value_clear(&filters[i].p);
		value_clear(&filters[i].q);
		free((char *)filters[i].where);
	}
	free(filters);
}

void list_view_close(struct list_view *v)
{
	list_close(v->list);
	editor_free(v->find);
	release_filters(v->fixed, v->n_fixed);
	free(v->filter_text);
	free(v->drawn);
	*v = (struct list_view){ 0 };
}

/* Cursor and window after the rows have changed: the same row at the same height, else the same place. A window at the head of the list stays there
 * as long as it holds the row: what comes in above it is seen. */
static void restore_cursor(struct list_view *v, int64_t id)
{
	size_t offset = v->cursor - v->top, count = list_count(v->list);
	size_t at = id ? list_index(v->list, id) : SIZE_MAX;

	v->seek_id = id && at == SIZE_MAX && !list_complete(v->list) ? id : 0;
	if (at != SIZE_MAX)
		v->cursor = at;
	else if (v->cursor >= count)
		v->cursor = count > 0 ? count - 1 : 0;
	if (v->top > 0 || v->cursor >= (size_t)v->rows)
		v->top = v->cursor > offset ? v->cursor - offset : 0;
	v->cursor_id = list_id(v->list, v->cursor);
}

enum rc list_view_filters(struct app *app, const struct list_view *v, struct arena *a, struct list_filter *out, size_t *n, struct err *e)
{
	size_t count = v->n_fixed < FILTERS_MAX ? v->n_fixed : FILTERS_MAX, found = 0;
	enum rc rc;

	if (count > 0)
		memcpy(out, v->fixed, count * sizeof *out);
	if (v->find_rule && !text_is_blank(editor_text(v->find)) &&
	    (rc = v->find_rule(app, v->find_context, editor_text(v->find), a, out + count, FIND_FILTERS_MAX, &found, e)) != RC_OK)
		return rc;
	*n = count + found;
	return RC_OK;
}

/* The store copies what it is given. */
static enum rc query(struct app *app, struct list_view *v, int64_t keep_id, struct err *e)
{
	struct list_filter filters[VIEW_FILTERS_MAX];
	AUTO_ARENA arena = { 0 };
	size_t n;
	enum rc rc;

	v->query_due = false;
	if ((rc = list_view_filters(app, v, &arena, filters, &n, e)) != RC_OK || (rc = list_query(v->list, filters, n, v->order, keep_id, e)) != RC_OK)
		return rc;
	v->queried = true;
	restore_cursor(v, keep_id);
	return RC_OK;
}

enum rc list_view_filter(struct app *app, struct list_view *v, const struct list_filter *filters, size_t n, const char *words, struct err *e)
{
	struct list_filter *copy = mem_alloc((n + 1) * sizeof *copy);
	char *text = mem_copy(words ? words : "");

	for (size_t i = 0; i < n; i++) {
		copy[i].where = mem_copy(filters[i].where);
		value_copy(&copy[i].p, &filters[i].p);
		value_copy(&copy[i].q, &filters[i].q);
	}
	release_filters(v->fixed, v->n_fixed);
	free(v->filter_text);
	v->fixed = copy;
	v->n_fixed = n;
	v->filter_text = text;
	return query(app, v, v->cursor_id, e);
}

enum rc list_view_reload(struct app *app, struct list_view *v, struct err *e)
{
	enum rc rc;

	if (!v->queried)
		return query(app, v, v->cursor_id, e);
	if ((rc = list_reload(v->list, v->cursor_id, e)) == RC_OK)
		restore_cursor(v, v->cursor_id);
	return rc;
}

/* The window holds the cursor and does not stand beyond the last row. */
static void place_window(struct list_view *v)
{
	size_t rows = (size_t)v->rows, count = list_count(v->list);

	if (v->cursor < v->top)
		v->top = v->cursor;
	if (v->cursor >= v->top + rows)
		v->top = v->cursor - rows + 1;
	if (v->top + rows > count)
		v->top = count > rows ? count - rows : 0;
}

static enum rc fetch(struct list_view *v, struct err *e)
{
	size_t margin = (size_t)v->rows, first;

	place_window(v);
	first = v->top > margin ? v->top - margin : 0;
	return list_prepare(v->list, first, v->top - first + 2 * margin, e);
}

enum rc list_view_prepare(struct app *app, struct list_view *v, int rows, struct err *e)
{
	(void)app;
	v->rows = rows > CHROME_ROWS ? rows - CHROME_ROWS : 1;
	return fetch(v, e);
}

static void move_to(struct list_view *v, size_t at)
{
	size_t count = list_count(v->list);

	v->cursor = at < count ? at : count > 0 ? count - 1 : 0;
	v->cursor_id = list_id(v->list, v->cursor);
	v->seek_id = 0;
}

/* The last row is known only when the list has been filled. */
static enum rc go_to_end(struct list_view *v, struct err *e)
{
	bool more = !list_complete(v->list);
	enum rc rc;

	for (int spent = 0; more && spent < END_MS; spent += 50)
		if ((rc = list_fill(v->list, 50, &more, e)) != RC_OK)
			return rc;
	move_to(v, SIZE_MAX);
	return RC_OK;
}

/* A click takes the row it is on. */
static bool click(struct list_view *v, const struct key_event *ev)
{
	const struct rect *d = v->drawn;

	if (ev->row < d->row || ev->row >= d->row + d->rows || ev->col < d->col || ev->col >= d->col + d->cols)
		return false;
	move_to(v, v->top + (size_t)(ev->row - d->row));
	return true;
}

/* Letters move too, as in other programs of the terminal, while none are being typed. */
static uint32_t letter_key(const struct list_view *v, uint32_t key)
{
	if (v->finding)
		return key;
	switch (key) {
	case 'j':
		return YK_DOWN;
	case 'k':
		return YK_UP;
	case 'g':
		return YK_HOME;
	case 'G':
		return YK_END;
	default:
		return key;
	}
}

/* A key that was used, whether or not it came to anything: a failure is in the caller's `e`. */
static bool used(enum rc rc)
{
	(void)rc;
	return true;
}

/* true: a moving key. */
static bool key_move(struct list_view *v, const struct key_event *ev, struct err *e)
{
	size_t page = v->rows > 1 ? (size_t)v->rows - 1 : 1;

	switch (letter_key(v, ev->key)) {
	case YK_UP:
		move_to(v, v->cursor > 0 ? v->cursor - 1 : 0);
		return true;
	case YK_DOWN:
		move_to(v, v->cursor + 1);
		return true;
	case YK_PGUP:
		move_to(v, v->cursor > page ? v->cursor - page : 0);
		return true;
	case YK_PGDN:
		move_to(v, v->cursor + page);
		return true;
	case YK_WHEEL_UP:
		move_to(v, v->cursor > WHEEL_ROWS ? v->cursor - WHEEL_ROWS : 0);
		return true;
	case YK_WHEEL_DOWN:
		move_to(v, v->cursor + WHEEL_ROWS);
		return true;
	case YK_HOME:
	case YK_CTRL_HOME:
		move_to(v, 0);
		return true;
	case YK_END:
	case YK_CTRL_END:
		return used(go_to_end(v, e));
	case YK_CLICK:
		return click(v, ev);
	default:
		return false;
	}
}

static enum rc query_if_due(struct app *app, struct list_view *v, struct err *e)
{
	return v->query_due ? query(app, v, 0, e) : RC_OK;
}

/* What is typed narrows the list with every key; the best row comes under the cursor. */
static bool key_find(struct app *app, struct list_view *v, const struct key_event *ev, struct err *e)
{
	if (ev->key == YK_ENTER) {
		v->finding = false;
		return used(query_if_due(app, v, e));
	}
	if (ev->key == YK_ESC)
		return list_view_escape(app, v, e);
	switch (editor_key(v->find, ev)) {
	case EDITOR_IGNORED:
		return false;
	case EDITOR_MOVED:
		return true;
	default:
		v->cursor = v->top = 0;
		v->query_due = true;
		return true;
	}
}

bool list_view_key(struct app *app, struct list_view *v, const struct key_event *ev, struct err *e)
{
	bool found = v->finding && ev->key != YK_UP && ev->key != YK_DOWN && key_find(app, v, ev, e);

	if (!found && query_if_due(app, v, e) != RC_OK)
		return true;
	if (!found && !key_move(v, ev, e))
		return false;
	return e->code != RC_OK || used(fetch(v, e));
}

static bool key_waits(void *app)
{
	return app_key_waits(app);
}

bool list_view_idle(struct app *app, struct list_view *v, bool *repaint)
{
	size_t before = list_count(v->list);
	bool more = false;
	struct err e = { 0 };

	if (v->query_due) {
		if (query_if_due(app, v, &e) != RC_OK || fetch(v, &e) != RC_OK)
			app_fail(app, &e);
		return *repaint = true;
	}
	if (list_complete(v->list) && list_total(v->list) != SIZE_MAX && v->seek_id == 0)
		return false;
	if (list_fill_idle(v->list, FILL_MS, key_waits, app, &more, &e) != RC_OK) {
		app_fail(app, &e);
		return false;
	}
	if (v->seek_id)
		restore_cursor(v, v->seek_id);
	if (list_count(v->list) != before || !more) {
		if (fetch(v, &e) != RC_OK)
			app_fail(app, &e);
		*repaint = true;
	}
	return more;
}

/* Which column the list is ordered by; n_columns if none. */
static size_t sorted_column(const struct list_view *v)
{
	for (size_t i = 0; i < v->n_columns; i++)
		if (v->columns[i].order && v->order.column && strcmp(v->columns[i].order, v->order.column) == 0)
			return i;
	return v->n_columns;
}

enum rc list_view_sort(struct app *app, struct list_view *v, bool reverse_only, struct err *e)
{
	struct list_order before = v->order;
	size_t at = sorted_column(v);
	enum rc rc;

	if (reverse_only) {
		v->order.descending = !v->order.descending;
	} else {
		for (size_t k = 1; k <= v->n_columns; k++) {
			const struct view_column *c = &v->columns[(at + k) % v->n_columns];

			if (c->order && (at == v->n_columns || c != &v->columns[at])) {
				v->order = (struct list_order){ c->order, false };
				break;
			}
		}
	}
	if ((rc = query(app, v, v->cursor_id, e)) != RC_OK)
		v->order = before;
	return rc;
}

int64_t list_view_id(const struct list_view *v)
{
	return list_id(v->list, v->cursor);
}

void list_view_start_find(struct list_view *v)
{
	v->finding = true;
	editor_end(v->find);
}

void list_view_clear_find(struct list_view *v)
{
	v->finding = false;
	editor_set(v->find, "");
}

bool list_view_escape(struct app *app, struct list_view *v, struct err *e)
{
	bool typed = !editor_is_empty(v->find);
	enum rc rc;

	if (!v->finding && !typed)
		return false;
	list_view_clear_find(v);
	if (!typed || (rc = query(app, v, v->cursor_id, e)) != RC_OK)
		return true;
	return used(fetch(v, e));
}

bool list_view_filtered(const struct list_view *v)
{
	return v->n_fixed > 0 || !editor_is_empty(v->find);
}
