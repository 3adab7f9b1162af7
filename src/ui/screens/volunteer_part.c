/* A form of a volunteer. args.text the form's name (volunteer_part.h), args.id the record, 0 a new one, args.context_id the volunteer, of a new
 * volunteer the resident who becomes one (0: chosen in the form). */
#include "ui/screens/volunteer_part.h"

#include <string.h>

#include "base/day.h"
#include "domain/volunteer.h"
#include "ui/form_screen.h"

struct part {
	const char *form;
	enum rc (*save)(struct app *app, int64_t volunteer_id, struct record *r, struct err *e);
	/* What is proposed before anything is typed; NULL: what is stored, or the form's defaults. */
	void (*prefill)(struct app *app, struct record *r);
};

struct part_screen {
	struct form_screen fs;        /* first */
	const struct part *part;
	int64_t id, volunteer_id;
};

static enum rc save_volunteer(struct app *app, int64_t volunteer_id, struct record *r, struct err *e)
{
	(void)volunteer_id;
	return volunteer_save(app->of, r, e);
}

static enum rc save_step(struct app *app, int64_t volunteer_id, struct record *r, struct err *e)
{
	(void)volunteer_id;
	return volunteer_step(app->of, r, e);
}

static enum rc save_part(struct app *app, int64_t volunteer_id, struct record *r, struct err *e)
{
	return volunteer_part_save(app->of, volunteer_id, r, e);
}

/* The next step of the ladder, today. */
static void propose_step(struct app *app, struct record *r)
{
	static const enum volunteer_status next[VOLUNTEER_STATUS_COUNT] = {
		[VOLUNTEER_APPLIED] = VOLUNTEER_VETTED, [VOLUNTEER_VETTED] = VOLUNTEER_TRAINING, [VOLUNTEER_TRAINING] = VOLUNTEER_ACTIVE,
		[VOLUNTEER_ACTIVE] = VOLUNTEER_AWAY, [VOLUNTEER_AWAY] = VOLUNTEER_ACTIVE, [VOLUNTEER_STOPPED] = VOLUNTEER_APPLIED,
	};
	enum volunteer_status now = volunteer_status_from_key(record_text(r, "status"));

	if (now < VOLUNTEER_STATUS_COUNT)
		value_set_text(record_value(r, "status"), volunteer_status_key(next[now]));
	value_set_number(record_value(r, "status_day"), app->today);
	value_clear(record_value(r, "status_why"));
}

static const struct part parts[] = {
	{ "volunteer",        save_volunteer, NULL },
	{ "volunteer-status", save_step,      propose_step },
	{ "volunteer_grid",   save_part,      NULL },
	{ "qualification",    save_part,      NULL },
	{ "apart",            save_part,      NULL },
	{ "availability",     save_part,      NULL },
	{ "absence",          save_part,      NULL },
};

static const struct part *part_find(const char *form)
{
	for (size_t i = 0; form && i < COUNT(parts); i++)
		if (strcmp(parts[i].form, form) == 0)
			return &parts[i];
	return NULL;
}

bool volunteer_part_has_form(const char *form)
{
	return part_find(form) != NULL;
}

struct next volunteer_part(const char *form, int64_t id, int64_t volunteer_id)
{
	return next_push("volunteer-part", (struct screen_args){ .text = form, .id = id, .context_id = volunteer_id });
}

static enum rc save(struct app *app, void *state, struct record *r, struct err *e)
{
	const struct part_screen *s = state;

	return s->part->save(app, s->volunteer_id, r, e);
}

/* A certificate that does not last is saved all the same, and that it does not is said. */
static bool warn_of_expiry(struct app *app, const struct record *r)
{
	AUTO_STRBUF words = { 0 };

	if (strcmp(r->form->name, "qualification") != 0 ||
	    volunteer_expiry((int32_t)record_number(r, "expires_day", DAY_NONE), app->today, &words) == EXPIRY_FINE)
		return false;
	app_warn(app, "已保存；%s%s", office_code_label(app->of, "qualification_kind", record_text(r, "kind")), strbuf_str(&words));
	return true;
}

/* Whoever was added is shown at once: certificates, times and the next step come next. */
static struct next saved(struct app *app, void *state, const struct record *r)
{
	const struct part_screen *s = state;

	if (s->part->save == save_step)
		app_say(app, "已改为「%s」", office_code_label(app->of, "volunteer_status", record_text(r, "status")));
	else if (s->part->save == save_volunteer)
		app_say(app, "已保存志愿者 %s %s", record_text(r, "number"), record_text(r, "name"));
	else if (!warn_of_expiry(app, r))
		app_say(app, "已保存%s", r->form->title);
	if (s->part->save == save_volunteer && s->id == 0)
		return next_replace("volunteer", (struct screen_args){ .id = r->id });
	return next_pop(r->id);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct part_screen *s = state;
	AUTO_RECORD r = { 0 };
	AUTO_STRBUF heading = { 0 };
	enum rc rc;

	if ((s->part = part_find(args->text)) == NULL)
		return err_set(e, RC_NOTFOUND, NULL, "没有这种表单");
	if ((rc = office_require(app->of, MAY_VOLUNTEER_EDIT, e)) != RC_OK)
		return rc;
	s->id = args->id;
	s->volunteer_id = args->context_id;
	record_init(&r, form_find(app->of->forms, s->part->form));
	if (args->id != 0 && (rc = record_load(app->of->st, r.form, args->id, &r, e)) != RC_OK)
		return rc;
	if (s->part->prefill)
		s->part->prefill(app, &r);
	if (args->id == 0 && s->part->save == save_volunteer && s->volunteer_id)
		value_set_number(record_value(&r, "resident_id"), s->volunteer_id);
	strbuf_format(&heading, "%s%s", args->id == 0 ? "新增" : s->part->prefill ? "" : "修改", r.form->title);
	if ((rc = form_screen_open(app, &s->fs, &r, s->volunteer_id, save, saved, strbuf_str(&heading), e)) != RC_OK)
		return rc;
	if (args->id == 0 && s->part->save == save_volunteer) {
		form_view_hide(s->fs.view, "number");         /* both are given when the record is saved */
		form_view_hide(s->fs.view, "status");
	}
	return RC_OK;
}

const struct screen_def volunteer_part_screen = {
	.name = "volunteer-part", .title = "志愿者登记", .state_size = sizeof(struct part_screen),
	FORM_SCREEN_FUNCTIONS, .open = open_screen, .close = form_screen_close,
};
