/* The list of all records of one form. args.form the form's name. */
#include <string.h>

#include "base/mem.h"
#include "domain/register.h"
#include "domain/register_pick.h"
#include "store/draft.h"
#include "ui/form_screen.h"
#include "ui/widgets/list_export.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/register_columns.h"

struct register_screen {
	const struct form *form;
	struct list_view view;
	struct arena arena;           /* the list's shape */
	table_set reads;              /* what this list reads, */
	uint64_t version;             /* and how it stood when it was loaded */
};

static const struct key_bind binds[] = {
	{ ACT_OPEN,         "Enter l", WHEN_ROW },
	{ ACT_NEW,          "F2 N",    WHEN_MAY_CREATE },
	{ ACT_FIND,         "/",       WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER, "F8 a",    WHEN_FILTERED },
	{ ACT_SORT,         "F9 o",    WHEN_ALWAYS },
	{ ACT_REVERSE,      "O",       WHEN_ALWAYS },
	{ ACT_HISTORY,      "F3 h",    WHEN_ROW },
	{ ACT_EXPORT,       "x",       WHEN_MAY_EDIT },
};
static const struct keymap keys = { "register", binds, COUNT(binds) };

/* The account's order of this register: "register.building.order". */
static char *order_name(const struct form *form)
{
	return mem_format("register.%s.order", form->name);
}

static void keep_order(struct app *app, const struct register_screen *s)
{
	AUTO_FREE char *name = order_name(s->form);
	AUTO_STRBUF order = { 0 };
	struct err e = { 0 };

	register_order_write(&s->view.order, &order);
	if (preference_set(app->of->st, app->of->me.id, name, strbuf_str(&order), &e) != RC_OK)
		app_fail(app, &e);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct register_screen *s = state;
	AUTO_FREE char *name = NULL, *kept = NULL;
	struct view_column *columns;
	struct list_order order;
	struct list_spec spec;
	size_t n;
	enum rc rc;

	s->form = form_find(app->of->forms, args->form ? args->form : "");
	if (s->form == NULL)
		return err_set(e, RC_NOTFOUND, NULL, "没有这种登记表");
	name = order_name(s->form);
	if ((rc = register_list_spec(app->of, s->form, &s->arena, &spec, e)) != RC_OK ||
	    (rc = register_columns(app, s->form, &s->arena, &columns, &n, e)) != RC_OK ||
	    (rc = preference_get(app->of->st, app->of->me.id, name, &kept, e)) != RC_OK ||
	    (rc = register_order_read(app, s->form, kept, &s->arena, &order, e)) != RC_OK)
		return rc;
	s->reads = spec.reads;
	return list_view_open(app, &s->view, &spec, columns, n, order, register_find_rule, (void *)s->form, e);
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct register_screen *s = state;
	uint64_t version = store_version(app->of->st, s->reads);
	enum rc rc;

	if (!s->view.queried || version != s->version)
		if ((rc = list_view_reload(app, &s->view, e)) != RC_OK)
			return rc;
	s->version = version;
	return list_view_prepare(app, &s->view, app->area.rows - 2, e);
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct register_screen *s = state;

	list_view_draw(app, &s->view, c, canvas_frame(c, area, STYLE_BORDER, s->form->title), true);
}

static void refresh(struct app *app, struct register_screen *s, enum rc rc, struct err *e)
{
	if (rc != RC_OK || list_view_prepare(app, &s->view, app->area.rows - 2, e) != RC_OK)
		app_fail(app, e);
}

/* A resident is shown by a screen of its own; a plain record by its form. */
static const char *screen_of(const struct form *form)
{
	static const char *const own[] = { "resident", "household" };

	for (size_t i = 0; i < COUNT(own); i++)
		if (strcmp(own[i], form->name) == 0)
			return own[i];
	return "record";
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct register_screen *s = state;
	struct err e = { 0 };

	switch (action) {
	case ACT_OPEN:
		s->view.finding = false;
		return next_push(screen_of(s->form), (struct screen_args){ .form = s->form->name, .id = list_view_id(&s->view) });
	case ACT_NEW:
		return next_push(form_screen_for(s->form->name), (struct screen_args){ .form = s->form->name });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .form = s->form->name, .id = list_view_id(&s->view) });
	case ACT_FIND:
		list_view_start_find(&s->view);
		return next_stay();
	case ACT_CLEAR_FILTER:
		list_view_clear_find(&s->view);
		refresh(app, s, list_view_filter(app, &s->view, NULL, 0, "", &e), &e);
		return next_stay();
	case ACT_SORT:
	case ACT_REVERSE:
		refresh(app, s, list_view_sort(app, &s->view, action == ACT_REVERSE, &e), &e);
		keep_order(app, s);
		return next_stay();
	case ACT_EXPORT:
		list_export(app, &s->view, s->form->title);
		return next_stay();
	case ACT_BACK:
		if (!list_view_escape(app, &s->view, &e))
			return next_pass();
		if (e.code != RC_OK)
			app_fail(app, &e);
		return next_stay();
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct register_screen *s = state;
	struct err e = { 0 };

	if (!list_view_key(app, &s->view, ev, &e))
		return next_pass();
	if (e.code != RC_OK)
		app_fail(app, &e);
	return next_stay();
}

static bool typing(const struct app *app, const void *state)
{
	const struct register_screen *s = state;

	(void)app;
	return s->view.finding;
}

static bool idle(struct app *app, void *state, bool *repaint)
{
	struct register_screen *s = state;

	return list_view_idle(app, &s->view, repaint);
}

static unsigned when(const struct app *app, const void *state)
{
	const struct register_screen *s = state;

	return (list_view_id(&s->view) ? WHEN_ROW : 0) | (register_may_add(app->of, s->form) ? WHEN_MAY_CREATE : 0) |
	       (office_may(app->of, MAY_EXPORT_LIST) ? WHEN_MAY_EDIT : 0) | (list_view_filtered(&s->view) ? WHEN_FILTERED : 0);
}

static void close_screen(struct app *app, void *state)
{
	struct register_screen *s = state;

	(void)app;
	list_view_close(&s->view);
	arena_clear(&s->arena);
}

const struct screen_def register_screen = {
	.name = "register", .title = "登记表",
	.reads = TBL_COMMUNITY | TBL_GRID | TBL_ESTATE | TBL_BUILDING | TBL_HOUSEHOLD | TBL_RESIDENT | TBL_ACCOUNT | TBL_EXTRA,
	.state_size = sizeof(struct register_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .typing = typing, .idle = idle,
	.close = close_screen,
};
