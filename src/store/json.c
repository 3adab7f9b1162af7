/* Writing JSON as the journal holds it: one form for each value, so that equal values are equal text. */
#include "base/strbuf.h"

#include <inttypes.h>
#include <stdio.h>

#include "internal.h"

void json_text(struct strbuf *out, const char *s, size_t n)
{
	strbuf_add_char(out, '"');
	for (size_t i = 0, start = 0; i <= n; i++) {
		unsigned char c = i < n ? (unsigned char)s[i] : '\0';

		if (i < n && c >= 0x20 && c != '"' && c != '\\')
			continue;
		strbuf_add_n(out, s + start, i - start);
		start = i + 1;
		if (i == n)
			break;
		if (c == '"' || c == '\\')
			strbuf_format(out, "\\%c", c);
		else if (c == '\n')
			strbuf_add(out, "\\n");
		else
			strbuf_format(out, "\\u%04x", c);
	}
	strbuf_add_char(out, '"');
}

static void json_blob(struct strbuf *out, const unsigned char *bytes, int n)
{
	strbuf_add(out, "{\"$b\":\"");
	for (int i = 0; i < n; i++)
		strbuf_format(out, "%02x", bytes[i]);
	strbuf_add(out, "\"}");
}

void json_value(struct strbuf *out, sqlite3_value *v)
{
	switch (sqlite3_value_type(v)) {
	case SQLITE_INTEGER:
		strbuf_format(out, "%" PRId64, (int64_t)sqlite3_value_int64(v));
		break;
	case SQLITE_FLOAT:
		strbuf_format(out, "%.17g", sqlite3_value_double(v));
		break;
	case SQLITE_TEXT:
		json_text(out, (const char *)sqlite3_value_text(v), (size_t)sqlite3_value_bytes(v));
		break;
	case SQLITE_BLOB:
		json_blob(out, sqlite3_value_blob(v), sqlite3_value_bytes(v));
		break;
	default:
		strbuf_add(out, "null");
		break;
	}
}
