/* A growing UTF-8 string. */
#include "base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void strbuf_add_n(struct strbuf *b, const char *s, size_t n)
{
	b->s = mem_grow(b->s, &b->cap, b->n + n + 1, 1);
	if (n > 0)
		memcpy(b->s + b->n, s, n);
	b->n += n;
	b->s[b->n] = '\0';
}

void strbuf_add(struct strbuf *b, const char *s)
{
	strbuf_add_n(b, s, strlen(s));
}

void strbuf_add_char(struct strbuf *b, char c)
{
	strbuf_add_n(b, &c, 1);
}

void strbuf_format(struct strbuf *b, const char *format, ...)
{
	va_list args, again;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n > 0) {
		b->s = mem_grow(b->s, &b->cap, b->n + (size_t)n + 1, 1);
		vsnprintf(b->s + b->n, (size_t)n + 1, format, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

void strbuf_truncate(struct strbuf *b, size_t n)
{
	if (n < b->n) {
		b->n = n;
		b->s[n] = '\0';
	}
}

const char *strbuf_str(const struct strbuf *b)
{
	return b->s ? b->s : "";
}

char *strbuf_take(struct strbuf *b)
{
	char *s = b->s ? b->s : mem_alloc(1);

	*b = (struct strbuf){ 0 };
	return s;
}

void strbuf_release(struct strbuf *b)
{
	free(b->s);
	*b = (struct strbuf){ 0 };
}
