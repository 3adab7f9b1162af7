/* Whether two records speak of one person: nobody decides on his own matter, and nobody is invited or counted twice.
 *
 * Residents are compared where both sides know theirs. Where one doesn't, all that is left is the name: a namesake is taken for the same, which the
 * message has to say, and linking the record to its resident settles it.
 */
#ifndef YL_DOMAIN_PERSON_H
#define YL_DOMAIN_PERSON_H

#include <stdint.h>

#include "base/err.h"

struct office;

enum person_same { PERSON_OTHER, PERSON_SAME, PERSON_NAMESAKE };

#define PERSON_PLAIN(name) "nullif(replace(" name ", ' ', ''), '')"
/* What somebody may be called: as the record says, and as the resident is called whom it names. */
#define PERSON_NAMES(resident, name) \
	"(" PERSON_PLAIN(name) ", (SELECT " PERSON_PLAIN("person.name") " FROM resident AS person WHERE person.id = " resident "))"

/* An expression of SQL: enum person_same of two people, each the id of a resident (or NULL) and a name. */
#define PERSON_SQL(resident, name, other_resident, other_name) \
	"(CASE WHEN " resident " IS NOT NULL AND " other_resident " IS NOT NULL THEN " resident " = " other_resident \
	" WHEN " PERSON_PLAIN(name) " IN " PERSON_NAMES(other_resident, other_name) " OR " PERSON_PLAIN(other_name) " IN " PERSON_NAMES(resident, name) \
	" THEN 2 ELSE 0 END)"

/* … of the account :me and somebody. */
#define PERSON_ME_SQL(resident, name) \
	"coalesce((SELECT " PERSON_SQL("me.resident_id", "me.name", resident, name) " FROM account AS me WHERE me.id = :me), 0)"
/* … of the account :me and another one. */
#define PERSON_ACCOUNT_SQL(account) \
	"coalesce((SELECT iif(other.id = :me, 1, " PERSON_ME_SQL("other.resident_id", "other.name") ") FROM account AS other WHERE other.id = " account "), " \
	account " = :me, 0)"

/* Whether an account is of the person who is logged in. */
enum rc person_is_me(struct office *of, int64_t account_id, enum person_same *same, struct err *e) MUST_USE;
/* Behind a refusal: "" where the records say so, else that the name alone does, and where to settle it. */
const char *person_hint(enum person_same same);

#endif
