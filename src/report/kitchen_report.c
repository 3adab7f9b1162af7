/* 厨房单 as tables: dishes, variants, whom a dish does not suit, the labels, who gets nothing. No telephone number and no address is in it. */
#include "domain/kitchen.h"
#include "reports_inside.h"

static void add_dishes(const struct kitchen *k, struct report *r)
{
	static const struct report_column columns[] = { { "菜品", REPORT_TEXT }, { "份数", REPORT_NUMBER }, { "食材", REPORT_TEXT } };

	report_table(r, "菜品", columns, COUNT(columns));
	for (size_t i = 0; i < k->n_dishes; i++) {
		report_text(r, k->dishes[i].dish->name);
		report_number(r, k->dishes[i].portions);
		report_text(r, k->dishes[i].dish->ingredients);
	}
}

static void add_counts(const char *title, const struct kitchen_count *counts, size_t n, struct report *r)
{
	const struct report_column columns[] = { { title, REPORT_TEXT }, { "份数", REPORT_NUMBER } };

	report_table(r, title, columns, COUNT(columns));
	for (size_t i = 0; i < n; i++) {
		report_text(r, counts[i].label);
		report_number(r, counts[i].portions);
	}
}

static void add_clashes(const struct kitchen *k, struct report *r)
{
	static const struct report_column columns[] = {
		{ "菜品", REPORT_TEXT }, { "姓名", REPORT_TEXT }, { "份数", REPORT_NUMBER }, { "原因", REPORT_TEXT }, { "换成", REPORT_TEXT },
	};

	report_table(r, "不能吃的", columns, COUNT(columns));
	for (size_t i = 0; i < k->n_clashes; i++) {
		const struct kitchen_clash *c = &k->clashes[i];

		report_text(r, c->dish->name);
		report_text(r, c->order->name);
		report_number(r, c->order->portions);
		report_text(r, c->why);
		report_text(r, c->instead ? c->instead->name : "");
	}
}

static void add_labels(const struct kitchen *k, struct report *r)
{
	static const struct report_column columns[] = {
		{ "线路", REPORT_TEXT }, { "姓名", REPORT_TEXT }, { "份量和饮食", REPORT_TEXT }, { "当心", REPORT_TEXT }, { "换菜", REPORT_TEXT },
	};

	report_table(r, "标签", columns, COUNT(columns));
	for (size_t i = 0; i < k->n_labels; i++) {
		const struct kitchen_label *l = &k->labels[i];

		report_text(r, l->place);
		report_text(r, l->name);
		report_text(r, l->variant);
		report_text(r, l->warning);
		report_text(r, l->instead);
	}
}

static void add_left_out(const struct meal_day *m, struct report *r)
{
	static const struct report_column columns[] = { { "姓名", REPORT_TEXT }, { "份数", REPORT_NUMBER }, { "为什么", REPORT_TEXT } };

	report_table(r, "不做的", columns, COUNT(columns));
	for (size_t i = 0; i < m->n_left_out; i++) {
		report_text(r, m->left_out[i].name);
		report_number(r, m->left_out[i].portions);
		report_text(r, m->left_out[i].reason);
	}
}

enum rc fill_kitchen(struct office *of, const struct report_query *q, struct report *r, struct err *e)
{
	int32_t day = q->day ? q->day : office_today(of);
	const char *meal = q->meal ? q->meal : meal_of_now(of);
	AUTO_ARENA a = { 0 };
	struct meal_day m;
	struct menu menu;
	struct kitchen k;
	enum rc rc;

	if ((rc = office_require(of, MAY_EXPORT_LIST, e)) != RC_OK || (rc = meal_day_load(of, day, meal, &a, &m, e)) != RC_OK ||
	    (rc = menu_load(of, day, meal, &a, &menu, e)) != RC_OK)
		return rc;
	kitchen_reckon(of, &m, &menu, &a, &k);
	add_dishes(&k, r);
	add_counts("取餐方式", k.ways, k.n_ways, r);
	add_counts("份量和饮食", k.variants, k.n_variants, r);
	add_clashes(&k, r);
	add_labels(&k, r);
	add_left_out(&m, r);
	return RC_OK;
}
