/* The kitchen's sheet, reckoned: counts, whom a dish does not suit, a label on every portion. */
#include "domain/kitchen.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "volunteer/word_set.h"

/* A reckoning under way. Everything lives in the arena. */
struct reckoning {
	const struct office *of;
	const struct meal_day *m;
	const struct menu *menu;
	struct arena *a;
	struct kitchen *k;
	const struct meal_order **orders;            /* what is cooked, in the order of the labels */
	size_t n;
	struct kitchen_dish *dishes;
	struct kitchen_clash *clashes;               /* of order after order; sorted last */
	struct kitchen_label *labels;
};

enum { PORTIONS_MOST = 100 };             /* of an order: more is a mistake that must not fill the memory with labels */

static int portions_of(const struct meal_order *o)
{
	return o->portions < 0 ? 0 : o->portions < PORTIONS_MOST ? o->portions : PORTIONS_MOST;
}

/* Order of the labels -------------------------------------------------------------------------------------------------------------- */

static const char *const ways[] = { "delivery", "pickup", "dine_in" };

struct place_of {
	const struct meal_order *order;
	int rank, line, position, at;
};

static int by_place(const void *a, const void *b)
{
	const struct place_of *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank - y->rank;
	if (x->line != y->line)
		return x->line - y->line;
	return x->position != y->position ? x->position - y->position : x->at - y->at;
}

/* First what goes out, as it is loaded; what stays here comes last. */
static void sort_orders(struct reckoning *r)
{
	struct place_of *places = arena_alloc(r->a, r->m->n_orders * sizeof *places + 1);

	for (size_t i = 0; i < r->m->n_orders; i++) {
		const struct meal_order *o = &r->m->orders[i];
		bool routed = o->route >= 0;

		if (o->cancelled)
			continue;
		places[r->n++] = (struct place_of){
			.order = o, .rank = routed ? 0 : 1 + (int)text_index(ways, COUNT(ways), o->way), .line = routed ? r->m->routes[o->route].line : 0,
			.position = routed ? o->position : 0, .at = (int)i,
		};
		r->k->portions += portions_of(o);
	}
	if (r->n > 0)
		qsort(places, r->n, sizeof *places, by_place);
	r->orders = arena_alloc(r->a, r->n * sizeof *r->orders + 1);
	for (size_t i = 0; i < r->n; i++)
		r->orders[i] = places[i].order;
}

/* Words of one order --------------------------------------------------------------------------------------------------------------- */

static const char *const double_surnames[] = {
	"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒", "司空", "长孙", "宇文", "端木", "南宫", "万俟", "闻人", "呼延",
};

/* 王先生; the whole name where nothing says which of the two. */
static const char *short_name(struct reckoning *r, const struct meal_order *o)
{
	const char *title = strcmp(o->sex, "1") == 0 ? "先生" : strcmp(o->sex, "2") == 0 ? "女士" : NULL;
	size_t bytes = strlen(o->name), n = 0;
	uint32_t cp;

	if (title == NULL || bytes == 0)
		return o->name;
	for (size_t i = 0; i < COUNT(double_surnames) && n == 0; i++)
		if (strncmp(o->name, double_surnames[i], strlen(double_surnames[i])) == 0 && bytes > strlen(double_surnames[i]))
			n = strlen(double_surnames[i]);
	if (n == 0)
		n = text_decode(o->name, bytes, &cp);
	return arena_format(r->a, "%.*s%s", (int)n, o->name, title);
}

static bool has_label(const struct strbuf *out, const char *label)
{
	return word_set_has(strbuf_str(out), label);
}

/* 加量 糖尿病 低盐 */
static const char *variant_of(struct reckoning *r, const struct meal_order *o)
{
	const struct code_list *diets = form_codes(r->of->forms, "diet");
	AUTO_STRBUF out = { 0 };

	if (o->size[0] && strcmp(o->size, "normal") != 0)
		strbuf_add(&out, office_code_label(r->of, "portion_size", o->size));
	for (size_t i = 0; diets && i < diets->n; i++)
		if (word_set_has(o->food.diets, diets->codes[i].code) && !has_label(&out, diets->codes[i].label))
			strbuf_format(&out, "%s%s", out.n ? " " : "", diets->codes[i].label);
	return arena_copy(r->a, strbuf_str(&out));
}

static const char *warning_of(struct reckoning *r, const struct meal_order *o)
{
	const struct code_list *allergens = form_codes(r->of->forms, "allergen");
	AUTO_STRBUF out = { 0 };

	for (size_t i = 0; allergens && i < allergens->n; i++)
		if (word_set_has(o->food.allergens, allergens->codes[i].code))
			strbuf_format(&out, "%s%s", out.n ? "、" : "过敏：", allergens->codes[i].label);
	if (o->food.avoids[0])
		strbuf_format(&out, "%s忌口：%s", out.n ? "；" : "", o->food.avoids);
	return arena_copy(r->a, strbuf_str(&out));
}

static const char *place_of_order(struct reckoning *r, const struct meal_order *o)
{
	if (o->route >= 0)
		return arena_format(r->a, "%d号线·%d", r->m->routes[o->route].line, o->position);
	return o->standing == ORDER_NO_CARRIER ? order_standing_label(o->standing) : office_code_label(r->of, "meal_way", o->way);
}

/* Dishes --------------------------------------------------------------------------------------------------------------------------- */

/* The first that stands in for the dish and suits; NULL: none. */
static struct kitchen_dish *stand_in(struct reckoning *r, const struct menu_dish *dish, const struct meal_order *o)
{
	for (size_t i = 0; i < r->menu->n_dishes; i++) {
		AUTO_STRBUF why = { 0 };

		if (r->menu->dishes[i].instead_of_id == dish->dish_id && !dish_clash(r->of, &r->menu->dishes[i], &o->food, &why))
			return &r->dishes[i];
	}
	return NULL;
}

/* What is on the plate of one order; *words what is other than the menu: 红烧肉→清蒸鱼. */
static void fill_plate(struct reckoning *r, const struct meal_order *o, struct strbuf *words)
{
	for (size_t i = 0; i < r->menu->n_dishes; i++) {
		const struct menu_dish *dish = &r->menu->dishes[i];
		AUTO_STRBUF why = { 0 };
		struct kitchen_dish *instead;

		if (dish->instead_of_id != 0)
			continue;
		if (!dish_clash(r->of, dish, &o->food, &why)) {
			r->dishes[i].portions += portions_of(o);
			continue;
		}
		if ((instead = stand_in(r, dish, o)) != NULL)
			instead->portions += portions_of(o);
		r->k->n_unsolved += instead == NULL;
		strbuf_format(words, "%s%s%s%s", words->n ? "；" : "", instead ? dish->name : "不放", instead ? "→" : "", instead ? instead->dish->name : dish->name);
		r->clashes[r->k->n_clashes++] = (struct kitchen_clash){
			.order = o, .dish = dish, .instead = instead ? instead->dish : NULL, .why = arena_copy(r->a, strbuf_str(&why)),
		};
	}
}

/* Labels --------------------------------------------------------------------------------------------------------------------------- */

static void add_labels(struct reckoning *r, const struct meal_order *o)
{
	AUTO_STRBUF instead = { 0 };
	struct kitchen_label label = {
		.order = o, .line = o->route >= 0 ? r->m->routes[o->route].line : 0, .position = o->route >= 0 ? o->position : 0, .place = place_of_order(r, o),
		.name = short_name(r, o), .variant = variant_of(r, o), .warning = warning_of(r, o), .of = portions_of(o),
	};

	fill_plate(r, o, &instead);
	label.instead = arena_copy(r->a, strbuf_str(&instead));
	for (label.number = 1; label.number <= label.of; label.number++)
		r->labels[r->k->n_labels++] = label;
}

static bool goes_together(const struct kitchen_label *a, const struct kitchen_label *b)
{
	return a->line == b->line && (a->line != 0 || strcmp(a->order->way, b->order->way) == 0);
}

/* Two of one name on a route would be mixed up: both get the whole one. Labels that go together stand together. */
static void tell_apart(struct reckoning *r)
{
	const char **full = arena_alloc(r->a, r->k->n_labels * sizeof *full + 1);

	for (size_t i = 0; i < r->k->n_labels; i++)
		for (size_t j = i + 1; j < r->k->n_labels && goes_together(&r->labels[i], &r->labels[j]); j++)
			if (r->labels[i].order != r->labels[j].order && strcmp(r->labels[i].name, r->labels[j].name) == 0) {
				full[i] = r->labels[i].order->name;
				full[j] = r->labels[j].order->name;
			}
	for (size_t i = 0; i < r->k->n_labels; i++)
		if (full[i])
			r->labels[i].name = full[i];
}

/* Counts --------------------------------------------------------------------------------------------------------------------------- */

static void count_in(struct kitchen_count *counts, size_t *n, const char *label)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp(counts[i].label, label) == 0) {
			counts[i].portions++;
			return;
		}
	counts[(*n)++] = (struct kitchen_count){ .label = label, .portions = 1 };
}

static const char plain[] = "普通";

static int by_variant(const void *a, const void *b)
{
	const struct kitchen_count *x = a, *y = b;
	int first = (strcmp(y->label, plain) == 0) - (strcmp(x->label, plain) == 0);

	if (first)
		return first;
	return x->portions != y->portions ? y->portions - x->portions : strcmp(x->label, y->label);
}

static void count(struct reckoning *r)
{
	struct kitchen_count *by_way = arena_alloc(r->a, (r->k->n_labels + 1) * sizeof *by_way);
	struct kitchen_count *variants = arena_alloc(r->a, (r->k->n_labels + 1) * sizeof *variants);

	for (size_t i = 0; i < r->k->n_labels; i++) {
		count_in(by_way, &r->k->n_ways, office_code_label(r->of, "meal_way", r->labels[i].order->way));
		count_in(variants, &r->k->n_variants, r->labels[i].variant[0] ? r->labels[i].variant : plain);
	}
	if (r->k->n_variants > 0)
		qsort(variants, r->k->n_variants, sizeof *variants, by_variant);
	r->k->ways = by_way;
	r->k->variants = variants;
}

/* As the menu has the dishes; within one the orders stay in the order of the labels. */
static void sort_clashes(struct reckoning *r)
{
	struct kitchen_clash *sorted = arena_alloc(r->a, r->k->n_clashes * sizeof *sorted + 1);
	size_t n = 0;

	for (size_t d = 0; d < r->menu->n_dishes; d++)
		for (size_t i = 0; i < r->k->n_clashes; i++)
			if (r->clashes[i].dish == &r->menu->dishes[d])
				sorted[n++] = r->clashes[i];
	r->k->clashes = sorted;
}

void kitchen_reckon(const struct office *of, const struct meal_day *m, const struct menu *menu, struct arena *a, struct kitchen *out)
{
	struct kitchen k = { 0 };
	struct reckoning r = { .of = of, .m = m, .menu = menu, .a = a, .k = &k };

	sort_orders(&r);
	r.dishes = arena_alloc(a, menu->n_dishes * sizeof *r.dishes + 1);
	for (size_t i = 0; i < menu->n_dishes; i++)
		r.dishes[i].dish = &menu->dishes[i];
	r.clashes = arena_alloc(a, r.n * menu->n_dishes * sizeof *r.clashes + 1);
	r.labels = arena_alloc(a, (size_t)k.portions * sizeof *r.labels + 1);
	for (size_t i = 0; i < r.n; i++)
		add_labels(&r, r.orders[i]);
	tell_apart(&r);
	count(&r);
	sort_clashes(&r);
	for (size_t i = 0; i < m->n_left_out; i++)
		k.left_out += m->left_out[i].portions;
	k.dishes = r.dishes;
	k.n_dishes = menu->n_dishes;
	k.labels = r.labels;
	*out = k;
}

/* Words ---------------------------------------------------------------------------------------------------------------------------- */

static void add_instant(const struct office *of, int64_t at, struct strbuf *out)
{
	day_format_near(out, day_of_instant(at), office_today(of));
	strbuf_add_char(out, ' ');
	time_format(out, minutes_of_instant(at));
}

void kitchen_sample_words(const struct office *of, const struct menu *menu, struct strbuf *out)
{
	const int64_t hour_ms = 3600000;

	if (menu->sample_at == 0) {
		strbuf_add(out, "还没有留样");
		return;
	}
	strbuf_add(out, "留样：");
	add_instant(of, menu->sample_at, out);
	strbuf_format(out, " %s，留到 ", menu->sample_by);
	add_instant(of, menu->sample_at + SAMPLE_HOURS * hour_ms, out);
	if (menu->sample_note[0])
		strbuf_format(out, "（%s）", menu->sample_note);
}

void kitchen_foot_words(const struct kitchen *k, struct strbuf *out)
{
	strbuf_format(out, "合计 %d 份 = 厨房单 %d 份 + 不做的 %d 份", k->portions + k->left_out, k->portions, k->left_out);
}
