/* 覆盖与缺口: need against service by grid, who is not served, who sees too many faces, who could carry. */
#include "domain/coverage.h"

#include "base/day.h"
#include "domain/register.h"
#include "reports_inside.h"

static void add_grids(const struct coverage *c, struct report *r)
{
	static const struct report_column columns[] = {
		{ "网格", REPORT_TEXT }, { "需要（人）", REPORT_NUMBER }, { "吃上（人）", REPORT_NUMBER }, { "没吃上（人）", REPORT_NUMBER },
		{ "其他人吃上（人）", REPORT_NUMBER }, { "待审（人）", REPORT_NUMBER }, { "没人送（份）", REPORT_NUMBER }, { "说明", REPORT_TEXT },
	};

	report_table(r, "按网格", columns, COUNT(columns));
	for (size_t i = 0; i < c->n_grids; i++) {
		const struct coverage_grid *g = &c->grids[i];

		report_text(r, g->grid);
		report_number(r, g->need);
		report_number(r, g->served);
		report_number(r, g->need - g->served);
		report_number(r, g->others);
		report_number(r, g->waiting);
		report_number(r, g->suppressed);
		report_text(r, g->nobody ? "有需要，一个也没吃上" : "");
	}
	report_chart(r, REPORT_BARS, "需要和吃上的老人", 1, 2);
}

static void add_care(const struct office *of, struct report *r, const char *tags)
{
	AUTO_STRBUF words = { 0 };

	register_show(of, form_field(form_find(of->forms, "resident"), "care_tags"), tags, 0, &words);
	report_text(r, strbuf_str(&words));
}

static void add_elders(const struct office *of, const struct coverage *c, struct report *r)
{
	static const struct report_column columns[] = {
		{ "网格", REPORT_TEXT }, { "姓名", REPORT_TEXT }, { "住址", REPORT_TEXT }, { "关爱", REPORT_TEXT }, { "就餐", REPORT_TEXT }, { "没人送（份）", REPORT_NUMBER },
	};

	report_table(r, "没吃上的", columns, COUNT(columns));
	for (size_t i = 0; i < c->n_elders; i++) {
		report_text(r, c->elders[i].grid);
		report_text(r, c->elders[i].name);
		report_text(r, c->elders[i].address);
		add_care(of, r, c->elders[i].care);
		report_text(r, c->elders[i].diner_id ? office_code_label(of, "diner_status", c->elders[i].diner_status) : "没有登记");
		report_number(r, c->elders[i].suppressed);
	}
}

static void add_faces(const struct office *of, const struct coverage *c, struct report *r)
{
	static const struct report_column columns[] = {
		{ "编号", REPORT_TEXT }, { "姓名", REPORT_TEXT }, { "网格", REPORT_TEXT }, { "关爱", REPORT_TEXT }, { "本月见几位送餐人", REPORT_NUMBER },
		{ "本月送到（次）", REPORT_NUMBER }, { "说明", REPORT_TEXT },
	};

	report_table(r, "熟面孔", columns, COUNT(columns));
	for (size_t i = 0; i < c->n_faces; i++) {
		report_text(r, c->faces[i].number);
		report_text(r, c->faces[i].name);
		report_text(r, c->faces[i].grid);
		add_care(of, r, c->faces[i].care);
		report_number(r, c->faces[i].faces);
		report_number(r, c->faces[i].meals);
		report_text(r, c->faces[i].over ? "换人太多" : "");
	}
}

static void add_carriers(const struct office *of, const struct coverage *c, struct report *r)
{
	static const struct report_column columns[] = {
		{ "编号", REPORT_TEXT }, { "姓名", REPORT_TEXT }, { "网格", REPORT_TEXT }, { "交通", REPORT_TEXT }, { "上次值班", REPORT_DAY },
		{ "本网格没吃上（人）", REPORT_NUMBER }, { "可电话", REPORT_TEXT },
	};

	report_table(r, "愿送没排上", columns, COUNT(columns));
	for (size_t i = 0; i < c->n_carriers; i++) {
		report_text(r, c->carriers[i].number);
		report_text(r, c->carriers[i].name);
		report_text(r, c->carriers[i].grid);
		report_text(r, office_code_label(of, "transport", c->carriers[i].transport));
		if (c->carriers[i].last_day == DAY_NONE)
			report_empty(r);
		else
			report_number(r, c->carriers[i].last_day);
		report_number(r, c->carriers[i].need);
		report_text(r, c->carriers[i].may_call ? "是" : "");
	}
}

enum rc fill_coverage(struct office *of, const struct report_query *q, struct report *r, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct coverage c;
	enum rc rc;

	(void)q;
	if ((rc = office_require(of, MAY_EXPORT_LIST, e)) != RC_OK || (rc = coverage_load(of, &a, &c, e)) != RC_OK)
		return rc;
	add_grids(&c, r);
	add_elders(of, &c, r);
	add_faces(of, &c, r);
	add_carriers(of, &c, r);
	return RC_OK;
}
