/* Looking at what is masked leaves a row in table `reveal`, before the value is given. */
#ifndef YL_DOMAIN_REVEAL_H
#define YL_DOMAIN_REVEAL_H

#include <stdint.h>

#include "base/err.h"
#include "domain/office.h"

enum rc reveal_note(struct office *of, const char *table, int64_t record_id, const char *field, struct err *e) MUST_USE;

#endif
