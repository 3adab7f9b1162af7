/* The lines of the dispatch board: routes, the stops of the opened one, and who is on none; its sums; and the map beside it. */
#ifndef YL_UI_SCREENS_DISPATCH_ROWS_H
#define YL_UI_SCREENS_DISPATCH_ROWS_H

#include "domain/dispatch.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"
#include "ui/widgets/cell_map.h"

/* id of ROUTE and STOP, UNROUTED: the place in day.routes or day.orders, from 1. */
enum dispatch_tag { DISPATCH_TAG_NONE, DISPATCH_TAG_ROUTE, DISPATCH_TAG_STOP, DISPATCH_TAG_UNROUTED, DISPATCH_TAG_GROUP };

struct dispatch_marks {
	int64_t *ids;                 /* of orders */
	size_t n, cap;
};
bool dispatch_is_marked(const struct dispatch_marks *m, int64_t order_id);

/* What the lines are made of. */
struct dispatch_view {
	const struct dispatch *d;
	const struct dispatch_marks *marks;
	int64_t opened_id;            /* route; 0: none */
	enum dispatch_tag at_tag;     /* where the cursor goes: */
	int64_t at_id;                /* id of the route or the order */
};
void dispatch_list(const struct app *app, struct card_view *v, const struct dispatch_view *view);
/* 送餐5份：3条线路 已派4份 待派1份 · 能送的志愿者4位 */
void dispatch_sums(const struct dispatch *d, struct strbuf *out);

/* 1号线 周大勇 电动车 5/20份; appended. */
void dispatch_route_words(const struct app *app, const struct dispatch *d, int route, struct strbuf *out);
/* 周大勇 电动车 5/20份 1号线 10:30-12:30; appended. */
void dispatch_carrier_words(const struct app *app, const struct dispatch *d, const struct carrier *c, struct strbuf *out);
/* A point for the kitchen and for each order to be brought. The chosen route first, in its order; `chosen` place in day.routes, -1: none; `here` place in
 * day.orders, -1: none. */
void dispatch_points(const struct dispatch *d, int chosen, int here, struct arena *a, struct cell_map *out);

#endif
