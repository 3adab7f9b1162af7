/* People's numbers: DH-20261124-007, counted from 1 each day, with the desk's letter where an office has several sites.
 *
 * A number is taken inside the transaction that saves the issue, never reserved ahead.
 */
#include "issue_rules.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "store/stmt.h"

static void number_prefix(const struct office *of, int32_t day, const char *desk, struct strbuf *out)
{
	const char *abbr = of->community.abbr ? of->community.abbr : "";
	int year, month, day_of_month;

	day_to_civil(day, &year, &month, &day_of_month);
	strbuf_format(out, "%s%s%04d%02d%02d-%s", abbr, abbr[0] ? "-" : "", year, month, day_of_month, desk);
}

/* Deleted issues keep their numbers: a receipt may be in somebody's hand. ':' is the character after '9'. */
static const char last_sql[] =
	"SELECT max(CAST(substr(number, length(:prefix) + 1) AS INTEGER)) FROM issue WHERE number >= :prefix || '0' AND number < :prefix || ':'";

enum rc issue_next_number(struct office *of, int32_t day, char **number, struct err *e)
{
	AUTO_STMT self = stmt_use(of->st, "SELECT desk FROM self WHERE one = 1");
	AUTO_STMT newest = stmt_use(of->st, last_sql);
	AUTO_FREE char *desk = NULL;
	AUTO_STRBUF prefix = { 0 };
	int64_t last;
	enum rc rc;

	if ((rc = stmt_text(&self, &desk, e)) != RC_OK)
		return rc;
	number_prefix(of, day, desk ? desk : "", &prefix);
	bind_text(&newest, ":prefix", strbuf_str(&prefix));
	if ((rc = stmt_int(&newest, &last, e)) != RC_OK)
		return rc;
	*number = mem_format("%s%03lld", strbuf_str(&prefix), (long long)last + 1);
	return RC_OK;
}

void issue_short_number(const char *number, int32_t today, struct strbuf *out)
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
