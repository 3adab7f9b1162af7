/* Decimal numbers. */
#include "decimal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define DIGITS_MAX 15              /* scaled numbers stay far below INT64_MAX */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Commas stand before each group of three digits, or not at all. */
static bool has_good_groups(const char *s, size_t n)
{
	const char *comma = memchr(s, ',', n);

	if (comma == NULL)
		return true;
	if (comma == s || comma - s > 3)
		return false;
	for (size_t i = (size_t)(comma - s); i < n; i += 4)
		if (s[i] != ',' || n - i < 4 || !is_digit(s[i + 1]) || !is_digit(s[i + 2]) || !is_digit(s[i + 3]))
			return false;
	return true;
}

bool decimal_parse(const char *s, size_t n, int decimals, int64_t *scaled)
{
	bool negative = n > 0 && *s == '-', point = false;
	size_t at = negative || (n > 0 && *s == '+'), start = at, whole = at;
	int64_t number = 0;
	int digits = 0, behind = 0;

	while (whole < n && s[whole] != '.')
		whole++;
	if (!has_good_groups(s + start, whole - start))
		return false;
	for (; at < n; at++) {
		if (s[at] == '.' && !point && at > start) {
			point = true;
		} else if (is_digit(s[at])) {
			number = number * 10 + s[at] - '0';
			digits += number > 0;
			behind += point;
		} else if (s[at] != ',' || point) {
			return false;
		}
		if (digits > DIGITS_MAX || behind > decimals)
			return false;
	}
	if (at == start || (point && behind == 0))
		return false;
	for (; behind < decimals; behind++) {
		if (number > INT64_MAX / 10)
			return false;
		number *= 10;
	}
	*scaled = negative ? -number : number;
	return true;
}

void decimal_add_money(struct strbuf *out, int64_t fen, bool grouped)
{
	uint64_t amount = fen < 0 ? -(uint64_t)fen : (uint64_t)fen;
	char digits[32];
	int n = snprintf(digits, sizeof digits, "%" PRIu64, amount / 100);

	if (fen < 0)
		strbuf_add_char(out, '-');
	for (int i = 0; i < n; i++) {
		if (grouped && i > 0 && (n - i) % 3 == 0)
			strbuf_add_char(out, ',');
		strbuf_add_char(out, digits[i]);
	}
	strbuf_format(out, ".%02d", (int)(amount % 100));
}
