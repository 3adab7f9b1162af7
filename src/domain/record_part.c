/* A record that belongs to another. */
#include "record_part.h"

#include <string.h>

#include "store/stmt.h"

enum rc record_part_find(struct office *of, const char *sql, const struct form *form, int64_t id, int64_t *owner_id, int64_t *rev, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, sql);
	bool row;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_NOTFOUND, NULL, "这条%s不在了，可能刚被删除", form->title);
	*owner_id = column_int(&q, 0);
	*rev = column_int(&q, 1);
	return RC_OK;
}

enum rc record_part_stamp(struct office *of, const char *sql, int64_t id, int64_t owner_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, sql);

	bind_int(&q, ":id", id);
	bind_int(&q, ":owner", owner_id);
	if (strstr(sql, ":me"))
		bind_id(&q, ":me", of->me.id);
	return stmt_run(&q, e);
}
