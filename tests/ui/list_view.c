/* Lists: what is seen, moved, typed and changed by others. On the register of residents. */
#include "ui/widgets/list_view.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/text.h"
#include "desk.h"
#include "domain/register.h"
#include "screen_text.h"
#include "ui/widgets/register_columns.h"

struct listing {
	struct desk *d;
	const struct form *form;
	struct list_view v;
	struct arena arena;
};

static void must(enum rc rc, const struct err *e)
{
	if (rc != RC_OK)
		fail_msg("%s", e->text);
}

static void prepare(struct listing *l)
{
	struct err e = { 0 };

	must(list_view_prepare(&l->d->loop.app, &l->v, 20, &e), &e);
}

static void begin(struct listing *l, struct desk *d, const char *form)
{
	struct view_column *columns;
	struct list_order order;
	struct list_spec spec;
	struct err e = { 0 };
	size_t n;

	*l = (struct listing){ .d = d, .form = form_find(d->of.forms, form) };
	must(register_list_spec(&d->of, l->form, &l->arena, &spec, &e), &e);
	must(register_columns(&d->loop.app, l->form, &l->arena, &columns, &n, &e), &e);
	must(register_order(d->loop.app.of, l->form, l->form->order, l->form->order_descending, &l->arena, &order, &e), &e);
	must(list_view_open(&d->loop.app, &l->v, &spec, columns, n, order, register_find_rule, (void *)l->form, &e), &e);
	must(list_view_reload(&d->loop.app, &l->v, &e), &e);
	prepare(l);
}

static void end(struct listing *l)
{
	list_view_close(&l->v);
	arena_clear(&l->arena);
}

static void press(struct listing *l, uint32_t key)
{
	struct err e = { 0 };

	list_view_key(&l->d->loop.app, &l->v, &(struct key_event){ .key = key }, &e);
	must(e.code, &e);
}

/* Typed, and looked for: the rows come in the first idle slice. */
static void type(struct listing *l, const char *text)
{
	struct err e = { 0 };
	bool repaint = false;

	list_view_key(&l->d->loop.app, &l->v, &(struct key_event){ .key = YK_PASTE, .text = text, .n = strlen(text) }, &e);
	must(e.code, &e);
	if (l->v.query_due)
		assert_true(list_view_idle(&l->d->loop.app, &l->v, &repaint));
}

static void fill(struct listing *l)
{
	bool repaint = false;

	while (list_view_idle(&l->d->loop.app, &l->v, &repaint))
		;
}

static const struct canvas *seen(struct listing *l)
{
	canvas_clear(&l->d->canvas);
	list_view_draw(&l->d->loop.app, &l->v, &l->d->canvas, (struct rect){ 1, 0, 20, 80 }, true);
	return &l->d->canvas;
}

static void a_list_shows_heading_rows_and_count_masked_as_the_role_wants(void **state)
{
	struct desk *d = *state;
	struct listing l;
	const struct canvas *c;

	desk_as(d, ROLE_DESK);
	begin(&l, d, "resident");
	fill(&l);
	c = seen(&l);
	assert_int_equal(row_with(c, "姓名"), 1);
	assert_shows(c, "王秀英");
	assert_shows(c, "138****3321");
	assert_hides(c, "13812343321");
	assert_shows(c, "3-2-501");
	assert_hides(c, "西林小区");
	assert_shows(c, "4 条");
	assert_hides(c, "隐藏");
	assert_int_equal(row_with(c, ">"), 2);
	end(&l);
	desk_as(d, ROLE_HEAD);
}

static void what_is_typed_narrows_with_every_key(void **state)
{
	struct listing l;
	struct err e = { 0 };

	begin(&l, *state, "resident");
	list_view_start_find(&l.v);
	press(&l, 'w');
	fill(&l);
	assert_shows(seen(&l), "王小明");
	assert_shows(seen(&l), "王秀英");
	assert_hides(seen(&l), "李娜");
	press(&l, 'x');
	press(&l, 'y');
	fill(&l);
	assert_hides(seen(&l), "王小明");
	assert_shows(seen(&l), "1 条，隐藏 3 条");
	assert_shows(seen(&l), "查找 wxy");
	assert_true(list_view_filtered(&l.v));
	press(&l, YK_ENTER);
	assert_shows(seen(&l), "查找「wxy」 · 1 条，隐藏 3 条");
	assert_true(list_view_escape(&l.d->loop.app, &l.v, &e));
	assert_int_equal(e.code, RC_OK);
	fill(&l);
	assert_shows(seen(&l), "4 条");
	assert_false(list_view_escape(&l.d->loop.app, &l.v, &e));
	end(&l);
}

static void a_list_is_found_by_phone_tail_and_address(void **state)
{
	static const struct { const char *typed, *shown, *hidden; } cases[] = {
		{ "3321", "王秀英", "张伟" }, { "3-2-501", "张伟", "李娜" }, { "小明", "王小明", "王秀英" }, { "没有这个人", "没有符合条件的", "王秀英" },
		{ "'; --", "没有符合条件的", "王秀英" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct listing l;

		begin(&l, *state, "resident");
		list_view_start_find(&l.v);
		type(&l, cases[i].typed);
		fill(&l);
		assert_shows(seen(&l), cases[i].shown);
		assert_hides(seen(&l), cases[i].hidden);
		end(&l);
	}
}

static void the_row_under_the_cursor_stays_when_others_add_rows(void **state)
{
	struct desk *d = *state;
	struct listing l;
	struct err e = { 0 };
	int64_t under;

	begin(&l, d, "resident");
	fill(&l);
	press(&l, YK_END);
	under = list_view_id(&l.v);
	assert_int_equal(under, d->zhang);       /* by pinyin the last one */
	desk_add(d, "resident", "name", "阿根", NULL);
	must(list_view_reload(&d->loop.app, &l.v, &e), &e);
	prepare(&l);
	fill(&l);
	assert_int_equal(list_view_id(&l.v), under);
	assert_shows(seen(&l), "阿根");
	assert_true(row_with(seen(&l), ">张伟") > row_with(seen(&l), "阿根"));
	end(&l);
}

static void a_row_that_is_gone_leaves_the_cursor_on_its_neighbour(void **state)
{
	struct desk *d = *state;
	struct listing l;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	int64_t id = desk_add(d, "resident", "name", "周末", NULL);

	begin(&l, d, "resident");
	fill(&l);
	press(&l, YK_END);
	assert_int_equal(list_view_id(&l.v), id);
	desk_load(d, "resident", id, &r);
	must(register_delete(&d->of, r.form, id, r.rev, "测试", &e), &e);
	must(list_view_reload(&d->loop.app, &l.v, &e), &e);
	prepare(&l);
	fill(&l);
	assert_int_equal(list_view_id(&l.v), d->zhang);
	assert_hides(seen(&l), "周末");
	end(&l);
}

static void sorting_goes_through_the_columns_that_have_an_index(void **state)
{
	struct listing l;
	struct err e = { 0 };

	begin(&l, *state, "resident");
	assert_shows(seen(&l), "姓名升");
	must(list_view_sort(&l.d->loop.app, &l.v, true, &e), &e);
	prepare(&l);
	assert_shows(seen(&l), "姓名降");
	assert_int_equal(row_with(seen(&l), "张伟"), 2);
	must(list_view_sort(&l.d->loop.app, &l.v, false, &e), &e);
	prepare(&l);
	assert_shows(seen(&l), "出生日期升");
	end(&l);
}

static void fixed_filters_are_said_in_words(void **state)
{
	struct listing l;
	struct err e = { 0 };
	char where[] = "grid_id = :p";
	struct list_filter filter = { .where = where, .p = { VALUE_NUMBER, 0, NULL } };

	begin(&l, *state, "resident");
	filter.p.number = l.d->grid;
	must(list_view_filter(&l.d->loop.app, &l.v, &filter, 1, "网格 03", &e), &e);
	memset(where, 'x', sizeof where - 1);    /* the list keeps its own copy */
	must(list_view_reload(&l.d->loop.app, &l.v, &e), &e);
	prepare(&l);
	fill(&l);
	assert_shows(seen(&l), "网格 03 · 2 条，隐藏");
	assert_shows(seen(&l), "张伟");
	assert_hides(seen(&l), "李娜");
	list_view_start_find(&l.v);
	type(&l, "zw");
	fill(&l);
	assert_shows(seen(&l), "张伟");
	assert_hides(seen(&l), "王秀英");
	end(&l);
}

static void no_area_is_too_small_for_a_list(void **state)
{
	struct listing l;

	begin(&l, *state, "resident");
	fill(&l);
	for (int rows = 0; rows < 6; rows++)
		for (int cols = 1; cols < 30; cols++)
			list_view_draw(&l.d->loop.app, &l.v, &l.d->canvas, (struct rect){ 0, 0, rows, cols }, false);
	end(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_shows_heading_rows_and_count_masked_as_the_role_wants),
		cmocka_unit_test(what_is_typed_narrows_with_every_key),
		cmocka_unit_test(a_list_is_found_by_phone_tail_and_address),
		cmocka_unit_test(the_row_under_the_cursor_stays_when_others_add_rows),
		cmocka_unit_test(a_row_that_is_gone_leaves_the_cursor_on_its_neighbour),
		cmocka_unit_test(sorting_goes_through_the_columns_that_have_an_index),
		cmocka_unit_test(fixed_filters_are_said_in_words),
		cmocka_unit_test(no_area_is_too_small_for_a_list),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, desk_setup, desk_teardown);
}
