/* The names of several lists on one line. */
#include "ui/widgets/tabs.h"

#include "base/strbuf.h"

void tabs_draw(struct canvas *c, struct rect area, const struct tab_name *tabs, size_t n, size_t current)
{
	int col = area.col + 1;

	canvas_fill(c, (struct rect){ area.row, area.col, 1, area.cols }, STYLE_TEXT);
	for (size_t i = 0; i < n; i++) {
		AUTO_STRBUF text = { 0 };

		strbuf_format(&text, " %s ", tabs[i].title);
		if (tabs[i].counted)
			strbuf_format(&text, "%zu ", tabs[i].n);
		col = canvas_put(c, area.row, col, area.col + area.cols - col, i == current ? STYLE_SELECTED : STYLE_DIM, strbuf_str(&text)) + 1;
	}
}
