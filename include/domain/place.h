/* Places as screens ask for them. Places are kept through the register (forms grid, estate, building). */
#ifndef YL_DOMAIN_PLACE_H
#define YL_DOMAIN_PLACE_H

#include <stddef.h>

#include "base/err.h"
#include "domain/office.h"
#include "store/record.h"

/* The grids in which residents and issues are counted (no micro grids), by code: label is the code, detail the name. A grid worker's own ones come
 * first. candidates_free() */
enum rc grids_in_order(struct office *of, struct candidate **out, size_t *n, struct err *e) MUST_USE;

/* Whether the grid that a record names in its field grid_id is there.  Errors  RC_INVALID at the field */
enum rc grid_check(struct office *of, const struct record *r, struct err *e) MUST_USE;

/* What was typed where a household is looked for → building, unit and room of a new record of form `household`, as far as they can be told:
 * 西林小区3幢2单元501室, 西林小区 3-2-501; 3-2-501 alone where one building of the community has that number. What can't be told stays empty. */
enum rc household_from_text(struct office *of, const char *typed, struct record *household, struct err *e) MUST_USE;

#endif
