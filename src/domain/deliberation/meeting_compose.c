/* The first text of the minutes: what was recorded, in the manner of an office. */
#include "meeting_rules.h"

#include <string.h>

#include "issue/issue_rules.h"
#include "base/day.h"
#include "base/text.h"

/* 一 … 十 … 九十九 */
static void add_ordinal(struct strbuf *out, size_t n)
{
	static const char *const digits[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

	if (n > 99) {
		strbuf_format(out, "%zu", n);
		return;
	}
	if (n >= 10)
		strbuf_format(out, "%s十", n >= 20 ? digits[n / 10] : "");
	strbuf_add(out, digits[n % 10]);
}

static void add_label(const struct office *of, struct strbuf *out, const char *list, const char *code)
{
	strbuf_add(out, office_code_label(of, list, code));
}

/* Head --------------------------------------------------------------------------------------------------------------------------- */

/* As it was held where it was kept the same day, else as it was called: a meeting may be noted afterwards. */
static void add_time(struct strbuf *out, const struct meeting *m)
{
	bool held = m->begun_at && day_of_instant(m->begun_at) == m->day;
	int year, month, day;

	day_to_civil(m->day, &year, &month, &day);
	strbuf_format(out, "时间：%d年%d月%d日 ", year, month, day);
	time_format(out, held ? minutes_of_instant(m->begun_at) : m->begin_min);
	strbuf_add(out, "至");
	time_format(out, held && m->ended_at && day_of_instant(m->ended_at) == m->day ? minutes_of_instant(m->ended_at) : m->end_min);
	strbuf_add_char(out, '\n');
}

static void add_people(const struct office *of, struct strbuf *out, const struct meeting *m, bool present, const char *heading)
{
	const char *between = heading;

	for (size_t i = 0; i < m->n_attendees; i++) {
		const struct meeting_attendee *who = &m->attendees[i];

		if ((who->present_at != 0) != present)
			continue;
		strbuf_format(out, "%s%s（", between, who->name);
		add_label(of, out, "attendee_category", who->category);
		if (who->represents[0])
			strbuf_format(out, "，代表%s", who->represents);
		strbuf_format(out, "%s）", who->invited ? "" : "，列席");
		between = "、";
	}
	if (between != heading)
		strbuf_add_char(out, '\n');
}

static void add_head(const struct office *of, struct strbuf *out, const struct meeting *m)
{
	strbuf_format(out, "会议：%s（%s）\n", m->title, m->number);
	add_time(out, m);
	strbuf_format(out, "地点：%s\n形式：", m->place);
	add_label(of, out, "meeting_kind", m->kind);
	strbuf_add(out, "，");
	add_label(of, out, "meeting_level", m->level);
	strbuf_add(out, "，");
	add_label(of, out, "meeting_basis", m->basis);
	strbuf_format(out, "\n主持：%s　记录：%s\n", m->host, m->recorder);
	strbuf_format(out, "应到：%d 人　实到：%d 人（%s，需 %d 人，%s）\n", m->expected, m->present, m->quorum.label,
	              quorum_needed(&m->quorum, m->expected), quorum_reached(&m->quorum, m->expected, m->present) ? "已达到" : "未达到");
	add_people(of, out, m, true, "到会：");
	add_people(of, out, m, false, "缺席：");
}

/* Items -------------------------------------------------------------------------------------------------------------------------- */

static void add_opinions(const struct office *of, struct strbuf *out, const struct meeting_slot *slot)
{
	if (slot->n_opinions)
		strbuf_add(out, "发言：\n");
	for (size_t i = 0; i < slot->n_opinions; i++) {
		const struct meeting_opinion *o = &slot->opinions[i];

		strbuf_format(out, "　　%s（", o->name);
		add_label(of, out, "stance", o->stance);
		strbuf_format(out, "）%s%s\n", text_is_blank(o->text) ? "" : "：", o->text);
	}
}

static void add_recusals(struct strbuf *out, const struct meeting_slot *slot)
{
	for (size_t i = 0; i < slot->n_recusals; i++)
		strbuf_format(out, "%s%s（%s）", i ? "、" : "回避：", slot->recusals[i].name, slot->recusals[i].reason);
	if (slot->n_recusals)
		strbuf_add_char(out, '\n');
}

static void add_ballot(const struct office *of, struct strbuf *out, const struct meeting_ballot *b)
{
	const struct ballot_count *c = &b->count;

	strbuf_add(out, "表决：");
	if (b->alternative[0])
		strbuf_format(out, "方案「%s」，", b->alternative);
	add_label(of, out, "ballot_way", ballot_way_key(c->way));
	strbuf_format(out, "，参加 %lld %s，赞成 %lld，反对 %lld，弃权 %lld，回避 %lld", (long long)c->present, c->way == BALLOT_INQUIRY ? "户" : "人",
	              (long long)c->for_n, (long long)c->against_n, (long long)c->abstain_n, (long long)c->recused_n);
	if (c->invalid_n)
		strbuf_format(out, "，废票 %lld", (long long)c->invalid_n);
	strbuf_add(out, "。\n　　");
	ballot_explain(c, out);
	strbuf_format(out, "，%s。计票人%s，监票人%s。\n", b->passed ? "通过" : "不通过", b->teller, b->supervisor);
}

static void add_slot(const struct office *of, struct strbuf *out, const struct meeting_slot *slot, size_t number)
{
	strbuf_add_char(out, '\n');
	add_ordinal(out, number);
	strbuf_format(out, "、%s（%s）\n", slot->title, slot->number);
	if (!text_is_blank(slot->note))
		strbuf_format(out, "说明：%s\n", slot->note);
	add_recusals(out, slot);
	add_opinions(of, out, slot);
	for (size_t i = 0; i < slot->n_ballots; i++)
		add_ballot(of, out, &slot->ballots[i]);
	if (slot->outcome == SLOT_OPEN)
		return;
	strbuf_add(out, "结果：");
	add_label(of, out, "slot_outcome", slot_outcome_key(slot->outcome));
	strbuf_add(out, slot->outcome == SLOT_UNREACHED || slot->outcome == SLOT_DEFERRED ? "，退回议题池。\n" : "。\n");
}

void meeting_compose_minutes(const struct office *of, const struct meeting *m, struct strbuf *out)
{
	add_head(of, out, m);
	for (size_t i = 0; i < m->n_slots; i++)
		add_slot(of, out, &m->slots[i], i + 1);
}
