/* One household: where it is, who lives in it, what is known about it. args.id the household. */
#include <string.h>

#include "domain/resident.h"
#include "store/record.h"
#include "ui/card_screen.h"
#include "ui/screens/resident_card.h"

struct household_screen {
	struct card_screen cs;        /* first */
	struct household_summary where;
	size_t n_members;
};

enum { WHEN_MEMBER = WHEN_OWN, WHEN_RAISE = WHEN_OWN << 1 };

static const struct key_bind binds[] = {
	{ ACT_OPEN,    "Enter l", WHEN_MEMBER },
	{ ACT_NEW,     "F2 N",    WHEN_MAY_CREATE },
	{ ACT_EDIT,    "F4 E",    WHEN_MAY_EDIT },
	{ ACT_RAISE,   "F5 T",    WHEN_RAISE },
	{ ACT_HISTORY, "F3 h",    WHEN_ROW },
};
static const struct keymap keys = { "household", binds, COUNT(binds) };

/* Said by the heading and the members already. */
static const char *const told[] = { "building_id", "unit", "room", "address_text", "head_id" };

static bool is_told(const char *field)
{
	for (size_t i = 0; i < COUNT(told); i++)
		if (strcmp(told[i], field) == 0)
			return true;
	return false;
}

static void add_facts(const struct app *app, struct household_screen *s, const struct record *r)
{
	bool headed = false;

	for (size_t i = 0; i < r->form->n; i++) {
		const struct field *f = &r->form->fields[i];
		bool masked = f->sensitive && !office_sees(app->of, f, s->where.grid_id);
		AUTO_STRBUF text = { 0 };

		if (is_told(f->name) || r->values[i].kind == VALUE_NONE)
			continue;
		if (!headed)
			card_view_heading(&s->cs.view, "本户情况");
		headed = true;
		field_show(f, &r->values[i], masked, &text);
		card_view_fact(&s->cs.view, f->label, strbuf_str(&text), masked ? STYLE_MASKED : STYLE_TEXT, 0, CARD_TAG_NONE);
	}
}

static enum rc add_members(struct app *app, struct household_screen *s, struct err *e)
{
	struct resident_summary *members;
	AUTO_ARENA arena = { 0 };
	AUTO_STRBUF heading = { 0 };
	enum rc rc;

	if ((rc = household_members(app->of, s->cs.id, &arena, &members, &s->n_members, e)) != RC_OK)
		return rc;
	strbuf_format(&heading, "住在这里的人 %zu", s->n_members);
	card_view_heading(&s->cs.view, strbuf_str(&heading));
	for (size_t i = 0; i < s->n_members; i++) {
		AUTO_STRBUF line = { 0 };

		resident_member_line(&members[i], &line);
		card_view_line(&s->cs.view, strbuf_str(&line), *members[i].status ? STYLE_DIM : STYLE_TEXT, members[i].id, CARD_TAG_RESIDENT);
	}
	if (s->n_members == 0)
		card_view_line(&s->cs.view, "还没有登记人员，按「新增」登记第一位", STYLE_DIM, 0, CARD_TAG_NONE);
	return RC_OK;
}

static enum rc fill(struct app *app, struct household_screen *s, struct err *e)
{
	AUTO_RECORD r = { 0 };
	AUTO_STRBUF line = { 0 };
	enum rc rc;

	record_init(&r, form_find(app->of->forms, "household"));
	if ((rc = household_summary(app->of, s->cs.id, &s->cs.arena, &s->where, e)) != RC_OK ||
	    (rc = record_load(app->of->st, r.form, s->cs.id, &r, e)) != RC_OK)
		return rc;
	strbuf_add(&line, s->where.address);
	if (*s->where.grid)
		strbuf_format(&line, "  网格 %s", s->where.grid);
	card_view_line(&s->cs.view, strbuf_str(&line), STYLE_STRONG, 0, CARD_TAG_NONE);
	if (s->where.deleted)
		card_view_line(&s->cs.view, "这一户已删除", STYLE_WARNING, 0, CARD_TAG_NONE);
	if ((rc = add_members(app, s, e)) != RC_OK)
		return rc;
	add_facts(app, s, &r);
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct household_screen *s = state;

	(void)app;
	(void)e;
	s->cs.id = args->id;
	s->cs.view.cursor = 2;                /* the first member: Enter opens it */
	return RC_OK;
}

static enum rc load(struct app *app, void *state, struct err *e)
{
	struct household_screen *s = state;
	enum rc rc;

	card_screen_clear(&s->cs);
	memset(&s->where, 0, sizeof(s->where));
	rc = fill(app, s, e);
	card_screen_show(app, &s->cs, arena_format(&s->cs.arena, "户 · %s", s->where.id ? s->where.address : ""));
	return rc;
}

static int64_t member(const struct household_screen *s)
{
	const struct card_item *item = card_view_item(&s->cs.view);

	return item && item->tag == CARD_TAG_RESIDENT ? item->id : 0;
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct household_screen *s = state;

	(void)app;
	switch (action) {
	case ACT_OPEN:
		return next_push("resident", (struct screen_args){ .id = member(s) });
	case ACT_NEW:
		return next_push("resident-edit", (struct screen_args){ .form = "resident", .context_id = s->cs.id });
	case ACT_EDIT:
		return next_push("resident-edit", (struct screen_args){ .form = "household", .id = s->cs.id });
	case ACT_RAISE:
		return next_push("issue-raise", (struct screen_args){ .context_id = member(s) });
	case ACT_HISTORY:
		return next_push("history", (struct screen_args){ .form = "household", .id = s->cs.id });
	default:
		return next_pass();
	}
}

static unsigned when(const struct app *app, const void *state)
{
	const struct household_screen *s = state;
	bool edit = office_may(app->of, MAY_RESIDENT_EDIT) && s->where.id && !s->where.deleted;

	return (s->where.id ? WHEN_ROW : 0) | (edit ? WHEN_MAY_EDIT | WHEN_MAY_CREATE : 0) | (member(s) ? WHEN_MEMBER : 0) |
	       (member(s) && office_may(app->of, MAY_ISSUE_RAISE) ? WHEN_RAISE : 0);
}

const struct screen_def household_screen = {
	.name = "household", .title = "户",
	.reads = TBL_HOUSEHOLD | TBL_RESIDENT | TBL_BUILDING | TBL_GRID | TBL_EXTRA,
	.state_size = sizeof(struct household_screen), .keys = &keys,
	CARD_SCREEN_FUNCTIONS, .open = open_screen, .load = load, .act = act, .when = when,
};
