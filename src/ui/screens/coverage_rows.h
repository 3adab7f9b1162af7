/* The lists of 覆盖与缺口. */
#ifndef YL_UI_SCREENS_COVERAGE_ROWS_H
#define YL_UI_SCREENS_COVERAGE_ROWS_H

#include "domain/coverage.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"
#include "ui/widgets/tabs.h"

#define COVERAGE_VIEWS(X) X(GRIDS, "按网格") X(ELDERS, "没吃上的") X(FACES, "送餐人换得多") X(CARRIERS, "愿送没排上")
enum coverage_view {
#define X(name, title) COVERAGE_##name,
	COVERAGE_VIEWS(X)
#undef X
	COVERAGE_VIEW_COUNT
};

/* id: the place in its list, from 1. */
enum coverage_tag { COVERAGE_TAG_NONE, COVERAGE_TAG_GRID, COVERAGE_TAG_ELDER, COVERAGE_TAG_FACE, COVERAGE_TAG_CARRIER };

void coverage_tabs(const struct coverage *c, struct tab_name *tabs);
/* 需要 423人 · 吃上 210人（49%） · … */
void coverage_sums(const struct coverage *c, struct strbuf *out);
void coverage_headings(struct canvas *c, int row, int col, enum coverage_view view);
void coverage_list(const struct app *app, struct card_view *v, const struct coverage *c, enum coverage_view view);
/* Need and who is served as bars, the grids that lack most first. */
void coverage_bars(const struct coverage *c, struct canvas *canvas, struct rect area);

#endif
