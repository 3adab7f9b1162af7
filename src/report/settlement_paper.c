/* 结算表 of a month, for signature, and one diner's 对账单. Money is in 元 with two decimals. */
#include "report/paper.h"

#include <string.h>

#include "base/day.h"
#include "model.h"
#include "report/report.h"
#include "words.h"

#define BODY_POINTS 10.5

/* The six of a charge stand last, in this order, in every table. */
#define CHARGE_CELLS(a, c) word_number(a, (c)->meals), yuan(a, (c)->price_fen), yuan(a, (c)->fee_fen), yuan(a, (c)->subsidy_fen), yuan(a, (c)->charity_fen), \
	yuan(a, (c)->own_fen)
#define CHARGE_HEADS { "份数", 8 }, { "餐价", 12 }, { "送餐费", 11 }, { "补贴", 12 }, { "慈善", 10 }, { "自付", 13 }

static const struct table_column diner_columns[] = { { "姓名", 21 }, CHARGE_HEADS, { "签字", 13 }, { 0 } };
static const struct table_column group_columns[] = { { "项目", 26 }, { "人数", 8 }, CHARGE_HEADS, { 0 } };
static const struct table_column order_columns[] = { { "日期", 18 }, { "送达结果", 16 }, CHARGE_HEADS, { 0 } };

static const char *yuan(struct arena *a, int64_t fen)
{
	AUTO_STRBUF words = { 0 };

	report_words(REPORT_MONEY, fen, &words);
	return arena_copy(a, strbuf_str(&words));
}

/* Which year, the head of the paper says. */
static const char *month_and_day(struct arena *a, int32_t day)
{
	int year, month, of_month;

	day_to_civil(day, &year, &month, &of_month);
	return arena_format(a, "%d月%d日", month, of_month);
}

static const char *month_of(struct arena *a, const struct settlement *s)
{
	AUTO_STRBUF words = { 0 };

	month_words(&words, s->month_day);
	return arena_copy(a, strbuf_str(&words));
}

static void add_state(struct paper *p, const struct settlement *s, struct arena *a)
{
	if (s->closed)
		paper_add(p, BLOCK_REMARK, "%s至%s，单位：元；%s结账", word_day(a, s->month_day), word_day(a, s->last_day), word_instant(a, s->closed_at));
	else
		paper_add(p, BLOCK_REMARK, "%s至%s，单位：元；【还没有结账，数字会变，不作收款和申领依据】", word_day(a, s->month_day), word_day(a, s->last_day));
}

static const char *who_pays(const struct office *of, const struct settle_diner *d, struct arena *a)
{
	const char *payer = office_code_label(of, "payer", d->payer);

	return d->payer_name[0] ? arena_format(a, "%s%s", payer, d->payer_name) : payer;
}

/* Settlement ---------------------------------------------------------------------------------------------------------------------- */

static void add_diners(const struct office *of, const struct settlement *s, struct paper *p, struct arena *a)
{
	paper_add(p, BLOCK_HEADING, "一、按老人（不含更正）");
	paper_add_head(p, diner_columns);
	for (size_t i = 0; i < s->n_diners; i++) {
		const struct settle_diner *d = &s->diners[i];
		const char *name = strcmp(d->payer, "self") == 0 ? arena_format(a, "%s %s", d->name, d->number)
		                                                 : arena_format(a, "%s %s（%s付）", d->name, d->number, who_pays(of, d, a));

		if (d->month.entries > 0)
			paper_add_table_row(p, diner_columns, (const char *const[]){ name, CHARGE_CELLS(a, &d->month.charge), "" });
	}
	paper_add_table_row(p, diner_columns, (const char *const[]){ "合计", CHARGE_CELLS(a, &s->month.charge), "" });
}

static void add_groups(const struct settle_group *groups, size_t n, bool rules, const struct settlement *s, struct paper *p, struct arena *a)
{
	paper_add_head(p, group_columns);
	for (size_t i = 0; i < n; i++) {
		const char *label = !rules ? groups[i].label : groups[i].key[0] ? arena_format(a, "%s（%s）", groups[i].label, groups[i].version) : "没有补贴";

		if (groups[i].month.entries > 0)
			paper_add_table_row(p, group_columns, (const char *const[]){ label, word_number(a, (int64_t)groups[i].diners),
				CHARGE_CELLS(a, &groups[i].month.charge) });
		if (groups[i].corrected.entries > 0)
			paper_add_table_row(p, group_columns, (const char *const[]){ arena_format(a, "%s，更正", label), "", CHARGE_CELLS(a, &groups[i].corrected.charge) });
	}
	if (s->corrected.entries > 0)
		paper_add_table_row(p, group_columns, (const char *const[]){ "更正小计", "", CHARGE_CELLS(a, &s->corrected.charge) });
	paper_add_table_row(p, group_columns, (const char *const[]){ "本月合计", word_number(a, (int64_t)s->n_diners), CHARGE_CELLS(a, &s->month.charge) });
}

static void add_entries(const struct office *of, const struct settle_diner *d, bool corrections, bool named, struct paper *p, struct arena *a)
{
	for (size_t i = 0; i < d->n_entries; i++) {
		const struct settle_entry *x = &d->entries[i];
		const char *meal = arena_format(a, "%s %s", month_and_day(a, x->day), office_code_label(of, "meal", x->meal));
		const char *outcome = office_code_label(of, "outcome", x->outcome);

		if (x->correction == corrections)
			paper_add_table_row(p, order_columns, (const char *const[]){ meal, named ? arena_format(a, "%s %s", d->name, outcome) : outcome,
				CHARGE_CELLS(a, &x->charge) });
	}
}

static void add_corrections(const struct office *of, const struct settlement *s, struct paper *p, struct arena *a)
{
	if (s->corrected.entries == 0)
		return;
	paper_add(p, BLOCK_HEADING, "四、以前月份的更正");
	paper_add_head(p, order_columns);
	for (size_t i = 0; i < s->n_diners; i++)
		add_entries(of, &s->diners[i], true, true, p, a);
	paper_add_table_row(p, order_columns, (const char *const[]){ "合计", "", CHARGE_CELLS(a, &s->corrected.charge) });
}

struct paper *paper_of_settlement(const struct office *of, const struct settlement *s)
{
	AUTO_ARENA words = { 0 };
	const char *month = month_of(&words, s);
	struct paper *p = paper_new(month, "结算表", BODY_POINTS);

	paper_add(p, BLOCK_TITLE, "%s%s助餐结算表", of->community.name, month);
	add_state(p, s, &words);
	add_diners(of, s, p, &words);
	paper_add(p, BLOCK_HEADING, "二、补贴申领（按规则和版本）");
	add_groups(s->rules, s->n_rules, true, s, p, &words);
	paper_add(p, BLOCK_HEADING, "三、按自付人");
	add_groups(s->payers, s->n_payers, false, s, p, &words);
	add_corrections(of, s, p, &words);
	paper_add(p, BLOCK_TEXT, "餐价 + 送餐费 = 补贴 + 慈善 + 自付。没有吃到、又没有提前取消的照价收，不算补贴。");
	if (s->note && s->note[0])
		paper_add(p, BLOCK_TEXT, "说明：%s", s->note);
	paper_add_sign(p, (const char *const[]){ "制表人", "食堂负责人", "社区负责人" }, 3);
	paper_add(p, BLOCK_CLOSING, "%s（盖章）", word_committee(&words, of));
	return p;
}

/* Statement ----------------------------------------------------------------------------------------------------------------------- */

struct paper *paper_of_statement(const struct office *of, const struct settlement *s, const struct settle_diner *d)
{
	AUTO_ARENA words = { 0 };
	const char *month = month_of(&words, s);
	struct paper *p = paper_new(arena_format(&words, "%s %s", d->number, month), "对账单", BODY_POINTS);

	paper_add(p, BLOCK_TITLE, "助餐对账单");
	add_state(p, s, &words);
	paper_add(p, BLOCK_TEXT, "老人：%s（%s）　自付人：%s", d->name, d->number, who_pays(of, d, &words));
	paper_add_head(p, order_columns);
	add_entries(of, d, false, false, p, &words);
	paper_add_table_row(p, order_columns, (const char *const[]){ "本月合计", "", CHARGE_CELLS(&words, &d->month.charge) });
	if (d->corrected.entries > 0) {
		paper_add(p, BLOCK_HEADING, "以前月份的更正");
		paper_add_head(p, order_columns);
		add_entries(of, d, true, false, p, &words);
		paper_add_table_row(p, order_columns, (const char *const[]){ "更正合计", "", CHARGE_CELLS(&words, &d->corrected.charge) });
	}
	paper_add(p, BLOCK_TEXT, "本月应付：%s 元", yuan(&words, d->month.charge.own_fen + d->corrected.charge.own_fen));
	paper_add(p, BLOCK_TEXT, "没有吃到、又没有提前取消的照价收，不算补贴。数字不对的请在收到后告诉社区，更正记在下个月。");
	paper_add_sign(p, (const char *const[]){ "自付人签字", "经办人" }, 2);
	paper_add(p, BLOCK_CLOSING, "%s（盖章）", word_committee(&words, of));
	return p;
}
