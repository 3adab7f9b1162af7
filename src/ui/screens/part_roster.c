/* The forms of volunteers, shifts, 签到 and 服务时长. */
#include "ui/screens/part.h"

#include "base/day.h"
#include "domain/attendance.h"
#include "domain/shift.h"
#include "domain/volunteer.h"

/* Volunteers ------------------------------------------------------------------------------------------------------------------------ */

/* The next step of the ladder, today. */
static enum rc propose_step(struct office *of, int64_t none, struct record *r, struct err *e)
{
	static const enum volunteer_status next[VOLUNTEER_STATUS_COUNT] = {
		[VOLUNTEER_APPLIED] = VOLUNTEER_VETTED, [VOLUNTEER_VETTED] = VOLUNTEER_TRAINING, [VOLUNTEER_TRAINING] = VOLUNTEER_ACTIVE,
		[VOLUNTEER_ACTIVE] = VOLUNTEER_AWAY, [VOLUNTEER_AWAY] = VOLUNTEER_ACTIVE, [VOLUNTEER_STOPPED] = VOLUNTEER_APPLIED,
	};
	enum volunteer_status now = volunteer_status_from_key(record_text(r, "status"));

	(void)none; (void)e;
	if (now < VOLUNTEER_STATUS_COUNT)
		value_set_text(record_value(r, "status"), volunteer_status_key(next[now]));
	value_set_number(record_value(r, "status_day"), office_today(of));
	value_clear(record_value(r, "status_why"));
	return RC_OK;
}

/* Of a resident who becomes one; 0: chosen in the form. */
static enum rc begin_volunteer(struct office *of, int64_t resident_id, struct record *r, struct err *e)
{
	(void)of; (void)e;
	if (resident_id)
		value_set_number(record_value(r, "resident_id"), resident_id);
	return RC_OK;
}

static void say_volunteer(struct app *app, const struct record *r)
{
	app_say(app, "已保存志愿者 %s %s", record_text(r, "number"), record_text(r, "name"));
}

static void say_step(struct app *app, const struct record *r)
{
	app_say(app, "已改为「%s」", office_code_label(app->of, "volunteer_status", record_text(r, "status")));
}

/* A certificate that does not last is saved all the same, and that it does not is said. */
static void say_qualification(struct app *app, const struct record *r)
{
	AUTO_STRBUF words = { 0 };

	if (volunteer_expiry((int32_t)record_number(r, "expires_day", DAY_NONE), app->today, &words) == EXPIRY_FINE)
		app_say(app, "已保存%s", r->form->title);
	else
		app_warn(app, "已保存；%s%s", office_code_label(app->of, "qualification_kind", record_text(r, "kind")), strbuf_str(&words));
}

/* Shifts and hours ------------------------------------------------------------------------------------------------------------------ */

/* Of the day that the cursor is on: the parent is no record. */
static enum rc begin_on_day(struct office *of, int64_t day, struct record *r, struct err *e)
{
	(void)of; (void)e;
	value_set_number(record_value(r, "day"), day);
	return RC_OK;
}

static enum rc save_shift(struct office *of, struct record *r, struct err *e)
{
	int displaced;

	return shift_save(of, r, &displaced, e);        /* who is displaced stands in another colour on the board */
}

/* Of a shift or of a template: no id is of both, and a kept draft knows the id alone. */
static enum rc save_shift_need(struct office *of, int64_t parent_id, struct record *r, struct err *e)
{
	struct err none = { 0 };
	AUTO_ARENA arena = { 0 };
	struct shift shift;

	if (shift_load(of, parent_id, &arena, &shift, &none) == RC_OK)
		return shift_need_save(of, 0, parent_id, r, e);
	return shift_need_save(of, parent_id, 0, r, e);
}

static enum rc begin_proof(struct office *of, int64_t volunteer_id, struct record *r, struct err *e)
{
	(void)volunteer_id;
	return service_proof_prefill(of, r, e);
}

static const struct part parts[] = {
	{ .name = "volunteer",        .may = MAY_VOLUNTEER_EDIT, .save_alone = volunteer_save, .begin = begin_volunteer, .say = say_volunteer,
	  .opens = "volunteer" },
	{ .name = "volunteer-status", .may = MAY_VOLUNTEER_EDIT, .save_alone = volunteer_step, .propose = propose_step, .say = say_step, .act = true },
	{ .name = "volunteer_grid",   .may = MAY_VOLUNTEER_EDIT, .save = volunteer_part_save },
	{ .name = "qualification",    .may = MAY_VOLUNTEER_EDIT, .save = volunteer_part_save, .say = say_qualification },
	{ .name = "apart",            .may = MAY_VOLUNTEER_EDIT, .save = volunteer_part_save },
	{ .name = "availability",     .may = MAY_VOLUNTEER_EDIT, .save = volunteer_part_save },
	{ .name = "absence",          .may = MAY_VOLUNTEER_EDIT, .save = volunteer_part_save },
	{ .name = "shift",            .may = MAY_ROSTER_EDIT, .save_alone = save_shift, .begin = begin_on_day },
	{ .name = "shift_need",       .may = MAY_ROSTER_EDIT, .save = save_shift_need },
	{ .name = "shift_template",   .may = MAY_ROSTER_EDIT, .save_alone = shift_template_save },
	{ .name = "attendance",       .may = MAY_ATTENDANCE_EDIT, .save = attendance_save, .propose = attendance_prefill, .act = true },
	{ .name = "attendance-extra", .may = MAY_ATTENDANCE_EDIT, .save_alone = attendance_extra_save, .begin = begin_on_day, .act = true },
	{ .name = "service_proof",    .may = MAY_PROOF_ISSUE, .save = service_proof_issue, .begin = begin_proof, .opens = "paper", .paper = "proof", .act = true },
};

const struct part_table roster_parts = { parts, COUNT(parts) };
