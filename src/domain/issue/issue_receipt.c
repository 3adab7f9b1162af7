/* The receipt that a reporter takes home: what was raised, its number, who handles it until when, whom to ask. */
#include "domain/issue.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "issue_rules.h"
#include "store/stmt.h"

#define RECEIPT_COLS 40
#define LABEL_COLS 6

static void add_line_of(struct strbuf *out, char c)
{
	for (int i = 0; i < RECEIPT_COLS; i++)
		strbuf_add_char(out, c);
	strbuf_add_char(out, '\n');
}

static void add_centred(struct strbuf *out, const char *text)
{
	int shown;
	size_t n = text_prefix(text, RECEIPT_COLS, &shown);

	for (int i = 0; i < (RECEIPT_COLS - shown) / 2; i++)
		strbuf_add_char(out, ' ');
	strbuf_add_n(out, text, n);
	strbuf_add_char(out, '\n');
}

/* "事项  …", wrapped under the text. Nothing for a blank text. */
static void add_fact(struct strbuf *out, const char *label, const char *text)
{
	if (text_is_blank(text))
		return;
	while (*text) {
		size_t shown = 0, step = text_wrap(text, RECEIPT_COLS - LABEL_COLS, &shown);

		text_fit(out, label, LABEL_COLS, ALIGN_LEFT);
		strbuf_add_n(out, text, shown);
		strbuf_add_char(out, '\n');
		text += step;
		label = "";
	}
}

static void add_category(const struct office *of, const struct issue *it, struct strbuf *out)
{
	AUTO_STRBUF text = { 0 };
	size_t top = strcspn(it->category, ".");
	AUTO_FREE char *parent = mem_copy_n(it->category, top);

	strbuf_add(&text, office_code_label(of, "category", parent));
	if (it->category[top])
		strbuf_format(&text, " %s", office_code_label(of, "category", it->category));
	add_fact(out, "分类", strbuf_str(&text));
}

static void add_reporter(const struct office *of, const struct issue *it, struct strbuf *out)
{
	AUTO_STRBUF name = { 0 };

	text_mask_name(&name, it->reporter_name);
	add_fact(out, "提事人", name.n ? strbuf_str(&name) : office_code_label(of, "reporter_kind", it->reporter_kind));
}

static void add_charge(const struct issue *it, struct strbuf *out)
{
	AUTO_STRBUF text = { 0 };

	if (it->handler[0] || it->unit_in_charge[0])
		strbuf_format(&text, "%s%s%s", it->handler, it->handler[0] && it->unit_in_charge[0] ? "，" : "", it->unit_in_charge);
	else if (it->grid[0])
		strbuf_format(&text, "%s网格，等待受理", it->grid);
	else
		strbuf_add(&text, "等待受理");
	add_fact(out, "承办", strbuf_str(&text));
}

static void add_deadline(const struct office *of, const struct issue *it, struct strbuf *out)
{
	AUTO_STRBUF text = { 0 };

	if (it->status == STATUS_CLOSED) {
		issue_state(of, it, &text);
	} else if (it->status != STATUS_OPEN) {
		strbuf_format(&text, "%s，期限顺延", status_label(of, it->status));
	} else if (it->due_day != DAY_NONE) {
		day_format(&text, it->due_day);
		strbuf_add(&text, " 前办结");
	}
	add_fact(out, "期限", strbuf_str(&text));
}

static enum rc add_contact(struct office *of, struct strbuf *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT phone, address FROM community ORDER BY id LIMIT 1 /*scan*/");
	AUTO_STRBUF text = { 0 };
	bool row;
	enum rc rc;

	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (row && column_text(&q, 0)[0])
		strbuf_format(&text, "%s，报编号即可", column_text(&q, 0));
	else
		strbuf_add(&text, "请到社区窗口，报编号即可");
	add_fact(out, "查询", strbuf_str(&text));
	if (row)
		add_fact(out, "地址", column_text(&q, 1));
	return RC_OK;
}

enum rc issue_receipt(struct office *of, int64_t id, struct strbuf *out, struct err *e)
{
	AUTO_ISSUE it = { 0 };
	AUTO_STRBUF text = { 0 };
	AUTO_STRBUF title = { 0 };
	AUTO_STRBUF raised = { 0 };
	enum rc rc;

	if ((rc = issue_load(of, id, &it, e)) != RC_OK)
		return rc;
	strbuf_format(&title, "%s事项回执", of->community.name ? of->community.name : "");
	instant_format(&raised, it.raised_at);
	add_centred(&text, strbuf_str(&title));
	add_line_of(&text, '-');
	add_fact(&text, "编号", it.number);
	add_fact(&text, "登记", strbuf_str(&raised));
	add_fact(&text, "事项", it.title);
	add_category(of, &it, &text);
	add_fact(&text, "地点", it.place);
	add_reporter(of, &it, &text);
	add_fact(&text, "经办", it.raiser);
	add_charge(&it, &text);
	add_deadline(of, &it, &text);
	add_line_of(&text, '-');
	if ((rc = add_contact(of, &text, e)) != RC_OK)
		return rc;
	strbuf_add(out, strbuf_str(&text));
	return RC_OK;
}
