/* Painting the times of a weekday: the day as minutes, one of them painted over, written back as stretches.
 *
 * Stretches that are as they were keep their rows; the others are used again, made or deleted.
 */
#include "volunteer_rules.h"

#include <string.h>

#include "store/stmt.h"
#include "store/txn.h"

#define DAY_MINUTES 1440
#define NOTHING AVAILABILITY_DEGREE_COUNT

struct stretch {
	int64_t id;                   /* its row; 0: none yet */
	int begin_min, end_min;
	enum availability_degree degree;
	bool stays;
};

/* The rows that count always ----------------------------------------------------------------------------------------------------- */

static void read_stretch(const struct stmt *q, struct arena *a, void *out)
{
	(void)a;
	*(struct stretch *)out = (struct stretch){
		.id = column_int(q, 0), .begin_min = (int)column_int(q, 1), .end_min = (int)column_int(q, 2),
		.degree = availability_degree_from_key(column_text(q, 3)),
	};
}

static void bind_weekday(struct stmt *q, int64_t volunteer_id, int weekday)
{
	const char name[] = { (char)('0' + weekday), '\0' };

	bind_int(q, ":volunteer", volunteer_id);
	bind_text(q, ":weekday", name);
}

static enum rc read_day(struct office *of, int64_t volunteer_id, int weekday, struct arena *a, struct stretch **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT id, begin_min, end_min, degree FROM availability WHERE volunteer_id = :volunteer AND weekday = :weekday"
	                               " AND from_day IS NULL AND to_day IS NULL AND deleted_at IS NULL AND begin_min BETWEEN 0 AND end_min - 1"
	                               " AND end_min <= 1440 ORDER BY begin_min, id");

	bind_weekday(&q, volunteer_id, weekday);
	return stmt_rows(&q, a, sizeof **out, read_stretch, out, n, e);
}

/* What it is to be; `out` has room for one stretch a minute. */
static size_t stretches_of(const unsigned char *minutes, struct stretch *out)
{
	size_t n = 0;

	for (int begin = 0, end; begin < DAY_MINUTES; begin = end) {
		end = begin + 1;
		while (end < DAY_MINUTES && minutes[end] == minutes[begin])
			end++;
		if (minutes[begin] != NOTHING)
			out[n++] = (struct stretch){ .begin_min = begin, .end_min = end, .degree = minutes[begin] };
	}
	return n;
}

/* Writing the difference --------------------------------------------------------------------------------------------------------- */

static void bind_stretch(struct stmt *q, int64_t id, const struct stretch *s)
{
	bind_int(q, ":id", id);
	bind_int(q, ":begin", s->begin_min);
	bind_int(q, ":end", s->end_min);
	bind_text(q, ":degree", availability_degree_key(s->degree));
}

static enum rc update(struct office *of, int64_t id, const struct stretch *s, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE availability SET begin_min = :begin, end_min = :end, degree = :degree, rev = rev + 1 WHERE id = :id");

	bind_stretch(&q, id, s);
	return stmt_run(&q, e);
}

static enum rc insert(struct office *of, int64_t volunteer_id, int weekday, const struct stretch *s, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO availability (id, volunteer_id, weekday, begin_min, end_min, degree)"
	                               " VALUES (:id, :volunteer, :weekday, :begin, :end, :degree)");
	int64_t id;
	enum rc rc = store_new_id(of->st, &id, e);

	if (rc != RC_OK)
		return rc;
	bind_weekday(&q, volunteer_id, weekday);
	bind_stretch(&q, id, s);
	return stmt_run(&q, e);
}

static enum rc delete(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE availability SET deleted_at = :now, deleted_by = :me, deleted_why = '改了可服务时段', rev = rev + 1 WHERE id = :id");

	bind_int(&q, ":id", id);
	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	return stmt_run(&q, e);
}

static struct stretch *next_free(struct stretch *list, size_t n, size_t *at)
{
	while (*at < n && list[*at].stays)
		(*at)++;
	return *at < n ? &list[(*at)++] : NULL;
}

static void mark_kept(struct stretch *old, size_t n_old, struct stretch *wanted, size_t n_wanted)
{
	for (size_t i = 0, k = 0; i < n_old && k < n_wanted;) {
		struct stretch *a = &old[i], *b = &wanted[k];

		if (a->begin_min == b->begin_min && a->end_min == b->end_min && a->degree == b->degree)
			a->stays = b->stays = true;
		i += a->begin_min <= b->begin_min;
		k += a->begin_min >= b->begin_min;
	}
}

static enum rc write_difference(struct office *of, int64_t volunteer_id, int weekday, struct stretch *old, size_t n_old,
                                struct stretch *wanted, size_t n_wanted, struct err *e)
{
	struct stretch *from, *to;
	enum rc rc = RC_OK;

	mark_kept(old, n_old, wanted, n_wanted);
	for (size_t i = 0, k = 0; rc == RC_OK;) {
		from = next_free(old, n_old, &i);
		to = next_free(wanted, n_wanted, &k);
		if (from == NULL && to == NULL)
			break;
		rc = to == NULL ? delete(of, from->id, e) : from == NULL ? insert(of, volunteer_id, weekday, to, e) : update(of, from->id, to, e);
	}
	return rc;
}

static enum rc paint(struct office *of, int64_t volunteer_id, int weekday, int begin_min, int end_min, enum availability_degree degree,
                     struct err *e)
{
	AUTO_ARENA a = { 0 };
	unsigned char minutes[DAY_MINUTES];
	struct volunteer_row v;
	struct stretch *old, *wanted = arena_alloc(&a, DAY_MINUTES * sizeof *wanted);
	size_t n_old;
	enum rc rc;

	if ((rc = volunteer_find(of, volunteer_id, &a, &v, e)) != RC_OK || (rc = read_day(of, volunteer_id, weekday, &a, &old, &n_old, e)) != RC_OK)
		return rc;
	memset(minutes, NOTHING, sizeof minutes);
	for (size_t i = 0; i < n_old; i++)
		memset(minutes + old[i].begin_min, old[i].degree, (size_t)(old[i].end_min - old[i].begin_min));
	memset(minutes + begin_min, degree, (size_t)(end_min - begin_min));
	return write_difference(of, volunteer_id, weekday, old, n_old, wanted, stretches_of(minutes, wanted), e);
}

enum rc volunteer_paint(struct office *of, int64_t volunteer_id, int weekday, int begin_min, int end_min, enum availability_degree degree, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_VOLUNTEER_EDIT, e)) != RC_OK)
		return rc;
	if (weekday < 1 || weekday > 7)
		return err_set(e, RC_INVALID, "weekday", "没有星期%d", weekday);
	if (begin_min < 0 || end_min > DAY_MINUTES || begin_min >= end_min)
		return err_set(e, RC_INVALID, "end_min", "结束要晚于开始，都在 00:00 到 24:00 之间");
	if ((rc = txn_begin(&t, of->st, "volunteer.paint", e)) != RC_OK ||
	    (rc = paint(of, volunteer_id, weekday, begin_min, end_min, degree, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
