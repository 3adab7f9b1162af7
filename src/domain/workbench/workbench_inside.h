/* How the workbench's groups are filled: one function a group, which counts what waits and reads its first rows. */
#ifndef YL_DOMAIN_WORKBENCH_INSIDE_H
#define YL_DOMAIN_WORKBENCH_INSIDE_H

#include "domain/workbench.h"
#include "store/stmt.h"

struct workbench_builder {
	struct office *of;
	struct arena *arena;
	size_t rows_per_group;
	int32_t today;
};

const char *workbench_number(const struct workbench_builder *b, const char *number);    /* 1124-007 */
const char *workbench_day(const struct workbench_builder *b, int32_t day);              /* 明天, 11-26 */

typedef struct workbench_row workbench_read(const struct workbench_builder *b, const struct stmt *q);

/* The rows of a bound statement, at most b->rows_per_group. */
enum rc workbench_rows(const struct workbench_builder *b, struct stmt *q, workbench_read *read, struct workbench_group *g, struct err *e) MUST_USE;
/* Counts, and reads the first rows where there are any. Each query may know :me, :today; the second knows :max. */
enum rc workbench_fill(const struct workbench_builder *b, const char *how_many, const char *which, workbench_read *read, struct workbench_group *g,
                       struct err *e) MUST_USE;

typedef enum rc workbench_load_group(const struct workbench_builder *b, struct workbench_group *g, struct err *e);

workbench_load_group workbench_issues, workbench_tasks, workbench_decisions, workbench_objections;
workbench_load_group workbench_welfare, workbench_doors, workbench_settlement;
workbench_load_group workbench_gaps, workbench_hours, workbench_applicants, workbench_expiring;

#endif
