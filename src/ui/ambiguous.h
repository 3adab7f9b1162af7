/* Characters that some terminals draw two columns wide although curses counts one ("ambiguous" in Unicode's EastAsianWidth.txt). */
#ifndef YL_UI_AMBIGUOUS_H
#define YL_UI_AMBIGUOUS_H

#include <stdint.h>

/* What to send in place of a character where the terminal draws such ones wide: an ASCII character that takes one column; the character itself
 * where it is not ambiguous. */
uint32_t ambiguous_substitute(uint32_t cp);

#endif
