/* 班次 and their templates as they are read: the row, how many of which kind it wants, and the words for it. */
#include "domain/shift.h"

#include "base/day.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "shift_rules.h"
#include "store/stmt.h"

static const char *const state_keys[] = {
#define X(upper, lower) [SHIFT_##upper] = #lower,
	SHIFT_STATES(X)
#undef X
};

const char *shift_state_key(enum shift_state s)
{
	return s < SHIFT_STATE_COUNT ? state_keys[s] : "";
}

enum shift_state shift_state_from_key(const char *key)
{
	return (enum shift_state)text_index(state_keys, COUNT(state_keys), key);
}

/* Needs --------------------------------------------------------------------------------------------------------------------------- */

#define NEED_SQL "SELECT id, rev, position, headcount, priority, role, skill, qualification FROM shift_need WHERE deleted_at IS NULL AND "

/* A row that another program filled wrongly asks for one hand of the usual priority. */
void shift_need_fill(const struct stmt *q, struct arena *a, struct shift_need *out)
{
	int64_t headcount = column_int(q, 3), priority = column_int(q, 4);

	*out = (struct shift_need){
		.id = column_int(q, 0), .rev = column_int(q, 1), .position = (int)column_int(q, 2),
		.headcount = headcount < 1 || headcount > SHIFT_HEADCOUNT_MAX ? 1 : (int)headcount,
		.priority = priority < 1 || priority > SHIFT_PRIORITY_MAX ? SHIFT_PRIORITY_USUAL : (int)priority,
		.role = arena_copy(a, column_text(q, 5)), .skill = arena_copy(a, column_text(q, 6)), .qualification = arena_copy(a, column_text(q, 7)),
	};
}

static void read_need(const struct stmt *q, struct arena *a, void *row)
{
	shift_need_fill(q, a, row);
}

static enum rc read_needs(struct office *of, const char *sql, int64_t of_id, struct arena *a, const struct shift_need **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, sql);

	bind_int(&q, ":id", of_id);
	return stmt_rows(&q, a, sizeof **out, read_need, out, n, e);
}

/* Both ---------------------------------------------------------------------------------------------------------------------------- */

/* RC_OK: it lives and is as the caller saw it. */
static enum rc check_live(const char *what, const char *title, bool deleted, int64_t rev, int64_t seen, struct err *e)
{
	if (deleted)
		return err_set(e, RC_NOTFOUND, NULL, "%s「%s」已删除，请重新选择", what, title);
	if (seen != SHIFT_ANY_REV && seen != rev)
		return err_set(e, RC_CONFLICT, NULL, "%s「%s」刚被别人改过，请看过新的内容再改", what, title);
	return RC_OK;
}

/* One row of :id, to be read from its columns; `what` it is, in the sentence where it is not there. */
static enum rc find_row(struct stmt *q, const char *what, int64_t id, struct err *e)
{
	bool row;
	enum rc rc;

	bind_int(q, ":id", id);
	if ((rc = stmt_step(q, &row, e)) != RC_OK)
		return rc;
	return row ? RC_OK : err_set(e, RC_NOTFOUND, NULL, "没有这个%s，可能已被撤销，请重新选择", what);
}

/* Shifts -------------------------------------------------------------------------------------------------------------------------- */

void shift_fill(const struct stmt *q, struct arena *a, struct shift *out)
{
	*out = (struct shift){
		.id = column_int(q, 0), .rev = column_int(q, 1), .template_id = column_int(q, 2), .grid_id = column_int(q, 3),
		.service = arena_copy(a, column_text(q, 4)), .title = arena_copy(a, column_text(q, 5)), .place = arena_copy(a, column_text(q, 6)),
		.grid = arena_copy(a, column_text(q, 7)), .cancelled_why = arena_copy(a, column_text(q, 8)), .note = arena_copy(a, column_text(q, 9)),
		.day = column_day(q, 10), .begin_min = (int)column_int(q, 11), .end_min = (int)column_int(q, 12), .needed = (int)column_int(q, 13),
		.flexible = column_int(q, 14) != 0, .deleted = column_int(q, 15) != 0, .state = shift_state_from_key(column_text(q, 16)),
	};
}

enum rc shift_read(struct office *of, int64_t id, struct arena *a, struct shift *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, SHIFT_SQL " WHERE s.id = :id");
	struct shift s;
	enum rc rc;

	if ((rc = find_row(&q, "班次", id, e)) != RC_OK)
		return rc;
	shift_fill(&q, a, &s);
	if ((rc = read_needs(of, NEED_SQL "shift_id = :id ORDER BY position, id /*scan*/", id, a, &s.needs, &s.n_needs, e)) != RC_OK)
		return rc;
	*out = s;
	return RC_OK;
}

enum rc shift_load(struct office *of, int64_t id, struct arena *a, struct shift *out, struct err *e)
{
	enum rc rc = office_require(of, MAY_VOLUNTEER_VIEW, e);

	return rc == RC_OK ? shift_read(of, id, a, out, e) : rc;
}

enum rc shift_read_live(struct office *of, int64_t id, int64_t rev, struct arena *a, struct shift *out, struct err *e)
{
	struct shift s;
	enum rc rc = shift_read(of, id, a, &s, e);

	if (rc != RC_OK)
		return rc;
	if ((rc = check_live("班次", s.title, s.deleted, s.rev, rev, e)) == RC_OK)
		*out = s;
	return rc;
}

/* Templates ----------------------------------------------------------------------------------------------------------------------- */

#define TEMPLATE_SQL \
	"SELECT t.id, t.rev, t.grid_id, t.service, t.title, t.place, grid.code, t.note, t.weekdays, t.begin_min, t.end_min, t.from_day, t.to_day," \
	" t.flexible, t.on_holidays, t.deleted_at IS NOT NULL FROM shift_template AS t LEFT JOIN grid ON grid.id = t.grid_id"

static unsigned weekday_bits(const char *words)
{
	unsigned bits = 0;

	for (; *words; words++)
		if (*words >= '1' && *words <= '7')
			bits |= 1U << (*words - '0');
	return bits;
}

static void read_template(const struct stmt *q, struct arena *a, void *row)
{
	*(struct shift_template *)row = (struct shift_template){
		.id = column_int(q, 0), .rev = column_int(q, 1), .grid_id = column_int(q, 2), .service = arena_copy(a, column_text(q, 3)),
		.title = arena_copy(a, column_text(q, 4)), .place = arena_copy(a, column_text(q, 5)), .grid = arena_copy(a, column_text(q, 6)),
		.note = arena_copy(a, column_text(q, 7)), .weekdays = weekday_bits(column_text(q, 8)), .begin_min = (int)column_int(q, 9),
		.end_min = (int)column_int(q, 10), .from_day = column_day(q, 11), .to_day = column_day(q, 12), .flexible = column_int(q, 13) != 0,
		.on_holidays = column_int(q, 14) != 0, .deleted = column_int(q, 15) != 0,
	};
}

static enum rc read_template_needs(struct office *of, struct arena *a, struct shift_template *t, struct err *e)
{
	return read_needs(of, NEED_SQL "template_id = :id ORDER BY position, id /*scan*/", t->id, a, &t->needs, &t->n_needs, e);
}

enum rc shift_template_read(struct office *of, int64_t id, struct arena *a, struct shift_template *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, TEMPLATE_SQL " WHERE t.id = :id");
	struct shift_template t;
	enum rc rc;

	if ((rc = find_row(&q, "班次模板", id, e)) != RC_OK)
		return rc;
	read_template(&q, a, &t);
	if ((rc = read_template_needs(of, a, &t, e)) != RC_OK)
		return rc;
	*out = t;
	return RC_OK;
}

enum rc shift_template_load(struct office *of, int64_t id, struct arena *a, struct shift_template *out, struct err *e)
{
	enum rc rc = office_require(of, MAY_VOLUNTEER_VIEW, e);

	return rc == RC_OK ? shift_template_read(of, id, a, out, e) : rc;
}

enum rc shift_template_read_live(struct office *of, int64_t id, int64_t rev, struct arena *a, struct shift_template *out, struct err *e)
{
	struct shift_template t;
	enum rc rc = shift_template_read(of, id, a, &t, e);

	if (rc != RC_OK)
		return rc;
	if ((rc = check_live("班次模板", t.title, t.deleted, t.rev, rev, e)) == RC_OK)
		*out = t;
	return rc;
}

enum rc shift_templates(struct office *of, struct arena *a, const struct shift_template **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, TEMPLATE_SQL " WHERE t.deleted_at IS NULL ORDER BY t.service, t.begin_min, t.id /*scan*/");
	struct shift_template *list;
	size_t count;
	enum rc rc;

	if ((rc = office_require(of, MAY_VOLUNTEER_VIEW, e)) != RC_OK ||
	    (rc = stmt_rows(&q, a, sizeof *list, read_template, &list, &count, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < count; i++)
		if ((rc = read_template_needs(of, a, &list[i], e)) != RC_OK)
			return rc;
	*out = list;
	*n = count;
	return RC_OK;
}

/* Questions ----------------------------------------------------------------------------------------------------------------------- */

static bool has_passed(const struct office *of, int32_t day, int minutes)
{
	int32_t today = office_today(of);

	return day < today || (day == today && minutes <= minutes_of_instant(office_now(of)));
}

bool shift_is_over(const struct office *of, int32_t day, int end_min)
{
	return has_passed(of, day, end_min);
}

bool shift_has_begun(const struct office *of, int32_t day, int begin_min)
{
	return has_passed(of, day, begin_min);
}

void shift_words(const struct office *of, const struct shift *s, struct strbuf *out)
{
	const char weekday[] = { (char)('0' + day_weekday(s->day)), '\0' };

	day_format_near(out, s->day, office_today(of));
	strbuf_format(out, " %s ", office_code_label(of, "weekday", weekday));
	time_format(out, s->begin_min);
	strbuf_format(out, " %s", s->title);
}

enum rc shift_attended(struct office *of, int64_t id, bool *attended, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT count(*) FROM attendance WHERE shift_id = :id AND deleted_at IS NULL AND result IS NOT NULL");
	int64_t n;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_int(&q, &n, e)) == RC_OK)
		*attended = n > 0;
	return rc;
}

enum rc shift_check_monday(const char *field, int32_t monday, struct err *e)
{
	return day_weekday(monday) == 1 ? RC_OK : err_set(e, RC_INVALID, field, "一周从周一算起，请选一个周一");
}
