/* The error that travels upward: a code, a field and one sentence. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cut a half character that snprintf may have left at the end of a full buffer. */
static void trim_half_character(char *s, size_t cap)
{
	size_t n = strlen(s);

	if (n + 1 < cap)
		return;
	while (n > 0 && ((unsigned char)s[n - 1] & 0xC0) == 0x80)
		n--;
	if (n > 0 && ((unsigned char)s[n - 1] & 0x80))
		s[n - 1] = '\0';
}

enum rc err_set(struct err *e, enum rc code, const char *field, const char *format, ...)
{
	va_list args;

	if (e == NULL)
		return code;
	e->code = code;
	snprintf(e->field, sizeof e->field, "%s", field ? field : "");
	va_start(args, format);
	vsnprintf(e->text, sizeof e->text, format, args);
	va_end(args);
	trim_half_character(e->text, sizeof e->text);
	return code;
}

enum rc err_during(struct err *e, const char *format, ...)
{
	char inner[sizeof e->text], context[sizeof e->text];
	va_list args;

	if (e == NULL)
		return RC_INVALID;
	snprintf(inner, sizeof inner, "%s", e->text);
	va_start(args, format);
	vsnprintf(context, sizeof context, format, args);
	va_end(args);
	snprintf(e->text, sizeof e->text, "%s：%s", context, inner);
	trim_half_character(e->text, sizeof e->text);
	return e->code;
}

void err_clear(struct err *e)
{
	memset(e, 0, sizeof *e);
}
