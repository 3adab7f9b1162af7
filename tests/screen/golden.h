/* Golden pages: the whole screen as a person sees it, kept in tests/screen/golden/NAME.txt.
 *
 * UPDATE_GOLDEN=1 writes the file anew; look at the difference before you commit it.
 */
#ifndef YL_TESTS_SCREEN_GOLDEN_H
#define YL_TESTS_SCREEN_GOLDEN_H

#include "terminal.h"

/* Compare the screen with its page; times of day (and the alarm of a clock that the build finds suspect) are masked. */
void golden_check(struct terminal *t, const char *name);

#endif
