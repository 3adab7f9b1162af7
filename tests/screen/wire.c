/* What may go to a terminal: a small grammar and its tables. */
#include "wire.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { TEXT, CHARACTER, ESCAPE, CHARSET, CSI };

/* CSI … final: how many numbers at most, and what they may not exceed. */
enum limit { NO_LIMIT, ROWS, COLS, SGR, MODE, ASK_CURSOR, TITLE_STACK, ONE, TWO };
static const struct { char final; enum limit limit; int numbers; } sequences[] = {
	{ 'H', NO_LIMIT, 2 }, { 'f', NO_LIMIT, 2 }, { 'A', ROWS, 1 }, { 'B', ROWS, 1 }, { 'C', COLS, 1 }, { 'D', COLS, 1 }, { 'G', COLS, 1 },
	{ 'd', ROWS, 1 }, { 'J', TWO, 1 }, { 'K', ONE, 1 }, { 'X', COLS, 1 }, { '@', COLS, 1 }, { 'P', COLS, 1 }, { 'L', ROWS, 1 },
	{ 'M', ROWS, 1 }, { 'S', ROWS, 1 }, { 'T', ROWS, 1 }, { 'b', COLS, 1 }, { 'Z', COLS, 1 }, { 'r', NO_LIMIT, 2 }, { 'm', SGR, 8 },
	{ 'h', MODE, 3 }, { 'l', MODE, 3 }, { 'n', ASK_CURSOR, 1 }, { 't', TITLE_STACK, 3 },
};
static const int private_modes[] = { 1, 7, 12, 25, 47, 1000, 1006, 1049, 2004 };
static const int plain_modes[] = { 4, 34 };
static const char controls[] = "\r\n\b\t\a\x0f";

void wire_init(struct wire *w, int rows, int cols)
{
	*w = (struct wire){ .rows = rows, .cols = cols };
}

void wire_resize(struct wire *w, int rows, int cols)
{
	w->rows = rows > w->rows ? rows : w->rows;
	w->cols = cols > w->cols ? cols : w->cols;
}

static void fault(struct wire *w, const char *what)
{
	int n;

	if (w->fault[0] != '\0')
		return;
	n = snprintf(w->fault, sizeof w->fault, "byte %zu: %s:", w->at, what);
	for (size_t i = 0; i < w->n && n < (int)sizeof w->fault - 4; i++)
		n += snprintf(w->fault + n, sizeof w->fault - (size_t)n, " %02x", (unsigned char)w->bytes[i]);
}

static bool is_in(int number, const int *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == number)
			return true;
	return false;
}

/* Attributes and colours: no faint blink conceal strike, which nobody's text may ask for either. */
static bool sgr_is_ours(const int *numbers, int n)
{
	for (int i = 0; i < n; i++) {
		int k = numbers[i];

		if ((k == 38 || k == 48) && i + 2 < n && numbers[i + 1] == 5 && numbers[i + 2] <= 255)
			i += 2;
		else if (!(k <= 4 || k == 7 || (k >= 22 && k <= 27 && k != 25) || (k >= 30 && k <= 37) || (k >= 39 && k <= 47) || k == 49 ||
		           (k >= 90 && k <= 97) || (k >= 100 && k <= 107)))
			return false;
	}
	return true;
}

static bool numbers_are_ours(const struct wire *w, char final, bool private, enum limit limit, const int *numbers, int n)
{
	switch (limit) {
	case NO_LIMIT:                                         /* a position: row and column, or two rows */
		return (n < 1 || numbers[0] <= w->rows) && (n < 2 || numbers[1] <= (final == 'r' ? w->rows : w->cols));
	case ROWS:
		return n < 1 || numbers[0] <= w->rows;
	case COLS:
		return n < 1 || numbers[0] <= w->cols;
	case SGR:
		return sgr_is_ours(numbers, n);
	case MODE:
		for (int i = 0; i < n; i++)
			if (!(private ? is_in(numbers[i], private_modes, sizeof private_modes / sizeof *private_modes)
			              : is_in(numbers[i], plain_modes, sizeof plain_modes / sizeof *plain_modes)))
				return false;
		return n > 0;
	case ASK_CURSOR:
		return n == 1 && numbers[0] == 6;
	case TITLE_STACK:                                      /* xterm's smcup and rmcup */
		return n == 3 && (numbers[0] == 22 || numbers[0] == 23) && numbers[1] == 0 && numbers[2] == 0;
	default:
		return n < 1 || numbers[0] <= (int)(limit - ONE) + 1;
	}
}

/* bytes[0..n) is a whole CSI sequence. */
static void check_sequence(struct wire *w)
{
	char final = w->bytes[w->n - 1];
	bool private = w->n > 3 && w->bytes[2] == '?';
	int numbers[16] = { 0 }, n = 0;

	for (size_t i = 2 + private; i < w->n - 1; i++) {
		char c = w->bytes[i];

		if (n == 0)
			n = 1;
		if (c == ';' && n < 16)
			numbers[n++] = 0;
		else if (c >= '0' && c <= '9' && numbers[n - 1] < 100000)
			numbers[n - 1] = numbers[n - 1] * 10 + (c - '0');
		else
			fault(w, "a sequence that the program does not send");
	}
	for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
		if (sequences[i].final != final)
			continue;
		if (n > sequences[i].numbers || (private && sequences[i].limit != MODE) ||
		    !numbers_are_ours(w, final, private, sequences[i].limit, numbers, n))
			fault(w, "a sequence with numbers that the program does not send");
		return;
	}
	fault(w, "a sequence that the program does not send");
}

static size_t bytes_of_character(unsigned char lead)
{
	return lead >= 0xF5 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
}

/* Stated anew, not asked from the program's own text_is_hostile(): controls, zero-width and bidi formats, line separators, tags, noncharacters. */
static bool is_hostile(uint32_t cp)
{
	static const struct { uint32_t first, last; } ranges[] = {
		{ 0, 0x1F }, { 0x7F, 0x9F }, { 0xAD, 0xAD }, { 0x61C, 0x61C }, { 0x180E, 0x180E }, { 0x200B, 0x200F }, { 0x2028, 0x202E }, { 0x2060, 0x206F },
		{ 0xD800, 0xDFFF }, { 0xFDD0, 0xFDEF }, { 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE0FFF },
	};

	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (cp >= ranges[i].first && cp <= ranges[i].last)
			return true;
	return (cp & 0xFFFE) == 0xFFFE;
}

static int end_character(struct wire *w)
{
	uint32_t cp;

	if (text_decode(w->bytes, w->n, &cp) != w->n || (cp == 0xFFFD && memcmp(w->bytes, "\xef\xbf\xbd", 3) != 0))
		fault(w, "broken UTF-8");
	else if (is_hostile(cp))
		fault(w, "a hostile character");
	return TEXT;
}

static int text_byte(struct wire *w, unsigned char c)
{
	if (c == 0x1b)
		return ESCAPE;
	if (c < 0x20 || c == 0x7f) {
		if (c == 0 || strchr(controls, c) == NULL)
			fault(w, "a control character");
		return TEXT;
	}
	if (c < 0x80)
		return TEXT;
	return bytes_of_character(c) > 1 ? CHARACTER : end_character(w);
}

static int escape_byte(struct wire *w, char c)
{
	if (c == '[')
		return CSI;
	if (c == '(' || c == ')')
		return CHARSET;
	if (strchr("=>78DM", c) == NULL || c == '\0')
		fault(w, "a sequence that the program does not send");
	return TEXT;
}

static int charset_byte(struct wire *w, char c)
{
	if (c != 'B' && c != '0')
		fault(w, "a character set");
	return TEXT;
}

static int csi_byte(struct wire *w, char c)
{
	if (w->n >= sizeof w->bytes - 1) {
		fault(w, "a sequence without end");
		return TEXT;
	}
	if (c < 0x40 || c > 0x7e)
		return CSI;
	check_sequence(w);
	return TEXT;
}

void wire_add(struct wire *w, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++, w->at++) {
		if (w->state == TEXT)
			w->n = 0;
		w->bytes[w->n++] = bytes[i];
		switch (w->state) {
		case TEXT:
			w->state = text_byte(w, (unsigned char)bytes[i]);
			break;
		case CHARACTER:
			if (w->n == bytes_of_character((unsigned char)w->bytes[0]))
				w->state = end_character(w);
			break;
		case ESCAPE:
			w->state = escape_byte(w, bytes[i]);
			break;
		case CHARSET:
			w->state = charset_byte(w, bytes[i]);
			break;
		default:
			w->state = csi_byte(w, bytes[i]);
		}
	}
}
