/* Whether a form fits the live tables. Every name that goes into assembled SQL has passed here. */
#include "store/record.h"

#include <string.h>

#include "internal.h"

enum rc record_table(struct store *st, const struct form *form, const struct table **out, struct err *e)
{
	const struct table *t;
	enum rc rc;

	if (!table_is_identifier(form->table))
		return err_set(e, RC_INVALID, NULL, "%s：表名「%s」不对", form->path, form->table);
	if ((rc = table_load(st, form->table, &t, e)) != RC_OK)
		return rc == RC_NOTFOUND ? err_set(e, RC_INVALID, NULL, "%s：数据库里没有表 %s", form->path, form->table) : rc;
	for (size_t i = 0; i < form->n; i++) {
		const struct field *f = &form->fields[i];

		if (!f->extra && table_column(t, f->name) == NULL)
			return err_set(e, RC_INVALID, f->name, "%s:%d：表 %s 里没有列 %s；自己加的栏目请写成 [field x.%s]",
			               f->path, f->line, form->table, f->name, f->name);
	}
	*out = t;
	return RC_OK;
}

static enum rc check_column(const struct form *form, const struct table *t, const char *key, const char *name, struct err *e)
{
	if (table_column(t, name) == NULL)
		return err_set(e, RC_INVALID, NULL, "%s：%s 里的 %s 不是表 %s 的列", form->path, key, name, t->name);
	return RC_OK;
}

static enum rc check_form(struct store *st, const struct form *form, struct err *e)
{
	const struct table *t;
	enum rc rc = record_table(st, form, &t, e);

	for (size_t i = 0; rc == RC_OK && i < form->n; i++) {
		const struct field *f = &form->fields[i];
		const char *wanted = f->sealed ? "BLOB" : field_holds_number(f) ? "INTEGER" : "TEXT";

		if (!f->extra && strcmp(table_column(t, f->name)->type, wanted) != 0)
			return err_set(e, RC_INVALID, f->name, "%s:%d：列 %s 在数据库里是 %s，这个类型要 %s 列", f->path, f->line,
			               f->name, table_column(t, f->name)->type, wanted);
		if (f->extra && f->sealed)
			return err_set(e, RC_INVALID, f->name, "%s:%d：自己加的栏目不能加密保存，请去掉 sealed 和 idnumber",
			               f->path, f->line);
	}
	if (rc == RC_OK)
		rc = check_column(form, t, "name_field", form->name_field, e);
	if (rc == RC_OK && form->order && *form->order)
		rc = check_column(form, t, "order", form->order, e);
	for (const char *const *name = form->search; rc == RC_OK && name && *name; name++)
		rc = check_column(form, t, "search", *name, e);
	return rc;
}

enum rc record_check_forms(struct store *st, const struct form_set *set, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < form_count(set); i++)
		rc = check_form(st, form_at(set, i), e);
	return rc;
}
