/* A form on the screen: opening it from a record, moving between its fields, and making a record of it again. */
#include "ui/widgets/form_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/register_pick.h"

/* What can be done in a field of a type, said behind the form's own help. */
static const char *const type_hints[] = {
	[FIELD_TEXT] = "",
	[FIELD_NOTE] = "回车换行，Tab 到下一项",
	[FIELD_INT] = "",
	[FIELD_MONEY] = "单位元，如 12.5",
	[FIELD_DATE] = "可写 今天、+3、周五、1124",
	[FIELD_TIME] = "可写 0930、9点半、下午3点",
	[FIELD_CODE] = "空格打开列表，可打名称、拼音首字母或序号",
	[FIELD_CODES] = "空格打开列表，空格或序号打勾，回车确定",
	[FIELD_PHONE] = "",
	[FIELD_IDNUMBER] = "",
	[FIELD_YESNO] = "空格切换，y 是，n 否",
	[FIELD_PICK] = "边打边找，回车选定",
};
#define MASKED_HINT "已遮盖；要改请整个重打，Delete 清空"
#define FIXED_HINT "自动生成，不在这里填写"
#define FROZEN_HINT "只能查看"
#define HELP_COLS 76              /* the message line of the smallest terminal */

void form_compose_help(struct form_view *v)
{
	const struct slot *s = form_active(v);
	AUTO_STRBUF help = { 0 };
	const char *hint = type_hints[s->f->type];

	if (v->frozen)
		hint = FROZEN_HINT;
	else if (s->fixed)
		hint = s->f->help[0] ? "" : FIXED_HINT;
	else if (s->masked)
		hint = MASKED_HINT;
	if (s->error) {
		strbuf_add(&help, s->error);
	} else {
		strbuf_add(&help, s->f->help);
		if (help.n == 0 || text_width(s->f->help) + text_width(hint) + 2 <= HELP_COLS) {
			if (help.n > 0 && hint[0])
				strbuf_add(&help, "；");
			strbuf_add(&help, hint);
		}
	}
	free(v->help);
	v->help = strbuf_take(&help);
}

struct slot *form_active(struct form_view *v)
{
	return &v->slots[v->active];
}

void form_touch(struct app *app, struct form_view *v, struct slot *s)
{
	s->touched = true;
	slot_error(s, NULL);
	if (v->unkept_since == 0)
		v->unkept_since = office_now(app->of);
}

static void update_shown(struct form_view *v)
{
	for (size_t i = 0; i < v->form->n; i++)
		v->slots[i].shown = !v->slots[i].hidden && field_is_shown(v->form, v->slots[i].f, v->now);
}

void form_update(struct app *app, struct form_view *v, struct slot *s)
{
	struct value *now = &v->now[s - v->slots];
	struct err e = { 0 };

	if (slot_value(app, s, now, &e) != RC_OK)
		value_clear(now);
	update_shown(v);
}

static bool can_stop_at(const struct form_view *v, size_t i)
{
	return v->slots[i].shown && (v->frozen || !v->slots[i].fixed);
}

size_t form_neighbour(const struct form_view *v, size_t from, int by)
{
	size_t n = v->form->n;

	for (size_t i = from + (size_t)by; i < n; i += (size_t)by)
		if (can_stop_at(v, i))
			return i;
	return FORM_NO_SLOT;
}

void form_focus(struct app *app, struct form_view *v, size_t i)
{
	struct slot *s;

	if (i == FORM_NO_SLOT)
		return;
	if (i != v->active) {
		form_list_close(v);
		slot_leave(app, form_active(v));
		form_update(app, v, form_active(v));
		v->active = i;
	}
	s = form_active(v);
	editor_end(s->ed);
	if (!v->frozen && !s->fixed && s->family == FAMILY_CODE && s->f->required && slot_is_empty(s))
		form_list_open(app, v);
	form_compose_help(v);
}

void form_view_move(struct app *app, struct form_view *v, int by)
{
	size_t next = form_neighbour(v, v->active, by);

	if (next == FORM_NO_SLOT)       /* round to the other end */
		next = by > 0 ? form_neighbour(v, SIZE_MAX, 1) : form_neighbour(v, v->form->n, -1);
	form_focus(app, v, next);
}

/* The defaults of the form, where a new record has nothing. */
static void set_defaults(struct app *app, struct record *r)
{
	for (size_t i = 0; i < r->form->n; i++) {
		const struct field *f = &r->form->fields[i];
		struct err e = { 0 };

		if (r->values[i].kind != VALUE_NONE || text_is_blank(f->initial))
			continue;
		if (field_parse(f, f->initial, app->today, &r->values[i], &e) != RC_OK)
			app_fail(app, &e);
	}
}

static void fill_slots(struct app *app, struct form_view *v)
{
	for (size_t i = 0; i < v->form->n; i++) {
		slot_set(app, v, &v->slots[i], &v->base.values[i]);
		slot_start(&v->slots[i]);
		value_copy(&v->now[i], &v->base.values[i]);
	}
	update_shown(v);
}

/* Where a new record is begun: at the first field that is still empty. */
static size_t first_slot(const struct form_view *v)
{
	size_t first = form_neighbour(v, SIZE_MAX, 1);

	if (v->base.id == 0)
		for (size_t i = 0; i < v->form->n; i++)
			if (can_stop_at(v, i) && slot_is_empty(&v->slots[i]))
				return i;
	return first == FORM_NO_SLOT ? 0 : first;
}

enum rc form_view_open(struct app *app, struct form_view **out, const struct record *initial, int64_t context_id, struct err *e)
{
	struct form_view *v;
	int64_t grid_id = 0;
	enum rc rc;

	if (initial->id != 0 && (rc = register_grid(app->of, initial->form, initial->id, &grid_id, e)) != RC_OK)
		return rc;
	v = mem_alloc(sizeof *v);
	v->form = initial->form;
	v->context_id = context_id;
	v->grid_id = grid_id;
	v->scroll = mem_alloc(sizeof *v->scroll);
	v->slots = mem_alloc(v->form->n * sizeof *v->slots);
	v->now = mem_alloc(v->form->n * sizeof *v->now);
	v->help = mem_copy("");
	record_copy(&v->base, initial);
	if (v->base.id == 0)
		set_defaults(app, &v->base);
	for (size_t i = 0; i < v->form->n; i++)
		slot_init(&v->slots[i], &v->form->fields[i]);
	picker_clear(&v->picker);
	fill_slots(app, v);
	v->active = first_slot(v);
	form_focus(app, v, v->active);
	*out = v;
	return RC_OK;
}

void form_view_close(struct app *app, struct form_view *v)
{
	if (v == NULL)
		return;
	if (v->draft.id != 0)
		draft_leave(app->of->st, v->draft.id);
	for (size_t i = 0; i < v->form->n; i++) {
		slot_release(&v->slots[i]);
		value_clear(&v->now[i]);
	}
	picker_release(&v->picker);
	draft_release(&v->draft);
	record_release(&v->base);
	free(v->slots);
	free(v->now);
	free(v->help);
	free(v->scroll);
	free(v);
}

void form_view_set_grid(struct app *app, struct form_view *v, int64_t grid_id)
{
	if (v->grid_id == grid_id)
		return;
	v->grid_id = grid_id;
	for (size_t i = 0; i < v->form->n; i++) {
		struct slot *s = &v->slots[i];

		if (s->touched || office_sees(app->of, s->f, grid_id) == !s->masked)
			continue;
		slot_set(app, v, s, &v->now[i]);
	}
	form_compose_help(v);
}

void form_view_hide(struct form_view *v, const char *field)
{
	v->slots[form_field_index(v->form, form_field(v->form, field))].hidden = true;
	update_shown(v);
}

void form_view_read_only(struct app *app, struct form_view *v)
{
	v->frozen = true;
	form_list_close(v);
	form_focus(app, v, v->active);
}

const char *form_view_changed_field(const struct form_view *v)
{
	return v->form->fields[v->changed].name;
}

const char *form_view_active_field(const struct form_view *v)
{
	return v->form->fields[v->active].name;
}

static struct slot *find_slot(const struct form_view *v, const char *field)
{
	const struct field *f = form_field(v->form, field);

	return f ? &v->slots[form_field_index(v->form, f)] : NULL;
}

void form_view_set(struct app *app, struct form_view *v, const char *field, const struct value *value, bool force)
{
	struct slot *s = find_slot(v, field);

	if (s == NULL || (s->touched && !force))
		return;
	slot_set(app, v, s, value);
	slot_error(s, NULL);
	form_update(app, v, s);
	if (v->unkept_since == 0)
		v->unkept_since = office_now(app->of);
	if (!form_active(v)->shown)
		form_focus(app, v, form_neighbour(v, v->active, 1));
	form_compose_help(v);
}

const struct value *form_view_value(struct app *app, struct form_view *v, const char *field)
{
	static const struct value none = { VALUE_NONE, 0, NULL };
	struct slot *s = find_slot(v, field);

	if (s == NULL || !s->shown)
		return &none;
	form_update(app, v, s);
	return &v->now[s - v->slots];
}

/* Every shown field's value into `r`, errors at their fields; how many were refused. */
static size_t take_values(struct app *app, struct form_view *v, struct record *r, size_t *first)
{
	size_t refused = 0;

	for (size_t i = 0; i < v->form->n; i++) {
		struct slot *s = &v->slots[i];
		struct err e = { 0 };

		slot_error(s, NULL);
		if (!s->shown) {
			value_clear(&r->values[i]);
			continue;
		}
		if (s->fixed && v->base.id != 0)
			continue;
		if (slot_value(app, s, &r->values[i], &e) == RC_OK)
			continue;
		slot_error(s, e.text);
		if (refused++ == 0)
			*first = i;
	}
	return refused;
}

enum rc form_view_take(struct app *app, struct form_view *v, struct record *out, struct err *e)
{
	AUTO_RECORD r = { 0 };
	size_t first = 0, refused;

	form_list_settle(app, v);
	form_list_close(v);
	record_copy(&r, &v->base);
	refused = take_values(app, v, &r, &first);
	if (refused == 0) {
		record_copy(out, &r);
		form_compose_help(v);
		return RC_OK;
	}
	form_focus(app, v, first);
	return err_set(e, RC_INVALID, v->slots[first].f->name, "有 %zu 项需要改", refused);
}

void form_view_refuse(struct app *app, struct form_view *v, const struct err *e)
{
	struct slot *s = e->field[0] ? find_slot(v, e->field) : NULL;

	if (s == NULL || !s->shown) {
		app_fail(app, e);
		return;
	}
	form_focus(app, v, (size_t)(s - v->slots));
	slot_error(s, e->text);
	form_list_close(v);
	form_compose_help(v);
}

bool form_view_dirty(const struct form_view *v)
{
	for (size_t i = 0; i < v->form->n; i++)
		if (v->slots[i].shown && slot_differs(&v->slots[i]))
			return true;
	return false;
}

bool form_view_is_masked(const struct form_view *v)
{
	return v->slots[v->active].masked;
}

void form_view_reveal(struct app *app, struct form_view *v, const char *plain)
{
	struct slot *s = form_active(v);

	if (!s->masked || s->family != FAMILY_TYPED)
		return;
	slot_unmask(s);
	editor_set(s->ed, plain);
	slot_start(s);
	form_update(app, v, s);
	form_compose_help(v);
}

void form_view_refresh(struct app *app, struct form_view *v, const struct record *now)
{
	if (v->base.id == 0 || now->rev == v->base.rev || form_view_dirty(v))
		return;
	record_copy(&v->base, now);
	fill_slots(app, v);
	if (!form_active(v)->shown)
		form_focus(app, v, first_slot(v));
	form_compose_help(v);
}

bool form_view_leave(struct app *app, struct form_view *v)
{
	static const char *const answers[] = { "继续填写", "保留草稿，以后再填", "放弃，不保留" };
	struct err e = { 0 };
	int answer;

	if (v->picking) {
		form_list_close(v);
		form_compose_help(v);
		return false;
	}
	if (v->frozen || !form_view_dirty(v))
		return true;
	answer = app_choose(app, "填了还没有保存", answers, COUNT(answers), 0);
	if (answer != 1 && answer != 2)
		return false;
	if ((answer == 1 ? form_view_keep_draft(app, v, true, &e) : form_view_drop_draft(app, v, &e)) == RC_OK)
		return true;
	app_fail(app, &e);
	return false;
}

const char *form_view_help(const struct form_view *v)
{
	return v->help;
}
