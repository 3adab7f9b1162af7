/* What waits for the head: decisions to approve, and objections that nobody has answered. */
#include "domain/review.h"

#include <stdlib.h>

#include "base/day.h"
#include "decision_rules.h"
#include "issue/issue_rules.h"

const struct list_spec review_decision_spec = {
	.table = "decision",
	.row =
		"SELECT decision.number, decision.text, decision.cost_fen, account.name, meeting.number, coalesce(decision.submitted_at, decision.at), item.title,"
		" decision.party, decision.source, (SELECT group_concat(task.title, '；') FROM decision_task AS task WHERE task.decision_id = decision.id"
		"  AND task.deleted_at IS NULL), decision.no_action"
		" FROM decision LEFT JOIN account ON account.id = decision.author_id LEFT JOIN meeting ON meeting.id = decision.meeting_id"
		" LEFT JOIN agenda_item AS item ON item.id = decision.agenda_item_id WHERE decision.id = :id",
	.n_columns = REVIEW_DECISION_COLUMNS,
	.live = "decision.state = 'submitted' AND decision.deleted_at IS NULL",
	.reads = TABLE_BIT(DECISION) | TABLE_BIT(DECISION_TASK) | TABLE_BIT(ACCOUNT) | TABLE_BIT(MEETING) |
	         TABLE_BIT(AGENDA_ITEM),
};

const struct list_spec review_objection_spec = {
	.table = "objection",
	.row =
		"SELECT decision.number, objection.text, coalesce(objection.name, resident.name), objection.at, notice.to_day, decision.text, decision.id"
		" FROM objection LEFT JOIN notice ON notice.id = objection.notice_id LEFT JOIN decision ON decision.id = notice.decision_id"
		" LEFT JOIN resident ON resident.id = objection.resident_id WHERE objection.id = :id",
	.n_columns = REVIEW_OBJECTION_COLUMNS,
	.live = "objection.state = 'open' AND objection.deleted_at IS NULL",
	.reads = TABLE_BIT(OBJECTION) | TABLE_BIT(NOTICE) | TABLE_BIT(DECISION) | TABLE_BIT(RESIDENT),
};

static void add_day(const struct office *of, int32_t day, struct strbuf *out)
{
	day_format_near(out, day, office_today(of));
}

static void add_instant(const struct office *of, const char *text, struct strbuf *out)
{
	if (text[0])
		add_day(of, day_of_instant(strtoll(text, NULL, 10)), out);
}

void review_decision_cell(const struct office *of, const struct list *l, size_t i, enum review_decision_column column, struct strbuf *out)
{
	const char *text = list_text(l, i, column);

	switch (column) {
	case REVIEW_DECISION_COST:
		if (text[0])
			decision_add_money(of, strtoll(text, NULL, 10), out);
		break;
	case REVIEW_DECISION_SUBMITTED:
		add_instant(of, text, out);
		break;
	case REVIEW_DECISION_PARTY:
		strbuf_add(out, office_code_label(of, "party", text));
		break;
	case REVIEW_DECISION_SOURCE:
		strbuf_add(out, office_code_label(of, "fund_source", text));
		break;
	default:
		strbuf_add(out, text);
	}
}

void review_objection_cell(const struct office *of, const struct list *l, size_t i, enum review_objection_column column, struct strbuf *out)
{
	const char *text = list_text(l, i, column);

	if (column == REVIEW_OBJECTION_AT)
		add_instant(of, text, out);
	else if (column == REVIEW_OBJECTION_UNTIL && text[0])
		add_day(of, (int32_t)strtol(text, NULL, 10), out);
	else
		strbuf_add(out, text);
}
