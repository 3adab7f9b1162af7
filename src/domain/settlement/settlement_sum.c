/* Entries put together: by diner, by rule and by payer. */
#include "settlement_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "store/stmt.h"

static int meal_rank(const struct code_list *meals, const char *meal)
{
	const struct code *c = code_find(meals, meal);

	return c ? (int)(c - meals->codes) : (int)meals->n;
}

static int compare_numbers(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int compare_entries(const void *x, const void *y, void *context)
{
	const struct settle_entry *a = x, *b = y;
	int order;

	if ((order = compare_numbers(a->diner_id, b->diner_id)) || (order = (int)a->correction - (int)b->correction) ||
	    (order = compare_numbers(a->day, b->day)) || (order = meal_rank(context, a->meal) - meal_rank(context, b->meal)) ||
	    (order = compare_numbers(a->order_id, b->order_id)))
		return order;
	return strcmp(a->rule, b->rule);
}

void entries_sort(struct entries *x, const struct office *of)
{
	const struct code_list *meals = form_codes(of->forms, "meal");

	if (x->n > 0)
		qsort_r(x->list, x->n, sizeof *x->list, compare_entries, (void *)meals);
}

void settle_sum_add(struct settle_sum *sum, const struct settle_entry *x)
{
	sum->entries++;
	sum->charge.meals += x->charge.meals;
	sum->charge.price_fen += x->charge.price_fen;
	sum->charge.subsidy_fen += x->charge.subsidy_fen;
	sum->charge.charity_fen += x->charge.charity_fen;
	sum->charge.own_fen += x->charge.own_fen;
	sum->charge.fee_fen += x->charge.fee_fen;
}

/* Diners --------------------------------------------------------------------------------------------------------------------------- */

static enum rc read_diner(struct office *of, struct arena *a, struct settle_diner *d, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT d.number, d.payer_name, r.id, r.name, r.address_key, g.name FROM diner AS d LEFT JOIN resident AS r ON r.id = d.resident_id"
		" LEFT JOIN grid AS g ON g.id = r.grid_id WHERE d.id = :id");
	bool row;
	enum rc rc;

	bind_int(&q, ":id", d->diner_id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	d->number = d->payer_name = d->name = d->address = d->grid = "";
	if (!row)
		return RC_OK;
	d->number = arena_copy(a, column_text(&q, 0));
	d->payer_name = arena_copy(a, column_text(&q, 1));
	d->resident_id = column_int(&q, 2);
	d->name = arena_copy(a, column_text(&q, 3));
	d->address = arena_copy(a, column_text(&q, 4));
	d->grid = arena_copy(a, column_text(&q, 5));
	return RC_OK;
}

/* JC-0009 before JC-10000. */
static int compare_diners(const void *x, const void *y)
{
	const struct settle_diner *a = x, *b = y;
	size_t na = strlen(a->number), nb = strlen(b->number);
	int order = na != nb ? (na < nb ? -1 : 1) : strcmp(a->number, b->number);

	return order ? order : compare_numbers(a->diner_id, b->diner_id);
}

static enum rc sum_diners(struct office *of, const struct settle_entry *list, size_t n, struct arena *a, struct settlement *out, struct err *e)
{
	struct settle_diner *diners;
	size_t count = 0, k = 0;
	enum rc rc;

	for (size_t i = 0; i < n; i++)
		count += i == 0 || list[i].diner_id != list[i - 1].diner_id;
	diners = arena_alloc(a, (count + 1) * sizeof *diners);
	for (size_t i = 0; i < n; k++) {
		struct settle_diner *d = &diners[k];

		d->diner_id = list[i].diner_id;
		d->entries = &list[i];
		d->payer = list[i].payer;
		for (; i < n && list[i].diner_id == d->diner_id; i++) {
			settle_sum_add(list[i].correction ? &d->corrected : &d->month, &list[i]);
			d->n_entries++;
		}
		if ((rc = read_diner(of, a, d, e)) != RC_OK)
			return rc;
	}
	if (count > 0)
		qsort(diners, count, sizeof *diners, compare_diners);
	out->diners = diners;
	out->n_diners = count;
	return RC_OK;
}

/* Groups --------------------------------------------------------------------------------------------------------------------------- */

struct groups {
	struct settle_group *list;
	int64_t *last_diner;                 /* of each group: entries come diner by diner */
	size_t n, cap;
};

static struct settle_group *group_of(struct groups *g, struct arena *a, const char *key, const char *version)
{
	for (size_t i = 0; i < g->n; i++)
		if (strcmp(g->list[i].key, key) == 0 && strcmp(g->list[i].version, version) == 0)
			return &g->list[i];
	if (g->n == g->cap) {
		size_t cap = g->cap * 2 + 8;
		struct settle_group *list = arena_alloc(a, cap * sizeof *list);
		int64_t *last = arena_alloc(a, cap * sizeof *last);

		if (g->n > 0) {
			memcpy(list, g->list, g->n * sizeof *list);
			memcpy(last, g->last_diner, g->n * sizeof *last);
		}
		g->list = list;
		g->last_diner = last;
		g->cap = cap;
	}
	g->list[g->n] = (struct settle_group){ .key = key, .version = version };
	return &g->list[g->n++];
}

static void group_add(struct groups *g, struct settle_group *group, const struct settle_entry *x)
{
	int64_t *last = &g->last_diner[group - g->list];

	if (group->diners == 0 || *last != x->diner_id)
		group->diners++;
	*last = x->diner_id;
	settle_sum_add(x->correction ? &group->corrected : &group->month, x);
}

static int compare_rules(const void *x, const void *y)
{
	const struct settle_group *a = x, *b = y;
	int order = compare_numbers(b->month.charge.subsidy_fen + b->corrected.charge.subsidy_fen, a->month.charge.subsidy_fen + a->corrected.charge.subsidy_fen);

	return order ? order : strcmp(a->key, b->key);
}

static int compare_payers(const void *x, const void *y, void *context)
{
	const struct settle_group *a = x, *b = y;

	return meal_rank(context, a->key) - meal_rank(context, b->key);
}

enum rc settlement_sum(struct office *of, struct entries *x, struct arena *a, struct settlement *out, struct err *e)
{
	struct groups rules = { 0 }, payers = { 0 };
	struct settle_entry *list = arena_alloc(a, (x->n + 1) * sizeof *list);

	entries_sort(x, of);
	if (x->n > 0)
		memcpy(list, x->list, x->n * sizeof *list);
	for (size_t i = 0; i < x->n; i++) {
		struct settle_group *g = group_of(&rules, a, list[i].rule, list[i].rule_version);

		g->label = list[i].rule_label;
		g->subsidy_class = list[i].subsidy_class;
		group_add(&rules, g, &list[i]);
		g = group_of(&payers, a, list[i].payer, "");
		g->label = office_code_label(of, "payer", list[i].payer);
		g->subsidy_class = "";
		group_add(&payers, g, &list[i]);
		settle_sum_add(list[i].correction ? &out->corrected : &out->month, &list[i]);
	}
	if (rules.n > 0)
		qsort(rules.list, rules.n, sizeof *rules.list, compare_rules);
	if (payers.n > 0)
		qsort_r(payers.list, payers.n, sizeof *payers.list, compare_payers, (void *)form_codes(of->forms, "payer"));
	out->rules = rules.list;
	out->n_rules = rules.n;
	out->payers = payers.list;
	out->n_payers = payers.n;
	return sum_diners(of, list, x->n, a, out, e);
}
