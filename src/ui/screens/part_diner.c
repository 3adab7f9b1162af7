/* The forms of diners: the diner, the status, plans, pauses, orders, who does not go there. */
#include "ui/screens/part.h"

#include "base/day.h"
#include "domain/diner.h"
#include "domain/meal_day.h"
#include "domain/meal_order.h"

/* Of a resident who becomes one; 0: chosen in the form. */
static enum rc begin_diner(struct office *of, int64_t resident_id, struct record *r, struct err *e)
{
	(void)of; (void)e;
	if (resident_id)
		value_set_number(record_value(r, "resident_id"), resident_id);
	return RC_OK;
}

/* The next step of the ladder, today. */
static enum rc propose_step(struct office *of, int64_t none, struct record *r, struct err *e)
{
	static const enum diner_status next[DINER_STATUS_COUNT] = {
		[DINER_APPLIED] = DINER_ACTIVE, [DINER_ACTIVE] = DINER_PAUSED, [DINER_PAUSED] = DINER_ACTIVE, [DINER_STOPPED] = DINER_ACTIVE,
		[DINER_QUIET] = DINER_ACTIVE, [DINER_DECEASED] = DINER_ACTIVE,
	};
	enum diner_status now = diner_status_from_key(record_text(r, "status"));

	(void)none; (void)e;
	if (now < DINER_STATUS_COUNT)
		value_set_text(record_value(r, "status"), diner_status_key(next[now]));
	value_set_number(record_value(r, "status_day"), office_today(of));
	value_clear(record_value(r, "status_why"));
	return RC_OK;
}

static void say_diner(struct app *app, const struct record *r)
{
	app_say(app, "已保存就餐老人 %s", record_text(r, "number"));
}

/* What plans don't touch is said, for somebody has to decide. */
static void say_standing(struct app *app, int64_t diner_id, struct strbuf *out)
{
	struct err e = { 0 };
	int n = 0;

	if (orders_against_plan(app->of, diner_id, &n, &e) == RC_OK && n > 0)
		strbuf_format(out, "；还有 %d 餐是手工加订或已在路上的，没有动，请看一看", n);
}

static void say_step(struct app *app, const struct record *r)
{
	enum diner_status status = diner_status_from_key(record_text(r, "status"));
	const char *label = office_code_label(app->of, "diner_status", record_text(r, "status"));

	AUTO_STRBUF words = { 0 };

	strbuf_format(&words, diner_has_ended(status) ? "已改为「%s」，用餐计划和暂停一起结束" : "已改为「%s」", label);
	say_standing(app, r->id, &words);
	app_say(app, "%s", strbuf_str(&words));
}

static int64_t owner_of(struct app *app, const struct record *r)
{
	int64_t id = 0;
	struct err e = { 0 };

	return diner_of_part(app->of, r->form, r->id, &id, &e) == RC_OK ? id : 0;
}

static void say_pause(struct app *app, const struct record *r)
{
	AUTO_STRBUF words = { 0 };

	strbuf_add(&words, "已保存暂停：");
	meal_pause_words(app->of, &(struct meal_pause){ .from_day = (int32_t)record_number(r, "from_day", 0), .to_day = (int32_t)record_number(r, "to_day", 0),
	                 .reason = record_text(r, "reason") }, app->today, &words);
	strbuf_add(&words, "，这几天的订餐一起取消");
	say_standing(app, owner_of(app, r), &words);
	app_say(app, "%s", strbuf_str(&words));
}

static void say_plan(struct app *app, const struct record *r)
{
	AUTO_STRBUF words = { 0 };

	strbuf_add(&words, "已保存用餐计划，以后几天的订餐照着改了");
	say_standing(app, owner_of(app, r), &words);
	app_say(app, "%s", strbuf_str(&words));
}

/* `day` 0: today. The meal that is nearest. */
static enum rc begin_order(struct office *of, int64_t day, struct record *r, struct err *e)
{
	(void)e;
	value_set_number(record_value(r, "day"), day ? day : office_today(of));
	value_set_text(record_value(r, "meal"), meal_of_now(of));
	return RC_OK;
}

static void say_order(struct app *app, const struct record *r)
{
	AUTO_STRBUF day = { 0 };

	day_format(&day, (int32_t)record_number(r, "day", 0));
	app_say(app, "已订 %s %s %d 份，%s", strbuf_str(&day), office_code_label(app->of, "meal", record_text(r, "meal")), (int)record_number(r, "portions", 0),
	        office_code_label(app->of, "meal_way", record_text(r, "way")));
}

static const struct part parts[] = {
	{ .name = "diner",        .may = MAY_DINER_EDIT, .save_alone = diner_save, .begin = begin_diner, .say = say_diner, .opens = "diner" },
	{ .name = "diner-status", .may = MAY_DINER_EDIT, .save_alone = diner_step, .propose = propose_step, .say = say_step, .act = true },
	{ .name = "meal_order",   .may = MAY_MEAL_ORDER, .save_alone = meal_order_save, .begin = begin_order, .say = say_order },
	{ .name = "meal_plan",    .may = MAY_MEAL_ORDER, .save = diner_part_save, .say = say_plan },
	{ .name = "meal_pause",   .may = MAY_MEAL_ORDER, .save = diner_part_save, .say = say_pause, .act = true },
	{ .name = "diner_block",  .may = MAY_DINER_EDIT, .save = diner_part_save },
};

const struct part_table diner_parts = { parts, COUNT(parts) };
