/* Volunteers in the town: adding them, what hangs on them, and the shifts that they stand on. */
#ifndef YL_TESTS_DOMAIN_HANDS_H
#define YL_TESTS_DOMAIN_HANDS_H

#include "base/mem.h"
#include "domain/volunteer.h"
#include "town.h"

/* A record of a form: `id` 0 a new one, else loaded; then filled. */
void hands_record(struct town *t, struct record *r, const char *form, int64_t id, const struct fill *fills);
/* Save a volunteer: a new one is 王秀英, unless `fills` say otherwise, and wants to visit. *id may be NULL. */
enum rc hands_try_save(struct town *t, int64_t id, const struct fill *fills, int64_t *saved, struct err *e);
int64_t hands_volunteer(struct town *t, const char *name, const struct fill *fills);
enum rc hands_try_step(struct town *t, int64_t volunteer, const char *status, const struct fill *fills, struct err *e);
void hands_step(struct town *t, int64_t volunteer, const char *status);      /* with a reason */
enum rc hands_try_part(struct town *t, int64_t volunteer, const char *form, int64_t id, const struct fill *fills, struct err *e);
int64_t hands_part(struct town *t, int64_t volunteer, const char *form, const struct fill *fills);
/* A row as it is, without the use cases of shifts and rosters; :id is the new id, printf for the rest. */
int64_t hands_insert(struct town *t, const char *sql, ...) PRINTF_LIKE(2, 3);
int64_t hands_rows(struct town *t);                                          /* of the journal: as long as it stands, nothing was changed */

/* Refused, and nothing was written. */
#define assert_refused_unchanged(call, wanted, at, words) \
	do { \
		int64_t before_ = hands_rows(t); \
		assert_refused(call, wanted, at, words); \
		assert_int_equal(hands_rows(t), before_); \
	} while (0)

#endif
