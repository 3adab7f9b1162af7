/* What refers to a resident: shown before two records become one. */
#include "domain/resident_merge.h"

#include <string.h>

#include "store/reference.h"
#include "store/stmt.h"

/* The form of a table, for its title and its labels: one that has the column before the others; NULL where a table has none. */
static const struct form *form_of(const struct office *of, const struct reference *ref)
{
	const struct form *of_table = NULL;

	for (size_t i = 0; i < form_count(of->forms); i++) {
		const struct form *form = form_at(of->forms, i);

		if (strcmp(form->table, ref->table) != 0)
			continue;
		if (form_field(form, ref->column))
			return form;
		of_table = of_table ? of_table : form;
	}
	return of_table;
}

static const char *label_of(const struct office *of, const struct reference *ref, struct arena *a)
{
	const struct form *form = form_of(of, ref);
	const struct field *f = form ? form_field(form, ref->column) : NULL;

	if (f)
		return arena_format(a, "%s·%s", form->title, f->label);
	return form ? form->title : "其他记录";
}

static enum rc count_one(struct office *of, const struct reference *ref, int64_t id, size_t *count, struct err *e)
{
	AUTO_FREE char *sql = mem_format("SELECT count(*) FROM \"%s\" WHERE \"%s\" = :id /*scan*/", ref->table, ref->column);
	AUTO_STMT q = stmt_use_temporary(of->st, sql);
	int64_t found;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_int(&q, &found, e)) == RC_OK)
		*count = (size_t)found;
	return rc;
}

enum rc resident_references(struct office *of, int64_t id, struct arena *a, struct resident_reference **out, size_t *n, struct err *e)
{
	struct resident_reference *list;
	AUTO_REFERENCES refs = { 0 };
	size_t used = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_RESIDENT_VIEW, e)) != RC_OK || (rc = references_load(of->st, "resident", &refs, e)) != RC_OK)
		return rc;
	list = arena_alloc(a, refs.n * sizeof *list + 1);
	for (size_t i = 0; i < refs.n; i++) {
		size_t count;

		if ((rc = count_one(of, &refs.list[i], id, &count, e)) != RC_OK)
			return rc;
		if (count > 0)
			list[used++] = (struct resident_reference){ .label = label_of(of, &refs.list[i], a), .count = count };
	}
	*out = list;
	*n = used;
	return RC_OK;
}
