/* What hangs on a diner: plans, pauses, volunteers who don't go there. */
#include "diner_rules.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "order_rules.h"
#include "record_part.h"
#include "volunteer/word_set.h"
#include "store/stmt.h"

static enum rc check_days(const struct record *r, struct err *e)
{
	if (record_number(r, "to_day", INT32_MAX) < record_number(r, "from_day", INT32_MIN))
		return err_set(e, RC_INVALID, "to_day", "结束不能早于开始，请改日期");
	return RC_OK;
}

/* Plans -------------------------------------------------------------------------------------------------------------------------- */

/* The weekdays that both have. */
static void common_weekdays(const char *a, const char *b, struct strbuf *out)
{
	for (char day = '1'; day <= '7'; day++) {
		const char code[] = { day, '\0' };

		if (word_set_has(a, code) && word_set_has(b, code))
			strbuf_format(out, "%s%s", out->n ? " " : "", code);
	}
}

static enum rc check_overlap(struct office *of, const struct diner_row *d, const struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT weekdays, from_day, to_day FROM meal_plan WHERE diner_id = :diner AND meal = :meal AND id <> :id AND deleted_at IS NULL"
		" AND coalesce(from_day, -2147483648) <= :to AND coalesce(to_day, 2147483647) >= :from ORDER BY from_day, id /*scan*/");
	bool row;
	enum rc rc;

	bind_int(&q, ":diner", d->id);
	bind_int(&q, ":id", r->id);
	bind_text(&q, ":meal", record_text(r, "meal"));
	bind_int(&q, ":from", record_number(r, "from_day", INT32_MIN));
	bind_int(&q, ":to", record_number(r, "to_day", INT32_MAX));
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		AUTO_STRBUF days = { 0 };
		AUTO_STRBUF words = { 0 };
		AUTO_STRBUF from = { 0 };
		AUTO_STRBUF to = { 0 };

		common_weekdays(record_text(r, "weekdays"), column_text(&q, 0), &days);
		if (days.n == 0)
			continue;
		meal_weekdays_words(of, strbuf_str(&days), &words);
		day_format(&from, column_day(&q, 1));
		day_format(&to, column_day(&q, 2));
		return err_set(e, RC_INVALID, "weekdays", "%s的%s已有用餐计划%s%s%s%s，请改那一条，或者改星期、起止", strbuf_str(&words),
		               office_code_label(of, "meal", record_text(r, "meal")), from.n ? "，从 " : "", strbuf_str(&from), to.n ? "，到 " : "",
		               strbuf_str(&to));
	}
	return rc;
}

static enum rc require_going_on(struct office *of, const struct diner_row *d, struct err *e)
{
	if (!diner_has_ended(d->status))
		return RC_OK;
	return err_set(e, RC_INVALID, NULL, "%s现在是「%s」，请先把「状态」改为在册", d->name, office_code_label(of, "diner_status", diner_status_key(d->status)));
}

static enum rc check_plan(struct office *of, const void *owner, struct record *r, struct err *e)
{
	const struct diner_row *d = owner;
	enum rc rc;

	if ((rc = require_going_on(of, d, e)) != RC_OK)
		return rc;
	if (text_is_blank(record_text(r, "weekdays")))
		return err_set(e, RC_INVALID, "weekdays", "请选星期几用餐");
	if (strcmp(record_text(r, "way"), "delivery") == 0 && text_is_blank(d->entitled_why))
		return err_set(e, RC_INVALID, "way", "%s没有登记送餐依据，请先在老人资料里填，或者改为堂食、自取", d->name);
	if ((rc = check_days(r, e)) != RC_OK)
		return rc;
	return check_overlap(of, d, r, e);
}

/* Pauses ------------------------------------------------------------------------------------------------------------------------- */

static enum rc check_pause(struct office *of, const void *owner, struct record *r, struct err *e)
{
	const struct diner_row *d = owner;
	AUTO_STMT q = stmt_use(of->st,
		"SELECT from_day, to_day, reason FROM meal_pause WHERE diner_id = :diner AND id <> :id AND deleted_at IS NULL AND from_day <= :to"
		" AND to_day >= :from ORDER BY from_day LIMIT 1");
	AUTO_STRBUF words = { 0 };
	bool row;
	enum rc rc;

	if ((rc = require_going_on(of, d, e)) != RC_OK)
		return rc;
	if (record_value(r, "from_day")->kind == VALUE_NONE)
		return err_set(e, RC_INVALID, "from_day", "请填从哪天起不用餐");
	if (record_value(r, "to_day")->kind == VALUE_NONE)
		return err_set(e, RC_INVALID, "to_day", "请填到哪天为止；还不知道的先填大概，到时再改");
	if ((rc = check_days(r, e)) != RC_OK)
		return rc;
	bind_int(&q, ":diner", d->id);
	bind_int(&q, ":id", r->id);
	bind_int(&q, ":from", record_number(r, "from_day", 0));
	bind_int(&q, ":to", record_number(r, "to_day", 0));
	if ((rc = stmt_step(&q, &row, e)) != RC_OK || !row)
		return rc;
	meal_pause_words(of, &(struct meal_pause){ .from_day = column_day(&q, 0), .to_day = column_day(&q, 1), .reason = column_text(&q, 2) }, office_today(of),
	                 &words);
	return err_set(e, RC_INVALID, "from_day", "和已登记的暂停（%s）重叠，请改日期，或者改那一条", strbuf_str(&words));
}

/* Blocks ------------------------------------------------------------------------------------------------------------------------- */

static enum rc check_block(struct office *of, const void *owner, struct record *r, struct err *e)
{
	const struct diner_row *d = owner;
	AUTO_STMT q = stmt_use(of->st,
		"SELECT v.name, EXISTS (SELECT 1 FROM diner_block AS b WHERE b.diner_id = :diner AND b.volunteer_id = v.id AND b.id <> :row"
		" AND b.deleted_at IS NULL) FROM volunteer AS v WHERE v.id = :id AND v.deleted_at IS NULL");
	int64_t id = record_number(r, "volunteer_id", 0);
	bool row;
	enum rc rc;

	bind_int(&q, ":diner", d->id);
	bind_int(&q, ":row", r->id);
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_INVALID, "volunteer_id", "请选定志愿者");
	if (id == d->volunteer_id)
		return err_set(e, RC_INVALID, "volunteer_id", "%s是%s的固定志愿者，请先在老人资料里换一位", column_text(&q, 0), d->name);
	return column_int(&q, 1) ? err_set(e, RC_INVALID, "volunteer_id", "%s已经登记为不上门", column_text(&q, 0)) : RC_OK;
}

/* All of them -------------------------------------------------------------------------------------------------------------------- */

static const struct record_part eating[] = {
	{ .table = "meal_plan", .verb = "diner.plan", .check = check_plan, .follow = orders_follow,
	  .find = "SELECT diner_id, rev FROM meal_plan WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE meal_plan SET diner_id = :owner WHERE id = :id" },
	{ .table = "meal_pause", .verb = "diner.pause", .check = check_pause, .follow = orders_follow,
	  .find = "SELECT diner_id, rev FROM meal_pause WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE meal_pause SET diner_id = :owner, account_id = :me, at = :now WHERE id = :id" },
};
static const struct record_part bringing[] = {
	{ .table = "diner_block", .verb = "diner.block", .check = check_block,
	  .find = "SELECT diner_id, rev FROM diner_block WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE diner_block SET diner_id = :owner WHERE id = :id" },
};

static enum rc find_diner(struct office *of, int64_t id, struct arena *a, const void **owner, const char **label, struct err *e)
{
	struct diner_row *d = arena_alloc(a, sizeof *d);
	enum rc rc = diner_find_row(of, id, a, d, e);

	if (rc != RC_OK)
		return rc;
	*owner = d;
	*label = d->name;
	return RC_OK;
}

/* The desk takes orders and pauses; who goes where is not the desk's. */
static const struct record_parts parts_eating = {
	.subject = "就餐老人", .may = MAY_MEAL_ORDER, .delete_verb = "diner.part.delete", .parts = eating, .n = COUNT(eating), .find = find_diner,
};
static const struct record_parts parts_bringing = {
	.subject = "就餐老人", .may = MAY_DINER_EDIT, .delete_verb = "diner.part.delete", .parts = bringing, .n = COUNT(bringing), .find = find_diner,
};

static const struct record_parts *parts_of(const struct form *form)
{
	return strcmp(form->table, "diner_block") == 0 ? &parts_bringing : &parts_eating;
}

enum rc diner_part_save(struct office *of, int64_t diner_id, struct record *r, struct err *e)
{
	return record_parts_save(of, parts_of(r->form), diner_id, r, e);
}

enum rc diner_part_delete(struct office *of, const struct form *form, int64_t id, const char *why, struct err *e)
{
	return record_parts_delete(of, parts_of(form), form, id, why, e);
}

enum rc diner_of_part(struct office *of, const struct form *form, int64_t id, int64_t *diner_id, struct err *e)
{
	const struct record_parts *all = parts_of(form);
	enum rc rc = office_require(of, MAY_DINER_VIEW, e);

	for (size_t i = 0; rc == RC_OK && i < all->n; i++)
		if (strcmp(all->parts[i].table, form->table) == 0) {
			AUTO_STMT q = stmt_use(of->st, all->parts[i].find);

			bind_int(&q, ":id", id);
			return stmt_int(&q, diner_id, e);
		}
	return rc == RC_OK ? err_set(e, RC_INVALID, NULL, "「%s」不是%s的一部分", form->title, all->subject) : rc;
}
