/* What F1 shows. Nothing here knows a key: rows that hold now come from the key maps, what they do from the table of actions. */
#include "ui/screens/help.h"

#include "base/strbuf.h"
#include "base/text.h"
#include "ui/dialog.h"
#include "ui/editor.h"
#include "ui/loop.h"
#include "ui/widgets/pager.h"

#define KEYS_COLS 22
#define KEYS_SHOWN 8
#define ACTIVE_MAX 64

static void add_row(struct pager *out, const char *keys, const char *what)
{
	AUTO_STRBUF fitted = { 0 };
	int width = text_width(keys);

	text_fit(&fitted, keys, width > KEYS_COLS ? width : KEYS_COLS, ALIGN_LEFT);
	pager_add_hanging(out, STYLE_TEXT, KEYS_COLS + 3, 0, "  %s %s", strbuf_str(&fitted), what);
}

static const char *title_of(const struct loop *l, enum action action)
{
	if (action_digit(action))
		return screen_of_digit(action_digit(action))->def->title;
	if (action == ACT_BACK && stack_at_first(l))
		return action_title(ACT_QUIT);
	return action_title(action)[0] ? action_title(action) : action_label(action);
}

static void add_actions(const struct loop *l, struct pager *out, bool common)
{
	struct key_bind active[ACTIVE_MAX];
	size_t n = dispatch_active(l, active, COUNT(active));

	for (size_t i = 0; i < n; i++) {
		AUTO_STRBUF keys = { 0 };

		if (action_is_common(active[i].action) != common)
			continue;
		keymaps_keys(l->app.keymaps, dispatch_keymap(l), dispatch_when(l), dispatch_typing(l), active[i].action, KEYS_SHOWN, &keys);
		if (keys.n > 0)
			add_row(out, strbuf_str(&keys), title_of(l, active[i].action));
	}
}

static void add_editor(struct pager *out)
{
	pager_add(out, STYLE_HEADING, 0, 0, "%s", "输入文字时");
	for (size_t i = 0; ; i++) {
		AUTO_STRBUF keys = { 0 };
		const char *what = editor_help(i, &keys);

		if (what == NULL)
			return;
		add_row(out, strbuf_str(&keys), what);
	}
}

/* How to change the keys: the names that config/keys.ini wants. */
static void add_names(const struct loop *l, struct pager *out)
{
	const struct keymap *keys = dispatch_keymap(l);
	AUTO_STRBUF names = { 0 };

	if (keys == NULL || keys->n == 0)
		return;
	for (size_t i = 0; i < keys->n; i++)
		strbuf_format(&names, " %s", action_name(keys->binds[i].action));
	pager_add(out, STYLE_DIM, 2, 0, "改键：在 config/keys.ini 的 [%s] 段写「动作 = 键」，动作有%s", keys->name, strbuf_str(&names));
}

void help_lines(const struct loop *l, struct pager *out)
{
	const struct layer *top = stack_top(l);

	pager_add(out, STYLE_HEADING, 0, 0, "%s", top ? top->def->title : "这一屏");
	add_actions(l, out, false);
	pager_add(out, STYLE_TEXT, 0, 0, "%s", "");
	pager_add(out, STYLE_HEADING, 0, 0, "%s", "每一屏");
	add_actions(l, out, true);
	if (dispatch_typing(l)) {
		pager_add(out, STYLE_TEXT, 0, 0, "%s", "");
		add_editor(out);
	}
	pager_add(out, STYLE_TEXT, 0, 0, "%s", "");
	add_names(l, out);
}

void help_show(struct loop *l)
{
	struct pager lines = { .cursor = -1 };

	help_lines(l, &lines);
	dialog_read(l, "帮助", &lines);
	pager_release(&lines);
}
