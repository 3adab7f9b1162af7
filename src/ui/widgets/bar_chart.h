/* Figures over months (or grids, or services) as bars drawn in cells: one panel a series, all over the same axis, each bar with its number.
 *
 * Eighths of a block where the terminal draws them one column wide; else the series' own sign, which says in one colour too which series it is.
 * The name begins with bar_: libxlsxwriter has taken chart_ for itself.
 */
#ifndef YL_UI_BAR_CHART_H
#define YL_UI_BAR_CHART_H

#include <stddef.h>
#include <stdint.h>

#include "ui/canvas.h"

struct bar_series {
	const char *title;
	const int64_t *values;        /* one a slot; below zero counts as zero in the bar, the number says it */
	enum style style;
	char sign;                    /* where there are no blocks: '#' '=' '-'; 0: no bars, a row of numbers alone */
};

struct bar_chart {
	const char *const *labels;    /* of the slots: "11月" */
	size_t n;
	const struct bar_series *series;
	size_t n_series;
};

/* Where not all slots fit the last ones are shown, nothing where none fits; where the rows are too few the numbers alone. Everything is borrowed. */
void bar_chart_draw(const struct bar_chart *b, struct canvas *c, struct rect area);

#endif
