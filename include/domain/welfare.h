/* 关爱核查: a door stayed shut. A ladder of five rungs, each with a clock, tries by people, and a conclusion that a person draws.
 *
 * Opened by an outcome with the flag `check`, a condition with `alert`, or two meals in a row that nobody ate (outcome.h); its id is derived from the order, so
 * that two desks make one. An overdue rung is shown and rings again, but only a person goes a rung higher. Nothing is ever concluded by itself, but that what
 * opened it was a slip: then it closes as a false alarm with the tries that were made.
 */
#ifndef YL_DOMAIN_WELFARE_H
#define YL_DOMAIN_WELFARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"
#include "store/record.h"

enum { WELFARE_RUNGS = 5 };              /* codes welfare_rung: 1 knock 2 call 3 neighbour 4 visit 5 emergency */

struct welfare_step {
	int64_t at;
	int rung;
	const char *person, *result, *note;  /* result: code welfare_result */
};

/* Whom a rung may want. */
struct welfare_contact {
	int rung;
	const char *what, *name, *phone;     /* 紧急联系人; 王芳（女儿，有钥匙）; phone masked, "" none */
	const char *table, *field;           /* for welfare_reveal(); field "": there is nothing to reveal */
	int64_t record_id;
};

/* Texts are never NULL and live in the arena; codes where a code list has the label. */
struct welfare_check {
	int64_t id, rev, diner_id, order_id, resident_id, grid_id;    /* grid_id 0: none */
	const char *number, *name, *address, *grid, *care;            /* the diner's; care: codes care_tag */
	const char *cause, *conclusion, *note, *closed_by, *taken_by;
	int32_t day;                         /* the order's */
	const char *meal;
	const char *outcome, *condition, *outcome_note, *carrier;     /* carrier: who was at the door */
	int64_t opened_at, rung_at, due_at, closed_at, taken_at;      /* due_at 0: the rung has no end; 0: closed */
	int rung;
	bool open, overdue;
};

struct welfare_page {
	struct welfare_check check;
	const struct welfare_step *steps;    /* in the order of time */
	size_t n_steps;
	const struct welfare_contact *contacts;      /* by rung */
	size_t n_contacts;
	const char *wait, *health;           /* 敲门后等 3 分钟; the resident's note: hearing, dog */
};

#define WELFARE_READS \
	(TBL_WELFARE_CHECK | TBL_WELFARE_STEP | TBL_MEAL_ORDER | TBL_DINER | TBL_RESIDENT | TBL_HOUSEHOLD | TBL_GRID | TBL_ACCOUNT | TBL_VOLUNTEER)

/* Those of the account (a grid worker's own grids and of no grid; else all): open ones, overdue ones first, then by age; then those closed since `closed_since`.
 * Errors  RC_DENIED (WELFARE_EDIT); RC_BUSY; RC_DB */
enum rc welfare_list(struct office *of, int64_t closed_since, struct arena *a, const struct welfare_check **out, size_t *n, struct err *e) MUST_USE;
/* Errors  as above, RC_NOTFOUND */
enum rc welfare_load(struct office *of, int64_t id, struct arena *a, struct welfare_page *out, struct err *e) MUST_USE;
/* The whole number of a contact, also for those who see none elsewhere: while a check is open; written to `reveal` first. The caller frees. */
enum rc welfare_reveal(struct office *of, int64_t id, const struct welfare_contact *c, char **plain, struct err *e) MUST_USE;

/* All that follow: RC_DENIED; RC_NOTFOUND; RC_CONFLICT where somebody else has closed it or gone higher meanwhile, with who and what; RC_BUSY; RC_DB */

/* I see to it: the bell is quiet until the rung is overdue. */
enum rc welfare_take(struct office *of, int64_t id, struct err *e) MUST_USE;
/* A try on the present rung. person "": who is logged in. RC_INVALID "result" unknown or passed_on */
enum rc welfare_try(struct office *of, int64_t id, const char *result, const char *person, const char *note, struct err *e) MUST_USE;
/* From the rung that was seen to a higher one, also over some (straight to 120). RC_INVALID "rung" not higher */
enum rc welfare_raise(struct office *of, int64_t id, int from_rung, int to_rung, struct err *e) MUST_USE;
/* RC_INVALID "conclusion"; "note" blank where no try was answered: how is it known?; `away` and `hospital` want a pause next, which is the caller's to offer */
enum rc welfare_close(struct office *of, int64_t id, const char *conclusion, const char *note, struct err *e) MUST_USE;
/* Closed by mistake: on the day itself. RC_INVALID later, or where its meal is closed */
enum rc welfare_reopen(struct office *of, int64_t id, struct err *e) MUST_USE;

/* The forms welfare-try and welfare-close: the same, for what is typed. */
enum rc welfare_try_save(struct office *of, int64_t check_id, struct record *r, struct err *e) MUST_USE;
enum rc welfare_close_save(struct office *of, struct record *r, struct err *e) MUST_USE;

/* What rings: checks that this account answers for (grid worker, head, canteen). One indexed query; ask when TBL_WELFARE_CHECK moved or next_at has come. */
struct welfare_alarm {
	size_t open, loud;                   /* loud: nobody took it, or the rung is overdue since */
	int64_t loud_at;                     /* since when the latest of them is; later: there is something new to ring for */
	int64_t next_at;                     /* when the next rung is overdue; 0: none */
	int64_t check_id;                    /* the first to deal with; 0: none */
	char name[64], what[64];             /* 王秀英; 无人应答 or 再敲门超时 */
};
enum rc welfare_alarm(struct office *of, struct welfare_alarm *out, struct err *e) MUST_USE;

#endif
