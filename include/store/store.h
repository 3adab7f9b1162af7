/* The database: one SQLite file, opened by several processes at once.
 *
 * Invariants: WAL, synchronous=FULL, foreign keys off on purpose (a merge may bring a child first), trusted_schema=OFF, DEFENSIVE; file mode 0600 in a
 * directory 0700; every write runs inside a txn; no read transaction stays open between two calls.
 * Only src/store includes sqlite3.h.
 */
#ifndef YL_STORE_STORE_H
#define YL_STORE_STORE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct store;

/* Tables that screens read; each has a counter that moves when a row of it changes. A new table is one row here. */
#define STORE_TABLES(X) \
	X(COMMUNITY, community) X(GRID, grid) X(ESTATE, estate) X(BUILDING, building) X(HOUSEHOLD, household) \
	X(RESIDENT, resident) X(ACCOUNT, account) X(ISSUE, issue) X(PHASE, phase) X(ACTION, action) X(PROGRESS, progress) \
	X(EVALUATION, evaluation) X(SUPPORT, support) X(SUSPENSION, suspension) X(EXTENSION, extension) X(EXTRA, extra) \
	X(AGENDA_ITEM, agenda_item) X(AGENDA_ISSUE, agenda_issue) X(INTEREST, interest) X(ALTERNATIVE, alternative) X(MEETING, meeting) \
	X(ATTENDEE, attendee) X(AGENDA_SLOT, agenda_slot) X(RECUSAL, recusal) X(OPINION, opinion) X(BALLOT, ballot) X(AMENDMENT, amendment) \
	X(DECISION, decision) X(DECISION_PARTNER, decision_partner) X(DECISION_TASK, decision_task) X(NOTICE, notice) X(OBJECTION, objection) \
	X(VOLUNTEER, volunteer) X(VOLUNTEER_GRID, volunteer_grid) X(QUALIFICATION, qualification) X(APART, apart) X(AVAILABILITY, availability) \
	X(ABSENCE, absence) X(SHIFT_TEMPLATE, shift_template) X(SHIFT, shift) X(SHIFT_NEED, shift_need) X(ASSIGNMENT, assignment) \
	X(ATTENDANCE, attendance) X(SERVICE_PROOF, service_proof) X(POINT_ENTRY, point_entry) X(CALL, call) \
	X(DINER, diner) X(DINER_BLOCK, diner_block) X(MEAL_PLAN, meal_plan) X(MEAL_PAUSE, meal_pause) X(DISH, dish) X(MENU, menu) \
	X(MENU_DISH, menu_dish) X(MEAL_ORDER, meal_order) X(ROUTE, route) X(STOP, stop) X(WELFARE_CHECK, welfare_check) \
	X(WELFARE_STEP, welfare_step) X(MEAL_CLOSE, meal_close) X(SETTLEMENT, settlement) X(SETTLEMENT_ENTRY, settlement_entry) \
	X(DRAFT, draft) X(PREFERENCE, preference) X(SESSION, session)

enum store_table {
#define X(upper, lower) TABLE_##upper,
	STORE_TABLES(X)
#undef X
	TABLE_COUNT
};

/* A set of tables, a bit each: there are more than 64. */
__extension__ typedef unsigned __int128 table_set;
static_assert(TABLE_COUNT <= 128, "a table_set holds 128 tables");
#define TABLE_BIT(upper) ((table_set)1 << TABLE_##upper)

#define X(upper, lower) static const table_set TBL_##upper __attribute__((unused)) = TABLE_BIT(upper);
STORE_TABLES(X)
#undef X

struct store_options {
	const char *path;
	int busy_timeout_ms;      /* how long a write waits for another process; 0 = 10,000 */
	bool create;              /* make a new, empty database with the newest schema; refuses an existing file */
	bool read_only;
	bool demo;                /* with `create`: while it is open, commits are not waited for and chance follows `seed`; store_mark_demo() marks the file */
	uint64_t seed;
	void (*progress)(void *context, const char *what, int percent);   /* migrations and backups; may be NULL */
	void *context;
};

/* Open, and bring an older database to this program's schema: each migration in one transaction after a verified backup beside the database.
 *
 * Errors  RC_NOTFOUND no such file; RC_INVALID not a youlin database, or made by a newer program (the file is untouched);
 *         RC_BUSY, RC_DB, RC_IO */
enum rc store_open(struct store **out, const struct store_options *options, struct err *e) MUST_USE;
void store_close(struct store *st);

const char *store_path(const struct store *st);
/* Random number of this copy. A database that was copied or put back from a backup takes a new one with its next write. */
int64_t store_site(const struct store *st);
/* Letter in people's numbers where an office has several sites: "" or "A" … "Z". */
const char *store_desk(const struct store *st);
enum rc store_set_desk(struct store *st, const char *desk, struct err *e) MUST_USE;    /* RC_INVALID "desk" */
/* Made by `youlin demo`: its known passwords are allowed here only. */
bool store_is_demo(const struct store *st);
enum rc store_mark_demo(struct store *st, struct err *e) MUST_USE;
int store_schema_version(void);                     /* what this program writes */

/* Who writes from here on: the journal's actor; `name` is shown to others who have to wait. 0 and NULL: the program itself. */
void store_set_actor(struct store *st, int64_t account_id, const char *name);
int64_t store_actor(const struct store *st);

/* A new record id; inside a txn. */
enum rc store_new_id(struct store *st, int64_t *id, struct err *e) MUST_USE;
/* The id that a natural key gives on every site: a keyless 63-bit hash of table and key. */
int64_t store_derived_id(const char *table, const char *key);

/* Sum of the change counters of a set of tables (TBL_… | TBL_…): a screen loads again when it has moved.
 * Own changes count at once; those of other processes after store_poll(). Costs no I/O. */
uint64_t store_version(const struct store *st, table_set tables);
/* Look whether another process has changed something (PRAGMA data_version, then the journal's tail). One cheap read; call about once a second. */
enum rc store_poll(struct store *st, bool *changed, struct err *e) MUST_USE;

/* Rows changed by the last statement. */
int64_t store_changes(const struct store *st);

/* A verified copy of the whole database (SQLite's backup API, integrity_check, fsync, 0600). */
enum rc store_backup(struct store *st, const char *to, struct err *e) MUST_USE;

/* An instant for rows: the wall clock, or the one that a test or the demo set. ms UTC. */
int64_t store_now(const struct store *st);
/* The clock went back over 10 minutes or ahead over 15 days since the last trusted write, or is before this program was built or 15 years
 * after. Nothing is refused; a banner asks an administrator to mend the clock or to confirm it. */
bool store_clock_suspect(const struct store *st);
enum rc store_clock_confirm(struct store *st, struct err *e) MUST_USE;
void store_set_clock(struct store *st, int64_t (*now)(void *context), void *context);

#endif
