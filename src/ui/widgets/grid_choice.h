/* One grid to narrow a list by, or all. */
#ifndef YL_UI_GRID_CHOICE_H
#define YL_UI_GRID_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/app.h"

struct grid_choice {
	int64_t id;                   /* 0: all */
	char code[24];                /* as people call it: 03 */
};

/* Ask for one, or all. Whether anything was chosen; a failure is said on the message line. */
bool grid_choice_ask(struct app *app, struct grid_choice *g);
/* One that was kept; nothing is changed where it is gone: the list shows more then, and says so. */
void grid_choice_read(struct app *app, struct grid_choice *g, int64_t id);

#endif
