/* 积分: an account a volunteer and one of the office; every move is two entries that add up to zero. */
#include "attendance_rules.h"

#include <inttypes.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/stmt.h"
#include "store/txn.h"

#define OFFICE 0                              /* the other side of every move */

struct move {
	int64_t volunteer_id, points, attendance_id;     /* points: of the volunteer; attendance_id 0: none */
	const char *kind, *note;
	int32_t expires_day;             /* of what is earned; of what has expired the day that passed */
};

/* Entries -------------------------------------------------------------------------------------------------------------------------- */

static enum rc write_entry(struct office *of, const struct move *m, int64_t id, int64_t move_id, int64_t who, int64_t points, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO point_entry (id, move_id, volunteer_id, points, kind, attendance_id, expires_day, note, account_id, at)"
		" VALUES (:id, :move, :who, :points, :kind, :attendance, :expires, :note, :me, :now)");

	bind_int(&q, ":id", id);
	bind_int(&q, ":move", move_id);
	bind_id(&q, ":who", who);
	bind_int(&q, ":points", points);
	bind_text(&q, ":kind", m->kind);
	bind_id(&q, ":attendance", m->attendance_id);
	bind_day(&q, ":expires", who != OFFICE && points > 0 ? m->expires_day : DAY_NONE);
	bind_words(&q, ":note", m->note);
	bind_id(&q, ":me", store_actor(of->st));
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

/* What expires at two desks on one day is one move after they have merged: its id follows from whose it was and which day passed. Where that stands
 * already (what was spent came back since) it is a move of its own. */
static enum rc expiry_id(struct office *of, const struct move *m, const char *side, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT count(*) FROM point_entry WHERE id = :id");
	AUTO_FREE char *key = mem_format("expired %" PRId64 " %" PRId32 "%s", m->volunteer_id, m->expires_day, side);
	int64_t derived = store_derived_id("point_entry", key), there;
	enum rc rc;

	bind_int(&q, ":id", derived);
	if ((rc = stmt_int(&q, &there, e)) != RC_OK)
		return rc;
	if (there)
		return store_new_id(of->st, id, e);
	*id = derived;
	return RC_OK;
}

static enum rc new_ids(struct office *of, const struct move *m, int64_t *first, int64_t *second, struct err *e)
{
	enum rc rc;

	if (strcmp(m->kind, "expired") == 0) {
		rc = expiry_id(of, m, "", first, e);
		return rc == RC_OK ? expiry_id(of, m, " office", second, e) : rc;
	}
	rc = store_new_id(of->st, first, e);
	return rc == RC_OK ? store_new_id(of->st, second, e) : rc;
}

static enum rc write_move(struct office *of, const struct move *m, struct err *e)
{
	int64_t first, second;
	enum rc rc;

	if (m->points == 0)
		return RC_OK;
	if ((rc = new_ids(of, m, &first, &second, e)) != RC_OK ||
	    (rc = write_entry(of, m, first, first, m->volunteer_id, m->points, e)) != RC_OK)
		return rc;
	return write_entry(of, m, second, first, OFFICE, -m->points, e);
}

/* The same day of a later month, or its last one; DAY_NONE where points never expire. */
static int32_t last_day_of_points(const struct office *of)
{
	int months = of->settings->expire_months, year, month, day, at;
	int32_t found;

	if (months == 0)
		return DAY_NONE;
	day_to_civil(office_today(of), &year, &month, &day);
	at = year * 12 + month - 1 + months;
	while ((found = day_from_civil(at / 12, at % 12 + 1, day)) == DAY_NONE)
		day--;
	return found;
}

/* What is left --------------------------------------------------------------------------------------------------------------------- */

struct entry {
	int64_t points;
	int32_t expires_day;
};

static void read_entry(const struct stmt *q, struct arena *a, void *element)
{
	struct entry *entry = element;

	(void)a;
	entry->points = column_int(q, 0);
	entry->expires_day = column_day(q, 1);
}

/* Of a volunteer. Whatever went is taken from the oldest that came. */
struct standing {
	int64_t sum;                     /* of all entries */
	int64_t expired;                 /* how much of it has passed its day */
	int32_t passed_day;              /* the newest of those days */
};

static enum rc count_points(struct office *of, int64_t volunteer_id, struct standing *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT points, expires_day FROM point_entry WHERE volunteer_id = :id ORDER BY at, id /*scan*/");
	AUTO_ARENA a = { 0 };
	struct standing s = { .passed_day = DAY_NONE };
	int64_t gone = 0;
	int32_t today = office_today(of);
	const struct entry *entries;
	size_t n;
	enum rc rc;

	bind_int(&q, ":id", volunteer_id);
	if ((rc = stmt_rows(&q, &a, sizeof *entries, read_entry, &entries, &n, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		s.sum += entries[i].points;
		if (entries[i].points < 0)
			gone -= entries[i].points;
	}
	for (size_t i = 0; i < n; i++) {
		int64_t left = entries[i].points, taken;

		if (left <= 0)
			continue;
		taken = gone < left ? gone : left;
		gone -= taken;
		if (entries[i].expires_day == DAY_NONE || entries[i].expires_day >= today || left == taken)
			continue;
		s.expired += left - taken;
		if (s.passed_day == DAY_NONE || entries[i].expires_day > s.passed_day)
			s.passed_day = entries[i].expires_day;
	}
	*out = s;
	return RC_OK;
}

enum rc points_balance(struct office *of, int64_t volunteer_id, int64_t *points, struct err *e)
{
	struct standing s;
	enum rc rc = count_points(of, volunteer_id, &s, e);

	if (rc == RC_OK)
		*points = s.sum - s.expired;
	return rc;
}

/* What has passed its day is entered before anything else goes: else it would count as what was spent. */
static enum rc expire_of(struct office *of, int64_t volunteer_id, struct err *e)
{
	struct standing s;
	enum rc rc = count_points(of, volunteer_id, &s, e);

	if (rc != RC_OK || s.expired == 0)
		return rc;
	return write_move(of, &(struct move){ .volunteer_id = volunteer_id, .points = -s.expired, .kind = "expired", .expires_day = s.passed_day }, e);
}

/* Earned --------------------------------------------------------------------------------------------------------------------------- */

enum rc points_earn(struct office *of, int64_t volunteer_id, int64_t attendance_id, int minutes, struct err *e)
{
	int64_t points = (int64_t)minutes * of->settings->per_hour / 60;

	return write_move(of, &(struct move){ .volunteer_id = volunteer_id, .points = points, .attendance_id = attendance_id, .kind = "earned",
	                                      .expires_day = last_day_of_points(of) }, e);
}

enum rc points_take_back(struct office *of, int64_t volunteer_id, int64_t attendance_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT coalesce(sum(points), 0) FROM point_entry WHERE attendance_id = :id AND volunteer_id = :volunteer");
	int64_t earned;
	enum rc rc;

	bind_int(&q, ":id", attendance_id);
	bind_int(&q, ":volunteer", volunteer_id);
	if ((rc = stmt_int(&q, &earned, e)) != RC_OK)
		return rc;
	return write_move(of, &(struct move){ .volunteer_id = volunteer_id, .points = -earned, .attendance_id = attendance_id, .kind = "corrected",
	                                      .note = "签到更正", .expires_day = DAY_NONE }, e);
}

/* Spent, put right, expired -------------------------------------------------------------------------------------------------------- */

static enum rc require_volunteer(struct office *of, int64_t volunteer_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM volunteer WHERE id = :id AND deleted_at IS NULL");

	bind_int(&q, ":id", volunteer_id);
	return stmt_one(&q, "没有这位志愿者", e);
}

/* One move by hand, of which the balance stays above zero. */
static enum rc move_by_hand(struct office *of, const struct move *m, struct err *e)
{
	int64_t balance;
	enum rc rc;

	if ((rc = require_volunteer(of, m->volunteer_id, e)) != RC_OK || (rc = expire_of(of, m->volunteer_id, e)) != RC_OK ||
	    (rc = points_balance(of, m->volunteer_id, &balance, e)) != RC_OK)
		return rc;
	if (m->points < 0 && -m->points > balance)
		return err_set(e, RC_INVALID, "points", "只有%" PRId64 "分，不够", balance);
	return write_move(of, m, e);
}

#define POINTS_MOST INT64_C(1000000)

enum rc points_spend(struct office *of, int64_t volunteer_id, int64_t points, const char *note, struct err *e)
{
	struct move m = { .volunteer_id = volunteer_id, .kind = "spent", .note = note, .expires_day = DAY_NONE };
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_VOLUNTEER_EDIT, e)) != RC_OK)
		return rc;
	if (points <= 0 || points > POINTS_MOST)
		return err_set(e, RC_INVALID, "points", "兑换的积分要是1到%" PRId64 "之间的数", POINTS_MOST);
	m.points = -points;
	if ((rc = txn_begin(&t, of->st, "points.spend", e)) != RC_OK || (rc = move_by_hand(of, &m, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc points_correct(struct office *of, int64_t volunteer_id, int64_t points, const char *note, struct err *e)
{
	const struct move m = { .volunteer_id = volunteer_id, .points = points, .kind = "corrected", .note = note, .expires_day = last_day_of_points(of) };
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_POINTS_CORRECT, e)) != RC_OK)
		return rc;
	if (points == 0 || points > POINTS_MOST || points < -POINTS_MOST)
		return err_set(e, RC_INVALID, "points", "更正的积分不能是0，最多%" PRId64, POINTS_MOST);
	if (text_is_blank(note))
		return err_set(e, RC_INVALID, "note", "请写明为什么更正");
	if ((rc = txn_begin(&t, of->st, "points.correct", e)) != RC_OK || (rc = move_by_hand(of, &m, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Nobody waits for it, so it waits for nobody. */
static enum rc expire_at_once(struct office *of, int64_t volunteer_id, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_try(&t, of->st, "points.expire", e)) != RC_OK || (rc = expire_of(of, volunteer_id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

static enum rc find_next(struct office *of, int64_t after, int64_t *id, bool *found, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT volunteer_id FROM point_entry WHERE volunteer_id > :after ORDER BY volunteer_id LIMIT 1");
	enum rc rc;

	bind_int(&q, ":after", after);
	if ((rc = stmt_step(&q, found, e)) == RC_OK && *found)
		*id = column_int(&q, 0);
	return rc;
}

enum rc points_expire_next(struct office *of, int64_t *after, bool *more, struct err *e)
{
	struct standing s = { 0 };
	int64_t id = 0;
	bool found;
	enum rc rc;

	if ((rc = office_require(of, MAY_VOLUNTEER_EDIT, e)) != RC_OK || (rc = find_next(of, *after, &id, &found, e)) != RC_OK ||
	    (found && (rc = count_points(of, id, &s, e)) != RC_OK))
		return rc;
	if (s.expired) {
		/* the program's own deed: no Ctrl-Z takes it for the last one of whoever works */
		store_set_actor(of->st, 0, NULL);
		rc = expire_at_once(of, id, e);
		store_set_actor(of->st, of->me.id, of->me.name);
	}
	if (rc != RC_OK)
		return rc;
	if (found)
		*after = id;
	*more = found;
	return RC_OK;
}
