/* Weeks of 班次: made of the templates, extra shifts copied, drafts published. */
#include "domain/shift.h"

#include <inttypes.h>

#include "base/calendar.h"
#include "base/day.h"
#include "base/mem.h"
#include "shift_rules.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

#define AHEAD_DAYS 60

/* Weeks that can still be filled. */
static enum rc check_week(struct office *of, const char *field, int32_t monday, struct err *e)
{
	int32_t today = office_today(of);
	enum rc rc = shift_check_monday(field, monday, e);

	if (rc != RC_OK)
		return rc;
	if (monday + 6 < today)
		return err_set(e, RC_INVALID, field, "这一周已经过去，不能再开班");
	if (monday > today + AHEAD_DAYS)
		return err_set(e, RC_INVALID, field, "最多提前 %d 天开班，请选近一些的一周", AHEAD_DAYS);
	return RC_OK;
}

/* Two desks that make or copy the same week make the same shifts: the id follows from the template, or the shift that is copied, and the day. */
static int64_t shift_id(const char *made_of, int64_t id, int32_t day)
{
	AUTO_FREE char *key = mem_format("%s %" PRId64 " %" PRId32, made_of, id, day);

	return store_derived_id("shift", key);
}

/* What was undone, or deleted and is copied again, comes back as it would be made now. */
static enum rc insert_shift(struct office *of, int64_t id, const struct shift *s, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO shift (id, template_id, service, title, day, begin_min, end_min, place, grid_id, flexible, state, note, account_id, at)"
		" VALUES (:id, :template, :service, :title, :day, :begin, :end, :place, :grid, :flexible, 'draft', :note, :me, :now)"
		" ON CONFLICT (id) DO UPDATE SET rev = rev + 1, service = :service, title = :title, day = :day, begin_min = :begin, end_min = :end,"
		" place = :place, grid_id = :grid, flexible = :flexible, state = 'draft', cancelled_why = NULL, needed = NULL, note = :note, account_id = :me,"
		" at = :now, deleted_at = NULL, deleted_by = NULL, deleted_why = NULL");
	enum rc rc;

	bind_int(&q, ":id", id);
	bind_id(&q, ":template", s->template_id);
	bind_words(&q, ":service", s->service);
	bind_text(&q, ":title", s->title);
	bind_day(&q, ":day", s->day);
	bind_int(&q, ":begin", s->begin_min);
	bind_int(&q, ":end", s->end_min);
	bind_words(&q, ":place", s->place);
	bind_id(&q, ":grid", s->grid_id);
	bind_int(&q, ":flexible", s->flexible);
	bind_words(&q, ":note", s->note);
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":now", office_now(of));
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return shift_needs_copy(of, s->needs, s->n_needs, id, e);
}

/* Of the templates ---------------------------------------------------------------------------------------------------------------- */

/* One that somebody moved or deleted is not made again; one whose making was undone is. */
static enum rc is_made(struct office *of, int64_t id, int64_t template_id, int32_t day, bool *made, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT 1 FROM shift WHERE (id = :id OR (template_id = :template AND day = :day)) AND (deleted_at IS NULL OR deleted_why IS NOT '撤销')");

	bind_int(&q, ":id", id);
	bind_int(&q, ":template", template_id);
	bind_day(&q, ":day", day);
	return stmt_step(&q, made, e);
}

static bool is_wanted_on(const struct shift_template *t, int32_t day)
{
	return (t->weekdays & 1U << day_weekday(day)) && (t->from_day == DAY_NONE || day >= t->from_day) && (t->to_day == DAY_NONE || day <= t->to_day);
}

static enum rc make_one(struct office *of, const struct shift_template *t, int32_t day, int *made, int *skipped, struct err *e)
{
	struct shift s = {
		.template_id = t->id, .grid_id = t->grid_id, .service = t->service, .title = t->title, .place = t->place, .note = "", .day = day,
		.begin_min = t->begin_min, .end_min = t->end_min, .flexible = t->flexible, .needs = t->needs, .n_needs = t->n_needs,
	};
	int64_t id = shift_id("template", t->id, day);
	bool there = false;
	enum rc rc;

	if (!is_wanted_on(t, day) || day < office_today(of))
		return RC_OK;
	if (calendar_is_holiday(of->calendar, day) && !t->on_holidays) {
		++*skipped;
		return RC_OK;
	}
	if ((rc = is_made(of, id, t->id, day, &there, e)) != RC_OK || there)
		return rc;
	++*made;
	return insert_shift(of, id, &s, e);
}

/* A template that another program left without times that make sense gives no shift: its page says what is wrong with it. */
static enum rc check_template(const struct shift_template *t, struct err *e)
{
	if (t->begin_min < 0 || t->end_min <= t->begin_min)
		return err_set(e, RC_INVALID, NULL, "班次模板「%s」的时间不对（%02d:%02d 到 %02d:%02d），请先改好", t->title, t->begin_min / 60, t->begin_min % 60,
		               t->end_min / 60, t->end_min % 60);
	return RC_OK;
}

static enum rc make_week(struct office *of, int32_t monday, int *made, int *skipped, struct err *e)
{
	AUTO_ARENA a = { 0 };
	const struct shift_template *list;
	size_t n;
	enum rc rc = shift_templates(of, &a, &list, &n, e);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		rc = check_template(&list[i], e);
		for (int32_t day = monday; rc == RC_OK && day < monday + 7; day++)
			rc = make_one(of, &list[i], day, made, skipped, e);
	}
	return rc;
}

enum rc shift_make_week(struct office *of, int32_t monday, int *made, int *skipped_holidays, struct err *e)
{
	AUTO_TXN t = { 0 };
	int count = 0, skipped = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = check_week(of, "monday", monday, e)) != RC_OK ||
	    (rc = txn_begin(&t, of->st, "shift.make_week", e)) != RC_OK || (rc = make_week(of, monday, &count, &skipped, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*made = count;
	*skipped_holidays = skipped;
	return RC_OK;
}

/* Extra shifts -------------------------------------------------------------------------------------------------------------------- */

static void read_id(const struct stmt *q, struct arena *a, void *row)
{
	(void)a;
	*(int64_t *)row = column_int(q, 0);
}

/* What was copied before, whatever has become of it, or stands there with the same title and times. */
static enum rc is_copied(struct office *of, int64_t id, const struct shift *s, bool *there, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT 1 FROM shift WHERE id = :id AND deleted_at IS NULL UNION ALL SELECT 1 FROM shift WHERE day = :day AND begin_min = :begin AND end_min = :end AND template_id IS NULL AND service IS :service AND title IS :title"
		" AND grid_id IS :grid AND deleted_at IS NULL");

	bind_int(&q, ":id", id);
	bind_day(&q, ":day", s->day);
	bind_int(&q, ":begin", s->begin_min);
	bind_int(&q, ":end", s->end_min);
	bind_words(&q, ":service", s->service);
	bind_text(&q, ":title", s->title);
	bind_id(&q, ":grid", s->grid_id);
	return stmt_step(&q, there, e);
}

static enum rc copy_one(struct office *of, int64_t id, int days, int *made, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct shift s;
	bool there = false;
	int64_t copy;
	enum rc rc = shift_read(of, id, &a, &s, e);

	if (rc != RC_OK)
		return rc;
	s.day += days;
	copy = shift_id("shift", id, s.day);
	if (s.day < office_today(of))
		return RC_OK;
	if ((rc = is_copied(of, copy, &s, &there, e)) != RC_OK || there)
		return rc;
	++*made;
	return insert_shift(of, copy, &s, e);
}

static enum rc copy_week(struct office *of, int32_t from, int32_t to, int *made, struct err *e)
{
	AUTO_ARENA a = { 0 };
	AUTO_STMT q = stmt_use(of->st,
		"SELECT id FROM shift WHERE day BETWEEN :from AND :from + 6 AND template_id IS NULL AND state <> 'cancelled' AND deleted_at IS NULL"
		" ORDER BY day, begin_min, id");
	const int64_t *ids;
	size_t n;
	enum rc rc;

	bind_day(&q, ":from", from);
	rc = stmt_rows(&q, &a, sizeof *ids, read_id, &ids, &n, e);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = copy_one(of, ids[i], to - from, made, e);
	return rc;
}

enum rc shift_copy_week(struct office *of, int32_t from_monday, int32_t to_monday, int *made, struct err *e)
{
	AUTO_TXN t = { 0 };
	int count = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = shift_check_monday("from_monday", from_monday, e)) != RC_OK ||
	    (rc = check_week(of, "to_monday", to_monday, e)) != RC_OK)
		return rc;
	if (from_monday == to_monday)
		return err_set(e, RC_INVALID, "to_monday", "不能复制到同一周，请另选一周");
	if ((rc = txn_begin(&t, of->st, "shift.copy_week", e)) != RC_OK || (rc = copy_week(of, from_monday, to_monday, &count, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*made = count;
	return RC_OK;
}

/* Publishing ---------------------------------------------------------------------------------------------------------------------- */

enum rc shift_publish_week(struct office *of, int32_t monday, int *published, struct err *e)
{
	AUTO_TXN t = { 0 };
	int64_t changed;
	enum rc rc;

	if ((rc = office_require(of, MAY_ROSTER_EDIT, e)) != RC_OK || (rc = shift_check_monday("monday", monday, e)) != RC_OK ||
	    (rc = txn_begin(&t, of->st, "shift.publish_week", e)) != RC_OK)
		return rc;
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE shift SET state = 'published', rev = rev + 1 WHERE day BETWEEN :monday AND :monday + 6 AND state = 'draft' AND deleted_at IS NULL");

	bind_day(&q, ":monday", monday);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	changed = store_changes(of->st);
	if ((rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*published = (int)changed;
	return RC_OK;
}
