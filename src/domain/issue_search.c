/* Search for issues: what a word looks like decides what it is compared with.
 *
 *	1124-007  20251124-007  DH-20261124-A007   the number
 *	3-2-501  3-501                              the address of the place, or the reporter's
 *	007  3321  20261124                         digits: in number and text; from four on the end of the reporter's telephone number
 *	wxy  wangx                                  letters: the reporter's name in pinyin; in the text
 *	anything else                               exact text; the beginning of the reporter's name
 * Every condition is a union of indexed lookups: names and numbers of people who are not in the register are looked for among open issues only.
 */
#include "issue_search.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "store/search.h"

#define OPEN_ISSUES "SELECT id FROM issue WHERE status IN ('open', 'held', 'parked')"
#define IN_TEXT "SELECT rowid FROM issue_text WHERE issue_text MATCH :p"
#define OF_RESIDENTS "SELECT id FROM issue WHERE reporter_id IN "

/* The day of a number is the day it was raised, which is indexed; 25 hours hold a day of any zone. */
static const char by_number_sql[] = "issue.number LIKE :p AND issue.raised_at >= :q AND issue.raised_at < :q + 90000000";

static const char by_address_sql[] =
	"issue.id IN (/*scan*/ SELECT issue.id FROM building JOIN issue ON issue.building_id = building.id WHERE building.number = :p"
	" AND coalesce(issue.unit, '') || '-' || coalesce(issue.room, '') LIKE :q"
	" UNION " OF_RESIDENTS "(SELECT id FROM resident WHERE address_key LIKE :p || '-%' AND substr(address_key, length(:p) + 1) LIKE '-' || :q))";

static const char by_text_sql[] =
	"issue.id IN (" IN_TEXT
	" UNION " OF_RESIDENTS "(SELECT id FROM resident WHERE name >= :q AND name < :q || char(1114111))"
	" UNION " OPEN_ISSUES " AND substr(reporter_name, 1, length(:q)) = :q)";

static const char by_digits_sql[] = "issue.id IN (" IN_TEXT ")";

static const char by_phone_sql[] =
	"issue.id IN (" IN_TEXT
	" UNION " OF_RESIDENTS "(SELECT id FROM resident WHERE phone_tail >= :q AND phone_tail < :q || ':')"
	" UNION " OPEN_ISSUES " AND yl_reversed_digits(reporter_phone) LIKE :q || '%')";

static const char by_letters_sql[] =
	"issue.id IN (" IN_TEXT
	" UNION " OF_RESIDENTS "(SELECT id FROM resident WHERE name_initials >= :q AND name_initials < :q || '{')"
	" UNION " OF_RESIDENTS "(SELECT id FROM resident WHERE name_pinyin >= :q AND name_pinyin < :q || '{')"
	" UNION " OPEN_ISSUES " AND yl_initials(reporter_name) LIKE :q || '%')";

static struct list_filter condition(const char *where, char *p, char *q)
{
	return (struct list_filter){
		.where = where, .p = { .kind = p ? VALUE_TEXT : VALUE_NONE, .text = p }, .q = { .kind = q ? VALUE_TEXT : VALUE_NONE, .text = q },
	};
}

static bool all_of(const char *s, int (*is)(int))
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80 || !is((unsigned char)*s))
			return false;
	return true;
}

/* The full-text query of a word; an empty phrase, which finds nothing, where it has no letter. */
static char *text_query(struct arena *a, const char *word)
{
	AUTO_STRBUF out = { 0 };

	search_query(&out, word);
	return arena_copy(a, out.n ? strbuf_str(&out) : "\"\"");
}

static char *reversed(struct arena *a, const char *digits)
{
	size_t n = strlen(digits);
	char *out = arena_copy(a, digits);

	for (size_t i = 0; i < n; i++)
		out[i] = digits[n - 1 - i];
	return out;
}

/* Numbers ------------------------------------------------------------------------------------------------------------------------- */

/* Four or eight digits before the last dash → the day; DAY_NONE if it is none. */
static int32_t number_day(const char *digits, size_t n, int32_t today)
{
	char text[9] = { 0 };
	int year, month, day, value;
	int32_t found;

	if (n != 4 && n != 8)
		return DAY_NONE;
	memcpy(text, digits, n);
	if (!all_of(text, isdigit))
		return DAY_NONE;
	value = (int)strtol(text, NULL, 10);
	day_to_civil(today, &year, &month, &day);
	if (n == 8)
		return day_from_civil(value / 10000, value / 100 % 100, value % 100);
	found = day_from_civil(year, value / 100, value % 100);
	return found != DAY_NONE && found > today ? day_from_civil(year - 1, value / 100, value % 100) : found;
}

static bool is_number_tail(const char *s)
{
	if (isalpha((unsigned char)*s))
		s++;
	return strlen(s) >= 3 && strlen(s) <= 6 && all_of(s, isdigit);
}

static bool is_number(const char *word, int32_t today, struct arena *a, struct list_filter *out)
{
	const char *tail = strrchr(word, '-'), *head;
	int32_t day;

	if (tail == NULL || !is_number_tail(tail + 1))
		return false;
	for (head = tail; head > word && head[-1] != '-'; head--)
		continue;
	day = number_day(head, (size_t)(tail - head), today);
	if (day == DAY_NONE)
		return false;
	*out = condition(by_number_sql, arena_format(a, "%%%.*s-%%%s", (int)(tail - head), head, tail + 1), NULL);
	out->q = (struct value){ .kind = VALUE_NUMBER, .number = instant_of_day(day, 0) };
	return true;
}

/* Addresses ------------------------------------------------------------------------------------------------------------------------ */

static bool is_part(const char *s, size_t n)
{
	if (n == 0 || n > 6)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]))
			return false;
	return true;
}

/* 3-2-501 building, unit, room; 3-501 building and room, or building and unit. */
static bool is_address(const char *word, struct arena *a, struct list_filter *out)
{
	const char *first = strchr(word, '-'), *second = first ? strchr(first + 1, '-') : NULL;
	char *building, *rest;

	if (first == NULL || !isdigit((unsigned char)word[0]) || !is_part(word, (size_t)(first - word)))
		return false;
	if (second && (!is_part(first + 1, (size_t)(second - first - 1)) || !is_part(second + 1, strlen(second + 1))))
		return false;
	if (second == NULL && !is_part(first + 1, strlen(first + 1)))
		return false;
	building = arena_copy_n(a, word, (size_t)(first - word));
	rest = second ? arena_copy(a, first + 1) : arena_format(a, "%%%s%%", first + 1);
	*out = condition(by_address_sql, building, rest);
	return true;
}

/* Words ------------------------------------------------------------------------------------------------------------------------------ */

/* A number's tail carries the desk's letter where an office has several sites: 007 finds A007 too. */
static char *tail_query(struct arena *a, const char *digits)
{
	AUTO_STRBUF out = { 0 };

	strbuf_format(&out, "\"%s\"", digits);
	for (char desk = 'a'; desk <= 'f'; desk++)
		strbuf_format(&out, " OR number : \"%c%s\"", desk, digits);
	return arena_copy(a, strbuf_str(&out));
}

static struct list_filter read_word(const char *word, int32_t today, struct arena *a)
{
	struct list_filter found;
	char *copy = arena_copy(a, word);

	if (is_number(word, today, a, &found) || is_address(word, a, &found))
		return found;
	if (all_of(word, isdigit))
		return strlen(word) >= 4 ? condition(by_phone_sql, text_query(a, word), reversed(a, word))
		                         : condition(by_digits_sql, tail_query(a, word), NULL);
	if (all_of(word, isalpha))
		return condition(by_letters_sql, text_query(a, word), copy);
	return condition(by_text_sql, text_query(a, word), copy);
}

size_t issue_search(const char *typed, int32_t today, struct arena *a, struct list_filter out[ISSUE_WORDS_MAX])
{
	AUTO_STRBUF folded = { 0 };
	AUTO_FREE char *words = NULL;
	char *save = NULL;
	size_t n = 0;

	text_fold(&folded, typed);
	words = mem_copy(strbuf_str(&folded));
	for (char *word = strtok_r(words, " \t\n", &save); word && n < ISSUE_WORDS_MAX; word = strtok_r(NULL, " \t\n", &save))
		out[n++] = read_word(word, today, a);
	return n;
}
