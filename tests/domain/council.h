/* A matter that a meeting passed, for tests of what comes after: the rows of 议事, written without the use cases of meetings. */
#ifndef YL_TESTS_DOMAIN_COUNCIL_H
#define YL_TESTS_DOMAIN_COUNCIL_H

#include "base/mem.h"
#include "domain/decision.h"
#include "town.h"

/* Ids of what stands in the database after council_pass(). */
struct council {
	int64_t meeting, item, slot, alternative, ballot;
};

/* Issues raised, sent to 议事 and passed together in one meeting of today, YS-20261124-01: alternative 加装雨棚 for 8,000 yuan, 7 : 2 : 1. */
void council_pass(struct town *t, const int64_t *issues, size_t n, struct council *out);
/* … an item without an issue has n 0. */
int64_t council_insert(struct town *t, const char *sql, ...);      /* :id is the new id; printf for the rest */

/* A record of a form; `id` 0: a new one with the form's prefill where it is a decision. */
void council_record(struct town *t, struct record *r, const char *form, int64_t id, const struct fill *fills);
/* By the account at work: written for the item, with one task. */
int64_t council_decide(struct town *t, const struct council *c);
/* … by PROJECT, submitted, approved by HEAD; the account at work is the same afterwards. */
int64_t council_approve(struct town *t, const struct council *c);
/* … on notice for seven days from today, which are over: the clock stands on the day after. */
int64_t council_announce(struct town *t, const struct council *c);

enum rc council_part(struct town *t, int64_t decision, const char *form, const struct fill *fills, struct err *e);
int64_t council_rev(struct town *t, int64_t decision);

#endif
