/* The lists of the head's screen. */
#include "ui/screens/review_columns.h"

#include "domain/issue_list.h"
#include "domain/review.h"
#include "ui/widgets/issue_find.h"

static void show_decision(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	(void)style;
	review_decision_cell(app->of, l, i, (enum review_decision_column)source, out);
}

static void show_outcome(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	review_outcome_cell(app->of, l, i, (enum review_column)source, out);
	if (source == REVIEW_LATE || source == REVIEW_REOPENED)
		*style = STYLE_WARNING;
}

static void show_issue(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	issue_cell(app->of, l, i, (enum issue_column)source, out);
	if (source == ISSUE_LATE)
		*style = STYLE_WARNING;
}

static void show_objection(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	(void)style;
	review_objection_cell(app->of, l, i, (enum review_objection_column)source, out);
}

static const struct view_column decision_columns[] = {
	{ .title = "编号", .width_cols = 15, .source = REVIEW_DECISION_NUMBER,    .show = show_decision },
	{ .title = "决议", .width_cols = 0,  .source = REVIEW_DECISION_TEXT,      .show = show_decision },
	{ .title = "经费", .width_cols = 12, .source = REVIEW_DECISION_COST,      .show = show_decision, .align = ALIGN_RIGHT },
	{ .title = "起草", .width_cols = 6,  .source = REVIEW_DECISION_AUTHOR,    .show = show_decision },
	{ .title = "送批", .width_cols = 6,  .source = REVIEW_DECISION_SUBMITTED, .show = show_decision },
	{ .title = "会议", .width_cols = 14, .source = REVIEW_DECISION_MEETING,   .show = show_decision },
};

static const struct view_column outcome_columns[] = {
	{ .title = "编号",     .width_cols = 12, .source = REVIEW_NUMBER, .order = "raised_at", .show = show_outcome },
	{ .title = "标题",     .width_cols = 0,  .source = REVIEW_TITLE,  .show = show_outcome },
	{ .title = "应办",     .width_cols = 8,  .source = REVIEW_DUE,    .order = "due_day",   .show = show_outcome },
	{ .title = "办结",     .width_cols = 8,  .source = REVIEW_DONE,   .show = show_outcome },
	{ .title = "逾期",     .width_cols = 5,  .source = REVIEW_LATE,   .show = show_outcome },
	{ .title = "各步天数", .width_cols = 12, .source = REVIEW_DAYS,   .show = show_outcome },
	{ .title = "满意",     .width_cols = 8,  .source = REVIEW_SATISFACTION, .show = show_outcome },
	{ .title = "重办",     .width_cols = 4,  .source = REVIEW_REOPENED, .show = show_outcome },
};

static const struct view_column overdue_columns[] = {
	{ .title = "编号",   .width_cols = 12, .source = ISSUE_NUMBER,  .order = "raised_at", .show = show_issue },
	{ .title = "标题",   .width_cols = 0,  .source = ISSUE_TITLE,   .show = show_issue },
	{ .title = "网格",   .width_cols = 5,  .source = ISSUE_GRID,    .order = "grid_id",   .show = show_issue },
	{ .title = "状态",   .width_cols = 8,  .source = ISSUE_STATE,   .show = show_issue },
	{ .title = "期限",   .width_cols = 6,  .source = ISSUE_DUE,     .order = "due_day",   .show = show_issue },
	{ .title = "逾期",   .width_cols = 9,  .source = ISSUE_LATE,    .show = show_issue },
	{ .title = "责任人", .width_cols = 8,  .source = ISSUE_HANDLER, .show = show_issue },
};

static const struct view_column objection_columns[] = {
	{ .title = "决议",   .width_cols = 15, .source = REVIEW_OBJECTION_NUMBER, .show = show_objection },
	{ .title = "异议",   .width_cols = 0,  .source = REVIEW_OBJECTION_TEXT,   .show = show_objection },
	{ .title = "姓名",   .width_cols = 8,  .source = REVIEW_OBJECTION_NAME,   .show = show_objection },
	{ .title = "提出",   .width_cols = 6,  .source = REVIEW_OBJECTION_AT,     .show = show_objection },
	{ .title = "公示至", .width_cols = 6,  .source = REVIEW_OBJECTION_UNTIL,  .show = show_objection },
};

const struct review_list review_lists[REVIEW_LISTS] = {
	[REVIEW_APPROVE]    = { &review_decision_spec, decision_columns, COUNT(decision_columns), { "at", false }, NULL },
	[REVIEW_OUTCOMES]   = { &review_outcome_spec, outcome_columns, COUNT(outcome_columns), { "raised_at", true }, issue_find_rule },
	[REVIEW_OVERDUE]    = { &issue_list_spec, overdue_columns, COUNT(overdue_columns), { "due_day", false }, issue_find_rule },
	[REVIEW_OBJECTIONS] = { &review_objection_spec, objection_columns, COUNT(objection_columns), { "id", false }, NULL },
};

/* Beside a row ------------------------------------------------------------------------------------------------------------------------ */

static const struct { size_t source; const char *label; } decision_facts[] = {
	{ REVIEW_DECISION_ITEM, "议题" }, { REVIEW_DECISION_MEETING, "会议" }, { REVIEW_DECISION_PARTY, "责任主体" }, { REVIEW_DECISION_COST, "经费" },
	{ REVIEW_DECISION_SOURCE, "经费来源" }, { REVIEW_DECISION_TASKS, "任务" }, { REVIEW_DECISION_NO_ACTION, "不需办理" }, { REVIEW_DECISION_AUTHOR, "起草" },
	{ REVIEW_DECISION_SUBMITTED, "送批" },
};
static const struct { size_t source; const char *label; } objection_facts[] = {
	{ REVIEW_OBJECTION_NAME, "姓名" }, { REVIEW_OBJECTION_AT, "提出" }, { REVIEW_OBJECTION_UNTIL, "公示至" }, { REVIEW_OBJECTION_DECISION, "决议" },
};

static void fill_decision(const struct app *app, const struct list_view *v, struct card_view *card)
{
	card_view_heading(card, list_text(v->list, v->cursor, REVIEW_DECISION_NUMBER));
	card_view_line(card, list_text(v->list, v->cursor, REVIEW_DECISION_TEXT), STYLE_STRONG, 0, 0);
	for (size_t i = 0; i < COUNT(decision_facts); i++) {
		AUTO_STRBUF text = { 0 };

		review_decision_cell(app->of, v->list, v->cursor, (enum review_decision_column)decision_facts[i].source, &text);
		if (text.n)
			card_view_fact(card, decision_facts[i].label, strbuf_str(&text), STYLE_TEXT, 0, 0);
	}
}

static void fill_objection(const struct app *app, const struct list_view *v, struct card_view *card)
{
	card_view_heading(card, list_text(v->list, v->cursor, REVIEW_OBJECTION_NUMBER));
	card_view_line(card, list_text(v->list, v->cursor, REVIEW_OBJECTION_TEXT), STYLE_STRONG, 0, 0);
	for (size_t i = 0; i < COUNT(objection_facts); i++) {
		AUTO_STRBUF text = { 0 };

		review_objection_cell(app->of, v->list, v->cursor, (enum review_objection_column)objection_facts[i].source, &text);
		if (text.n)
			card_view_fact(card, objection_facts[i].label, strbuf_str(&text), STYLE_TEXT, 0, 0);
	}
}

void review_card_fill(const struct app *app, enum review_tab tab, const struct list_view *v, struct card_view *card)
{
	card_view_clear(card);
	if (list_view_id(v) == 0)
		return;
	if (tab == REVIEW_APPROVE)
		fill_decision(app, v, card);
	else
		fill_objection(app, v, card);
}
