/* One resident: the card on the whole screen, and what can be done with a person. args.id the resident. */
#include <stdlib.h>
#include <string.h>

#include "domain/diner.h"
#include "domain/register.h"
#include "domain/register_pick.h"
#include "domain/volunteer.h"
#include "ui/screen.h"
#include "ui/screens/resident_card.h"
#include "ui/screens/part.h"

struct resident_screen {
	int64_t id, volunteer_id, diner_id;    /* 0: no volunteer, no diner, or none that the account sees */
	struct resident_card card;
	bool merging;                 /* the screen that merges is above */
};

enum {
	WHEN_RAISE = WHEN_OWN, WHEN_HOUSEHOLD = WHEN_OWN << 1, WHEN_MASKED = WHEN_OWN << 2, WHEN_MERGE = WHEN_OWN << 3, WHEN_ITEM = WHEN_OWN << 4,
	WHEN_DELETED = WHEN_OWN << 5, WHEN_VOLUNTEER = WHEN_OWN << 6, WHEN_DINER = WHEN_OWN << 7,
};

static const struct key_bind binds[] = {
	{ ACT_OPEN,      "Enter l", WHEN_ITEM },
	{ ACT_RAISE,     "F5 T",    WHEN_RAISE },
	{ ACT_EDIT,      "F4 E",    WHEN_MAY_EDIT },
	{ ACT_HOUSEHOLD, "F6 b",    WHEN_HOUSEHOLD },
	{ ACT_REVEAL,    "F7 v",    WHEN_MASKED },
	{ ACT_VOLUNTEER, "F9 V",    WHEN_VOLUNTEER },
	{ ACT_DINER,     "C",       WHEN_DINER },
	{ ACT_HISTORY,   "F3 h",    WHEN_ROW },
	{ ACT_MERGE,     "F8 M",    WHEN_MERGE },
	{ ACT_DELETE,    "D",       WHEN_MAY_EDIT },
	{ ACT_RESTORE,   "R",       WHEN_DELETED },
};
static const struct keymap keys = { "resident", binds, COUNT(binds) };

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct resident_screen *s = state;

	(void)app;
	(void)e;
	s->id = args->id;
	return RC_OK;
}

static enum rc load(struct app *app, void *state, struct err *e)
{
	struct resident_screen *s = state;
	enum rc rc = resident_card_load(app, &s->card, s->id, e);

	card_view_layout_framed(&s->card.view, app->area);
	s->volunteer_id = s->diner_id = 0;
	if (rc == RC_OK && office_may(app->of, MAY_VOLUNTEER_VIEW))
		rc = volunteer_of_resident(app->of, s->id, &s->volunteer_id, e);
	if (rc == RC_OK && office_may(app->of, MAY_DINER_VIEW))
		rc = diner_of_resident(app->of, s->id, &s->diner_id, e);
	return rc;
}

/* Who else might be this person; the screen that merges compares both. */
static struct next merge_with(struct app *app, struct resident_screen *s)
{
	struct resident_duplicate *like;
	AUTO_ARENA arena = { 0 };
	struct err e = { 0 };
	const char **labels;
	size_t n;
	int chosen;

	if (resident_duplicates(app->of, &s->card.record, &arena, &like, &n, &e) != RC_OK) {
		app_fail(app, &e);
		return next_stay();
	}
	if (n == 0) {
		app_say(app, "没有找到相像的记录；在居民列表里标记一条，再到另一条上按「合并」");
		return next_stay();
	}
	labels = arena_alloc(&arena, n * sizeof *labels);
	for (size_t i = 0; i < n; i++) {
		AUTO_STRBUF line = { 0 };

		resident_summary_line(&like[i].who, &line);
		labels[i] = arena_format(&arena, "%s：%s", resident_likeness_label(like[i].why), strbuf_str(&line));
	}
	chosen = app_choose(app, "与哪一条合并", labels, n, 0);
	if (chosen < 0)
		return next_stay();
	s->merging = true;
	return next_push("resident-merge", (struct screen_args){ .id = s->id, .context_id = like[chosen].who.id });
}

static struct next delete_record(struct app *app, const struct resident_screen *s)
{
	AUTO_FREE char *why = app_prompt(app, "为什么删除这条居民记录（人搬走或去世请改「状态」，不要删除）", "", false);
	struct err e = { 0 };

	if (!why)
		return next_stay();
	if (register_delete(app->of, s->card.record.form, s->id, s->card.record.rev, why, &e) != RC_OK) {
		app_fail(app, &e);
		return next_stay();
	}
	app_say(app, "已删除 %s，按 Ctrl-Z 可以撤销", s->card.who.name);
	return next_pop(0);
}

static void restore(struct app *app, const struct resident_screen *s)
{
	struct err e = { 0 };

	if (register_restore(app->of, s->card.record.form, s->id, s->card.record.rev, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "已恢复 %s", s->card.who.name);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct resident_screen *s = state;

	switch (action) {
	case ACT_OPEN:
		return resident_card_open(&s->card);
	case ACT_RAISE:
		return next_push("issue-raise", (struct screen_args){ .context_id = s->id });
	case ACT_EDIT:
		return next_push("resident-edit", (struct screen_args){ .form = "resident", .id = s->id });
	case ACT_HOUSEHOLD:
		return next_push("household", (struct screen_args){ .id = s->card.who.household_id });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .form = "resident", .id = s->id });
	case ACT_REVEAL:
		resident_card_reveal(app, &s->card);
		return next_stay();
	case ACT_VOLUNTEER:
		return s->volunteer_id ? next_push("volunteer", (struct screen_args){ .id = s->volunteer_id }) : part_push("volunteer", 0, s->id);
	case ACT_DINER:
		return s->diner_id ? next_push("diner", (struct screen_args){ .id = s->diner_id }) : part_push("diner", 0, s->id);
	case ACT_MERGE:
		return merge_with(app, s);
	case ACT_DELETE:
		return delete_record(app, s);
	case ACT_RESTORE:
		restore(app, s);
		return next_stay();
	case ACT_BACK:
		return next_pop(s->id);        /* a list below puts its cursor there */
	default:
		return next_pass();
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct resident_screen *s = state;

	(void)app;
	return card_view_key(&s->card.view, ev) ? next_stay() : next_pass();
}

static unsigned when(const struct app *app, const void *state)
{
	const struct resident_screen *s = state;
	const struct card_item *item = card_view_item(&s->card.view);
	bool live = s->card.id && !s->card.who.deleted;
	unsigned w = s->card.id ? WHEN_ROW : 0;

	w |= item && item->id ? WHEN_ITEM : 0;
	w |= s->card.who.household_id ? WHEN_HOUSEHOLD : 0;
	w |= s->volunteer_id ? WHEN_VOLUNTEER : 0;
	w |= s->diner_id ? WHEN_DINER : 0;
	w |= office_may(app->of, MAY_REVEAL) && resident_card_masks(app, &s->card) ? WHEN_MASKED : 0;
	if (!live) {
		bool restorable = s->card.id && !s->card.who.merged_into && register_may_edit(app->of, s->card.record.form);

		return w | (restorable ? WHEN_DELETED : 0);
	}
	w |= s->card.who.status[0] == '\0' && office_may(app->of, MAY_VOLUNTEER_EDIT) ? WHEN_VOLUNTEER : 0;     /* those who live here may become one */
	w |= s->card.who.status[0] == '\0' && office_may(app->of, MAY_DINER_EDIT) ? WHEN_DINER : 0;
	w |= office_may(app->of, MAY_RESIDENT_EDIT) ? WHEN_MAY_EDIT : 0;
	w |= office_may(app->of, MAY_RESIDENT_MERGE) ? WHEN_MERGE : 0;
	w |= office_may(app->of, MAY_ISSUE_RAISE) ? WHEN_RAISE : 0;
	return w;
}

/* After a merge the record that stayed is shown, which may be the other one. */
static bool resume(struct app *app, void *state, int64_t result_id)
{
	struct resident_screen *s = state;

	(void)app;
	if (result_id && s->merging)
		s->id = result_id;
	s->merging = false;
	return false;
}

static enum rc leave(struct app *app, void *state, struct err *e)
{
	struct resident_screen *s = state;

	return resident_card_hide(app, &s->card, e);
}

static void close_screen(struct app *app, void *state)
{
	struct resident_screen *s = state;

	(void)app;
	resident_card_release(&s->card);
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct resident_screen *s = state;
	AUTO_STRBUF title = { 0 };

	(void)app;
	strbuf_format(&title, "居民 · %s", s->card.id ? s->card.who.name : "");
	card_view_draw_framed(&s->card.view, c, area, strbuf_str(&title), true);
}

const struct screen_def resident_screen = {
	.name = "resident", .title = "居民",
	.reads = CARD_READS | TBL_VOLUNTEER | TBL_DINER,
	.state_size = sizeof(struct resident_screen), .keys = &keys,
	.open = open_screen, .load = load, .draw = draw, .act = act, .when = when, .type = type, .resume = resume, .leave = leave,
	.close = close_screen,
};
