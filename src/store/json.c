/* JSON as the journal holds it: one form for each value, so that equal values are equal text; blobs are {"$b":"hex"}. */
#include "base/strbuf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

static const char blob_head[] = "{\"$b\":\"", blob_tail[] = "\"}";

void json_text(struct strbuf *out, const char *s, size_t n)
{
	strbuf_add_char(out, '"');
	for (size_t i = 0, start = 0; i <= n; i++) {
		unsigned char c = i < n ? (unsigned char)s[i] : '\0';

		if (i < n && c >= 0x20 && c != '"' && c != '\\')
			continue;
		strbuf_add_n(out, s + start, i - start);
		start = i + 1;
		if (i == n)
			break;
		if (c == '"' || c == '\\')
			strbuf_format(out, "\\%c", c);
		else if (c == '\n')
			strbuf_add(out, "\\n");
		else
			strbuf_format(out, "\\u%04x", c);
	}
	strbuf_add_char(out, '"');
}

static void json_blob(struct strbuf *out, const unsigned char *bytes, int n)
{
	strbuf_add(out, blob_head);
	for (int i = 0; i < n; i++)
		strbuf_format(out, "%02x", bytes[i]);
	strbuf_add(out, blob_tail);
}

void json_value(struct strbuf *out, sqlite3_value *v)
{
	switch (sqlite3_value_type(v)) {
	case SQLITE_INTEGER:
		strbuf_format(out, "%" PRId64, (int64_t)sqlite3_value_int64(v));
		break;
	case SQLITE_FLOAT:
		strbuf_format(out, "%.17g", sqlite3_value_double(v));
		break;
	case SQLITE_TEXT:
		json_text(out, (const char *)sqlite3_value_text(v), (size_t)sqlite3_value_bytes(v));
		break;
	case SQLITE_BLOB:
		json_blob(out, sqlite3_value_blob(v), sqlite3_value_bytes(v));
		break;
	default:
		strbuf_add(out, "null");
		break;
	}
}

bool json_blob_bytes(const char *text, unsigned char **bytes, size_t *n)
{
	size_t length = strlen(text), hex, n_found;
	unsigned char *found;

	if (length < sizeof blob_head - 1 + sizeof blob_tail - 1 || strncmp(text, blob_head, sizeof blob_head - 1) != 0 ||
	    strcmp(text + length - (sizeof blob_tail - 1), blob_tail) != 0)
		return false;
	hex = length - (sizeof blob_head - 1) - (sizeof blob_tail - 1);
	found = mem_alloc(hex / 2 + 1);
	if (sodium_hex2bin(found, hex / 2 + 1, text + sizeof blob_head - 1, hex, NULL, &n_found, NULL) != 0 || 2 * n_found != hex) {
		free(found);
		return false;
	}
	*bytes = found;
	*n = n_found;
	return true;
}

void members_release(struct members *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->list[i].name);
		sqlite3_value_free(m->list[i].value);
	}
	free(m->list);
	*m = (struct members){ 0 };
}

enum rc json_read(struct store *st, const char *json, struct members *out, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT key, yl_json_value(type, value) FROM json_each(:json)");
	struct members m = { 0 };
	bool row = false;
	enum rc rc;

	bind_text(&q, ":json", json && *json ? json : "{}");
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		m.list = mem_grow(m.list, &m.cap, m.n + 1, sizeof *m.list);
		m.list[m.n++] = (struct member){
			.name = mem_copy(column_text(&q, 0)), .value = sqlite3_value_dup(sqlite3_column_value(q.raw, 1)),
		};
	}
	if (rc != RC_OK) {
		members_release(&m);
		return rc;
	}
	members_release(out);
	*out = m;
	return RC_OK;
}

const struct member *json_member(const struct members *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->list[i].name, name) == 0)
			return &m->list[i];
	return NULL;
}
