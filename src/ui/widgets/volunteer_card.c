/* A volunteer as a card: who it is, what for, what is held and until when, when there is time. */
#include "ui/widgets/volunteer_card.h"

#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "domain/register.h"
#include "ui/widgets/card_words.h"

static enum style style_of(enum expiry expiry)
{
	return expiry == EXPIRY_OVER ? STYLE_URGENT : expiry == EXPIRY_SOON ? STYLE_WARNING : STYLE_TEXT;
}

/* " · 明天到期", or nothing. */
static enum style add_expiry(const struct app *app, struct strbuf *out, int32_t last_day)
{
	AUTO_STRBUF words = { 0 };
	enum expiry expiry = volunteer_expiry(last_day, app->today, &words);

	if (words.n > 0)
		strbuf_format(out, " · %s", strbuf_str(&words));
	return style_of(expiry);
}

/* Who --------------------------------------------------------------------------------------------------------------------------------- */

static void add_head(const struct app *app, struct card_view *card, const struct volunteer *v)
{
	AUTO_STRBUF line = { 0 };
	AUTO_STRBUF since = { 0 };

	card_view_line(card, v->name, STYLE_STRONG, 0, VOLUNTEER_TAG_NONE);
	strbuf_format(&line, "%s%s · %s", v->deleted ? "已删除 · " : "", v->number,
	              office_code_label(app->of, "volunteer_status", volunteer_status_key(v->status)));
	card_day(app, &since, "", v->status_day);
	if (since.n > 0)
		strbuf_format(&line, "（%s起）", strbuf_str(&since));
	if (v->status_why[0])
		strbuf_format(&line, " · %s", v->status_why);
	card_view_line(card, strbuf_str(&line), v->status == VOLUNTEER_ACTIVE ? STYLE_GOOD : STYLE_WARNING, 0, VOLUNTEER_TAG_NONE);
	card_fact(card, "电话", v->phone);
	if (!v->may_call)
		card_view_line(card, "缺人手时不打电话", STYLE_DIM, 0, VOLUNTEER_TAG_NONE);
	if (v->resident_id)
		card_view_fact(card, "居民", "看居民资料", STYLE_TEXT, v->resident_id, VOLUNTEER_TAG_RESIDENT);
}

static void add_limits(struct card_view *card, const struct volunteer *v)
{
	AUTO_STRBUF text = { 0 };

	strbuf_format(&text, "%d班 · %d小时", v->weekly_shifts, v->weekly_minutes / 60);
	if (v->weekly_minutes % 60)
		strbuf_format(&text, "%d分", v->weekly_minutes % 60);
	card_fact(card, "每周最多", strbuf_str(&text));
	if (v->load_meals > 0) {
		AUTO_STRBUF load = { 0 };

		strbuf_format(&load, "%d份", v->load_meals);
		card_fact(card, "一次能送", strbuf_str(&load));
	}
}

static void add_agreements(const struct app *app, struct card_view *card, const struct volunteer *v)
{
	AUTO_STRBUF agreement = { 0 };
	AUTO_STRBUF insurance = { 0 };
	enum style style;

	strbuf_add(&agreement, v->agreement);
	card_day(app, &agreement, " ", v->agreement_day);
	card_fact(card, "服务协议", strbuf_str(&agreement));
	strbuf_add(&insurance, v->insurance);
	card_day(app, &insurance, " 到 ", v->insurance_to_day);
	style = add_expiry(app, &insurance, v->insurance_to_day);
	if (insurance.n > 0)
		card_view_fact(card, "保险", strbuf_str(&insurance), style, 0, VOLUNTEER_TAG_NONE);
}

static void add_facts(const struct app *app, struct card_view *card, const struct volunteer *v)
{
	AUTO_STRBUF emergency = { 0 };
	AUTO_STRBUF joined = { 0 };

	card_fact(card, "网格", v->grid);
	card_field(app, card, NULL, "volunteer", "services", v->services, STYLE_TEXT);
	card_field(app, card, NULL, "volunteer", "skills", v->skills, STYLE_TEXT);
	card_field(app, card, NULL, "volunteer", "transport", v->transport, STYLE_TEXT);
	add_limits(card, v);
	card_field(app, card, NULL, "volunteer", "commitment", v->commitment, STYLE_TEXT);
	card_field(app, card, NULL, "volunteer", "sex", v->sex, STYLE_TEXT);
	if (v->born_day != DAY_NONE) {
		AUTO_STRBUF age = { 0 };

		strbuf_format(&age, "%d岁", day_age_years(v->born_day, app->today));
		card_fact(card, "年龄", strbuf_str(&age));
	}
	strbuf_format(&emergency, "%s %s", v->emergency_name, v->emergency_phone);
	if (!text_is_blank(strbuf_str(&emergency)))
		card_fact(card, "紧急联系人", strbuf_str(&emergency));
	add_agreements(app, card, v);
	card_fact(card, "平台编号", v->outside_number);
	card_field(app, card, NULL, "volunteer", "source", v->source, STYLE_TEXT);
	card_fact(card, "介绍人", v->introducer);
	card_day(app, &joined, "", v->joined_day);
	card_day(app, &joined, " 到 ", v->left_day);
	card_fact(card, "在岗自", strbuf_str(&joined));
	card_fact(card, "备注", v->note);
}

/* Certificates ------------------------------------------------------------------------------------------------------------------------ */

/* What a service that is wanted asks for and is not there: the reason why nobody can be put on it. */
static void add_lacks(const struct app *app, struct card_view *card, const struct volunteer *v)
{
	const struct code_list *services = form_codes(app->of->forms, "service");
	AUTO_STRBUF padded = { 0 };

	strbuf_format(&padded, " %s ", v->services);
	for (size_t i = 0; services && i < services->n; i++) {
		AUTO_STRBUF word = { 0 };
		AUTO_STRBUF line = { 0 };
		const char *lacks = volunteer_lacks(app->of, v, services->codes[i].code, NULL, app->today);

		strbuf_format(&word, " %s ", services->codes[i].code);
		if (lacks == NULL || strstr(strbuf_str(&padded), strbuf_str(&word)) == NULL)
			continue;
		strbuf_format(&line, "做%s要%s，没有有效的", services->codes[i].label, office_code_label(app->of, "qualification_kind", lacks));
		card_view_line(card, strbuf_str(&line), STYLE_URGENT, 0, VOLUNTEER_TAG_NONE);
	}
}

static void add_qualifications(const struct app *app, struct card_view *card, const struct volunteer *v)
{
	card_heading(card, "证书", v->n_qualifications);
	for (size_t i = 0; i < v->n_qualifications; i++) {
		const struct volunteer_qualification *q = &v->qualifications[i];
		AUTO_STRBUF line = { 0 };
		enum style style;

		strbuf_format(&line, "%s  %s", office_code_label(app->of, "qualification_kind", q->kind), q->number);
		if (q->issuer[0])
			strbuf_format(&line, "  %s", q->issuer);
		if (q->expires_day == DAY_NONE) {
			strbuf_add(&line, "  长期有效");
		} else {
			strbuf_add(&line, "  到 ");
			day_format(&line, q->expires_day);
		}
		style = add_expiry(app, &line, q->expires_day);
		card_view_line(card, strbuf_str(&line), style, q->id, VOLUNTEER_TAG_QUALIFICATION);
	}
	add_lacks(app, card, v);
}

/* Times ------------------------------------------------------------------------------------------------------------------------------- */

void volunteer_time_text(int begin_min, int end_min, struct strbuf *out)
{
	time_format(out, begin_min);
	strbuf_add_char(out, '-');
	time_format(out, end_min);
}

static bool counts_always(const struct volunteer_time *t)
{
	return t->from_day == DAY_NONE && t->to_day == DAY_NONE;
}

static void add_time(const struct app *app, const struct volunteer_time *t, struct strbuf *line)
{
	strbuf_format(line, " %s ", office_code_label(app->of, "availability_degree", availability_degree_key(t->degree)));
	volunteer_time_text(t->begin_min, t->end_min, line);
}

static void add_weekday(const struct app *app, struct card_view *card, const struct volunteer *v, int weekday)
{
	const char code[] = { (char)('0' + weekday), '\0' };
	AUTO_STRBUF line = { 0 };

	for (size_t i = 0; i < v->n_times; i++)
		if (v->times[i].weekday == weekday && counts_always(&v->times[i]))
			add_time(app, &v->times[i], &line);
	if (line.n > 0)
		card_view_fact(card, office_code_label(app->of, "weekday", code), strbuf_str(&line) + 1, STYLE_TEXT, v->id, VOLUNTEER_TAG_WEEK);
	for (size_t i = 0; i < v->n_times; i++) {
		const struct volunteer_time *t = &v->times[i];
		AUTO_STRBUF dated = { 0 };

		if (t->weekday != weekday || counts_always(t))
			continue;
		card_day(app, &dated, "从", t->from_day);
		card_day(app, &dated, "到", t->to_day);
		add_time(app, t, &dated);
		card_view_fact(card, office_code_label(app->of, "weekday", code), strbuf_str(&dated), STYLE_TEXT, t->id, VOLUNTEER_TAG_TIME);
	}
}

static void add_times(const struct app *app, struct card_view *card, const struct volunteer *v)
{
	card_heading(card, "可服务时段", 0);
	for (int weekday = 1; weekday <= 7; weekday++)
		add_weekday(app, card, v, weekday);
	if (v->n_times == 0)
		card_view_line(card, "还没有说过什么时候有空", STYLE_DIM, v->id, VOLUNTEER_TAG_WEEK);
}

static void add_absences(const struct app *app, struct card_view *card, const struct volunteer *v)
{
	if (v->n_absences == 0)
		return;
	card_heading(card, "请假", v->n_absences);
	for (size_t i = 0; i < v->n_absences; i++) {
		const struct volunteer_absence *away = &v->absences[i];
		bool now = away->from_day <= app->today && app->today <= away->to_day;
		AUTO_STRBUF line = { 0 };

		card_day(app, &line, "", away->from_day);
		if (away->to_day != away->from_day)
			card_day(app, &line, " 到 ", away->to_day);
		if (away->why[0])
			strbuf_format(&line, "  %s", away->why);
		card_view_line(card, strbuf_str(&line), now ? STYLE_WARNING : away->to_day < app->today ? STYLE_DIM : STYLE_TEXT, away->id,
		               VOLUNTEER_TAG_ABSENCE);
	}
}

/* Others ------------------------------------------------------------------------------------------------------------------------------ */

static void add_grids(struct card_view *card, const struct volunteer *v)
{
	if (v->n_grids == 0)
		return;
	card_heading(card, "还服务的网格", v->n_grids);
	for (size_t i = 0; i < v->n_grids; i++)
		card_view_line(card, v->grids[i].code, STYLE_TEXT, v->grids[i].id, VOLUNTEER_TAG_GRID);
}

static void add_aparts(struct card_view *card, const struct volunteer *v)
{
	if (v->n_aparts == 0)
		return;
	card_heading(card, "不排在同一班", v->n_aparts);
	for (size_t i = 0; i < v->n_aparts; i++) {
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s%s%s", v->aparts[i].other, v->aparts[i].why[0] ? "：" : "", v->aparts[i].why);
		card_view_line(card, strbuf_str(&line), STYLE_TEXT, v->aparts[i].id, VOLUNTEER_TAG_APART);
	}
}

void volunteer_card(const struct app *app, struct card_view *card, const struct volunteer *v)
{
	card_view_clear(card);
	add_head(app, card, v);
	add_qualifications(app, card, v);
	add_absences(app, card, v);
	add_times(app, card, v);
	card_view_heading(card, "资料");
	add_facts(app, card, v);
	add_grids(card, v);
	add_aparts(card, v);
}
