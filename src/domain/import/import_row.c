/* A row of a spreadsheet → a record of the form. */
#include "import.h"

#include <string.h>

#include "base/text.h"
#include "resident/resident_rules.h"

/* What a cell says: without the apostrophe that keeps a spreadsheet from computing. */
static const char *cell_text(const struct resident_import *im, size_t row, int column)
{
	const char *s = column < 0 ? "" : import_table_cell(&im->table, im->heading + 1 + row, (size_t)column);

	return *s == '\'' ? s + 1 : s;
}

/* 3.30482E+17: the number is gone, and no mistake of the person. */
static bool is_scientific(const char *s)
{
	size_t digits = strspn(s, "0123456789.");

	return digits > 0 && (s[digits] == 'E' || s[digits] == 'e') && s[digits + 1] == '+';
}

static enum rc parse_cell(struct resident_import *im, const struct field *f, const char *text, struct value *v, struct err *e)
{
	bool digits = f->type == FIELD_IDNUMBER || f->type == FIELD_PHONE;

	if (text_is_blank(text))
		text = f->initial;
	if (digits && is_scientific(text))
		return err_set(e, RC_INVALID, f->name, "%s：号码被表格软件改成了科学计数，请把这一列设为文本、重新填写后再导出", f->label);
	return field_parse(f, text, office_today(im->of), v, e);
}

static enum rc parse_fields(struct resident_import *im, size_t row, struct record *r, int *column, struct err *e)
{
	for (size_t i = 0; i < im->form->n; i++) {
		const struct field *f = &im->form->fields[i];
		enum rc rc;

		if (f->type == FIELD_PICK || f->readonly)
			continue;
		*column = import_column_of(im, f->name);
		if (*column < 0 && f->initial[0] == '\0')
			continue;
		if ((rc = parse_cell(im, f, cell_text(im, row, *column), &r->values[i], e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc check_fields(struct resident_import *im, struct record *r, int *column, struct err *e)
{
	for (size_t i = 0; i < im->form->n; i++) {
		const struct field *f = &im->form->fields[i];
		enum rc rc;

		*column = import_column_of(im, f->name);
		if (field_is_shown(im->form, f, r->values) && (rc = field_check(f, &r->values[i], e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc parse_address(struct resident_import *im, size_t row, struct import_row *out, int *column, struct err *e)
{
	int estate = import_column_of(im, "estate"), building = import_column_of(im, "building");
	const char *whole = cell_text(im, row, import_column_of(im, "address"));

	*column = import_column_of(im, "address");
	if (!text_is_blank(whole)) {
		out->has_address = true;
		return address_parse(&im->book, whole, &out->address, e);
	}
	*column = estate;
	if (text_is_blank(cell_text(im, row, estate)) && text_is_blank(cell_text(im, row, building)))
		return RC_OK;
	out->has_address = true;
	return address_from_parts(&im->book, cell_text(im, row, estate), cell_text(im, row, building),
	                          cell_text(im, row, import_column_of(im, "unit")), cell_text(im, row, import_column_of(im, "room")),
	                          &out->address, e);
}

enum rc import_build_row(struct resident_import *im, size_t row, struct import_row *out, int *column, struct err *e)
{
	struct import_row made = { 0 };
	enum rc rc;

	record_init(&made.r, im->form);
	if ((rc = parse_fields(im, row, &made.r, column, e)) == RC_OK && (rc = resident_check(im->of, &made.r, e)) != RC_OK)
		*column = import_column_of(im, e->field);
	if (rc == RC_OK && (rc = check_fields(im, &made.r, column, e)) == RC_OK)
		rc = parse_address(im, row, &made, column, e);
	if (rc != RC_OK) {
		import_row_release(&made);
		return rc;
	}
	*out = made;
	return RC_OK;
}

void import_row_release(struct import_row *row)
{
	record_release(&row->r);
	memset(row, 0, sizeof *row);
}
