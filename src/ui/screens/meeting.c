/* One meeting, from the invitation to the confirmed minutes: the record on the left, the people on the right; one of the two where there is no room for
 * both. While people talk, each thing is one or two keys. args.id the meeting. */
#include <string.h>

#include "ui/screens/deliberation_choice.h"
#include "ui/screens/meeting_room.h"
#include "ui/screens/meeting_screen.h"
#include "ui/screens/part.h"
#include "ui/widgets/deliberation_cards.h"

enum {
	WHEN_PREPARING = WHEN_OWN, WHEN_DRAFT = WHEN_OWN << 1, WHEN_RUNNING = WHEN_OWN << 2, WHEN_ENDED = WHEN_OWN << 3, WHEN_CONFIRMED = WHEN_OWN << 4,
	WHEN_PERSON = WHEN_OWN << 5, WHEN_SLOT = WHEN_OWN << 6, WHEN_PASSED = WHEN_OWN << 7, WHEN_LINK = WHEN_OWN << 8, WHEN_HEAD = WHEN_OWN << 9,
	WHEN_SIGNING = WHEN_OWN << 10, WHEN_TAKEN_AWAY = WHEN_OWN << 11, WHEN_ITEMS = WHEN_OWN << 12,
};

static const struct key_bind binds[] = {
	{ ACT_SIGN,       "Space",     WHEN_SIGNING | WHEN_PERSON },
	{ ACT_SIGN_BY_NAME, "/",       WHEN_SIGNING },
	{ ACT_OPINION,    "o",         WHEN_RUNNING | WHEN_SLOT },
	{ ACT_BALLOT,     "F5 V",      WHEN_RUNNING | WHEN_SLOT },
	{ ACT_RECUSE,     "R",         WHEN_RUNNING | WHEN_SLOT | WHEN_PERSON },
	{ ACT_WALK_IN,    "F7 L",      WHEN_RUNNING },
	{ ACT_DEFER,      "Z",         WHEN_RUNNING | WHEN_SLOT },
	{ ACT_REJECT,     "X",         WHEN_RUNNING | WHEN_SLOT },
	{ ACT_END,        "F8 Q",      WHEN_RUNNING },
	{ ACT_BEGIN,      "F6 S",      WHEN_PREPARING },
	{ ACT_ADD_ITEM,   "F5 T",      WHEN_PREPARING },
	{ ACT_INVITE,     "F7 L",      WHEN_PREPARING },
	{ ACT_INVITE_ALL, "A",         WHEN_PREPARING | WHEN_ITEMS },
	{ ACT_ANNOUNCE,   "F8 N",      WHEN_DRAFT },
	{ ACT_EDIT,       "F4 E",      WHEN_PREPARING },
	{ ACT_MINUTES,    "F5 M",      WHEN_ENDED },
	{ ACT_CONFIRM,    "F6 Y",      WHEN_ENDED | WHEN_HEAD },
	{ ACT_AMEND,      "F5 M",      WHEN_CONFIRMED },
	{ ACT_DECIDE,     "F9 J",      WHEN_PASSED },
	{ ACT_OTHER_PANE, "Tab Right", WHEN_ALWAYS },
	{ ACT_OPEN,       "Enter",     WHEN_LINK },
	{ ACT_EARLIER,    "[",         WHEN_PREPARING | WHEN_SLOT },
	{ ACT_LATER,      "]",         WHEN_PREPARING | WHEN_SLOT },
	{ ACT_DELETE,     "D",         WHEN_TAKEN_AWAY },
	{ ACT_CANCEL,     "W",         WHEN_PREPARING },
	{ ACT_PAPER,      "p",         WHEN_ITEMS },
	{ ACT_HISTORY,    "F3 h",      WHEN_ROW },
};
static const struct keymap keys = { "meeting", binds, COUNT(binds) };

/* Loading ----------------------------------------------------------------------------------------------------------------------- */

static struct rect pane_area(const struct app *app, enum pane pane)
{
	struct rect r = app->area;
	int people = r.cols * 2 / 5;

	if (!app->wide)
		return r;
	if (pane == PANE_PEOPLE) {
		r.col += r.cols - people;
		r.cols = people;
	} else {
		r.cols -= people - 1;
	}
	return r;
}

static void fill(struct app *app, struct meeting_screen *s)
{
	meeting_record_card(app, &s->record, &s->meeting, s->slot_id);
	meeting_people_card(app, &s->people, &s->meeting, s->slot_id);
	card_view_layout_framed(&s->record, pane_area(app, PANE_RECORD));
	card_view_layout_framed(&s->people, pane_area(app, PANE_PEOPLE));
}

static void point_at_slot(struct meeting_screen *s)
{
	const struct meeting_slot *slot = meeting_slot_at(&s->meeting, s->slot_id);

	for (size_t i = 0; slot && i < s->record.n; i++)
		if (s->record.items[i].tag == TAG_SLOT && s->record.items[i].id == slot->id)
			s->record.cursor = i;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct meeting_screen *s = state;

	(void)app; (void)e;
	s->id = args->id;
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct meeting_screen *s = state;
	enum rc rc;

	arena_clear(&s->arena);
	if ((rc = meeting_load(app->of, s->id, &s->arena, &s->meeting, e)) != RC_OK)
		return rc;
	fill(app, s);
	if (s->entered)
		return RC_OK;
	s->entered = true;
	point_at_slot(s);
	card_view_layout_framed(&s->record, pane_area(app, PANE_RECORD));
	return RC_OK;
}

static void draw_people(const struct app *app, const struct meeting_screen *s, struct canvas *c)
{
	const struct meeting_slot *slot = meeting_slot_at(&s->meeting, s->slot_id);
	AUTO_STRBUF title = { 0 };

	strbuf_format(&title, "参会人 %d/%d", s->meeting.present, s->meeting.expected);
	if (slot && !app->wide)
		strbuf_format(&title, " · %d. %s", slot->position, slot->title);
	card_view_draw_framed(&s->people, c, pane_area(app, PANE_PEOPLE), strbuf_str(&title), s->pane == PANE_PEOPLE);
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct meeting_screen *s = state;

	(void)area;
	if (app->wide || s->pane == PANE_RECORD)
		card_view_draw_framed(&s->record, c, pane_area(app, PANE_RECORD), s->meeting.number, s->pane == PANE_RECORD);
	if (app->wide || s->pane == PANE_PEOPLE)
		draw_people(app, s, c);
}

/* Conditions -------------------------------------------------------------------------------------------------------------------- */

const struct card_item *meeting_line_here(const struct meeting_screen *s)
{
	return card_view_item(s->pane == PANE_RECORD ? &s->record : &s->people);
}

const struct meeting_slot *meeting_slot_here(const struct meeting_screen *s)
{
	return meeting_slot_at(&s->meeting, s->slot_id);
}

int64_t meeting_person_here(const struct meeting_screen *s)
{
	const struct card_item *item = card_view_item(&s->people);

	return item && item->tag == TAG_ATTENDEE ? item->id : 0;
}

static unsigned when_by_status(const struct app *app, const struct meeting_screen *s)
{
	bool may = office_may(app->of, MAY_MEETING_EDIT), mine = may && meeting_is_mine(app->of, &s->meeting);

	switch (s->meeting.status) {
	case MEETING_DRAFT:
		return may ? WHEN_PREPARING | WHEN_DRAFT : 0;
	case MEETING_ANNOUNCED:
		return may ? WHEN_PREPARING | WHEN_SIGNING : 0;
	case MEETING_RUNNING:
		return mine ? WHEN_RUNNING | WHEN_SIGNING : 0;
	case MEETING_ENDED:
		return (mine ? WHEN_ENDED : 0) | (office_may(app->of, MAY_DECISION_APPROVE) ? WHEN_ENDED | WHEN_HEAD : 0);
	case MEETING_CONFIRMED:
		return mine ? WHEN_CONFIRMED : 0;
	default:
		return 0;
	}
}

/* Before the meeting an item can be taken off and a person not be invited after all; in it a recusal can be taken back. */
static bool can_take_away(unsigned by_status, const struct card_item *item)
{
	if (item == NULL)
		return false;
	if (item->tag == TAG_RECUSAL)
		return by_status & WHEN_RUNNING;
	return (item->tag == TAG_SLOT || item->tag == TAG_ATTENDEE) && (by_status & WHEN_PREPARING);
}

static unsigned when(const struct app *app, const void *state)
{
	const struct meeting_screen *s = state;
	const struct meeting_slot *slot = meeting_slot_here(s);
	const struct card_item *item = meeting_line_here(s);
	unsigned by_status = when_by_status(app, s);

	return WHEN_ROW | by_status | (meeting_person_here(s) ? WHEN_PERSON : 0) | (slot && slot->outcome == SLOT_OPEN ? WHEN_SLOT : 0) |
	       (slot && slot->outcome == SLOT_PASSED ? WHEN_PASSED : 0) | (item && item->id ? WHEN_LINK : 0) |
	       (can_take_away(by_status, item) ? WHEN_TAKEN_AWAY : 0) | (s->meeting.n_slots > 0 ? WHEN_ITEMS : 0);
}

/* Acting ------------------------------------------------------------------------------------------------------------------------ */

static struct next open_line(const struct meeting_screen *s)
{
	const struct card_item *item = meeting_line_here(s);
	const struct meeting_slot *slot = meeting_slot_here(s);

	switch (item->tag) {
	case TAG_SLOT:
		return next_push("agenda-item", (struct screen_args){ .id = slot->agenda_item_id });
	case TAG_OPINION:
		return part_push("opinion", item->id, slot->id);
	case TAG_ATTENDEE:
		return part_push("attendee", item->id, s->id);
	case TAG_DECISION:
		return next_push("decision", (struct screen_args){ .id = item->id });
	default:
		return next_stay();
	}
}

/* What opens another screen; NEXT_PASS where the action is none of these. */
static struct next go(struct app *app, struct meeting_screen *s, enum action action)
{
	switch (action) {
	case ACT_OPEN:
		return open_line(s);
	case ACT_EDIT:
		return part_push("meeting", s->id, 0);
	case ACT_INVITE:
		return part_push("attendee", 0, s->id);
	case ACT_WALK_IN:
		return part_push("walk-in", 0, s->id);
	case ACT_BALLOT:
		return meeting_do_vote(app, s);
	case ACT_MINUTES:
		return part_push("minutes", s->id, 0);
	case ACT_AMEND:
		return part_push("amendment", 0, s->id);
	case ACT_DECIDE:
		return open_decision_of(app, meeting_slot_here(s)->agenda_item_id);
	case ACT_PAPER:
		return next_push("paper", (struct screen_args){ .text = "minutes", .id = s->id });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .id = s->id, .form = "meeting" });
	default:
		return next_pass();
	}
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct meeting_screen *s = state;
	struct err e = { 0 };

	switch (action) {
	case ACT_SIGN:
		return meeting_do_sign(app, s);
	case ACT_SIGN_BY_NAME:
		return meeting_do_sign_by_name(app, s);
	case ACT_OPINION:
		return meeting_do_note_opinion(app, s);
	case ACT_RECUSE:
		return meeting_do_recuse(app, s);
	case ACT_DEFER:
		return next_report(app, meeting_settle(app->of, meeting_slot_here(s)->id, SLOT_DEFERRED, &e), &e, "记为再议，议题回到议题池");
	case ACT_REJECT:
		return next_report(app, meeting_settle(app->of, meeting_slot_here(s)->id, SLOT_FAILED, &e), &e, "记为未通过");
	case ACT_END:
		return meeting_do_end(app, s);
	case ACT_BEGIN:
		return next_report(app, meeting_begin(app->of, s->id, s->meeting.rev, &e), &e, "会议开始；Tab 到名单，空格签到");
	case ACT_ADD_ITEM:
		return meeting_do_add_item(app, s);
	case ACT_INVITE_ALL:
		return meeting_do_invite_all(app, s);
	case ACT_ANNOUNCE:
		return next_report(app, meeting_announce(app->of, s->id, s->meeting.rev, &e), &e, "记为已通知");
	case ACT_CONFIRM:
		return next_report(app, meeting_confirm(app->of, s->id, s->meeting.rev, &e), &e, "纪要已确认，以后只能更正");
	case ACT_EARLIER:
	case ACT_LATER:
		return next_report(app, meeting_move_slot(app->of, meeting_slot_here(s)->id, action == ACT_LATER ? 1 : -1, &e), &e, "议程已调整");
	case ACT_DELETE:
		return meeting_do_take_away(app, s);
	case ACT_CANCEL:
		return meeting_do_cancel(app, s);
	case ACT_OTHER_PANE:
		s->pane = s->pane == PANE_RECORD ? PANE_PEOPLE : PANE_RECORD;
		return next_stay();
	default:
		return go(app, s, action);
	}
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct meeting_screen *s = state;
	const struct card_item *item;

	if (!card_view_key(s->pane == PANE_RECORD ? &s->record : &s->people, ev))
		return next_pass();
	item = meeting_line_here(s);
	if (s->pane == PANE_RECORD && item && item->tag == TAG_SLOT && item->id != s->slot_id) {
		s->slot_id = item->id;         /* what was recorded on it opens under it */
		fill(app, s);
		point_at_slot(s);
		card_view_layout_framed(&s->record, pane_area(app, PANE_RECORD));
	}
	return next_stay();
}

static void close_screen(struct app *app, void *state)
{
	struct meeting_screen *s = state;

	(void)app;
	card_view_release(&s->record);
	card_view_release(&s->people);
	arena_clear(&s->arena);
}

const struct screen_def meeting_screen = {
	.name = "meeting", .title = "议事会",
	.reads = TBL_MEETING | TBL_ATTENDEE | TBL_AGENDA_SLOT | TBL_AGENDA_ITEM | TBL_RECUSAL | TBL_OPINION | TBL_BALLOT | TBL_AMENDMENT | TBL_DECISION |
	         TBL_INTEREST | TBL_RESIDENT | TBL_ACCOUNT,
	.state_size = sizeof(struct meeting_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
