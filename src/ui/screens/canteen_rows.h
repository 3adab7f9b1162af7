/* What the day's list of 送餐 shows: which orders, in which words, and all that is known of one of them. */
#ifndef YL_UI_SCREENS_CANTEEN_ROWS_H
#define YL_UI_SCREENS_CANTEEN_ROWS_H

#include "domain/meal_day.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"
#include "ui/widgets/tabs.h"

/* Which of them are listed; a tab each. LEFT_OUT is who gets nothing. */
#define CANTEEN_VIEWS(X) X(ALL, "全部") X(DELIVERY, "送餐") X(HERE, "堂食自取") X(PENDING, "待处理") X(LEFT_OUT, "不吃的")
enum canteen_view {
#define X(name, title) CANTEEN_##name,
	CANTEEN_VIEWS(X)
#undef X
	CANTEEN_VIEW_COUNT
};

enum canteen_tag { CANTEEN_TAG_NONE, CANTEEN_TAG_ORDER, CANTEEN_TAG_LEFT_OUT };

/* The tabs with how many each lists. `tabs` holds CANTEEN_VIEW_COUNT. */
void canteen_tabs(const struct app *app, const struct meal_day *m, struct tab_name *tabs);
/* 订餐152份：送餐98 堂食34 自取20 · 有人送92 待送餐力量6 · 已送到80 未回报2 · 关爱核查1 */
void canteen_sums(const struct app *app, const struct meal_day *m, struct strbuf *out);
void canteen_headings(struct canvas *c, int row, int col, enum canteen_view view);
/* A line an item: id is the place in m->orders or m->left_out, from 1. `find`: only those whose name, number, grid or address has it; "" all. The cursor goes to
 * `diner_id`, where that is there. */
void canteen_list(const struct app *app, struct card_view *v, const struct meal_day *m, enum canteen_view view, const char *find, int64_t diner_id);
/* Beside the list; o and x may be NULL. */
void canteen_beside(const struct app *app, struct card_view *v, const struct meal_day *m, const struct meal_order *o, const struct meal_left_out *x);

#endif
