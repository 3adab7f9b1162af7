/* Accounts: who may log in, with argon2id passwords and lockout (security.md). */
#ifndef YL_DOMAIN_ACCOUNT_H
#define YL_DOMAIN_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/role.h"

struct office;
struct store;

struct account {
	int64_t id, rev;
	char login[40];
	char name[96];
	enum role role;
	int64_t *grids;               /* owned grids; NULL with n_grids 0: all */
	size_t n_grids;
};

void account_release(struct account *a);

/* Log in: the counter of failures is committed before hashing; the same work is done for an unknown name.
 * Fails in a row from the third lock for 5 s·2ⁿ, at most 15 min.
 * Errors  RC_DENIED "用户名或密码不对", or how long to wait, or that the account is disabled; nothing tells an unknown name from a wrong password */
enum rc account_login(struct office *of, const char *login, const char *password, struct err *e) MUST_USE;
/* The idle lock: the password of the one who is logged in. Counts failures the same way. */
enum rc account_unlock(struct office *of, const char *password, struct err *e) MUST_USE;
void account_logout(struct office *of);

/* Administration; `youlin account` runs as the program itself (me.id 0), which is allowed: whoever can run it on the file owns it.
 * A password has at least 8 characters and is not the login. */
enum rc account_add(struct office *of, const char *login, const char *name, enum role role, const char *password, int64_t *id, struct err *e) MUST_USE;
enum rc account_set_password(struct office *of, const char *login, const char *password, struct err *e) MUST_USE;
enum rc account_set_role(struct office *of, const char *login, enum role role, struct err *e) MUST_USE;
enum rc account_set_disabled(struct office *of, const char *login, int disabled, struct err *e) MUST_USE;   /* never the last administrator */

/* Name and role through the form `account`; a new account needs a password: account_add(). */
struct record;
enum rc account_save(struct office *of, struct record *r, struct err *e) MUST_USE;
/* Which grids a grid worker owns: codes apart by blanks or commas, "" for all. */
enum rc account_set_grids(struct office *of, const char *login, const char *codes, struct err *e) MUST_USE;

/* Whose account it is: the resident, through the form `account-person` (by the head: an administrator sees no resident). RC_INVALID "resident_id". */
enum rc account_person_save(struct office *of, struct record *r, struct err *e) MUST_USE;
/* … found by what was typed as a picker finds a resident; "" for nobody. `who`: name and detail, "" for nobody; the caller frees.
 * Errors  RC_NOTFOUND, RC_CONFLICT "resident_id": nobody, or more than one */
enum rc account_set_person(struct office *of, const char *login, const char *typed, char **who, struct err *e) MUST_USE;

/* RC_NOTFOUND where no live account has this login. */
enum rc account_find(struct office *of, const char *login, int64_t *id, struct err *e) MUST_USE;
/* All accounts that are not deleted, by login, for `youlin account list` and the administrator's screen. Texts live in the arena. */
struct account_row {
	int64_t id;
	const char *login, *name;
	enum role role;
	bool disabled;
	int64_t last_ok_at;           /* ms UTC of the last login; 0: never */
};
enum rc account_list(struct office *of, struct arena *a, struct account_row **out, size_t *n, struct err *e) MUST_USE;

/* The name shown for an id: "" if unknown. The caller frees. */
enum rc account_name(struct office *of, int64_t id, char **name, struct err *e) MUST_USE;

#endif
