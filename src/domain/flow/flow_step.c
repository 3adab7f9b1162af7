/* What the effects of steps share: fields, the rows of table phase that are left and entered, the end of an issue, a first task. */
#include "flow.h"

#include <string.h>

#include "base/day.h"
#include "deliberation/agenda_inside.h"
#include "domain/deadline.h"
#include "issue/issue_codes.h"
#include "store/stmt.h"

static bool has_field(const struct step *s, const char *field)
{
	return s->fields && form_field(s->fields->form, field);
}

const char *step_text(const struct step *s, const char *field)
{
	return has_field(s, field) ? record_text(s->fields, field) : "";
}

int64_t step_number(const struct step *s, const char *field, int64_t none)
{
	return has_field(s, field) ? record_number(s->fields, field, none) : none;
}

enum rc step_save(struct step *s, struct err *e)
{
	return record_save(s->of->st, s->fields, s->t->verb, e);
}

enum rc step_save_on(struct step *s, int64_t id, int64_t rev, struct err *e)
{
	s->fields->id = id;
	s->fields->rev = rev;
	return step_save(s, e);
}

enum rc step_leave(struct step *s, const char *result, struct err *e)
{
	enum rc rc;

	if (s->fields && strcmp(s->fields->form->table, "phase") == 0 && s->it->phase_id &&
	    (rc = step_save_on(s, s->it->phase_id, s->it->phase_rev, e)) != RC_OK)
		return rc;
	return phase_close(s->of, s->it->phase_id, result, s->now, e);
}

/* The step's own deadline; 办事 has the issue's. */
static int32_t step_due(const struct step *s, enum phase phase)
{
	enum deadline_kind kind = phase == PHASE_TRIAGE ? DEADLINE_ACCEPT : DEADLINE_EVALUATE;

	if (phase != PHASE_TRIAGE && phase != PHASE_EVALUATE)
		return DAY_NONE;
	return deadline_due(s->of->deadlines, s->of->calendar, kind, s->it->category, s->it->urgency, s->today, NULL);
}

enum rc step_enter(struct step *s, enum phase phase, int round, int64_t *phase_id, struct err *e)
{
	struct phase_row row = {
		.issue_id = s->it->id, .phase = phase, .round = round, .at = s->now, .due_day = step_due(s, phase),
		.handler_id = s->to.handler_id, .party = s->to.party, .unit_in_charge = s->to.unit_in_charge,
	};
	int64_t id;
	enum rc rc;

	if ((rc = phase_open(s->of, &row, &id, e)) != RC_OK)
		return rc;
	s->to.phase = phase;
	s->to.phase_at = s->now;
	s->to.status = STATUS_OPEN;
	if (phase_id)
		*phase_id = id;
	return RC_OK;
}

enum rc step_end(struct step *s, const char *closing, struct err *e)
{
	enum rc rc;

	if ((s->it->suspension_id && (rc = suspension_end(s, e)) != RC_OK) ||
	    (rc = agenda_leave_issue(s->of, s->it->id, office_code_label(s->of, "closing", closing), e)) != RC_OK)
		return rc;
	s->to.status = STATUS_CLOSED;
	s->to.closed_at = s->now;
	s->to.closing = closing;
	return RC_OK;
}

enum rc step_new_task(struct step *s, const char *title, int round, const char *partner, int32_t promised_day, struct err *e)
{
	struct action_row row = {
		.issue_id = s->it->id, .round = round, .at = s->now, .title = title, .party = s->to.party, .owner_id = s->to.handler_id, .partner = partner,
		.promised_day = promised_day, .due_day = promised_day != DAY_NONE ? promised_day : s->to.due_day,
	};

	return action_open(s->of, &row, NULL, e);
}
