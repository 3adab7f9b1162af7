/* Places as screens ask for them. */
#include "domain/place.h"

#include <string.h>

#include "base/mem.h"
#include "store/stmt.h"

static enum rc read_grids(struct office *of, struct candidate **grids, size_t *count, struct err *e)
{
	size_t cap = 0;
	bool row;
	enum rc rc;

	AUTO_STMT q = stmt_use(of->st, "SELECT id, code, name FROM grid WHERE parent_id IS NULL AND deleted_at IS NULL ORDER BY code, id /*scan*/");
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		*grids = mem_grow(*grids, &cap, *count + 1, sizeof **grids);
		(*grids)[(*count)++] = (struct candidate){
			.id = column_int(&q, 0), .label = mem_copy(column_text(&q, 1)), .detail = mem_copy(column_text(&q, 2)),
		};
	}
	return rc;
}

/* Stable: both halves stay in the order of their codes. */
static void put_own_first(const struct office *of, struct candidate *grids, size_t n)
{
	size_t own = 0;

	if (of->me.role != ROLE_GRID || of->me.n_grids == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		struct candidate grid = grids[i];

		if (!office_owns_grid(of, grid.id))
			continue;
		memmove(grids + own + 1, grids + own, (i - own) * sizeof *grids);
		grids[own++] = grid;
	}
}

enum rc grids_in_order(struct office *of, struct candidate **out, size_t *n, struct err *e)
{
	struct candidate *grids = NULL;
	size_t count = 0;
	enum rc rc = read_grids(of, &grids, &count, e);

	if (rc != RC_OK) {
		candidates_free(grids, count);
		return rc;
	}
	put_own_first(of, grids, count);
	*out = grids;
	*n = count;
	return RC_OK;
}

enum rc grid_check(struct office *of, const struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM grid WHERE id = :id AND deleted_at IS NULL");
	int64_t grid = record_number(r, "grid_id", 0);
	bool row;
	enum rc rc;

	if (grid == 0)
		return RC_OK;
	bind_int(&q, ":id", grid);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	return row ? RC_OK : err_set(e, RC_INVALID, "grid_id", "这个网格不存在或已删除，请另选");
}
