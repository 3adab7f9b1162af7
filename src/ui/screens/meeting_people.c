/* The people of a meeting: who comes, who says what, who steps aside. */
#include "ui/screens/meeting_screen.h"

#include "ui/screens/meeting_room.h"
#include "ui/widgets/deliberation_cards.h"

struct next meeting_do_sign(struct app *app, struct meeting_screen *s)
{
	const struct meeting_attendee *a = meeting_attendee_at(&s->meeting, meeting_person_here(s));
	bool came = a->present_at == 0;
	AUTO_FREE char *said = mem_format("%s %s", a->name, came ? "已签到" : "取消签到");
	struct err e = { 0 };

	return next_report(app, meeting_sign(app->of, a->id, came, &e), &e, "%s", said);
}

/* One of those who are here, or of those who are not yet, by digit or initials. NULL: left with Esc, or there is nobody, which is said. */
static const struct meeting_attendee *choose_person(struct app *app, const struct meeting_screen *s, bool present, const char *title, const char *nobody)
{
	AUTO_ARENA arena = { 0 };
	const char **labels = arena_alloc(&arena, (s->meeting.n_attendees + 1) * sizeof *labels);
	const struct meeting_attendee **people = arena_alloc(&arena, (s->meeting.n_attendees + 1) * sizeof *people);
	size_t n = 0;
	int chosen;

	for (size_t i = 0; i < s->meeting.n_attendees; i++) {
		const struct meeting_attendee *a = &s->meeting.attendees[i];

		if ((a->present_at != 0) != present)
			continue;
		labels[n] = a->name;
		people[n++] = a;
	}
	if (n == 0) {
		app_warn(app, "%s", nobody);
		return NULL;
	}
	chosen = app_choose(app, title, labels, n, 0);
	return chosen < 0 ? NULL : people[chosen];
}

/* The one under the cursor, in the list of people; else asked for. 0: left with Esc, or nobody is here. */
static int64_t choose_speaker(struct app *app, const struct meeting_screen *s)
{
	const struct meeting_attendee *a;

	if (s->pane == PANE_PEOPLE && meeting_person_here(s))
		return meeting_person_here(s);
	a = choose_person(app, s, true, "谁的意见", "还没有人签到");
	return a ? a->id : 0;
}

/* Somebody says a name at the door: its initials, Enter. The cursor goes there, for what comes next about the person. */
struct next meeting_do_sign_by_name(struct app *app, struct meeting_screen *s)
{
	const struct meeting_attendee *a = choose_person(app, s, false, "谁到了", "名单上的人都到了；没有邀请的人按 F7 加进来");

	if (a == NULL)
		return next_stay();
	s->pane = PANE_PEOPLE;
	for (size_t i = 0; i < s->people.n; i++)
		if (s->people.items[i].tag == TAG_ATTENDEE && s->people.items[i].id == a->id)
			s->people.cursor = i;
	return meeting_do_sign(app, s);
}

struct next meeting_do_note_opinion(struct app *app, struct meeting_screen *s)
{
	const struct code_list *stances = form_codes(app->of->forms, "stance");
	int64_t who = choose_speaker(app, s);
	AUTO_ARENA arena = { 0 };
	const char **labels = arena_alloc(&arena, stances->n * sizeof *labels);
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };
	int chosen;

	if (who == 0)
		return next_stay();
	for (size_t i = 0; i < stances->n; i++)
		labels[i] = stances->codes[i].label;
	if ((chosen = app_choose(app, meeting_attendee_at(&s->meeting, who)->name, labels, stances->n, 0)) < 0)
		return next_stay();
	record_init(&r, form_find(app->of->forms, "opinion"));
	value_set_text(record_value(&r, "stance"), stances->codes[chosen].code);
	return next_report(app, meeting_opinion(app->of, meeting_slot_here(s)->id, who, &r, &e), &e, "已记下；要写发言，在左栏选中这条按回车");
}

struct next meeting_do_recuse(struct app *app, struct meeting_screen *s)
{
	AUTO_FREE char *why = app_prompt(app, "回避的理由", "", false);
	AUTO_RECORD r = { 0 };
	struct err e = { 0 };

	if (why == NULL)
		return next_stay();
	record_init(&r, form_find(app->of->forms, "recusal"));
	value_set_text(record_value(&r, "reason"), why);
	return next_report(app, meeting_recuse(app->of, meeting_slot_here(s)->id, meeting_person_here(s), &r, &e), &e, "已记回避");
}

struct next meeting_do_invite_all(struct app *app, struct meeting_screen *s)
{
	AUTO_FREE char *said = NULL;
	struct err e = { 0 };
	int added = 0;
	enum rc rc = meeting_invite_interested(app->of, s->id, &added, &e);

	said = added > 0 ? mem_format("邀请了%d位利害关系方", added) : mem_copy("利害关系方都已邀请");
	return next_report(app, rc, &e, "%s", said);
}
