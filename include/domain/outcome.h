/* 送达结果: what happened at the door, one code an order, told by a person; nothing becomes delivered by itself. domain.md §5.6
 *
 * Codes (list `outcome`) have flags: eaten = the meal reached the diner, reached = the diner was seen, check = somebody has to look after the diner,
 * away = it is known where the diner is, door = happens only to what is brought. What wants a check opens one in the same transaction (welfare.h).
 */
#ifndef YL_DOMAIN_OUTCOME_H
#define YL_DOMAIN_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "domain/office.h"
#include "store/record.h"

struct outcome_entry {
	const char *code;                /* codes outcome; NULL: take it back, nothing was reported */
	const char *condition, *note;    /* codes diner_condition; NULL: as they were, "": none */
	int64_t volunteer_id;            /* who was at the door; 0: the route's carrier */
	int64_t at;                      /* ms UTC; 0: now, and of a correction as it was */
	const char *why;                 /* why it is corrected after its day; else NULL */
};

/* What has followed from it. */
struct outcome_said {
	int64_t check_id;                /* a welfare check that was opened, or opened again; 0: none */
	int64_t clock_at;                /* 0, or what was written instead of a clock that was moved back */
	bool check_closed;               /* as a false alarm */
	bool excused;                    /* no check: a pause of that day */
	bool offer_pause;                /* in hospital or away: meals go on until a pause says otherwise */
};

/* Writes what happened, or corrects it. On the meal's day everybody corrects who may report, later the head with a reason.
 * Errors  RC_DENIED; RC_NOTFOUND; RC_INVALID "outcome" unknown, of an order that is cancelled or lies ahead, or one that only happens at a door;
 *         "condition"; "at" ahead, on another day, or before the route left; "why" blank; "day" closed; RC_BUSY; RC_DB */
enum rc outcome_set(struct office *of, int64_t order_id, const struct outcome_entry *x, struct outcome_said *said, struct err *e) MUST_USE;

/* The same code for several at once, asked for by a person who was told how many: those of `ids` that are not reported yet and not cancelled. One change.
 * *written  how many. Errors as above; RC_INVALID "outcome" a code that wants a check: such a one is written one by one */
enum rc outcome_fill(struct office *of, const int64_t *ids, size_t n, const char *code, size_t *written, struct err *e) MUST_USE;

/* The form outcome: the same, for what is typed. RC_CONFLICT where the order moved on since it was opened. */
enum rc outcome_save(struct office *of, struct record *r, struct err *e) MUST_USE;

/* What followed, for the message line; appended, nothing where nothing did. */
void outcome_said_words(const struct outcome_said *said, struct strbuf *out);

bool outcome_has_flag(const struct office *of, const char *code, const char *flag);

#endif
