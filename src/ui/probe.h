/* One question to the terminal before curses starts: how wide it draws ambiguous characters, and whether it speaks UTF-8 at all. */
#ifndef YL_UI_PROBE_H
#define YL_UI_PROBE_H

#include "base/strbuf.h"

enum terminal_width {
	WIDTH_UNKNOWN,            /* no answer in time: taken as narrow */
	WIDTH_NARROW,
	WIDTH_WIDE,               /* ─ … “ take two columns */
	WIDTH_NOT_UTF8,           /* the bytes of a character show one by one */
};

/* Paint 中─ and ask where the cursor is; waits 300 ms at most. The terminal is in raw mode.
 * typed  what a person typed meanwhile is appended, nothing is lost */
enum terminal_width probe_width(int in, int out, struct strbuf *typed);

/* What the column (from 0) tells where the cursor stood behind 中─; an answer may come late. */
enum terminal_width probe_width_of(int col);

/* Take the answer "ESC [ row ; col R" out of what came. Returns the column from 0, -1 if it isn't there (yet). */
int probe_take_answer(struct strbuf *bytes);

#endif
