/* Addresses as people and spreadsheets write them. */
#include "domain/resident/address.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/place.h"
#include "office_fixture.h"
#include "test.h"

static void every_way_of_writing_an_address_leads_to_the_same_door(void **state)
{
	static const struct { const char *text; int building; const char *unit, *room; } cases[] = {
		{ "西林小区3幢2单元501室", 0, "2", "501" }, { "西林小区 3-2-501", 0, "2", "501" }, { "西林小区3-2-501", 0, "2", "501" },
		{ "平湖市当湖街道西林寺社区西林小区3幢2单元501室", 0, "2", "501" }, { "西林小区3号楼501", 0, "", "501" },
		{ "西林小区５幢２单元５０１室", 1, "2", "501" }, { "西林小区5#301", 1, "", "301" }, { "湖景雅苑3栋1单元a02", 2, "1", "A02" },
		{ "  湖景雅苑　3幢  1202室 ", 2, "", "1202" }, { "西林小区 3 - 2 - 501", 0, "2", "501" },
	};
	struct office_fixture *x = *state;
	struct address_book book;
	struct address at;
	struct err e = { 0 };

	assert_ok(address_book_load(x->of.st, &book, &e));
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_ok(address_parse(&book, cases[i].text, &at, &e));
		assert_int_equal(at.building_id, x->buildings[cases[i].building]);
		assert_string_equal(at.unit, cases[i].unit);
		assert_string_equal(at.room, cases[i].room);
	}
	address_book_release(&book);
}

static void what_is_not_an_address_is_refused_with_what_to_write(void **state)
{
	static const struct { const char *text, *words; } cases[] = {
		{ "", "没有本社区的小区名" }, { "   ", "没有本社区的小区名" }, { "东湖小区3幢2单元501室", "没有本社区的小区名" },
		{ "西林小区", "看不懂" }, { "西林小区3幢", "看不懂" }, { "西林小区4幢2单元501室", "没有「4」这一楼栋" },
		{ "西林小区3-2-501-9", "看不懂" }, { "西林小区'; DROP TABLE resident; --", "看不懂" }, { "\xff\xfe\x1b[2J", "没有本社区的小区名" },
		{ "西林小区3-2-12345678901", "太长" },
	};
	struct office_fixture *x = *state;
	AUTO_FREE char *huge = mem_alloc(100001);
	struct address_book book;
	struct address at = { .building_id = 7 };
	struct err e = { 0 };

	assert_ok(address_book_load(x->of.st, &book, &e));
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused(address_parse(&book, cases[i].text, &at, &e), RC_INVALID, "address", cases[i].words);
	memset(huge, '3', 100000);
	assert_refused(address_parse(&book, huge, &at, &e), RC_INVALID, "address", "没有本社区的小区名");
	memcpy(huge, "西林小区", strlen("西林小区"));
	assert_refused(address_parse(&book, huge, &at, &e), RC_INVALID, "address", "看不懂");
	assert_int_equal(at.building_id, 7);
	address_book_release(&book);
}

static void parts_may_carry_their_words(void **state)
{
	struct office_fixture *x = *state;
	struct address_book book;
	struct address at;
	struct err e = { 0 };

	assert_ok(address_book_load(x->of.st, &book, &e));
	assert_ok(address_from_parts(&book, "西林小区", "5幢", "1单元", "302室", &at, &e));
	assert_int_equal(at.building_id, x->buildings[1]);
	assert_string_equal(at.unit, "1");
	assert_string_equal(at.room, "302");
	assert_ok(address_from_parts(&book, "湖景雅苑", "3", "", "501", &at, &e));
	assert_int_equal(at.building_id, x->buildings[2]);
	assert_refused(address_from_parts(&book, "", "3", "", "501", &at, &e), RC_INVALID, "estate", "小区");
	assert_refused(address_from_parts(&book, "西林小区", "3", "", "", &at, &e), RC_INVALID, "address", "室号");
	address_book_release(&book);
}

static void a_new_household_is_told_what_was_typed(void **state)
{
	struct office_fixture *x = *state;
	AUTO_RECORD whole = { 0 };
	AUTO_RECORD only = { 0 };
	AUTO_RECORD unclear = { 0 };
	AUTO_RECORD nothing = { 0 };
	const struct form *form = form_find(x->of.forms, "household");
	struct err e = { 0 };

	record_init(&whole, form);
	assert_ok(household_from_text(&x->of, "西林小区3幢2单元501室", &whole, &e));
	assert_int_equal(record_number(&whole, "building_id", 0), x->buildings[0]);
	assert_string_equal(record_text(&whole, "unit"), "2");
	assert_string_equal(record_text(&whole, "room"), "501");
	record_init(&only, form);
	assert_ok(household_from_text(&x->of, "5-2-501", &only, &e));
	assert_int_equal(record_number(&only, "building_id", 0), x->buildings[1]);
	record_init(&unclear, form);           /* two estates have a 3幢 */
	assert_ok(household_from_text(&x->of, "3-2-501", &unclear, &e));
	assert_int_equal(record_number(&unclear, "building_id", 0), 0);
	assert_string_equal(record_text(&unclear, "room"), "501");
	record_init(&nothing, form);
	assert_ok(household_from_text(&x->of, "wxy", &nothing, &e));
	assert_int_equal(record_number(&nothing, "building_id", 0), 0);
	assert_string_equal(record_text(&nothing, "room"), "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_fixture_setup, office_fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(every_way_of_writing_an_address_leads_to_the_same_door),
		TEST(what_is_not_an_address_is_refused_with_what_to_write),
		TEST(parts_may_carry_their_words),
		TEST(a_new_household_is_told_what_was_typed),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
