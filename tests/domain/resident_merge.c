/* Two records of one person become one. */
#include "domain/resident_merge.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/resident.h"
#include "office_fixture.h"
#include "store/journal.h"
#include "store/reference.h"
#include "store/stmt.h"
#include "store/txn.h"
#include "test.h"

static size_t index_of(const struct resident_merge *m, const char *field)
{
	return form_field_index(m->keep.form, form_field(m->keep.form, field));
}

/* A minute later, a field of a resident is written. */
static void write_field(struct office_fixture *x, int64_t id, const char *field, const char *text)
{
	const struct form *form = form_find(x->of.forms, "resident");
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	x->clock += 60000;
	record_init(&r, form);
	assert_ok(record_load(x->of.st, form, id, &r, &e));
	fill_record(&r, &(struct field_text){ field, text }, 1);
	assert_ok(resident_save(&x->of, &r, &e));
}

static void insert_references(struct office_fixture *x, int64_t id)
{
	AUTO_TXN t = { 0 };
	struct err e = { 0 };

	assert_ok(txn_begin(&t, x->of.st, "test", &e));
	AUTO_STMT issue = stmt_use(x->of.st, "INSERT INTO issue (id, title, reporter_id) VALUES (1, '漏水', :id)");
	bind_int(&issue, ":id", id);
	assert_ok(stmt_run(&issue, &e));
	AUTO_STMT support = stmt_use(x->of.st, "INSERT INTO support (id, issue_id, resident_id) VALUES (2, 1, :id)");
	bind_int(&support, ":id", id);
	assert_ok(stmt_run(&support, &e));
	AUTO_STMT home = stmt_use(x->of.st, "UPDATE household SET head_id = :id WHERE room = '501' /*scan*/");
	bind_int(&home, ":id", id);
	assert_ok(stmt_run(&home, &e));
	assert_ok(txn_commit(&t, &e));
}

static void the_schema_says_what_refers_to_a_resident(void **state)
{
	static const char *const wanted[] = {
		"account.resident_id", "attendee.resident_id", "diner.resident_id", "household.head_id", "interest.resident_id", "issue.reporter_id", "objection.resident_id",
		"resident.merged_into", "support.resident_id", "volunteer.resident_id",
	};
	struct office_fixture *x = *state;
	AUTO_REFERENCES refs = { 0 };
	struct err e = { 0 };

	assert_ok(references_load(x->of.st, "resident", &refs, &e));
	assert_int_equal(refs.n, COUNT(wanted));
	for (size_t i = 0; i < refs.n; i++) {
		AUTO_FREE char *name = mem_format("%s.%s", refs.list[i].table, refs.list[i].column);

		assert_string_equal(name, wanted[i]);
	}
	assert_ok(references_load(x->of.st, "no_such_table", &refs, &e));
	assert_int_equal(refs.n, 0);
}

static void the_newer_value_is_offered_where_both_have_one(void **state)
{
	struct office_fixture *x = *state;
	int64_t home = make_household(x, x->buildings[0], "2", "501");
	int64_t keep = make_resident(x, home, "王秀英", "13812343321"), other = make_resident(x, 0, "王秀英", "13900000001");
	struct resident_merge m;
	struct err e = { 0 };

	act_as(x, ROLE_HEAD);
	write_field(x, other, "note", "养狗");
	write_field(x, keep, "ethnic", "汉族");
	write_field(x, other, "ethnic", "畲族");
	write_field(x, keep, "phone", "13812343322");
	assert_ok(resident_merge_load(&x->of, keep, other, &m, &e));
	assert_false(m.differs[index_of(&m, "name")]);
	assert_false(m.take_other[index_of(&m, "name")]);
	assert_false(m.take_other[index_of(&m, "household_id")]);
	assert_true(m.take_other[index_of(&m, "note")]);              /* only the other has one */
	assert_false(m.differs[index_of(&m, "note")]);
	assert_true(m.differs[index_of(&m, "ethnic")]);
	assert_true(m.take_other[index_of(&m, "ethnic")]);            /* written later */
	assert_true(m.differs[index_of(&m, "phone")]);
	assert_false(m.take_other[index_of(&m, "phone")]);
	resident_merge_release(&m);
}

static void merging_keeps_the_chosen_values_and_every_reference(void **state)
{
	struct office_fixture *x = *state;
	int64_t home = make_household(x, x->buildings[0], "2", "501");
	int64_t keep = make_resident(x, home, "王秀英", "13812343321"), other = make_resident(x, home, "王秀瑛", "13900000001");
	AUTO_FREE char *name = NULL;
	struct resident_merge m;
	struct err e = { 0 };

	act_as(x, ROLE_HEAD);
	write_field(x, other, "id_number", "11010519491231002X");
	insert_references(x, other);
	assert_ok(resident_merge_load(&x->of, keep, other, &m, &e));
	assert_true(m.take_other[index_of(&m, "id_number")]);
	assert_true(m.take_other[index_of(&m, "id_kind")]);
	m.take_other[index_of(&m, "name")] = false;
	m.take_other[index_of(&m, "phone")] = true;
	assert_ok(resident_merge_save(&x->of, &m, &e));
	resident_merge_release(&m);
	assert_int_equal(count_rows(x, "SELECT reporter_id FROM issue WHERE id = 1"), keep);
	assert_int_equal(count_rows(x, "SELECT resident_id FROM support WHERE id = 2"), keep);
	assert_int_equal(count_rows(x, "SELECT head_id FROM household WHERE room = '501' /*scan*/"), keep);
	name = text_of(x, "SELECT name || phone || hex(id_hash IS NOT NULL) FROM resident WHERE deleted_at IS NULL /*scan*/");
	assert_string_equal(name, "王秀英1390000000131");
	assert_int_equal(count_rows(x, "SELECT merged_into FROM resident WHERE deleted_at IS NOT NULL /*scan*/"), keep);
}

static void one_undo_takes_all_of_a_merge_back(void **state)
{
	struct office_fixture *x = *state;
	int64_t home = make_household(x, x->buildings[0], "2", "501");
	int64_t keep = make_resident(x, home, "王秀英", "13812343321"), other = make_resident(x, home, "王秀英", "13900000001");
	AUTO_FREE char *done = NULL;
	struct resident_merge m;
	struct err e = { 0 };

	act_as(x, ROLE_HEAD);
	insert_references(x, other);
	assert_ok(resident_merge_load(&x->of, keep, other, &m, &e));
	m.take_other[index_of(&m, "phone")] = true;
	assert_ok(resident_merge_save(&x->of, &m, &e));
	resident_merge_release(&m);
	assert_ok(journal_undo(x->of.st, x->of.me.id, &done, &e));
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE deleted_at IS NULL AND merged_into IS NULL /*scan*/"), 2);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE phone = '13812343321' /*scan*/"), 1);
	assert_int_equal(count_rows(x, "SELECT reporter_id FROM issue WHERE id = 1"), other);
	assert_int_equal(count_rows(x, "SELECT head_id FROM household WHERE room = '501' /*scan*/"), other);
}

static void neither_history_is_lost(void **state)
{
	struct office_fixture *x = *state;
	int64_t keep = make_resident(x, 0, "王秀英", "13812343321"), other = make_resident(x, 0, "王秀瑛", "13900000001");
	const struct journal_entry *entries;
	AUTO_ARENA a = { 0 };
	struct resident_merge m;
	struct err e = { 0 };
	bool of_keep = false, of_other = false;
	size_t n;

	act_as(x, ROLE_HEAD);
	assert_ok(resident_merge_load(&x->of, keep, other, &m, &e));
	assert_ok(resident_merge_save(&x->of, &m, &e));
	resident_merge_release(&m);
	assert_ok(journal_history(x->of.st, "resident", keep, &a, &entries, &n, &e));
	for (size_t i = 0; i < n; i++) {
		of_keep = of_keep || (entries[i].id == keep && entries[i].op == 'I');
		of_other = of_other || (entries[i].id == other && entries[i].op == 'I');
	}
	assert_true(of_keep);
	assert_true(of_other);
}

static void what_moved_on_meanwhile_is_a_conflict_and_changes_nothing(void **state)
{
	struct office_fixture *x = *state;
	int64_t keep = make_resident(x, 0, "王秀英", "13812343321"), other = make_resident(x, 0, "王秀英", "13900000001");
	const int64_t moved[] = { keep, other };

	act_as(x, ROLE_HEAD);
	for (size_t i = 0; i < COUNT(moved); i++) {
		struct resident_merge m;
		struct err e = { 0 };

		assert_ok(resident_merge_load(&x->of, keep, other, &m, &e));
		m.take_other[index_of(&m, "phone")] = true;
		write_field(x, moved[i], "ethnic", i ? "汉族" : "回族");
		assert_int_equal(resident_merge_save(&x->of, &m, &e), RC_CONFLICT);
		resident_merge_release(&m);
		assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE deleted_at IS NULL /*scan*/"), 2);
		assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE phone = '13812343321' /*scan*/"), 1);
	}
}

static void only_two_different_live_records_merge(void **state)
{
	struct office_fixture *x = *state;
	int64_t keep = make_resident(x, 0, "王秀英", NULL), other = make_resident(x, 0, "王秀英", NULL);
	struct resident_merge m;
	struct err e = { 0 };

	act_as(x, ROLE_DESK);
	assert_int_equal(resident_merge_load(&x->of, keep, other, &m, &e), RC_DENIED);
	act_as(x, ROLE_HEAD);
	assert_int_equal(resident_merge_load(&x->of, keep, keep, &m, &e), RC_INVALID);
	assert_int_equal(resident_merge_load(&x->of, keep, 99, &m, &e), RC_NOTFOUND);
	assert_ok(resident_merge_load(&x->of, keep, other, &m, &e));
	assert_ok(resident_merge_save(&x->of, &m, &e));
	resident_merge_release(&m);
	assert_int_equal(resident_merge_load(&x->of, keep, other, &m, &e), RC_NOTFOUND);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_fixture_setup, office_fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_schema_says_what_refers_to_a_resident),
		TEST(the_newer_value_is_offered_where_both_have_one),
		TEST(merging_keeps_the_chosen_values_and_every_reference),
		TEST(one_undo_takes_all_of_a_merge_back),
		TEST(neither_history_is_lost),
		TEST(what_moved_on_meanwhile_is_a_conflict_and_changes_nothing),
		TEST(only_two_different_live_records_merge),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
