/* Who wants to carry meals and is on no shift, those first near whom most elders are not served. */
#include "coverage_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "store/stmt.h"

/* Their last shift, of any service, that was not called off. */
static const char carriers_sql[] =
	"SELECT v.id, v.grid_id, v.number, v.name, g.name, v.transport, v.may_call, v.status,"
	" (SELECT max(s.day) FROM assignment AS x JOIN shift AS s ON s.id = x.shift_id WHERE x.volunteer_id = v.id AND x.state <> 'cancelled'"
	"  AND x.deleted_at IS NULL AND s.state <> 'cancelled' AND s.deleted_at IS NULL)"
	" FROM volunteer AS v LEFT JOIN grid AS g ON g.id = v.grid_id WHERE v.deleted_at IS NULL AND ' ' || v.services || ' ' LIKE '% meals %' /*scan*/";

static int unserved(const struct coverage *c, int64_t grid_id)
{
	for (size_t i = 0; i < c->n_grids; i++)
		if (c->grids[i].grid_id == grid_id)
			return c->grids[i].need - c->grids[i].served;
	return 0;
}

static int compare_carriers(const void *x, const void *y)
{
	const struct coverage_carrier *a = x, *b = y;

	if (a->need != b->need)
		return b->need - a->need;
	if (a->last_day != b->last_day)
		return a->last_day > b->last_day ? -1 : 1;
	return strcmp(a->number, b->number);
}

/* `from_day`: who was there that day or later carries. */
static void take(struct office *of, const struct stmt *q, int32_t from_day, struct arena *a, struct coverage_carrier **list, size_t *n, size_t *cap,
                 const struct coverage *c)
{
	const struct code *status = code_find(form_codes(of->forms, "volunteer_status"), column_text(q, 7));
	int32_t last = column_day(q, 8);

	if (status == NULL || !code_has_flag(status, "rostered") || !office_owns_grid(of, column_int(q, 1)) || (last != DAY_NONE && last >= from_day))
		return;
	*list = mem_grow(*list, cap, *n + 1, sizeof **list);
	(*list)[(*n)++] = (struct coverage_carrier){
		.volunteer_id = column_int(q, 0), .grid_id = column_int(q, 1), .number = arena_copy(a, column_text(q, 2)), .name = arena_copy(a, column_text(q, 3)),
		.grid = arena_copy(a, column_text(q, 4)), .transport = arena_copy(a, column_text(q, 5)), .may_call = column_int(q, 6) != 0,
		.last_day = last, .need = unserved(c, column_int(q, 1)),
	};
}

enum rc coverage_carriers(struct office *of, struct arena *a, struct coverage *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, carriers_sql);
	struct coverage_carrier *list = NULL, *kept;
	size_t n = 0, cap = 0;
	enum rc rc;
	bool row;

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		take(of, &q, out->to_day - COVERAGE_SHIFT_DAYS, a, &list, &n, &cap, out);
	kept = arena_alloc(a, (n + 1) * sizeof *kept);
	if (n > 0) {
		qsort(list, n, sizeof *list, compare_carriers);
		memcpy(kept, list, n * sizeof *kept);
	}
	free(list);
	if (rc != RC_OK)
		return rc;
	out->carriers = kept;
	out->n_carriers = n;
	return RC_OK;
}
