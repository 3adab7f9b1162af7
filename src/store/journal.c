/* The history of a record, read from the journal. */
#include "store/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"
#include "store/seal.h"

/* Records whose ops belong to one history: the record, its added fields, records merged into it. */
struct subject {
	const char *table;
	int64_t id;
	const char *field;             /* of an added field: the name that stands for column `value` */
};

/* An entry and where it stands in time. */
struct dated {
	struct journal_entry entry;
	int64_t hlc, k;
};

struct history {
	struct store *st;
	struct arena *arena;
	struct subject *subjects;
	size_t n_subjects, cap_subjects;
	struct dated *entries;
	size_t n, cap;
};

static void add_subject(struct history *h, const char *table, int64_t id, const char *field)
{
	for (size_t i = 0; i < h->n_subjects; i++)
		if (h->subjects[i].id == id && strcmp(h->subjects[i].table, table) == 0)
			return;
	h->subjects = mem_grow(h->subjects, &h->cap_subjects, h->n_subjects + 1, sizeof *h->subjects);
	h->subjects[h->n_subjects++] = (struct subject){ arena_copy(h->arena, table), id, arena_copy(h->arena, field) };
}

static enum rc add_extras(struct history *h, const char *table, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(h->st, "SELECT id, name FROM extra WHERE tbl = :table AND record_id = :id");
	bool row = false;
	enum rc rc;

	bind_text(&q, ":table", table);
	bind_int(&q, ":id", id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		add_subject(h, "extra", column_int(&q, 0), column_text(&q, 1));
	return rc;
}

/* Only residents are merged; the subjects grow while they are gone through, so that a merge of merges is followed. */
static enum rc add_merged(struct history *h, const char *table, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(h->st, "SELECT id FROM resident WHERE merged_into = :id");
	bool row = false;
	enum rc rc = RC_OK;

	if (strcmp(table, "resident") != 0)
		return RC_OK;
	bind_int(&q, ":id", id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		add_subject(h, "resident", column_int(&q, 0), NULL);
	return rc;
}

/* JSON text of a value; NULL for none. What this office sealed is opened. */
static const char *value_text_of(struct history *h, const struct subject *s, const struct member *m)
{
	AUTO_STRBUF json = { 0 };
	AUTO_FREE char *plain = NULL;

	if (m == NULL || sqlite3_value_type(m->value) == SQLITE_NULL)
		return NULL;
	if (sqlite3_value_type(m->value) == SQLITE_BLOB &&
	    seal_open(h->st, s->table, s->id, m->name, sqlite3_value_blob(m->value), (size_t)sqlite3_value_bytes(m->value), &plain, NULL) == RC_OK)
		json_text(&json, plain, strlen(plain));
	else
		json_value(&json, m->value);
	return arena_copy(h->arena, strbuf_str(&json));
}

static void add_changes(struct history *h, const struct subject *s, const struct members *new, const struct members *old,
                        struct journal_entry *entry)
{
	struct change *changes = arena_alloc(h->arena, (new->n + old->n) * sizeof *changes);

	entry->changes = changes;
	for (size_t i = 0; i < new->n + old->n; i++) {
		const struct member *m = i < new->n ? &new->list[i] : &old->list[i - new->n];

		if ((i >= new->n && json_member(new, m->name)) || m->name[0] == '$')
			continue;                          /* in `new` already; or what an erased op has kept */
		if (s->field && strcmp(m->name, "value") != 0)
			continue;
		changes[entry->n++] = (struct change){
			.column = s->field ? s->field : arena_copy(h->arena, m->name),
			.before = value_text_of(h, s, json_member(old, m->name)),
			.after = value_text_of(h, s, json_member(new, m->name)),
		};
	}
}

static enum rc add_entry(struct history *h, const struct subject *s, const struct stmt *q, struct err *e)
{
	AUTO_MEMBERS new = { 0 };
	AUTO_MEMBERS old = { 0 };
	struct dated d = {
		.hlc = column_int(q, 2), .k = column_int(q, 9),
		.entry = {
			.site = column_int(q, 0), .no = column_int(q, 1), .at = column_int(q, 2) >> 16, .hlc = column_int(q, 2), .actor = column_int(q, 3),
			.verb = arena_copy(h->arena, column_text(q, 4)), .op = column_text(q, 5)[0],
			.actor_name = arena_copy(h->arena, column_text(q, 8)), .table = s->table, .id = s->id,
		},
	};
	enum rc rc;

	if ((rc = json_read(h->st, column_text(q, 6), &new, e)) != RC_OK ||
	    (rc = json_read(h->st, column_text(q, 7), &old, e)) != RC_OK)
		return rc;
	add_changes(h, s, &new, &old, &d.entry);
	h->entries = mem_grow(h->entries, &h->cap, h->n + 1, sizeof *h->entries);
	h->entries[h->n++] = d;
	return RC_OK;
}

static enum rc add_ops(struct history *h, const struct subject *s, struct err *e)
{
	AUTO_STMT q = stmt_use(h->st, "SELECT site, no, hlc, actor, verb, op, new, old, account.name, k FROM journal"
	                              " LEFT JOIN account ON account.id = journal.actor WHERE tbl = :table AND journal.id = :id");
	bool row = false;
	enum rc rc;

	bind_text(&q, ":table", s->table);
	bind_int(&q, ":id", s->id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		if ((rc = add_entry(h, s, &q, e)) != RC_OK)
			break;
	return rc;
}

#define COMPARE(a, b) do { if ((a) != (b)) return (a) < (b) ? 1 : -1; } while (0)

static int newest_first(const void *left, const void *right)
{
	const struct dated *a = left, *b = right;

	COMPARE(a->hlc, b->hlc);
	COMPARE(a->entry.site, b->entry.site);
	COMPARE(a->entry.no, b->entry.no);
	COMPARE(a->k, b->k);
	return 0;
}

static enum rc gather(struct history *h, const char *table, int64_t id, struct err *e)
{
	enum rc rc = RC_OK;

	add_subject(h, table, id, NULL);
	for (size_t i = 0; rc == RC_OK && i < h->n_subjects; i++) {
		struct subject s = h->subjects[i];         /* the array moves while it grows */

		if (s.field == NULL && ((rc = add_extras(h, s.table, s.id, e)) != RC_OK || (rc = add_merged(h, s.table, s.id, e)) != RC_OK))
			break;
		rc = add_ops(h, &s, e);
	}
	return rc;
}

enum rc journal_history(struct store *st, const char *table, int64_t id, struct arena *arena,
                        const struct journal_entry **out, size_t *n, struct err *e)
{
	struct history h = { .st = st, .arena = arena };
	enum rc rc = gather(&h, table, id, e);

	if (rc == RC_OK) {
		struct journal_entry *entries = arena_alloc(arena, (h.n + 1) * sizeof *entries);

		if (h.n > 0)
			qsort(h.entries, h.n, sizeof *h.entries, newest_first);
		for (size_t i = 0; i < h.n; i++)
			entries[i] = h.entries[i].entry;
		*out = entries;
		*n = h.n;
	}
	free(h.subjects);
	free(h.entries);
	return rc;
}
