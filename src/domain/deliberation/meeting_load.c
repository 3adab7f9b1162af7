/* A meeting as its screen and its papers show it: row, attendees, agenda with what was said and voted, amendments. */
#include "meeting_rules.h"

#include <string.h>

#include "base/day.h"
#include "quorum.h"
#include "store/stmt.h"

static const char *kept(const struct stmt *q, int column, struct arena *a)
{
	return arena_copy(a, column_text(q, column));
}

/* The row ------------------------------------------------------------------------------------------------------------------------ */

enum {
	ROW_REV, ROW_NUMBER, ROW_TITLE, ROW_KIND, ROW_LEVEL, ROW_DAY, ROW_BEGIN, ROW_END, ROW_PLACE, ROW_HOST, ROW_RECORDER_ID, ROW_RECORDER, ROW_BASIS,
	ROW_ANNOUNCED, ROW_EXPECTED, ROW_QUORUM, ROW_STATUS, ROW_BEGUN, ROW_ENDED, ROW_MINUTES, ROW_CONFIRMED, ROW_CONFIRMER, ROW_GRID, ROW_CANCELLED,
	ROW_DELETED, ROW_PRESENT, ROW_PLANNED,
};

static const char meeting_sql[] =
	"SELECT meeting.rev, meeting.number, title, meeting.kind, level, day, begin_min, end_min, place, host, recorder_id, recorder.name, basis,"
	" announced_day, coalesce(expected, (SELECT count(*) FROM attendee WHERE meeting_id = meeting.id AND deleted_at IS NULL AND invited = 1)),"
	" coalesce(quorum, meeting.kind), status, begun_at, ended_at, minutes, confirmed_at, confirmer.name, grid.code, cancelled_why,"
	" meeting.deleted_at IS NOT NULL,"
	" (SELECT count(*) FROM attendee WHERE meeting_id = meeting.id AND deleted_at IS NULL AND present_at IS NOT NULL),"
	" (SELECT coalesce(sum(length_min), 0) FROM agenda_slot WHERE meeting_id = meeting.id AND deleted_at IS NULL)"
	" FROM meeting LEFT JOIN account AS recorder ON recorder.id = recorder_id LEFT JOIN account AS confirmer ON confirmer.id = confirmed_by"
	" LEFT JOIN grid ON grid.id = meeting.grid_id WHERE meeting.id = :id";

static void read_meeting(const struct office *of, const struct stmt *q, int64_t id, struct arena *a, struct meeting *m)
{
	*m = (struct meeting){
		.id = id, .rev = column_int(q, ROW_REV), .number = kept(q, ROW_NUMBER, a), .title = kept(q, ROW_TITLE, a), .kind = kept(q, ROW_KIND, a),
		.level = kept(q, ROW_LEVEL, a), .day = column_day(q, ROW_DAY), .begin_min = (int)column_int(q, ROW_BEGIN),
		.end_min = (int)column_int(q, ROW_END), .place = kept(q, ROW_PLACE, a), .host = kept(q, ROW_HOST, a),
		.recorder_id = column_int(q, ROW_RECORDER_ID), .recorder = kept(q, ROW_RECORDER, a), .basis = kept(q, ROW_BASIS, a),
		.announced_day = column_day(q, ROW_ANNOUNCED), .expected = (int)column_int(q, ROW_EXPECTED),
		.quorum = *quorum_find(of->quorums, column_text(q, ROW_QUORUM)), .status = meeting_status_from_key(column_text(q, ROW_STATUS)),
		.begun_at = column_int(q, ROW_BEGUN), .ended_at = column_int(q, ROW_ENDED), .minutes = kept(q, ROW_MINUTES, a),
		.confirmed_at = column_int(q, ROW_CONFIRMED), .confirmer = kept(q, ROW_CONFIRMER, a), .grid = kept(q, ROW_GRID, a),
		.cancelled_why = kept(q, ROW_CANCELLED, a), .deleted = column_int(q, ROW_DELETED) != 0, .present = (int)column_int(q, ROW_PRESENT),
		.planned_min = (int)column_int(q, ROW_PLANNED),
	};
}

enum rc meeting_read(struct office *of, int64_t id, struct arena *a, struct meeting *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, meeting_sql);
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这次会议，请重新选择", e)) != RC_OK)
		return rc;
	read_meeting(of, &q, id, a, out);
	return RC_OK;
}

/* Attendees ---------------------------------------------------------------------------------------------------------------------- */

#define ATTENDEE_SQL "SELECT id, rev, resident_id, name, category, represents, invited, present_at, meeting_id FROM attendee"
#define ATTENDEE_MEETING 8

static void read_attendee(const struct stmt *q, struct arena *a, void *row)
{
	*(struct meeting_attendee *)row = (struct meeting_attendee){
		.id = column_int(q, 0), .rev = column_int(q, 1), .resident_id = column_int(q, 2), .name = kept(q, 3, a), .category = kept(q, 4, a),
		.represents = kept(q, 5, a), .invited = column_int(q, 6) != 0, .present_at = column_int(q, 7),
	};
}

enum rc meeting_read_attendee(struct office *of, int64_t id, struct arena *a, struct meeting_attendee *out, int64_t *meeting_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, ATTENDEE_SQL " WHERE id = :id AND deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "名单上没有这个人，可能刚被移出，请重新选择", e)) != RC_OK)
		return rc;
	read_attendee(&q, a, out);
	*meeting_id = column_int(&q, ATTENDEE_MEETING);
	return RC_OK;
}

static enum rc load_attendees(struct office *of, struct arena *a, struct meeting *m, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, ATTENDEE_SQL " WHERE meeting_id = :id AND deleted_at IS NULL ORDER BY id /*scan*/");

	bind_int(&q, ":id", m->id);
	return stmt_rows(&q, a, sizeof *m->attendees, read_attendee, &m->attendees, &m->n_attendees, e);
}

/* Agenda ------------------------------------------------------------------------------------------------------------------------- */

#define SLOT_SQL \
	"SELECT agenda_slot.id, agenda_slot.rev, agenda_slot.agenda_item_id, position, length_min, item.number, item.title, note, item.property," \
	" outcome, begun_at, decision.id, decision.number, agenda_slot.meeting_id" \
	" FROM agenda_slot LEFT JOIN agenda_item AS item ON item.id = agenda_slot.agenda_item_id LEFT JOIN decision ON decision.id =" \
	"  (SELECT max(id) FROM decision AS newest WHERE newest.agenda_item_id = agenda_slot.agenda_item_id AND newest.deleted_at IS NULL)"
#define SLOT_MEETING 13

static enum slot_outcome outcome_from_key(const char *key)
{
	for (int i = SLOT_OPEN; i < SLOT_OUTCOME_COUNT; i++)
		if (strcmp(slot_outcome_key((enum slot_outcome)i), key) == 0)
			return (enum slot_outcome)i;
	return SLOT_OPEN;
}

static void read_slot(const struct stmt *q, struct arena *a, void *row)
{
	*(struct meeting_slot *)row = (struct meeting_slot){
		.id = column_int(q, 0), .rev = column_int(q, 1), .agenda_item_id = column_int(q, 2), .position = (int)column_int(q, 3),
		.length_min = (int)column_int(q, 4), .number = kept(q, 5, a), .title = kept(q, 6, a), .note = kept(q, 7, a),
		.property = column_int(q, 8) != 0, .outcome = outcome_from_key(column_text(q, 9)), .begun_at = column_int(q, 10),
		.decision_id = column_int(q, 11), .decision = kept(q, 12, a),
	};
}

enum rc meeting_read_slot(struct office *of, int64_t id, struct arena *a, struct meeting_slot *out, int64_t *meeting_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, SLOT_SQL " WHERE agenda_slot.id = :id AND agenda_slot.deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "议程里没有这一项，可能刚被移出，请重新选择", e)) != RC_OK)
		return rc;
	read_slot(&q, a, out);
	*meeting_id = column_int(&q, SLOT_MEETING);
	return RC_OK;
}

static void read_recusal(const struct stmt *q, struct arena *a, void *row)
{
	*(struct meeting_recusal *)row = (struct meeting_recusal){
		.id = column_int(q, 0), .attendee_id = column_int(q, 1), .name = kept(q, 2, a), .reason = kept(q, 3, a), .at = column_int(q, 4),
	};
}

enum rc meeting_read_recusals(struct office *of, struct arena *a, struct meeting_slot *slot, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT recusal.id, attendee_id, name, reason, recusal.at FROM recusal LEFT JOIN attendee ON attendee.id = attendee_id"
		" WHERE agenda_slot_id = :id AND recusal.deleted_at IS NULL ORDER BY recusal.id /*scan*/");

	bind_int(&q, ":id", slot->id);
	return stmt_rows(&q, a, sizeof *slot->recusals, read_recusal, &slot->recusals, &slot->n_recusals, e);
}

static void read_opinion(const struct stmt *q, struct arena *a, void *row)
{
	*(struct meeting_opinion *)row = (struct meeting_opinion){
		.id = column_int(q, 0), .rev = column_int(q, 1), .attendee_id = column_int(q, 2), .at = column_int(q, 3), .name = kept(q, 4, a),
		.stance = kept(q, 5, a), .text = kept(q, 6, a),
	};
}

static enum rc load_opinions(struct office *of, struct arena *a, struct meeting_slot *slot, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT opinion.id, opinion.rev, attendee_id, at, name, stance, text FROM opinion LEFT JOIN attendee ON attendee.id = attendee_id"
		" WHERE agenda_slot_id = :id AND opinion.deleted_at IS NULL ORDER BY at, opinion.id /*scan*/");

	bind_int(&q, ":id", slot->id);
	return stmt_rows(&q, a, sizeof *slot->opinions, read_opinion, &slot->opinions, &slot->n_opinions, e);
}

enum {
	BALLOT_ROW_ID, BALLOT_ROW_REV, BALLOT_ROW_ALTERNATIVE_ID, BALLOT_ROW_AT, BALLOT_ROW_ALTERNATIVE, BALLOT_ROW_TELLER, BALLOT_ROW_SUPERVISOR,
	BALLOT_ROW_RESULT, BALLOT_ROW_WAY, BALLOT_ROW_RULE, BALLOT_ROW_PRESENT, BALLOT_ROW_FOR, BALLOT_ROW_AGAINST, BALLOT_ROW_ABSTAIN,
	BALLOT_ROW_RECUSED, BALLOT_ROW_INVALID, BALLOT_ROW_ALL_HOUSEHOLDS, BALLOT_ROW_FOR_HOUSEHOLDS, BALLOT_ROW_AGAINST_HOUSEHOLDS,
	BALLOT_ROW_ABSTAIN_HOUSEHOLDS, BALLOT_ROW_ALL_AREA, BALLOT_ROW_FOR_AREA, BALLOT_ROW_AGAINST_AREA, BALLOT_ROW_ABSTAIN_AREA, BALLOT_ROW_POSITION,
};

static void read_ballot(const struct stmt *q, struct arena *a, void *row)
{
	*(struct meeting_ballot *)row = (struct meeting_ballot){
		.id = column_int(q, BALLOT_ROW_ID), .rev = column_int(q, BALLOT_ROW_REV), .alternative_id = column_int(q, BALLOT_ROW_ALTERNATIVE_ID),
		.at = column_int(q, BALLOT_ROW_AT), .alternative = kept(q, BALLOT_ROW_ALTERNATIVE, a), .position = (int)column_int(q, BALLOT_ROW_POSITION), .teller = kept(q, BALLOT_ROW_TELLER, a),
		.supervisor = kept(q, BALLOT_ROW_SUPERVISOR, a), .passed = strcmp(column_text(q, BALLOT_ROW_RESULT), slot_outcome_key(SLOT_PASSED)) == 0,
		.count = {
			.way = ballot_way_from_key(column_text(q, BALLOT_ROW_WAY)), .rule = ballot_rule_from_key(column_text(q, BALLOT_ROW_RULE)),
			.present = column_int(q, BALLOT_ROW_PRESENT), .for_n = column_int(q, BALLOT_ROW_FOR), .against_n = column_int(q, BALLOT_ROW_AGAINST),
			.abstain_n = column_int(q, BALLOT_ROW_ABSTAIN), .recused_n = column_int(q, BALLOT_ROW_RECUSED),
			.invalid_n = column_int(q, BALLOT_ROW_INVALID), .all_households = column_int(q, BALLOT_ROW_ALL_HOUSEHOLDS),
			.for_households = column_int(q, BALLOT_ROW_FOR_HOUSEHOLDS), .against_households = column_int(q, BALLOT_ROW_AGAINST_HOUSEHOLDS),
			.abstain_households = column_int(q, BALLOT_ROW_ABSTAIN_HOUSEHOLDS), .all_area = column_int(q, BALLOT_ROW_ALL_AREA),
			.for_area = column_int(q, BALLOT_ROW_FOR_AREA), .against_area = column_int(q, BALLOT_ROW_AGAINST_AREA),
			.abstain_area = column_int(q, BALLOT_ROW_ABSTAIN_AREA),
		},
	};
}

enum rc meeting_read_ballots(struct office *of, struct arena *a, struct meeting_slot *slot, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT ballot.id, ballot.rev, alternative_id, at, alternative.text, teller, supervisor, result, way, rule, present_n, for_n, against_n,"
		" abstain_n, recused_n, invalid_n, all_households, for_households, against_households, abstain_households, all_area,"
		" for_area, against_area, abstain_area, alternative.position FROM ballot LEFT JOIN alternative ON alternative.id = alternative_id"
		" WHERE agenda_slot_id = :id AND ballot.deleted_at IS NULL ORDER BY ballot.id /*scan*/");

	bind_int(&q, ":id", slot->id);
	return stmt_rows(&q, a, sizeof *slot->ballots, read_ballot, &slot->ballots, &slot->n_ballots, e);
}

static enum rc load_slots(struct office *of, struct arena *a, struct meeting *m, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, SLOT_SQL " WHERE agenda_slot.meeting_id = :id AND agenda_slot.deleted_at IS NULL ORDER BY position, agenda_slot.id /*scan*/");
	struct meeting_slot *slots;
	enum rc rc;

	bind_int(&q, ":id", m->id);
	if ((rc = stmt_rows(&q, a, sizeof *slots, read_slot, &slots, &m->n_slots, e)) != RC_OK)
		return rc;
	m->slots = slots;
	for (size_t i = 0; i < m->n_slots; i++) {
		slots[i].position = (int)i + 1;       /* one may have been taken off with its item */
		if ((rc = meeting_read_recusals(of, a, &slots[i], e)) != RC_OK || (rc = load_opinions(of, a, &slots[i], e)) != RC_OK ||
		    (rc = meeting_read_ballots(of, a, &slots[i], e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

/* Amendments, and all ------------------------------------------------------------------------------------------------------------ */

static void read_amendment(const struct stmt *q, struct arena *a, void *row)
{
	*(struct meeting_amendment *)row = (struct meeting_amendment){
		.id = column_int(q, 0), .at = column_int(q, 1), .text = kept(q, 2, a), .reason = kept(q, 3, a), .who = kept(q, 4, a),
	};
}

static enum rc load_amendments(struct office *of, struct arena *a, struct meeting *m, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT amendment.id, at, text, reason, account.name FROM amendment LEFT JOIN account ON account.id = account_id"
	                               " WHERE meeting_id = :id ORDER BY at, amendment.id /*scan*/");

	bind_int(&q, ":id", m->id);
	return stmt_rows(&q, a, sizeof *m->amendments, read_amendment, &m->amendments, &m->n_amendments, e);
}

enum rc meeting_load(struct office *of, int64_t id, struct arena *a, struct meeting *out, struct err *e)
{
	struct meeting m;
	enum rc rc;

	if ((rc = office_require(of, MAY_MEETING_VIEW, e)) != RC_OK || (rc = meeting_read(of, id, a, &m, e)) != RC_OK ||
	    (rc = load_attendees(of, a, &m, e)) != RC_OK || (rc = load_slots(of, a, &m, e)) != RC_OK || (rc = load_amendments(of, a, &m, e)) != RC_OK)
		return rc;
	*out = m;
	return RC_OK;
}
