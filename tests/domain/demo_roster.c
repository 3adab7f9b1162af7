/* The demo's volunteers and rosters: nobody stands where they may not, and there are gaps to fill. */
#include "base/text.h"
#include "demo_fixture.h"
#include "test.h"

static const char *const wrong[] = {
	/* without the service, the time, the certificate, or twice on a day */
	"SELECT count(*) FROM assignment AS a JOIN shift ON shift.id = a.shift_id JOIN volunteer AS v ON v.id = a.volunteer_id"
	" WHERE instr(' ' || v.services || ' ', ' ' || shift.service || ' ') = 0 OR v.status <> 'active' /*scan*/",
	"SELECT count(*) FROM assignment AS a JOIN shift ON shift.id = a.shift_id WHERE NOT EXISTS (SELECT 1 FROM availability AS t"
	" WHERE t.volunteer_id = a.volunteer_id AND t.weekday = (shift.day + 3) % 7 + 1 AND t.begin_min <= shift.begin_min AND t.end_min >= shift.end_min) /*scan*/",
	"SELECT count(*) FROM assignment AS a JOIN shift ON shift.id = a.shift_id WHERE shift.service IN ('meals', 'canteen')"
	" AND NOT EXISTS (SELECT 1 FROM qualification AS q WHERE q.volunteer_id = a.volunteer_id AND q.kind = 'health') /*scan*/",
	"SELECT count(*) FROM (SELECT 1 FROM assignment AS a JOIN shift ON shift.id = a.shift_id GROUP BY a.volunteer_id, shift.day HAVING count(*) > 1) /*scan*/",
	"SELECT count(*) FROM (SELECT 1 FROM assignment AS a JOIN shift ON shift.id = a.shift_id JOIN volunteer AS v ON v.id = a.volunteer_id"
	" GROUP BY a.volunteer_id, (shift.day + 3) / 7 HAVING count(*) > v.weekly_shifts) /*scan*/",
	/* more people than places; a place of a shift that is none */
	"SELECT count(*) FROM shift_need AS n WHERE n.shift_id IS NOT NULL AND (SELECT count(*) FROM assignment AS a WHERE a.shift_id = n.shift_id AND a.need_id = n.id)"
	" > n.headcount /*scan*/",
	/* hours nobody served, or more than were claimed; somebody who came tomorrow */
	"SELECT count(*) FROM attendance WHERE day >= " TODAY " OR approved_minutes > minutes OR (result IN ('absent', 'excused') AND minutes IS NOT NULL) /*scan*/",
	"SELECT count(*) FROM attendance WHERE (approved_minutes IS NULL) <> (approved_by IS NULL) /*scan*/",
	"SELECT count(*) FROM attendance WHERE coalesce(content, '') = '' /*scan*/",
	/* times that lap */
	"SELECT count(*) FROM availability AS a JOIN availability AS b ON b.volunteer_id = a.volunteer_id AND b.weekday = a.weekday AND b.id > a.id"
	" AND b.begin_min < a.end_min AND a.begin_min < b.end_min /*scan*/",
};

static void nobody_stands_where_they_may_not(void **state)
{
	static const struct question questions[] = {
		{ "SELECT count(*) FROM volunteer", 40, 40 }, { "SELECT count(DISTINCT status) FROM volunteer /*scan*/", 3, 6 },
		{ "SELECT count(*) FROM shift WHERE day >= " TODAY " /*scan*/", 20, MANY }, { "SELECT count(*) FROM attendance WHERE approved_at IS NOT NULL /*scan*/", 30, MANY },
		{ "SELECT count(*) FROM shift_need AS n JOIN shift ON shift.id = n.shift_id WHERE shift.day > " TODAY
		  " AND (SELECT count(*) FROM assignment AS a WHERE a.shift_id = n.shift_id AND a.need_id = n.id) < n.headcount /*scan*/", 5, MANY },
	};
	struct office_fixture *x = *state;

	for (uint64_t seed = 1; seed <= 2; seed++) {
		open_demo(x, seed == 1 ? "one.db" : "two.db", seed, DEMO_SMALL);
		ask(x, questions, COUNT(questions));
		none(x, wrong, COUNT(wrong));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nobody_stands_where_they_may_not, office_fixture_setup, office_fixture_teardown),
	};

	text_locale_init();
	return cmocka_run_group_tests_name("demo_roster", tests, NULL, NULL);
}
