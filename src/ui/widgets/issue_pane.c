/* An issue as lines of a pager: heading, what was raised, the timeline. */
#include "ui/widgets/issue_pane.h"

#include "base/day.h"
#include "base/mem.h"
#include "domain/deadline.h"

static const enum style mark_styles[] = {
	[TIMELINE_DONE] = STYLE_GOOD,
	[TIMELINE_NOW] = STYLE_NOTICE,
	[TIMELINE_NONE] = STYLE_DIM,
	[TIMELINE_ALERT] = STYLE_WARNING,
	[TIMELINE_INFO] = STYLE_TEXT,
};

/* "· 已逾期3个工作日" or "· 期限 11-27"; nothing where there is no deadline or the issue has ended. */
static void add_deadline(const struct app *app, const struct issue *it, struct strbuf *out)
{
	int late = issue_days_late(app->of, it);

	if (it->due_day == DAY_NONE || it->status == STATUS_CLOSED)
		return;
	strbuf_add(out, " · 期限 ");
	day_format_near(out, it->due_day, app->today);
	if (late > 0)
		strbuf_format(out, "，逾期%d个工作日", late);
}

static void add_heading(struct app *app, struct issue_pane *p)
{
	const struct issue *it = &p->issue;
	AUTO_STRBUF state = { 0 };

	pager_add(&p->pager, STYLE_HEADING, 0, 0, "%s", it->title);
	issue_state(app->of, it, &state);
	add_deadline(app, it, &state);
	if (it->reopened > 0)
		strbuf_format(&state, " · 重办%d次", it->reopened);
	if (it->supporters > 0)
		strbuf_format(&state, " · 附议%d人", it->supporters);
	pager_add(&p->pager, issue_days_late(app->of, it) > 0 ? STYLE_WARNING : STYLE_STRONG, 0, 0, "%s", strbuf_str(&state));
}

static void add_fact(struct issue_pane *p, const char *label, const char *text)
{
	if (text[0])
		pager_add_hanging(&p->pager, STYLE_TEXT, 8, 0, "%s%s", label, text);
}

static void add_facts(struct app *app, struct issue_pane *p)
{
	const struct issue *it = &p->issue;
	AUTO_STRBUF category = { 0 };
	AUTO_STRBUF reporter = { 0 };
	AUTO_STRBUF charge = { 0 };

	strbuf_format(&category, "%s · %s · %s", office_code_label(app->of, "category", it->category), office_code_label(app->of, "urgency", it->urgency),
	              office_code_label(app->of, "channel", it->channel));
	strbuf_format(&reporter, "%s %s", it->reporter_name[0] ? it->reporter_name : office_code_label(app->of, "reporter_kind", it->reporter_kind),
	              it->reporter_phone);
	strbuf_format(&charge, "%s%s%s", it->handler, it->handler[0] && it->unit_in_charge[0] ? " · " : "", it->unit_in_charge);
	add_fact(p, "分类    ", strbuf_str(&category));
	add_fact(p, "提事人  ", strbuf_str(&reporter));
	add_fact(p, "地点    ", it->place);
	add_fact(p, "网格    ", it->grid);
	add_fact(p, "责任人  ", strbuf_str(&charge));
	if (it->joined_number[0])
		add_fact(p, "并入    ", it->joined_number);
	pager_add(&p->pager, STYLE_DIM, 0, 0, "共%d个工作日，其中计时%d个", p->timeline.gross, p->timeline.net);
	pager_add(&p->pager, STYLE_TEXT, 0, 0, " ");
}

/* "理事 √ 11-24 09:12 李明  受理 · 直办  (2天)" */
static void add_entry(struct app *app, struct issue_pane *p, const struct timeline_entry *entry)
{
	bool step = entry->kind == TIMELINE_STEP || entry->kind == TIMELINE_FUTURE;
	AUTO_STRBUF line = { 0 };

	if (step)
		strbuf_format(&line, "%s%s %s", phase_label(app->of, entry->phase), entry->round > 1 ? "(再)" : "", timeline_sign(entry->mark));
	else
		strbuf_format(&line, "  %s", timeline_sign(entry->mark));
	if (entry->at) {
		AUTO_STRBUF day = { 0 };
		AUTO_STRBUF time = { 0 };

		day_format_near(&day, day_of_instant(entry->at), app->today);
		time_format(&time, minutes_of_instant(entry->at));
		strbuf_format(&line, " %s %s", strbuf_str(&day), strbuf_str(&time));
	}
	if (entry->who[0])
		strbuf_format(&line, " %s", entry->who);
	if (entry->headline[0])
		strbuf_format(&line, "  %s", entry->headline);
	if (entry->days > 0)
		strbuf_format(&line, "（%d个工作日）", entry->days);
	pager_add_hanging(&p->pager, step ? mark_styles[entry->mark] : entry->mark == TIMELINE_ALERT ? STYLE_WARNING : STYLE_TEXT, step ? 7 : 4,
	          (int64_t)(entry - p->timeline.entries) + 1, "%s", strbuf_str(&line));
	if (entry->text[0])
		pager_add(&p->pager, STYLE_DIM, step ? 7 : 4, 0, "%s", entry->text);
}

enum rc issue_pane_load(struct app *app, struct issue_pane *p, int64_t id, struct err *e)
{
	bool same = id == p->id;
	int top = p->pager.top, cursor = p->pager.cursor;
	enum rc rc;

	issue_release(&p->issue);
	arena_clear(&p->arena);
	pager_clear(&p->pager);
	p->id = 0;
	p->timeline = (struct timeline){ 0 };
	if (id == 0)
		return RC_OK;
	if ((rc = issue_load(app->of, id, &p->issue, e)) != RC_OK ||
	    (rc = timeline_load(app->of, id, &p->arena, &p->timeline, e)) != RC_OK)
		return rc;
	p->id = id;
	add_heading(app, p);
	add_facts(app, p);
	for (size_t i = 0; i < p->timeline.n; i++)
		add_entry(app, p, &p->timeline.entries[i]);
	p->pager.cursor = same ? cursor : 0;
	p->pager.top = same ? top : 0;
	return RC_OK;
}

void issue_pane_release(struct issue_pane *p)
{
	issue_release(&p->issue);
	arena_clear(&p->arena);
	pager_release(&p->pager);
	p->id = 0;
}

const struct timeline_entry *issue_pane_entry(const struct issue_pane *p)
{
	int64_t tag = p->id ? pager_id(&p->pager) : 0;

	return tag > 0 && (size_t)tag <= p->timeline.n ? &p->timeline.entries[tag - 1] : NULL;
}

void issue_pane_layout(struct issue_pane *p, int rows, int cols)
{
	pager_layout(&p->pager, rows, cols);
}

void issue_pane_draw(const struct issue_pane *p, struct canvas *c, struct rect area)
{
	struct rect inner = canvas_frame(c, area, STYLE_BORDER, p->id ? p->issue.number : "事项");

	if (p->id == 0)
		canvas_text(c, inner.row, inner.col, inner.cols, STYLE_DIM, "没有选中的事项");
	else
		pager_draw(&p->pager, c, inner);
}
