/* Rows of the demo's finished steps: passes, tasks, notes, answers. */
#include "demo_rows.h"

#include "base/day.h"
#include "store/stmt.h"

enum rc demo_insert_pass(struct demo *d, int64_t issue_id, const struct demo_pass *p, struct err *e)
{
	int64_t id;
	enum rc rc;
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO phase (id, issue_id, phase, round, opened_at, closed_at, closed_by, due_day, result, route, handler_id, party, unit_in_charge,"
		" closing, reason, text, evidence, answer_way, answered_at)"
		" VALUES (:id, :issue, :phase, :round, :opened, :closed, :by, :due, :result, :route, :handler, :party, :unit,"
		" :closing, :reason, :text, :evidence, :way, :answered)");

	if ((rc = demo_new_id(d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":issue", issue_id);
	bind_text(&q, ":phase", p->phase);
	bind_int(&q, ":round", p->round);
	bind_int(&q, ":opened", p->opened_at);
	bind_id(&q, ":closed", p->closed_at);
	bind_id(&q, ":by", p->closed_by);
	bind_day(&q, ":due", p->due_day);
	bind_text(&q, ":result", p->result);
	bind_text(&q, ":route", p->route);
	bind_id(&q, ":handler", p->handler_id);
	bind_text(&q, ":party", p->party);
	bind_text(&q, ":unit", p->unit);
	bind_text(&q, ":closing", p->closing);
	bind_text(&q, ":reason", p->reason);
	bind_text(&q, ":text", p->text);
	bind_text(&q, ":evidence", p->evidence);
	bind_text(&q, ":way", p->answer_way);
	bind_id(&q, ":answered", p->answer_way ? p->closed_at : 0);
	return stmt_run(&q, e);
}

enum rc demo_insert_action(struct demo *d, int64_t issue_id, int64_t id, const struct demo_action *a, struct err *e)
{
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO action (id, issue_id, round, at, title, party, owner_id, owner_name, partner, promised_day, start_day, due_day, status,"
		" progress, result, done_at)"
		" VALUES (:id, :issue, :round, :at, :title, :party, :owner, :owner_name, :partner, :promised, :start, :due, :status,"
		" :progress, :result, :done)");

	bind_int(&q, ":id", id);
	bind_int(&q, ":issue", issue_id);
	bind_int(&q, ":round", a->round);
	bind_int(&q, ":at", a->at);
	bind_text(&q, ":title", a->title);
	bind_text(&q, ":party", a->party);
	bind_id(&q, ":owner", a->owner_id);
	bind_text(&q, ":owner_name", a->owner_name);
	bind_text(&q, ":partner", a->partner);
	bind_day(&q, ":promised", a->promised_day);
	bind_day(&q, ":start", day_of_instant(a->at));
	bind_day(&q, ":due", a->due_day);
	bind_text(&q, ":status", a->status);
	bind_int(&q, ":progress", a->progress);
	bind_text(&q, ":result", a->result);
	bind_id(&q, ":done", a->done_at);
	return stmt_run(&q, e);
}

enum rc demo_insert_progress(struct demo *d, int64_t issue_id, int64_t action_id, const struct demo_action *a, const char *text, int64_t at,
                             int64_t account_id, struct err *e)
{
	int64_t id;
	enum rc rc;
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO progress (id, issue_id, action_id, at, account_id, text, status, progress)"
		" VALUES (:id, :issue, :action, :at, :account, :text, :status, :progress)");

	if ((rc = demo_new_id(d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":issue", issue_id);
	bind_int(&q, ":action", action_id);
	bind_int(&q, ":at", at);
	bind_int(&q, ":account", account_id);
	bind_text(&q, ":text", text);
	bind_text(&q, ":status", a->status);
	bind_int(&q, ":progress", a->progress);
	return stmt_run(&q, e);
}

enum rc demo_insert_evaluation(struct demo *d, int64_t issue_id, const struct demo_evaluation *v, struct err *e)
{
	int64_t id;
	enum rc rc;
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO evaluation (id, issue_id, round, rater, satisfaction, solved, closing, opinion, answer_way, at, account_id)"
		" VALUES (:id, :issue, :round, :rater, :satisfaction, :solved, :closing, :opinion, 'phone', :at, :account)");

	if ((rc = demo_new_id(d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":issue", issue_id);
	bind_int(&q, ":round", v->round);
	bind_text(&q, ":rater", v->rater);
	bind_text(&q, ":satisfaction", v->satisfaction);
	bind_int(&q, ":solved", v->solved);
	bind_text(&q, ":closing", v->closing);
	bind_text(&q, ":opinion", v->opinion);
	bind_int(&q, ":at", v->at);
	bind_int(&q, ":account", v->account_id);
	return stmt_run(&q, e);
}
