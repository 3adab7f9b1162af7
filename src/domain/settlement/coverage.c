/* Need against service, grid by grid. */
#include "coverage_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "domain/settlement.h"
#include "store/stmt.h"

struct building {
	struct office *of;
	struct arena *a;
	struct covered_list diners;
	struct coverage_grid *grids;
	struct coverage_elder *elders;
	size_t n_grids, n_elders, cap;
};

/* Grids ----------------------------------------------------------------------------------------------------------------------------- */

static void read_grid(const struct stmt *q, struct arena *a, void *element)
{
	*(struct coverage_grid *)element = (struct coverage_grid){ .grid_id = column_int(q, 0), .grid = arena_copy(a, column_text(q, 1)) };
}

static enum rc read_grids(struct building *b, struct err *e)
{
	AUTO_STMT q = stmt_use(b->of->st, "SELECT id, name FROM grid WHERE deleted_at IS NULL UNION ALL SELECT 0, '未分网格' ORDER BY 1 /*scan*/");

	return stmt_rows(&q, b->a, sizeof *b->grids, read_grid, &b->grids, &b->n_grids, e);
}

/* NULL where it is not the account's. A grid that is gone counts as none. */
static struct coverage_grid *grid_of(const struct building *b, int64_t grid_id)
{
	if (!office_owns_grid(b->of, grid_id))
		return NULL;
	for (size_t i = 0; i < b->n_grids; i++)
		if (b->grids[i].grid_id == grid_id)
			return &b->grids[i];
	return b->n_grids ? &b->grids[0] : NULL;             /* id 0 stands first */
}

/* Residents -------------------------------------------------------------------------------------------------------------------------- */

static void add_elder(struct building *b, const struct stmt *q, const struct coverage_grid *g, const struct covered *d)
{
	b->elders = mem_grow(b->elders, &b->cap, b->n_elders + 1, sizeof *b->elders);
	b->elders[b->n_elders++] = (struct coverage_elder){
		.resident_id = column_int(q, 0), .diner_id = d ? d->id : 0, .grid_id = g->grid_id, .name = arena_copy(b->a, column_text(q, 2)), .grid = g->grid,
		.address = arena_copy(b->a, column_text(q, 4)), .care = arena_copy(b->a, column_text(q, 3)), .diner_status = d ? d->status : "",
		.suppressed = d ? d->suppressed : 0,
	};
}

static enum rc read_residents(struct building *b, struct err *e)
{
	AUTO_STMT q = stmt_use(b->of->st,
		"SELECT id, grid_id, name, care_tags, address_key FROM resident WHERE care_tags IS NOT NULL AND status = 'present' AND deleted_at IS NULL"
		" AND merged_into IS NULL AND (born_day IS NULL OR born_day <= :born) /*scan*/");
	int year, month, day;
	enum rc rc;
	bool row;

	day_to_civil(office_today(b->of), &year, &month, &day);
	/* The 29th of February has no birthday in most years: it counts from the 28th. */
	bind_day(&q, ":born", day_from_civil(year - b->of->settings->need_age, month, month == 2 && day == 29 ? 28 : day));
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		struct coverage_grid *g = grid_of(b, column_int(&q, 1));
		struct covered *d;

		if (g == NULL || !care_has_flag(b->of, column_text(&q, 3), "meal"))
			continue;
		g->need++;
		if ((d = covered_of_resident(&b->diners, column_int(&q, 0))) != NULL)
			d->in_need = true;
		if (d && d->meals > 0)
			g->served++;
		else
			add_elder(b, &q, g, d);
	}
	return rc;
}

static void count_diners(struct building *b)
{
	for (size_t i = 0; i < b->diners.n; i++) {
		const struct covered *d = &b->diners.list[i];
		struct coverage_grid *g = grid_of(b, d->grid_id);

		if (g == NULL)
			continue;
		g->others += d->meals > 0 && !d->in_need;
		g->waiting += strcmp(d->status, "applied") == 0;
		g->suppressed += d->suppressed;
	}
}

/* Order ------------------------------------------------------------------------------------------------------------------------------ */

static int compare_grids(const void *x, const void *y)
{
	const struct coverage_grid *a = x, *b = y;
	int lacks = (b->need - b->served) - (a->need - a->served);

	return lacks ? lacks : strcmp(a->grid, b->grid);
}

static int grid_rank(const struct building *b, int64_t grid_id)
{
	size_t i = 0;

	while (i < b->n_grids && b->grids[i].grid_id != grid_id)
		i++;
	return (int)i;
}

static int compare_elders(const void *x, const void *y, void *context)
{
	const struct coverage_elder *a = x, *b = y;
	int order = grid_rank(context, a->grid_id) - grid_rank(context, b->grid_id);

	if (order || (order = strcmp(a->address, b->address)))
		return order;
	return a->resident_id < b->resident_id ? -1 : a->resident_id > b->resident_id;
}

/* What nobody lives in and nothing happens in is not listed. */
static void keep_grids(struct building *b, struct coverage *out)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n_grids; i++) {
		struct coverage_grid *g = &b->grids[i];

		if (g->need + g->others + g->waiting + g->suppressed == 0)
			continue;
		g->nobody = g->need > 0 && g->served == 0;
		out->all.need += g->need;
		out->all.served += g->served;
		out->all.others += g->others;
		out->all.waiting += g->waiting;
		out->all.suppressed += g->suppressed;
		b->grids[n++] = *g;
	}
	b->n_grids = n;
	if (n > 0)
		qsort(b->grids, n, sizeof *b->grids, compare_grids);
	out->grids = b->grids;
	out->n_grids = n;
	out->all.grid = "合计";
	out->all.nobody = out->all.need > 0 && out->all.served == 0;
}

static void keep_elders(struct building *b, struct coverage *out)
{
	struct coverage_elder *kept = arena_alloc(b->a, (b->n_elders + 1) * sizeof *kept);

	if (b->n_elders > 0) {
		qsort_r(b->elders, b->n_elders, sizeof *b->elders, compare_elders, b);
		memcpy(kept, b->elders, b->n_elders * sizeof *kept);
	}
	out->elders = kept;
	out->n_elders = b->n_elders;
}

/* Faces ------------------------------------------------------------------------------------------------------------------------------ */

static int compare_faces(const void *x, const void *y)
{
	const struct coverage_face *a = x, *b = y;

	if (a->faces != b->faces)
		return b->faces - a->faces;
	return a->meals != b->meals ? a->meals - b->meals : strcmp(a->number, b->number);
}

static void keep_faces(struct building *b, struct coverage *out)
{
	struct coverage_face *faces = arena_alloc(b->a, (b->diners.n + 1) * sizeof *faces);
	size_t n = 0;

	for (size_t i = 0; i < b->diners.n; i++) {
		const struct covered *d = &b->diners.list[i];

		if (d->faces == 0 || !office_owns_grid(b->of, d->grid_id) || !care_has_flag(b->of, d->care, "familiar"))
			continue;
		faces[n++] = (struct coverage_face){
			.diner_id = d->id, .grid_id = d->grid_id, .number = d->number, .name = d->name, .grid = d->grid, .care = d->care,
			.faces = d->faces, .meals = d->brought, .over = d->faces > b->of->settings->faces_month,
		};
	}
	if (n > 0)
		qsort(faces, n, sizeof *faces, compare_faces);
	out->faces = faces;
	out->n_faces = n;
}

static enum rc build(struct building *b, struct coverage *out, struct err *e)
{
	enum rc rc;

	if ((rc = covered_read(b->of, out->from_day, out->to_day, out->month_day, b->a, &b->diners, e)) != RC_OK || (rc = read_grids(b, e)) != RC_OK ||
	    (rc = read_residents(b, e)) != RC_OK)
		return rc;
	count_diners(b);
	keep_grids(b, out);
	keep_elders(b, out);
	keep_faces(b, out);
	return coverage_carriers(b->of, b->a, out, e);
}

enum rc coverage_load(struct office *of, struct arena *a, struct coverage *out, struct err *e)
{
	int32_t today = office_today(of);
	struct coverage found = { .from_day = today - COVERAGE_DAYS + 1, .to_day = today, .month_day = month_of_day(today, 0) };
	struct building b = { .of = of, .a = a };
	enum rc rc = office_require(of, MAY_DINER_VIEW, e);

	if (rc == RC_OK)
		rc = build(&b, &found, e);
	free(b.elders);
	if (rc == RC_OK)
		*out = found;
	return rc;
}
