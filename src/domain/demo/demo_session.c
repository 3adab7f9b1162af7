/* What happens with one matter in a meeting of the demo: who stands back, who says what, how they vote. The sums are right by the way they are made. */
#include "demo_deliberation.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "store/stmt.h"

#define MINUTE_MS 60000

/* One count of votes. */
struct count {
	const char *way, *rule;
	int present, recused, for_n, against_n, abstain_n, invalid_n;
	int all_households, for_households, against_households, all_area, for_area, against_area;
	bool passes;
};

struct sitting {
	struct debate *b;
	struct demo_meeting *m;
	struct demo_matter *matter;
	int64_t slot_id, begun_at;
	size_t i;
	bool recused[DEMO_SEATS];
	int n_recused;
};

/* The slot --------------------------------------------------------------------------------------------------------------------------- */

static enum rc insert_slot(struct sitting *s, const char *outcome, struct err *e)
{
	int64_t over_at = s->begun_at + (int64_t)s->m->lengths[s->i] * MINUTE_MS;
	bool begun = outcome && strcmp(outcome, "unreached") != 0;
	AUTO_STMT q = stmt_use(s->b->d->of->st,
		"INSERT INTO agenda_slot (id, meeting_id, agenda_item_id, position, length_min, begun_at, outcome, at, note)"
		" VALUES (:id, :meeting, :item, :position, :length, :begun, :outcome, :at, :note)");

	bind_int(&q, ":id", s->slot_id);
	bind_int(&q, ":meeting", s->m->id);
	bind_int(&q, ":item", s->matter->item_id);
	bind_int(&q, ":position", (int64_t)s->i + 1);
	bind_int(&q, ":length", s->m->lengths[s->i]);
	bind_id(&q, ":begun", begun ? s->begun_at : 0);
	bind_text(&q, ":outcome", outcome);
	bind_id(&q, ":at", outcome ? begun ? over_at : instant_of_day(s->m->day, s->m->end_min) : 0);
	bind_text(&q, ":note", outcome && strcmp(outcome, "deferred") == 0 ? "补充预算和户数后再议。" : NULL);
	return stmt_run(&q, e);
}

/* Standing back ---------------------------------------------------------------------------------------------------------------------- */

static bool has_interest(const struct sitting *s, const struct demo_seat *seat)
{
	const struct demo_matter *m = s->matter;

	if (m->concerned && seat->person == m->concerned)
		return true;
	return m->body && strcmp(seat->category, m->topic->body_category) == 0;
}

static enum rc recuse(struct sitting *s, size_t seat, struct err *e)
{
	const struct demo_topic *t = s->matter->topic;
	int64_t id;
	enum rc rc;
	AUTO_STMT q = stmt_use(s->b->d->of->st,
		"INSERT INTO recusal (id, agenda_slot_id, attendee_id, reason, at) VALUES (:id, :slot, :attendee, :reason, :at)");

	if ((rc = demo_new_id(s->b->d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":slot", s->slot_id);
	bind_int(&q, ":attendee", s->m->seats[seat].id);
	bind_text(&q, ":reason", s->m->seats[seat].person == s->matter->concerned ? t->stake : t->body_stake);
	bind_int(&q, ":at", s->begun_at);
	s->recused[seat] = true;
	s->n_recused++;
	return stmt_run(&q, e);
}

static enum rc stand_back(struct sitting *s, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; i < s->m->n_seats && rc == RC_OK; i++)
		if (s->m->seats[i].present && !s->matter->unrecused && has_interest(s, &s->m->seats[i]))
			rc = recuse(s, i, e);
	return rc;
}

/* Words ------------------------------------------------------------------------------------------------------------------------------ */

static size_t pick_speaker(struct sitting *s)
{
	size_t i;

	do {
		i = demo_below(&s->b->d->random, (uint32_t)s->m->n_seats);
	} while (!s->m->seats[i].present);
	return i;
}

static enum rc speak(struct sitting *s, struct err *e)
{
	const struct demo_opinion *said = s->matter->topic->opinions;
	struct demo_random *r = &s->b->d->random;
	int known = 0, n;
	size_t first;
	enum rc rc = RC_OK;

	while (known < DEBATE_OPINIONS && said[known].text)
		known++;
	n = demo_between(r, 2, 3);
	first = demo_below(r, (uint32_t)known);
	for (int k = 0; k < n && rc == RC_OK; k++) {
		const struct demo_opinion *o = &said[(first + (size_t)k) % (size_t)known];
		int64_t id;
		AUTO_STMT q = stmt_use(s->b->d->of->st,
			"INSERT INTO opinion (id, agenda_slot_id, attendee_id, stance, text, at) VALUES (:id, :slot, :attendee, :stance, :text, :at)");

		if ((rc = demo_new_id(s->b->d, &id, e)) != RC_OK)
			break;
		bind_int(&q, ":id", id);
		bind_int(&q, ":slot", s->slot_id);
		bind_int(&q, ":attendee", s->m->seats[pick_speaker(s)].id);
		bind_text(&q, ":stance", o->stance);
		bind_text(&q, ":text", o->text);
		bind_int(&q, ":at", s->begun_at + (int64_t)(k + 1) * 2 * MINUTE_MS);
		rc = stmt_run(&q, e);
	}
	return rc;
}

/* Votes ------------------------------------------------------------------------------------------------------------------------------ */

/* The fewest votes for that pass. */
static int needed(const struct count *c)
{
	int able = c->present - c->recused;

	if (strcmp(c->rule, "twothirds") == 0)
		return (2 * able + 2) / 3;
	return strcmp(c->rule, "all") == 0 ? able : able / 2 + 1;
}

/* Households and area: two thirds take part, and more than half of these are for; or fewer are. */
static void count_homes(struct sitting *s, struct count *c)
{
	struct demo_random *r = &s->b->d->random;
	const struct demo_building *at = s->matter->building;
	int all = at ? at->units * at->floors * at->doors : s->b->casts[s->matter->estate].homes;
	int m2 = demo_between(r, 72, 108), part = all * demo_between(r, 75, 96) / 100 + 1, share = demo_between(r, c->passes ? 60 : 30, c->passes ? 90 : 45);

	part = part < all ? part : all;
	c->all_households = all;
	c->for_households = part * share / 100;
	c->against_households = part - c->for_households;
	c->all_area = all * m2;
	c->for_area = c->for_households * m2;
	c->against_area = c->against_households * m2;
}

/* `voters` of those present vote; a count that should pass and can't, doesn't. */
static void count_votes(struct sitting *s, int voters, struct count *c)
{
	struct demo_random *r = &s->b->d->random;
	int need = needed(c), rest;

	c->passes = c->passes && need > 0 && need <= voters;
	if (c->passes)
		c->for_n = demo_between(r, need, voters);
	else
		c->for_n = demo_between(r, (need - 1) / 3, need - 1 < voters ? need - 1 : voters);
	rest = voters - c->for_n;
	c->invalid_n = rest > 0 && strcmp(c->way, "paper") == 0 && demo_chance(r, 120);
	rest -= c->invalid_n;
	c->abstain_n = demo_between(r, 0, rest / 2);
	c->against_n = rest - c->abstain_n;
	if (strcmp(c->rule, "double") == 0)
		count_homes(s, c);
}

static const char *pick_rule(struct sitting *s)
{
	if (s->matter->topic->property)
		return "double";
	if (strcmp(s->m->kind, "assembly") == 0)
		return "twothirds";
	return strcmp(s->m->kind, "staircase") == 0 && demo_chance(&s->b->d->random, 100) ? "all" : "majority";
}

static void bind_homes(struct stmt *q, const struct count *c)
{
	static const char *const names[] = {
		":all_households", ":for_households", ":against_households", ":all_area", ":for_area", ":against_area",
	};
	const int values[] = { c->all_households, c->for_households, c->against_households, c->all_area, c->for_area, c->against_area };

	for (size_t i = 0; i < COUNT(names); i++) {
		if (c->all_households)
			bind_int(q, names[i], values[i]);
		else
			bind_null(q, names[i]);
	}
}

static enum rc insert_ballot(struct sitting *s, size_t alternative, const struct count *c, struct err *e)
{
	size_t teller = pick_speaker(s), supervisor = pick_speaker(s);
	int64_t id;
	enum rc rc;
	AUTO_STMT q = stmt_use(s->b->d->of->st,
		"INSERT INTO ballot (id, agenda_slot_id, alternative_id, way, rule, for_n, against_n, abstain_n, recused_n, invalid_n, present_n,"
		" all_households, for_households, against_households, all_area, for_area, against_area, teller, supervisor, result, at, account_id)"
		" VALUES (:id, :slot, :alternative, :way, :rule, :for, :against, :abstain, :recused, :invalid, :present,"
		" :all_households, :for_households, :against_households, :all_area, :for_area, :against_area, :teller, :supervisor, :result, :at, :account)");

	for (int tries = 0; supervisor == teller && tries < 20; tries++)
		supervisor = pick_speaker(s);
	if ((rc = demo_new_id(s->b->d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":slot", s->slot_id);
	bind_int(&q, ":alternative", s->matter->alternative_ids[alternative]);
	bind_text(&q, ":way", c->way);
	bind_text(&q, ":rule", c->rule);
	bind_int(&q, ":for", c->for_n);
	bind_int(&q, ":against", c->against_n);
	bind_int(&q, ":abstain", c->abstain_n);
	bind_int(&q, ":recused", c->recused);
	bind_int(&q, ":invalid", c->invalid_n);
	bind_int(&q, ":present", c->present);
	bind_homes(&q, c);
	bind_text(&q, ":teller", s->m->seats[teller].name);
	bind_text(&q, ":supervisor", s->m->seats[supervisor].name);
	bind_text(&q, ":result", c->passes ? "passed" : "failed");
	bind_int(&q, ":at", s->begun_at + (int64_t)s->m->lengths[s->i] * MINUTE_MS);
	bind_int(&q, ":account", s->m->recorder_id);
	return stmt_run(&q, e);
}

static enum rc vote(struct sitting *s, size_t alternative, bool wanted, struct count *out, struct err *e)
{
	bool inquiry = strcmp(s->m->kind, "inquiry") == 0;
	struct count c = {
		.way = inquiry ? "inquiry" : s->matter->topic->property || demo_chance(&s->b->d->random, 250) ? "paper" : "hand", .rule = pick_rule(s),
		.present = inquiry ? (int)s->m->n_seats : (int)s->m->n_present, .recused = s->n_recused, .passes = wanted,
	};

	count_votes(s, (int)s->m->n_present - s->n_recused, &c);
	*out = c;
	return insert_ballot(s, alternative, &c, e);
}

static void add_minutes(struct demo_meeting *m, const struct sitting *s, const char *what, const struct count *c)
{
	size_t n = strlen(m->minutes);

	if (n == 0)
		n = (size_t)snprintf(m->minutes, sizeof m->minutes, "应到%zu人，实到%zu人。", m->n_seats, m->n_present);
	if (c)
		snprintf(m->minutes + n, sizeof m->minutes - n, "\n%zu. %s：%s（赞成%d、反对%d、弃权%d、回避%d）。", s->i + 1, s->matter->title, what, c->for_n,
		         c->against_n, c->abstain_n, c->recused);
	else
		snprintf(m->minutes + n, sizeof m->minutes - n, "\n%zu. %s：%s。", s->i + 1, s->matter->title, what);
}

/* Votes until one alternative passes, or the last one fails. */
static enum rc settle(struct sitting *s, bool passes, struct err *e)
{
	struct demo_matter *m = s->matter;
	size_t other = m->n_alternatives > 1 ? 1 - m->chosen : m->chosen;
	struct count c;
	enum rc rc;

	if (other != m->chosen && demo_chance(&s->b->d->random, 150) && (rc = vote(s, other, false, &c, e)) != RC_OK)
		return rc;
	if ((rc = vote(s, m->chosen, passes, &c, e)) != RC_OK)
		return rc;
	m->state = c.passes ? "passed" : "failed";
	m->meeting_id = s->m->id;
	m->settled_at = s->begun_at + (int64_t)s->m->lengths[s->i] * MINUTE_MS;
	add_minutes(s->m, s, c.passes ? "通过" : "未通过", &c);
	demo_course_plan(s->b, m);
	return RC_OK;
}

enum rc demo_session_play(struct debate *b, struct demo_meeting *m, size_t i, int64_t begun_at, const char *outcome, struct err *e)
{
	struct sitting s = { .b = b, .m = m, .matter = m->matters[i], .i = i, .begun_at = begun_at };
	enum rc rc;

	s.matter->chosen = s.matter->n_alternatives > 1 && demo_chance(&b->d->random, 250);
	if ((rc = demo_new_id(b->d, &s.slot_id, e)) != RC_OK)
		return rc;
	if (outcome == NULL) {
		s.matter->state = "scheduled";
		s.matter->meeting_id = m->id;
	} else if (strcmp(outcome, "unreached") == 0) {
		add_minutes(m, &s, "时间不够，未议到", NULL);
	} else {
		if ((rc = stand_back(&s, e)) != RC_OK || (rc = speak(&s, e)) != RC_OK)
			return rc;
		if (strcmp(outcome, "deferred") == 0)
			add_minutes(m, &s, "补充材料后再议", NULL);
		else if ((rc = settle(&s, strcmp(outcome, "passed") == 0, e)) != RC_OK)
			return rc;
		else
			outcome = s.matter->state;
	}
	return insert_slot(&s, outcome, e);
}
