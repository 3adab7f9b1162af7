/* The demo's volunteers, as its rosters know them. */
#ifndef YL_DOMAIN_DEMO_VOLUNTEER_H
#define YL_DOMAIN_DEMO_VOLUNTEER_H

#include "demo_make.h"

enum { DEMO_MORNING = 1, DEMO_NOON = 2, DEMO_AFTERNOON = 4, DEMO_EVENING = 8 };

struct demo_volunteer {
	int64_t id, grid_id;
	unsigned services;            /* bits: places in code list `service`, as demo_services has them */
	unsigned char times[8];       /* by weekday from 1: DEMO_MORNING … */
	bool active, drives, leads, healthy, first_aid;
	int cap;                      /* shifts a week */
	int32_t last_day;             /* on which something was assigned */
	int32_t week;                 /* Monday of the week that `in_week` counts */
	int in_week;
	int meals;                    /* how often meals were carried so far */
};

extern const char *const demo_services[];
extern const size_t demo_service_count;

/* `n` of the people become volunteers (fewer where there are fewer); the caller frees *out. */
enum rc demo_make_volunteers(struct demo *d, size_t n, struct demo_volunteer **out, size_t *made, struct err *e) MUST_USE;
/* Templates, the shifts of `weeks` weeks until the end of next week, who stood on them and what was served. `share`: heads in per mille of the community's. */
enum rc demo_make_rosters(struct demo *d, struct demo_volunteer *people, size_t n, int weeks, int share, struct err *e) MUST_USE;

#endif
