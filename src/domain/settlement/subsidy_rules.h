/* What the rules of subsidies are read into. */
#ifndef YL_DOMAIN_CANTEEN_SUBSIDY_RULES_H
#define YL_DOMAIN_CANTEEN_SUBSIDY_RULES_H

#include "base/mem.h"
#include "domain/subsidy.h"

#define SUBSIDY_BY_AGE "age"             /* of code list subsidy_class */

struct subsidies {
	struct subsidy_rule *rules;
	size_t n, cap;
	struct arena arena;
};

#endif
