/* Sets of codes as columns keep them: words with blanks between. */
#ifndef YL_DOMAIN_WORD_SET_H
#define YL_DOMAIN_WORD_SET_H

#include <stdbool.h>
#include <string.h>

static inline bool word_set_has(const char *set, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = set; n > 0 && (at = strstr(at, word)) != NULL; at += n)
		if ((at == set || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

#endif
