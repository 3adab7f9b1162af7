/* Everything that ever happened to one record: who, when, old → new, in words. args.form the form's name, args.id the record. */
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/register.h"
#include "domain/register_pick.h"
#include "store/journal.h"
#include "ui/change_text.h"
#include "ui/screen.h"
#include "ui/widgets/pager.h"

#define INDENT_COLS 4

struct history_screen {
	const struct form *form;
	int64_t id;
	char heading[256];
	struct pager pager;
};

static const struct keymap keys = { "history", NULL, 0 };

static const struct {
	char op;
	const char *text;
} op_words[] = { { 'I', "新增" }, { 'U', "修改" }, { 'D', "删除" }, { 'R', "恢复" }, { 'E', "抹去" }, { 'M', "并入另一条" } };

/* A record is deleted by a mark, which is a change of a column. */
static char op_of(const struct journal_entry *entry)
{
	for (size_t i = 0; i < entry->n; i++)
		if (entry->op == 'U' && strcmp(entry->changes[i].column, "deleted_at") == 0)
			return entry->changes[i].after && strcmp(entry->changes[i].after, "null") != 0 ? 'D' : 'R';
	return entry->op;
}

static const char *op_text(char op)
{
	for (size_t i = 0; i < COUNT(op_words); i++)
		if (op_words[i].op == op)
			return op_words[i].text;
	return "改动";
}

/* Whether the use case says more than that something was saved: a merge, an import, a step. */
static bool says_more(const char *verb)
{
	const char *last = strrchr(verb, '.');

	return last && strcmp(last, ".save") != 0 && strcmp(last, ".delete") != 0 && strcmp(last, ".restore") != 0;
}

/* "2026-11-24 09:41  陈晓  修改（居民 导入）" */
static void add_heading(const struct app *app, struct pager *p, const struct journal_entry *entry)
{
	AUTO_STRBUF line = { 0 };

	instant_format(&line, entry->at);
	strbuf_format(&line, "  %s  %s", text_is_blank(entry->actor_name) ? "程序" : entry->actor_name, op_text(op_of(entry)));
	if (says_more(entry->verb)) {
		strbuf_add(&line, "（");
		change_verb(app->of, entry->verb, &line);
		strbuf_add(&line, "）");
	}
	pager_add(p, STYLE_STRONG, 0, 0, "%s", strbuf_str(&line));
}

/* Columns that no form has are the program's own, except why a record was deleted. */
static enum rc add_change(struct app *app, struct history_screen *s, const struct journal_entry *entry, const struct change *change,
                          int64_t grid_id, struct err *e)
{
	static const struct field why = { .name = "deleted_why", .label = "原因", .type = FIELD_TEXT, .unit = "", .help = "" };
	const struct field *f = strcmp(change->column, why.name) == 0 ? &why : form_field(s->form, change->column);
	AUTO_STRBUF line = { 0 };
	enum rc rc;

	if (f == NULL || (f == &why && op_of(entry) != 'D'))
		return RC_OK;
	strbuf_format(&line, "%s：", f->label);
	if (entry->op != 'I' && f != &why) {
		if ((rc = change_value(app->of, f, change->before, grid_id, &line, e)) != RC_OK)
			return rc;
		strbuf_add(&line, " -> ");
	} else if (change->after == NULL) {
		return RC_OK;
	}
	if ((rc = change_value(app->of, f, change->after, grid_id, &line, e)) != RC_OK)
		return rc;
	pager_add(&s->pager, STYLE_TEXT, INDENT_COLS, 0, "%s", strbuf_str(&line));
	return RC_OK;
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct history_screen *s = state;
	const struct journal_entry *entries;
	AUTO_ARENA arena = { 0 };
	int64_t grid_id;
	size_t n;
	enum rc rc;

	if ((rc = register_grid(app->of, s->form, s->id, &grid_id, e)) != RC_OK ||
	    (rc = journal_history(app->of->st, s->form->table, s->id, &arena, &entries, &n, e)) != RC_OK)
		return rc;
	pager_clear(&s->pager);
	for (size_t i = 0; i < n; i++) {
		add_heading(app, &s->pager, &entries[i]);
		for (size_t k = 0; k < entries[i].n; k++)
			if ((rc = add_change(app, s, &entries[i], &entries[i].changes[k], grid_id, e)) != RC_OK)
				return rc;
	}
	if (n == 0)
		pager_add(&s->pager, STYLE_DIM, 0, 0, "还没有变更记录");
	pager_layout(&s->pager, app->area.rows - 2, app->area.cols - 2);
	return RC_OK;
}

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct history_screen *s = state;
	AUTO_FREE char *label = NULL;
	AUTO_STRBUF heading = { 0 };
	enum rc rc;

	s->pager.cursor = -1;
	s->id = args->id;
	s->form = form_find(app->of->forms, args->form ? args->form : "");
	if (s->form == NULL)
		return err_set(e, RC_NOTFOUND, NULL, "没有这种登记表");
	if (s->form->roles_view[0] && !register_may_view(app->of, s->form))
		return err_set(e, RC_DENIED, NULL, "%s不能查看%s", role_label(app->of->me.role), s->form->title);
	if ((rc = register_label(app->of, s->form, s->id, &label, e)) != RC_OK)
		return rc;
	strbuf_format(&heading, "变更记录 · %s %s", s->form->title, label);
	strbuf_truncate(&heading, text_prefix(strbuf_str(&heading), 120, NULL));
	memcpy(s->heading, strbuf_str(&heading), heading.n < sizeof s->heading ? heading.n : sizeof s->heading - 1);
	return RC_OK;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct history_screen *s = state;

	(void)app;
	pager_draw(&s->pager, c, canvas_frame(c, area, STYLE_BORDER, s->heading));
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct history_screen *s = state;

	(void)app;
	return pager_key(&s->pager, ev) ? next_stay() : next_pass();
}

static unsigned when(const struct app *app, const void *state)
{
	(void)app; (void)state;
	return WHEN_ALWAYS;
}

static struct next act(struct app *app, void *state, enum action action)
{
	(void)app; (void)state; (void)action;
	return next_pass();
}

static void close_screen(struct app *app, void *state)
{
	struct history_screen *s = state;

	(void)app;
	pager_release(&s->pager);
}

const struct screen_def history_screen = {
	.name = "history", .title = "变更记录",
	.reads = TBL_COMMUNITY | TBL_GRID | TBL_ESTATE | TBL_BUILDING | TBL_HOUSEHOLD | TBL_RESIDENT | TBL_ACCOUNT | TBL_ISSUE | TBL_ATTENDANCE | TBL_EXTRA,
	.state_size = sizeof(struct history_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
