/* Orders as they stand, for the rules about them. */
#include "order_rules.h"

#include <string.h>

#include "store/stmt.h"

static const char *kept(const struct stmt *q, int column, struct arena *a)
{
	return arena_copy(a, column_text(q, column));
}

static void read_row(const struct stmt *q, struct arena *a, void *out)
{
	*(struct order_row *)out = (struct order_row){
		.id = column_int(q, 0), .rev = column_int(q, 1), .diner_id = column_int(q, 2), .day = column_day(q, 3), .meal = kept(q, 4, a),
		.portions = (int)column_int(q, 5), .size = kept(q, 6, a), .way = kept(q, 7, a), .why = kept(q, 8, a),
		.typed = strcmp(column_text(q, 9), "typed") == 0, .cancelled = strcmp(column_text(q, 10), "cancelled") == 0, .changed = column_int(q, 11) != 0,
		.lapsed = column_int(q, 12) != 0, .reported = !column_is_null(q, 13), .out = !column_is_null(q, 14), .carrier = kept(q, 15, a),
	};
}

/* A stop of a route that was deleted or merged away holds nobody. */
#define ORDER \
	"SELECT o.id, o.rev, o.diner_id, o.day, o.meal, o.portions, o.size, o.way, o.why, o.source, o.state, o.changed, o.lapsed, o.outcome, t.left_at, v.name" \
	" FROM meal_order AS o LEFT JOIN stop AS s ON s.order_id = o.id AND s.deleted_at IS NULL AND o.state = 'ordered'" \
	" LEFT JOIN route AS t ON t.id = s.route_id AND t.deleted_at IS NULL AND t.merged_into_id IS NULL AND t.left_at IS NOT NULL AND t.back_at IS NULL" \
	" LEFT JOIN volunteer AS v ON v.id = t.volunteer_id WHERE "

enum rc order_rows(struct office *of, int64_t diner_id, int32_t from_day, int32_t to_day, struct arena *a, const struct order_row **out, size_t *n,
                   struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, ORDER "o.diner_id = :diner AND o.day BETWEEN :from AND :to ORDER BY o.day, o.meal");

	bind_int(&q, ":diner", diner_id);
	bind_day(&q, ":from", from_day);
	bind_day(&q, ":to", to_day);
	return stmt_rows(&q, a, sizeof **out, read_row, out, n, e);
}

enum rc order_find_row(struct office *of, int64_t id, struct arena *a, struct order_row *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, ORDER "o.id = :id");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这份订餐", e)) == RC_OK)
		read_row(&q, a, out);
	return rc;
}

enum rc order_leave_route(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE stop SET rev = rev + 1, deleted_at = :now, deleted_by = :me, deleted_why = '不再送餐'"
	                               " WHERE order_id = :id AND deleted_at IS NULL");

	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":id", id);
	return stmt_run(&q, e);
}
