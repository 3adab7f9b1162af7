/* The screens of plain records: register, record, history, drafts, system. */
#include "ui/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "desk.h"
#include "domain/register.h"
#include "screen_text.h"

/* Driving -------------------------------------------------------------------------------------------------------------- */

struct shown {
	struct desk *d;
	const struct screen_def *def;
	void *state;
};

static struct shown open_screen(struct desk *d, const char *name, struct screen_args args)
{
	struct shown s = { .d = d, .def = screen_find(name)->def };
	struct err e = { 0 };

	s.state = mem_alloc(s.def->state_size);
	if (s.def->open && s.def->open(&d->loop.app, s.state, &args, &e) != RC_OK)
		fail_msg("%s: %s", name, e.text);
	if (s.def->load(&d->loop.app, s.state, &e) != RC_OK)
		fail_msg("%s: %s", name, e.text);
	return s;
}

static void close_screen(struct shown *s)
{
	s->def->close(&s->d->loop.app, s->state);
	free(s->state);
}

static void reload(struct shown *s)
{
	struct err e = { 0 };
	bool repaint;

	if (s->def->load(&s->d->loop.app, s->state, &e) != RC_OK)
		fail_msg("%s", e.text);
	while (s->def->idle && s->def->idle(&s->d->loop.app, s->state, &repaint))
		;
}

static const struct canvas *seen(struct shown *s)
{
	canvas_clear(&s->d->canvas);
	s->def->draw(&s->d->loop.app, s->state, &s->d->canvas, s->d->loop.app.area);
	return &s->d->canvas;
}

static struct next act(struct shown *s, enum action action)
{
	return s->def->act(&s->d->loop.app, s->state, action);
}

static void type(struct shown *s, const char *text)
{
	s->def->type(&s->d->loop.app, s->state, &(struct key_event){ .key = YK_PASTE, .text = text, .n = strlen(text) });
}

static void press(struct shown *s, uint32_t key)
{
	s->def->type(&s->d->loop.app, s->state, &(struct key_event){ .key = key });
}

static void assert_said(struct desk *d, const char *text)
{
	AUTO_FREE char *said = desk_said(d);

	if (strstr(said, text) == NULL)
		fail_msg("said \"%s\", not \"%s\"", said, text);
}

/* Whether an action is offered now. */
static bool offers(struct shown *s, enum action action)
{
	unsigned when = s->def->when(&s->d->loop.app, s->state);

	for (size_t i = 0; i < s->def->keys->n; i++)
		if (s->def->keys->binds[i].action == action && (s->def->keys->binds[i].when & ~when) == 0)
			return true;
	return false;
}

/* Registers and records ------------------------------------------------------------------------------------------------------------ */

static void a_register_lists_a_form_s_records_and_leads_to_them(void **state)
{
	struct desk *d = *state;
	struct shown s = open_screen(d, "register", (struct screen_args){ .form = "building" });
	struct next next;

	reload(&s);
	assert_shows(seen(&s), "西林小区3幢");
	assert_shows(seen(&s), "东湖花园3幢");
	assert_shows(seen(&s), "3 条");
	next = act(&s, ACT_OPEN);
	assert_int_equal(next.kind, NEXT_PUSH);
	assert_string_equal(next.screen, "record");
	assert_string_equal(next.args.form, "building");
	assert_true(next.args.id != 0);
	assert_int_equal(act(&s, ACT_NEW).args.id, 0);
	assert_int_equal(act(&s, ACT_BACK).kind, NEXT_PASS);
	act(&s, ACT_FIND);
	type(&s, "dh");
	reload(&s);
	assert_shows(seen(&s), "东湖花园3幢");
	assert_hides(seen(&s), "西林小区");
	assert_int_equal(act(&s, ACT_BACK).kind, NEXT_STAY);
	assert_shows(seen(&s), "西林小区3幢");
	close_screen(&s);
}

static void a_register_keeps_its_order_for_the_account(void **state)
{
	struct desk *d = *state;
	struct shown s = open_screen(d, "register", (struct screen_args){ .form = "estate" });

	assert_shows(seen(&s), "名称升");
	act(&s, ACT_REVERSE);
	assert_shows(seen(&s), "名称降");
	close_screen(&s);
	s = open_screen(d, "register", (struct screen_args){ .form = "estate" });
	assert_shows(seen(&s), "名称降");
	act(&s, ACT_REVERSE);
	close_screen(&s);
}

static void the_head_sees_whose_account_is_whose_and_adds_none(void **state)
{
	struct desk *d = *state;
	struct shown s;

	desk_as(d, ROLE_HEAD);
	s = open_screen(d, "register", (struct screen_args){ .form = "account-person" });
	assert_shows(seen(&s), "账号本人");
	assert_shows(seen(&s), "居民");
	assert_shows(seen(&s), "head");
	assert_false(screen_find("register")->def->when(&d->loop.app, s.state) & WHEN_MAY_CREATE);
	close_screen(&s);
}

static void a_role_that_may_not_view_is_told_so(void **state)
{
	struct desk *d = *state;
	const struct screen_def *def = screen_find("register")->def;
	AUTO_FREE void *screen = mem_alloc(def->state_size);
	struct err e = { 0 };

	desk_as(d, ROLE_DESK);
	assert_int_equal(def->open(&d->loop.app, screen, &(struct screen_args){ .form = "account" }, &e), RC_DENIED);
	def->close(&d->loop.app, screen);
	memset(screen, 0, def->state_size);
	assert_int_equal(def->open(&d->loop.app, screen, &(struct screen_args){ .form = "no-such-form" }, &e), RC_NOTFOUND);
	def->close(&d->loop.app, screen);
	desk_as(d, ROLE_HEAD);
}

static void a_new_record_is_saved_and_handed_back(void **state)
{
	struct desk *d = *state;
	struct shown s = open_screen(d, "record", (struct screen_args){ .form = "estate", .text = "新村" });
	AUTO_RECORD r = { 0 };
	struct next next;

	assert_shows(seen(&s), "新增小区");
	assert_shows(seen(&s), "新村");          /* what was typed into the picker */
	next = act(&s, ACT_SAVE);
	assert_int_equal(next.kind, NEXT_POP);
	assert_said(d, "已保存小区 新村");
	desk_load(d, "estate", next.result_id, &r);
	assert_string_equal(record_text(&r, "name"), "新村");
	close_screen(&s);
}

static void a_record_that_lacks_something_is_not_saved(void **state)
{
	struct desk *d = *state;
	struct shown s = open_screen(d, "record", (struct screen_args){ .form = "estate" });

	assert_int_equal(act(&s, ACT_SAVE).kind, NEXT_STAY);
	assert_said(d, "项需要改");
	assert_shows(seen(&s), "! 请填写");
	close_screen(&s);
}

static void a_record_is_only_read_by_who_may_not_change_it(void **state)
{
	struct desk *d = *state;
	struct shown s;

	desk_as(d, ROLE_CANTEEN);
	s = open_screen(d, "record", (struct screen_args){ .form = "building", .id = d->building });
	assert_shows(seen(&s), "3幢");
	assert_hides(seen(&s), "修改楼栋");
	press(&s, 'x');
	type(&s, "改");
	assert_hides(seen(&s), "改");
	assert_false(offers(&s, ACT_SAVE));
	assert_false(offers(&s, ACT_DELETE));
	assert_true(offers(&s, ACT_HISTORY));
	close_screen(&s);
	desk_as(d, ROLE_HEAD);
}

static void two_who_change_different_fields_both_keep_theirs(void **state)
{
	struct desk *d = *state;
	struct shown s = open_screen(d, "record", (struct screen_args){ .form = "building", .id = d->building });
	AUTO_RECORD r = { 0 };

	for (int i = 0; i < 20 && strcmp(s.def->status(&d->loop.app, s.state), "怎么进楼，如 北门进第二栋") != 0; i++)
		press(&s, YK_TAB);
	type(&s, "北门");
	desk_change(d, "building", d->building, "floors", "6");
	assert_int_equal(act(&s, ACT_SAVE).kind, NEXT_POP);
	close_screen(&s);
	desk_load(d, "building", d->building, &r);
	assert_string_equal(record_text(&r, "entry_note"), "北门");
	assert_int_equal(record_number(&r, "floors", 0), 6);
}

/* History ------------------------------------------------------------------------------------------------------------------------------ */

static void a_history_tells_who_changed_what_in_words(void **state)
{
	struct desk *d = *state;
	struct shown s;

	desk_change(d, "resident", d->zhang, "phone", "13988887777");
	desk_change(d, "resident", d->zhang, "sex", "男");
	desk_change(d, "resident", d->zhang, "household_id", "");
	s = open_screen(d, "history", (struct screen_args){ .form = "resident", .id = d->zhang });
	assert_shows(seen(&s), "变更记录 · 居民 张伟");
	assert_shows(seen(&s), "书记/主任甲  修改");
	assert_shows(seen(&s), "性别：（空） -> 男");
	assert_shows(seen(&s), "电话：13912345678 -> 13988887777");
	assert_shows(seen(&s), "所在户：西林小区3幢2单元501");
	assert_shows(seen(&s), "新增");
	assert_true(row_with(seen(&s), "性别") < row_with(seen(&s), "新增"));       /* the newest first */
	close_screen(&s);
}

static void a_history_masks_what_the_role_may_not_read(void **state)
{
	struct desk *d = *state;
	struct shown s;

	desk_as(d, ROLE_DESK);
	s = open_screen(d, "history", (struct screen_args){ .form = "resident", .id = d->zhang });
	assert_shows(seen(&s), "电话：139****5678 -> 139****7777");
	assert_hides(seen(&s), "13912345678");
	assert_hides(seen(&s), "西林小区");
	close_screen(&s);
	desk_as(d, ROLE_HEAD);
}

static void a_deletion_and_its_reason_stand_in_the_history(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_add(d, "estate", "name", "错登小区", NULL);
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	struct shown s;

	desk_load(d, "estate", id, &r);
	assert_int_equal(register_delete(&d->of, r.form, id, r.rev, "登记错了", &e), RC_OK);
	s = open_screen(d, "history", (struct screen_args){ .form = "estate", .id = id });
	assert_shows(seen(&s), "删除");
	assert_shows(seen(&s), "原因：登记错了");
	close_screen(&s);
	s = open_screen(d, "record", (struct screen_args){ .form = "estate", .id = id });
	assert_shows(seen(&s), "已删除");
	assert_false(offers(&s, ACT_SAVE));
	assert_true(offers(&s, ACT_RESTORE));
	assert_int_equal(act(&s, ACT_RESTORE).kind, NEXT_POP);
	close_screen(&s);
	desk_load(d, "estate", id, &r);
	assert_false(r.deleted);
}

/* Drafts and system -------------------------------------------------------------------------------------------------------------------- */

static void what_is_left_unsaved_stands_among_the_drafts(void **state)
{
	struct desk *d = *state;
	struct shown s = open_screen(d, "record", (struct screen_args){ .form = "estate" });
	struct err e = { 0 };
	struct next next;

	type(&s, "半个小区");
	assert_int_equal(s.def->leave(&d->loop.app, s.state, &e), RC_OK);     /* the line is cut */
	close_screen(&s);
	s = open_screen(d, "drafts", (struct screen_args){ 0 });
	assert_shows(seen(&s), "小区：半个小区");
	assert_shows(seen(&s), "新增");
	assert_shows(seen(&s), "2026-11-24 09:41");
	assert_shows(seen(&s), "1 份草稿");
	next = act(&s, ACT_OPEN);
	assert_int_equal(next.kind, NEXT_PUSH);
	assert_string_equal(next.screen, "record");
	assert_string_equal(next.args.form, "estate");
	close_screen(&s);
	desk_as(d, ROLE_GRID);
	s = open_screen(d, "drafts", (struct screen_args){ 0 });
	assert_shows(seen(&s), "没有草稿");      /* they are each account's own */
	assert_false(offers(&s, ACT_OPEN));
	press(&s, YK_DOWN);
	press(&s, YK_END);
	close_screen(&s);
	desk_as(d, ROLE_HEAD);
}

static void the_system_screen_counts_registers_and_tells_its_health(void **state)
{
	struct desk *d = *state;
	struct shown s = open_screen(d, "system", (struct screen_args){ 0 });
	struct next next;

	assert_shows(seen(&s), "场所");
	assert_shows(seen(&s), "楼栋          3 条");
	next = act(&s, ACT_OPEN);
	assert_string_equal(next.screen, "drafts");            /* what was begun comes first */
	press(&s, YK_DOWN);
	next = act(&s, ACT_OPEN);
	assert_string_equal(next.screen, "register");
	press(&s, YK_END);
	assert_shows(seen(&s), "最近的操作");
	assert_shows(seen(&s), "书记/主任甲  保存小区（1 处改动）");
	close_screen(&s);
	desk_as(d, ROLE_DESK);
	s = open_screen(d, "system", (struct screen_args){ 0 });
	press(&s, YK_END);
	assert_shows(seen(&s), "office.db");
	assert_shows(seen(&s), "没有备份");
	assert_hides(seen(&s), "最近的操作");
	close_screen(&s);
	desk_as(d, ROLE_HEAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_register_lists_a_form_s_records_and_leads_to_them),
		cmocka_unit_test(a_register_keeps_its_order_for_the_account),
		cmocka_unit_test(the_head_sees_whose_account_is_whose_and_adds_none),
		cmocka_unit_test(a_role_that_may_not_view_is_told_so),
		cmocka_unit_test(a_new_record_is_saved_and_handed_back),
		cmocka_unit_test(a_record_that_lacks_something_is_not_saved),
		cmocka_unit_test(a_record_is_only_read_by_who_may_not_change_it),
		cmocka_unit_test(two_who_change_different_fields_both_keep_theirs),
		cmocka_unit_test(a_history_tells_who_changed_what_in_words),
		cmocka_unit_test(a_history_masks_what_the_role_may_not_read),
		cmocka_unit_test(a_deletion_and_its_reason_stand_in_the_history),
		cmocka_unit_test(what_is_left_unsaved_stands_among_the_drafts),
		cmocka_unit_test(the_system_screen_counts_registers_and_tells_its_health),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, desk_setup, desk_teardown);
}
