/* 就餐老人: who eats at the canteen, how the meal gets there, when, and when not. domain.md §5.6.
 *
 * A diner is a record of the form `diner`, always linked to a resident: name, telephone, address, age and care tags are the resident's and never
 * copied. What hangs on it (plans, pauses, volunteers who don't go there) are records of their forms, saved with diner_part_save().
 */
#ifndef YL_DOMAIN_DINER_H
#define YL_DOMAIN_DINER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "domain/office.h"
#include "domain/resident.h"
#include "store/list.h"
#include "store/record.h"

/* Keys stand in diner.status; labels and marks (eats, contact) come from the code list `diner_status`. Ladder: applied → active ⇄ paused; from everywhere
 * to stopped, quiet (stopped, and not to be called) and deceased; from stopped and quiet back to active or applied; from deceased only back to active, for
 * what was entered by mistake. */
#define DINER_STATUSES(X) X(APPLIED, applied) X(ACTIVE, active) X(PAUSED, paused) X(STOPPED, stopped) X(QUIET, quiet) X(DECEASED, deceased)
enum diner_status {
#define X(upper, lower) DINER_##upper,
	DINER_STATUSES(X)
#undef X
	DINER_STATUS_COUNT
};
const char *diner_status_key(enum diner_status s);
enum diner_status diner_status_from_key(const char *key);            /* DINER_STATUS_COUNT if unknown */
bool diner_may_step(enum diner_status from, enum diner_status to);
bool diner_has_ended(enum diner_status s);                           /* stopped, quiet, deceased */

struct meal_plan {
	int64_t id, rev;
	const char *weekdays;                        /* "1 2 5": Monday is 1 */
	const char *meal, *size, *way;               /* codes; way "": the diner's */
	int portions;
	int32_t from_day, to_day;                    /* DAY_NONE: open */
};

struct meal_pause {
	int64_t id, rev;
	int32_t from_day, to_day;                    /* both without meals */
	const char *reason, *why;                    /* reason: code */
};

struct diner_block {
	int64_t id, volunteer_id;
	const char *volunteer, *why;                 /* name */
};

struct diner_meal {
	int64_t id;                                  /* of the order */
	int32_t day;
	const char *meal, *way, *why, *outcome;      /* codes; outcome "": not reported */
	int portions;
	bool cancelled;
};

/* Everything of one diner, for its page, for orders and for routes. Texts are never NULL and live in the arena; codes where a code list has the label. */
struct diner {
	int64_t id, rev, volunteer_id;               /* volunteer_id 0: no fixed one */
	struct resident_summary who;                 /* masked as the account sees it; never an id number */
	const char *number, *status_why, *subsidy_class, *payer, *payer_name, *payment, *way, *entitled_why, *volunteer;
	const char *stand_in, *stand_in_phone, *key_holder, *key_phone, *diets, *allergens, *avoids, *door_note, *note;    /* telephones masked */
	const char *resident_status;                 /* code: present moved dead */
	int32_t status_day, entitled_to_day;         /* DAY_NONE: not said; no end */
	int line, line_position;                     /* 0: none */
	int window_begin_min, window_end_min;        /* -1: any time */
	int wait_min;                                /* 0: the office's setting */
	bool may_leave, deleted, volunteer_gone;     /* volunteer_gone: the fixed one is deleted or has stopped */
	enum diner_status status;
	const struct meal_plan *plans;               /* by meal, beginning */
	size_t n_plans;
	const struct meal_pause *pauses;             /* those that have not ended, then the last ten */
	size_t n_pauses;
	const struct diner_block *blocks;
	size_t n_blocks;
	const struct diner_meal *meals;              /* those to come and the last ones, 20 in all, the latest first */
	size_t n_meals;
};

/* Errors of all: RC_DENIED by role; RC_NOTFOUND; RC_INVALID at a field, in words; RC_CONFLICT; RC_BUSY; RC_DB. Nothing is changed on failure. */
enum rc diner_load(struct office *of, int64_t id, struct arena *a, struct diner *out, struct err *e) MUST_USE;

/* The diner that a resident is; *id 0: none. */
enum rc diner_of_resident(struct office *of, int64_t resident_id, int64_t *id, struct err *e) MUST_USE;

/* Form diner: numbered ('JC-0001') and applied when new. RC_INVALID "resident_id" where the resident is a diner already (with its number), is dead or has moved
 * away; "entitled_why" where meals are brought (here or in a plan) without a ground; "payer_name", "window_end_min", "line"; "volunteer_id" one who does
 * not go there, or who has stopped. */
enum rc diner_save(struct office *of, struct record *r, struct err *e) MUST_USE;
/* One step of the ladder: form diner-status. All but applied and active want a reason. stopped, quiet and deceased end plans and pauses on the day before. */
enum rc diner_step(struct office *of, struct record *r, struct err *e) MUST_USE;
/* Deleting is for what was entered by mistake: RC_INVALID where something was ever ordered (then 停餐 is what is meant). */
enum rc diner_delete(struct office *of, int64_t id, int64_t rev, const char *why, struct err *e) MUST_USE;
/* RC_INVALID where the resident is another diner by now. */
enum rc diner_restore(struct office *of, int64_t id, int64_t rev, struct err *e) MUST_USE;
/* stand_in_phone, key_phone; written down first; the caller frees. */
enum rc diner_reveal(struct office *of, int64_t id, const char *field, char **plain, struct err *e) MUST_USE;

/* meal_plan, meal_pause, diner_block (new or changed). RC_INVALID at the field: an end before its beginning; "weekdays" a plan of the same meal and weekday in
 * common days (says which); "from_day" a pause that lies across another; "way" meals brought without a ground; "volunteer_id" the fixed one, or one
 * who is there already. A pause is ended early by an earlier to_day. */
enum rc diner_part_save(struct office *of, int64_t diner_id, struct record *r, struct err *e) MUST_USE;
enum rc diner_part_delete(struct office *of, const struct form *form, int64_t id, const char *why, struct err *e) MUST_USE;
/* Whose plan, pause or block it is. */
enum rc diner_of_part(struct office *of, const struct form *form, int64_t id, int64_t *diner_id, struct err *e) MUST_USE;

/* Which plan makes an order on the day; NULL: none, and why not is appended in words: 暂停：住院 11-20 至 11-27. Holidays don't matter. Pure. */
const struct meal_plan *diner_wants(const struct office *of, const struct diner *d, int32_t day, const char *meal, struct strbuf *why_not);
const char *diner_way(const struct diner *d, const struct meal_plan *plan);            /* code; plan NULL: the diner's own */
/* Whether meals may be brought on the day: there is a ground, and it has not run out. Pure. */
bool diner_is_entitled(const struct diner *d, int32_t day);
const struct meal_pause *diner_pause_on(const struct diner *d, int32_t day);           /* NULL: not paused */
/* 住院 11-20 至 11-27; appended. */
void meal_pause_words(const struct office *of, const struct meal_pause *p, int32_t today, struct strbuf *out);
/* 周一至周五、周日; appended. Weekdays as in meal_plan. */
void meal_weekdays_words(const struct office *of, const char *weekdays, struct strbuf *out);

/* The list. */
enum diner_column {
	DINER_NUMBER, DINER_NAME, DINER_STATE, DINER_WAY, DINER_GRID, DINER_LINE, DINER_PHONE, DINER_CARE, DINER_ADDRESS,
	DINER_COLUMN_COUNT,
};
extern const struct list_spec diner_list_spec;
/* A prepared row's cell as people read it, appended; of DINER_STATE with today's pause. */
void diner_cell(const struct office *of, const struct list *l, size_t i, enum diner_column column, struct strbuf *out);
enum diner_status diner_row_status(const struct list *l, size_t i);
/* What was typed: number, or whatever finds the resident (name, pinyin, tail of a telephone number, address). `any` false: nothing was typed. */
enum rc diner_find(struct office *of, const char *typed, struct arena *a, struct list_filter *out, bool *any, struct err *e) MUST_USE;

/* Filters; texts live in the arena. */
struct list_filter diner_filter_status(const char *status, struct arena *a);           /* code of diner_status */
struct list_filter diner_filter_way(const char *way, struct arena *a);                 /* code of meal_way: the diner's, or of a plan */
struct list_filter diner_filter_grid(int64_t grid_id);
struct list_filter diner_filter_line(int line);                                        /* 0: brought meals, but on no fixed route */
struct list_filter diner_filter_paused(int32_t today);                                 /* a pause of today, or the status */
struct list_filter diner_filter_care(const char *tag, struct arena *a);                /* code of care_tag */
struct list_filter diner_filter_gone(void);                                            /* still a diner, but the resident died, moved away or was deleted */

#endif
