/* Logging in and out, and who an account is. What a wrong password does is in credential.c, administration in account_admin.c. */
#include "domain/account.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "domain/office.h"
#include "credential.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

#define LOGIN_BYTES 32

void account_release(struct account *a)
{
	free(a->grids);
	memset(a, 0, sizeof *a);
}

static enum rc parse_grids(struct account *a, const char *ids, struct err *e)
{
	size_t cap = 0;

	for (const char *s = ids; *s != '\0';) {
		char *end;
		long long id = strtoll(s, &end, 10);

		if (end == s || (*end != ' ' && *end != '\0'))
			return err_set(e, RC_DB, NULL, "账号 %s 的网格记录已损坏，请管理员重新指定", a->login);
		a->grids = mem_grow(a->grids, &cap, a->n_grids + 1, sizeof *a->grids);
		a->grids[a->n_grids++] = id;
		s = *end ? end + 1 : end;
	}
	return RC_OK;
}

/* Copy what fits in whole characters. */
static void copy_whole(char *to, size_t cap, const char *from)
{
	size_t n = 0;
	int width;

	for (size_t len; from[n] && n + (len = text_cluster(from + n, strlen(from + n), &width)) < cap; n += len)
		memcpy(to + n, from + n, len);
	to[n] = '\0';
}

static enum rc load_account(struct office *of, int64_t id, struct account *out, struct err *e)
{
	struct account a = { 0 };
	bool row;
	enum rc rc;
	AUTO_STMT q = stmt_use(of->st, "SELECT id, rev, login, name, role, grids FROM account WHERE id = :id");

	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_NOTFOUND, "login", "没有这个账号");
	a.id = column_int(&q, 0);
	a.rev = column_int(&q, 1);
	copy_whole(a.login, sizeof a.login, column_text(&q, 2));
	copy_whole(a.name, sizeof a.name, column_text(&q, 3));
	a.role = role_from_key(column_text(&q, 4));
	if ((rc = parse_grids(&a, column_text(&q, 5), e)) != RC_OK) {
		account_release(&a);
		return rc;
	}
	account_release(out);
	*out = a;
	return RC_OK;
}

enum rc account_find(struct office *of, const char *login, int64_t *id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM account WHERE login = :login AND deleted_at IS NULL ORDER BY id LIMIT 1");
	enum rc rc;

	bind_text(&q, ":login", login);
	if ((rc = stmt_int(&q, id, e)) == RC_NOTFOUND)
		return err_set(e, RC_NOTFOUND, "login", "没有用户名为「%.32s」的账号，`youlin account list` 列出全部", login);
	return rc;
}

static enum rc open_session(struct office *of, int64_t account_id, int64_t *session_id, struct err *e)
{
	const char *tty = ttyname(STDIN_FILENO);
	int64_t id;
	enum rc rc;

	if ((rc = store_new_id(of->st, &id, e)) != RC_OK)
		return rc;
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO session (id, account_id, pid, tty, began_at, seen_at) VALUES (:id, :account, :pid, :tty, :now, :now)");
	bind_int(&q, ":id", id);
	bind_int(&q, ":account", account_id);
	bind_int(&q, ":pid", getpid());
	bind_text(&q, ":tty", tty);
	bind_int(&q, ":now", office_now(of));
	if ((rc = stmt_run(&q, e)) == RC_OK)
		*session_id = id;
	return rc;
}

static enum rc end_session(struct office *of, int64_t session_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE session SET ended_at = :now, seen_at = :now WHERE id = :id");

	bind_int(&q, ":now", office_now(of));
	bind_int(&q, ":id", session_id);
	return stmt_run(&q, e);
}

enum rc account_login(struct office *of, const char *login, const char *password, struct err *e)
{
	AUTO_STRBUF typed = { 0 };
	AUTO_STRBUF name = { 0 };
	struct account me = { 0 };
	int64_t id, session_id = 0;
	enum rc rc;

	text_clean(&typed, login, strlen(login), TEXT_LINE);
	text_fold(&name, strbuf_str(&typed));
	if (name.n > LOGIN_BYTES)
		strbuf_truncate(&name, LOGIN_BYTES);
	rc = account_find(of, strbuf_str(&name), &id, e);
	if (rc == RC_NOTFOUND)
		id = -store_derived_id("credential", strbuf_str(&name));
	else if (rc != RC_OK)
		return rc;
	err_clear(e);
	if ((rc = credential_try(of, id, password, e)) != RC_OK || (rc = load_account(of, id, &me, e)) != RC_OK)
		return rc;
	AUTO_TXN t = { 0 };
	if ((rc = txn_begin(&t, of->st, "account.login", e)) != RC_OK || (rc = credential_clear(of, id, e)) != RC_OK ||
	    (rc = open_session(of, id, &session_id, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK) {
		account_release(&me);
		return rc;
	}
	account_release(&of->me);
	of->me = me;
	of->session_id = session_id;
	store_set_actor(of->st, me.id, of->me.name);
	return RC_OK;
}

enum rc account_unlock(struct office *of, const char *password, struct err *e)
{
	enum rc rc;

	if (of->me.id == 0)
		return err_set(e, RC_DENIED, "login", "请先登录");
	if ((rc = credential_try(of, of->me.id, password, e)) != RC_OK)
		return rc;
	AUTO_TXN t = { 0 };
	if ((rc = txn_begin(&t, of->st, "account.unlock", e)) != RC_OK || (rc = credential_clear(of, of->me.id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

void account_logout(struct office *of)
{
	struct err ignored = { 0 };            /* leaving must not fail: a session that stays open ends with its process */
	AUTO_TXN t = { 0 };

	if (of->session_id && txn_begin(&t, of->st, "account.logout", &ignored) == RC_OK && end_session(of, of->session_id, &ignored) == RC_OK &&
	    txn_commit(&t, &ignored) != RC_OK)
		txn_end(&t);
	of->session_id = 0;
	account_release(&of->me);
	store_set_actor(of->st, 0, NULL);
}
