/* Statements: prepared once, kept by text, bound by name; a failure sticks until the step that reports it. */
#include "store/stmt.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "internal.h"

#define CACHED_MAX 1000

static size_t hash_text(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 32);
}

static void slot_free(struct stmt_slot *slot)
{
	sqlite3_finalize(slot->raw);
	free(slot->sql);
	free(slot);
}

/* Put a slot whose text is not there yet into a table that has room. */
static void cache_place(struct stmt_cache *c, struct stmt_slot *slot)
{
	size_t at = hash_text(slot->sql) & (c->cap - 1);

	while (c->slots[at])
		at = (at + 1) & (c->cap - 1);
	c->slots[at] = slot;
	c->n++;
}

static void cache_insert(struct stmt_cache *c, struct stmt_slot *slot)
{
	if (2 * (c->n + 1) > c->cap) {
		struct stmt_cache larger = { .cap = c->cap ? c->cap * 2 : 64 };

		larger.slots = mem_alloc(larger.cap * sizeof *larger.slots);
		for (size_t i = 0; i < c->cap; i++)
			if (c->slots[i])
				cache_place(&larger, c->slots[i]);
		free(c->slots);
		*c = larger;
	}
	cache_place(c, slot);
}

/* Many different texts mean that somebody assembles them: what is not in use right now is let go. */
static void cache_shrink(struct stmt_cache *c)
{
	struct stmt_cache kept = { 0 };

	for (size_t i = 0; i < c->cap; i++) {
		struct stmt_slot *slot = c->slots[i];

		if (slot && slot->used)
			cache_insert(&kept, slot);
		else if (slot)
			slot_free(slot);
	}
	free(c->slots);
	*c = kept;
}

/* The slot of a text, made if there is none. */
static struct stmt_slot *cache_slot(struct stmt_cache *c, const char *sql)
{
	struct stmt_slot *slot;

	for (size_t at = hash_text(sql) & (c->cap - 1); c->cap > 0 && c->slots[at]; at = (at + 1) & (c->cap - 1))
		if (strcmp(c->slots[at]->sql, sql) == 0)
			return c->slots[at];
	if (c->n >= CACHED_MAX)
		cache_shrink(c);
	slot = mem_alloc(sizeof *slot);
	slot->sql = mem_copy(sql);
	cache_insert(c, slot);
	return slot;
}

void stmt_cache_clear(struct store *st)
{
	for (size_t i = 0; i < st->cache.cap; i++)
		if (st->cache.slots[i])
			slot_free(st->cache.slots[i]);
	free(st->cache.slots);
	st->cache = (struct stmt_cache){ 0 };
}

static void prepare(struct stmt *q, const char *sql, unsigned flags)
{
	const char *rest = "";

	if (sqlite3_prepare_v3(q->st->db, sql, -1, flags, &q->raw, &rest) != SQLITE_OK) {
		db_fail(q->st, &q->fault);
		return;
	}
#ifdef YL_DEBUG
	if (!plan_is_sound(q->st, sql, &q->fault)) {
		sqlite3_finalize(q->raw);
		q->raw = NULL;
	}
#endif
}

struct stmt stmt_use_temporary(struct store *st, const char *sql)
{
	struct stmt q = { .st = st };

	prepare(&q, sql, 0);
	return q;
}

struct stmt stmt_use(struct store *st, const char *sql)
{
	struct stmt q = { .st = st };
	struct stmt_slot *slot = cache_slot(&st->cache, sql);

	if (slot->used)                            /* nested use of one text */
		return stmt_use_temporary(st, sql);
	if (slot->raw == NULL) {
		prepare(&q, sql, SQLITE_PREPARE_PERSISTENT);
		slot->raw = q.raw;
	}
	q.raw = slot->raw;
	if (q.raw) {
		q.slot = slot;
		slot->used = true;
	}
	return q;
}

void stmt_done(struct stmt *q)
{
	if (q->slot) {
		sqlite3_reset(q->raw);
		sqlite3_clear_bindings(q->raw);
		q->slot->used = false;
	} else {
		sqlite3_finalize(q->raw);
	}
	*q = (struct stmt){ 0 };
}

/* The parameter's index; 0 where binding can't go on. */
static int parameter(struct stmt *q, const char *name)
{
	int i;

	if (q->fault.code != RC_OK || q->raw == NULL)
		return 0;
	i = sqlite3_bind_parameter_index(q->raw, name);
	if (i == 0)
		err_set(&q->fault, RC_DB, NULL, "程序错误：语句里没有参数 %s：%.200s", name, sqlite3_sql(q->raw));
	return i;
}

static void bound(struct stmt *q, int result)
{
	if (result != SQLITE_OK)
		db_fail(q->st, &q->fault);
}

void bind_int(struct stmt *q, const char *name, int64_t value)
{
	int i = parameter(q, name);

	if (i)
		bound(q, sqlite3_bind_int64(q->raw, i, value));
}

void bind_text(struct stmt *q, const char *name, const char *value)
{
	int i = parameter(q, name);
	size_t n = value ? strlen(value) : 0;

	if (i == 0)
		return;
	if (value && !text_is_utf8(value, n, NULL))
		err_set(&q->fault, RC_INVALID, NULL, "文字里有不是 UTF-8 的字节，没有写入；请重新输入");
	else
		bound(q, sqlite3_bind_text64(q->raw, i, value, n, SQLITE_TRANSIENT, SQLITE_UTF8));
}

void bind_words(struct stmt *q, const char *name, const char *value)
{
	bind_text(q, name, value && value[0] ? value : NULL);
}

void bind_blob(struct stmt *q, const char *name, const void *bytes, size_t n)
{
	int i = parameter(q, name);

	if (i)
		bound(q, sqlite3_bind_blob64(q->raw, i, bytes, n, SQLITE_TRANSIENT));
}

void bind_null(struct stmt *q, const char *name)
{
	int i = parameter(q, name);

	if (i)
		bound(q, sqlite3_bind_null(q->raw, i));
}

void bind_value(struct stmt *q, const char *name, const struct value *v)
{
	switch (v->kind) {
	case VALUE_NONE:
		bind_null(q, name);
		break;
	case VALUE_NUMBER:
		bind_int(q, name, v->number);
		break;
	case VALUE_TEXT:
		bind_text(q, name, v->text);
		break;
	}
}

void bind_day(struct stmt *q, const char *name, int32_t day)
{
	if (day == DAY_NONE)
		bind_null(q, name);
	else
		bind_int(q, name, day);
}

void bind_id(struct stmt *q, const char *name, int64_t id)
{
	if (id == 0)
		bind_null(q, name);
	else
		bind_int(q, name, id);
}

static enum rc fault_of(const struct stmt *q, struct err *e)
{
	if (e)
		*e = q->fault;
	return q->fault.code;
}

/* A write needs a transaction that is still there: SQLite takes some back by itself (disk full, I/O error). */
static bool may_write(const struct stmt *q, struct err *e)
{
	if (sqlite3_stmt_readonly(q->raw))
		return true;
	if (q->st->depth == 0)
		err_set(e, RC_DB, NULL, "程序错误：写入没有放在事务里：%.200s", sqlite3_sql(q->raw));
	else if (sqlite3_get_autocommit(q->st->db))
		err_set(e, RC_DB, NULL, "前面的写入出错，整个操作已撤回，没有保存");
	else
		return true;
	return false;
}

enum rc stmt_step(struct stmt *q, bool *row, struct err *e)
{
	int result;
	enum rc rc;

	if (q->fault.code != RC_OK)
		return fault_of(q, e);
	if (q->raw == NULL)
		return err_set(e, RC_DB, NULL, "程序错误：空语句");
	if (!may_write(q, e))
		return RC_DB;
	result = sqlite3_step(q->raw);
	if (result == SQLITE_ROW) {
		*row = true;
		return RC_OK;
	}
	if (result != SQLITE_DONE) {
		rc = db_fail(q->st, e);
		q->st->k = -1;                     /* SQLite took back the ops of this statement: count again */
		sqlite3_reset(q->raw);
		return rc;
	}
	q->st->changes = sqlite3_changes64(q->st->db);
	sqlite3_reset(q->raw);
	*row = false;
	return RC_OK;
}

enum rc stmt_run(struct stmt *q, struct err *e)
{
	bool row = true;
	enum rc rc = RC_OK;

	while (rc == RC_OK && row)
		rc = stmt_step(q, &row, e);
	return rc;
}

static enum rc first_row(struct stmt *q, struct err *e)
{
	bool row = false;
	enum rc rc = stmt_step(q, &row, e);

	if (rc == RC_OK && !row)
		return err_set(e, RC_NOTFOUND, NULL, "没有找到");
	return rc;
}

enum rc stmt_int(struct stmt *q, int64_t *out, struct err *e)
{
	enum rc rc = first_row(q, e);

	if (rc != RC_OK)
		return rc;
	*out = column_int(q, 0);
	sqlite3_reset(q->raw);
	return RC_OK;
}

enum rc stmt_text(struct stmt *q, char **out, struct err *e)
{
	enum rc rc = first_row(q, e);

	if (rc != RC_OK)
		return rc;
	*out = column_is_null(q, 0) ? NULL : mem_copy(column_text(q, 0));
	sqlite3_reset(q->raw);
	return RC_OK;
}

enum rc stmt_insert(struct stmt *q, int64_t *id, struct err *e)
{
	int64_t made;
	enum rc rc = store_new_id(q->st, &made, e);

	if (rc != RC_OK)
		return rc;
	bind_int(q, ":id", made);
	if ((rc = stmt_run(q, e)) == RC_OK && id)
		*id = made;
	return rc;
}

enum rc stmt_one(struct stmt *q, const char *missing, struct err *e)
{
	bool row;
	enum rc rc = stmt_step(q, &row, e);

	return rc == RC_OK && !row ? err_set(e, RC_NOTFOUND, NULL, "%s", missing) : rc;
}

enum rc stmt_rows(struct stmt *q, struct arena *a, size_t bytes, stmt_read *read, void *out, size_t *n, struct err *e)
{
	AUTO_FREE char *rows = NULL;
	size_t count = 0, cap = 0;
	void *kept;
	bool row;
	enum rc rc;

	while ((rc = stmt_step(q, &row, e)) == RC_OK && row) {
		rows = mem_grow(rows, &cap, count + 1, bytes);
		read(q, a, rows + count++ * bytes);
	}
	if (rc != RC_OK)
		return rc;
	kept = arena_alloc(a, count * bytes + 1);
	if (count)
		memcpy(kept, rows, count * bytes);
	memcpy(out, &kept, sizeof kept);
	*n = count;
	return RC_OK;
}

bool column_is_null(const struct stmt *q, int i)
{
	return sqlite3_column_type(q->raw, i) == SQLITE_NULL;
}

int64_t column_int(const struct stmt *q, int i)
{
	return sqlite3_column_int64(q->raw, i);
}

int32_t column_day(const struct stmt *q, int i)
{
	return column_is_null(q, i) ? DAY_NONE : sqlite3_column_int(q->raw, i);
}

const char *column_text(const struct stmt *q, int i)
{
	const unsigned char *s = sqlite3_column_text(q->raw, i);

	return s ? (const char *)s : "";
}

const void *column_blob(const struct stmt *q, int i, size_t *n)
{
	const void *bytes = sqlite3_column_blob(q->raw, i);

	*n = (size_t)sqlite3_column_bytes(q->raw, i);
	return bytes;
}

int column_count(const struct stmt *q)
{
	return sqlite3_column_count(q->raw);
}
