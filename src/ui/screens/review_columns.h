/* The lists of the head's screen: which there are, their columns, and what stands beside a row of them. */
#ifndef YL_UI_SCREENS_REVIEW_COLUMNS_H
#define YL_UI_SCREENS_REVIEW_COLUMNS_H

#include "ui/widgets/card_view.h"
#include "ui/widgets/list_view.h"

/* In the order of the tabs; 六事核查 is no list. */
enum review_tab { REVIEW_APPROVE, REVIEW_OUTCOMES, REVIEW_OVERDUE, REVIEW_OBJECTIONS, REVIEW_CHECKS, REVIEW_TABS, REVIEW_LISTS = REVIEW_CHECKS };

struct review_list {
	const struct list_spec *spec;
	const struct view_column *columns;
	size_t n_columns;
	struct list_order order;
	list_view_find *find;         /* NULL: too short to be searched */
};
extern const struct review_list review_lists[REVIEW_LISTS];

/* The decision or objection under the cursor in full. */
void review_card_fill(const struct app *app, enum review_tab tab, const struct list_view *v, struct card_view *card);

#endif
