/* The command palette: first what the present screen can do, then the main screens, what can be opened from anywhere, and what is common. */
#include "ui/screens/palette.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pinyin.h"
#include "domain/register.h"
#include "ui/editor.h"
#include "ui/loop.h"
#include "ui/modal.h"
#include "ui/widgets/picker.h"

#define ACTIVE_MAX 64
#define BOX_COLS 60
#define QUERY_CLUSTERS 40

/* One of these: an action, or a screen. */
struct command {
	const char *label;
	const char *hint;             /* its key, or where it belongs; in the arena */
	enum action action;
	const struct screen_entry *screen;
	const char *form;             /* args.form of the screen */
};

struct palette {
	struct arena arena;
	struct command *commands;
	size_t n, cap;
	struct editor *query;
	struct picker picker;         /* row ids are indexes of commands */
	struct rect list;             /* where it was painted */
};

static void add(struct palette *p, struct command command)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->commands[i].label, command.label) == 0)
			return;        /* 提事登记 is an action of some screens and a screen of its own */
	p->commands = mem_grow(p->commands, &p->cap, p->n + 1, sizeof *p->commands);
	p->commands[p->n++] = command;
}

static const char *key_of(struct palette *p, const struct loop *l, enum action action)
{
	AUTO_STRBUF key = { 0 };

	keymaps_keys(l->app.keymaps, dispatch_keymap(l), dispatch_when(l), dispatch_typing(l), action, 1, &key);
	return arena_copy(&p->arena, strbuf_str(&key));
}

static void add_actions(struct palette *p, const struct loop *l, bool common)
{
	struct key_bind active[ACTIVE_MAX];
	size_t n = dispatch_active(l, active, COUNT(active));

	for (size_t i = 0; i < n; i++) {
		enum action action = active[i].action;

		if (action_is_common(action) != common || action_digit(action) || action == ACT_PALETTE || !action_title(action)[0])
			continue;
		add(p, (struct command){ .label = action_title(action), .hint = key_of(p, l, action), .action = action });
	}
}

static void add_main_screens(struct palette *p, const struct loop *l)
{
	for (const char *digit = MAIN_DIGITS; *digit; digit++) {
		const struct screen_entry *screen = screen_of_digit(*digit);
		enum action go = action_from_digit(*digit);

		if (screen && screen_allowed(l->app.of, screen))
			add(p, (struct command){ .label = screen->def->title, .hint = key_of(p, l, go), .action = go });
	}
}

static void add_registers(struct palette *p, const struct loop *l, const struct screen_entry *screen)
{
	for (size_t i = 0; i < form_count(l->app.of->forms); i++) {
		const struct form *form = form_at(l->app.of->forms, i);

		if (form->group[0] && form->n_columns > 0 && register_may_view(l->app.of, form))
			add(p, (struct command){ .label = form->title, .hint = form->group, .screen = screen, .form = form->name });
	}
}

static void add_screens(struct palette *p, const struct loop *l)
{
	for (size_t i = 0; i < screen_registry_count; i++) {
		const struct screen_entry *screen = &screen_registry[i];

		if (screen->offer == OFFER_NOT || !screen_allowed(l->app.of, screen))
			continue;
		if (screen->offer == OFFER_REGISTERS)
			add_registers(p, l, screen);
		else
			add(p, (struct command){ .label = screen->def->title, .hint = "", .screen = screen });
	}
}

/* Names that begin with what was typed come before those that hold it somewhere. */
static void narrow(struct palette *p)
{
	const char *typed = editor_text(p->query);

	picker_clear(&p->picker);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < p->n; i++) {
			const struct command *c = &p->commands[i];
			bool begins = pinyin_match(typed, c->label);

			if (pass == 0 ? begins : !begins && pinyin_find(typed, c->label))
				picker_add(&p->picker, &(struct picker_row){ .kind = PICK_VALUE, .label = c->label, .detail = c->hint, .id = (int64_t)i });
		}
}

static void draw(const struct loop *l, void *state, struct canvas *c)
{
	struct palette *p = state;
	int rows = picker_row(&p->picker) ? picker_height(&p->picker) : 3;
	struct rect area = { 2, (c->cols - BOX_COLS) / 2, rows + 2, BOX_COLS }, in, list;

	(void)l;
	canvas_fill(c, area, STYLE_TEXT);
	in = canvas_frame(c, area, STYLE_STRONG, "命令：输入名称或拼音首字母");
	list = (struct rect){ in.row + 1, area.col, area.rows - 2, area.cols };
	picker_draw(&p->picker, c, list);
	p->list = list;
	if (picker_row(&p->picker) == NULL)
		canvas_put(c, list.row + 1, in.col + 2, in.cols - 4, STYLE_DIM, "没有这样的命令");
	editor_draw(p->query, c, (struct rect){ in.row, in.col + 1, 1, in.cols - 2 }, STYLE_FIELD_ACTIVE, true);
}

static enum modal_answer key(struct loop *l, void *state, const struct key_event *ev)
{
	struct palette *p = state;

	(void)l;
	if (ev->key == YK_ESC || ev->key == YK_F10 || ev->key == CTRL('P'))
		return MODAL_LEFT;
	if (ev->key == YK_ENTER)
		return picker_row(&p->picker) ? MODAL_DONE : MODAL_WAIT;
	if (ev->key == YK_CLICK)
		return picker_click(&p->picker, ev->row - p->list.row, p->list.rows) ? MODAL_DONE : MODAL_WAIT;
	if (picker_key(&p->picker, ev))
		return MODAL_WAIT;
	if (editor_key(p->query, ev) == EDITOR_CHANGED)
		narrow(p);
	return MODAL_WAIT;
}

static void run(struct loop *l, const struct command *c)
{
	if (c->action != ACT_NONE)
		dispatch_action(l, c->action);
	else
		stack_push(l, c->screen, &(struct screen_args){ .form = c->form });
}

void palette_run(struct loop *l)
{
	struct palette p = { .query = editor_new(false, QUERY_CLUSTERS) };
	struct command chosen;
	bool done;

	add_actions(&p, l, false);
	add_main_screens(&p, l);
	add_screens(&p, l);
	add_actions(&p, l, true);
	narrow(&p);
	done = modal_run(l, &(struct modal){ .hint = "Enter执行 上下选择 Esc关闭", .draw = draw, .key = key, .state = &p });
	if (done)
		chosen = p.commands[picker_row(&p.picker)->id];
	picker_release(&p.picker);
	editor_free(p.query);
	free(p.commands);
	if (done)
		run(l, &chosen);       /* its texts are no longer needed: form names live as long as the forms */
	arena_clear(&p.arena);
}
