/* What the files about 议题, and the steps of issues, share: reading without asking roles, rows of agenda_item, and the link to issues. */
#ifndef YL_DOMAIN_AGENDA_INSIDE_H
#define YL_DOMAIN_AGENDA_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/agenda.h"
#include "domain/issue.h"

/* agenda.c */
enum rc agenda_read(struct office *of, int64_t id, struct arena *a, struct agenda_item *out, struct err *e) MUST_USE;    /* agenda_load() for rules: asks no role */
#define AGENDA_IN(state) (1U << AGENDA_##state)
#define AGENDA_WAITING (AGENDA_IN(POOL) | AGENDA_IN(SCHEDULED))
/* … one that lives and is in one of the states, bits 1 << enum agenda_state; else RC_INVALID "YT-… 现在是「已排期」，不能合并". */
enum rc agenda_read_in(struct office *of, int64_t id, unsigned states, const char *what, struct arena *a, struct agenda_item *out,
                       struct err *e) MUST_USE;

/* agenda_save.c: a new row in the pool, inside a txn. Texts NULL: none, to be filled in by a form. */
struct agenda_new {
	const char *title, *body, *proposer, *urgency;
	int64_t grid_id, split_id;
	int64_t at;                   /* since when it waits; 0: now */
};
enum rc agenda_insert(struct office *of, const struct agenda_new *made, int64_t *id, char **number, struct err *e) MUST_USE;
/* A new item from what was typed; `r` gets id, rev and number. The caller has asked the role and begun the txn. */
enum rc agenda_create(struct office *of, struct record *r, const struct agenda_new *made, struct err *e) MUST_USE;

/* agenda_issue.c: inside a txn. */
enum rc agenda_link(struct office *of, int64_t item_id, int64_t issue_id, struct err *e) MUST_USE;         /* once; nothing where it is linked */
enum rc agenda_unlink(struct office *of, int64_t item_id, int64_t issue_id, const char *why, struct err *e) MUST_USE;
/* The item that waits and stands for the issue, other than `except`; 0: there is none. */
enum rc agenda_waiting_for(struct office *of, int64_t issue_id, int64_t except, int64_t *item_id, struct err *e) MUST_USE;
/* What an issue says for its item, into fields that are blank. */
enum rc agenda_fill_from_issue(struct office *of, const struct issue *it, struct record *r, struct err *e) MUST_USE;
/* 理事 -> 议事: an item for the issue, unless one waits already. */
enum rc agenda_open_for_issue(struct office *of, const struct issue *it, const char *reason, struct err *e) MUST_USE;
/* The issue leaves 议事: items that wait no longer stand for it; one whose last issue has gone is withdrawn, and taken from its meeting's agenda. */
enum rc agenda_leave_issue(struct office *of, int64_t issue_id, const char *why, struct err *e) MUST_USE;

/* agenda_part.c: copies for another item, inside a txn; what is there already is not added again. */
enum rc agenda_copy_interests(struct office *of, const struct agenda_item *from, const struct agenda_item *into, struct err *e) MUST_USE;
enum rc agenda_copy_alternatives(struct office *of, const struct agenda_item *from, const struct agenda_item *into, struct err *e) MUST_USE;

#endif
