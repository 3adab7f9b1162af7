/* One decision: what was settled, by whom it is done, its approval, its notice and what was objected. args.id the decision. */
#include <string.h>

#include "base/mem.h"
#include "domain/decision.h"
#include "ui/card_screen.h"
#include "ui/screens/part.h"
#include "ui/widgets/deliberation_cards.h"

struct decision_screen {
	struct card_screen cs;        /* first */
	struct decision decision;
	bool blocked;                 /* 办事 can't begin yet: the card says why */
};

enum {
	WHEN_LINK = WHEN_OWN, WHEN_OPEN = WHEN_OWN << 1, WHEN_SUBMITTED = WHEN_OWN << 2, WHEN_APPROVED = WHEN_OWN << 3, WHEN_READY = WHEN_OWN << 4,
	WHEN_PART = WHEN_OWN << 5, WHEN_NOTICED = WHEN_OWN << 6, WHEN_RETURNABLE = WHEN_OWN << 7, WHEN_PAPER = WHEN_OWN << 8,
	WHEN_PHONE = WHEN_OWN << 9,
};

static const struct key_bind binds[] = {
	{ ACT_APPROVE,    "F6 Y",    WHEN_SUBMITTED },
	{ ACT_RETURN,     "F7 B",    WHEN_RETURNABLE },
	{ ACT_CARRY_OUT,  "F6 Y",    WHEN_READY },
	{ ACT_SUBMIT,     "F6 S",    WHEN_OPEN },
	{ ACT_ACTION_NEW, "F8 A",    WHEN_OPEN },
	{ ACT_PARTNER,    "F7 L",    WHEN_OPEN },
	{ ACT_EDIT,       "F4 E",    WHEN_OPEN },
	{ ACT_NOTICE,     "F8 G",    WHEN_APPROVED },
	{ ACT_OBJECTION,  "F5 O",    WHEN_NOTICED },
	{ ACT_OPEN,       "Enter l", WHEN_LINK },
	{ ACT_REVEAL,     "v",       WHEN_PHONE },
	{ ACT_DELETE,     "D",       WHEN_PART },
	{ ACT_PAPER,      "p",       WHEN_PAPER },
	{ ACT_HISTORY,    "F3 h",    WHEN_ROW },
};
static const struct keymap keys = { "decision", binds, COUNT(binds) };

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct decision_screen *s = state;
	AUTO_STRBUF why = { 0 };
	enum rc rc;

	card_screen_clear(&s->cs);
	if ((rc = decision_load(app->of, s->cs.id, &s->cs.arena, &s->decision, e)) != RC_OK)
		return rc;
	s->blocked = decision_blocked(app->of, &s->decision, &why);
	decision_card(app, &s->cs.view, &s->decision);
	card_screen_show(app, &s->cs, s->decision.number);
	return RC_OK;
}

/* Lines that can be taken away again: tasks and partners while it is written, a notice nobody has objected to. */
static const char *form_of_part(const struct decision_screen *s, const struct card_item *here)
{
	bool writing = s->decision.state == DECISION_DRAFT || s->decision.state == DECISION_RETURNED;

	if (here == NULL)
		return NULL;
	if (here->tag == TAG_TASK && writing)
		return "decision_task";
	if (here->tag == TAG_PARTNER && writing)
		return "decision_partner";
	return here->tag == TAG_NOTICE && !s->decision.acted_at ? "notice" : NULL;
}

/* The objection under the cursor, where whoever made it left a number; NULL otherwise. */
static const struct decision_objection *with_phone(const struct decision_screen *s, const struct card_item *here)
{
	const struct decision *d = &s->decision;

	for (size_t i = 0; here && here->tag == TAG_OBJECTION && i < d->n_notices; i++)
		for (size_t k = 0; k < d->notices[i].n_objections; k++)
			if (d->notices[i].objections[k].id == here->id && d->notices[i].objections[k].phone[0])
				return &d->notices[i].objections[k];
	return NULL;
}

/* What may be done about the decision itself; one that no longer holds, or is carried out, is only read. */
static unsigned when_by_state(const struct app *app, const struct decision_screen *s)
{
	const struct decision *d = &s->decision;
	bool approves = office_may(app->of, MAY_DECISION_APPROVE), mine = d->author_id == app->of->me.id;

	if (d->deleted || d->acted_at || !office_may(app->of, MAY_DECISION_EDIT))
		return 0;
	switch (d->state) {
	case DECISION_SUBMITTED:
		return (approves ? WHEN_SUBMITTED : 0) | (approves || mine ? WHEN_RETURNABLE : 0);
	case DECISION_APPROVED:
		return WHEN_APPROVED | (approves ? WHEN_RETURNABLE : 0) | (s->blocked ? 0 : WHEN_READY);
	default:
		return WHEN_OPEN;
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct decision_screen *s = state;
	const struct decision *d = &s->decision;
	const struct card_item *here = card_view_item(&s->cs.view);
	bool may = office_may(app->of, MAY_DECISION_EDIT) && !d->deleted;

	return WHEN_ROW | when_by_state(app, s) | (here && here->id ? WHEN_LINK : 0) | (may && form_of_part(s, here) ? WHEN_PART : 0) |
	       (office_may(app->of, MAY_REVEAL) && with_phone(s, here) ? WHEN_PHONE : 0) |
	       (may && d->n_notices > 0 ? WHEN_NOTICED : 0) | (d->n_notices > 0 ? WHEN_PAPER : 0);
}

static struct next open_line(const struct decision_screen *s)
{
	static const struct {
		int tag;
		const char *part;
	} parts[] = {
		{ TAG_PARTNER, "decision_partner" }, { TAG_TASK, "decision_task" }, { TAG_NOTICE, "notice" }, { TAG_OBJECTION, "objection-handle" },
	};
	const struct card_item *here = card_view_item(&s->cs.view);

	for (size_t i = 0; i < COUNT(parts); i++)
		if (parts[i].tag == here->tag)
			return part_push(parts[i].part, here->id, s->cs.id);
	switch (here->tag) {
	case TAG_ISSUE:
		return next_push("issue", (struct screen_args){ .id = here->id });
	case TAG_MEETING:
		return next_push("meeting", (struct screen_args){ .id = here->id });
	default:
		return next_push("agenda-item", (struct screen_args){ .id = here->id });
	}
}

static void delete_part(struct app *app, struct decision_screen *s)
{
	const struct card_item *here = card_view_item(&s->cs.view);
	const char *form = form_of_part(s, here);
	AUTO_FREE char *why = app_prompt(app, "删除的理由", "", false);
	struct err e = { 0 };

	if (why != NULL)
		app_report(app, decision_part_delete(app->of, form_find(app->of->forms, form), here->id, why, &e), &e, "已删除");
}

static void reveal_phone(struct app *app, const struct decision_screen *s)
{
	const struct decision_objection *o = with_phone(s, card_view_item(&s->cs.view));
	AUTO_FREE char *plain = NULL;
	struct err e = { 0 };

	if (objection_reveal(app->of, o->id, &plain, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "%s 电话 %s（已记入台账）", o->name, plain);
}

static void carry_out(struct app *app, struct decision_screen *s)
{
	struct err e = { 0 };

	if (app_ask(app, s->decision.n_tasks > 0 ? "交办：任务进入办事，决议不能再改" : "没有任务：事项直接进入评事"))
		app_report(app, decision_carry_out(app->of, s->cs.id, s->decision.rev, &e), &e, "已交办");
}

/* 0: the cursor is on something else. */
static int64_t notice_here(const struct decision_screen *s)
{
	const struct card_item *here = card_view_item(&s->cs.view);

	return here && here->tag == TAG_NOTICE ? here->id : 0;
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct decision_screen *s = state;
	struct err e = { 0 };

	switch (action) {
	case ACT_OPEN:
		return open_line(s);
	case ACT_EDIT:
		return part_push("decision", s->cs.id, s->decision.agenda_item_id);
	case ACT_ACTION_NEW:
		return part_push("decision_task", 0, s->cs.id);
	case ACT_PARTNER:
		return part_push("decision_partner", 0, s->cs.id);
	case ACT_NOTICE:
		return part_push("notice", 0, s->cs.id);
	case ACT_OBJECTION:
		return part_push("objection", 0, s->decision.notices[s->decision.n_notices - 1].id);
	case ACT_RETURN:
		return part_push("decision-return", s->cs.id, s->decision.agenda_item_id);
	case ACT_SUBMIT:
		app_report(app, decision_submit(app->of, s->cs.id, s->decision.rev, &e), &e, "已送批");
		return next_stay();
	case ACT_APPROVE:
		app_report(app, decision_approve(app->of, s->cs.id, s->decision.rev, &e), &e, "已批准，请登记公示");
		return next_stay();
	case ACT_CARRY_OUT:
		carry_out(app, s);
		return next_stay();
	case ACT_REVEAL:
		reveal_phone(app, s);
		return next_stay();
	case ACT_DELETE:
		delete_part(app, s);
		return next_stay();
	case ACT_PAPER:
		return next_push("paper", (struct screen_args){ .text = "notice", .id = s->cs.id, .context_id = notice_here(s) });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = s->cs.id, .form = "decision" });
	default:
		return next_pass();
	}
}

const struct screen_def decision_screen = {
	.name = "decision", .title = "决议",
	.reads = TBL_DECISION | TBL_DECISION_PARTNER | TBL_DECISION_TASK | TBL_NOTICE | TBL_OBJECTION | TBL_AGENDA_ITEM | TBL_AGENDA_ISSUE | TBL_MEETING |
	         TBL_ISSUE | TBL_ACTION | TBL_ACCOUNT,
	.state_size = sizeof(struct decision_screen), .keys = &keys,
	CARD_SCREEN_FUNCTIONS, .open = card_screen_open, .load = load_screen, .act = act, .when = when,
};
