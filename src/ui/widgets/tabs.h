/* The names of several lists on one line, the present one marked. */
#ifndef YL_UI_TABS_H
#define YL_UI_TABS_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"

struct tab_name {
	const char *title;
	bool counted;                 /* `n` is known and worth saying */
	size_t n;
};

/* On the first row of the area. */
void tabs_draw(struct canvas *c, struct rect area, const struct tab_name *tabs, size_t n, size_t current);

#endif
