/* What a record about somebody takes from the resident it names. */
#include "resident_rules.h"

#include "base/text.h"
#include "store/stmt.h"

static void fill_blank(struct record *r, const char *field, const char *text)
{
	if (form_field(r->form, field) && text_is_blank(record_text(r, field)))
		value_set_text(record_value(r, field), text);
}

enum rc resident_fill_in(struct office *of, struct record *r, const char *field, const char *nobody, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT name, phone FROM resident WHERE id = :id AND deleted_at IS NULL");
	int64_t id = record_number(r, "resident_id", 0);
	bool row;
	enum rc rc;

	if (id == 0)
		return text_is_blank(record_text(r, "name")) ? err_set(e, RC_INVALID, field, "%s", nobody) : RC_OK;
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_INVALID, "resident_id", "这位居民的记录已合并或删除，请重新选定");
	fill_blank(r, "name", column_text(&q, 0));
	fill_blank(r, "phone", column_text(&q, 1));
	return RC_OK;
}
