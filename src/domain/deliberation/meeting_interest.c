/* Interested parties of an agenda that nobody has invited. */
#include "meeting_rules.h"

#include "domain/person.h"
#include "store/stmt.h"
#include "store/txn.h"

/* A party is there where the same person is (PERSON_SQL). Once, though several items name it. */
static const char missing_sql[] =
	"SELECT interest.resident_id, coalesce(resident.name, interest.name) AS who, interest.category, item.number"
	" FROM agenda_slot JOIN interest ON interest.agenda_item_id = agenda_slot.agenda_item_id"
	" JOIN agenda_item AS item ON item.id = agenda_slot.agenda_item_id LEFT JOIN resident ON resident.id = interest.resident_id"
	" WHERE agenda_slot.meeting_id = :meeting AND agenda_slot.deleted_at IS NULL AND interest.deleted_at IS NULL AND resident.deleted_at IS NULL"
	" AND coalesce(resident.name, interest.name, '') <> ''"
	" AND NOT EXISTS (SELECT 1 FROM attendee AS a WHERE a.meeting_id = :meeting AND a.deleted_at IS NULL"
	"  AND " PERSON_SQL("a.resident_id", "a.name", "interest.resident_id", "interest.name") ")"
	" GROUP BY coalesce(interest.resident_id, interest.name) ORDER BY agenda_slot.position, interest.id /*scan*/";

static void read_interested(const struct stmt *q, struct arena *a, void *row)
{
	*(struct interested *)row = (struct interested){
		.resident_id = column_int(q, 0), .name = arena_copy(a, column_text(q, 1)), .category = arena_copy(a, column_text(q, 2)),
		.item = arena_copy(a, column_text(q, 3)),
	};
}

enum rc meeting_interested(struct office *of, int64_t meeting_id, struct arena *a, const struct interested **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, missing_sql);

	bind_int(&q, ":meeting", meeting_id);
	return stmt_rows(&q, a, sizeof **out, read_interested, out, n, e);
}

/* Unless the one before was the same: a resident, and written by hand for another item. */
static enum rc invite(struct office *of, int64_t meeting_id, const struct interested *who, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO attendee (id, meeting_id, resident_id, name, category) SELECT :id, :meeting, :resident, :name, :category"
		" WHERE NOT EXISTS (SELECT 1 FROM attendee WHERE meeting_id = :meeting AND deleted_at IS NULL"
		" AND " PERSON_SQL("resident_id", "name", ":resident", ":name") ")");

	bind_int(&q, ":meeting", meeting_id);
	bind_id(&q, ":resident", who->resident_id);
	bind_text(&q, ":name", who->name);
	bind_text(&q, ":category", who->category[0] ? who->category : "resident");
	return stmt_insert(&q, NULL, e);
}

enum rc meeting_invite_interested(struct office *of, int64_t meeting_id, int *added, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	const struct interested *missing;
	struct meeting m;
	int count = 0;
	size_t n;
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "meeting.invite", e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, ANY_REV, BEFORE_MEETING | DURING(RUNNING), "改名单", &a, &m, e)) != RC_OK ||
	    (rc = meeting_interested(of, meeting_id, &a, &missing, &n, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		if ((rc = invite(of, meeting_id, &missing[i], e)) != RC_OK)
			return rc;
		count += (int)store_changes(of->st);
	}
	if ((rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*added = count;
	return RC_OK;
}
