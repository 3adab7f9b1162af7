/* The table of reports. */
#include "report/reports.h"

#include <string.h>

#include "base/mem.h"
#include "reports_inside.h"

const struct report_def report_registry[] = {
	{ "coverage",        "覆盖与缺口", fill_coverage },
	{ "kitchen",         "厨房单",     fill_kitchen },
	{ "meal-orders",     "订餐",       fill_meal_orders },
	{ "service-ledger",  "服务时长",   fill_service_ledger },
	{ "settlement",      "餐费结算",   fill_settlement },
	{ "volunteer-trend", "志愿者变化", fill_volunteer_trend },
};
const size_t report_registry_count = COUNT(report_registry);

static const struct report_def *find(const char *name)
{
	for (size_t i = 0; i < report_registry_count; i++)
		if (strcmp(report_registry[i].name, name) == 0)
			return &report_registry[i];
	return NULL;
}

enum rc report_make(struct office *of, const char *name, const struct report_query *q, struct report **out, struct err *e)
{
	const struct report_def *def = find(name);
	struct report *made;
	enum rc rc;

	if (def == NULL)
		return err_set(e, RC_NOTFOUND, NULL, "没有叫 %s 的报表", name);
	made = report_new(def->title);
	if ((rc = def->fill(of, q, made, e)) == RC_OK)
		*out = made;
	else
		report_free(made);
	return rc;
}
