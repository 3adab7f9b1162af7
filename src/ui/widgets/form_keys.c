/* What keys do in a form. A field first, then the way to the next one; what is left belongs to the screen. */
#include "ui/widgets/form_private.h"

#include <string.h>

#include "base/text.h"

#define PAGE_FIELDS 8

static enum form_event change(struct app *app, struct form_view *v, struct slot *s)
{
	form_touch(app, v, s);
	form_update(app, v, s);
	v->changed = (size_t)(s - v->slots);
	return FORM_CHANGED;
}

static bool is_erasing(uint32_t key)
{
	return key == YK_BACKSPACE || key == YK_DELETE;
}

static bool is_typing(const struct key_event *ev)
{
	return key_is_text(ev->key) || ev->key == YK_PASTE;
}

/* An editing key into the slot's editor. */
static enum editor_result edit(struct app *app, struct slot *s, const struct key_event *ev)
{
	enum editor_result result = editor_key(s->ed, ev);

	if (result == EDITOR_FULL)
		app_warn(app, "太长了，后面的没有收下");
	return result;
}

/* A masked value is kept as it is, replaced as a whole by the first character typed, or emptied when the person says so. */
static enum form_event key_masked(struct app *app, struct form_view *v, struct slot *s, const struct key_event *ev)
{
	if (ev->key == YK_DELETE && app_ask(app, "清空这一项？原来的内容会去掉（变更记录里仍可查到）")) {
		slot_unmask(s);
		return change(app, v, s);
	}
	if (!is_typing(ev))
		return is_erasing(ev->key) ? FORM_USED : FORM_NOTHING;
	s->masked = false;
	edit(app, s, ev);
	if (editor_is_empty(s->ed)) {
		s->masked = true;
		return FORM_USED;
	}
	return change(app, v, s);
}

static enum form_event key_typed(struct app *app, struct form_view *v, struct slot *s, const struct key_event *ev)
{
	switch (edit(app, s, ev)) {
	case EDITOR_IGNORED:
		return FORM_NOTHING;
	case EDITOR_MOVED:
		return FORM_USED;
	default:
		break;
	}
	/* what was typed in place of a masked value is gone again: the value is kept after all */
	if (s->chosen.kind != VALUE_NONE && editor_is_empty(s->ed))
		s->masked = true;
	return change(app, v, s);
}

static enum form_event set_toggle(struct app *app, struct form_view *v, struct slot *s, int64_t number)
{
	struct value value = { 0 };

	if (number >= 0)
		value_set_number(&value, number);
	slot_choose(s, &value, NULL);
	value_clear(&value);
	return change(app, v, s);
}

static enum form_event key_toggled(struct app *app, struct form_view *v, struct slot *s, const struct key_event *ev)
{
	static const struct { uint32_t key; int number; } keys[] = {
		{ 'y', 1 }, { 'Y', 1 }, { '1', 1 }, { 0x662F /* 是 */, 1 },
		{ 'n', 0 }, { 'N', 0 }, { '0', 0 }, { 0x5426 /* 否 */, 0 }, { YK_BACKSPACE, -1 }, { YK_DELETE, -1 },
	};
	uint32_t key = key_fold(ev->key);

	if (key == ' ')
		return set_toggle(app, v, s, s->chosen.kind == VALUE_NUMBER && s->chosen.number == 1 ? 0 : 1);
	for (size_t i = 0; i < COUNT(keys); i++)
		if (keys[i].key == key)
			return set_toggle(app, v, s, keys[i].number);
	return is_typing(ev) ? FORM_USED : FORM_NOTHING;
}

static enum form_event clear_chosen(struct app *app, struct form_view *v, struct slot *s)
{
	static const struct value none = { VALUE_NONE, 0, NULL };

	if (slot_is_empty(s))
		return FORM_USED;
	slot_choose(s, &none, NULL);
	return change(app, v, s);
}

/* A chosen field whose list is closed. */
static enum form_event key_closed(struct app *app, struct form_view *v, struct slot *s, const struct key_event *ev)
{
	bool searching = slot_is_searching(s);

	if (ev->key == YK_DOWN || (ev->key == ' ' && !searching) || (ev->key == YK_ENTER && (searching || (s->f->required && slot_is_empty(s))))) {
		form_list_open(app, v);
		return FORM_USED;
	}
	if (is_erasing(ev->key) && !searching)
		return clear_chosen(app, v, s);
	if (!is_typing(ev) && !(searching && is_erasing(ev->key)))
		return searching && edit(app, s, ev) == EDITOR_MOVED ? FORM_USED : FORM_NOTHING;
	form_list_open(app, v);
	if (s->family != FAMILY_PICK && !searching) {
		enum form_event event = form_list_digit(app, v, ev->key);

		if (event != FORM_NOTHING)
			return event;
	}
	edit(app, s, ev);
	form_touch(app, v, s);
	form_list_fill(app, v);
	return FORM_USED;
}

/* Backspace where nothing is typed: back to the first level, or the list closes. */
static enum form_event go_up(struct app *app, struct form_view *v)
{
	if (v->level) {
		v->level = NULL;
		form_list_fill(app, v);
	} else {
		form_list_close(v);
	}
	return FORM_USED;
}

static enum form_event enter_open(struct app *app, struct form_view *v, struct slot *s)
{
	if (s->family == FAMILY_CODES && !slot_is_searching(s)) {
		form_list_close(v);
		form_focus(app, v, form_neighbour(v, v->active, 1));
		return FORM_USED;
	}
	return form_list_take(app, v, true);
}

/* Tab takes what the bar is on where something was typed for it; it never adds a record. */
static enum form_event tab_open(struct app *app, struct form_view *v, struct slot *s)
{
	const struct picker_row *row = picker_row(&v->picker);
	enum form_event event = FORM_USED;

	if (slot_is_searching(s) && row && row->kind == PICK_VALUE)
		event = form_list_take(app, v, false);
	form_view_move(app, v, 1);
	return event;
}

/* A chosen field whose list is open. */
static enum form_event key_open(struct app *app, struct form_view *v, struct slot *s, const struct key_event *ev)
{
	bool searching = slot_is_searching(s);
	enum form_event event;

	switch (ev->key) {
	case YK_ENTER:
		return enter_open(app, v, s);
	case YK_TAB:
		return tab_open(app, v, s);
	case YK_BACKTAB:
		return FORM_NOTHING;
	case ' ':
		if (s->family == FAMILY_CODES || !searching)
			return form_list_take(app, v, true);
		break;
	case YK_BACKSPACE:
	case YK_LEFT:
		if (!searching)
			return go_up(app, v);
		break;
	case YK_RIGHT:
		if (!searching && picker_row(&v->picker) && picker_row(&v->picker)->leads)
			return form_list_take(app, v, true);
		break;
	case YK_ESC:
		form_list_close(v);
		return FORM_USED;
	default:
		break;
	}
	if (picker_key(&v->picker, ev))
		return FORM_USED;
	if (ev->key == YK_UP) {
		form_list_close(v);
		return FORM_USED;
	}
	if ((event = form_list_digit(app, v, ev->key)) != FORM_NOTHING)
		return event;
	if (edit(app, s, ev) == EDITOR_IGNORED)
		return FORM_NOTHING;
	form_touch(app, v, s);
	form_list_fill(app, v);
	return FORM_USED;
}

static enum form_event key_slot(struct app *app, struct form_view *v, struct slot *s, const struct key_event *ev)
{
	if (v->frozen || s->fixed)
		return is_typing(ev) || is_erasing(ev->key) ? FORM_USED : FORM_NOTHING;
	if (v->picking)
		return key_open(app, v, s, ev);
	if (s->masked && s->family == FAMILY_TYPED)
		return key_masked(app, v, s, ev);
	if (s->family == FAMILY_TYPED)
		return key_typed(app, v, s, ev);
	if (s->family == FAMILY_TOGGLED)
		return key_toggled(app, v, s, ev);
	return key_closed(app, v, s, ev);
}

/* The way between fields, for keys that the field had no use for. */
static enum form_event key_form(struct app *app, struct form_view *v, const struct key_event *ev)
{
	switch (ev->key) {
	case YK_TAB:
		form_view_move(app, v, 1);
		return FORM_USED;
	case YK_BACKTAB:
		form_view_move(app, v, -1);
		return FORM_USED;
	case YK_ENTER:
		if (form_neighbour(v, v->active, 1) == FORM_NO_SLOT)
			app_say(app, "已经是最后一项，Ctrl-S 保存");
		form_focus(app, v, form_neighbour(v, v->active, 1));
		return FORM_USED;
	case YK_DOWN:
		form_focus(app, v, form_neighbour(v, v->active, 1));
		return FORM_USED;
	case YK_UP:
		form_focus(app, v, form_neighbour(v, v->active, -1));
		return FORM_USED;
	case YK_PGDN:
	case YK_PGUP:
		for (int i = 0; i < PAGE_FIELDS; i++)
			form_focus(app, v, form_neighbour(v, v->active, ev->key == YK_PGDN ? 1 : -1));
		return FORM_USED;
	case YK_CTRL_HOME:
		form_focus(app, v, form_neighbour(v, SIZE_MAX, 1));
		return FORM_USED;
	case YK_CTRL_END:
		form_focus(app, v, form_neighbour(v, v->form->n, -1));
		return FORM_USED;
	default:
		return FORM_NOTHING;
	}
}

/* A click goes to a field, or takes a row of the open list. */
static enum form_event click(struct app *app, struct form_view *v, const struct key_event *ev)
{
	const struct rect *list = &v->scroll->list;
	bool inside = v->picking && ev->row >= list->row && ev->row < list->row + list->rows && ev->col >= list->col && ev->col < list->col + list->cols;
	size_t slot;

	if (inside)
		return picker_click(&v->picker, ev->row - list->row, list->rows) ? form_list_take(app, v, true) : FORM_USED;
	slot = form_slot_at(v, ev->row);
	if (slot == FORM_NO_SLOT || (v->slots[slot].fixed && !v->frozen))
		return FORM_NOTHING;
	form_focus(app, v, slot);
	return FORM_USED;
}

enum form_event form_view_key(struct app *app, struct form_view *v, const struct key_event *ev)
{
	enum form_event event = ev->key == YK_CLICK ? click(app, v, ev) : key_slot(app, v, form_active(v), ev);

	if (event == FORM_NOTHING)
		event = key_form(app, v, ev);
	form_compose_help(v);
	return event;
}
