/* Drafts and preferences: local to this site, in transactions that leave no op. */
#include "store/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "internal.h"

#define DRAFT_WAIT_MS 2000                     /* the person goes on typing meanwhile */

void draft_release(struct draft *d)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < d->n; i++) {
		free(d->fields[i]);
		free(d->texts[i]);
	}
	free(d->fields);
	free(d->texts);
	free(d->title);
	*d = (struct draft){ 0 };
}

void draft_set(struct draft *d, const char *field, const char *text)
{
	for (size_t i = 0; i < d->n; i++) {
		if (strcmp(d->fields[i], field) != 0)
			continue;
		char *copy = mem_copy(text ? text : "");

		free(d->texts[i]);
		d->texts[i] = copy;
		return;
	}
	d->fields = mem_resize(d->fields, (d->n + 1) * sizeof *d->fields);
	d->texts = mem_resize(d->texts, (d->n + 1) * sizeof *d->texts);
	d->fields[d->n] = mem_copy(field);
	d->texts[d->n] = mem_copy(text ? text : "");
	d->n++;
}

const char *draft_get(const struct draft *d, const char *field)
{
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->fields[i], field) == 0)
			return d->texts[i];
	return NULL;
}

static char *content_of(const struct draft *d)
{
	struct strbuf json = { 0 };

	strbuf_add_char(&json, '{');
	for (size_t i = 0; i < d->n; i++) {
		if (i > 0)
			strbuf_add_char(&json, ',');
		json_text(&json, d->fields[i], strlen(d->fields[i]));
		strbuf_add_char(&json, ':');
		json_text(&json, d->texts[i], strlen(d->texts[i]));
	}
	strbuf_add_char(&json, '}');
	return strbuf_take(&json);
}

static enum rc write_draft(struct store *st, const struct draft *d, int64_t now, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "INSERT INTO draft (id, account_id, form, record_id, context_id, title, content, updated_at)"
	                           " VALUES (:id, :account, :form, :record, :context, :title, :content, :now)"
	                           " ON CONFLICT (id) DO UPDATE SET title = excluded.title, content = excluded.content,"
	                           " updated_at = excluded.updated_at");
	AUTO_FREE char *content = content_of(d);

	bind_id(&q, ":id", d->id);
	bind_int(&q, ":account", d->account_id);
	bind_text(&q, ":form", d->form);
	bind_int(&q, ":record", d->record_id);
	bind_int(&q, ":context", d->context_id);
	bind_text(&q, ":title", d->title ? d->title : "");
	bind_text(&q, ":content", content);
	bind_int(&q, ":now", now);
	return stmt_run(&q, e);
}

enum rc draft_save(struct store *st, struct draft *d, struct err *e)
{
	AUTO_TXN t = { 0 };
	int64_t now = store_now(st), id = d->id;
	enum rc rc;

	if ((rc = txn_begin_within(&t, st, "draft", DRAFT_WAIT_MS, e)) != RC_OK ||
	    (rc = write_draft(st, d, now, e)) != RC_OK)
		return rc;
	if (id == 0)
		id = sqlite3_last_insert_rowid(st->db);
	if ((rc = draft_hold(st, id, e)) != RC_OK)         /* before another terminal can see it */
		return rc;
	if ((rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	d->id = id;
	d->updated_at = now;
	return RC_OK;
}

enum rc draft_hold(struct store *st, int64_t id, struct err *e)
{
	return lock_draft(st, id, e);
}

void draft_leave(struct store *st, int64_t id)
{
	lock_draft_drop(st, id);
}

enum rc draft_drop(struct store *st, int64_t id, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_STMT q = stmt_use(st, "DELETE FROM draft WHERE id = :id");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = draft_hold(st, id, e)) != RC_OK ||
	    (rc = txn_begin_within(&t, st, "draft", DRAFT_WAIT_MS, e)) != RC_OK ||
	    (rc = stmt_run(&q, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	draft_leave(st, id);
	return RC_OK;
}

static enum rc read_content(struct store *st, struct draft *d, const char *content, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT key, value FROM json_each(:content)");
	bool row = false;
	enum rc rc;

	bind_text(&q, ":content", content);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		draft_set(d, column_text(&q, 0), column_text(&q, 1));
	return rc;
}

#define DRAFT_COLUMNS "id, account_id, form, record_id, context_id, title, content, updated_at"

static enum rc read_draft(const struct stmt *q, struct draft *d, struct err *e)
{
	*d = (struct draft){
		.id = column_int(q, 0), .account_id = column_int(q, 1), .record_id = column_int(q, 3),
		.context_id = column_int(q, 4), .title = mem_copy(column_text(q, 5)), .updated_at = column_int(q, 7),
		.elsewhere = lock_draft_elsewhere(q->st, column_int(q, 0)),
	};
	snprintf(d->form, sizeof d->form, "%s", column_text(q, 2));
	return read_content(q->st, d, column_text(q, 6), e);
}

enum rc draft_list(struct store *st, int64_t account_id, struct draft **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT " DRAFT_COLUMNS " FROM draft WHERE account_id = :account ORDER BY updated_at DESC");
	struct draft *list = NULL;
	size_t count = 0, cap = 0;
	bool row = false;
	enum rc rc;

	bind_int(&q, ":account", account_id);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		list = mem_grow(list, &cap, count + 1, sizeof *list);
		if ((rc = read_draft(&q, &list[count++], e)) != RC_OK)
			break;
	}
	if (rc != RC_OK) {
		for (size_t i = 0; i < count; i++)
			draft_release(&list[i]);
		free(list);
		return rc;
	}
	*out = list;
	*n = count;
	return RC_OK;
}

enum rc draft_load(struct store *st, int64_t id, struct draft *out, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT " DRAFT_COLUMNS " FROM draft WHERE id = :id");
	struct draft d = { 0 };
	bool row = false;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_NOTFOUND, NULL, "这份草稿已经不在了");
	if ((rc = read_draft(&q, &d, e)) != RC_OK) {
		draft_release(&d);
		return rc;
	}
	*out = d;
	return RC_OK;
}

enum rc preference_get(struct store *st, int64_t account_id, const char *name, char **value, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "SELECT value FROM preference WHERE account_id = :account AND name = :name");
	char *found = NULL;
	enum rc rc;

	bind_int(&q, ":account", account_id);
	bind_text(&q, ":name", name);
	rc = stmt_text(&q, &found, e);
	if (rc != RC_OK && rc != RC_NOTFOUND)
		return rc;
	*value = found;
	return RC_OK;
}

enum rc preference_set(struct store *st, int64_t account_id, const char *name, const char *value, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_STMT q = stmt_use(st, value ? "INSERT INTO preference (account_id, name, value) VALUES (:account, :name, :value)"
	                                   " ON CONFLICT (account_id, name) DO UPDATE SET value = excluded.value"
	                                 : "DELETE FROM preference WHERE account_id = :account AND name = :name");
	enum rc rc;

	bind_int(&q, ":account", account_id);
	bind_text(&q, ":name", name);
	if (value)
		bind_text(&q, ":value", value);
	if ((rc = txn_begin_within(&t, st, "preference", DRAFT_WAIT_MS, e)) != RC_OK ||
	    (rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
