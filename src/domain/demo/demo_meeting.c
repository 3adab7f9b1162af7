/* Who is called to a meeting of the demo, and its rows. */
#include "demo_deliberation.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "demo_case.h"
#include "store/stmt.h"

static const char *const lay_categories[] = { "resident", "delegate", "member", "staircase", "floating" };
static const int lay_weights[] = { 480, 200, 160, 120, 40 };
static const char *const other_names[] = { "property", "owners", "police", "unit", "merchant" };
static const char *const other_represents[] = { "物业服务中心", "业主委员会", "西林派出所（演示）", "西林小学（演示）", "沿街商户" };
static const int other_chances[] = { 600, 450, 140, 120, 80 };

static struct demo_seat *add_seat(struct demo_meeting *m, const char *name, const char *category)
{
	struct demo_seat *s;

	if (m->n_seats == DEMO_SEATS)
		return NULL;
	s = &m->seats[m->n_seats++];
	*s = (struct demo_seat){ .category = category, .invited = true };
	snprintf(s->name, sizeof s->name, "%s", name);
	return s;
}

static struct demo_seat *add_person(const struct debate *b, struct demo_meeting *m, const struct demo_person *person, const char *category)
{
	struct demo_seat *s;

	for (size_t i = 0; i < m->n_seats; i++)
		if (m->seats[i].person == person)
			return &m->seats[i];
	if ((s = add_seat(m, person->name, category)) == NULL)
		return NULL;
	s->person = person;
	if (strcmp(category, "staircase") == 0)
		snprintf(s->represents, sizeof s->represents, "%s幢%s单元", b->d->buildings[person->building].number, person->unit);
	return s;
}

static bool has_body(const struct demo_meeting *m, const char *category)
{
	for (size_t i = 0; i < m->n_matters; i++)
		if (m->matters[i]->body && strcmp(m->matters[i]->topic->body_category, category) == 0)
			return true;
	return false;
}

/* Bodies: always where they have an interest. */
static void call_bodies(struct debate *b, struct demo_meeting *m)
{
	const struct demo_cast *cast = &b->casts[m->estate];
	const char *const names[] = { cast->property, cast->owners, cast->police, cast->unit, cast->merchant };

	for (size_t i = 0; i < COUNT(names); i++) {
		bool comes = demo_chance(&b->d->random, other_chances[i]);
		struct demo_seat *s;

		if ((comes || has_body(m, other_names[i])) && (s = add_seat(m, names[i], other_names[i])))
			snprintf(s->represents, sizeof s->represents, "%s%s", i < 2 ? b->d->estates[m->estate].name : "", other_represents[i]);
	}
	if (demo_chance(&b->d->random, 700))
		add_seat(m, demo_accounts[ROLE_GRID - ROLE_DESK].name, "grid");
	if (demo_chance(&b->d->random, 250))
		add_seat(m, demo_accounts[ROLE_PROJECT - ROLE_DESK].name, "social_worker");
}

void demo_meeting_call(struct debate *b, struct demo_meeting *m, size_t wanted)
{
	const struct demo_cast *cast = &b->casts[m->estate];
	size_t tries = 0;

	m->n_seats = 0;
	for (size_t i = 0; i < m->n_matters; i++) {
		if (m->matters[i]->concerned)
			add_person(b, m, m->matters[i]->concerned, "resident");
		add_person(b, m, m->matters[i]->reporter, "resident");
	}
	call_bodies(b, m);
	while (m->n_seats < wanted && tries++ < 4 * DEMO_SEATS) {
		const struct demo_person *person = &b->d->people[cast->first_person + demo_below(&b->d->random, (uint32_t)cast->n_people)];

		add_person(b, m, person, lay_categories[demo_weighted(&b->d->random, lay_weights, COUNT(lay_weights))]);
	}
}

enum rc demo_meeting_sign(struct debate *b, struct demo_meeting *m, size_t absent, struct err *e)
{
	struct demo_random *r = &b->d->random;
	const struct demo_cast *cast = &b->casts[m->estate];
	enum rc rc = RC_OK;

	for (size_t i = 0; i < m->n_seats; i++)
		m->seats[i].present = true;
	for (m->n_present = m->n_seats; m->n_present > m->n_seats - absent; ) {
		struct demo_seat *s = &m->seats[demo_below(r, (uint32_t)m->n_seats)];

		m->n_present -= s->present;
		s->present = false;
	}
	if (absent < m->n_seats && demo_chance(r, 120)) {
		size_t known = m->n_seats;
		struct demo_seat *s = add_person(b, m, &b->d->people[cast->first_person + demo_below(r, (uint32_t)cast->n_people)], "resident");

		if (m->n_seats > known) {
			s->invited = false;
			s->present = true;
			m->n_present++;
		}
	}
	for (size_t i = 0; i < m->n_seats && rc == RC_OK; i++)
		rc = demo_new_id(b->d, &m->seats[i].id, e);
	return rc;
}

/* Rows ------------------------------------------------------------------------------------------------------------------------------ */

static bool is_one_of(const char *status, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(status, list[i]) == 0)
			return true;
	return false;
}

static const char *quorum_section(const char *kind)
{
	static const char *const own[] = { "assembly", "bench", "inquiry" };

	return is_one_of(kind, own, COUNT(own)) ? kind : "default";
}

static void bind_record(struct debate *b, struct stmt *q, const struct demo_meeting *m)
{
	static const char *const begun[] = { "running", "ended", "confirmed" }, *const over[] = { "ended", "confirmed" };
	int64_t ended_at = instant_of_day(m->day, m->end_min);
	bool confirmed = strcmp(m->status, "confirmed") == 0;

	bind_text(q, ":status", m->status);
	bind_text(q, ":why", strcmp(m->status, "cancelled") == 0 ? "主要当事人出差，改期再议。" : NULL);
	bind_id(q, ":begun", is_one_of(m->status, begun, COUNT(begun)) ? instant_of_day(m->day, m->begin_min) : 0);
	bind_id(q, ":ended", is_one_of(m->status, over, COUNT(over)) ? ended_at : 0);
	bind_text(q, ":minutes", confirmed ? m->minutes : NULL);
	bind_id(q, ":confirmed", confirmed ? demo_work_later(b->d, ended_at, 120) : 0);
	bind_id(q, ":by", confirmed ? b->d->accounts[ROLE_HEAD] : 0);
}

static enum rc insert_meeting(struct debate *b, struct demo_meeting *m, struct err *e)
{
	AUTO_STMT q = stmt_use(b->d->of->st,
		"INSERT INTO meeting (id, number, title, kind, level, day, begin_min, end_min, place, host, recorder_id, basis, announced_day, quorum, status,"
		" cancelled_why, begun_at, ended_at, minutes, confirmed_at, confirmed_by, grid_id)"
		" VALUES (:id, :number, :title, :kind, :level, :day, :begin, :end, :place, :host, :recorder, :basis, :announced, :quorum, :status,"
		" :why, :begun, :ended, :minutes, :confirmed, :by, :grid)");

	bind_int(&q, ":id", m->id);
	bind_text(&q, ":number", m->number);
	bind_text(&q, ":title", m->title);
	bind_text(&q, ":kind", m->kind);
	bind_text(&q, ":level", m->level);
	bind_day(&q, ":day", m->day);
	bind_int(&q, ":begin", m->begin_min);
	bind_int(&q, ":end", m->end_min);
	bind_text(&q, ":place", m->place);
	bind_text(&q, ":host", m->host);
	bind_int(&q, ":recorder", m->recorder_id);
	bind_text(&q, ":basis", m->basis);
	bind_day(&q, ":announced", m->announced_day);
	bind_text(&q, ":quorum", quorum_section(m->kind));
	bind_record(b, &q, m);
	bind_int(&q, ":grid", b->d->estates[m->estate].grid_id);
	return stmt_run(&q, e);
}

static enum rc insert_attendees(struct debate *b, const struct demo_meeting *m, struct err *e)
{
	enum rc rc = RC_OK;
	AUTO_STMT q = stmt_use(b->d->of->st,
		"INSERT INTO attendee (id, meeting_id, resident_id, name, category, represents, invited, present_at)"
		" VALUES (:id, :meeting, :resident, :name, :category, :represents, :invited, :present)");

	for (size_t i = 0; i < m->n_seats && rc == RC_OK; i++) {
		const struct demo_seat *s = &m->seats[i];
		int minutes = m->begin_min - demo_between(&b->d->random, -4, 18);

		bind_int(&q, ":id", s->id);
		bind_int(&q, ":meeting", m->id);
		bind_id(&q, ":resident", s->person ? s->person->id : 0);
		bind_text(&q, ":name", s->name);
		bind_text(&q, ":category", s->category);
		bind_text(&q, ":represents", s->represents[0] ? s->represents : NULL);
		bind_int(&q, ":invited", s->invited);
		bind_id(&q, ":present", s->present ? instant_of_day(m->day, minutes) : 0);
		rc = stmt_run(&q, e);
	}
	return rc;
}

static enum rc insert_amendment(struct debate *b, const struct demo_meeting *m, struct err *e)
{
	int64_t id, at = demo_work_later(b->d, instant_of_day(m->day, m->end_min), 3 * DEMO_WORKDAY);
	enum rc rc;
	AUTO_STMT q = stmt_use(b->d->of->st,
		"INSERT INTO amendment (id, meeting_id, text, reason, at, account_id)"
		" VALUES (:id, :meeting, '第一项发言中的「五十户」更正为「四十五户」。', '听录音核对，记录有误', :at, :account)");

	if (at > b->d->now)
		return RC_OK;
	if ((rc = demo_new_id(b->d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":meeting", m->id);
	bind_int(&q, ":at", at);
	bind_int(&q, ":account", m->recorder_id);
	return stmt_run(&q, e);
}

enum rc demo_meeting_write(struct debate *b, struct demo_meeting *m, struct err *e)
{
	bool amended = demo_chance(&b->d->random, 30) && strcmp(m->status, "confirmed") == 0;
	enum rc rc;

	if ((rc = insert_meeting(b, m, e)) != RC_OK || (rc = insert_attendees(b, m, e)) != RC_OK)
		return rc;
	return amended ? insert_amendment(b, m, e) : RC_OK;
}
