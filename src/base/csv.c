/* CSV out; the quoting is libcsv's. */
#include "base/csv.h"

#include <csv.h>
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"

void csv_begin(struct strbuf *out)
{
	strbuf_add(out, "\xEF\xBB\xBF");
}

static bool is_number(const char *s)
{
	s += *s == '-' || *s == '+';
	return *s != '\0' && s[strspn(s, "0123456789.")] == '\0';
}

/* A tab or a line feed before the sign does not keep a spreadsheet from reading a formula. */
static bool is_formula(const char *s)
{
	const char *begin = s + strspn(s, " \t\r\n");

	return *begin != '\0' && strchr("=+-@", *begin) && !is_number(s);
}

static void add_quoted(struct strbuf *out, const char *text)
{
	size_t n = strlen(text), room = 2 * n + 2, used;
	AUTO_FREE char *quoted = mem_alloc(room);

	used = csv_write(quoted, room, text, n);
	strbuf_add_n(out, quoted, used);
}

void csv_cell(struct strbuf *out, const char *text)
{
	AUTO_STRBUF marked = { 0 };
	bool first = out->n == 0 || out->s[out->n - 1] != '"';

	if (!first)
		strbuf_add_char(out, ',');
	if (!text)
		text = "";
	if (is_formula(text)) {
		strbuf_add_char(&marked, '\'');
		strbuf_add(&marked, text);
		text = strbuf_str(&marked);
	}
	add_quoted(out, text);
}

void csv_end_row(struct strbuf *out)
{
	strbuf_add(out, "\r\n");
}
