/* Residents and households: their rules beside what the forms `resident` and `household` state.
 *
 * A record is loaded with record_load() and saved here, never with record_save() alone. Grid workers change what lies in their grids; a record
 * without a household belongs to nobody's grid and may be changed by all who may edit.
 */
#ifndef YL_DOMAIN_RESIDENT_H
#define YL_DOMAIN_RESIDENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"
#include "store/list.h"
#include "store/record.h"

/* A heading: who this is, as the account may see it (masked). Texts are never NULL and live in the arena. */
struct resident_summary {
	int64_t id, household_id, grid_id;    /* 0: none */
	const char *name;
	const char *sex;              /* 男 女 "" */
	int age;                      /* completed years; -1 unknown */
	const char *phone;            /* 138****3321 */
	const char *address;          /* 西林小区3幢2单元501室 ; its key 3-2-501 where the address itself is masked */
	const char *grid;             /* 03 */
	const char *relation;         /* to the head of the household: 户主 配偶 … */
	const char *care;             /* labels: 独居 高龄 */
	const char *status;           /* "" for present, else 迁出 死亡 */
	bool is_head, deleted;
	int64_t merged_into;
};

/* Errors  RC_NOTFOUND, RC_DENIED, RC_DB */
enum rc resident_summary(struct office *of, int64_t id, struct arena *a, struct resident_summary *out, struct err *e) MUST_USE;
/* One line of it: "王秀英 女 78岁 138****3321 西林小区3幢2单元501室 独居 高龄". */
void resident_summary_line(const struct resident_summary *r, struct strbuf *out);
/* A household's heading; texts live in the arena. */
struct household_summary {
	int64_t id, grid_id;
	const char *address;          /* as in resident_summary */
	const char *grid;             /* 03 */
	bool deleted;
};
/* Errors  RC_NOTFOUND, RC_DENIED, RC_DB */
enum rc household_summary(struct office *of, int64_t id, struct arena *a, struct household_summary *out, struct err *e) MUST_USE;
/* All who live in a household, its head first, then by age. */
enum rc household_members(struct office *of, int64_t household_id, struct arena *a, struct resident_summary **out, size_t *n, struct err *e) MUST_USE;

/* Save a record of the form `resident`. An id number fills in sex and birthday where they are blank.
 *
 * Errors  RC_DENIED; RC_INVALID at the field (household that does not exist, birthday or sex against the id number, born in the future, what the
 *         form demands); RC_CONFLICT the row moved on; RC_BUSY; RC_DB */
enum rc resident_save(struct office *of, struct record *r, struct err *e) MUST_USE;
/* Save a record of the form `household`. Errors as above; RC_INVALID "room" where another household has the same building, unit and room */
enum rc household_save(struct office *of, struct record *r, struct err *e) MUST_USE;
/* The household at a building, unit and room ("" where there is none); made where it is missing. *made may be NULL. */
enum rc household_at(struct office *of, int64_t building_id, const char *unit, const char *room, int64_t *id, bool *made, struct err *e) MUST_USE;

/* Who might be the same person: to be shown before saving, never a block. */
enum resident_likeness { LIKE_ID_NUMBER, LIKE_NAME_AND_BIRTHDAY, LIKE_PHONE, LIKE_NAME_AND_ADDRESS };
struct resident_duplicate {
	enum resident_likeness why;
	struct resident_summary who;
};
/* Live records that resemble r (its own id excluded), surest first, at most 20. */
enum rc resident_duplicates(struct office *of, const struct record *r, struct arena *a, struct resident_duplicate **out, size_t *n, struct err *e) MUST_USE;
const char *resident_likeness_label(enum resident_likeness why);      /* 证件号码相同 … */

/* Candidates of a picker, masked details. candidates_free() */
enum rc resident_find(struct office *of, const char *typed, size_t max, struct candidate **out, size_t *n, struct err *e) MUST_USE;

/* The whole value of a sensitive field, as people read it. Written to `reveal` before it is given.
 * Errors  RC_DENIED, also for a grid worker outside the own grids; RC_NOTFOUND; RC_INVALID no such field or not sensitive */
enum rc resident_reveal(struct office *of, int64_t id, const char *field, char **plain, struct err *e) MUST_USE;

/* Filters of the residents' list. `tag` is a code of care_tag, `status` one of resident_status; their texts live in the arena. */
struct list_filter resident_filter_care(const char *tag, struct arena *a);
struct list_filter resident_filter_status(const char *status, struct arena *a);
struct list_filter resident_filter_grid(int64_t grid_id);
struct list_filter resident_filter_household(int64_t household_id);

#endif
