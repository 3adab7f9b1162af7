/* Writers and their ledger. */
#include "ledger.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/check.h"
#include "store/stmt.h"
#include "store/txn.h"

static enum rc add_issue(struct store *st, const struct writer *w, int step, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "INSERT INTO issue (id, number, title, phase, status) VALUES (:id, :number, '楼道堆物', 'raise', 'open')");
	AUTO_STMT phase = stmt_use(st, "INSERT INTO phase (id, issue_id, phase) VALUES (:id, :issue, 'raise')");
	AUTO_FREE char *number = mem_format("W%d-%d", w->number, step);
	int64_t issue, id;
	enum rc rc;

	if ((rc = store_new_id(st, &issue, e)) != RC_OK || (rc = store_new_id(st, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", issue);
	bind_text(&q, ":number", number);
	bind_int(&phase, ":id", id);
	bind_int(&phase, ":issue", issue);
	return (rc = stmt_run(&q, e)) == RC_OK ? stmt_run(&phase, e) : rc;
}

static enum rc set_counter(struct store *st, const struct writer *w, int step, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "INSERT INTO estate (id, name, built_year) VALUES (:id, '计数', :step)"
	                           " ON CONFLICT (id) DO UPDATE SET built_year = excluded.built_year, rev = rev + 1");

	bind_int(&q, ":id", 1000 + w->number);
	bind_int(&q, ":step", step);
	return stmt_run(&q, e);
}

static bool acknowledge(const struct writer *w, int step)
{
	struct ack a = { w->number, step };

	return write(w->acks, &a, sizeof a) == sizeof a;
}

static enum rc one_step(struct store *st, const struct writer *w, int step, struct err *e)
{
	struct timespec pause = { .tv_nsec = 500 * 1000 * 1000 };   /* long enough to be killed in */
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, st, "fault.step", e)) != RC_OK ||
	    (rc = add_issue(st, w, step, e)) != RC_OK ||
	    (rc = set_counter(st, w, step, e)) != RC_OK)
		return rc;
	if (w->too_early) {
		acknowledge(w, step);
		nanosleep(&pause, NULL);
	}
	return txn_commit(&t, e);
}

int ledger_write(const struct writer *w)
{
	struct store_options options = { .path = w->path, .busy_timeout_ms = 60000 };
	struct store *st = NULL;
	struct err e = { 0 };
	enum rc rc = store_open(&st, &options, &e);

	for (int step = w->first_step; rc == RC_OK && (w->steps == 0 || step < w->first_step + w->steps); step++) {
		rc = one_step(st, w, step, &e);
		if (rc == RC_OK && !w->too_early && !acknowledge(w, step))
			break;
	}
	if (rc != RC_OK)
		fprintf(stderr, "writer %d: %s\n", w->number, e.text);
	store_close(st);
	return (int)rc;
}

int ledger_steps(struct store *st, int writer)
{
	AUTO_STMT q = stmt_use(st, "SELECT count(*), coalesce(max(CAST(substr(number, instr(number, '-') + 1) AS INTEGER)), 0),"
	                           " coalesce((SELECT built_year FROM estate WHERE id = :counter), 0) FROM issue WHERE number LIKE :prefix /*scan*/");
	AUTO_FREE char *prefix = mem_format("W%d-%%", writer);
	struct err e = { 0 };
	bool row = false;

	bind_int(&q, ":counter", 1000 + writer);
	bind_text(&q, ":prefix", prefix);
	if (stmt_step(&q, &row, &e) != RC_OK || !row || column_int(&q, 0) != column_int(&q, 1) || column_int(&q, 1) != column_int(&q, 2))
		return -1;
	return (int)column_int(&q, 0);
}

static void note(void *context, bool ok, const char *line)
{
	(void)context;
	if (!ok)
		fprintf(stderr, "%s\n", line);
}

int ledger_faults(struct store *st)
{
	struct err e = { 0 };
	int faults = -1;

	if (store_check(st, NULL, note, NULL, &faults, &e) != RC_OK) {
		fprintf(stderr, "%s\n", e.text);
		return -1;
	}
	return faults;
}
