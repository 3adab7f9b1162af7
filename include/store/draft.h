/* Drafts (what is being typed) and preferences (what each account keeps). Local to this site, not journaled.
 *
 * An account may be logged in at several terminals. A draft belongs to the one that holds it, from draft_save or draft_hold until draft_leave,
 * draft_drop or the end of the process: no other can take it up or throw it away. */
#ifndef YL_STORE_DRAFT_H
#define YL_STORE_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct store;

struct draft {
	int64_t id;               /* 0: not kept yet */
	int64_t account_id;
	char form[48];
	int64_t record_id;        /* 0: a new record */
	int64_t context_id;
	char *title;
	char **fields;            /* names */
	char **texts;             /* what was typed */
	size_t n;
	int64_t updated_at;
	bool elsewhere;           /* when it was read, another terminal held it */
};

/* What a person is told who wants such a draft. */
#define DRAFT_ELSEWHERE "这份草稿正在另一个终端上填写，请到那里接着填，或先关掉那里的表单"

void draft_release(struct draft *d);
void draft_set(struct draft *d, const char *field, const char *text);
const char *draft_get(const struct draft *d, const char *field);      /* NULL where there is none */

/* Durable when it returns (waits at most 2 s for other writers). Sets id at the first time, an id that no other draft ever had; held from then. */
enum rc draft_save(struct store *st, struct draft *d, struct err *e) MUST_USE;
/* RC_BUSY, with a sentence for the person, where another terminal holds it. */
enum rc draft_hold(struct store *st, int64_t id, struct err *e) MUST_USE;
void draft_leave(struct store *st, int64_t id);
/* RC_BUSY as above. */
enum rc draft_drop(struct store *st, int64_t id, struct err *e) MUST_USE;
/* All drafts of an account, newest first. The caller releases each and frees the array. */
enum rc draft_list(struct store *st, int64_t account_id, struct draft **out, size_t *n, struct err *e) MUST_USE;
enum rc draft_load(struct store *st, int64_t id, struct draft *out, struct err *e) MUST_USE;

/* The caller frees; NULL where nothing is kept. */
enum rc preference_get(struct store *st, int64_t account_id, const char *name, char **value, struct err *e) MUST_USE;
enum rc preference_set(struct store *st, int64_t account_id, const char *name, const char *value, struct err *e) MUST_USE;

#endif
