/* What is done about one who is on a shift, or who could be. */
#include "ui/screens/roster_seat.h"

#include "base/mem.h"

/* What speaks against it is said, and can be passed over with a reason. NULL: left with Esc. */
static char *ask_override(struct app *app, const char *name, unsigned conflicts)
{
	AUTO_STRBUF label = { 0 };

	strbuf_format(&label, "%s ", name);
	roster_conflict_words(conflicts, &label);
	strbuf_add(&label, "；仍要排上请写理由");
	return app_prompt(app, strbuf_str(&label), "", false);
}

struct next roster_put_on(struct app *app, const struct roster_people *people, int64_t volunteer_id)
{
	const struct roster_candidate *c = NULL;
	AUTO_FREE char *why = NULL;
	struct err e = { 0 };

	for (size_t i = 0; i < people->n; i++)
		if (people->candidates[i].volunteer_id == volunteer_id)
			c = &people->candidates[i];
	if (c == NULL)
		return next_stay();
	if ((c->conflicts & ROSTER_BLOCKING) && (why = ask_override(app, c->name, c->conflicts & ROSTER_BLOCKING)) == NULL)
		return next_stay();
	return next_report(app, roster_assign(app->of, people->need_id, c->volunteer_id, why, NULL, &e), &e, "%s 已排上", c->name);
}

static void take_off(struct app *app, const struct roster_seat *seat)
{
	AUTO_FREE char *why = NULL;
	struct err e = { 0 };

	if (seat->confirmed && (why = app_prompt(app, "撤下的理由（本人已确认要来）", "", false)) == NULL)
		return;
	app_report(app, roster_remove(app->of, seat->id, seat->rev, why, &e), &e, "%s 已撤下", seat->name);
}

static void swap(struct app *app, struct roster_people *people, int64_t id)
{
	int64_t marked = people->marked_id;
	struct err e = { 0 };
	enum rc rc;

	if (marked == 0 || marked == id) {
		people->marked_id = marked == id ? 0 : id;
		app_say(app, "%s", people->marked_id ? "再到另一个人上按 W，两人互换；再按一次取消" : "不换了");
		return;
	}
	people->marked_id = 0;
	rc = roster_swap(app->of, marked, id, NULL, &e);
	if (rc == RC_INVALID) {
		AUTO_FREE char *label = mem_format("%s；仍要互换请写理由", e.text);
		AUTO_FREE char *why = app_prompt(app, label, "", false);

		if (why == NULL)
			return;
		e = (struct err){ 0 };
		rc = roster_swap(app->of, marked, id, why, &e);
	}
	app_report(app, rc, &e, "两人已互换");
}

/* The stand-in is the next who is chosen among the candidates: they are of the same place. */
static void stand_in(struct app *app, const struct roster_people *people, const struct roster_seat *seat)
{
	AUTO_ARENA arena = { 0 };
	const char **labels = arena_alloc(&arena, (people->n + 1) * sizeof *labels);
	AUTO_FREE char *why = NULL, *override = NULL;
	struct err e = { 0 };
	int chosen;

	if (people->n == 0) {
		app_warn(app, "没有别的志愿者");
		return;
	}
	for (size_t i = 0; i < people->n; i++)
		labels[i] = arena_format(&arena, "%s  %s", people->candidates[i].name, people->candidates[i].conflicts & ROSTER_BLOCKING ? "有冲突" : people->candidates[i].reason);
	if ((chosen = app_choose(app, "谁来顶班", labels, people->n, 0)) < 0 || (why = app_prompt(app, "为什么换人", "", false)) == NULL)
		return;
	if ((people->candidates[chosen].conflicts & ROSTER_BLOCKING) &&
	    (override = ask_override(app, people->candidates[chosen].name, people->candidates[chosen].conflicts & ROSTER_BLOCKING)) == NULL)
		return;
	app_report(app, roster_replace(app->of, seat->id, people->candidates[chosen].volunteer_id, why, override, &e), &e, "%s 顶 %s 的班",
	              people->candidates[chosen].name, seat->name);
}

void roster_seat_act(struct app *app, const struct roster_shift *shift, struct roster_people *people, int64_t assignment_id, enum action action)
{
	const struct roster_seat *seat = roster_seat_at(shift, assignment_id);
	struct err e = { 0 };

	if (seat == NULL)
		return;
	switch (action) {
	case ACT_TAKE_OFF:
		take_off(app, seat);
		break;
	case ACT_CONFIRM_SEAT:
		app_report(app, roster_confirm(app->of, seat->id, seat->rev, &e), &e, "%s 已确认", seat->name);
		break;
	case ACT_PIN:
		app_report(app, roster_pin(app->of, seat->id, seat->rev, !seat->pinned, &e), &e, "%s %s", seat->name, seat->pinned ? "已放开" : "已钉住，自动排班不动");
		break;
	case ACT_STAND_IN:
		stand_in(app, people, seat);
		break;
	default:
		swap(app, people, assignment_id);
	}
}
