/* Somebody is put on a place: every rule is asked inside the transaction, as things stand then. */
#include "domain/roster.h"

#include "base/strbuf.h"
#include "base/text.h"
#include "roster_inside.h"
#include "shift_rules.h"
#include "store/stmt.h"
#include "store/txn.h"

#define WHY_MIN 2
#define WHY_MAX 100

/* A place --------------------------------------------------------------------------------------------------------------------------- */

enum rc roster_need_read(struct office *of, int64_t need_id, struct arena *a, struct shift *s, struct shift_need *need, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT shift_id FROM shift_need WHERE id = :id AND shift_id IS NOT NULL AND deleted_at IS NULL");
	int64_t shift_id;
	struct shift found;
	enum rc rc;

	bind_int(&q, ":id", need_id);
	if ((rc = stmt_one(&q, "这个岗位已经删除，请重新选择", e)) != RC_OK)
		return rc;
	shift_id = column_int(&q, 0);
	if ((rc = shift_read_live(of, shift_id, SHIFT_ANY_REV, a, &found, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < found.n_needs; i++)
		if (found.needs[i].id == need_id) {
			*need = found.needs[i];
			*s = found;
			return RC_OK;
		}
	return err_set(e, RC_NOTFOUND, NULL, "这个岗位已经删除，请重新选择");
}

enum rc roster_check_open(const struct office *of, const struct shift *s, const char *what, struct err *e)
{
	if (s->state == SHIFT_CANCELLED)
		return err_set(e, RC_INVALID, NULL, "「%s」已取消，不能%s；要开请先恢复班次", s->title, what);
	if (shift_is_over(of, s->day, s->end_min))
		return err_set(e, RC_INVALID, NULL, "「%s」的时间已过，不能%s；来没来请记在签到里", s->title, what);
	return RC_OK;
}

static bool is_without(const struct roster_without *without, int64_t assignment_id)
{
	return assignment_id == without->ids[0] || assignment_id == without->ids[1];
}

/* Nobody stands on a shift twice, and no more on a place than it wants. */
static enum rc check_room(const struct roster_people *people, const struct shift *s, const struct shift_need *need, const struct roster_new *made,
                          const char *name, struct err *e)
{
	int taken = 0;

	for (size_t i = 0; i < people->n_stands; i++) {
		const struct roster_stand *stand = &people->stands[i];

		if (stand->shift_id != s->id || is_without(&made->without, stand->assignment_id))
			continue;
		if (stand->volunteer_id == made->volunteer_id)
			return err_set(e, RC_INVALID, NULL, "%s已经在「%s」这个班上", name, s->title);
		taken += stand->need_id == need->id;
	}
	if (taken >= need->headcount)
		return err_set(e, RC_INVALID, NULL, "「%s」的这个岗位 %d 人已经排满；还要加人请先改人数", s->title, need->headcount);
	return RC_OK;
}

static enum rc check_override(const char *override_why, struct err *e)
{
	size_t n = text_cluster_count(override_why);

	if (n < WHY_MIN || n > WHY_MAX)
		return err_set(e, RC_INVALID, "override_why", "理由要 %d 到 %d 个字", WHY_MIN, WHY_MAX);
	return RC_OK;
}

/* What blocks is passed over only with a reason. */
static enum rc check_conflicts(const struct office *of, const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                               const struct roster_new *made, bool *overridden, struct err *e)
{
	AUTO_STRBUF words = { 0 };
	unsigned blocking = roster_conflicts(of, people, p, spot, &made->without) & ROSTER_BLOCKING;

	*overridden = blocking != 0;
	if (blocking == 0)
		return RC_OK;
	if (!text_is_blank(made->override_why))
		return check_override(made->override_why, e);
	roster_conflict_words(blocking, &words);
	return err_set(e, RC_INVALID, "override_why", "%s：%s；仍要排请写明理由", p->v.name, strbuf_str(&words));
}

static enum rc check_person(const struct roster_person *p, struct err *e)
{
	if (p == NULL)
		return err_set(e, RC_NOTFOUND, NULL, "没有这位志愿者，请重新选择");
	if (p->v.deleted)
		return err_set(e, RC_INVALID, NULL, "%s的志愿者资料已删除，不能排班，请另选一位", p->v.name);
	if (p->v.status == VOLUNTEER_STOPPED)
		return err_set(e, RC_INVALID, NULL, "%s已停用，不能排班，请另选一位", p->v.name);
	return RC_OK;
}

/* Writing --------------------------------------------------------------------------------------------------------------------------- */

static enum rc insert(struct office *of, const struct roster_new *made, int64_t shift_id, bool overridden, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO assignment (id, shift_id, need_id, volunteer_id, way, state, pinned, override_why, replaces_id, account_id, at)"
		" VALUES (:id, :shift, :need, :volunteer, :way, 'planned', 0, :why, :replaces, :me, :now)");

	bind_int(&q, ":shift", shift_id);
	bind_int(&q, ":need", made->need_id);
	bind_int(&q, ":volunteer", made->volunteer_id);
	bind_text(&q, ":way", made->way);
	bind_text(&q, ":why", overridden ? made->override_why : NULL);
	bind_id(&q, ":replaces", made->replaces_id);
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":now", office_now(of));
	return stmt_insert(&q, id, e);
}

enum rc roster_seat_put(struct office *of, const struct roster_new *made, int64_t *id, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct roster_want want = { .ids = &made->volunteer_id, .n_ids = 1 };
	struct roster_people people;
	const struct roster_person *p;
	struct roster_spot spot;
	struct shift_need need;
	struct shift s;
	bool overridden;
	enum rc rc;

	if ((rc = roster_need_read(of, made->need_id, &a, &s, &need, e)) != RC_OK || (rc = roster_check_open(of, &s, "排人", e)) != RC_OK)
		return rc;
	want.from_day = want.to_day = s.day;
	if ((rc = roster_people_load(of, &want, &a, &people, e)) != RC_OK)
		return rc;
	p = roster_person_find(&people, made->volunteer_id);
	spot = roster_spot_of(&s, &need);
	if ((rc = check_person(p, e)) != RC_OK || (rc = check_room(&people, &s, &need, made, p->v.name, e)) != RC_OK ||
	    (rc = check_conflicts(of, &people, p, &spot, made, &overridden, e)) != RC_OK)
		return rc;
	return insert(of, made, s.id, overridden, id, e);
}

enum rc roster_assign(struct office *of, int64_t need_id, int64_t volunteer_id, const char *override_why, int64_t *id, struct err *e)
{
	AUTO_TXN t = { 0 };
	const struct roster_new made = { .need_id = need_id, .volunteer_id = volunteer_id, .way = "assigned", .override_why = override_why };
	int64_t new_id = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "roster.assign", e)) != RC_OK ||
	    (rc = roster_seat_put(of, &made, &new_id, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	if (id)
		*id = new_id;
	return RC_OK;
}
