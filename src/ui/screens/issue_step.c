/* One step of an issue: the form that its transition names. args.id the issue, args.text the transition's name, args.context_id the action
 * that it is about (0: none). */
#include "domain/issue_flow.h"
#include "ui/form_screen.h"

struct issue_step_screen {
	struct form_screen fs;        /* first */
	struct issue issue;           /* as the person saw it: its rev guards the step */
	const struct transition *transition;
	int64_t target;
};

static enum rc save(struct app *app, void *state, struct record *r, struct err *e)
{
	struct issue_step_screen *s = state;

	if ((s->transition->flags & STEP_SERIOUS) && !app_ask(app, s->transition->help))
		return RC_STOPPED;
	return issue_step(app->of, &s->issue, s->transition, s->target, r, e);
}

static struct next saved(struct app *app, void *state, const struct record *r)
{
	struct issue_step_screen *s = state;

	(void)r;
	app_say(app, "已保存：%s %s", s->issue.number, s->transition->label);
	return next_pop(s->issue.id);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct issue_step_screen *s = state;
	AUTO_RECORD initial = { 0 };
	AUTO_STRBUF heading = { 0 };
	enum rc rc;

	s->transition = transition_find(args->text);
	s->target = args->context_id;
	if ((rc = issue_load(app->of, args->id, &s->issue, e)) != RC_OK ||
	    (rc = issue_step_prefill(app->of, &s->issue, s->transition, s->target, &initial, e)) != RC_OK)
		return rc;
	strbuf_format(&heading, "%s · %s %s", s->transition->label, s->issue.number, s->issue.title);
	if ((rc = form_screen_open(app, &s->fs, &initial, s->issue.id, save, saved, strbuf_str(&heading), e)) != RC_OK)
		return rc;
	if ((s->transition->flags & STEP_TARGET) && s->target == 0) {       /* a note on the matter itself: there is no task to move */
		form_view_hide(s->fs.view, "status");
		form_view_hide(s->fs.view, "progress");
	}
	return RC_OK;
}

static void close_screen(struct app *app, void *state)
{
	struct issue_step_screen *s = state;

	form_screen_close(app, state);
	issue_release(&s->issue);
}

const struct screen_def issue_step_screen = {
	.name = "issue-step", .title = "办理", .state_size = sizeof(struct issue_step_screen),
	FORM_SCREEN_FUNCTIONS, .open = open_screen, .close = close_screen,
};
