/* The demo's ten years: finished issues written as rows, thousands in a transaction, as the use cases would have left them. */
#include "demo_case.h"

#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "demo_rows.h"
#include "domain/deadline.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

#define DAY_MINUTES (9 * 60)
#define DAYS_IN_A_TXN 14
#define MAX_PER_DAY 200

enum outcome { HANDLED, REFERRED, REFUSED, WITHDRAWN };
static const int outcome_weights[] = { 860, 80, 30, 30 };

static const char *const answers[] = { "very_satisfied", "satisfied", "fair" };
static const int answer_weights[] = { 330, 500, 170 };
static const char *const closings[] = { "solved", "partly", "explained" };
static const int closing_weights[] = { 640, 160, 200 };

/* One finished issue. Instants of its steps; ids of who did them. */
struct finished {
	const struct demo_case *c;
	enum outcome outcome;
	int rounds;
	bool settled;                     /* ends solved */
	int64_t id, desk, worker, at;
	int64_t accepted_at, closed_at;
	const char *answer, *closing, *rule;
	int32_t due_day;
};

static enum rc insert_action(struct demo *d, const struct finished *f, int round, int64_t from, struct err *e)
{
	const struct demo_subject *s = f->c->subject;
	bool referred = f->outcome == REFERRED;
	int64_t id;
	char title[128];
	struct demo_action action = {
		.title = title, .party = referred ? "community" : s->party, .partner = referred ? s->unit : NULL, .status = "done", .progress = 100,
		.result = s->done, .round = round, .promised_day = referred ? f->due_day : DAY_NONE, .due_day = f->due_day, .owner_id = f->worker,
		.at = from, .done_at = f->at,
	};
	enum rc rc;

	snprintf(title, sizeof title, "%s%s", referred ? "跟进转办：" : "", referred ? s->unit : f->c->title);
	if ((rc = demo_new_id(d, &id, e)) != RC_OK || (rc = demo_insert_action(d, f->id, id, &action, e)) != RC_OK)
		return rc;
	return demo_insert_progress(d, f->id, id, &action, s->done, f->at, f->worker, e);
}

static enum rc insert_evaluation(struct demo *d, const struct finished *f, int round, bool content, struct err *e)
{
	const struct demo_evaluation evaluation = {
		.rater = f->c->person ? "reporter" : "beneficiary", .satisfaction = content ? f->answer : "dissatisfied", .solved = content,
		.closing = content ? f->closing : NULL, .opinion = content ? NULL : "没有彻底解决，过几天又是老样子。", .round = round, .at = f->at,
		.account_id = f->desk,
	};

	return demo_insert_evaluation(d, f->id, &evaluation, e);
}

/* The row itself: everything is known by now. */
static void bind_issue(struct demo *d, struct stmt *q, const struct finished *f)
{
	const struct demo_case *c = f->c;
	const struct demo_person *person = c->person;
	bool handled = f->outcome == HANDLED || f->outcome == REFERRED, at_home = c->subject->home && person;

	bind_text(q, ":kind", !person ? "anonymous" : c->behalf ? "behalf" : "self");
	bind_id(q, ":reporter", person ? person->id : 0);
	bind_text(q, ":name", person ? person->name : NULL);
	bind_text(q, ":phone", person ? person->phone : NULL);
	bind_text(q, ":behalf_name", c->speaker ? c->speaker->name : NULL);
	bind_text(q, ":behalf_phone", c->speaker ? c->speaker->phone : NULL);
	bind_text(q, ":category", c->subject->category);
	bind_text(q, ":title", c->title);
	bind_text(q, ":body", c->subject->body);
	bind_id(q, ":building", c->building ? c->building->id : 0);
	bind_text(q, ":unit", at_home ? person->unit : NULL);
	bind_text(q, ":room", at_home ? person->room : NULL);
	bind_text(q, ":place_note", c->place_note);
	bind_id(q, ":grid", c->building ? c->building->grid_id : person ? person->grid_id : 0);
	bind_text(q, ":urgency", c->urgency);
	bind_text(q, ":channel", c->channel);
	bind_int(q, ":raised_at", c->raised_at);
	bind_int(q, ":raised_by", d->accounts[c->raised_by]);
	bind_id(q, ":accepted_at", handled ? f->accepted_at : 0);
	bind_id(q, ":handler", handled ? f->worker : 0);
	bind_text(q, ":party", !handled ? NULL : f->outcome == REFERRED ? "community" : c->subject->party);
	bind_text(q, ":unit_in_charge", f->outcome == REFERRED ? c->subject->unit : NULL);
	bind_text(q, ":phase", handled ? "evaluate" : "triage");
	bind_int(q, ":closed_at", f->closed_at);
	bind_text(q, ":closing", f->closing);
	bind_day(q, ":due", f->due_day);
	bind_text(q, ":rule", f->rule);
	bind_int(q, ":reopened", f->rounds - 1);
	bind_text(q, ":satisfaction", f->answer);
}

static enum rc insert_issue(struct demo *d, const struct finished *f, const char *number, int64_t phase_at, struct err *e)
{
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO issue (id, number, channel, reporter_kind, reporter_id, reporter_name, reporter_phone, behalf_name, behalf_phone, publicity,"
		" category, title, body, building_id, unit, room, place_note, grid_id, urgency, raised_at, raised_by, accepted_at, handler_id, party,"
		" unit_in_charge, phase, status, phase_at, closed_at, closing, due_day, due_rule, reopened, satisfaction)"
		" VALUES (:id, :number, :channel, :kind, :reporter, :name, :phone, :behalf_name, :behalf_phone, 'internal',"
		" :category, :title, :body, :building, :unit, :room, :place_note, :grid, :urgency, :raised_at, :raised_by, :accepted_at, :handler, :party,"
		" :unit_in_charge, :phase, 'closed', :phase_at, :closed_at, :closing, :due, :rule, :reopened, :satisfaction)");

	bind_int(&q, ":id", f->id);
	bind_text(&q, ":number", number);
	bind_int(&q, ":phase_at", phase_at);
	bind_issue(d, &q, f);
	return stmt_run(&q, e);
}

static void work(struct demo *d, struct finished *f, int min_minutes, int max_minutes)
{
	f->at = demo_work_later(d, f->at, demo_between(&d->random, min_minutes, max_minutes));
}

static int32_t due_of(struct demo *d, const struct finished *f, enum deadline_kind kind, int64_t from, const char **rule)
{
	return deadline_due(d->of->deadlines, d->of->calendar, kind, f->c->subject->category, f->c->urgency, day_of_instant(from), rule);
}

/* 办事 and 评事 of one round; f->at moves on. *phase_at: when 评事 began. */
static enum rc write_round(struct demo *d, struct finished *f, int round, int64_t *phase_at, struct err *e)
{
	bool last = round == f->rounds;
	const char *closing = f->settled ? "solved" : closings[demo_weighted(&d->random, closing_weights, COUNT(closings))];
	struct demo_pass act = {
		.phase = "act", .result = "done", .round = round, .opened_at = f->at, .due_day = DAY_NONE, .handler_id = f->worker, .closed_by = f->worker,
		.party = f->outcome == REFERRED ? "community" : f->c->subject->party, .unit = f->outcome == REFERRED ? f->c->subject->unit : NULL,
		.closing = closing, .text = f->c->subject->done, .evidence = "现场照片两张，住户签字。", .answer_way = "phone",
	};
	struct demo_pass evaluate = {
		.phase = "evaluate", .result = last ? "satisfied" : "again", .round = round, .handler_id = f->worker, .closed_by = f->desk,
		.party = act.party, .unit = act.unit,
	};
	enum rc rc;

	work(d, f, 60, 4 * DAY_MINUTES);
	if ((rc = insert_action(d, f, round, act.opened_at, e)) != RC_OK)
		return rc;
	work(d, f, 5, 120);
	act.closed_at = evaluate.opened_at = *phase_at = f->at;
	evaluate.due_day = due_of(d, f, DEADLINE_EVALUATE, f->at, NULL);
	work(d, f, 40, DAY_MINUTES + 200);
	evaluate.closed_at = f->at;
	f->closing = last ? closing : NULL;
	if ((rc = demo_insert_pass(d, f->id, &act, e)) != RC_OK || (rc = demo_insert_pass(d, f->id, &evaluate, e)) != RC_OK)
		return rc;
	return insert_evaluation(d, f, round, last, e);
}

static enum rc write_start(struct demo *d, struct finished *f, struct err *e)
{
	const struct demo_subject *s = f->c->subject;
	struct demo_pass raise = {
		.phase = "raise", .result = "raised", .round = 1, .opened_at = f->at, .closed_at = f->at, .closed_by = d->accounts[f->c->raised_by],
		.due_day = DAY_NONE,
	};
	struct demo_pass triage = {
		.phase = "triage", .round = 1, .opened_at = f->at, .closed_by = f->outcome == WITHDRAWN ? f->desk : d->accounts[ROLE_GRID],
		.due_day = due_of(d, f, DEADLINE_ACCEPT, f->at, NULL),
	};
	enum rc rc;

	work(d, f, 15, 400);
	triage.closed_at = f->at;
	switch (f->outcome) {
	case HANDLED:
	case REFERRED:
		f->accepted_at = f->at;
		triage.result = f->outcome == HANDLED ? "direct" : "refer";
		triage.route = f->outcome == HANDLED && s->unit ? "community" : s->route;
		triage.party = f->outcome == HANDLED ? s->party : "community";
		triage.unit = f->outcome == HANDLED ? NULL : s->unit;
		triage.handler_id = f->worker;
		triage.text = "请尽快联系提事人，上门核实后处理。";
		break;
	case REFUSED:
		f->closing = "refused";
		triage.result = "refuse";
		triage.reason = "属于业主与施工方的合同纠纷，建议先协商或走司法途径，已告知联系方式。";
		triage.answer_way = "phone";
		break;
	default:
		triage.result = f->closing = "withdrawn";
		triage.reason = "提事人来电说已自行解决，不用办了。";
		break;
	}
	if ((rc = demo_insert_pass(d, f->id, &raise, e)) != RC_OK)
		return rc;
	return demo_insert_pass(d, f->id, &triage, e);
}

/* From its deadline on: what it is about and how it goes are settled. */
static enum rc write_case(struct demo *d, struct finished *f, const char *number, struct err *e)
{
	int64_t phase_at = f->at;
	enum rc rc;

	f->due_day = due_of(d, f, DEADLINE_WHOLE, f->at, &f->rule);
	if ((rc = demo_new_id(d, &f->id, e)) != RC_OK || (rc = write_start(d, f, e)) != RC_OK)
		return rc;
	for (int round = 1; f->outcome <= REFERRED && round <= f->rounds; round++) {
		if (round == 2)
			f->due_day = due_of(d, f, DEADLINE_WHOLE, f->at, &f->rule);
		if ((rc = write_round(d, f, round, &phase_at, e)) != RC_OK)
			return rc;
	}
	if (f->outcome <= REFERRED && f->answer == NULL)
		f->answer = answers[demo_weighted(&d->random, answer_weights, COUNT(answers))];
	f->closed_at = f->at;
	return insert_issue(d, f, number, phase_at, e);
}

static enum rc write_issue(struct demo *d, int64_t raised_at, const char *number, struct err *e)
{
	struct demo_case c;
	struct finished f = { .c = &c, .rounds = 1, .at = raised_at, .desk = d->accounts[ROLE_DESK], .worker = d->accounts[ROLE_GRID] };

	demo_case_make(d, raised_at, &c);
	f.outcome = (enum outcome)demo_weighted(&d->random, outcome_weights, COUNT(outcome_weights));
	if (f.outcome == REFERRED && c.subject->unit == NULL)
		f.outcome = HANDLED;
	if (f.outcome <= REFERRED && demo_chance(&d->random, 55))
		f.rounds = 2;
	return write_case(d, &f, number, e);
}

enum rc demo_bulk_settled(struct demo *d, const struct demo_subject *subject, int64_t raised_at, const char *number, struct err *e)
{
	struct demo_case c;
	struct finished f = {
		.c = &c, .outcome = HANDLED, .rounds = demo_chance(&d->random, 90) ? 2 : 1, .settled = true, .at = raised_at,
		.desk = d->accounts[ROLE_DESK], .worker = d->accounts[ROLE_GRID],
		.answer = answers[demo_weighted(&d->random, answer_weights, COUNT(answers))],
	};

	demo_case_about(d, subject, raised_at, &c);
	return write_case(d, &f, number, e);
}

static enum rc write_day(struct demo *d, int32_t day, int per_day, struct err *e)
{
	int64_t instants[MAX_PER_DAY];
	int year, month, day_of_month;
	size_t n = demo_day_instants(d, day, per_day, instants);

	day_to_civil(day, &year, &month, &day_of_month);
	for (size_t i = 0; i < n; i++) {
		char number[40];
		enum rc rc;

		snprintf(number, sizeof number, "%s-%04d%02d%02d-%03zu", d->of->community.abbr, year, month, day_of_month, i + 1);
		if ((rc = write_issue(d, instants[i], number, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc write_days(struct demo *d, int32_t from, int32_t until, int per_day, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	d->clock = instant_of_day(from, 18 * 60);
	if ((rc = txn_begin(&t, d->of->st, "demo.issues", e)) != RC_OK)
		return rc;
	for (int32_t day = from; day < until; day++)
		if (calendar_is_workday(d->of->calendar, day) && (rc = write_day(d, day, per_day, e)) != RC_OK)
			return rc;
	return txn_commit(&t, e);
}

enum rc demo_bulk(struct demo *d, int32_t from, int32_t until, int per_day, struct err *e)
{
	for (int32_t day = from; day < until; day += DAYS_IN_A_TXN) {
		int32_t next = day + DAYS_IN_A_TXN < until ? day + DAYS_IN_A_TXN : until;
		enum rc rc = write_days(d, day, next, per_day, e);

		if (rc != RC_OK)
			return rc;
		demo_tell(d, "十年事项", (size_t)(next - from), (size_t)(until - from));
	}
	return RC_OK;
}
