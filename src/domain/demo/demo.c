/* The demo community: the file, its community and accounts, then places, people and issues. */
#include "domain/demo.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "demo_canteen.h"
#include "demo_case.h"
#include "demo_deliberation.h"
#include "demo_make.h"
#include "demo_volunteer.h"
#include "office_file.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

#define DAY_MS INT64_C(86400000)
#define PEOPLE_DAYS 200                /* before today: when the residents were entered */
#define DECADE_DAYS 3652
#define DECADE_PER_DAY 60
#define SEED_DAYS 1095                 /* the three years of the seed's 600 deliberations and 350 disputes */

const struct demo_account demo_accounts[] = {
	{ "desk",    "陈晓",   ROLE_DESK },
	{ "grid",    "沈建明", ROLE_GRID },
	{ "canteen", "顾美芳", ROLE_CANTEEN },
	{ "project", "陆思远", ROLE_PROJECT },
	{ "head",    "俞国华", ROLE_HEAD },
	{ "admin",   "钱立",   ROLE_ADMIN },
};
const size_t demo_account_count = COUNT(demo_accounts);

static const struct scale {
	const char *key;
	struct demo_figures figures;
	int played_days;                   /* the last days' issues, step by step */
	int per_1000_days;                 /* of them, in a thousand working days */
	int bulk_days;                     /* before those: finished issues */
	int meeting_days, items, disputes; /* deliberated items and settled disputes of so many days */
	int pool;                          /* items that wait today */
	int volunteers, weeks, heads;      /* of rosters; heads of a shift in per mille of a community's */
	int diners, lines, canteen_days;   /* days of orders before today; 0: as long as there are rosters */
} scales[] = {
	[DEMO_SMALL]     = { "small",     { 2, 2, 6, 60, 200 },          30, 1950, 0, 365, 24, 14, 5, 40, 6, 300, 24, 2, 0 },
	[DEMO_COMMUNITY] = { "community", { 22, 26, 84, 2357, 10318 },   90, 6400, 0, SEED_DAYS, 600, 350, 12, 400, 52, 1000, 320, 8, 0 },
	[DEMO_DECADE]    = { "decade",    { 22, 26, 84, 2357, 10318 },   45, DECADE_PER_DAY * 1000, DECADE_DAYS, DECADE_DAYS, 2000, 350, 12, 5012, 52, 4000, 320, 8, DECADE_DAYS },
};

enum demo_scale demo_scale_from_key(const char *key, enum demo_scale none)
{
	for (size_t i = 0; i < COUNT(scales); i++)
		if (strcmp(scales[i].key, key) == 0)
			return (enum demo_scale)i;
	return none;
}

void demo_tell(const struct demo *d, const char *what, size_t done, size_t total)
{
	if (d->options->progress)
		d->options->progress(d->options->context, what, total ? (int)(done * 100 / total) : 100);
}

enum rc demo_new_id(struct demo *d, int64_t *id, struct err *e)
{
	return store_new_id(d->of->st, id, e);
}

static int64_t demo_clock(void *demo)
{
	return ((const struct demo *)demo)->clock;
}

/* A line that every paper shows: this is not real. */
static enum rc mark_community(struct demo *d, struct err *e)
{
	static const struct office_new community = {
		.code = "330482001001", .name = "西林寺社区", .street = "当湖街道", .kind = "urban", .abbr = "DH",
	};
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, d->of->st, "demo.community", e)) != RC_OK || (rc = office_insert_community(d->of->st, &community, e)) != RC_OK)
		return rc;
	AUTO_STMT q = stmt_use(d->of->st,
		"UPDATE community SET head_name = :head, phone = '0573-00000000', address = '西林路1号（演示数据）', area_m2 = 2730000, rev = rev + 1"
		" WHERE id = :id");
	bind_text(&q, ":head", demo_accounts[4].name);
	bind_int(&q, ":id", store_derived_id("community", community.code));
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

static enum rc add_accounts(struct demo *d, struct err *e)
{
	for (size_t i = 0; i < COUNT(demo_accounts); i++) {
		const struct demo_account *a = &demo_accounts[i];
		enum rc rc = account_add(d->of, a->login, a->name, a->role, DEMO_PASSWORD, &d->accounts[a->role], e);

		if (rc != RC_OK)
			return rc;
		demo_tell(d, "账号", i + 1, COUNT(demo_accounts));
	}
	return RC_OK;
}

static enum rc add_issues(struct demo *d, const struct scale *scale, struct err *e)
{
	int32_t today = day_of_instant(d->now), played_from = today - scale->played_days;
	enum rc rc;

	if (scale->bulk_days > 0 && (rc = demo_bulk(d, today - scale->bulk_days, played_from, DECADE_PER_DAY, e)) != RC_OK)
		return rc;
	return demo_play(d, played_from, scale->per_1000_days, e);
}

/* After everything else: what was made before stays the same. */
static enum rc add_deliberations(struct demo *d, const struct scale *scale, struct err *e)
{
	int32_t from = day_of_instant(d->now) - scale->meeting_days;
	enum rc rc = demo_deliberate(d, from, scale->items, scale->pool, e);

	return rc == RC_OK ? demo_settle_disputes(d, from, scale->disputes, e) : rc;
}

static enum rc add_volunteers(struct demo *d, const struct scale *scale, struct err *e)
{
	AUTO_FREE struct demo_volunteer *people = NULL;
	size_t n;
	enum rc rc = demo_make_volunteers(d, (size_t)scale->volunteers, &people, &n, e);

	return rc == RC_OK ? demo_make_rosters(d, people, n, scale->weeks, scale->heads, e) : rc;
}

static enum rc add_canteen(struct demo *d, const struct scale *scale, struct err *e)
{
	return demo_make_canteen(d, (size_t)scale->diners, scale->lines, scale->canteen_days, e);
}

static enum rc fill(struct demo *d, const struct settings *settings, struct err *e)
{
	const struct scale *scale = &scales[d->options->scale];
	struct store *st = d->of->st;
	enum rc rc;

	d->figures = scale->figures;
	d->clock = d->now - DAY_MS * (scale->bulk_days > PEOPLE_DAYS ? scale->bulk_days + 1 : PEOPLE_DAYS);
	store_set_clock(st, demo_clock, d);
	if ((rc = store_mark_demo(st, e)) != RC_OK || (rc = mark_community(d, e)) != RC_OK || (rc = add_accounts(d, e)) != RC_OK ||
	    (rc = office_open(d->of, st, settings, e)) != RC_OK)
		return rc;
	if ((rc = demo_make_places(d, e)) == RC_OK && (rc = demo_make_people(d, e)) == RC_OK)
		rc = add_issues(d, scale, e);
	if (rc == RC_OK)
		rc = add_deliberations(d, scale, e);
	if (rc == RC_OK)
		rc = add_volunteers(d, scale, e);
	if (rc == RC_OK)
		rc = add_canteen(d, scale, e);
	office_close(d->of);
	return rc;
}

static void demo_release(struct demo *d)
{
	free(d->estates);
	free(d->buildings);
	free(d->people);
}

enum rc demo_create(const char *path, const struct settings *settings, const struct demo_options *o, struct err *e)
{
	const struct store_options options = { .demo = true, .seed = o->seed };
	struct office of = { .settings = settings };
	__attribute__((cleanup(demo_release))) struct demo d = { .of = &of, .options = o, .now = o->now ? o->now : instant_now() };
	struct store *st;
	enum rc rc;

	demo_random_init(&d.random, o->seed);
	if ((rc = office_file_begin(path, &options, &st, e)) != RC_OK)
		return rc;
	of.st = st;
	rc = office_file_end(st, path, fill(&d, settings, e), e);
	return rc == RC_OK ? RC_OK : err_during(e, "未能建立演示社区");
}
