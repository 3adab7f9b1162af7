/* What the orders of the last days say of each diner: eaten, not carried, by how many different people. */
#include "coverage_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "store/stmt.h"

/* A diner and a carrier of this month. */
struct pair {
	int64_t diner_id, volunteer_id;
};

struct pairs {
	struct pair *list;
	size_t n, cap;
};

bool care_has_flag(const struct office *of, const char *tags, const char *flag)
{
	const struct code_list *codes = form_codes(of->forms, "care_tag");

	for (size_t i = 0; i < codes->n; i++) {
		size_t n = strlen(codes->codes[i].code);

		if (!code_has_flag(&codes->codes[i], flag))
			continue;
		for (const char *at = strstr(tags, codes->codes[i].code); at; at = strstr(at + n, codes->codes[i].code))
			if ((at == tags || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' '))
				return true;
	}
	return false;
}

static void read_diner(const struct stmt *q, struct arena *a, void *element)
{
	*(struct covered *)element = (struct covered){
		.id = column_int(q, 0), .resident_id = column_int(q, 1), .grid_id = column_int(q, 2), .number = arena_copy(a, column_text(q, 3)),
		.status = arena_copy(a, column_text(q, 4)), .name = arena_copy(a, column_text(q, 5)), .care = arena_copy(a, column_text(q, 6)),
		.grid = arena_copy(a, column_text(q, 7)),
	};
}

static int compare_residents(const void *x, const void *y)
{
	const struct covered *a = *(struct covered *const *)x, *b = *(struct covered *const *)y;

	return a->resident_id < b->resident_id ? -1 : a->resident_id > b->resident_id;
}

static enum rc read_diners(struct office *of, struct arena *a, struct covered_list *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT d.id, d.resident_id, r.grid_id, d.number, d.status, r.name, r.care_tags, g.name FROM diner AS d LEFT JOIN resident AS r ON r.id = d.resident_id"
		" LEFT JOIN grid AS g ON g.id = r.grid_id WHERE d.deleted_at IS NULL ORDER BY d.id /*scan*/");
	enum rc rc = stmt_rows(&q, a, sizeof *out->list, read_diner, &out->list, &out->n, e);

	if (rc != RC_OK)
		return rc;
	out->by_resident = arena_alloc(a, (out->n + 1) * sizeof *out->by_resident);
	for (size_t i = 0; i < out->n; i++)
		out->by_resident[i] = &out->list[i];
	if (out->n > 0)
		qsort(out->by_resident, out->n, sizeof *out->by_resident, compare_residents);
	return RC_OK;
}

static struct covered *covered_find(const struct covered_list *c, int64_t id)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c->list[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < c->n && c->list[low].id == id ? &c->list[low] : NULL;
}

struct covered *covered_of_resident(const struct covered_list *c, int64_t resident_id)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c->by_resident[middle]->resident_id < resident_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < c->n && c->by_resident[low]->resident_id == resident_id ? c->by_resident[low] : NULL;
}

/* Orders --------------------------------------------------------------------------------------------------------------------------- */

static int compare_pairs(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;

	if (a->diner_id != b->diner_id)
		return a->diner_id < b->diner_id ? -1 : 1;
	return a->volunteer_id < b->volunteer_id ? -1 : a->volunteer_id > b->volunteer_id;
}

static void count_faces(struct covered_list *c, struct pairs *pairs)
{
	if (pairs->n > 0)
		qsort(pairs->list, pairs->n, sizeof *pairs->list, compare_pairs);
	for (size_t i = 0; i < pairs->n; i++) {
		struct covered *d = covered_find(c, pairs->list[i].diner_id);

		d->brought++;
		d->faces += i == 0 || compare_pairs(&pairs->list[i - 1], &pairs->list[i]) != 0;
	}
}

/* The carrier of a route that the order stands on; asked only of orders that nobody has reported. */
static const char orders_sql[] =
	"SELECT o.diner_id, o.day, o.outcome, o.outcome_volunteer_id, o.outcome IS NULL AND o.way = 'delivery' AND NOT EXISTS (SELECT 1 FROM stop AS s"
	"  JOIN route AS t ON t.id = s.route_id AND t.deleted_at IS NULL AND t.volunteer_id IS NOT NULL WHERE s.order_id = o.id AND s.deleted_at IS NULL)"
	" FROM meal_order AS o WHERE o.day BETWEEN :from AND :to AND o.state = 'ordered'";

static void take_order(struct office *of, const struct stmt *q, int32_t month_day, struct covered_list *c, struct pairs *pairs)
{
	struct covered *d = covered_find(c, column_int(q, 0));
	const struct code *outcome = code_find(form_codes(of->forms, "outcome"), column_text(q, 2));

	if (d == NULL)
		return;
	d->meals += outcome && code_has_flag(outcome, "eaten");
	d->suppressed += (outcome && code_has_flag(outcome, "unmanned")) || (column_day(q, 1) < office_today(of) && column_int(q, 4));
	if (column_day(q, 1) < month_day || column_int(q, 3) == 0)
		return;
	pairs->list = mem_grow(pairs->list, &pairs->cap, pairs->n + 1, sizeof *pairs->list);
	pairs->list[pairs->n++] = (struct pair){ d->id, column_int(q, 3) };
}

enum rc covered_read(struct office *of, int32_t from_day, int32_t to_day, int32_t month_day, struct arena *a, struct covered_list *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, orders_sql);
	struct pairs pairs = { 0 };
	enum rc rc = read_diners(of, a, out, e);
	bool row = false;

	if (rc != RC_OK)
		return rc;
	bind_day(&q, ":from", from_day < month_day ? from_day : month_day);
	bind_day(&q, ":to", to_day);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		take_order(of, &q, month_day, out, &pairs);
	if (rc == RC_OK)
		count_faces(out, &pairs);
	free(pairs.list);
	return rc;
}
