/* What every test of the screen includes: cmocka and its prerequisites. */
#ifndef YL_TESTS_SCREEN_TEST_H
#define YL_TESTS_SCREEN_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A row of pseudo-random numbers, the same in every run. */
static inline unsigned random_below(uint64_t *state, unsigned below)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(*state >> 33) % below;
}

#endif
