/* The form of a resident or a household, new or changed: before a person is saved it shows who might be the same one.
 *
 * args.form        "resident" or "household"
 * args.id          the record; 0: a new one
 * args.context_id  the household that a new resident moves into; 0: none
 * args.text        what was typed into the picker that wants a new record: this screen hands the record's id back to it
 */
#include <stdlib.h>
#include <string.h>

#include "domain/place.h"
#include "domain/resident.h"
#include "ui/form_screen.h"

#define SHORTEST_PHONE 7

struct resident_edit {
	struct form_screen fs;        /* first */
	int64_t id, context_id;       /* args */
	bool picking;                 /* a picker below waits for the id */
	struct record asked;          /* the person that nobody needs to be asked about: as it was opened, or as accepted; form NULL: none */
	int64_t existing;             /* the record that is used instead of a new one; 0: none */
};

/* Who might be the same ---------------------------------------------------------------------------------------------------------------- */

/* What resident_duplicates() goes by. */
static const char *const identity[] = { "name", "born_day", "id_number", "phone", "household_id" };

static bool same_identity(const struct record *a, const struct record *b)
{
	for (size_t i = 0; i < COUNT(identity); i++) {
		const struct field *f = form_field(a->form, identity[i]);
		size_t at = f ? form_field_index(a->form, f) : 0;

		if (f && !value_equal(&a->values[at], &b->values[at]))
			return false;
	}
	return true;
}

enum { GO_BACK, SAVE_ANYWAY, FIRST_EXISTING };

/* The choices: back, save, and for a new record the ones there are. */
static size_t label_choices(const struct resident_edit *s, const struct record *r, const struct resident_duplicate *like, size_t n,
                            struct arena *a, const char **labels)
{
	size_t count = 0;

	labels[count++] = "返回修改";
	labels[count++] = r->id ? "不是同一个人，仍然保存" : "不是同一个人，仍然新增";
	for (size_t i = 0; i < n; i++) {
		AUTO_STRBUF line = { 0 };

		resident_summary_line(&like[i].who, &line);
		labels[count++] = arena_format(a, "%s%s：%s", resident_likeness_label(like[i].why), r->id ? "" : s->picking ? "，就用" : "，打开",
		                               strbuf_str(&line));
	}
	return count;
}

/* RC_OK: save, or use s->existing; RC_STOPPED: back to the form. */
static enum rc ask_who(struct app *app, struct resident_edit *s, const struct record *r, struct err *e)
{
	struct resident_duplicate *like;
	AUTO_ARENA arena = { 0 };
	const char **labels;
	size_t n;
	int chosen;
	enum rc rc;

	if (s->asked.form && same_identity(&s->asked, r))
		return RC_OK;
	if ((rc = resident_duplicates(app->of, r, &arena, &like, &n, e)) != RC_OK || n == 0)
		return rc;
	labels = arena_alloc(&arena, (n + FIRST_EXISTING) * sizeof *labels);
	n = label_choices(s, r, like, n, &arena, labels);
	chosen = app_choose(app, "可能是同一个人", labels, n, GO_BACK);
	if (chosen == SAVE_ANYWAY) {
		record_copy(&s->asked, r);
		return RC_OK;
	}
	if (chosen < FIRST_EXISTING || r->id)
		return err_set(e, RC_STOPPED, NULL, "还没有保存，请核对姓名、电话和住址");
	s->existing = like[chosen - FIRST_EXISTING].who.id;
	return RC_OK;
}

/* Saving ------------------------------------------------------------------------------------------------------------------------------------ */

/* Another household has this address: it can be used instead. */
static enum rc use_existing_household(struct app *app, struct resident_edit *s, struct record *r, struct err *e)
{
	struct err refusal = *e;
	bool made;
	enum rc rc;

	if (!app_ask(app, "这个地址已有一户，就用这一户吗？"))
		return err_set(e, RC_INVALID, refusal.field, "%s", refusal.text);
	if ((rc = household_at(app->of, record_number(r, "building_id", 0), record_text(r, "unit"), record_text(r, "room"), &s->existing, &made, e)) == RC_OK)
		err_clear(e);
	return rc;
}

static enum rc save(struct app *app, void *state, struct record *r, struct err *e)
{
	struct resident_edit *s = state;
	enum rc rc;

	if (strcmp(r->form->name, "household") == 0) {
		rc = household_save(app->of, r, e);
		if (rc == RC_INVALID && r->id == 0 && strcmp(e->field, "room") == 0)
			rc = use_existing_household(app, s, r, e);
		return rc;
	}
	if ((rc = ask_who(app, s, r, e)) != RC_OK || s->existing)
		return rc;
	return resident_save(app->of, r, e);
}

/* Who was just added is shown, so that what they came for can be logged at once. */
static struct next saved(struct app *app, void *state, const struct record *r)
{
	struct resident_edit *s = state;
	int64_t id = s->existing ? s->existing : r->id;
	bool resident = strcmp(r->form->name, "resident") == 0;

	if (s->existing)
		app_say(app, "用已有的记录，没有新增");
	else if (resident)
		app_say(app, "已保存 %s", record_text(r, "name"));
	else
		app_say(app, "已保存这一户");
	if (s->picking || s->context_id || (!s->existing && s->id))
		return next_pop(id);
	return next_replace(resident ? "resident" : "household", (struct screen_args){ .id = id });
}

/* Opening ------------------------------------------------------------------------------------------------------------------------------------- */

/* What was typed into a picker is a name, or a telephone number; the tail of a number is neither. */
static void take_typed(const char *typed, struct record *r)
{
	size_t digits = strspn(typed, "0123456789-");

	if (typed[digits] != '\0')
		value_set_text(record_value(r, "name"), typed);
	else if (digits >= SHORTEST_PHONE)
		value_set_text(record_value(r, "phone"), typed);
}

/* A new record with what is known of it already. */
static enum rc begin_new(struct app *app, const struct screen_args *args, struct record *r, struct err *e)
{
	if (strcmp(r->form->name, "household") == 0)
		return args->text ? household_from_text(app->of, args->text, r, e) : RC_OK;
	if (args->context_id)
		value_set_number(record_value(r, "household_id"), args->context_id);
	if (args->text)
		take_typed(args->text, r);
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct resident_edit *s = state;
	AUTO_RECORD initial = { 0 };
	AUTO_STRBUF heading = { 0 };
	enum rc rc;

	record_init(&initial, form_find(app->of->forms, args->form));
	s->picking = args->text != NULL;
	s->id = args->id;
	s->context_id = args->context_id;
	if (args->id)
		rc = record_load(app->of->st, initial.form, args->id, &initial, e);
	else
		rc = begin_new(app, args, &initial, e);
	if (rc != RC_OK)
		return rc;
	if (args->id)
		record_copy(&s->asked, &initial);
	strbuf_format(&heading, "%s%s", args->id ? "修改" : "新增", initial.form->title);
	return form_screen_open(app, &s->fs, &initial, args->context_id, save, saved, strbuf_str(&heading), e);
}

static void close_screen(struct app *app, void *state)
{
	struct resident_edit *s = state;

	form_screen_close(app, state);
	record_release(&s->asked);
}

/* Keys ------------------------------------------------------------------------------------------------------------------------------------------ */

enum { WHEN_MASKED = WHEN_OWN };

static const struct key_bind binds[] = {
	{ ACT_SAVE,       "^S",        WHEN_ALWAYS },
	{ ACT_REVEAL,     "F7",        WHEN_MASKED },
	{ ACT_NEXT_FIELD, "Tab",       WHEN_ALWAYS },
	{ ACT_PREV_FIELD, "Shift-Tab", WHEN_ALWAYS },
	{ ACT_LEAVE,      "Esc F10",   WHEN_ALWAYS },
};
static const struct keymap keys = { "resident-edit", binds, COUNT(binds) };

static struct next act(struct app *app, void *state, enum action action)
{
	struct resident_edit *s = state;

	if (action != ACT_REVEAL)
		return form_screen_act(app, state, action);
	form_screen_reveal(app, &s->fs, s->id);
	return next_stay();
}

static unsigned when(const struct app *app, const void *state)
{
	const struct resident_edit *s = state;
	bool masked = s->id && strcmp(s->fs.form->name, "resident") == 0 && form_view_is_masked(s->fs.view);

	return form_screen_when(app, state) | (masked && office_may(app->of, MAY_REVEAL) ? WHEN_MASKED : 0);
}

const struct screen_def resident_edit_screen = {
	.name = "resident-edit", .title = "登记居民",
	.state_size = sizeof(struct resident_edit), .keys = &keys, .types = true,
	.open = open_screen, .load = form_screen_load, .draw = form_screen_draw, .act = act, .when = when, .type = form_screen_type,
	.resume = form_screen_resume, .tick = form_screen_tick, .leave = form_screen_leave, .status = form_screen_status, .close = close_screen,
};
