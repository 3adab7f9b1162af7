/* Why places stay open, in words: who lacks what, and what keeps those who could from it. */
#include "roster_inside.h"

#include "base/strbuf.h"

#define LOT 1024                         /* people counted in one slice */

/* What keeps those from it who have what it takes, the first that applies. */
static const struct {
	enum roster_conflict_bit bit;
	const char *words;
} obstacles[] = {
	{ ROSTER_BIT_ABSENT, "请假" }, { ROSTER_BIT_UNAVAILABLE, "这时没空" }, { ROSTER_BIT_OVERLAP, "同时有别的班" },
	{ ROSTER_BIT_OVER_CAP, "已到每周上限" }, { ROSTER_BIT_APART, "不能和班上的人同班" },
};

static void count(const struct office *of, const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                  struct roster_tally *out)
{
	unsigned conflicts = roster_conflicts(of, people, p, spot, NULL);
	size_t i = 0;

	if (!p->rostered)
		return;
	out->rostered++;
	if (roster_stands_on(people, p->v.id, spot->shift_id)) {
		out->on_it++;
		return;
	}
	if (conflicts & ROSTER_SERVICE) {
		out->unwanted++;
		return;
	}
	if (conflicts & ROSTER_SKILL) {
		out->unskilled++;
		return;
	}
	if (conflicts & ROSTER_QUALIFICATION) {
		out->uncertified++;
		out->lacking = volunteer_lacks(of, &p->v, spot->service, spot->qualification, spot->day);
		return;
	}
	out->able++;
	while (i < COUNT(obstacles) && !(conflicts & 1U << obstacles[i].bit))
		i++;
	if (i < COUNT(obstacles))
		out->kept[obstacles[i].bit]++;
	else
		out->free++;
}

static void add_able(const struct roster_tally *t, struct strbuf *out)
{
	const char *between = "";

	strbuf_format(out, "能做的%d人里：", t->able);
	for (size_t i = 0; i < COUNT(obstacles); i++)
		if (t->kept[obstacles[i].bit] > 0) {
			strbuf_format(out, "%s%s%d人", between, obstacles[i].words, t->kept[obstacles[i].bit]);
			between = " · ";
		}
	if (t->free > 0)
		strbuf_format(out, "%s有空%d人，可以手工排", between, t->free);
}

static void add_unable(const struct office *of, const struct roster_tally *t, const struct roster_spot *spot, const char *between, struct strbuf *out)
{
	if (t->unskilled > 0) {
		strbuf_format(out, "%s%d人不会%s", between, t->unskilled, office_code_label(of, "skill", spot->skill));
		between = "、";
	}
	if (t->uncertified > 0) {
		strbuf_format(out, "%s%d人缺%s", between, t->uncertified, office_code_label(of, "qualification_kind", t->lacking));
		between = "、";
	}
	if (t->unwanted > 0)
		strbuf_format(out, "%s%d人没报%s", between, t->unwanted, office_code_label(of, "service", spot->service));
}

bool roster_open_count(const struct office *of, const struct roster_people *people, const struct roster_spot *spot, struct roster_tally *t)
{
	for (size_t end = t->next_person + LOT; t->next_person < people->n && t->next_person < end; t->next_person++)
		count(of, people, &people->list[t->next_person], spot, t);
	return t->next_person < people->n;
}

/* Whoever could come is wanted elsewhere too: no exchange helps, for all these shifts together have too few. */
static void add_group(const struct assign_open *group, struct strbuf *out)
{
	if (group->kind == ASSIGN_OPEN_TAKEN && group->group_shifts > 1 && group->group_people < group->group_places)
		strbuf_format(out, "；相连的%d个班次共要%d人，能来的只有%d人", group->group_shifts, group->group_places, group->group_people);
}

void roster_open_words(const struct office *of, const struct roster_tally *t, const struct roster_spot *spot, const struct assign_open *group,
                       struct strbuf *out)
{
	const char *between = "";

	if (t->rostered == 0) {
		strbuf_add(out, "没有在岗的志愿者");
		return;
	}
	if (t->able > 0) {
		add_able(t, out);
		between = " · 另有";
	} else if (t->rostered == t->on_it) {
		strbuf_add(out, "在岗的人都已经在这个班上");
	} else {
		strbuf_add(out, "没有别的人能做");
		between = "：";
	}
	add_unable(of, t, spot, between, out);
	if (group)
		add_group(group, out);
}
