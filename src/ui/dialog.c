/* Yes or no, one line of text, one of several, a text to read. */
#include "ui/dialog.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pinyin.h"
#include "ui/app.h"
#include "ui/editor.h"
#include "ui/loop.h"
#include "ui/modal.h"
#include "ui/widgets/picker.h"

#define BOX_COLS 64
#define PROMPT_CLUSTERS 500
#define MARGIN_COLS 1

/* How many rows a text takes, painted into the area if there is a canvas. */
static int put_wrapped(struct canvas *c, struct rect area, enum style style, const char *text)
{
	int rows = 0;

	while (*text) {
		size_t n, used = text_wrap(text, area.cols, &n);
		AUTO_FREE char *line = mem_copy_n(text, n);

		if (c && rows < area.rows)
			canvas_put(c, area.row + rows, area.col, area.cols, style, line);
		text += used;
		rows++;
	}
	return rows;
}

static int box_cols(const struct canvas *c)
{
	return c->cols - 8 < BOX_COLS ? c->cols - 8 : BOX_COLS;
}

static struct rect inset(struct rect r)
{
	return (struct rect){ r.row, r.col + MARGIN_COLS, r.rows, r.cols - 2 * MARGIN_COLS };
}

/* Yes or no. */

static void draw_ask(const struct loop *l, void *state, struct canvas *c)
{
	const char *question = state;
	int cols = box_cols(c), rows = put_wrapped(NULL, (struct rect){ .cols = cols - 2 - 2 * MARGIN_COLS }, STYLE_TEXT, question);
	struct rect in = inset(modal_box(c, rows + 4, cols, NULL));

	(void)l;
	put_wrapped(c, in, STYLE_STRONG, question);
	canvas_put(c, in.row + in.rows - 1, in.col, in.cols, STYLE_TEXT, "y 是    n 否（回车 = 否）");
}

static enum modal_answer key_ask(struct loop *l, void *state, const struct key_event *ev)
{
	uint32_t key = key_fold(ev->key);

	(void)l;
	(void)state;
	if (key == 'y' || key == 'Y')
		return MODAL_DONE;
	return key == 'n' || key == 'N' || key == YK_ENTER || key == YK_ESC || key == YK_F10 ? MODAL_LEFT : MODAL_WAIT;
}

bool app_ask(struct app *app, const char *question)
{
	AUTO_FREE char *copy = mem_copy(question);

	return modal_run(app->loop, &(struct modal){ .hint = "y是 n否 Esc否", .draw = draw_ask, .key = key_ask, .state = copy });
}

/* One line of text. */

struct prompt {
	const char *label;
	struct editor *editor;
};

static void draw_prompt(const struct loop *l, void *state, struct canvas *c)
{
	const struct prompt *p = state;
	int cols = box_cols(c), rows = put_wrapped(NULL, (struct rect){ .cols = cols - 2 - 2 * MARGIN_COLS }, STYLE_TEXT, p->label);
	struct rect in = inset(modal_box(c, rows + 4, cols, NULL));

	(void)l;
	put_wrapped(c, in, STYLE_STRONG, p->label);
	editor_draw(p->editor, c, (struct rect){ in.row + in.rows - 1, in.col, 1, in.cols }, STYLE_FIELD_ACTIVE, true);
}

static enum modal_answer key_prompt(struct loop *l, void *state, const struct key_event *ev)
{
	const struct prompt *p = state;

	if (ev->key == YK_ENTER)
		return MODAL_DONE;
	if (ev->key == YK_ESC || ev->key == YK_F10)
		return MODAL_LEFT;
	if (editor_key(p->editor, ev) == EDITOR_FULL)
		tty_bell(l->tty);
	return MODAL_WAIT;
}

char *app_prompt(struct app *app, const char *label, const char *initial, bool secret)
{
	struct prompt p = { label, editor_new(false, PROMPT_CLUSTERS) };
	char *typed = NULL;

	if (secret)
		editor_make_secret(p.editor);
	editor_set(p.editor, initial ? initial : "");
	if (modal_run(app->loop, &(struct modal){ .hint = "Enter确定 Esc放弃", .draw = draw_prompt, .key = key_prompt, .state = &p }))
		typed = mem_copy(editor_text(p.editor));
	editor_free(p.editor);
	return typed;
}

/* One of several. */

struct choice {
	struct picker picker;
	const char *const *labels;
	size_t n;
	struct rect area;             /* where it was painted */
};

static void draw_choice(const struct loop *l, void *state, struct canvas *c)
{
	struct choice *ch = state;
	int rows = (int)ch->n + 2, cols = picker_width(&ch->picker);
	struct rect area = { .rows = rows < c->rows - 4 ? rows : c->rows - 4, .cols = cols < c->cols - 4 ? cols : c->cols - 4 };

	(void)l;
	area.row = (c->rows - area.rows) / 2;
	area.col = (c->cols - area.cols) / 2;
	picker_draw(&ch->picker, c, area);
	ch->area = area;
}

/* A letter goes to the next label that begins with it in pinyin. */
static void jump(struct choice *ch, uint32_t key)
{
	char letter[5] = { 0 };

	text_encode(key_fold(key), letter);
	for (size_t i = 1; i <= ch->n; i++) {
		size_t at = (ch->picker.cursor + i) % ch->n;

		if (pinyin_match(letter, ch->labels[at])) {
			ch->picker.cursor = at;
			return;
		}
	}
}

static enum modal_answer key_choice(struct loop *l, void *state, const struct key_event *ev)
{
	struct choice *ch = state;
	struct key_event move = *ev;

	(void)l;
	if (ev->key == YK_ENTER || picker_digit(&ch->picker, ev->key))
		return MODAL_DONE;
	if (ev->key == YK_CLICK)
		return picker_click(&ch->picker, ev->row - ch->area.row, ch->area.rows) ? MODAL_DONE : MODAL_WAIT;
	if (ev->key == YK_ESC || ev->key == YK_F10)
		return MODAL_LEFT;
	if (ev->key == YK_HOME || ev->key == YK_END)       /* nothing is typed here that they could move in */
		move.key = ev->key == YK_HOME ? YK_CTRL_HOME : YK_CTRL_END;
	if (!picker_key(&ch->picker, &move) && key_is_text(ev->key))
		jump(ch, ev->key);
	return MODAL_WAIT;
}

int app_choose(struct app *app, const char *title, const char *const *labels, size_t n, int initial)
{
	struct choice ch = { .labels = labels, .n = n };
	int chosen = -1;

	if (n == 0)
		return -1;
	ch.picker.numbered = true;
	picker_title(&ch.picker, title);
	for (size_t i = 0; i < n; i++)
		picker_add(&ch.picker, &(struct picker_row){ .kind = PICK_VALUE, .label = labels[i], .id = (int64_t)i });
	ch.picker.cursor = initial >= 0 && (size_t)initial < n ? (size_t)initial : 0;
	if (modal_run(app->loop, &(struct modal){ .hint = "Enter选定 上下移动 1-9直接选 拼音首字母跳到 Esc放弃", .draw = draw_choice, .key = key_choice,
	                                          .state = &ch }))
		chosen = (int)picker_row(&ch.picker)->id;
	picker_release(&ch.picker);
	return chosen;
}

/* A text to read. */

struct reading {
	const char *title;
	struct pager *lines;
};

static void draw_reading(const struct loop *l, void *state, struct canvas *c)
{
	struct reading *r = state;
	struct rect in = inset(modal_box(c, c->rows - 4, c->cols - 8, r->title));

	(void)l;
	pager_layout(r->lines, in.rows, in.cols);
	pager_draw(r->lines, c, in);
}

static enum modal_answer key_reading(struct loop *l, void *state, const struct key_event *ev)
{
	struct reading *r = state;
	uint32_t key = key_fold(ev->key);

	(void)l;
	if (key == YK_ESC || key == 'q' || key == YK_ENTER || key == YK_F10)
		return MODAL_DONE;
	pager_key(r->lines, ev);
	return MODAL_WAIT;
}

void dialog_read(struct loop *l, const char *title, struct pager *lines)
{
	struct reading r = { title, lines };

	modal_run(l, &(struct modal){ .hint = "上下翻看 PgUp PgDn翻页 Esc关闭", .draw = draw_reading, .key = key_reading, .state = &r });
}

void app_show_text(struct app *app, const char *title, const char *text)
{
	AUTO_FREE char *copy = mem_copy(text);
	struct pager lines = { .cursor = -1 };
	char *rest = copy, *line;

	while ((line = strsep(&rest, "\n")) != NULL)
		pager_add(&lines, STYLE_TEXT, 0, 0, "%s", line);
	dialog_read(app->loop, title, &lines);
	pager_release(&lines);
}
