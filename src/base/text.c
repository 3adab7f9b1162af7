/* UTF-8: decoding, columns, clusters and the fitting through which all text of a screen passes.
 *
 * ASCII and Han take a short way everywhere, because these functions run for every visible cell of every frame.
 */
#include "base/text.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>
#include <wchar.h>

#define REPLACEMENT 0xFFFDu
#define REPLACEMENT_UTF8 "\xEF\xBF\xBD"
#define ELLIPSIS_UTF8 "…"

/* ncurses keeps a base and four marks in a cell (CCHARW_MAX 5); what comes after them is not painted. */
#define MARKS_PAINTED 4

/* No zero-width mark is encoded with a lead byte below this one (U+0300 is CC 80). */
#define FIRST_MARK_LEAD 0xCC

void text_locale_init(void)
{
	setlocale(LC_ALL, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_NUMERIC, "C");     /* files and SQL want a point, whatever the country */
}

static bool is_continuation(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

size_t text_decode(const char *s, size_t n, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)s;

	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	*cp = REPLACEMENT;
	if (p[0] >= 0xC2 && p[0] < 0xE0 && n >= 2 && is_continuation(p[1])) {
		*cp = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
		return 2;
	}
	if (p[0] >= 0xE0 && p[0] < 0xF0 && n >= 3 && is_continuation(p[1]) && is_continuation(p[2])) {
		uint32_t c = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);

		if (c < 0x800 || (c >= 0xD800 && c <= 0xDFFF))
			return 1;
		*cp = c;
		return 3;
	}
	if (p[0] >= 0xF0 && p[0] < 0xF5 && n >= 4 && is_continuation(p[1]) && is_continuation(p[2]) &&
	    is_continuation(p[3])) {
		uint32_t c = (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);

		if (c < 0x10000 || c > 0x10FFFF)
			return 1;
		*cp = c;
		return 4;
	}
	return 1;
}

size_t text_encode(uint32_t cp, char out[4])
{
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = REPLACEMENT;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

/* A decoded U+FFFD of one byte is invalid input; of three bytes it is the character itself. */
bool text_is_utf8(const char *s, size_t n, size_t *bad_at)
{
	size_t at = 0;

	while (at < n) {
		uint32_t cp;
		size_t len = text_decode(s + at, n - at, &cp);

		if (cp == REPLACEMENT && len == 1) {
			if (bad_at)
				*bad_at = at;
			return false;
		}
		at += len;
	}
	return true;
}

static bool is_plain_ascii(unsigned char c)
{
	return c >= 0x20 && c < 0x7F;
}

/* Han of the basic plane: two columns, and never a mark. */
static bool is_common_han(uint32_t cp)
{
	return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF);
}

int text_char_width(uint32_t cp)
{
	if (cp < 0x7F)
		return cp >= 0x20 ? 1 : -1;
	if (is_common_han(cp))
		return 2;
	if (text_is_hostile(cp))
		return -1;
	return wcwidth((wchar_t)cp);
}

/* Whether the byte that follows a cluster's base can't begin a mark, so that nobody needs to decode it. */
static bool ends_cluster(unsigned char next)
{
	return next < FIRST_MARK_LEAD || (next >= 0xE4 && next <= 0xE9);
}

static size_t marks_after(const char *s, size_t n)
{
	size_t at = 0;

	while (at < n && !ends_cluster((unsigned char)s[at])) {
		uint32_t cp;
		size_t len = text_decode(s + at, n - at, &cp);

		if (text_char_width(cp) != 0)
			break;
		at += len;
	}
	return at;
}

/* The cluster at s, and whether it must be painted as the replacement sign: a lone mark would join the cell before it. */
static size_t cluster_at(const char *s, size_t n, int *width_cols, bool *replace)
{
	uint32_t cp;
	size_t len;
	int width;

	*replace = false;
	if (is_plain_ascii((unsigned char)s[0]) && (n == 1 || ends_cluster((unsigned char)s[1]))) {
		*width_cols = 1;
		return 1;
	}
	len = text_decode(s, n, &cp);
	if (is_common_han(cp) && (n == len || ends_cluster((unsigned char)s[len]))) {
		*width_cols = 2;
		return len;
	}
	if (cp == '\n') {
		*width_cols = 0;
		return 1;
	}
	width = text_char_width(cp);
	if (width <= 0 || (cp == REPLACEMENT && len == 1)) {
		*replace = true;
		*width_cols = 1;
		return len;
	}
	*width_cols = width;
	return len + marks_after(s + len, n - len);
}

size_t text_cluster(const char *s, size_t n, int *width_cols)
{
	bool replace;

	return cluster_at(s, n, width_cols, &replace);
}

/* As text_cluster(), in a line: there a LF is painted as a blank. */
static size_t line_cluster(const char *s, size_t n, int *width_cols, bool *replace)
{
	size_t len = cluster_at(s, n, width_cols, replace);

	if (s[0] == '\n')
		*width_cols = 1;
	return len;
}

size_t text_cluster_count(const char *s)
{
	size_t n = strlen(s), at = 0, count = 0;
	int width;

	while (at < n) {
		at += text_cluster(s + at, n - at, &width);
		count++;
	}
	return count;
}

int text_width(const char *s)
{
	size_t n = strlen(s), at = 0;
	int width, total = 0;
	bool replace;

	while (at < n) {
		at += line_cluster(s + at, n - at, &width, &replace);
		total += width;
	}
	return total;
}

size_t text_index(const char *const *keys, size_t n, const char *key)
{
	size_t i = 0;

	while (i < n && (key == NULL || strcmp(keys[i], key) != 0))
		i++;
	return i;
}

bool text_is_blank(const char *s)
{
	size_t n = s ? strlen(s) : 0, at = 0;

	while (at < n) {
		uint32_t cp;

		at += text_decode(s + at, n - at, &cp);
		if (cp != ' ' && !(cp >= '\t' && cp <= '\r') && cp != 0xA0 && cp != 0x3000)
			return false;
	}
	return true;
}

size_t text_prefix(const char *s, int width_cols, int *used_cols)
{
	size_t n = strlen(s), at = 0;
	int used = 0;

	while (at < n) {
		int width;
		bool replace;
		size_t len = line_cluster(s + at, n - at, &width, &replace);

		if (used + width > width_cols)
			break;
		used += width;
		at += len;
	}
	if (used_cols)
		*used_cols = used;
	return at;
}

/* Append a cluster with no more marks than a cell can hold. */
static void add_painted(struct strbuf *out, const char *s, size_t len)
{
	uint32_t cp;
	size_t at = text_decode(s, len, &cp);

	for (int marks = 0; at < len && marks < MARKS_PAINTED; marks++)
		at += text_decode(s + at, len - at, &cp);
	strbuf_add_n(out, s, at);
}

static void add_sanitized(struct strbuf *out, const char *s, size_t n)
{
	size_t at = 0;

	while (at < n) {
		int width;
		bool replace;
		size_t len = line_cluster(s + at, n - at, &width, &replace);

		if (replace)
			strbuf_add(out, REPLACEMENT_UTF8);
		else if (s[at] == '\n')
			strbuf_add_char(out, ' ');
		else
			add_painted(out, s + at, len);
		at += len;
	}
}

static void add_blanks(struct strbuf *out, int n)
{
	for (; n > 0; n--)
		strbuf_add_char(out, ' ');
}

void text_fit(struct strbuf *out, const char *s, int width_cols, enum text_align align)
{
	size_t n = strlen(s), at = 0, cut = 0;
	int used = 0, cut_cols = 0;
	bool odd = false;              /* something must be painted otherwise than it is stored */

	if (width_cols <= 0)
		return;
	while (at < n) {
		int width;
		bool replace;
		size_t len = line_cluster(s + at, n - at, &width, &replace);

		if (used + width > width_cols)
			break;
		odd = odd || replace || len > 4 || s[at] == '\n';
		at += len;
		used += width;
		if (used < width_cols) {
			cut = at;
			cut_cols = used;
		}
	}
	if (at < n) {
		at = cut;
		used = cut_cols + 1;
	}
	if (align == ALIGN_RIGHT)
		add_blanks(out, width_cols - used);
	if (odd)
		add_sanitized(out, s, at);
	else
		strbuf_add_n(out, s, at);
	if (s[at] != '\0')
		strbuf_add(out, ELLIPSIS_UTF8);
	if (align == ALIGN_LEFT)
		add_blanks(out, width_cols - used);
}
