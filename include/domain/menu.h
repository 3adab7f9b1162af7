/* 菜单: what is cooked for a meal of a day, at which price, and whom a dish does not suit.
 *
 * A meal is a code of code list `meal`; ids follow from day and meal (and dish), so that two desks that write the same menu have written one.
 * Dishes are records of the form `dish`. Once the day is closed (meal_close) its menu stands.
 */
#ifndef YL_DOMAIN_MENU_H
#define YL_DOMAIN_MENU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "domain/office.h"

struct menu_dish {
	int64_t dish_id, instead_of_id;              /* instead_of_id: the dish that it stands in for, 0: none */
	const char *name, *ingredients, *allergens, *unfit;     /* texts as dish has them, "" for none */
	int position;
};

struct menu {
	int64_t id;                                  /* 0: nothing is written yet */
	int32_t day;
	const char *meal, *sample_by, *sample_note, *note;
	int64_t price_fen;                           /* of a portion; -1: not said */
	int64_t sample_at;                           /* 留样; 0: not yet */
	const struct menu_dish *dishes;              /* in order */
	size_t n_dishes;
};

/* What a diner's record says, blank-separated: codes diet, codes allergen, ingredients in words. */
struct diner_food {
	const char *diets, *allergens, *avoids;
};

/* Errors of all: RC_DENIED by role (DINER_VIEW to read, MENU_EDIT to change); RC_NOTFOUND; RC_INVALID at a field, in words; RC_BUSY; RC_DB. Nothing is changed on
 * failure. */
enum rc menu_load(struct office *of, int32_t day, const char *meal, struct arena *a, struct menu *out, struct err *e) MUST_USE;

/* RC_INVALID "meal", "price_fen" (0 … SUBSIDY_FEN_MAX), "day" a closed one. */
enum rc menu_save(struct office *of, int32_t day, const char *meal, int64_t price_fen, const char *note, struct err *e) MUST_USE;
/* Put a dish last; one that is there already takes the new instead_of_id. The menu is made where there is none. RC_INVALID "instead_of_id": the dish itself, or
 * none that this menu has in its own right. */
enum rc menu_dish_add(struct office *of, int32_t day, const char *meal, int64_t dish_id, int64_t instead_of_id, struct err *e) MUST_USE;
/* With what stands in for it. */
enum rc menu_dish_remove(struct office *of, int32_t day, const char *meal, int64_t dish_id, struct err *e) MUST_USE;
/* The menus of one week again in another; a meal that has one already keeps it. *made. RC_INVALID "from_monday", "to_monday". */
enum rc menu_copy_week(struct office *of, int32_t from_monday, int32_t to_monday, int *made, struct err *e) MUST_USE;
/* 留样 was put aside now. RC_INVALID "sample_by"; RC_NOTFOUND there is no menu. */
enum rc menu_sample(struct office *of, int32_t day, const char *meal, const char *by, const char *note, struct err *e) MUST_USE;

/* Why a dish does not suit: 过敏：蛋；忌口：香菜；不适合：糖尿病; appended, nothing where it does. An avoided word counts wherever it stands in an ingredient
 * (or the name): 辣椒 in 干辣椒段. Pure. */
bool dish_clash(const struct office *of, const struct menu_dish *dish, const struct diner_food *food, struct strbuf *out);

#endif
