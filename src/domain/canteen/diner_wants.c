/* Whether and how a loaded diner eats on a day: pure questions of orders, kitchen and routes. */
#include "domain/diner.h"

#include <string.h>

#include "base/day.h"
#include "volunteer/word_set.h"

static bool lies_in(int32_t day, int32_t from, int32_t to)
{
	return (from == DAY_NONE || from <= day) && (to == DAY_NONE || day <= to);
}

const struct meal_pause *diner_pause_on(const struct diner *d, int32_t day)
{
	for (size_t i = 0; i < d->n_pauses; i++)
		if (lies_in(day, d->pauses[i].from_day, d->pauses[i].to_day))
			return &d->pauses[i];
	return NULL;
}

bool diner_is_entitled(const struct diner *d, int32_t day)
{
	return d->entitled_why[0] != '\0' && lies_in(day, DAY_NONE, d->entitled_to_day);
}

const char *diner_way(const struct diner *d, const struct meal_plan *plan)
{
	return plan && plan->way[0] ? plan->way : d->way;
}

/* A day near to another: within the year without its year. */
static void add_day(int32_t day, int32_t today, struct strbuf *out)
{
	int year, this_year, month, day_of_month;

	day_to_civil(today, &this_year, &month, &day_of_month);
	day_to_civil(day, &year, &month, &day_of_month);
	if (year == this_year)
		strbuf_format(out, "%02d-%02d", month, day_of_month);
	else
		day_format(out, day);
}

void meal_pause_words(const struct office *of, const struct meal_pause *p, int32_t today, struct strbuf *out)
{
	strbuf_format(out, "%s ", office_code_label(of, "pause_reason", p->reason));
	add_day(p->from_day, today, out);
	if (p->to_day != p->from_day) {
		strbuf_add(out, " 至 ");
		add_day(p->to_day, today, out);
	}
}

static bool has_weekday(const char *weekdays, int weekday)
{
	const char code[] = { (char)('0' + weekday), '\0' };

	return word_set_has(weekdays, code);
}

void meal_weekdays_words(const struct office *of, const char *weekdays, struct strbuf *out)
{
	bool first = true;

	for (int day = 1; day <= 7; day++) {
		const char code[] = { (char)('0' + day), '\0' };
		int last = day;

		if (!has_weekday(weekdays, day))
			continue;
		while (last < 7 && has_weekday(weekdays, last + 1))
			last++;
		strbuf_format(out, "%s%s", first ? "" : "、", office_code_label(of, "weekday", code));
		first = false;
		if (last - day >= 2) {
			const char end[] = { (char)('0' + last), '\0' };

			strbuf_format(out, "至%s", office_code_label(of, "weekday", end));
			day = last;
		}
	}
}

/* Of two plans that hold, as two desks may have written them, the later one does. */
static bool is_later(const struct meal_plan *p, const struct meal_plan *than)
{
	return p->from_day > than->from_day || (p->from_day == than->from_day && p->id > than->id);
}

static const struct meal_plan *plan_on(const struct diner *d, int32_t day, const char *meal)
{
	const struct meal_plan *plan = NULL;

	for (size_t i = 0; i < d->n_plans; i++) {
		const struct meal_plan *p = &d->plans[i];

		if (strcmp(p->meal, meal) == 0 && has_weekday(p->weekdays, day_weekday(day)) && lies_in(day, p->from_day, p->to_day) &&
		    (plan == NULL || is_later(p, plan)))
			plan = p;
	}
	return plan;
}

/* What is wrong with the resident's own record; NULL: nothing. Who died in the register is not cooked for, whatever was forgotten here. */
static const char *resident_is_gone(const struct diner *d)
{
	if (d->who.deleted)
		return "居民记录已删除";
	if (strcmp(d->resident_status, "dead") == 0)
		return "居民资料里已去世";
	return strcmp(d->resident_status, "moved") == 0 ? "居民资料里已迁出" : NULL;
}

static bool status_eats(const struct office *of, enum diner_status status)
{
	const struct code_list *codes = form_codes(of->forms, "diner_status");
	const struct code *code = codes ? code_find(codes, diner_status_key(status)) : NULL;

	return code && code_has_flag(code, "eats");
}

const struct meal_plan *diner_wants(const struct office *of, const struct diner *d, int32_t day, const char *meal, struct strbuf *why_not)
{
	const struct meal_pause *pause = diner_pause_on(d, day);
	const struct meal_plan *plan = plan_on(d, day, meal);
	const char *gone = resident_is_gone(d);

	if (d->deleted) {
		strbuf_add(why_not, "就餐老人的记录已删除");
	} else if (gone) {
		strbuf_add(why_not, gone);
	} else if (!status_eats(of, d->status)) {
		strbuf_add(why_not, office_code_label(of, "diner_status", diner_status_key(d->status)));
		if (d->status_why[0])
			strbuf_format(why_not, "：%s", d->status_why);
	} else if (d->status_day != DAY_NONE && day < d->status_day) {
		strbuf_add(why_not, "从 ");
		add_day(d->status_day, office_today(of), why_not);
		strbuf_format(why_not, " 起才%s", office_code_label(of, "diner_status", diner_status_key(d->status)));
	} else if (pause) {
		strbuf_add(why_not, "暂停：");
		meal_pause_words(of, pause, office_today(of), why_not);
	} else if (plan == NULL) {
		strbuf_format(why_not, "这一天没有%s的用餐计划", office_code_label(of, "meal", meal));
	} else {
		return plan;
	}
	return NULL;
}
