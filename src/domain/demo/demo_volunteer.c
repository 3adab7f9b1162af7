/* The demo's volunteers: residents with what they can, want and hold. */
#include "demo_volunteer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "store/stmt.h"
#include "store/txn.h"

const char *const demo_services[] = { "meals", "canteen", "visit", "escort", "environment", "mediation", "tutoring", "patrol", "event" };
const size_t demo_service_count = COUNT(demo_services);
static const int service_weights[] = { 260, 60, 180, 90, 220, 30, 70, 190, 150 };

static const struct {
	const char *status;
	int weight;
} statuses[] = { { "active", 800 }, { "applied", 50 }, { "vetted", 30 }, { "training", 40 }, { "away", 40 }, { "stopped", 40 } };

static const char *const transports[] = { "walk", "bicycle", "ebike", "car" };
static const int transport_weights[] = { 300, 200, 400, 100 };
static const int loads[] = { 6, 10, 20, 40 };                  /* meals, by transport */
static const char *const sources[] = { "self", "resident", "unit", "platform", "event" };

static const struct {
	int bit, begin_min, end_min;
} times_of_day[] = { { DEMO_MORNING, 480, 660 }, { DEMO_NOON, 630, 780 }, { DEMO_AFTERNOON, 810, 1080 }, { DEMO_EVENING, 1110, 1290 } };

/* What is made up about one, beside what the rosters ask. */
struct profile {
	const struct demo_person *person;
	const char *status, *transport, *source;
	int load;
	int32_t joined;
};

static void choose_services(struct demo_random *r, struct demo_volunteer *v)
{
	int n = demo_between(r, 1, 3);

	while (n-- > 0)
		v->services |= 1U << demo_weighted(r, service_weights, COUNT(service_weights));
}

/* Retired people by day, working ones in the evening and at the weekend. */
static void choose_times(struct demo_random *r, struct demo_volunteer *v)
{
	bool retired = demo_chance(r, 650);

	for (int day = 1; day <= 7; day++) {
		if (retired && demo_chance(r, 600))
			v->times[day] = (unsigned char)(DEMO_MORNING | DEMO_NOON | (demo_chance(r, 500) ? DEMO_AFTERNOON : 0));
		else if (!retired && (day > 5 ? demo_chance(r, 700) : demo_chance(r, 350)))
			v->times[day] = (unsigned char)(day > 5 ? DEMO_MORNING | DEMO_AFTERNOON : DEMO_EVENING);
	}
	if (demo_chance(r, 250))
		v->times[demo_between(r, 1, 5)] |= DEMO_EVENING;
}

static struct profile make_profile(struct demo *d, const struct demo_person *person, struct demo_volunteer *v)
{
	struct demo_random *r = &d->random;
	int weights[COUNT(statuses)];
	size_t transport = demo_weighted(r, transport_weights, COUNT(transport_weights));
	struct profile p = { .person = person, .transport = transports[transport], .load = loads[transport], .source = DEMO_PICK(r, sources) };

	for (size_t i = 0; i < COUNT(statuses); i++)
		weights[i] = statuses[i].weight;
	*v = (struct demo_volunteer){ .grid_id = person->grid_id, .cap = demo_between(r, 1, 5), .drives = transport == 3, .leads = demo_chance(r, 150) };
	choose_services(r, v);
	choose_times(r, v);
	p.status = statuses[demo_weighted(r, weights, COUNT(statuses))].status;
	v->active = p.status == statuses[0].status;
	v->healthy = (v->services & 3U) && demo_chance(r, 850);
	v->first_aid = demo_chance(r, 80);
	p.joined = day_of_instant(d->now) - demo_between(r, 20, 900);
	return p;
}

/* Rows ------------------------------------------------------------------------------------------------------------------------------- */

static void add_services(const struct demo_volunteer *v, struct strbuf *out)
{
	for (size_t i = 0; i < COUNT(demo_services); i++)
		if (v->services & 1U << i)
			strbuf_format(out, "%s%s", out->n ? " " : "", demo_services[i]);
}

static enum rc insert_volunteer(struct demo *d, const struct demo_volunteer *v, const struct profile *p, size_t no, struct err *e)
{
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO volunteer (id, number, resident_id, name, sex, born_day, phone, services, skills, transport, load_meals, grid_id, weekly_shifts, commitment,"
		" agreement, agreement_day, insurance, insurance_from_day, insurance_to_day, source, may_call, status, status_day, joined_day, left_day, status_why)"
		" SELECT :id, :number, id, name, sex, born_day, phone, :services, :skills, :transport, :load, :grid, :cap, :commitment, '2026版', :joined, :insurance,"
		" :joined, :insured, :source, :call, :status, :status_day, :first_day, :left, :why FROM resident WHERE id = :resident");
	AUTO_STRBUF services = { 0 };
	char number[16], insurance[24];
	int32_t today = day_of_instant(d->now);
	int32_t left = DAY_NONE;
	bool stopped = strcmp(p->status, "stopped") == 0, joined = v->active || stopped || strcmp(p->status, "away") == 0;

	snprintf(number, sizeof number, "ZY-%04zu", no);
	snprintf(insurance, sizeof insurance, "YS%08zu", 20260000 + no);
	add_services(v, &services);
	bind_int(&q, ":id", v->id);
	bind_text(&q, ":number", number);
	bind_text(&q, ":services", strbuf_str(&services));
	bind_words(&q, ":skills", v->drives && v->first_aid ? "driving first_aid" : v->drives ? "driving" : v->first_aid ? "first_aid" : "");
	bind_text(&q, ":transport", p->transport);
	bind_int(&q, ":load", p->load);
	bind_id(&q, ":grid", v->grid_id);
	bind_int(&q, ":cap", v->cap);
	bind_text(&q, ":commitment", demo_chance(&d->random, 800) ? "fixed" : "temporary");
	bind_day(&q, ":joined", p->joined);
	bind_text(&q, ":insurance", insurance);
	bind_day(&q, ":insured", today + demo_between(&d->random, -20, 300));
	bind_text(&q, ":source", p->source);
	bind_int(&q, ":call", demo_chance(&d->random, 850));
	bind_text(&q, ":status", p->status);
	if (stopped) {
		left = today - demo_between(&d->random, 5, 200);
		if (left < p->joined + 10)
			left = p->joined + 10;
	}
	bind_day(&q, ":status_day", stopped ? left : p->joined);
	bind_day(&q, ":first_day", joined ? p->joined + 10 : DAY_NONE);
	bind_day(&q, ":left", left);
	bind_text(&q, ":why", stopped ? "搬离本社区" : strcmp(p->status, "away") == 0 ? "照看孙辈" : NULL);
	bind_int(&q, ":resident", p->person->id);
	return stmt_run(&q, e);
}

static enum rc insert_qualification(struct demo *d, int64_t volunteer, const char *kind, const char *issuer, int32_t issued, int32_t expires, struct err *e)
{
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO qualification (id, volunteer_id, kind, number, issuer, issued_day, expires_day) VALUES (:id, :volunteer, :kind, :number, :issuer, :issued, :expires)");
	char number[24];
	int64_t id;
	enum rc rc;

	if ((rc = demo_new_id(d, &id, e)) != RC_OK)
		return rc;
	snprintf(number, sizeof number, "3304-%06d", demo_between(&d->random, 0, 999999));
	bind_int(&q, ":id", id);
	bind_int(&q, ":volunteer", volunteer);
	bind_text(&q, ":kind", kind);
	bind_text(&q, ":number", number);
	bind_text(&q, ":issuer", issuer);
	bind_day(&q, ":issued", issued);
	bind_day(&q, ":expires", expires);
	return stmt_run(&q, e);
}

/* Health certificates last a year: a few have just expired, some soon will. */
static enum rc insert_qualifications(struct demo *d, struct demo_volunteer *v, struct err *e)
{
	int32_t today = day_of_instant(d->now), issued = today - demo_between(&d->random, 0, 360);
	enum rc rc = RC_OK;

	if (v->healthy && demo_chance(&d->random, 40))
		issued = today - 370;
	if (v->healthy && (rc = insert_qualification(d, v->id, "health", "平湖市疾控中心（演示）", issued, issued + 365, e)) != RC_OK)
		return rc;
	if (v->first_aid && (rc = insert_qualification(d, v->id, "first_aid", "红十字会（演示）", today - 400, today + 695, e)) != RC_OK)
		return rc;
	if (v->drives)
		rc = insert_qualification(d, v->id, "driving", "车辆管理所（演示）", today - 2000, today + 1600, e);
	v->healthy = v->healthy && issued + 365 >= today;
	return rc;
}

static enum rc insert_time(struct demo *d, int64_t volunteer, int weekday, int begin_min, int end_min, struct err *e)
{
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO availability (id, volunteer_id, weekday, begin_min, end_min, degree) VALUES (:id, :volunteer, :weekday, :begin, :end, :degree)");
	const char day[2] = { (char)('0' + weekday), '\0' };
	int64_t id;
	enum rc rc;

	if ((rc = demo_new_id(d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":volunteer", volunteer);
	bind_text(&q, ":weekday", day);
	bind_int(&q, ":begin", begin_min);
	bind_int(&q, ":end", end_min);
	bind_text(&q, ":degree", demo_chance(&d->random, 200) ? "willing" : demo_chance(&d->random, 100) ? "unwilling" : "can");
	return stmt_run(&q, e);
}

/* Times of a day that touch are one. */
static enum rc insert_times(struct demo *d, const struct demo_volunteer *v, struct err *e)
{
	enum rc rc = RC_OK;

	for (int day = 1; day <= 7 && rc == RC_OK; day++) {
		int begin = -1, end = -1;

		for (size_t i = 0; i < COUNT(times_of_day) && rc == RC_OK; i++) {
			if (!(v->times[day] & times_of_day[i].bit))
				continue;
			if (begin >= 0 && times_of_day[i].begin_min > end) {
				rc = insert_time(d, v->id, day, begin, end, e);
				begin = -1;
			}
			begin = begin < 0 ? times_of_day[i].begin_min : begin;
			end = times_of_day[i].end_min;
		}
		if (rc == RC_OK && begin >= 0)
			rc = insert_time(d, v->id, day, begin, end, e);
	}
	return rc;
}

static enum rc insert_absence(struct demo *d, const struct demo_volunteer *v, struct err *e)
{
	AUTO_STMT q = stmt_use(d->of->st,
		"INSERT INTO absence (id, volunteer_id, from_day, to_day, why, account_id) VALUES (:id, :volunteer, :from, :to, '回老家', :account)");
	int32_t from = day_of_instant(d->now) + demo_between(&d->random, -10, 12);
	int64_t id;
	enum rc rc;

	if (!v->active || !demo_chance(&d->random, 60))
		return RC_OK;
	if ((rc = demo_new_id(d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":volunteer", v->id);
	bind_day(&q, ":from", from);
	bind_day(&q, ":to", from + demo_between(&d->random, 2, 14));
	bind_int(&q, ":account", d->accounts[ROLE_GRID]);
	return stmt_run(&q, e);
}

enum rc demo_make_volunteers(struct demo *d, size_t n, struct demo_volunteer **out, size_t *made, struct err *e)
{
	size_t count = n < d->n_people ? n : d->n_people;
	struct demo_volunteer *people = mem_alloc((count + 1) * sizeof *people);
	AUTO_TXN t = { 0 };
	enum rc rc = txn_begin(&t, d->of->st, "demo.volunteers", e);

	for (size_t i = 0; i < count && rc == RC_OK; i++) {
		struct demo_volunteer *v = &people[i];
		struct profile p = make_profile(d, &d->people[i * d->n_people / count], v);

		if ((rc = demo_new_id(d, &v->id, e)) != RC_OK || (rc = insert_volunteer(d, v, &p, i + 1, e)) != RC_OK ||
		    (rc = insert_qualifications(d, v, e)) != RC_OK || (rc = insert_times(d, v, e)) != RC_OK)
			break;
		rc = insert_absence(d, v, e);
		if (i % 100 == 0)
			demo_tell(d, "志愿者", i, count);
	}
	if (rc == RC_OK)
		rc = txn_commit(&t, e);
	if (rc != RC_OK) {
		free(people);
		return rc;
	}
	demo_tell(d, "志愿者", 1, 1);
	*out = people;
	*made = count;
	return RC_OK;
}
