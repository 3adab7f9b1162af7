/* One issue: its story as a timeline, and what can be done with it now. args.id the issue; args.context_id an action to stand on (0: none). */
#include <string.h>

#include "domain/issue_flow.h"
#include "ui/screen.h"
#include "ui/widgets/issue_pane.h"

struct issue_screen {
	int64_t id;
	struct issue_pane pane;
	struct offer offers[TRANSITIONS_MAX];
	size_t n_offers;
	bool may_edit;
};

enum {
	WHEN_STEP = WHEN_OWN, WHEN_TASK = WHEN_OWN << 1, WHEN_PROGRESS = WHEN_OWN << 2, WHEN_OPEN = WHEN_OWN << 3, WHEN_LINK = WHEN_OWN << 4,
	WHEN_SEAL = WHEN_OWN << 5,
};

static const struct key_bind binds[] = {
	{ ACT_STEP,       "F6 S",  WHEN_STEP },
	{ ACT_PROGRESS,   "F7 P",  WHEN_PROGRESS },
	{ ACT_ACTION_NEW, "F8 A",  WHEN_TASK },
	{ ACT_EDIT,       "F4 E",  WHEN_MAY_EDIT },
	{ ACT_SUPPORT,    "F5 Z",  WHEN_OPEN | WHEN_MAY_CREATE },
	{ ACT_RECEIPT,    "r",     WHEN_ROW },
	{ ACT_REVEAL,     "v",     WHEN_SEAL },
	{ ACT_HISTORY,    "F3 h",  WHEN_ROW },
	{ ACT_OPEN,       "Enter", WHEN_LINK },
	{ ACT_RAISE,      "F2 N",  WHEN_MAY_CREATE },
};
static const struct keymap keys = { "issue", binds, COUNT(binds) };

/* The offer of a transition, NULL if it is not allowed now. */
static const struct offer *allowed(const struct issue_screen *s, const char *name)
{
	for (size_t i = 0; i < s->n_offers; i++)
		if (s->offers[i].allowed && s->offers[i].transition == transition_find(name))
			return &s->offers[i];
	return NULL;
}

static bool any_allowed(const struct issue_screen *s)
{
	for (size_t i = 0; i < s->n_offers; i++)
		if (s->offers[i].allowed)
			return true;
	return false;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct issue_screen *s = state;

	(void)app; (void)e;
	s->id = args->id;
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct issue_screen *s = state;
	struct err why = { 0 };
	enum rc rc;

	if ((rc = issue_pane_load(app, &s->pane, s->id, e)) != RC_OK)
		return rc;
	issue_pane_layout(&s->pane, app->area.rows - 2, app->area.cols - 2);
	s->n_offers = issue_transitions(app->of, &s->pane.issue, s->offers, TRANSITIONS_MAX);
	s->may_edit = issue_may_edit(app->of, &s->pane.issue, &why) == RC_OK;
	return RC_OK;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct issue_screen *s = state;

	(void)app;
	issue_pane_draw(&s->pane, c, area);
}

/* The screen of what a line of the story tells of; NULL where there is none. */
static const char *screen_of(const struct timeline_entry *entry)
{
	static const struct {
		const char *record, *screen;
	} screens[] = { { "issue", "issue" }, { "agenda_item", "agenda-item" }, { "meeting", "meeting" }, { "decision", "decision" } };

	for (size_t i = 0; entry && entry->record_id && i < COUNT(screens); i++)
		if (strcmp(screens[i].record, entry->record) == 0)
			return screens[i].screen;
	return NULL;
}

static unsigned when(const struct app *app, const void *state)
{
	const struct issue_screen *s = state;
	const struct timeline_entry *entry = issue_pane_entry(&s->pane);
	const struct issue *it = &s->pane.issue;

	return WHEN_ROW | (any_allowed(s) ? WHEN_STEP : 0) | (allowed(s, "act.task") ? WHEN_TASK : 0) |
	       (allowed(s, "act.progress") ? WHEN_PROGRESS : 0) | (s->may_edit ? WHEN_MAY_EDIT : 0) |
	       (it->status != STATUS_CLOSED ? WHEN_OPEN : 0) | (office_may(app->of, MAY_ISSUE_RAISE) ? WHEN_MAY_CREATE : 0) |
	       (screen_of(entry) ? WHEN_LINK : 0) |
	       (strchr(it->reporter_phone, '*') && office_may(app->of, MAY_REVEAL) ? WHEN_SEAL : 0);
}

/* The action that a step is about: the one under the cursor, else one chosen from those of this round. -1: left with Esc; 0: the issue as a whole. */
static int64_t choose_target(struct app *app, const struct issue_screen *s, const struct transition *t)
{
	const struct timeline_entry *here = issue_pane_entry(&s->pane);
	const char *labels[64];
	int64_t ids[64];
	size_t n = 0;
	int chosen;

	if (here && here->kind == TIMELINE_ACTION)
		return here->record_id;
	for (size_t i = 0; i < s->pane.timeline.n && n + 1 < COUNT(ids); i++) {
		const struct timeline_entry *entry = &s->pane.timeline.entries[i];

		if (entry->kind != TIMELINE_ACTION || entry->round != s->pane.issue.round)
			continue;
		labels[n] = entry->headline;
		ids[n++] = entry->record_id;
	}
	if (n == 1)
		return ids[0];
	if (n == 0)
		return 0;
	chosen = app_choose(app, t->label, labels, n, 0);
	return chosen < 0 ? -1 : ids[chosen];
}

static struct next take(struct app *app, struct issue_screen *s, const struct transition *t)
{
	struct err e = { 0 };
	int64_t target = 0;

	if ((t->flags & STEP_TARGET) && (target = choose_target(app, s, t)) < 0)
		return next_stay();
	if (t->form != NULL)
		return next_push("issue-step", (struct screen_args){ .id = s->id, .context_id = target, .text = t->name });
	if ((t->flags & STEP_SERIOUS) && !app_ask(app, t->help))
		return next_stay();
	if (issue_step(app->of, &s->pane.issue, t, target, NULL, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "已保存：%s %s", s->pane.issue.number, t->label);
	return next_stay();
}

static struct next choose_step(struct app *app, struct issue_screen *s)
{
	const char *labels[TRANSITIONS_MAX];
	const struct transition *chosen[TRANSITIONS_MAX];
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF title = { 0 };
	size_t n = 0;
	int i;

	for (size_t k = 0; k < s->n_offers; k++) {
		const struct transition *t = s->offers[k].transition;

		if (!s->offers[k].allowed)
			continue;
		chosen[n] = t;
		labels[n++] = arena_format(&arena, "%s   %s", t->label, t->help);
	}
	strbuf_format(&title, "办理 %s", s->pane.issue.number);
	i = app_choose(app, strbuf_str(&title), labels, n, 0);
	return i < 0 ? next_stay() : take(app, s, chosen[i]);
}

static struct next take_named(struct app *app, struct issue_screen *s, const char *name)
{
	const struct offer *offer = allowed(s, name);

	return offer ? take(app, s, offer->transition) : next_stay();
}

static void show_receipt(struct app *app, int64_t id)
{
	AUTO_STRBUF text = { 0 };
	struct err e = { 0 };

	if (issue_receipt(app->of, id, &text, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_show_text(app, "回执", strbuf_str(&text));
}

static void reveal_phone(struct app *app, const struct issue_screen *s)
{
	AUTO_FREE char *plain = NULL;
	struct err e = { 0 };

	if (issue_reveal(app->of, s->id, "reporter_phone", &plain, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "%s 电话 %s（已记入台账）", s->pane.issue.reporter_name, plain);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct issue_screen *s = state;
	const struct timeline_entry *entry = issue_pane_entry(&s->pane);

	switch (action) {
	case ACT_STEP:
		return choose_step(app, s);
	case ACT_PROGRESS:
		return take_named(app, s, "act.progress");
	case ACT_ACTION_NEW:
		return take_named(app, s, "act.task");
	case ACT_EDIT:
		return next_push("issue-edit", (struct screen_args){ .id = s->id });
	case ACT_SUPPORT:
		return next_push("issue-support", (struct screen_args){ .id = s->id });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = s->id, .form = "issue" });
	case ACT_OPEN:
		return next_push(screen_of(entry), (struct screen_args){ .id = entry->record_id });
	case ACT_RAISE:
		return next_push("issue-raise", (struct screen_args){ 0 });
	case ACT_RECEIPT:
		show_receipt(app, s->id);
		return next_stay();
	case ACT_REVEAL:
		reveal_phone(app, s);
		return next_stay();
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct issue_screen *s = state;

	(void)app;
	return pager_key(&s->pane.pager, ev) ? next_stay() : next_pass();
}

static void close_screen(struct app *app, void *state)
{
	struct issue_screen *s = state;

	(void)app;
	issue_pane_release(&s->pane);
}

const struct screen_def issue_screen = {
	.name = "issue", .title = "事项",
	.reads = ISSUE_PANE_READS,
	.state_size = sizeof(struct issue_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
