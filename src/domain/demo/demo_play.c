/* The demo's recent issues, played: each goes its way step by step through the use cases, at its time and by its people, up to now.
 *
 * What happens is planned first as events, because the journal's clock only goes forward: the events of all issues are sorted by time and then played.
 */
#include "demo_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "domain/issue.h"
#include "domain/issue_flow.h"
#include "store/record.h"
#include "store/stmt.h"

#define MAX_SETTINGS 7
#define DAY_MINUTES (9 * 60)           /* of work */
#define DAY_MS INT64_C(86400000)

/* A field of a step's form, as typed; `number` where text is NULL. */
struct setting {
	const char *field, *text;
	int64_t number;
};

struct event {
	int64_t at;
	size_t issue;
	int order;                        /* within the issue */
	enum role who;
	const char *step;                 /* transition; NULL: it is raised; "support" */
	bool on_task;                     /* the step is about the open task */
	struct setting settings[MAX_SETTINGS];
};

struct play {
	struct demo *d;
	struct demo_case *cases;
	int64_t *ids;                     /* of the issues, once raised */
	size_t n_cases;
	struct event *events;
	size_t n_events, cap;
	/* the issue that is being planned */
	size_t issue;
	int64_t at;
	int order;
};

/* Planning ------------------------------------------------------------------------------------------------------------------------- */

static void wait_for(struct play *p, int min_minutes, int max_minutes)
{
	p->at = demo_work_later(p->d, p->at, demo_between(&p->d->random, min_minutes, max_minutes));
}

static void happen(struct play *p, enum role who, const char *step, bool on_task, const struct setting *settings, size_t n)
{
	struct event *event;

	p->events = mem_grow(p->events, &p->cap, p->n_events + 1, sizeof *p->events);
	event = &p->events[p->n_events++];
	*event = (struct event){ .at = p->at, .issue = p->issue, .order = p->order++, .who = who, .step = step, .on_task = on_task };
	for (size_t i = 0; i < n; i++)
		event->settings[i] = settings[i];
}
#define HAPPEN(p, who, step, ...) \
	happen(p, who, step, false, (const struct setting[]){ __VA_ARGS__ }, COUNT(((const struct setting[]){ __VA_ARGS__ })))
#define ON_TASK(p, who, ...) \
	happen(p, who, "act.progress", true, (const struct setting[]){ __VA_ARGS__ }, COUNT(((const struct setting[]){ __VA_ARGS__ })))

static const struct demo_subject *subject_of(const struct play *p)
{
	return p->cases[p->issue].subject;
}

static bool chance(struct play *p, int per_mille)
{
	return demo_chance(&p->d->random, per_mille);
}

static const char *pick_way(struct play *p)
{
	return DEMO_PICK(&p->d->random, ((const char *const[]){ "phone", "phone", "visit", "window", "wechat" }));
}

static enum role pick_worker(struct play *p)
{
	return chance(p, 800) ? ROLE_GRID : chance(p, 500) ? ROLE_DESK : ROLE_PROJECT;
}

static void be_held(struct play *p)
{
	int32_t day = day_of_instant(p->at);

	HAPPEN(p, ROLE_GRID, "hold", { "reason", DEMO_PICK(&p->d->random, ((const char *const[]){ "other_body", "weather", "absent", "material" })), 0 },
	       { "note", "等对方回复后继续办理。", 0 }, { "review_day", NULL, calendar_add_workdays(p->d->of->calendar, day, 4) });
	wait_for(p, 2 * DAY_MINUTES, 6 * DAY_MINUTES);
	HAPPEN(p, ROLE_GRID, "resume", { "reason", "已收到回复，继续办理。", 0 });
	wait_for(p, 30, DAY_MINUTES);
}

static void be_extended(struct play *p)
{
	HAPPEN(p, ROLE_GRID, "extension.ask", { "workdays", NULL, demo_between(&p->d->random, 3, 10) },
	       { "reason", "材料和施工要排期，期内做不完，已向提事人说明。", 0 });
	wait_for(p, 20, 200);
	HAPPEN(p, ROLE_HEAD, "extension.approve", { "decided_note", "同意，请盯紧进度。", 0 });
	wait_for(p, 30, DAY_MINUTES);
}

static void be_evaluated(struct play *p, bool second);

/* From the task at hand to its end; slow ones run past their deadline. */
static void be_worked_on(struct play *p, bool second)
{
	bool slow = chance(p, 130);

	ON_TASK(p, ROLE_GRID, { "text", "已联系相关人员，约定上门时间。", 0 }, { "status", "doing", 0 }, { "progress", NULL, 30 });
	wait_for(p, 60, DAY_MINUTES);
	if (!second && chance(p, 70))
		be_held(p);
	else if (chance(p, 60)) {
		ON_TASK(p, ROLE_GRID, { "text", "需要的配件没有现货，正在调货。", 0 }, { "status", "blocked", 0 });
		wait_for(p, DAY_MINUTES / 2, 2 * DAY_MINUTES);
	}
	wait_for(p, slow ? 5 * DAY_MINUTES : 60, slow ? 16 * DAY_MINUTES : 3 * DAY_MINUTES);
	ON_TASK(p, ROLE_GRID, { "text", subject_of(p)->done, 0 }, { "status", "done", 0 });
	wait_for(p, 5, 120);
	HAPPEN(p, ROLE_GRID, "act.done", { "text", subject_of(p)->done, 0 },
	       { "closing", DEMO_PICK(&p->d->random, ((const char *const[]){ "solved", "solved", "solved", "partly", "explained" })), 0 },
	       { "evidence", "现场照片两张，住户签字。", 0 }, { "answer_way", pick_way(p), 0 });
	wait_for(p, 40, DAY_MINUTES + 200);
	be_evaluated(p, second);
}

static void be_evaluated(struct play *p, bool second)
{
	static const char *const answers[] = { "very_satisfied", "satisfied", "fair", "dissatisfied", "unreached" };
	static const int weights[] = { 300, 450, 130, 75, 45 };
	const struct demo_case *c = &p->cases[p->issue];
	size_t answer = second ? demo_weighted(&p->d->random, weights, 3) : demo_weighted(&p->d->random, weights, COUNT(answers));
	const char *rater = c->person ? "reporter" : "beneficiary";

	if (!c->person && answer == 4)
		answer = 1;
	if (answer == 4) {
		HAPPEN(p, ROLE_DESK, "evaluate.answer", { "rater", rater, 0 }, { "satisfaction", "unreached", 0 }, { "answer_way", "phone", 0 });
		wait_for(p, DAY_MINUTES / 2, DAY_MINUTES);
		answer = 1;
	}
	if (answer == 3) {
		HAPPEN(p, ROLE_DESK, "evaluate.answer", { "rater", rater, 0 }, { "satisfaction", "dissatisfied", 0 }, { "solved", NULL, 0 },
		       { "answer_way", "phone", 0 }, { "opinion", "没有彻底解决，过几天又是老样子。", 0 });
		wait_for(p, 60, DAY_MINUTES);
		be_worked_on(p, true);
		return;
	}
	HAPPEN(p, ROLE_DESK, "evaluate.answer", { "rater", rater, 0 }, { "satisfaction", answers[answer], 0 }, { "solved", NULL, 1 },
	       { "closing", DEMO_PICK(&p->d->random, ((const char *const[]){ "solved", "solved", "partly", "explained" })), 0 },
	       { "answer_way", "phone", 0 }, { "opinion", answer == 2 ? "还可以，希望以后快一点。" : NULL, 0 });
}

/* fresh: right after it was raised, when there is still time to ask for more */
static void be_handled(struct play *p, bool fresh)
{
	const struct demo_subject *s = subject_of(p);

	HAPPEN(p, ROLE_GRID, "triage.direct", { "route", s->unit ? "community" : s->route, 0 }, { "party", s->party, 0 },
	       { "handler_id", NULL, p->d->accounts[pick_worker(p)] }, { "text", "请尽快联系提事人，上门核实后处理。", 0 });
	wait_for(p, 20, 300);
	if (fresh && chance(p, 50))
		be_extended(p);
	be_worked_on(p, false);
}

static void be_referred(struct play *p)
{
	const struct demo_subject *s = subject_of(p);
	int32_t promised = calendar_add_workdays(p->d->of->calendar, day_of_instant(p->at), demo_between(&p->d->random, 2, 5));

	HAPPEN(p, ROLE_GRID, "triage.refer", { "route", s->route, 0 }, { "unit_in_charge", s->unit, 0 }, { "party", "community", 0 },
	       { "handler_id", NULL, p->d->accounts[ROLE_GRID] }, { "promised_day", NULL, promised }, { "text", "属对方职责，转请办理并请反馈。", 0 });
	wait_for(p, 60, DAY_MINUTES);
	be_worked_on(p, false);
}

static void be_parked(struct play *p)
{
	int32_t review = calendar_add_workdays(p->d->of->calendar, day_of_instant(p->at) + demo_between(&p->d->random, 30, 75), 0);

	HAPPEN(p, ROLE_GRID, "triage.accept", { "answer_way", "phone", 0 }, { "text", "已答复提事人：先受理，再看资金来源。", 0 });
	wait_for(p, 60, DAY_MINUTES);
	HAPPEN(p, ROLE_HEAD, "park", { "reason", chance(p, 600) ? "list" : "money", 0 },
	       { "note", "不在当年购买服务目录，拟报友邻基金微项目。", 0 },
	       { "missing_fen", NULL, (int64_t)demo_between(&p->d->random, 5, 80) * 100000 }, { "source", chance(p, 500) ? "fund" : "micro", 0 },
	       { "review_day", NULL, review });
}

static void be_withdrawn(struct play *p)
{
	HAPPEN(p, ROLE_DESK, "withdraw", { "reason", "提事人来电说已自行解决，不用办了。", 0 });
}

static void be_refused(struct play *p)
{
	HAPPEN(p, ROLE_GRID, "triage.refuse", { "reason", "属于业主与施工方的合同纠纷，建议先协商或走司法途径，已告知联系方式。", 0 },
	       { "answer_way", "phone", 0 });
}

/* Most are settled before a meeting: they come back and are handled. */
static void be_deliberated(struct play *p)
{
	HAPPEN(p, ROLE_GRID, "triage.deliberate", { "reason", "牵涉整幢楼，意见不一，提交议事会商量。", 0 });
	wait_for(p, 2 * DAY_MINUTES, 8 * DAY_MINUTES);
	if (chance(p, 200))
		return;
	HAPPEN(p, ROLE_GRID, "deliberate.back", { "reason", "楼组会上已谈拢，不用再开议事会，直接办理。", 0 });
	wait_for(p, 30, DAY_MINUTES / 2);
	be_handled(p, false);
}

static bool wants_meeting(const struct demo_subject *s)
{
	return strcmp(s->route, "meeting") == 0;
}

static void plan_case(struct play *p, size_t i)
{
	const struct demo_subject *s = p->cases[i].subject;

	p->issue = i;
	p->at = p->cases[i].raised_at;
	p->order = 0;
	HAPPEN(p, p->cases[i].raised_by, NULL, { NULL, NULL, 0 });
	if (!s->home && chance(p, 130)) {
		p->at += demo_between(&p->d->random, 30, 300) * 60000;
		HAPPEN(p, ROLE_DESK, "support", { NULL, NULL, 0 });
	}
	wait_for(p, 15, chance(p, 120) ? 3 * DAY_MINUTES : 400);
	if (wants_meeting(s))
		be_deliberated(p);
	else if (chance(p, 40))
		be_refused(p);
	else if (chance(p, 25))
		be_withdrawn(p);
	else if (chance(p, 35))
		be_parked(p);
	else if (s->unit)
		be_referred(p);
	else
		be_handled(p, p->at - p->cases[i].raised_at < DAY_MS / 2 && strcmp(p->cases[i].urgency, "normal") == 0);
}

static int compare_events(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->issue != y->issue)
		return x->issue < y->issue ? -1 : 1;
	return x->order - y->order;
}

/* Playing -------------------------------------------------------------------------------------------------------------------------- */

static void act_as(struct demo *d, enum role role)
{
	const struct demo_account *a = demo_accounts;

	while (a->role != role)
		a++;
	d->of->me.id = d->accounts[role];
	d->of->me.role = role;
	snprintf(d->of->me.login, sizeof d->of->me.login, "%s", a->login);
	snprintf(d->of->me.name, sizeof d->of->me.name, "%s", a->name);
	store_set_actor(d->of->st, d->of->me.id, d->of->me.name);
}

static void set_number(struct record *r, const char *field, int64_t number)
{
	value_set_number(record_value(r, field), number);
}

static void set_text(struct record *r, const char *field, const char *text)
{
	value_set_text(record_value(r, field), text);
}

static void fill_raise(const struct demo_case *c, struct record *r)
{
	set_text(r, "reporter_kind", !c->person ? "anonymous" : c->behalf ? "behalf" : "self");
	if (c->person)
		set_number(r, "reporter_id", c->person->id);
	if (c->speaker) {
		set_text(r, "behalf_name", c->speaker->name);
		set_text(r, "behalf_phone", c->speaker->phone);
	}
	set_text(r, "category", c->subject->category);
	set_text(r, "title", c->title);
	set_text(r, "body", c->subject->body);
	if (c->building) {
		set_number(r, "building_id", c->building->id);
		if (c->subject->home && c->person) {
			set_text(r, "unit", c->person->unit);
			set_text(r, "room", c->person->room);
		}
	}
	set_text(r, "place_note", c->place_note);
	set_text(r, "urgency", c->urgency);
	set_text(r, "channel", c->channel);
	set_text(r, "publicity", "internal");
}

static enum rc play_raise(struct play *p, const struct event *event, struct err *e)
{
	AUTO_RECORD r = { 0 };
	enum rc rc;

	record_init(&r, form_find(p->d->of->forms, "issue"));
	fill_raise(&p->cases[event->issue], &r);
	if ((rc = issue_raise(p->d->of, &r, NULL, e)) == RC_OK)
		p->ids[event->issue] = r.id;
	return rc;
}

static enum rc play_support(struct play *p, const struct event *event, struct err *e)
{
	const struct demo_person *person = &p->d->people[demo_below(&p->d->random, (uint32_t)p->d->n_people)];
	AUTO_RECORD r = { 0 };

	if (p->cases[event->issue].person == person)
		return RC_OK;
	record_init(&r, form_find(p->d->of->forms, "support"));
	set_number(&r, "resident_id", person->id);
	set_text(&r, "note", "我家也有同样的情况。");
	return issue_support(p->d->of, p->ids[event->issue], &r, e);
}

/* The task that is not done yet; 0 where there is none. */
static enum rc find_task(struct play *p, int64_t issue_id, int64_t *task, struct err *e)
{
	AUTO_STMT q = stmt_use(p->d->of->st,
		"SELECT coalesce(max(id), 0) FROM action WHERE issue_id = :issue AND status NOT IN ('done', 'cancelled') AND deleted_at IS NULL");

	bind_int(&q, ":issue", issue_id);
	return stmt_int(&q, task, e);
}

static enum rc set_fields(const struct event *event, struct record *r, struct err *e)
{
	for (size_t i = 0; i < MAX_SETTINGS && event->settings[i].field; i++) {
		const struct setting *s = &event->settings[i];
		const struct field *f = form_field(r->form, s->field);

		if (f == NULL)
			return err_set(e, RC_INVALID, NULL, "%s 里没有 [field %s]", r->form->path, s->field);
		if (s->text || s->number || f->type == FIELD_YESNO) {
			if (s->text)
				set_text(r, s->field, s->text);
			else
				set_number(r, s->field, s->number);
		}
	}
	return RC_OK;
}

static enum rc play_step(struct play *p, const struct event *event, struct err *e)
{
	const struct transition *t = transition_find(event->step);
	AUTO_ISSUE it = { 0 };
	AUTO_RECORD r = { 0 };
	int64_t task = 0;
	enum rc rc;

	if (t == NULL)
		return err_set(e, RC_INVALID, NULL, "没有「%s」这一步", event->step);
	if ((rc = issue_load(p->d->of, p->ids[event->issue], &it, e)) != RC_OK ||
	    (event->on_task && (rc = find_task(p, it.id, &task, e)) != RC_OK) ||
	    (rc = issue_step_prefill(p->d->of, &it, t, task, &r, e)) != RC_OK || (rc = set_fields(event, &r, e)) != RC_OK)
		return rc;
	return issue_step(p->d->of, &it, t, task, &r, e);
}

static enum rc play_event(struct play *p, const struct event *event, struct err *e)
{
	enum rc rc;

	act_as(p->d, event->who);
	p->d->clock = event->at;
	if (event->step == NULL)
		rc = play_raise(p, event, e);
	else if (strcmp(event->step, "support") == 0)
		rc = play_support(p, event, e);
	else
		rc = play_step(p, event, e);
	return rc == RC_OK ? RC_OK : err_during(e, "%s", event->step ? event->step : "raise");
}

static enum rc play_all(struct play *p, struct err *e)
{
	enum rc rc = RC_OK;

	qsort(p->events, p->n_events, sizeof *p->events, compare_events);
	while (p->n_events > 0 && p->events[p->n_events - 1].at > p->d->now)
		p->n_events--;
	for (size_t i = 0; i < p->n_events && rc == RC_OK; i++) {
		rc = play_event(p, &p->events[i], e);
		if (i % 64 == 0)
			demo_tell(p->d, "近期事项", i, p->n_events);
	}
	return rc;
}

enum rc demo_play(struct demo *d, int32_t from, int per_1000_days, struct err *e)
{
	int32_t today = day_of_instant(d->now);
	size_t most = (size_t)(today - from + 1) * ((size_t)per_1000_days / 1000 + 1);
	AUTO_FREE struct demo_case *cases = mem_alloc(most * sizeof *cases);
	AUTO_FREE int64_t *ids = mem_alloc(most * sizeof *ids);
	AUTO_FREE int64_t *instants = mem_alloc(((size_t)per_1000_days / 1000 + 1) * sizeof *instants);
	struct play p = { .d = d, .cases = cases, .ids = ids };
	int owed = 0;
	enum rc rc;

	for (int32_t day = from; day <= today; day++) {
		if (!calendar_is_workday(d->of->calendar, day))
			continue;
		owed += per_1000_days;
		for (size_t i = 0, n = demo_day_instants(d, day, owed / 1000, instants); i < n; i++)
			demo_case_make(d, instants[i], &cases[p.n_cases++]);
		owed %= 1000;
	}
	for (size_t i = 0; i < p.n_cases; i++)
		plan_case(&p, i);
	rc = play_all(&p, e);
	free(p.events);
	account_release(&d->of->me);
	store_set_actor(d->of->st, 0, NULL);
	return rc;
}
