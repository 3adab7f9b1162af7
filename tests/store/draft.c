/* Drafts and preferences. */
#include "store/draft.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fixture.h"

static int64_t now_value = 1000;

static int64_t now(void *context)
{
	(void)context;
	return now_value++;
}

static void what_was_typed_is_there_again_word_for_word(void **state)
{
	static const char *const texts[] = {
		"", "楼道堆物", "一行\n二行\ttab", "引号\"与\\反斜杠", "\x01\x1f", "{\"a\":1}", "𠀀😀", "a very long text", "null",
	};
	struct fixture *f = *state;
	AUTO_FREE char *huge = mem_alloc(100001);
	struct draft d = { .account_id = 7, .form = "issue", .context_id = 5, .title = mem_copy("提事：楼道堆物") };
	struct draft back = { 0 };
	int64_t id;

	memset(huge, 'x', 100000);
	draft_set(&d, "huge", huge);
	for (size_t i = 0; i < COUNT(texts); i++) {
		char field[] = { 'f', (char)('a' + i), '\0' };

		draft_set(&d, field, texts[i]);
	}
	draft_set(&d, "x.wifi", NULL);
	assert_ok(draft_save(f->st, &d, &f->e), &f->e);
	id = d.id;
	assert_true(id > 0);
	fixture_close(f);
	fixture_open(f);
	assert_ok(draft_load(f->st, id, &back, &f->e), &f->e);
	assert_int_equal(back.account_id, 7);
	assert_int_equal(back.context_id, 5);
	assert_string_equal(back.form, "issue");
	assert_string_equal(back.title, "提事：楼道堆物");
	assert_int_equal(back.n, d.n);
	for (size_t i = 0; i < d.n; i++)
		assert_string_equal(draft_get(&back, d.fields[i]), d.texts[i]);
	assert_null(draft_get(&back, "nothing"));
	draft_release(&back);
	draft_release(&d);
}

static void a_draft_is_saved_again_in_place_and_leaves_no_op(void **state)
{
	struct fixture *f = *state;
	struct draft d = { .account_id = 7, .form = "issue" };
	int64_t id;

	draft_set(&d, "title", "a");
	assert_ok(draft_save(f->st, &d, &f->e), &f->e);
	id = d.id;
	draft_set(&d, "title", "ab");
	assert_ok(draft_save(f->st, &d, &f->e), &f->e);
	assert_int_equal(d.id, id);
	assert_int_equal(d.n, 1);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM draft"), 1);
	assert_int_equal(fixture_int(f->st, "SELECT count(*) FROM journal"), 0);
	assert_int_equal(fixture_int(f->st, "SELECT no FROM self"), 0);
	draft_release(&d);
}

static void the_drafts_of_an_account_come_newest_first(void **state)
{
	struct fixture *f = *state;
	struct draft *list = NULL;
	size_t n = 0;

	store_set_clock(f->st, now, NULL);
	for (int i = 0; i < 4; i++) {
		struct draft d = { .account_id = i == 2 ? 8 : 7, .form = "issue" };

		draft_set(&d, "i", (const char *const[]){ "0", "1", "2", "3" }[i]);
		assert_ok(draft_save(f->st, &d, &f->e), &f->e);
		draft_release(&d);
	}
	assert_ok(draft_list(f->st, 7, &list, &n, &f->e), &f->e);
	assert_int_equal(n, 3);
	assert_string_equal(draft_get(&list[0], "i"), "3");
	assert_string_equal(draft_get(&list[2], "i"), "0");
	assert_ok(draft_drop(f->st, list[0].id, &f->e), &f->e);
	assert_rc(draft_load(f->st, list[0].id, &list[0], &f->e), RC_NOTFOUND, &f->e);
	assert_string_equal(draft_get(&list[0], "i"), "3");        /* untouched */
	for (size_t i = 0; i < n; i++)
		draft_release(&list[i]);
	free(list);
	assert_ok(draft_list(f->st, 99, &list, &n, &f->e), &f->e);
	assert_int_equal(n, 0);
	free(list);
}

static void a_draft_belongs_to_the_terminal_that_types_it(void **state)
{
	struct fixture *f = *state;
	struct draft d = { .account_id = 7, .form = "issue" };
	struct draft *list = NULL;
	struct store *other;
	size_t n = 0;

	other = fixture_open_at(f->path);
	draft_set(&d, "title", "a");
	assert_ok(draft_save(f->st, &d, &f->e), &f->e);
	assert_ok(draft_hold(f->st, d.id, &f->e), &f->e);
	assert_rc(draft_hold(other, d.id, &f->e), RC_BUSY, &f->e);
	assert_rc(draft_drop(other, d.id, &f->e), RC_BUSY, &f->e);
	assert_ok(draft_list(other, 7, &list, &n, &f->e), &f->e);
	assert_int_equal(n, 1);
	assert_true(list[0].elsewhere);
	draft_release(&list[0]);
	free(list);
	draft_leave(f->st, d.id);
	assert_ok(draft_list(f->st, 7, &list, &n, &f->e), &f->e);
	assert_false(list[0].elsewhere);
	draft_release(&list[0]);
	free(list);
	assert_ok(draft_drop(other, d.id, &f->e), &f->e);
	store_close(other);
	draft_release(&d);
}

static void the_id_of_a_draft_is_never_used_again(void **state)
{
	struct fixture *f = *state;
	struct draft d = { .account_id = 7, .form = "issue" }, next = { .account_id = 7, .form = "issue" };

	draft_set(&d, "title", "a");
	assert_ok(draft_save(f->st, &d, &f->e), &f->e);
	assert_ok(draft_drop(f->st, d.id, &f->e), &f->e);
	draft_set(&next, "title", "b");
	assert_ok(draft_save(f->st, &next, &f->e), &f->e);
	assert_true(next.id > d.id);
	draft_release(&d);
	draft_release(&next);
}

static void a_draft_that_is_not_utf8_is_refused_and_the_old_one_stays(void **state)
{
	struct fixture *f = *state;
	struct draft d = { .account_id = 7, .form = "issue" }, back = { 0 };

	draft_set(&d, "title", "好");
	assert_ok(draft_save(f->st, &d, &f->e), &f->e);
	draft_set(&d, "title", "\xFF");
	assert_rc(draft_save(f->st, &d, &f->e), RC_INVALID, &f->e);
	assert_ok(draft_load(f->st, d.id, &back, &f->e), &f->e);
	assert_string_equal(draft_get(&back, "title"), "好");
	draft_release(&back);
	draft_release(&d);
}

static void preferences_are_kept_for_each_account(void **state)
{
	struct fixture *f = *state;
	char *value = (char *)"untouched";

	assert_ok(preference_get(f->st, 1, "issue.filter", &value, &f->e), &f->e);
	assert_null(value);
	assert_ok(preference_set(f->st, 1, "issue.filter", "mine", &f->e), &f->e);
	assert_ok(preference_set(f->st, 2, "issue.filter", "all", &f->e), &f->e);
	assert_ok(preference_set(f->st, 1, "issue.filter", "open", &f->e), &f->e);
	assert_ok(preference_get(f->st, 1, "issue.filter", &value, &f->e), &f->e);
	assert_string_equal(value, "open");
	free(value);
	assert_ok(preference_set(f->st, 1, "issue.filter", NULL, &f->e), &f->e);
	assert_ok(preference_get(f->st, 1, "issue.filter", &value, &f->e), &f->e);
	assert_null(value);
	assert_ok(preference_get(f->st, 2, "issue.filter", &value, &f->e), &f->e);
	assert_string_equal(value, "all");
	free(value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_typed_is_there_again_word_for_word, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_draft_is_saved_again_in_place_and_leaves_no_op, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_drafts_of_an_account_come_newest_first, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_draft_belongs_to_the_terminal_that_types_it, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(the_id_of_a_draft_is_never_used_again, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_draft_that_is_not_utf8_is_refused_and_the_old_one_stays, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(preferences_are_kept_for_each_account, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
