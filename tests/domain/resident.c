/* Residents and households: their rules, who resembles whom, and looking at what is masked. */
#include "domain/resident.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/identity.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/register.h"
#include "office_fixture.h"
#include "test.h"

static const struct form *form_of(const struct office_fixture *x)
{
	return form_find(x->of.forms, "resident");
}

static char *id_number(const char *seventeen)
{
	return mem_format("%.17s%c", seventeen, idnumber_check_character(seventeen));
}

static void start(struct office_fixture *x, struct record *r, const struct field_text *fields, size_t n)
{
	record_init(r, form_of(x));
	fill_record(r, &(struct field_text){ "status", "present" }, 1);
	fill_record(r, fields, n);
}
#define START(x, r, ...) start(x, r, (const struct field_text[]){ __VA_ARGS__ }, COUNT(((const struct field_text[]){ __VA_ARGS__ })))

static void an_id_number_fills_in_sex_and_birthday(void **state)
{
	struct office_fixture *x = *state;
	AUTO_FREE char *number = id_number("33048219500101122");
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	act_as(x, ROLE_DESK);
	START(x, &r, { "name", "王秀英" }, { "id_number", number });
	assert_ok(resident_save(&x->of, &r, &e));
	assert_string_equal(record_text(&r, "sex"), "2");
	assert_int_equal(record_number(&r, "born_day", 0), day_from_civil(1950, 1, 1));
	assert_string_equal(record_text(&r, "id_kind"), "id18");
	assert_true(r.id != 0);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE CAST(id_number AS TEXT) LIKE '%19500101%' /*scan*/"), 0);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM journal WHERE new LIKE '%19500101%' /*scan*/"), 0);
}

static void what_contradicts_an_id_number_is_refused_at_its_field(void **state)
{
	struct office_fixture *x = *state;
	AUTO_FREE char *number = id_number("33048219500101122");
	const struct { struct field_text wrong; const char *field, *words; } cases[] = {
		{ { "born_day", "1950-01-02" }, "born_day", "1950-01-01" },
		{ { "sex", "男" }, "sex", "女" },
	};

	act_as(x, ROLE_DESK);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_RECORD r = { 0 };
		struct err e = { 0 };

		START(x, &r, { "name", "王秀英" }, { "id_number", number });
		fill_record(&r, &cases[i].wrong, 1);
		assert_refused(resident_save(&x->of, &r, &e), RC_INVALID, cases[i].field, cases[i].words);
		assert_int_equal(r.id, 0);
	}
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident"), 0);
}

static void a_wrong_check_character_is_refused(void **state)
{
	struct office_fixture *x = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	act_as(x, ROLE_DESK);
	START(x, &r, { "name", "王秀英" }, { "id_kind", "id18" });
	value_set_text(record_value(&r, "id_number"), "330482195001011220");
	if (idnumber_check_character("33048219500101122") == '0')
		fail_msg("the case must be wrong");
	assert_refused(resident_save(&x->of, &r, &e), RC_INVALID, "id_number", "");
}

static void nobody_is_born_tomorrow_or_before_the_empire_ended(void **state)
{
	struct office_fixture *x = *state;
	AUTO_RECORD tomorrow = { 0 };
	AUTO_RECORD old = { 0 };
	struct err e = { 0 };

	act_as(x, ROLE_DESK);
	START(x, &tomorrow, { "name", "王" }, { "born_day", "2026-11-25" });
	assert_refused(resident_save(&x->of, &tomorrow, &e), RC_INVALID, "born_day", "今天");
	START(x, &old, { "name", "王" });
	value_set_number(record_value(&old, "born_day"), day_from_civil(1890, 1, 1));
	assert_refused(resident_save(&x->of, &old, &e), RC_INVALID, "born_day", "年份");
}

static void a_stale_save_conflicts_and_changes_nothing(void **state)
{
	struct office_fixture *x = *state;
	AUTO_RECORD mine = { 0 };
	AUTO_RECORD theirs = { 0 };
	struct err e = { 0 };

	act_as(x, ROLE_DESK);
	START(x, &mine, { "name", "王秀英" });
	assert_ok(resident_save(&x->of, &mine, &e));
	record_copy(&theirs, &mine);
	value_set_text(record_value(&theirs, "name"), "王秀芳");
	assert_ok(resident_save(&x->of, &theirs, &e));
	value_set_text(record_value(&mine, "name"), "王秀兰");
	assert_int_equal(resident_save(&x->of, &mine, &e), RC_CONFLICT);
	assert_int_equal(mine.rev, 1);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE name = '王秀芳'"), 1);
}

static void the_first_head_of_a_household_is_named_in_it(void **state)
{
	struct office_fixture *x = *state;
	int64_t home = make_household(x, x->buildings[0], "2", "501");
	AUTO_FREE char *home_text = mem_format("%" PRId64, home);
	AUTO_RECORD head = { 0 };
	AUTO_RECORD other = { 0 };
	struct err e = { 0 };

	act_as(x, ROLE_DESK);
	START(x, &head, { "name", "王大明" }, { "household_id", home_text }, { "relation", "户主" });
	assert_ok(resident_save(&x->of, &head, &e));
	START(x, &other, { "name", "王小明" }, { "household_id", home_text }, { "relation", "户主" });
	assert_ok(resident_save(&x->of, &other, &e));
	assert_int_equal(count_rows(x, "SELECT head_id FROM household WHERE room = '501' /*scan*/"), head.id);
}

static void a_household_that_is_gone_takes_nobody(void **state)
{
	struct office_fixture *x = *state;
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	act_as(x, ROLE_DESK);
	START(x, &r, { "name", "王秀英" }, { "household_id", "12345" });
	assert_refused(resident_save(&x->of, &r, &e), RC_INVALID, "household_id", "不存在");
}

static void roles_without_the_right_save_nothing(void **state)
{
	static const enum role refused[] = { ROLE_NONE, ROLE_CANTEEN, ROLE_PROJECT, ROLE_ADMIN };
	struct office_fixture *x = *state;

	for (size_t i = 0; i < COUNT(refused); i++) {
		AUTO_RECORD r = { 0 };
		struct err e = { 0 };

		act_as(x, refused[i]);
		START(x, &r, { "name", "王秀英" });
		assert_int_equal(resident_save(&x->of, &r, &e), RC_DENIED);
	}
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident"), 0);
}

static void own_only_grid_01(struct office_fixture *x)
{
	act_as(x, ROLE_GRID);
	x->of.me.grids = mem_alloc(sizeof *x->of.me.grids);
	x->of.me.grids[0] = x->grids[0];
	x->of.me.n_grids = 1;
}

static void a_grid_worker_changes_only_the_own_grids(void **state)
{
	struct office_fixture *x = *state;
	int64_t mine = make_household(x, x->buildings[0], "1", "101"), theirs = make_household(x, x->buildings[2], "1", "101");
	int64_t here = make_resident(x, mine, "王秀英", NULL), there = make_resident(x, theirs, "李大伟", NULL), nowhere = make_resident(x, 0, "赵六", NULL);
	const struct { int64_t id; enum rc rc; } cases[] = { { here, RC_OK }, { there, RC_DENIED }, { nowhere, RC_OK } };
	AUTO_FREE char *theirs_text = mem_format("%" PRId64, theirs);
	AUTO_RECORD fresh = { 0 };
	struct err e = { 0 };

	own_only_grid_01(x);
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_RECORD r = { 0 };

		record_init(&r, form_of(x));
		assert_ok(record_load(x->of.st, form_of(x), cases[i].id, &r, &e));
		value_set_text(record_value(&r, "note"), "养狗");
		assert_int_equal(resident_save(&x->of, &r, &e), cases[i].rc);
	}
	START(x, &fresh, { "name", "钱七" }, { "household_id", theirs_text });
	assert_refused(resident_save(&x->of, &fresh, &e), RC_DENIED, "", "网格");
}

static void two_households_cannot_have_one_door(void **state)
{
	struct office_fixture *x = *state;
	int64_t first = make_household(x, x->buildings[0], "2", "501"), again, other;
	AUTO_FREE char *building = mem_format("%" PRId64, x->buildings[0]);
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	bool made;

	act_as(x, ROLE_DESK);
	assert_ok(household_at(&x->of, x->buildings[0], "2", "501", &again, &made, &e));
	assert_int_equal(again, first);
	assert_false(made);
	assert_ok(household_at(&x->of, x->buildings[0], "", "501", &other, &made, &e));
	assert_true(made);
	record_init(&r, form_find(x->of.forms, "household"));
	fill_record(&r, (const struct field_text[]){ { "building_id", building }, { "unit", "2" }, { "room", "501" } }, 3);
	assert_refused(household_save(&x->of, &r, &e), RC_INVALID, "room", "已有一户");
	assert_int_equal(count_rows(x, "SELECT floor FROM household WHERE unit = '2' /*scan*/"), 5);
}

static void an_address_travels_to_those_who_live_there(void **state)
{
	struct office_fixture *x = *state;
	int64_t home = make_household(x, x->buildings[0], "2", "501");
	int64_t id = make_resident(x, home, "王秀英", "13812343321");
	struct resident_summary s;
	AUTO_STRBUF line = { 0 };
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };

	act_as(x, ROLE_DESK);
	assert_ok(resident_summary(&x->of, id, &a, &s, &e));
	assert_string_equal(s.phone, "138****3321");
	assert_string_equal(s.address, "3-2-501");
	assert_string_equal(s.grid, "01");
	assert_int_equal(s.age, -1);
	act_as(x, ROLE_HEAD);
	assert_ok(resident_summary(&x->of, id, &a, &s, &e));
	assert_string_equal(s.phone, "13812343321");
	assert_string_equal(s.address, "西林小区3幢2单元501室");
	resident_summary_line(&s, &line);
	assert_string_equal(strbuf_str(&line), "王秀英 13812343321 西林小区3幢2单元501室");
	act_as(x, ROLE_ADMIN);
	assert_int_equal(resident_summary(&x->of, id, &a, &s, &e), RC_DENIED);
	act_as(x, ROLE_DESK);
	assert_int_equal(resident_summary(&x->of, 99, &a, &s, &e), RC_NOTFOUND);
}

static void a_household_shows_its_head_first(void **state)
{
	struct office_fixture *x = *state;
	int64_t home = make_household(x, x->buildings[0], "2", "501");
	AUTO_FREE char *home_text = mem_format("%" PRId64, home);
	AUTO_RECORD head = { 0 };
	struct resident_summary *members;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	size_t n;

	make_resident(x, home, "王奶奶", NULL);
	act_as(x, ROLE_HEAD);
	START(x, &head, { "name", "王大明" }, { "household_id", home_text }, { "relation", "户主" }, { "born_day", "1980-05-01" });
	assert_ok(resident_save(&x->of, &head, &e));
	assert_ok(household_members(&x->of, home, &a, &members, &n, &e));
	assert_int_equal(n, 2);
	assert_string_equal(members[0].name, "王大明");
	assert_true(members[0].is_head);
	assert_int_equal(members[0].age, 46);
	assert_false(members[1].is_head);
}

static void who_resembles_whom_is_shown_surest_first_and_blocks_nothing(void **state)
{
	struct office_fixture *x = *state;
	int64_t home = make_household(x, x->buildings[0], "2", "501");
	AUTO_FREE char *home_text = mem_format("%" PRId64, home);
	AUTO_FREE char *number = id_number("33048219500101122");
	AUTO_RECORD first = { 0 };
	AUTO_RECORD r = { 0 };
	AUTO_RECORD stranger = { 0 };
	struct resident_duplicate *found;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	size_t n;

	act_as(x, ROLE_HEAD);
	START(x, &first, { "name", "王秀英" }, { "id_number", number });
	assert_ok(resident_save(&x->of, &first, &e));
	make_resident(x, 0, "王秀莹", "13812343321");
	make_resident(x, home, "王秀英", NULL);
	START(x, &r, { "name", "王秀英" }, { "id_number", number }, { "born_day", "1950-01-01" }, { "phone", "138 1234 3321" }, { "household_id", home_text });
	assert_ok(resident_duplicates(&x->of, &r, &a, &found, &n, &e));
	assert_int_equal(n, 3);
	assert_int_equal(found[0].why, LIKE_ID_NUMBER);
	assert_int_equal(found[0].who.id, first.id);
	assert_int_equal(found[1].why, LIKE_PHONE);
	assert_int_equal(found[2].why, LIKE_NAME_AND_ADDRESS);
	assert_ok(resident_save(&x->of, &r, &e));
	START(x, &stranger, { "name", "赵六" });
	assert_ok(resident_duplicates(&x->of, &stranger, &a, &found, &n, &e));
	assert_int_equal(n, 0);
	assert_ok(resident_duplicates(&x->of, &first, &a, &found, &n, &e));      /* without itself */
	assert_int_equal(n, 1);
	assert_int_equal(found[0].who.id, r.id);
}

static void a_look_at_a_masked_value_is_written_down_first(void **state)
{
	struct office_fixture *x = *state;
	int64_t home = make_household(x, x->buildings[0], "2", "501");
	int64_t id = make_resident(x, home, "王秀英", "13812343321");
	AUTO_FREE char *phone = NULL;
	AUTO_FREE char *address = NULL;
	AUTO_FREE char *refused = NULL;
	struct err e = { 0 };

	act_as(x, ROLE_DESK);
	assert_ok(resident_reveal(&x->of, id, "phone", &phone, &e));
	assert_string_equal(phone, "13812343321");
	assert_ok(resident_reveal(&x->of, id, "household_id", &address, &e));
	assert_string_equal(address, "西林小区3幢2单元501室");
	assert_int_equal(count_rows(x, "SELECT count(*) FROM reveal /*scan*/"), 2);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM reveal WHERE tbl = 'resident' AND field = 'phone' AND account_id = 1001 /*scan*/"), 1);
	assert_int_equal(resident_reveal(&x->of, id, "name", &refused, &e), RC_INVALID);
	assert_int_equal(resident_reveal(&x->of, id, "no such field", &refused, &e), RC_INVALID);
	assert_int_equal(resident_reveal(&x->of, 99, "phone", &refused, &e), RC_NOTFOUND);
	act_as(x, ROLE_CANTEEN);
	assert_int_equal(resident_reveal(&x->of, id, "phone", &refused, &e), RC_DENIED);
	own_only_grid_01(x);
	x->of.me.grids[0] = x->grids[1];
	assert_int_equal(resident_reveal(&x->of, id, "phone", &refused, &e), RC_DENIED);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM reveal /*scan*/"), 2);
	assert_null(refused);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_fixture_setup, office_fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(an_id_number_fills_in_sex_and_birthday),
		TEST(what_contradicts_an_id_number_is_refused_at_its_field),
		TEST(a_wrong_check_character_is_refused),
		TEST(nobody_is_born_tomorrow_or_before_the_empire_ended),
		TEST(a_stale_save_conflicts_and_changes_nothing),
		TEST(the_first_head_of_a_household_is_named_in_it),
		TEST(a_household_that_is_gone_takes_nobody),
		TEST(roles_without_the_right_save_nothing),
		TEST(a_grid_worker_changes_only_the_own_grids),
		TEST(two_households_cannot_have_one_door),
		TEST(an_address_travels_to_those_who_live_there),
		TEST(a_household_shows_its_head_first),
		TEST(who_resembles_whom_is_shown_surest_first_and_blocks_nothing),
		TEST(a_look_at_a_masked_value_is_written_down_first),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
