/* One volunteer: the card on the whole screen, and what can be done about it, one key each. args.id the volunteer. */
#include <string.h>

#include "domain/register.h"
#include "domain/register_pick.h"
#include "ui/card_screen.h"
#include "ui/screens/part.h"
#include "ui/widgets/volunteer_card.h"

struct volunteer_screen {
	struct card_screen cs;        /* first */
	struct volunteer v;
};

enum { WHEN_ITEM = WHEN_OWN, WHEN_MASKED = WHEN_OWN << 1, WHEN_DELETED = WHEN_OWN << 2 };

static const struct key_bind binds[] = {
	{ ACT_OPEN,          "Enter l", WHEN_ITEM },
	{ ACT_LADDER,        "F6 S",    WHEN_MAY_EDIT },
	{ ACT_WEEK,          "F5 w",    WHEN_ROW },
	{ ACT_QUALIFICATION, "F7 C",    WHEN_MAY_EDIT },
	{ ACT_ABSENCE,       "F8 A",    WHEN_MAY_EDIT },
	{ ACT_EDIT,          "F4 E",    WHEN_MAY_EDIT },
	{ ACT_GRID,          "G",       WHEN_MAY_EDIT },
	{ ACT_APART,         "P",       WHEN_MAY_EDIT },
	{ ACT_REVEAL,        "v",       WHEN_MASKED },
	{ ACT_DELETE,        "D",       WHEN_MAY_EDIT },
	{ ACT_RESTORE,       "R",       WHEN_DELETED },
	{ ACT_HOURS,         "F9 t",    WHEN_ROW },
	{ ACT_HISTORY,       "F3 h",    WHEN_ROW },
};
static const struct keymap keys = { "volunteer", binds, COUNT(binds) };

/* Lines that are records of their own. */
static const struct {
	enum volunteer_tag tag;
	const char *form;
} parts[] = {
	{ VOLUNTEER_TAG_GRID, "volunteer_grid" }, { VOLUNTEER_TAG_QUALIFICATION, "qualification" }, { VOLUNTEER_TAG_APART, "apart" },
	{ VOLUNTEER_TAG_ABSENCE, "absence" }, { VOLUNTEER_TAG_TIME, "availability" },
};

/* NULL where the cursor is on something else. */
static const char *form_here(const struct volunteer_screen *s)
{
	const struct card_item *here = card_view_item(&s->cs.view);

	for (size_t i = 0; here && i < COUNT(parts); i++)
		if (here->tag == (int)parts[i].tag)
			return parts[i].form;
	return NULL;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct volunteer_screen *s = state;
	enum rc rc;

	card_screen_clear(&s->cs);
	if ((rc = volunteer_load(app->of, s->cs.id, &s->cs.arena, &s->v, e)) != RC_OK)
		return rc;
	volunteer_card(app, &s->cs.view, &s->v);
	card_screen_show(app, &s->cs, arena_format(&s->cs.arena, "志愿者 · %s", s->v.name));
	return RC_OK;
}

static unsigned when(const struct app *app, const void *state)
{
	const struct volunteer_screen *s = state;
	const struct card_item *here = card_view_item(&s->cs.view);
	bool may_edit = office_may(app->of, MAY_VOLUNTEER_EDIT), opens = here && here->id;

	if (opens && form_here(s) && here->tag != VOLUNTEER_TAG_APART && (!may_edit || s->v.deleted))
		opens = false;
	return WHEN_ROW | (opens ? WHEN_ITEM : 0) | (may_edit && !s->v.deleted ? WHEN_MAY_EDIT : 0) | (may_edit && s->v.deleted ? WHEN_DELETED : 0) |
	       (office_may(app->of, MAY_REVEAL) && (strchr(s->v.phone, '*') || strchr(s->v.emergency_phone, '*')) ? WHEN_MASKED : 0);
}

static int64_t kept_apart(const struct volunteer_screen *s, int64_t apart_id)
{
	for (size_t i = 0; i < s->v.n_aparts; i++)
		if (s->v.aparts[i].id == apart_id)
			return s->v.aparts[i].other_id;
	return 0;
}

/* Whoever is kept apart is looked at; the line itself may stand with either of the two. */
static struct next open_line(const struct volunteer_screen *s)
{
	const struct card_item *here = card_view_item(&s->cs.view);
	const char *form = form_here(s);

	if (here->tag == VOLUNTEER_TAG_APART)
		return next_push("volunteer", (struct screen_args){ .id = kept_apart(s, here->id) });
	if (form)
		return part_push(form, here->id, s->cs.id);
	if (here->tag == VOLUNTEER_TAG_RESIDENT)
		return next_push("resident", (struct screen_args){ .id = here->id });
	return next_push("volunteer-week", (struct screen_args){ .id = s->cs.id });
}

/* One number, or the one that is asked for where both are masked. */
static void reveal(struct app *app, const struct volunteer_screen *s)
{
	static const char *const fields[] = { "phone", "emergency_phone" }, *const labels[] = { "本人电话", "紧急联系人电话" };
	AUTO_FREE char *plain = NULL;
	struct err e = { 0 };
	int chosen = strchr(s->v.phone, '*') ? 0 : 1;

	if (chosen == 0 && strchr(s->v.emergency_phone, '*') && (chosen = app_choose(app, "看哪个号码", labels, COUNT(labels), 0)) < 0)
		return;
	if (volunteer_reveal(app->of, s->cs.id, fields[chosen], &plain, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "%s %s %s（已记入台账）", s->v.name, labels[chosen], plain);
}

/* What the cursor is on; the volunteer where that is no part. */
static struct next delete_here(struct app *app, struct volunteer_screen *s)
{
	const char *form = form_here(s);
	const struct form *f = form_find(app->of->forms, form ? form : "volunteer");
	AUTO_STRBUF question = { 0 };
	AUTO_FREE char *why = NULL;
	struct err e = { 0 };
	enum rc rc;

	strbuf_format(&question, form ? "删除这条%s的理由" : "为什么删除%s（不再来的请改「状态」为停用）", form ? f->title : s->v.name);
	if ((why = app_prompt(app, strbuf_str(&question), "", false)) == NULL)
		return next_stay();
	rc = form ? volunteer_part_delete(app->of, f, card_view_item(&s->cs.view)->id, why, &e) : volunteer_delete(app->of, s->cs.id, s->v.rev, why, &e);
	if (rc != RC_OK) {
		app_fail(app, &e);
		return next_stay();
	}
	app_say(app, "已删除%s，按 Ctrl-Z 可以撤销", form ? f->title : s->v.name);
	return form ? next_stay() : next_pop(0);
}

static void restore(struct app *app, const struct volunteer_screen *s)
{
	struct err e = { 0 };

	if (register_restore(app->of, form_find(app->of->forms, "volunteer"), s->cs.id, s->v.rev, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "已恢复 %s", s->v.name);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct volunteer_screen *s = state;

	switch (action) {
	case ACT_OPEN:
		return open_line(s);
	case ACT_EDIT:
		return part_push("volunteer", s->cs.id, 0);
	case ACT_LADDER:
		return part_push("volunteer-status", s->cs.id, 0);
	case ACT_QUALIFICATION:
		return part_push("qualification", 0, s->cs.id);
	case ACT_ABSENCE:
		return part_push("absence", 0, s->cs.id);
	case ACT_GRID:
		return part_push("volunteer_grid", 0, s->cs.id);
	case ACT_APART:
		return part_push("apart", 0, s->cs.id);
	case ACT_WEEK:
		return next_push("volunteer-week", (struct screen_args){ .id = s->cs.id });
	case ACT_HOURS:
		return next_push("service-record", (struct screen_args){ .id = s->cs.id });
	case ACT_REVEAL:
		reveal(app, s);
		return next_stay();
	case ACT_DELETE:
		return delete_here(app, s);
	case ACT_RESTORE:
		restore(app, s);
		return next_stay();
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = s->cs.id, .form = "volunteer" });
	case ACT_BACK:
		return next_pop(s->cs.id);        /* a list below puts its cursor there */
	default:
		return next_pass();
	}
}

const struct screen_def volunteer_screen = {
	.name = "volunteer", .title = "志愿者资料", .reads = VOLUNTEER_READS,
	.state_size = sizeof(struct volunteer_screen), .keys = &keys,
	CARD_SCREEN_FUNCTIONS, .open = card_screen_open, .load = load_screen, .act = act, .when = when,
};
