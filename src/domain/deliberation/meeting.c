/* 议事会: its states, who may change it when, and its list. */
#include "meeting_rules.h"

#include <string.h>

#include "issue/issue_rules.h"
#include "base/text.h"

static const char *const status_keys[MEETING_STATUS_COUNT] = {
#define X(upper, lower) [MEETING_##upper] = #lower,
	MEETING_STATUSES(X)
#undef X
};

static const char *const outcome_keys[SLOT_OUTCOME_COUNT] = {
	[SLOT_OPEN] = "", [SLOT_PASSED] = "passed", [SLOT_FAILED] = "failed", [SLOT_DEFERRED] = "deferred", [SLOT_UNREACHED] = "unreached",
};

const char *meeting_status_key(enum meeting_status s)
{
	return s < MEETING_STATUS_COUNT ? status_keys[s] : "";
}

enum meeting_status meeting_status_from_key(const char *key)
{
	return (enum meeting_status)text_index(status_keys, COUNT(status_keys), key);
}

const char *slot_outcome_key(enum slot_outcome o)
{
	return o < SLOT_OUTCOME_COUNT ? outcome_keys[o] : "";
}

/* Who may ------------------------------------------------------------------------------------------------------------------------ */

bool meeting_is_mine(const struct office *of, const struct meeting *m)
{
	return office_may(of, MAY_MEETING_EDIT) && (of->me.role == ROLE_HEAD || m->recorder_id == of->me.id);
}

enum rc meeting_require_keeper(const struct office *of, const struct meeting *m, struct err *e)
{
	enum rc rc = office_require(of, MAY_MEETING_EDIT, e);

	if (rc != RC_OK || meeting_is_mine(of, m))
		return rc;
	return err_set(e, RC_DENIED, NULL, "会议记录由%s来记，请交%s或书记办理", m->recorder, m->recorder);
}

/* As it was when the person saw it? */
static enum rc check_unmoved(const struct office *of, const struct meeting *m, int64_t rev, struct err *e)
{
	if (rev == ANY_REV || m->rev == rev)
		return RC_OK;
	return err_set(e, RC_CONFLICT, NULL, "%s 刚被别人改动（现在：%s），请看过后再办", m->number,
	               office_code_label(of, "meeting_status", meeting_status_key(m->status)));
}

/* What leads to where the change is possible. */
static const char *advice(enum meeting_status now, unsigned statuses)
{
	unsigned here = 1U << now;

	if (now == MEETING_DRAFT && (statuses & DURING(ANNOUNCED)))
		return "；请先通知或开始";
	if ((here & BEFORE_MEETING) && (statuses & (DURING(RUNNING) | DURING(ENDED) | DURING(CONFIRMED))))
		return "；请先开始会议";
	if (now == MEETING_RUNNING && (statuses & (DURING(ENDED) | DURING(CONFIRMED))))
		return "；请先散会";
	if (now == MEETING_CONFIRMED)
		return "；要更正请附纪要更正";
	return "";
}

enum rc meeting_for_change(struct office *of, int64_t id, int64_t rev, unsigned statuses, const char *what, struct arena *a, struct meeting *out,
                           struct err *e)
{
	enum rc rc;

	if ((rc = office_require(of, MAY_MEETING_EDIT, e)) != RC_OK || (rc = meeting_read(of, id, a, out, e)) != RC_OK)
		return rc;
	if (out->deleted)
		return err_set(e, RC_NOTFOUND, NULL, "%s 已删除", out->number);
	if (!((BEFORE_MEETING | DURING(CANCELLED)) & 1U << out->status) && (rc = meeting_require_keeper(of, out, e)) != RC_OK)
		return rc;
	if ((rc = check_unmoved(of, out, rev, e)) != RC_OK || (statuses & 1U << out->status))
		return rc;
	return err_set(e, RC_INVALID, NULL, "%s 现在是「%s」，不能%s%s", out->number,
	               office_code_label(of, "meeting_status", meeting_status_key(out->status)), what, advice(out->status, statuses));
}

enum rc meeting_open_slot(struct office *of, int64_t slot_id, const char *what, struct arena *a, struct meeting *m, struct meeting_slot *slot,
                          struct err *e)
{
	int64_t meeting_id;
	enum rc rc;

	if ((rc = meeting_read_slot(of, slot_id, a, slot, &meeting_id, e)) != RC_OK ||
	    (rc = meeting_for_change(of, meeting_id, ANY_REV, DURING(RUNNING), what, a, m, e)) != RC_OK)
		return rc;
	if (slot->outcome == SLOT_OPEN)
		return RC_OK;
	return err_set(e, RC_INVALID, NULL, "「%s」已经是「%s」，不能再%s", slot->title,
	               office_code_label(of, "slot_outcome", slot_outcome_key(slot->outcome)), what);
}

/* List --------------------------------------------------------------------------------------------------------------------------- */

const struct list_spec *meeting_list_spec(void)
{
	static const struct list_spec spec = {
		.table = "meeting",
		.row =
			"SELECT number, title, kind, day, begin_min, place, status,"
			" (SELECT count(*) FROM agenda_slot WHERE agenda_slot.meeting_id = meeting.id AND agenda_slot.deleted_at IS NULL),"
			" (SELECT count(*) FROM attendee WHERE attendee.meeting_id = meeting.id AND attendee.deleted_at IS NULL AND present_at IS NOT NULL)"
			" FROM meeting WHERE meeting.id = :id",
		.n_columns = 9,
		.live = "meeting.deleted_at IS NULL",
		.reads = TABLE_BIT(MEETING) | TABLE_BIT(AGENDA_SLOT) | TABLE_BIT(ATTENDEE),
	};

	return &spec;
}
