/* The administration of accounts: adding, roles, passwords, disabling. Passwords never pass through the journal. */
#include "domain/account.h"

#include <inttypes.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "domain/demo.h"
#include "domain/office.h"
#include "credential.h"
#include "password.h"
#include "store/record.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

/* [a-z][a-z0-9_-]{1,31} */
static enum rc check_login(const char *login, struct err *e)
{
	size_t n = strlen(login);

	if (n >= 2 && n <= 32 && login[0] >= 'a' && login[0] <= 'z' && strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789_-") == n)
		return RC_OK;
	return err_set(e, RC_INVALID, "login", "用户名应为 2 到 32 个小写字母、数字、- 或 _，以字母开头");
}

static enum rc check_name(const char *name, struct err *e)
{
	AUTO_STRBUF clean = { 0 };
	size_t dropped = text_clean(&clean, name, strlen(name), TEXT_LINE);

	if (text_is_blank(name) || dropped > 0 || text_cluster_count(name) > 30)
		return err_set(e, RC_INVALID, "name", "姓名应为 1 到 30 个字");
	return RC_OK;
}

static enum rc check_role(enum role role, struct err *e)
{
	if (role > ROLE_NONE && role < ROLE_COUNT)
		return RC_OK;
	return err_set(e, RC_INVALID, "role", "没有这个角色；可选 desk grid canteen project head admin");
}

static enum rc check_password(struct office *of, const char *password, const char *login, struct err *e)
{
	if (strcmp(password, DEMO_PASSWORD) == 0 && !store_is_demo(of->st))
		return err_set(e, RC_INVALID, "password", "这是演示库的公开密码，请另选一个");
	return password_check(password, login, e);
}

static enum rc require_admin(struct office *of, struct err *e)
{
	return of->me.id == 0 ? RC_OK : office_require(of, MAY_ACCOUNT_EDIT, e);
}

enum rc account_add(struct office *of, const char *login, const char *name, enum role role, const char *password, int64_t *id, struct err *e)
{
	char hash[PASSWORD_HASH_BYTES];
	int64_t new_id, taken;
	enum rc rc;

	if ((rc = require_admin(of, e)) != RC_OK || (rc = check_login(login, e)) != RC_OK || (rc = check_name(name, e)) != RC_OK ||
	    (rc = check_role(role, e)) != RC_OK || (rc = check_password(of, password, login, e)) != RC_OK ||
	    (rc = password_hash(of->st, password, hash, e)) != RC_OK)
		return rc;
	AUTO_TXN t = { 0 };
	if ((rc = txn_begin(&t, of->st, "account.add", e)) != RC_OK)
		return rc;
	if ((rc = account_find(of, login, &taken, e)) == RC_OK)
		return err_set(e, RC_CONFLICT, "login", "用户名「%s」已有人使用，请换一个", login);
	if (rc != RC_NOTFOUND || (rc = store_new_id(of->st, &new_id, e)) != RC_OK)
		return rc;
	err_clear(e);
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO account (id, login, name, role) VALUES (:id, :login, :name, :role)");
	bind_int(&q, ":id", new_id);
	bind_text(&q, ":login", login);
	bind_text(&q, ":name", name);
	bind_text(&q, ":role", role_key(role));
	if ((rc = stmt_run(&q, e)) != RC_OK || (rc = credential_set(of, new_id, hash, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	if (id)
		*id = new_id;
	return RC_OK;
}

enum rc account_set_password(struct office *of, const char *login, const char *password, struct err *e)
{
	char hash[PASSWORD_HASH_BYTES];
	int64_t id;
	enum rc rc = strcmp(login, of->me.login) == 0 ? RC_OK : require_admin(of, e);

	if (rc != RC_OK || (rc = account_find(of, login, &id, e)) != RC_OK || (rc = check_password(of, password, login, e)) != RC_OK ||
	    (rc = password_hash(of->st, password, hash, e)) != RC_OK)
		return rc;
	AUTO_TXN t = { 0 };
	if ((rc = txn_begin(&t, of->st, "account.password", e)) != RC_OK || (rc = credential_set(of, id, hash, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* An office without an administrator could not be administered any more. */
static enum rc require_another_admin(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT count(*) FROM account WHERE role = 'admin' AND disabled_at IS NULL AND deleted_at IS NULL AND id <> :id /*scan*/");
	int64_t others;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_int(&q, &others, e)) != RC_OK)
		return rc;
	return others > 0 ? RC_OK : err_set(e, RC_INVALID, "login", "这是最后一个系统管理员，请先另设一个");
}

enum rc account_set_role(struct office *of, const char *login, enum role role, struct err *e)
{
	int64_t id;
	enum rc rc;

	if ((rc = require_admin(of, e)) != RC_OK || (rc = check_role(role, e)) != RC_OK)
		return rc;
	AUTO_TXN t = { 0 };
	if ((rc = txn_begin(&t, of->st, "account.role", e)) != RC_OK || (rc = account_find(of, login, &id, e)) != RC_OK ||
	    (role != ROLE_ADMIN && (rc = require_another_admin(of, id, e)) != RC_OK))
		return rc;
	AUTO_STMT q = stmt_use(of->st, "UPDATE account SET role = :role, rev = rev + 1 WHERE id = :id");
	bind_text(&q, ":role", role_key(role));
	bind_int(&q, ":id", id);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc account_save(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = require_admin(of, e)) != RC_OK)
		return rc;
	if (r->id == 0)
		return err_set(e, RC_INVALID, "login", "新账号要设密码，请用命令 youlin account add 建立");
	if ((rc = txn_begin(&t, of->st, "account.save", e)) != RC_OK ||
	    (strcmp(record_text(r, "role"), role_key(ROLE_ADMIN)) != 0 && (rc = require_another_admin(of, r->id, e)) != RC_OK) ||
	    (rc = record_save(of->st, r, "account.save", e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc account_set_disabled(struct office *of, const char *login, int disabled, struct err *e)
{
	int64_t id;
	enum rc rc;

	if ((rc = require_admin(of, e)) != RC_OK)
		return rc;
	AUTO_TXN t = { 0 };
	if ((rc = txn_begin(&t, of->st, disabled ? "account.disable" : "account.enable", e)) != RC_OK || (rc = account_find(of, login, &id, e)) != RC_OK ||
	    (disabled && (rc = require_another_admin(of, id, e)) != RC_OK))
		return rc;
	AUTO_STMT q = stmt_use(of->st, "UPDATE account SET disabled_at = iif(:disabled, coalesce(disabled_at, :now), NULL), rev = rev + 1 WHERE id = :id");
	bind_int(&q, ":disabled", disabled != 0);
	bind_int(&q, ":now", office_now(of));
	bind_int(&q, ":id", id);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Grid codes → ids, blank-separated. */
static enum rc grid_ids(struct office *of, const char *codes, struct strbuf *ids, struct err *e)
{
	AUTO_FREE char *copy = mem_copy(codes);
	char *rest = copy, *code;

	while ((code = strsep(&rest, " ,")) != NULL) {
		AUTO_STMT q = stmt_use(of->st, "SELECT id FROM grid WHERE code = :code AND kind <> 'micro' AND deleted_at IS NULL ORDER BY id LIMIT 1");
		int64_t id;
		enum rc rc;

		if (*code == '\0')
			continue;
		bind_text(&q, ":code", code);
		if ((rc = stmt_int(&q, &id, e)) == RC_NOTFOUND)
			return err_set(e, RC_NOTFOUND, "grids", "没有编号为「%.20s」的网格", code);
		if (rc != RC_OK)
			return rc;
		strbuf_format(ids, "%s%" PRId64, ids->n ? " " : "", id);
	}
	return RC_OK;
}

enum rc account_set_grids(struct office *of, const char *login, const char *codes, struct err *e)
{
	AUTO_STRBUF ids = { 0 };
	int64_t id;
	enum rc rc;

	if ((rc = require_admin(of, e)) != RC_OK)
		return rc;
	AUTO_TXN t = { 0 };
	if ((rc = txn_begin(&t, of->st, "account.grids", e)) != RC_OK || (rc = account_find(of, login, &id, e)) != RC_OK ||
	    (rc = grid_ids(of, codes, &ids, e)) != RC_OK)
		return rc;
	AUTO_STMT q = stmt_use(of->st, "UPDATE account SET grids = :grids, rev = rev + 1 WHERE id = :id");
	bind_text(&q, ":grids", ids.n ? strbuf_str(&ids) : NULL);
	bind_int(&q, ":id", id);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc account_list(struct office *of, struct arena *a, struct account_row **out, size_t *n, struct err *e)
{
	AUTO_FREE struct account_row *rows = NULL;
	size_t count = 0, cap = 0;
	bool row;
	enum rc rc;

	if ((rc = require_admin(of, e)) != RC_OK)
		return rc;
	AUTO_STMT q = stmt_use(of->st,
		"SELECT id, login, name, role, disabled_at IS NOT NULL, last_ok_at FROM account LEFT JOIN credential ON account_id = account.id"
		" WHERE deleted_at IS NULL ORDER BY login, id");
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		rows = mem_grow(rows, &cap, count + 1, sizeof *rows);
		rows[count++] = (struct account_row){
			.id = column_int(&q, 0), .login = arena_copy(a, column_text(&q, 1)), .name = arena_copy(a, column_text(&q, 2)),
			.role = role_from_key(column_text(&q, 3)), .disabled = column_int(&q, 4) != 0, .last_ok_at = column_int(&q, 5),
		};
	}
	if (rc != RC_OK)
		return rc;
	*out = arena_alloc(a, count * sizeof *rows + 1);
	if (count > 0)
		memcpy(*out, rows, count * sizeof *rows);
	*n = count;
	return RC_OK;
}

enum rc account_name(struct office *of, int64_t id, char **name, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT coalesce(name, '') FROM account WHERE id = :id");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_text(&q, name, e)) == RC_NOTFOUND) {
		err_clear(e);
		*name = mem_copy("");
		return RC_OK;
	}
	return rc;
}
