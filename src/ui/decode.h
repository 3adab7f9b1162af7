/* Bytes from a terminal → key events: UTF-8, escape sequences of seven kinds of terminal, Alt, bracketed paste, the mouse.
 *
 * Pure: no clock and no file. Who reads the bytes says when nothing more came (decoder_timeout), since an Esc alone looks like the beginning of a
 * sequence. The program reads the bytes itself because curses reads one at a time (a paste of 1 MB takes seconds), drops characters whose bytes
 * come in two reads, and would put PuTTY's numeric keypad into its application mode, where digits are no digits.
 */
#ifndef YL_UI_DECODE_H
#define YL_UI_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/key.h"

struct decoder;

struct decoder *decoder_new(void);
void decoder_free(struct decoder *d);

void decoder_add(struct decoder *d, const char *bytes, size_t n);
/* The next whole event. false: there is none; what is there is the beginning of something. event.text is borrowed until the next call. */
bool decoder_next(struct decoder *d, struct key_event *out);
bool decoder_ready(const struct decoder *d);        /* decoder_next() would give one */

/* Whether a sequence has begun that may also be all there is, and how long to wait for its rest. */
enum decoder_wait { DECODER_IDLE, DECODER_ESCAPE, DECODER_PASTE };
enum decoder_wait decoder_waits(const struct decoder *d);
void decoder_timeout(struct decoder *d);    /* nothing more came: take what is there as it is */

#endif
