/* A growing UTF-8 string.
 *
 * Invariant: s is never NULL after the first append and is NUL-ended; n is its length in bytes.
 * Zero-initialised is a valid empty buffer (strbuf_str() then answers "").
 */
#ifndef YL_BASE_STRBUF_H
#define YL_BASE_STRBUF_H

#include <stddef.h>

#include "base/err.h"

struct strbuf {
	char *s;
	size_t n, cap;
};

void strbuf_add(struct strbuf *b, const char *s);
void strbuf_add_n(struct strbuf *b, const char *s, size_t n);
void strbuf_add_char(struct strbuf *b, char c);
void strbuf_format(struct strbuf *b, const char *format, ...) PRINTF_LIKE(2, 3);
void strbuf_truncate(struct strbuf *b, size_t n);
const char *strbuf_str(const struct strbuf *b);   /* borrowed until the next change */
char *strbuf_take(struct strbuf *b);              /* the caller frees it; the buffer is empty afterwards */
void strbuf_release(struct strbuf *b);
#define AUTO_STRBUF __attribute__((cleanup(strbuf_release))) struct strbuf

#endif
