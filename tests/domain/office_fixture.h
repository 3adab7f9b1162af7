/* An office in a temporary directory, for tests: cheap passwords, its own clock, two estates with a grid each. */
#ifndef YL_TESTS_DOMAIN_OFFICE_FIXTURE_H
#define YL_TESTS_DOMAIN_OFFICE_FIXTURE_H

#include <stdint.h>

#include "domain/office.h"
#include "store/record.h"

#define FIXTURE_PASSWORD "correct horse"

struct office_fixture {
	char dir[128];
	char *path;
	struct settings settings;
	struct office of;
	int64_t clock;                    /* ms UTC, what the store's clock says; the test moves it */
	int64_t grids[2];                 /* 01 and 02 */
	int64_t estates[2];               /* 西林小区 and 湖景雅苑 */
	int64_t buildings[3];             /* 西林小区 3幢 and 5幢 in grid 01, 湖景雅苑 3幢 in grid 02 */
};

/* cmocka's setup and teardown; *state is the fixture. Nobody is logged in. */
int office_fixture_setup(void **state);
int office_fixture_teardown(void **state);

/* Close and open the file again, as another start of the program does. */
void office_fixture_reopen(struct office_fixture *x);
/* Pretend that an account of this role has logged in. */
void act_as(struct office_fixture *x, enum role role);
/* A file beside the database; the caller frees. */
char *fixture_path(const struct office_fixture *x, const char *name);
void write_file(const char *path, const void *bytes, size_t n);

/* Short ways of making records. */
struct field_text {
	const char *field, *text;         /* as typed; picks as the digits of the id */
};
void fill_record(struct record *r, const struct field_text *fields, size_t n);
int64_t make_household(struct office_fixture *x, int64_t building_id, const char *unit, const char *room);
int64_t make_resident(struct office_fixture *x, int64_t household_id, const char *name, const char *phone);
int64_t count_rows(struct office_fixture *x, const char *sql);
char *text_of(struct office_fixture *x, const char *sql);      /* the first column of the first row; the caller frees */

#endif
