/* The list of all records of one form. args.form the form's name. */
#include <string.h>

#include "domain/register.h"
#include "domain/register_pick.h"
#include "ui/form_screen.h"
#include "ui/list_screen.h"

struct register_screen {
	struct list_screen ls;        /* first */
	struct list_screen_spec spec; /* with the form's title */
	const struct form *form;
};

static const struct key_bind binds[] = {
	{ ACT_OPEN,         "Enter l", WHEN_ROW },
	{ ACT_NEW,          "F2 N",    WHEN_MAY_CREATE },
	{ ACT_FIND,         "/",       WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER, "F8 a",    WHEN_FILTERED },
	{ ACT_SORT,         "F9 o",    WHEN_ALWAYS },
	{ ACT_REVERSE,      "O",       WHEN_ALWAYS },
	{ ACT_HISTORY,      "F3 h",    WHEN_ROW },
	{ ACT_EXPORT,       "x",       WHEN_EXPORT },
};
static const struct keymap keys = { "register", binds, COUNT(binds) };

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct register_screen *s = state;

	s->form = form_find(app->of->forms, args->form ? args->form : "");
	if (s->form == NULL)
		return err_set(e, RC_NOTFOUND, NULL, "没有这种登记表");
	s->spec = (struct list_screen_spec){
		.name = arena_format(&s->ls.arena, "register.%s", s->form->name), .title = s->form->title, .keys = &keys, .narrow_reads = true,
	};
	return list_screen_open_register(app, &s->ls, &s->spec, s->form, NULL, e);
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
	struct screen_args args = { .form = s->form->name, .id = list_view_id(&s->ls.view) };

	switch (action) {
	case ACT_OPEN:
		return list_screen_push(&s->ls, screen_of(s->form), args, true);
	case ACT_NEW:
		args.id = 0;
		return list_screen_push(&s->ls, form_screen_for(s->form->name), args, true);
	case ACT_HISTORY:
		return list_screen_push(&s->ls, "history", args, false);
	default:
		return list_screen_act(app, state, action);
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct register_screen *s = state;

	return list_screen_when(app, state) | (register_may_add(app->of, s->form) ? WHEN_MAY_CREATE : 0);
}

const struct screen_def register_screen = {
	.name = "register", .title = "登记表",
	.reads = TBL_COMMUNITY | TBL_GRID | TBL_ESTATE | TBL_BUILDING | TBL_HOUSEHOLD | TBL_RESIDENT | TBL_ACCOUNT | TBL_EXTRA,
	.state_size = sizeof(struct register_screen), .keys = &keys,
	LIST_SCREEN_FUNCTIONS, .open = open_screen, .draw = list_screen_draw, .act = act, .when = when, .close = list_screen_close,
};
