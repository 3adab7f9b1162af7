/* A row of a spreadsheet → a record of the form. */
#include "import_rules.h"

#include <string.h>

#include "base/text.h"

const char *import_cell_text(const struct import *im, size_t row, int column)
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

static enum rc parse_cell(struct import *im, const struct field *f, const char *text, struct value *v, struct err *e)
{
	bool digits = f->type == FIELD_IDNUMBER || f->type == FIELD_PHONE;

	if (text_is_blank(text))
		text = f->initial;
	if (digits && is_scientific(text))
		return err_set(e, RC_INVALID, f->name, "%s：号码被表格软件改成了科学计数，请把这一列设为文本、重新填写后再导出", f->label);
	return field_parse(f, text, office_today(im->of), v, e);
}

enum rc import_mistake(struct import_mistakes *m, int column, enum rc rc, const struct err *fault, struct err *e)
{
	bool again = column >= 0 && m->told && m->told[column];

	if (rc != RC_OK && rc != RC_INVALID)
		*e = *fault;
	if (rc != RC_INVALID || again)
		return rc == RC_INVALID ? RC_OK : rc;
	if (column >= 0 && m->told)
		m->told[column] = true;
	if (m->n++ == 0)
		m->first = *fault;
	if (m->tell)
		m->tell(m->context, m->row, column, fault->text);
	return RC_OK;
}

static enum rc parse_fields(struct import *im, size_t row, struct record *r, struct import_mistakes *m, struct err *e)
{
	for (size_t i = 0; i < im->form->n; i++) {
		const struct field *f = &im->form->fields[i];
		struct err fault = { 0 };
		int column = import_column_of(im, f->name);
		enum rc rc;

		if (f->type == FIELD_PICK || f->readonly || (column < 0 && f->initial[0] == '\0'))
			continue;
		rc = parse_cell(im, f, import_cell_text(im, row, column), &r->values[i], &fault);
		if ((rc = import_mistake(m, column, rc, &fault, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc check_fields(struct import *im, struct record *r, struct import_mistakes *m, struct err *e)
{
	for (size_t i = 0; i < im->form->n; i++) {
		const struct field *f = &im->form->fields[i];
		struct err fault = { 0 };
		enum rc rc = field_is_shown(im->form, f, r->values) ? field_check(f, &r->values[i], &fault) : RC_OK;

		if ((rc = import_mistake(m, import_column_of(im, f->name), rc, &fault, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

enum rc import_build_row(struct import *im, size_t row, struct import_row *out, struct import_mistakes *m, struct err *e)
{
	struct import_row made = { 0 };
	enum rc rc;

	m->im = im;
	m->row = row;
	m->n = 0;
	if (m->told)
		memset(m->told, 0, im->table.n_columns * sizeof *m->told);
	record_init(&made.r, im->form);
	if ((rc = parse_fields(im, row, &made.r, m, e)) == RC_OK && (rc = im->type->complete(im, row, &made, m, e)) == RC_OK &&
	    (rc = check_fields(im, &made.r, m, e)) == RC_OK && im->type->finish)
		rc = im->type->finish(im, row, &made, m, e);
	if (rc == RC_OK && m->n > 0) {
		*e = m->first;
		rc = RC_INVALID;
	}
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
