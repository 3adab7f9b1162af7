/* What the files about 排班 share: everybody with what speaks for and against them, loaded in a few statements, and who stands where. */
#ifndef YL_DOMAIN_ROSTER_INSIDE_H
#define YL_DOMAIN_ROSTER_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/roster.h"
#include "domain/volunteer.h"
#include "plan/assign_why.h"

/* One place that somebody has: an assignment that stands, on a shift that takes place. */
struct roster_stand {
	int64_t assignment_id, volunteer_id, shift_id, need_id;
	int32_t day;
	int begin_min, end_min;              /* begin < end, whatever the row says */
	bool flexible;
};

/* How often somebody was there on shifts of a template in the last eight weeks. */
struct roster_been {
	int64_t volunteer_id, template_id;
	int times;
};

struct roster_person {
	struct volunteer v;                  /* what conflicts ask for; phone masked */
	bool rostered;                       /* the status allows shifts */
};

struct roster_people {
	struct roster_person *list;          /* by id */
	size_t n;
	struct roster_stand *stands;         /* by volunteer, day, begin; of everybody, loaded or not */
	size_t n_stands, cap_stands;
	struct roster_been *been;            /* by volunteer, template */
	size_t n_been;
};

/* What to load: these volunteers, deleted ones too, in any order. */
struct roster_want {
	int32_t from_day, to_day;            /* absences of these days; who stands in their weeks */
	const int64_t *ids;                  /* NULL: as all that are there already */
	size_t n_ids;
};
/* roster_people.c: some people in a few statements; without `been`. None of these asks a role. */
enum rc roster_people_load(struct office *of, const struct roster_want *want, struct arena *a, struct roster_people *out, struct err *e) MUST_USE;
/* The parts of it. Further people come behind those that are there: their ids are greater, and the list has room. */
enum rc roster_people_add(struct office *of, const int64_t *ids, size_t n, struct arena *a, struct roster_people *people, struct err *e) MUST_USE;
enum rc roster_absences_read(struct office *of, const struct roster_want *want, struct arena *a, struct roster_people *people, struct err *e) MUST_USE;
enum rc roster_stands_read(struct office *of, int32_t from_day, int32_t to_day, struct arena *a, struct roster_stand **out, size_t *n, struct err *e) MUST_USE;
enum rc roster_been_read(struct office *of, int32_t from_day, int32_t to_day, struct arena *a, struct roster_been **out, size_t *n, struct err *e) MUST_USE;

/* roster_pool.c: everybody but those who stopped, with where they stood in the last weeks and how often they were where. Read in slices of a few
 * milliseconds and kept: what has not changed is not read again. Zeroed but for `of` it is empty. */
enum { POOL_VOLUNTEERS, POOL_ABSENCES, POOL_STANDS, POOL_BEEN, POOL_PARTS };
struct roster_pool {
	struct office *of;
	int32_t from_day, to_day;            /* wanted: absences of these days; who stands in their weeks and in those of ROSTER_CARRIED_WEEKS before */
	struct roster_people people;         /* whole once a step has nothing more to do */
	unsigned generation;                 /* moves whenever something is read again */
	struct pool_part {
		bool begun, whole;
		uint64_t version;                /* of its tables when it was begun */
		int32_t from_day, to_day;        /* as wanted then */
		struct arena arena;
	} parts[POOL_PARTS];
	const int64_t *ids;                  /* of everybody, while they are read */
	size_t n_ids, next;
	struct {
		struct roster_stand *list;
		size_t n, cap;
		int32_t next_day;                /* to be read */
	} stands;
	struct {
		struct roster_been *list;
		size_t n, cap;
		int32_t next_day;
	} been;
};
void roster_pool_release(struct roster_pool *p);
/* Only those stand who stand in the database: whoever roster_stand_add() added is gone. */
void roster_pool_forget_planned(struct roster_pool *p);
/* One slice. *more false: `people` is whole and as the database has it. */
enum rc roster_pool_step(struct roster_pool *p, bool *more, struct err *e) MUST_USE;

/* roster_ask.c. */
const struct roster_person *roster_person_find(const struct roster_people *people, int64_t volunteer_id);       /* NULL: not loaded */
/* The standing assignments of somebody: the first, and how many. */
const struct roster_stand *roster_stands_of(const struct roster_people *people, int64_t volunteer_id, size_t *n);
int roster_been_times(const struct roster_people *people, int64_t volunteer_id, int64_t template_id);
/* One more who stands somewhere: kept in order; the arena has the room. */
void roster_stand_add(struct roster_people *people, struct arena *a, const struct roster_stand *stand);
int roster_shifts_in_week(const struct roster_people *people, int64_t volunteer_id, int32_t monday);

/* roster.c: what speaks against those who stand on a week. Whoever is not among the people was stopped or deleted. Pure. */
void roster_say_conflicts(const struct office *of, const struct roster_people *people, struct roster_week *week);

/* A place as it asks for people. */
struct roster_spot {
	int64_t shift_id, need_id, template_id, grid_id;
	int32_t day;
	int begin_min, end_min;              /* begin < end */
	bool flexible;
	const char *service, *skill, *qualification;     /* "": none */
};
struct roster_spot roster_spot_of(const struct shift *s, const struct shift_need *need);

/* roster_conflict.c: what speaks against somebody on a place, as things stand. Assignments of `without` are as if they were gone. Pure. */
struct roster_without {
	int64_t ids[2];
};
unsigned roster_conflicts(const struct office *of, const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                          const struct roster_without *without);
/* How much they want to serve then, for a flexible shift at the best of its hours. */
enum availability_degree roster_degree(const struct volunteer *v, const struct roster_spot *spot, bool *said);
/* How many who stand on a shift are in a blocking conflict. */
enum rc roster_count_conflicts(struct office *of, int64_t shift_id, int *n, struct err *e) MUST_USE;

/* roster_score.c: what somebody costs on a place by the weights of [roster], without fairness; and the reason in words. Pure. */
int roster_cost(const struct office *of, const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                unsigned conflicts);
/* Fairness over the last weeks: minutes served then, and what each ROSTER_CARRIED_UNIT of them costs. */
#define ROSTER_CARRIED_WEEKS 4
#define ROSTER_CARRIED_UNIT 120
int roster_carried_minutes(const struct roster_people *people, int64_t volunteer_id, int32_t monday);
int roster_carried_cost(const struct office *of);
/* The cost with fairness, turned round: more is better. */
int roster_score(const struct office *of, const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                 unsigned conflicts);
void roster_reason(const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot, unsigned conflicts,
                   struct strbuf *out);

/* roster_problem.c: one week as the planner takes it. Rows are places by day, begin and need; people are those loaded. */
struct roster_row {
	struct roster_spot spot;
	const struct roster_shift *shift;
	const struct roster_place *place;
	int free;                            /* places that are open to the plan */
};
struct roster_problem {
	struct assign_problem problem;
	const struct roster_row *rows;       /* one each of the problem's shifts */
	int kept;                            /* assignments that stand on rows open to the plan */
};
/* A problem in the making: what it needs of everybody is added a few people at a time. All but `pairs` lives in the arena. */
struct roster_problem_making {
	const struct office *of;
	const struct roster_people *people;
	const struct roster_week *week;      /* as roster_load() gives it without a filter */
	int32_t from_day, to_day;            /* only places of shifts between them that have not begun are open */
	const struct roster_refused *refused;
	size_t n_refused;
	struct arena *a;
	struct roster_row *rows;
	int32_t n_rows, n_pins;
	size_t next_person;
	struct assign_pair *pairs;           /* on the heap until the end */
	int32_t *pair_first;
	size_t n_pairs, cap_pairs;
	struct assign_problem problem;
};
void roster_problem_begin(struct roster_problem_making *m);                /* its members down to `a` are set */
bool roster_problem_add_people(struct roster_problem_making *m);           /* false: nobody is left */
void roster_problem_end(struct roster_problem_making *m, struct roster_problem *out);
/* roster_memory.c: the last plan of each week, from which the next one begins. Zeroed it is empty. */
struct roster_memory {
	struct memory_week *weeks;
	size_t n, cap;
};
void roster_memory_release(struct roster_memory *m);
void roster_memory_keep(struct roster_memory *m, int32_t monday, const struct roster_problem *p, const struct roster_people *people,
                        const struct assign_plan *plan);
/* Before the first step of `work`; false: nothing is remembered of the week, and nothing happens. */
bool roster_memory_start(const struct roster_memory *m, int32_t monday, const struct roster_problem *p, const struct roster_people *people,
                         struct assign *work);

/* roster_open.c: why places of a row stay open, counted a few people at a time and then in words. */
struct roster_tally {
	size_t next_person;
	int rostered, on_it, unwanted, unskilled, uncertified, able, free;     /* unwanted: did not sign up for the service */
	int kept[ROSTER_CONFLICT_COUNT];     /* of those who are able: by what keeps them from it */
	const char *lacking;                 /* kind of a certificate that somebody lacks */
};
bool roster_open_count(const struct office *of, const struct roster_people *people, const struct roster_spot *spot, struct roster_tally *t);  /* false: all are counted */
/* `group`: the planner's word on it, NULL: none. */
void roster_open_words(const struct office *of, const struct roster_tally *t, const struct roster_spot *spot, const struct assign_open *group,
                       struct strbuf *out);
bool roster_stands_on(const struct roster_people *people, int64_t volunteer_id, int64_t shift_id);

/* roster_assign.c: somebody on a place, inside a txn that has asked the role. Refuses as roster_assign() says. */
struct roster_new {
	int64_t need_id, volunteer_id, replaces_id;      /* replaces_id 0: nobody */
	const char *way, *override_why;                  /* override_why NULL or "": none */
	struct roster_without without;
};
enum rc roster_seat_put(struct office *of, const struct roster_new *made, int64_t *id, struct err *e) MUST_USE;

/* A shift that takes place and is not over; else RC_INVALID "「午餐送餐」已取消，不能排人…". */
enum rc roster_check_open(const struct office *of, const struct shift *s, const char *what, struct err *e) MUST_USE;

/* A place with its shift; deleted ones are RC_NOTFOUND. */
enum rc roster_need_read(struct office *of, int64_t need_id, struct arena *a, struct shift *s, struct shift_need *need, struct err *e) MUST_USE;

#endif
