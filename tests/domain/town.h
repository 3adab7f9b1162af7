/* A small town for tests of issues: a real database with two grids, two buildings, a few people and one account of each role.
 *
 * The clock is the town's: Tuesday 2026-11-24 09:00, moved by hand. Accounts are put on by town_as() without a password.
 */
#ifndef YL_TESTS_DOMAIN_TOWN_H
#define YL_TESTS_DOMAIN_TOWN_H

#include <stdint.h>
#include <string.h>

#include "base/settings.h"
#include "domain/issue.h"
#include "domain/issue_flow.h"
#include "domain/office.h"
#include "store/record.h"
#include "store/store.h"
#include "test.h"

#define TOWN_TODAY 20781                 /* 2026-11-24 */

enum town_account { DESK, GRID3, GRID5, CANTEEN, PROJECT, HEAD, HEAD2, ADMIN, TOWN_ACCOUNTS };

struct town {
	char dir[64], path[96];
	struct settings settings;
	struct store *st;
	struct office of;
	int64_t now;
	int64_t grid3, grid5, building3, building5, household3, household5;
	int64_t wang, li, zhang;             /* residents: wang lives in 3-2-501, li in 5-1-101, zhang nowhere */
	int64_t accounts[TOWN_ACCOUNTS];
	enum town_account who;
};

int town_setup(void **state);            /* *state is a fresh struct town, DESK at work */
int town_teardown(void **state);

#define TOWN_TEST(name) cmocka_unit_test_setup_teardown(name, town_setup, town_teardown)

/* Another process on the same database: a store and an office of its own, the same clock. */
struct town *town_second(struct town *t);
void town_close_second(struct town *second);

void town_as(struct town *t, enum town_account who);
void town_set_day(struct town *t, const char *day);        /* at 09:00 */
void town_pass_minutes(struct town *t, int minutes);

/* A field and what is put into it: typed text, or an id for picks. */
struct fill {
	const char *field, *typed;
	int64_t id;
};
#define FILLS(...) (const struct fill[]){ __VA_ARGS__, { 0 } }
void town_fill(struct town *t, struct record *r, const struct fill *fills);

/* Raise an issue: the title given, then as `fills` say; self-reported by wang, property.leak, normal, building 3, where they say nothing. */
int64_t town_raise(struct town *t, const char *title, const struct fill *fills);
enum rc town_try_raise(struct town *t, const char *title, const struct fill *fills, int64_t *id, struct err *e);

/* Load the issue, prefill the step's form, fill it, take the step. */
enum rc town_try(struct town *t, int64_t issue, const char *step, int64_t target, const struct fill *fills, struct err *e);
void town_take(struct town *t, int64_t issue, const char *step, const struct fill *fills);
/* Through the usual steps by the usual people; the account at work is the same afterwards. */
void town_to_act(struct town *t, int64_t issue);           /* 直办 by GRID3 */
void town_to_evaluate(struct town *t, int64_t issue);      /* … its task done, 办结 已解决 */

int64_t town_int(struct town *t, const char *sql, int64_t id);          /* :id bound where the text has it */
char *town_text(struct town *t, const char *sql, int64_t id);           /* the caller frees */
void town_write(struct town *t, const char *sql, int64_t id);           /* in a transaction of its own */
/* All live rows of the tables of issues, without rev: for "nothing was changed". The caller frees. */
char *town_snapshot(struct town *t);
/* All rows of a table, without rev; `where` "" or a condition. */
void town_snapshot_table(struct town *t, const char *table, const char *where, struct strbuf *out);
void assert_town_text(struct town *t, const char *sql, int64_t id, const char *wanted);

#endif
