/* Drafts of a form: what is typed is kept while it is typed, offered again, and dropped when it has become a record.
 *
 * A draft holds the typed text of every field that differs from its start, and beside it "name<" the start itself, so that another person's change
 * in between is seen; "name?" is what was typed to find a record or code not chosen yet; "name=" the sealed text of a sealed field. Masked values are
 * never part of it.
 */
#include "ui/widgets/draft_seal.h"
#include "ui/widgets/form_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"

#define SEARCH_SIGN '?'
#define START_SIGN '<'
#define SEALED_SIGN '='

/* What the record is called so far; "" while that is not known. Who shows drafts names the form beside it. */
static void set_title(struct form_view *v)
{
	const struct field *name = form_field(v->form, v->form->name_field);
	AUTO_STRBUF title = { 0 };

	if (name && !name->sensitive && name->type == FIELD_TEXT)
		slot_typed(&v->slots[form_field_index(v->form, name)], &title);
	free(v->draft.title);
	v->draft.title = strbuf_take(&title);
}

static void put(struct draft *d, const struct slot *s, char sign, const char *text)
{
	AUTO_FREE char *key = mem_format("%s%c", s->f->name, sign);

	draft_set(d, key, text);
}

static const char *get(const struct draft *d, const struct slot *s, char sign)
{
	AUTO_FREE char *key = mem_format("%s%c", s->f->name, sign);

	return draft_get(d, key);
}

static bool is_sealed(const struct field *f)
{
	return f->sealed || f->type == FIELD_IDNUMBER;
}

static void put_slot(const struct store *st, struct draft *d, const struct slot *s)
{
	AUTO_STRBUF typed = { 0 };

	if (s->masked || !slot_differs(s))
		return;
	slot_typed(s, &typed);
	if (is_sealed(s->f)) {
		AUTO_FREE char *sealed = draft_seal(st, d->account_id, s->f->name, strbuf_str(&typed));

		put(d, s, SEALED_SIGN, sealed);
	} else if (strcmp(strbuf_str(&typed), s->start) != 0) {
		draft_set(d, s->f->name, strbuf_str(&typed));
		if (!s->f->sensitive)
			put(d, s, START_SIGN, s->start);
	}
	if (slot_is_searching(s))
		put(d, s, SEARCH_SIGN, editor_text(s->ed));
}

/* Everything that is typed now, in place of what the draft held. */
static void compose(struct app *app, struct form_view *v)
{
	int64_t id = v->draft.id;

	draft_release(&v->draft);
	v->draft = (struct draft){ .id = id, .account_id = app->of->me.id, .record_id = v->base.id, .context_id = v->context_id };
	snprintf(v->draft.form, sizeof v->draft.form, "%s", v->form->name);
	set_title(v);
	for (size_t i = 0; i < v->form->n; i++)
		put_slot(app->of->st, &v->draft, &v->slots[i]);
}

/* Half of the promised time: the other half is for a slow tick and a slow disk. The clock may have been set back. */
static bool is_due(const struct app *app, const struct form_view *v)
{
	int64_t waited = office_now(app->of) - v->unkept_since;

	return waited < 0 || waited >= app->of->settings->draft_ms / 2;
}

enum rc form_view_keep_draft(struct app *app, struct form_view *v, bool now, struct err *e)
{
	enum rc rc;

	if (v->frozen || v->unkept_since == 0 || (!now && !is_due(app, v)))
		return RC_OK;
	if (!form_view_dirty(v))
		return form_view_drop_draft(app, v, e);
	compose(app, v);
	if ((rc = draft_save(app->of->st, &v->draft, e)) != RC_OK) {
		v->unkept_since = office_now(app->of);         /* tried again after a while: each try may wait for other writers */
		return err_during(e, "草稿没有存上");
	}
	v->unkept_since = 0;
	v->kept_at = office_now(app->of);
	return RC_OK;
}

enum rc form_view_drop_draft(struct app *app, struct form_view *v, struct err *e)
{
	enum rc rc;

	v->unkept_since = 0;
	if (v->draft.id == 0)
		return RC_OK;
	if ((rc = draft_drop(app->of->st, v->draft.id, e)) != RC_OK)
		return rc;
	v->draft.id = 0;
	v->kept_at = 0;
	return RC_OK;
}

static void take_search(struct form_view *v, struct slot *s, const char *typed)
{
	if (s->family == FAMILY_TYPED)
		return;
	editor_set(s->ed, typed);
	s->touched = true;
	if (s == form_active(v))
		form_list_close(v);
}

static void take_sealed(struct app *app, const struct draft *d, struct slot *s, const char *sealed)
{
	AUTO_FREE char *text = NULL;
	struct err e = { 0 };

	if (draft_unseal(app->of->st, d->account_id, s->f->name, sealed, &text, &e) == RC_OK)
		slot_set_typed(app, s, text);
	else
		slot_error(s, e.text);
	s->touched = true;
}

/* One field of the draft. *last is moved to it where the draft has something for it.
 * true: somebody else has changed the field since it was typed. */
static bool take_slot(struct app *app, struct form_view *v, const struct draft *d, struct slot *s, size_t *last)
{
	const char *typed = draft_get(d, s->f->name), *search = get(d, s, SEARCH_SIGN), *start = get(d, s, START_SIGN);
	const char *sealed = get(d, s, SEALED_SIGN);
	bool moved = typed && start && strcmp(start, s->start) != 0;

	if (s->fixed)
		return false;
	if (typed || search || sealed)
		*last = (size_t)(s - v->slots);
	if (moved && strcmp(typed, s->start) != 0)
		slot_error(s, "存草稿之后别人改过这一项，请核对");
	if (typed) {
		slot_set_typed(app, s, typed);
		s->touched = true;
	}
	if (sealed)
		take_sealed(app, d, s, sealed);
	if (search)
		take_search(v, s, search);
	form_update(app, v, s);
	return moved;
}

enum rc form_view_use_draft(struct app *app, struct form_view *v, int64_t draft_id, struct err *e)
{
	struct draft d = { 0 };
	size_t moved = 0, last = v->active;
	enum rc rc;

	if ((rc = draft_hold(app->of->st, draft_id, e)) != RC_OK)
		return rc;
	if ((rc = draft_load(app->of->st, draft_id, &d, e)) != RC_OK) {
		draft_leave(app->of->st, draft_id);
		return rc;
	}
	if (strcmp(d.form, v->form->name) != 0 || d.record_id != v->base.id || d.account_id != app->of->me.id) {
		draft_leave(app->of->st, draft_id);
		draft_release(&d);
		return err_set(e, RC_INVALID, NULL, "这份草稿不属于这张表单");
	}
	form_list_close(v);
	for (size_t i = 0; i < v->form->n; i++)
		moved += take_slot(app, v, &d, &v->slots[i], &last);
	if (v->slots[last].shown)
		form_focus(app, v, last);
	if (moved > 0)
		app_warn(app, "存草稿之后，别人改过其中 %zu 项，保存前请核对", moved);
	else
		app_say(app, "接着填上次没有保存的内容");
	if (v->draft.id != 0 && v->draft.id != d.id)
		draft_leave(app->of->st, v->draft.id);
	draft_release(&v->draft);
	v->draft = d;
	v->kept_at = d.updated_at;
	v->unkept_since = 0;
	form_compose_help(v);
	return RC_OK;
}

/* Another terminal may be typing the same form just now: that draft is not ours to offer. */
static bool is_for(const struct draft *d, const struct form_view *v)
{
	return !d->elsewhere && strcmp(d->form, v->form->name) == 0 && d->record_id == v->base.id && d->context_id == v->context_id;
}

/* Ask about one draft: go on with it, drop it, or leave it for later. */
static enum rc offer(struct app *app, struct form_view *v, const struct draft *d, struct err *e)
{
	static const char *const answers[] = { "接着填", "重新填，草稿先留着", "重新填，草稿丢掉" };
	AUTO_STRBUF title = { 0 };

	strbuf_format(&title, "有一份没保存的%s", v->form->title);
	if (!text_is_blank(d->title))
		strbuf_format(&title, "「%s」", d->title);
	strbuf_add(&title, "（");
	instant_format(&title, d->updated_at);
	strbuf_add(&title, "）");
	switch (app_choose(app, strbuf_str(&title), answers, COUNT(answers), 0)) {
	case 0:
		return form_view_use_draft(app, v, d->id, e);
	case 2:
		return draft_drop(app->of->st, d->id, e);
	default:
		return RC_OK;
	}
}

enum rc form_view_offer_draft(struct app *app, struct form_view *v, struct err *e)
{
	struct draft *drafts = NULL;
	size_t n = 0, i = 0;
	enum rc rc;

	if (v->frozen)
		return RC_OK;
	if ((rc = draft_list(app->of->st, app->of->me.id, &drafts, &n, e)) != RC_OK)
		return rc;
	while (i < n && !is_for(&drafts[i], v))
		i++;
	if (i < n)
		rc = offer(app, v, &drafts[i], e);
	for (size_t k = 0; k < n; k++)
		draft_release(&drafts[k]);
	free(drafts);
	return rc;
}
