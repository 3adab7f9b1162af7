/* The lines of 厨房单. What a colour says a sign says too: ! nothing stands in. */
#include "ui/screens/kitchen_rows.h"

#include "base/day.h"
#include "base/text.h"
#include "ui/widgets/card_words.h"

#define NAME_COLS 18

static void add_counts(struct card_view *v, const char *label, const struct kitchen_count *counts, size_t n)
{
	AUTO_STRBUF out = { 0 };

	for (size_t i = 0; i < n; i++)
		strbuf_format(&out, "%s%s %d", i ? " · " : "", counts[i].label, counts[i].portions);
	card_fact(v, label, strbuf_str(&out));
}

static const char *name_of(const struct menu *menu, int64_t dish_id)
{
	for (size_t i = 0; i < menu->n_dishes; i++)
		if (menu->dishes[i].dish_id == dish_id)
			return menu->dishes[i].name;
	return "";
}

static void add_dishes(struct card_view *v, const struct menu *menu, const struct kitchen *k)
{
	card_heading(v, "菜品", k->n_dishes);
	if (k->n_dishes == 0)
		card_view_line(v, "这一餐还没有菜单，请先编菜单", STYLE_WARNING, 0, 0);
	for (size_t i = 0; i < k->n_dishes; i++) {
		const struct menu_dish *dish = k->dishes[i].dish;
		AUTO_STRBUF line = { 0 };

		text_fit(&line, dish->name, NAME_COLS, ALIGN_LEFT);
		strbuf_format(&line, " %4d份", k->dishes[i].portions);
		if (dish->instead_of_id)
			strbuf_format(&line, "  代替%s", name_of(menu, dish->instead_of_id));
		card_view_line(v, strbuf_str(&line), dish->instead_of_id ? STYLE_NOTICE : STYLE_TEXT, 0, 0);
	}
}

static void add_clashes(struct card_view *v, const struct kitchen *k)
{
	card_heading(v, "不能吃的", k->n_clashes);
	if (k->n_clashes == 0)
		card_view_line(v, "没有", STYLE_DIM, 0, 0);
	for (size_t i = 0; i < k->n_clashes; i++) {
		const struct kitchen_clash *c = &k->clashes[i];
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s %s：%s %d份（%s）→ %s", c->instead ? " " : "!", c->dish->name, c->order->name, c->order->portions, c->why,
		              c->instead ? c->instead->name : "不放，没有代替的");
		card_view_line(v, strbuf_str(&line), c->instead ? STYLE_NOTICE : STYLE_URGENT, c->order->diner_id, 0);
	}
}

static void add_left_out(struct card_view *v, const struct meal_day *m)
{
	card_heading(v, "不做的", m->n_left_out);
	if (m->n_left_out == 0)
		card_view_line(v, "有用餐计划的都做", STYLE_DIM, 0, 0);
	for (size_t i = 0; i < m->n_left_out; i++) {
		const struct meal_left_out *x = &m->left_out[i];
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s %d份  %s", x->name, x->portions, x->reason);
		card_view_line(v, strbuf_str(&line), STYLE_TEXT, x->diner_id, 0);
	}
}

void kitchen_sheet(const struct app *app, struct card_view *v, const struct meal_day *m, const struct menu *menu, const struct kitchen *k)
{
	AUTO_STRBUF sample = { 0 };

	kitchen_sample_words(app->of, menu, &sample);
	card_view_clear(v);
	add_counts(v, "取餐", k->ways, k->n_ways);
	add_counts(v, "份量", k->variants, k->n_variants);
	card_fact_styled(v, "留样", strbuf_str(&sample), menu->sample_at ? STYLE_TEXT : STYLE_WARNING);
	add_dishes(v, menu, k);
	add_clashes(v, k);
	add_left_out(v, m);
}

void kitchen_labels(struct card_view *v, const struct kitchen *k)
{
	card_view_clear(v);
	if (k->n_labels == 0)
		card_view_line(v, "这一餐没有要做的", STYLE_DIM, 0, 0);
	for (size_t i = 0; i < k->n_labels; i++) {
		const struct kitchen_label *l = &k->labels[i];
		const char *const extra[] = { l->variant, l->warning, l->instead };
		AUTO_STRBUF line = { 0 };

		text_fit(&line, l->place, 11, ALIGN_LEFT);
		strbuf_format(&line, " %s", l->name);
		if (l->of > 1)
			strbuf_format(&line, " %d/%d", l->number, l->of);
		for (size_t x = 0; x < COUNT(extra); x++)
			if (extra[x][0])
				strbuf_format(&line, "  %s", extra[x]);
		card_view_line(v, strbuf_str(&line), l->warning[0] || l->instead[0] ? STYLE_NOTICE : STYLE_TEXT, l->order->diner_id, 0);
	}
}

void kitchen_title(const struct app *app, const struct meal_day *m, struct strbuf *out)
{
	const char weekday[] = { (char)('0' + day_weekday(m->day)), '\0' };

	day_format(out, m->day);
	strbuf_format(out, " %s%s %s ", office_code_label(app->of, "weekday", weekday), m->day == app->today ? "（今天）" : "",
	              office_code_label(app->of, "meal", m->meal));
	time_format(out, m->leave_min);
	strbuf_add(out, m->closed ? "出餐 · 已关账" : "出餐");
}
