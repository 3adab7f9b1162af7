/* 志愿者: who can help, by name, pinyin, telephone or number; filters always in words; beside the list whoever is under the cursor.
 * args.text a filter to look by this once; NULL: as it was kept. */
#include "domain/register.h"
#include "domain/volunteer.h"
#include "ui/list_screen.h"
#include "ui/widgets/volunteer_card.h"

struct volunteers {
	struct list_screen ls;        /* first */
	struct card_view card;        /* the second pane */
	struct arena arena;           /* of what the card shows */
};

static const struct key_bind binds[] = {
	{ ACT_OPEN,          "Enter l", WHEN_ROW },
	{ ACT_FIND,          "/",       WHEN_ALWAYS },
	{ ACT_NEW,           "F2 N",    WHEN_MAY_CREATE },
	{ ACT_LADDER,        "F6 S",    WHEN_MAY_EDIT },
	{ ACT_WEEK,          "F5 w",    WHEN_ROW },
	{ ACT_FILTER,        "F7 f",    WHEN_ALWAYS },
	{ ACT_CLEAR_FILTER,  "a",       WHEN_FILTERED },
	{ ACT_ROSTER,        "r",       WHEN_ALWAYS },
	{ ACT_ATTENDANCE,    "s",       WHEN_ALWAYS },
	{ ACT_GAPS,          "Q",       WHEN_ALWAYS },
	{ ACT_HOURS,         "t",       WHEN_ROW },
	{ ACT_QUALIFICATION, "C",       WHEN_MAY_EDIT },
	{ ACT_ABSENCE,       "A",       WHEN_MAY_EDIT },
	{ ACT_EDIT,          "F4 E",    WHEN_MAY_EDIT },
	{ ACT_HISTORY,       "F3 h",    WHEN_ROW },
	{ ACT_IMPORT,        "F8 I",    WHEN_MAY_CREATE },
	{ ACT_EXPORT,        "F9 x",    WHEN_EXPORT },
	{ ACT_SORT,          "o",       WHEN_ROW },
	{ ACT_REVERSE,       "O",       WHEN_ROW },
};
static const struct keymap keys = { "volunteers", binds, COUNT(binds) };

static const struct list_key opens[] = {
	{ ACT_OPEN,          .screen = "volunteer",        .row = ROW_AS_ID, .returns = true },
	{ ACT_NEW,           .screen = "part",             .text = "volunteer", .returns = true },
	{ ACT_EDIT,          .screen = "part",             .text = "volunteer", .row = ROW_AS_ID, .returns = true },
	{ ACT_LADDER,        .screen = "part",             .text = "volunteer-status", .row = ROW_AS_ID, .returns = true },
	{ ACT_QUALIFICATION, .screen = "part",             .text = "qualification", .row = ROW_AS_CONTEXT },
	{ ACT_ABSENCE,       .screen = "part",             .text = "absence", .row = ROW_AS_CONTEXT },
	{ ACT_WEEK,          .screen = "volunteer-week",   .row = ROW_AS_ID },
	{ ACT_HOURS,         .screen = "service-record",   .row = ROW_AS_ID },
	{ ACT_ROSTER,        .screen = "roster" },
	{ ACT_ATTENDANCE,    .screen = "attendance" },
	{ ACT_GAPS,          .screen = "gaps" },
	{ ACT_IMPORT,        .screen = "volunteer-import" },
	{ ACT_HISTORY,       .screen = "history",          .form = "volunteer", .row = ROW_AS_ID },
};

/* Filters ----------------------------------------------------------------------------------------------------------------------------- */

enum papers_filter { PAPERS_ALL, PAPERS_EXPIRED, PAPERS_EXPIRING };
static const char *const papers[] = { [PAPERS_ALL] = "不限", [PAPERS_EXPIRED] = "证书已过期", [PAPERS_EXPIRING] = "证书快到期" };

static struct list_filter by_status(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)app;
	return volunteer_filter_status(v->code, a);
}

static struct list_filter by_service(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)app;
	return volunteer_filter_service(v->code, a);
}

static struct list_filter by_grid(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)app; (void)a;
	return volunteer_filter_grid(v->grid.id);
}

static struct list_filter by_papers(const struct app *app, const struct filter_value *v, struct arena *a)
{
	(void)a;
	return v->choice == PAPERS_EXPIRED ? volunteer_filter_expired(app->today) : volunteer_filter_expiring(app->today);
}

static const struct filter_kind filters[] = {
	{ .key = "status",  .title = "状态", .codes = "volunteer_status", .condition = by_status },
	{ .key = "service", .title = "服务", .codes = "service", .condition = by_service },
	{ .key = "grid",    .title = "网格", .condition = by_grid },
	{ .key = "papers",  .title = "证书", .choices = papers, .n_choices = COUNT(papers), .condition = by_papers },
};

/* The panes --------------------------------------------------------------------------------------------------------------------------- */

/* Who can't be put on a shift stands out. */
static void show_status(const struct app *app, const struct list *l, size_t i, size_t source, struct strbuf *out, enum style *style)
{
	enum volunteer_status status = volunteer_status_from_key(list_text(l, i, source));

	register_cell(app->of, form_find(app->of->forms, "volunteer"), l, i, source, out);
	if (*style == STYLE_TEXT)
		*style = status == VOLUNTEER_ACTIVE ? STYLE_GOOD : status == VOLUNTEER_STOPPED ? STYLE_DIM : STYLE_WARNING;
}

static enum rc load_beside(struct app *app, void *state, int64_t id, struct rect area, struct err *e)
{
	struct volunteers *s = state;
	struct volunteer v;
	enum rc rc;

	arena_clear(&s->arena);
	card_view_clear(&s->card);
	if (id == 0)
		return RC_OK;
	if ((rc = volunteer_load(app->of, id, &s->arena, &v, e)) != RC_OK)
		return rc;
	volunteer_card(app, &s->card, &v);
	card_view_layout_framed(&s->card, area);
	return RC_OK;
}

static void draw_beside(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct volunteers *s = state;

	(void)app;
	card_view_draw_framed(&s->card, c, area, "", false);
}

static const struct list_screen_spec spec = {
	.name = "volunteers", .title = "志愿者", .empty = "按 {new} 登记第一位志愿者，或按 {import} 从 CSV 文件导入",
	.keys = &keys, .opens = opens, .n_opens = COUNT(opens), .filters = filters, .n_filters = COUNT(filters), .cols_min = 76,    /* with the status */
	.load_beside = load_beside, .draw_beside = draw_beside,
};

/* The screen -------------------------------------------------------------------------------------------------------------------------- */

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct volunteers *s = state;

	s->ls.given = args->text;
	s->ls.passing = args->text != NULL;
	return list_screen_open_register(app, &s->ls, &spec, form_find(app->of->forms, "volunteer"), show_status, e);
}

static unsigned when(const struct app *app, const void *state)
{
	unsigned w = list_screen_when(app, state);

	if (!office_may(app->of, MAY_VOLUNTEER_EDIT))
		return w;
	return w | WHEN_MAY_CREATE | (w & WHEN_ROW ? WHEN_MAY_EDIT : 0);
}

static void close_screen(struct app *app, void *state)
{
	struct volunteers *s = state;

	list_screen_close(app, state);
	card_view_release(&s->card);
	arena_clear(&s->arena);
}

const struct screen_def volunteers_screen = {
	.name = "volunteers", .title = "志愿者", .reads = VOLUNTEER_READS,
	.state_size = sizeof(struct volunteers), .keys = &keys,
	LIST_SCREEN_FUNCTIONS, .open = open_screen, .draw = list_screen_draw, .act = list_screen_act, .when = when, .close = close_screen,
};
