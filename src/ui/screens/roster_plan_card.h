/* A plan as a card: each shift today and as planned, with who is added and who stays; then what remains open and why, and who was refused. */
#ifndef YL_UI_SCREENS_ROSTER_PLAN_CARD_H
#define YL_UI_SCREENS_ROSTER_PLAN_CARD_H

#include "domain/roster.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"

/* What stands on a line; its id counts from 1: who is added, who was refused. */
enum plan_tag { PLAN_TAG_NONE, PLAN_TAG_ALL, PLAN_TAG_ADDED, PLAN_TAG_REFUSED };

/* Somebody whom the plan leaves off a shift because the tick was taken away. */
struct plan_refusal {
	char *words;                  /* owned */
	bool again;                   /* ticked again: free for the next plan */
};

struct plan_view {
	const struct roster_plan *plan;
	const struct plan_refusal *refusals;
	size_t n_refusals;
	bool kept;                    /* who stays is shown */
};

int roster_plan_wanted(const struct roster_plan *p);
/* 郭玉萍  午餐送餐 周三 明天 10:30-12:30; appended. */
void roster_plan_seat_words(const struct app *app, const struct roster_planned *one, struct strbuf *out);
void roster_plan_card(const struct app *app, struct card_view *v, const struct plan_view *view);

#endif
