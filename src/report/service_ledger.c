/* 服务时长台账: the rows, then what they add up to by volunteer, service and month. No id number is in it and no telephone. */
#include "base/day.h"
#include "base/mem.h"
#include "domain/service_ledger.h"
#include "reports_inside.h"

static void add_number_or(struct report *r, int64_t number, int64_t none)
{
	if (number == none)
		report_empty(r);
	else
		report_number(r, number);
}

/* The law counts in hours; the minutes stand beside them, so that nothing is lost to rounding. */
static void add_entries(const struct office *of, struct report *r, const struct service_ledger *l)
{
	static const struct report_column columns[] = {
		{ "日期", REPORT_DAY }, { "姓名", REPORT_TEXT }, { "编号", REPORT_TEXT }, { "服务", REPORT_TEXT }, { "内容", REPORT_TEXT }, { "结果", REPORT_TEXT },
		{ "时长（小时）", REPORT_MINUTES }, { "核定（小时）", REPORT_MINUTES }, { "核定（分钟）", REPORT_NUMBER }, { "核定人", REPORT_TEXT },
	};

	report_table(r, "明细", columns, COUNT(columns));
	for (size_t i = 0; i < l->n; i++) {
		const struct service_entry *entry = &l->entries[i];

		add_number_or(r, entry->day, DAY_NONE);
		report_text(r, entry->name);
		report_text(r, entry->number);
		report_text(r, office_code_label(of, "service", entry->service));
		report_text(r, entry->content);
		report_text(r, office_code_label(of, "attendance_result", entry->result));
		add_number_or(r, entry->minutes, -1);
		add_number_or(r, entry->approved, -1);
		add_number_or(r, entry->approved, -1);
		report_text(r, entry->approver);
	}
}

#define SUM_COLUMNS { "核定（小时）", REPORT_MINUTES }, { "待核定（小时）", REPORT_MINUTES }, { "核定（次）", REPORT_NUMBER }, { "爽约（次）", REPORT_NUMBER }

static void add_sum(struct report *r, const struct service_sum *sum)
{
	report_number(r, sum->approved);
	report_number(r, sum->waiting);
	report_number(r, sum->times);
	report_number(r, sum->no_shows);
}

static void add_volunteers(struct report *r, const struct service_ledger *l)
{
	static const struct report_column columns[] = {
		{ "姓名", REPORT_TEXT }, { "编号", REPORT_TEXT }, SUM_COLUMNS, { "星级（累计）", REPORT_NUMBER },
	};

	report_table(r, "按志愿者", columns, COUNT(columns));
	for (size_t i = 0; i < l->n_volunteers; i++) {
		report_text(r, l->volunteers[i].name);
		report_text(r, l->volunteers[i].number);
		add_sum(r, &l->volunteers[i]);
		report_number(r, l->volunteers[i].stars);
	}
}

static void add_services(const struct office *of, struct report *r, const struct service_ledger *l)
{
	static const struct report_column columns[] = { { "服务", REPORT_TEXT }, SUM_COLUMNS };

	report_table(r, "按服务", columns, COUNT(columns));
	for (size_t i = 0; i < l->n_services; i++) {
		report_text(r, office_code_label(of, "service", l->services[i].service));
		add_sum(r, &l->services[i]);
	}
	report_chart(r, REPORT_BARS, "各项服务的时长", 1, 1);
}

static void add_months(struct report *r, const struct service_ledger *l)
{
	static const struct report_column columns[] = { { "月份", REPORT_MONTH }, SUM_COLUMNS };

	report_table(r, "按月", columns, COUNT(columns));
	for (size_t i = 0; i < l->n_months; i++) {
		add_number_or(r, l->months[i].month, DAY_NONE);
		add_sum(r, &l->months[i]);
	}
	report_chart(r, REPORT_BARS, "每月的服务时长", 1, 1);
}

enum rc fill_service_ledger(struct office *of, const struct report_query *q, struct report *r, struct err *e)
{
	const struct service_watch watch = { q->stop, q->context };
	struct service_ledger ledger;
	AUTO_ARENA a = { 0 };
	enum rc rc = service_ledger_load(of, q->filters, q->n_filters, q->newest_first, &watch, &a, &ledger, e);

	if (rc != RC_OK)
		return rc;
	add_entries(of, r, &ledger);
	add_volunteers(r, &ledger);
	add_services(of, r, &ledger);
	add_months(r, &ledger);
	return RC_OK;
}
