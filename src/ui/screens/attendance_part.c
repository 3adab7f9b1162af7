/* A form of 签到 or 服务时长. args.text the form, args.id the record, 0 a new one, args.context_id what it belongs to (attendance_part.h). */
#include "ui/screens/attendance_part.h"

#include <string.h>

#include "domain/attendance.h"
#include "ui/form_screen.h"

struct part {
	const char *form;
	/* A record as it is before anything is typed; `r` is a new one of the form. */
	enum rc (*prefill)(struct office *of, int64_t id, int64_t parent_id, struct record *r, struct err *e);
	enum rc (*save)(struct office *of, int64_t parent_id, struct record *r, struct err *e);
	const char *paper;            /* the paper that a saved one becomes; NULL: back to where it was made */
};

struct part_screen {
	struct form_screen fs;        /* first */
	const struct part *part;
	int64_t parent_id;
};

static enum rc prefill_attendance(struct office *of, int64_t id, int64_t parent_id, struct record *r, struct err *e)
{
	(void)id;
	return attendance_prefill(of, parent_id, r, e);
}

static enum rc save_attendance(struct office *of, int64_t parent_id, struct record *r, struct err *e)
{
	return attendance_save(of, parent_id, r, e);
}

static enum rc prefill_extra(struct office *of, int64_t id, int64_t parent_id, struct record *r, struct err *e)
{
	if (id)
		return record_load(of->st, r->form, id, r, e);
	value_set_number(record_value(r, "day"), parent_id);
	return RC_OK;
}

static enum rc save_extra(struct office *of, int64_t parent_id, struct record *r, struct err *e)
{
	(void)parent_id;
	return attendance_extra_save(of, r, e);
}

static enum rc prefill_proof(struct office *of, int64_t id, int64_t parent_id, struct record *r, struct err *e)
{
	(void)id; (void)parent_id;
	return service_proof_prefill(of, r, e);
}

static enum rc save_proof(struct office *of, int64_t parent_id, struct record *r, struct err *e)
{
	return service_proof_issue(of, parent_id, r, e);
}

static const struct part parts[] = {
	{ "attendance",       prefill_attendance, save_attendance, NULL },
	{ "attendance-extra", prefill_extra,      save_extra,      NULL },
	{ "service_proof",    prefill_proof,      save_proof,      "proof" },
};

static const struct part *part_find(const char *form)
{
	for (size_t i = 0; form && i < COUNT(parts); i++)
		if (strcmp(parts[i].form, form) == 0)
			return &parts[i];
	return NULL;
}

bool attendance_part_has(const char *form)
{
	return part_find(form) != NULL;
}

struct next attendance_part(const char *form, int64_t id, int64_t parent_id)
{
	return next_push("attendance-part", (struct screen_args){ .text = form, .id = id, .context_id = parent_id });
}

static enum rc save(struct app *app, void *state, struct record *r, struct err *e)
{
	const struct part_screen *s = state;

	return s->part->save(app->of, s->parent_id, r, e);
}

static struct next saved(struct app *app, void *state, const struct record *r)
{
	const struct part_screen *s = state;

	app_say(app, "已保存%s", r->form->title);
	if (s->part->paper)
		return next_replace("paper", (struct screen_args){ .text = s->part->paper, .id = r->id });
	return next_pop(r->id);
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct part_screen *s = state;
	AUTO_RECORD r = { 0 };
	enum rc rc;

	if ((s->part = part_find(args->text)) == NULL)
		return err_set(e, RC_NOTFOUND, NULL, "没有这种表单");
	s->parent_id = args->context_id;
	record_init(&r, form_find(app->of->forms, s->part->form));
	if ((rc = s->part->prefill(app->of, args->id, s->parent_id, &r, e)) != RC_OK ||
	    (rc = form_screen_open(app, &s->fs, &r, s->parent_id, save, saved, r.form->title, e)) != RC_OK)
		return rc;
	if (form_field(r.form, "number"))
		form_view_hide(s->fs.view, "number");         /* it is given when the record is saved */
	return RC_OK;
}

const struct screen_def attendance_part_screen = {
	.name = "attendance-part", .title = "签到登记", .state_size = sizeof(struct part_screen),
	FORM_SCREEN_FUNCTIONS, .open = open_screen, .close = form_screen_close,
};
