/* The terminal: the only user of curses. Reads keys, shows canvases, and gives the terminal back whatever happens. */
#ifndef YL_UI_TTY_H
#define YL_UI_TTY_H

#include <stdbool.h>

#include "base/err.h"
#include "base/settings.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct tty;

/* Asks the terminal how wide ambiguous characters are (300 ms at most), enters the alternate screen, bracketed paste, keypad.
 * Errors  RC_IO in words (ASCII only where the terminal can't show Chinese: TERM=linux). */
enum rc tty_open(struct tty **out, const struct settings *settings, struct err *e) MUST_USE;
void tty_close(struct tty *t);              /* restores the terminal; NULL is fine */
void tty_restore_now(void);                 /* from a signal or out-of-memory hook: async-signal-safe restore */

void tty_size(const struct tty *t, int *rows, int *cols);
/* Put a canvas on the screen: whole rows that differ, the hardware cursor at the canvas's cursor after every refresh. */
void tty_show(struct tty *t, const struct canvas *c);
void tty_redraw(struct tty *t);             /* everything again (Ctrl-L) */
void tty_bell(struct tty *t);
bool tty_ascii_lines(const struct tty *t);

/* Wait at most timeout_ms (-1: for ever, 0: not at all) for one event; bytes that came together are handed out one event a call without waiting.
 * false: nothing came. After SIGHUP, SIGTERM or end of input: YK_HANGUP. */
bool tty_read(struct tty *t, int timeout_ms, struct key_event *out);
bool tty_pending(const struct tty *t);      /* more events are waiting: paint later */

#endif
