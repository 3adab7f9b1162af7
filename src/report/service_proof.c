/* 志愿服务记录证明: who served, for how long and doing what, and who answers for it. Source: 民政部令第67号, in force since 2021-02-01. */
#include "report/paper.h"

#include <inttypes.h>

#include "base/day.h"
#include "base/text.h"
#include "model.h"
#include "words.h"

#define BODY_POINTS 12.0

static const struct table_column line_columns[] = {
	{ "服务类别", 14 }, { "服务内容", 34 }, { "服务日期", 22 }, { "次数", 8 }, { "小时", 11 }, { "分钟", 11 }, { 0 }
};

struct proof {
	const struct office *of;
	const struct service_proof *sp;
	struct paper *p;
	struct arena *a;              /* of words that are copied into the paper */
};

#define LABEL(words) { .text = (words), .share = 18, .label = true }
#define VALUE(words, wide) { .text = (words), .share = (wide), .label = false }
#define HALF 32
#define WHOLE 82

/* The law counts in hours, to a tenth; minutes stand beside them, so that nothing is lost to rounding. */
static const char *word_hours(struct arena *a, int64_t minutes)
{
	int64_t tenths = (minutes * 10 + 30) / 60;

	return arena_format(a, "%" PRId64 ".%" PRId64, tenths / 10, tenths % 10);
}

static const char *word_days(struct arena *a, int32_t from_day, int32_t to_day)
{
	return from_day == to_day ? word_day(a, from_day) : arena_format(a, "%s至%s", word_day(a, from_day), word_day(a, to_day));
}

static const char *or_unknown(const char *text)
{
	return text_is_blank(text) ? "未登记" : text;
}

static void add_title(struct proof *s)
{
	if (!text_is_blank(s->sp->voided_why)) {
		paper_add(s->p, BLOCK_TITLE, "【已作废】");
		paper_add(s->p, BLOCK_REMARK, "本证明已作废，不能使用。原因：%s", s->sp->voided_why);
	}
	paper_add(s->p, BLOCK_TITLE, "志愿服务记录证明");
	paper_add(s->p, BLOCK_REMARK, "编号 %s", s->sp->number);
}

/* The id number is for the paper alone: the screen shows its ends. */
static void add_identity(struct proof *s)
{
	AUTO_STRBUF masked = { 0 };

	text_mask_idnumber(&masked, s->sp->id_number);
	PAPER_ROW(s->p, LABEL("姓名"), VALUE(s->sp->name, HALF), LABEL("性别"), VALUE(or_unknown(s->sp->sex), HALF));
	PAPER_ROW(s->p, LABEL("身份证号"), { .text = or_unknown(s->sp->id_number), .share = WHOLE, .shown = masked.n ? strbuf_str(&masked) : NULL });
	PAPER_ROW(s->p, LABEL("志愿者编号"), VALUE(or_unknown(s->sp->volunteer_number), WHOLE));
}

static void add_time(struct proof *s)
{
	int32_t from = s->sp->from_day;

	for (size_t i = 0; i < s->sp->n_lines && s->sp->from_day == DAY_NONE; i++)
		if (from == DAY_NONE || s->sp->lines[i].from_day < from)
			from = s->sp->lines[i].from_day;
	PAPER_ROW(s->p, LABEL("起止日期"), VALUE(word_days(s->a, from, s->sp->to_day), WHOLE));
	PAPER_ROW(s->p, LABEL("服务时间合计"), VALUE(arena_format(s->a, "%s小时（%" PRId64 "分钟）", word_hours(s->a, s->sp->minutes), s->sp->minutes), WHOLE));
	if (!text_is_blank(s->sp->purpose))
		PAPER_ROW(s->p, LABEL("用途"), VALUE(s->sp->purpose, WHOLE));
}

static void add_services(struct proof *s)
{
	int64_t times = 0;

	paper_add(s->p, BLOCK_HEADING, "服务内容");
	paper_add_head(s->p, line_columns);
	for (size_t i = 0; i < s->sp->n_lines; i++) {
		const struct service_line *l = &s->sp->lines[i];

		paper_add_table_row(s->p, line_columns, (const char *const[]){ l->service, l->content, word_days(s->a, l->from_day, l->to_day),
			word_number(s->a, l->times), word_hours(s->a, l->minutes), word_number(s->a, l->minutes) });
		times += l->times;
	}
	paper_add_table_row(s->p, line_columns, (const char *const[]){ "合计", "", "", word_number(s->a, times), word_hours(s->a, s->sp->minutes),
		word_number(s->a, s->sp->minutes) });
}

static void add_issuer(struct proof *s)
{
	paper_add(s->p, BLOCK_HEADING, "出具信息");
	PAPER_ROW(s->p, LABEL("出具单位"), VALUE(word_committee(s->a, s->of), WHOLE));
	PAPER_ROW(s->p, LABEL("负责人"), VALUE(s->sp->responsible, HALF), LABEL("经办人"), VALUE(s->sp->handler, HALF));
	PAPER_ROW(s->p, LABEL("联系方式"), VALUE(s->sp->contact, WHOLE));
}

struct paper *paper_of_service_proof(const struct office *of, const struct service_proof *sp)
{
	AUTO_ARENA words = { 0 };
	struct proof s = { .of = of, .sp = sp, .a = &words };

	s.p = paper_new(sp->number, "志愿服务记录证明", BODY_POINTS);
	add_title(&s);
	add_identity(&s);
	add_time(&s);
	add_services(&s);
	add_issuer(&s);
	paper_add(s.p, BLOCK_HEADING, "说明");
	paper_add(s.p, BLOCK_INDENTED, "本证明依据《志愿服务记录与证明出具办法（试行）》（民政部令第67号）免费出具，服务时间不包括往返途中，均经服务者以外的人核定。");
	paper_add(s.p, BLOCK_CLOSING, "%s（盖章）", word_committee(&words, of));
	paper_add(s.p, BLOCK_CLOSING, "%s", word_day(&words, sp->issued_day));
	return s.p;
}
