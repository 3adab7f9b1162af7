/* Lines and numbers of a benchmark file, with the line in every complaint. */
#ifndef YL_TESTS_BENCH_ROUTE_TEXT_H
#define YL_TESTS_BENCH_ROUTE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { ROUTE_TEXT_MOST = 64 << 20 };      /* bytes of a file */

struct route_text {
	const char *path;
	char *bytes;                      /* ends with a NUL */
	char *line, *rest;                /* the line at hand, and what follows it */
	char *word;                       /* what follows the last word of the line */
	int32_t number;                   /* of the line, from 1 */
	struct err *e;                    /* keeps the first complaint */
	bool bad;
};

/* Errors RC_IO, RC_INVALID: too large, not text. */
enum rc route_text_open(struct route_text *out, const char *path, struct err *e) MUST_USE;
void route_text_close(struct route_text *t);

/* The next line that is not blank, comments (#) cut off; false at the end of the file. */
bool route_text_line(struct route_text *t);
/* The next word of the line, NULL at its end. */
char *route_text_word(struct route_text *t);
/* The next number of the line, whole or not; `least` after a complaint that names `what`. */
int32_t route_text_int(struct route_text *t, const char *what, int32_t least, int32_t most);
double route_text_real(struct route_text *t, const char *what, double most);
/* Complain: the line's number is put in front. Only the first complaint is kept. */
void route_text_fail(struct route_text *t, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
