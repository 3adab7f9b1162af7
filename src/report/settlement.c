/* 餐费结算 of a month: by diner, by rule for the street's claim, by payer, and order by order; corrections stand apart. */
#include "domain/settlement.h"
#include "reports_inside.h"

#define CHARGE_COLUMNS { "份数", REPORT_NUMBER }, { "餐价（元）", REPORT_MONEY }, { "送餐费（元）", REPORT_MONEY }, { "补贴（元）", REPORT_MONEY }, \
	{ "慈善（元）", REPORT_MONEY }, { "自付（元）", REPORT_MONEY }

static void add_charge(struct report *r, const struct meal_charge *c)
{
	report_number(r, c->meals);
	report_number(r, c->price_fen);
	report_number(r, c->fee_fen);
	report_number(r, c->subsidy_fen);
	report_number(r, c->charity_fen);
	report_number(r, c->own_fen);
}

static void add_diners(const struct office *of, const struct settlement *s, struct report *r)
{
	static const struct report_column columns[] = {
		{ "编号", REPORT_TEXT }, { "姓名", REPORT_TEXT }, { "网格", REPORT_TEXT }, { "自付人", REPORT_TEXT }, { "自付人姓名", REPORT_TEXT }, CHARGE_COLUMNS,
		{ "更正份数", REPORT_NUMBER }, { "更正补贴（元）", REPORT_MONEY }, { "更正自付（元）", REPORT_MONEY }, { "应收自付（元）", REPORT_MONEY },
	};

	report_table(r, "按老人", columns, COUNT(columns));
	for (size_t i = 0; i < s->n_diners; i++) {
		const struct settle_diner *d = &s->diners[i];

		report_text(r, d->number);
		report_text(r, d->name);
		report_text(r, d->grid);
		report_text(r, office_code_label(of, "payer", d->payer));
		report_text(r, d->payer_name);
		add_charge(r, &d->month.charge);
		report_number(r, d->corrected.charge.meals);
		report_number(r, d->corrected.charge.subsidy_fen);
		report_number(r, d->corrected.charge.own_fen);
		report_number(r, d->month.charge.own_fen + d->corrected.charge.own_fen);
	}
}

/* A row of the month, and one of what is corrected where there is any. */
static void add_group(const struct office *of, const struct settle_group *g, bool rule, const struct settle_sum *sum, const char *kind, struct report *r)
{
	report_text(r, rule && g->key[0] == '\0' ? "没有补贴" : g->label);
	if (rule) {
		report_text(r, g->version);
		report_text(r, office_code_label(of, "subsidy_class", g->subsidy_class));
	}
	report_text(r, kind);
	report_number(r, (int64_t)g->diners);
	add_charge(r, &sum->charge);
}

static void add_groups(const struct office *of, const struct settle_group *groups, size_t n, bool rule, struct report *r)
{
	for (size_t i = 0; i < n; i++) {
		add_group(of, &groups[i], rule, &groups[i].month, "本月", r);
		if (groups[i].corrected.entries > 0)
			add_group(of, &groups[i], rule, &groups[i].corrected, "更正", r);
	}
}

static void add_rules(const struct office *of, const struct settlement *s, struct report *r)
{
	static const struct report_column columns[] = {
		{ "补贴规则", REPORT_TEXT }, { "版本", REPORT_TEXT }, { "类别", REPORT_TEXT }, { "本月或更正", REPORT_TEXT }, { "人数", REPORT_NUMBER }, CHARGE_COLUMNS,
	};

	report_table(r, "补贴申领", columns, COUNT(columns));
	add_groups(of, s->rules, s->n_rules, true, r);
}

static void add_payers(const struct office *of, const struct settlement *s, struct report *r)
{
	static const struct report_column columns[] = { { "自付人", REPORT_TEXT }, { "本月或更正", REPORT_TEXT }, { "人数", REPORT_NUMBER }, CHARGE_COLUMNS };

	report_table(r, "按自付人", columns, COUNT(columns));
	add_groups(of, s->payers, s->n_payers, false, r);
}

static void add_orders(const struct office *of, const struct settlement *s, bool corrections, struct report *r)
{
	static const struct report_column columns[] = {
		{ "编号", REPORT_TEXT }, { "姓名", REPORT_TEXT }, { "日期", REPORT_DAY }, { "餐", REPORT_TEXT }, { "送达结果", REPORT_TEXT }, { "补贴规则", REPORT_TEXT },
		{ "版本", REPORT_TEXT }, CHARGE_COLUMNS,
	};

	report_table(r, corrections ? "更正" : "明细", columns, COUNT(columns));
	for (size_t i = 0; i < s->n_diners; i++)
		for (size_t j = 0; j < s->diners[i].n_entries; j++) {
			const struct settle_entry *x = &s->diners[i].entries[j];

			if (x->correction != corrections)
				continue;
			report_text(r, s->diners[i].number);
			report_text(r, s->diners[i].name);
			report_number(r, x->day);
			report_text(r, office_code_label(of, "meal", x->meal));
			report_text(r, office_code_label(of, "outcome", x->outcome));
			report_text(r, x->rule_label);
			report_text(r, x->rule_version);
			add_charge(r, &x->charge);
		}
}

enum rc fill_settlement(struct office *of, const struct report_query *q, struct report *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct settlement s;
	enum rc rc = settlement_load(of, q->day ? q->day : office_today(of), &a, &s, e);

	if (rc != RC_OK)
		return rc;
	add_diners(of, &s, r);
	add_rules(of, &s, r);
	add_payers(of, &s, r);
	add_orders(of, &s, false, r);
	add_orders(of, &s, true, r);
	return RC_OK;
}
