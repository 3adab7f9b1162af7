/* How well somebody suits a place, in the weights of [roster], and the same in words. */
#include "roster_inside.h"

#include "base/day.h"
#include "base/strbuf.h"

#define WEEK 7

int roster_cost(const struct office *of, const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                unsigned conflicts)
{
	const struct settings *s = of->settings;
	bool said;
	enum availability_degree degree = roster_degree(&p->v, spot, &said);
	int cost = 0;

	if (degree == AVAILABLE_WILLING && said)
		cost -= s->weight_willing;
	if (degree == AVAILABLE_UNWILLING || (conflicts & ROSTER_SERVICE))
		cost += s->weight_unwilling;
	if (conflicts & ROSTER_FAR)
		cost += s->weight_far;
	if (spot->template_id && roster_been_times(people, p->v.id, spot->template_id) > 0)
		cost -= s->weight_known;
	return cost;
}

int roster_carried_minutes(const struct roster_people *people, int64_t volunteer_id, int32_t monday)
{
	size_t n;
	const struct roster_stand *stands = roster_stands_of(people, volunteer_id, &n);
	int minutes = 0;

	for (size_t i = 0; i < n; i++)
		if (stands[i].day < monday && stands[i].day >= monday - WEEK * ROSTER_CARRIED_WEEKS)
			minutes += stands[i].end_min - stands[i].begin_min;
	return minutes;
}

int roster_carried_cost(const struct office *of)
{
	return of->settings->weight_fair / 10;
}

int roster_score(const struct office *of, const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot,
                 unsigned conflicts)
{
	int32_t monday = day_monday(spot->day);
	int fair = of->settings->weight_fair * (2 * roster_shifts_in_week(people, p->v.id, monday) + 1);
	int carried = roster_carried_minutes(people, p->v.id, monday) / ROSTER_CARRIED_UNIT * roster_carried_cost(of);

	return -(roster_cost(of, people, p, spot, conflicts) + fair + carried);
}

static void add_word(struct strbuf *out, const char *word)
{
	strbuf_format(out, "%s%s", out->n ? " · " : "", word);
}

static void add_count(struct strbuf *out, const char *before, int n, const char *after)
{
	strbuf_format(out, "%s%s%d%s", out->n ? " · " : "", before, n, after);
}

static const char *degree_words(enum availability_degree degree, bool said)
{
	if (!said)
		return "没填时段";
	return degree == AVAILABLE_WILLING ? "愿意" : degree == AVAILABLE_UNWILLING ? "" : "空闲";
}

void roster_reason(const struct roster_people *people, const struct roster_person *p, const struct roster_spot *spot, unsigned conflicts,
                   struct strbuf *out)
{
	AUTO_STRBUF words = { 0 };
	int32_t monday = day_monday(spot->day);
	int week = roster_shifts_in_week(people, p->v.id, monday), last = roster_shifts_in_week(people, p->v.id, monday - WEEK);
	int been = spot->template_id ? roster_been_times(people, p->v.id, spot->template_id) : 0;
	bool said;
	enum availability_degree degree = roster_degree(&p->v, spot, &said);

	roster_conflict_words(conflicts, &words);
	if (conflicts)
		add_word(out, strbuf_str(&words));
	if (!(conflicts & (ROSTER_ABSENT | ROSTER_UNAVAILABLE)) && degree_words(degree, said)[0])
		add_word(out, degree_words(degree, said));
	if (spot->grid_id && !(conflicts & ROSTER_FAR))
		add_word(out, "本网格");
	if (week > 0)
		add_count(out, "本周", week, "班");
	add_count(out, "上周", last, "班");
	if (been > 0)
		add_count(out, "去过", been, "次");
}
