/* Two records of one person become one: field by field, with everything that refers to either, and neither's history lost.
 *
 * The record that stays takes the chosen values; every reference to the other one ("-> resident" in the schema) is pointed to it; the other is marked
 * as deleted and merged_into. Where both are volunteers, those become one as well (volunteer_join.c). One transaction, verb 'resident.merge', so that one undo takes all of it back.
 */
#ifndef YL_DOMAIN_RESIDENT_MERGE_H
#define YL_DOMAIN_RESIDENT_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"
#include "store/record.h"

struct resident_merge {
	struct record keep, other;    /* as they stand; values of other records' fields are not masked: show them with field_show() */
	bool *take_other;             /* one a form field: the value of `other` is taken. The screen changes these */
	bool *differs;                /* one a form field: both have a value and they are not the same */
};

/* Load both and choose: where only one has a value, that; where both have, the one written last.
 * Errors  RC_INVALID the same record twice; RC_NOTFOUND one of them is gone or deleted; RC_DENIED; RC_DB */
enum rc resident_merge_load(struct office *of, int64_t keep_id, int64_t other_id, struct resident_merge *m, struct err *e) MUST_USE;
void resident_merge_release(struct resident_merge *m);

/* What refers to the other record and will be pointed to the one that stays: for the screen that asks. Texts live in the arena. */
struct resident_reference {
	const char *label;            /* 提事登记·提事人 */
	size_t count;                 /* at least 1 */
};
enum rc resident_references(struct office *of, int64_t id, struct arena *a, struct resident_reference **out, size_t *n, struct err *e) MUST_USE;

/* Errors  as resident_save(); RC_INVALID both are volunteers on shifts at the same time; RC_CONFLICT one of the two was changed since it was loaded. Nothing is changed on failure */
enum rc resident_merge_save(struct office *of, struct resident_merge *m, struct err *e) MUST_USE;

#endif
