/* What the orders of a month come to today: the rule of each order's day, portions under a cap in day order. */
#include "settlement_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "store/stmt.h"
#include "subsidy_rules.h"

/* An order with what decides about its price. */
struct priced {
	int64_t id, diner_id, price_fen, portions;
	int32_t day, born_day;
	const char *meal, *outcome, *payer, *subsidy_class;
	int meal_rank;
	bool brought, eaten;
};

struct reckoning {
	struct office *of;
	struct arena *a;
	struct priced *list;
	size_t n, cap;
	struct reckoned *said;
	int32_t menu_day;                /* what the price is of */
	const char *menu_meal;
	int64_t menu_price;              /* -1: none */
	int *used;                       /* portions that each rule has paid for the diner at hand */
};

static int rank_of(const struct office *of, const char *list, const char *code)
{
	const struct code_list *codes = form_codes(of->forms, list);
	const struct code *c = code_find(codes, code);

	return c ? (int)(c - codes->codes) : (int)codes->n;
}

/* A code as the forms have it, so that a month does not copy the same word thousands of times. */
static const char *borrow(const struct reckoning *r, const char *list, const char *text)
{
	const struct code *c = code_find(form_codes(r->of->forms, list), text);

	return c ? c->code : arena_copy(r->a, text);
}

static int compare_priced(const void *x, const void *y)
{
	const struct priced *a = x, *b = y;

	if (a->diner_id != b->diner_id)
		return a->diner_id < b->diner_id ? -1 : 1;
	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	if (a->meal_rank != b->meal_rank)
		return a->meal_rank < b->meal_rank ? -1 : 1;
	return a->id < b->id ? -1 : a->id > b->id;
}

/* What an order asks of others -------------------------------------------------------------------------------------------------------- */

static void read_eater(const struct stmt *q, struct arena *a, void *element)
{
	*(struct settle_eater *)element = (struct settle_eater){
		.id = column_int(q, 0), .born_day = column_day(q, 1), .class_from_day = column_day(q, 2), .subsidy_class = arena_copy(a, column_text(q, 3)),
		.class_before = arena_copy(a, column_text(q, 4)), .payer = arena_copy(a, column_text(q, 5)),
	};
}

/* All there ever were: who was deleted has eaten. */
static enum rc read_eaters(struct reckoning *r, struct err *e)
{
	AUTO_STMT q = stmt_use(r->of->st,
		"SELECT d.id, r.born_day, d.subsidy_from_day, d.subsidy_class, d.subsidy_class_before, coalesce(d.payer, 'self')"
		" FROM diner AS d LEFT JOIN resident AS r ON r.id = d.resident_id ORDER BY d.id /*scan*/");

	if (r->said->eaters)
		return RC_OK;
	return stmt_rows(&q, r->a, sizeof *r->said->eaters, read_eater, &r->said->eaters, &r->said->n_eaters, e);
}

static int compare_eaters(const void *key, const void *element)
{
	int64_t id = *(const int64_t *)key, other = ((const struct settle_eater *)element)->id;

	return id < other ? -1 : id > other;
}

/* Somebody of whom nothing is known, where the diner is gone. */
static const struct settle_eater *eater_of(const struct reckoning *r, int64_t diner_id)
{
	static const struct settle_eater nobody = { .born_day = DAY_NONE, .class_from_day = DAY_NONE, .subsidy_class = "", .class_before = "", .payer = "self" };
	const struct settle_eater *found = r->said->n_eaters == 0 ? NULL :
		bsearch(&diner_id, r->said->eaters, r->said->n_eaters, sizeof *r->said->eaters, compare_eaters);

	return found ? found : &nobody;
}

/* Orders of one meal mostly follow each other. */
static enum rc find_price(struct reckoning *r, int32_t day, const char *meal, int64_t *price, struct err *e)
{
	AUTO_STMT q = stmt_use(r->of->st, "SELECT price_fen FROM menu WHERE day = :day AND meal = :meal AND deleted_at IS NULL LIMIT 1");
	enum rc rc;
	bool row;

	if (r->menu_meal == NULL || r->menu_day != day || strcmp(r->menu_meal, meal) != 0) {
		bind_day(&q, ":day", day);
		bind_text(&q, ":meal", meal);
		if ((rc = stmt_step(&q, &row, e)) != RC_OK)
			return rc;
		r->menu_price = row && !column_is_null(&q, 0) ? column_int(&q, 0) : -1;
		r->menu_day = day;
		r->menu_meal = meal;
	}
	*price = r->menu_price;
	return RC_OK;
}

static void note_unpriced(struct reckoning *r, int32_t day, const char *meal)
{
	struct reckoned *said = r->said;

	for (size_t i = said->n_unpriced; i-- > 0;)
		if (said->unpriced[i].day == day && strcmp(said->unpriced[i].meal, meal) == 0) {
			said->unpriced[i].orders++;
			return;
		}
	if (said->n_unpriced == said->cap) {
		struct settle_meal *more = arena_alloc(r->a, (said->cap * 2 + 8) * sizeof *more);

		if (said->n_unpriced > 0)
			memcpy(more, said->unpriced, said->n_unpriced * sizeof *more);
		said->unpriced = more;
		said->cap = said->cap * 2 + 8;
	}
	said->unpriced[said->n_unpriced++] = (struct settle_meal){ .day = day, .meal = meal, .orders = 1 };
}

/* Orders ------------------------------------------------------------------------------------------------------------------------------- */

static enum rc read_order(struct reckoning *r, const struct stmt *q, struct err *e)
{
	const struct code *outcome = code_find(form_codes(r->of->forms, "outcome"), column_text(q, 4));
	bool eaten = outcome && code_has_flag(outcome, "eaten");
	const char *meal = borrow(r, "meal", column_text(q, 3));
	int64_t portions = column_int(q, 5), price;
	const struct settle_eater *eater = eater_of(r, column_int(q, 1));
	int32_t day = column_day(q, 2);
	enum rc rc;

	if (!eaten && !(outcome && code_has_flag(outcome, "charged"))) {
		r->said->n_uncharged++;
		return RC_OK;
	}
	if ((rc = find_price(r, day, meal, &price, e)) != RC_OK)
		return rc;
	if (price < 0 || price > SUBSIDY_FEN_MAX || portions < 0 || portions > SUBSIDY_PORTIONS_MAX) {
		note_unpriced(r, day, meal);
		return RC_OK;
	}
	r->list = mem_grow(r->list, &r->cap, r->n + 1, sizeof *r->list);
	r->list[r->n++] = (struct priced){
		.id = column_int(q, 0), .diner_id = column_int(q, 1), .day = day, .meal = meal, .outcome = outcome->code, .portions = portions,
		.brought = strcmp(column_text(q, 6), "delivery") == 0, .price_fen = price, .born_day = eater->born_day,
		.subsidy_class = eater->class_from_day != DAY_NONE && day < eater->class_from_day ? eater->class_before : eater->subsidy_class,
		.payer = eater->payer, .meal_rank = rank_of(r->of, "meal", meal), .eaten = eaten,
	};
	return RC_OK;
}

static enum rc read_orders(struct reckoning *r, int32_t month_day, struct err *e)
{
	AUTO_STMT q = stmt_use(r->of->st,
		"SELECT id, diner_id, day, meal, outcome, portions, way FROM meal_order INDEXED BY meal_order_month"
		" WHERE day >= :from AND day < :to AND state = 'ordered'");
	enum rc rc;
	bool row;

	bind_day(&q, ":from", month_day);
	bind_day(&q, ":to", month_of_day(month_day, 1));
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		if ((rc = read_order(r, &q, e)) != RC_OK)
			return rc;
	return rc;
}

static void price_one(struct reckoning *r, const struct priced *p, struct settle_entry *out)
{
	const struct subsidies *set = r->of->subsidies;
	const struct subsidy_rule *rule = subsidy_find(set, p->day, day_age_years(p->born_day, p->day), p->subsidy_class);
	struct subsidy_rule fee_only = { 0 };
	int paid = 0;

	*out = (struct settle_entry){
		.order_id = p->id, .diner_id = p->diner_id, .day = p->day, .meal = p->meal, .outcome = p->outcome, .payer = p->payer,
		.rule = "", .rule_label = "", .rule_version = "", .subsidy_class = "",
	};
	if (p->eaten && rule) {
		int *used = &r->used[rule - set->rules];

		out->charge = subsidy_price(rule, p->price_fen, (int)p->portions, p->brought, *used, &paid);
		*used += paid;
		out->rule = rule->name;
		out->rule_label = rule->label;
		out->rule_version = rule->version;
		out->subsidy_class = rule->subsidy_class;
		return;
	}
	/* Somebody went to the door all the same. */
	if (rule)
		fee_only.fee_fen = rule->fee_fen;
	out->charge = subsidy_price(&fee_only, p->price_fen, (int)p->portions, p->brought, 0, NULL);
}

enum rc month_reckon(struct office *of, int32_t month_day, struct arena *a, struct entries *out, struct reckoned *said, struct err *e)
{
	struct reckoning r = { .of = of, .a = a, .said = said };
	size_t rules = of->subsidies->n;
	enum rc rc;

	if ((rc = read_eaters(&r, e)) == RC_OK)
		rc = read_orders(&r, month_day, e);
	if (rc == RC_OK && r.n > 0) {
		r.used = arena_alloc(a, (rules + 1) * sizeof *r.used);
		qsort(r.list, r.n, sizeof *r.list, compare_priced);
		for (size_t i = 0; i < r.n; i++) {
			if (i == 0 || r.list[i].diner_id != r.list[i - 1].diner_id)
				memset(r.used, 0, rules * sizeof *r.used);
			price_one(&r, &r.list[i], entries_add(out));
		}
	}
	free(r.list);
	return rc;
}
