/* One check of 六事核查 as the table has it; private to review*.c. */
#ifndef YL_DOMAIN_DELIBERATION_REVIEW_CHECK_H
#define YL_DOMAIN_DELIBERATION_REVIEW_CHECK_H

#include <stdbool.h>

#include "base/strbuf.h"
#include "domain/review.h"
#include "store/stmt.h"

/* What every check selects, in this order; a, b and c are the facts of its sentence. `at` is an instant; of a meeting its day. */
enum found_column { FOUND_ID, FOUND_AT, FOUND_GRID, FOUND_NUMBER, FOUND_TITLE, FOUND_A, FOUND_B, FOUND_C };

struct check {
	struct review_check shown;
	const char *found;            /* a SELECT with the columns above; knows :today and :notice, days before a meeting */
	bool (*holds)(const struct office *of, const struct stmt *q);     /* what SQL can't say; NULL: every row is one */
	void (*say)(const struct office *of, const struct stmt *q, struct strbuf *out);
};
extern const struct check review_checks[];
extern const size_t review_checks_n;

#endif
