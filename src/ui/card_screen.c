/* What every screen of one record as a card does the same way. */
#include "ui/card_screen.h"

void card_screen_clear(struct card_screen *s)
{
	card_view_clear(&s->view);
	arena_clear(&s->arena);
	s->title = "";
}

void card_screen_show(const struct app *app, struct card_screen *s, const char *title)
{
	s->title = title;
	card_view_layout_framed(&s->view, app->area);
}

enum rc card_screen_open(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct card_screen *s = state;

	(void)app; (void)e;
	s->id = args->id;
	return RC_OK;
}

void card_screen_draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct card_screen *s = state;

	(void)app;
	card_view_draw_framed(&s->view, c, area, s->title, true);
}

struct next card_screen_type(struct app *app, void *state, const struct key_event *ev)
{
	struct card_screen *s = state;

	(void)app;
	return card_view_key(&s->view, ev) ? next_stay() : next_pass();
}

void card_screen_close(struct app *app, void *state)
{
	struct card_screen *s = state;

	(void)app;
	card_view_release(&s->view);
	arena_clear(&s->arena);
}
