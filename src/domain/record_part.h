/* Records that belong to another: whose they are stands in a column that no form has. A subject has a table of them. */
#ifndef YL_DOMAIN_RECORD_PART_H
#define YL_DOMAIN_RECORD_PART_H

#include "base/form.h"
#include "base/mem.h"
#include "domain/office.h"
#include "store/record.h"

/* One row a table. `owner` is what record_parts.find() found. */
struct record_part {
	const char *table, *verb;
	const char *find;             /* gives the owner and the rev of the row :id */
	const char *stamp;            /* writes :owner into the row :id, whose account it is where it has :me, when where it has :now, and what else no form asks */
	/* Whether the owner still takes a change of these; NULL: it does. */
	enum rc (*require)(struct office *of, const void *owner, struct err *e);
	/* What the form can't say about its fields. */
	enum rc (*check)(struct office *of, const void *owner, struct record *r, struct err *e);
	/* Whether this one may be taken away; NULL: it may. */
	enum rc (*spare)(struct office *of, const void *owner, int64_t id, struct err *e);
	/* What follows from a part that was saved or taken away, in the same transaction; NULL: nothing. */
	enum rc (*follow)(struct office *of, int64_t owner_id, struct err *e);
};

struct record_parts {
	const char *subject;          /* 议题 */
	enum capability may;
	const char *delete_verb;
	const struct record_part *parts;
	size_t n;
	/* The owner, in the arena, and how it is called: "YT-20261124-002 ", 王秀英. */
	enum rc (*find)(struct office *of, int64_t id, struct arena *a, const void **owner, const char **label, struct err *e);
};

/* Each is one use case, in one transaction. A new record (id 0) is put to the owner, a change must be of the owner's own.
 * Errors  RC_DENIED; RC_INVALID a form that is none of these, or what the owner's rules say; RC_NOTFOUND it is gone, in the form's words, or is of another;
 *         RC_CONFLICT; RC_BUSY; RC_DB. Nothing is changed on failure */
enum rc record_parts_save(struct office *of, const struct record_parts *parts, int64_t owner_id, struct record *r, struct err *e) MUST_USE;
enum rc record_parts_delete(struct office *of, const struct record_parts *parts, const struct form *form, int64_t id, const char *why,
                            struct err *e) MUST_USE;

#endif
