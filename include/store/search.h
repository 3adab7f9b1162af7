/* Full text: queries for the Han tokenizer. */
#ifndef YL_STORE_SEARCH_H
#define YL_STORE_SEARCH_H

#include "base/strbuf.h"

/* What a person typed → an FTS5 query: each blank-separated word becomes an exact phrase in double quotes, joined by AND.
 * Nothing is appended for a blank text or one without any letter, digit or Han character. */
void search_query(struct strbuf *out, const char *typed);

#endif
