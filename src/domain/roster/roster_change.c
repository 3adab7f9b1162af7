/* Who stands on a place is taken off, changes with somebody, is replaced, pinned, confirmed. */
#include "domain/roster.h"

#include <string.h>

#include "base/text.h"
#include "roster_inside.h"
#include "shift_rules.h"
#include "store/stmt.h"
#include "store/txn.h"

#define WHY_MAX 100
#define ANY_REV 0

/* An assignment that stands, with its shift. */
struct standing {
	int64_t id, rev, need_id, volunteer_id, shift_id;
	bool confirmed, cancelled, deleted, attended;
	const char *name;
	struct shift shift;
};

static enum rc read_row(struct office *of, int64_t id, struct arena *a, struct standing *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT a.rev, a.need_id, a.volunteer_id, a.shift_id, a.state, a.deleted_at IS NOT NULL, v.name, EXISTS (SELECT 1 FROM attendance"
		"  WHERE attendance.assignment_id = a.id AND attendance.result IS NOT NULL AND attendance.deleted_at IS NULL)"
		" FROM assignment AS a LEFT JOIN volunteer AS v ON v.id = a.volunteer_id WHERE a.id = :id");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这次派班，可能已被撤销，请重新选择", e)) != RC_OK)
		return rc;
	*out = (struct standing){
		.id = id, .rev = column_int(&q, 0), .need_id = column_int(&q, 1), .volunteer_id = column_int(&q, 2), .shift_id = column_int(&q, 3),
		.confirmed = strcmp(column_text(&q, 4), "confirmed") == 0, .cancelled = strcmp(column_text(&q, 4), "cancelled") == 0,
		.deleted = column_int(&q, 5) != 0, .name = arena_copy(a, column_text(&q, 6)), .attended = column_int(&q, 7) != 0,
	};
	return RC_OK;
}

/* `what` is to be done with it: it stands, nobody has changed it, its shift is not over and nobody has signed in for it. */
static enum rc read_standing(struct office *of, int64_t id, int64_t rev, const char *what, struct arena *a, struct standing *out, struct err *e)
{
	struct standing found;
	enum rc rc;

	if ((rc = read_row(of, id, a, &found, e)) != RC_OK)
		return rc;
	if (found.deleted)
		return err_set(e, RC_NOTFOUND, NULL, "%s的这次派班已被撤销，请重新选择", found.name);
	if (found.cancelled)
		return err_set(e, RC_CONFLICT, NULL, "%s已从这个班撤下，不能%s", found.name, what);
	if (rev != ANY_REV && rev != found.rev)
		return err_set(e, RC_CONFLICT, NULL, "%s的这次派班刚被别人改过，请看过新的内容再改", found.name);
	if (found.attended)
		return err_set(e, RC_INVALID, NULL, "%s在这个班已有签到记录，不能%s", found.name, what);
	if ((rc = shift_read_live(of, found.shift_id, SHIFT_ANY_REV, a, &found.shift, e)) != RC_OK ||
	    (rc = roster_check_open(of, &found.shift, what, e)) != RC_OK)
		return rc;
	*out = found;
	return RC_OK;
}

static enum rc check_why(const char *why, struct err *e)
{
	if (why && text_cluster_count(why) > WHY_MAX)
		return err_set(e, RC_INVALID, "why", "理由最多 %d 个字", WHY_MAX);
	return RC_OK;
}

static enum rc take_off(struct office *of, int64_t id, const char *why, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE assignment SET state = 'cancelled', cancelled_why = :why, rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_text(&q, ":why", text_is_blank(why) ? NULL : why);
	return stmt_run(&q, e);
}

/* Off ----------------------------------------------------------------------------------------------------------------------------- */

static enum rc remove_one(struct office *of, int64_t id, int64_t rev, const char *why, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct standing s;
	enum rc rc = read_standing(of, id, rev, "撤下", &a, &s, e);

	if (rc != RC_OK)
		return rc;
	if (s.confirmed && text_is_blank(why))
		return err_set(e, RC_INVALID, "why", "%s已确认来，撤下请写明理由", s.name);
	return take_off(of, id, why, e);
}

enum rc roster_remove(struct office *of, int64_t assignment_id, int64_t rev, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = check_why(why, e)) != RC_OK ||
	    (rc = txn_begin(&t, of->st, "roster.remove", e)) != RC_OK || (rc = remove_one(of, assignment_id, rev, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Somebody else ------------------------------------------------------------------------------------------------------------------- */

static enum rc stand_in(struct office *of, const struct standing *for_whom, int64_t volunteer_id, const char *override_why, struct err *e)
{
	const struct roster_new made = {
		.need_id = for_whom->need_id, .volunteer_id = volunteer_id, .replaces_id = for_whom->id, .way = "assigned", .override_why = override_why,
	};

	return roster_seat_put(of, &made, NULL, e);
}

/* Both are off first: neither is in the other's way. */
static enum rc swap(struct office *of, int64_t a_id, int64_t b_id, const char *override_why, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct standing one, other;
	enum rc rc;

	if ((rc = read_standing(of, a_id, ANY_REV, "换班", &a, &one, e)) != RC_OK || (rc = read_standing(of, b_id, ANY_REV, "换班", &a, &other, e)) != RC_OK)
		return rc;
	if (one.volunteer_id == other.volunteer_id || one.need_id == other.need_id)
		return err_set(e, RC_INVALID, NULL, "请选两个人的两个不同岗位来换");
	if ((rc = take_off(of, a_id, "换班", e)) != RC_OK || (rc = take_off(of, b_id, "换班", e)) != RC_OK ||
	    (rc = stand_in(of, &one, other.volunteer_id, override_why, e)) != RC_OK)
		return rc;
	return stand_in(of, &other, one.volunteer_id, override_why, e);
}

enum rc roster_swap(struct office *of, int64_t a_id, int64_t b_id, const char *override_why, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "roster.swap", e)) != RC_OK ||
	    (rc = swap(of, a_id, b_id, override_why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

static enum rc replace(struct office *of, int64_t id, int64_t volunteer_id, const char *why, const char *override_why, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct standing old;
	enum rc rc;

	if ((rc = read_standing(of, id, ANY_REV, "换人", &a, &old, e)) != RC_OK)
		return rc;
	if (old.volunteer_id == volunteer_id)
		return err_set(e, RC_INVALID, NULL, "替班的还是%s本人，请另选一位", old.name);
	if ((rc = take_off(of, id, why, e)) != RC_OK)
		return rc;
	return stand_in(of, &old, volunteer_id, override_why, e);
}

enum rc roster_replace(struct office *of, int64_t assignment_id, int64_t volunteer_id, const char *why, const char *override_why, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = check_why(why, e)) != RC_OK)
		return rc;
	if (text_is_blank(why))
		return err_set(e, RC_INVALID, "why", "请写明为什么换人，如「临时有事」");
	if ((rc = txn_begin(&t, of->st, "roster.replace", e)) != RC_OK || (rc = replace(of, assignment_id, volunteer_id, why, override_why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Marks --------------------------------------------------------------------------------------------------------------------------- */

static enum rc write_pinned(struct office *of, int64_t id, bool pinned, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE assignment SET pinned = :pinned, rev = rev + 1 WHERE id = :id AND coalesce(pinned, 0) <> :pinned");

	bind_int(&q, ":id", id);
	bind_int(&q, ":pinned", pinned);
	return stmt_run(&q, e);
}

enum rc roster_pin(struct office *of, int64_t assignment_id, int64_t rev, bool pinned, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct standing s;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "roster.pin", e)) != RC_OK ||
	    (rc = read_standing(of, assignment_id, rev, pinned ? "固定" : "取消固定", &a, &s, e)) != RC_OK ||
	    (rc = write_pinned(of, assignment_id, pinned, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

static enum rc write_confirmed(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE assignment SET state = 'confirmed', confirmed_at = :now, rev = rev + 1 WHERE id = :id AND state = 'planned'");

	bind_int(&q, ":id", id);
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

enum rc roster_confirm(struct office *of, int64_t assignment_id, int64_t rev, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_ARENA a = { 0 };
	struct standing s;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "roster.confirm", e)) != RC_OK ||
	    (rc = read_standing(of, assignment_id, rev, "确认", &a, &s, e)) != RC_OK || (rc = write_confirmed(of, assignment_id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
