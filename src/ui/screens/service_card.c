/* What a volunteer's hours add up to, as a card. */
#include "ui/screens/service_card.h"

#include <inttypes.h>

#include "base/day.h"
#include "domain/attendance.h"
#include "domain/register_pick.h"

#define BAR_MOST 12               /* signs of the month with the most minutes */

void service_hours_words(int64_t minutes, struct strbuf *out)
{
	int64_t tenths = (minutes * 10 + 30) / 60;

	strbuf_format(out, "%" PRId64 ".%" PRId64 "小时", tenths / 10, tenths % 10);
}

static void add_minutes(struct card_view *v, const char *label, int64_t minutes, int times)
{
	AUTO_STRBUF text = { 0 };

	service_hours_words(minutes, &text);
	strbuf_format(&text, "（%" PRId64 "分钟）", minutes);
	if (times)
		strbuf_format(&text, " · %d次", times);
	card_view_fact(v, label, strbuf_str(&text), STYLE_TEXT, 0, SERVICE_TAG_NONE);
}

static void add_sums(const struct app *app, struct card_view *v, const struct service_hours *h)
{
	AUTO_STRBUF stars = { 0 };
	AUTO_STRBUF points = { 0 };
	AUTO_STRBUF absent = { 0 };

	add_minutes(v, "已核定", h->minutes, h->times);
	add_minutes(v, "待核定", h->waiting, 0);
	strbuf_format(&stars, "%d星", h->stars);
	if (h->next_star_minutes) {
		strbuf_add(&stars, "，离下一星还差");
		service_hours_words(h->next_star_minutes, &stars);
	}
	card_view_fact(v, "星级", strbuf_str(&stars), h->stars ? STYLE_GOOD : STYLE_TEXT, 0, SERVICE_TAG_NONE);
	strbuf_format(&absent, "%d次", h->no_shows);
	card_view_fact(v, "爽约", strbuf_str(&absent), h->no_shows ? STYLE_WARNING : STYLE_TEXT, 0, SERVICE_TAG_NONE);
	if (app->of->settings->per_hour == 0 && h->points == 0)
		return;
	strbuf_format(&points, "%" PRId64 "分", h->points);
	card_view_fact(v, "积分", strbuf_str(&points), STYLE_TEXT, 0, SERVICE_TAG_NONE);
}

static void add_months(struct card_view *v, const struct service_hours *h)
{
	int64_t most = 1;

	if (h->n_months == 0)
		return;
	card_view_heading(v, "按月");
	for (size_t i = 0; i < h->n_months; i++)
		if (h->months[i].minutes > most)
			most = h->months[i].minutes;
	for (size_t i = 0; i < h->n_months; i++) {
		const struct service_month *m = &h->months[i];
		int signs = (int)(m->minutes * BAR_MOST / most), year, month, day;
		AUTO_STRBUF line = { 0 };
		AUTO_STRBUF hours = { 0 };

		day_to_civil(m->month, &year, &month, &day);
		service_hours_words(m->minutes, &hours);
		strbuf_format(&line, "%d-%02d ", year, month);
		text_fit(&line, strbuf_str(&hours), 11, ALIGN_RIGHT);
		strbuf_format(&line, " %3d次 ", m->times);
		for (int k = 0; k < signs; k++)
			strbuf_add_char(&line, '=');
		card_view_line(v, strbuf_str(&line), STYLE_TEXT, 0, SERVICE_TAG_NONE);
	}
}

static void add_proofs(struct card_view *v, const struct service_proof_row *rows, size_t n)
{
	if (n > 0)
		card_view_heading(v, "开出的证明");
	for (size_t i = 0; i < n; i++) {
		AUTO_STRBUF line = { 0 };

		strbuf_format(&line, "%s  ", rows[i].number);
		day_format(&line, rows[i].issued_day);
		strbuf_add(&line, "  ");
		service_hours_words(rows[i].minutes, &line);
		if (rows[i].voided)
			strbuf_format(&line, "  已作废：%s", rows[i].voided_why);
		card_view_line(v, strbuf_str(&line), rows[i].voided ? STYLE_DIM : STYLE_TEXT, rows[i].id, rows[i].voided ? SERVICE_TAG_VOIDED : SERVICE_TAG_PROOF);
	}
}

enum rc service_card(const struct app *app, struct card_view *v, int64_t volunteer_id, struct err *e)
{
	const struct service_proof_row *proofs;
	AUTO_FREE char *name = NULL;
	AUTO_ARENA arena = { 0 };
	struct service_hours h;
	size_t n;
	enum rc rc;

	card_view_clear(v);
	if ((rc = register_label(app->of, form_find(app->of->forms, "volunteer"), volunteer_id, &name, e)) != RC_OK ||
	    (rc = service_hours(app->of, volunteer_id, &arena, &h, e)) != RC_OK || (rc = service_proofs(app->of, volunteer_id, &arena, &proofs, &n, e)) != RC_OK)
		return rc;
	card_view_line(v, name, STYLE_STRONG, 0, SERVICE_TAG_NONE);
	add_sums(app, v, &h);
	add_proofs(v, proofs, n);
	add_months(v, &h);
	return RC_OK;
}
