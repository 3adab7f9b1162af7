/* Who lives together: households as kinds of families, by the kind of the estate. */
#ifndef YL_DOMAIN_DEMO_FAMILY_H
#define YL_DOMAIN_DEMO_FAMILY_H

#include "demo_make.h"

#define FAMILY_MAX 16

enum family_kind { ELDER_ALONE, ELDER_COUPLE, COUPLE, FAMILY, THREE_GENERATIONS, SINGLE_PARENT, SINGLE, TENANTS, FAMILY_KINDS };

struct family_member {
	const char *relation;             /* code */
	int sex, age;
};

struct family {
	enum family_kind kind;
	struct family_member members[FAMILY_MAX];   /* the head first */
	size_t n;
};

void family_make(struct demo_random *r, char estate_kind, struct family *out);
/* One person more or less, as households grow and shrink; false where that makes no sense. */
bool family_grow(struct demo_random *r, struct family *f);
bool family_shrink(struct family *f);

#endif
