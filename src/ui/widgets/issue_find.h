/* How text typed into a list of issues narrows it. */
#ifndef YL_UI_ISSUE_FIND_H
#define YL_UI_ISSUE_FIND_H

#include "ui/widgets/list_view.h"

/* A list_view_find: by the rules of issue_filters(); `context` is not used. */
enum rc issue_find_rule(struct app *app, void *context, const char *typed, struct arena *a,
                        struct list_filter *out, size_t max, size_t *n, struct err *e);

#endif
