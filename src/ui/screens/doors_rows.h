/* What the list of 送达 shows: by route, then who comes to the canteen, then who is carried by nobody. */
#ifndef YL_UI_SCREENS_DOORS_ROWS_H
#define YL_UI_SCREENS_DOORS_ROWS_H

#include "domain/meal_day.h"
#include "ui/app.h"
#include "ui/keymap.h"
#include "ui/widgets/card_view.h"

enum doors_tag { DOORS_TAG_NONE, DOORS_TAG_ORDER };      /* an order's id is its place in m->orders, from 1 */

/* Whether somebody still has to say what came of it. */
bool doors_is_untold(const struct meal_order *o);
/* Whether two orders stand under one heading. */
bool doors_same_group(const struct meal_order *a, const struct meal_order *b);
/* 3号线 周大勇; 堂食自取; 没有线路. Appended. */
void doors_group_name(const struct meal_day *m, const struct meal_order *o, struct strbuf *out);
/* What one key tells of a whole group: a code of outcome. */
const char *doors_group_code(const struct meal_order *o);

/* The outcome that an action tells, a code; NULL: it tells none. */
const char *doors_code_of(enum action action);
/* Two lines that say which key tells what, as they are bound now. */
void doors_legend(const struct app *app, const struct keymap *keys, unsigned when, struct canvas *c, struct rect area);

/* The cursor goes to `order_id`, where that is there. */
void doors_list(const struct app *app, struct card_view *v, const struct meal_day *m, int64_t order_id);
/* 已回报 12/150 · 核查中 1 · 未回报：王秀英、李建国… */
void doors_sums(const struct meal_day *m, struct strbuf *out);
void doors_headings(struct canvas *c, int row, int col);
/* Place in m->orders of the next one that was typed about, behind `from` and then from the beginning: 3-12 the route and the place in it, else a name, pinyin,
 * a diner's number, a part of the address. -1: none. */
int doors_find(const struct meal_day *m, const char *typed, int from);

#endif
