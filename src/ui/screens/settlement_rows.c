/* The lines of 结算 in columns of money. */
#include "ui/screens/settlement_rows.h"

#include <inttypes.h>
#include <string.h>

#include "base/day.h"
#include "base/pinyin.h"
#include "base/text.h"
#include "report/report.h"

#define CELLS_MAX 10

static const char *const view_titles[] = {
#define X(name, title) [SETTLEMENT_##name] = title,
	SETTLEMENT_VIEWS(X)
#undef X
};

struct column {
	const char *title;
	int cols;                            /* the last is as wide as its text */
	enum text_align align;
};
#define CHARGE_COLUMNS { "份", 4, ALIGN_RIGHT }, { "餐价", 11, ALIGN_RIGHT }, { "送餐费", 9, ALIGN_RIGHT }, { "补贴", 10, ALIGN_RIGHT }, \
	{ "慈善", 9, ALIGN_RIGHT }, { "自付", 11, ALIGN_RIGHT }

static const struct column diner_columns[] = { { "编号", 9, ALIGN_LEFT }, { "姓名", 8, ALIGN_LEFT }, { "付", 5, ALIGN_LEFT }, CHARGE_COLUMNS, { 0 } },
	payer_columns[] = { { "自付人", 12, ALIGN_LEFT }, { "人", 5, ALIGN_RIGHT }, CHARGE_COLUMNS, { 0 } },
	rule_columns[] = { { "补贴规则（版本）", 26, ALIGN_LEFT }, { "人", 4, ALIGN_RIGHT }, { "份", 6, ALIGN_RIGHT }, { "餐价", 12, ALIGN_RIGHT },
		{ "补贴", 12, ALIGN_RIGHT }, { "慈善", 11, ALIGN_RIGHT }, { 0 } },
	correction_columns[] = { { "姓名", 9, ALIGN_LEFT }, { "日期和餐", 17, ALIGN_LEFT }, { "份", 4, ALIGN_RIGHT }, { "餐价", 10, ALIGN_RIGHT },
		{ "补贴", 10, ALIGN_RIGHT }, { "自付", 10, ALIGN_RIGHT }, { "  现在", 0, ALIGN_LEFT }, { 0 } },
	pending_columns[] = { { "日期", 12, ALIGN_LEFT }, { "餐", 6, ALIGN_LEFT }, { "份", 5, ALIGN_RIGHT }, { "  差什么", 0, ALIGN_LEFT }, { 0 } },
	order_columns[] = { { "日期和餐", 12, ALIGN_LEFT }, { "结果", 10, ALIGN_LEFT }, CHARGE_COLUMNS, { 0 } };
static const struct column *const view_columns[] = {
	[SETTLEMENT_DINERS] = diner_columns, [SETTLEMENT_PAYERS] = payer_columns, [SETTLEMENT_RULES] = rule_columns,
	[SETTLEMENT_CORRECTIONS] = correction_columns, [SETTLEMENT_PENDING] = pending_columns,
};

/* Cells ---------------------------------------------------------------------------------------------------------------------------- */

/* One line's cells, in order; each is copied. */
struct row {
	struct strbuf line;
	const struct column *next;
};

static void add_text(struct row *r, const char *text)
{
	if (r->next->cols == 0) {
		strbuf_add(&r->line, text);
	} else {
		text_fit(&r->line, text, r->next->cols - 1, r->next->align);
		strbuf_add_char(&r->line, ' ');
	}
	r->next++;
}

static void add_number(struct row *r, int64_t number)
{
	AUTO_STRBUF words = { 0 };

	strbuf_format(&words, "%" PRId64, number);
	add_text(r, strbuf_str(&words));
}

static void add_money(struct row *r, int64_t fen)
{
	AUTO_STRBUF words = { 0 };

	report_words(REPORT_MONEY, fen, &words);
	add_text(r, strbuf_str(&words));
}

static void add_charge(struct row *r, const struct meal_charge *c)
{
	add_number(r, c->meals);
	add_money(r, c->price_fen);
	add_money(r, c->fee_fen);
	add_money(r, c->subsidy_fen);
	add_money(r, c->charity_fen);
	add_money(r, c->own_fen);
}

static void put_headings(struct canvas *c, int row, int col, const struct column *columns)
{
	struct row r = { .next = columns };

	while (r.next->title)
		add_text(&r, r.next->title);
	canvas_text(c, row, col, text_width(strbuf_str(&r.line)), STYLE_HEADING, strbuf_str(&r.line));
	strbuf_release(&r.line);
}

static void put_line(struct card_view *v, struct row *r, enum style style, int64_t id, int tag)
{
	card_view_line(v, strbuf_str(&r->line), style, id, tag);
	strbuf_release(&r->line);
}

void settlement_headings(struct canvas *c, int row, int col, enum settlement_view view)
{
	put_headings(c, row, col, view_columns[view]);
}

void settlement_order_headings(struct canvas *c, int row, int col)
{
	put_headings(c, row, col, order_columns);
}

/* Head ----------------------------------------------------------------------------------------------------------------------------- */

void settlement_tabs(const struct settlement *s, struct tab_name *tabs)
{
	const size_t counts[SETTLEMENT_VIEW_COUNT] = {
		[SETTLEMENT_DINERS] = s->n_diners, [SETTLEMENT_PAYERS] = s->n_payers, [SETTLEMENT_RULES] = s->n_rules,
		[SETTLEMENT_CORRECTIONS] = (size_t)s->corrected.entries, [SETTLEMENT_PENDING] = s->n_unclosed + s->n_unpriced,
	};

	for (int v = 0; v < SETTLEMENT_VIEW_COUNT; v++)
		tabs[v] = (struct tab_name){ view_titles[v], .counted = true, .n = counts[v] };
}

void settlement_title(const struct settlement *s, struct strbuf *out)
{
	strbuf_add(out, "结算 · ");
	month_words(out, s->month_day);
	if (s->closed) {
		strbuf_format(out, " 已结账（%s ", s->closed_by);
		instant_format(out, s->closed_at);
		strbuf_add(out, "）");
	} else {
		strbuf_add(out, s->over ? " 还没有结账" : " 没有过完，数字会变");
	}
}

static void add_sum(struct strbuf *out, const char *label, int64_t fen)
{
	strbuf_add(out, label);
	report_words(REPORT_MONEY, fen, out);
}

void settlement_sums(const struct settlement *s, struct strbuf *out)
{
	const struct meal_charge *c = &s->month.charge;

	strbuf_format(out, "%" PRId64 "份 ", c->meals);
	add_sum(out, "餐价", c->price_fen);
	add_sum(out, "+送餐费", c->fee_fen);
	add_sum(out, " = 补贴", c->subsidy_fen);
	add_sum(out, "+慈善", c->charity_fen);
	add_sum(out, "+自付", c->own_fen);
}

/* Lists ---------------------------------------------------------------------------------------------------------------------------- */

static bool finds(const char *find, const struct settle_diner *d)
{
	return find[0] == '\0' || pinyin_find(find, d->name) || strstr(d->number, find) || strstr(d->address, find);
}

static void list_diners(const struct app *app, struct card_view *v, const struct settlement *s, const char *find, int64_t diner_id)
{
	for (size_t i = 0; i < s->n_diners; i++) {
		const struct settle_diner *d = &s->diners[i];
		struct row r = { .next = diner_columns };

		if (!finds(find, d))
			continue;
		if (d->diner_id == diner_id)
			v->cursor = v->n;
		add_text(&r, d->number);
		add_text(&r, d->name);
		add_text(&r, office_code_label(app->of, "payer", d->payer));
		add_charge(&r, &d->month.charge);
		if (d->corrected.entries > 0)
			strbuf_add(&r.line, "更");
		put_line(v, &r, d->corrected.entries > 0 ? STYLE_NOTICE : STYLE_TEXT, d->diner_id, SETTLEMENT_TAG_DINER);
	}
}

static void put_payer(struct card_view *v, const char *label, size_t diners, const struct settle_sum *sum, enum style style)
{
	struct row r = { .next = payer_columns };

	add_text(&r, label);
	add_number(&r, (int64_t)diners);
	add_charge(&r, &sum->charge);
	put_line(v, &r, style, 0, SETTLEMENT_TAG_NONE);
}

static void list_payers(struct card_view *v, const struct settlement *s)
{
	for (size_t i = 0; i < s->n_payers; i++) {
		put_payer(v, s->payers[i].label, s->payers[i].diners, &s->payers[i].month, STYLE_TEXT);
		if (s->payers[i].corrected.entries > 0)
			put_payer(v, "  更正", s->payers[i].diners, &s->payers[i].corrected, STYLE_NOTICE);
	}
	if (s->n_payers > 0)
		put_payer(v, "本月合计", s->n_diners, &s->month, STYLE_STRONG);
	if (s->corrected.entries > 0)
		put_payer(v, "更正合计", s->n_diners, &s->corrected, STYLE_STRONG);
}

static void put_rule(struct card_view *v, const char *label, size_t diners, const struct settle_sum *sum, enum style style)
{
	struct row r = { .next = rule_columns };

	add_text(&r, label);
	add_number(&r, (int64_t)diners);
	add_number(&r, sum->charge.meals);
	add_money(&r, sum->charge.price_fen);
	add_money(&r, sum->charge.subsidy_fen);
	add_money(&r, sum->charge.charity_fen);
	put_line(v, &r, style, 0, SETTLEMENT_TAG_NONE);
}

static void list_rules(struct card_view *v, const struct settlement *s)
{
	for (size_t i = 0; i < s->n_rules; i++) {
		const struct settle_group *g = &s->rules[i];
		AUTO_STRBUF label = { 0 };

		if (g->key[0])
			strbuf_format(&label, "%s（%s）", g->label, g->version);
		else
			strbuf_add(&label, "没有补贴");
		put_rule(v, strbuf_str(&label), g->diners, &g->month, STYLE_TEXT);
		if (g->corrected.entries > 0)
			put_rule(v, "  更正", g->diners, &g->corrected, STYLE_NOTICE);
	}
	if (s->n_rules > 0)
		put_rule(v, "本月合计", s->n_diners, &s->month, STYLE_STRONG);
	if (s->corrected.entries > 0)
		put_rule(v, "更正合计", s->n_diners, &s->corrected, STYLE_STRONG);
}

static void add_meal(const struct app *app, struct strbuf *out, int32_t day, const char *meal)
{
	day_format_near(out, day, app->today);
	strbuf_format(out, " %s", office_code_label(app->of, "meal", meal));
}

static void list_corrections(const struct app *app, struct card_view *v, const struct settlement *s, const char *find)
{
	for (size_t i = 0; i < s->n_diners; i++)
		for (size_t j = 0; j < s->diners[i].n_entries; j++) {
			const struct settle_entry *x = &s->diners[i].entries[j];
			struct row r = { .next = correction_columns };
			AUTO_STRBUF meal = { 0 };

			if (!x->correction || !finds(find, &s->diners[i]))
				continue;
			add_meal(app, &meal, x->day, x->meal);
			add_text(&r, s->diners[i].name);
			add_text(&r, strbuf_str(&meal));
			add_number(&r, x->charge.meals);
			add_money(&r, x->charge.price_fen);
			add_money(&r, x->charge.subsidy_fen);
			add_money(&r, x->charge.own_fen);
			strbuf_format(&r.line, "  %s %s", office_code_label(app->of, "outcome", x->outcome), x->rule_label);
			put_line(v, &r, STYLE_TEXT, x->diner_id, SETTLEMENT_TAG_DINER);
		}
}

static void list_pending(const struct app *app, struct card_view *v, const struct settle_meal *list, size_t n, const char *lacks, int tag)
{
	for (size_t i = 0; i < n; i++) {
		struct row r = { .next = pending_columns };
		AUTO_STRBUF day = { 0 };

		day_format(&day, list[i].day);
		add_text(&r, strbuf_str(&day));
		add_text(&r, office_code_label(app->of, "meal", list[i].meal));
		add_number(&r, (int64_t)list[i].orders);
		add_text(&r, lacks);
		put_line(v, &r, STYLE_WARNING, (int64_t)i + 1, tag);
	}
}

static const char *const empty_words[] = {
	[SETTLEMENT_DINERS] = "这个月没有要结的餐", [SETTLEMENT_PAYERS] = "这个月没有要结的餐", [SETTLEMENT_RULES] = "这个月没有要结的餐",
	[SETTLEMENT_CORRECTIONS] = "没有以前月份的更正", [SETTLEMENT_PENDING] = "没有待处理的",
};

void settlement_list(const struct app *app, struct card_view *v, const struct settlement *s, enum settlement_view view, const char *find, int64_t diner_id)
{
	card_view_clear(v);
	if (view == SETTLEMENT_DINERS)
		list_diners(app, v, s, find, diner_id);
	else if (view == SETTLEMENT_PAYERS)
		list_payers(v, s);
	else if (view == SETTLEMENT_RULES)
		list_rules(v, s);
	else if (view == SETTLEMENT_CORRECTIONS)
		list_corrections(app, v, s, find);
	if (view == SETTLEMENT_PENDING) {
		list_pending(app, v, s->unpriced, s->n_unpriced, "  没有餐价，或餐价、份数不对", SETTLEMENT_TAG_UNPRICED);
		list_pending(app, v, s->unclosed, s->n_unclosed, "  没有关账", SETTLEMENT_TAG_UNCLOSED);
	}
	if (v->n == 0)
		card_view_line(v, find[0] ? "没有找到" : empty_words[view], STYLE_DIM, 0, SETTLEMENT_TAG_NONE);
}

/* One diner ------------------------------------------------------------------------------------------------------------------------ */

static void put_order(const struct app *app, struct card_view *v, const struct settle_entry *x, bool wide)
{
	struct row r = { .next = order_columns };
	AUTO_STRBUF meal = { 0 };
	int year, month, day;

	day_to_civil(x->day, &year, &month, &day);           /* which year, the heading says */
	strbuf_format(&meal, "%02d-%02d %s", month, day, office_code_label(app->of, "meal", x->meal));
	if (wide) {
		add_text(&r, strbuf_str(&meal));
		add_text(&r, office_code_label(app->of, "outcome", x->outcome));
		add_charge(&r, &x->charge);
	} else {
		text_fit(&r.line, strbuf_str(&meal), 12, ALIGN_LEFT);
		strbuf_format(&r.line, "%" PRId64 "份 补", x->charge.meals);
		report_words(REPORT_MONEY, x->charge.subsidy_fen, &r.line);
		strbuf_add(&r.line, " 付");
		report_words(REPORT_MONEY, x->charge.own_fen, &r.line);
	}
	put_line(v, &r, x->correction ? STYLE_NOTICE : STYLE_TEXT, x->order_id, SETTLEMENT_TAG_NONE);
}

static void put_sum(struct card_view *v, const char *label, const struct settle_sum *sum)
{
	struct row r = { .next = order_columns };

	add_text(&r, label);
	add_text(&r, "");
	add_charge(&r, &sum->charge);
	put_line(v, &r, STYLE_STRONG, 0, SETTLEMENT_TAG_NONE);
}

static void put_due(const struct app *app, struct card_view *v, const struct settle_diner *d)
{
	AUTO_STRBUF line = { 0 };

	strbuf_format(&line, "应付 ");
	report_words(REPORT_MONEY, d->month.charge.own_fen + d->corrected.charge.own_fen, &line);
	strbuf_format(&line, " 元（%s%s）", office_code_label(app->of, "payer", d->payer), d->payer_name);
	card_view_line(v, strbuf_str(&line), STYLE_STRONG, 0, SETTLEMENT_TAG_NONE);
}

void settlement_orders(const struct app *app, struct card_view *v, const struct settle_diner *d, bool wide)
{
	bool corrections = false;

	card_view_clear(v);
	if (d == NULL) {
		card_view_line(v, "这个月没有要结的餐", STYLE_DIM, 0, SETTLEMENT_TAG_NONE);
		return;
	}
	if (!wide) {
		card_view_line(v, d->name, STYLE_STRONG, 0, SETTLEMENT_TAG_NONE);
		put_due(app, v, d);
	}
	for (size_t i = 0; i < d->n_entries; i++) {
		if (d->entries[i].correction && !corrections)
			card_view_heading(v, "以前月份的更正");
		corrections = d->entries[i].correction;
		put_order(app, v, &d->entries[i], wide);
	}
	if (wide) {
		put_sum(v, "本月合计", &d->month);
		if (corrections)
			put_sum(v, "更正合计", &d->corrected);
		put_due(app, v, d);
	}
}
