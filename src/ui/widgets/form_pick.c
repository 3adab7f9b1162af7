/* The list under the active field of a form: codes of one or two levels, codes with ticks, records found by what is typed. */
#include "ui/widgets/form_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/register_pick.h"
#include "ui/widgets/code_choice.h"

#define CANDIDATES_MAX 8
#define SHORTEST_PHONE 7
#define NOTHING_LABEL "（不填）"

/* Whether what was typed can be the beginning of a new record: a name or a whole telephone number, not the tail of one. */
static bool is_worth_adding(const char *typed)
{
	size_t digits = strspn(typed, "0123456789- ");

	return !text_is_blank(typed) && (typed[digits] != '\0' || digits >= SHORTEST_PHONE);
}

static const struct form *pick_form(const struct app *app, const struct slot *s)
{
	return form_find(app->of->forms, s->f->pick_form);
}

enum rc form_pick_label(struct app *app, const struct field *f, int64_t id, char **label, struct err *e)
{
	const struct form *form = form_find(app->of->forms, f->pick_form);

	if (form == NULL)
		return err_set(e, RC_NOTFOUND, f->name, "没有表单「%s」", f->pick_form);
	return register_label(app->of, form, id, label, e);
}

static void add_candidates(struct form_view *v, const struct candidate *found, size_t n)
{
	for (size_t i = 0; i < n && i < CANDIDATES_MAX; i++)
		picker_add(&v->picker, &(struct picker_row){ .id = found[i].id, .label = found[i].label, .detail = found[i].detail });
}

static void title_candidates(struct form_view *v, size_t n)
{
	AUTO_STRBUF title = { 0 };

	if (n == 0)
		strbuf_add(&title, "没有找到");
	else if (n > CANDIDATES_MAX)
		strbuf_format(&title, "%d 个以上，继续输入", CANDIDATES_MAX);
	else
		strbuf_format(&title, "%zu 个", n);
	picker_title(&v->picker, strbuf_str(&title));
}

static void fill_records(struct app *app, struct form_view *v, struct slot *s)
{
	const struct form *form = pick_form(app, s);
	const char *typed = editor_text(s->ed);
	struct candidate *found = NULL;
	struct err e = { 0 };
	size_t n = 0;

	if (form == NULL)
		return;
	/* one more than is shown tells that there are more */
	if (register_candidates(app->of, form, typed, CANDIDATES_MAX + 1, &found, &n, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	title_candidates(v, n);
	add_candidates(v, found, n);
	candidates_free(found, n);
	if (is_worth_adding(typed) && register_may_add(app->of, form)) {
		AUTO_FREE char *label = mem_format("＋ 新增%s「%s」", form->title, typed);

		picker_add(&v->picker, &(struct picker_row){ .kind = PICK_ADD, .label = label });
	}
}

static void fill_codes(struct form_view *v, struct slot *s)
{
	const char *typed = editor_text(s->ed), *present = value_text(&s->chosen);
	const struct code_choice *choices;
	AUTO_ARENA arena = { 0 };
	size_t n = code_choices(s->f->codes, v->level, typed, present, &arena, &choices);

	v->picker.numbered = true;
	v->picker.ticks = s->family == FAMILY_CODES;
	picker_title(&v->picker, n == 0 ? "没有这一项" : v->level ? code_label(s->f->codes, v->level) : s->f->label);
	for (size_t i = 0; i < n; i++) {
		AUTO_STRBUF label = { 0 };

		if (v->level)
			strbuf_add(&label, choices[i].code->label);
		else
			code_path(s->f->codes, choices[i].code->code, &label);
		picker_add(&v->picker, &(struct picker_row){
			.label = strbuf_str(&label), .code = choices[i].code->code, .leads = choices[i].leads,
			.ticked = codes_have(present, choices[i].code->code),
		});
	}
	if (s->family == FAMILY_CODE && !s->f->required && v->level == NULL && text_is_blank(typed))
		picker_add(&v->picker, &(struct picker_row){ .kind = PICK_NOTHING, .label = NOTHING_LABEL });
	if (text_is_blank(typed) && s->family == FAMILY_CODE && present[0])
		picker_point(&v->picker, present, 0);
}

void form_list_fill(struct app *app, struct form_view *v)
{
	struct slot *s = form_active(v);

	picker_clear(&v->picker);
	v->picker.numbered = v->picker.ticks = false;
	if (s->family == FAMILY_PICK)
		fill_records(app, v, s);
	else if (s->f->codes)
		fill_codes(v, s);
}

void form_list_open(struct app *app, struct form_view *v)
{
	struct slot *s = form_active(v);

	if (v->frozen || s->fixed || (s->family != FAMILY_PICK && s->f->codes == NULL))
		return;
	v->picking = true;
	v->level = NULL;
	form_list_fill(app, v);
}

void form_list_close(struct form_view *v)
{
	v->picking = false;
	v->level = NULL;
	picker_clear(&v->picker);
}

static enum form_event changed(struct app *app, struct form_view *v, struct slot *s)
{
	form_touch(app, v, s);
	form_update(app, v, s);
	v->changed = (size_t)(s - v->slots);
	return FORM_CHANGED;
}

/* One of several: its tick changes, the list stays open at the same row. */
static enum form_event tick(struct app *app, struct form_view *v, struct slot *s, const struct picker_row *row)
{
	AUTO_FREE char *code = mem_copy(row->code);
	AUTO_STRBUF codes = { 0 };
	struct value value = { 0 };

	codes_toggle(s->f->codes, value_text(&s->chosen), code, &codes);
	value_set_text(&value, strbuf_str(&codes));
	slot_choose(s, &value, NULL);
	value_clear(&value);
	form_list_fill(app, v);
	picker_point(&v->picker, code, 0);
	return changed(app, v, s);
}

static enum form_event choose(struct app *app, struct form_view *v, struct slot *s, const struct picker_row *row, bool advance)
{
	struct value value = { 0 };
	enum form_event event;

	if (row->kind == PICK_VALUE && s->family == FAMILY_PICK)
		value_set_number(&value, row->id);
	else if (row->kind == PICK_VALUE)
		value_set_text(&value, row->code);
	slot_choose(s, &value, row->label);
	value_clear(&value);
	form_list_close(v);
	event = changed(app, v, s);
	if (advance)
		form_focus(app, v, form_neighbour(v, v->active, 1));
	return event;
}

enum form_event form_list_take(struct app *app, struct form_view *v, bool advance)
{
	const struct picker_row *row = picker_row(&v->picker);
	struct slot *s = form_active(v);

	if (row == NULL)
		return FORM_USED;
	if (row->kind == PICK_ADD)
		return FORM_ADD;
	if (row->leads) {
		v->level = code_find(s->f->codes, row->code)->code;
		editor_set(s->ed, "");
		form_list_fill(app, v);
		return FORM_USED;
	}
	if (s->family == FAMILY_CODES)
		return tick(app, v, s, row);
	return choose(app, v, s, row, advance);
}

/* Saving with a list open: what was typed stands for the only row that it leaves. */
void form_list_settle(struct app *app, struct form_view *v)
{
	size_t values = 0, at = 0;

	if (!v->picking || !slot_is_searching(form_active(v)))
		return;
	for (size_t i = 0; i < v->picker.n; i++)
		if (v->picker.rows[i].kind == PICK_VALUE) {
			values++;
			at = i;
		}
	if (values != 1)
		return;
	v->picker.cursor = at;
	form_list_take(app, v, false);
}

enum form_event form_list_digit(struct app *app, struct form_view *v, uint32_t key)
{
	if (picker_digit(&v->picker, key) == NULL)
		return FORM_NOTHING;
	return form_list_take(app, v, true);
}

const char *form_view_pick_form(const struct form_view *v)
{
	return v->slots[v->active].f->pick_form;
}

const char *form_view_pick_typed(const struct form_view *v)
{
	return editor_text(v->slots[v->active].ed);
}

enum form_event form_view_pick(struct app *app, struct form_view *v, int64_t id)
{
	struct slot *s = form_active(v);
	AUTO_FREE char *label = NULL;
	struct value value = { 0 };
	struct err e = { 0 };
	enum form_event event;

	if (id == 0 || s->family != FAMILY_PICK)
		return FORM_USED;
	if (form_pick_label(app, s->f, id, &label, &e) != RC_OK) {
		app_fail(app, &e);
		return FORM_USED;
	}
	value_set_number(&value, id);
	slot_choose(s, &value, label);
	value_clear(&value);
	form_list_close(v);
	event = changed(app, v, s);
	form_focus(app, v, form_neighbour(v, v->active, 1));
	return event;
}
