/* 订餐: who eats one meal of a day, how it gets there and what came of it; on a second sheet who gets nothing, and why. */
#include "domain/meal_day.h"
#include "reports_inside.h"

static void add_orders(const struct office *of, const struct meal_day *m, struct report *r)
{
	static const struct report_column columns[] = {
		{ "编号", REPORT_TEXT }, { "姓名", REPORT_TEXT }, { "网格", REPORT_TEXT }, { "住址", REPORT_TEXT }, { "取餐", REPORT_TEXT }, { "份数", REPORT_NUMBER },
		{ "份量", REPORT_TEXT }, { "线路", REPORT_NUMBER }, { "站", REPORT_NUMBER }, { "送餐人", REPORT_TEXT }, { "情况", REPORT_TEXT },
		{ "送达结果", REPORT_TEXT }, { "原因", REPORT_TEXT },
	};

	report_table(r, "订餐", columns, COUNT(columns));
	for (size_t i = 0; i < m->n_orders; i++) {
		const struct meal_order *o = &m->orders[i];
		const struct meal_route *route = o->route >= 0 ? &m->routes[o->route] : NULL;

		report_text(r, o->number);
		report_text(r, o->name);
		report_text(r, o->grid);
		report_text(r, o->address);
		report_text(r, office_code_label(of, "meal_way", o->way));
		report_number(r, o->portions);
		report_text(r, office_code_label(of, "portion_size", o->size));
		if (route)
			report_number(r, route->line);
		else
			report_empty(r);
		if (route)
			report_number(r, o->position);
		else
			report_empty(r);
		report_text(r, route ? route->carrier : "");
		report_text(r, order_standing_label(o->standing));
		report_text(r, office_code_label(of, "outcome", o->outcome));
		report_text(r, o->why);
	}
}

static void add_left_out(const struct meal_day *m, struct report *r)
{
	static const struct report_column columns[] = {
		{ "编号", REPORT_TEXT }, { "姓名", REPORT_TEXT }, { "份数", REPORT_NUMBER }, { "为什么", REPORT_TEXT },
	};

	report_table(r, "不吃的", columns, COUNT(columns));
	for (size_t i = 0; i < m->n_left_out; i++) {
		report_text(r, m->left_out[i].number);
		report_text(r, m->left_out[i].name);
		report_number(r, m->left_out[i].portions);
		report_text(r, m->left_out[i].reason);
	}
}

enum rc fill_meal_orders(struct office *of, const struct report_query *q, struct report *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct meal_day m;
	enum rc rc;

	if ((rc = office_require(of, MAY_EXPORT_LIST, e)) != RC_OK ||
	    (rc = meal_day_load(of, q->day ? q->day : office_today(of), q->meal ? q->meal : meal_of_now(of), &a, &m, e)) != RC_OK)
		return rc;
	add_orders(of, &m, r);
	add_left_out(&m, r);
	return RC_OK;
}
