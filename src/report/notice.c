/* 公示: what was decided, who does it by when and with whose money, and how to object. Never who objected, nor how to reach anybody. */
#include "report/paper.h"

#include "base/day.h"
#include "base/text.h"
#include "model.h"
#include "words.h"

#define BODY_POINTS 14.0

static const struct table_column task_columns[] = { { "任务", 38 }, { "责任主体", 18 }, { "责任人", 18 }, { "期限", 26 }, { 0 } };
static const struct table_column partner_columns[] = { { "协同方", 24 }, { "主体", 18 }, { "承诺", 32 }, { "期限", 26 }, { 0 } };

struct notice {
	const struct office *of;
	const struct decision *d;
	const struct decision_notice *n;
	struct paper *p;
	struct arena *a;              /* of words that are copied into the paper */
};

/* 一、二、三、 over what follows. */
static const char *const counted[] = { "一", "二", "三", "四", "五", "六", "七" };

static void add_heading(struct notice *s, int *count, const char *text)
{
	paper_add(s->p, BLOCK_HEADING, "%s、%s", counted[(*count)++], text);
}

static void add_title(struct notice *s)
{
	const char *subject = text_is_blank(s->d->item) ? s->d->number : s->d->item;

	paper_add(s->p, BLOCK_TITLE, "关于%s的公示", subject);
	if (s->d->state != DECISION_APPROVED)
		paper_add(s->p, BLOCK_REMARK, "（草稿：决议还没有批准，不能张贴）");
}

static void add_opening(struct notice *s)
{
	const char *meeting = text_is_blank(s->d->meeting) ? "协商议事" : arena_format(s->a, "协商议事（会议编号 %s）", s->d->meeting);

	paper_add(s->p, BLOCK_INDENTED, "经%s形成决议（编号 %s），现将有关内容公示如下。", meeting, s->d->number);
}

static void add_responsible(struct notice *s, int *count)
{
	const char *party = office_code_label(s->of, "party", s->d->party);

	if (!*party && text_is_blank(s->d->owner))
		return;
	add_heading(s, count, "责任主体");
	paper_add(s->p, BLOCK_INDENTED, "责任主体：%s%s%s。", *party ? party : "待定", text_is_blank(s->d->owner) ? "" : "；责任人：",
	          text_is_blank(s->d->owner) ? "" : s->d->owner);
}

static void add_money(struct notice *s, int *count)
{
	const char *money = word_money(s->a, s->of, s->d->cost_fen), *source = office_code_label(s->of, "fund_source", s->d->source);

	if (!*money)
		return;
	add_heading(s, count, "经费");
	paper_add(s->p, BLOCK_INDENTED, "经费：%s%s%s。", money, *source ? "；来源：" : "", source);
}

static void add_partners(struct notice *s, int *count)
{
	if (s->d->n_partners == 0)
		return;
	add_heading(s, count, "协同方");
	paper_add_head(s->p, partner_columns);
	for (size_t i = 0; i < s->d->n_partners; i++) {
		const struct decision_partner *with = &s->d->partners[i];

		paper_add_table_row(s->p, partner_columns, (const char *const[]){ with->name, office_code_label(s->of, "party", with->party), with->promise,
		                                                                  word_day(s->a, with->promised_day) });
	}
}

static void add_tasks(struct notice *s, int *count)
{
	if (s->d->n_tasks == 0 && text_is_blank(s->d->no_action))
		return;
	add_heading(s, count, "任务和期限");
	if (s->d->n_tasks == 0) {
		paper_add(s->p, BLOCK_INDENTED, "不需要另行办理：%s", s->d->no_action);
		return;
	}
	paper_add_head(s->p, task_columns);
	for (size_t i = 0; i < s->d->n_tasks; i++) {
		const struct decision_task *t = &s->d->tasks[i];

		paper_add_table_row(s->p, task_columns, (const char *const[]){ t->title, office_code_label(s->of, "party", t->party), t->owner,
		                                                               word_day(s->a, t->due_day) });
	}
}

/* Where to object, in words that need no telephone number. */
static void add_objecting(struct notice *s, int *count)
{
	const char *committee = word_committee(s->a, s->of);
	bool known = !text_is_blank(s->of->community.address);

	add_heading(s, count, "公示期和异议");
	paper_add(s->p, BLOCK_INDENTED, "公示期：%s至%s。公示地点：%s。", word_day(s->a, s->n->from_day), word_day(s->a, s->n->to_day), s->n->place);
	if (s->d->effective_day != DAY_NONE)
		paper_add(s->p, BLOCK_INDENTED, "生效日期：%s。", word_day(s->a, s->d->effective_day));
	paper_add_lines(s->p, BLOCK_INDENTED, s->n->note);
	paper_add(s->p, BLOCK_INDENTED, "对以上内容有异议的，请在公示期内向%s%s%s%s当面或者书面提出，并写明理由。异议由%s登记、核实和答复；异议没有处理完，决议不付诸办理。",
	          committee, known ? "（地址：" : "", known ? s->of->community.address : "", known ? "）" : "", committee);
}

struct paper *paper_of_notice(const struct office *of, const struct decision *d, const struct decision_notice *n)
{
	AUTO_ARENA words = { 0 };
	struct notice s = { .of = of, .d = d, .n = n, .a = &words };
	int count = 0;

	s.p = paper_new(d->number, "公示", BODY_POINTS);
	add_title(&s);
	add_opening(&s);
	add_heading(&s, &count, "决议内容");
	paper_add_lines(s.p, BLOCK_INDENTED, d->text);
	add_responsible(&s, &count);
	add_money(&s, &count);
	add_partners(&s, &count);
	add_tasks(&s, &count);
	add_objecting(&s, &count);
	paper_add(s.p, BLOCK_CLOSING, "%s（盖章）", word_committee(&words, of));
	paper_add(s.p, BLOCK_CLOSING, "%s", word_day(&words, n->from_day));
	return s.p;
}
