/* 表决: the counted votes on one item of a running meeting. args.id what is voted on: the alternative, or the slot of the agenda for the item as it stands. */
#include "base/mem.h"
#include "domain/meeting.h"
#include "ui/form_screen.h"

struct ballot_screen {
	struct form_screen fs;        /* first */
	struct ballot_question on;    /* its text is gone after open() */
	bool passed;
};

static enum rc save(struct app *app, void *state, struct record *r, struct err *e)
{
	struct ballot_screen *s = state;

	return meeting_ballot(app->of, s->on.slot_id, s->on.alternative_id, r, &s->passed, e);
}

static struct next saved(struct app *app, void *state, const struct record *r)
{
	const struct ballot_screen *s = state;

	if (s->passed)
		app_say(app, "表决已记：通过，请接着写决议");
	else
		app_warn(app, "表决已记：不通过；可以换方案再表决，或记为再议");
	return next_pop(r->id);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct ballot_screen *s = state;
	AUTO_FREE char *heading = NULL;
	AUTO_ARENA arena = { 0 };
	AUTO_RECORD r = { 0 };
	enum rc rc;

	if ((rc = meeting_ballot_question(app->of, args->id, &arena, &s->on, e)) != RC_OK ||
	    (rc = meeting_ballot_prefill(app->of, s->on.slot_id, &r, e)) != RC_OK)
		return rc;
	heading = mem_format("表决 · %s", s->on.text);
	return form_screen_open(app, &s->fs, &r, args->id, save, saved, heading, e);
}

const struct screen_def ballot_screen = {
	.name = "ballot", .title = "表决", .state_size = sizeof(struct ballot_screen),
	FORM_SCREEN_FUNCTIONS, .open = open_screen, .close = form_screen_close,
};
