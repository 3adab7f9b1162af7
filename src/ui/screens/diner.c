/* One diner: the card on the whole screen, and what can be done about it, one key each. args.id the diner. */
#include <stdlib.h>
#include <string.h>

#include "domain/resident.h"
#include "ui/card_screen.h"
#include "ui/screens/part.h"
#include "ui/widgets/diner_card.h"

struct diner_screen {
	struct card_screen cs;        /* first */
	struct diner d;
};

enum { WHEN_ITEM = WHEN_OWN, WHEN_MASKED = WHEN_OWN << 1, WHEN_DELETED = WHEN_OWN << 2, WHEN_ORDER = WHEN_OWN << 3, WHEN_DELETE = WHEN_OWN << 4 };

static const struct key_bind binds[] = {
	{ ACT_OPEN,         "Enter l", WHEN_ITEM },
	{ ACT_MEAL_PAUSE,   "F5 U",    WHEN_ORDER },
	{ ACT_MEAL_PLAN,    "F8 P",    WHEN_ORDER },
	{ ACT_DINER_STATUS, "F6 S",    WHEN_MAY_EDIT },
	{ ACT_EDIT,         "F4 E",    WHEN_MAY_EDIT },
	{ ACT_DINER_BLOCK,  "F7 B",    WHEN_MAY_EDIT },
	{ ACT_REVEAL,       "F9 v",    WHEN_MASKED },
	{ ACT_DELETE,       "D",       WHEN_DELETE },
	{ ACT_RESTORE,      "R",       WHEN_DELETED },
	{ ACT_HISTORY,      "F3 h",    WHEN_ROW },
};
static const struct keymap keys = { "diner", binds, COUNT(binds) };

/* Lines that are records of their own. */
static const struct {
	enum diner_tag tag;
	const char *form;
	enum capability may;
} parts[] = {
	{ DINER_TAG_PLAN, "meal_plan", MAY_MEAL_ORDER }, { DINER_TAG_PAUSE, "meal_pause", MAY_MEAL_ORDER }, { DINER_TAG_BLOCK, "diner_block", MAY_DINER_EDIT },
};

/* COUNT(parts) where the cursor is on something else. */
static size_t part_here(const struct diner_screen *s)
{
	const struct card_item *here = card_view_item(&s->cs.view);
	size_t i = 0;

	while (i < COUNT(parts) && (here == NULL || here->id == 0 || here->tag != (int)parts[i].tag))
		i++;
	return i;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct diner_screen *s = state;
	enum rc rc;

	card_screen_clear(&s->cs);
	if ((rc = diner_load(app->of, s->cs.id, &s->cs.arena, &s->d, e)) != RC_OK)
		return rc;
	diner_card(app, &s->cs.view, &s->d);
	card_screen_show(app, &s->cs, arena_format(&s->cs.arena, "就餐老人 · %s", s->d.who.name));
	return RC_OK;
}

static bool is_masked(const struct diner_screen *s)
{
	return strchr(s->d.who.phone, '*') || strchr(s->d.stand_in_phone, '*') || strchr(s->d.key_phone, '*');
}

static unsigned when(const struct app *app, const void *state)
{
	const struct diner_screen *s = state;
	const struct card_item *here = card_view_item(&s->cs.view);
	size_t part = part_here(s);
	bool is_part = part < COUNT(parts), may_part = is_part && !s->d.deleted && office_may(app->of, parts[part].may);
	bool may_edit = office_may(app->of, MAY_DINER_EDIT), opens = here && here->id && (!is_part || may_part);

	return WHEN_ROW | (opens ? WHEN_ITEM : 0) | (may_edit && !s->d.deleted ? WHEN_MAY_EDIT : 0) | (may_edit && s->d.deleted ? WHEN_DELETED : 0) |
	       (office_may(app->of, MAY_MEAL_ORDER) && !s->d.deleted ? WHEN_ORDER : 0) | (office_may(app->of, MAY_REVEAL) && is_masked(s) ? WHEN_MASKED : 0) |
	       ((is_part ? may_part : may_edit && !s->d.deleted) ? WHEN_DELETE : 0);
}

static struct next open_line(const struct diner_screen *s)
{
	const struct card_item *here = card_view_item(&s->cs.view);
	size_t part = part_here(s);

	if (part < COUNT(parts))
		return part_push(parts[part].form, here->id, s->cs.id);
	if (here->tag == DINER_TAG_MEAL)
		return next_push("history", (struct screen_args){ .id = here->id, .form = "meal_order" });
	return next_push(here->tag == DINER_TAG_VOLUNTEER ? "volunteer" : "resident", (struct screen_args){ .id = here->id });
}

/* One number, or the one that is asked for where several are masked. */
static void reveal(struct app *app, const struct diner_screen *s)
{
	static const struct { const char *field, *label; } all[] = {
		{ "phone", "本人电话" }, { "stand_in_phone", "代收人电话" }, { "key_phone", "有钥匙的人的电话" },
	};
	const char *const shown[] = { s->d.who.phone, s->d.stand_in_phone, s->d.key_phone };
	const char *labels[COUNT(all)];
	size_t which[COUNT(all)], n = 0;
	AUTO_FREE char *plain = NULL;
	struct err e = { 0 };
	int chosen = 0;
	enum rc rc;

	for (size_t i = 0; i < COUNT(all); i++)
		if (strchr(shown[i], '*')) {
			labels[n] = all[i].label;
			which[n++] = i;
		}
	if (n > 1 && (chosen = app_choose(app, "看哪个号码", labels, n, 0)) < 0)
		return;
	rc = which[chosen] == 0 ? resident_reveal(app->of, s->d.who.id, "phone", &plain, &e) :
	                          diner_reveal(app->of, s->cs.id, all[which[chosen]].field, &plain, &e);
	if (rc != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "%s %s %s（已记入台账）", s->d.who.name, labels[chosen], plain);
}

/* What the cursor is on; the diner where that is no part. */
static struct next delete_here(struct app *app, struct diner_screen *s)
{
	size_t part = part_here(s);
	const struct form *f = part < COUNT(parts) ? form_find(app->of->forms, parts[part].form) : NULL;
	AUTO_STRBUF question = { 0 };
	AUTO_FREE char *why = NULL;
	struct err e = { 0 };
	enum rc rc;

	strbuf_format(&question, f ? "删除这条%s的理由" : "为什么删除%s（不再来的请改「状态」为停餐）", f ? f->title : s->d.who.name);
	if ((why = app_prompt(app, strbuf_str(&question), "", false)) == NULL)
		return next_stay();
	rc = f ? diner_part_delete(app->of, f, card_view_item(&s->cs.view)->id, why, &e) : diner_delete(app->of, s->cs.id, s->d.rev, why, &e);
	if (rc != RC_OK) {
		app_fail(app, &e);
		return next_stay();
	}
	app_say(app, "已删除%s，按 Ctrl-Z 可以撤销", f ? f->title : s->d.who.name);
	return f ? next_stay() : next_pop(0);
}

static void restore(struct app *app, const struct diner_screen *s)
{
	struct err e = { 0 };

	if (diner_restore(app->of, s->cs.id, s->d.rev, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "已恢复 %s", s->d.who.name);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct diner_screen *s = state;

	switch (action) {
	case ACT_OPEN:
		return open_line(s);
	case ACT_EDIT:
		return part_push("diner", s->cs.id, 0);
	case ACT_DINER_STATUS:
		return part_push("diner-status", s->cs.id, 0);
	case ACT_MEAL_PLAN:
		return part_push("meal_plan", 0, s->cs.id);
	case ACT_MEAL_PAUSE:
		return part_push("meal_pause", 0, s->cs.id);
	case ACT_DINER_BLOCK:
		return part_push("diner_block", 0, s->cs.id);
	case ACT_REVEAL:
		reveal(app, s);
		return next_stay();
	case ACT_DELETE:
		return delete_here(app, s);
	case ACT_RESTORE:
		restore(app, s);
		return next_stay();
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = s->cs.id, .form = "diner" });
	case ACT_BACK:
		return next_pop(s->cs.id);        /* a list below puts its cursor there */
	default:
		return next_pass();
	}
}

const struct screen_def diner_screen = {
	.name = "diner", .title = "就餐老人资料", .reads = DINER_READS,
	.state_size = sizeof(struct diner_screen), .keys = &keys,
	CARD_SCREEN_FUNCTIONS, .open = card_screen_open, .load = load_screen, .act = act, .when = when,
};
