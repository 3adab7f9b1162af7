/* What to do where there is nothing to see. */
#include "ui/widgets/hint.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

#define BINDS_MAX 128

static void add_key(const struct app *app, const struct keymap *keys, const char *name, struct strbuf *out)
{
	enum action action = action_from_name(name);
	struct key_bind binds[BINDS_MAX];
	size_t n = keymaps_active(app->keymaps, keys, ~0u, binds, BINDS_MAX);

	for (size_t i = 0; i < n; i++) {
		if (binds[i].action != action)
			continue;
		strbuf_add_n(out, binds[i].keys, strcspn(binds[i].keys, " "));
		return;
	}
	strbuf_add(out, action_title(action));
}

/* One line with its keys put in; returns what follows it. */
static const char *read_line(const struct app *app, const struct keymap *keys, const char *s, struct strbuf *line)
{
	while (*s && *s != '\n') {
		size_t plain = strcspn(s, "{\n");
		const char *end = s[plain] == '{' ? strchr(s + plain, '}') : NULL;

		strbuf_add_n(line, s, plain);
		s += plain;
		if (end) {
			AUTO_FREE char *name = mem_copy_n(s + 1, (size_t)(end - s) - 1);

			add_key(app, keys, name, line);
			s = end + 1;
		} else if (*s == '{') {
			strbuf_add_char(line, *s++);       /* no action's name: a brace */
		}
	}
	return *s ? s + 1 : s;
}

void hint_draw(const struct app *app, struct canvas *c, struct rect area, const struct keymap *keys, const char *text)
{
	int row = area.row + area.rows / 3;

	while (*text && row < area.row + area.rows) {
		AUTO_STRBUF line = { 0 };
		int indent;

		text = read_line(app, keys, text, &line);
		indent = (area.cols - text_width(strbuf_str(&line))) / 2;
		if (indent < 0)
			indent = 0;
		canvas_put(c, row++, area.col + indent, area.cols - indent, STYLE_DIM, strbuf_str(&line));
	}
}
