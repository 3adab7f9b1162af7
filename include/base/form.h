/* Forms as data: what a record type's fields are, read from the files of forms/ and forms/codes.ini.
 *
 * A form file:
 *   [form]            table, title; optional: name_field (what a picker shows), roles_edit, roles_view (blank-separated), group
 *   [field NAME]      label, type; optional: required, default, range in the type, help, sensitive, sealed, shown_when, readonly
 *   [field x.NAME]    a field that an office added: stored in table `extra`, no schema change
 *   [list]            columns = name:24 kind:10 phone:13 fields:*   order = name [desc]   search = name phone
 *                     columns are fields; order and search may name other columns of the table (name_pinyin), never added fields.
 *                     Without it: the name field alone
 * Types:
 *   text A..B         one line, length in clusters           note A..B        several lines
 *   int A..B [unit]   whole number                           money A..B       yuan typed, 分 stored
 *   date              day                                    time             minutes since midnight
 *   code LIST         one of a code list                     codes LIST       several of it, stored "a b c"
 *   phone             telephone                              idnumber         18-digit id number
 *   yesno             0 or 1                                 pick FORM        id of another record
 * `shown_when = field value [value…]` shows a field only while another (code, codes or yesno: yes no) is itself shown and has one of
 * the values, or a code below one of them; a hidden field is empty.
 * Columns and tables are named [a-z][a-z0-9_]{0,39}, form files [a-z][a-z0-9_-]*.ini; codes.ini is the list of code lists.
 * An overlay directory (urban rural mixed fringe) may hold files of the same names; its sections add to or replace those of the base
 * file, key by key.  Every mistake is refused as "file:line: what, and what is allowed".
 */
#ifndef YL_BASE_FORM_H
#define YL_BASE_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/strbuf.h"

enum field_type {
	FIELD_TEXT, FIELD_NOTE, FIELD_INT, FIELD_MONEY, FIELD_DATE, FIELD_TIME,
	FIELD_CODE, FIELD_CODES, FIELD_PHONE, FIELD_IDNUMBER, FIELD_YESNO, FIELD_PICK,
};

/* A value of a field: nothing, a number (int money date time yesno pick) or text (all others). */
enum value_kind { VALUE_NONE, VALUE_NUMBER, VALUE_TEXT };

struct value {
	enum value_kind kind;
	int64_t number;
	char *text;               /* owned by the value */
};

void value_clear(struct value *v);
void value_set_number(struct value *v, int64_t number);
void value_set_text(struct value *v, const char *text);   /* NULL or "" makes it VALUE_NONE */
void value_copy(struct value *to, const struct value *from);
bool value_equal(const struct value *a, const struct value *b);
const char *value_text(const struct value *v);            /* "" where there is none */

/* One code of a list. Two levels: "property.leak" belongs to "property". */
struct code {
	const char *code;         /* lower case, [a-z0-9_.-] */
	const char *label;
	const char *parent;       /* NULL on the first level */
	bool retired;             /* shown in old records, not offered: `label | retired` */
	const char *flags;        /* blank-separated words after `|`, retired among them; "" if none */
};

struct code_list {
	const char *name;
	const struct code *codes; /* in file order */
	size_t n;
};

const struct code *code_find(const struct code_list *list, const char *code);       /* NULL if unknown */
const char *code_label(const struct code_list *list, const char *code);             /* the code itself if unknown */
bool code_has_flag(const struct code *c, const char *flag);

struct field {
	const char *name;         /* column name; "x.…" for an added field */
	const char *label;
	enum field_type type;
	int64_t min, max;         /* clusters, numbers or 分 */
	const char *unit;         /* "" if none */
	const struct code_list *codes;   /* code, codes */
	const char *pick_form;    /* pick: the form's name */
	bool required, sensitive, readonly, extra;
	bool sealed;              /* encrypted in the file (`sealed = yes`; idnumber always): implies sensitive */
	const char *initial;      /* default as typed, e.g. 今天; "" if none */
	const char *help;
	const char *shown_when_field;    /* NULL: always */
	const char *const *shown_when_values;   /* NULL-ended */
	const char *path;         /* the form file that states it, and its line */
	int line;
};

struct list_column {
	const struct field *field;
	int width_cols;           /* 0: the rest of the line */
};

struct form {
	const char *name;         /* the file's name without .ini: "resident" */
	const char *path;         /* for errors */
	const char *table;
	const char *title;
	const char *name_field;   /* what a picker and a heading show; if not stated the first text field, else the first field */
	const char *roles_edit, *roles_view;   /* blank-separated role keys, "" = the domain decides */
	const char *group;        /* a heading under which registers list it; "" = not listed there */
	const struct field *fields;
	size_t n;
	const struct list_column *columns;
	size_t n_columns;
	const char *order;        /* a column name */
	bool order_descending;
	const char *const *search;   /* NULL-ended column names */
};

struct form_set;

/* Read every form and code list below `dir`, with the overlay of a community type ("" for none). */
enum rc form_set_load(struct form_set **out, const char *dir, const char *overlay, struct err *e) MUST_USE;
void form_set_free(struct form_set *set);
const struct form *form_find(const struct form_set *set, const char *name);         /* NULL if there is none */
size_t form_count(const struct form_set *set);
const struct form *form_at(const struct form_set *set, size_t i);
const struct code_list *form_codes(const struct form_set *set, const char *name);   /* NULL if there is none */

const struct field *form_field(const struct form *f, const char *name);             /* NULL if there is none */
/* Whether a field's value is VALUE_NUMBER and its column INTEGER: int money date time yesno pick. */
bool field_holds_number(const struct field *f);
size_t form_field_index(const struct form *f, const struct field *field);

/* Typed text → value. Blank gives VALUE_NONE. Not for pick (a picker gives the id): RC_INVALID.
 * code and codes take codes, labels and "物业·漏水"; codes may be separated by blanks or 、，and are kept in the list's order;
 * money takes 12.5, ￥12.50, 1,200元, 3.5万.  Errors  RC_INVALID with field name and what to type. */
enum rc field_parse(const struct field *f, const char *typed, int32_t today, struct value *out, struct err *e) MUST_USE;
/* Whether a value is of the field's kind, in range, and there if required. */
enum rc field_check(const struct field *f, const struct value *v, struct err *e) MUST_USE;
/* Value → the text that field_parse() takes again (codes as codes); pick gives the id's digits. */
void field_typed(const struct field *f, const struct value *v, struct strbuf *out);
/* Value → what people read: labels (物业·漏水), full dates, 3 位, ￥1,200.50; masked where asked and the field is sensitive
 * (names, telephone and id numbers in part, all else "****"). pick gives "". */
void field_show(const struct field *f, const struct value *v, bool masked, struct strbuf *out);
/* Whether a field is shown, given all values of its form (values[form->n]). */
bool field_is_shown(const struct form *form, const struct field *f, const struct value *values);

#endif
