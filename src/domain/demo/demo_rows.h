/* Rows of the demo's finished steps, written as the use cases would have left them. Texts NULL, ids and instants 0, days DAY_NONE: nothing there. */
#ifndef YL_DOMAIN_DEMO_ROWS_H
#define YL_DOMAIN_DEMO_ROWS_H

#include "demo_make.h"

/* A row of table phase; closed_at 0: the open one. */
struct demo_pass {
	const char *phase, *result, *route, *party, *unit, *closing, *reason, *text, *evidence, *answer_way;
	int round;
	int32_t due_day;
	int64_t opened_at, closed_at, closed_by, handler_id;
};

struct demo_action {
	const char *title, *party, *owner_name, *partner, *status, *result;
	int round, progress;
	int32_t promised_day, due_day;
	int64_t owner_id, at, done_at;
};

struct demo_evaluation {
	const char *rater, *satisfaction, *closing, *opinion;
	int round;
	bool solved;
	int64_t at, account_id;
};

enum rc demo_insert_pass(struct demo *d, int64_t issue_id, const struct demo_pass *p, struct err *e) MUST_USE;
enum rc demo_insert_action(struct demo *d, int64_t issue_id, int64_t id, const struct demo_action *a, struct err *e) MUST_USE;
/* A note on the action that moves it to its state. */
enum rc demo_insert_progress(struct demo *d, int64_t issue_id, int64_t action_id, const struct demo_action *a, const char *text, int64_t at,
                             int64_t account_id, struct err *e) MUST_USE;
enum rc demo_insert_evaluation(struct demo *d, int64_t issue_id, const struct demo_evaluation *v, struct err *e) MUST_USE;

#endif
