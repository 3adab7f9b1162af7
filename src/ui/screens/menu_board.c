/* The week's menus, painted. */
#include "ui/screens/menu_board.h"

#include <stdlib.h>

#include "base/day.h"
#include "domain/kitchen.h"
#include "domain/register.h"
#include "ui/widgets/card_words.h"

#define NAME_COLS 5
#define DAY_COLS 10
#define CELL_ROWS 2

enum rc menu_board_load(struct office *of, int32_t monday, struct arena *a, struct menu_board *b, struct err *e)
{
	const struct code_list *meals = form_codes(of->forms, "meal");
	size_t n = meals->n < MENU_MEALS_MAX ? meals->n : MENU_MEALS_MAX;
	struct menu_board made = { .monday = monday, .n_meals = n, .meal = b->meal, .day = b->day };
	struct arena kept = { 0 };

	for (size_t i = 0; i < n; i++)
		for (int d = 0; d < MENU_DAYS; d++) {
			enum rc rc = menu_load(of, monday + d, meals->codes[i].code, &kept, &made.menus[i][d], e);

			if (rc != RC_OK) {
				arena_clear(&kept);
				return rc;
			}
		}
	arena_clear(a);
	*a = kept;
	*b = made;
	return RC_OK;
}

const struct menu *menu_board_menu(const struct menu_board *b)
{
	return &b->menus[b->meal][b->day];
}

int menu_board_rows(const struct menu_board *b)
{
	return 1 + (int)b->n_meals * CELL_ROWS;
}

bool menu_board_key(struct menu_board *b, const struct key_event *ev)
{
	switch (ev->key) {
	case YK_LEFT:
		b->day -= b->day > 0;
		return true;
	case YK_RIGHT:
		b->day += b->day < MENU_DAYS - 1;
		return true;
	case YK_UP:
		b->meal -= b->meal > 0;
		return true;
	case YK_DOWN:
		b->meal += b->meal + 1 < b->n_meals;
		return true;
	default:
		return false;
	}
}

/* Painting --------------------------------------------------------------------------------------------------------------------------- */

/* The first own dish; how many more. */
static void cell_words(const struct menu *m, struct strbuf *first, struct strbuf *more)
{
	size_t own = 0;

	for (size_t i = 0; i < m->n_dishes; i++) {
		if (m->dishes[i].instead_of_id)
			continue;
		if (own == 0)
			strbuf_add(first, m->dishes[i].name);
		own++;
	}
	if (m->id == 0)
		strbuf_add(first, "-");
	else if (own == 0)
		strbuf_add(first, "没有菜");
	else
		strbuf_format(more, "%zu道%s", own, m->sample_at ? " √留样" : "");
}

static void draw_cell(const struct menu *m, struct canvas *c, int row, int col, enum style chosen, bool is_chosen)
{
	enum style style = m->id == 0 ? STYLE_DIM : m->n_dishes == 0 ? STYLE_WARNING : STYLE_TEXT;
	AUTO_STRBUF first = { 0 };
	AUTO_STRBUF more = { 0 };

	cell_words(m, &first, &more);
	canvas_text(c, row, col, DAY_COLS - 1, is_chosen ? chosen : style, strbuf_str(&first));
	canvas_text(c, row + 1, col, DAY_COLS - 1, is_chosen ? chosen : STYLE_DIM, strbuf_str(&more));
}

static void draw_head(const struct app *app, const struct menu_board *b, struct canvas *c, struct rect in)
{
	static const char *const names[MENU_DAYS] = { "一", "二", "三", "四", "五", "六", "日" };

	for (int d = 0; d < MENU_DAYS; d++) {
		int year, month, of_month;
		bool today = b->monday + d == app->today;

		day_to_civil(b->monday + d, &year, &month, &of_month);
		canvas_format(c, in.row, in.col + NAME_COLS + d * DAY_COLS, DAY_COLS, today ? STYLE_STRONG : STYLE_HEADING, "%s %d%s", names[d], of_month,
		              today ? "今天" : "");
	}
}

void menu_board_draw(const struct app *app, const struct menu_board *b, struct canvas *c, struct rect in, bool active)
{
	draw_head(app, b, c, in);
	for (size_t i = 0; i < b->n_meals; i++) {
		int row = in.row + 1 + (int)i * CELL_ROWS;

		canvas_text(c, row, in.col, NAME_COLS - 1, STYLE_LABEL, office_code_label(app->of, "meal", b->menus[i][0].meal));
		for (int d = 0; d < MENU_DAYS; d++)
			draw_cell(&b->menus[i][d], c, row, in.col + NAME_COLS + d * DAY_COLS, active ? STYLE_SELECTED : STYLE_SELECTED_IDLE, i == b->meal && d == b->day);
	}
}

/* One menu --------------------------------------------------------------------------------------------------------------------------- */

static void add_line(const struct app *app, struct card_view *v, const struct menu_dish *d, const char *before)
{
	const struct form *dish = form_find(app->of->forms, "dish");
	const struct { const char *word, *field, *raw; } facts[] = { { "过敏原", "allergens", d->allergens }, { "不适合", "unfit", d->unfit } };
	AUTO_STRBUF line = { 0 };

	strbuf_format(&line, "%s%s", before, d->name);
	for (size_t i = 0; i < COUNT(facts); i++)
		if (facts[i].raw[0]) {
			AUTO_STRBUF shown = { 0 };

			register_show(app->of, form_field(dish, facts[i].field), facts[i].raw, 0, &shown);
			strbuf_format(&line, "  %s：%s", facts[i].word, strbuf_str(&shown));
		}
	if (d->ingredients[0])
		strbuf_format(&line, "  %s", d->ingredients);
	card_view_line(v, strbuf_str(&line), d->instead_of_id ? STYLE_NOTICE : STYLE_TEXT, d->dish_id, MENU_TAG_DISH);
}

void menu_card(const struct app *app, struct card_view *v, const struct menu *m)
{
	AUTO_STRBUF price = { 0 };
	AUTO_STRBUF sample = { 0 };

	card_view_clear(v);
	if (m->id == 0) {
		card_view_line(v, "这一餐还没有菜单：加菜，或者抄上周的", STYLE_DIM, 0, 0);
		return;
	}
	if (m->price_fen >= 0)
		strbuf_format(&price, "￥%lld.%02lld", (long long)(m->price_fen / 100), (long long)(m->price_fen % 100));
	kitchen_sample_words(app->of, m, &sample);
	card_fact_styled(v, "单价", price.n ? strbuf_str(&price) : "还没有定", price.n ? STYLE_TEXT : STYLE_WARNING);
	card_fact_styled(v, "留样", strbuf_str(&sample), m->sample_at ? STYLE_TEXT : STYLE_DIM);
	card_fact(v, "备注", m->note);
	card_heading(v, "菜品", m->n_dishes);
	for (size_t i = 0; i < m->n_dishes; i++) {
		if (m->dishes[i].instead_of_id)
			continue;
		add_line(app, v, &m->dishes[i], "");
		for (size_t j = 0; j < m->n_dishes; j++)
			if (m->dishes[j].instead_of_id == m->dishes[i].dish_id)
				add_line(app, v, &m->dishes[j], "  代替：");
	}
}
