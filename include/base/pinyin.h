/* Pinyin of Chinese text, for order and for search.
 *
 * Readings come from Unihan (package unicode-data), turned into a table at build by src/tools/pinyin_table.py; about 60 surnames and compound
 * surnames read otherwise in names (曾 zeng, 单 shan, 尉迟 yu chi) are overrides in pinyin.c.
 */
#ifndef YL_BASE_PINYIN_H
#define YL_BASE_PINYIN_H

#include <stdbool.h>

#include "base/strbuf.h"

/* Canonical syllables of a name, surname overrides first: "王秀英" → "wang xiu ying", "吕布" → "lv bu". Other characters are
 * folded and kept; blanks and the dots of names only separate: "阿里·B" → "a li b". */
void pinyin_name(struct strbuf *out, const char *name);
/* First letters: "王秀英" → "wxy"; other characters are folded and kept: "3幢2单元" → "3z2dy". */
void pinyin_initials(struct strbuf *out, const char *name);

/* Whether a query (initials, syllable prefixes, whole syllables, Han, mixed: zs zhs zhangs 张s) matches text at its beginning,
 * over all readings. Case, width, blanks and the dots of names do not matter; ü is v or ü. An empty query matches, one over
 * 64 characters does not. */
bool pinyin_match(const char *query, const char *text);
/* … anywhere in it. */
bool pinyin_find(const char *query, const char *text);

#endif
