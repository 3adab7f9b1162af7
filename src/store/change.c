/* What has changed: a counter for each table that screens read, moved by own writes at once and by other processes' after a poll. */
#include "store/store.h"

#include <string.h>

#include "internal.h"

static const char *const names[TABLE_COUNT] = {
#define X(upper, lower) [TABLE_##upper] = #lower,
	STORE_TABLES(X)
#undef X
};

/* Not in the journal: any change of another process may have been theirs. */
static const table_set local_tables = TABLE_BIT(DRAFT) | TABLE_BIT(PREFERENCE) | TABLE_BIT(SESSION);

/* Derived columns follow without an op of their own. */
static const struct { table_set table, followers; } derived_from[] = {
	{ TABLE_BIT(ESTATE), TABLE_BIT(BUILDING) | TABLE_BIT(HOUSEHOLD) | TABLE_BIT(RESIDENT) },
	{ TABLE_BIT(GRID), TABLE_BIT(BUILDING) | TABLE_BIT(HOUSEHOLD) | TABLE_BIT(RESIDENT) },
	{ TABLE_BIT(BUILDING), TABLE_BIT(HOUSEHOLD) | TABLE_BIT(RESIDENT) },
	{ TABLE_BIT(HOUSEHOLD), TABLE_BIT(RESIDENT) },
	{ TABLE_BIT(AGENDA_ISSUE) | TABLE_BIT(SUPPORT), TABLE_BIT(AGENDA_ITEM) },
};

static table_set table_bit(const char *name)
{
	for (int i = 0; i < TABLE_COUNT; i++)
		if (strcmp(names[i], name) == 0)
			return (table_set)1 << i;
	return 0;
}

static void move(struct store *st, table_set tables)
{
	for (int i = 0; i < TABLE_COUNT; i++)
		st->versions[i] += tables >> i & 1;
}

static void row_changed(void *context, int op, const char *database, const char *table, sqlite3_int64 id)
{
	struct store *st = context;
	table_set bit = table_bit(table);

	(void)op, (void)database, (void)id;
	st->touched |= bit;
	move(st, bit);
}

void change_watch(struct store *st)
{
	sqlite3_update_hook(st->db, row_changed, st);
}

/* What was read during the transaction is no longer so. */
void change_rolled_back(struct store *st)
{
	move(st, st->touched);
}

static enum rc last_lsn(struct store *st, int64_t *lsn, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT coalesce(max(lsn), 0) FROM journal");

	return stmt_int(&q, lsn, e);
}

enum rc change_catch_up(struct store *st, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT DISTINCT tbl FROM journal WHERE lsn > :seen AND lsn <= :last");
	table_set tables = 0;
	int64_t last;
	bool row = false;
	enum rc rc = last_lsn(st, &last, e);

	if (rc != RC_OK || last <= st->seen_lsn)
		return rc;
	bind_int(&q, ":seen", st->seen_lsn);
	bind_int(&q, ":last", last);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		tables |= table_bit(column_text(&q, 0));
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < COUNT(derived_from); i++)
		if (tables & derived_from[i].table)
			tables |= derived_from[i].followers;
	move(st, tables);
	st->seen_lsn = last;
	return RC_OK;
}

static enum rc data_version(struct store *st, int64_t *version, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "PRAGMA data_version");

	return stmt_int(&q, version, e);
}

enum rc change_baseline(struct store *st, struct err *e)
{
	enum rc rc = data_version(st, &st->data_version, e);

	return rc == RC_OK ? last_lsn(st, &st->seen_lsn, e) : rc;
}

enum rc store_poll(struct store *st, bool *changed, struct err *e)
{
	int64_t version;
	enum rc rc = data_version(st, &version, e);

	if (rc != RC_OK)
		return rc;
	if (version == st->data_version) {
		*changed = false;
		return RC_OK;
	}
	if ((rc = change_catch_up(st, e)) != RC_OK)
		return rc;
	move(st, local_tables);
	st->data_version = version;
	*changed = true;
	return RC_OK;
}

uint64_t store_version(const struct store *st, table_set tables)
{
	uint64_t sum = 0;

	for (int i = 0; i < TABLE_COUNT; i++)
		if (tables >> i & 1)
			sum += st->versions[i];
	return sum;
}
