/* The list of issues: its row, its orders, its cells as people read them. */
#include "domain/issue_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "issue_rules.h"
#include "number.h"

const struct list_spec issue_list_spec = {
	.table = "issue",
	.row =
		"SELECT issue.number, issue.title, grid.code, issue.category, issue.urgency, issue.phase, issue.status, issue.due_day, account.name,"
		" issue.raised_at, coalesce(building.place_text, '') || coalesce(' ' || issue.place_note, ''),"
		" (SELECT count(DISTINCT coalesce(resident_id, id)) FROM support WHERE support.issue_id = issue.id AND support.deleted_at IS NULL),"
		" issue.reopened, issue.closing, issue.satisfaction"
		" FROM issue LEFT JOIN grid ON grid.id = issue.grid_id LEFT JOIN account ON account.id = issue.handler_id"
		" LEFT JOIN building ON building.id = issue.building_id WHERE issue.id = :id",
	.n_columns = ISSUE_LIST_COLUMNS,
	.live = "issue.deleted_at IS NULL",
	.reads = TABLE_BIT(ISSUE) | TABLE_BIT(GRID) | TABLE_BIT(ACCOUNT) | TABLE_BIT(BUILDING) |
	         TABLE_BIT(SUPPORT),
};

const struct issue_column_info issue_columns[ISSUE_COLUMN_COUNT] = {
	[ISSUE_NUMBER]       = { "number",       "编号",     10 },
	[ISSUE_TITLE]        = { "title",        "标题",     0 },
	[ISSUE_GRID]         = { "grid",         "网格",     5 },
	[ISSUE_CATEGORY]     = { "category",     "分类",     14 },
	[ISSUE_URGENCY]      = { "urgency",      "紧急程度", 8 },
	[ISSUE_PHASE]        = { "phase",        "步骤",     4 },
	[ISSUE_STATUS]       = { "status",       "进行状态", 8 },
	[ISSUE_DUE]          = { "due",          "期限",     10 },
	[ISSUE_HANDLER]      = { "handler",      "责任人",   8 },
	[ISSUE_RAISED]       = { "raised",       "登记日",   10 },
	[ISSUE_PLACE]        = { "place",        "地点",     20 },
	[ISSUE_SUPPORTERS]   = { "supporters",   "附议",     4 },
	[ISSUE_REOPENED]     = { "reopened",     "重办",     4 },
	[ISSUE_CLOSING]      = { "closing",      "结案类型", 12 },
	[ISSUE_SATISFACTION] = { "satisfaction", "满意度",   10 },
	[ISSUE_STATE]        = { "state",        "状态",     13 },
	[ISSUE_LATE]         = { "late",         "逾期",     9 },
};

const struct issue_order issue_orders[] = {
	{ "raised",   "登记时间，新的在前", { "raised_at", true } },
	{ "oldest",   "登记时间，旧的在前", { "raised_at", false } },
	{ "due",      "期限，急的在前",     { "due_day", false } },
	{ "number",   "编号",               { "number", true } },
	{ "grid",     "网格",               { "grid_id", false } },
	{ "category", "分类",               { "category", false } },
};
const size_t issue_order_count = COUNT(issue_orders);

static int32_t row_day(const struct list *l, size_t i, enum issue_column column)
{
	const char *text = list_text(l, i, column);

	return text[0] ? (int32_t)strtol(text, NULL, 10) : DAY_NONE;
}

static int64_t row_instant(const struct list *l, size_t i, enum issue_column column)
{
	return strtoll(list_text(l, i, column), NULL, 10);
}

int issue_row_late(const struct office *of, const struct list *l, size_t i)
{
	return issue_lateness(of, phase_from_key(list_text(l, i, ISSUE_PHASE)), status_from_key(list_text(l, i, ISSUE_STATUS)),
	                      row_day(l, i, ISSUE_DUE), office_today(of));
}

/* Code lists of the columns that hold a code. */
static const char *column_codes(enum issue_column column)
{
	switch (column) {
	case ISSUE_CATEGORY:     return "category";
	case ISSUE_URGENCY:      return "urgency";
	case ISSUE_PHASE:        return "phase";
	case ISSUE_STATUS:       return "issue_status";
	case ISSUE_CLOSING:      return "closing";
	case ISSUE_SATISFACTION: return "satisfaction";
	default:                 return NULL;
	}
}

void issue_late_words(enum phase phase, enum issue_status status, int32_t due_day, int late, int32_t today, struct strbuf *out)
{
	if (late > 0)
		strbuf_format(out, "逾期%d天", late);
	else if (status == STATUS_OPEN && phase != PHASE_EVALUATE && due_day == today)
		strbuf_add(out, "今天到期");
}

static void show_late(const struct office *of, const struct list *l, size_t i, struct strbuf *out)
{
	issue_late_words(phase_from_key(list_text(l, i, ISSUE_PHASE)), status_from_key(list_text(l, i, ISSUE_STATUS)), row_day(l, i, ISSUE_DUE),
	                 issue_row_late(of, l, i), office_today(of), out);
}

void issue_cell(const struct office *of, const struct list *l, size_t i, enum issue_column column, struct strbuf *out)
{
	const char *text = column < ISSUE_LIST_COLUMNS ? list_text(l, i, column) : "";

	switch (column) {
	case ISSUE_NUMBER:
		number_short(text, office_today(of), out);
		break;
	case ISSUE_DUE:
		day_format_near(out, row_day(l, i, column), office_today(of));
		break;
	case ISSUE_RAISED:
		if (text[0])
			day_format_near(out, day_of_instant(row_instant(l, i, column)), office_today(of));
		break;
	case ISSUE_SUPPORTERS:
	case ISSUE_REOPENED:
		strbuf_add(out, strcmp(text, "0") == 0 ? "" : text);
		break;
	case ISSUE_STATE:
		if (list_text(l, i, ISSUE_PHASE)[0])
			issue_state_words(of, phase_from_key(list_text(l, i, ISSUE_PHASE)), status_from_key(list_text(l, i, ISSUE_STATUS)),
			                  list_text(l, i, ISSUE_CLOSING), out);
		break;
	case ISSUE_LATE:
		show_late(of, l, i, out);
		break;
	default:
		strbuf_add(out, column_codes(column) ? office_code_label(of, column_codes(column), text) : text);
	}
}
