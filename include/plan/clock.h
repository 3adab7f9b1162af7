/* What tells the planners the time. */
#ifndef YL_PLAN_CLOCK_H
#define YL_PLAN_CLOCK_H

#include <stdint.h>

/* Microseconds that never go back.  A clock that counts its calls makes a plan reproducible to the byte. */
struct plan_clock {
	int64_t (*now)(void *with);
	void *with;
};

#endif
