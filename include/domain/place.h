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

#endif
