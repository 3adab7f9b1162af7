/* The forms of doors and of welfare checks. */
#include "ui/screens/part.h"

#include "domain/outcome.h"
#include "domain/welfare.h"

/* Why it is corrected after its day is asked anew each time. */
static enum rc propose_outcome(struct office *of, int64_t none, struct record *r, struct err *e)
{
	(void)of; (void)none; (void)e;
	value_clear(record_value(r, "outcome_why"));
	return RC_OK;
}

static void say_outcome(struct app *app, const struct record *r)
{
	app_say(app, "已登记：%s", office_code_label(app->of, "outcome", record_text(r, "outcome")));
}

static void say_close(struct app *app, const struct record *r)
{
	app_say(app, "核查已结束：%s。以后几天也不吃的请登记暂停", office_code_label(app->of, "welfare_conclusion", record_text(r, "conclusion")));
}

static const struct part parts[] = {
	{ .name = "outcome",       .may = MAY_OUTCOME_EDIT, .save_alone = outcome_save, .propose = propose_outcome, .say = say_outcome, .act = true },
	{ .name = "welfare-try",   .may = MAY_WELFARE_EDIT, .save = welfare_try_save, .act = true },
	{ .name = "welfare-close", .may = MAY_WELFARE_EDIT, .save_alone = welfare_close_save, .say = say_close, .act = true },
};

const struct part_table door_parts = { parts, COUNT(parts) };
