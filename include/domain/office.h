/* The office: what every use case needs to know. Made once after login; passed to every domain function.
 *
 * Rules of the domain: every use case is one function and one transaction; it asks the role table itself (a screen that does not offer an action is
 * courtesy, the refusal here is the rule); it never prints, draws or exits.
 */
#ifndef YL_DOMAIN_OFFICE_H
#define YL_DOMAIN_OFFICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/calendar.h"
#include "base/err.h"
#include "base/form.h"
#include "base/settings.h"
#include "domain/account.h"
#include "domain/role.h"
#include "store/store.h"

struct deadlines;
struct quorums;
struct subsidies;

struct community {
	char *code, *name, *street, *kind, *abbr;
	char *address;                   /* of its office, "" if not stated */
};

struct office {
	struct store *st;
	const struct settings *settings;
	struct form_set *forms;          /* with the overlay of the community's type */
	struct calendar *calendar;
	struct deadlines *deadlines;
	struct quorums *quorums;         /* how many must be there, by kind of meeting */
	struct subsidies *subsidies;     /* who pays how much of a meal */
	struct community community;
	struct account me;               /* who is logged in; id 0: nobody yet */
	int64_t session_id;              /* its row in `session`; 0: none */
};

/* Open what lies around a database: forms with the overlay of the community's type (checked against the columns), calendar, deadlines,
 * quorums, subsidies. `st` and `settings` are borrowed until office_close(). */
enum rc office_open(struct office *of, struct store *st, const struct settings *settings, struct err *e) MUST_USE;
void office_close(struct office *of);

/* A new office, for `youlin init`: makes the file with one community and its first administrator. Nothing is left behind on failure.
 * Errors  RC_INVALID with the name of the member in err.field; RC_CONFLICT the file exists; RC_IO; RC_DB */
struct office_new {
	const char *code;                /* 12 digits, 统计用区划代码 */
	const char *name, *street;
	const char *kind;                /* urban rural mixed fringe */
	const char *abbr;                /* 1..6 letters before people's numbers */
	const char *admin_login, *admin_name, *admin_password;
};
enum rc office_create(const char *path, const struct settings *settings, const struct office_new *n, struct err *e) MUST_USE;

int64_t office_now(const struct office *of);      /* ms UTC, the store's clock */
int32_t office_today(const struct office *of);

/* The label of a code in one of the code lists: "" for none, the code itself where the list does not know it. Borrowed from the forms, or `code`. */
const char *office_code_label(const struct office *of, const char *list, const char *code);

/* Whether the role of the account allows a use case (role.h's table). */
bool office_may(const struct office *of, enum capability c);
/* … and the refusal in words: RC_DENIED "前台不能办理理事，请交网格员或书记". */
enum rc office_require(const struct office *of, enum capability c, struct err *e) MUST_USE;
/* Whether a record of this grid belongs to the account: grid workers own their grids (all, where none are named), others everything. */
bool office_owns_grid(const struct office *of, int64_t grid_id);
/* Whether a sensitive field of a record in this grid is shown in full without asking; otherwise it is masked and may be revealed (audited). */
bool office_sees(const struct office *of, const struct field *f, int64_t grid_id);

#endif
