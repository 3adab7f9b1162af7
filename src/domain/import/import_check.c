/* Whether a row's person is already there: a table of hashes of what makes two rows one person, then the database. */
#include "import_check.h"

#include <stdlib.h>

#include "store/store.h"

static void table_init(struct key_table *t, size_t keys)
{
	t->cap = 64;
	while (t->cap < keys * 2)
		t->cap *= 2;
	t->places = mem_alloc(t->cap * sizeof *t->places);
}

size_t key_table_put(struct key_table *t, int64_t key, size_t row_number)
{
	size_t i = (uint64_t)key & (t->cap - 1);

	while (t->places[i].key != 0 && t->places[i].key != key)
		i = (i + 1) & (t->cap - 1);
	if (t->places[i].key == 0)
		t->places[i] = (struct key_place){ key, row_number };
	return t->places[i].row_number;
}

struct import_checker *import_checker_new(const struct import *im, size_t rows)
{
	struct import_checker *c = mem_alloc(sizeof *c);

	c->of = im->of;
	c->type = im->type;
	table_init(&c->persons, rows * im->type->n_identities);
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

static bool find_in_file(struct import_checker *c, const struct import_row *row, size_t row_number, struct strbuf *reason)
{
	bool twice = false;

	for (size_t i = 0; i < c->type->n_identities; i++) {
		const struct import_identity *by = &c->type->identities[i];
		AUTO_STRBUF key = { 0 };
		size_t first = row_number;

		by->key(row, &key);
		if (key.n > 0)
			first = key_table_put(&c->persons, store_derived_id(by->label, key.s), row_number);
		if (first != row_number && !twice)
			strbuf_format(reason, "与第 %zu 行%s相同", first, by->label);
		twice = twice || first != row_number;
	}
	return twice;
}

enum rc import_check_row(struct import_checker *c, const struct import_row *row, size_t row_number, enum row_state *state, struct strbuf *reason,
                         struct err *e)
{
	bool known = false;
	enum rc rc;

	if (find_in_file(c, row, row_number, reason)) {
		*state = ROW_TWICE;
		return RC_OK;
	}
	if ((rc = c->type->find_known(c, row, row_number, reason, &known, e)) != RC_OK)
		return rc;
	*state = known ? ROW_KNOWN : ROW_GOOD;
	return RC_OK;
}
