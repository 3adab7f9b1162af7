/* The lines of 送餐, its sums, and all that is known of one order. */
#include "ui/screens/canteen_rows.h"

#include <string.h>

#include "base/day.h"
#include "base/pinyin.h"
#include "base/text.h"
#include "ui/widgets/card_words.h"

static const char *const view_titles[] = {
#define X(name, title) [CANTEEN_##name] = title,
	CANTEEN_VIEWS(X)
#undef X
};

/* Which -------------------------------------------------------------------------------------------------------------------------- */

static bool is_brought(const struct meal_order *o)
{
	return strcmp(o->way, "delivery") == 0;
}

/* Somebody has to do something about it. */
static bool is_pending(const struct meal_order *o)
{
	return o->standing == ORDER_NO_CARRIER || o->standing == ORDER_UNREPORTED || o->standing == ORDER_FAILED || o->check_id != 0;
}

static bool is_listed(const struct meal_order *o, enum canteen_view view)
{
	switch (view) {
	case CANTEEN_ALL:      return !o->cancelled;
	case CANTEEN_DELIVERY: return !o->cancelled && is_brought(o);
	case CANTEEN_HERE:     return !o->cancelled && !is_brought(o);
	case CANTEEN_PENDING:  return is_pending(o);
	default:               return false;
	}
}

void canteen_tabs(const struct app *app, const struct meal_day *m, struct tab_name *tabs)
{
	(void)app;
	for (int v = 0; v < CANTEEN_VIEW_COUNT; v++) {
		tabs[v] = (struct tab_name){ view_titles[v], .counted = true };
		for (size_t i = 0; i < m->n_orders; i++)
			tabs[v].n += is_listed(&m->orders[i], (enum canteen_view)v);
	}
	tabs[CANTEEN_LEFT_OUT].n = m->n_left_out;
}

void canteen_sums(const struct app *app, const struct meal_day *m, struct strbuf *out)
{
	static const char *const ways[] = { "delivery", "dine_in", "pickup" };
	int by_way[COUNT(ways)] = { 0 }, standing[ORDER_STANDING_COUNT] = { 0 };

	for (size_t i = 0; i < m->n_orders; i++) {
		const struct meal_order *o = &m->orders[i];

		standing[o->standing] += o->portions;
		for (size_t w = 0; w < COUNT(ways) && !o->cancelled; w++)
			by_way[w] += strcmp(o->way, ways[w]) == 0 ? o->portions : 0;
	}
	strbuf_format(out, "%d份：", m->meals);
	for (size_t w = 0; w < COUNT(ways); w++)
		strbuf_format(out, "%s%s%d", w ? " " : "", office_code_label(app->of, "meal_way", ways[w]), by_way[w]);
	for (int s = ORDER_NO_CARRIER; s < ORDER_CANCELLED; s++)
		if (standing[s] > 0)
			strbuf_format(out, " · %s%d", order_standing_label((enum order_standing)s), standing[s]);
	if (m->checks_open > 0)
		strbuf_format(out, " · 关爱核查%zu", m->checks_open);
}

static bool finds(const char *find, const char *name, const char *number, const char *address)
{
	return find[0] == '\0' || pinyin_find(find, name) || strstr(number, find) || strstr(address, find);
}

/* Lines -------------------------------------------------------------------------------------------------------------------------- */

static const struct card_column order_columns[] = { { "姓名", 9 }, { "情况", 11 }, { "取餐", 5 }, { "份", 4 }, { "线路", 6 }, { "网格", 5 }, { "住址", 0 } },
  left_out_columns[] = { { "姓名", 9 }, { "编号", 9 }, { "份", 4 }, { "为什么", 0 } };

void canteen_headings(struct canvas *c, int row, int col, enum canteen_view view)
{
	if (view == CANTEEN_LEFT_OUT)
		card_headings(c, row, col, left_out_columns, COUNT(left_out_columns));
	else
		card_headings(c, row, col, order_columns, COUNT(order_columns));
}

static enum style order_style(const struct meal_order *o)
{
	if (o->check_id != 0)
		return STYLE_URGENT;
	switch (o->standing) {
	case ORDER_EATEN:
	case ORDER_COLLECTED:  return STYLE_GOOD;
	case ORDER_NO_CARRIER:
	case ORDER_UNREPORTED: return STYLE_WARNING;
	case ORDER_FAILED:     return STYLE_NOTICE;
	case ORDER_CANCELLED:  return STYLE_DIM;
	default:               return STYLE_TEXT;
	}
}

static const char *standing_words(const struct app *app, const struct meal_order *o)
{
	if (o->check_id != 0)
		return "关爱核查中";
	return o->standing == ORDER_FAILED ? office_code_label(app->of, "outcome", o->outcome) : order_standing_label(o->standing);
}

static void add_order(const struct app *app, struct card_view *v, const struct meal_day *m, size_t i)
{
	const struct meal_order *o = &m->orders[i];
	AUTO_STRBUF portions = { 0 };
	AUTO_STRBUF place = { 0 };
	AUTO_STRBUF line = { 0 };

	strbuf_format(&portions, "%d", o->portions);
	if (strcmp(o->size, "normal") != 0)
		strbuf_add(&portions, strcmp(o->size, "soft") == 0 ? "软" : "加");
	if (o->route >= 0)
		strbuf_format(&place, "%d-%d", m->routes[o->route].line, o->position);
	const char *const cells[] = { o->name, standing_words(app, o), office_code_label(app->of, "meal_way", o->way), strbuf_str(&portions),
	                              strbuf_str(&place), o->grid, o->address };

	card_cells(&line, order_columns, cells, COUNT(cells));
	card_view_line(v, strbuf_str(&line), order_style(o), (int64_t)i + 1, CANTEEN_TAG_ORDER);
}

static void add_left_out(struct card_view *v, const struct meal_left_out *x, size_t i)
{
	AUTO_STRBUF portions = { 0 };
	AUTO_STRBUF line = { 0 };

	strbuf_format(&portions, "%d", x->portions);
	const char *const cells[] = { x->name, x->number, strbuf_str(&portions), x->reason };

	card_cells(&line, left_out_columns, cells, COUNT(cells));
	card_view_line(v, strbuf_str(&line), x->order_id ? STYLE_DIM : STYLE_TEXT, (int64_t)i + 1, CANTEEN_TAG_LEFT_OUT);
}

static const char *const empty_words[] = {
	[CANTEEN_ALL] = "这一餐还没有人订", [CANTEEN_DELIVERY] = "这一餐没有要送的", [CANTEEN_HERE] = "这一餐没有堂食和自取的",
	[CANTEEN_PENDING] = "没有待处理的", [CANTEEN_LEFT_OUT] = "有用餐计划的都订上了",
};

void canteen_list(const struct app *app, struct card_view *v, const struct meal_day *m, enum canteen_view view, const char *find, int64_t diner_id)
{
	card_view_clear(v);
	for (size_t i = 0; i < m->n_orders; i++) {
		const struct meal_order *o = &m->orders[i];

		if (!is_listed(o, view) || !finds(find, o->name, o->number, o->address))
			continue;
		if (o->diner_id == diner_id)
			v->cursor = v->n;
		add_order(app, v, m, i);
	}
	for (size_t i = 0; i < m->n_left_out && view == CANTEEN_LEFT_OUT; i++) {
		if (!finds(find, m->left_out[i].name, m->left_out[i].number, ""))
			continue;
		if (m->left_out[i].diner_id == diner_id)
			v->cursor = v->n;
		add_left_out(v, &m->left_out[i], i);
	}
	if (v->n == 0)
		card_view_line(v, find[0] ? "没有找到" : empty_words[view], STYLE_DIM, 0, CANTEEN_TAG_NONE);
}

/* Beside ------------------------------------------------------------------------------------------------------------------------- */

static void add_route(const struct app *app, struct card_view *v, const struct meal_day *m, const struct meal_order *o)
{
	AUTO_STRBUF words = { 0 };

	if (o->route < 0)
		return;
	const struct meal_route *r = &m->routes[o->route];

	strbuf_format(&words, "%d号线第%d站 %s %s", r->line, o->position, r->volunteer_id ? r->carrier : "还没有人送", office_code_label(app->of, "route_state", r->state));
	if (o->arrive_min >= 0) {
		strbuf_add(&words, " 约");
		time_format(&words, o->arrive_min);
		strbuf_add(&words, "到");
	}
	card_fact_styled(v, "线路", strbuf_str(&words), r->volunteer_id ? STYLE_TEXT : STYLE_WARNING);
}

static void add_outcome(const struct app *app, struct card_view *v, const struct meal_order *o)
{
	AUTO_STRBUF words = { 0 };

	if (o->outcome[0] == '\0')
		return;
	strbuf_add(&words, office_code_label(app->of, "outcome", o->outcome));
	if (o->outcome_at) {
		strbuf_add(&words, " ");
		time_format(&words, minutes_of_instant(o->outcome_at));
	}
	if (o->condition[0])
		strbuf_format(&words, "，人%s", office_code_label(app->of, "diner_condition", o->condition));
	if (o->outcome_note[0])
		strbuf_format(&words, "：%s", o->outcome_note);
	card_fact(v, "结果", strbuf_str(&words));
}

static void add_door(const struct app *app, struct card_view *v, const struct meal_order *o)
{
	AUTO_STRBUF window = { 0 };
	AUTO_STRBUF wait = { 0 };

	if (o->window_begin_min >= 0 || o->window_end_min >= 0) {
		if (o->window_begin_min >= 0)
			time_format(&window, o->window_begin_min);
		strbuf_add(&window, "-");
		if (o->window_end_min >= 0)
			time_format(&window, o->window_end_min);
	}
	strbuf_format(&wait, "等%d分钟", o->wait_min ? o->wait_min : app->of->settings->wait_minutes);
	card_fact(v, "楼栋", o->entry_note);
	card_fact_styled(v, "上门", o->door_note, STYLE_NOTICE);
	card_fact(v, "时段", strbuf_str(&window));
	card_fact(v, "敲门", strbuf_str(&wait));
	card_fact(v, "放门口", o->may_leave ? "可以" : "不可以");
	card_fact(v, "代收", o->stand_in);
	card_fact(v, "钥匙", o->key_holder);
	if (!o->placed)
		card_fact_styled(v, "位置", "楼栋没有坐标，自动排线按网格排在最后", STYLE_WARNING);
}

static void beside_order(const struct app *app, struct card_view *v, const struct meal_day *m, const struct meal_order *o)
{
	AUTO_STRBUF title = { 0 };
	AUTO_STRBUF meal = { 0 };

	strbuf_format(&title, "%s %s", o->name, o->number);
	strbuf_format(&meal, "%s %d份 %s · %s", office_code_label(app->of, "meal_way", o->way), o->portions, office_code_label(app->of, "portion_size", o->size),
	              office_code_label(app->of, "order_source", o->source));
	card_view_line(v, strbuf_str(&title), STYLE_STRONG, 0, CANTEEN_TAG_NONE);
	card_fact_styled(v, "情况", standing_words(app, o), order_style(o));
	card_fact(v, "订餐", strbuf_str(&meal));
	card_fact(v, "原因", o->why);
	add_route(app, v, m, o);
	add_outcome(app, v, o);
	card_field(app, v, "过敏", "diner", "allergens", o->food.allergens, STYLE_URGENT);
	card_field(app, v, "饮食", "diner", "diets", o->food.diets, STYLE_NOTICE);
	card_fact_styled(v, "忌口", o->food.avoids, STYLE_NOTICE);
	card_field(app, v, "关爱", "resident", "care_tags", o->care, STYLE_TEXT);
	card_fact(v, "电话", o->phone);
	card_fact(v, "住址", o->address);
	if (is_brought(o))
		add_door(app, v, o);
}

void canteen_beside(const struct app *app, struct card_view *v, const struct meal_day *m, const struct meal_order *o, const struct meal_left_out *x)
{
	card_view_clear(v);
	if (o) {
		beside_order(app, v, m, o);
	} else if (x) {
		card_view_line(v, x->name, STYLE_STRONG, 0, CANTEEN_TAG_NONE);
		card_fact(v, "编号", x->number);
		card_fact_styled(v, "为什么", x->reason, STYLE_WARNING);
	}
}
