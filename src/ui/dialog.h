/* Questions in boxes that the loop's own parts need too (app.h has those for screens). */
#ifndef YL_UI_DIALOG_H
#define YL_UI_DIALOG_H

#include "ui/widgets/pager.h"

struct loop;

/* Show lines to read until Esc, q or Enter. */
void dialog_read(struct loop *l, const char *title, struct pager *lines);

#endif
