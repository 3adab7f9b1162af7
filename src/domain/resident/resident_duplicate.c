/* Who might be the same person: shown before saving. */
#include "domain/resident.h"

#include <string.h>

#include "base/day.h"
#include "base/identity.h"
#include "store/seal.h"
#include "store/stmt.h"

#define SHOWN "20"

const char *resident_likeness_label(enum resident_likeness why)
{
	static const char *const labels[] = {
		[LIKE_ID_NUMBER] = "证件号码相同", [LIKE_NAME_AND_BIRTHDAY] = "姓名和出生日期相同", [LIKE_PHONE] = "电话相同",
		[LIKE_NAME_AND_ADDRESS] = "姓名和住址相同",
	};

	return labels[why];
}

static void bind_id_hash(struct office *of, struct stmt *q, const char *id_number)
{
	unsigned char hash[SEAL_HASH_BYTES];
	char normal[19];
	struct err ignored;

	if (id_number[0] == '\0' || idnumber_check(id_number, normal, &ignored) != RC_OK) {
		bind_null(q, ":hash");
		return;
	}
	seal_hash(of->st, "resident", "id_number", normal, hash);
	bind_blob(q, ":hash", hash, sizeof hash);
}

static void bind_text_or_null(struct stmt *q, const char *name, const char *text)
{
	bind_words(q, name, text);
}

/* What is missing in r binds NULL, which equals nothing. */
static struct stmt likeness_query(struct office *of, const struct record *r)
{
	struct stmt q = stmt_use(of->st,
		"SELECT 0 AS why, id FROM resident WHERE id_hash = :hash AND deleted_at IS NULL AND id <> :self"
		" UNION ALL SELECT 1, id FROM resident WHERE name = :name AND born_day = :born AND deleted_at IS NULL AND id <> :self"
		" UNION ALL SELECT 2, id FROM resident WHERE phone_tail = yl_reversed_digits(:phone) AND deleted_at IS NULL AND id <> :self"
		" UNION ALL SELECT 3, id FROM resident WHERE name = :name AND household_id = :household AND deleted_at IS NULL AND id <> :self"
		" ORDER BY why, id LIMIT " SHOWN " /*scan*/");

	bind_id_hash(of, &q, record_text(r, "id_number"));
	bind_text_or_null(&q, ":name", record_text(r, "name"));
	bind_day(&q, ":born", (int32_t)record_number(r, "born_day", DAY_NONE));
	bind_text_or_null(&q, ":phone", record_text(r, "phone"));
	bind_id(&q, ":household", record_number(r, "household_id", 0));
	bind_int(&q, ":self", r->id);
	return q;
}

static bool is_listed(const struct resident_duplicate *list, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].who.id == id)
			return true;
	return false;
}

enum rc resident_duplicates(struct office *of, const struct record *r, struct arena *a, struct resident_duplicate **out, size_t *n, struct err *e)
{
	AUTO_FREE struct resident_duplicate *list = NULL;
	size_t count = 0, cap = 0;
	bool row;
	enum rc rc;

	AUTO_STMT q = likeness_query(of, r);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		if (is_listed(list, count, column_int(&q, 1)))
			continue;
		list = mem_grow(list, &cap, count + 1, sizeof *list);
		list[count++] = (struct resident_duplicate){ .why = (enum resident_likeness)column_int(&q, 0), .who.id = column_int(&q, 1) };
	}
	for (size_t i = 0; i < count && rc == RC_OK; i++)
		rc = resident_summary(of, list[i].who.id, a, &list[i].who, e);
	if (rc != RC_OK)
		return rc;
	*out = arena_alloc(a, count * sizeof *list + 1);
	if (count > 0)
		memcpy(*out, list, count * sizeof *list);
	*n = count;
	return RC_OK;
}
