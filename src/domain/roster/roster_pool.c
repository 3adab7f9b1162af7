/* Everybody who could be asked, read in slices and kept: a place after the other is then weighed without reading thousands of rows again. */
#include "roster_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "store/stmt.h"
#include "store/store.h"

#define WEEK 7
#define BEEN_DAYS (8 * WEEK)
#define LOT 128                          /* volunteers read in one slice */

void roster_pool_release(struct roster_pool *p)
{
	for (size_t i = 0; i < POOL_PARTS; i++)
		arena_clear(&p->parts[i].arena);
	free(p->stands.list);
	free(p->been.list);
	*p = (struct roster_pool){ .of = p->of };
}

void roster_pool_forget_planned(struct roster_pool *p)
{
	p->people.stands = p->stands.list;
	p->people.n_stands = p->parts[POOL_STANDS].whole ? p->stands.n : 0;
	p->people.cap_stands = 0;
}

/* Volunteers ---------------------------------------------------------------------------------------------------------------------- */

static void read_id(const struct stmt *q, struct arena *a, void *row)
{
	(void)a;
	*(int64_t *)row = column_int(q, 0);
}

static enum rc begin_volunteers(struct roster_pool *p, struct arena *a, struct err *e)
{
	AUTO_STMT q = stmt_use(p->of->st, "SELECT id FROM volunteer WHERE deleted_at IS NULL AND status IS NOT 'stopped' ORDER BY id /*scan*/");
	enum rc rc;

	p->people.n = p->n_ids = p->next = 0;
	if ((rc = stmt_rows(&q, a, sizeof *p->ids, read_id, &p->ids, &p->n_ids, e)) != RC_OK)
		return rc;
	p->people.list = arena_alloc(a, (p->n_ids + 1) * sizeof *p->people.list);
	p->parts[POOL_ABSENCES].begun = false;       /* they hang on those who are read anew */
	return RC_OK;
}

static enum rc read_volunteers(struct roster_pool *p, struct arena *a, bool *more, struct err *e)
{
	size_t n = p->n_ids - p->next < LOT ? p->n_ids - p->next : LOT;
	enum rc rc = roster_people_add(p->of, p->ids + p->next, n, a, &p->people, e);

	if (rc != RC_OK)
		return rc;
	p->next += n;
	*more = p->next < p->n_ids;
	return RC_OK;
}

static enum rc begin_absences(struct roster_pool *p, struct arena *a, struct err *e)
{
	(void)a; (void)e;
	for (size_t i = 0; i < p->people.n; i++)
		p->people.list[i].v.n_absences = 0;
	return RC_OK;
}

static enum rc read_absences(struct roster_pool *p, struct arena *a, bool *more, struct err *e)
{
	const struct roster_want want = { .from_day = p->from_day, .to_day = p->to_day };

	*more = false;
	return roster_absences_read(p->of, &want, a, &p->people, e);
}

/* Days, some in each slice ---------------------------------------------------------------------------------------------------------- */

static enum rc begin_stands(struct roster_pool *p, struct arena *a, struct err *e)
{
	(void)a; (void)e;
	p->people.stands = NULL;
	p->people.n_stands = p->people.cap_stands = p->stands.n = 0;
	p->stands.next_day = day_monday(p->from_day) - WEEK * ROSTER_CARRIED_WEEKS;
	return RC_OK;
}

static int compare_stands(const void *left, const void *right)
{
	const struct roster_stand *a = left, *b = right;

	if (a->volunteer_id != b->volunteer_id)
		return a->volunteer_id < b->volunteer_id ? -1 : 1;
	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	if (a->begin_min != b->begin_min)
		return a->begin_min < b->begin_min ? -1 : 1;
	return a->assignment_id < b->assignment_id ? -1 : a->assignment_id > b->assignment_id;
}

static enum rc read_stands(struct roster_pool *p, struct arena *a, bool *more, struct err *e)
{
	int32_t last = day_monday(p->to_day) + WEEK - 1, to = p->stands.next_day + WEEK - 1;
	AUTO_ARENA own = { 0 };
	struct roster_stand *rows;
	size_t n;
	enum rc rc = roster_stands_read(p->of, p->stands.next_day, to, &own, &rows, &n, e);

	(void)a;
	if (rc != RC_OK)
		return rc;
	p->stands.list = mem_grow(p->stands.list, &p->stands.cap, p->stands.n + n, sizeof *rows);
	if (n > 0)
		memcpy(p->stands.list + p->stands.n, rows, n * sizeof *rows);
	p->stands.n += n;
	p->stands.next_day = to + 1;
	*more = to < last;
	if (!*more && p->stands.n > 0)
		qsort(p->stands.list, p->stands.n, sizeof *rows, compare_stands);
	p->people.stands = p->stands.list;
	p->people.n_stands = *more ? 0 : p->stands.n;
	return RC_OK;
}

static enum rc begin_been(struct roster_pool *p, struct arena *a, struct err *e)
{
	(void)a; (void)e;
	p->people.been = NULL;
	p->people.n_been = p->been.n = 0;
	p->been.next_day = office_today(p->of) - BEEN_DAYS;
	return RC_OK;
}

static int compare_been(const void *left, const void *right)
{
	const struct roster_been *a = left, *b = right;

	if (a->volunteer_id != b->volunteer_id)
		return a->volunteer_id < b->volunteer_id ? -1 : 1;
	return a->template_id < b->template_id ? -1 : a->template_id > b->template_id;
}

/* One row for each who was somewhere, out of one for each slice. */
static size_t add_up(struct roster_been *list, size_t n)
{
	size_t kept = 0;

	qsort(list, n, sizeof *list, compare_been);
	for (size_t i = 1; i < n; i++)
		if (compare_been(&list[kept], &list[i]) == 0)
			list[kept].times += list[i].times;
		else
			list[++kept] = list[i];
	return kept + 1;
}

static enum rc read_been(struct roster_pool *p, struct arena *a, bool *more, struct err *e)
{
	int32_t last = office_today(p->of) - 1, to = p->been.next_day + WEEK - 1;
	AUTO_ARENA own = { 0 };
	struct roster_been *rows;
	size_t n;
	enum rc rc = roster_been_read(p->of, p->been.next_day, to, &own, &rows, &n, e);

	(void)a;
	if (rc != RC_OK)
		return rc;
	p->been.list = mem_grow(p->been.list, &p->been.cap, p->been.n + n, sizeof *rows);
	if (n > 0)
		memcpy(p->been.list + p->been.n, rows, n * sizeof *rows);
	p->been.n += n;
	p->been.next_day = to + 1;
	*more = to < last;
	if (!*more && p->been.n > 0)
		p->been.n = add_up(p->been.list, p->been.n);
	p->people.been = p->been.list;
	p->people.n_been = *more ? 0 : p->been.n;
	return RC_OK;
}

/* Together ------------------------------------------------------------------------------------------------------------------------ */

enum pool_days { DAYS_NONE, DAYS_WANTED, DAYS_TODAY };

static const struct {
	table_set tables;
	enum pool_days days;                 /* what days it depends on */
	enum rc (*begin)(struct roster_pool *p, struct arena *a, struct err *e);     /* forgets what was there; its arena is empty */
	enum rc (*read)(struct roster_pool *p, struct arena *a, bool *more, struct err *e);
} kinds[POOL_PARTS] = {
	[POOL_VOLUNTEERS] = { TBL_VOLUNTEER | TBL_VOLUNTEER_GRID | TBL_QUALIFICATION | TBL_APART | TBL_AVAILABILITY | TBL_GRID, DAYS_NONE, begin_volunteers,
	                      read_volunteers },
	[POOL_ABSENCES] = { TBL_ABSENCE, DAYS_WANTED, begin_absences, read_absences },
	[POOL_STANDS] = { TBL_SHIFT | TBL_ASSIGNMENT, DAYS_WANTED, begin_stands, read_stands },
	[POOL_BEEN] = { TBL_SHIFT | TBL_ASSIGNMENT | TBL_ATTENDANCE, DAYS_TODAY, begin_been, read_been },
};

static bool holds(const struct roster_pool *p, size_t i)
{
	const struct pool_part *part = &p->parts[i];

	if (!part->begun || part->version != store_version(p->of->st, kinds[i].tables))
		return false;
	switch (kinds[i].days) {
	case DAYS_WANTED:
		return part->from_day == p->from_day && part->to_day == p->to_day;
	case DAYS_TODAY:
		return part->from_day == office_today(p->of);
	default:
		return true;
	}
}

static enum rc begin(struct roster_pool *p, size_t i, struct err *e)
{
	struct pool_part *part = &p->parts[i];

	p->generation++;
	arena_clear(&part->arena);
	part->version = store_version(p->of->st, kinds[i].tables);
	part->from_day = kinds[i].days == DAYS_TODAY ? office_today(p->of) : p->from_day;
	part->to_day = p->to_day;
	return kinds[i].begin(p, &part->arena, e);
}

/* To begin is a slice of its own: who is there to be read takes as long as a lot of them. */
enum rc roster_pool_step(struct roster_pool *p, bool *more, struct err *e)
{
	for (size_t i = 0; i < POOL_PARTS; i++) {
		struct pool_part *part = &p->parts[i];
		bool held = holds(p, i), rest = true;
		enum rc rc;

		if (held && part->whole)
			continue;
		rc = held ? kinds[i].read(p, &part->arena, &rest, e) : begin(p, i, e);
		part->begun = rc == RC_OK;
		part->whole = !rest;
		if (rc == RC_OK)
			*more = true;
		return rc;
	}
	*more = false;
	return RC_OK;
}
