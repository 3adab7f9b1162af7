/* The lines of 送达. */
#include "ui/screens/doors_rows.h"
#include "ui/widgets/card_words.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/pinyin.h"
#include "base/text.h"

static const struct card_column columns[] = { { "站", 5 }, { "姓名", 9 }, { "结果", 17 }, { "几点", 6 }, { "状态", 5 }, { "住址", 24 }, { "备注", 0 } };

bool doors_is_untold(const struct meal_order *o)
{
	return !o->cancelled && o->outcome[0] == '\0';
}

static bool is_brought(const struct meal_order *o)
{
	return strcmp(o->way, "delivery") == 0;
}

/* Which heading: the route, else one of two that have none. */
static int group_of(const struct meal_order *o)
{
	return o->route >= 0 ? o->route : is_brought(o) ? -1 : -2;
}

bool doors_same_group(const struct meal_order *a, const struct meal_order *b)
{
	return group_of(a) == group_of(b);
}

void doors_group_name(const struct meal_day *m, const struct meal_order *o, struct strbuf *out)
{
	if (o->route >= 0)
		strbuf_format(out, "%d号线 %s", m->routes[o->route].line, m->routes[o->route].carrier[0] ? m->routes[o->route].carrier : "还没有人送");
	else
		strbuf_add(out, is_brought(o) ? "没有线路" : "堂食自取");
}

const char *doors_group_code(const struct meal_order *o)
{
	return o->route >= 0 ? "s1" : is_brought(o) ? "f8" : "s5";
}

/* Outcomes ------------------------------------------------------------------------------------------------------------------------ */

static const struct {
	enum action action;
	const char *code;
} outcomes[] = {
	{ ACT_TOLD_S1, "s1" }, { ACT_TOLD_S2, "s2" }, { ACT_TOLD_S3, "s3" }, { ACT_TOLD_S4, "s4" }, { ACT_TOLD_S5, "s5" }, { ACT_TOLD_F1, "f1" },
	{ ACT_TOLD_F2, "f2" }, { ACT_TOLD_F3, "f3" }, { ACT_TOLD_F4, "f4" }, { ACT_TOLD_F5, "f5" }, { ACT_TOLD_F6, "f6" }, { ACT_TOLD_F7, "f7" },
	{ ACT_TOLD_F8, "f8" }, { ACT_TOLD_F9, "f9" }, { ACT_TOLD_F0, "f0" },
};
enum { LEGEND_BREAK = 7 };        /* how many of them stand in the first line of keys */

const char *doors_code_of(enum action action)
{
	for (size_t i = 0; i < COUNT(outcomes); i++)
		if (outcomes[i].action == action)
			return outcomes[i].code;
	return NULL;
}

void doors_legend(const struct app *app, const struct keymap *keys, unsigned when, struct canvas *c, struct rect area)
{
	struct strbuf lines[2] = { { 0 }, { 0 } };

	for (size_t i = 0; i < COUNT(outcomes); i++) {
		struct strbuf *line = &lines[i >= LEGEND_BREAK];
		AUTO_STRBUF key = { 0 };

		keymaps_keys(app->keymaps, keys, when, false, outcomes[i].action, 1, &key);
		if (key.n > 0)
			strbuf_format(line, "%s%s%s", line->n ? " " : "", strbuf_str(&key), action_label(outcomes[i].action));
	}
	canvas_put(c, area.row, area.col, area.cols, STYLE_KEY_LABEL, strbuf_str(&lines[0]));
	canvas_put(c, area.row + 1, area.col, area.cols, STYLE_KEY_LABEL, strbuf_str(&lines[1]));
	strbuf_release(&lines[0]);
	strbuf_release(&lines[1]);
}

/* Lines --------------------------------------------------------------------------------------------------------------------------- */

static enum style row_style(const struct app *app, const struct meal_order *o)
{
	const struct code *code = code_find(form_codes(app->of->forms, "outcome"), o->outcome);

	if (o->check_id)
		return STYLE_URGENT;
	if (code == NULL)
		return o->standing == ORDER_UNREPORTED ? STYLE_WARNING : STYLE_TEXT;
	return code_has_flag(code, "eaten") ? STYLE_GOOD : STYLE_NOTICE;
}

/* 11:40; told on a later day, that day. */
static void add_when(const struct app *app, const struct meal_day *m, const struct meal_order *o, struct strbuf *out)
{
	int32_t day = day_of_instant(o->outcome_at);

	if (o->outcome[0] == '\0' || o->outcome_at == 0)
		return;
	if (day == m->day)
		time_format(out, minutes_of_instant(o->outcome_at));
	else
		day_format_near(out, day, app->today);
}

static void add_row(const struct app *app, struct card_view *v, const struct meal_day *m, size_t i)
{
	const struct meal_order *o = &m->orders[i];
	AUTO_STRBUF place = { 0 };
	AUTO_STRBUF at = { 0 };
	AUTO_STRBUF line = { 0 };

	if (o->route >= 0)
		strbuf_format(&place, "%d-%d", m->routes[o->route].line, o->position);
	add_when(app, m, o, &at);
	const char *const cells[] = {
		strbuf_str(&place), o->name, o->outcome[0] ? office_code_label(app->of, "outcome", o->outcome) : o->standing == ORDER_UNREPORTED ? "未回报" : "－",
		strbuf_str(&at), office_code_label(app->of, "diner_condition", o->condition), o->address, o->outcome_note,
	};

	card_cells(&line, columns, cells, COUNT(cells));
	card_view_line(v, strbuf_str(&line), row_style(app, o), (int64_t)i + 1, DOORS_TAG_ORDER);
}

static void add_heading(const struct app *app, struct card_view *v, const struct meal_day *m, const struct meal_order *of)
{
	AUTO_STRBUF head = { 0 };
	int told = 0, all = 0;

	for (size_t i = 0; i < m->n_orders; i++) {
		if (m->orders[i].cancelled || !doors_same_group(of, &m->orders[i]))
			continue;
		all++;
		told += !doors_is_untold(&m->orders[i]);
	}
	doors_group_name(m, of, &head);
	if (of->route >= 0) {
		const struct meal_route *r = &m->routes[of->route];

		strbuf_format(&head, " %s", office_code_label(app->of, "route_state", r->state));
		if (r->left_at) {
			strbuf_add(&head, " ");
			time_format(&head, minutes_of_instant(r->left_at));
		}
	}
	strbuf_format(&head, " · 已回报 %d/%d", told, all);
	card_view_heading(v, strbuf_str(&head));
}

static void add_order(const struct app *app, struct card_view *v, const struct meal_day *m, size_t i, int64_t order_id, bool *headed)
{
	if (!*headed)
		add_heading(app, v, m, &m->orders[i]);
	*headed = true;
	if (m->orders[i].id == order_id)
		v->cursor = v->n;
	add_row(app, v, m, i);
}

void doors_list(const struct app *app, struct card_view *v, const struct meal_day *m, int64_t order_id)
{
	card_view_clear(v);
	for (size_t r = 0; r < m->n_routes; r++) {
		bool headed = false;

		for (size_t s = 0; s < m->routes[r].n_stops; s++)
			add_order(app, v, m, (size_t)m->routes[r].stops[s], order_id, &headed);
	}
	for (int group = -1; group >= -2; group--) {
		bool headed = false;

		for (size_t i = 0; i < m->n_orders; i++)
			if (!m->orders[i].cancelled && group_of(&m->orders[i]) == group)
				add_order(app, v, m, i, order_id, &headed);
	}
	if (v->n == 0)
		card_view_line(v, "这一餐还没有人订", STYLE_DIM, 0, DOORS_TAG_NONE);
}

void doors_sums(const struct meal_day *m, struct strbuf *out)
{
	AUTO_STRBUF names = { 0 };
	int told = 0, all = 0;

	for (size_t i = 0; i < m->n_orders; i++) {
		const struct meal_order *o = &m->orders[i];

		all += !o->cancelled;
		told += !o->cancelled && o->outcome[0];
		if (doors_is_untold(o))
			strbuf_format(&names, "%s%s", names.n ? "、" : "", o->name);
	}
	strbuf_format(out, "已回报 %d/%d", told, all);
	if (m->checks_open > 0)
		strbuf_format(out, " · 核查中 %zu", m->checks_open);
	if (names.n > 0)
		strbuf_format(out, " · 未回报：%s", strbuf_str(&names));
	else if (all > 0)
		strbuf_add(out, m->checks_open ? " · 都回报了" : m->closed ? " · 已关账" : " · 都回报了，可以关账");
}

void doors_headings(struct canvas *c, int row, int col)
{
	card_headings(c, row, col, columns, COUNT(columns));
}

/* Finding ------------------------------------------------------------------------------------------------------------------------- */

/* 3-12: the door of a route; false: something else was typed. */
static bool is_place(const struct meal_day *m, const struct meal_order *o, const char *typed)
{
	int line, position;
	char rest;

	return sscanf(typed, "%d-%d%c", &line, &position, &rest) == 2 && o->route >= 0 && m->routes[o->route].line == line && o->position == position;
}

static bool is_meant(const struct meal_order *o, const char *typed)
{
	return !o->cancelled && (pinyin_find(typed, o->name) || strstr(o->number, typed) || strstr(o->address, typed));
}

int doors_find(const struct meal_day *m, const char *typed, int from)
{
	int n = (int)m->n_orders;

	if (text_is_blank(typed))
		return -1;
	for (int i = 0; i < n; i++)        /* before an address, which may hold the same figures */
		if (is_place(m, &m->orders[i], typed))
			return i;
	for (int k = 1; k <= n; k++)
		if (is_meant(&m->orders[(from + k) % n], typed))
			return (from + k) % n;
	return -1;
}
