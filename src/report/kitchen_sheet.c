/* 厨房单 and 标签 of one meal. No telephone number and no address is on them. */
#include "report/paper.h"

#include "base/day.h"
#include "model.h"
#include "words.h"

#define BODY_POINTS 10.5
#define LABEL_POINTS 12.0
#define LABELS_PER_ROW 3

struct sheet {
	const struct office *of;
	const struct meal_day *m;
	const struct menu *menu;
	const struct kitchen *k;
	struct paper *p;
	struct arena *a;              /* of words that are copied into the paper */
};

static struct paper *begin(const struct office *of, const struct meal_day *m, const char *name, double body_points, struct arena *a)
{
	int year, month, day;

	day_to_civil(m->day, &year, &month, &day);
	return paper_new(arena_format(a, "%04d%02d%02d%s", year, month, day, office_code_label(of, "meal", m->meal)), name, body_points);
}

static void add_title(struct sheet *s, const char *name)
{
	AUTO_STRBUF leave = { 0 };

	time_format(&leave, s->m->leave_min);
	paper_add(s->p, BLOCK_TITLE, "%s%s", office_code_label(s->of, "meal", s->m->meal), name);
	paper_add(s->p, BLOCK_REMARK, "%s　%s 出餐　共 %d 份%s", word_day(s->a, s->m->day), strbuf_str(&leave), s->k->portions, s->m->closed ? "（已关账）" : "");
}

static void add_counts(struct sheet *s, const char *title, const struct kitchen_count *counts, size_t n)
{
	AUTO_STRBUF out = { 0 };

	for (size_t i = 0; i < n; i++)
		strbuf_format(&out, "%s%s %d", i ? "　" : "", counts[i].label, counts[i].portions);
	paper_add(s->p, BLOCK_TEXT, "%s：%s", title, n ? strbuf_str(&out) : "没有");
}

static const char *name_of(const struct menu *menu, int64_t dish_id)
{
	for (size_t i = 0; i < menu->n_dishes; i++)
		if (menu->dishes[i].dish_id == dish_id)
			return menu->dishes[i].name;
	return "";
}

static void add_dishes(struct sheet *s)
{
	static const struct table_column columns[] = { { "菜品", 26 }, { "份数", 12 }, { "说明", 62 }, { 0 } };

	paper_add(s->p, BLOCK_HEADING, "菜品");
	if (s->k->n_dishes == 0) {
		paper_add(s->p, BLOCK_TEXT, "这一餐还没有菜单。");
		return;
	}
	paper_add_head(s->p, columns);
	for (size_t i = 0; i < s->k->n_dishes; i++) {
		const struct menu_dish *dish = s->k->dishes[i].dish;
		const char *note = dish->instead_of_id ? arena_format(s->a, "代替%s", name_of(s->menu, dish->instead_of_id)) : dish->ingredients;

		paper_add_table_row(s->p, columns, (const char *const[]){ dish->name, arena_format(s->a, "%d", s->k->dishes[i].portions), note });
	}
}

static const char *place(const struct sheet *s, const struct meal_order *o)
{
	if (o->route >= 0)
		return arena_format(s->a, "%d号线·%d", s->m->routes[o->route].line, o->position);
	return office_code_label(s->of, "meal_way", o->way);
}

static void add_clashes(struct sheet *s)
{
	static const struct table_column columns[] = { { "菜品", 20 }, { "谁不能吃", 18 }, { "线路", 14 }, { "原因", 28 }, { "换成", 20 }, { 0 } };

	paper_add(s->p, BLOCK_HEADING, "不能吃的");
	if (s->k->n_clashes == 0) {
		paper_add(s->p, BLOCK_TEXT, "没有。");
		return;
	}
	paper_add_head(s->p, columns);
	for (size_t i = 0; i < s->k->n_clashes; i++) {
		const struct kitchen_clash *c = &s->k->clashes[i];

		paper_add_table_row(s->p, columns, (const char *const[]){
			c->dish->name, arena_format(s->a, "%s %d份", c->order->name, c->order->portions), place(s, c->order), c->why,
			c->instead ? c->instead->name : "【不放，没有代替的】" });
	}
}

static void add_left_out(struct sheet *s)
{
	static const struct table_column columns[] = { { "姓名", 18 }, { "编号", 16 }, { "份数", 10 }, { "为什么", 56 }, { 0 } };
	AUTO_STRBUF foot = { 0 };

	kitchen_foot_words(s->k, &foot);
	paper_add(s->p, BLOCK_HEADING, "合计");
	paper_add(s->p, BLOCK_TEXT, "%s。", strbuf_str(&foot));
	if (s->m->n_left_out == 0)
		return;
	paper_add_head(s->p, columns);
	for (size_t i = 0; i < s->m->n_left_out; i++) {
		const struct meal_left_out *x = &s->m->left_out[i];

		paper_add_table_row(s->p, columns, (const char *const[]){ x->name, x->number, arena_format(s->a, "%d", x->portions), x->reason });
	}
}

struct paper *paper_of_kitchen(const struct office *of, const struct meal_day *m, const struct menu *menu, const struct kitchen *k)
{
	AUTO_ARENA words = { 0 };
	AUTO_STRBUF sample = { 0 };
	struct sheet s = { .of = of, .m = m, .menu = menu, .k = k, .a = &words };

	s.p = begin(of, m, "厨房单", BODY_POINTS, &words);
	add_title(&s, "厨房单");
	add_counts(&s, "取餐方式", k->ways, k->n_ways);
	add_counts(&s, "份量和饮食", k->variants, k->n_variants);
	add_dishes(&s);
	add_clashes(&s);
	add_left_out(&s);
	kitchen_sample_words(of, menu, &sample);
	paper_add(s.p, BLOCK_HEADING, "留样");
	paper_add(s.p, BLOCK_TEXT, "%s", strbuf_str(&sample));
	paper_add_sign(s.p, (const char *const[]){ "制单", "厨师", "留样人" }, 3);
	return s.p;
}

/* Labels --------------------------------------------------------------------------------------------------------------------------- */

static const char *label_text(struct sheet *s, const struct kitchen_label *l)
{
	AUTO_STRBUF out = { 0 };

	strbuf_format(&out, "%s　%s", l->place, l->name);
	if (l->of > 1)
		strbuf_format(&out, " %d/%d", l->number, l->of);
	if (l->variant[0])
		strbuf_format(&out, "\n%s", l->variant);
	if (l->warning[0])
		strbuf_format(&out, "\n【%s】", l->warning);
	if (l->instead[0])
		strbuf_format(&out, "\n%s", l->instead);
	return arena_copy(s->a, strbuf_str(&out));
}

struct paper *paper_of_labels(const struct office *of, const struct meal_day *m, const struct kitchen *k)
{
	static const int shares[LABELS_PER_ROW] = { 33, 33, 34 };
	AUTO_ARENA words = { 0 };
	struct sheet s = { .of = of, .m = m, .k = k, .a = &words };

	s.p = begin(of, m, "标签", LABEL_POINTS, &words);
	add_title(&s, "标签");
	for (size_t i = 0; i < k->n_labels; i += LABELS_PER_ROW) {
		struct cell cells[LABELS_PER_ROW] = { 0 };

		for (size_t c = 0; c < LABELS_PER_ROW; c++)
			cells[c] = (struct cell){ .text = i + c < k->n_labels ? label_text(&s, &k->labels[i + c]) : "", .share = shares[c] };
		paper_add_row(s.p, cells, LABELS_PER_ROW);
	}
	return s.p;
}
