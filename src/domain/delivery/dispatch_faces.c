/* Who was at a door lately: for somebody who sees another face every day a stranger is a fright, and nobody notices when all is not well. */
#include "dispatch_inside.h"

#include "store/stmt.h"

#define FAMILIAR_DAYS 60
#define MONTH_DAYS 30

static enum rc read_last(struct office *of, int64_t diner_id, int32_t day, int64_t *last_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT outcome_volunteer_id FROM meal_order WHERE diner_id = :diner AND day BETWEEN :from AND :to AND outcome_volunteer_id IS NOT NULL"
		" ORDER BY day DESC LIMIT 1");
	bool row;
	enum rc rc;

	bind_int(&q, ":diner", diner_id);
	bind_day(&q, ":from", day - FAMILIAR_DAYS);
	bind_day(&q, ":to", day - 1);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK)
		*last_id = row ? column_int(&q, 0) : 0;
	return rc;
}

enum rc dispatch_face_read(struct office *of, int64_t diner_id, int32_t day, struct dispatch_face *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT count(DISTINCT outcome_volunteer_id) FROM meal_order WHERE diner_id = :diner AND day BETWEEN :from AND :to");
	struct dispatch_face face = { 0 };
	int64_t faces = 0;
	enum rc rc;

	bind_int(&q, ":diner", diner_id);
	bind_day(&q, ":from", day - MONTH_DAYS);
	bind_day(&q, ":to", day - 1);
	if ((rc = stmt_int(&q, &faces, e)) != RC_OK || (rc = read_last(of, diner_id, day, &face.last_id, e)) != RC_OK)
		return rc;
	face.faces = (int)faces;
	*out = face;
	return RC_OK;
}
