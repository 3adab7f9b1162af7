/* What comes of a matter after the meeting: the decision with its partners and tasks, the notice with its objections. */
#include "demo_deliberation.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "store/stmt.h"

#define NOTICE_DAYS 7
#define HOUR_MS INT64_C(3600000)

static const char *const parties[] = { "community", "social_worker", "organisation", "volunteer", "charity" };
static const char *const party_names[] = { "社区", "社会工作者", "社会组织", "社区志愿者", "公益慈善力量" };
static const char *const nothing_to_do[] = {
	"由社区居委会在日常工作中执行，不另设任务。", "会上双方已当场谈妥，不需再办。", "并入正在实施的小区改造，不单独立项。",
};
static const char *const notice_places[] = { "小区公告栏和居民群", "楼道公告栏", "友邻点公示牌、居民群", "社区公告栏和微信公众号" };

static const struct {
	const char *text, *state, *handling;
} objections[] = {
	{ "施工噪声大，家里有备考的孩子。", "dismissed", "当面说明：午休和晚上不施工，对方接受。" },
	{ "没有通知到我家，我不知道要表决。", "dismissed", "核对送达记录，已补发会议记录并当面说明。" },
	{ "费用分摊不公平，低层不该出钱。", "withdrawn", "逐户算清分摊办法，低层本来就不出钱，对方撤回。" },
	{ "担心影响采光，要求先测一下。", "withdrawn", "请设计单位现场测算，对方看了数据后撤回。" },
	{ "位置离我家太近，换一个地方。", "dismissed", "到现场看过，已加隔离绿篱，对方表示理解。" },
	{ "报价偏高，能不能再找一家。", "withdrawn", "补充一家报价后价格下降，对方撤回。" },
};

/* Planning -------------------------------------------------------------------------------------------------------------------------- */

static int64_t unless(bool stops, int64_t at)
{
	return stops ? DEMO_NEVER : at;
}

static void plan_back(struct debate *b, struct demo_matter *m)
{
	struct demo_course *c = &m->course;

	c->party = "community";
	c->owner_id = b->d->accounts[ROLE_GRID];
	c->back_at = demo_soon(b->d, m->settled_at, 60, 3 * DEMO_WORKDAY);
	c->acted_at = demo_soon(b->d, c->back_at, 20, 300);
	c->done_at = demo_soon(b->d, c->acted_at, DEMO_WORKDAY, 8 * DEMO_WORKDAY);
	c->closed_at = demo_soon(b->d, c->done_at, 40, DEMO_WORKDAY + 200);
}

static void plan_approval(struct debate *b, struct demo_matter *m)
{
	struct demo_course *c = &m->course;
	bool fast = m->stop != STOP_NOWHERE;     /* what has to have happened by today */

	c->made_at = unless(m->stop == STOP_PASSED, demo_soon(b->d, m->settled_at, fast ? 10 : 60, fast ? 40 : 2 * DEMO_WORKDAY));
	c->submitted_at = unless(m->stop == STOP_DRAFT, demo_soon(b->d, c->made_at, fast ? 10 : 20, fast ? 30 : 600));
	c->approved_at = unless(m->stop == STOP_SUBMITTED || m->stop == STOP_RETURNED,
	                        demo_soon(b->d, c->submitted_at, fast ? 20 : 30, fast ? 60 : 2 * DEMO_WORKDAY));
}

static void plan_work(struct debate *b, struct demo_matter *m)
{
	struct demo_course *c = &m->course;
	int longest = 0;

	for (size_t i = 0; i < DEBATE_JOBS && m->topic->jobs[i].title; i++)
		longest = m->topic->jobs[i].days > longest ? m->topic->jobs[i].days : longest;
	c->notice_from = c->notice_to = DAY_NONE;
	c->acted_at = DEMO_NEVER;
	if (c->approved_at != DEMO_NEVER) {
		c->notice_from = day_of_instant(c->approved_at);
		c->notice_to = c->notice_from + NOTICE_DAYS - 1;
		c->acted_at = unless(m->stop == STOP_NOTICE || m->stop == STOP_OBJECTION,
		                     demo_soon(b->d, instant_of_day(c->notice_to + 1, 8 * 60 + 30), 10, 400));
	}
	c->done_at = unless(m->stop == STOP_ACTING, demo_soon(b->d, c->acted_at, 2 * DEMO_WORKDAY, (longest * 6 / 7 + 3) * DEMO_WORKDAY));
	c->closed_at = demo_soon(b->d, c->no_action ? c->acted_at : c->done_at, 40, 2 * DEMO_WORKDAY);
	for (c->n_tasks = 0; c->n_tasks < DEBATE_JOBS && m->topic->jobs[c->n_tasks].title; c->n_tasks++) {
		int32_t from = c->acted_at != DEMO_NEVER ? day_of_instant(c->acted_at) : day_of_instant(m->settled_at) + 2 * NOTICE_DAYS;

		c->due_days[c->n_tasks] = from + m->topic->jobs[c->n_tasks].days;
	}
}

static void plan_charge(struct debate *b, struct demo_matter *m)
{
	struct demo_random *r = &b->d->random;
	struct demo_course *c = &m->course;
	bool outside = demo_chance(r, 280), nothing = demo_chance(r, 35), taskless = demo_chance(r, 18);

	c->party = m->topic->jobs[0].party;
	c->owner_id = b->d->accounts[demo_chance(r, 700) ? ROLE_GRID : ROLE_PROJECT];
	c->owner_name = outside ? m->topic->partner : NULL;
	c->no_action = m->n_issues == 0 || (nothing && m->stop == STOP_NOWHERE) ? DEMO_PICK(r, nothing_to_do) : NULL;
	c->taskless = taskless && !c->no_action && m->stop == STOP_NOWHERE;
}

void demo_course_plan(struct debate *b, struct demo_matter *m)
{
	if (strcmp(m->state, "passed") != 0) {
		plan_back(b, m);
		return;
	}
	plan_charge(b, m);
	plan_approval(b, m);
	plan_work(b, m);
}

/* Rows ------------------------------------------------------------------------------------------------------------------------------ */

static const char *party_name(const char *party)
{
	size_t i = 0;

	while (strcmp(parties[i], party) != 0)
		i++;
	return party_names[i];
}

static const char *state_of(const struct debate *b, const struct demo_matter *m)
{
	const struct demo_course *c = &m->course;

	if (demo_happened(b->d, c->approved_at))
		return "approved";
	if (!demo_happened(b->d, c->submitted_at))
		return "draft";
	return m->stop == STOP_RETURNED ? "returned" : "submitted";
}

static void bind_money(struct debate *b, struct stmt *q, const struct demo_matter *m)
{
	const struct demo_course *c = &m->course;
	int64_t fen = m->costs_fen[m->chosen];

	bind_int(q, ":cost", fen);
	bind_text(q, ":source", fen ? m->topic->source : NULL);
	bind_text(q, ":party", c->party);
	bind_id(q, ":owner", c->owner_name ? 0 : c->owner_id);
	bind_text(q, ":owner_name", c->owner_name);
	bind_day(q, ":effective", c->notice_to != DAY_NONE ? c->notice_to + 1 : day_of_instant(m->settled_at) + 2 * NOTICE_DAYS);
	bind_text(q, ":no_action", c->no_action);
	bind_int(q, ":author", b->d->accounts[ROLE_DESK]);
}

static enum rc insert_decision(struct debate *b, struct demo_matter *m, struct err *e)
{
	const struct demo_course *c = &m->course;
	char text[400];
	const char *state = state_of(b, m);
	bool approved = strcmp(state, "approved") == 0;
	AUTO_STMT q = stmt_use(b->d->of->st,
		"INSERT INTO decision (id, number, agenda_item_id, meeting_id, text, party, owner_id, owner_name, cost_fen, source, effective_day, no_action,"
		" state, author_id, at, submitted_at, approved_by, approved_at, approved_note, acted_at)"
		" VALUES (:id, :number, :item, :meeting, :text, :party, :owner, :owner_name, :cost, :source, :effective, :no_action,"
		" :state, :author, :at, :submitted, :head, :approved, :note, :acted)");

	snprintf(text, sizeof text, "%s：%s。由%s牵头，%s协同，公示无异议后执行。", m->title, m->topic->options[m->chosen].text,
	         party_name(c->party), m->topic->partner);
	bind_int(&q, ":id", c->id);
	bind_text(&q, ":number", c->number);
	bind_int(&q, ":item", m->item_id);
	bind_int(&q, ":meeting", m->meeting_id);
	bind_text(&q, ":text", text);
	bind_money(b, &q, m);
	bind_text(&q, ":state", state);
	bind_int(&q, ":at", c->made_at);
	bind_id(&q, ":submitted", demo_happened(b->d, c->submitted_at));
	bind_id(&q, ":head", approved ? b->d->accounts[ROLE_HEAD] : 0);
	bind_id(&q, ":approved", demo_happened(b->d, c->approved_at));
	bind_text(&q, ":note", approved ? "同意，按程序公示。" : strcmp(state, "returned") == 0 ? "请补充完成时限和经费依据后再报。" : NULL);
	bind_id(&q, ":acted", demo_happened(b->d, c->acted_at));
	return stmt_run(&q, e);
}

static enum rc insert_partner(struct debate *b, const struct demo_matter *m, const char *party, const char *name, const char *promise, struct err *e)
{
	int64_t id;
	enum rc rc;
	AUTO_STMT q = stmt_use(b->d->of->st,
		"INSERT INTO decision_partner (id, decision_id, party, name, promise, promised_day) VALUES (:id, :decision, :party, :name, :promise, :day)");

	if ((rc = demo_new_id(b->d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":decision", m->course.id);
	bind_text(&q, ":party", party);
	bind_text(&q, ":name", name);
	bind_text(&q, ":promise", promise);
	bind_day(&q, ":day", m->course.due_days[0]);
	return stmt_run(&q, e);
}

static enum rc insert_tasks(struct debate *b, struct demo_matter *m, struct err *e)
{
	struct demo_course *c = &m->course;
	enum rc rc = RC_OK;
	AUTO_STMT q = stmt_use(b->d->of->st,
		"INSERT INTO decision_task (id, decision_id, title, party, owner_id, owner_name, due_day, action_id)"
		" VALUES (:id, :decision, :title, :party, :owner, :owner_name, :due, :action)");
	bool acts = m->n_issues > 0 && demo_happened(b->d, c->acted_at);
	int64_t id;

	for (size_t i = 0; !c->no_action && !c->taskless && i < c->n_tasks && rc == RC_OK; i++) {
		if ((rc = demo_new_id(b->d, &id, e)) != RC_OK || (acts && (rc = demo_new_id(b->d, &c->action_ids[i], e)) != RC_OK))
			break;
		bind_int(&q, ":id", id);
		bind_int(&q, ":decision", c->id);
		bind_text(&q, ":title", m->topic->jobs[i].title);
		bind_text(&q, ":party", m->topic->jobs[i].party);
		bind_id(&q, ":owner", c->owner_name ? 0 : c->owner_id);
		bind_text(&q, ":owner_name", c->owner_name);
		bind_day(&q, ":due", c->due_days[i]);
		bind_id(&q, ":action", c->action_ids[i]);
		rc = stmt_run(&q, e);
	}
	return rc;
}

/* One whose handling lies ahead is still open. */
static enum rc insert_objection(struct debate *b, const struct demo_matter *m, int64_t notice_id, int64_t at, int64_t handled_at, struct err *e)
{
	struct demo_random *r = &b->d->random;
	const struct demo_cast *cast = &b->casts[m->estate];
	const struct demo_person *person = &b->d->people[cast->first_person + demo_below(r, (uint32_t)cast->n_people)];
	size_t which = demo_below(r, COUNT(objections));
	bool handled = demo_happened(b->d, handled_at) != 0;
	int64_t id;
	enum rc rc;
	AUTO_STMT q = stmt_use(b->d->of->st,
		"INSERT INTO objection (id, notice_id, resident_id, name, phone, text, at, state, handling, handled_at, handled_by)"
		" VALUES (:id, :notice, :resident, :name, :phone, :text, :at, :state, :handling, :handled, :by)");

	if ((rc = demo_new_id(b->d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":notice", notice_id);
	bind_int(&q, ":resident", person->id);
	bind_text(&q, ":name", person->name);
	bind_text(&q, ":phone", person->phone);
	bind_text(&q, ":text", objections[which].text);
	bind_int(&q, ":at", at);
	bind_text(&q, ":state", handled ? objections[which].state : "open");
	bind_text(&q, ":handling", handled ? objections[which].handling : NULL);
	bind_id(&q, ":handled", handled ? handled_at : 0);
	bind_id(&q, ":by", handled ? b->d->accounts[ROLE_DESK] : 0);
	return stmt_run(&q, e);
}

static enum rc insert_notice(struct debate *b, const struct demo_matter *m, struct err *e)
{
	const struct demo_course *c = &m->course;
	struct demo_random *r = &b->d->random;
	bool objected = demo_chance(r, 60);
	int64_t id, at;
	enum rc rc;
	AUTO_STMT q = stmt_use(b->d->of->st,
		"INSERT INTO notice (id, decision_id, from_day, to_day, place, account_id) VALUES (:id, :decision, :from, :to, :place, :account)");

	if (!demo_happened(b->d, c->approved_at))
		return RC_OK;
	if ((rc = demo_new_id(b->d, &id, e)) != RC_OK)
		return rc;
	bind_int(&q, ":id", id);
	bind_int(&q, ":decision", c->id);
	bind_day(&q, ":from", c->notice_from);
	bind_day(&q, ":to", c->notice_to);
	bind_text(&q, ":place", DEMO_PICK(r, notice_places));
	bind_int(&q, ":account", b->d->accounts[ROLE_DESK]);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	at = c->approved_at + HOUR_MS;
	if (m->stop == STOP_OBJECTION)
		return insert_objection(b, m, id, at <= b->d->now ? at : c->approved_at, DEMO_NEVER, e);
	at = instant_of_day(c->notice_from + 2, 10 * 60);
	if (!objected || m->stop != STOP_NOWHERE || !demo_happened(b->d, at))
		return RC_OK;
	return insert_objection(b, m, id, at, instant_of_day(c->notice_from + 4, 15 * 60), e);
}

enum rc demo_decision_write(struct debate *b, struct demo_matter *m, struct err *e)
{
	const struct demo_topic *t = m->topic;
	bool more = demo_chance(&b->d->random, 300);
	enum rc rc;

	if (!demo_happened(b->d, m->course.made_at))
		return RC_OK;
	if ((rc = demo_new_id(b->d, &m->course.id, e)) != RC_OK ||
	    (rc = demo_number(b->d, m->course.made_at, "decision", "JY", 2, m->course.number, e)) != RC_OK || (rc = insert_decision(b, m, e)) != RC_OK ||
	    (rc = insert_partner(b, m, t->partner_party, t->partner, t->promise, e)) != RC_OK ||
	    (more && (rc = insert_partner(b, m, "volunteer", "党员先锋队", "出人出力，做好解释", e)) != RC_OK) || (rc = insert_tasks(b, m, e)) != RC_OK)
		return rc;
	return insert_notice(b, m, e);
}
