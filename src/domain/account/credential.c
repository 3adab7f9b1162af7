/* One counted try of a password.
 *
 * The try is counted in a committed transaction before the password is hashed, so that a killed process gives no free guess. Unknown names are counted
 * under a negative id derived from the name: they lock as known ones do, and nothing tells them apart.
 */
#include "credential.h"

#include <inttypes.h>
#include <string.h>

#include "domain/office.h"
#include "password.h"
#include "store/stmt.h"
#include "store/txn.h"

#define FREE_FAILS 2                   /* the third one in a row locks */
#define FIRST_LOCK_MS 5000
#define LONGEST_LOCK_MS (15 * 60 * 1000)
#define FORGET_UNKNOWN_MS (24 * 3600 * 1000)

/* An account as a try sees it. */
struct candidate_account {
	int64_t id;                        /* negative: there is no such account */
	char hash[PASSWORD_HASH_BYTES];    /* "" where there is none */
	int64_t fails, next_try_at;
	bool disabled;
};

static enum rc load_candidate(struct office *of, int64_t id, struct candidate_account *c, struct err *e)
{
	bool row;
	enum rc rc;
	AUTO_STMT q = stmt_use(of->st,
		"SELECT hash, fails, next_try_at, (SELECT disabled_at IS NOT NULL OR deleted_at IS NOT NULL FROM account WHERE account.id = account_id)"
		" FROM credential WHERE account_id = :id");

	memset(c, 0, sizeof *c);
	c->id = id;
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	strncpy(c->hash, column_text(&q, 0), sizeof c->hash - 1);
	c->fails = column_int(&q, 1);
	c->next_try_at = column_int(&q, 2);
	c->disabled = column_int(&q, 3) != 0;
	return RC_OK;
}

static int64_t lock_ms(int64_t fails)
{
	int64_t ms = FIRST_LOCK_MS;

	if (fails <= FREE_FAILS)
		return 0;
	for (int64_t i = FREE_FAILS + 1; i < fails && ms < LONGEST_LOCK_MS; i++)
		ms *= 2;
	return ms < LONGEST_LOCK_MS ? ms : LONGEST_LOCK_MS;
}

/* Unknown names that were tried long ago need no row any more. */
static enum rc forget_unknown(struct office *of, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "DELETE FROM credential WHERE account_id < 0 AND changed_at < :before");

	bind_int(&q, ":before", office_now(of) - FORGET_UNKNOWN_MS);
	return stmt_run(&q, e);
}

/* Count the try as failed, durably, before anything is hashed. */
static enum rc count_try(struct office *of, struct candidate_account *c, struct err *e)
{
	AUTO_TXN t = { 0 };
	int64_t now = office_now(of);
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "account.try", e)) != RC_OK || (rc = load_candidate(of, c->id, c, e)) != RC_OK ||
	    (rc = forget_unknown(of, e)) != RC_OK)
		return rc;
	if (c->next_try_at > now)
		return err_set(e, RC_DENIED, "password", "连续输错，请 %" PRId64 " 秒后再试", (c->next_try_at - now + 999) / 1000);
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO credential (account_id, hash, changed_at, fails, next_try_at) VALUES (:id, '', :now, 1, 0)"
		" ON CONFLICT (account_id) DO UPDATE SET fails = fails + 1, next_try_at = :next,"
		" changed_at = iif(account_id < 0, :now, changed_at)");
	bind_int(&q, ":id", c->id);
	bind_int(&q, ":now", now);
	bind_int(&q, ":next", lock_ms(c->fails + 1) ? now + lock_ms(c->fails + 1) : 0);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc credential_set(struct office *of, int64_t id, const char *hash, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO credential (account_id, hash, changed_at) VALUES (:id, :hash, :now)"
		" ON CONFLICT (account_id) DO UPDATE SET hash = :hash, changed_at = :now, fails = 0, next_try_at = 0");

	bind_int(&q, ":id", id);
	bind_text(&q, ":hash", hash);
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

enum rc credential_clear(struct office *of, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE credential SET fails = 0, next_try_at = 0, last_ok_at = :now WHERE account_id = :id");

	bind_int(&q, ":now", office_now(of));
	bind_int(&q, ":id", id);
	return stmt_run(&q, e);
}

enum rc credential_try(struct office *of, int64_t id, const char *password, struct err *e)
{
	struct candidate_account c = { .id = id };
	bool right = false;
	enum rc rc;

	if ((rc = count_try(of, &c, e)) != RC_OK || (rc = password_verify(of->st, c.hash[0] ? c.hash : NULL, password, &right, e)) != RC_OK)
		return rc;
	if (!right)
		return err_set(e, RC_DENIED, "password", "用户名或密码不对");
	if (c.disabled)
		return err_set(e, RC_DENIED, "login", "这个账号已停用，请找系统管理员");
	if (password_is_cheap(c.hash)) {
		if ((rc = password_hash(of->st, password, c.hash, e)) != RC_OK)
			return rc;
		AUTO_TXN t = { 0 };
		if ((rc = txn_begin(&t, of->st, "account.rehash", e)) != RC_OK || (rc = credential_set(of, id, c.hash, e)) != RC_OK ||
		    (rc = txn_commit(&t, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}
