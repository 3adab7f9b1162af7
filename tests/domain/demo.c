/* The demo community: its figures, that it is the same for the same seed, and that nobody in it exists. */
#include "domain/demo.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/day.h"
#include "base/identity.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/office.h"
#include "office_fixture.h"
#include "store/seal.h"
#include "store/stmt.h"
#include "test.h"

static int64_t today(void)
{
	return instant_of_day(day_from_civil(2026, 11, 24), 16 * 60);
}

/* A demo beside the fixture's office, opened in its place. */
static void open_demo(struct office_fixture *x, const char *name, uint64_t seed, enum demo_scale scale)
{
	const struct demo_options o = { .seed = seed, .scale = scale, .now = today() };
	char *path = fixture_path(x, name);
	struct err e = { 0 };

	assert_ok(demo_create(path, &x->settings, &o, &e));
	free(x->path);
	x->path = path;
	x->clock = today();
	office_fixture_reopen(x);
}

static void a_small_demo_has_its_figures(void **state)
{
	static const struct { const char *sql; int64_t n; } figures[] = {
		{ "SELECT count(*) FROM estate", 2 }, { "SELECT count(*) FROM grid WHERE kind = 'grid' /*scan*/", 2 },
		{ "SELECT count(*) FROM grid WHERE kind = 'micro' /*scan*/", 6 }, { "SELECT count(*) FROM household", 60 },
		{ "SELECT count(*) FROM resident", 200 }, { "SELECT count(*) FROM account", 6 }, { "SELECT demo FROM self WHERE one = 1", 1 },
		{ "SELECT count(*) FROM building WHERE microgrid_id IS NULL OR grid_id IS NULL OR x_m IS NULL /*scan*/", 0 },
		{ "SELECT count(*) FROM household WHERE head_id IS NULL OR address_key IS NULL OR grid_id IS NULL /*scan*/", 0 },
		{ "SELECT count(*) FROM resident WHERE household_id IS NULL OR name_pinyin IS NULL OR born_day IS NULL /*scan*/", 0 },
	};
	struct office_fixture *x = *state;

	open_demo(x, "demo.db", 1, DEMO_SMALL);
	for (size_t i = 0; i < COUNT(figures); i++)
		if (count_rows(x, figures[i].sql) != figures[i].n)
			fail_msg("%s: %lld instead of %lld", figures[i].sql, (long long)count_rows(x, figures[i].sql), (long long)figures[i].n);
	assert_in_range(count_rows(x, "SELECT count(*) FROM issue /*scan*/"), 80, 120);
	assert_string_equal(x->of.community.name, "西林寺社区");
}

static void every_demo_account_logs_in_with_the_known_password(void **state)
{
	struct office_fixture *x = *state;
	struct err e = { 0 };

	open_demo(x, "demo.db", 1, DEMO_SMALL);
	for (size_t i = 0; i < demo_account_count; i++) {
		assert_ok(account_login(&x->of, demo_accounts[i].login, DEMO_PASSWORD, &e));
		assert_int_equal(x->of.me.role, demo_accounts[i].role);
		assert_string_equal(x->of.me.name, demo_accounts[i].name);
		account_logout(&x->of);
	}
}

static void nobody_in_it_exists(void **state)
{
	struct office_fixture *x = *state;
	struct err e = { 0 };
	int seen = 0;
	bool row;

	open_demo(x, "demo.db", 1, DEMO_SMALL);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE phone NOT LIKE '1990000____' /*scan*/"), 0);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM resident WHERE emergency_phone NOT LIKE '1990000____' /*scan*/"), 0);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM (SELECT 1 FROM resident GROUP BY id_hash HAVING count(*) > 1) /*scan*/"), 0);
	AUTO_STMT q = stmt_use(x->of.st, "SELECT id, id_number, born_day, sex FROM resident /*scan*/");
	while (stmt_step(&q, &row, &e) == RC_OK && row) {
		AUTO_FREE char *number = NULL;
		char normal[19];
		size_t n;
		const void *sealed = column_blob(&q, 1, &n);

		assert_ok(seal_open(x->of.st, "resident", column_int(&q, 0), "id_number", sealed, n, &number, &e));
		assert_ok(idnumber_check(number, normal, &e));
		assert_memory_equal(number, "999999", 6);
		assert_int_equal(idnumber_birthday(normal), column_day(&q, 2));
		assert_int_equal(idnumber_sex(normal), column_int(&q, 3));
		seen++;
	}
	assert_int_equal(seen, 200);
}

/* Every table's content as one text; what belongs to this machine (credential, self.machine) is left out. */
static char *content(struct office_fixture *x)
{
	static const char *const queries[] = {
		"SELECT group_concat(name || coalesce(x_m, '') || id) FROM (SELECT * FROM estate ORDER BY id) /*scan*/",
		"SELECT group_concat(id || name || coalesce(phone, '') || coalesce(care_tags, '') || born_day || coalesce(note, ''))"
		" FROM (SELECT * FROM resident ORDER BY id) /*scan*/",
		"SELECT group_concat(number || title || phase || status || coalesce(due_day, '') || coalesce(closed_at, '')) FROM (SELECT * FROM issue ORDER BY id) /*scan*/",
		"SELECT group_concat(tbl || id || op || hlc || coalesce(actor, '') || verb) FROM (SELECT * FROM journal ORDER BY lsn) /*scan*/",
		"SELECT group_concat(hex(coalesce(hash, '')) || hex(salt)) FROM (SELECT * FROM journal ORDER BY lsn) /*scan*/",
		"SELECT group_concat(hex(id_number)) FROM (SELECT * FROM resident ORDER BY id) /*scan*/",
	};
	AUTO_STRBUF all = { 0 };

	for (size_t i = 0; i < COUNT(queries); i++) {
		AUTO_FREE char *text = text_of(x, queries[i]);

		assert_true(text[0] != '\0');
		strbuf_add(&all, text);
	}
	return strbuf_take(&all);
}

static void the_same_seed_gives_the_same_content(void **state)
{
	struct office_fixture *x = *state;
	AUTO_FREE char *first = NULL;
	AUTO_FREE char *second = NULL;
	AUTO_FREE char *other = NULL;

	open_demo(x, "a.db", 7, DEMO_SMALL);
	first = content(x);
	open_demo(x, "b.db", 7, DEMO_SMALL);
	second = content(x);
	assert_string_equal(first, second);
	open_demo(x, "c.db", 8, DEMO_SMALL);
	other = content(x);
	assert_string_not_equal(first, other);
}

static void issues_stand_in_every_phase_and_their_rows_agree(void **state)
{
	static const char *const wrong[] = {
		"SELECT count(*) FROM issue WHERE status = 'closed' AND (closed_at IS NULL OR closing IS NULL) /*scan*/",
		"SELECT count(*) FROM issue WHERE status <> 'closed' AND (closed_at IS NOT NULL OR due_day IS NULL) /*scan*/",
		"SELECT count(*) FROM issue WHERE raised_at > 1000 * unixepoch('2026-11-24 16:00:00') /*scan*/",
		"SELECT count(*) FROM issue AS i WHERE status <> 'closed' AND (SELECT count(*) FROM phase WHERE issue_id = i.id AND closed_at IS NULL) <> 1 /*scan*/",
		"SELECT count(*) FROM issue AS i WHERE status = 'closed' AND EXISTS (SELECT 1 FROM phase WHERE issue_id = i.id AND closed_at IS NULL) /*scan*/",
		"SELECT count(*) FROM phase WHERE closed_at < opened_at /*scan*/",
	};
	struct office_fixture *x = *state;

	open_demo(x, "demo.db", 3, DEMO_SMALL);
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (count_rows(x, wrong[i]) != 0)
			fail_msg("%s: %lld", wrong[i], (long long)count_rows(x, wrong[i]));
	assert_true(count_rows(x, "SELECT count(*) FROM issue WHERE status = 'closed' /*scan*/") > 10);
	assert_true(count_rows(x, "SELECT count(*) FROM issue WHERE status <> 'closed' /*scan*/") > 3);
	assert_true(count_rows(x, "SELECT count(*) FROM evaluation /*scan*/") > 5);
}

static void an_existing_file_is_refused_and_kept(void **state)
{
	struct office_fixture *x = *state;
	const struct demo_options o = { .seed = 1, .scale = DEMO_SMALL };
	struct err e = { 0 };

	assert_int_equal(demo_create(x->path, &x->settings, &o, &e), RC_CONFLICT);
	office_fixture_reopen(x);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM account"), 1);
}

static void scales_have_names(void **state)
{
	(void)state;
	assert_int_equal(demo_scale_from_key("small", (enum demo_scale)9), DEMO_SMALL);
	assert_int_equal(demo_scale_from_key("decade", (enum demo_scale)9), DEMO_DECADE);
	assert_int_equal(demo_scale_from_key("", (enum demo_scale)9), 9);
	assert_int_equal(demo_scale_from_key("huge", (enum demo_scale)9), 9);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, office_fixture_setup, office_fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_small_demo_has_its_figures),
		TEST(every_demo_account_logs_in_with_the_known_password),
		TEST(nobody_in_it_exists),
		TEST(the_same_seed_gives_the_same_content),
		TEST(issues_stand_in_every_phase_and_their_rows_agree),
		TEST(an_existing_file_is_refused_and_kept),
		cmocka_unit_test(scales_have_names),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
