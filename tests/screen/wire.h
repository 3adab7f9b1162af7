/* The bytes that a terminal receives, checked one by one against the few things that this program has a reason to send.
 *
 * Text is UTF-8 without anything hostile; control characters and escape sequences are those that curses and tty.c use, with numbers in
 * their range.  What people typed or a file brought can't pass as the program's own: titles, clipboards, printing, blinking, concealing,
 * reports, other modes, C1 controls, bidi and zero-width characters, broken UTF-8 are all faults.
 */
#ifndef YL_TESTS_SCREEN_WIRE_H
#define YL_TESTS_SCREEN_WIRE_H

#include <stddef.h>

struct wire {
	int rows, cols;            /* the largest so far */
	int state;
	char bytes[64];            /* the sequence or character that has begun, then the fault */
	size_t n;
	size_t at;                 /* bytes so far */
	char fault[256];           /* the first fault; "" while there is none */
};

void wire_init(struct wire *w, int rows, int cols);
void wire_resize(struct wire *w, int rows, int cols);
void wire_add(struct wire *w, const char *bytes, size_t n);

#endif
