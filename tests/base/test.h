/* What every test of base includes: cmocka and its prerequisites. */
#ifndef YL_TESTS_BASE_TEST_H
#define YL_TESTS_BASE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
