/* The course of a meeting: what is on the agenda, what is voted on, how it ends. */
#include "ui/screens/meeting_screen.h"

#include "domain/agenda.h"
#include "ui/screens/deliberation_choice.h"
#include "ui/widgets/deliberation_cards.h"

struct next meeting_do_add_item(struct app *app, struct meeting_screen *s)
{
	struct err e = { 0 };
	int64_t item = choose_item(app, "加哪个议题", 0, &e);

	if (e.code != RC_OK)
		app_fail(app, &e);
	return item < 0 ? next_stay() : next_report(app, meeting_schedule(app->of, s->id, item, 0, &e), &e, "已加入议程");
}

struct next meeting_do_take_away(struct app *app, struct meeting_screen *s)
{
	const struct card_item *item = meeting_line_here(s);
	struct err e = { 0 };

	if (item->tag == TAG_SLOT)
		return next_report(app, meeting_unschedule(app->of, item->id, &e), &e, "已撤下，回到议题池");
	if (item->tag == TAG_RECUSAL)
		return next_report(app, meeting_recuse_drop(app->of, item->id, &e), &e, "已取消回避");
	return next_report(app, meeting_uninvite(app->of, item->id, &e), &e, "已从名单去掉");
}

/* What is voted on: one of the alternatives, where there are some, or the item in its slot. 0: left with Esc. */
static int64_t choose_question(struct app *app, const struct meeting_slot *slot, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	struct agenda_item item;
	const char **labels;
	int chosen;

	if (agenda_load(app->of, slot->agenda_item_id, &arena, &item, e) != RC_OK)
		return 0;
	if (item.n_alternatives == 0)
		return slot->id;
	labels = arena_alloc(&arena, (item.n_alternatives + 1) * sizeof *labels);
	for (size_t i = 0; i < item.n_alternatives; i++)
		labels[i] = item.alternatives[i].text;
	labels[item.n_alternatives] = "议题本身，不分方案";
	chosen = app_choose(app, "表决哪个方案", labels, item.n_alternatives + 1, 0);
	if (chosen < 0)
		return 0;
	return (size_t)chosen < item.n_alternatives ? item.alternatives[chosen].id : slot->id;
}

struct next meeting_do_vote(struct app *app, struct meeting_screen *s)
{
	struct err e = { 0 };
	int64_t question = choose_question(app, meeting_slot_here(s), &e);

	if (e.code != RC_OK)
		app_fail(app, &e);
	return question ? next_push("ballot", (struct screen_args){ .id = question }) : next_stay();
}

struct next meeting_do_end(struct app *app, struct meeting_screen *s)
{
	struct err e = { 0 };
	int unreached = 0;

	if (!app_ask(app, "散会？没议到的议题回到议题池"))
		return next_stay();
	if (meeting_end(app->of, s->id, s->meeting.rev, &unreached, &e) != RC_OK)
		app_fail(app, &e);
	else if (unreached > 0)
		app_say(app, "已散会，%d个没议到的议题回到议题池；请写纪要", unreached);
	else
		app_say(app, "已散会；请写纪要");
	return next_stay();
}

struct next meeting_do_cancel(struct app *app, struct meeting_screen *s)
{
	AUTO_FREE char *why = app_prompt(app, "不开的理由", "", false);
	struct err e = { 0 };

	if (why == NULL)
		return next_stay();
	return next_report(app, meeting_cancel(app->of, s->id, s->meeting.rev, why, &e), &e, "会议已取消，议题回到议题池");
}
