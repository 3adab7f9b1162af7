/* 临时加订, and an order whose portions, size or way are changed by hand. */
#include "domain/meal_order.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "domain/meal_day.h"
#include "order_rules.h"
#include "store/stmt.h"
#include "store/txn.h"

/* `way` blank: the diner's, for a new one. */
static enum rc check_values(const struct office *of, const struct record *r, struct err *e)
{
	const char *way = record_text(r, "way");
	int64_t portions = record_number(r, "portions", 0);

	if (portions < 1 || portions > ORDER_PORTIONS_MAX)
		return err_set(e, RC_INVALID, "portions", "份数要在 1 到 %d 之间", ORDER_PORTIONS_MAX);
	if (code_find(form_codes(of->forms, "portion_size"), record_text(r, "size")) == NULL)
		return err_set(e, RC_INVALID, "size", "请选份量");
	if ((way[0] || r->id) && code_find(form_codes(of->forms, "meal_way"), way) == NULL)
		return err_set(e, RC_INVALID, "way", "请选取餐方式");
	return RC_OK;
}

static enum rc check_when(const struct office *of, int64_t day, const char *meal, struct err *e)
{
	if (day < office_today(of))
		return err_set(e, RC_INVALID, "day", "日期已过，不能再订餐");
	if (day > office_today(of) + ORDERS_DAYS_MAX)
		return err_set(e, RC_INVALID, "day", "最远订到今天以后 %d 天；长期要的请登记用餐计划", ORDERS_DAYS_MAX);
	if (code_find(form_codes(of->forms, "meal"), meal) == NULL || meal_leave_min(of, meal) < 0)
		return err_set(e, RC_INVALID, "meal", "请选定餐次");
	return RC_OK;
}

static enum rc check_way(const struct diner *d, int32_t day, const char *way, struct err *e)
{
	if (strcmp(way, "delivery") != 0 || diner_is_entitled(d, day))
		return RC_OK;
	return err_set(e, RC_INVALID, "way", d->entitled_why[0] ? "送餐依据那一天已到期，请先在老人资料里延长，或者改为堂食、自取"
	                                                        : "没有登记送餐依据，请先在老人资料里填，或者改为堂食、自取");
}

/* Who is paused may eat nonetheless, by somebody's decision; who has stopped, or is not admitted yet, does not. */
static enum rc check_eats(const struct office *of, const struct diner *d, int32_t day, const char *why, struct err *e)
{
	const struct meal_pause *pause = diner_pause_on(d, day);
	AUTO_STRBUF words = { 0 };

	if (d->deleted || d->who.deleted)
		return err_set(e, RC_INVALID, "diner_id", "这位老人的记录已删除，请重新选定");
	if (strcmp(d->resident_status, "dead") == 0 || strcmp(d->resident_status, "moved") == 0)
		return err_set(e, RC_INVALID, "diner_id", "居民资料里已%s，不能订餐；登记错了的请先改居民资料", d->resident_status[0] == 'd' ? "去世" : "迁出");
	if (d->status != DINER_ACTIVE && d->status != DINER_PAUSED)
		return err_set(e, RC_INVALID, "diner_id", "现在是「%s」，请先在老人资料里把状态改为在册", office_code_label(of, "diner_status", diner_status_key(d->status)));
	if ((pause == NULL && d->status == DINER_ACTIVE) || !text_is_blank(why))
		return RC_OK;
	if (pause)
		meal_pause_words(of, pause, office_today(of), &words);
	return err_set(e, RC_INVALID, "why", "这一天正在暂停%s%s%s，还要订餐请写明原因", pause ? "（" : "", strbuf_str(&words), pause ? "）" : "");
}

/* New ------------------------------------------------------------------------------------------------------------------------------- */

static enum rc find_same(struct office *of, int64_t diner_id, int32_t day, const char *meal, struct order_row *out, bool *found, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM meal_order WHERE diner_id = :diner AND day = :day AND meal = :meal LIMIT 1");
	AUTO_ARENA a = { 0 };
	enum rc rc;

	bind_int(&q, ":diner", diner_id);
	bind_day(&q, ":day", day);
	bind_text(&q, ":meal", meal);
	if ((rc = stmt_step(&q, found, e)) != RC_OK || !*found)
		return rc;
	if ((rc = order_find_row(of, column_int(&q, 0), &a, out, e)) != RC_OK)
		return rc;
	if (!out->cancelled)
		return err_set(e, RC_INVALID, "portions", "这一餐已经订了 %d 份，要多要少请改那一份", out->portions);
	return order_require_changeable(of, out, e);
}

static enum rc write_new(struct office *of, const struct record *r, int64_t id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO meal_order (id, diner_id, day, meal, portions, size, way, source, state, why, account_id, at)"
		" VALUES (:id, :diner, :day, :meal, :portions, :size, :way, 'typed', 'ordered', :why, :me, :now)"
		" ON CONFLICT (id) DO UPDATE SET rev = rev + 1, portions = :portions, size = :size, way = :way, source = 'typed', state = 'ordered',"
		" changed = NULL, lapsed = NULL, why = :why, account_id = :me, at = :now");
	enum rc rc;

	bind_int(&q, ":id", id);
	bind_int(&q, ":diner", record_number(r, "diner_id", 0));
	bind_int(&q, ":day", record_number(r, "day", 0));
	bind_text(&q, ":meal", record_text(r, "meal"));
	bind_int(&q, ":portions", record_number(r, "portions", 1));
	bind_text(&q, ":size", record_text(r, "size"));
	bind_text(&q, ":way", record_text(r, "way"));
	bind_words(&q, ":why", record_text(r, "why"));
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":now", office_now(of));
	rc = stmt_run(&q, e);
	return rc == RC_OK && strcmp(record_text(r, "way"), "delivery") != 0 ? order_leave_route(of, id, e) : rc;
}

static enum rc add(struct office *of, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	int64_t diner_id = record_number(r, "diner_id", 0), when = record_number(r, "day", 0);
	struct order_row row = { .day = (int32_t)when, .meal = record_text(r, "meal") };
	struct order_row same = { 0 };
	struct diner d;
	bool found;
	enum rc rc;

	if (diner_id == 0)
		return err_set(e, RC_INVALID, "diner_id", "请先选定就餐老人；还没有登记的，先在居民里登记为就餐老人");
	if ((rc = check_when(of, when, row.meal, e)) != RC_OK || (rc = check_values(of, r, e)) != RC_OK ||
	    (rc = meal_require_open(of, row.day, row.meal, e)) != RC_OK)
		return rc;
	if ((rc = order_diner(of, diner_id, &a, &d, e)) == RC_NOTFOUND)
		return err_set(e, RC_INVALID, "diner_id", "没有这位就餐老人，请重新选定");
	if (rc == RC_OK && record_text(r, "way")[0] == '\0')
		value_set_text(record_value(r, "way"), d.way[0] ? d.way : "dine_in");
	if (rc != RC_OK || (rc = check_eats(of, &d, row.day, record_text(r, "why"), e)) != RC_OK ||
	    (rc = check_way(&d, row.day, record_text(r, "way"), e)) != RC_OK || (rc = find_same(of, diner_id, row.day, row.meal, &same, &found, e)) != RC_OK ||
	    (rc = order_require_reason(of, &row, record_text(r, "why"), e)) != RC_OK)
		return rc;
	r->id = found ? same.id : meal_order_id(diner_id, row.day, row.meal);
	r->rev = found ? same.rev + 1 : 1;
	return write_new(of, r, r->id, e);
}

/* Changed --------------------------------------------------------------------------------------------------------------------------- */

static enum rc write_change(struct office *of, const struct record *r, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE meal_order SET rev = rev + 1, portions = :portions, size = :size, way = :way, why = :why, changed = iif(source = 'plan', 1, NULL)"
		" WHERE id = :id AND rev = :rev");
	enum rc rc;

	bind_int(&q, ":id", r->id);
	bind_int(&q, ":rev", r->rev);
	bind_int(&q, ":portions", record_number(r, "portions", 1));
	bind_text(&q, ":size", record_text(r, "size"));
	bind_text(&q, ":way", record_text(r, "way"));
	bind_words(&q, ":why", record_text(r, "why"));
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	if (store_changes(of->st) == 0)
		return err_set(e, RC_CONFLICT, NULL, "这份订餐刚被别人改动，请看过再改");
	return strcmp(record_text(r, "way"), "delivery") != 0 ? order_leave_route(of, r->id, e) : RC_OK;
}

static bool is_same(const struct order_row *o, const struct record *r)
{
	return o->portions == record_number(r, "portions", 0) && strcmp(o->size, record_text(r, "size")) == 0 && strcmp(o->way, record_text(r, "way")) == 0 &&
	       strcmp(o->why, record_text(r, "why")) == 0;
}

/* Day, meal and diner are what the order is: they don't change. A reason that stood there already is none for the new change. */
static enum rc change(struct office *of, struct record *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	const char *why = record_text(r, "why");
	struct order_row o;
	struct diner d;
	enum rc rc;

	if ((rc = order_find_row(of, r->id, &a, &o, e)) != RC_OK || (rc = check_values(of, r, e)) != RC_OK)
		return rc;
	if (o.diner_id != record_number(r, "diner_id", 0) || o.day != record_number(r, "day", 0) || strcmp(o.meal, record_text(r, "meal")) != 0)
		return err_set(e, RC_INVALID, "day", "换人、换日期或换餐次，请取消这一份，再另订一份");
	if (o.rev != r->rev)
		return err_set(e, RC_CONFLICT, NULL, "这份订餐刚被别人改动，请看过再改");
	if (o.cancelled)
		return err_set(e, RC_INVALID, NULL, "这份订餐已经取消，请先恢复");
	if (is_same(&o, r))
		return RC_OK;
	if (o.day < office_today(of))
		return err_set(e, RC_INVALID, "day", "日期已过，不能再改订餐");
	if ((rc = order_require_changeable(of, &o, e)) != RC_OK || (rc = order_diner(of, o.diner_id, &a, &d, e)) != RC_OK ||
	    (strcmp(o.way, record_text(r, "way")) != 0 && (rc = check_way(&d, o.day, record_text(r, "way"), e)) != RC_OK) ||
	    (rc = order_require_reason(of, &o, strcmp(why, o.why) == 0 ? "" : why, e)) != RC_OK || (rc = write_change(of, r, e)) != RC_OK)
		return rc;
	r->rev++;
	return RC_OK;
}

enum rc meal_order_save(struct office *of, struct record *r, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_RECORD own = { 0 };
	enum rc rc;

	record_copy(&own, r);
	if ((rc = office_require(of, MAY_MEAL_ORDER, e)) != RC_OK || (rc = txn_begin(&t, of->st, r->id ? "order.change" : "order.add", e)) != RC_OK ||
	    (rc = r->id ? change(of, &own, e) : add(of, &own, e)) != RC_OK || (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	record_copy(r, &own);
	return RC_OK;
}
