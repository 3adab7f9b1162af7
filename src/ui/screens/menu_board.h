/* The week's menus as a grid of cells: a column a day, a row a meal; and the dishes of one of them. */
#ifndef YL_UI_SCREENS_MENU_BOARD_H
#define YL_UI_SCREENS_MENU_BOARD_H

#include "domain/menu.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"

enum { MENU_DAYS = 7, MENU_MEALS_MAX = 4, MENU_BOARD_COLS = 78 };

struct menu_board {
	int32_t monday;
	size_t n_meals;
	struct menu menus[MENU_MEALS_MAX][MENU_DAYS];
	size_t meal;                  /* under the cursor */
	int day;                      /* 0 Monday */
};

/* `a` is emptied first and holds what is loaded; nothing changes on failure. */
enum rc menu_board_load(struct office *of, int32_t monday, struct arena *a, struct menu_board *b, struct err *e) MUST_USE;
const struct menu *menu_board_menu(const struct menu_board *b);
/* Rows of the grid, its head included. */
int menu_board_rows(const struct menu_board *b);
bool menu_board_key(struct menu_board *b, const struct key_event *ev);
void menu_board_draw(const struct app *app, const struct menu_board *b, struct canvas *c, struct rect area, bool active);

enum { MENU_TAG_DISH = 1 };
/* A dish a line, its id the item's; what stands in for it below it. */
void menu_card(const struct app *app, struct card_view *v, const struct menu *m);

#endif
