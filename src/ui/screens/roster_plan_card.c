/* A plan as a card: each shift today and as planned, with who is added and who stays; then what remains open and why, and who was refused. */
#include "ui/screens/roster_plan_card.h"

#include <string.h>

#include "base/day.h"
#include "ui/screens/roster_people.h"

int roster_plan_wanted(const struct roster_plan *p)
{
	int n = 0;

	for (size_t i = 0; i < p->n_added; i++)
		n += p->added[i].wanted;
	return n;
}

void roster_plan_seat_words(const struct app *app, const struct roster_planned *one, struct strbuf *out)
{
	strbuf_format(out, "%s  ", one->name);
	roster_shift_words(app, one->shift, out);
}

static void add_summary(struct card_view *v, const struct roster_plan *p)
{
	AUTO_STRBUF line = { 0 };
	int open = 0;

	for (size_t i = 0; i < p->n_open; i++)
		open += p->open[i].places;
	strbuf_format(&line, "新排 %zu，采用 %d；原有 %d 不动；空 %d", p->n_added, roster_plan_wanted(p), p->kept, open);
	card_view_line(v, strbuf_str(&line), STYLE_STRONG, 0, p->n_added > 0 ? PLAN_TAG_ALL : PLAN_TAG_NONE);
	strbuf_truncate(&line, 0);
	if (p->proven)
		strbuf_add(&line, "已证明没有更好的排法");
	else if (p->at_most > 0)
		strbuf_format(&line, "最多还能再多排上 %d 个位子", p->at_most);
	else
		strbuf_add(&line, "位子已经排到最多，先后还可能更顺");
	if (p->cut)
		strbuf_add(&line, "；这台电脑慢，提前停下，再排一次结果可能不同");
	card_view_line(v, strbuf_str(&line), p->proven ? STYLE_GOOD : STYLE_NOTICE, 0, PLAN_TAG_NONE);
}

/* Shifts ----------------------------------------------------------------------------------------------------------------------------- */

/* Who is added to one shift: a stretch of the plan. */
struct stretch {
	size_t first, end;
	int wanted;
};

static struct stretch added_to(const struct roster_plan *p, const struct roster_shift *shift, size_t from)
{
	struct stretch s = { from, from, 0 };

	for (; s.end < p->n_added && p->added[s.end].shift_id == shift->shift.id; s.end++)
		s.wanted += p->added[s.end].wanted;
	return s;
}

/* 午餐送餐 周三 明天 10:30-12:30 · 7/9 → 9/9 */
static void add_shift(const struct app *app, struct card_view *v, const struct roster_shift *shift, int added)
{
	AUTO_STRBUF words = { 0 };

	roster_shift_words(app, &shift->shift, &words);
	strbuf_format(&words, " · %d/%d", shift->filled, shift->wanted);
	if (added > 0)
		strbuf_format(&words, " → %d/%d", shift->filled + added, shift->wanted);
	card_view_heading(v, strbuf_str(&words));
}

static const char *role_words(const struct app *app, const struct roster_shift *shift, const char *role)
{
	return shift->n_places > 1 ? office_code_label(app->of, "shift_role", role) : "";
}

static void add_kept(const struct app *app, struct card_view *v, const struct roster_shift *shift)
{
	for (size_t i = 0; i < shift->n_places; i++)
		for (size_t k = 0; k < shift->places[i].n_seats; k++) {
			const struct roster_seat *seat = &shift->places[i].seats[k];
			const char *role = role_words(app, shift, shift->places[i].need.role);
			AUTO_FREE char *line = mem_format("    %s  %s%s原有%s%s", seat->name, role, role[0] ? " · " : "", seat->pinned ? " · 已钉住" : "",
			                                  seat->confirmed ? " · 已确认" : "");

			card_view_line(v, line, STYLE_DIM, 0, PLAN_TAG_NONE);
		}
}

static void add_added(const struct app *app, struct card_view *v, const struct roster_plan *p, const struct roster_shift *shift, struct stretch s)
{
	for (size_t i = s.first; i < s.end; i++) {
		const struct roster_planned *one = &p->added[i];
		const char *role = role_words(app, shift, one->role);
		AUTO_FREE char *line = mem_format("[%s] %s  %s%s%s", one->wanted ? "√" : " ", one->name, role, role[0] ? " · " : "", one->reason);

		card_view_line(v, line, one->wanted ? STYLE_TEXT : STYLE_DIM, (int64_t)i + 1, PLAN_TAG_ADDED);
	}
}

/* Both the shifts and who is added are by day and begin. */
static void add_shifts(const struct app *app, struct card_view *v, const struct plan_view *view)
{
	const struct roster_plan *p = view->plan;
	size_t at = 0;

	for (size_t i = 0; i < p->n_shifts; i++) {
		struct stretch s = added_to(p, p->shifts[i], at);

		at = s.end;
		if (s.first == s.end && !(view->kept && p->shifts[i]->filled > 0))
			continue;
		add_shift(app, v, p->shifts[i], s.wanted);
		if (view->kept)
			add_kept(app, v, p->shifts[i]);
		add_added(app, v, p, p->shifts[i], s);
	}
}

/* What is not as it should be ------------------------------------------------------------------------------------------------------------ */

static void add_clash(const struct app *app, struct card_view *v, const struct shift *shift, const struct roster_seat *seat)
{
	AUTO_STRBUF line = { 0 };

	strbuf_format(&line, "%s  ", seat->name);
	roster_shift_words(app, shift, &line);
	strbuf_add(&line, "：");
	roster_conflict_words(seat->conflicts & ROSTER_BLOCKING, &line);
	if (seat->override_why[0])
		strbuf_format(&line, "（%s）", seat->override_why);
	card_view_line(v, strbuf_str(&line), seat->override_why[0] ? STYLE_DIM : STYLE_WARNING, 0, PLAN_TAG_NONE);
}

/* Who stands against the rules: pinned, or put there with a reason, or things have changed since. */
static void add_clashes(const struct app *app, struct card_view *v, const struct roster_plan *p)
{
	bool any = false;

	for (size_t i = 0; i < p->n_shifts; i++)
		for (size_t k = 0; k < p->shifts[i]->n_places; k++)
			for (size_t j = 0; j < p->shifts[i]->places[k].n_seats; j++) {
				const struct roster_seat *seat = &p->shifts[i]->places[k].seats[j];

				if (!(seat->conflicts & ROSTER_BLOCKING))
					continue;
				if (!any)
					card_view_heading(v, "原有的人里有冲突，没有动");
				any = true;
				add_clash(app, v, &p->shifts[i]->shift, seat);
			}
}

/* Whether two stay open for one reason: the same shift of another day, for the same people. */
static bool is_same_reason(const struct roster_open *a, const struct roster_open *b)
{
	return strcmp(a->why, b->why) == 0 && strcmp(a->role, b->role) == 0 && strcmp(a->shift->title, b->shift->title) == 0 &&
	       strcmp(a->shift->service, b->shift->service) == 0 && a->shift->begin_min == b->shift->begin_min && a->shift->end_min == b->shift->end_min;
}

/* All that stay open for the reason of `open`, the first of them; each with its day. */
static void add_open(const struct app *app, struct card_view *v, const struct roster_open *open, const struct roster_open *end)
{
	AUTO_STRBUF line = { 0 };
	int places = 0, n = 0;

	for (const struct roster_open *o = open; o < end; o++) {
		if (!is_same_reason(open, o))
			continue;
		if (n++ == 0) {
			roster_shift_words(app, o->shift, &line);
		} else {
			strbuf_add(&line, "、");
			day_format_near(&line, o->shift->day, app->today);
		}
		places += o->places;
	}
	strbuf_format(&line, " %s%s空%d位：%s", office_code_label(app->of, "shift_role", open->role), n > 1 ? "共" : "", places, open->why);
	card_view_line(v, strbuf_str(&line), STYLE_WARNING, 0, PLAN_TAG_NONE);
}

static void add_all_open(const struct app *app, struct card_view *v, const struct roster_plan *p)
{
	if (p->n_open > 0)
		card_view_heading(v, "还空着");
	for (size_t i = 0; i < p->n_open; i++) {
		bool said = false;

		for (size_t k = 0; k < i && !said; k++)
			said = is_same_reason(&p->open[k], &p->open[i]);
		if (!said)
			add_open(app, v, &p->open[i], p->open + p->n_open);
	}
}

static void add_refusals(struct card_view *v, const struct plan_view *view)
{
	if (view->n_refusals > 0)
		card_view_heading(v, "去掉了勾，不排的");
	for (size_t i = 0; i < view->n_refusals; i++) {
		const struct plan_refusal *r = &view->refusals[i];
		AUTO_FREE char *line = mem_format("[%s] %s%s", r->again ? "√" : " ", r->words, r->again ? "  再排时可以排" : "");

		card_view_line(v, line, r->again ? STYLE_TEXT : STYLE_DIM, (int64_t)i + 1, PLAN_TAG_REFUSED);
	}
}

void roster_plan_card(const struct app *app, struct card_view *v, const struct plan_view *view)
{
	add_summary(v, view->plan);
	add_shifts(app, v, view);
	add_all_open(app, v, view->plan);
	add_clashes(app, v, view->plan);
	add_refusals(v, view);
}
