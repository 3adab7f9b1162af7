/* A household's heading. */
#include "domain/resident.h"

#include "base/mem.h"
#include "store/stmt.h"

enum rc household_summary(struct office *of, int64_t id, struct arena *a, struct household_summary *out, struct err *e)
{
	const struct field *address = form_field(form_find(of->forms, "household"), "address_text");
	bool row, seen;
	enum rc rc;

	if ((rc = office_require(of, MAY_RESIDENT_VIEW, e)) != RC_OK)
		return rc;
	AUTO_STMT q = stmt_use(of->st, "SELECT h.grid_id, h.address_text, h.address_key, g.code, h.deleted_at IS NOT NULL"
	                               " FROM household AS h LEFT JOIN grid AS g ON g.id = h.grid_id WHERE h.id = :id");
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_NOTFOUND, NULL, "没有这一户的记录");
	seen = !address || office_sees(of, address, column_int(&q, 0));
	*out = (struct household_summary){
		.id = id, .grid_id = column_int(&q, 0), .address = arena_copy(a, column_text(&q, seen ? 1 : 2)),
		.grid = arena_copy(a, column_text(&q, 3)), .deleted = column_int(&q, 4) != 0,
	};
	return RC_OK;
}
