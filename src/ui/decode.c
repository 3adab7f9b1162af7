/* Key events out of bytes. Sequences are parsed by their grammar (ECMA-48 CSI and SS3), then looked up in tables of what terminals send: xterm, PuTTY
 * in its modes, screen, tmux, the Linux console, rxvt. What is unknown is swallowed whole, so that it never turns into typed text.
 */
#include "ui/decode.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define SEQUENCE_MAX 64           /* a longer one is none */
#define PASTE_MAX ((size_t)16 * 1024 * 1024)
#define PASTE_END "\x1b[201~"
#define ESC '\x1b'

enum { SHIFT = 1, ALT = 2, CONTROL = 4 };

struct decoder {
	struct strbuf bytes;
	size_t at;                     /* handed out up to here */
	size_t searched;               /* the end of the paste isn't before this */
	bool pasting;
	bool timed_out;
};

/* What one step made of the bytes at hand. */
enum step { STEP_EVENT, STEP_SKIPPED, STEP_MORE };

struct sequence {
	char final;
	char prefix;                   /* '<' of the mouse, '?' and the like; 0: none */
	unsigned numbers[4];
	size_t n_numbers;
	size_t bytes;                  /* of all of it */
};

struct key_row {
	unsigned code;                 /* a final letter, or the number before ~ */
	uint32_t key;
};

static const struct key_row letter_keys[] = {
	{ 'A', YK_UP }, { 'B', YK_DOWN }, { 'C', YK_RIGHT }, { 'D', YK_LEFT }, { 'H', YK_HOME }, { 'F', YK_END },
	{ 'P', YK_F1 }, { 'Q', YK_F2 }, { 'R', YK_F3 }, { 'S', YK_F4 }, { 'Z', YK_BACKTAB },
	{ 'a', YK_SHIFT_UP }, { 'b', YK_SHIFT_DOWN }, { 'c', YK_SHIFT_RIGHT }, { 'd', YK_SHIFT_LEFT },      /* rxvt */
};

/* After ESC O also the numeric keypad, where something else has left it in application mode. */
static const struct key_row keypad_keys[] = {
	{ 'M', YK_ENTER }, { 'I', YK_TAB }, { 'X', '=' }, { 'j', '*' }, { 'k', '+' }, { 'l', ',' }, { 'm', '-' }, { 'n', '.' }, { 'o', '/' },
	{ 'p', '0' }, { 'q', '1' }, { 'r', '2' }, { 's', '3' }, { 't', '4' }, { 'u', '5' }, { 'v', '6' }, { 'w', '7' }, { 'x', '8' }, { 'y', '9' },
	{ 'a', YK_UP }, { 'b', YK_DOWN }, { 'c', YK_CTRL_RIGHT }, { 'd', YK_CTRL_LEFT },                    /* rxvt: Ctrl */
};

static const struct key_row console_keys[] = {         /* ESC [ [ A: the Linux console, PuTTY's "Linux" */
	{ 'A', YK_F1 }, { 'B', YK_F2 }, { 'C', YK_F3 }, { 'D', YK_F4 }, { 'E', YK_F5 },
};

static const struct key_row number_keys[] = {
	{ 1, YK_HOME }, { 2, YK_INSERT }, { 3, YK_DELETE }, { 4, YK_END }, { 5, YK_PGUP }, { 6, YK_PGDN }, { 7, YK_HOME }, { 8, YK_END },
	{ 11, YK_F1 }, { 12, YK_F2 }, { 13, YK_F3 }, { 14, YK_F4 }, { 15, YK_F5 }, { 17, YK_F6 }, { 18, YK_F7 }, { 19, YK_F8 }, { 20, YK_F9 },
	{ 21, YK_F10 }, { 23, YK_F11 }, { 24, YK_F12 },
};

static const struct { uint32_t key, shift, control; } modified_keys[] = {
	{ YK_LEFT, YK_SHIFT_LEFT, YK_CTRL_LEFT }, { YK_RIGHT, YK_SHIFT_RIGHT, YK_CTRL_RIGHT },
	{ YK_UP, YK_SHIFT_UP, YK_UP }, { YK_DOWN, YK_SHIFT_DOWN, YK_DOWN },
	{ YK_HOME, YK_SHIFT_HOME, YK_CTRL_HOME }, { YK_END, YK_SHIFT_END, YK_CTRL_END },
	{ YK_TAB, YK_BACKTAB, YK_TAB },
};

struct decoder *decoder_new(void)
{
	struct decoder *d = mem_alloc(sizeof *d);

	strbuf_add(&d->bytes, "");
	return d;
}

void decoder_free(struct decoder *d)
{
	if (d == NULL)
		return;
	explicit_bzero(d->bytes.s, d->bytes.cap);     /* a password came through here */
	strbuf_release(&d->bytes);
	free(d);
}

void decoder_add(struct decoder *d, const char *bytes, size_t n)
{
	if (d->at > 0) {
		memmove(d->bytes.s, d->bytes.s + d->at, d->bytes.n - d->at);
		strbuf_truncate(&d->bytes, d->bytes.n - d->at);
		d->at = 0;
	}
	strbuf_add_n(&d->bytes, bytes, n);
	d->timed_out = false;
}

static uint32_t find_key(const struct key_row *rows, size_t n, unsigned code)
{
	for (size_t i = 0; i < n; i++)
		if (rows[i].code == code)
			return rows[i].key;
	return YK_NONE;
}

static uint32_t with_modifiers(uint32_t key, unsigned modifiers)
{
	for (size_t i = 0; i < COUNT(modified_keys); i++) {
		if (modified_keys[i].key != key)
			continue;
		if (modifiers & CONTROL)
			key = modified_keys[i].control;
		else if (modifiers & SHIFT)
			key = modified_keys[i].shift;
		break;
	}
	return modifiers & ALT ? key | MOD_ALT : key;
}

/* The numbers of a sequence: "1;5". */
static size_t parse_numbers(const char *s, size_t n, size_t at, struct sequence *q)
{
	for (; at < n && ((s[at] >= '0' && s[at] <= '9') || s[at] == ';' || s[at] == ':'); at++) {
		if (q->n_numbers == 0)
			q->n_numbers = 1;
		if (s[at] == ';' || s[at] == ':') {
			if (q->n_numbers < COUNT(q->numbers))
				q->numbers[q->n_numbers++] = 0;
		} else if (q->numbers[q->n_numbers - 1] < 100000) {
			q->numbers[q->n_numbers - 1] = q->numbers[q->n_numbers - 1] * 10 + (unsigned)(s[at] - '0');
		}
	}
	return at;
}

/* ESC [ or ESC O at s and what follows. STEP_SKIPPED: q->bytes of it are no sequence. */
static enum step parse_sequence(const char *s, size_t n, struct sequence *q)
{
	size_t at = 2;

	*q = (struct sequence){ 0 };
	if (n > SEQUENCE_MAX)
		n = SEQUENCE_MAX;      /* the same end however the bytes come in */
	if (s[1] == '[' && at < n && s[at] >= '<' && s[at] <= '?')
		q->prefix = s[at++];
	at = parse_numbers(s, n, at, q);
	if (at < n && s[at] == '$' && q->prefix == 0 && q->n_numbers == 1) {
		q->final = '$';        /* rxvt: Shift; elsewhere it would stand before the final */
		q->bytes = at + 1;
		return STEP_EVENT;
	}
	while (at < n && s[at] >= 0x20 && s[at] < 0x30)
		at++;
	q->bytes = at;
	if (at >= SEQUENCE_MAX)
		return STEP_SKIPPED;
	if (at >= n)
		return STEP_MORE;
	if (s[at] < 0x40 || s[at] > 0x7E)
		return STEP_SKIPPED;
	q->final = s[at];
	q->bytes = at + 1;
	return STEP_EVENT;
}

static uint32_t key_of_sequence(char kind, const struct sequence *q)
{
	unsigned modifiers = q->n_numbers >= 2 && q->numbers[1] > 0 ? q->numbers[1] - 1 : 0;
	uint32_t key = YK_NONE;

	if (q->prefix)
		return YK_NONE;
	if (q->final == '~' || q->final == '^' || q->final == '$' || q->final == '@') {
		modifiers |= q->final == '^' || q->final == '@' ? CONTROL : 0;
		modifiers |= q->final == '$' || q->final == '@' ? SHIFT : 0;
		key = find_key(number_keys, COUNT(number_keys), q->numbers[0]);
		return key == YK_NONE ? key : with_modifiers(key, modifiers);
	}
	if (q->final == 'R' && q->n_numbers > 0)
		return YK_NONE;        /* half a cursor report */
	if (kind == 'O') {
		key = find_key(keypad_keys, COUNT(keypad_keys), (unsigned char)q->final);
		modifiers = q->n_numbers == 1 && q->numbers[0] > 0 ? q->numbers[0] - 1 : modifiers;
	}
	if (key == YK_NONE)
		key = find_key(letter_keys, COUNT(letter_keys), (unsigned char)q->final);
	return key == YK_NONE ? key : with_modifiers(key, modifiers);
}

static enum step take(struct decoder *d, size_t bytes, uint32_t key, struct key_event *out)
{
	d->at += bytes;
	*out = (struct key_event){ .key = key };
	return key == YK_NONE ? STEP_SKIPPED : STEP_EVENT;
}

/* Buttons as xterm numbers them: 0 left; 64 and 65 the wheel; 32 is added while the mouse moves. col and row count from 1. */
static enum step take_mouse(struct decoder *d, size_t bytes, unsigned button, unsigned col, unsigned row, bool pressed, struct key_event *out)
{
	uint32_t key = YK_NONE;

	button &= ~28u;                /* Shift, Alt, Ctrl */
	if (pressed && col > 0 && row > 0)
		key = button == 0 ? YK_CLICK : button == 64 ? YK_WHEEL_UP : button == 65 ? YK_WHEEL_DOWN : YK_NONE;
	d->at += bytes;
	*out = (struct key_event){ .key = key, .row = (int)row - 1, .col = (int)col - 1 };
	return key == YK_NONE ? STEP_SKIPPED : STEP_EVENT;
}

/* A sequence that was cut off: Alt-[ or Alt-O if that is all, else nothing that means anything. */
static enum step take_cut(struct decoder *d, const char *s, size_t n, struct key_event *out)
{
	if (!d->timed_out)
		return STEP_MORE;
	return take(d, n, n == 2 ? MOD_ALT | (uint32_t)s[1] : (uint32_t)YK_NONE, out);
}

static enum step step_sequence(struct decoder *d, const char *s, size_t n, uint32_t alt, struct key_event *out)
{
	struct sequence q;
	enum step step;
	uint32_t key;

	if (n >= 3 && s[1] == '[' && s[2] == '[') {
		if (n == 3)
			return take_cut(d, s, n, out);
		return take(d, 4, find_key(console_keys, COUNT(console_keys), (unsigned char)s[3]), out);
	}
	step = parse_sequence(s, n, &q);
	if (step == STEP_MORE)
		return take_cut(d, s, n, out);
	if (step == STEP_SKIPPED)
		return take(d, q.bytes, YK_NONE, out);
	if (q.final == 'M' && s[1] == '[' && q.prefix == 0 && q.n_numbers == 0) {
		if (n < q.bytes + 3)
			return take_cut(d, s, n, out);
		return take_mouse(d, q.bytes + 3, (unsigned char)s[3] - 32u, (unsigned char)s[4] - 32u, (unsigned char)s[5] - 32u, true, out);
	}
	if ((q.final == 'M' || q.final == 'm') && q.prefix == '<' && q.n_numbers == 3)
		return take_mouse(d, q.bytes, q.numbers[0], q.numbers[1], q.numbers[2], q.final == 'M', out);
	if (q.final == 'R' && s[1] == '[' && q.prefix == 0 && q.n_numbers == 2) {
		enum step taken = take(d, q.bytes, YK_CURSOR_REPORT, out);

		out->row = (int)q.numbers[0] - 1;
		out->col = (int)q.numbers[1] - 1;
		return taken;
	}
	if (q.final == '~' && q.numbers[0] == 200 && q.prefix == 0) {
		d->pasting = true;
		d->searched = 0;
		return take(d, q.bytes, YK_NONE, out);
	}
	key = key_of_sequence(s[1], &q);
	return take(d, q.bytes, key == YK_NONE ? key : key | alt, out);
}

static enum step step_escape(struct decoder *d, const char *s, size_t n, struct key_event *out)
{
	if (n == 1)
		return d->timed_out ? take(d, 1, YK_ESC, out) : STEP_MORE;
	if (s[1] == '[' || s[1] == 'O')
		return step_sequence(d, s, n, 0, out);
	if (s[1] == ESC) {
		if (n == 2 && !d->timed_out)
			return STEP_MORE;
		if (n > 2 && (s[2] == '[' || s[2] == 'O')) {       /* rxvt: Alt and an arrow */
			enum step step;

			d->at++;
			step = step_sequence(d, s + 1, n - 1, MOD_ALT, out);
			d->at -= step == STEP_MORE;
			return step;
		}
		return take(d, 1, YK_ESC, out);
	}
	if (s[1] == '\t')
		return take(d, 2, YK_BACKTAB, out);    /* the Linux console */
	if (s[1] == 0x7F || s[1] == 8)
		return take(d, 2, MOD_ALT | YK_BACKSPACE, out);
	if (s[1] >= 0x20 && s[1] < 0x7F)
		return take(d, 2, MOD_ALT | (uint32_t)s[1], out);
	return take(d, 1, YK_ESC, out);        /* Esc, and quickly something else after it */
}

/* How many bytes the character at s needs, as its first byte says. */
static size_t bytes_needed(unsigned char lead)
{
	return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
}

static bool is_cut_short(const char *s, size_t n)
{
	size_t have = 1;

	while (have < n && ((unsigned char)s[have] & 0xC0) == 0x80)
		have++;
	return have == n && have < bytes_needed((unsigned char)s[0]);
}

static enum step step_character(struct decoder *d, const char *s, size_t n, struct key_event *out)
{
	unsigned char c = (unsigned char)s[0];
	uint32_t cp;
	size_t len;

	if (c == 8 || c == 0x7F)
		return take(d, 1, YK_BACKSPACE, out);
	if (c == '\n')
		return take(d, 1, YK_ENTER, out);
	if (c < 0x20)
		return take(d, 1, c ? c : (uint32_t)YK_NONE, out);
	if (c >= 0x80 && is_cut_short(s, n))
		return STEP_MORE;
	len = text_decode(s, n, &cp);
	if ((cp == 0xFFFD && len == 1) || !key_is_text(cp))
		cp = YK_NONE;
	return take(d, len, cp, out);
}

static enum step step_paste(struct decoder *d, const char *s, size_t n, struct key_event *out)
{
	size_t end_bytes = strlen(PASTE_END);
	const char *end = memmem(s + d->searched, n - d->searched, PASTE_END, end_bytes);

	if (end == NULL && !d->timed_out && n < PASTE_MAX) {
		d->searched = n > end_bytes ? n - end_bytes : 0;
		return STEP_MORE;
	}
	d->pasting = false;
	*out = (struct key_event){ .key = YK_PASTE, .text = s, .n = end ? (size_t)(end - s) : n };
	d->at += out->n + (end ? end_bytes : 0);
	return STEP_EVENT;
}

bool decoder_next(struct decoder *d, struct key_event *out)
{
	enum step step = STEP_SKIPPED;

	while (step == STEP_SKIPPED) {
		const char *s = d->bytes.s + d->at;
		size_t n = d->bytes.n - d->at;

		if (d->pasting)
			step = step_paste(d, s, n, out);
		else if (n == 0)
			step = STEP_MORE;
		else if (s[0] == ESC)
			step = step_escape(d, s, n, out);
		else
			step = step_character(d, s, n, out);
	}
	if (d->at == d->bytes.n)
		d->timed_out = false;
	return step == STEP_EVENT;
}

bool decoder_ready(const struct decoder *d)
{
	struct decoder copy = *d;      /* reading moves only what lies in the struct itself */
	struct key_event ev;

	return decoder_next(&copy, &ev);
}

enum decoder_wait decoder_waits(const struct decoder *d)
{
	if (d->pasting)
		return DECODER_PASTE;
	return d->at < d->bytes.n && d->bytes.s[d->at] == ESC ? DECODER_ESCAPE : DECODER_IDLE;
}

void decoder_timeout(struct decoder *d)
{
	d->timed_out = true;
}
