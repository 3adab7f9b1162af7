/* Filling in forms: keys in, what a person reads and what is saved out. */
#include "ui/widgets/form_view.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "desk.h"
#include "domain/register.h"
#include "screen_text.h"
#include "store/draft.h"

/* Driving -------------------------------------------------------------------------------------------------------------- */

struct filling {
	struct desk *d;
	struct form_view *v;
	int keys;                     /* pressed so far */
	enum form_event event;        /* of the last key */
};

static struct filling begin(struct desk *d, const char *form, int64_t id)
{
	struct filling f = { .d = d };
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	if (id)
		desk_load(d, form, id, &r);
	else
		record_init(&r, form_find(d->of.forms, form));
	if (form_view_open(&d->loop.app, &f.v, &r, 0, &e) != RC_OK)
		fail_msg("%s", e.text);
	return f;
}

static void end(struct filling *f)
{
	struct err e = { 0 };

	assert_int_equal(form_view_drop_draft(&f->d->loop.app, f->v, &e), RC_OK);
	form_view_close(&f->d->loop.app, f->v);
}

static void press(struct filling *f, uint32_t key)
{
	f->event = form_view_key(&f->d->loop.app, f->v, &(struct key_event){ .key = key });
	f->keys++;
}

/* Each character is a key, as an input method sends them. */
static void type(struct filling *f, const char *text)
{
	size_t n = strlen(text);

	while (n > 0) {
		uint32_t cp;
		size_t used = text_decode(text, n, &cp);

		press(f, cp);
		text += used;
		n -= used;
	}
}

static void paste(struct filling *f, const char *text)
{
	f->event = form_view_key(&f->d->loop.app, f->v, &(struct key_event){ .key = YK_PASTE, .text = text, .n = strlen(text) });
}

static const struct canvas *seen(struct filling *f)
{
	struct canvas *c = &f->d->canvas;

	canvas_clear(c);
	form_view_draw(&f->d->loop.app, f->v, c, (struct rect){ 1, 1, c->rows - 4, c->cols - 2 });
	return c;
}

/* Tab until the field has the cursor. */
static void go(struct filling *f, const char *field)
{
	for (int i = 0; i < 100 && strcmp(form_view_active_field(f->v), field) != 0; i++)
		press(f, YK_TAB);
	assert_string_equal(form_view_active_field(f->v), field);
}

static const char *text_of(struct filling *f, const char *field)
{
	return value_text(form_view_value(&f->d->loop.app, f->v, field));
}

static int64_t number_of(struct filling *f, const char *field)
{
	const struct value *v = form_view_value(&f->d->loop.app, f->v, field);

	return v->kind == VALUE_NUMBER ? v->number : -1;
}

static enum rc take(struct filling *f, struct record *r)
{
	struct err e = { 0 };

	return form_view_take(&f->d->loop.app, f->v, r, &e);
}

/* Typing --------------------------------------------------------------------------------------------------------------- */

static void a_form_shows_its_fields_with_labels_marks_and_help(void **state)
{
	struct filling f = begin(*state, "resident", 0);
	const struct canvas *c = seen(&f);

	assert_int_equal(row_with(c, "* 姓名"), 1);
	assert_int_equal(row_with(c, "所在户"), 2);
	assert_hides(c, "* 所在户");
	assert_shows(c, "项");
	assert_shows(c, "下面还有");
	assert_string_equal(form_view_active_field(f.v), "name");
	go(&f, "born_day");
	assert_non_null(strstr(form_view_help(f.v), "1950-01-01"));
	assert_non_null(strstr(form_view_help(f.v), "周五"));
	end(&f);
}

static void every_kind_of_field_takes_its_shortest_typing(void **state)
{
	struct filling f = begin(*state, "resident", 0);
	AUTO_RECORD r = { 0 };

	type(&f, "王二妮");
	press(&f, YK_ENTER);                     /* household */
	press(&f, YK_ENTER);                     /* sex: a list, not required */
	type(&f, "2");                           /* 女, and on to the next */
	assert_string_equal(form_view_active_field(f.v), "born_day");
	type(&f, "1950.3.5");
	press(&f, YK_ENTER);
	assert_shows(seen(&f), "1950-03-05");    /* the full form is shown back */
	type(&f, "hz");                          /* 护照 by initials */
	press(&f, YK_ENTER);
	assert_string_equal(form_view_active_field(f.v), "phone");       /* the id number is not asked for a passport */
	type(&f, "１３８　1234 3321");
	go(&f, "care_tags");
	type(&f, "13");                          /* two ticks by number */
	press(&f, YK_ENTER);
	go(&f, "emergency_key");
	type(&f, "y");
	assert_int_equal(take(&f, &r), RC_OK);
	assert_string_equal(record_text(&r, "name"), "王二妮");
	assert_string_equal(record_text(&r, "sex"), "2");
	assert_string_equal(record_text(&r, "id_kind"), "passport");
	assert_string_equal(record_text(&r, "phone"), "13812343321");
	assert_string_equal(record_text(&r, "care_tags"), "alone aged80");
	assert_int_equal(record_number(&r, "emergency_key", -1), 1);
	assert_string_equal(record_text(&r, "status"), "present");       /* the form's default */
	end(&f);
}

static void a_two_level_code_takes_two_keys_or_a_few_initials(void **state)
{
	struct filling f = begin(*state, "issue", 0);

	go(&f, "category");
	assert_shows(seen(&f), ">1 物业管理");   /* an empty required code shows its list at once */
	type(&f, "1");
	assert_shows(seen(&f), "漏水渗水");
	assert_hides(seen(&f), "市容环境");
	type(&f, "1");
	assert_string_equal(text_of(&f, "category"), "property.leak");
	assert_int_equal(f.event, FORM_CHANGED);
	assert_string_equal(form_view_changed_field(f.v), "category");
	assert_string_equal(form_view_active_field(f.v), "title");
	assert_shows(seen(&f), "物业管理·漏水渗水");
	press(&f, YK_BACKTAB);
	type(&f, "wylS");
	press(&f, YK_ENTER);
	assert_string_equal(text_of(&f, "category"), "property.leak");
	press(&f, YK_BACKTAB);
	type(&f, "zs");                          /* over a value that is there already */
	press(&f, YK_ENTER);
	assert_string_equal(text_of(&f, "category"), "environment.noise");
	end(&f);
}

static void a_list_goes_back_a_level_and_closes_without_harm(void **state)
{
	struct filling f = begin(*state, "issue", 0);

	go(&f, "category");
	press(&f, YK_DOWN);
	press(&f, YK_RIGHT);
	assert_shows(seen(&f), "绿化");
	press(&f, YK_BACKSPACE);
	assert_shows(seen(&f), "物业管理");
	press(&f, YK_ESC);
	assert_int_equal(f.event, FORM_USED);
	assert_hides(seen(&f), "物业管理");
	press(&f, YK_ESC);
	assert_int_equal(f.event, FORM_NOTHING);
	assert_false(form_view_dirty(f.v));
	end(&f);
}

static void a_known_resident_is_taken_by_the_tail_of_the_phone(void **state)
{
	struct desk *d = *state;
	struct filling f = begin(d, "issue", 0);

	assert_string_equal(form_view_active_field(f.v), "reporter_id");     /* what is known already is not asked first */
	type(&f, "3321");
	assert_shows(seen(&f), "王秀英");
	assert_shows(seen(&f), "138****3321");
	assert_hides(seen(&f), "13812343321");
	press(&f, YK_ENTER);
	assert_int_equal(f.event, FORM_CHANGED);
	assert_string_equal(form_view_changed_field(f.v), "reporter_id");
	assert_int_equal(number_of(&f, "reporter_id"), d->wang);
	assert_string_equal(form_view_active_field(f.v), "reporter_name");
	assert_shows(seen(&f), "王秀英");
	end(&f);
}

static void a_picker_narrows_with_every_key_and_offers_to_add(void **state)
{
	struct desk *d = *state;
	struct filling f = begin(d, "issue", 0);

	type(&f, "w");
	assert_shows(seen(&f), "王秀英");
	assert_shows(seen(&f), "王小明");
	type(&f, "xy");
	assert_shows(seen(&f), "王秀英");
	assert_hides(seen(&f), "王小明");
	press(&f, YK_BACKSPACE);
	assert_shows(seen(&f), "王小明");
	press(&f, YK_BACKSPACE);
	press(&f, YK_BACKSPACE);
	type(&f, "赵六");
	assert_shows(seen(&f), "＋ 新增居民「赵六」");
	press(&f, YK_ENTER);
	assert_int_equal(f.event, FORM_ADD);
	assert_string_equal(form_view_pick_form(f.v), "resident");
	assert_string_equal(form_view_pick_typed(f.v), "赵六");
	assert_int_equal(form_view_pick(&d->loop.app, f.v, 0), FORM_USED);        /* nobody was added: what was typed is still there */
	assert_string_equal(form_view_pick_typed(f.v), "赵六");
	assert_int_equal(form_view_pick(&d->loop.app, f.v, d->zhang), FORM_CHANGED);
	assert_int_equal(number_of(&f, "reporter_id"), d->zhang);
	assert_shows(seen(&f), "张伟");
	end(&f);
}

static void who_may_not_add_is_not_offered_it(void **state)
{
	struct desk *d = *state;
	struct filling f;

	desk_as(d, ROLE_CANTEEN);
	f = begin(d, "issue", 0);
	type(&f, "赵六");
	assert_shows(seen(&f), "没有找到");
	assert_hides(seen(&f), "新增");
	press(&f, YK_ENTER);
	assert_int_equal(f.event, FORM_USED);
	end(&f);
	desk_as(d, ROLE_HEAD);
}

static void typing_that_finds_nothing_is_kept_and_said_at_the_field(void **state)
{
	struct filling f = begin(*state, "issue", 0);
	AUTO_RECORD r = { 0 };

	type(&f, "赵六");
	press(&f, YK_TAB);
	assert_shows(seen(&f), "赵六");
	assert_shows(seen(&f), "还没有选定");
	assert_int_equal(take(&f, &r), RC_INVALID);
	assert_shows(seen(&f), "赵六");
	end(&f);
}

static void saving_takes_what_was_typed_for_the_only_row_it_leaves(void **state)
{
	struct filling f = begin(*state, "resident", 0);
	AUTO_RECORD r = { 0 };

	type(&f, "赵六");
	go(&f, "marriage");
	type(&f, "so");                          /* 丧偶 */
	assert_int_equal(take(&f, &r), RC_OK);
	assert_string_equal(record_text(&r, "marriage"), "widowed");
	go(&f, "politics");
	type(&f, "g");                           /* 中共党员 and 共青团员: not clear */
	assert_int_equal(take(&f, &r), RC_INVALID);
	assert_shows(seen(&f), "还没有选定");
	end(&f);
}

static void errors_stand_at_their_fields_and_nothing_is_cleared(void **state)
{
	struct filling f = begin(*state, "resident", 0);
	AUTO_RECORD r = { 0 };
	const struct canvas *c;

	go(&f, "born_day");
	type(&f, "去年春天");
	go(&f, "phone");
	type(&f, "12");
	assert_int_equal(take(&f, &r), RC_INVALID);
	assert_string_equal(form_view_active_field(f.v), "name");            /* the first one */
	c = seen(&f);
	assert_int_equal(row_with(c, "! 请填写"), row_with(c, "* 姓名") + 1);
	assert_shows(c, "去年春天");
	assert_shows(c, "12");
	assert_non_null(strstr(form_view_help(f.v), "请填写"));
	type(&f, "王");
	assert_hides(seen(&f), "! 请填写");                                 /* gone as soon as it is mended */
	assert_shows(seen(&f), "去年春天");
	end(&f);
}

static void an_error_of_the_domain_goes_to_its_field(void **state)
{
	struct desk *d = *state;
	struct filling f = begin(d, "household", 0);
	struct err e = { 0 };

	err_set(&e, RC_INVALID, "room", "这个地址已经有一户");
	form_view_refuse(&d->loop.app, f.v, &e);
	assert_string_equal(form_view_active_field(f.v), "room");
	assert_shows(seen(&f), "! 这个地址已经有一户");
	end(&f);
}

static void a_note_takes_several_lines_and_grows(void **state)
{
	struct filling f = begin(*state, "issue", 0);
	AUTO_RECORD r = { 0 };

	go(&f, "body");
	type(&f, "三楼漏水");
	press(&f, YK_ENTER);
	type(&f, "楼下也湿了");
	press(&f, YK_ENTER);
	for (int i = 0; i < 4; i++) {
		type(&f, "又一行");
		press(&f, YK_ENTER);
	}
	assert_string_equal(form_view_active_field(f.v), "body");
	assert_shows(seen(&f), "三楼漏水");
	assert_shows(seen(&f), "又一行");
	assert_non_null(strstr(text_of(&f, "body"), "三楼漏水\n楼下也湿了\n又一行"));
	press(&f, YK_TAB);
	assert_string_equal(form_view_active_field(f.v), "urgency");
	end(&f);
}

static void a_form_higher_than_the_screen_scrolls_with_the_cursor(void **state)
{
	struct filling f = begin(*state, "resident", 0);
	struct canvas small;

	go(&f, "note");
	assert_shows(seen(&f), "注意事项");
	assert_hides(seen(&f), "姓名");
	canvas_init(&small, 6, 30);
	form_view_draw(&f.d->loop.app, f.v, &small, (struct rect){ 0, 0, 6, 30 });
	assert_shows(&small, "注意事项");
	form_view_draw(&f.d->loop.app, f.v, &small, (struct rect){ 0, 0, 1, 4 });
	form_view_draw(&f.d->loop.app, f.v, &small, (struct rect){ 0, 0, 2, 10 });
	canvas_release(&small);
	type(&f, "养狗");
	go(&f, "name");
	assert_shows(seen(&f), "姓名");
	go(&f, "note");
	assert_shows(seen(&f), "养狗");
	end(&f);
}

static void what_depends_on_another_field_is_asked_only_then(void **state)
{
	struct filling f = begin(*state, "issue", 0);

	assert_shows(seen(&f), "提事人");
	press(&f, YK_BACKTAB);
	assert_string_equal(form_view_active_field(f.v), "reporter_kind");
	press(&f, ' ');
	type(&f, "nm");                          /* 匿名 */
	press(&f, YK_ENTER);
	assert_hides(seen(&f), "提事人");
	assert_string_equal(form_view_active_field(f.v), "category");
	end(&f);
}

static void a_click_goes_to_a_field_and_takes_a_row(void **state)
{
	struct filling f = begin(*state, "issue", 0);
	int row;

	row = row_with(seen(&f), "分类");
	f.event = form_view_key(&f.d->loop.app, f.v, &(struct key_event){ .key = YK_CLICK, .row = row, .col = 20 });
	assert_string_equal(form_view_active_field(f.v), "category");
	row = row_with(seen(&f), "停车交通");
	form_view_key(&f.d->loop.app, f.v, &(struct key_event){ .key = YK_CLICK, .row = row, .col = 20 });
	row = row_with(seen(&f), "道路与路灯");
	f.event = form_view_key(&f.d->loop.app, f.v, &(struct key_event){ .key = YK_CLICK, .row = row, .col = 20 });
	assert_int_equal(f.event, FORM_CHANGED);
	assert_string_equal(text_of(&f, "category"), "traffic.road");
	seen(&f);
	f.event = form_view_key(&f.d->loop.app, f.v, &(struct key_event){ .key = YK_CLICK, .row = 0, .col = 0 });
	assert_int_equal(f.event, FORM_NOTHING);
	end(&f);
}

/* Masks ---------------------------------------------------------------------------------------------------------------- */

static void a_masked_number_is_kept_or_typed_whole(void **state)
{
	struct desk *d = *state;
	struct filling f;
	AUTO_RECORD r = { 0 };

	desk_as(d, ROLE_DESK);
	f = begin(d, "resident", d->wang);
	assert_shows(seen(&f), "138****3321");
	go(&f, "phone");
	assert_true(form_view_is_masked(f.v));
	assert_hides(seen(&f), "13812343321");
	press(&f, YK_LEFT);
	press(&f, YK_BACKSPACE);
	assert_int_equal(take(&f, &r), RC_OK);
	assert_string_equal(record_text(&r, "phone"), "13812343321");        /* not the mask */
	assert_false(form_view_dirty(f.v));
	go(&f, "phone");
	type(&f, "139");
	assert_hides(seen(&f), "138****3321");
	press(&f, YK_BACKSPACE);
	press(&f, YK_BACKSPACE);
	press(&f, YK_BACKSPACE);
	assert_shows(seen(&f), "138****3321");   /* nothing typed any more: the number is kept */
	type(&f, "13911112222");
	assert_int_equal(take(&f, &r), RC_OK);
	assert_string_equal(record_text(&r, "phone"), "13911112222");
	end(&f);
	desk_as(d, ROLE_HEAD);
}

static void a_revealed_number_can_be_changed_in_place(void **state)
{
	struct desk *d = *state;
	struct filling f;
	AUTO_RECORD r = { 0 };

	desk_as(d, ROLE_DESK);
	f = begin(d, "resident", d->wang);
	go(&f, "phone");
	form_view_reveal(&d->loop.app, f.v, "13812343321");
	assert_shows(seen(&f), "13812343321");
	assert_false(form_view_dirty(f.v));
	press(&f, YK_BACKSPACE);
	type(&f, "9");
	assert_int_equal(take(&f, &r), RC_OK);
	assert_string_equal(record_text(&r, "phone"), "13812343329");
	end(&f);
	desk_as(d, ROLE_HEAD);
}

static void an_address_is_shown_short_to_who_may_not_read_it(void **state)
{
	struct desk *d = *state;
	struct filling f;

	desk_as(d, ROLE_CANTEEN);
	f = begin(d, "resident", d->wang);
	assert_shows(seen(&f), "3-2-501");
	assert_hides(seen(&f), "西林小区3幢2单元501");
	end(&f);
	desk_as(d, ROLE_HEAD);
	f = begin(d, "resident", d->wang);
	assert_shows(seen(&f), "西林小区3幢2单元501");
	end(&f);
}

/* Drafts --------------------------------------------------------------------------------------------------------------- */

static size_t count_drafts(struct desk *d, int64_t *first)
{
	struct draft *drafts = NULL;
	struct err e = { 0 };
	size_t n = 0;

	assert_int_equal(draft_list(d->st, d->of.me.id, &drafts, &n, &e), RC_OK);
	if (n > 0 && first)
		*first = drafts[0].id;
	for (size_t i = 0; i < n; i++)
		draft_release(&drafts[i]);
	free(drafts);
	return n;
}

static void keep(struct filling *f, bool now)
{
	struct err e = { 0 };

	if (form_view_keep_draft(&f->d->loop.app, f->v, now, &e) != RC_OK)
		fail_msg("%s", e.text);
}

static void a_draft_is_kept_in_time_and_brings_everything_back(void **state)
{
	struct desk *d = *state;
	struct filling f = begin(d, "issue", 0);
	struct err e = { 0 };
	int64_t id = 0;

	keep(&f, true);
	assert_int_equal(count_drafts(d, NULL), 0);                          /* nothing was typed */
	type(&f, "3321");
	press(&f, YK_ENTER);
	go(&f, "title");
	type(&f, "水管漏水");
	go(&f, "building_id");
	type(&f, "3幢");                          /* not chosen yet */
	keep(&f, false);
	assert_int_equal(count_drafts(d, NULL), 0);                          /* not yet */
	d->now += d->settings.draft_ms;
	keep(&f, false);
	assert_int_equal(count_drafts(d, &id), 1);
	assert_shows(seen(&f), "草稿已存");
	form_view_close(&d->loop.app, f.v);           /* the connection is cut */

	f = begin(d, "issue", 0);
	if (form_view_use_draft(&d->loop.app, f.v, id, &e) != RC_OK)
		fail_msg("%s", e.text);
	assert_int_equal(number_of(&f, "reporter_id"), d->wang);
	assert_string_equal(text_of(&f, "title"), "水管漏水");
	assert_shows(seen(&f), "王秀英");
	assert_shows(seen(&f), "3幢");
	assert_true(form_view_dirty(f.v));
	assert_int_equal(form_view_drop_draft(&d->loop.app, f.v, &e), RC_OK);
	assert_int_equal(count_drafts(d, NULL), 0);
	end(&f);
}

static void typing_taken_back_takes_its_draft_away(void **state)
{
	struct desk *d = *state;
	struct filling f = begin(d, "estate", 0);

	type(&f, "新");
	keep(&f, true);
	assert_int_equal(count_drafts(d, NULL), 1);
	press(&f, YK_BACKSPACE);
	assert_false(form_view_dirty(f.v));
	keep(&f, true);
	assert_int_equal(count_drafts(d, NULL), 0);
	end(&f);
}

static void a_sealed_text_does_not_lie_open_in_the_draft(void **state)
{
	struct desk *d = *state;
	struct filling f = begin(d, "resident", 0);
	struct draft draft = { 0 };
	struct err e = { 0 };
	int64_t id = 0;

	type(&f, "赵六");
	go(&f, "health_note");
	type(&f, "高血压");
	keep(&f, true);
	assert_int_equal(count_drafts(d, &id), 1);
	assert_int_equal(draft_load(d->st, id, &draft, &e), RC_OK);
	assert_string_equal(draft_get(&draft, "name"), "赵六");
	for (size_t i = 0; i < draft.n; i++)
		assert_null(strstr(draft.texts[i], "高血压"));
	draft_release(&draft);
	form_view_close(&d->loop.app, f.v);
	f = begin(d, "resident", 0);
	assert_int_equal(form_view_use_draft(&d->loop.app, f.v, id, &e), RC_OK);
	assert_string_equal(text_of(&f, "health_note"), "高血压");
	end(&f);
}

static void a_draft_of_a_record_tells_what_others_changed_since(void **state)
{
	struct desk *d = *state;
	struct filling f = begin(d, "resident", d->zhang);
	struct err e = { 0 };
	int64_t id = 0;

	go(&f, "employer");
	type(&f, "纺织厂");
	keep(&f, true);
	form_view_close(&d->loop.app, f.v);
	desk_change(d, "resident", d->zhang, "employer", "退休");
	assert_int_equal(count_drafts(d, &id), 1);
	f = begin(d, "resident", d->zhang);
	assert_int_equal(form_view_use_draft(&d->loop.app, f.v, id, &e), RC_OK);
	go(&f, "employer");
	assert_shows(seen(&f), "纺织厂");
	assert_shows(seen(&f), "存草稿之后别人改过这一项");
	end(&f);
	desk_change(d, "resident", d->zhang, "employer", "");
}

/* Two people ------------------------------------------------------------------------------------------------------------ */

static void what_only_one_side_changed_merges_by_itself(void **state)
{
	struct desk *d = *state;
	struct filling f = begin(d, "resident", d->zhang);
	AUTO_RECORD r = { 0 }, theirs = { 0 };
	struct err e = { 0 };

	go(&f, "employer");
	type(&f, "学校");
	desk_change(d, "resident", d->zhang, "ethnic", "汉");
	assert_int_equal(take(&f, &r), RC_OK);
	assert_int_equal(register_save(&d->of, &r, &e), RC_CONFLICT);
	desk_load(d, "resident", d->zhang, &theirs);
	assert_true(form_view_resolve(&d->loop.app, f.v, &theirs));
	assert_string_equal(text_of(&f, "employer"), "学校");
	assert_string_equal(text_of(&f, "ethnic"), "汉");
	assert_int_equal(take(&f, &r), RC_OK);
	assert_int_equal(register_save(&d->of, &r, &e), RC_OK);
	desk_load(d, "resident", d->zhang, &theirs);
	assert_string_equal(record_text(&theirs, "employer"), "学校");
	assert_string_equal(record_text(&theirs, "ethnic"), "汉");
	end(&f);
}

static void a_change_of_somebody_else_shows_while_nothing_is_typed(void **state)
{
	struct desk *d = *state;
	struct filling f = begin(d, "resident", d->zhang);
	AUTO_RECORD now = { 0 };

	desk_change(d, "resident", d->zhang, "employer", "医院");
	desk_load(d, "resident", d->zhang, &now);
	form_view_refresh(&d->loop.app, f.v, &now);
	assert_string_equal(text_of(&f, "employer"), "医院");
	go(&f, "ethnic");
	press(&f, YK_BACKSPACE);
	type(&f, "满");
	desk_change(d, "resident", d->zhang, "employer", "商店");
	desk_load(d, "resident", d->zhang, &now);
	form_view_refresh(&d->loop.app, f.v, &now);
	assert_string_equal(text_of(&f, "employer"), "医院");                /* typing goes on undisturbed; saving will ask */
	end(&f);
}

/* Hostile ---------------------------------------------------------------------------------------------------------------- */

static void hostile_text_in_every_field_is_cleaned_or_refused(void **state)
{
	struct desk *d = *state;
	struct filling f = begin(d, "resident", 0);
	AUTO_STRBUF huge = { 0 };
	AUTO_RECORD r = { 0 };
	const struct canvas *c;

	for (int i = 0; i < 50000; i++)
		strbuf_add(&huge, "a\x1b[31m\xe2\x80\xae\xff水");
	for (size_t i = 0; i < 40; i++) {
		paste(&f, strbuf_str(&huge));
		paste(&f, "'; DROP TABLE resident; --");
		press(&f, YK_TAB);
	}
	c = seen(&f);
	for (int i = 0; i < c->rows * c->cols; i++)
		assert_true((unsigned char)c->cells[i].text[0] != 0x1b);
	assert_int_equal(take(&f, &r), RC_INVALID);
	end(&f);
}

static void no_row_of_keys_breaks_a_form(void **state)
{
	static const uint32_t keys[] = {
		'a', 'w', 'y', 'n', '1', '3', '0', ' ', 0x738B /* 王 */, 0x6F0F /* 漏 */, 0xFF11 /* １ */, YK_ENTER, YK_TAB, YK_BACKTAB, YK_UP, YK_DOWN,
		YK_LEFT, YK_RIGHT, YK_HOME, YK_END, YK_PGUP, YK_PGDN, YK_BACKSPACE, YK_DELETE, YK_ESC, YK_CTRL_HOME, YK_CTRL_END, CTRL('U'), CTRL('W'), YK_F5,
	};
	static const char *const forms[] = { "resident", "issue", "building", "phase-triage" };
	struct desk *d = *state;
	uint64_t random = 7;

	for (size_t k = 0; k < COUNT(forms); k++) {
		struct filling f = begin(d, forms[k], 0);
		AUTO_RECORD r = { 0 };

		for (int i = 0; i < 1500; i++) {
			press(&f, keys[random_below(&random, COUNT(keys))]);
			if (f.event == FORM_ADD)
				form_view_pick(&d->loop.app, f.v, random_below(&random, 2) ? d->wang : 0);
			if (i % 7 == 0)
				seen(&f);
			if (i % 100 == 0) {
				form_view_draw(&d->loop.app, f.v, &d->canvas, (struct rect){ 2, 3, (int)random_below(&random, 20), (int)random_below(&random, 70) });
				if (take(&f, &r) == RC_OK)
					assert_ptr_equal(r.form, form_find(d->of.forms, forms[k]));
			}
		}
		keep(&f, true);
		end(&f);
	}
}

/* Speed ------------------------------------------------------------------------------------------------------------------ */

static void a_known_resident_s_issue_takes_few_keys(void **state)
{
	struct desk *d = *state;
	struct filling f = begin(d, "issue", 0);
	AUTO_RECORD r = { 0 };
	int typed;

	type(&f, "3321");
	press(&f, YK_ENTER);
	press(&f, YK_TAB);                       /* name and phone are filled in by the domain */
	press(&f, YK_TAB);
	type(&f, "11");                          /* 物业管理·漏水渗水 */
	type(&f, "3幢2单元水管漏水");            /* free text */
	typed = 10;
	press(&f, YK_ENTER);
	type(&f, "xl3");
	press(&f, YK_ENTER);
	assert_int_equal(take(&f, &r), RC_OK);
	f.keys++;                                /* Ctrl-S */
	assert_int_equal(record_number(&r, "building_id", 0), d->building);
	assert_string_equal(record_text(&r, "urgency"), "normal");
	assert_string_equal(record_text(&r, "channel"), "window");
	print_message("keys beside the free text: %d\n", f.keys - typed);
	assert_true(f.keys - typed < 20);
	end(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_shows_its_fields_with_labels_marks_and_help),
		cmocka_unit_test(every_kind_of_field_takes_its_shortest_typing),
		cmocka_unit_test(a_two_level_code_takes_two_keys_or_a_few_initials),
		cmocka_unit_test(a_list_goes_back_a_level_and_closes_without_harm),
		cmocka_unit_test(a_known_resident_is_taken_by_the_tail_of_the_phone),
		cmocka_unit_test(a_picker_narrows_with_every_key_and_offers_to_add),
		cmocka_unit_test(who_may_not_add_is_not_offered_it),
		cmocka_unit_test(typing_that_finds_nothing_is_kept_and_said_at_the_field),
		cmocka_unit_test(saving_takes_what_was_typed_for_the_only_row_it_leaves),
		cmocka_unit_test(errors_stand_at_their_fields_and_nothing_is_cleared),
		cmocka_unit_test(an_error_of_the_domain_goes_to_its_field),
		cmocka_unit_test(a_note_takes_several_lines_and_grows),
		cmocka_unit_test(a_form_higher_than_the_screen_scrolls_with_the_cursor),
		cmocka_unit_test(what_depends_on_another_field_is_asked_only_then),
		cmocka_unit_test(a_click_goes_to_a_field_and_takes_a_row),
		cmocka_unit_test(a_masked_number_is_kept_or_typed_whole),
		cmocka_unit_test(a_revealed_number_can_be_changed_in_place),
		cmocka_unit_test(an_address_is_shown_short_to_who_may_not_read_it),
		cmocka_unit_test(a_draft_is_kept_in_time_and_brings_everything_back),
		cmocka_unit_test(typing_taken_back_takes_its_draft_away),
		cmocka_unit_test(a_sealed_text_does_not_lie_open_in_the_draft),
		cmocka_unit_test(a_draft_of_a_record_tells_what_others_changed_since),
		cmocka_unit_test(what_only_one_side_changed_merges_by_itself),
		cmocka_unit_test(a_change_of_somebody_else_shows_while_nothing_is_typed),
		cmocka_unit_test(hostile_text_in_every_field_is_cleaned_or_refused),
		cmocka_unit_test(no_row_of_keys_breaks_a_form),
		cmocka_unit_test(a_known_resident_s_issue_takes_few_keys),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, desk_setup, desk_teardown);
}
