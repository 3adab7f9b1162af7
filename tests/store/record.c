/* Records by form spec: what goes in comes out, and nobody overwrites what he has not seen. */
#include "store/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "fixture.h"
#include "store/internal.h"

static struct form_set *load_forms(const char *dir)
{
	struct form_set *set = NULL;
	struct err e = { 0 };

	assert_ok(form_set_load(&set, dir, "", &e), &e);
	return set;
}

static struct form_set *shipped_forms(void)
{
	return load_forms(YL_SOURCE_DIR "/forms");
}

/* The shipped forms, one of them replaced or added. */
static struct form_set *forms_of(struct fixture *f, const char *name, const char *text)
{
	AUTO_FREE char *dir = fixture_file(f, "forms");
	AUTO_FREE char *path = mem_format("%s/%s.ini", dir, name);
	AUTO_FREE char *command = mem_format("cp " YL_SOURCE_DIR "/forms/*.ini %s/", dir);
	FILE *file;

	mkdir(dir, 0700);
	assert_int_equal(system(command), 0);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return load_forms(dir);
}

static void set_text(struct record *r, const char *field, const char *text)
{
	value_set_text(record_value(r, field), text);
}

static void every_shipped_form_fits_the_schema(void **state)
{
	static const char *const overlays[] = { "", "urban", "rural", "mixed", "fringe" };
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(overlays); i++) {
		struct form_set *set = NULL;

		assert_ok(form_set_load(&set, YL_SOURCE_DIR "/forms", overlays[i], &f->e), &f->e);
		assert_ok(record_check_forms(f->st, set, &f->e), &f->e);
		form_set_free(set);
	}
}

static void a_form_that_does_not_fit_is_refused_with_file_and_line(void **state)
{
	static const struct { const char *text, *says; } cases[] = {
		{ "[form]\ntable = nowhere\ntitle = 甲\n[field name]\nlabel = 名\ntype = text 1..9\n", "没有表 nowhere" },
		{ "[form]\ntable = grid\ntitle = 甲\n[field wifi]\nlabel = 名\ntype = text 1..9\n", "thing.ini:4：表 grid 里没有列 wifi" },
		{ "[form]\ntable = grid\ntitle = 甲\n[field name]\nlabel = 名\ntype = int 1..9\n", "thing.ini:4：列 name" },
		{ "[form]\ntable = grid\ntitle = 甲\n[field from_day]\nlabel = 名\ntype = text 1..9\n", "INTEGER" },
		{ "[form]\ntable = grid\ntitle = 甲\n[field name]\nlabel = 名\ntype = text 1..9\nsealed = yes\n", "BLOB" },
		{ "[form]\ntable = grid\ntitle = 甲\n[field name]\nlabel = 名\ntype = text 1..9\n[field x.id]\nlabel = 证\ntype = idnumber\n",
		  "加密" },
		{ "[form]\ntable = grid\ntitle = 甲\n[field name]\nlabel = 名\ntype = text 1..9\n[list]\norder = nonsense\n", "nonsense" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct form_set *set = forms_of(f, "thing", cases[i].text);

		assert_rc(record_check_forms(f->st, set, &f->e), RC_INVALID, &f->e);
		if (strstr(f->e.text, cases[i].says) == NULL)
			print_error("case %zu: %s\n", i, f->e.text);
		assert_non_null(strstr(f->e.text, cases[i].says));
		form_set_free(set);
	}
}

static int64_t add_resident(struct store *st, const struct form *form)
{
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	record_init(&r, form);
	set_text(&r, "name", "王秀英");
	set_text(&r, "phone", "13812343321");
	set_text(&r, "id_kind", "id18");
	set_text(&r, "id_number", "11010519491231002X");
	set_text(&r, "health_note", "高血压\n“每天”服药");
	set_text(&r, "care_tags", "alone disabled");
	set_text(&r, "status", "present");
	value_set_number(record_value(&r, "born_day"), -7306);
	assert_ok(record_save(st, &r, "resident.add", &e), &e);
	assert_true(r.id != 0);
	assert_int_equal(r.rev, 1);
	return r.id;
}

static void a_saved_record_comes_back_as_it_was(void **state)
{
	struct fixture *f = *state;
	struct form_set *set = shipped_forms();
	const struct form *form = form_find(set, "resident");
	AUTO_RECORD r = { 0 };
	int64_t id = add_resident(f->st, form);

	fixture_close(f);
	fixture_open(f);
	assert_ok(record_load(f->st, form, id, &r, &f->e), &f->e);
	assert_string_equal(record_text(&r, "name"), "王秀英");
	assert_string_equal(record_text(&r, "id_number"), "11010519491231002X");
	assert_string_equal(record_text(&r, "health_note"), "高血压\n“每天”服药");
	assert_string_equal(record_text(&r, "care_tags"), "alone disabled");
	assert_int_equal(record_number(&r, "born_day", 0), -7306);
	assert_string_equal(record_text(&r, "phone2"), "");
	assert_int_equal(record_number(&r, "household_id", -1), -1);
	assert_false(r.deleted);
	assert_int_equal(r.rev, 1);
	form_set_free(set);
}

static void sealed_values_are_nowhere_in_the_file(void **state)
{
	static const char *const secrets[] = { "11010519491231002X", "高血压" };
	struct fixture *f = *state;
	struct form_set *set = shipped_forms();

	add_resident(f->st, form_find(set, "resident"));
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM resident WHERE typeof(id_number) = 'blob' AND typeof(id_hash) = 'blob'"), 1);
	fixture_close(f);
	for (size_t i = 0; i < COUNT(secrets); i++) {
		AUTO_FREE char *command = mem_format("grep -rqa '%s' %s", secrets[i], f->dir);

		assert_int_not_equal(system(command), 0);
	}
	/* The control: what is not sealed is there. */
	AUTO_FREE char *control = mem_format("grep -rqa '13812343321' %s", f->dir);

	assert_int_equal(system(control), 0);
	form_set_free(set);
}

static void a_sealed_value_that_is_damaged_locks_nothing_and_is_kept(void **state)
{
	struct fixture *f = *state;
	struct form_set *set = shipped_forms();
	const struct form *form = form_find(set, "resident");
	int64_t id = add_resident(f->st, form);
	AUTO_RECORD r = { 0 };

	fixture_write(f->st, "test", "UPDATE resident SET health_note = x'00112233' WHERE name = '王秀英' /*scan*/");
	assert_ok(record_load(f->st, form, id, &r, &f->e), &f->e);
	assert_string_equal(record_text(&r, "health_note"), "");
	assert_string_equal(record_text(&r, "id_number"), "11010519491231002X");
	set_text(&r, "note", "养狗");
	assert_ok(record_save(f->st, &r, "resident.edit", &f->e), &f->e);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM resident WHERE health_note = x'00112233' AND note = '养狗'"), 1);
	form_set_free(set);
}

static void saving_writes_only_what_differs(void **state)
{
	struct fixture *f = *state;
	struct form_set *set = shipped_forms();
	const struct form *form = form_find(set, "resident");
	int64_t id = add_resident(f->st, form);
	AUTO_RECORD r = { 0 };
	AUTO_FREE char *new = NULL;

	assert_ok(record_load(f->st, form, id, &r, &f->e), &f->e);
	assert_ok(record_save(f->st, &r, "resident.edit", &f->e), &f->e);
	assert_int_equal(r.rev, 1);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal"), 1);
	set_text(&r, "phone", "13912340000");
	assert_ok(record_save(f->st, &r, "resident.edit", &f->e), &f->e);
	assert_int_equal(r.rev, 2);
	new = fixture_text(f->st, "SELECT new FROM journal ORDER BY lsn DESC LIMIT 1");
	assert_string_equal(new, "{\"phone\":\"13912340000\"}");
	form_set_free(set);
}

static void a_stale_save_conflicts_and_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct form_set *set = shipped_forms();
	const struct form *form = form_find(set, "resident");
	int64_t id = add_resident(f->st, form);
	AUTO_RECORD mine = { 0 };
	AUTO_RECORD theirs = { 0 };

	assert_ok(record_load(f->st, form, id, &mine, &f->e), &f->e);
	record_copy(&theirs, &mine);
	set_text(&theirs, "note", "她改的");
	assert_ok(record_save(f->st, &theirs, "resident.edit", &f->e), &f->e);
	set_text(&mine, "note", "我改的");
	assert_rc(record_save(f->st, &mine, "resident.edit", &f->e), RC_CONFLICT, &f->e);
	assert_int_equal(mine.rev, 1);
	assert_string_equal(record_text(&mine, "note"), "我改的");
	assert_int_equal(fixture_int(f->st, "SELECT note = '她改的' FROM resident"), 1);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal"), 2);
	form_set_free(set);
}

static void what_a_field_does_not_take_is_refused_at_the_field(void **state)
{
	static const struct { const char *field, *text; } cases[] = {
		{ "name", NULL }, { "phone", "12" }, { "care_tags", "nonsense" }, { "id_number", "110105194912310029" },
		{ "note", "\xFF" }, { "note", "a\x1b[31m" },
	};
	struct fixture *f = *state;
	struct form_set *set = shipped_forms();
	const struct form *form = form_find(set, "resident");
	int64_t id = add_resident(f->st, form);

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_RECORD r = { 0 };

		assert_ok(record_load(f->st, form, id, &r, &f->e), &f->e);
		set_text(&r, cases[i].field, cases[i].text);
		assert_rc(record_save(f->st, &r, "resident.edit", &f->e), RC_INVALID, &f->e);
		assert_string_equal(f->e.field, cases[i].field);
		assert_int_equal(r.rev, 1);
	}
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal"), 1);
	form_set_free(set);
}

static void a_hidden_field_is_saved_as_none(void **state)
{
	struct fixture *f = *state;
	struct form_set *set = shipped_forms();
	const struct form *form = form_find(set, "resident");
	int64_t id = add_resident(f->st, form);
	AUTO_RECORD r = { 0 };

	assert_ok(record_load(f->st, form, id, &r, &f->e), &f->e);
	value_clear(record_value(&r, "id_kind"));          /* the id number is shown with it only */
	assert_ok(record_save(f->st, &r, "resident.edit", &f->e), &f->e);
	assert_string_equal(record_text(&r, "id_number"), "");
	assert_int_equal(fixture_int(f->st, "SELECT id_number IS NULL AND id_hash IS NULL FROM resident"), 1);
	form_set_free(set);
}

static void no_value_in_a_column_with_a_default_is_the_default(void **state)
{
	struct fixture *f = *state;
	struct form_set *set = forms_of(f, "grid", "[form]\ntable = grid\ntitle = 网格\n[field name]\nlabel = 名\ntype = text 1..9\n"
	                                           "[field kind]\nlabel = 类\ntype = code grid_kind\n");
	AUTO_RECORD r = { 0 };

	record_init(&r, form_find(set, "grid"));
	set_text(&r, "name", "一网格");
	assert_ok(record_save(f->st, &r, "grid.add", &f->e), &f->e);
	assert_int_equal(fixture_int(f->st, "SELECT kind = 'grid' FROM grid"), 1);
	assert_ok(record_load(f->st, r.form, r.id, &r, &f->e), &f->e);
	set_text(&r, "kind", "micro");
	assert_ok(record_save(f->st, &r, "grid.edit", &f->e), &f->e);
	value_clear(record_value(&r, "kind"));
	assert_ok(record_save(f->st, &r, "grid.edit", &f->e), &f->e);
	assert_int_equal(fixture_int(f->st, "SELECT kind = 'grid' FROM grid"), 1);
	record_release(&r);
	form_set_free(set);
}

static const char with_extras[] =
	"[form]\ntable = grid\ntitle = 网格\n"
	"[field name]\nlabel = 名\ntype = text 1..9\n"
	"[field x.wifi]\nlabel = 无线网\ntype = text 0..20\n"
	"[field x.since]\nlabel = 日期\ntype = date\n"
	"[field x.people]\nlabel = 人数\ntype = int 0..1000 人\n"
	"[field x.head]\nlabel = 组长\ntype = pick account\n"
	"[field x.open]\nlabel = 开放\ntype = yesno\n"
	"[field x.budget]\nlabel = 经费\ntype = money 0..100000\n";

static void added_fields_live_beside_the_table(void **state)
{
	struct fixture *f = *state;
	struct form_set *set = forms_of(f, "grid", with_extras);
	const struct form *form = form_find(set, "grid");
	AUTO_RECORD r = { 0 };
	AUTO_RECORD again = { 0 };

	record_init(&r, form);
	set_text(&r, "name", "一网格");
	set_text(&r, "x.wifi", "友邻 5G");
	value_set_number(record_value(&r, "x.since"), 20000);
	value_set_number(record_value(&r, "x.people"), 321);
	value_set_number(record_value(&r, "x.head"), INT64_C(77) << 32 | 5);
	value_set_number(record_value(&r, "x.open"), 1);
	value_set_number(record_value(&r, "x.budget"), 1234550);
	assert_ok(record_save(f->st, &r, "grid.add", &f->e), &f->e);
	assert_ok(record_load(f->st, form, r.id, &again, &f->e), &f->e);
	for (size_t i = 0; i < form->n; i++)
		assert_true(value_equal(&r.values[i], &again.values[i]));
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM extra"), 6);

	value_clear(record_value(&again, "x.since"));
	set_text(&again, "x.wifi", "友邻");
	assert_ok(record_save(f->st, &again, "grid.edit", &f->e), &f->e);
	assert_int_equal(again.rev, 2);                    /* the guard covers added fields */
	assert_rc(record_save(f->st, &r, "grid.edit", &f->e), RC_CONFLICT, &f->e);
	assert_ok(record_load(f->st, form, r.id, &r, &f->e), &f->e);
	assert_string_equal(record_text(&r, "x.wifi"), "友邻");
	assert_int_equal(record_number(&r, "x.since", -1), -1);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM extra"), 6);      /* set to none, never removed */
	record_release(&r);
	form_set_free(set);
}

static void an_added_field_whose_type_was_changed_reads_as_none(void **state)
{
	struct fixture *f = *state;
	struct form_set *set = forms_of(f, "grid", with_extras);
	AUTO_RECORD r = { 0 };
	AUTO_RECORD again = { 0 };
	struct form_set *changed;

	record_init(&r, form_find(set, "grid"));
	set_text(&r, "name", "一网格");
	set_text(&r, "x.wifi", "友邻");
	assert_ok(record_save(f->st, &r, "grid.add", &f->e), &f->e);
	changed = forms_of(f, "grid", "[form]\ntable = grid\ntitle = 网格\n[field name]\nlabel = 名\ntype = text 1..9\n"
	                              "[field x.wifi]\nlabel = 网\ntype = int 0..9\n");
	assert_ok(record_load(f->st, form_find(changed, "grid"), r.id, &again, &f->e), &f->e);
	assert_int_equal(record_number(&again, "x.wifi", -1), -1);
	record_release(&again);
	record_release(&r);
	form_set_free(changed);
	form_set_free(set);
}

static void deleting_is_a_mark_that_can_be_taken_away(void **state)
{
	struct fixture *f = *state;
	struct form_set *set = shipped_forms();
	const struct form *form = form_find(set, "resident");
	int64_t id = add_resident(f->st, form);
	AUTO_RECORD r = { 0 };

	store_set_actor(f->st, 7, "陈晓");
	assert_rc(record_delete(f->st, form, id, 1, " 　", &f->e), RC_INVALID, &f->e);
	assert_rc(record_delete(f->st, form, id, 9, "重复", &f->e), RC_CONFLICT, &f->e);
	assert_rc(record_delete(f->st, form, 12345, 1, "重复", &f->e), RC_NOTFOUND, &f->e);
	assert_ok(record_delete(f->st, form, id, 1, "重复", &f->e), &f->e);
	assert_rc(record_delete(f->st, form, id, 2, "重复", &f->e), RC_NOTFOUND, &f->e);
	assert_ok(record_load(f->st, form, id, &r, &f->e), &f->e);
	assert_true(r.deleted);
	assert_int_equal(fixture_int(f->st, "SELECT deleted_by = 7 AND deleted_why = '重复' AND deleted_at > 0 FROM resident"), 1);
	r.deleted = false;
	assert_rc(record_save(f->st, &r, "resident.edit", &f->e), RC_CONFLICT, &f->e);
	assert_ok(record_restore(f->st, form, id, 2, &f->e), &f->e);
	assert_rc(record_restore(f->st, form, id, 3, &f->e), RC_NOTFOUND, &f->e);
	assert_ok(record_load(f->st, form, id, &r, &f->e), &f->e);
	assert_false(r.deleted);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal WHERE verb IN ('resident.delete', 'resident.restore')"), 2);
	form_set_free(set);
}

static void a_label_is_the_name_field_and_empty_for_nobody(void **state)
{
	struct fixture *f = *state;
	struct form_set *set = shipped_forms();
	const struct form *form = form_find(set, "resident");
	int64_t id = add_resident(f->st, form);
	char *label = NULL;

	assert_ok(record_label(f->st, form, id, &label, &f->e), &f->e);
	assert_string_equal(label, "王秀英");
	free(label);
	assert_ok(record_label(f->st, form, 999, &label, &f->e), &f->e);
	assert_string_equal(label, "");
	free(label);
	form_set_free(set);
}

static void a_derived_column_in_a_form_is_read_and_never_written(void **state)
{
	struct fixture *f = *state;
	struct form_set *set = shipped_forms();
	const struct form *form = form_find(set, "building");
	AUTO_RECORD r = { 0 };

	fixture_write(f->st, "test", "INSERT INTO estate (id, name) VALUES (1, '西林小区')");
	record_init(&r, form);
	value_set_number(record_value(&r, "estate_id"), 1);
	value_set_number(record_value(&r, "microgrid_id"), 2);
	set_text(&r, "number", "3");
	set_text(&r, "name", "3幢");
	set_text(&r, "place_text", "别处");
	assert_ok(record_save(f->st, &r, "building.add", &f->e), &f->e);
	assert_ok(record_load(f->st, form, r.id, &r, &f->e), &f->e);
	assert_string_equal(record_text(&r, "place_text"), "西林小区3幢");
	form_set_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_shipped_form_fits_the_schema, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_form_that_does_not_fit_is_refused_with_file_and_line, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_saved_record_comes_back_as_it_was, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(sealed_values_are_nowhere_in_the_file, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_sealed_value_that_is_damaged_locks_nothing_and_is_kept, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(saving_writes_only_what_differs, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_stale_save_conflicts_and_changes_nothing, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(what_a_field_does_not_take_is_refused_at_the_field, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_hidden_field_is_saved_as_none, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(no_value_in_a_column_with_a_default_is_the_default, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(added_fields_live_beside_the_table, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(an_added_field_whose_type_was_changed_reads_as_none, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(deleting_is_a_mark_that_can_be_taken_away, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_label_is_the_name_field_and_empty_for_nobody, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_derived_column_in_a_form_is_read_and_never_written, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
