/* 附议: somebody else wants what an issue asks for. args.id the issue, args.context_id the resident (0: not known yet). */
#include "domain/issue.h"
#include "ui/form_screen.h"

struct issue_support_screen {
	struct form_screen fs;        /* first */
	struct issue issue;
};

static enum rc save(struct app *app, void *state, struct record *r, struct err *e)
{
	struct issue_support_screen *s = state;

	return issue_support(app->of, s->issue.id, r, e);
}

static struct next saved(struct app *app, void *state, const struct record *r)
{
	struct issue_support_screen *s = state;

	(void)r;
	app_say(app, "已记下附议：%s", s->issue.number);
	return next_pop(s->issue.id);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct issue_support_screen *s = state;
	AUTO_RECORD initial = { 0 };
	AUTO_STRBUF heading = { 0 };
	enum rc rc;

	if ((rc = issue_load(app->of, args->id, &s->issue, e)) != RC_OK)
		return rc;
	record_init(&initial, form_find(app->of->forms, "support"));
	if (args->context_id != 0)
		value_set_number(record_value(&initial, "resident_id"), args->context_id);
	strbuf_format(&heading, "附议 %s %s", s->issue.number, s->issue.title);
	return form_screen_open(app, &s->fs, &initial, args->id, save, saved, strbuf_str(&heading), e);
}

static void close_screen(struct app *app, void *state)
{
	struct issue_support_screen *s = state;

	form_screen_close(app, state);
	issue_release(&s->issue);
}

const struct screen_def issue_support_screen = {
	.name = "issue-support", .title = "附议", .state_size = sizeof(struct issue_support_screen),
	FORM_SCREEN_FUNCTIONS, .open = open_screen, .close = close_screen,
};
