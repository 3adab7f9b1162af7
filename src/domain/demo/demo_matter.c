/* A matter that is deliberated: what it is, and its rows: 议题 with interests and alternatives, its issues, what was decided. */
#include "demo_deliberation.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "store/stmt.h"

static const char *const urgencies[] = { "normal", "urgent" };
static const int urgency_weights[] = { 880, 120 };

static const struct demo_person *pick_neighbour(struct debate *b, size_t estate)
{
	const struct demo_cast *cast = &b->casts[estate];

	return &b->d->people[cast->first_person + demo_below(&b->d->random, (uint32_t)cast->n_people)];
}

/* What it costs depends on how many gain. */
static void price(struct debate *b, struct demo_matter *m)
{
	int homes = m->building ? m->building->units * m->building->floors * m->building->doors : b->casts[m->estate].homes;

	for (size_t i = 0; i < DEBATE_OPTIONS && m->topic->options[i].text; i++) {
		const struct demo_option *o = &m->topic->options[i];

		m->costs_fen[i] = (int64_t)o->yuan * demo_between(&b->d->random, 8, 13) * 10;
		m->gains[i] = homes * o->gain / 100;
		m->n_alternatives++;
	}
}

static void place(struct debate *b, struct demo_matter *m)
{
	const struct demo *d = b->d;

	if (m->topic->building)
		m->building = &d->buildings[m->reporter->building];
	if (m->building)
		snprintf(m->title, sizeof m->title, "%s%s幢%s", d->estates[m->estate].name, m->building->number, m->topic->title);
	else
		snprintf(m->title, sizeof m->title, "%s%s", d->estates[m->estate].name, m->topic->title);
}

/* Houses with lifts need none, and nobody talks of the same thing twice in a row. */
static bool is_apt(const struct debate *b, const struct demo_topic *topic, const struct demo_person *reporter)
{
	const struct demo_building *home = &b->d->buildings[reporter->building];

	for (size_t i = 0; i < DEMO_LAST_TOPICS; i++)
		if (b->last[i] == topic)
			return false;
	return strcmp(topic->category, "discuss.lift") != 0 || (!home->lift && home->floors >= 4);
}

static const struct demo_topic *pick_topic(struct debate *b, const struct demo_person *reporter)
{
	const struct demo_topic *topic;

	do {
		topic = &demo_topics[demo_below(&b->d->random, (uint32_t)demo_topic_count)];
	} while (!is_apt(b, topic, reporter));
	b->last[b->n_taken++ % DEMO_LAST_TOPICS] = topic;
	return topic;
}

enum rc demo_matter_make(struct debate *b, size_t estate, int64_t raised_at, struct demo_matter *out, struct err *e)
{
	struct demo_random *r = &b->d->random;
	struct demo_matter m = { .estate = estate, .reporter = pick_neighbour(b, estate), .state = "pool", .raised_at = raised_at };
	enum rc rc;

	m.topic = pick_topic(b, m.reporter);
	m.urgency = urgencies[demo_weighted(r, urgency_weights, COUNT(urgency_weights))];
	m.pooled_at = demo_soon(b->d, raised_at, 20, 2 * DEMO_WORKDAY);
	m.unrecused = demo_chance(r, 25);
	m.concerned = m.unrecused || demo_chance(r, 550) ? pick_neighbour(b, estate) : NULL;
	m.body = m.topic->body_category && demo_chance(r, 450);
	m.unasked = demo_chance(r, 18);
	m.n_issues = demo_chance(r, 40) ? 0 : demo_chance(r, 60) ? 2 : 1;
	m.second = m.n_issues == 2 ? pick_neighbour(b, estate) : NULL;
	m.supports = demo_chance(r, 200) ? demo_between(r, 1, 3) : 0;
	place(b, &m);
	price(b, &m);
	if ((rc = demo_new_id(b->d, &m.item_id, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < m.n_issues; i++)
		if ((rc = demo_new_id(b->d, &m.issue_ids[i], e)) != RC_OK)
			return rc;
	for (size_t i = 0; i < m.n_alternatives; i++)
		if ((rc = demo_new_id(b->d, &m.alternative_ids[i], e)) != RC_OK)
			return rc;
	*out = m;
	return RC_OK;
}

/* Rows ------------------------------------------------------------------------------------------------------------------------------ */

struct item_row {
	int64_t id, merged_id, meeting_id, at, settled_at;
	const char *state, *proposer;
};

static enum rc insert_item(struct debate *b, const struct demo_matter *m, const struct item_row *row, char number[40], struct err *e)
{
	enum rc rc;
	AUTO_STMT q = stmt_use(b->d->of->st,
		"INSERT INTO agenda_item (id, number, title, body, proposer, urgency, property, state, meeting_id, merged_id, at, settled_at, account_id, grid_id)"
		" VALUES (:id, :number, :title, :body, :proposer, :urgency, :property, :state, :meeting, :merged, :at, :settled, :account, :grid)");

	if ((rc = demo_number(b->d, row->at, "agenda_item", "YT", 3, number, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", row->id);
	bind_text(&q, ":number", number);
	bind_text(&q, ":title", m->title);
	bind_text(&q, ":body", m->topic->body);
	bind_text(&q, ":proposer", row->proposer);
	bind_text(&q, ":urgency", m->urgency);
	bind_int(&q, ":property", m->topic->property);
	bind_text(&q, ":state", row->state);
	bind_id(&q, ":meeting", row->meeting_id);
	bind_id(&q, ":merged", row->merged_id);
	bind_int(&q, ":at", row->at);
	bind_id(&q, ":settled", row->settled_at);
	bind_int(&q, ":account", b->d->accounts[ROLE_GRID]);
	bind_int(&q, ":grid", b->d->estates[m->estate].grid_id);
	return stmt_run(&q, e);
}

static enum rc link_issue(struct debate *b, int64_t item_id, int64_t issue_id, int64_t at, struct err *e)
{
	int64_t id;
	enum rc rc;
	AUTO_STMT q = stmt_use(b->d->of->st, "INSERT INTO agenda_issue (id, agenda_item_id, issue_id, at) VALUES (:id, :item, :issue, :at)");

	if ((rc = demo_new_id(b->d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":item", item_id);
	bind_int(&q, ":issue", issue_id);
	bind_int(&q, ":at", at);
	return stmt_run(&q, e);
}

static enum rc insert_interest(struct debate *b, const struct demo_matter *m, const struct demo_person *person, struct err *e)
{
	const struct demo_topic *t = m->topic;
	char name[80];
	int64_t id;
	enum rc rc;
	AUTO_STMT q = stmt_use(b->d->of->st,
		"INSERT INTO interest (id, agenda_item_id, resident_id, name, category, stake) VALUES (:id, :item, :resident, :name, :category, :stake)");

	if ((rc = demo_new_id(b->d, &id, e)) != RC_OK)
		return rc;
	if (!person)
		snprintf(name, sizeof name, "%s%s", b->d->estates[m->estate].name, strcmp(t->body_category, "property") == 0 ? "物业" :
		         strcmp(t->body_category, "merchant") == 0 ? "沿街商户" : "驻区单位");
	bind_int(&q, ":id", id);
	bind_int(&q, ":item", m->item_id);
	bind_id(&q, ":resident", person ? person->id : 0);
	bind_text(&q, ":name", person ? person->name : name);
	bind_text(&q, ":category", person ? "resident" : t->body_category);
	bind_text(&q, ":stake", person ? t->stake : t->body_stake);
	return stmt_run(&q, e);
}

static enum rc insert_alternatives(struct debate *b, const struct demo_matter *m, struct err *e)
{
	enum rc rc = RC_OK;
	AUTO_STMT q = stmt_use(b->d->of->st,
		"INSERT INTO alternative (id, agenda_item_id, position, text, cost_fen, households, objection)"
		" VALUES (:id, :item, :position, :text, :cost, :households, :objection)");

	for (size_t i = 0; i < m->n_alternatives && rc == RC_OK; i++) {
		bind_int(&q, ":id", m->alternative_ids[i]);
		bind_int(&q, ":item", m->item_id);
		bind_int(&q, ":position", (int64_t)i + 1);
		bind_text(&q, ":text", m->topic->options[i].text);
		bind_int(&q, ":cost", m->costs_fen[i]);
		bind_int(&q, ":households", m->gains[i]);
		bind_text(&q, ":objection", m->topic->options[i].objection);
		rc = stmt_run(&q, e);
	}
	return rc;
}

/* The second issue had an item of its own, which was merged into this one. */
static enum rc write_merged(struct debate *b, const struct demo_matter *m, struct err *e)
{
	struct item_row row = { .merged_id = m->item_id, .at = m->pooled_at, .settled_at = m->pooled_at + 3600000, .state = "merged", .proposer = m->second->name };
	char number[40];
	enum rc rc;

	if ((rc = demo_new_id(b->d, &row.id, e)) != RC_OK || (rc = insert_item(b, m, &row, number, e)) != RC_OK)
		return rc;
	return link_issue(b, row.id, m->issue_ids[1], m->pooled_at, e);
}

enum rc demo_matter_write(struct debate *b, struct demo_matter *m, struct err *e)
{
	const struct item_row row = {
		.id = m->item_id, .meeting_id = m->meeting_id, .at = m->pooled_at, .settled_at = m->settled_at, .state = m->state,
		.proposer = m->n_issues ? m->reporter->name : "社区居委会",
	};
	enum rc rc;

	if ((rc = insert_item(b, m, &row, m->number, e)) != RC_OK || (m->concerned && (rc = insert_interest(b, m, m->concerned, e)) != RC_OK) ||
	    (m->body && (rc = insert_interest(b, m, NULL, e)) != RC_OK) || (rc = insert_alternatives(b, m, e)) != RC_OK ||
	    (strcmp(m->state, "passed") == 0 && (rc = demo_decision_write(b, m, e)) != RC_OK))
		return rc;
	for (size_t k = 0; k < m->n_issues; k++)
		if ((rc = demo_matter_write_issue(b, m, k, e)) != RC_OK || (rc = link_issue(b, m->item_id, m->issue_ids[k], m->pooled_at, e)) != RC_OK)
			return rc;
	return m->n_issues == 2 ? write_merged(b, m, e) : RC_OK;
}
