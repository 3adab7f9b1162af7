/* One 议题: what is to be discussed, whom it touches, which alternatives there are, and which matters it came from. args.id the item. */
#include "domain/agenda.h"
#include "domain/meeting.h"

#include "base/mem.h"
#include "ui/card_screen.h"
#include "ui/screens/deliberation_choice.h"
#include "ui/screens/part.h"
#include "ui/widgets/deliberation_cards.h"

struct agenda_item_screen {
	struct card_screen cs;        /* first */
	struct agenda_item item;
};

enum { WHEN_LINK = WHEN_OWN, WHEN_POOL = WHEN_OWN << 1, WHEN_FAILED = WHEN_OWN << 2, WHEN_PASSED = WHEN_OWN << 3, WHEN_PART = WHEN_OWN << 4 };

static const struct key_bind binds[] = {
	{ ACT_OPEN,        "Enter l", WHEN_LINK },
	{ ACT_SCHEDULE,    "F6 S",    WHEN_POOL },
	{ ACT_INTEREST,    "F7 L",    WHEN_MAY_EDIT },
	{ ACT_ALTERNATIVE, "F8 A",    WHEN_MAY_EDIT },
	{ ACT_EDIT,        "F4 E",    WHEN_MAY_EDIT },
	{ ACT_DECIDE,      "F5 J",    WHEN_PASSED },
	{ ACT_AGAIN,       "Z",       WHEN_FAILED },
	{ ACT_DELETE,      "D",       WHEN_PART },
	{ ACT_MERGE_ITEM,  "M",       WHEN_POOL },
	{ ACT_SPLIT,       "C",       WHEN_POOL },
	{ ACT_WITHDRAW,    "W",       WHEN_POOL },
	{ ACT_HISTORY,     "F3 h",    WHEN_ROW },
};
static const struct keymap keys = { "agenda-item", binds, COUNT(binds) };

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct agenda_item_screen *s = state;
	enum rc rc;

	card_screen_clear(&s->cs);
	if ((rc = agenda_load(app->of, s->cs.id, &s->cs.arena, &s->item, e)) != RC_OK)
		return rc;
	agenda_card(app, &s->cs.view, &s->item);
	card_screen_show(app, &s->cs, s->item.number);
	return RC_OK;
}

static bool is_part(const struct card_item *item)
{
	return item && (item->tag == TAG_INTEREST || item->tag == TAG_ALTERNATIVE);
}

static unsigned when(const struct app *app, const void *state)
{
	const struct agenda_item_screen *s = state;
	const struct card_item *here = card_view_item(&s->cs.view);
	bool may = office_may(app->of, MAY_MEETING_EDIT), live = s->item.state == AGENDA_POOL || s->item.state == AGENDA_SCHEDULED;

	return WHEN_ROW | (here && here->id ? WHEN_LINK : 0) | (may && live ? WHEN_MAY_EDIT : 0) |
	       (may && s->item.state == AGENDA_POOL ? WHEN_POOL : 0) | (may && s->item.state == AGENDA_FAILED ? WHEN_FAILED : 0) |
	       (s->item.state == AGENDA_PASSED ? WHEN_PASSED : 0) | (may && live && is_part(here) ? WHEN_PART : 0);
}

static struct next open_line(const struct agenda_item_screen *s)
{
	const struct card_item *here = card_view_item(&s->cs.view);

	switch (here->tag) {
	case TAG_ISSUE:
		return next_push("issue", (struct screen_args){ .id = here->id });
	case TAG_MEETING:
		return next_push("meeting", (struct screen_args){ .id = here->id });
	case TAG_ITEM:
		return next_push("agenda-item", (struct screen_args){ .id = here->id });
	case TAG_INTEREST:
		return part_push("interest", here->id, s->cs.id);
	case TAG_ALTERNATIVE:
		return part_push("alternative", here->id, s->cs.id);
	default:
		return next_stay();
	}
}

static void schedule(struct app *app, struct agenda_item_screen *s)
{
	struct err e = { 0 };
	int64_t meeting = choose_meeting(app, &e);

	if (meeting < 0)
		app_fail(app, &e);
	else
		app_report(app, meeting_schedule(app->of, meeting, s->cs.id, 0, &e), &e, "已排进议事会");
}

static void merge(struct app *app, struct agenda_item_screen *s)
{
	struct err e = { 0 };
	int64_t into = choose_item(app, "合并到哪个议题", s->cs.id, &e);

	if (into < 0)
		app_fail(app, &e);
	else
		app_report(app, agenda_merge(app->of, s->cs.id, into, &e), &e, "已合并，来源事项、利害关系方和方案都带过去了");
}

static void withdraw(struct app *app, struct agenda_item_screen *s)
{
	AUTO_FREE char *why = app_prompt(app, "不再议的理由", "", false);
	struct err e = { 0 };

	if (why != NULL)
		app_report(app, agenda_withdraw(app->of, s->cs.id, why, &e), &e, "已撤下，来源事项退回理事");
}

static void delete_part(struct app *app, struct agenda_item_screen *s)
{
	const struct card_item *here = card_view_item(&s->cs.view);
	const char *form = here->tag == TAG_INTEREST ? "interest" : "alternative";
	AUTO_FREE char *why = app_prompt(app, "删除的理由", "", false);
	struct err e = { 0 };

	if (why != NULL)
		app_report(app, agenda_part_delete(app->of, form_find(app->of->forms, form), here->id, why, &e), &e, "已删除");
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct agenda_item_screen *s = state;
	struct err e = { 0 };

	switch (action) {
	case ACT_OPEN:
		return open_line(s);
	case ACT_SCHEDULE:
		schedule(app, s);
		return next_stay();
	case ACT_INTEREST:
		return part_push("interest", 0, s->cs.id);
	case ACT_ALTERNATIVE:
		return part_push("alternative", 0, s->cs.id);
	case ACT_EDIT:
		return part_push("agenda_item", s->cs.id, 0);
	case ACT_DECIDE:
		return open_decision_of(app, s->cs.id);
	case ACT_AGAIN:
		app_report(app, agenda_again(app->of, s->cs.id, &e), &e, "已回到议题池");
		return next_stay();
	case ACT_DELETE:
		delete_part(app, s);
		return next_stay();
	case ACT_MERGE_ITEM:
		merge(app, s);
		return next_stay();
	case ACT_SPLIT:
		return part_push("split", 0, s->cs.id);
	case ACT_WITHDRAW:
		withdraw(app, s);
		return next_stay();
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = s->cs.id, .form = "agenda_item" });
	default:
		return next_pass();
	}
}

const struct screen_def agenda_item_screen = {
	.name = "agenda-item", .title = "议题",
	.reads = TBL_AGENDA_ITEM | TBL_AGENDA_ISSUE | TBL_INTEREST | TBL_ALTERNATIVE | TBL_MEETING | TBL_ISSUE | TBL_SUPPORT | TBL_RESIDENT,
	.state_size = sizeof(struct agenda_item_screen), .keys = &keys,
	CARD_SCREEN_FUNCTIONS, .open = card_screen_open, .load = load_screen, .act = act, .when = when,
};
