/* One field of a form view: a typed text or a chosen value, and how it becomes a value of the record.
 *
 * The value of a masked slot is never read into its editor: it can only be kept, or replaced by a whole new one.
 */
#include "ui/widgets/form_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define QUERY_CLUSTERS 60
#define CHOSEN_GONE "（已不存在）"

static enum family family_of(enum field_type type)
{
	switch (type) {
	case FIELD_YESNO:
		return FAMILY_TOGGLED;
	case FIELD_CODE:
		return FAMILY_CODE;
	case FIELD_CODES:
		return FAMILY_CODES;
	case FIELD_PICK:
		return FAMILY_PICK;
	default:
		return FAMILY_TYPED;
	}
}

/* How many clusters an editor takes: a little more than the form allows, so that the refusal is said in words and nothing is cut off unseen. */
static size_t editor_limit(const struct field *f)
{
	if (family_of(f->type) != FAMILY_TYPED)
		return QUERY_CLUSTERS;
	if (f->type == FIELD_TEXT || f->type == FIELD_NOTE)
		return (size_t)f->max + 200;
	return QUERY_CLUSTERS;
}

void slot_init(struct slot *s, const struct field *f)
{
	*s = (struct slot){ .f = f, .family = family_of(f->type), .fixed = f->readonly };
	s->ed = editor_new(f->type == FIELD_NOTE, editor_limit(f));
}

void slot_release(struct slot *s)
{
	editor_free(s->ed);
	value_clear(&s->chosen);
	free(s->label);
	free(s->start);
	free(s->error);
	*s = (struct slot){ 0 };
}

void slot_error(struct slot *s, const char *text)
{
	free(s->error);
	s->error = mem_copy(text);
}

void slot_choose(struct slot *s, const struct value *value, const char *label)
{
	char *copy = mem_copy(label);

	s->masked = false;
	editor_set(s->ed, "");
	value_copy(&s->chosen, value);
	free(s->label);
	s->label = copy;
}

void slot_unmask(struct slot *s)
{
	s->masked = false;
	editor_set(s->ed, "");
	value_clear(&s->chosen);
}

static void set_picked(struct app *app, struct slot *s, const struct value *value)
{
	AUTO_FREE char *label = NULL;
	struct err e = { 0 };

	if (value->kind == VALUE_NUMBER && form_pick_label(app, s->f, value->number, &label, &e) != RC_OK)
		app_fail(app, &e);
	slot_choose(s, value, label && label[0] ? label : CHOSEN_GONE);
}

void slot_set(struct app *app, struct form_view *v, struct slot *s, const struct value *value)
{
	AUTO_STRBUF typed = { 0 };

	if (value->kind != VALUE_NONE && !office_sees(app->of, s->f, v->grid_id)) {
		slot_choose(s, value, NULL);
		s->masked = true;
		return;
	}
	if (s->family == FAMILY_PICK) {
		set_picked(app, s, value);
	} else if (s->family != FAMILY_TYPED) {
		slot_choose(s, value, NULL);
	} else {
		slot_unmask(s);
		field_typed(s->f, value, &typed);
		editor_set(s->ed, strbuf_str(&typed));
	}
}

void slot_set_typed(struct app *app, struct slot *s, const char *typed)
{
	struct value value = { 0 };
	struct err e = { 0 };

	if (s->family == FAMILY_TYPED) {
		slot_unmask(s);
		editor_set(s->ed, typed);
	} else if (s->family == FAMILY_PICK) {
		if (!text_is_blank(typed))
			value_set_number(&value, strtoll(typed, NULL, 10));
		set_picked(app, s, &value);
	} else if (field_parse(s->f, typed, app->today, &value, &e) == RC_OK) {
		slot_choose(s, &value, NULL);
	}
	value_clear(&value);
}

bool slot_is_searching(const struct slot *s)
{
	return s->family != FAMILY_TYPED && !text_is_blank(editor_text(s->ed));
}

bool slot_is_empty(const struct slot *s)
{
	return s->chosen.kind == VALUE_NONE && text_is_blank(editor_text(s->ed));
}

enum rc slot_value(const struct app *app, const struct slot *s, struct value *out, struct err *e)
{
	struct value value = { 0 };
	enum rc rc = RC_OK;

	if (slot_is_searching(s))
		return err_set(e, RC_INVALID, s->f->name, "「%s」还没有选定：请从列表里选一项，或清空", editor_text(s->ed));
	if (s->family == FAMILY_TYPED && !s->masked)
		rc = field_parse(s->f, editor_text(s->ed), app->today, &value, e);
	else
		value_copy(&value, &s->chosen);
	if (rc == RC_OK && !s->masked && !s->fixed)
		rc = field_check(s->f, &value, e);
	if (rc == RC_OK)
		value_copy(out, &value);
	value_clear(&value);
	return rc;
}

void slot_typed(const struct slot *s, struct strbuf *out)
{
	if (s->family == FAMILY_TYPED && !s->masked)
		strbuf_add(out, editor_text(s->ed));
	else
		field_typed(s->f, &s->chosen, out);
}

void slot_start(struct slot *s)
{
	AUTO_STRBUF typed = { 0 };

	slot_typed(s, &typed);
	free(s->start);
	s->start = strbuf_take(&typed);
	s->touched = false;
}

bool slot_differs(const struct slot *s)
{
	AUTO_STRBUF typed = { 0 };

	slot_typed(s, &typed);
	return slot_is_searching(s) || strcmp(strbuf_str(&typed), s->start ? s->start : "") != 0;
}

void slot_show(const struct slot *s, struct strbuf *out)
{
	if (s->chosen.kind == VALUE_NONE)
		return;
	if (s->family == FAMILY_PICK && !s->masked)
		strbuf_add(out, s->label ? s->label : "");
	else if (s->family == FAMILY_PICK)
		strbuf_add(out, "****");
	else
		field_show(s->f, &s->chosen, s->masked, out);
}

void slot_leave(const struct app *app, struct slot *s)
{
	struct value value = { 0 };
	AUTO_STRBUF full = { 0 };
	struct err e = { 0 };

	if (s->masked || s->fixed || slot_is_empty(s))
		return;
	if (slot_value(app, s, &value, &e) != RC_OK) {
		slot_error(s, e.text);
	} else if (s->family == FAMILY_TYPED && s->f->type != FIELD_TEXT && s->f->type != FIELD_NOTE) {
		field_typed(s->f, &value, &full);
		if (strcmp(strbuf_str(&full), editor_text(s->ed)) != 0)
			editor_set(s->ed, strbuf_str(&full));
	}
	value_clear(&value);
}
