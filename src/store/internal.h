/* What the files of src/store share: the connection and what hangs on it. The one place that includes sqlite3.h.
 *
 * Invariants: depth > 0 exactly while this process holds the write lock and a transaction; `self` is the committed row, `next` the one
 * of the running transaction; a prepared statement that is not in use is reset, so that no read transaction stays open.
 */
#ifndef YL_STORE_INTERNAL_H
#define YL_STORE_INTERNAL_H

#include <sodium.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

#define APPLICATION_ID 0x594C494E              /* 'YLIN' */
#define HASH_BYTES 32
#define BUSY_TIMEOUT_DEFAULT_MS 10000

struct migration {
	int version;
	const char *name;
	const char *sql;
};

/* The row of table self, as far as transactions move it. */
struct self {
	int64_t site, hlc, no, next_id, clock_at;
	unsigned char hash[HASH_BYTES], machine[HASH_BYTES];
	char desk[8];
	bool demo;
};

struct stmt_slot {
	char *sql;
	sqlite3_stmt *raw;
	bool used;
};

struct stmt_cache {
	struct stmt_slot **slots;                  /* open addressing, cap a power of two */
	size_t n, cap;
};

/* One column of a live table. */
struct column {
	char *name;
	char *type;                                /* INTEGER TEXT BLOB */
	char *initial;                             /* default as SQL; NULL if none */
	bool required;                             /* NOT NULL */
	bool journaled;                            /* not id, rev or derived; false for all of a local table */
	bool derived;
	int group;                                 /* columns of one group travel together; 0: none */
};

struct table {
	char *name;
	struct column *columns;
	size_t n;
	bool journaled;
	struct table *next;
};

struct lock_mark {                             /* what the lock file says, for others and for the next start */
	long pid;
	char tty[32];
	int64_t site, no;                          /* the last transaction that was committed under this lock */
	char name[128];
};

struct store {
	sqlite3 *db;
	char *path;
	char *lock_path;
	bool read_only;
	int busy_timeout_ms;
	void (*progress)(void *context, const char *what, int percent);
	void *progress_context;
	int64_t (*clock)(void *context);
	void *clock_context;

	int64_t actor;
	char *actor_name;
	char tty[32];                              /* "-" where there is none */
	struct self self, next;
	unsigned char machine[HASH_BYTES];         /* where this file lies now */
	unsigned char seal_key[32], hash_key[32];
	struct seeded *seeded;                     /* where chance comes from; NULL: from the system */

	int lock_fd;                               /* -1: not open yet */
	struct lock_mark lock_before;              /* what the file said when the lock was taken */
	int depth;
	char verb[64];
	int64_t k;                                 /* ops of the running transaction; -1: to be counted again */
	bool sealing;                              /* the commit may write journal.n, journal.hash and self */
	bool self_changed;

	struct stmt_cache cache;
	struct table *tables;
	int64_t changes;

	uint64_t versions[TABLE_COUNT];
	table_set touched;                         /* tables written by the running transaction */
	int64_t seen_lsn, data_version;
	int64_t last_lsn;                          /* of the running transaction, once it is sealed */
};

/* store.c */
enum rc db_fail(struct store *st, struct err *e);                    /* SQLite's last error as ours */
enum rc db_exec(struct store *st, const char *sql, struct err *e) MUST_USE;
struct store *db_new(const struct store_options *options);
enum rc db_connect(struct store *st, const char *path, struct err *e) MUST_USE; /* with all functions, without looking at its content */
void db_progress(const struct store *st, const char *what, int percent);

/* files.c */
enum rc file_make_directory(const char *path, struct err *e) MUST_USE;          /* the one that path lies in, 0700, with its parents */
enum rc file_create(const char *path, const void *bytes, size_t n, struct err *e) MUST_USE;   /* 0600, durable; RC_CONFLICT if there */
enum rc file_publish(const char *from, const char *to, struct err *e) MUST_USE; /* fsync and give the final name; RC_CONFLICT if taken */
enum rc file_check_header(const char *path, struct err *e) MUST_USE;            /* a database of this program? */
enum rc file_machine(const char *path, unsigned char out[HASH_BYTES], struct err *e) MUST_USE;
void file_restrict(const char *path);                                           /* mode 0600 */

/* lock.c */
enum rc lock_take(struct store *st, int timeout_ms, struct err *e) MUST_USE;    /* fills lock_before */
void lock_sign(struct store *st);
void lock_drop(struct store *st);
/* One terminal types into a draft at a time: RC_BUSY where another one does. Taking it twice is no error. */
enum rc lock_draft(struct store *st, int64_t draft_id, struct err *e) MUST_USE;
void lock_draft_drop(struct store *st, int64_t draft_id);
bool lock_draft_elsewhere(struct store *st, int64_t draft_id);

/* txn.c */
void txn_rename(struct store *st, const char *verb);                            /* a verb that is known only inside */
enum rc txn_begin_within(struct txn *t, struct store *st, const char *verb, int timeout_ms, struct err *e) MUST_USE;

/* self.c */
enum rc self_load(struct store *st, struct self *out, struct err *e) MUST_USE;
enum rc self_insert(struct store *st, struct err *e) MUST_USE;
enum rc self_begin(struct store *st, struct err *e) MUST_USE;
enum rc self_commit(struct store *st, bool ops, struct err *e) MUST_USE;

/* chain.c: the format is described there */
#define CHAIN_COLUMNS "lsn, k, hlc, actor, verb, schema, tbl, id, op, new, old, salt"
void chain_start(crypto_generichash_state *h, const unsigned char head[HASH_BYTES], int64_t site, int64_t no);
void chain_add(crypto_generichash_state *h, const struct stmt *op);             /* a row of CHAIN_COLUMNS */
void chain_end(crypto_generichash_state *h, int64_t n, unsigned char head[HASH_BYTES]);
enum rc chain_seal(struct store *st, int64_t *ops, struct err *e) MUST_USE;     /* the running transaction */

/* change.c */
void change_watch(struct store *st);
void change_rolled_back(struct store *st);
enum rc change_catch_up(struct store *st, struct err *e) MUST_USE;
enum rc change_baseline(struct store *st, struct err *e) MUST_USE;

/* function.c, function_text.c, search.c, tokenizer.c: what SQL of this program may call */
enum rc function_register(struct store *st, struct err *e) MUST_USE;
enum rc function_register_text(struct store *st, struct err *e) MUST_USE;
enum rc search_register(struct store *st, struct err *e) MUST_USE;
enum rc tokenizer_register(struct store *st, struct err *e) MUST_USE;

/* Which characters full text knows; *folded is the form in which a word is kept. */
bool search_is_han(uint32_t cp);
bool search_is_word(uint32_t cp, uint32_t *folded);

/* stmt.c, plan.c */
void stmt_cache_clear(struct store *st);
bool plan_is_sound(struct store *st, const char *sql, struct err *e);           /* no full scan, no sort without index */

/* table.c */
enum rc table_load(struct store *st, const char *name, const struct table **out, struct err *e) MUST_USE;   /* RC_NOTFOUND; kept */
enum rc table_journaled(struct store *st, char ***names, size_t *n, struct err *e) MUST_USE;   /* caller frees each, and the array */
void table_names_free(char **names, size_t n);
const struct column *table_column(const struct table *t, const char *name);
bool table_is_identifier(const char *name);
void table_cache_clear(struct store *st);

/* trigger.c */
enum rc trigger_check_table(const struct table *t, struct err *e) MUST_USE;     /* fit to be journaled? */
void trigger_sql(const struct table *t, struct strbuf *out);                    /* the journal's triggers of one table */
const char *trigger_guards(void);                                               /* journal and self: append only, and by us only */

/* derived.c: triggers, views and full text; all of it is dropped and made anew */
enum rc derived_drop(struct store *st, struct err *e) MUST_USE;
enum rc derived_create(struct store *st, struct err *e) MUST_USE;
enum rc derived_compute(struct store *st, struct err *e) MUST_USE;

/* backup.c */
enum rc backup_to(struct store *st, const char *to, const char *what, struct err *e) MUST_USE;

/* migrate.c */
enum rc migrate_create(struct store *st, struct err *e) MUST_USE;               /* into an empty file */
enum rc migrate_open(struct store *st, const struct migration *list, size_t n, struct err *e) MUST_USE;
const struct migration *migrate_list(size_t *n);
const char *migrate_derived_sql(void);
enum rc migrate_version(struct store *st, int *version, struct err *e) MUST_USE;

/* record.c, record_form.c, extra.c */
struct form;
struct record;
enum rc record_table(struct store *st, const struct form *form, const struct table **out, struct err *e) MUST_USE;   /* fits, or RC_INVALID */
enum rc record_moved_on(const struct form *form, struct err *e);                /* RC_CONFLICT, in words */
int64_t extra_id(const char *table, int64_t record_id, const char *name);
enum rc extra_load(struct store *st, struct record *r, struct err *e) MUST_USE;
enum rc extra_save(struct store *st, const struct record *stored, const struct record *r, struct err *e) MUST_USE;   /* stored NULL: new */

/* random.c */
struct seeded *seeded_new(uint64_t seed);
void random_bytes(const struct store *st, void *out, size_t n);

/* seal.c */
enum rc seal_key_create(struct store *st, struct err *e) MUST_USE;
enum rc seal_key_load(struct store *st, struct err *e) MUST_USE;
void seal_key_check(const struct store *st, unsigned char out[HASH_BYTES]);

/* json.c */
struct member {
	char *name;
	sqlite3_value *value;
};
struct members {                               /* of one JSON object, typed as the columns were */
	struct member *list;
	size_t n, cap;
};
#define AUTO_MEMBERS __attribute__((cleanup(members_release))) struct members
void json_text(struct strbuf *out, const char *s, size_t n);
void json_value(struct strbuf *out, sqlite3_value *v);
bool json_blob_bytes(const char *text, unsigned char **bytes, size_t *n);       /* of {"$b":"hex"}; the caller frees */
enum rc json_read(struct store *st, const char *json, struct members *out, struct err *e) MUST_USE;   /* NULL, "": no members */
const struct member *json_member(const struct members *m, const char *name);    /* NULL if there is none */
void members_release(struct members *m);

/* check_journal.c */
struct check;
enum rc check_chains(struct check *c, struct err *e) MUST_USE;
enum rc check_fold(struct check *c, struct err *e) MUST_USE;
void check_say(struct check *c, bool ok, const char *format, ...) PRINTF_LIKE(3, 4);
struct store *check_store(struct check *c);

#endif
