/* Signals, turned into bytes that the main loop reads, and the terminal given back when the program dies. One owner a process: tty.c. */
#ifndef YL_UI_SIGNALS_H
#define YL_UI_SIGNALS_H

#include <stddef.h>
#include <termios.h>

#include "base/err.h"

enum { SIGNAL_RESIZE = 1, SIGNAL_HANGUP = 2 };

/* Catch SIGWINCH (resize), SIGHUP, SIGTERM, SIGINT and SIGQUIT (hang-up); ignore SIGTSTP and SIGPIPE: this is a desk program, not a job of a shell.
 * *fd becomes readable when something came. Errors  RC_IO */
enum rc signals_open(int *fd, struct err *e) MUST_USE;
void signals_close(void);                 /* as it was before */
unsigned signals_take(void);              /* SIGNAL_… that came since the last call */

/* What signals_restore_terminal() and a crash write to the terminal: the modes of `saved`, then the bytes. */
void signals_arm(int terminal, const struct termios *saved, const char *bytes, size_t n);
void signals_disarm(void);
void signals_restore_terminal(void);      /* async-signal-safe; nothing where nothing is armed */

#endif
