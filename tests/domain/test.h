/* What every test of domain includes: cmocka and its prerequisites, and asserts that show an error's sentence. */
#ifndef YL_TESTS_DOMAIN_TEST_H
#define YL_TESTS_DOMAIN_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/err.h"

/* A call whose last argument is the error `e` in scope. */
#define assert_ok(call) assert_code(call, RC_OK)
#define assert_code(call, wanted) \
	do { \
		enum rc got_ = (call); \
		if (got_ != (wanted)) \
			fail_msg("%s: %d instead of %d: %s [%s]", #call, got_, wanted, e.text, e.field); \
	} while (0)
/* … refused, at a field, with words in the sentence. */
#define assert_refused(call, wanted, at, words) \
	do { \
		err_clear(&e); \
		assert_code(call, wanted); \
		if (strcmp(e.field, at) != 0) \
			fail_msg("%s: field \"%s\" instead of \"%s\": %s", #call, e.field, at, e.text); \
		if (strstr(e.text, words) == NULL) \
			fail_msg("%s: says \"%s\", not \"%s\"", #call, e.text, words); \
	} while (0)

#endif
