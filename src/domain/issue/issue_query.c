/* Conditions of a filter put into one statement: each condition's :p and :q get names of their own. */
#include "issue_query.h"

#include <ctype.h>
#include <stdio.h>

#include "base/strbuf.h"

static void add_condition(struct strbuf *sql, const char *where, size_t i)
{
	strbuf_add(sql, " AND (");
	for (const char *at = where; *at; at++) {
		strbuf_add_char(sql, *at);
		if (at[0] == ':' && (at[1] == 'p' || at[1] == 'q') && !isalnum((unsigned char)at[2]) && at[2] != '_') {
			strbuf_format(sql, "%c%zu", at[1], i);
			at++;
		}
	}
	strbuf_add_char(sql, ')');
}

static void bind_parameter(struct stmt *q, char letter, size_t i, const struct value *v)
{
	char name[24];

	if (v->kind == VALUE_NONE)
		return;
	snprintf(name, sizeof name, ":%c%zu", letter, i);
	bind_value(q, name, v);
}

struct stmt issue_query(struct office *of, const char *select, const struct list_filter *filters, size_t n, const char *order)
{
	AUTO_STRBUF sql = { 0 };
	struct stmt q;

	strbuf_format(&sql, "%s WHERE /*scan*/ issue.deleted_at IS NULL", select);
	for (size_t i = 0; i < n; i++)
		add_condition(&sql, filters[i].where, i);
	strbuf_add(&sql, order);
	q = stmt_use_temporary(of->st, strbuf_str(&sql));
	for (size_t i = 0; i < n; i++) {
		bind_parameter(&q, 'p', i, &filters[i].p);
		bind_parameter(&q, 'q', i, &filters[i].q);
	}
	return q;
}
