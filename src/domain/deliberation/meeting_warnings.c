/* What is not as it should be with a meeting. Said, never blocking. */
#include "meeting_rules.h"

#include "base/day.h"

struct warnings {
	struct office *of;
	const struct meeting *m;
	struct arena *arena;
	const char **out;
	size_t n, max;
};

static void warn(struct warnings *w, const char *text)
{
	if (w->n < w->max)
		w->out[w->n++] = text;
}

static void check_notice(struct warnings *w)
{
	int32_t notice = w->of->settings->notice_days;
	const struct meeting *m = w->m;
	int32_t days;

	if (m->announced_day == DAY_NONE && m->status != MEETING_DRAFT) {
		warn(w, arena_format(w->arena, "没有通知的记录，一般要提前 %d 天通知", notice));
		return;
	}
	days = m->day - (m->announced_day == DAY_NONE ? office_today(w->of) : m->announced_day);
	if (days >= notice)
		return;
	if (m->announced_day == DAY_NONE)
		warn(w, days < 0 ? "会议日期已过，还没有通知" : arena_format(w->arena, "离会期只有 %d 天，还没有通知，一般要提前 %d 天", days, notice));
	else
		warn(w, arena_format(w->arena, "提前 %d 天通知的，一般要提前 %d 天", days, notice));
}

static void check_length(struct warnings *w)
{
	int length = w->m->end_min - w->m->begin_min;

	if (w->m->planned_min > length)
		warn(w, arena_format(w->arena, "议程共 %d 分钟，会议只有 %d 分钟", w->m->planned_min, length));
}

static void check_interested(struct warnings *w)
{
	const struct interested *missing;
	struct err e = { 0 };
	size_t n;

	if (meeting_interested(w->of, w->m->id, w->arena, &missing, &n, &e) != RC_OK)
		return;
	for (size_t i = 0; i < n; i++)
		warn(w, arena_format(w->arena, "%s 的利害关系方%s没有邀请", missing[i].item, missing[i].name));
}

static void check_people(struct warnings *w)
{
	const struct meeting *m = w->m;

	if (m->begun_at && !quorum_reached(&m->quorum, m->expected, m->present))
		warn(w, arena_format(w->arena, "实到 %d 人，不足应到 %d 人的法定人数 %d 人（%s）", m->present, m->expected,
		                     quorum_needed(&m->quorum, m->expected), m->quorum.label));
	if (m->n_attendees == 0)
		warn(w, "还没有邀请人");
	if (m->n_slots == 0)
		warn(w, "还没有排入议题");
}

size_t meeting_warnings(struct office *of, const struct meeting *m, struct arena *a, const char **out, size_t max)
{
	struct warnings w = { .of = of, .m = m, .arena = a, .out = out, .max = max };

	if (m->status == MEETING_CANCELLED)
		return 0;
	check_notice(&w);
	check_length(&w);
	check_interested(&w);
	check_people(&w);
	return w.n;
}
