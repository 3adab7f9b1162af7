/* Two volunteers who turn out to be one person become one: what hangs on either goes to the one that stays, and nothing counts twice.
 *
 * Where both are still to come to shifts that lie across each other nobody can guess which: then it is refused. Of what was served twice at one time the
 * better known stays (served before not served, approved before not), the other is taken back with its points.
 */
#include "volunteer_rules.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "roster/shift_rules.h"
#include "service/attendance_rules.h"
#include "store/reference.h"
#include "store/stmt.h"
#include "store/txn.h"
#include "word_set.h"

#define WHY "'志愿者合并'"

struct join {
	struct office *of;
	struct volunteer_row keep, other;
};

static void bind_pair(struct stmt *q, const struct join *j)
{
	bind_int(q, ":keep", j->keep.id);
	bind_int(q, ":other", j->other.id);
}

/* Still to come -------------------------------------------------------------------------------------------------------------------- */

#define STANDS(assignment, shift) assignment ".state <> 'cancelled' AND " assignment ".deleted_at IS NULL AND " shift ".state <> 'cancelled' AND " \
	shift ".deleted_at IS NULL"

static enum rc require_no_clash(const struct join *j, struct err *e)
{
	AUTO_STMT q = stmt_use(j->of->st,
		"SELECT mine.shift_id FROM assignment AS theirs JOIN shift AS there ON there.id = theirs.shift_id"
		" JOIN shift AS here ON here.day = there.day JOIN assignment AS mine ON mine.shift_id = here.id AND mine.volunteer_id = :keep"
		" WHERE theirs.volunteer_id = :other AND " STANDS("theirs", "there") " AND " STANDS("mine", "here")
		" AND (here.id = there.id OR (here.begin_min < there.end_min AND there.begin_min < here.end_min AND NOT here.flexible AND NOT there.flexible))"
		" AND (there.day > :today OR (there.day = :today AND max(here.end_min, there.end_min) > :minute)) ORDER BY here.day, here.begin_min LIMIT 1 /*scan*/");
	AUTO_STRBUF words = { 0 };
	AUTO_ARENA a = { 0 };
	struct shift s;
	bool row;
	enum rc rc;

	bind_pair(&q, j);
	bind_int(&q, ":today", office_today(j->of));
	bind_int(&q, ":minute", attendance_minute_now(j->of));
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row || (rc = shift_read(j->of, column_int(&q, 0), &a, &s, e)) != RC_OK)
		return rc;
	shift_words(j->of, &s, &words);
	return err_set(e, RC_INVALID, NULL, "志愿者%s和%s同时排在「%s」，请先在排班板撤下一个（已签到的等这一班结束），再合并", j->keep.number, j->other.number,
	               strbuf_str(&words));
}

/* Served ----------------------------------------------------------------------------------------------------------------------------- */

/* Two rows of one shift, or of what was served at the same time: the lesser known of the two. */
static const char twice_sql[] =
	"SELECT iif(2 * (mine.result IN ('present', 'late')) + (mine.approved_at IS NOT NULL)"
	" >= 2 * (theirs.result IN ('present', 'late')) + (theirs.approved_at IS NOT NULL), theirs.id, mine.id)"
	" FROM attendance AS theirs JOIN attendance AS mine ON mine.volunteer_id = :keep AND mine.day = theirs.day AND mine.deleted_at IS NULL"
	" LEFT JOIN shift AS there ON there.id = theirs.shift_id LEFT JOIN shift AS here ON here.id = mine.shift_id"
	" WHERE theirs.volunteer_id = :other AND theirs.deleted_at IS NULL AND (mine.shift_id = theirs.shift_id OR ("
	"  mine.result IN ('present', 'late') AND theirs.result IN ('present', 'late')"
	"  AND coalesce(mine.begin_min, iif(here.flexible, NULL, here.begin_min)) < coalesce(theirs.end_min, iif(there.flexible, NULL, there.end_min))"
	"  AND coalesce(theirs.begin_min, iif(there.flexible, NULL, there.begin_min)) < coalesce(mine.end_min, iif(here.flexible, NULL, here.end_min))))"
	" ORDER BY theirs.day, theirs.id, mine.id LIMIT 1 /*scan*/";

static enum rc drop_attendance(const struct join *j, int64_t id, struct err *e)
{
	AUTO_STMT drop = stmt_use(j->of->st, "UPDATE attendance SET deleted_at = :now, deleted_by = :me, deleted_why = " WHY ", rev = rev + 1 WHERE id = :id");
	AUTO_STMT off = stmt_use(j->of->st, "UPDATE assignment SET state = 'cancelled', cancelled_why = " WHY ", rev = rev + 1"
	                                    " WHERE id = :id AND state <> 'cancelled' AND deleted_at IS NULL");
	AUTO_ARENA a = { 0 };
	struct attendance_case c;
	enum rc rc;

	if ((rc = attendance_find(j->of, id, &a, &c, e)) != RC_OK || (rc = attendance_withdraw(j->of, &c, e)) != RC_OK)
		return rc == RC_INVALID ? err_during(e, "志愿者%s和%s同一时间的服务记了两次", j->keep.number, j->other.number) : rc;
	bind_int(&drop, ":id", id);
	bind_int(&drop, ":now", office_now(j->of));
	bind_id(&drop, ":me", j->of->me.id);
	bind_int(&off, ":id", c.assignment_id);
	if ((rc = stmt_run(&drop, e)) != RC_OK)
		return rc;
	return c.assignment_id ? stmt_run(&off, e) : RC_OK;
}

/* One at a time: what has gone lies across nothing any more. */
static enum rc drop_twice_served(const struct join *j, struct err *e)
{
	for (;;) {
		AUTO_STMT q = stmt_use(j->of->st, twice_sql);
		int64_t lesser;
		enum rc rc;

		bind_pair(&q, j);
		if ((rc = stmt_int(&q, &lesser, e)) == RC_NOTFOUND) {
			err_clear(e);
			return RC_OK;
		}
		if (rc != RC_OK || (rc = drop_attendance(j, lesser, e)) != RC_OK)
			return rc;
	}
}

/* A proof lists what one of them served; with the hours of the other between its days, lines and sum would say different things. */
static enum rc require_proofs_stay(const struct join *j, struct err *e)
{
	AUTO_STMT q = stmt_use(j->of->st,
		"SELECT proof.number FROM service_proof AS proof JOIN attendance AS joining"
		" ON joining.volunteer_id = iif(proof.volunteer_id = :keep, :other, :keep) AND joining.day <= proof.to_day"
		" AND joining.day >= coalesce(proof.from_day, joining.day) AND joining.approved_at <= proof.at AND joining.approved_minutes > 0"
		" AND joining.deleted_at IS NULL WHERE proof.volunteer_id IN (:keep, :other) AND proof.voided_why IS NULL AND proof.deleted_at IS NULL"
		" ORDER BY proof.number LIMIT 1 /*scan*/");
	bool row;
	enum rc rc;

	bind_pair(&q, j);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	return err_set(e, RC_INVALID, NULL, "志愿者%s和%s合并后，证明「%s」的时长就对不上了；请先作废证明，合并后重新开具", j->keep.number, j->other.number,
	               column_text(&q, 0));
}

/* What hangs on them ----------------------------------------------------------------------------------------------------------------- */

#define GONE " SET deleted_at = :now, deleted_by = :me, deleted_why = " WHY ", rev = rev + 1 WHERE deleted_at IS NULL AND "
#define OFF_TWICE(loser, winner) \
	"UPDATE assignment AS lesser SET state = 'cancelled', cancelled_why = " WHY ", rev = rev + 1 WHERE volunteer_id = " loser \
	" AND state <> 'cancelled' AND deleted_at IS NULL" \
	" AND NOT EXISTS (SELECT 1 FROM attendance WHERE attendance.assignment_id = lesser.id AND attendance.deleted_at IS NULL)" \
	" AND EXISTS (SELECT 1 FROM assignment AS better WHERE better.volunteer_id = " winner " AND better.shift_id = lesser.shift_id" \
	"  AND better.state <> 'cancelled' AND better.deleted_at IS NULL)"

/* An elder to whom one of the two does not go has no longer the other as the one who always comes. */
#define OFF_BLOCKED \
	"UPDATE diner SET volunteer_id = NULL, rev = rev + 1 WHERE volunteer_id IN (:keep, :other) AND deleted_at IS NULL AND EXISTS" \
	" (SELECT 1 FROM diner_block AS b WHERE b.diner_id = diner.id AND b.volunteer_id IN (:keep, :other) AND b.deleted_at IS NULL) /*scan*/"

static const char *const off_twice[] = { OFF_TWICE(":other", ":keep"), OFF_TWICE(":keep", ":other"), OFF_BLOCKED };

/* What would stand twice goes; the one that stays has the word about its times. */
static const char *const gone[] = {
	"UPDATE volunteer_grid AS theirs" GONE "volunteer_id = :other AND (grid_id = (SELECT grid_id FROM volunteer WHERE id = :keep)"
	" OR EXISTS (SELECT 1 FROM volunteer_grid AS mine WHERE mine.volunteer_id = :keep AND mine.grid_id = theirs.grid_id AND mine.deleted_at IS NULL))",
	"UPDATE qualification AS theirs" GONE "volunteer_id = :other AND EXISTS (SELECT 1 FROM qualification AS mine WHERE mine.volunteer_id = :keep"
	" AND mine.kind IS theirs.kind AND mine.number IS theirs.number AND mine.expires_day IS theirs.expires_day AND mine.deleted_at IS NULL)",
	"UPDATE apart" GONE "((volunteer_id = :keep AND other_id = :other) OR (volunteer_id = :other AND other_id = :keep)) /*scan*/",
	"UPDATE apart AS theirs" GONE ":other IN (volunteer_id, other_id) AND EXISTS (SELECT 1 FROM apart AS mine WHERE mine.deleted_at IS NULL"
	" AND :keep IN (mine.volunteer_id, mine.other_id) AND iif(mine.volunteer_id = :keep, mine.other_id, mine.volunteer_id)"
	"  = iif(theirs.volunteer_id = :other, theirs.other_id, theirs.volunteer_id)) /*scan*/",
	"UPDATE availability AS theirs" GONE "volunteer_id = :other AND EXISTS (SELECT 1 FROM availability AS mine WHERE mine.volunteer_id = :keep"
	" AND mine.weekday = theirs.weekday AND mine.deleted_at IS NULL AND mine.begin_min < theirs.end_min AND mine.end_min > theirs.begin_min"
	" AND (mine.from_day IS NULL AND mine.to_day IS NULL) = (theirs.from_day IS NULL AND theirs.to_day IS NULL)"
	" AND coalesce(mine.from_day, -2147483648) <= coalesce(theirs.to_day, 2147483647)"
	" AND coalesce(mine.to_day, 2147483647) >= coalesce(theirs.from_day, -2147483648))",
	"UPDATE absence AS theirs" GONE "volunteer_id = :other AND EXISTS (SELECT 1 FROM absence AS mine WHERE mine.volunteer_id = :keep"
	" AND mine.from_day <= theirs.from_day AND mine.to_day >= theirs.to_day AND mine.deleted_at IS NULL)",
	"UPDATE diner_block AS theirs" GONE "volunteer_id = :other AND EXISTS (SELECT 1 FROM diner_block AS mine WHERE mine.volunteer_id = :keep"
	" AND mine.diner_id = theirs.diner_id AND mine.deleted_at IS NULL)",
};

static enum rc drop_doubles(const struct join *j, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < COUNT(off_twice); i++) {
		AUTO_STMT q = stmt_use(j->of->st, off_twice[i]);

		bind_pair(&q, j);
		rc = stmt_run(&q, e);
	}
	for (size_t i = 0; rc == RC_OK && i < COUNT(gone); i++) {
		AUTO_STMT q = stmt_use(j->of->st, gone[i]);

		bind_pair(&q, j);
		bind_int(&q, ":now", office_now(j->of));
		bind_id(&q, ":me", j->of->me.id);
		rc = stmt_run(&q, e);
	}
	return rc;
}

/* At home in two grids: the second is one more where the person serves. */
static enum rc keep_home(const struct join *j, struct err *e)
{
	AUTO_STMT q = stmt_use(j->of->st,
		"INSERT INTO volunteer_grid (id, volunteer_id, grid_id) SELECT :id, :keep, :grid WHERE :grid <> :home AND NOT EXISTS"
		" (SELECT 1 FROM volunteer_grid WHERE volunteer_id = :keep AND grid_id = :grid AND deleted_at IS NULL)");
	int64_t id;
	enum rc rc;

	if (j->keep.grid_id == 0 || j->other.grid_id == 0)
		return RC_OK;
	if ((rc = store_new_id(j->of->st, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":keep", j->keep.id);
	bind_int(&q, ":home", j->keep.grid_id);
	bind_int(&q, ":grid", j->other.grid_id);
	return stmt_run(&q, e);
}

static enum rc move_references(const struct join *j, struct err *e)
{
	AUTO_REFERENCES refs = { 0 };
	enum rc rc = references_load(j->of->st, "volunteer", &refs, e);

	for (size_t i = 0; rc == RC_OK && i < refs.n; i++) {
		const struct reference *r = &refs.list[i];
		AUTO_FREE char *sql = mem_format("UPDATE \"%s\" SET \"%s\" = :keep, rev = rev + 1 WHERE \"%s\" = :other /*scan*/", r->table, r->column, r->column);
		AUTO_STMT q = stmt_use_temporary(j->of->st, sql);

		bind_pair(&q, j);
		rc = stmt_run(&q, e);
	}
	return rc;
}

/* The record ------------------------------------------------------------------------------------------------------------------------- */

/* A value that makes sense only beside another comes with it. */
static const struct { const char *field, *with; } together[] = {
	{ "agreement_day", "agreement" }, { "insurance_from_day", "insurance" }, { "insurance_to_day", "insurance" }, { "emergency_phone", "emergency_name" },
};

static bool is_own(const char *field)
{
	static const char *const own[] = { "number", "status", "resident_id" };

	return text_index(own, COUNT(own), field) < COUNT(own);
}

static const char *leader_of(const char *field)
{
	for (size_t i = 0; i < COUNT(together); i++)
		if (strcmp(together[i].field, field) == 0)
			return together[i].with;
	return field;
}

/* All codes of either, in the order of the list. */
static void unite(const struct field *f, struct value *to, const struct value *from)
{
	AUTO_STRBUF all = { 0 };

	for (size_t i = 0; i < f->codes->n; i++) {
		const char *code = f->codes->codes[i].code;

		if (word_set_has(value_text(to), code) || word_set_has(value_text(from), code))
			strbuf_format(&all, "%s%s", all.n ? " " : "", code);
	}
	value_set_text(to, strbuf_str(&all));
}

/* What the record that stays doesn't say, the other says. */
static enum rc fill_in(const struct join *j, struct err *e)
{
	const struct form *form = form_find(j->of->forms, "volunteer");
	AUTO_RECORD keep = { 0 };
	AUTO_RECORD stood = { 0 };
	AUTO_RECORD other = { 0 };
	enum rc rc;

	record_init(&keep, form);
	record_init(&other, form);
	if ((rc = record_load(j->of->st, form, j->keep.id, &keep, e)) != RC_OK || (rc = record_load(j->of->st, form, j->other.id, &other, e)) != RC_OK)
		return rc;
	record_copy(&stood, &keep);
	for (size_t i = 0; i < form->n; i++) {
		const struct field *f = &form->fields[i];

		if (is_own(f->name))
			continue;
		if (f->type == FIELD_CODES)
			unite(f, &keep.values[i], &other.values[i]);
		else if (record_value(&stood, leader_of(f->name))->kind == VALUE_NONE && keep.values[i].kind == VALUE_NONE)
			value_copy(&keep.values[i], &other.values[i]);
	}
	return record_save(j->of->st, &keep, "resident.merge", e);
}

#define RANK(v) "instr('stopped applied vetted training away active', " v ".status)"

/* Further up the ladder counts, with what was said of it; the first of the first days. */
static const char status_sql[] =
	"UPDATE volunteer AS k SET rev = k.rev + 1, joined_day = min(coalesce(k.joined_day, o.joined_day), coalesce(o.joined_day, k.joined_day)),"
	" status = iif(" RANK("o") " > " RANK("k") ", o.status, k.status), status_day = iif(" RANK("o") " > " RANK("k") ", o.status_day, k.status_day),"
	" status_why = iif(" RANK("o") " > " RANK("k") ", o.status_why, k.status_why), left_day = iif(" RANK("o") " > " RANK("k") ", o.left_day, k.left_day)"
	" FROM volunteer AS o WHERE k.id = :keep AND o.id = :other";

static enum rc join_records(const struct join *j, struct err *e)
{
	AUTO_STMT status = stmt_use(j->of->st, status_sql);
	AUTO_STMT mark = stmt_use(j->of->st, "UPDATE volunteer SET deleted_at = :now, deleted_by = :me, deleted_why = '已并入 ' || :number, rev = rev + 1"
	                                     " WHERE id = :other");
	enum rc rc;

	bind_pair(&status, j);
	bind_int(&mark, ":other", j->other.id);
	bind_text(&mark, ":number", j->keep.number);
	bind_int(&mark, ":now", office_now(j->of));
	bind_id(&mark, ":me", j->of->me.id);
	if ((rc = fill_in(j, e)) != RC_OK || (rc = stmt_run(&status, e)) != RC_OK)
		return rc;
	return stmt_run(&mark, e);
}

static enum rc join_two(struct office *of, int64_t keep_id, int64_t other_id, struct err *e)
{
	struct join j = { .of = of };
	AUTO_ARENA a = { 0 };
	enum rc rc;

	if ((rc = volunteer_find(of, keep_id, &a, &j.keep, e)) != RC_OK || (rc = volunteer_find(of, other_id, &a, &j.other, e)) != RC_OK ||
	    (rc = require_no_clash(&j, e)) != RC_OK || (rc = drop_twice_served(&j, e)) != RC_OK || (rc = require_proofs_stay(&j, e)) != RC_OK ||
	    (rc = drop_doubles(&j, e)) != RC_OK || (rc = keep_home(&j, e)) != RC_OK ||
	    (rc = move_references(&j, e)) != RC_OK)
		return rc;
	return join_records(&j, e);
}

static void read_id(const struct stmt *q, struct arena *a, void *row)
{
	(void)a;
	*(int64_t *)row = column_int(q, 0);
}

enum rc volunteer_join(struct office *of, int64_t keep_resident, int64_t other_resident, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM volunteer WHERE resident_id IN (:keep, :other) AND deleted_at IS NULL"
	                               " ORDER BY resident_id = :keep DESC, id /*scan*/");
	AUTO_ARENA a = { 0 };
	const int64_t *ids;
	size_t n;
	enum rc rc;

	bind_int(&q, ":keep", keep_resident);
	bind_int(&q, ":other", other_resident);
	rc = stmt_rows(&q, &a, sizeof *ids, read_id, &ids, &n, e);
	for (size_t i = 1; rc == RC_OK && i < n; i++)
		rc = join_two(of, ids[0], ids[i], e);
	return rc;
}
