/* What rings on a screen: open checks that the account answers for, and which of them nobody has taken. */
#include "delivery/door_rules.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "store/stmt.h"
#include "welfare_inside.h"

#define WORDS_COLS 24

/* The desk sees checks and works on them; the bell calls those who go. */
static bool answers(const struct office *of)
{
	return of->me.role == ROLE_GRID || of->me.role == ROLE_HEAD || of->me.role == ROLE_CANTEEN;
}

/* Whole characters of it, as far as there is room. */
static void copy_words(char *to, size_t cap, const char *from)
{
	size_t n = 0;
	int width, used;

	for (width = WORDS_COLS; width > 0 && (n = text_prefix(from, width, &used)) >= cap; width--)
		;
	if (width == 0)
		n = 0;
	memcpy(to, from, n);
	to[n] = '\0';
}

static void name_first(const struct office *of, const struct stmt *q, bool overdue, struct welfare_alarm *out)
{
	const char rung[] = { (char)('0' + column_int(q, 1)), '\0' };
	AUTO_STRBUF what = { 0 };

	if (overdue)
		strbuf_format(&what, "%s超时", office_code_label(of, "welfare_rung", rung));
	else
		strbuf_add(&what, office_code_label(of, "welfare_cause", column_text(q, 4)));
	out->check_id = column_int(q, 0);
	copy_words(out->name, sizeof out->name, column_text(q, 5));
	copy_words(out->what, sizeof out->what, strbuf_str(&what));
}

/* How urgent a check is: an overdue rung that nobody has looked at since, one that nobody took, the rest. */
enum { URGENT_OVERDUE = 2, URGENT_UNTAKEN = 1, URGENT_NOT = 0 };

enum rc welfare_alarm(struct office *of, struct welfare_alarm *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT w.id, w.rung, w.rung_at, w.taken_at, w.cause, r.name, r.grid_id FROM welfare_check AS w JOIN diner AS d ON d.id = w.diner_id"
		" LEFT JOIN resident AS r ON r.id = d.resident_id WHERE w.state = 'open' AND w.deleted_at IS NULL ORDER BY w.opened_at, w.id");
	struct welfare_alarm found = { 0 };
	int best = -1;
	bool row;
	enum rc rc = RC_OK;

	while (answers(of) && (rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		int urgency;
		int64_t due = welfare_due_at(of, (int)column_int(&q, 1), column_int(&q, 2)), taken = column_int(&q, 3), since;
		bool overdue = due && office_now(of) >= due;

		if (!welfare_is_mine(of, column_int(&q, 6)))
			continue;
		urgency = overdue && taken < due ? URGENT_OVERDUE : taken == 0 ? URGENT_UNTAKEN : URGENT_NOT;
		found.open++;
		found.loud += urgency != URGENT_NOT;
		since = urgency == URGENT_OVERDUE ? due : column_int(&q, 2);
		if (urgency != URGENT_NOT && since > found.loud_at)
			found.loud_at = since;
		if (!overdue && due && (found.next_at == 0 || due < found.next_at))
			found.next_at = due;
		if (urgency > best)
			name_first(of, &q, overdue, &found);
		best = urgency > best ? urgency : best;
	}
	if (rc != RC_OK)
		return rc;
	*out = found;
	return RC_OK;
}
