/* Whose account it is: the resident behind it, and what follows from that. */
#include "domain/person.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/account.h"
#include "domain/office.h"
#include "store/record.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

enum rc person_is_me(struct office *of, int64_t account_id, enum person_same *same, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT " PERSON_ACCOUNT_SQL(":account"));
	int64_t found;
	enum rc rc;

	bind_int(&q, ":me", of->me.id);
	bind_int(&q, ":account", account_id);
	if ((rc = stmt_int(&q, &found, e)) == RC_OK)
		*same = (enum person_same)found;
	return rc;
}

const char *person_hint(enum person_same same)
{
	return same == PERSON_NAMESAKE ? "（按姓名认定；若只是同名，请书记在系统「账号本人」里登记）" : "";
}

/* Whoever runs the program on the file owns it; in the program it is the head: an administrator sees no resident. */
static enum rc require_head(const struct office *of, struct err *e)
{
	return of->me.id == 0 ? RC_OK : office_require(of, MAY_ACCOUNT_LINK, e);
}

static enum rc check_person(struct office *of, int64_t resident_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT 1 FROM resident WHERE id = :id AND deleted_at IS NULL");
	bool there;
	enum rc rc;

	if (resident_id == 0)
		return RC_OK;
	bind_int(&q, ":id", resident_id);
	if ((rc = stmt_step(&q, &there, e)) != RC_OK || there)
		return rc;
	return err_set(e, RC_INVALID, "resident_id", "这位居民的记录已合并或删除，请重新选定");
}

enum rc account_person_save(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = require_head(of, e)) != RC_OK)
		return rc;
	if (r->id == 0)
		return err_set(e, RC_INVALID, "login", "账号由系统管理员建立，这里只登记它是哪位居民的");
	if ((rc = check_person(of, record_number(r, "resident_id", 0), e)) != RC_OK || (rc = txn_begin(&t, of->st, "account.person", e)) != RC_OK ||
	    (rc = record_save(of->st, r, "account.person", e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* The one resident who is meant; several are too many. */
static enum rc find_person(struct office *of, const char *typed, int64_t *id, char **who, struct err *e)
{
	struct candidate *found = NULL;
	size_t n = 0;
	enum rc rc = record_candidates(of->st, form_find(of->forms, "resident"), typed, 2, &found, &n, e);

	if (rc != RC_OK)
		return rc;
	if (n == 1) {
		*id = found[0].id;
		*who = mem_format("%s %s", found[0].label, found[0].detail);
	} else if (n == 0) {
		rc = err_set(e, RC_NOTFOUND, "resident_id", "没有找到居民「%.60s」，可写姓名、手机号或地址", typed);
	} else {
		rc = err_set(e, RC_CONFLICT, "resident_id", "「%.60s」不止一位居民，请写完整的手机号", typed);
	}
	candidates_free(found, n);
	return rc;
}

enum rc account_set_person(struct office *of, const char *login, const char *typed, char **who, struct err *e)
{
	AUTO_FREE char *name = mem_copy("");
	AUTO_TXN t = { 0 };
	int64_t id, resident = 0;
	enum rc rc;

	if ((rc = require_head(of, e)) != RC_OK || (rc = txn_begin(&t, of->st, "account.person", e)) != RC_OK || (rc = account_find(of, login, &id, e)) != RC_OK)
		return rc;
	if (!text_is_blank(typed)) {
		free(name);
		name = NULL;
		if ((rc = find_person(of, typed, &resident, &name, e)) != RC_OK)
			return rc;
	}
	AUTO_STMT q = stmt_use(of->st, "UPDATE account SET resident_id = :resident, rev = rev + 1 WHERE id = :id");
	bind_id(&q, ":resident", resident);
	bind_int(&q, ":id", id);
	if ((rc = stmt_run(&q, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*who = name;
	name = NULL;
	return RC_OK;
}
