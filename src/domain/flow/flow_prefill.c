/* What a step's form shows before a person types: the form's defaults, and what is known of the issue. */
#include "domain/issue_flow.h"

#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "issue/issue_codes.h"
#include "issue/issue_rules.h"

#define HOLD_WORKDAYS 5
#define PARK_DAYS 30

enum rc issue_form_defaults(struct office *of, struct record *r, struct err *e)
{
	for (size_t i = 0; i < r->form->n; i++) {
		const struct field *f = &r->form->fields[i];
		enum rc rc;

		if (r->values[i].kind != VALUE_NONE || f->initial == NULL || f->initial[0] == '\0')
			continue;
		if ((rc = field_parse(f, f->initial, office_today(of), &r->values[i], e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

/* Set a field where the form has it and nothing stands there. */
static void offer_number(struct record *r, const char *field, int64_t value)
{
	if (form_field(r->form, field) && record_value(r, field)->kind == VALUE_NONE)
		value_set_number(record_value(r, field), value);
}

static void offer_text(struct record *r, const char *field, const char *value)
{
	if (form_field(r->form, field) && value[0])
		value_set_text(record_value(r, field), value);
}

/* Who is likely to be in charge: who is now, else the grid's worker, else whoever is asking. */
static enum rc offer_handler(struct office *of, const struct issue *it, struct record *r, const char *field, struct err *e)
{
	int64_t id = it->handler_id;
	enum rc rc;

	if (id == 0 && it->grid_id && (rc = issue_grid_worker(of, it->grid_id, &id, e)) != RC_OK)
		return rc;
	if (id == 0 && office_may(of, MAY_ISSUE_ACT))
		id = of->me.id;
	if (id)
		offer_number(r, field, id);
	return RC_OK;
}

static void offer_due(struct office *of, const struct issue *it, struct record *r, const char *field)
{
	int32_t today = office_today(of);

	if (it->due_day != DAY_NONE)
		offer_number(r, field, it->due_day < today ? today : it->due_day);
}

static void offer_review(struct office *of, struct record *r)
{
	int32_t today = office_today(of);

	if (strcmp(r->form->name, "suspension-park") == 0)
		offer_number(r, "review_day", calendar_add_workdays(of->calendar, today + PARK_DAYS, 0));
	else
		offer_number(r, "review_day", calendar_add_workdays(of->calendar, today, HOLD_WORKDAYS));
}

static void offer_evaluation(struct office *of, const struct issue *it, struct record *r)
{
	if (strcmp(it->reporter_kind, REPORTER_ANONYMOUS) == 0)
		offer_text(r, "rater", RATER_HANDLER);
	if (!issue_code_has_flag(of, "closing", it->claimed, FLAG_STEP))
		offer_text(r, "closing", it->claimed);
}

static enum rc offer_known(struct office *of, const struct issue *it, struct record *r, struct err *e)
{
	const char *table = r->form->table;

	if (strcmp(table, "action") == 0) {
		offer_due(of, it, r, "due_day");
		return offer_handler(of, it, r, "owner_id", e);
	}
	if (strcmp(table, "suspension") == 0)
		offer_review(of, r);
	if (strcmp(table, "evaluation") == 0)
		offer_evaluation(of, it, r);
	if (strcmp(table, "phase") != 0)
		return RC_OK;
	offer_text(r, "party", it->party);
	offer_due(of, it, r, "promised_day");
	return it->phase == PHASE_TRIAGE ? offer_handler(of, it, r, "handler_id", e) : RC_OK;
}

/* The row that a step works on: the task, the application, what was written at 受理. *row 0: a new one. */
static enum rc load_row(struct office *of, const struct issue *it, int64_t target, struct record *r, struct err *e)
{
	bool triage = it->phase == PHASE_TRIAGE && strcmp(r->form->table, "phase") == 0 && form_field(r->form, "text");
	int64_t row = 0;
	enum rc rc;

	if (strcmp(r->form->table, "action") == 0)
		row = target;
	else if (strcmp(r->form->name, "extension-decide") == 0)
		row = it->extension_id;
	else if (triage)
		row = it->phase_id;
	if (row == 0)
		return RC_OK;
	if ((rc = record_load(of->st, r->form, row, r, e)) == RC_OK && triage)
		r->id = r->rev = 0;       /* the step finds the row itself */
	return rc;
}

enum rc issue_step_prefill(struct office *of, const struct issue *it, const struct transition *t, int64_t target,
                           struct record *fields, struct err *e)
{
	AUTO_RECORD r = { 0 };
	const struct form *form = t->form ? form_find(of->forms, t->form) : NULL;
	enum rc rc;

	if (form == NULL)
		return err_set(e, RC_INVALID, NULL, "缺少表单 forms/%s.ini，不能办理「%s」", t->form ? t->form : "", t->label);
	record_init(&r, form);
	if ((rc = load_row(of, it, target, &r, e)) != RC_OK)
		return rc;
	if (r.id == 0 && ((rc = offer_known(of, it, &r, e)) != RC_OK || (rc = issue_form_defaults(of, &r, e)) != RC_OK))
		return rc;
	record_copy(fields, &r);
	return RC_OK;
}
