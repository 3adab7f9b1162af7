/* A clerk at a terminal who raises one issue after the other through the real form, in bursts of Chinese, without ever stopping to think.
 *
 * desk_step() never waits: it takes in what has come and sends the next burst when it is due, so that one test drives many desks at once.
 * What a desk knows of its own work is what a person knows: the numbers that stood on the screen, and what was typed when.
 */
#ifndef YL_TESTS_FAULT_DESK_H
#define YL_TESTS_FAULT_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../screen/demo.h"
#include "base/strbuf.h"

/* An issue whose number was shown: it must be there for ever. */
struct acknowledged {
	char number[32], title[64];
	char *body;
};

struct burst {
	long at_ms;                /* when the program first answered after it was sent; LONG_MAX: not yet */
	size_t end;                /* length of the body with it */
};

struct desk {
	struct terminal *t;
	const char *login;
	int index;
	uint64_t random;

	size_t step;               /* of the script */
	long due_ms;
	long since_ms;             /* the present step has begun */
	int made;                  /* issues begun */
	char title[64];            /* of the one that is being typed; "" if none is */
	struct strbuf body;
	struct burst bursts[48];   /* the first one is the title */
	size_t n_bursts;
	size_t answered;           /* bytes that had come from the program when it was last looked */
	char last_number[32];

	struct acknowledged *done;
	size_t n_done, cap_done;
	long slowest_ms;           /* from ^S to the number */
};

long clock_ms(void);

/* Log in on a database; titles are made from index and `round`, so that no two are equal. */
void desk_open(struct desk *k, const struct demo *d, const char *login, int index, int round);
/* Take in and send what is due. Fails the test if the program answers with an error or not at all for 20 s. */
void desk_step(struct desk *k);
/* The number that stands on the screen beside 已保存, if it is a new one, joins `done`. */
void desk_look_for_number(struct desk *k);
/* Kill the program, and read what it had still sent. */
void desk_kill(struct desk *k);
/* Finish the issue that is being typed, then leave by the program's own way. */
void desk_finish(struct desk *k);
void desk_release(struct desk *k);

#endif
