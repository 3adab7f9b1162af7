/* What the head's screen is narrowed to: grid, category, and a stretch of time; in words, kept as a preference, and chosen by the person. */
#ifndef YL_UI_SCREENS_REVIEW_FILTER_H
#define YL_UI_SCREENS_REVIEW_FILTER_H

#include <stdbool.h>

#include "domain/review.h"
#include "ui/widgets/grid_choice.h"

enum review_period { PERIOD_RECENT, PERIOD_ALL, PERIOD_MONTH };

struct review_choice {
	struct grid_choice grid;
	char category[48];            /* "": all */
	enum review_period period;    /* first: the last twelve months */
	int year, month;              /* of PERIOD_MONTH */
};

/* For the domain, as of today. */
struct review_filter review_choice_filter(const struct app *app, const struct review_choice *c);
/* "近12个月 · 网格 03 · 物业管理" */
void review_choice_words(const struct app *app, const struct review_choice *c, struct strbuf *out);
/* As one line for preferences; reading passes over what is unknown or gone. */
void review_choice_write(const struct review_choice *c, struct strbuf *out);
void review_choice_read(struct app *app, struct review_choice *c, const char *line);
/* Ask what to narrow by. Whether anything was chosen. */
bool review_choice_ask(struct app *app, struct review_choice *c);

#endif
