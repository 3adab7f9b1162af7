/* 送餐单 on paper: one line a door, and at the foot everybody who is on no sheet. Only what the carrier needs stands on it: it leaves the house. */
#include "report/paper.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "model.h"
#include "words.h"

#define BODY_POINTS 11.0

static const struct table_column columns[] = {
	{ "序", 6 }, { "大约", 9 }, { "老人", 17 }, { "地址，怎么进", 34 }, { "餐", 16 }, { "没人应时", 18 }, { 0 }
};
#define COLUMNS (COUNT(columns) - 1)

struct sheet {
	const struct office *of;
	const struct delivery_sheet *ds;
	struct paper *p;
	struct arena *a;              /* of words that are copied into the paper */
};

/* Parts of a cell, one after another. */
static void add_part(struct strbuf *out, const char *before, const char *text)
{
	if (!text_is_blank(text))
		strbuf_format(out, "%s%s%s", out->n ? "；" : "", before, text);
}

static const char *word_time(struct arena *a, int minute)
{
	AUTO_STRBUF out = { 0 };

	if (minute >= 0)
		time_format(&out, minute);
	return arena_copy(a, strbuf_str(&out));
}

/* Codes by their labels: 糖尿病、低盐; but for the one that was said already. */
static void add_codes(const struct sheet *s, struct strbuf *out, const char *list, const char *before, const char *codes, const char *said)
{
	AUTO_FREE char *copy = mem_copy(codes);
	AUTO_STRBUF words = { 0 };
	char *rest = copy, *code;

	while ((code = strsep(&rest, " ")) != NULL)
		if (code[0] && strcmp(code, said) != 0)
			strbuf_format(&words, "%s%s", words.n ? "、" : "", office_code_label(s->of, list, code));
	add_part(out, before, strbuf_str(&words));
}

static const char *meal_words(const struct sheet *s, const struct meal_order *o)
{
	AUTO_STRBUF out = { 0 };

	strbuf_format(&out, "%d份", o->portions);
	if (strcmp(o->size, "normal") != 0)
		add_part(&out, "", office_code_label(s->of, "portion_size", o->size));
	add_codes(s, &out, "diet", "", o->food.diets, o->size);
	add_codes(s, &out, "allergen", "过敏：", o->food.allergens, "");
	add_part(&out, "忌口：", o->food.avoids);
	return arena_copy(s->a, strbuf_str(&out));
}

static const char *door_words(const struct sheet *s, const struct meal_order *o)
{
	AUTO_STRBUF out = { 0 };

	add_part(&out, "", o->address);
	add_part(&out, "", o->entry_note);
	add_part(&out, "", o->door_note);
	if (o->window_begin_min >= 0 || o->window_end_min >= 0) {
		AUTO_FREE char *window = mem_format("约定 %s-%s", word_time(s->a, o->window_begin_min), word_time(s->a, o->window_end_min));

		add_part(&out, "", window);
	}
	return arena_copy(s->a, strbuf_str(&out));
}

static const char *unanswered_words(const struct sheet *s, const struct meal_order *o)
{
	AUTO_STRBUF out = { 0 };

	strbuf_format(&out, "等%d分钟", o->wait_min > 0 ? o->wait_min : s->of->settings->wait_minutes);
	add_part(&out, "代收：", o->stand_in);
	add_part(&out, "钥匙：", o->key_holder);
	add_part(&out, "", o->may_leave ? "可放门口" : "不能放门口");
	return arena_copy(s->a, strbuf_str(&out));
}

/* The whole telephone number is for the paper alone. */
static void add_door(const struct sheet *s, size_t i)
{
	const struct sheet_door *door = &s->ds->doors[i];
	const struct meal_order *o = &s->ds->board.day.orders[door->order];
	const char *caller = door->phone[0] ? arena_format(s->a, "%s\n%s", door->caller, door->phone) : door->caller;
	const char *texts[COLUMNS] = {
		word_number(s->a, (int64_t)i + 1), word_time(s->a, s->ds->board.doors[door->order].arrive_min), caller, door_words(s, o), meal_words(s, o),
		unanswered_words(s, o),
	};
	struct cell cells[COLUMNS];

	for (size_t k = 0; k < COLUMNS; k++)
		cells[k] = (struct cell){ .text = texts[k], .share = columns[k].share };
	if (door->phone[0])
		cells[2].shown = arena_format(s->a, "%s\n%s", door->caller, door->phone_masked);
	paper_add_row(s->p, cells, COLUMNS);
}

static void add_head(const struct sheet *s)
{
	const struct meal_day *m = &s->ds->board.day;
	const struct meal_route *r = &m->routes[s->ds->route];
	const struct dispatch_route *way = &s->ds->board.routes[s->ds->route];

	paper_add(s->p, BLOCK_TITLE, "送餐单");
	paper_add(s->p, BLOCK_REMARK, "%s %s · %d号线 · %s%s%s", word_day(s->a, m->day), office_code_label(s->of, "meal", m->meal), r->line,
	          r->volunteer_id ? r->carrier : "（还没有送餐人）", r->transport[0] ? " · " : "",
	          office_code_label(s->of, "transport", r->transport));
	paper_add(s->p, BLOCK_REMARK, "%s 出发，最后一户大约 %s；%zu户，共%d份", word_time(s->a, way->leave_min), word_time(s->a, way->last_door_min), s->ds->n_doors,
	          r->meals);
	if (strcmp(r->state, "draft") == 0)
		paper_add(s->p, BLOCK_REMARK, "【草稿，还没有确认】");
}

static void add_foot(const struct sheet *s)
{
	paper_add(s->p, BLOCK_HEADING, "这一餐送到家的账");
	paper_add(s->p, BLOCK_TEXT, "共%zu户 = 各送餐单上%zu户 + 不在单上%zu户", s->ds->total, s->ds->on_sheets, s->ds->n_excluded);
	for (size_t i = 0; i < s->ds->n_excluded; i++)
		paper_add(s->p, BLOCK_TEXT, "%s %d份：%s", s->ds->excluded[i].name, s->ds->excluded[i].portions, s->ds->excluded[i].reason);
	paper_add(s->p, BLOCK_TEXT, "敲门没有人应、老人不舒服或找不到人，请马上打电话告诉食堂；用完请把这张单子交回食堂。");
}

struct paper *paper_of_delivery_sheet(const struct office *of, const struct delivery_sheet *ds)
{
	AUTO_ARENA words = { 0 };
	AUTO_STRBUF number = { 0 };
	const struct meal_day *m = &ds->board.day;
	struct sheet s = { .of = of, .ds = ds, .a = &words };

	day_format(&number, m->day);
	strbuf_format(&number, "-%s-%d", m->meal, m->routes[ds->route].line);
	s.p = paper_new(strbuf_str(&number), "送餐单", BODY_POINTS);
	add_head(&s);
	paper_add_head(s.p, columns);
	for (size_t i = 0; i < ds->n_doors; i++)
		add_door(&s, i);
	paper_add_sign(s.p, (const char *const[]){ "送餐人", "出发时间", "回来时间" }, 3);
	add_foot(&s);
	return s.p;
}
