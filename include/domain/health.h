/* How this copy of the program stands: for the screen 系统. Reads only. */
#ifndef YL_DOMAIN_HEALTH_H
#define YL_DOMAIN_HEALTH_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "domain/office.h"

struct health_session {
	const char *name;             /* account */
	const char *terminal;         /* "" if unknown */
	int64_t began_at;             /* ms UTC */
};

struct health_act {
	int64_t at;                   /* ms UTC */
	const char *actor;            /* "" for the program itself */
	const char *verb;             /* "issue.triage.accept" */
	int64_t changes;              /* rows */
};

/* Texts live in the arena. */
struct office_health {
	const char *path;
	int64_t bytes;                /* of the database with its write-ahead log */
	int64_t backup_at;            /* ms UTC of the newest file beside it that is called PATH.backup…; 0: none */
	int64_t drafts;               /* of all accounts */
	int schema;
	const struct health_session *sessions;        /* open now, newest first */
	size_t n_sessions;
	const struct health_act *acts;                /* last transactions, newest first; none for those who may not view the journal */
	size_t n_acts;
};

/* `acts`: at most how many transactions. Errors  RC_DB */
enum rc office_health(struct office *of, size_t acts, struct arena *a, struct office_health *out, struct err *e) MUST_USE;

#endif
