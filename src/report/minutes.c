/* 协商议事记录表: how a meeting was called, who was there, what was said and decided on each item, and who stands for it with a signature. */
#include "report/paper.h"

#include "base/day.h"
#include "base/text.h"
#include "model.h"
#include "words.h"

#define BODY_POINTS 10.5
#define NAMES_A_LINE 5                 /* signatures that fit side by side */
#define SIGN_LINES_MOST 8

static const struct table_column attendee_columns[] = { { "序号", 8 }, { "姓名", 20 }, { "身份", 18 }, { "代表", 36 }, { "到会", 18 }, { 0 } };
static const struct table_column opinion_columns[] = { { "发言人", 16 }, { "态度", 10 }, { "发言", 74 }, { 0 } };
static const struct table_column recusal_columns[] = { { "回避人", 26 }, { "回避的理由", 74 }, { 0 } };
static const struct table_column count_columns[] = {
	{ "参加", 16 }, { "赞成", 16 }, { "反对", 17 }, { "弃权", 17 }, { "回避", 17 }, { "废票", 17 }, { 0 }
};
static const struct table_column double_columns[] = { { "双过半", 20 }, { "全部", 20 }, { "赞成", 20 }, { "反对", 20 }, { "弃权", 20 }, { 0 } };

struct minutes {
	const struct office *of;
	const struct meeting *m;
	struct paper *p;
	struct arena *a;              /* of words that are copied into the paper */
};

#define LABEL(words) { .text = (words), .share = 14, .label = true }
#define VALUE(words, wide) { .text = (words), .share = (wide), .label = false }
#define HALF 36
#define WHOLE 86

/* How it was called --------------------------------------------------------------------------------------------------------------- */

static const char *when_it_was(struct minutes *s)
{
	const struct meeting *m = s->m;
	const char *planned = arena_format(s->a, "%s %s", word_day(s->a, m->day), word_span(s->a, m->begin_min, m->end_min));

	if (m->begun_at == 0)
		return planned;
	if (m->ended_at == 0)
		return arena_format(s->a, "%s（实际 %s 开始）", planned, word_instant(s->a, m->begun_at));
	return arena_format(s->a, "%s（实际 %s）", planned, word_span(s->a, minutes_of_instant(m->begun_at), minutes_of_instant(m->ended_at)));
}

static const char *how_many_came(struct minutes *s)
{
	const struct meeting *m = s->m;
	const char *label = m->quorum.label ? m->quorum.label : "";
	const char *so = m->begun_at == 0 ? "会议还没有开始" : quorum_reached(&m->quorum, m->expected, m->present) ? "已达到" : "没有达到";

	return arena_format(s->a, "%s%s需要 %d 人，%s", label, *label ? "：" : "", quorum_needed(&m->quorum, m->expected), so);
}

static const char *how_it_stands(struct minutes *s)
{
	const struct meeting *m = s->m;

	if (m->status != MEETING_CONFIRMED)
		return arena_format(s->a, "%s，纪要没有确认", office_code_label(s->of, "meeting_status", meeting_status_key(m->status)));
	return arena_format(s->a, "纪要已确认%s%s%s%s", m->confirmed_at ? "：" : "", word_instant(s->a, m->confirmed_at),
	                    text_is_blank(m->confirmer) ? "" : " ", text_is_blank(m->confirmer) ? "" : m->confirmer);
}

static void add_facts(struct minutes *s)
{
	const struct meeting *m = s->m;
	const char *told = m->announced_day == DAY_NONE ? "没有通知" : word_day(s->a, m->announced_day);

	PAPER_ROW(s->p, LABEL("编号"), VALUE(m->number, HALF), LABEL("形式"), VALUE(office_code_label(s->of, "meeting_kind", m->kind), HALF));
	PAPER_ROW(s->p, LABEL("名称"), VALUE(m->title, HALF), LABEL("层级"), VALUE(office_code_label(s->of, "meeting_level", m->level), HALF));
	PAPER_ROW(s->p, LABEL("时间"), VALUE(when_it_was(s), WHOLE));
	PAPER_ROW(s->p, LABEL("地点"), VALUE(m->place, WHOLE));
	PAPER_ROW(s->p, LABEL("主持人"), VALUE(m->host, HALF), LABEL("记录人"), VALUE(m->recorder, HALF));
	PAPER_ROW(s->p, LABEL("召集依据"), VALUE(office_code_label(s->of, "meeting_basis", m->basis), HALF), LABEL("通知日期"), VALUE(told, HALF));
	PAPER_ROW(s->p, LABEL("应到"), VALUE(arena_format(s->a, "%d 人", m->expected), HALF),
	          LABEL("实到"), VALUE(arena_format(s->a, "%d 人", m->present), HALF));
	PAPER_ROW(s->p, LABEL("到会要求"), VALUE(how_many_came(s), WHOLE));
	PAPER_ROW(s->p, LABEL("状态"), VALUE(how_it_stands(s), WHOLE));
}

static void add_attendees(struct minutes *s)
{
	paper_add(s->p, BLOCK_HEADING, "参会名单");
	if (s->m->n_attendees == 0) {
		paper_add(s->p, BLOCK_TEXT, "没有登记参会人。");
		return;
	}
	paper_add_head(s->p, attendee_columns);
	for (size_t i = 0; i < s->m->n_attendees; i++) {
		const struct meeting_attendee *at = &s->m->attendees[i];
		const char *here = !at->present_at ? "未到" : at->invited ? "到会" : "到会（未邀请）";

		paper_add_table_row(s->p, attendee_columns, (const char *const[]){ word_number(s->a, (int64_t)i + 1), at->name,
			office_code_label(s->of, "attendee_category", at->category), at->represents, here });
	}
}

/* What was said and decided ------------------------------------------------------------------------------------------------------- */

static void add_recusals(struct minutes *s, const struct meeting_slot *slot)
{
	if (slot->n_recusals == 0)
		return;
	paper_add_head(s->p, recusal_columns);
	for (size_t i = 0; i < slot->n_recusals; i++)
		paper_add_table_row(s->p, recusal_columns, (const char *const[]){ slot->recusals[i].name, slot->recusals[i].reason });
}

static void add_opinions(struct minutes *s, const struct meeting_slot *slot)
{
	if (slot->n_opinions == 0)
		return;
	paper_add_head(s->p, opinion_columns);
	for (size_t i = 0; i < slot->n_opinions; i++) {
		const struct meeting_opinion *said = &slot->opinions[i];

		paper_add_table_row(s->p, opinion_columns, (const char *const[]){ said->name, office_code_label(s->of, "stance", said->stance), said->text });
	}
}

static void add_double(struct minutes *s, const struct ballot_count *c)
{
	paper_add_head(s->p, double_columns);
	paper_add_table_row(s->p, double_columns, (const char *const[]){ "户数（户）", word_number(s->a, c->all_households),
		word_number(s->a, c->for_households), word_number(s->a, c->against_households), word_number(s->a, c->abstain_households) });
	paper_add_table_row(s->p, double_columns, (const char *const[]){ "面积（平方米）", word_number(s->a, c->all_area),
		word_number(s->a, c->for_area), word_number(s->a, c->against_area), word_number(s->a, c->abstain_area) });
}

static void add_ballot(struct minutes *s, const struct meeting_ballot *b, size_t number)
{
	const struct ballot_count *c = &b->count;
	const char *what = text_is_blank(b->alternative) ? "议题本身" : b->alternative;
	const char *result = office_code_label(s->of, "ballot_result", b->passed ? "passed" : "failed");
	AUTO_STRBUF why = { 0 };

	ballot_explain(c, &why);
	PAPER_ROW(s->p, LABEL(arena_format(s->a, "表决 %zu", number)), VALUE(what, WHOLE));
	PAPER_ROW(s->p, LABEL("方式"), VALUE(office_code_label(s->of, "ballot_way", ballot_way_key(c->way)), HALF),
	          LABEL("规则"), VALUE(office_code_label(s->of, "ballot_rule", ballot_rule_key(c->rule)), HALF));
	paper_add_head(s->p, count_columns);
	paper_add_table_row(s->p, count_columns, (const char *const[]){ word_number(s->a, c->present), word_number(s->a, c->for_n),
		word_number(s->a, c->against_n), word_number(s->a, c->abstain_n), word_number(s->a, c->recused_n), word_number(s->a, c->invalid_n) });
	if (c->rule == BALLOT_DOUBLE)
		add_double(s, c);
	PAPER_ROW(s->p, LABEL("计票人"), VALUE(b->teller, HALF), LABEL("监票人"), VALUE(b->supervisor, HALF));
	PAPER_ROW(s->p, LABEL("表决结果"), VALUE(arena_format(s->a, "%s（%s）", result, strbuf_str(&why)), WHOLE));
}

static void add_outcome(struct minutes *s, const struct meeting_slot *slot)
{
	const char *outcome = office_code_label(s->of, "slot_outcome", slot_outcome_key(slot->outcome));

	PAPER_ROW(s->p, LABEL("结果"), VALUE(arena_format(s->a, "%s%s%s", *outcome ? outcome : "还没有结果",
	                                                  text_is_blank(slot->decision) ? "" : "，决议编号 ", text_is_blank(slot->decision) ? "" : slot->decision), WHOLE));
}

static void add_slot(struct minutes *s, const struct meeting_slot *slot, size_t number)
{
	paper_add(s->p, BLOCK_HEADING, "议题 %zu：%s%s%s%s", number, slot->title, text_is_blank(slot->number) ? "" : "（",
	          text_is_blank(slot->number) ? "" : slot->number, text_is_blank(slot->number) ? "" : "）");
	paper_add_lines(s->p, BLOCK_TEXT, slot->note);
	add_opinions(s, slot);
	add_recusals(s, slot);
	for (size_t i = 0; i < slot->n_ballots; i++)
		add_ballot(s, &slot->ballots[i], i + 1);
	add_outcome(s, slot);
}

/* The minutes, and what was put right ------------------------------------------------------------------------------------------- */

static void add_minutes(struct minutes *s)
{
	paper_add(s->p, BLOCK_HEADING, "会议纪要");
	if (text_is_blank(s->m->minutes))
		paper_add(s->p, BLOCK_TEXT, "还没有写纪要。");
	else
		paper_add_lines(s->p, BLOCK_INDENTED, s->m->minutes);
}

static void add_amendments(struct minutes *s)
{
	if (s->m->n_amendments == 0)
		return;
	paper_add(s->p, BLOCK_HEADING, "更正（原文不改）");
	for (size_t i = 0; i < s->m->n_amendments; i++) {
		const struct meeting_amendment *am = &s->m->amendments[i];

		PAPER_ROW(s->p, LABEL(arena_format(s->a, "更正 %zu", i + 1)),
		          VALUE(arena_format(s->a, "%s %s，理由：%s", word_instant(s->a, am->at), am->who, am->reason), WHOLE));
		PAPER_ROW(s->p, LABEL("更正内容"), VALUE(am->text, WHOLE));
	}
}

/* Lines enough for those who were there. */
static void add_signatures(struct minutes *s)
{
	static const char *const officers[] = { "主持人（签字）：", "记录人（签字）：" };
	static const char *const first[] = { "参会代表（签字）：" }, *const more[] = { "" };
	int lines = (s->m->present + NAMES_A_LINE - 1) / NAMES_A_LINE;

	paper_add(s->p, BLOCK_HEADING, "签字");
	paper_add_sign(s->p, officers, COUNT(officers));
	paper_add_sign(s->p, first, 1);
	for (int i = 1; i < lines && i < SIGN_LINES_MOST; i++)
		paper_add_sign(s->p, more, 1);
}

struct paper *paper_of_minutes(const struct office *of, const struct meeting *m)
{
	AUTO_ARENA words = { 0 };
	struct minutes s = { .of = of, .m = m, .a = &words };

	s.p = paper_new(m->number, "记录表", BODY_POINTS);
	paper_add(s.p, BLOCK_TITLE, "协商议事记录表");
	paper_add(s.p, BLOCK_REMARK, "%s", word_committee(&words, of));
	add_facts(&s);
	add_attendees(&s);
	for (size_t i = 0; i < m->n_slots; i++)
		add_slot(&s, &m->slots[i], i + 1);
	if (m->n_slots == 0) {
		paper_add(s.p, BLOCK_HEADING, "议题");
		paper_add(s.p, BLOCK_TEXT, "没有安排议题。");
	}
	add_minutes(&s);
	add_amendments(&s);
	add_signatures(&s);
	return s.p;
}
