/* Title bar, message line, key line. What is shown and what a click hits come from the same layout. */
#include "ui/chrome.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/strbuf.h"
#include "ui/alarm.h"
#include "ui/loop.h"
#include "ui/modal.h"

#define ENTRIES_MAX 48
#define ACTIVE_MAX 64
#define MORE_COLS 1               /* the sign that there are more keys */
#define GAP_COLS 2                /* at least, between the parts of the title bar */

/* A piece of a line that does something. */
struct entry {
	enum action action;
	int col, cols;
	char key[24];                 /* painted apart from the label */
	char label[64];
	bool current;
};

/* How much the title bar leaves out to fit, in this order. */
enum { DROP_PRODUCT = 1, DROP_ROLE, DROP_LABELS, DROP_NAME, DROP_MOST };

static int entry_cols(const struct entry *e)
{
	return text_width(e->key) + text_width(e->label);
}

/* The main screens of this role, side by side from column `col`. */
static size_t menu_entries(const struct loop *l, int drop, int col, struct entry *out)
{
	size_t n = 0;

	for (const char *digit = MAIN_DIGITS; *digit && l->app.of->me.id != 0; digit++) {
		const struct screen_entry *screen = screen_of_digit(*digit);
		struct entry *e = &out[n];

		if (screen == NULL || !screen_allowed(l->app.of, screen))
			continue;
		*e = (struct entry){ .action = action_from_digit(*digit), .col = col, .key = { *digit }, .current = l->pile == stack_pile_of(*digit) };
		if (drop < DROP_LABELS || e->current)
			snprintf(e->label, sizeof e->label, "%s", screen->def->title);
		e->cols = entry_cols(e);
		col += e->cols + 1;
		n++;
	}
	return n;
}

static void title_left(const struct loop *l, int drop, struct strbuf *out)
{
	strbuf_format(out, drop >= DROP_PRODUCT ? " %s" : " %s · 友邻", l->app.of->community.name);
}

static void title_right(const struct loop *l, int drop, struct strbuf *out)
{
	const struct account *me = &l->app.of->me;
	int64_t now = office_now(l->app.of);
	int month, day, year;

	if (me->id != 0 && drop < DROP_NAME)
		strbuf_format(out, "%s ", me->name);
	if (me->id != 0 && drop < DROP_ROLE)
		strbuf_format(out, "%s ", role_label(me->role));
	day_to_civil(day_of_instant(now), &year, &month, &day);
	strbuf_format(out, " %02d-%02d ", month, day);
	time_format(out, minutes_of_instant(now));
	strbuf_add_char(out, ' ');
}

static int menu_end(const struct entry *entries, size_t n, int col)
{
	return n > 0 ? entries[n - 1].col + entries[n - 1].cols : col;
}

/* The fullest title bar that fits. */
static size_t lay_out_title(const struct loop *l, struct strbuf *left, struct strbuf *right, struct entry *entries)
{
	size_t n = 0;

	for (int drop = 0; drop < DROP_MOST; drop++) {
		int col, end;

		strbuf_truncate(left, 0);
		strbuf_truncate(right, 0);
		title_left(l, drop, left);
		title_right(l, drop, right);
		col = text_width(strbuf_str(left)) + GAP_COLS;
		n = menu_entries(l, drop, col, entries);
		end = menu_end(entries, n, col);
		if (end + GAP_COLS + text_width(strbuf_str(right)) <= l->app.cols)
			break;
	}
	return n;
}

static void draw_title(const struct loop *l, struct canvas *c)
{
	AUTO_STRBUF left = { 0 };
	AUTO_STRBUF right = { 0 };
	struct entry entries[ENTRIES_MAX];
	size_t n = lay_out_title(l, &left, &right, entries);
	int right_cols = text_width(strbuf_str(&right));
	enum style bar = alarm_is_loud(l) ? alarm_style(l) : STYLE_BAR;

	canvas_text(c, 0, 0, c->cols, bar, strbuf_str(&left));
	canvas_text(c, 0, c->cols - right_cols, right_cols, bar, strbuf_str(&right));
	for (size_t i = 0; i < n; i++) {
		enum style style = entries[i].current ? STYLE_BAR_STRONG : bar;
		int col = canvas_put(c, 0, entries[i].col, c->cols, style, entries[i].key);

		canvas_put(c, 0, col, c->cols, style, entries[i].label);
	}
}

/* At the first screen the way back leads out. */
static const char *label_of(const struct loop *l, enum action action)
{
	return action_label(action == ACT_BACK && stack_at_first(l) ? ACT_QUIT : action);
}

static bool make_entry(const struct loop *l, enum action action, struct entry *out)
{
	AUTO_STRBUF key = { 0 };

	keymaps_keys(l->app.keymaps, dispatch_keymap(l), dispatch_when(l), dispatch_typing(l), action, 1, &key);
	if (key.n == 0 || key.n >= sizeof out->key)
		return false;
	*out = (struct entry){ .action = action };
	memcpy(out->key, key.s, key.n);
	snprintf(out->label, sizeof out->label, "%s", label_of(l, action));
	out->cols = entry_cols(out);
	return true;
}

static size_t place(struct entry *entries, size_t n, const struct entry *e, int *col)
{
	entries[n] = *e;
	entries[n].col = *col;
	*col += e->cols + 1;
	return n + 1;
}

/* Help first, then the screen's own keys as far as they fit (a sign says that there are more, the help shows them), at the end the ways out, which always
 * have room. */
static size_t lay_out_keys(const struct loop *l, struct entry *entries)
{
	static const enum action last[] = { ACT_PALETTE, ACT_BACK };
	struct key_bind active[ACTIVE_MAX];
	size_t n_active = dispatch_active(l, active, COUNT(active)), n = 0, n_tail = 0;
	struct entry tail[COUNT(last)], e;
	int col = 1, room = l->app.cols - 1;
	bool leaves = false;

	for (size_t i = 0; i < n_active; i++)
		leaves = leaves || active[i].action == ACT_LEAVE;
	for (size_t i = 0; i < COUNT(last); i++)
		if (!(last[i] == ACT_BACK && leaves) && (last[i] != ACT_PALETTE || l->app.of->me.id != 0) && make_entry(l, last[i], &tail[n_tail]))
			room -= tail[n_tail++].cols + 1;
	if (make_entry(l, ACT_HELP, &e))
		n = place(entries, n, &e, &col);
	for (size_t i = 0; i < n_active && n < ENTRIES_MAX - COUNT(last); i++) {
		if (action_is_common(active[i].action) || !make_entry(l, active[i].action, &e))
			continue;
		if (col + e.cols > room) {
			if (col + MORE_COLS <= room)
				n = place(entries, n, &(struct entry){ .action = ACT_HELP, .label = "…", .cols = MORE_COLS }, &col);
			break;
		}
		n = place(entries, n, &e, &col);
	}
	for (size_t i = 0; i < n_tail; i++)
		n = place(entries, n, &tail[i], &col);
	return n;
}

static void draw_keys(const struct loop *l, struct canvas *c)
{
	struct entry entries[ENTRIES_MAX];
	size_t n = lay_out_keys(l, entries);

	for (size_t i = 0; i < n; i++) {
		int col = canvas_put(c, c->rows - 1, entries[i].col, c->cols, STYLE_KEY, entries[i].key);

		canvas_put(c, c->rows - 1, col, c->cols, STYLE_KEY_LABEL, entries[i].label);
	}
}

/* What nobody may overlook; less of it where what was said would not fit beside it. */
static enum style standing_words(const struct loop *l, struct strbuf *out)
{
	alarm_words(l, false, out);
	if (l->message && text_width(l->message) + GAP_COLS + text_width(strbuf_str(out)) > l->app.cols) {
		strbuf_truncate(out, 0);
		alarm_words(l, true, out);
	}
	if (out->n > 0)
		return alarm_style(l);
	if (store_clock_suspect(l->app.of->st))
		strbuf_add(out, "本机时钟可疑，请管理员核对 ");
	return STYLE_WARNING;
}

/* What was said last, else the help of the active field; at the right end what must be seen. */
static void draw_message(const struct loop *l, struct canvas *c)
{
	const struct layer *top = stack_top(l);
	AUTO_STRBUF alarm = { 0 };
	const char *text = l->message;
	enum style style = l->message ? l->message_style : STYLE_DIM, standing = standing_words(l, &alarm);
	int alarm_cols = text_width(strbuf_str(&alarm));

	if (text == NULL && top && top->def->status && top->failure == NULL)
		text = top->def->status(&l->app, top->state);
	if (text)
		canvas_text(c, c->rows - 2, 0, 1, style, "");
	if (text)
		canvas_put(c, c->rows - 2, 1, c->cols - alarm_cols - 2, style, text);
	canvas_text(c, c->rows - 2, c->cols - alarm_cols, alarm_cols, standing, strbuf_str(&alarm));
}

void chrome_draw(const struct loop *l, struct canvas *c)
{
	draw_title(l, c);
	draw_message(l, c);
	if (l->modal == NULL)
		draw_keys(l, c);
	else
		modal_draw_hint(l->modal, c);
}

static enum action entry_at(const struct entry *entries, size_t n, int col)
{
	for (size_t i = 0; i < n; i++)
		if (col >= entries[i].col && col < entries[i].col + entries[i].cols)
			return entries[i].action;
	return ACT_NONE;
}

enum action chrome_hit(const struct loop *l, int row, int col)
{
	AUTO_STRBUF left = { 0 };
	AUTO_STRBUF right = { 0 };
	AUTO_STRBUF words = { 0 };
	struct entry entries[ENTRIES_MAX];

	if (row == 0)
		return entry_at(entries, lay_out_title(l, &left, &right, entries), col);
	if (row == l->app.rows - 1)
		return entry_at(entries, lay_out_keys(l, entries), col);
	if (row != l->app.rows - 2 || !alarm_stands(l))
		return ACT_NONE;
	standing_words(l, &words);
	return col >= l->app.cols - text_width(strbuf_str(&words)) ? ACT_ALARM : ACT_NONE;
}
