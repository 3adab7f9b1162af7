/* Registers: the one generic list that every plain record type gets from its form, with search and masks.
 *
 * A register is a form with a [list] section. The row query returns, for each list column in the form's order, the value as it stands in the column
 * (a picked record comes as its name, a sealed one as '*'), and last the id of the grid that decides what is masked: n_columns is form->n_columns + 1.
 * register_cell() turns such a text into what people read. Identifiers come from a form that record_check_forms() has accepted.
 */
#ifndef YL_DOMAIN_REGISTER_H
#define YL_DOMAIN_REGISTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/form.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "domain/office.h"
#include "store/list.h"
#include "store/record.h"

/* The list of a form. Its texts live in the arena, which outlives every list opened with it.
 * Errors  RC_DENIED where the role may not view the form; RC_INVALID a form without list columns; RC_DB */
enum rc register_list_spec(struct office *of, const struct form *form, struct arena *a, struct list_spec *out, struct err *e) MUST_USE;

/* The form's order as list_query() wants it: name → name_pinyin, address → address_key, else the indexed column itself. */
enum rc register_order(struct office *of, const struct form *form, const char *column, bool descending, struct arena *a, struct list_order *out,
                       struct err *e) MUST_USE;

/* What was typed after `/` → a condition over the form's search columns: Han substring, pinyin (initials, syllables, mixed), the tail of a telephone
 * number (3 digits and more), a number, an address 3-2-501, a label of a code list. Words apart by blanks must all be found.
 *
 * any      false where nothing was typed: no filter
 * out      texts live in the arena: don't value_clear()
 * Errors   RC_DB; what can't be found is not an error */
enum rc register_filter(struct office *of, const struct form *form, const char *typed, struct arena *a, struct list_filter *out, bool *any,
                        struct err *e) MUST_USE;

/* A prepared row's cell, appended as people read it: labels, dates, units; masked where office_sees() says so. */
void register_cell(const struct office *of, const struct form *form, const struct list *l, size_t i, size_t column, struct strbuf *out);
/* The same for a text that was fetched otherwise. `grid_id` 0: none. */
void register_show(const struct office *of, const struct field *f, const char *raw, int64_t grid_id, struct strbuf *out);

/* Load, save, delete through the form, asking the roles of the form (roles_view, roles_edit), or of the domain where it states none.
 * Residents, households, volunteers and diners go through resident.h, volunteer.h and diner.h instead, which add their rules; these forward to them for their forms. */
bool register_may_view(const struct office *of, const struct form *form);
bool register_may_edit(const struct office *of, const struct form *form);
enum rc register_save(struct office *of, struct record *r, struct err *e) MUST_USE;
enum rc register_delete(struct office *of, const struct form *form, int64_t id, int64_t rev, const char *why, struct err *e) MUST_USE;

#endif
