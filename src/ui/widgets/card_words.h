/* What every card says in the same way: facts that are left out where there is nothing to say, columns of a form by their label, headings with a number. */
#ifndef YL_UI_CARD_WORDS_H
#define YL_UI_CARD_WORDS_H

#include <stdint.h>

#include "base/strbuf.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"

/* Nothing where the text is blank. The cursor passes over them: tag 0, nothing to open. */
void card_fact(struct card_view *v, const char *label, const char *text);
void card_fact_styled(struct card_view *v, const char *label, const char *text, enum style style);
/* A column of a form as people read it; label NULL: the field's. */
void card_field(const struct app *app, struct card_view *v, const char *label, const char *form, const char *field, const char *raw, enum style style);
/* 用餐计划 3; the word alone for 0 */
void card_heading(struct card_view *v, const char *word, size_t n);
/* " · 到 11-27"; nothing for DAY_NONE. */
void card_day(const struct app *app, struct strbuf *out, const char *before, int32_t day);

/* Lines of a card that stand in columns. */
struct card_column {
	const char *title;
	int cols;                     /* with the blank behind it; 0: the rest of the line */
};
/* The cells of one line, cut to their columns; appended. */
void card_cells(struct strbuf *line, const struct card_column *columns, const char *const *cells, size_t n);
void card_headings(struct canvas *c, int row, int col, const struct card_column *columns, size_t n);

#endif
