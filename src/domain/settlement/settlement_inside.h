/* What the files of the settlement ask each other. */
#ifndef YL_DOMAIN_CANTEEN_SETTLEMENT_INSIDE_H
#define YL_DOMAIN_CANTEEN_SETTLEMENT_INSIDE_H

#include "domain/settlement.h"

/* A growing list of entries; texts live in the arena that made them. */
struct entries {
	struct settle_entry *list;
	size_t n, cap;
};
void entries_free(struct entries *x);
#define AUTO_ENTRIES __attribute__((cleanup(entries_free))) struct entries
struct settle_entry *entries_add(struct entries *x);
/* By diner, then the month's before corrections, then day, meal, order and rule. */
void entries_sort(struct entries *x, const struct office *of);

/* What of a diner decides about prices. */
struct settle_eater {
	int64_t id;
	int32_t born_day, class_from_day;
	const char *subsidy_class, *class_before, *payer;
};

/* settlement_reckon.c: what the orders of the month come to today. One serves several months, one after the other. */
struct reckoned {
	struct settle_eater *eaters;             /* by id, in the arena; read when first asked for */
	size_t n_eaters;
	struct settle_meal *unpriced;            /* in day order, in the arena */
	size_t n_unpriced, cap, n_uncharged;
};
enum rc month_reckon(struct office *of, int32_t month_day, struct arena *a, struct entries *out, struct reckoned *r, struct err *e) MUST_USE;

/* settlement_correct.c: what months that are closed come to today, less what has been settled of them. Of `said` only unpriced meals are added. */
enum rc corrections_reckon(struct office *of, int32_t month_day, struct arena *a, struct entries *out, struct reckoned *said, struct err *e) MUST_USE;

/* settlement_read.c: what was written when a month was closed. */
enum rc entries_of_settlement(struct office *of, int64_t id, struct arena *a, struct entries *out, struct err *e) MUST_USE;
/* All that was settled of orders of these days, each marked as a correction. */
enum rc entries_of_days(struct office *of, int32_t from_day, int32_t to_day, struct arena *a, struct entries *out, struct err *e) MUST_USE;
enum rc settlement_find_next(struct office *of, int32_t *month_day, struct err *e) MUST_USE;
enum rc settlement_find_unclosed(struct office *of, int32_t from_day, int32_t to_day, struct arena *a, struct settle_meal **out, size_t *n, struct err *e) MUST_USE;
int64_t settlement_id(int32_t month_day);

/* settlement_sum.c */
void settle_sum_add(struct settle_sum *sum, const struct settle_entry *x);
enum rc settlement_sum(struct office *of, struct entries *x, struct arena *a, struct settlement *out, struct err *e) MUST_USE;

#endif
