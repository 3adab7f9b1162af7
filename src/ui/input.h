/* What comes from the terminal: keys (decode.h), another size, the end of the line. One a process: it owns the signals. */
#ifndef YL_UI_INPUT_H
#define YL_UI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "ui/key.h"

struct input;

enum rc input_open(struct input **out, int fd, int escape_delay_ms, struct err *e) MUST_USE;
void input_close(struct input *in);                        /* NULL is fine */
void input_give(struct input *in, const char *bytes, size_t n);      /* bytes that somebody else has read already */

/* As tty_read() and tty_pending(). */
bool input_read(struct input *in, int timeout_ms, struct key_event *out);
bool input_pending(const struct input *in);

#endif
