/* Writers that say through a pipe what they were told is saved, and the check that nothing of it is missing. */
#ifndef YL_TESTS_FAULT_LEDGER_H
#define YL_TESTS_FAULT_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

/* One acknowledged transaction: writer w has saved its step n. */
struct ack {
	int32_t writer;
	int32_t step;
};

struct writer {
	const char *path;
	int number;
	int first_step;
	int steps;                /* 0: until it is killed */
	int acks;                 /* pipe */
	bool too_early;           /* wrong on purpose: acknowledges before the commit */
};

/* The process of one writer. Each step is one transaction: a new issue with its first phase, and the writer's counter set to the step.
 * Returns 0, or the code of the error that stopped it. */
int ledger_write(const struct writer *w);

/* Steps that the database has of a writer; -1 where an issue of a lower step is missing or the counter says otherwise. */
int ledger_steps(struct store *st, int writer);

/* `youlin check` without forms: the number of faults, each printed. */
int ledger_faults(struct store *st);

#endif
