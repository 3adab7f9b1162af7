/* Whether a row's person is already there. In the file: a table of 63-bit hashes of what makes two rows one person. */
#include "import_check.h"

#include <stdlib.h>
#include <string.h>

#include "domain/resident.h"
#include "store/seal.h"
#include "store/stmt.h"
#include "store/store.h"

/* Open addressing; key 0 is an empty place. */
struct key_table {
	struct key_place {
		int64_t key;
		size_t row_number;
	} *places;
	size_t cap;                       /* a power of two, at least twice the keys */
};

struct import_checker {
	struct office *of;
	struct key_table persons, households;
	size_t new_households;
};

static void table_init(struct key_table *t, size_t keys)
{
	t->cap = 64;
	while (t->cap < keys * 2)
		t->cap *= 2;
	t->places = mem_alloc(t->cap * sizeof *t->places);
}

/* The row that brought the key first; row_number itself where it is new. */
static size_t table_put(struct key_table *t, int64_t key, size_t row_number)
{
	size_t i = (uint64_t)key & (t->cap - 1);

	while (t->places[i].key != 0 && t->places[i].key != key)
		i = (i + 1) & (t->cap - 1);
	if (t->places[i].key == 0)
		t->places[i] = (struct key_place){ key, row_number };
	return t->places[i].row_number;
}

/* What makes two rows one person. Texts, not values: they are hashed and forgotten. */
enum identity { BY_ID_NUMBER, BY_NAME_AND_PHONE, BY_NAME_AND_ADDRESS, IDENTITIES };
static const char *const identity_labels[IDENTITIES] = { "证件号码", "姓名和电话", "姓名和住址" };

struct import_checker *import_checker_new(struct office *of, size_t rows)
{
	struct import_checker *c = mem_alloc(sizeof *c);

	c->of = of;
	table_init(&c->persons, rows * IDENTITIES);
	table_init(&c->households, rows);
	return c;
}

void import_checker_free(struct import_checker *c)
{
	if (c == NULL)
		return;
	free(c->persons.places);
	free(c->households.places);
	free(c);
}

size_t import_checker_new_households(const struct import_checker *c)
{
	return c->new_households;
}

/* 0 where the row lacks what the identity needs. */
static int64_t identity_key(const struct import_row *row, enum identity by)
{
	const char *name = record_text(&row->r, "name"), *id_number = record_text(&row->r, "id_number"), *phone = record_text(&row->r, "phone");
	AUTO_STRBUF key = { 0 };

	switch (by) {
	case BY_ID_NUMBER:
		strbuf_add(&key, id_number);
		break;
	case BY_NAME_AND_PHONE:
		if (*phone)
			strbuf_format(&key, "%s\n%s", name, phone);
		break;
	default:
		if (row->has_address)
			strbuf_format(&key, "%s\n%lld\n%s\n%s", name, (long long)row->address.building_id, row->address.unit, row->address.room);
		break;
	}
	return key.n ? store_derived_id(identity_labels[by], key.s) : 0;
}

static bool find_in_file(struct import_checker *c, const struct import_row *row, size_t row_number, struct strbuf *reason)
{
	bool twice = false;

	for (enum identity by = 0; by < IDENTITIES; by++) {
		int64_t key = identity_key(row, by);
		size_t first = key ? table_put(&c->persons, key, row_number) : row_number;

		if (first != row_number && !twice)
			strbuf_format(reason, "与第 %zu 行%s相同", first, identity_labels[by]);
		twice = twice || first != row_number;
	}
	return twice;
}

static enum rc find_household(struct import_checker *c, const struct import_row *row, size_t row_number, int64_t *household_id, struct err *e)
{
	AUTO_STRBUF key = { 0 };
	enum rc rc;

	*household_id = 0;
	if (!row->has_address)
		return RC_OK;
	AUTO_STMT q = stmt_use(c->of->st,
		"SELECT id FROM household WHERE building_id = :building AND unit IS nullif(:unit, '') AND room IS nullif(:room, '') AND deleted_at IS NULL");
	bind_int(&q, ":building", row->address.building_id);
	bind_text(&q, ":unit", row->address.unit);
	bind_text(&q, ":room", row->address.room);
	if ((rc = stmt_int(&q, household_id, e)) != RC_NOTFOUND)
		return rc;
	err_clear(e);
	strbuf_format(&key, "%lld\n%s\n%s", (long long)row->address.building_id, row->address.unit, row->address.room);
	c->new_households += table_put(&c->households, store_derived_id("household", key.s), row_number) == row_number;
	return RC_OK;
}

static enum rc find_known(struct import_checker *c, const struct import_row *row, int64_t household_id, struct strbuf *reason, bool *known,
                          struct err *e)
{
	const char *id_number = record_text(&row->r, "id_number"), *phone = record_text(&row->r, "phone");
	unsigned char hash[SEAL_HASH_BYTES];
	bool found;
	enum rc rc;
	AUTO_STMT q = stmt_use(c->of->st,
		"SELECT 0 AS why FROM resident WHERE id_hash = :hash AND deleted_at IS NULL"
		" UNION ALL SELECT 1 FROM resident WHERE name = :name AND phone_tail = yl_reversed_digits(:phone) AND deleted_at IS NULL"
		" UNION ALL SELECT 2 FROM resident WHERE name = :name AND household_id = :household AND deleted_at IS NULL LIMIT 1");

	bind_null(&q, ":hash");
	if (*id_number) {
		seal_hash(c->of->st, "resident", "id_number", id_number, hash);
		bind_blob(&q, ":hash", hash, sizeof hash);
	}
	bind_text(&q, ":name", record_text(&row->r, "name"));
	bind_text(&q, ":phone", *phone ? phone : NULL);
	bind_id(&q, ":household", household_id);
	if ((rc = stmt_step(&q, &found, e)) != RC_OK)
		return rc;
	*known = found;
	if (found)
		strbuf_format(reason, "库里已有%s相同的居民", identity_labels[column_int(&q, 0)]);
	return RC_OK;
}

enum rc import_check_row(struct import_checker *c, const struct import_row *row, size_t row_number, enum row_state *state, struct strbuf *reason,
                         struct err *e)
{
	int64_t household_id;
	bool known = false;
	enum rc rc;

	if (find_in_file(c, row, row_number, reason)) {
		*state = ROW_TWICE;
		return RC_OK;
	}
	if ((rc = find_known(c, row, 0, reason, &known, e)) != RC_OK)
		return rc;
	if (!known && ((rc = find_household(c, row, row_number, &household_id, e)) != RC_OK ||
	               (household_id && (rc = find_known(c, row, household_id, reason, &known, e)) != RC_OK)))
		return rc;
	*state = known ? ROW_KNOWN : ROW_GOOD;
	return RC_OK;
}
