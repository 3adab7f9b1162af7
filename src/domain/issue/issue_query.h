/* A statement over issues from conditions of issue_filters(), for counts and first rows where no list is open. */
#ifndef YL_DOMAIN_ISSUE_QUERY_H
#define YL_DOMAIN_ISSUE_QUERY_H

#include <stddef.h>

#include "domain/office.h"
#include "store/list.h"
#include "store/stmt.h"

/* `select` and `order` are literals around "WHERE …"; parameters are bound. */
struct stmt issue_query(struct office *of, const char *select, const struct list_filter *filters, size_t n, const char *order);

#endif
