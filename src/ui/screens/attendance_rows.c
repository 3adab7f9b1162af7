/* What the day's list of 签到 shows: its lines, its sums, and all that is known of one of them. */
#include "ui/screens/attendance_rows.h"

#include "base/day.h"
#include "ui/widgets/card_words.h"

static const struct card_column columns[] = { { "姓名", 12 }, { "电话", 13 }, { "结果", 6 }, { "到－离开", 13 }, { "时长", 9 }, { "核定", 14 } };

static void add_times(const struct attendance_row *r, struct strbuf *out)
{
	if (r->came_min < 0 && r->left_min < 0)
		return;
	time_format(out, r->came_min);
	strbuf_add(out, "-");
	if (r->left_min >= 0)
		time_format(out, r->left_min);
}

static bool served(const struct attendance_row *r)
{
	return r->result == ATTENDANCE_PRESENT || r->result == ATTENDANCE_LATE;
}

bool attendance_waits(const struct attendance_row *r)
{
	return served(r) && !r->approved;
}

static void add_approval(const struct attendance_row *r, struct strbuf *out)
{
	if (r->approved)
		strbuf_format(out, "已核%d分钟", r->approved_minutes);
	else if (attendance_waits(r))
		strbuf_add(out, r->mine ? "由他人核定" : "待核定");
}

static const char *result_words(const struct app *app, const struct attendance_row *r)
{
	return r->result == ATTENDANCE_RESULT_COUNT ? "－" : office_code_label(app->of, "attendance_result", attendance_result_key(r->result));
}

static enum style row_style(const struct attendance_row *r)
{
	if (r->approved)
		return STYLE_GOOD;
	return r->result == ATTENDANCE_ABSENT ? STYLE_WARNING : r->result == ATTENDANCE_LATE ? STYLE_NOTICE : STYLE_TEXT;
}

static void add_row(const struct app *app, struct card_view *v, const struct attendance_row *r, size_t i)
{
	AUTO_STRBUF times = { 0 };
	AUTO_STRBUF minutes = { 0 };
	AUTO_STRBUF approval = { 0 };
	AUTO_STRBUF line = { 0 };

	add_times(r, &times);
	if (r->minutes >= 0 && served(r))
		strbuf_format(&minutes, "%d分钟", r->minutes);
	add_approval(r, &approval);
	const char *const cells[] = { r->name, r->phone, result_words(app, r), strbuf_str(&times), strbuf_str(&minutes), strbuf_str(&approval) };

	card_cells(&line, columns, cells, COUNT(cells));
	card_view_line(v, strbuf_str(&line), row_style(r), (int64_t)i + 1, ATTENDANCE_TAG_ROW);
}

static void add_shift(const struct app *app, struct card_view *v, const struct attendance_row *r)
{
	AUTO_STRBUF head = { 0 };

	if (r->shift_id) {
		time_format(&head, r->begin_min);
		strbuf_add(&head, "-");
		time_format(&head, r->end_min);
		strbuf_format(&head, " %s · %s", r->shift, office_code_label(app->of, "service", r->service));
	} else {
		strbuf_add(&head, "排班以外的服务");
	}
	card_view_heading(v, strbuf_str(&head));
}

void attendance_list(const struct app *app, struct card_view *v, const struct attendance_row *rows, size_t n, int64_t assignment_id, int64_t attendance_id)
{
	card_view_clear(v);
	for (size_t i = 0; i < n; i++) {
		const struct attendance_row *r = &rows[i];

		if (i == 0 || r->shift_id != rows[i - 1].shift_id)
			add_shift(app, v, r);
		if (assignment_id ? r->assignment_id == assignment_id : attendance_id && r->attendance_id == attendance_id)
			v->cursor = v->n;
		add_row(app, v, r, i);
	}
	if (n == 0)
		card_view_line(v, "这一天没有排班，也没有补记的服务", STYLE_DIM, 0, ATTENDANCE_TAG_NONE);
}

void attendance_beside(const struct app *app, struct card_view *v, const struct attendance_row *r)
{
	AUTO_STRBUF times = { 0 };
	AUTO_STRBUF approval = { 0 };

	card_view_clear(v);
	if (r == NULL)
		return;
	add_times(r, &times);
	add_approval(r, &approval);
	card_fact(v, "姓名", r->name);
	card_fact(v, "电话", r->phone);
	card_fact(v, "班次", r->shift);
	card_fact(v, "服务", office_code_label(app->of, "service", r->service));
	card_fact(v, "内容", r->content);
	card_fact(v, "结果", result_words(app, r));
	card_fact(v, "到－离开", strbuf_str(&times));
	card_fact(v, "核定", strbuf_str(&approval));
	card_fact(v, "差异说明", r->difference_why);
}

void attendance_sums(const struct app *app, const struct attendance_row *rows, size_t n, struct strbuf *out)
{
	int counts[ATTENDANCE_RESULT_COUNT + 1] = { 0 }, waiting = 0;

	for (size_t i = 0; i < n; i++) {
		counts[rows[i].result]++;
		waiting += attendance_waits(&rows[i]);
	}
	strbuf_format(out, "%zu人", n);
	for (int r = 0; r < ATTENDANCE_RESULT_COUNT; r++)
		strbuf_format(out, " · %s%d", office_code_label(app->of, "attendance_result", attendance_result_key((enum attendance_result)r)), counts[r]);
	strbuf_format(out, " · 未签%d · 待核定%d", counts[ATTENDANCE_RESULT_COUNT], waiting);
}

void attendance_headings(struct canvas *c, int row, int col)
{
	card_headings(c, row, col, columns, COUNT(columns));
}
