/* UTF-8 text: decoding, display width, fitting, cleaning, masking.
 *
 * Width is counted in terminal columns by glibc's wcwidth(), because ncurses uses the same; a caller has set a UTF-8
 * LC_CTYPE.  A cluster is a base character with the zero-width marks that follow it: the unit of cursor movement,
 * of cutting and of the lengths that forms state.
 */
#ifndef YL_BASE_TEXT_H
#define YL_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

/* Make sure that LC_CTYPE is UTF-8: the environment's if it is, else C.UTF-8.  Called once in main and in tests. */
void text_locale_init(void);

/* One code point of s[0..n), n > 0.  Returns its length in bytes, at least 1; *cp is 0xFFFD where the bytes are invalid. */
size_t text_decode(const char *s, size_t n, uint32_t *cp);
size_t text_encode(uint32_t cp, char out[4]);
bool text_is_utf8(const char *s, size_t n, size_t *bad_at);

/* Columns of one code point: 0, 1 or 2; -1 for what must never reach a terminal (controls, bidi, unassigned). */
int text_char_width(uint32_t cp);

/* The cluster at s[0..n), n > 0: its length in bytes; *width_cols its columns. '\n' is a cluster of width 0; what
 * text_fit() shows as "�" (controls, unassigned code points, marks without a base) is one of width 1. */
size_t text_cluster(const char *s, size_t n, int *width_cols);
size_t text_cluster_count(const char *s);
int text_width(const char *s);                      /* of one line, in columns; a LF in it is shown as a blank */
/* The first of n keys that equals `key`; n where there is none, and for NULL. */
size_t text_index(const char *const *keys, size_t n, const char *key);
bool text_is_blank(const char *s);                  /* NULL, empty, or nothing but white space (U+3000 too) */

/* The longest prefix of s that takes at most width_cols columns: its length in bytes; *used_cols (or NULL) its columns. */
size_t text_prefix(const char *s, int width_cols, int *used_cols);

/* Append s fitted to exactly width_cols columns: padded with blanks, or cut at a cluster and ended with "…".
 * This is the one function through which all text of a screen passes. Controls and bidi overrides appear as "�", LF as a
 * blank, and of the marks of a cluster the first four (more don't fit into a cell). Nothing where width_cols < 1. */
enum text_align { ALIGN_LEFT, ALIGN_RIGHT };
void text_fit(struct strbuf *out, const char *s, int width_cols, enum text_align align);

/* Whether a code point is refused at input and shown as a sign when painted:
 * Cc, Cf (bidi, zero-width), Zl, Zp, surrogates, noncharacters. */
bool text_is_hostile(uint32_t cp);

/* Clean what a person typed or a file brought: NFC; hostile code points, invalid bytes, marks without a base and all but four
 * marks of a cluster dropped; CR LF and CR → LF, tab and no-break space → blank; in a line, LF → blank and the ends trimmed.
 * Private-use and rare Han stay.  Returns how many characters were dropped; cleaning again changes nothing. */
enum text_kind { TEXT_LINE, TEXT_NOTE };
size_t text_clean(struct strbuf *out, const char *s, size_t n, enum text_kind kind);

/* A form for comparing and searching: full-width ASCII → ASCII, upper → lower case, U+3000 → blank, •‧・ of names → ·. */
void text_fold(struct strbuf *out, const char *s);

/* Masks for display. Each appends to out; nothing for a blank text.
 * name  王秀英 → 王** (whatever its length);  phone 13812343321 → 138****3321;
 * id number 330482195001011234 → 330482********1234;  anything else → "****". */
void text_mask_name(struct strbuf *out, const char *name);
void text_mask_phone(struct strbuf *out, const char *phone);
void text_mask_idnumber(struct strbuf *out, const char *idnumber);

/* Soft-wrap s to width_cols columns; the next line starts at s + return value.  A line ends at LF or before the cluster that
 * does not fit, earlier by up to half a line so that 。，、 and other closing punctuation does not begin a line, opening
 * punctuation does not end one and a word or number stays in one piece.  *line_bytes is what to show.  A line takes at least one
 * cluster; the caller stops at the end of s. */
size_t text_wrap(const char *s, int width_cols, size_t *line_bytes);

#endif
