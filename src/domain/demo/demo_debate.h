/* What the demo's community deliberates: topics with their alternatives, the words people say about them, and what comes of them. */
#ifndef YL_DOMAIN_DEMO_DEBATE_H
#define YL_DOMAIN_DEMO_DEBATE_H

#include <stdbool.h>
#include <stddef.h>

#define DEBATE_OPTIONS 3
#define DEBATE_OPINIONS 6
#define DEBATE_JOBS 2

struct demo_option {
	const char *text;                 /* NULL: no more */
	int yuan;                         /* per household that gains, where the topic says so */
	int gain;                         /* per cent of the households */
	const char *objection;
};

struct demo_opinion {
	const char *stance, *text;        /* code; NULL: no more */
};

struct demo_job {
	const char *title, *party;        /* NULL: no more */
	int days;
};

struct demo_topic {
	const char *category;
	bool building;                    /* about one building: its number begins the title */
	bool property;                    /* common property: double majority */
	const char *title, *body;
	struct demo_option options[DEBATE_OPTIONS];
	const char *stake;                /* of a resident who has an interest */
	const char *body_category, *body_stake;      /* of a body that has one; NULL: none */
	struct demo_opinion opinions[DEBATE_OPINIONS];
	struct demo_job jobs[DEBATE_JOBS];
	const char *partner_party, *partner, *promise;
	const char *source;               /* code of fund_source; NULL: costs nothing */
	const char *done;
};
extern const struct demo_topic demo_topics[];
extern const size_t demo_topic_count;

#endif
