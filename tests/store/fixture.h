/* What every test of store needs: cmocka, and a new database in a directory of its own that is removed afterwards. */
#ifndef YL_TESTS_STORE_FIXTURE_H
#define YL_TESTS_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

struct fixture {
	char dir[64];
	char path[96];
	struct store *st;
	struct err e;
};

int fixture_begin(void **state);               /* cmocka set-up: an open, empty database */
int fixture_end(void **state);

char *fixture_file(const struct fixture *f, const char *name);       /* a path in the directory; the caller frees */
void fixture_close(struct fixture *f);
void fixture_open(struct fixture *f);
struct store *fixture_open_at(const char *path);

/* Assert that rc is RC_OK, showing the error's text otherwise. */
#define assert_ok(rc, e) fixture_assert_rc((rc), RC_OK, (e), #rc, __FILE__, __LINE__)
#define assert_rc(rc, expected, e) fixture_assert_rc((rc), (expected), (e), #rc, __FILE__, __LINE__)
void fixture_assert_rc(enum rc rc, enum rc expected, const struct err *e, const char *what, const char *file, int line);

/* One statement in a transaction of its own. */
void fixture_write(struct store *st, const char *verb, const char *sql);
int64_t fixture_int(struct store *st, const char *sql);
char *fixture_text(struct store *st, const char *sql);               /* the caller frees */

/* What the sqlite3 program says to a statement: its exit status, and all it printed. The caller frees *out. */
int fixture_shell(const char *path, const char *sql, char **out);

/* Run in a child process; waits, and returns its exit status. */
int fixture_child(int (*run)(void *context), void *context);

#endif
