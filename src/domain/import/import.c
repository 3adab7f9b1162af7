/* Taking people in from a spreadsheet: open, map, check every row, run in one transaction. */
#include "domain/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "import_rules.h"
#include "import_check.h"
#include "store/txn.h"

#define ROWS_BETWEEN_PROGRESS 200

static size_t data_rows(const struct import *im)
{
	return im->table.n_rows - im->heading - 1;
}

enum rc import_open(struct import **out, struct office *of, enum import_kind kind, const char *path, struct err *e)
{
	const struct import_type *type = kind == IMPORT_RESIDENTS ? &import_residents : &import_volunteers;
	struct import *im;
	enum rc rc;

	if ((rc = office_require(of, type->may, e)) != RC_OK)
		return rc;
	im = mem_alloc(sizeof *im);
	im->of = of;
	im->type = type;
	im->form = form_find(of->forms, type->form);
	if ((rc = import_table_read(&im->table, path, e)) == RC_OK) {
		import_make_targets(im);
		import_guess(im);
		if (data_rows(im) == 0)
			rc = err_set(e, RC_INVALID, "path", "文件只有一行：第一行应是标题，从第二行起是%s", type->what);
	}
	if (rc != RC_OK) {
		import_free(im);
		return rc;
	}
	im->states = mem_alloc(data_rows(im));
	*out = im;
	return RC_OK;
}

static void forget_check(struct import *im)
{
	im->checked = false;
	im->n_faults = 0;
	arena_clear(&im->fault_strings);
	address_book_release(&im->book);
}

void import_free(struct import *im)
{
	if (im == NULL)
		return;
	forget_check(im);
	import_table_release(&im->table);
	arena_clear(&im->strings);
	free(im->targets);
	free(im->mapped);
	free(im->states);
	free(im->faults);
	free(im);
}

const char *import_encoding(const struct import *im)
{
	return im->table.encoding;
}

char import_separator(const struct import *im)
{
	return im->table.separator;
}

size_t import_rows(const struct import *im)
{
	return data_rows(im);
}

size_t import_columns(const struct import *im)
{
	return im->table.n_columns;
}

const char *import_heading(const struct import *im, size_t column)
{
	return import_table_cell(&im->table, im->heading, column);
}

const char *import_cell(const struct import *im, size_t row, size_t column)
{
	return import_table_cell(&im->table, im->heading + 1 + row, column);
}

size_t import_row_number(const struct import *im, size_t row)
{
	return im->table.number[im->heading + 1 + row];
}

size_t import_targets(const struct import *im, const struct import_target **out)
{
	*out = im->targets;
	return im->n_targets;
}

const struct import_target *import_mapped(const struct import *im, size_t column)
{
	int target = column < im->table.n_columns ? im->mapped[column] : -1;

	return target < 0 ? NULL : &im->targets[target];
}

void import_map(struct import *im, size_t column, const char *target)
{
	int index = target ? import_find_target(im, target) : -1;
	int before = index < 0 ? -1 : import_column_of(im, target);

	if (column >= im->table.n_columns)
		return;
	if (before >= 0)
		im->mapped[before] = -1;
	im->mapped[column] = index;
	forget_check(im);
}

/* Checking ------------------------------------------------------------------------------------------------------------------------- */

static void add_fault(struct import *im, size_t row, enum import_fault_kind kind, int column, const char *reason)
{
	im->faults = mem_grow(im->faults, &im->faults_cap, im->n_faults + 1, sizeof *im->faults);
	im->faults[im->n_faults++] = (struct import_fault){
		.kind = kind, .row_number = import_row_number(im, row),
		.column = column < 0 ? "" : import_heading(im, (size_t)column), .reason = arena_copy(&im->fault_strings, reason),
	};
}

static void tell_fault(void *context, size_t row, int column, const char *reason)
{
	add_fault(context, row, IMPORT_BAD, column, reason);
}

static enum rc check_row(struct import *im, struct import_checker *c, size_t row, struct import_mistakes *m, struct err *e)
{
	struct import_row made = { 0 };
	AUTO_STRBUF reason = { 0 };
	struct err fault = { 0 };
	enum row_state state;
	enum rc rc = import_build_row(im, row, &made, m, &fault);

	if (rc == RC_INVALID) {
		im->states[row] = ROW_BAD;
		im->summary.bad++;
		return RC_OK;
	}
	if (rc != RC_OK) {
		*e = fault;
		return rc;
	}
	rc = import_check_row(c, &made, import_row_number(im, row), &state, &reason, e);
	import_row_release(&made);
	if (rc != RC_OK)
		return rc;
	im->states[row] = (unsigned char)state;
	if (state == ROW_GOOD) {
		im->summary.good++;
		return RC_OK;
	}
	im->summary.duplicates++;
	add_fault(im, row, state == ROW_TWICE ? IMPORT_TWICE_IN_FILE : IMPORT_KNOWN, -1, strbuf_str(&reason));
	return RC_OK;
}

static enum rc check_rows(struct import *im, struct import_checker *c, import_progress *progress, void *context, struct err *e)
{
	AUTO_FREE bool *told = mem_alloc(im->table.n_columns * sizeof *told);
	struct import_mistakes m = { .told = told, .tell = tell_fault, .context = im };
	size_t n = data_rows(im);

	for (size_t row = 0; row < n; row++) {
		enum rc rc;

		if (progress && row % ROWS_BETWEEN_PROGRESS == 0 && !progress(context, row, n))
			return err_set(e, RC_STOPPED, NULL, "已停止检查");
		if ((rc = check_row(im, c, row, &m, e)) != RC_OK)
			return rc;
	}
	im->summary.new_households = c->new_households;
	return RC_OK;
}

enum rc import_check(struct import *im, import_progress *progress, void *context, struct import_summary *out,
                              const struct import_fault **faults, size_t *n_faults, struct err *e)
{
	struct import_checker *c;
	enum rc rc;

	forget_check(im);
	memset(&im->summary, 0, sizeof im->summary);
	if (import_column_of(im, "name") < 0)
		return err_set(e, RC_INVALID, "name", "请先指定哪一列是姓名");
	if ((rc = address_book_load(im->of->st, &im->book, e)) != RC_OK)
		return rc;
	c = import_checker_new(im, data_rows(im));
	rc = check_rows(im, c, progress, context, e);
	import_checker_free(c);
	if (rc != RC_OK) {
		forget_check(im);
		return rc;
	}
	im->checked = true;
	*out = im->summary;
	*faults = im->faults;
	*n_faults = im->n_faults;
	return RC_OK;
}

void import_show(const struct import *im, size_t row, const struct import_target *target, struct strbuf *out)
{
	int column = import_column_of(im, target->name);
	const char *text = column < 0 ? "" : import_cell(im, row, (size_t)column);
	struct value v = { 0 };
	struct err ignored;

	if (target->field == NULL || field_parse(target->field, *text == '\'' ? text + 1 : text, office_today(im->of), &v, &ignored) != RC_OK)
		strbuf_add(out, text);
	else
		field_show(target->field, &v, !office_sees(im->of, target->field, 0), out);
	value_clear(&v);
}

/* Running -------------------------------------------------------------------------------------------------------------------------- */

static enum rc take_row(struct import *im, size_t row, struct import_summary *done, struct err *e)
{
	struct import_row made = { 0 };
	struct import_mistakes m = { 0 };
	bool new_household = false;
	enum rc rc;

	if ((rc = import_build_row(im, row, &made, &m, e)) != RC_OK)
		return rc;
	rc = im->type->take(im, &made, &new_household, e);
	import_row_release(&made);
	if (rc != RC_OK)
		return err_during(e, "第 %zu 行", import_row_number(im, row));
	done->new_households += new_household;
	done->good++;
	return RC_OK;
}

bool import_takes_duplicates(const struct import *im)
{
	return im->type->takes_duplicates;
}

static bool is_taken(const struct import *im, size_t row, bool duplicates_too)
{
	return im->states[row] == ROW_GOOD || (duplicates_too && (im->states[row] == ROW_TWICE || im->states[row] == ROW_KNOWN));
}

static enum rc take_rows(struct import *im, bool duplicates_too, import_progress *progress, void *context, struct import_summary *done,
                         struct err *e)
{
	size_t n = data_rows(im);

	for (size_t row = 0; row < n; row++) {
		enum rc rc;

		if (progress && row % ROWS_BETWEEN_PROGRESS == 0 && !progress(context, row, n))
			return err_set(e, RC_STOPPED, NULL, "已停止导入，数据与导入前相同");
		if (!is_taken(im, row, duplicates_too))
			done->duplicates += im->states[row] != ROW_BAD;
		else if ((rc = take_row(im, row, done, e)) != RC_OK)
			return rc;
	}
	done->bad = im->summary.bad;
	return RC_OK;
}

enum rc import_run(struct import *im, enum import_mode mode, bool duplicates_too, import_progress *progress, void *context,
                            struct import_summary *out, struct err *e)
{
	struct import_summary done = { 0 };
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(im->of, im->type->may, e)) != RC_OK)
		return rc;
	if (!im->checked)
		return err_set(e, RC_INVALID, NULL, "请先检查，再导入");
	if (duplicates_too && !im->type->takes_duplicates)
		return err_set(e, RC_INVALID, NULL, "重复的%s不能再导入，请改库里的那一条", im->type->what);
	if (mode == IMPORT_ALL_OR_NOTHING && im->summary.bad > 0)
		return err_set(e, RC_INVALID, NULL, "有 %zu 行不能导入；请改好文件，或选择只导入正确的行", im->summary.bad);
	if ((rc = txn_begin(&t, im->of->st, im->type->verb, e)) != RC_OK ||
	    (rc = take_rows(im, duplicates_too, progress, context, &done, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	im->checked = false;               /* once is enough; the faults stay to be read */
	*out = done;
	return RC_OK;
}
