/* An office with a handful of records, for tests of widgets and screens: two estates, three buildings, two households, four residents. */
#ifndef YL_TESTS_UI_DESK_H
#define YL_TESTS_UI_DESK_H

#include <stdint.h>

#include "domain/office.h"
#include "store/record.h"
#include "ui/app.h"
#include "ui/key.h"
#include "ui/loop.h"

#define ROWS 24
#define COLS 80

struct desk {
	char folder[64];
	struct settings settings;
	struct store *st;
	struct office of;
	struct loop loop;             /* without a terminal: messages are kept, nothing is asked */
	struct canvas canvas;
	int64_t now;                  /* the store's clock, ms */
	int64_t grid, microgrid, building, household, wang, zhang;
};

/* cmocka fixtures for a group: *state is a struct desk. */
int desk_setup(void **state);
int desk_teardown(void **state);

/* Who works from now on: as if logged in. */
void desk_as(struct desk *d, enum role role);
/* What was said last, "" if nothing; it is forgotten. The caller frees. */
char *desk_said(struct desk *d);
/* A record of a form as it stands; the caller releases it. */
void desk_load(struct desk *d, const char *form, int64_t id, struct record *r);
/* Save one value of a record, as somebody else would. */
void desk_change(struct desk *d, const char *form, int64_t id, const char *field, const char *typed);
/* A new record with some fields: "name", "王秀英", …, NULL. Its id. */
int64_t desk_add(struct desk *d, const char *form, ...);

#endif
