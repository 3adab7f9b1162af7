/* The checks that followed where nobody was seen, up the ladder until somebody was. */
#include "demo_canteen.h"

#include <string.h>

#include "delivery/door_rules.h"
#include "store/stmt.h"

#define MINUTE_MS INT64_C(60000)

static const struct {
	const char *outcome, *conclusions[4];
	int rungs[WELFARE_RUNGS];      /* weights: where it ended */
} checks[] = {
	{ "s4", { "unheard", "unheard", "away", "false" }, { 300, 600, 90, 10, 0 } },
	{ "f1", { "away", "unheard", "away", "hospital" }, { 250, 500, 170, 65, 15 } },
	{ "f6", { "helped", "helped", "hospital", "helped" }, { 0, 500, 150, 300, 50 } },
};

static const struct {
	int minutes;
	const char *found, *missed;
} rungs[WELFARE_RUNGS] = {
	{ 3, "开门了，没听见敲门", "敲了几遍没人应" }, { 4, "接通了，人没事", "打了两次没人接" }, { 8, "邻居说看见了", "邻居说今天没见到" },
	{ 18, "上门见到本人", "上门敲不开，屋里没有声音" }, { 25, "民警和120到场，已进门", NULL },
};

/* A check as it goes up. */
struct ladder {
	struct demo_canteen *c;
	const struct demo_order *order;
	int64_t id, at, rung_at;
	int last;
};

static enum rc insert_step(const struct ladder *l, int rung, const char *person, const char *result, const char *note, struct err *e)
{
	AUTO_STMT q = stmt_use(l->c->d->of->st,
		"INSERT INTO welfare_step (id, check_id, rung, at, person, result, note, account_id)"
		" VALUES (:id, :check, :rung, :at, :person, :result, :note, :account)");

	bind_int(&q, ":check", l->id);
	bind_int(&q, ":rung", rung);
	bind_int(&q, ":at", l->at);
	bind_text(&q, ":person", person);
	bind_text(&q, ":result", result);
	bind_text(&q, ":note", note);
	bind_int(&q, ":account", l->c->account_id);
	return stmt_insert(&q, NULL, e);
}

static enum rc pass_on(struct ladder *l, int rung, struct err *e)
{
	const char next[] = { (char)('1' + rung), '\0' };

	l->rung_at = l->at;
	return insert_step(l, rung, demo_accounts[2].name, "passed_on", office_code_label(l->c->d->of, "welfare_rung", next), e);
}

/* Each rung is tried and passed on but the last; at the door of who was seen unwell nobody knocks again. */
static enum rc climb(struct ladder *l, struct err *e)
{
	const char *carrier = l->order->carrier ? l->order->carrier->name : demo_accounts[2].name;
	const char *people[WELFARE_RUNGS] = { carrier, demo_accounts[2].name, "隔壁邻居", demo_accounts[1].name, "派出所、120" };
	bool seen = strcmp(l->order->outcome, "f6") == 0;
	enum rc rc = RC_OK;

	for (int rung = 1; rc == RC_OK && rung <= l->last; rung++) {
		l->at += rungs[rung - 1].minutes * MINUTE_MS;
		if (rung == l->last)
			return insert_step(l, rung, people[rung - 1], "answered", rungs[rung - 1].found, e);
		if (!seen || rung > 1)
			rc = insert_step(l, rung, people[rung - 1], "unanswered", rungs[rung - 1].missed, e);
		if (rc == RC_OK)
			rc = pass_on(l, rung, e);
	}
	return rc;
}

static enum rc insert_check(const struct ladder *l, const char *conclusion, struct err *e)
{
	AUTO_STMT q = stmt_use(l->c->d->of->st,
		"INSERT INTO welfare_check (id, diner_id, order_id, cause, opened_at, rung, rung_at, taken_by, taken_at, state, conclusion, note, closed_at, closed_by,"
		" account_id) VALUES (:id, :diner, :order, :cause, :opened, :rung, :rung_at, :account, :taken, 'closed', :conclusion, :note, :closed, :account, :account)");

	bind_int(&q, ":id", l->id);
	bind_int(&q, ":diner", l->order->diner->id);
	bind_int(&q, ":order", l->order->id);
	bind_text(&q, ":cause", l->order->outcome);
	bind_int(&q, ":opened", l->order->outcome_at);
	bind_int(&q, ":rung", l->last);
	bind_int(&q, ":rung_at", l->rung_at);
	bind_int(&q, ":taken", l->order->outcome_at + MINUTE_MS);
	bind_text(&q, ":conclusion", conclusion);
	bind_text(&q, ":note", l->last == WELFARE_RUNGS ? "在家摔倒，已送医，家属已到" : NULL);
	bind_int(&q, ":closed", l->at + MINUTE_MS);
	bind_int(&q, ":account", l->c->account_id);
	return stmt_run(&q, e);
}

static enum rc write_check(struct demo_canteen *c, const struct demo_order *o, size_t kind, struct err *e)
{
	struct ladder l = {
		.c = c, .order = o, .id = welfare_check_id(o->id), .at = o->outcome_at, .rung_at = o->outcome_at,
		.last = (int)demo_weighted(&c->d->random, checks[kind].rungs, WELFARE_RUNGS) + 1,
	};
	const char *conclusion = l.last == WELFARE_RUNGS ? "accident" : DEMO_PICK(&c->d->random, checks[kind].conclusions);
	enum rc rc = climb(&l, e);

	return rc == RC_OK ? insert_check(&l, conclusion, e) : rc;
}

enum rc demo_insert_check(struct demo_canteen *c, const struct demo_order *o, struct err *e)
{
	for (size_t i = 0; o->outcome && i < COUNT(checks); i++)
		if (strcmp(checks[i].outcome, o->outcome) == 0)
			return write_check(c, o, i, e);
	return RC_OK;
}
