/* 缺口 and whom to ask, one slice after the other. */
#include "gap_inside.h"

#include <stdlib.h>

#include "base/day.h"

struct gap_search {
	struct gap_base base;
	bool wants_gaps, wants_calls;
	int64_t need_id;                     /* that calls are wanted for */
	unsigned generation;                 /* of the base that the search under way is of */
	struct gap_finding found_gaps, gaps; /* those found last; those looked for */
	struct gap_asking found_calls, calls;
};

struct gap_search *gap_search_new(struct office *of)
{
	struct gap_search *s = mem_alloc(sizeof *s);

	s->base.pool.of = of;
	s->base.also_day = DAY_NONE;
	return s;
}

void gap_search_free(struct gap_search *s)
{
	if (s == NULL)
		return;
	gap_base_release(&s->base);
	gap_finding_release(&s->found_gaps);
	gap_finding_release(&s->gaps);
	gap_asking_release(&s->found_calls);
	gap_asking_release(&s->calls);
	free(s);
}

static void start_over(struct gap_search *s)
{
	gap_finding_release(&s->gaps);
	gap_asking_release(&s->calls);
	s->generation = s->base.generation;
}

void gap_search_begin(struct gap_search *s)
{
	s->wants_gaps = true;
	s->wants_calls = false;
	s->base.also_day = DAY_NONE;
	start_over(s);
}

void gap_search_ask(struct gap_search *s, int64_t need_id)
{
	s->wants_calls = true;
	s->need_id = need_id;
	gap_asking_release(&s->calls);
}

static enum rc find_gaps(struct gap_search *s, struct err *e)
{
	bool more;
	enum rc rc = gap_finding_step(&s->gaps, &s->base, &more, e);

	if (rc != RC_OK || more)
		return rc;
	gap_finding_release(&s->found_gaps);
	s->found_gaps = s->gaps;
	s->gaps = (struct gap_finding){ 0 };
	s->wants_gaps = false;
	return RC_OK;
}

/* The first slice reads the place: its day may be one that the base does not have. */
static enum rc find_calls(struct gap_search *s, struct err *e)
{
	bool more;

	if (s->calls.spot.need_id == 0)
		return gap_asking_begin(&s->calls, &s->base, s->need_id, e);
	gap_asking_step(&s->calls, &s->base, &more);
	if (more)
		return RC_OK;
	gap_asking_release(&s->found_calls);
	s->found_calls = s->calls;
	s->calls = (struct gap_asking){ 0 };
	s->wants_calls = false;
	return RC_OK;
}

static enum rc work(struct gap_search *s, struct err *e)
{
	bool reads;
	enum rc rc;

	if ((rc = office_require(s->base.pool.of, MAY_VOLUNTEER_VIEW, e)) != RC_OK || (rc = gap_base_step(&s->base, &reads, e)) != RC_OK)
		return rc;
	if (s->generation != s->base.generation)
		start_over(s);
	if (reads)
		return RC_OK;
	return s->wants_gaps ? find_gaps(s, e) : s->wants_calls ? find_calls(s, e) : RC_OK;
}

enum rc gap_search_step(struct gap_search *s, bool *more, struct err *e)
{
	enum rc rc = work(s, e);

	if (rc == RC_OK)
		*more = s->wants_gaps || s->wants_calls;
	else
		s->wants_gaps = s->wants_calls = false;
	return rc;
}

const struct gap *gap_search_gaps(const struct gap_search *s, size_t *n)
{
	*n = s->found_gaps.n;
	return s->found_gaps.list;
}

const struct gap_sum *gap_search_sums(const struct gap_search *s, size_t *n)
{
	*n = s->found_gaps.n_sums;
	return s->found_gaps.sums;
}

const struct gap_call *gap_search_calls(const struct gap_search *s, size_t *n)
{
	*n = s->found_calls.n;
	return s->found_calls.list;
}
