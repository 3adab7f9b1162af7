/* What to do where there is nothing to see, with the keys as they are bound now. */
#ifndef YL_UI_HINT_H
#define YL_UI_HINT_H

#include "ui/app.h"
#include "ui/canvas.h"
#include "ui/keymap.h"

/* Paint a text in the upper third of the area, each line centred. `{new}` becomes the first key of the action of that name in the screen's map or the
 * common one; lines are parted by LF. */
void hint_draw(const struct app *app, struct canvas *c, struct rect area, const struct keymap *keys, const char *text);

#endif
