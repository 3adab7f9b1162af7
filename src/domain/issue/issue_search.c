/* Search for issues: what a word looks like decides what it is compared with.
 *
 *	1124-007  20251124-007  DH-20261124-A007   the number
 *	3-2-501  3-501                              the address of the place, or the reporter's
 *	007  3321  20261124                         digits: in number and text; from four on the end of the reporter's telephone number
 *	wxy  wang                                   letters: in the text; from two on the reporter's name in pinyin
 *	anything else                               exact text; from two characters on the beginning of the reporter's name
 * One letter or one surname would find a tenth of everybody, which helps nobody and costs time at the first key. Every condition is a union of
 * indexed lookups: names and numbers of people who are not in the register are looked for among open issues only.
 */
#include "issue_search.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "store/search.h"

#define DAY_MS INT64_C(90000000)  /* 25 hours hold a day of any zone */
#define OPEN_ISSUES "SELECT id FROM issue WHERE status IN ('open', 'held', 'parked')"
#define IN_TEXT "SELECT rowid FROM issue_text WHERE issue_text MATCH :p"
#define OF_RESIDENTS "SELECT id FROM issue WHERE reporter_id IN "

#define IN_BUILDINGS "SELECT issue.id FROM building JOIN issue ON issue.building_id = building.id WHERE building.number = :p"

static const char by_room_sql[] =
	"issue.id IN (/*scan*/ " IN_BUILDINGS " AND coalesce(issue.unit, '') || '-' || coalesce(issue.room, '') = :q"
	" UNION " OF_RESIDENTS "(SELECT id FROM resident WHERE address_key = :p || '-' || :q))";

static const char by_part_sql[] =
	"issue.id IN (/*scan*/ " IN_BUILDINGS " AND :q IN (issue.unit, issue.room)"
	" UNION " OF_RESIDENTS "(SELECT id FROM resident WHERE address_key >= :p || '-' AND address_key < :p || '.'"
	" AND (address_key LIKE '%-' || :q OR address_key LIKE :p || '-' || :q || '-%')))";

static const char by_text_sql[] =
	"issue.id IN (" IN_TEXT
	" UNION " OF_RESIDENTS "(SELECT id FROM resident WHERE name >= :q AND name < :q || char(1114111))"
	" UNION " OPEN_ISSUES " AND substr(reporter_name, 1, length(:q)) = :q)";

static const char by_one_sql[] = "issue.id IN (" IN_TEXT ")";

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

/* The day of a number is the day it was raised, which is indexed. Without the desk's letter every desk's is meant. */
static bool is_number(const char *word, int32_t today, struct arena *a, struct list_filter *out)
{
	const char *tail = strrchr(word, '-'), *head, *digits;
	int64_t from;
	int32_t day;

	if (tail == NULL || !is_number_tail(tail + 1))
		return false;
	for (head = tail; head > word && head[-1] != '-'; head--)
		continue;
	day = number_day(head, (size_t)(tail - head), today);
	if (day == DAY_NONE)
		return false;
	from = instant_of_day(day, 0);
	digits = arena_format(a, "%.*s-", (int)(tail - head), head);
	*out = condition(arena_format(a, "(issue.number LIKE :p OR issue.number GLOB :q) AND issue.raised_at >= %lld AND issue.raised_at < %lld",
	                              (long long)from, (long long)(from + DAY_MS)),
	                 arena_format(a, "%%%s%s", digits, tail + 1), arena_format(a, "*%s[A-Z]%s", digits, tail + 1));
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

	if (first == NULL || !isdigit((unsigned char)word[0]) || !is_part(word, (size_t)(first - word)))
		return false;
	if (second && (!is_part(first + 1, (size_t)(second - first - 1)) || !is_part(second + 1, strlen(second + 1))))
		return false;
	if (second == NULL && !is_part(first + 1, strlen(first + 1)))
		return false;
	*out = condition(second ? by_room_sql : by_part_sql, arena_copy_n(a, word, (size_t)(first - word)), arena_copy(a, first + 1));
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
		                         : condition(by_one_sql, tail_query(a, word), NULL);
	if (text_cluster_count(word) < 2)
		return condition(by_one_sql, text_query(a, word), NULL);
	return condition(all_of(word, isalpha) ? by_letters_sql : by_text_sql, text_query(a, word), copy);
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
