/* The forms of diners: the diner, the status, plans, pauses, who does not go there. */
#include "ui/screens/part.h"

#include "base/day.h"
#include "domain/diner.h"

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

static void say_step(struct app *app, const struct record *r)
{
	enum diner_status status = diner_status_from_key(record_text(r, "status"));
	const char *label = office_code_label(app->of, "diner_status", record_text(r, "status"));

	app_say(app, diner_has_ended(status) ? "已改为「%s」，用餐计划和暂停一起结束" : "已改为「%s」", label);
}

static void say_pause(struct app *app, const struct record *r)
{
	AUTO_STRBUF words = { 0 };

	meal_pause_words(app->of, &(struct meal_pause){ .from_day = (int32_t)record_number(r, "from_day", 0), .to_day = (int32_t)record_number(r, "to_day", 0),
	                 .reason = record_text(r, "reason") }, app->today, &words);
	app_say(app, "已保存暂停：%s", strbuf_str(&words));
}

static const struct part parts[] = {
	{ .name = "diner",        .may = MAY_DINER_EDIT, .save_alone = diner_save, .begin = begin_diner, .say = say_diner, .opens = "diner" },
	{ .name = "diner-status", .may = MAY_DINER_EDIT, .save_alone = diner_step, .propose = propose_step, .say = say_step, .act = true },
	{ .name = "meal_plan",    .may = MAY_MEAL_ORDER, .save = diner_part_save },
	{ .name = "meal_pause",   .may = MAY_MEAL_ORDER, .save = diner_part_save, .say = say_pause, .act = true },
	{ .name = "diner_block",  .may = MAY_DINER_EDIT, .save = diner_part_save },
};

const struct part_table diner_parts = { parts, COUNT(parts) };
