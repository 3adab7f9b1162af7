/* People's numbers: prefix, day, desk and a count. */
#include "number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "store/stmt.h"

static void number_stem(int32_t day, const char *prefix, const char *desk, struct strbuf *out)
{
	int year, month, day_of_month;

	day_to_civil(day, &year, &month, &day_of_month);
	strbuf_format(out, "%s%s%04d%02d%02d-%s", prefix, prefix[0] ? "-" : "", year, month, day_of_month, desk);
}

/* Deleted rows keep their numbers: a receipt or a notice may be in somebody's hand. ':' is the character after '9'. */
static const char last_sql[] =
	"SELECT max(CAST(substr(number, length(:stem) + 1) AS INTEGER)) FROM %s WHERE number >= :stem || '0' AND number < :stem || ':'";

static enum rc number_after(struct office *of, const char *table, const char *stem, int digits, char **number, struct err *e)
{
	AUTO_FREE char *sql = mem_format(last_sql, table);
	AUTO_STMT newest = stmt_use(of->st, sql);
	int64_t last;
	enum rc rc;

	bind_text(&newest, ":stem", stem);
	if ((rc = stmt_int(&newest, &last, e)) != RC_OK)
		return rc;
	*number = mem_format("%s%0*lld", stem, digits, (long long)last + 1);
	return RC_OK;
}

/* Of numbers of one length the last in the index is the greatest: one look, however many years of them there are. */
static const char last_of_length_sql[] =
	"SELECT CAST(substr(number, length(:stem) + 1) AS INTEGER) FROM %s INDEXED BY %s_number_length"
	" WHERE length(number) = length(:stem) + :digits AND number >= :stem || '0' AND number < :stem || ':' ORDER BY number DESC LIMIT 1";

/* Where all numbers of so many digits are used up, those of one more follow. */
static enum rc number_ever_after(struct office *of, const char *table, const char *stem, int digits, char **number, struct err *e)
{
	AUTO_FREE char *sql = mem_format(last_of_length_sql, table, table);
	int64_t last = 0, end = 1;

	for (int i = 0; i < digits; i++)
		end *= 10;
	for (int used = digits; ; used++, end *= 10) {
		AUTO_STMT newest = stmt_use(of->st, sql);
		bool row;
		enum rc rc;

		bind_text(&newest, ":stem", stem);
		bind_int(&newest, ":digits", used);
		if ((rc = stmt_step(&newest, &row, e)) != RC_OK)
			return rc;
		if (row)
			last = column_int(&newest, 0);
		if (last + 1 < end)
			break;
	}
	*number = mem_format("%s%0*lld", stem, digits, (long long)last + 1);
	return RC_OK;
}

static enum rc desk_of(struct office *of, char **desk, struct err *e)
{
	AUTO_STMT self = stmt_use(of->st, "SELECT coalesce(desk, '') FROM self WHERE one = 1");

	return stmt_text(&self, desk, e);
}

enum rc number_next_on(struct office *of, int32_t day, const char *table, const char *prefix, int digits, char **number, struct err *e)
{
	AUTO_FREE char *desk = NULL;
	AUTO_STRBUF stem = { 0 };
	enum rc rc;

	if ((rc = desk_of(of, &desk, e)) != RC_OK)
		return rc;
	number_stem(day, prefix, desk, &stem);
	return number_after(of, table, strbuf_str(&stem), digits, number, e);
}

enum rc number_next_ever(struct office *of, const char *table, const char *prefix, int digits, char **number, struct err *e)
{
	AUTO_FREE char *desk = NULL;
	AUTO_STRBUF stem = { 0 };
	enum rc rc;

	if ((rc = desk_of(of, &desk, e)) != RC_OK)
		return rc;
	strbuf_format(&stem, "%s-%s", prefix, desk);
	return number_ever_after(of, table, strbuf_str(&stem), digits, number, e);
}

enum rc number_next(struct office *of, const char *table, const char *prefix, int digits, char **number, struct err *e)
{
	return number_next_on(of, office_today(of), table, prefix, digits, number, e);
}

void number_short(const char *number, int32_t today, struct strbuf *out)
{
	const char *tail = strrchr(number, '-');
	int year, month, day_of_month;
	char this_year[8];

	day_to_civil(today, &year, &month, &day_of_month);
	snprintf(this_year, sizeof this_year, "%04d", year);
	if (tail == NULL || tail - number < 8)
		strbuf_add(out, number);
	else if (strncmp(tail - 8, this_year, 4) == 0)
		strbuf_add(out, tail - 4);
	else
		strbuf_add(out, tail - 8);
}
