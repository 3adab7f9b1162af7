/* 志愿者: who can help, with what, when, and what they hold. domain.md §5.5.
 *
 * A volunteer is a record of the form `volunteer`, linked to a resident where there is one. What hangs on it (grids, qualifications, who is kept apart,
 * availability, absences) are records of their forms, saved with volunteer_part_save(). Grid workers change all volunteers: hands are shared.
 */
#ifndef YL_DOMAIN_VOLUNTEER_H
#define YL_DOMAIN_VOLUNTEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"
#include "store/list.h"
#include "store/record.h"

/* Keys stand in volunteer.status; labels come from the code list `volunteer_status`. Ladder: applied → vetted → training → active ⇄ away; stopped from
 * everywhere, and from there applied again. Steps forward may be skipped, back is refused except away → active and stopped → applied. */
#define VOLUNTEER_STATUSES(X) X(APPLIED, applied) X(VETTED, vetted) X(TRAINING, training) X(ACTIVE, active) X(AWAY, away) X(STOPPED, stopped)
enum volunteer_status {
#define X(upper, lower) VOLUNTEER_##upper,
	VOLUNTEER_STATUSES(X)
#undef X
	VOLUNTEER_STATUS_COUNT
};
const char *volunteer_status_key(enum volunteer_status s);
enum volunteer_status volunteer_status_from_key(const char *key);   /* VOLUNTEER_STATUS_COUNT if unknown */
bool volunteer_may_step(enum volunteer_status from, enum volunteer_status to);

/* In the order of how much they want it; availability.degree. */
#define AVAILABILITY_DEGREES(X) X(CANNOT, cannot) X(UNWILLING, unwilling) X(CAN, can) X(WILLING, willing)
enum availability_degree {
#define X(upper, lower) AVAILABLE_##upper,
	AVAILABILITY_DEGREES(X)
#undef X
	AVAILABILITY_DEGREE_COUNT
};
const char *availability_degree_key(enum availability_degree d);
enum availability_degree availability_degree_from_key(const char *key);

struct volunteer_grid {
	int64_t id, grid_id;
	const char *code;
};

struct volunteer_qualification {
	int64_t id, rev;
	const char *kind, *number, *issuer;          /* kind: code */
	int32_t issued_day, expires_day;             /* DAY_NONE: not said; does not expire */
};

struct volunteer_apart {
	int64_t id, other_id;
	const char *other, *why;                     /* name */
};

struct volunteer_time {
	int64_t id, rev;
	int weekday, begin_min, end_min;             /* 1 Monday … 7 */
	enum availability_degree degree;
	int32_t from_day, to_day;                    /* DAY_NONE: open */
};

struct volunteer_absence {
	int64_t id, rev;
	int32_t from_day, to_day;
	const char *why;
};

/* Everything of one volunteer, for its page and for checks. Texts live in the arena; codes where a code list has the label. */
struct volunteer {
	int64_t id, rev, resident_id, grid_id;       /* 0: none */
	const char *number, *name, *phone, *sex, *services, *skills, *transport, *grid, *commitment, *agreement, *insurance, *source, *introducer, *note;
	const char *status_why, *emergency_name, *emergency_phone, *outside_number;   /* telephones masked unless the account sees them */
	int32_t born_day, agreement_day, insurance_from_day, insurance_to_day, status_day, joined_day, left_day;
	int load_meals, weekly_shifts, weekly_minutes;              /* caps with the office's settings filled in; load 0: none */
	bool may_call, deleted;
	enum volunteer_status status;
	const struct volunteer_grid *grids;          /* besides grid_id */
	size_t n_grids;
	const struct volunteer_qualification *qualifications;
	size_t n_qualifications;
	const struct volunteer_apart *aparts;        /* both directions */
	size_t n_aparts;
	const struct volunteer_time *times;          /* by weekday, begin */
	size_t n_times;
	const struct volunteer_absence *absences;    /* those that have not ended, then the last ten */
	size_t n_absences;
};

/* Errors of all: RC_DENIED by role; RC_NOTFOUND; RC_INVALID at a field, in words; RC_CONFLICT; RC_BUSY; RC_DB. Nothing is changed on failure. */
enum rc volunteer_load(struct office *of, int64_t id, struct arena *a, struct volunteer *out, struct err *e) MUST_USE;

/* The volunteer that a resident is; *id 0: none. */
enum rc volunteer_of_resident(struct office *of, int64_t resident_id, int64_t *id, struct err *e) MUST_USE;

/* Form volunteer: numbered ('ZY-0001') and applied when new. A linked resident fills in name, telephone, sex, birthday, grid where they are blank.
 * RC_INVALID "resident_id" where the resident is a volunteer already (with its number), is dead or has moved away; "services" an unknown one;
 * "outside_number", "id_number" or "name" where another volunteer has the same one, or the same name and telephone; sex or birthday against the id number. */
enum rc volunteer_save(struct office *of, struct record *r, struct err *e) MUST_USE;
/* One step of the ladder: form volunteer-status. away and stopped want a reason; joined_day is the first active day, left_day that of stopped.
 * Stopping cancels future assignments with the reason; being away does not (the roster shows them as in conflict). */
enum rc volunteer_step(struct office *of, struct record *r, struct err *e) MUST_USE;
/* Deleting: refused while something future is assigned, or minutes were served (then 停用 is what is meant): RC_INVALID says which. */
enum rc volunteer_delete(struct office *of, int64_t id, int64_t rev, const char *why, struct err *e) MUST_USE;
enum rc volunteer_reveal(struct office *of, int64_t id, const char *field, char **plain, struct err *e) MUST_USE;   /* phone, emergency_phone; written down first; the caller frees */

/* What to say of a last day (of a certificate, of an insurance): 已过期3天, 今天到期, 还有12天到期; nothing is appended where it is further away. */
enum expiry { EXPIRY_FINE, EXPIRY_SOON, EXPIRY_OVER };
#define VOLUNTEER_SOON_DAYS 30
enum expiry volunteer_expiry(int32_t last_day, int32_t today, struct strbuf *out);

/* volunteer_grid, qualification, apart, availability, absence (new or changed). RC_INVALID at the field: an end before its beginning, issued in the
 * future, expires before it was issued, a grid twice, oneself or the same other twice, times that overlap (says which). A qualification that expires
 * within 30 days, or expired, is saved; whoever calls says so. */
enum rc volunteer_part_save(struct office *of, int64_t volunteer_id, struct record *r, struct err *e) MUST_USE;
enum rc volunteer_part_delete(struct office *of, const struct form *form, int64_t id, const char *why, struct err *e) MUST_USE;
/* Paint part of a weekday that counts always: what lay there is cut or replaced, neighbours of the same degree become one. `degree`
 * AVAILABILITY_DEGREE_COUNT: nothing is said about it any more. One change of the journal. RC_INVALID: not 0 <= begin < end <= 1440, weekday 1 … 7. */
enum rc volunteer_paint(struct office *of, int64_t volunteer_id, int weekday, int begin_min, int end_min, enum availability_degree degree, struct err *e) MUST_USE;

/* Times of the week may be stated for always and for a stretch of days; what is stated for the stretch goes before what counts always.
 * How much they want to serve at these times of a day, begin < end: the least of what the stretch touches; CANNOT where part of it lies in no stated time or in an
 * absence; *said false where the volunteer has stated no times at all (then CAN). Pure. */
enum availability_degree volunteer_degree(const struct volunteer *v, int32_t day, int begin_min, int end_min, bool *said);
/* Whether a qualification of this kind counts on the day. Pure. */
bool volunteer_holds(const struct volunteer *v, const char *kind, int32_t day);
/* What a service asks for by the marks of code list `service` (health for meals): the first kind that does not count on the day; NULL: nothing is missing. */
const char *volunteer_lacks(const struct office *of, const struct volunteer *v, const char *service, const char *qualification, int32_t day);

/* Filters of the list of form volunteer (register_list_spec). The codes are of volunteer_status and service; their texts live in the arena. Of several
 * certificates of a kind the one that lasts longest counts. */
struct list_filter volunteer_filter_status(const char *status, struct arena *a);
struct list_filter volunteer_filter_service(const char *service, struct arena *a);
struct list_filter volunteer_filter_grid(int64_t grid_id);           /* at home there, or one of the further ones */
struct list_filter volunteer_filter_expired(int32_t today);
struct list_filter volunteer_filter_expiring(int32_t today);         /* within VOLUNTEER_SOON_DAYS */

#endif
