/* The demo community: 西林寺社区 made to the figures of the seed document, believable and wholly synthetic.
 *
 * The same seed, scale and instant give the same content. Nobody in it exists: telephone numbers are 199-0000-xxxx, id numbers carry a right
 * check character but the division 999999, which no place has.  Sources: product.md "Scale"; surnames by the 2020 census' order.
 */
#ifndef YL_DOMAIN_DEMO_H
#define YL_DOMAIN_DEMO_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/settings.h"
#include "domain/role.h"

enum demo_scale {
	DEMO_SMALL,               /* 2 estates, 60 households, about 200 residents, 90 issues, 14 meetings in every state, 40 volunteers: for tests */
	DEMO_COMMUNITY,           /* 22 estates, 26 grids, 84 micro grids, 2,357 households, 10,318 residents, about 400 issues of 90 days,
	                           * 600 deliberated matters and 350 settled disputes of three years, 400 volunteers with a year of shifts */
	DEMO_DECADE,              /* … and ten years of issues at 60 a working day, with 200 deliberated matters a year, and 5,012 volunteers */
};

struct demo_options {
	uint64_t seed;
	enum demo_scale scale;
	int64_t now;              /* the instant "today" is taken from, ms UTC; 0: the wall clock */
	void (*progress)(void *context, const char *what, int percent);   /* may be NULL */
	void *context;
};

#define DEMO_PASSWORD "youlin-demo"

struct demo_account {
	const char *login, *name;
	enum role role;
};
/* desk grid canteen project head admin, one each. */
extern const struct demo_account demo_accounts[];
extern const size_t demo_account_count;

/* Make the file. Errors  RC_CONFLICT it exists already; RC_IO; RC_DB. Nothing is left behind on failure. */
enum rc demo_create(const char *path, const struct settings *settings, const struct demo_options *o, struct err *e) MUST_USE;

enum demo_scale demo_scale_from_key(const char *key, enum demo_scale none);      /* small community decade */

#endif
