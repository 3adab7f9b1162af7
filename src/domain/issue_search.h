/* What a person types to find issues, turned into conditions. */
#ifndef YL_DOMAIN_ISSUE_SEARCH_H
#define YL_DOMAIN_ISSUE_SEARCH_H

#include <stddef.h>

#include "base/mem.h"
#include "domain/office.h"
#include "store/list.h"

#define ISSUE_WORDS_MAX 6

/* One condition a word; texts live in the arena. */
size_t issue_search(const struct office *of, const char *typed, struct arena *a, struct list_filter out[ISSUE_WORDS_MAX]);

#endif
