/* A resident as a card. */
#include "ui/screens/resident_card.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/issue_list.h"
#include "store/record.h"

#define ISSUES_SHOWN 20
#define FIELDS_IN_GROUP 12

/* In the order in which a desk asks for them. A field that stands nowhere here, an office's own too, comes under 其他. */
static const struct field_group {
	const char *title;
	const char *fields[FIELDS_IN_GROUP];
} groups[] = {
	{ "联系", { "phone", "phone_note", "phone2", "phone2_note", "emergency_name", "emergency_relation", "emergency_phone", "emergency_key" } },
	{ "关爱", { "care_tags", "care_level", "visit_level", "health_note", "note" } },
	{ "身份", { "sex", "born_day", "id_kind", "id_number", "relation", "presence", "kind", "politics", "ethnic", "marriage", "employer" } },
	{ "登记", { "status", "consent_day", "consent_note" } },
};
static const char *const in_heading[] = { "name", "household_id" };

static bool in_group(const struct field_group *g, const char *name)
{
	for (size_t i = 0; i < FIELDS_IN_GROUP && g->fields[i]; i++)
		if (strcmp(g->fields[i], name) == 0)
			return true;
	return false;
}

static bool has_place(const char *name)
{
	for (size_t i = 0; i < COUNT(in_heading); i++)
		if (strcmp(in_heading[i], name) == 0)
			return true;
	for (size_t i = 0; i < COUNT(groups); i++)
		if (in_group(&groups[i], name))
			return true;
	return false;
}

/* What decides whether a field is masked: itself, or the name of the record that it picks (the address of a household). */
static const struct field *shown_field(const struct app *app, const struct field *f)
{
	const struct form *target = f->type == FIELD_PICK ? form_find(app->of->forms, f->pick_form) : NULL;
	const struct field *name = target ? form_field(target, target->name_field) : NULL;

	return name ? name : f;
}

static bool is_masked(const struct app *app, const struct resident_card *card, size_t field)
{
	const struct field *f = shown_field(app, &card->record.form->fields[field]);

	return f->sensitive && card->record.values[field].kind != VALUE_NONE && !card->revealed[field] &&
	       !office_sees(app->of, f, card->who.grid_id);
}

static void add_field(const struct app *app, struct resident_card *card, size_t field)
{
	const struct field *f = &card->record.form->fields[field];
	bool masked = is_masked(app, card, field);
	AUTO_STRBUF text = { 0 };

	if (card->record.values[field].kind == VALUE_NONE)
		return;
	if (card->revealed[field])
		strbuf_add(&text, card->revealed[field]);
	else
		field_show(f, &card->record.values[field], masked, &text);
	card_view_fact(&card->view, f->label, strbuf_str(&text), masked ? STYLE_MASKED : card->revealed[field] ? STYLE_NOTICE : STYLE_TEXT, 0,
	               (int)field);
}

/* The group's heading only if one of its fields holds something. */
static void add_group(const struct app *app, struct resident_card *card, const char *title, const struct field_group *g)
{
	const struct form *form = card->record.form;
	bool headed = false;

	for (size_t i = 0; i < form->n; i++) {
		bool here = g ? in_group(g, form->fields[i].name) : !has_place(form->fields[i].name);

		if (!here || card->record.values[i].kind == VALUE_NONE)
			continue;
		if (!headed)
			card_view_heading(&card->view, title);
		headed = true;
		add_field(app, card, i);
	}
}

/* The address, in full once it was revealed. */
static const char *address_of(const struct resident_card *card)
{
	const struct field *f = form_field(card->record.form, "household_id");
	const char *revealed = f ? card->revealed[form_field_index(card->record.form, f)] : NULL;

	return revealed ? revealed : card->who.address;
}

/* "子" and "女" alone could be read as the sex. */
static void add_relation(const struct resident_summary *r, struct strbuf *out)
{
	strbuf_format(out, text_width(r->relation) == 2 ? "户主之%s" : "%s", r->relation);
}

static void add_heading(struct resident_card *card)
{
	const struct resident_summary *who = &card->who;
	const char *address = address_of(card);
	AUTO_STRBUF name = { 0 };
	AUTO_STRBUF contact = { 0 };

	strbuf_format(&name, "%s  %s", who->name, who->sex);
	if (who->age >= 0)
		strbuf_format(&name, "  %d岁", who->age);
	if (*who->relation)
		strbuf_add(&name, "  ");
	add_relation(who, &name);
	if (*who->status)
		strbuf_format(&name, "  %s", who->status);
	card_view_line(&card->view, strbuf_str(&name), STYLE_STRONG, 0, CARD_TAG_NONE);
	if (who->deleted)
		card_view_line(&card->view, who->merged_into ? "这条记录已并入另一条，按 Enter 打开那一条" : "这条记录已删除", STYLE_WARNING,
		               who->merged_into, CARD_TAG_RESIDENT);
	if (*who->care)
		card_view_line(&card->view, who->care, STYLE_NOTICE, 0, CARD_TAG_NONE);
	card_view_line(&card->view, *address ? address : "还没有登记住址", *address ? STYLE_TEXT : STYLE_DIM, who->household_id, CARD_TAG_HOUSEHOLD);
	strbuf_add(&contact, who->phone);
	if (*who->grid)
		strbuf_format(&contact, "%s网格 %s", contact.n ? "  " : "", who->grid);
	if (contact.n)
		card_view_line(&card->view, strbuf_str(&contact), STYLE_TEXT, 0, CARD_TAG_NONE);
}

static void add_issue(struct app *app, struct resident_card *card, const struct list *l, size_t i)
{
	static const struct { enum issue_column column; int cols; } parts[] = { { ISSUE_NUMBER, 10 }, { ISSUE_STATE, 12 }, { ISSUE_TITLE, 0 } };
	AUTO_STRBUF line = { 0 };

	for (size_t p = 0; p < COUNT(parts); p++) {
		AUTO_STRBUF cell = { 0 };

		issue_cell(app->of, l, i, parts[p].column, &cell);
		if (parts[p].cols > 0)
			text_fit(&line, strbuf_str(&cell), parts[p].cols, ALIGN_LEFT);
		else
			strbuf_add(&line, strbuf_str(&cell));
		strbuf_add_char(&line, ' ');
	}
	card_view_line(&card->view, strbuf_str(&line), issue_row_late(app->of, l, i) > 0 ? STYLE_WARNING : STYLE_TEXT, list_id(l, i), CARD_TAG_ISSUE);
}

static enum rc add_issues_of(struct app *app, struct resident_card *card, struct list *l, struct err *e)
{
	struct issue_filter filter = ISSUE_FILTER_ALL;
	struct list_filter conditions[ISSUE_FILTERS_MAX];
	AUTO_ARENA arena = { 0 };
	size_t n, found;
	enum rc rc;

	filter.status = ISSUE_ALL;
	filter.reporter_id = card->id;
	n = issue_filters(app->of, &filter, &arena, conditions);
	if ((rc = list_query(l, conditions, n, (struct list_order){ "raised_at", true }, 0, e)) != RC_OK)
		return rc;
	found = list_count(l) < ISSUES_SHOWN ? list_count(l) : ISSUES_SHOWN;
	if ((rc = list_prepare(l, 0, found, e)) != RC_OK)
		return rc;
	card_view_heading(&card->view, "提过的事");
	for (size_t i = 0; i < found; i++)
		add_issue(app, card, l, i);
	if (found == 0)
		card_view_line(&card->view, "还没有提过事", STYLE_DIM, 0, CARD_TAG_NONE);
	return RC_OK;
}

static enum rc add_issues(struct app *app, struct resident_card *card, struct err *e)
{
	struct list *l = NULL;
	enum rc rc;

	if (!office_may(app->of, MAY_ISSUE_VIEW))
		return RC_OK;
	if ((rc = list_open(&l, app->of->st, &issue_list_spec, e)) != RC_OK)
		return rc;
	rc = add_issues_of(app, card, l, e);
	list_close(l);
	return rc;
}

void resident_member_line(const struct resident_summary *r, struct strbuf *out)
{
	text_fit(out, r->name, 8, ALIGN_LEFT);
	strbuf_add_char(out, ' ');
	text_fit(out, r->sex, 2, ALIGN_LEFT);
	if (r->age >= 0)
		strbuf_format(out, " %3d岁 ", r->age);
	else
		strbuf_add(out, "       ");
	add_relation(r, out);
	if (*r->phone)
		strbuf_format(out, " %s", r->phone);
	if (*r->care)
		strbuf_format(out, " %s", r->care);
	if (*r->status)
		strbuf_format(out, " %s", r->status);
}

static enum rc add_members(struct app *app, struct resident_card *card, struct err *e)
{
	struct resident_summary *members;
	bool headed = false;
	size_t n;
	enum rc rc;

	if (card->who.household_id == 0)
		return RC_OK;
	if ((rc = household_members(app->of, card->who.household_id, &card->arena, &members, &n, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		AUTO_STRBUF line = { 0 };

		if (members[i].id == card->id)
			continue;
		if (!headed)
			card_view_heading(&card->view, "同住的人");
		headed = true;
		resident_member_line(&members[i], &line);
		card_view_line(&card->view, strbuf_str(&line), STYLE_TEXT, members[i].id, CARD_TAG_RESIDENT);
	}
	return RC_OK;
}

/* Forget what was revealed; whether there was anything. */
static bool wipe(struct resident_card *card)
{
	bool any = false;

	for (size_t i = 0; card->revealed && i < card->record.form->n; i++) {
		if (!card->revealed[i])
			continue;
		explicit_bzero(card->revealed[i], strlen(card->revealed[i]));
		free(card->revealed[i]);
		card->revealed[i] = NULL;
		any = true;
	}
	return any;
}

static void empty(struct resident_card *card)
{
	wipe(card);
	free(card->revealed);
	card->revealed = NULL;
	record_release(&card->record);
	card_view_clear(&card->view);
	card->view.cursor = 0;
	arena_clear(&card->arena);
	memset(&card->who, 0, sizeof(card->who));
	card->id = 0;
}

void resident_card_release(struct resident_card *card)
{
	empty(card);
	card_view_release(&card->view);
}

static enum rc fill(struct app *app, struct resident_card *card, struct err *e)
{
	enum rc rc;

	card_view_clear(&card->view);
	add_heading(card);
	if ((rc = add_issues(app, card, e)) != RC_OK || (rc = add_members(app, card, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < COUNT(groups); i++)
		add_group(app, card, groups[i].title, &groups[i]);
	add_group(app, card, "其他", NULL);
	return RC_OK;
}

static enum rc read_all(struct app *app, struct resident_card *card, int64_t id, struct err *e)
{
	const struct form *form = form_find(app->of->forms, "resident");
	enum rc rc;

	arena_clear(&card->arena);
	record_release(&card->record);
	record_init(&card->record, form);
	card->id = id;
	if (!card->revealed)
		card->revealed = mem_alloc(form->n * sizeof(card->revealed[0]));
	if ((rc = resident_summary(app->of, id, &card->arena, &card->who, e)) != RC_OK ||
	    (rc = record_load(app->of->st, form, id, &card->record, e)) != RC_OK)
		return rc;
	return fill(app, card, e);
}

enum rc resident_card_load(struct app *app, struct resident_card *card, int64_t id, struct err *e)
{
	enum rc rc;

	if (id != card->id)
		empty(card);
	if (id == 0)
		return RC_OK;
	rc = read_all(app, card, id, e);
	if (rc != RC_OK)
		empty(card);
	return rc;
}

enum rc resident_card_hide(struct app *app, struct resident_card *card, struct err *e)
{
	return wipe(card) ? fill(app, card, e) : RC_OK;
}

bool resident_card_masks(const struct app *app, const struct resident_card *card)
{
	for (size_t i = 0; card->id && i < card->record.form->n; i++)
		if (is_masked(app, card, i))
			return true;
	return false;
}

/* Which field to reveal: the one under the cursor, the only one, or the person's choice; -1: none. */
static int choose_field(struct app *app, const struct resident_card *card)
{
	const struct card_item *item = card_view_item(&card->view);
	const struct form *form = card->record.form;
	AUTO_FREE const char **labels = mem_alloc(form->n * sizeof(labels[0]));
	AUTO_FREE int *fields = mem_alloc(form->n * sizeof(fields[0]));
	int n = 0, chosen;

	if (item && item->kind == CARD_FACT && item->tag >= 0 && is_masked(app, card, (size_t)item->tag))
		return item->tag;
	for (size_t i = 0; i < form->n; i++) {
		if (!is_masked(app, card, i))
			continue;
		labels[n] = form->fields[i].label;
		fields[n++] = (int)i;
	}
	if (n <= 1)
		return n == 1 ? fields[0] : -1;
	chosen = app_choose(app, "显示哪一项（记入台账）", labels, (size_t)n, 0);
	return chosen < 0 ? -1 : fields[chosen];
}

void resident_card_reveal(struct app *app, struct resident_card *card)
{
	const struct field *f;
	struct err e = { 0 };
	char *plain;
	int field;

	if (card->id == 0 || (field = choose_field(app, card)) < 0)
		return;
	f = &card->record.form->fields[field];
	if (resident_reveal(app->of, card->id, f->name, &plain, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	card->revealed[field] = plain;
	app_say(app, "%s 的%s：%s（已记入台账）", card->who.name, f->label, plain);
	if (fill(app, card, &e) != RC_OK)
		app_fail(app, &e);
}

struct next resident_card_open(const struct resident_card *card)
{
	const struct card_item *item = card_view_item(&card->view);
	struct screen_args args = { 0 };

	if (!item || item->id == 0)
		return next_stay();
	args.id = item->id;
	switch (item->tag) {
	case CARD_TAG_HOUSEHOLD: return next_push("household", args);
	case CARD_TAG_RESIDENT:  return next_push("resident", args);
	case CARD_TAG_ISSUE:     return next_push("issue", args);
	default:                 return next_stay();
	}
}
