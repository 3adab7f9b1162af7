/* One issue to read: heading, what was raised, and its story as one timeline. Used by the detail screen and beside lists. */
#ifndef YL_UI_ISSUE_PANE_H
#define YL_UI_ISSUE_PANE_H

#include "base/err.h"
#include "domain/issue.h"
#include "domain/timeline.h"
#include "ui/app.h"
#include "ui/widgets/pager.h"

struct issue_pane {
	int64_t id;                   /* 0: nothing loaded */
	struct issue issue;
	struct arena arena;           /* of the timeline */
	struct timeline timeline;
	struct pager pager;
};

/* The tables that a pane shows: TBL_… bits. */
#define ISSUE_PANE_READS \
	(TBL_ISSUE | TBL_PHASE | TBL_ACTION | TBL_PROGRESS | TBL_EVALUATION | TBL_SUPPORT | TBL_SUSPENSION | TBL_EXTENSION | TBL_RESIDENT | TBL_ACCOUNT)

/* Load an issue; 0 empties the pane. On failure the pane is empty. */
enum rc issue_pane_load(struct app *app, struct issue_pane *p, int64_t id, struct err *e) MUST_USE;
void issue_pane_release(struct issue_pane *p);

/* The timeline entry under the cursor; NULL where the cursor is on the heading or on a text. */
const struct timeline_entry *issue_pane_entry(const struct issue_pane *p);
void issue_pane_layout(struct issue_pane *p, int rows, int cols);
void issue_pane_draw(const struct issue_pane *p, struct canvas *c, struct rect area);

#endif
