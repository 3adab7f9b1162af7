/* The frame around a screen: title bar with the main screens, message line, key line. All of it is derived: from the registry, the key maps, the state. */
#ifndef YL_UI_CHROME_H
#define YL_UI_CHROME_H

#include "ui/action.h"
#include "ui/canvas.h"

struct loop;

void chrome_draw(const struct loop *l, struct canvas *c);
/* The action of what stands in the title bar or the key line under the mouse; ACT_NONE: nothing. */
enum action chrome_hit(const struct loop *l, int row, int col);

#endif
