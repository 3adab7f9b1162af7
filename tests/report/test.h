/* What every test of report includes: cmocka and its prerequisites, and asserts that show what was read. */
#ifndef YL_TESTS_REPORT_TEST_H
#define YL_TESTS_REPORT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"

/* A call whose last argument is the error `e` in scope. */
#define assert_code(call, wanted) \
	do { \
		enum rc got_ = (call); \
		if (got_ != (wanted)) \
			fail_msg("%s: %d instead of %d: %s [%s]", #call, got_, wanted, e.text, e.field); \
	} while (0)
#define assert_ok(call) assert_code(call, RC_OK)
/* … refused, with words in the sentence. */
#define assert_refused(call, wanted, words) \
	do { \
		err_clear(&e); \
		assert_code(call, wanted); \
		if (strstr(e.text, words) == NULL) \
			fail_msg("%s: says \"%s\", not \"%s\"", #call, e.text, words); \
	} while (0)

#define assert_has(text, words) \
	do { \
		if (strstr(text, words) == NULL) \
			fail_msg("\"%s\" is not in:\n%s", words, text); \
	} while (0)
#define assert_has_not(text, words) \
	do { \
		if (strstr(text, words) != NULL) \
			fail_msg("\"%s\" is in:\n%s", words, text); \
	} while (0)

#endif
