/* Rules of residents and households that other files of the domain need. */
#ifndef YL_DOMAIN_RESIDENT_RULES_H
#define YL_DOMAIN_RESIDENT_RULES_H

#include "domain/office.h"
#include "store/record.h"

/* A grid worker changes only what lies in the own grids; of other forms than resident and household everything. `id` 0: nothing to ask. */
enum rc resident_require_grid(struct office *of, const struct form *form, int64_t id, struct err *e) MUST_USE;
/* What an id number says of sex and birthday is filled in where blank and must agree where not; nobody is born in the future. */
enum rc resident_check(struct office *of, struct record *r, struct err *e) MUST_USE;
/* The first of it, for any form with sex and born_day; `normal` as idnumber_check() gives it. */
enum rc resident_agree_with_id_number(struct record *r, const char *normal, struct err *e) MUST_USE;

/* For a form that names a resident (resident_id), or somebody of whom there is no record (name): fills `name`, and `phone` where the form has one, from the
 * record where they are blank. Nobody named: RC_INVALID at `field` with the sentence `nobody`; a record that is merged or deleted: at resident_id. */
enum rc resident_fill_in(struct office *of, struct record *r, const char *field, const char *nobody, struct err *e) MUST_USE;

#endif
