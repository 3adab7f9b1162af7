/* A disk that is full: the save says so, nothing is half saved, and it goes on when there is room again. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../store/fixture.h"
#include "base/mem.h"
#include "ledger.h"

static enum rc save(struct store *st, int i, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "INSERT INTO issue (id, number, body) VALUES (:id, :number, :body)");
	AUTO_FREE char *body = mem_alloc(20001);
	AUTO_FREE char *number = mem_format("F-%d", i);
	AUTO_TXN t = { 0 };
	enum rc rc;

	memset(body, 'x', 20000);
	bind_int(&q, ":id", i);
	bind_text(&q, ":number", number);
	bind_text(&q, ":body", body);
	if ((rc = txn_begin(&t, st, "fault.full", e)) != RC_OK || (rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

struct filler {
	const char *path;
	bool believes;            /* wrong on purpose: takes every save for saved */
};

enum { NOT_ALL_THERE = 7 };

/* In a child: the limit is the process's. */
static int fill_up(void *context)
{
	const struct filler *f = context;
	struct store *st = fixture_open_at(f->path);
	struct rlimit limit, before;
	struct err e = { 0 };
	int saved = 0, refused = 0;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	for (int round = 0; round < 6; round++) {
		limit = before;
		limit.rlim_cur = 400000 + (rlim_t)round * 30000;
		if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
			return 2;
		for (int i = 0; i < 40; i++) {
			enum rc rc = save(st, round * 100 + i, &e);

			if (rc != RC_OK && rc != RC_IO && rc != RC_DB)
				return 3;
			if (rc != RC_OK && e.text[0] == '\0')
				return 4;
			saved += rc == RC_OK || f->believes;
			refused += rc != RC_OK;
		}
		if (setrlimit(RLIMIT_FSIZE, &before) != 0 || save(st, round * 100 + 99, &e) != RC_OK) {
			fprintf(stderr, "%s\n", e.text);
			return 5;                          /* there is room again */
		}
		saved++;
	}
	if (refused == 0)
		return 6;                                  /* the test tested nothing */
	if (fixture_int(st, "SELECT count(*) FROM issue") != saved || fixture_int(st, "SELECT no FROM self") != saved)
		return NOT_ALL_THERE;
	store_close(st);
	return 0;
}

static void a_full_disk_refuses_whole_saves_and_goes_on_when_there_is_room(void **state)
{
	struct fixture *f = *state;

	fixture_close(f);
	assert_int_equal(fixture_child(fill_up, &(struct filler){ .path = f->path }), 0);
	fixture_open(f);
	assert_int_equal(ledger_faults(f->st), 0);
}

/* The control: who does not look at what a save returns must be caught. */
static void a_refusal_that_is_not_heeded_is_caught(void **state)
{
	struct fixture *f = *state;

	fixture_close(f);
	assert_int_equal(fixture_child(fill_up, &(struct filler){ .path = f->path, .believes = true }), NOT_ALL_THERE);
	fixture_open(f);
	assert_int_equal(ledger_faults(f->st), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_full_disk_refuses_whole_saves_and_goes_on_when_there_is_room, fixture_begin, fixture_end),
		cmocka_unit_test_setup_teardown(a_refusal_that_is_not_heeded_is_caught, fixture_begin, fixture_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
