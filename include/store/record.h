/* Records by form spec: load, save, mark as deleted. One function serves every record type.
 *
 * A record holds one value per form field, in the form's order. Sealed fields (id numbers, health) are opened at loading and sealed at saving;
 * one that can't be opened (damaged) reads as none and is left alone by saving. Added fields ([field x.…]) live in table `extra`. Derived
 * columns (an address, a place) may be fields: they are read and never written.
 */
#ifndef YL_STORE_RECORD_H
#define YL_STORE_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/form.h"

struct store;

struct record {
	const struct form *form;
	int64_t id;               /* 0: not saved yet */
	int64_t rev;
	bool deleted;
	struct value *values;     /* one for each field, in the form's order */
	size_t n;                 /* form->n */
};

void record_init(struct record *r, const struct form *form);      /* all values none */
void record_release(struct record *r);
#define AUTO_RECORD __attribute__((cleanup(record_release))) struct record
void record_copy(struct record *to, const struct record *from);   /* `to` is released first */

struct value *record_value(struct record *r, const char *field);  /* asserts that the form has it */
const char *record_text(const struct record *r, const char *field);          /* "" where there is none */
int64_t record_number(const struct record *r, const char *field, int64_t none);

/* RC_NOTFOUND where there is no such row. A deleted record loads, with `deleted` set. */
enum rc record_load(struct store *st, const struct form *form, int64_t id, struct record *r, struct err *e) MUST_USE;

/* Check every shown field, then insert (id 0) or write the columns that differ from the stored row, guarded by rev.
 *
 * Hidden fields (shown_when) are saved as none. On success id and rev are the new ones. Nests in a caller's txn.
 * Errors  RC_INVALID at a field; RC_CONFLICT the row moved on since rev (nothing written); RC_NOTFOUND; RC_BUSY; RC_DB */
enum rc record_save(struct store *st, struct record *r, const char *verb, struct err *e) MUST_USE;

/* Mark as deleted, with who, when, why. Errors  RC_INVALID a blank reason; RC_CONFLICT; RC_NOTFOUND if already deleted */
enum rc record_delete(struct store *st, const struct form *form, int64_t id, int64_t rev, const char *why, struct err *e) MUST_USE;
/* Take the mark away again. */
enum rc record_restore(struct store *st, const struct form *form, int64_t id, int64_t rev, struct err *e) MUST_USE;

/* What a picker shows for an id (the form's name_field); "" if unknown. The caller frees. */
enum rc record_label(struct store *st, const struct form *form, int64_t id, char **label, struct err *e) MUST_USE;

/* Candidates of a picker: ids and labels of up to `max` live records whose name matches what was typed (text, pinyin initials, address), best first. */
struct candidate {
	int64_t id;
	char *label;              /* 王秀英 */
	char *detail;             /* 138****3321 3-2-501 ; "" if none */
};
enum rc record_candidates(struct store *st, const struct form *form, const char *typed, size_t max,
                          struct candidate **out, size_t *n, struct err *e) MUST_USE;
void candidates_free(struct candidate *c, size_t n);

/* Check every form of a set against the live columns: a table or column that does not exist is refused with the form's file:line. */
enum rc record_check_forms(struct store *st, const struct form_set *set, struct err *e) MUST_USE;

#endif
