/* Deterministic mutation: the same seed gives the same damaged texts on every machine, so a failure can be repeated.
 *
 * Rounds are few enough for every run of the tests; YOULIN_FUZZ=100 in the environment makes them a hundred times as many.
 */
#ifndef YL_TESTS_FUZZ_MUTATE_H
#define YL_TESTS_FUZZ_MUTATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

struct rng {
	uint64_t state;               /* not 0 */
};

uint64_t rng_next(struct rng *r);
size_t rng_below(struct rng *r, size_t n);             /* 0 … n-1; n > 0 */

/* Damage a text in one to four places: bytes flipped, hostile words put in, pieces cut out, doubled, swapped, the end cut off. */
void mutate(struct rng *r, struct strbuf *text);

/* The words that mutate() puts in: escape sequences, bidi, NUL, broken UTF-8, file syntax, numbers out of range. */
struct hostile_word { const char *bytes; size_t n; };
extern const struct hostile_word hostile_words[];
extern const size_t hostile_word_count;

size_t fuzz_rounds(size_t usual);
void read_whole_file(const char *path, struct strbuf *out);

/* A text as it may reach a terminal: UTF-8 without anything hostile. Fails the test otherwise, showing the bytes. */
void assert_clean(const char *text);
/* A refusal: one clean sentence, with the code of what was refused. */
void assert_refusal(const struct err *e, enum rc rc);

/* Whatever is written to standard error meanwhile lands in a file: libraries must not talk past the program. */
struct quiet { int saved; int file; };
void quiet_begin(struct quiet *q);
size_t quiet_end(struct quiet *q);                     /* how many bytes were written */

#endif
