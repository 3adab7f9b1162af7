/* Making and opening an office; what its accounts may and see. */
#include "domain/office.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "office_fixture.h"
#include "test.h"

static const struct office_new good = {
	.code = "330482001001", .name = "西林寺社区", .street = "当湖街道", .kind = "urban", .abbr = "DH",
	.admin_login = "admin", .admin_name = "钱立", .admin_password = FIXTURE_PASSWORD,
};

static void a_new_office_has_its_community_and_one_administrator(void **state)
{
	struct office_fixture *x = *state;
	struct stat s;

	assert_string_equal(x->of.community.code, "330482001001");
	assert_string_equal(x->of.community.name, "西林寺社区");
	assert_string_equal(x->of.community.abbr, "DH");
	assert_int_equal(count_rows(x, "SELECT count(*) FROM account WHERE role = 'admin' /*scan*/"), 1);
	assert_int_equal(count_rows(x, "SELECT demo FROM self WHERE one = 1"), 0);
	assert_int_equal(stat(x->path, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0600);
}

static void wrong_answers_are_refused_at_their_field_and_leave_no_file(void **state)
{
	/* A field, where it stands in office_new, and what is wrong there. */
	static const struct { const char *field; size_t offset; const char *text; } cases[] = {
#define AT(member) offsetof(struct office_new, member)
		{ "code", AT(code), "33048200100" }, { "code", AT(code), "3304820010011" }, { "code", AT(code), "33048200100x" },
		{ "code", AT(code), "３３０４８２００１００１" }, { "code", AT(code), "" }, { "name", AT(name), "" }, { "name", AT(name), "西" },
		{ "kind", AT(kind), "city" }, { "kind", AT(kind), "" }, { "abbr", AT(abbr), "" }, { "abbr", AT(abbr), "dh" },
		{ "abbr", AT(abbr), "D1" }, { "abbr", AT(abbr), "TOOLONGX" }, { "abbr", AT(abbr), "西林" }, { "login", AT(admin_login), "a" },
		{ "login", AT(admin_login), "Admin" }, { "login", AT(admin_login), "管理员" }, { "password", AT(admin_password), "short" },
		{ "password", AT(admin_password), "" }, { "password", AT(admin_password), "youlin-demo" }, { "name", AT(admin_name), " " },
		{ "name", AT(admin_name), "a\x1b[31m" },
#undef AT
	};
	struct office_fixture *x = *state;
	AUTO_FREE char *path = fixture_path(x, "other.db");
	struct err e = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct office_new n = good;

		memcpy((char *)&n + cases[i].offset, &cases[i].text, sizeof cases[i].text);
		err_clear(&e);
		if (office_create(path, &x->settings, &n, &e) != RC_INVALID || strcmp(e.field, cases[i].field) != 0)
			fail_msg("case %zu: %s [%s]", i, e.text, e.field);
		assert_int_equal(access(path, F_OK), -1);
	}
}

static void an_existing_file_is_never_touched(void **state)
{
	struct office_fixture *x = *state;
	AUTO_FREE char *path = fixture_path(x, "letter.txt");
	struct err e = { 0 };
	struct stat s;

	write_file(path, "dear", 4);
	assert_int_equal(office_create(path, &x->settings, &good, &e), RC_CONFLICT);
	assert_int_equal(stat(path, &s), 0);
	assert_int_equal(s.st_size, 4);
}

static void what_an_interrupted_making_left_is_in_nobodys_way(void **state)
{
	static const char *const endings[] = { ".making", ".making-wal", ".making.key", ".key" };
	struct office_fixture *x = *state;
	AUTO_FREE char *path = fixture_path(x, "second.db");
	AUTO_FREE char *old_key = mem_format("%s.key.1", path);
	AUTO_FREE char *making = mem_format("%s.making", path);
	struct err e = { 0 };
	struct stat s;

	for (size_t i = 0; i < COUNT(endings); i++) {
		AUTO_FREE char *name = mem_format("%s%s", path, endings[i]);

		write_file(name, "half", 4);
	}
	assert_ok(office_create(path, &x->settings, &good, &e));
	assert_int_equal(stat(old_key, &s), 0);            /* may open a copy somewhere */
	assert_int_equal(s.st_size, 4);
	assert_int_equal(stat(making, &s), -1);
	free(x->path);
	x->path = mem_copy(path);
	office_fixture_reopen(x);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM account"), 1);
}

static void a_refusal_says_who_may_instead(void **state)
{
	struct office_fixture *x = *state;
	struct err e = { 0 };

	act_as(x, ROLE_DESK);
	assert_refused(office_require(&x->of, MAY_ISSUE_TRIAGE, &e), RC_DENIED, "", "前台");
	assert_non_null(strstr(e.text, "网格员、书记/主任"));
	act_as(x, ROLE_NONE);
	assert_refused(office_require(&x->of, MAY_ISSUE_RAISE, &e), RC_DENIED, "", "请先登录");
	act_as(x, ROLE_GRID);
	assert_ok(office_require(&x->of, MAY_ISSUE_TRIAGE, &e));
}

static void a_grid_worker_owns_named_grids_or_all(void **state)
{
	struct office_fixture *x = *state;

	act_as(x, ROLE_GRID);
	assert_true(office_owns_grid(&x->of, x->grids[1]));
	x->of.me.grids = mem_alloc(sizeof *x->of.me.grids);
	x->of.me.grids[0] = x->grids[0];
	x->of.me.n_grids = 1;
	assert_true(office_owns_grid(&x->of, x->grids[0]));
	assert_false(office_owns_grid(&x->of, x->grids[1]));
	assert_false(office_owns_grid(&x->of, 0));
	act_as(x, ROLE_DESK);
	assert_true(office_owns_grid(&x->of, x->grids[1]));
	act_as(x, ROLE_NONE);
	assert_false(office_owns_grid(&x->of, x->grids[1]));
}

static void what_is_sensitive_is_masked_by_role_and_grid(void **state)
{
	struct office_fixture *x = *state;
	const struct form *form = form_find(x->of.forms, "resident");
	const struct field *phone = form_field(form, "phone"), *id_number = form_field(form, "id_number"), *health = form_field(form, "health_note");
	const struct field *name = form_field(form, "name");

	act_as(x, ROLE_DESK);
	assert_true(office_sees(&x->of, name, x->grids[0]));
	assert_false(office_sees(&x->of, phone, x->grids[0]));
	act_as(x, ROLE_HEAD);
	assert_true(office_sees(&x->of, phone, 0));
	assert_false(office_sees(&x->of, id_number, x->grids[0]));
	assert_false(office_sees(&x->of, health, x->grids[0]));
	act_as(x, ROLE_ADMIN);
	assert_false(office_sees(&x->of, phone, x->grids[0]));
	act_as(x, ROLE_GRID);
	x->of.me.grids = mem_alloc(sizeof *x->of.me.grids);
	x->of.me.grids[0] = x->grids[0];
	x->of.me.n_grids = 1;
	assert_true(office_sees(&x->of, phone, x->grids[0]));
	assert_false(office_sees(&x->of, phone, x->grids[1]));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_fixture_setup, office_fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_new_office_has_its_community_and_one_administrator),
		TEST(wrong_answers_are_refused_at_their_field_and_leave_no_file),
		TEST(an_existing_file_is_never_touched),
		TEST(what_an_interrupted_making_left_is_in_nobodys_way),
		TEST(a_refusal_says_who_may_instead),
		TEST(a_grid_worker_owns_named_grids_or_all),
		TEST(what_is_sensitive_is_masked_by_role_and_grid),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
