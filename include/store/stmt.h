/* Statements: literal SQL, parameters bound by name, prepared once and kept.
 *
 *	AUTO_STMT q = stmt_use(st, "SELECT id, title FROM issue WHERE phase = :phase");
 *	bind_text(&q, ":phase", "triage");
 *	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
 *		… column_int(&q, 0), column_text(&q, 1) …
 *
 * A failure of preparing or binding sticks and is reported by the first stmt_step/stmt_run. Text that is assembled anew for each use goes to
 * stmt_use_temporary(). A statement that writes is refused outside a txn, text that is not UTF-8 is never bound.
 * Debug builds refuse a full scan or an unindexed sort unless the SQL says so with the comment scan (slash, star, scan, star, slash).
 */
#ifndef YL_STORE_STMT_H
#define YL_STORE_STMT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/form.h"

struct arena;
struct store;
struct sqlite3_stmt;
struct stmt_slot;

struct stmt {
	struct store *st;
	struct sqlite3_stmt *raw;
	struct stmt_slot *slot;   /* where it is kept for the next use; NULL: finalised by stmt_done */
	struct err fault;
};

struct stmt stmt_use(struct store *st, const char *sql);              /* cached by text */
struct stmt stmt_use_temporary(struct store *st, const char *sql);    /* finalised by stmt_done */
void stmt_done(struct stmt *q);
#define AUTO_STMT __attribute__((cleanup(stmt_done))) struct stmt

void bind_int(struct stmt *q, const char *name, int64_t value);
void bind_text(struct stmt *q, const char *name, const char *value);  /* NULL binds NULL; copied */
void bind_words(struct stmt *q, const char *name, const char *value); /* "" binds NULL as well */
void bind_blob(struct stmt *q, const char *name, const void *bytes, size_t n);
void bind_null(struct stmt *q, const char *name);
void bind_value(struct stmt *q, const char *name, const struct value *v);
void bind_day(struct stmt *q, const char *name, int32_t day);         /* DAY_NONE binds NULL */
void bind_id(struct stmt *q, const char *name, int64_t id);           /* 0 binds NULL */

/* The next row, if any. */
enum rc stmt_step(struct stmt *q, bool *row, struct err *e) MUST_USE;
/* Run to the end, no rows wanted; the statement is reset and may be bound and run again. */
enum rc stmt_run(struct stmt *q, struct err *e) MUST_USE;
/* An INSERT of a new row, whose :id nobody has bound: it is given one, which *id says (NULL: nobody asks). */
enum rc stmt_insert(struct stmt *q, int64_t *id, struct err *e) MUST_USE;
/* The first row's first column, RC_NOTFOUND where there is none. */
enum rc stmt_int(struct stmt *q, int64_t *out, struct err *e) MUST_USE;
enum rc stmt_text(struct stmt *q, char **out, struct err *e) MUST_USE;   /* the caller frees; NULL for NULL */
/* The row that has to be there, to be read from its columns: RC_NOTFOUND with the sentence `missing` where there is none. */
enum rc stmt_one(struct stmt *q, const char *missing, struct err *e) MUST_USE;
/* All rows, in the statement's order, into the arena; `read` fills one element, of `bytes` bytes.
 * out  the address of a pointer to the elements; untouched on failure, as *n is */
typedef void stmt_read(const struct stmt *q, struct arena *a, void *element);
enum rc stmt_rows(struct stmt *q, struct arena *a, size_t bytes, stmt_read *read, void *out, size_t *n, struct err *e) MUST_USE;

bool column_is_null(const struct stmt *q, int i);
int64_t column_int(const struct stmt *q, int i);                      /* 0 for NULL */
int32_t column_day(const struct stmt *q, int i);                      /* DAY_NONE for NULL */
const char *column_text(const struct stmt *q, int i);                 /* "" for NULL; borrowed until the next step */
const void *column_blob(const struct stmt *q, int i, size_t *n);
int column_count(const struct stmt *q);

#endif
