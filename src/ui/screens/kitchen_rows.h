/* What 厨房单 shows: the sheet as the cook reads it, and the labels. */
#ifndef YL_UI_SCREENS_KITCHEN_ROWS_H
#define YL_UI_SCREENS_KITCHEN_ROWS_H

#include "domain/kitchen.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"

/* An item's id is the diner's; 0: nobody's. */
void kitchen_sheet(const struct app *app, struct card_view *v, const struct meal_day *m, const struct menu *menu, const struct kitchen *k);
void kitchen_labels(struct card_view *v, const struct kitchen *k);
/* 11-24 周二（今天） 中餐 10:45出餐; appended. */
void kitchen_title(const struct app *app, const struct meal_day *m, struct strbuf *out);

#endif
