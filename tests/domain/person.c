/* Whether two records speak of one person, and whose account it is. */
#include "domain/person.h"

#include "base/mem.h"
#include "base/text.h"
#include "domain/account.h"
#include "domain/register.h"
#include "store/stmt.h"
#include "town.h"

/* w and z: residents wang (王秀英) and zhang (张三); '': none. */
static void residents_decide_where_both_are_known_and_names_where_not(void **state)
{
	static const struct { const char *resident, *name, *other_resident, *other_name; enum person_same wanted; } cases[] = {
		{ "w", "小王", "w", "王阿姨", PERSON_SAME }, { "w", "王秀英", "z", "王秀英", PERSON_OTHER }, { "w", "", "w", "", PERSON_SAME },
		{ "", "周勤", "", "周勤", PERSON_NAMESAKE }, { "", "周 勤", "", "周勤 ", PERSON_NAMESAKE }, { "", "周勤", "", "周琴", PERSON_OTHER },
		{ "", "王秀英", "w", "小王", PERSON_NAMESAKE }, { "w", "小王", "", "王秀英", PERSON_NAMESAKE }, { "w", "小王", "", "小王", PERSON_NAMESAKE },
		{ "w", "小王", "", "张三", PERSON_OTHER }, { "", "", "", "", PERSON_OTHER }, { "", " ", "", " ", PERSON_OTHER }, { "w", "", "", "", PERSON_OTHER },
	};
	struct town *t = *state;

	for (size_t i = 0; i < COUNT(cases); i++)
		for (int turned = 0; turned < 2; turned++) {
			AUTO_STMT q = stmt_use(t->st, "SELECT " PERSON_SQL(":a", ":name", ":b", ":other"));
			const char *a = turned ? cases[i].other_resident : cases[i].resident, *b = turned ? cases[i].resident : cases[i].other_resident;
			struct err e = { 0 };
			int64_t found;

			bind_id(&q, ":a", *a == 'w' ? t->wang : *a == 'z' ? t->zhang : 0);
			bind_id(&q, ":b", *b == 'w' ? t->wang : *b == 'z' ? t->zhang : 0);
			bind_text(&q, ":name", turned ? cases[i].other_name : cases[i].name);
			bind_text(&q, ":other", turned ? cases[i].name : cases[i].other_name);
			assert_ok(stmt_int(&q, &found, &e));
			if (found != (int)cases[i].wanted)
				fail_msg("case %zu, turned %d: %d", i, turned, (int)found);
		}
}

static void two_accounts_may_be_one_person(void **state)
{
	struct town *t = *state;
	enum person_same same;
	struct err e = { 0 };

	town_as(t, HEAD);
	assert_ok(person_is_me(&t->of, t->accounts[HEAD], &same, &e));
	assert_int_equal(same, PERSON_SAME);
	assert_ok(person_is_me(&t->of, t->accounts[DESK], &same, &e));
	assert_int_equal(same, PERSON_OTHER);
	assert_ok(person_is_me(&t->of, 4711, &same, &e));
	assert_int_equal(same, PERSON_OTHER);
	town_write(t, "UPDATE account SET name = '周勤' WHERE login = 'desk'", 0);
	assert_ok(person_is_me(&t->of, t->accounts[DESK], &same, &e));
	assert_int_equal(same, PERSON_NAMESAKE);
	assert_non_null(strstr(person_hint(same), "账号本人"));
	town_write(t, "UPDATE account SET resident_id = iif(login = 'desk', :id, resident_id)", t->wang);
	town_write(t, "UPDATE account SET resident_id = iif(login = 'head', :id, resident_id)", t->zhang);
	assert_ok(person_is_me(&t->of, t->accounts[DESK], &same, &e));
	assert_int_equal(same, PERSON_OTHER);
	town_write(t, "UPDATE account SET name = '陈晓', resident_id = :id WHERE login = 'desk'", t->zhang);
	assert_ok(person_is_me(&t->of, t->accounts[DESK], &same, &e));
	assert_int_equal(same, PERSON_SAME);
	assert_string_equal(person_hint(same), "");
}

static enum rc try_link(struct town *t, enum town_account whose, int64_t resident, struct err *why)
{
	const struct form *form = form_find(t->of.forms, "account-person");
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	record_init(&r, form);
	assert_ok(record_load(t->st, form, t->accounts[whose], &r, &e));
	value_clear(record_value(&r, "resident_id"));
	if (resident)
		value_set_number(record_value(&r, "resident_id"), resident);
	return register_save(&t->of, &r, why);
}

static void the_head_says_whose_account_it_is_and_nobody_else(void **state)
{
	static const enum town_account others[] = { DESK, GRID3, CANTEEN, PROJECT, ADMIN };
	struct town *t = *state;
	AUTO_RECORD fresh = { 0 };
	struct err e = { 0 };

	for (size_t i = 0; i < COUNT(others); i++) {
		town_as(t, others[i]);
		assert_refused(try_link(t, DESK, t->wang, &e), RC_DENIED, "", "请交书记/主任办理");
	}
	town_as(t, HEAD);
	assert_ok(try_link(t, DESK, t->wang, &e));
	assert_int_equal(town_int(t, "SELECT resident_id FROM account WHERE id = :id", t->accounts[DESK]), t->wang);
	assert_town_text(t, "SELECT name || role FROM account WHERE id = :id", t->accounts[DESK], "陈晓desk");
	assert_refused(try_link(t, DESK, 4711, &e), RC_INVALID, "resident_id", "重新选定");
	town_write(t, "UPDATE resident SET deleted_at = 1 WHERE id = :id", t->li);
	assert_refused(try_link(t, DESK, t->li, &e), RC_INVALID, "resident_id", "重新选定");
	assert_int_equal(town_int(t, "SELECT resident_id FROM account WHERE id = :id", t->accounts[DESK]), t->wang);
	assert_ok(try_link(t, DESK, 0, &e));
	assert_int_equal(town_int(t, "SELECT resident_id IS NULL FROM account WHERE id = :id", t->accounts[DESK]), 1);
	record_init(&fresh, form_find(t->of.forms, "account-person"));
	assert_refused(register_save(&t->of, &fresh, &e), RC_INVALID, "login", "由系统管理员建立");
}

static void a_person_is_found_by_what_is_typed_if_it_is_one(void **state)
{
	struct town *t = *state;
	AUTO_FREE char *who = NULL;
	AUTO_FREE char *nobody = NULL;
	char *untouched = NULL;
	struct err e = { 0 };

	town_as(t, ADMIN);
	assert_refused(account_set_person(&t->of, "desk", "王秀英", &untouched, &e), RC_DENIED, "", "书记");
	account_logout(&t->of);
	assert_ok(account_set_person(&t->of, "desk", "王秀英", &who, &e));
	assert_non_null(strstr(who, "王秀英"));
	assert_int_equal(town_int(t, "SELECT resident_id FROM account WHERE login = 'desk'", 0), t->wang);
	assert_refused(account_set_person(&t->of, "desk", "没有这个人", &untouched, &e), RC_NOTFOUND, "resident_id", "没有找到居民");
	assert_refused(account_set_person(&t->of, "nobody", "王秀英", &untouched, &e), RC_NOTFOUND, "login", "nobody");
	town_write(t, "UPDATE resident SET name = '王秀英' WHERE id = :id", t->li);
	assert_refused(account_set_person(&t->of, "desk", "王秀英", &untouched, &e), RC_CONFLICT, "resident_id", "不止一位");
	assert_null(untouched);
	assert_int_equal(town_int(t, "SELECT resident_id FROM account WHERE login = 'desk'", 0), t->wang);
	assert_ok(account_set_person(&t->of, "desk", " ", &nobody, &e));
	assert_string_equal(nobody, "");
	assert_int_equal(town_int(t, "SELECT resident_id IS NULL FROM account WHERE login = 'desk'", 0), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOWN_TEST(residents_decide_where_both_are_known_and_names_where_not),
		TOWN_TEST(two_accounts_may_be_one_person),
		TOWN_TEST(the_head_says_whose_account_it_is_and_nobody_else),
		TOWN_TEST(a_person_is_found_by_what_is_typed_if_it_is_one),
	};

	text_locale_init();
	return cmocka_run_group_tests_name("domain-person", tests, NULL, NULL);
}
