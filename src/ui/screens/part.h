/* The forms that hang on a record with a screen of its own, by name: what the screen "part" is pushed with, and the tables it works by. */
#ifndef YL_UI_SCREENS_PART_H
#define YL_UI_SCREENS_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/office.h"
#include "store/record.h"
#include "ui/app.h"
#include "ui/screen.h"

/* name       row of a table below
 * id         the record, 0 a new one
 * parent_id  what it belongs to: the meeting, the decision, the volunteer, the assignment …; 0: it stands alone */
struct next part_push(const char *name, int64_t id, int64_t parent_id);
/* The part that a kept draft of this form belongs to; NULL if the form is none of these. */
const char *part_of_form(const char *form);

/* One row a part. */
struct part {
	const char *name, *form;      /* form NULL: of the same name */
	enum capability may;          /* asked before anything is typed; saving asks again */
	/* What a new one begins with; NULL: the form's defaults. */
	enum rc (*begin)(struct office *of, int64_t parent_id, struct record *r, struct err *e);
	/* What stands in it whenever it is opened, new or not; NULL: what is stored. */
	enum rc (*propose)(struct office *of, int64_t parent_id, struct record *r, struct err *e);
	/* One of the two: the use case that knows the parent, or the one that needs none. */
	enum rc (*save)(struct office *of, int64_t parent_id, struct record *r, struct err *e);
	enum rc (*save_alone)(struct office *of, struct record *r, struct err *e);
	void (*say)(struct app *app, const struct record *r);    /* it is saved; NULL: 已保存 and the form's title */
	const char *opens;            /* the screen of what was made anew, for its parts come next; NULL: back to where it was made */
	const char *paper;            /* args.text of that screen */
	bool act;                     /* the form's title says what is done: no 新增, 修改 before it */
};

struct part_table {
	const struct part *parts;
	size_t n;
};

/* One table a subject; part.c lists them. */
extern const struct part_table deliberation_parts, roster_parts, diner_parts, door_parts;

#endif
