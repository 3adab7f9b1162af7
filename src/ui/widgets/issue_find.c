/* How text typed into a list of issues narrows it. */
#include "ui/widgets/issue_find.h"

#include <stdio.h>
#include <string.h>

#include "domain/issue_list.h"

enum rc issue_find_rule(struct app *app, void *context, const char *typed, struct arena *a,
                        struct list_filter *out, size_t max, size_t *n, struct err *e)
{
	struct issue_filter f = ISSUE_FILTER_ALL;
	struct list_filter all[ISSUE_FILTERS_MAX];

	(void)context; (void)e;
	f.status = ISSUE_ALL;
	snprintf(f.text, sizeof f.text, "%s", typed);
	*n = issue_filters(app->of, &f, a, all);
	if (*n > max)
		*n = max;
	memcpy(out, all, *n * sizeof *out);
	return RC_OK;
}
