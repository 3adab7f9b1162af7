/* Logging in: passwords, lockout, sessions; and the administration of accounts. */
#include "domain/account.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/office.h"
#include "office_fixture.h"
#include "store/stmt.h"
#include "store/txn.h"
#include "test.h"

#define DAY_MS INT64_C(86400000)

static int setup(void **state)
{
	struct office_fixture *x;
	struct err e = { 0 };

	office_fixture_setup(state);
	x = *state;
	assert_ok(account_add(&x->of, "desk", "陈晓", ROLE_DESK, "a long password", NULL, &e));
	return 0;
}

static void the_right_password_logs_in_and_opens_a_session(void **state)
{
	struct office_fixture *x = *state;
	struct err e = { 0 };

	assert_ok(account_login(&x->of, "desk", "a long password", &e));
	assert_string_equal(x->of.me.name, "陈晓");
	assert_int_equal(x->of.me.role, ROLE_DESK);
	assert_int_equal(store_actor(x->of.st), x->of.me.id);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM session WHERE ended_at IS NULL /*scan*/"), 1);
	x->clock += 1000;
	account_logout(&x->of);
	assert_int_equal(x->of.me.id, 0);
	assert_int_equal(store_actor(x->of.st), 0);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM session WHERE ended_at - began_at = 1000 /*scan*/"), 1);
}

static void the_input_method_may_stay_on(void **state)
{
	struct office_fixture *x = *state;
	struct err e = { 0 };

	assert_ok(account_login(&x->of, " ＤＥＳＫ ", "a long password", &e));
}

static void hostile_names_and_passwords_are_wrong_and_nothing_else(void **state)
{
	struct office_fixture *x = *state;
	AUTO_FREE char *huge = mem_alloc(1 << 20);
	struct err e = { 0 };
	const char *texts[] = { "", " ", "' OR 1=1 --", "desk\n", "\xff\xfe", "\x1b[2J", huge, "王秀英" };

	memset(huge, 'x', (1 << 20) - 1);
	for (size_t i = 0; i < COUNT(texts); i++) {
		x->clock += DAY_MS;
		assert_refused(account_login(&x->of, "desk", texts[i], &e), RC_DENIED, "password", "用户名或密码不对");
		x->clock += DAY_MS;
		assert_refused(account_login(&x->of, strcmp(texts[i], "desk\n") ? texts[i] : "desk0", "a long password", &e), RC_DENIED, "password",
		               "用户名或密码不对");
		assert_int_equal(x->of.me.id, 0);
	}
}

/* security.md: from the third failure 5 s·2ⁿ, at most 15 min */
static void failures_lock_longer_and_longer(void **state)
{
	static const int waits[] = { 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900 };
	struct office_fixture *x = *state;
	struct err e = { 0 };

	for (size_t i = 0; i < COUNT(waits); i++) {
		assert_refused(account_login(&x->of, "desk", "wrong password", &e), RC_DENIED, "password", "不对");
		if (waits[i] == 0)
			continue;
		AUTO_FREE char *words = mem_format(" %d 秒", waits[i]);
		assert_refused(account_login(&x->of, "desk", "a long password", &e), RC_DENIED, "password", words);
		x->clock += waits[i] * 1000 - 1;
		assert_refused(account_login(&x->of, "desk", "a long password", &e), RC_DENIED, "password", " 1 秒");
		x->clock += 1;
	}
	assert_ok(account_login(&x->of, "desk", "a long password", &e));
	account_logout(&x->of);
	assert_refused(account_login(&x->of, "desk", "wrong password", &e), RC_DENIED, "password", "不对");
	assert_ok(account_login(&x->of, "desk", "a long password", &e));
}

static void an_unknown_name_behaves_like_a_known_one(void **state)
{
	struct office_fixture *x = *state;
	struct err known = { 0 }, unknown = { 0 };

	for (int i = 0; i < 6; i++) {
		assert_int_equal(account_login(&x->of, "desk", "wrong password", &known), RC_DENIED);
		assert_int_equal(account_login(&x->of, "nobody", "wrong password", &unknown), RC_DENIED);
		assert_string_equal(known.text, unknown.text);
		assert_string_equal(known.field, unknown.field);
	}
	x->clock += 2 * DAY_MS;
	assert_int_equal(account_login(&x->of, "nobody2", "wrong password", &unknown), RC_DENIED);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM credential WHERE account_id < 0"), 1);
}

static void a_try_is_counted_before_it_is_known_to_be_wrong(void **state)
{
	struct office_fixture *x = *state;
	AUTO_FREE char *lock = mem_format("%s.login", x->path);
	AUTO_FREE char *unusable = NULL;
	struct err e = { 0 };

	/* The place where hashing queues can't be taken: as if the process had been killed there. */
	assert_int_equal(remove(lock), 0);
	write_file(lock, "", 0);
	unusable = mem_format("%s.moved", lock);
	assert_int_equal(rename(lock, unusable), 0);
	assert_int_equal(symlink("/dev/null", lock), 0);
	assert_int_equal(account_login(&x->of, "desk", "a long password", &e), RC_IO);
	assert_int_equal(count_rows(x, "SELECT fails FROM credential JOIN account ON account.id = account_id WHERE login = 'desk'"), 1);
	remove(lock);
}

static void a_disabled_account_is_told_so_only_with_its_password(void **state)
{
	struct office_fixture *x = *state;
	struct err e = { 0 };

	assert_ok(account_set_disabled(&x->of, "desk", 1, &e));
	assert_refused(account_login(&x->of, "desk", "wrong password", &e), RC_DENIED, "password", "不对");
	assert_refused(account_login(&x->of, "desk", "a long password", &e), RC_DENIED, "login", "停用");
	assert_ok(account_set_disabled(&x->of, "desk", 0, &e));
	assert_ok(account_login(&x->of, "desk", "a long password", &e));
}

static void the_idle_lock_counts_failures_too(void **state)
{
	struct office_fixture *x = *state;
	struct err e = { 0 };

	assert_refused(account_unlock(&x->of, "a long password", &e), RC_DENIED, "login", "请先登录");
	assert_ok(account_login(&x->of, "desk", "a long password", &e));
	for (int i = 0; i < 3; i++)
		assert_refused(account_unlock(&x->of, "wrong password", &e), RC_DENIED, "password", "不对");
	assert_refused(account_unlock(&x->of, "a long password", &e), RC_DENIED, "password", " 5 秒");
	x->clock += 5000;
	assert_ok(account_unlock(&x->of, "a long password", &e));
	assert_string_equal(x->of.me.login, "desk");
}

static void a_hash_is_argon2id_and_never_in_the_journal(void **state)
{
	struct office_fixture *x = *state;

	assert_int_equal(count_rows(x, "SELECT count(*) FROM credential WHERE hash LIKE '$argon2id$%' AND account_id > 0"), 2);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM journal WHERE new LIKE '%argon2%' OR old LIKE '%argon2%' /*scan*/"), 0);
	assert_int_equal(count_rows(x, "SELECT count(*) FROM journal WHERE verb = 'account.add' AND tbl = 'account' /*scan*/"), 1);
}

static void a_cheap_hash_is_made_again_at_the_next_login(void **state)
{
	struct office_fixture *x = *state;
	char cheap[crypto_pwhash_STRBYTES];
	struct err e = { 0 };

	assert_int_equal(crypto_pwhash_str_alg(cheap, "a long password", strlen("a long password"), 2, 16384, crypto_pwhash_ALG_ARGON2ID13), 0);
	{
		AUTO_TXN t = { 0 };
		assert_ok(txn_begin(&t, x->of.st, "test", &e));
		AUTO_STMT q = stmt_use(x->of.st, "UPDATE credential SET hash = :hash WHERE account_id = (SELECT id FROM account WHERE login = 'desk')");
		bind_text(&q, ":hash", cheap);
		assert_ok(stmt_run(&q, &e));
		assert_ok(txn_commit(&t, &e));
	}
	assert_ok(account_login(&x->of, "desk", "a long password", &e));
	AUTO_FREE char *hash = text_of(x, "SELECT hash FROM credential JOIN account ON account.id = account_id WHERE login = 'desk'");
	assert_string_not_equal(hash, cheap);
	assert_non_null(strstr(hash, "$m=8,t=1,"));
}

static void accounts_are_checked_before_they_are_made(void **state)
{
	static const struct { const char *login, *name, *password, *field; enum role role; enum rc rc; } cases[] = {
		{ "", "王", "long password", "login", ROLE_DESK, RC_INVALID }, { "x", "王", "long password", "login", ROLE_DESK, RC_INVALID },
		{ "1a", "王", "long password", "login", ROLE_DESK, RC_INVALID }, { "a b", "王", "long password", "login", ROLE_DESK, RC_INVALID },
		{ "a'--", "王", "long password", "login", ROLE_DESK, RC_INVALID }, { "desk", "王", "long password", "login", ROLE_DESK, RC_CONFLICT },
		{ "abcdefghijklmnopqrstuvwxyzabcdefg", "王", "long password", "login", ROLE_DESK, RC_INVALID },
		{ "wang", "", "long password", "name", ROLE_DESK, RC_INVALID }, { "wang", "王\xe2\x80\xae", "long password", "name", ROLE_DESK, RC_INVALID },
		{ "wang", "王", "long password", "role", ROLE_NONE, RC_INVALID }, { "wang", "王", "long password", "role", ROLE_COUNT, RC_INVALID },
		{ "wang", "王", "1234567", "password", ROLE_DESK, RC_INVALID }, { "wang", "王", "        ", "password", ROLE_DESK, RC_INVALID },
		{ "wangwang", "王", "wangwang", "password", ROLE_DESK, RC_INVALID }, { "wang", "王", "youlin-demo", "password", ROLE_DESK, RC_INVALID },
		{ "wang", "王", "pass\x1bword1", "password", ROLE_DESK, RC_INVALID }, { "wang", "王", "八个汉字也够长了", "", ROLE_DESK, RC_OK },
	};
	struct office_fixture *x = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { 0 };
		enum rc rc = account_add(&x->of, cases[i].login, cases[i].name, cases[i].role, cases[i].password, NULL, &e);

		if (rc != cases[i].rc || strcmp(e.field, cases[i].field) != 0)
			fail_msg("case %zu: %d %s [%s]", i, rc, e.text, e.field);
	}
}

static void only_an_administrator_administers(void **state)
{
	struct office_fixture *x = *state;
	struct account_row *rows;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	size_t n;

	act_as(x, ROLE_HEAD);
	assert_refused(account_add(&x->of, "wang", "王", ROLE_DESK, "long password", NULL, &e), RC_DENIED, "", "系统管理员");
	assert_refused(account_set_password(&x->of, "desk", "long password", &e), RC_DENIED, "", "系统管理员");
	assert_refused(account_set_role(&x->of, "desk", ROLE_ADMIN, &e), RC_DENIED, "", "系统管理员");
	assert_refused(account_set_disabled(&x->of, "desk", 1, &e), RC_DENIED, "", "系统管理员");
	assert_refused(account_list(&x->of, &a, &rows, &n, &e), RC_DENIED, "", "系统管理员");
	act_as(x, ROLE_NONE);
	assert_ok(account_login(&x->of, "desk", "a long password", &e));
	assert_ok(account_set_password(&x->of, "desk", "my new password", &e));      /* one's own */
	assert_refused(account_set_password(&x->of, "admin", "my new password", &e), RC_DENIED, "", "系统管理员");
	account_logout(&x->of);
	assert_refused(account_login(&x->of, "desk", "a long password", &e), RC_DENIED, "password", "不对");
	assert_ok(account_login(&x->of, "desk", "my new password", &e));
}

static void the_last_administrator_stays(void **state)
{
	struct office_fixture *x = *state;
	struct err e = { 0 };

	assert_refused(account_set_role(&x->of, "admin", ROLE_HEAD, &e), RC_INVALID, "login", "最后一个");
	assert_refused(account_set_disabled(&x->of, "admin", 1, &e), RC_INVALID, "login", "最后一个");
	assert_ok(account_set_role(&x->of, "desk", ROLE_ADMIN, &e));
	assert_ok(account_set_disabled(&x->of, "admin", 1, &e));
	assert_refused(account_set_role(&x->of, "desk", ROLE_DESK, &e), RC_INVALID, "login", "最后一个");
	assert_refused(account_set_role(&x->of, "nobody", ROLE_DESK, &e), RC_NOTFOUND, "login", "nobody");
}

static void grids_of_a_grid_worker_are_named_by_their_codes(void **state)
{
	struct office_fixture *x = *state;
	struct err e = { 0 };

	assert_ok(account_add(&x->of, "grid", "沈建明", ROLE_GRID, "long password", NULL, &e));
	assert_refused(account_set_grids(&x->of, "grid", "01 99", &e), RC_NOTFOUND, "grids", "99");
	assert_ok(account_set_grids(&x->of, "grid", "02, 01", &e));
	assert_ok(account_login(&x->of, "grid", "long password", &e));
	assert_int_equal(x->of.me.n_grids, 2);
	assert_int_equal(x->of.me.grids[0], x->grids[1]);
	account_logout(&x->of);
	assert_ok(account_set_grids(&x->of, "grid", "", &e));
	assert_ok(account_login(&x->of, "grid", "long password", &e));
	assert_int_equal(x->of.me.n_grids, 0);
}

static void the_list_has_every_account_and_a_name_for_every_id(void **state)
{
	struct office_fixture *x = *state;
	struct account_row *rows;
	AUTO_FREE char *name = NULL;
	AUTO_FREE char *none = NULL;
	AUTO_ARENA a = { 0 };
	struct err e = { 0 };
	size_t n;

	assert_ok(account_login(&x->of, "desk", "a long password", &e));
	account_logout(&x->of);
	assert_ok(account_list(&x->of, &a, &rows, &n, &e));
	assert_int_equal(n, 2);
	assert_string_equal(rows[0].login, "admin");
	assert_string_equal(rows[1].name, "陈晓");
	assert_int_equal(rows[1].last_ok_at, x->clock);
	assert_ok(account_name(&x->of, rows[1].id, &name, &e));
	assert_string_equal(name, "陈晓");
	assert_ok(account_name(&x->of, 12345, &none, &e));
	assert_string_equal(none, "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, office_fixture_teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_right_password_logs_in_and_opens_a_session),
		TEST(the_input_method_may_stay_on),
		TEST(hostile_names_and_passwords_are_wrong_and_nothing_else),
		TEST(failures_lock_longer_and_longer),
		TEST(an_unknown_name_behaves_like_a_known_one),
		TEST(a_try_is_counted_before_it_is_known_to_be_wrong),
		TEST(a_disabled_account_is_told_so_only_with_its_password),
		TEST(the_idle_lock_counts_failures_too),
		TEST(a_hash_is_argon2id_and_never_in_the_journal),
		TEST(a_cheap_hash_is_made_again_at_the_next_login),
		TEST(accounts_are_checked_before_they_are_made),
		TEST(only_an_administrator_administers),
		TEST(the_last_administrator_stays),
		TEST(grids_of_a_grid_worker_are_named_by_their_codes),
		TEST(the_list_has_every_account_and_a_name_for_every_id),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
