/* A paper as it will be printed: read here first, then stored as PDF or sent to the printer.
 *
 * args.text        which: minutes (协商议事记录表 of the meeting args.id), notice (公示 of the decision args.id), proof (志愿服务记录证明 args.id),
 *                  sheet (送餐单 of the route args.id), settlement (结算表 of the month whose first day is args.id) statement (对账单 of that month),
 *                  kitchen or labels (厨房单, 标签 of the meal args.form of the day args.id)
 * args.context_id  of a decision, which notice, 0: its latest; of a statement, whose: the diner
 */
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/attendance.h"
#include "domain/decision.h"
#include "domain/delivery_sheet.h"
#include "domain/kitchen.h"
#include "domain/meeting.h"
#include "domain/settlement.h"
#include "report/paper.h"
#include "ui/screen.h"
#include "ui/widgets/pager.h"
#include "ui/widgets/save_as.h"

#define PREVIEW_COLS 96           /* wider lines are tiring to read, and no paper is as wide */

struct paper_screen {
	const struct paper_kind *kind;
	int64_t id, context_id;
	const char *meal;             /* of a sheet of the canteen */
	struct paper *paper;
	struct pager pager;
};

static const struct key_bind binds[] = {
	{ ACT_SAVE_PDF, "F5 s", WHEN_ALWAYS },
	{ ACT_PRINT,    "F6 P", WHEN_ALWAYS },
};
static const struct keymap keys = { "paper", binds, COUNT(binds) };

/* What papers there are ------------------------------------------------------------------------------------------------------------ */

static enum rc make_minutes(struct app *app, const struct paper_screen *s, struct paper **out, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	struct meeting m;
	enum rc rc;

	if ((rc = meeting_load(app->of, s->id, &arena, &m, e)) == RC_OK)
		*out = paper_of_minutes(app->of, &m);
	return rc;
}

static enum rc make_notice(struct app *app, const struct paper_screen *s, struct paper **out, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	struct decision d;
	size_t at;
	enum rc rc;

	if ((rc = decision_load(app->of, s->id, &arena, &d, e)) != RC_OK)
		return rc;
	for (at = 0; at + 1 < d.n_notices && d.notices[at].id != s->context_id; at++)
		;                          /* without one named: the newest, which stands last */
	if (at >= d.n_notices)
		return err_set(e, RC_NOTFOUND, NULL, "这个决议还没有登记公示");
	*out = paper_of_notice(app->of, &d, &d.notices[at]);
	return RC_OK;
}

static enum rc make_proof(struct app *app, const struct paper_screen *s, struct paper **out, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	struct service_proof proof;
	enum rc rc;

	if ((rc = service_proof_load(app->of, s->id, &arena, &proof, e)) == RC_OK)
		*out = paper_of_service_proof(app->of, &proof);
	return rc;
}

static enum rc make_sheet(struct app *app, const struct paper_screen *s, struct paper **out, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	struct delivery_sheet sheet;
	enum rc rc;

	if ((rc = delivery_sheet_load(app->of, s->id, &arena, &sheet, e)) == RC_OK)
		*out = paper_of_delivery_sheet(app->of, &sheet);
	return rc;
}

static enum rc make_settlement(struct app *app, const struct paper_screen *s, struct paper **out, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	struct settlement m;
	enum rc rc;

	if ((rc = settlement_load(app->of, (int32_t)s->id, &arena, &m, e)) == RC_OK)
		*out = paper_of_settlement(app->of, &m);
	return rc;
}

static enum rc make_statement(struct app *app, const struct paper_screen *s, struct paper **out, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	const struct settle_diner *d;
	struct settlement m;
	enum rc rc;

	if ((rc = settlement_load(app->of, (int32_t)s->id, &arena, &m, e)) != RC_OK)
		return rc;
	if ((d = settlement_diner(&m, s->context_id)) == NULL)
		return err_set(e, RC_NOTFOUND, NULL, "这位老人这个月没有要结的餐");
	*out = paper_of_statement(app->of, &m, d);
	return RC_OK;
}

/* What the kitchen needs of a meal, in the arena. */
static enum rc load_kitchen(struct app *app, const struct paper_screen *s, struct arena *a, struct meal_day *m, struct menu *menu, struct kitchen *k,
                            struct err *e)
{
	enum rc rc;

	if ((rc = meal_day_load(app->of, (int32_t)s->id, s->meal, a, m, e)) != RC_OK || (rc = menu_load(app->of, m->day, s->meal, a, menu, e)) != RC_OK)
		return rc;
	kitchen_reckon(app->of, m, menu, a, k);
	return RC_OK;
}

static enum rc make_kitchen(struct app *app, const struct paper_screen *s, struct paper **out, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	struct meal_day m;
	struct menu menu;
	struct kitchen k;
	enum rc rc = load_kitchen(app, s, &arena, &m, &menu, &k, e);

	if (rc == RC_OK)
		*out = paper_of_kitchen(app->of, &m, &menu, &k);
	return rc;
}

static enum rc make_labels(struct app *app, const struct paper_screen *s, struct paper **out, struct err *e)
{
	AUTO_ARENA arena = { 0 };
	struct meal_day m;
	struct menu menu;
	struct kitchen k;
	enum rc rc = load_kitchen(app, s, &arena, &m, &menu, &k, e);

	if (rc == RC_OK)
		*out = paper_of_labels(app->of, &m, &k);
	return rc;
}

/* note: written down before it leaves the house; NULL where nothing is. */
static const struct paper_kind {
	const char *name, *title;
	enum rc (*make)(struct app *app, const struct paper_screen *s, struct paper **out, struct err *e);
	enum rc (*note)(struct office *of, int64_t id, struct err *e);
} kinds[] = {
	{ "minutes", "协商议事记录表", make_minutes, NULL },
	{ "notice",  "公示",           make_notice, NULL },
	{ "proof",   "志愿服务记录证明", make_proof, NULL },
	{ "sheet",   "送餐单",         make_sheet, delivery_sheet_note },
	{ "settlement", "结算表",      make_settlement, NULL },
	{ "statement", "对账单",       make_statement, NULL },
	{ "kitchen", "厨房单",         make_kitchen, NULL },
	{ "labels",  "标签",           make_labels, NULL },
};

/* Loading and painting --------------------------------------------------------------------------------------------------------------- */

static enum rc open_screen(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	struct paper_screen *s = state;

	(void)app;
	s->pager.cursor = -1;
	s->id = args->id;
	s->context_id = args->context_id;
	s->meal = args->form ? args->form : "";
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].name, args->text ? args->text : "") == 0)
			s->kind = &kinds[i];
	return s->kind ? RC_OK : err_set(e, RC_NOTFOUND, NULL, "没有这种纸张");
}

static struct rect preview_area(const struct app *app)
{
	struct rect r = app->area;

	r.cols = r.cols < PREVIEW_COLS + 2 ? r.cols : PREVIEW_COLS + 2;
	return r;
}

/* Lines are set anew for the width, as the paper itself would be. */
static void fill(const struct app *app, struct paper_screen *s)
{
	struct rect area = preview_area(app);
	AUTO_STRBUF text = { 0 };
	char *rest, *line;

	paper_text(s->paper, area.cols - 4, &text);
	pager_clear(&s->pager);
	rest = text.s;
	while ((line = strsep(&rest, "\n")) != NULL)
		pager_add(&s->pager, STYLE_TEXT, 1, 0, "%s", line);
	pager_layout(&s->pager, area.rows - 2, area.cols - 2);
}

static enum rc load_screen(struct app *app, void *state, struct err *e)
{
	struct paper_screen *s = state;
	struct paper *made = NULL;
	enum rc rc;

	if ((rc = s->kind->make(app, s, &made, e)) != RC_OK)
		return rc;
	paper_free(s->paper);
	s->paper = made;
	fill(app, s);
	return RC_OK;
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	const struct paper_screen *s = state;
	AUTO_FREE char *title = mem_format("%s · %s", s->kind->title, paper_number(s->paper));

	(void)area;
	pager_draw(&s->pager, c, canvas_frame(c, preview_area(app), STYLE_BORDER, title));
}

/* Acting ------------------------------------------------------------------------------------------------------------------------------ */

struct pdf_content {
	struct app *app;
	const struct paper_screen *screen;
};

/* What leaves the house is written down before it does. */
static enum rc note(struct app *app, const struct paper_screen *s, struct err *e)
{
	return s->kind->note ? s->kind->note(app->of, s->id, e) : RC_OK;
}

static enum rc write_pdf(const void *content, const char *path, bool replace, struct err *e)
{
	const struct pdf_content *pdf = content;
	enum rc rc = note(pdf->app, pdf->screen, e);

	return rc != RC_OK ? rc : paper_pdf(pdf->screen->paper, pdf->app->of->settings->report_font, path, replace, e);
}

static void store_pdf(struct app *app, const struct paper_screen *s)
{
	const struct pdf_content content = { app, s };
	AUTO_FREE char *name = mem_format("%s-%s.pdf", paper_name(s->paper), paper_number(s->paper));
	AUTO_FREE char *path = save_as(app, "存为 PDF", name, write_pdf, &content);

	if (path)
		app_say(app, "已存为 %s", path);
}

static bool stop_wanted(void *context)
{
	return app_progress(context, "等打印机回应", 0, 0);
}

/* How many copies; 0: left with Esc. What is no number is refused by the printing itself. */
static int ask_copies(struct app *app)
{
	const char *printer = app->of->settings->report_printer;
	AUTO_FREE char *label = mem_format("打印几份（打印机：%s）", printer[0] ? printer : "系统默认");
	AUTO_FREE char *typed = app_prompt(app, label, "1", false);
	char *end;
	long n;

	if (typed == NULL)
		return 0;
	n = strtol(typed, &end, 10);
	return *end || n < 1 || n > 99 ? -1 : (int)n;
}

static void print(struct app *app, const struct paper_screen *s)
{
	AUTO_FREE char *database = mem_copy(store_path(app->of->st));
	struct paper_job job = { .printer = app->of->settings->report_printer, .folder = dirname(database), .stop = stop_wanted, .context = app };
	struct err e = { 0 };

	job.copies = ask_copies(app);
	if (job.copies == 0)
		return;
	if (note(app, s, &e) != RC_OK || paper_print(s->paper, app->of->settings->report_font, &job, &e) != RC_OK)
		app_fail(app, &e);
	else
		app_say(app, "%s 已送打印机，%d份", paper_number(s->paper), job.copies);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct paper_screen *s = state;

	switch (action) {
	case ACT_SAVE_PDF:
		store_pdf(app, s);
		return next_stay();
	case ACT_PRINT:
		print(app, s);
		return next_stay();
	default:
		return next_pass();
	}
}

static unsigned when(const struct app *app, const void *state)
{
	(void)app; (void)state;
	return WHEN_ALWAYS;
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct paper_screen *s = state;

	(void)app;
	return pager_key(&s->pager, ev) ? next_stay() : next_pass();
}

static void close_screen(struct app *app, void *state)
{
	struct paper_screen *s = state;

	(void)app;
	paper_free(s->paper);
	pager_release(&s->pager);
}

const struct screen_def paper_screen = {
	.name = "paper", .title = "纸张",
	.reads = TBL_MEETING | TBL_ATTENDEE | TBL_AGENDA_SLOT | TBL_AGENDA_ITEM | TBL_RECUSAL | TBL_OPINION | TBL_BALLOT | TBL_AMENDMENT | TBL_DECISION |
	         TBL_DECISION_PARTNER | TBL_DECISION_TASK | TBL_NOTICE | TBL_SERVICE_PROOF | TBL_COMMUNITY | DISPATCH_READS | SETTLEMENT_READS |
	         TBL_MENU | TBL_MENU_DISH | TBL_DISH,
	.state_size = sizeof(struct paper_screen), .keys = &keys,
	.open = open_screen, .load = load_screen, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
