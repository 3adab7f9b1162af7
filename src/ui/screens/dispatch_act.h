/* What is done about a route or a stop on the dispatch board: asked for, then told to the domain. */
#ifndef YL_UI_SCREENS_DISPATCH_ACT_H
#define YL_UI_SCREENS_DISPATCH_ACT_H

#include "ui/screen.h"
#include "ui/screens/dispatch_rows.h"

/* What the cursor and the marks say: a route, or orders; places in the day. */
struct dispatch_chosen {
	int route;                    /* of the line under the cursor: its own, or the stop's; -1: none */
	int order;                    /* -1: none */
	const int *orders;            /* those marked, else the one under the cursor */
	size_t n;
};

/* Orders to another route, or a route to another carrier. true: marks are done with. */
bool dispatch_reroute(struct app *app, const struct dispatch *d, const struct dispatch_chosen *c);
void dispatch_merge(struct app *app, const struct dispatch *d, int route);
void dispatch_split(struct app *app, const struct dispatch *d, const struct dispatch_chosen *c);
void dispatch_shift(struct app *app, const struct dispatch *d, int order, int by);
void dispatch_new_route(struct app *app, const struct dispatch *d);
/* Whether he was taken off: then it is planned again. */
bool dispatch_ill(struct app *app, const struct dispatch *d, int route);
/* Confirmed, left, back, deleted, order kept. */
void dispatch_step(struct app *app, const struct dispatch *d, int route, enum action action);

#endif
