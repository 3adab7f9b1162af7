/* What the files about menus share. */
#ifndef YL_DOMAIN_CANTEEN_MENU_RULES_H
#define YL_DOMAIN_CANTEEN_MENU_RULES_H

#include "domain/menu.h"

/* menu.c: asks no role. */
enum rc menu_read(struct office *of, int32_t day, const char *meal, struct arena *a, struct menu *out, struct err *e) MUST_USE;
int64_t menu_id(int32_t day, const char *meal);
int64_t menu_dish_id(int32_t day, const char *meal, int64_t dish_id);

#endif
