/* The issues of a deliberated matter: each stands in the step that its item's state and its decision imply. */
#include "demo_deliberation.h"

#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "base/mem.h"
#include "demo_case.h"
#include "demo_rows.h"
#include "domain/deadline.h"
#include "store/stmt.h"

#define EXTENSION_WORKDAYS 20

static const char *const channels[] = { "window", "phone", "wechat", "patrol", "meeting", "deputies" };
static const int channel_weights[] = { 380, 220, 150, 130, 100, 20 };
static const char *const answers[] = { "very_satisfied", "satisfied", "fair" };
static const int answer_weights[] = { 360, 500, 140 };

/* An issue on its way through the steps; it stops at the first that isn't over. */
struct walk {
	struct debate *b;
	struct demo_matter *m;
	int64_t id;
	size_t k;                         /* which issue of the matter */
	bool stands;                      /* the last pass is open */
	const char *phase, *closing, *answer, *rule;
	int64_t phase_at, closed_at, handler_id;
	int32_t due_day;
};

/* Known only once it has happened. */
static enum rc walk_on(struct walk *w, struct demo_pass p, struct err *e)
{
	if (w->stands || p.opened_at > w->b->d->now)
		return RC_OK;
	w->phase = p.phase;
	w->phase_at = p.opened_at;
	p.round = 1;
	if (p.closed_at > w->b->d->now) {
		w->stands = true;
		p = (struct demo_pass){ .phase = p.phase, .round = 1, .due_day = p.due_day, .opened_at = p.opened_at, .handler_id = p.handler_id, .party = p.party };
	}
	w->closed_at = p.closed_at;
	return demo_insert_pass(w->b->d, w->id, &p, e);
}

static int32_t due_of(struct walk *w, enum deadline_kind kind, int64_t from, const char **rule)
{
	const struct office *of = w->b->d->of;

	return deadline_due(of->deadlines, of->calendar, kind, w->m->topic->category, w->m->urgency, day_of_instant(from), rule);
}

static enum rc walk_to_pool(struct walk *w, struct err *e)
{
	const struct demo *d = w->b->d;
	const struct demo_matter *m = w->m;
	const struct demo_pass raise = {
		.phase = "raise", .result = "raised", .due_day = DAY_NONE, .opened_at = m->raised_at, .closed_at = m->raised_at,
		.closed_by = d->accounts[ROLE_GRID],
	};
	const struct demo_pass triage = {
		.phase = "triage", .result = "deliberate", .reason = m->building ? "牵涉整幢楼，意见不一，提交议事会商量。" : "牵涉面广，提交议事会商量。",
		.due_day = due_of(w, DEADLINE_ACCEPT, m->raised_at, NULL), .opened_at = m->raised_at, .closed_at = m->pooled_at,
		.closed_by = d->accounts[ROLE_GRID],
	};
	enum rc rc = walk_on(w, raise, e);

	return rc == RC_OK ? walk_on(w, triage, e) : rc;
}

/* What hangs on 办事: its tasks, the note that each of them is done. */
static enum rc write_task(struct walk *w, int64_t id, const char *title, const char *party, int32_t due_day, struct err *e)
{
	const struct demo_course *c = &w->m->course;
	const struct demo_topic *t = w->m->topic;
	bool done = c->done_at <= w->b->d->now;
	AUTO_FREE char *partner = mem_format("%s：%s", t->partner, t->promise);
	const struct demo_action action = {
		.title = title, .party = party, .owner_name = c->owner_name, .partner = partner, .status = done ? "done" : "doing",
		.result = done ? t->done : NULL, .round = 1, .progress = done ? 100 : 40, .promised_day = due_day, .due_day = due_day,
		.owner_id = c->owner_name ? 0 : c->owner_id, .at = c->acted_at, .done_at = done ? c->done_at : 0,
	};
	int64_t noted_at = done ? c->done_at : c->acted_at + 3600000;
	enum rc rc = demo_insert_action(w->b->d, w->id, id, &action, e);

	if (rc != RC_OK || noted_at > w->b->d->now)
		return rc;
	return demo_insert_progress(w->b->d, w->id, id, &action, done ? t->done : "已联系协同方，材料和人手到位。", noted_at, w->handler_id, e);
}

/* The first issue has the decision's tasks, the second one that follows them. */
static enum rc write_tasks(struct walk *w, struct err *e)
{
	const struct demo_matter *m = w->m;
	const struct demo_course *c = &m->course;
	AUTO_FREE char *follow = mem_format("随 %s 一并办理", m->issue_number);
	int64_t id;
	enum rc rc = RC_OK;

	if (c->no_action || c->taskless)
		return RC_OK;
	if (w->k > 0)
		return (rc = demo_new_id(w->b->d, &id, e)) == RC_OK ? write_task(w, id, follow, c->party, c->due_days[c->n_tasks - 1], e) : rc;
	for (size_t i = 0; i < c->n_tasks && rc == RC_OK; i++)
		rc = write_task(w, c->action_ids[i], m->topic->jobs[i].title, m->topic->jobs[i].party, c->due_days[i], e);
	return rc;
}

/* 办事 and 评事. */
static enum rc walk_to_end(struct walk *w, int64_t from, const char *claim, struct err *e)
{
	const struct demo *d = w->b->d;
	const struct demo_course *c = &w->m->course;
	struct demo_pass act = {
		.phase = "act", .result = "done", .party = c->party, .unit = c->owner_name, .closing = claim, .due_day = DAY_NONE,
		.text = strcmp(claim, "solved") == 0 ? w->m->topic->done : "已向提事人和相关住户说明表决结果，矛盾暂时平息，条件成熟再议。",
		.evidence = "现场照片两张，住户签字。", .answer_way = "visit", .opened_at = from, .closed_at = c->done_at, .closed_by = w->handler_id,
		.handler_id = w->handler_id,
	};
	struct demo_pass evaluate = {
		.phase = "evaluate", .result = "satisfied", .party = c->party, .opened_at = c->no_action ? from : c->done_at, .closed_at = c->closed_at,
		.closed_by = d->accounts[ROLE_DESK], .handler_id = w->handler_id, .due_day = DAY_NONE,
	};
	struct demo_evaluation answer = {
		.rater = w->m->unasked ? "handler" : "reporter", .satisfaction = answers[demo_weighted(&w->b->d->random, answer_weights, COUNT(answers))],
		.closing = claim, .round = 1, .solved = strcmp(claim, "solved") == 0, .at = c->closed_at, .account_id = d->accounts[ROLE_DESK],
	};
	enum rc rc;

	if (evaluate.opened_at <= d->now)
		evaluate.due_day = due_of(w, DEADLINE_EVALUATE, evaluate.opened_at, NULL);
	if ((!c->no_action && (rc = walk_on(w, act, e)) != RC_OK) || (rc = walk_on(w, evaluate, e)) != RC_OK)
		return rc;
	if (w->stands || strcmp(w->phase, "evaluate") != 0)
		return RC_OK;
	w->closing = claim;
	w->answer = w->m->unasked ? NULL : answer.satisfaction;
	return demo_insert_evaluation(w->b->d, w->id, &answer, e);
}

/* 定事 and what follows; `passed` by the meeting. */
static enum rc walk_decided(struct walk *w, struct err *e)
{
	const struct demo *d = w->b->d;
	const struct demo_matter *m = w->m;
	const struct demo_course *c = &m->course;
	const struct demo_pass deliberate = {
		.phase = "deliberate", .result = "passed", .due_day = DAY_NONE, .opened_at = m->pooled_at, .closed_at = m->settled_at,
		.closed_by = d->accounts[ROLE_DESK],
	};
	const struct demo_pass decide = {
		.phase = "decide", .result = c->no_action ? "settled" : "decided", .closing = c->no_action ? "explained" : NULL, .reason = c->no_action,
		.due_day = DAY_NONE, .opened_at = m->settled_at, .closed_at = c->acted_at, .closed_by = d->accounts[ROLE_HEAD],
	};
	enum rc rc;

	if ((rc = walk_on(w, deliberate, e)) != RC_OK || (rc = walk_on(w, decide, e)) != RC_OK || w->stands)
		return rc;
	w->handler_id = c->owner_id;
	if ((rc = write_tasks(w, e)) != RC_OK)
		return rc;
	return walk_to_end(w, c->acted_at, c->no_action ? "explained" : "solved", e);
}

/* Failed or no longer wanted: back to 理事, and handled as well as it can be without a decision. */
static enum rc walk_back(struct walk *w, struct err *e)
{
	const struct demo *d = w->b->d;
	const struct demo_matter *m = w->m;
	const struct demo_course *c = &m->course;
	bool failed = strcmp(m->state, "failed") == 0;
	const struct demo_pass deliberate = {
		.phase = "deliberate", .result = "back", .reason = failed ? "表决没有通过，先做思想工作，再看别的办法。" : "双方已私下谈拢，不用再议。",
		.due_day = DAY_NONE, .opened_at = m->pooled_at, .closed_at = c->back_at, .closed_by = d->accounts[ROLE_GRID],
	};
	const struct demo_pass triage = {
		.phase = "triage", .result = "direct", .route = "community", .party = c->party, .text = "上门说明情况，做好解释。", .due_day = DAY_NONE,
		.opened_at = c->back_at, .closed_at = c->acted_at, .closed_by = d->accounts[ROLE_GRID], .handler_id = d->accounts[ROLE_GRID],
	};
	struct demo_action explain = {
		.title = "上门说明和疏导", .party = c->party, .status = "done", .result = "已说明，住户表示理解。", .round = 1, .progress = 100,
		.promised_day = DAY_NONE, .due_day = day_of_instant(m->settled_at) + 14, .owner_id = d->accounts[ROLE_GRID], .at = c->acted_at, .done_at = c->done_at,
	};
	int64_t id;
	enum rc rc;

	if ((rc = walk_on(w, deliberate, e)) != RC_OK || (rc = walk_on(w, triage, e)) != RC_OK || w->stands)
		return rc;
	w->handler_id = d->accounts[ROLE_GRID];
	if (c->done_at > d->now) {
		explain.status = "doing";
		explain.result = NULL;
		explain.progress = 30;
		explain.done_at = 0;
	}
	if ((rc = demo_new_id(w->b->d, &id, e)) != RC_OK || (rc = demo_insert_action(w->b->d, w->id, id, &explain, e)) != RC_OK)
		return rc;
	return walk_to_end(w, c->acted_at, "explained", e);
}

static enum rc insert_extension(struct walk *w, int64_t asked_at, struct err *e)
{
	const struct demo *d = w->b->d;
	int32_t due = calendar_add_workdays(d->of->calendar, w->due_day, EXTENSION_WORKDAYS);
	int64_t id, decided_at = demo_work_later(d, asked_at, 60);
	enum rc rc;
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO extension (id, issue_id, workdays, reason, asked_by, asked_at, state, decided_by, decided_at, decided_note, due_before_day,"
		" due_after_day) VALUES (:id, :issue, :workdays, '要开议事会、公示七天，期内办不完。', :grid, :asked, 'approved', :head, :decided,"
		" '同意，按议事安排推进。', :before, :after)");

	if (day_of_instant(asked_at) > w->due_day || decided_at > d->now)
		return RC_OK;
	if ((rc = demo_new_id(w->b->d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":issue", w->id);
	bind_int(&q, ":workdays", EXTENSION_WORKDAYS);
	bind_int(&q, ":grid", d->accounts[ROLE_GRID]);
	bind_int(&q, ":asked", asked_at);
	bind_int(&q, ":head", d->accounts[ROLE_HEAD]);
	bind_int(&q, ":decided", decided_at);
	bind_day(&q, ":before", w->due_day);
	bind_day(&q, ":after", due);
	w->due_day = due;
	return stmt_run(&q, e);
}

/* Deliberation takes longer than the deadline: it is put off when it begins, and mostly once more where that isn't enough. */
static enum rc extend(struct walk *w, struct err *e)
{
	bool forgotten = demo_chance(&w->b->d->random, 200);
	int32_t end = day_of_instant(w->closing ? w->closed_at : w->b->d->now);
	enum rc rc = insert_extension(w, w->m->pooled_at, e);

	if (rc != RC_OK || forgotten || end <= w->due_day)
		return rc;
	return insert_extension(w, instant_of_day(w->due_day, 9 * 60), e);
}

static enum rc write_supports(struct walk *w, struct err *e)
{
	const struct demo_cast *cast = &w->b->casts[w->m->estate];
	size_t first = demo_below(&w->b->d->random, (uint32_t)cast->n_people);
	enum rc rc = RC_OK;
	int64_t id;

	for (int i = 0; i < w->m->supports && rc == RC_OK; i++) {
		const struct demo_person *person = &w->b->d->people[cast->first_person + (first + (size_t)i) % cast->n_people];
		AUTO_STMT q = stmt_use(w->b->d->of->st,
			"INSERT INTO support (id, issue_id, resident_id, name, phone, note, at, account_id)"
			" VALUES (:id, :issue, :resident, :name, :phone, '我家也希望早点定下来。', :at, :account)");

		if (person == w->m->reporter)
			continue;
		if ((rc = demo_new_id(w->b->d, &id, e)) != RC_OK)
			break;
		bind_int(&q, ":id", id);
		bind_int(&q, ":issue", w->id);
		bind_int(&q, ":resident", person->id);
		bind_text(&q, ":name", person->name);
		bind_text(&q, ":phone", person->phone);
		bind_int(&q, ":at", w->m->pooled_at);
		bind_int(&q, ":account", w->b->d->accounts[ROLE_GRID]);
		rc = stmt_run(&q, e);
	}
	return rc;
}

static void bind_place(struct stmt *q, const struct walk *w, const struct demo_person *reporter)
{
	const struct demo *d = w->b->d;
	const struct demo_matter *m = w->m;

	bind_text(q, ":kind", "self");
	bind_int(q, ":reporter", reporter->id);
	bind_text(q, ":name", reporter->name);
	bind_text(q, ":phone", reporter->phone);
	bind_id(q, ":building", m->building ? m->building->id : 0);
	bind_text(q, ":place_note", m->building ? NULL : d->estates[m->estate].name);
	bind_int(q, ":grid", d->estates[m->estate].grid_id);
	bind_int(q, ":households", m->n_alternatives ? m->gains[0] : 0);
}

static enum rc insert_issue(struct walk *w, const struct demo_person *reporter, const char *number, struct err *e)
{
	const struct demo *d = w->b->d;
	const struct demo_matter *m = w->m;
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO issue (id, number, channel, reporter_kind, reporter_id, reporter_name, reporter_phone, publicity, category, title, body, building_id,"
		" place_note, grid_id, households, urgency, raised_at, raised_by, accepted_at, handler_id, party, unit_in_charge, phase, status, phase_at,"
		" closed_at, closing, due_day, due_rule, satisfaction)"
		" VALUES (:id, :number, :channel, :kind, :reporter, :name, :phone, 'public', :category, :title, :body, :building,"
		" :place_note, :grid, :households, :urgency, :raised_at, :raised_by, :accepted_at, :handler, :party, :unit, :phase, :status, :phase_at,"
		" :closed_at, :closing, :due, :rule, :satisfaction)");

	bind_int(&q, ":id", w->id);
	bind_text(&q, ":number", number);
	bind_text(&q, ":channel", channels[demo_weighted(&w->b->d->random, channel_weights, COUNT(channels))]);
	bind_place(&q, w, reporter);
	bind_text(&q, ":category", m->topic->category);
	bind_text(&q, ":title", m->title);
	bind_text(&q, ":body", m->topic->body);
	bind_text(&q, ":urgency", m->urgency);
	bind_int(&q, ":raised_at", m->raised_at);
	bind_int(&q, ":raised_by", d->accounts[ROLE_GRID]);
	bind_int(&q, ":accepted_at", m->pooled_at);
	bind_id(&q, ":handler", w->handler_id);
	bind_text(&q, ":party", w->handler_id ? m->course.party : NULL);
	bind_text(&q, ":unit", w->handler_id ? m->course.owner_name : NULL);
	bind_text(&q, ":phase", w->phase);
	bind_text(&q, ":status", w->closing ? "closed" : "open");
	bind_int(&q, ":phase_at", w->phase_at);
	bind_id(&q, ":closed_at", w->closing ? w->closed_at : 0);
	bind_text(&q, ":closing", w->closing);
	bind_day(&q, ":due", w->due_day);
	bind_text(&q, ":rule", w->rule);
	bind_text(&q, ":satisfaction", w->answer);
	return stmt_run(&q, e);
}

enum rc demo_matter_write_issue(struct debate *b, struct demo_matter *m, size_t k, struct err *e)
{
	struct walk w = { .b = b, .m = m, .id = m->issue_ids[k], .k = k };
	const struct demo_pass wait = { .phase = "deliberate", .due_day = DAY_NONE, .opened_at = m->pooled_at, .closed_at = DEMO_NEVER };
	char number[40];
	enum rc rc;

	w.due_day = due_of(&w, DEADLINE_WHOLE, m->raised_at, &w.rule);
	if ((rc = demo_number(b->d, m->raised_at, "issue", b->d->of->community.abbr, 3, number, e)) != RC_OK || (rc = walk_to_pool(&w, e)) != RC_OK)
		return rc;
	if (k == 0)
		memcpy(m->issue_number, number, sizeof m->issue_number);
	if (strcmp(m->state, "passed") == 0)
		rc = walk_decided(&w, e);
	else if (strcmp(m->state, "failed") == 0 || strcmp(m->state, "withdrawn") == 0)
		rc = walk_back(&w, e);
	else
		rc = walk_on(&w, wait, e);
	if (rc != RC_OK || (rc = extend(&w, e)) != RC_OK || (k == 0 && (rc = write_supports(&w, e)) != RC_OK))
		return rc;
	return insert_issue(&w, k ? m->second : m->reporter, number, e);
}
