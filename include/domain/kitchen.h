/* 厨房单: what the kitchen cooks for one meal — how much of each dish, in which variants, for whom not, and a label on every portion.
 *
 * All of it is reckoned from a struct meal_day (who eats) and its struct menu (what is cooked), so that it never says another number than they do:
 *	everybody who wanted to eat = on the sheet + left out, by name and reason (domain.md §4).
 * Pure: nothing is read or written; texts live in the arena, as `m` and `menu` do, and labels of codes are the forms'.
 */
#ifndef YL_DOMAIN_KITCHEN_H
#define YL_DOMAIN_KITCHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "domain/meal_day.h"
#include "domain/menu.h"
#include "domain/office.h"

enum { SAMPLE_HOURS = 48 };                      /* 留样 is kept so long: 句容 rule */

/* Portions of one kind: a way (送餐), a variant (加量 糖尿病 低盐). */
struct kitchen_count {
	const char *label;
	int portions;
};

/* A dish as often as it goes onto a plate. */
struct kitchen_dish {
	const struct menu_dish *dish;
	int portions;                                /* of a stand-in: for those whom the other does not suit */
};

/* A dish does not suit a diner. */
struct kitchen_clash {
	const struct meal_order *order;
	const struct menu_dish *dish, *instead;      /* instead NULL: nothing on the menu suits; somebody has to think of it */
	const char *why;                             /* 过敏：花生 */
};

/* What is stuck on a portion. No telephone number, no address: what it is and whose. */
struct kitchen_label {
	const struct meal_order *order;
	int line, position;                          /* 0: on no route */
	const char *place;                           /* 3号线·12; 堂食; 自取; 待送餐力量 */
	const char *name;                            /* 王先生, 李女士; in full where another label would read the same */
	const char *variant;                         /* 加量 糖尿病 低盐; "" 普通 */
	const char *warning;                         /* 过敏：花生、蛋；忌口：香菜; "" none */
	const char *instead;                         /* 红烧肉→清蒸鱼；不放花生米; "" none */
	int number, of;                              /* 1 of 2, where a diner has two portions */
};

struct kitchen {
	const struct kitchen_count *ways, *variants; /* those that occur; variants: 普通 first, then the most */
	size_t n_ways, n_variants;
	const struct kitchen_dish *dishes;           /* as the menu has them */
	size_t n_dishes;
	const struct kitchen_clash *clashes;         /* by dish, then as the labels */
	size_t n_clashes;
	int n_unsolved;                              /* clashes without a stand-in */
	const struct kitchen_label *labels;          /* one a portion, by line and position; then 待送餐力量, 自取, 堂食 */
	size_t n_labels;
	int portions, left_out;                      /* their sum is everybody who wanted to eat */
};

void kitchen_reckon(const struct office *of, const struct meal_day *m, const struct menu *menu, struct arena *a, struct kitchen *out);

/* 留样：11-24 10:40 张师傅，留到 11-26 10:40; 还没有留样; appended. */
void kitchen_sample_words(const struct office *of, const struct menu *menu, struct strbuf *out);
/* 合计 152 份 = 厨房单 148 份 + 不做的 4 份; appended. */
void kitchen_foot_words(const struct kitchen *k, struct strbuf *out);

#endif
