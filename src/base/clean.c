/* Text that comes in from people and files: what is refused, what is made alike. */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* A base and its marks; more than a cell can hold is an attack on the screen, not writing. */
#define MARKS_KEPT 4

bool text_is_hostile(uint32_t cp)
{
	if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
		return true;
	if (cp < 0xAD)
		return false;
	if (cp > 0x10FFFF || (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF))
		return true;
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return false;
	}
}

/* Ranges in which nothing composes or decomposes, so that the usual text needs no normalisation. */
static bool is_nfc_inert(uint32_t cp)
{
	return cp < 0x300 || (cp >= 0x2010 && cp <= 0x2027) || (cp >= 0x3000 && cp <= 0x3098) ||
	       (cp >= 0x30A0 && cp <= 0x9FFF) || (cp >= 0xE000 && cp <= 0xF8FF) || (cp >= 0xFF00 && cp <= 0xFFEF);
}

/* Drop what is hostile or invalid, and make line ends and blanks alike. Returns how many were dropped. */
static size_t drop_hostile(struct strbuf *out, const char *s, size_t n, enum text_kind kind, bool *inert)
{
	size_t at = 0, dropped = 0;

	*inert = true;
	while (at < n) {
		uint32_t cp;
		size_t len = text_decode(s + at, n - at, &cp);
		const char *from = s + at;

		at += len;
		if (cp == '\r') {
			if (at < n && s[at] == '\n')
				at++;
			cp = '\n';
		}
		if (cp == '\n') {
			strbuf_add_char(out, kind == TEXT_LINE ? ' ' : '\n');
		} else if (cp == '\t' || cp == 0xA0) {
			strbuf_add_char(out, ' ');
		} else if ((cp == 0xFFFD && len == 1) || text_is_hostile(cp)) {
			dropped++;
		} else {
			*inert = *inert && is_nfc_inert(cp);
			strbuf_add_n(out, from, len);
		}
	}
	return dropped;
}

static void normalise(struct strbuf *b)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)b->s, (utf8proc_ssize_t)b->n, &composed,
	                                  UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	if (n >= 0) {
		strbuf_truncate(b, 0);
		strbuf_add_n(b, (const char *)composed, (size_t)n);
	}
	free(composed);
}

/* Drop marks that have no base, and those a cell can't hold. */
static size_t drop_marks(struct strbuf *out, const char *s, size_t n)
{
	size_t at = 0, dropped = 0;
	int room = 0;                  /* marks that the character before still takes */

	while (at < n) {
		uint32_t cp;
		size_t len = text_decode(s + at, n - at, &cp);
		bool mark = cp >= 0x300 && text_char_width(cp) == 0;

		if (mark && room == 0) {
			dropped++;
		} else {
			strbuf_add_n(out, s + at, len);
			room = mark ? room - 1 : cp == '\n' || cp == ' ' || cp == 0x3000 ? 0 : MARKS_KEPT;
		}
		at += len;
	}
	return dropped;
}

static size_t blank_bytes(const char *s, size_t n)
{
	if (n >= 1 && s[0] == ' ')
		return 1;
	return n >= 3 && memcmp(s, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
}

static void add_trimmed(struct strbuf *out, const char *s, size_t n)
{
	size_t k;

	while ((k = blank_bytes(s, n)) > 0) {
		s += k;
		n -= k;
	}
	while (n > 0 && (s[n - 1] == ' ' || (n >= 3 && blank_bytes(s + n - 3, 3) == 3)))
		n -= s[n - 1] == ' ' ? 1 : 3;
	strbuf_add_n(out, s, n);
}

size_t text_clean(struct strbuf *out, const char *s, size_t n, enum text_kind kind)
{
	AUTO_STRBUF safe = { 0 };
	AUTO_STRBUF kept = { 0 };
	bool inert;
	size_t dropped = drop_hostile(&safe, s, n, kind, &inert);

	if (!inert) {
		normalise(&safe);
		dropped += drop_marks(&kept, strbuf_str(&safe), safe.n);
	}
	if (kind == TEXT_LINE)
		add_trimmed(out, strbuf_str(inert ? &safe : &kept), inert ? safe.n : kept.n);
	else
		strbuf_add_n(out, strbuf_str(inert ? &safe : &kept), inert ? safe.n : kept.n);
	return dropped;
}

/* The dots that input methods give for the one between the parts of a name (阿卜杜拉·买买提). */
static bool is_name_dot(uint32_t cp)
{
	return cp == 0xB7 || cp == 0x2022 || cp == 0x2027 || cp == 0x22C5 || cp == 0x30FB || cp == 0xFF65;
}

void text_fold(struct strbuf *out, const char *s)
{
	size_t n = strlen(s), at = 0;

	while (at < n) {
		uint32_t cp;
		char bytes[4];
		size_t len = text_decode(s + at, n - at, &cp);

		if (cp >= 0xFF01 && cp <= 0xFF5E)
			cp -= 0xFF01 - 0x21;
		if (cp == 0x3000)
			cp = ' ';
		else if (is_name_dot(cp))
			cp = 0xB7;
		else if (cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
		else if (cp >= 0x80 && (cp < 0x3000 || cp > 0x9FFF))
			cp = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
		strbuf_add_n(out, bytes, text_encode(cp, bytes));
		at += len;
	}
}
