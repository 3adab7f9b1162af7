/* The way of an issue from 提事 to 评事: the table of transitions, what of it an account may do now, and the one function that does it. */
#include "domain/issue_flow.h"

#include <stdio.h>
#include <string.h>

#include "domain/deadline.h"
#include "flow.h"
#include "store/stmt.h"
#include "store/txn.h"

/* Guards ------------------------------------------------------------------------------------------------------------------------ */

static enum rc guard_accept(const struct office *of, const struct issue *it, struct err *e)
{
	(void)of;
	return it->accepted_at ? err_set(e, RC_INVALID, NULL, "%s 已经受理，请选择去向", it->number) : RC_OK;
}

static enum rc guard_done(const struct office *of, const struct issue *it, struct err *e)
{
	(void)of;
	if (it->open_actions > 0)
		return err_set(e, RC_INVALID, NULL, "还有 %d 项任务没有完成，请先报完成或取消，再办结", it->open_actions);
	return RC_OK;
}

static enum rc guard_unreached(const struct office *of, const struct issue *it, struct err *e)
{
	int wanted = deadline_attempts(of->deadlines);

	if (it->attempts >= wanted)
		return RC_OK;
	return err_set(e, RC_INVALID, NULL, "回访未联系上满 %d 次才能这样结案，现在 %d 次", wanted, it->attempts);
}

static enum rc guard_ask(const struct office *of, const struct issue *it, struct err *e)
{
	struct extension_rule rule = deadline_extension(of->deadlines);

	if (it->extension_id)
		return err_set(e, RC_INVALID, NULL, "%s 已有一个延期申请在等批准", it->number);
	if (it->extensions >= rule.times)
		return err_set(e, RC_INVALID, NULL, "%s 已延期 %d 次，不能再延", it->number, it->extensions);
	if (!rule.late && issue_days_late(of, it) > 0)
		return err_set(e, RC_INVALID, NULL, "%s 已过期限；延期要在期满前申请", it->number);
	return RC_OK;
}

static enum rc guard_decide(const struct office *of, const struct issue *it, struct err *e)
{
	(void)of;
	if (it->extension_id == 0)
		return err_set(e, RC_INVALID, NULL, "%s 没有等批准的延期申请", it->number);
	if (it->extension_mine != PERSON_OTHER)
		return err_set(e, RC_DENIED, NULL, "这个延期是您自己申请的，要由另一位负责人批准%s", person_hint(it->extension_mine));
	return RC_OK;
}

/* The table --------------------------------------------------------------------------------------------------------------------- */

#define IN(phase) (1U << PHASE_##phase)
#define WHILE(status) (1U << STATUS_##status)
#define IN_WORK (IN(TRIAGE) | IN(DELIBERATE) | IN(DECIDE) | IN(ACT))
#define IN_ANY (IN_WORK | IN(EVALUATE))
#define WHILE_LIVE (WHILE(OPEN) | WHILE(HELD) | WHILE(PARKED))
#define NAME(n) .name = n, .verb = "issue." n

static const struct transition transitions[] = {
	{ NAME("triage.accept"), .label = "受理", .phases = IN(TRIAGE), .statuses = WHILE(OPEN), .to = PHASE_COUNT, .need = MAY_ISSUE_TRIAGE,
	  .form = "phase-accept", .help = "先答应下来，随后再定去向", .guard = guard_accept, .effect = flow_accept },
	{ NAME("triage.direct"), .label = "直办", .phases = IN(TRIAGE), .statuses = WHILE(OPEN), .to = PHASE_ACT, .need = MAY_ISSUE_TRIAGE,
	  .form = "phase-triage", .result = "direct", .help = "社区自己办：定下责任人，进入办事", .effect = flow_direct },
	{ NAME("triage.refer"), .label = "转办", .phases = IN(TRIAGE), .statuses = WHILE(OPEN), .to = PHASE_ACT, .need = MAY_ISSUE_TRIAGE,
	  .form = "phase-refer", .result = "refer", .help = "由外单位办：写明单位和预计答复日，社区跟进", .effect = flow_refer },
	{ NAME("triage.deliberate"), .label = "议事", .phases = IN(TRIAGE), .statuses = WHILE(OPEN), .to = PHASE_DELIBERATE,
	  .need = MAY_ISSUE_TRIAGE, .form = "phase-deliberate", .result = "deliberate", .help = "要和大家商量：等议事会", .effect = flow_deliberate },
	{ NAME("triage.join"), .label = "并入", .phases = IN(TRIAGE), .statuses = WHILE(OPEN), .to = PHASE_COUNT, .need = MAY_ISSUE_TRIAGE,
	  .form = "phase-join", .result = "join", .flags = STEP_SERIOUS, .help = "和另一件是同一件事：提事人转为那件的附议人", .effect = flow_join },
	{ NAME("triage.refuse"), .label = "不予受理", .phases = IN(TRIAGE), .statuses = WHILE(OPEN), .to = PHASE_COUNT, .need = MAY_ISSUE_TRIAGE,
	  .form = "phase-refuse", .result = "refuse", .flags = STEP_SERIOUS, .help = "写明理由并告知提事人，事项就此了结", .effect = flow_refuse },
	{ NAME("deliberate.back"), .label = "退回理事", .phases = IN(DELIBERATE) | IN(DECIDE), .statuses = WHILE(OPEN), .to = PHASE_TRIAGE,
	  .need = MAY_ISSUE_TRIAGE, .form = "phase-back", .result = "back", .help = "不再议，重新定去向", .effect = flow_back },
	{ NAME("deliberate.passed"), .label = "议定", .phases = IN(DELIBERATE), .statuses = WHILE_LIVE, .to = PHASE_DECIDE, .need = MAY_MEETING_EDIT,
	  .result = "passed", .flags = STEP_BY_RECORD, .help = "表决通过，进入定事", .effect = flow_passed },
	{ NAME("decide.act"), .label = "执行决议", .phases = IN(DECIDE), .statuses = WHILE(OPEN), .to = PHASE_ACT, .need = MAY_DECISION_EDIT,
	  .result = "decided", .flags = STEP_BY_RECORD, .help = "决议已批准并公示，按决议办理", .effect = flow_decided },
	{ NAME("decide.settled"), .label = "了结决议", .phases = IN(DECIDE), .statuses = WHILE(OPEN), .to = PHASE_EVALUATE, .need = MAY_DECISION_EDIT,
	  .result = "settled", .flags = STEP_BY_RECORD, .help = "决议不需办理，交提事人评价", .effect = flow_settled },
	{ NAME("act.progress"), .label = "进展", .phases = IN_ANY, .statuses = WHILE_LIVE, .to = PHASE_COUNT, .need = MAY_ISSUE_ACT,
	  .form = "progress", .flags = STEP_APPENDS | STEP_TARGET, .help = "记一笔进展；选了任务的，可同时改任务状态", .effect = flow_progress },
	{ NAME("act.task"), .label = "新增任务", .phases = IN(ACT), .statuses = WHILE(OPEN), .to = PHASE_COUNT, .need = MAY_ISSUE_ACT,
	  .form = "action", .flags = STEP_APPENDS, .help = "再加一项任务：谁来做、几时做完", .effect = flow_task },
	{ NAME("act.change"), .label = "改任务", .phases = IN(ACT), .statuses = WHILE(OPEN), .to = PHASE_COUNT, .need = MAY_ISSUE_ACT,
	  .form = "action", .flags = STEP_APPENDS | STEP_TARGET, .help = "改任务的内容、责任人或期限", .effect = flow_change_task },
	{ NAME("act.assign"), .label = "改派", .phases = IN(ACT), .statuses = WHILE(OPEN), .to = PHASE_COUNT, .need = MAY_ISSUE_TRIAGE,
	  .form = "phase-assign", .help = "换一位责任人，他的未完成任务一并转过去", .effect = flow_assign },
	{ NAME("act.done"), .label = "办结", .phases = IN(ACT), .statuses = WHILE(OPEN), .to = PHASE_EVALUATE, .need = MAY_ISSUE_ACT,
	  .form = "phase-act", .result = "done", .help = "写明结果和佐证，交提事人评价", .guard = guard_done, .effect = flow_done },
	{ NAME("act.back"), .label = "退回理事", .phases = IN(ACT), .statuses = WHILE(OPEN), .to = PHASE_TRIAGE, .need = MAY_ISSUE_ACT,
	  .form = "phase-back", .result = "back", .flags = STEP_SERIOUS, .help = "办不了或不该我办：取消未完成任务，重新定去向", .effect = flow_back },
	{ NAME("evaluate.answer"), .label = "评价", .phases = IN(EVALUATE), .statuses = WHILE(OPEN), .to = PHASE_COUNT, .need = MAY_ISSUE_EVALUATE,
	  .form = "phase-evaluate", .help = "记下提事人的回答：满意就结案，不满意或没解决就重办", .effect = flow_evaluate },
	{ NAME("evaluate.unreached"), .label = "未联系上结案", .phases = IN(EVALUATE), .statuses = WHILE(OPEN), .to = PHASE_COUNT,
	  .need = MAY_ISSUE_EVALUATE, .form = "phase-back", .result = "unreached", .flags = STEP_SERIOUS, .help = "多次回访都没有联系上，按办理结论结案",
	  .guard = guard_unreached, .effect = flow_unreached },
	{ NAME("hold"), .label = "挂起", .phases = IN_ANY, .statuses = WHILE(OPEN), .to = PHASE_COUNT, .need = MAY_ISSUE_SUSPEND,
	  .form = "suspension-hold", .help = "在等别人或天气：停止计时，到日子提醒", .effect = flow_hold },
	{ NAME("park"), .label = "搁置", .phases = IN_ANY, .statuses = WHILE(OPEN) | WHILE(HELD), .to = PHASE_COUNT, .need = MAY_ISSUE_SUSPEND,
	  .form = "suspension-park", .help = "现在办不了：写明缺什么，到复核日再看", .effect = flow_park },
	{ NAME("resume"), .label = "恢复", .phases = IN_ANY, .statuses = WHILE(HELD), .to = PHASE_COUNT, .need = MAY_ISSUE_SUSPEND,
	  .form = "suspension-end", .help = "恢复计时，期限按停下的工作日顺延", .effect = flow_resume },
	{ NAME("unpark"), .label = "启用", .phases = IN_ANY, .statuses = WHILE(PARKED), .to = PHASE_COUNT, .need = MAY_ISSUE_SUSPEND,
	  .form = "suspension-end", .help = "条件有了：恢复办理，期限按停下的工作日顺延", .effect = flow_resume },
	{ NAME("extension.ask"), .label = "申请延期", .phases = IN_WORK, .statuses = WHILE(OPEN), .to = PHASE_COUNT, .need = MAY_EXTENSION_ASK,
	  .form = "extension", .flags = STEP_APPENDS, .help = "期满前说明理由，由书记批准", .guard = guard_ask, .effect = flow_ask_extension },
	{ NAME("extension.approve"), .label = "批准延期", .phases = IN_WORK, .statuses = WHILE_LIVE, .to = PHASE_COUNT, .need = MAY_EXTENSION_DECIDE,
	  .form = "extension-decide", .help = "同意延期，期限随之后移", .guard = guard_decide, .effect = flow_approve_extension },
	{ NAME("extension.refuse"), .label = "不批准延期", .phases = IN_WORK, .statuses = WHILE_LIVE, .to = PHASE_COUNT, .need = MAY_EXTENSION_DECIDE,
	  .form = "extension-decide", .help = "不同意延期，期限不变", .guard = guard_decide, .effect = flow_refuse_extension },
	{ NAME("withdraw"), .label = "撤回", .phases = IN_ANY, .statuses = WHILE_LIVE, .to = PHASE_COUNT, .need = MAY_ISSUE_EDIT,
	  .form = "phase-back", .result = "withdrawn", .flags = STEP_SERIOUS, .help = "提事人自己不再要求，事项就此了结", .effect = flow_withdraw },
	{ NAME("reopen"), .label = "重开", .phases = IN_ANY, .statuses = WHILE(CLOSED), .to = PHASE_COUNT, .need = MAY_ISSUE_REOPEN,
	  .form = "phase-back", .flags = STEP_SERIOUS, .help = "已结的事项再办：办过的回到办事，没办过的回到理事", .effect = flow_reopen },
	{ NAME("step.undo"), .label = "退回上一步", .phases = IN(DELIBERATE) | IN(DECIDE) | IN(ACT) | IN(EVALUATE), .statuses = WHILE(OPEN),
	  .to = PHASE_COUNT, .need = MAY_STEP_UNDO, .form = "phase-back", .result = "undone", .flags = STEP_SERIOUS,
	  .help = "上一步做错了，退回重做：未完成任务取消，理由留在记录里", .effect = flow_undo },
};
_Static_assert(COUNT(transitions) <= TRANSITIONS_MAX, "screens hold TRANSITIONS_MAX offers");

const struct transition *transition_find(const char *name)
{
	for (size_t i = 0; i < COUNT(transitions); i++)
		if (strcmp(transitions[i].name, name) == 0)
			return &transitions[i];
	return NULL;
}

const char *transition_verb_label(const char *verb)
{
	for (size_t i = 0; verb && i < COUNT(transitions); i++)
		if (strcmp(transitions[i].verb, verb) == 0)
			return transitions[i].label;
	return NULL;
}

/* Offers ------------------------------------------------------------------------------------------------------------------------ */

static bool is_here(const struct transition *t, const struct issue *it)
{
	return !it->deleted && (t->phases & 1U << it->phase) && (t->statuses & 1U << it->status);
}

/* Role, grid and guard; that it is the right step was asked before. Whoever has a task of it may add to it; what a meeting or a decision says of a
 * matter isn't the grid's. */
static enum rc may_take(const struct office *of, const struct issue *it, const struct transition *t, struct err *e)
{
	bool anyone = (t->flags & STEP_BY_RECORD) || ((t->flags & STEP_APPENDS) && it->my_actions > 0);
	enum rc rc;

	if ((rc = office_require(of, t->need, e)) != RC_OK || (!anyone && (rc = issue_require_own(of, it, e)) != RC_OK))
		return rc;
	return t->guard ? t->guard(of, it, e) : RC_OK;
}

size_t issue_transitions(const struct office *of, const struct issue *it, struct offer *out, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT(transitions) && n < max; i++) {
		const struct transition *t = &transitions[i];
		struct err e = { 0 };

		if (!is_here(t, it) || (t->flags & STEP_BY_RECORD))
			continue;
		out[n] = (struct offer){ .transition = t, .allowed = may_take(of, it, t, &e) == RC_OK };
		snprintf(out[n++].why_not, sizeof out->why_not, "%s", e.text);
	}
	return n;
}

/* Taking one -------------------------------------------------------------------------------------------------------------------- */

/* Is it still as the person saw it? */
static enum rc check_unmoved(const struct office *of, const struct issue *seen, const struct issue *it, const struct transition *t, struct err *e)
{
	AUTO_STRBUF state = { 0 };

	issue_state(of, it, &state);
	if (it->deleted)
		return err_set(e, RC_NOTFOUND, NULL, "%s 已删除", it->number);
	if (it->rev != seen->rev && !(t->flags & STEP_APPENDS))
		return err_set(e, RC_CONFLICT, NULL, "%s 刚被别人改动（现在：%s），请看过后再办", it->number, strbuf_str(&state));
	if (is_here(t, it))
		return RC_OK;
	if (it->rev != seen->rev)
		return err_set(e, RC_CONFLICT, NULL, "%s 刚被别人改动（现在：%s），不能再%s", it->number, strbuf_str(&state), t->label);
	return err_set(e, RC_INVALID, NULL, "%s 现在是「%s」，不能%s", it->number, strbuf_str(&state), t->label);
}

static struct standing standing_of(const struct issue *it)
{
	return (struct standing){
		.phase = it->phase, .status = it->status, .phase_at = it->phase_at, .closed_at = it->closed_at, .accepted_at = it->accepted_at,
		.handler_id = it->handler_id, .joined_id = it->joined_id, .due_day = it->due_day, .reopened = it->reopened, .party = it->party,
		.unit_in_charge = it->unit_in_charge, .closing = it->closing, .satisfaction = it->satisfaction, .due_rule = it->due_rule,
	};
}

static bool is_same(const struct standing *a, const struct standing *b)
{
	return a->phase == b->phase && a->status == b->status && a->phase_at == b->phase_at && a->closed_at == b->closed_at &&
	       a->accepted_at == b->accepted_at && a->handler_id == b->handler_id && a->joined_id == b->joined_id && a->due_day == b->due_day &&
	       a->reopened == b->reopened && strcmp(a->party, b->party) == 0 && strcmp(a->unit_in_charge, b->unit_in_charge) == 0 &&
	       strcmp(a->closing, b->closing) == 0 && strcmp(a->satisfaction, b->satisfaction) == 0 && strcmp(a->due_rule, b->due_rule) == 0;
}

/* The issue's new state, in one update; a step that changes none of it leaves the row alone. */
static enum rc write_standing(const struct step *s, struct err *e)
{
	static const char sql[] =
		"UPDATE issue SET phase = :phase, status = :status, phase_at = :phase_at, closed_at = :closed_at, accepted_at = :accepted_at,"
		" handler_id = :handler, joined_id = :joined, due_day = :due, reopened = :reopened, party = :party, unit_in_charge = :unit,"
		" closing = :closing, satisfaction = :satisfaction, due_rule = :rule, rev = rev + 1 WHERE id = :id";
	const struct standing *to = &s->to, from = standing_of(s->it);
	AUTO_STMT q = stmt_use(s->of->st, sql);

	if (is_same(&from, to))
		return RC_OK;
	bind_int(&q, ":id", s->it->id);
	bind_text(&q, ":phase", phase_key(to->phase));
	bind_text(&q, ":status", status_key(to->status));
	bind_id(&q, ":phase_at", to->phase_at);
	bind_id(&q, ":closed_at", to->closed_at);
	bind_id(&q, ":accepted_at", to->accepted_at);
	bind_id(&q, ":handler", to->handler_id);
	bind_id(&q, ":joined", to->joined_id);
	bind_day(&q, ":due", to->due_day);
	bind_int(&q, ":reopened", to->reopened);
	bind_words(&q, ":party", to->party);
	bind_words(&q, ":unit", to->unit_in_charge);
	bind_words(&q, ":closing", to->closing);
	bind_words(&q, ":satisfaction", to->satisfaction);
	bind_words(&q, ":rule", to->due_rule);
	return stmt_run(&q, e);
}

static enum rc take(struct step *s, const struct issue *seen, struct err *e)
{
	enum rc rc;

	if ((rc = check_unmoved(s->of, seen, s->it, s->t, e)) != RC_OK || (rc = may_take(s->of, s->it, s->t, e)) != RC_OK)
		return rc;
	s->to = standing_of(s->it);
	if ((rc = s->t->effect(s, e)) != RC_OK)
		return rc;
	return write_standing(s, e);
}

enum rc issue_step(struct office *of, const struct issue *it, const struct transition *t, int64_t target, struct record *fields, struct err *e)
{
	AUTO_TXN txn = { 0 };
	AUTO_ISSUE fresh = { 0 };
	AUTO_RECORD own = { 0 };
	AUTO_ARENA strings = { 0 };
	struct step s = { .of = of, .t = t, .target = target, .strings = &strings, .now = office_now(of), .today = office_today(of) };
	enum rc rc;

	if (fields) {
		record_copy(&own, fields);
		s.fields = &own;
	}
	if ((rc = office_require(of, t->need, e)) != RC_OK || (rc = txn_begin(&txn, of->st, t->verb, e)) != RC_OK ||
	    (rc = issue_read(of, it->id, &fresh, e)) != RC_OK)
		return rc;
	s.it = &fresh;
	if ((rc = take(&s, it, e)) != RC_OK || (rc = txn_commit(&txn, e)) != RC_OK)
		return rc;
	if (fields)
		record_copy(fields, &own);
	return RC_OK;
}
