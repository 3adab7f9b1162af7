/* 志愿服务记录证明: from approved minutes, numbered, kept, and voided where it was wrong. */
#include "attendance_rules.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "number.h"
#include "reveal.h"
#include "store/stmt.h"
#include "store/txn.h"

/* Issuing -------------------------------------------------------------------------------------------------------------------------- */

/* Whose id number stands on the paper: the volunteer's own record, or the resident's where that has none. */
struct identity {
	const char *table;            /* NULL: none is known */
	int64_t id;
};

static enum rc find_identity(struct office *of, int64_t volunteer_id, struct identity *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT volunteer.id_number IS NOT NULL, coalesce(resident.id, 0), resident.id_number IS NOT NULL FROM volunteer"
		" LEFT JOIN resident ON resident.id = volunteer.resident_id WHERE volunteer.id = :id");
	enum rc rc;

	bind_int(&q, ":id", volunteer_id);
	if ((rc = stmt_one(&q, "没有这位志愿者", e)) != RC_OK)
		return rc;
	*out = column_int(&q, 0) ? (struct identity){ "volunteer", volunteer_id } :
	       column_int(&q, 2) ? (struct identity){ "resident", column_int(&q, 1) } : (struct identity){ 0 };
	return RC_OK;
}

/* Approved by now: an approval from a desk whose clock is ahead would stand in the sum and not in the lines. */
static enum rc sum_minutes(struct office *of, int64_t volunteer_id, int64_t from_day, int64_t to_day, int64_t *minutes, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT coalesce(sum(approved_minutes), 0) FROM attendance WHERE volunteer_id = :id AND day BETWEEN :from AND :to"
	                               " AND approved_at <= :now AND deleted_at IS NULL");

	bind_int(&q, ":now", office_now(of));
	bind_int(&q, ":id", volunteer_id);
	bind_int(&q, ":from", from_day);
	bind_int(&q, ":to", to_day);
	return stmt_int(&q, minutes, e);
}

/* *minutes: what was approved between the days. */
static enum rc check_days(struct office *of, int64_t volunteer_id, const struct record *r, int64_t *minutes, struct err *e)
{
	int64_t from = record_number(r, "from_day", INT32_MIN), to = record_number(r, "to_day", office_today(of));
	enum rc rc;

	if (to > office_today(of))
		return err_set(e, RC_INVALID, "to_day", "不能晚于今天，证明只写已经做过的服务");
	if (from > to)
		return err_set(e, RC_INVALID, "from_day", "开始不能晚于结束，请改开始或结束日期");
	if ((rc = sum_minutes(of, volunteer_id, from, to, minutes, e)) != RC_OK)
		return rc;
	return *minutes > 0 ? RC_OK : err_set(e, RC_INVALID, "to_day", "这段时间没有核定过的服务时长，请先核定或改日期");
}

/* The row begins with its number and is then filled in: one whose issuing is undone keeps its number. */
static enum rc insert_proof(struct office *of, int64_t volunteer_id, int64_t minutes, struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO service_proof (id, number, volunteer_id, minutes, issued_day, account_id, at)"
	                               " VALUES (:id, :number, :volunteer, :minutes, :today, :me, :now)");
	AUTO_FREE char *number = NULL;
	enum rc rc;

	if ((rc = number_next(of, "service_proof", "ZM", 2, &number, e)) != RC_OK || (rc = store_new_id(of->st, &r->id, e)) != RC_OK)
		return rc;
	r->rev = 1;
	value_set_text(record_value(r, "number"), number);
	bind_int(&q, ":id", r->id);
	bind_text(&q, ":number", number);
	bind_int(&q, ":volunteer", volunteer_id);
	bind_int(&q, ":minutes", minutes);
	bind_int(&q, ":today", office_today(of));
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":now", office_now(of));
	return stmt_run(&q, e);
}

enum rc service_proof_prefill(struct office *of, struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT responsible, contact FROM service_proof WHERE deleted_at IS NULL ORDER BY number DESC LIMIT 1 /*scan*/");
	bool row;
	enum rc rc;

	if ((rc = office_require(of, MAY_PROOF_ISSUE, e)) != RC_OK || (rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	value_set_text(record_value(r, "handler"), of->me.name);
	if (row) {
		value_set_text(record_value(r, "responsible"), column_text(&q, 0));
		value_set_text(record_value(r, "contact"), column_text(&q, 1));
	}
	return RC_OK;
}

static enum rc issue(struct office *of, int64_t volunteer_id, struct record *r, struct err *e)
{
	struct identity who;
	int64_t minutes;
	enum rc rc;

	if (r->id)
		return err_set(e, RC_INVALID, NULL, "开出的证明不能改，请作废后重新开具");
	if ((rc = find_identity(of, volunteer_id, &who, e)) != RC_OK || (rc = check_days(of, volunteer_id, r, &minutes, e)) != RC_OK ||
	    (rc = insert_proof(of, volunteer_id, minutes, r, e)) != RC_OK || (rc = record_save(of->st, r, "proof.issue", e)) != RC_OK)
		return rc;
	return who.table ? reveal_note(of, who.table, who.id, "id_number", e) : RC_OK;
}

enum rc service_proof_issue(struct office *of, int64_t volunteer_id, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_PROOF_ISSUE, e)) != RC_OK || (rc = txn_begin(&t, of->st, "proof.issue", e)) != RC_OK ||
	    (rc = issue(of, volunteer_id, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}

/* Loading -------------------------------------------------------------------------------------------------------------------------- */

struct served {
	const char *service, *content;               /* codes */
	int32_t day;
	int64_t minutes;
};

static void read_served(const struct stmt *q, struct arena *a, void *element)
{
	*(struct served *)element = (struct served){ .service = arena_copy(a, column_text(q, 0)), .content = arena_copy(a, column_text(q, 1)),
		.day = column_day(q, 2), .minutes = column_int(q, 3) };
}

/* 送餐、打扫: each content once, in the order of its first day. */
static const char *join_contents(const struct served *s, size_t n, struct arena *a)
{
	AUTO_STRBUF out = { 0 };

	for (size_t i = 0; i < n; i++) {
		bool known = text_is_blank(s[i].content);

		for (size_t k = 0; k < i && !known; k++)
			known = strcmp(s[k].content, s[i].content) == 0;
		if (!known)
			strbuf_format(&out, "%s%s", out.n ? "、" : "", s[i].content);
	}
	return arena_copy(a, strbuf_str(&out));
}

static struct service_line line_of(const struct office *of, const struct served *s, size_t n, struct arena *a)
{
	struct service_line line = { .service = arena_copy(a, office_code_label(of, "service", s->service)), .content = join_contents(s, n, a),
		.from_day = s[0].day, .to_day = s[n - 1].day, .times = (int)n };

	for (size_t i = 0; i < n; i++)
		line.minutes += s[i].minutes;
	return line;
}

/* What was approved later than the paper was issued does not stand on it. */
static enum rc load_lines(struct office *of, struct service_proof *p, int64_t volunteer_id, int64_t issued_at, struct arena *a, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT attendance.service, coalesce(attendance.content, shift.title), attendance.day, attendance.approved_minutes FROM attendance"
		" LEFT JOIN shift ON shift.id = attendance.shift_id WHERE attendance.volunteer_id = :id AND attendance.day BETWEEN :from AND :to"
		" AND attendance.deleted_at IS NULL AND attendance.approved_at <= :at AND attendance.approved_minutes > 0"
		" ORDER BY attendance.service, attendance.day, attendance.id /*scan*/");
	struct service_line *lines;
	struct served *served;
	size_t n, count = 0;
	enum rc rc;

	bind_int(&q, ":id", volunteer_id);
	bind_int(&q, ":from", p->from_day == DAY_NONE ? INT32_MIN : p->from_day);
	bind_int(&q, ":to", p->to_day);
	bind_int(&q, ":at", issued_at);
	if ((rc = stmt_rows(&q, a, sizeof *served, read_served, &served, &n, e)) != RC_OK)
		return rc;
	lines = arena_alloc(a, (n + 1) * sizeof *lines);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && strcmp(served[end].service, served[i].service) == 0; end++)
			;
		lines[count++] = line_of(of, &served[i], end - i, a);
	}
	p->lines = lines;
	p->n_lines = count;
	return RC_OK;
}

static enum rc load_id_number(struct office *of, int64_t volunteer_id, struct arena *a, const char **out, struct err *e)
{
	struct identity who;
	AUTO_RECORD r = { 0 };
	enum rc rc;

	if ((rc = find_identity(of, volunteer_id, &who, e)) != RC_OK)
		return rc;
	*out = "";
	if (who.table == NULL)
		return RC_OK;
	record_init(&r, form_find(of->forms, who.table));
	if ((rc = record_load(of->st, r.form, who.id, &r, e)) == RC_OK)
		*out = arena_copy(a, record_text(&r, "id_number"));
	return rc;
}

static const char proof_sql[] =
	"SELECT service_proof.number, service_proof.from_day, service_proof.to_day, service_proof.minutes, service_proof.purpose, service_proof.responsible,"
	" service_proof.handler, service_proof.contact, service_proof.issued_day, service_proof.voided_why, service_proof.volunteer_id, service_proof.at,"
	" volunteer.name, volunteer.number, coalesce(volunteer.sex, resident.sex) FROM service_proof"
	" JOIN volunteer ON volunteer.id = service_proof.volunteer_id LEFT JOIN resident ON resident.id = volunteer.resident_id"
	" WHERE service_proof.id = :id AND service_proof.deleted_at IS NULL";

static enum rc load(struct office *of, int64_t id, struct arena *a, struct service_proof *p, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, proof_sql);
	int64_t volunteer_id, at;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_one(&q, "没有这份证明", e)) != RC_OK)
		return rc;
	*p = (struct service_proof){
		.id = id, .number = arena_copy(a, column_text(&q, 0)), .from_day = column_day(&q, 1), .to_day = column_day(&q, 2),
		.minutes = column_int(&q, 3), .purpose = arena_copy(a, column_text(&q, 4)), .responsible = arena_copy(a, column_text(&q, 5)),
		.handler = arena_copy(a, column_text(&q, 6)), .contact = arena_copy(a, column_text(&q, 7)), .issued_day = column_day(&q, 8),
		.voided_why = arena_copy(a, column_text(&q, 9)), .name = arena_copy(a, column_text(&q, 12)),
		.volunteer_number = arena_copy(a, column_text(&q, 13)), .sex = arena_copy(a, office_code_label(of, "sex", column_text(&q, 14))),
	};
	volunteer_id = column_int(&q, 10);
	at = column_int(&q, 11);
	if ((rc = load_lines(of, p, volunteer_id, at, a, e)) != RC_OK)
		return rc;
	return load_id_number(of, volunteer_id, a, &p->id_number, e);
}

enum rc service_proof_load(struct office *of, int64_t id, struct arena *a, struct service_proof *out, struct err *e)
{
	struct service_proof p;
	enum rc rc;

	if ((rc = office_require(of, MAY_PROOF_ISSUE, e)) != RC_OK || (rc = load(of, id, a, &p, e)) != RC_OK)
		return rc;
	*out = p;
	return RC_OK;
}

/* All of a volunteer ---------------------------------------------------------------------------------------------------------------- */

static void read_proof_row(const struct stmt *q, struct arena *a, void *element)
{
	*(struct service_proof_row *)element = (struct service_proof_row){ .id = column_int(q, 0), .number = arena_copy(a, column_text(q, 1)),
		.issued_day = column_day(q, 2), .minutes = column_int(q, 3), .voided = !column_is_null(q, 4), .voided_why = arena_copy(a, column_text(q, 4)) };
}

enum rc service_proofs(struct office *of, int64_t volunteer_id, struct arena *a, const struct service_proof_row **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT id, number, issued_day, minutes, voided_why FROM service_proof WHERE volunteer_id = :id"
	                               " AND deleted_at IS NULL ORDER BY issued_day DESC, id DESC /*scan*/");
	enum rc rc = office_require(of, MAY_VOLUNTEER_VIEW, e);

	bind_int(&q, ":id", volunteer_id);
	return rc == RC_OK ? stmt_rows(&q, a, sizeof **out, read_proof_row, out, n, e) : rc;
}

/* Voiding -------------------------------------------------------------------------------------------------------------------------- */

static enum rc write_void(struct office *of, int64_t id, const char *why, struct err *e)
{
	AUTO_STMT find = stmt_use(of->st, "SELECT number, voided_why FROM service_proof WHERE id = :id AND deleted_at IS NULL");
	AUTO_STMT q = stmt_use(of->st, "UPDATE service_proof SET voided_why = :why, rev = rev + 1 WHERE id = :id");
	enum rc rc;

	bind_int(&find, ":id", id);
	if ((rc = stmt_one(&find, "没有这份证明", e)) != RC_OK)
		return rc;
	if (!column_is_null(&find, 1))
		return err_set(e, RC_INVALID, NULL, "证明 %s 已经作废", column_text(&find, 0));
	bind_int(&q, ":id", id);
	bind_text(&q, ":why", why);
	return stmt_run(&q, e);
}

enum rc service_proof_void(struct office *of, int64_t id, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_PROOF_ISSUE, e)) != RC_OK)
		return rc;
	if (text_is_blank(why))
		return err_set(e, RC_INVALID, "why", "请写明为什么作废");
	if ((rc = txn_begin(&t, of->st, "proof.void", e)) != RC_OK || (rc = write_void(of, id, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Undoing ---------------------------------------------------------------------------------------------------------------------------- */

/* Of whoever the transaction under way has touched. What was approved after a proof was issued is none of its. */
static const char fallen_sql[] =
	"SELECT number FROM service_proof AS proof WHERE voided_why IS NULL AND deleted_at IS NULL AND volunteer_id IN ("
	" SELECT coalesce(attendance.volunteer_id, service_proof.volunteer_id, journal.id) FROM journal"
	"  LEFT JOIN attendance ON journal.tbl = 'attendance' AND attendance.id = journal.id"
	"  LEFT JOIN service_proof ON journal.tbl = 'service_proof' AND service_proof.id = journal.id"
	"  WHERE journal.site = yl_site() AND journal.no = yl_no() AND journal.tbl IN ('attendance', 'service_proof', 'volunteer'))"
	" AND minutes <> (SELECT coalesce(sum(approved_minutes), 0) FROM attendance WHERE attendance.volunteer_id = proof.volunteer_id"
	"  AND attendance.day BETWEEN coalesce(proof.from_day, -2147483648) AND proof.to_day AND attendance.approved_at <= proof.at"
	"  AND attendance.deleted_at IS NULL) LIMIT 1";

enum rc service_proofs_stand(struct office *of, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, fallen_sql);
	bool row;
	enum rc rc = stmt_step(&q, &row, e);

	if (rc != RC_OK || !row)
		return rc;
	return err_set(e, RC_INVALID, NULL, "撤销后的服务时长和证明「%s」上写的不一样，请先作废证明「%s」再撤销", column_text(&q, 0), column_text(&q, 0));
}
