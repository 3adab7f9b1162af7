/* What a person types to find issues, turned into conditions. */
#ifndef YL_DOMAIN_ISSUE_SEARCH_H
#define YL_DOMAIN_ISSUE_SEARCH_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "store/list.h"

#define ISSUE_WORDS_MAX 6

/* One condition a word; texts live in the arena. `today`: a date without a year is the newest that is not in the future. */
size_t issue_search(const char *typed, int32_t today, struct arena *a, struct list_filter out[ISSUE_WORDS_MAX]);

#endif
