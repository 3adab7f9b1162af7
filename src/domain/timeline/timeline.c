/* The story of one issue in order: passes through the steps in time, what happened in each under it, and the steps still to come. */
#include "domain/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "domain/deadline.h"
#include "issue/issue_rules.h"
#include "timeline_rows.h"

const char *timeline_sign(enum timeline_mark m)
{
	static const char *const signs[] = {
		[TIMELINE_DONE] = "√", [TIMELINE_NOW] = ">", [TIMELINE_NONE] = "-", [TIMELINE_ALERT] = "!", [TIMELINE_INFO] = "·",
	};

	return signs[m];
}

/* The task that a note is about (of a task: itself); NULL for the issue as a whole. */
static const struct event *task_of(const struct story *s, const struct event *ev)
{
	for (size_t i = 0; ev->action_id && i < s->n_events; i++)
		if (s->events[i].entry.kind == TIMELINE_ACTION && s->events[i].action_id == ev->action_id)
			return &s->events[i];
	return NULL;
}

/* The step that an event is of; PHASE_COUNT: whichever was under way. */
static enum phase step_of(const struct event *ev, const struct event *task)
{
	switch (ev->entry.kind) {
	case TIMELINE_MEETING: case TIMELINE_RECUSAL: case TIMELINE_BALLOT:
		return PHASE_DELIBERATE;
	case TIMELINE_DECISION: case TIMELINE_NOTICE: case TIMELINE_OBJECTION:
		return PHASE_DECIDE;
	case TIMELINE_EVALUATION:
		return PHASE_EVALUATE;
	default:
		return task ? PHASE_ACT : PHASE_COUNT;
	}
}

/* The pass an event belongs to: tasks with their notes, and answers, that of their step and round; meetings and decisions that of their step;
 * everything else the one that was under way. */
static size_t find_pass(const struct story *s, const struct event *ev)
{
	const struct event *task = task_of(s, ev);
	enum phase wanted = step_of(ev, task);
	bool rounds = wanted == PHASE_ACT || wanted == PHASE_EVALUATE;
	const struct timeline_entry *by = task ? &task->entry : &ev->entry;
	size_t found = 0;

	for (size_t i = 0; i < s->n_passes; i++) {
		const struct pass *p = &s->passes[i];

		if (wanted != PHASE_COUNT && (p->head.phase != wanted || (rounds && p->head.round != by->round)))
			continue;
		if (p->opened_at <= by->at || (wanted != PHASE_COUNT && s->passes[found].head.phase != wanted))
			found = i;
	}
	return found;
}

struct sorted {
	const struct event *event;
	int64_t group_at;             /* the task's time, or the event's own */
	int64_t group;                /* the task, 0 none */
};

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int in_order(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;
	const struct event *p = x->event, *q = y->event;
	int order;

	if ((order = compare((int64_t)p->pass, (int64_t)q->pass)) || (order = compare(x->group_at, y->group_at)) ||
	    (order = compare(x->group, y->group)) || (order = compare(q->entry.kind == TIMELINE_ACTION, p->entry.kind == TIMELINE_ACTION)) ||
	    (order = compare(p->entry.at, q->entry.at)))
		return order;
	return compare((int64_t)p->order, (int64_t)q->order);
}

static struct sorted *sort_events(struct story *s)
{
	struct sorted *sorted = mem_alloc((s->n_events + 1) * sizeof *sorted);

	/* notes about a task stand under it */
	for (size_t i = 0; i < s->n_events; i++) {
		struct event *ev = &s->events[i];
		const struct event *task = task_of(s, ev);

		ev->pass = find_pass(s, ev);
		sorted[i] = (struct sorted){ .event = ev, .group_at = task ? task->entry.at : ev->entry.at, .group = task ? task->action_id : 0 };
	}
	qsort(sorted, s->n_events, sizeof *sorted, in_order);
	return sorted;
}
/* Steps that are still to come, or were not needed. */

static struct timeline_entry absent_step(enum phase phase, const char *why)
{
	return (struct timeline_entry){
		.kind = TIMELINE_FUTURE, .mark = TIMELINE_NONE, .phase = phase, .round = 1, .due_day = DAY_NONE, .days = -1, .record = "",
		.who = "", .headline = why, .text = "",
	};
}

static bool was_in(const struct story *s, enum phase phase)
{
	for (size_t i = 0; i < s->n_passes; i++)
		if (s->passes[i].head.phase == phase)
			return true;
	return false;
}

/* 议事 and 定事 between 理事 and 办事, where 办事 began without them. */
static size_t add_skipped(const struct story *s, size_t pass, struct timeline_entry *out)
{
	size_t n = 0;

	if (s->passes[pass].head.phase != PHASE_ACT || s->passes[pass].head.round != 1)
		return 0;
	for (size_t i = 0; i < pass; i++)
		if (s->passes[i].head.phase == PHASE_ACT)
			return 0;
	for (enum phase p = PHASE_DELIBERATE; p <= PHASE_DECIDE; p++)
		if (!was_in(s, p))
			out[n++] = absent_step(p, "不需要");
	return n;
}

static size_t add_future(const struct story *s, struct timeline_entry *out)
{
	size_t n = 0;
	enum phase now = s->it->phase;

	for (enum phase p = now + 1; now < PHASE_COUNT && p < PHASE_COUNT; p++)
		if (!was_in(s, p) && (p > PHASE_DECIDE || !was_in(s, PHASE_ACT)))
			out[n++] = absent_step(p, "");
	return n;
}

static void lay_out(struct story *s, struct timeline *out)
{
	struct sorted *sorted = sort_events(s);
	struct timeline_entry *entries = arena_alloc(s->arena, (s->n_passes + s->n_events + 2 * PHASE_COUNT) * sizeof *entries);
	size_t n = 0, next = 0;

	for (size_t i = 0; i < s->n_passes; i++) {
		n += add_skipped(s, i, entries + n);
		entries[n++] = s->passes[i].head;
		for (; next < s->n_events && sorted[next].event->pass == i; next++) {
			entries[n] = sorted[next].event->entry;
			entries[n].phase = s->passes[i].head.phase;
			entries[n++].round = s->passes[i].head.round;
		}
	}
	n += add_future(s, entries + n);
	free(sorted);
	out->entries = entries;
	out->n = n;
}

enum rc timeline_load(struct office *of, int64_t issue_id, struct arena *a, struct timeline *out, struct err *e)
{
	AUTO_ISSUE it = { 0 };
	struct story s = { .of = of, .it = &it, .arena = a, .today = office_today(of) };
	struct issue_days days;
	struct timeline made = { 0 };
	enum rc rc;

	if ((rc = issue_load(of, issue_id, &it, e)) != RC_OK || (rc = issue_days(of, &it, &days, e)) != RC_OK)
		return rc;
	if ((rc = story_read_waiting(&s, e)) == RC_OK && (rc = story_read_passes(&s, e)) == RC_OK && (rc = story_read_events(&s, e)) == RC_OK) {
		lay_out(&s, &made);
		made.gross = days.gross;
		made.net = days.net;
		*out = made;
	}
	story_release(&s);
	return rc;
}
