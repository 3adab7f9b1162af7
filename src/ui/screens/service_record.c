/* One volunteer's hours: sums, stars, points, months, and the proofs that were issued. args.id the volunteer. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/attendance.h"
#include "ui/screen.h"
#include "ui/screens/part.h"
#include "ui/screens/service_card.h"

struct service_record {
	int64_t id;
	struct card_view card;
};

enum { WHEN_PROVES = WHEN_OWN, WHEN_PROOF = WHEN_OWN << 1, WHEN_VALID = WHEN_OWN << 2, WHEN_SPENDS = WHEN_OWN << 3, WHEN_CORRECTS = WHEN_OWN << 4 };

static const struct key_bind binds[] = {
	{ ACT_PAPER,  "Enter p", WHEN_PROOF },
	{ ACT_PROVE,  "F5 Z",    WHEN_PROVES },
	{ ACT_VOID,   "F8 X",    WHEN_VALID },
	{ ACT_SPEND,  "F6 S",    WHEN_SPENDS },
	{ ACT_POINTS, "C",       WHEN_CORRECTS },
};
static const struct keymap keys = { "service-record", binds, COUNT(binds) };

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct service_record *s = state;

	(void)app; (void)e;
	s->id = args->id;
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct service_record *s = state;
	enum rc rc = service_card(app, &s->card, s->id, e);

	card_view_layout_framed(&s->card, app->area);
	return rc;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct service_record *s = state;

	(void)app;
	card_view_draw_framed(&s->card, c, area, "服务时长", true);
}

/* Acting --------------------------------------------------------------------------------------------------------------------------- */

static void void_proof(struct app *app, const struct service_record *s)
{
	AUTO_FREE char *why = app_prompt(app, "为什么作废这份证明", "", false);
	struct err e = { 0 };

	if (why == NULL)
		return;
	if (service_proof_void(app->of, card_view_item(&s->card)->id, why, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "证明已作废");
}

/* A whole number, with a sign where it may have one; false: left, or refused on the message line. */
static bool ask_points(struct app *app, const char *label, int64_t *points)
{
	AUTO_FREE char *typed = app_prompt(app, label, "", false);
	char *end;

	if (typed == NULL)
		return false;
	*points = strtoll(typed, &end, 10);
	if (end != typed && *end == '\0')
		return true;
	app_warn(app, "请填整数，如 20");
	return false;
}

static void move_points(struct app *app, const struct service_record *s, bool spends)
{
	AUTO_FREE char *note = NULL;
	struct err e = { 0 };
	int64_t points;
	enum rc rc;

	if (!ask_points(app, spends ? "兑换多少积分" : "加多少积分（减少写负数）", &points) ||
	    (note = app_prompt(app, spends ? "换了什么" : "为什么更正", "", false)) == NULL)
		return;
	rc = spends ? points_spend(app->of, s->id, points, note, &e) : points_correct(app->of, s->id, points, note, &e);
	if (rc != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, spends ? "已兑换" : "已更正");
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct service_record *s = state;

	switch (action) {
	case ACT_PAPER:
		return next_push("paper", (struct screen_args){ .text = "proof", .id = card_view_item(&s->card)->id });
	case ACT_PROVE:
		return part_push("service_proof", 0, s->id);
	case ACT_VOID:
		void_proof(app, s);
		return next_stay();
	case ACT_SPEND:
		move_points(app, s, true);
		return next_stay();
	case ACT_POINTS:
		move_points(app, s, false);
		return next_stay();
	default:
		return next_pass();
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct service_record *s = state;
	const struct card_item *here = card_view_item(&s->card);
	bool proves = office_may(app->of, MAY_PROOF_ISSUE), points = app->of->settings->per_hour > 0;

	return (proves ? WHEN_PROVES : 0) | (proves && here && here->tag != SERVICE_TAG_NONE ? WHEN_PROOF : 0) |
	       (proves && here && here->tag == SERVICE_TAG_PROOF ? WHEN_VALID : 0) | (points && office_may(app->of, MAY_VOLUNTEER_EDIT) ? WHEN_SPENDS : 0) |
	       (points && office_may(app->of, MAY_POINTS_CORRECT) ? WHEN_CORRECTS : 0);
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct service_record *s = state;

	(void)app;
	return card_view_key(&s->card, ev) ? next_stay() : next_pass();
}

static void close_screen(struct app *app, void *state)
{
	struct service_record *s = state;

	(void)app;
	card_view_release(&s->card);
}

const struct screen_def service_record_screen = {
	.name = "service-record", .title = "一位志愿者的服务时长",
	.reads = TBL_ATTENDANCE | TBL_SERVICE_PROOF | TBL_POINT_ENTRY | TBL_VOLUNTEER,
	.state_size = sizeof(struct service_record), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
