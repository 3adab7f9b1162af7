/* What 结算 shows of a month: its lists in columns, its sums, and one diner's orders. */
#ifndef YL_UI_SCREENS_SETTLEMENT_ROWS_H
#define YL_UI_SCREENS_SETTLEMENT_ROWS_H

#include "domain/settlement.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"
#include "ui/widgets/tabs.h"

#define SETTLEMENT_VIEWS(X) X(DINERS, "按老人") X(PAYERS, "按自付人") X(RULES, "补贴申领") X(CORRECTIONS, "更正") X(PENDING, "待处理")
enum settlement_view {
#define X(name, title) SETTLEMENT_##name,
	SETTLEMENT_VIEWS(X)
#undef X
	SETTLEMENT_VIEW_COUNT
};

/* id: the diner; of a meal that stands in the way its day, and which one it is in unclosed or unpriced, from 1. */
enum settlement_tag { SETTLEMENT_TAG_NONE, SETTLEMENT_TAG_DINER, SETTLEMENT_TAG_UNCLOSED, SETTLEMENT_TAG_UNPRICED };

/* `tabs` holds SETTLEMENT_VIEW_COUNT. */
void settlement_tabs(const struct settlement *s, struct tab_name *tabs);
/* 2026年10月 已结（…） */
void settlement_title(const struct settlement *s, struct strbuf *out);
/* 餐价 1,234.00 + 送餐费 … = 补贴 … + 慈善 … + 自付 … */
void settlement_sums(const struct settlement *s, struct strbuf *out);
void settlement_headings(struct canvas *c, int row, int col, enum settlement_view view);
/* `find`: diners whose name, number or address has it; the cursor goes to `diner_id`, where that is listed. */
void settlement_list(const struct app *app, struct card_view *v, const struct settlement *s, enum settlement_view view, const char *find, int64_t diner_id);

/* The orders of one diner: narrow, for beside the list, or with all columns. d NULL: nothing. */
void settlement_orders(const struct app *app, struct card_view *v, const struct settle_diner *d, bool wide);
void settlement_order_headings(struct canvas *c, int row, int col);

#endif
