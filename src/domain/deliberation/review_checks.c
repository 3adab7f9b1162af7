/* The checks of 六事核查: what each looks for, and the sentence that says what it found.
 *
 * The conditions of issues repeat those of partial indexes (0002-deliberation.sql) word by word: an index then holds nothing but the suspects.
 */
#include "review_check.h"

#include <string.h>

#include "base/day.h"
#include "base/settings.h"
#include "domain/ballot.h"
#include "domain/person.h"
#include "issue/issue_codes.h"
#include "issue/issue_rules.h"
#include "quorum.h"

#define OVERDUE_DAYS "7"          /* a task may be so late before it counts as forgotten */

/* Ended after it was worked on: neither withdrawn nor joined nor refused. */
#define JUDGED \
	"issue.status = 'closed' AND issue.phase IN ('act', 'evaluate')" \
	" AND coalesce(issue.closing, '') NOT IN ('withdrawn', 'duplicate', 'refused') AND issue.deleted_at IS NULL"
#define CALLED "meeting.status IN ('announced', 'running', 'ended', 'confirmed') AND meeting.deleted_at IS NULL"
#define HELD "meeting.status IN ('running', 'ended', 'confirmed') AND meeting.deleted_at IS NULL"

#define ISSUE_FOUND "SELECT issue.id AS id, issue.raised_at AS at, issue.grid_id AS grid_id, issue.number AS number, issue.title AS title"
#define MEETING_FOUND "SELECT meeting.id AS id, meeting.day AS at, meeting.grid_id AS grid_id, meeting.number AS number, meeting.title AS title"
#define DECISION_FOUND "SELECT decision.id AS id, decision.at AS at, item.grid_id AS grid_id, decision.number AS number, decision.text AS title"

/* Sentences -------------------------------------------------------------------------------------------------------------------------- */

static void add_day(const struct office *of, int32_t day, struct strbuf *out)
{
	day_format_near(out, day, office_today(of));
}

static void add_instant(const struct office *of, const struct stmt *q, int column, struct strbuf *out)
{
	add_day(of, day_of_instant(column_int(q, column)), out);
}

static void say_skipped(const struct office *of, const struct stmt *q, struct strbuf *out)
{
	const char *how = column_text(q, FOUND_A);

	if (strcmp(how, "undecided") == 0) {
		strbuf_add(out, "议事后 ");
		add_instant(of, q, FOUND_B, out);
		strbuf_add(out, " 进入办事，当时没有已批准的决议");
	} else if (strcmp(how, "unmet") == 0) {
		strbuf_add(out, "没有议事，");
		add_instant(of, q, FOUND_B, out);
		strbuf_add(out, " 就进入了定事");
	} else if (strcmp(how, "untriaged") == 0) {
		strbuf_format(out, "没有受理就进入了%s", office_code_label(of, "phase", column_text(q, FOUND_B)));
	} else {
		add_instant(of, q, FOUND_B, out);
		strbuf_add(out, " 已结案，没有办事的记录");
	}
}

static void say_late(const struct office *of, const struct stmt *q, struct strbuf *out)
{
	add_day(of, column_day(q, FOUND_AT), out);
	strbuf_add(out, " 开会，");
	if (column_is_null(q, FOUND_A)) {
		strbuf_add(out, "没有登记通知日期");
		return;
	}
	add_day(of, column_day(q, FOUND_A), out);
	strbuf_add(out, " 才通知");
}

static void say_short(const struct office *of, const struct stmt *q, struct strbuf *out)
{
	int days = column_day(q, FOUND_AT) - column_day(q, FOUND_A);

	add_day(of, column_day(q, FOUND_AT), out);
	if (days == 0)
		strbuf_add(out, " 开会，当天才通知");
	else
		strbuf_format(out, " 开会，只提前 %d 天通知", days);
	strbuf_format(out, "，应至少提前 %d 天", of->settings->notice_days);
}

/* A: the rule of the meeting; B: 应到; C: 实到. */
static const struct quorum_rule *rule_of(const struct office *of, const struct stmt *q)
{
	return quorum_find(of->quorums, column_text(q, FOUND_A));
}

static bool lacks_quorum(const struct office *of, const struct stmt *q)
{
	return !quorum_reached(rule_of(of, q), (int)column_int(q, FOUND_B), (int)column_int(q, FOUND_C));
}

static void say_quorum(const struct office *of, const struct stmt *q, struct strbuf *out)
{
	const struct quorum_rule *rule = rule_of(of, q);

	strbuf_format(out, "应到 %lld 人，实到 %lld 人，至少要 %d 人（%s）", (long long)column_int(q, FOUND_B), (long long)column_int(q, FOUND_C),
	              quorum_needed(rule, (int)column_int(q, FOUND_B)), rule->label);
}

static void say_unrecused(const struct office *of, const struct stmt *q, struct strbuf *out)
{
	(void)of;
	strbuf_format(out, "%s是「%s」的利害关系方，到会参加了表决，没有回避记录%s", column_text(q, FOUND_A), column_text(q, FOUND_B),
	              column_int(q, FOUND_C) == PERSON_NAMESAKE ? "（按姓名认定）" : "");
}

static void say_untasked(const struct office *of, const struct stmt *q, struct strbuf *out)
{
	add_instant(of, q, FOUND_A, out);
	strbuf_add(out, " 批准，没有任务，也没有写明不需办理的原因");
}

static void say_unresulted(const struct office *of, const struct stmt *q, struct strbuf *out)
{
	const char *status = column_text(q, FOUND_C);

	strbuf_format(out, "任务「%s」", column_text(q, FOUND_A));
	if (strcmp(status, ACTION_DONE) == 0) {
		strbuf_add(out, "报了完成，没有写结果");
		return;
	}
	add_day(of, column_day(q, FOUND_B), out);
	strbuf_format(out, " 到期，现在还是「%s」，事项已经结案", office_code_label(of, "action_status", status));
}

static void say_unrated(const struct office *of, const struct stmt *q, struct strbuf *out)
{
	add_instant(of, q, FOUND_A, out);
	strbuf_format(out, " 结案（%s），没有提事人的评价", column_is_null(q, FOUND_B) ? "未写结案类型" : office_code_label(of, "closing", column_text(q, FOUND_B)));
}

static void say_unheard(const struct office *of, const struct stmt *q, struct strbuf *out)
{
	const char *name = column_text(q, FOUND_A);

	strbuf_add(out, "公示 ");
	add_day(of, column_day(q, FOUND_B), out);
	strbuf_format(out, " 结束，%s的异议还没有处理", name[0] ? name : "有人");
}

/* The table -------------------------------------------------------------------------------------------------------------------------- */

/* A step to 办事 that follows 议事 or 定事 without going through 理事 once more, and no decision was approved by then. */
#define UNDECIDED \
	"SELECT min(act.opened_at) FROM phase AS act INDEXED BY phase_act WHERE act.issue_id = issue.id AND act.phase = 'act'" \
	" AND NOT EXISTS (SELECT 1 FROM agenda_issue AS link JOIN decision ON decision.agenda_item_id = link.agenda_item_id" \
	"  WHERE link.issue_id = act.issue_id AND link.deleted_at IS NULL AND decision.state = 'approved' AND decision.deleted_at IS NULL" \
	"   AND decision.approved_at <= act.opened_at)" \
	" AND EXISTS (SELECT 1 FROM phase AS met INDEXED BY phase_met WHERE met.issue_id = act.issue_id AND met.phase IN ('deliberate', 'decide')" \
	"  AND met.opened_at <= act.opened_at AND NOT EXISTS (SELECT 1 FROM phase AS again WHERE again.issue_id = act.issue_id" \
	"   AND again.phase = 'triage' AND again.opened_at BETWEEN met.opened_at AND act.opened_at))"
#define UNMET \
	"SELECT min(settled.opened_at) FROM phase AS settled INDEXED BY phase_met WHERE settled.issue_id = issue.id" \
	" AND settled.phase IN ('deliberate', 'decide') AND settled.phase = 'decide'" \
	" AND NOT EXISTS (SELECT 1 FROM phase AS met INDEXED BY phase_met WHERE met.issue_id = settled.issue_id" \
	"  AND met.phase IN ('deliberate', 'decide') AND met.phase = 'deliberate' AND met.opened_at <= settled.opened_at)"
#define WENT_TO_MEETING \
	" FROM (SELECT DISTINCT issue_id FROM phase INDEXED BY phase_met WHERE phase IN ('deliberate', 'decide')) AS went" \
	" CROSS JOIN issue ON issue.id = went.issue_id WHERE issue.deleted_at IS NULL"

static const char skipped_sql[] =
	"SELECT * FROM (" ISSUE_FOUND ", 'undecided' AS a, (" UNDECIDED ") AS b, NULL AS c" WENT_TO_MEETING ") WHERE b IS NOT NULL"
	" UNION ALL "
	"SELECT * FROM (" ISSUE_FOUND ", 'unmet' AS a, (" UNMET ") AS b, NULL AS c" WENT_TO_MEETING ") WHERE b IS NOT NULL"
	" UNION ALL "
	ISSUE_FOUND ", 'untriaged' AS a, issue.phase AS b, NULL AS c FROM issue INDEXED BY issue_untriaged"
	" WHERE issue.accepted_at IS NULL AND issue.phase IN ('deliberate', 'decide', 'act', 'evaluate') AND issue.deleted_at IS NULL"
	" UNION ALL "
	ISSUE_FOUND ", 'unacted' AS a, issue.closed_at AS b, NULL AS c FROM issue INDEXED BY issue_judged WHERE " JUDGED
	" AND NOT EXISTS (SELECT 1 FROM phase INDEXED BY phase_act WHERE phase.issue_id = issue.id AND phase.phase = 'act' AND phase.opened_at <= issue.phase_at)"
	" AND NOT EXISTS (SELECT 1 FROM agenda_issue AS link JOIN decision ON decision.agenda_item_id = link.agenda_item_id"
	"  WHERE link.issue_id = issue.id AND link.deleted_at IS NULL AND decision.state = 'approved' AND decision.deleted_at IS NULL"
	"   AND coalesce(decision.no_action, '') <> '')";

static const char late_sql[] =
	MEETING_FOUND ", meeting.announced_day AS a, NULL AS b, NULL AS c FROM meeting WHERE (" CALLED " AND meeting.announced_day > meeting.day)"
	" OR (" HELD " AND meeting.announced_day IS NULL)";

static const char short_sql[] =
	MEETING_FOUND ", meeting.announced_day AS a, NULL AS b, NULL AS c FROM meeting WHERE " CALLED
	" AND meeting.announced_day <= meeting.day AND meeting.day - meeting.announced_day < :notice";

/* Those in the room; for votes that were asked at the doors, the households that were asked. */
static const char quorum_sql[] =
	MEETING_FOUND ", coalesce(meeting.quorum, meeting.kind) AS a,"
	" coalesce(meeting.expected, (SELECT count(*) FROM attendee WHERE attendee.meeting_id = meeting.id AND attendee.invited = 1"
	"  AND attendee.deleted_at IS NULL)) AS b,"
	" max((SELECT count(*) FROM attendee WHERE attendee.meeting_id = meeting.id AND attendee.present_at IS NOT NULL AND attendee.deleted_at IS NULL),"
	"  (SELECT coalesce(max(ballot.present_n), 0) FROM agenda_slot AS slot JOIN ballot ON ballot.agenda_slot_id = slot.id"
	"   WHERE slot.meeting_id = meeting.id AND ballot.way = 'inquiry' AND ballot.deleted_at IS NULL AND slot.deleted_at IS NULL)) AS c"
	" FROM meeting WHERE meeting.status IN ('ended', 'confirmed') AND meeting.deleted_at IS NULL"
	" AND EXISTS (SELECT 1 FROM agenda_slot AS slot JOIN ballot ON ballot.agenda_slot_id = slot.id"
	"  WHERE slot.meeting_id = meeting.id AND ballot.deleted_at IS NULL AND slot.deleted_at IS NULL)";

#define INTERESTED PERSON_SQL("attendee.resident_id", "attendee.name", "interest.resident_id", "interest.name")

/* Households that are asked at their doors, and owners who decide about what they own in common, all have an interest: nobody is recused there. */
static const char unrecused_sql[] =
	MEETING_FOUND ", attendee.name AS a, item.title AS b, " INTERESTED " AS c"
	" FROM meeting CROSS JOIN agenda_slot AS slot ON slot.meeting_id = meeting.id AND slot.deleted_at IS NULL"
	" CROSS JOIN agenda_item AS item ON item.id = slot.agenda_item_id"
	" CROSS JOIN interest ON interest.agenda_item_id = item.id AND interest.deleted_at IS NULL"
	" CROSS JOIN attendee ON attendee.meeting_id = meeting.id AND " INTERESTED " <> 0 AND attendee.present_at IS NOT NULL AND attendee.deleted_at IS NULL"
	" WHERE " HELD
	" AND EXISTS (SELECT 1 FROM ballot WHERE ballot.agenda_slot_id = slot.id AND ballot.way <> 'inquiry' AND ballot.rule <> 'double'"
	"  AND ballot.deleted_at IS NULL)"
	" AND NOT EXISTS (SELECT 1 FROM recusal WHERE recusal.agenda_slot_id = slot.id AND recusal.attendee_id = attendee.id AND recusal.deleted_at IS NULL)";

static const char untasked_sql[] =
	DECISION_FOUND ", decision.approved_at AS a, NULL AS b, NULL AS c"
	" FROM decision LEFT JOIN agenda_item AS item ON item.id = decision.agenda_item_id"
	" WHERE decision.state = 'approved' AND decision.deleted_at IS NULL AND coalesce(decision.no_action, '') = ''"
	" AND NOT EXISTS (SELECT 1 FROM decision_task AS task WHERE task.decision_id = decision.id AND task.deleted_at IS NULL)";

static const char unresulted_sql[] =
	ISSUE_FOUND ", action.title AS a, action.due_day AS b, action.status AS c FROM action INDEXED BY action_silent"
	" CROSS JOIN issue ON issue.id = action.issue_id"
	" WHERE action.status = 'done' AND coalesce(action.result, '') = '' AND action.deleted_at IS NULL AND issue.deleted_at IS NULL"
	" UNION ALL "
	ISSUE_FOUND ", action.title AS a, action.due_day AS b, action.status AS c FROM action INDEXED BY action_unfinished"
	" CROSS JOIN issue ON issue.id = action.issue_id"
	" WHERE action.status IN ('todo', 'doing', 'blocked') AND action.deleted_at IS NULL AND action.due_day + " OVERDUE_DAYS " < :today AND " JUDGED;

static const char unrated_sql[] =
	ISSUE_FOUND ", issue.closed_at AS a, issue.closing AS b, NULL AS c FROM issue INDEXED BY issue_judged WHERE " JUDGED
	" AND issue.reporter_kind <> 'anonymous'"
	" AND NOT EXISTS (SELECT 1 FROM evaluation INDEXED BY evaluation_reporter WHERE evaluation.issue_id = issue.id AND evaluation.rater = 'reporter'"
	"  AND evaluation.at >= issue.phase_at)";

static const char unheard_sql[] =
	DECISION_FOUND ", objection.name AS a, notice.to_day AS b, NULL AS c"
	" FROM objection JOIN notice ON notice.id = objection.notice_id JOIN decision ON decision.id = notice.decision_id"
	" LEFT JOIN agenda_item AS item ON item.id = decision.agenda_item_id"
	" WHERE objection.state = 'open' AND objection.deleted_at IS NULL AND notice.deleted_at IS NULL AND decision.deleted_at IS NULL"
	" AND notice.to_day < :today";

const struct check review_checks[] = {
	{ .shown = { "skipped", "跳过步骤", "六步要依次走：没有决议就办事、没有议事就定事、没有受理或没有办事就结案的。请问清原因，必要时退回该步补上", REVIEW_ISSUE },
	  .found = skipped_sql, .say = say_skipped },
	{ .shown = { "late", "通知晚于会议", "通知日期在开会之后，或开了会没有通知。请核对日期；确实没有通知的，决议不稳，宜再议", REVIEW_MEETING },
	  .found = late_sql, .say = say_late },
	{ .shown = { "short", "通知时间不足", "通知离会期太近（几天写在 youlin.ini 的 notice_days）。还没开的会可以改期", REVIEW_MEETING },
	  .found = short_sql, .say = say_short },
	{ .shown = { "quorum", "到会人数不足", "到会的人不够这种会议的要求，却作了表决。表决不算数，宜另行开会再议", REVIEW_MEETING },
	  .found = quorum_sql, .holds = lacks_quorum, .say = say_quorum },
	{ .shown = { "unrecused", "关系方未回避", "利害关系方到会表决，没有回避记录。请补记回避并重新计票，或再议", REVIEW_MEETING },
	  .found = unrecused_sql, .say = say_unrecused },
	{ .shown = { "untasked", "决议无任务", "每项决议要有人去办；不需办理的要写明原因。请让起草人补上", REVIEW_DECISION },
	  .found = untasked_sql, .say = say_untasked },
	{ .shown = { "unresulted", "任务无结果", "任务报了完成没有结果，或事项结了案任务还拖着。请责任人补记", REVIEW_ISSUE },
	  .found = unresulted_sql, .say = say_unresulted },
	{ .shown = { "unrated", "无提事人评价", "办过的事要由提事人评价后结案；多次未联系上的和匿名的除外。请回访后重开补评", REVIEW_ISSUE },
	  .found = unrated_sql, .say = say_unrated },
	{ .shown = { "unheard", "异议未处理", "公示结束了，异议还没有答复；处理之前不能办事", REVIEW_DECISION },
	  .found = unheard_sql, .say = say_unheard },
};
const size_t review_checks_n = COUNT(review_checks);
