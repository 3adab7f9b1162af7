/* A form's section [list]: how its records stand in a list, in which order, and what finds them. */
#include "form_read.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH_MAX 200

/* "name:24" or "fields:*" */
static enum rc read_column(struct form_set *set, const struct form *form, const struct ini_entry *at, const char *word, size_t n,
                           struct list_column *column, struct err *e)
{
	const char *colon = memchr(word, ':', n), *width = colon ? colon + 1 : "";
	size_t width_n = colon ? (size_t)(word + n - width) : 0;
	char *name = arena_copy_n(&set->arena, word, colon ? (size_t)(colon - word) : n);
	char *end;
	long cols;

	column->field = form_field(form, name);
	if (column->field == NULL)
		return ini_refuse(at->path, at->line, e, "columns 里的「%s」不是本表单的字段", name);
	if (width_n == 1 && *width == '*') {
		column->width_cols = 0;
		return RC_OK;
	}
	cols = width_n > 0 && *width >= '0' && *width <= '9' ? strtol(width, &end, 10) : 0;
	if (cols < 1 || cols > WIDTH_MAX || end != width + width_n)
		return ini_refuse(at->path, at->line, e, "columns 里写 字段:宽度，宽度 1 到 %d，或用 * 表示余下的全部，例如 name:12 note:*", WIDTH_MAX);
	column->width_cols = (int)cols;
	return RC_OK;
}

static enum rc read_columns(struct form_set *set, struct form *form, const struct ini_entry *at, struct err *e)
{
	struct list_column *columns = arena_alloc(&set->arena, (strlen(at->value) / 2 + 1) * sizeof *columns);
	const char *s = at->value, *word;
	size_t n, rests = 0;

	while ((word = form_next_word(&s, &n)) != NULL) {
		enum rc rc = read_column(set, form, at, word, n, &columns[form->n_columns], e);

		if (rc != RC_OK)
			return rc;
		rests += columns[form->n_columns++].width_cols == 0;
	}
	if (form->n_columns == 0 || rests > 1)
		return ini_refuse(at->path, at->line, e, "columns 至少写一列，宽度 * 只能有一列");
	form->columns = columns;
	return RC_OK;
}

/* A name that may stand in SQL: a column of the table, whether or not it is a field. That it exists is checked where the table is. */
static bool is_column_name(const char *name)
{
	return form_is_identifier(name, IDENTIFIER_MAX);
}

static enum rc read_order(struct form_set *set, struct form *form, const struct ini_entry *at, struct err *e)
{
	const char *s = at->value, *word;
	size_t n;
	char *name;

	word = form_next_word(&s, &n);
	name = arena_copy_n(&set->arena, word ? word : "", n);
	word = form_next_word(&s, &n);
	form->order_descending = word && n == 4 && memcmp(word, "desc", 4) == 0;
	if (!is_column_name(name) || (word && !form->order_descending) || form_next_word(&s, &n))
		return ini_refuse(at->path, at->line, e, "order 写一列的名字，倒序在后面加 desc；自己增加的字段（x.…）不能排序");
	form->order = name;
	return RC_OK;
}

static enum rc read_search(struct form_set *set, struct form *form, const struct ini_entry *at, struct err *e)
{
	const char **names = arena_alloc(&set->arena, (strlen(at->value) / 2 + 2) * sizeof *names);
	const char *s = at->value, *word;
	size_t n, count = 0;

	while ((word = form_next_word(&s, &n)) != NULL) {
		names[count] = arena_copy_n(&set->arena, word, n);
		if (!is_column_name(names[count++]))
			return ini_refuse(at->path, at->line, e, "search 写几列的名字，用空格隔开；「%s」不行", names[count - 1]);
	}
	form->search = names;
	return RC_OK;
}

/* Without [list], or where it leaves something out: the name field alone. */
static void set_defaults(struct form_set *set, struct form *form)
{
	const struct field *name = form_field(form, form->name_field);
	struct list_column *column = arena_alloc(&set->arena, sizeof *column);
	const char **search = arena_alloc(&set->arena, 2 * sizeof *search);

	if (form->n_columns == 0) {
		*column = (struct list_column){ name, 0 };
		form->columns = column;
		form->n_columns = 1;
	}
	if (form->order == NULL)
		form->order = name->extra ? "id" : name->name;
	if (form->search == NULL) {
		search[0] = name->type == FIELD_TEXT && !name->extra ? name->name : NULL;
		form->search = search;
	}
}

enum rc form_read_list(struct form_set *set, struct form *form, const struct ini_section *s, struct err *e)
{
	static const char *const keys[] = { "columns", "order", "search", NULL };
	const struct ini_entry *columns = ini_entry(s, "columns"), *order = ini_entry(s, "order"), *search = ini_entry(s, "search");
	enum rc rc;

	if ((s && (rc = ini_check_keys(s, keys, e)) != RC_OK) ||
	    (columns && (rc = read_columns(set, form, columns, e)) != RC_OK) ||
	    (order && (rc = read_order(set, form, order, e)) != RC_OK) ||
	    (search && (rc = read_search(set, form, search, e)) != RC_OK))
		return rc;
	set_defaults(set, form);
	return RC_OK;
}
