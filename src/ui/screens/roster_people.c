/* One shift as a card: its places with who is on them, and who could be. */
#include "ui/screens/roster_people.h"

#include "base/day.h"
#include "base/pinyin.h"

#define CANDIDATES_MAX 80         /* shown; how many more there are is said */

const struct roster_place *roster_place_at(const struct roster_shift *s, int64_t need_id)
{
	for (size_t i = 0; s && need_id && i < s->n_places; i++)
		if (s->places[i].need.id == need_id)
			return &s->places[i];
	return NULL;
}

const struct roster_seat *roster_seat_at(const struct roster_shift *s, int64_t assignment_id)
{
	for (size_t i = 0; s && i < s->n_places; i++)
		for (size_t k = 0; k < s->places[i].n_seats; k++)
			if (s->places[i].seats[k].id == assignment_id)
				return &s->places[i].seats[k];
	return NULL;
}

void roster_shift_words(const struct app *app, const struct shift *s, struct strbuf *out)
{
	static const char *const names[] = { "一", "二", "三", "四", "五", "六", "日" };

	strbuf_format(out, "%s 周%s ", s->title[0] ? s->title : office_code_label(app->of, "service", s->service), names[day_weekday(s->day) - 1]);
	day_format_near(out, s->day, app->today);
	strbuf_add_char(out, ' ');
	time_format(out, s->begin_min);
	strbuf_add_char(out, '-');
	time_format(out, s->end_min);
}

static void add_head(const struct app *app, struct card_view *v, const struct shift *s)
{
	AUTO_STRBUF title = { 0 };
	AUTO_STRBUF state = { 0 };

	roster_shift_words(app, s, &title);
	card_view_line(v, strbuf_str(&title), STYLE_STRONG, 0, ROSTER_TAG_NONE);
	strbuf_format(&state, "%s · %s", office_code_label(app->of, "service", s->service), office_code_label(app->of, "shift_state", shift_state_key(s->state)));
	if (s->place[0])
		strbuf_format(&state, " · %s", s->place);
	if (s->grid[0])
		strbuf_format(&state, " · 网格 %s", s->grid);
	if (s->flexible)
		strbuf_add(&state, " · 时间随意");
	card_view_line(v, strbuf_str(&state), STYLE_TEXT, 0, ROSTER_TAG_NONE);
	if (s->cancelled_why[0])
		card_view_line(v, s->cancelled_why, STYLE_WARNING, 0, ROSTER_TAG_NONE);
	if (s->note[0])
		card_view_line(v, s->note, STYLE_DIM, 0, ROSTER_TAG_NONE);
}

static void add_seat(struct card_view *v, const struct roster_seat *seat, int64_t marked_id)
{
	AUTO_STRBUF line = { 0 };
	bool trouble = (seat->conflicts & ROSTER_BLOCKING) && seat->override_why[0] == '\0';

	strbuf_format(&line, "  %s %s", seat->attended ? "√" : seat->confirmed ? "+" : " ", seat->name);
	if (!seat->confirmed && !seat->attended)
		strbuf_add(&line, "  待确认");
	if (seat->pinned)
		strbuf_add(&line, "  已钉住");
	if (seat->id == marked_id)
		strbuf_add(&line, "  等互换");
	if (seat->conflicts & ROSTER_BLOCKING) {
		strbuf_add(&line, "  ");
		roster_conflict_words(seat->conflicts & ROSTER_BLOCKING, &line);
	}
	if (seat->override_why[0])
		strbuf_format(&line, "（%s）", seat->override_why);
	card_view_line(v, strbuf_str(&line), trouble ? STYLE_ERROR : STYLE_TEXT, seat->id, ROSTER_TAG_SEAT);
}

static void add_place(const struct app *app, struct card_view *v, const struct roster_place *p, const struct roster_people *people)
{
	AUTO_STRBUF line = { 0 };

	strbuf_format(&line, "%s%s %zu/%d", p->need.id == people->need_id ? ">" : " ", office_code_label(app->of, "shift_role", p->need.role), p->n_seats, p->need.headcount);
	if (p->need.skill[0])
		strbuf_format(&line, " · %s", office_code_label(app->of, "skill", p->need.skill));
	if (p->need.qualification[0])
		strbuf_format(&line, " · %s", office_code_label(app->of, "qualification_kind", p->need.qualification));
	card_view_line(v, strbuf_str(&line), p->n_seats >= (size_t)p->need.headcount ? STYLE_GOOD : STYLE_WARNING, p->need.id, ROSTER_TAG_PLACE);
	for (size_t i = 0; i < p->n_seats; i++)
		add_seat(v, &p->seats[i], people->marked_id);
}

static void add_candidate(struct card_view *v, const struct roster_candidate *c)
{
	bool blocked = c->conflicts & ROSTER_BLOCKING;
	AUTO_STRBUF line = { 0 };

	strbuf_format(&line, "%s %s  ", blocked ? "×" : " ", c->name);
	if (blocked)
		roster_conflict_words(c->conflicts & ROSTER_BLOCKING, &line);
	else
		strbuf_add(&line, c->reason);
	card_view_line(v, strbuf_str(&line), blocked ? STYLE_DIM : STYLE_TEXT, c->volunteer_id, ROSTER_TAG_CANDIDATE);
}

static void add_candidates(const struct app *app, struct card_view *v, const struct roster_place *p, const struct roster_people *people)
{
	AUTO_STRBUF heading = { 0 };
	size_t able = 0, shown = 0;

	if (people->looking && people->n == 0) {
		card_view_line(v, "正在看谁能来…", STYLE_DIM, 0, ROSTER_TAG_NONE);
		return;
	}
	for (size_t i = 0; i < people->n; i++)
		able += !(people->candidates[i].conflicts & ROSTER_BLOCKING);
	strbuf_format(&heading, "%s：%zu人可排，%zu人有冲突", office_code_label(app->of, "shift_role", p->need.role), able, people->n - able);
	card_view_heading(v, strbuf_str(&heading));
	for (size_t i = 0; i < people->n && shown < CANDIDATES_MAX; i++)
		if (pinyin_find(people->find, people->candidates[i].name)) {
			add_candidate(v, &people->candidates[i]);
			shown++;
		}
	if (shown < people->n) {
		AUTO_FREE char *more = people->find[0] ? mem_format("查找「%s」，另有 %zu 人没有列出", people->find, people->n - shown)
		                                       : mem_format("还有 %zu 人没有列出，按 / 查找", people->n - shown);

		card_view_line(v, more, STYLE_DIM, 0, ROSTER_TAG_NONE);
	}
}

void roster_people_card(const struct app *app, struct card_view *v, const struct roster_shift *s, const struct roster_people *people)
{
	const struct roster_place *place = roster_place_at(s, people->need_id);

	card_view_clear(v);
	if (s == NULL) {
		card_view_line(v, "这一格没有班次", STYLE_DIM, 0, ROSTER_TAG_NONE);
		return;
	}
	add_head(app, v, &s->shift);
	for (size_t i = 0; i < s->n_places; i++)
		add_place(app, v, &s->places[i], people);
	if (place)
		add_candidates(app, v, place, people);
}
