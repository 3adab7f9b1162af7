/* Short lists to choose from while preparing a meeting, and what the three lists of 议事 show before anything is filtered. */
#ifndef YL_DOMAIN_DELIBERATION_CHOICE_H
#define YL_DOMAIN_DELIBERATION_CHOICE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"
#include "store/list.h"

struct deliberation_choice {
	int64_t id;
	const char *label;
};

/* Meetings that are not over, the next one first: "11-26 19:00 加装电梯议事会". At most 50. Texts live in the arena. Errors RC_DENIED; RC_DB */
enum rc meeting_choices(struct office *of, struct arena *a, const struct deliberation_choice **out, size_t *n, struct err *e) MUST_USE;
/* Items of the pool, most pressing first (agenda_rank), without `except`: "YT-… 电梯加装  附议12人". At most 200. */
enum rc pool_choices(struct office *of, int64_t except, struct arena *a, const struct deliberation_choice **out, size_t *n, struct err *e) MUST_USE;
/* The live decision on an item, 0: there is none. */
enum rc decision_of_item(struct office *of, int64_t agenda_item_id, int64_t *decision_id, struct err *e) MUST_USE;

/* What still wants something, of each list: items that are not settled, meetings whose minutes are not confirmed, decisions that are not carried out. */
extern const struct list_filter agenda_open_filter, meeting_open_filter, decision_open_filter;

#endif
