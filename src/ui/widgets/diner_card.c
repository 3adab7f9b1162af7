/* A diner as a card: who it is, what must not be eaten, when and how the meal comes, and when not. */
#include "ui/widgets/diner_card.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "domain/outcome.h"
#include "ui/widgets/card_words.h"

/* Who --------------------------------------------------------------------------------------------------------------------------------- */

static void add_status(const struct app *app, struct card_view *card, const struct diner *d)
{
	const char *words = office_code_label(app->of, "diner_status", diner_status_key(d->status));
	AUTO_STRBUF line = { 0 };
	AUTO_STRBUF since = { 0 };

	strbuf_format(&line, "%s%s · %s", d->deleted ? "已删除 · " : "", d->number, words);
	card_day(app, &since, "", d->status_day);
	if (since.n > 0)
		strbuf_format(&line, "（%s起）", strbuf_str(&since));
	if (d->status_why[0])
		strbuf_format(&line, " · %s", d->status_why);
	card_view_line(card, strbuf_str(&line), d->status == DINER_ACTIVE ? STYLE_GOOD : STYLE_WARNING, 0, DINER_TAG_NONE);
}

/* The resident's record says that there is nobody to cook for, and nobody has said so here. */
static void add_gone(const struct app *app, struct card_view *card, const struct diner *d)
{
	AUTO_STRBUF line = { 0 };

	if (diner_has_ended(d->status) || (strcmp(d->resident_status, "present") == 0 && !d->who.deleted))
		return;
	strbuf_format(&line, "居民资料里%s，不再订餐；请改「状态」",
	              d->who.deleted ? "已删除" : office_code_label(app->of, "resident_status", d->resident_status));
	card_view_line(card, strbuf_str(&line), STYLE_URGENT, 0, DINER_TAG_NONE);
}

static void add_pause_now(const struct app *app, struct card_view *card, const struct diner *d)
{
	const struct meal_pause *pause = diner_pause_on(d, app->today);
	AUTO_STRBUF line = { 0 };

	if (pause == NULL || diner_has_ended(d->status))
		return;
	strbuf_add(&line, "今天暂停：");
	meal_pause_words(app->of, pause, app->today, &line);
	card_view_line(card, strbuf_str(&line), STYLE_WARNING, pause->id, DINER_TAG_PAUSE);
}

static void add_head(const struct app *app, struct card_view *card, const struct diner *d)
{
	AUTO_STRBUF line = { 0 };

	strbuf_add(&line, d->who.name);
	if (d->who.sex[0])
		strbuf_format(&line, " %s", d->who.sex);
	if (d->who.age >= 0)
		strbuf_format(&line, " %d岁", d->who.age);
	card_view_line(card, strbuf_str(&line), STYLE_STRONG, 0, DINER_TAG_NONE);
	add_status(app, card, d);
	add_gone(app, card, d);
	add_pause_now(app, card, d);
	if (d->who.care[0])
		card_view_line(card, d->who.care, STYLE_WARNING, 0, DINER_TAG_NONE);
	card_fact(card, "电话", d->who.phone);
	card_fact(card, "住址", d->who.address);
	card_fact(card, "网格", d->who.grid);
	if (d->who.id)
		card_view_fact(card, "居民", "看居民资料", STYLE_TEXT, d->who.id, DINER_TAG_RESIDENT);
}

/* What could do harm is what nobody may overlook. */
static void add_food(const struct app *app, struct card_view *card, const struct diner *d)
{
	if (d->allergens[0] == '\0' && d->diets[0] == '\0' && d->avoids[0] == '\0')
		return;
	card_view_heading(card, "饮食");
	card_field(app, card, NULL, "diner", "allergens", d->allergens, STYLE_URGENT);
	card_field(app, card, NULL, "diner", "diets", d->diets, STYLE_URGENT);
	card_field(app, card, NULL, "diner", "avoids", d->avoids, STYLE_WARNING);
}

/* When -------------------------------------------------------------------------------------------------------------------------------- */

static void add_plans(const struct app *app, struct card_view *card, const struct diner *d)
{
	card_heading(card, "用餐计划", d->n_plans);
	for (size_t i = 0; i < d->n_plans; i++) {
		const struct meal_plan *p = &d->plans[i];
		bool over = p->to_day != DAY_NONE && p->to_day < app->today;
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s  ", office_code_label(app->of, "meal", p->meal));
		meal_weekdays_words(app->of, p->weekdays, &line);
		strbuf_format(&line, "  %d份", p->portions);
		if (p->size[0] && strcmp(p->size, "normal") != 0)
			strbuf_format(&line, " %s", office_code_label(app->of, "portion_size", p->size));
		strbuf_format(&line, "  %s", office_code_label(app->of, "meal_way", diner_way(d, p)));
		card_day(app, &line, "  从 ", p->from_day);
		card_day(app, &line, "  到 ", p->to_day);
		card_view_line(card, strbuf_str(&line), over ? STYLE_DIM : STYLE_TEXT, p->id, DINER_TAG_PLAN);
	}
	if (d->n_plans == 0)
		card_view_line(card, "还没有用餐计划，不会自己订餐", STYLE_DIM, 0, DINER_TAG_NONE);
}

static void add_pauses(const struct app *app, struct card_view *card, const struct diner *d)
{
	if (d->n_pauses == 0)
		return;
	card_heading(card, "暂停", d->n_pauses);
	for (size_t i = 0; i < d->n_pauses; i++) {
		const struct meal_pause *p = &d->pauses[i];
		bool now = p->from_day <= app->today && app->today <= p->to_day;
		AUTO_STRBUF line = { 0 };

		meal_pause_words(app->of, p, app->today, &line);
		if (p->why[0])
			strbuf_format(&line, "  %s", p->why);
		card_view_line(card, strbuf_str(&line), now ? STYLE_WARNING : p->to_day < app->today ? STYLE_DIM : STYLE_TEXT, p->id, DINER_TAG_PAUSE);
	}
}

static enum style meal_style(const struct app *app, const struct diner_meal *m)
{
	if (m->cancelled)
		return STYLE_DIM;
	if (m->outcome[0])
		return outcome_has_flag(app->of, m->outcome, "eaten") ? STYLE_GOOD : STYLE_WARNING;
	return m->day < app->today ? STYLE_WARNING : STYLE_TEXT;
}

/* 今天 中餐  1份 送餐  当面交付 */
static void add_meals(const struct app *app, struct card_view *card, const struct diner *d)
{
	if (d->n_meals == 0)
		return;
	card_view_heading(card, "订餐");
	for (size_t i = 0; i < d->n_meals; i++) {
		const struct diner_meal *m = &d->meals[i];
		AUTO_STRBUF line = { 0 };

		day_format_near(&line, m->day, app->today);
		strbuf_format(&line, " %s  %d份 %s  ", office_code_label(app->of, "meal", m->meal), m->portions, office_code_label(app->of, "meal_way", m->way));
		if (m->cancelled)
			strbuf_format(&line, "取消%s%s", m->why[0] ? "：" : "", m->why);
		else if (m->outcome[0])
			strbuf_add(&line, office_code_label(app->of, "outcome", m->outcome));
		else
			strbuf_add(&line, m->day < app->today ? "未回报" : "已订");
		card_view_line(card, strbuf_str(&line), meal_style(app, m), m->id, DINER_TAG_MEAL);
	}
}

/* How ---------------------------------------------------------------------------------------------------------------------------------- */

static void add_entitlement(const struct app *app, struct card_view *card, const struct diner *d)
{
	const char *words = office_code_label(app->of, "delivery_ground", d->entitled_why);
	AUTO_STRBUF text = { 0 };

	if (d->entitled_why[0] == '\0')
		return;
	strbuf_add(&text, words);
	card_day(app, &text, " · 到 ", d->entitled_to_day);
	if (!diner_is_entitled(d, app->today))
		strbuf_add(&text, " · 已到期，不再送餐的请改取餐方式");
	card_fact_styled(card, "送餐依据", strbuf_str(&text), diner_is_entitled(d, app->today) ? STYLE_TEXT : STYLE_URGENT);
}

static void add_window(struct card_view *card, const struct diner *d)
{
	AUTO_STRBUF text = { 0 };

	if (d->window_begin_min >= 0) {
		time_format(&text, d->window_begin_min);
		strbuf_add(&text, " 以后");
	}
	if (d->window_end_min >= 0) {
		strbuf_add(&text, text.n ? "、" : "");
		time_format(&text, d->window_end_min);
		strbuf_add(&text, " 以前");
	}
	card_fact(card, "时间", strbuf_str(&text));
}

/* A name and the telephone number beside it. */
static void person_fact(struct card_view *card, const char *label, const char *name, const char *phone)
{
	AUTO_STRBUF text = { 0 };

	strbuf_format(&text, "%s%s%s", name, name[0] && phone[0] ? " " : "", phone);
	card_fact(card, label, strbuf_str(&text));
}

static void add_fixed(struct card_view *card, const struct diner *d)
{
	AUTO_STRBUF line = { 0 };
	AUTO_STRBUF who = { 0 };

	if (d->line > 0)
		strbuf_format(&line, d->line_position > 0 ? "%d 号，第 %d 站" : "%d 号", d->line, d->line_position);
	card_fact(card, "固定线路", strbuf_str(&line));
	if (d->volunteer_id == 0)
		return;
	strbuf_format(&who, "%s%s", d->volunteer, d->volunteer_gone ? " · 已停用，请换一位" : "");
	card_view_fact(card, "固定志愿者", strbuf_str(&who), d->volunteer_gone ? STYLE_URGENT : STYLE_TEXT, d->volunteer_id, DINER_TAG_VOLUNTEER);
}

static void add_delivery(const struct app *app, struct card_view *card, const struct diner *d)
{
	AUTO_STRBUF wait = { 0 };

	card_view_heading(card, "取餐");
	card_field(app, card, NULL, "diner", "way", d->way, STYLE_TEXT);
	add_entitlement(app, card, d);
	add_fixed(card, d);
	add_window(card, d);
	if (d->wait_min > 0)
		strbuf_format(&wait, "%d分钟", d->wait_min);
	card_fact(card, "敲门等", strbuf_str(&wait));
	card_fact(card, "可放门口", d->may_leave ? "可以" : "不可以，要见到人");
	person_fact(card, "代收人", d->stand_in, d->stand_in_phone);
	person_fact(card, "有钥匙", d->key_holder, d->key_phone);
	card_fact(card, "送餐备注", d->door_note);
}

static void add_blocks(struct card_view *card, const struct diner *d)
{
	if (d->n_blocks == 0)
		return;
	card_heading(card, "不上门的志愿者", d->n_blocks);
	for (size_t i = 0; i < d->n_blocks; i++) {
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s%s%s", d->blocks[i].volunteer, d->blocks[i].why[0] ? "：" : "", d->blocks[i].why);
		card_view_line(card, strbuf_str(&line), STYLE_TEXT, d->blocks[i].id, DINER_TAG_BLOCK);
	}
}

static void add_money(const struct app *app, struct card_view *card, const struct diner *d)
{
	AUTO_STRBUF payer = { 0 };

	card_view_heading(card, "结算");
	card_field(app, card, NULL, "diner", "subsidy_class", d->subsidy_class, STYLE_TEXT);
	strbuf_format(&payer, "%s%s%s", office_code_label(app->of, "payer", d->payer), d->payer_name[0] ? " " : "", d->payer_name);
	card_fact(card, "自付人", strbuf_str(&payer));
	card_field(app, card, NULL, "diner", "payment", d->payment, STYLE_TEXT);
	card_fact(card, "备注", d->note);
}

void diner_card(const struct app *app, struct card_view *card, const struct diner *d)
{
	card_view_clear(card);
	add_head(app, card, d);
	add_food(app, card, d);
	add_plans(app, card, d);
	add_pauses(app, card, d);
	add_delivery(app, card, d);
	add_blocks(card, d);
	add_money(app, card, d);
	add_meals(app, card, d);
}
