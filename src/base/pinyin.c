/* Pinyin for order and search: readings from Unihan, surnames as people read them, and a matcher of mixed queries. */
#include "base/pinyin.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "pinyin_table.h"

/* Longer queries match nothing, and of a text only this much is looked at from where a match begins: a bit for each pair. */
#define QUERY_MAX 64
#define TEXT_MAX 64

/* Surnames that are read otherwise than the character usually is; compound ones first, so that 单于 is not 单. */
static const struct { const char *han, *pinyin; } surnames[] = {
	{ "吐谷浑", "tu yu hun" }, { "万俟", "mo qi" }, { "尉迟", "yu chi" }, { "单于", "chan yu" }, { "澹台", "tan tai" },
	{ "拓跋", "tuo ba" }, { "乐正", "yue zheng" }, { "子车", "zi ju" },
	{ "曾", "zeng" }, { "单", "shan" }, { "解", "xie" }, { "仇", "qiu" }, { "朴", "piao" }, { "翟", "zhai" }, { "查", "zha" },
	{ "区", "ou" }, { "盖", "ge" }, { "乐", "yue" }, { "缪", "miao" }, { "员", "yun" }, { "种", "chong" }, { "折", "she" },
	{ "秘", "bi" }, { "繁", "po" }, { "召", "shao" }, { "祭", "zhai" }, { "覃", "qin" }, { "洗", "xian" }, { "黑", "he" },
	{ "郇", "xun" }, { "隗", "wei" }, { "都", "du" }, { "句", "gou" }, { "卜", "bu" }, { "薄", "bo" }, { "佴", "nai" },
	{ "颉", "xie" }, { "阚", "kan" }, { "乜", "nie" }, { "炅", "gui" }, { "粘", "nian" }, { "么", "yao" }, { "能", "nai" },
	{ "會", "kuai" }, { "單", "shan" }, { "區", "ou" }, { "蓋", "ge" }, { "樂", "yue" }, { "員", "yun" }, { "種", "chong" },
};

/* A code point as comparisons see it: full-width ASCII as ASCII, upper case as lower. */
static size_t take_folded(const char *s, size_t n, uint32_t *cp)
{
	size_t len = text_decode(s, n, cp);

	if (*cp >= 0xFF01 && *cp <= 0xFF5E)
		*cp -= 0xFF01 - 0x21;
	if (*cp >= 'A' && *cp <= 'Z')
		*cp += 'a' - 'A';
	return len;
}

/* Blanks, the dots of names and variation selectors say nothing about the sound. */
static bool is_silent(uint32_t cp)
{
	return cp == ' ' || cp == 0x3000 || cp == 0xB7 || cp == 0x2022 || cp == 0x2027 || cp == 0x30FB ||
	       (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0100 && cp <= 0xE01EF);
}

/* The first row of a character in a table ordered by character, or where it would stand. */
static size_t first_row(const struct pinyin_reading *rows, size_t n, uint32_t cp)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (rows[middle].character < cp)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* All readings, the usual one first; how many. */
static int readings_of(uint32_t cp, const char *out[PINYIN_READINGS_MAX])
{
	bool dense = cp >= PINYIN_FIRST && cp <= PINYIN_LAST;
	const struct pinyin_reading *rows = dense ? pinyin_further : pinyin_rare;
	size_t n_rows = dense ? COUNT(pinyin_further) : COUNT(pinyin_rare);
	int n = 0;

	if (cp < 0x3007)
		return 0;
	if (dense) {
		if (pinyin_usual[cp - PINYIN_FIRST] == 0)
			return 0;
		out[n++] = pinyin_syllables[pinyin_usual[cp - PINYIN_FIRST]];
	}
	for (size_t i = first_row(rows, n_rows, cp); i < n_rows && rows[i].character == cp && n < PINYIN_READINGS_MAX; i++)
		out[n++] = pinyin_syllables[rows[i].syllable];
	return n;
}

/* The usual reading alone, without a search where the dense table has it. */
static const char *usual_reading(uint32_t cp)
{
	const char *readings[PINYIN_READINGS_MAX];

	if (cp >= PINYIN_FIRST && cp <= PINYIN_LAST)
		return pinyin_usual[cp - PINYIN_FIRST] ? pinyin_syllables[pinyin_usual[cp - PINYIN_FIRST]] : NULL;
	return readings_of(cp, readings) > 0 ? readings[0] : NULL;
}

/* The bytes of the surname that name begins with and that has a reading of its own; 0 if there is none. */
static size_t take_surname(const char *name, const char **pinyin)
{
	for (size_t i = 0; i < COUNT(surnames); i++) {
		size_t n = strlen(surnames[i].han);

		if (strncmp(name, surnames[i].han, n) == 0) {
			*pinyin = surnames[i].pinyin;
			return n;
		}
	}
	return 0;
}

static void add_initials(struct strbuf *out, const char *syllables)
{
	strbuf_add_char(out, *syllables);
	while ((syllables = strchr(syllables, ' ')) != NULL)
		strbuf_add_char(out, *++syllables);
}

void pinyin_name(struct strbuf *out, const char *name)
{
	size_t n = strlen(name), start = out->n, at = 0;
	const char *syllable = NULL;
	bool gap = false;              /* a blank is due before what comes next */

	at = take_surname(name, &syllable);
	if (at > 0) {
		strbuf_add(out, syllable);
		gap = true;
	}
	while (at < n) {
		uint32_t cp;
		char bytes[4];

		at += take_folded(name + at, n - at, &cp);
		syllable = usual_reading(cp);
		gap = gap || syllable || is_silent(cp);
		if (is_silent(cp))
			continue;
		if (gap && out->n > start)
			strbuf_add_char(out, ' ');
		if (syllable)
			strbuf_add(out, syllable);
		else
			strbuf_add_n(out, bytes, text_encode(cp, bytes));
		gap = syllable != NULL;
	}
}

void pinyin_initials(struct strbuf *out, const char *name)
{
	const char *syllable = NULL;
	size_t n = strlen(name), at = take_surname(name, &syllable);

	if (at > 0)
		add_initials(out, syllable);
	while (at < n) {
		uint32_t cp;
		char bytes[4];

		at += take_folded(name + at, n - at, &cp);
		if (is_silent(cp))
			continue;
		syllable = usual_reading(cp);
		if (syllable)
			strbuf_add_char(out, *syllable);
		else
			strbuf_add_n(out, bytes, text_encode(cp, bytes));
	}
}

struct matcher {
	uint32_t query[QUERY_MAX];
	size_t n;
	/* Bit q of failed[t]: the query from q on does not match the text from its character t on.  With it no pair is tried
	 * twice, whatever the text.  Rows from `rows` on are not yet initialised. */
	uint64_t failed[TEXT_MAX];
	size_t rows;
};

/* Fold the query once: silent characters and the apostrophe of xi'an dropped, ü as v. False if it is too long. */
static bool matcher_init(struct matcher *m, const char *query)
{
	size_t n = strlen(query), at = 0;

	m->n = 0;
	while (at < n) {
		uint32_t cp;

		at += take_folded(query + at, n - at, &cp);
		if (is_silent(cp) || cp == '\'' || cp == 0x2019)
			continue;
		if (m->n == QUERY_MAX)
			return false;
		m->query[m->n++] = cp == 0xFC || cp == 0xDC ? 'v' : cp;
	}
	return true;
}

static bool match_from(struct matcher *m, size_t q, const char *s, size_t n, size_t t);

/* Try the syllables of a Han character, the longest common beginning first. */
static bool match_readings(struct matcher *m, size_t q, uint32_t cp, const char *rest, size_t n, size_t t)
{
	const char *readings[PINYIN_READINGS_MAX];
	int n_readings = readings_of(cp, readings);

	for (int i = 0; i < n_readings; i++) {
		size_t common = 0;

		while (q + common < m->n && readings[i][common] && m->query[q + common] == (unsigned char)readings[i][common])
			common++;
		for (; common > 0; common--)
			if (match_from(m, q + common, rest, n, t + 1))
				return true;
	}
	return false;
}

static bool match_from(struct matcher *m, size_t q, const char *s, size_t n, size_t t)
{
	uint32_t cp;
	size_t len;

	if (q == m->n)
		return true;
	if (n == 0 || t == TEXT_MAX)
		return false;
	while (m->rows <= t)
		m->failed[m->rows++] = 0;
	if (m->failed[t] >> q & 1)
		return false;
	len = take_folded(s, n, &cp);
	if ((cp == m->query[q] && match_from(m, q + 1, s + len, n - len, t + 1)) ||
	    (is_silent(cp) && match_from(m, q, s + len, n - len, t + 1)) ||
	    (m->query[q] < 0x80 && match_readings(m, q, cp, s + len, n - len, t)))
		return true;
	m->failed[t] |= (uint64_t)1 << q;
	return false;
}

bool pinyin_match(const char *query, const char *text)
{
	struct matcher m;

	m.rows = 0;
	return matcher_init(&m, query) && match_from(&m, 0, text, strlen(text), 0);
}

bool pinyin_find(const char *query, const char *text)
{
	struct matcher m;
	size_t n = strlen(text), at = 0;

	if (!matcher_init(&m, query))
		return false;
	if (m.n == 0)
		return true;
	while (at < n) {
		uint32_t cp;

		m.rows = 0;
		if (match_from(&m, 0, text + at, n - at, 0))
			return true;
		at += text_decode(text + at, n - at, &cp);
	}
	return false;
}
