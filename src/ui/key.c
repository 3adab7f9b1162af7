/* Keys and their names: one table for the named ones, rules for characters, Ctrl and Alt. */
#include "ui/key.h"

#include <string.h>

#include "base/text.h"

struct named {
	uint32_t key;
	const char *name;              /* in tables and config/keys.ini */
	const char *shown;             /* on the key line */
};

static const struct named named_keys[] = {
	{ YK_ENTER, "Enter", "Enter" }, { YK_TAB, "Tab", "Tab" }, { YK_ESC, "Esc", "Esc" }, { ' ', "Space", "空格" },
	{ YK_BACKTAB, "Shift-Tab", "Shift-Tab" }, { YK_BACKSPACE, "Backspace", "退格" },
	{ YK_INSERT, "Insert", "Ins" }, { YK_DELETE, "Delete", "Del" },
	{ YK_UP, "Up", "上" }, { YK_DOWN, "Down", "下" }, { YK_LEFT, "Left", "左" }, { YK_RIGHT, "Right", "右" },
	{ YK_HOME, "Home", "Home" }, { YK_END, "End", "End" }, { YK_PGUP, "PgUp", "PgUp" }, { YK_PGDN, "PgDn", "PgDn" },
	{ YK_CTRL_LEFT, "Ctrl-Left", "Ctrl-左" }, { YK_CTRL_RIGHT, "Ctrl-Right", "Ctrl-右" },
	{ YK_CTRL_HOME, "Ctrl-Home", "Ctrl-Home" }, { YK_CTRL_END, "Ctrl-End", "Ctrl-End" },
	{ YK_SHIFT_LEFT, "Shift-Left", "Shift-左" }, { YK_SHIFT_RIGHT, "Shift-Right", "Shift-右" },
	{ YK_SHIFT_UP, "Shift-Up", "Shift-上" }, { YK_SHIFT_DOWN, "Shift-Down", "Shift-下" },
	{ YK_SHIFT_HOME, "Shift-Home", "Shift-Home" }, { YK_SHIFT_END, "Shift-End", "Shift-End" },
	{ YK_F1, "F1", "F1" }, { YK_F2, "F2", "F2" }, { YK_F3, "F3", "F3" }, { YK_F4, "F4", "F4" },
	{ YK_F5, "F5", "F5" }, { YK_F6, "F6", "F6" }, { YK_F7, "F7", "F7" }, { YK_F8, "F8", "F8" },
	{ YK_F9, "F9", "F9" }, { YK_F10, "F10", "F10" }, { YK_F11, "F11", "F11" }, { YK_F12, "F12", "F12" },
};

bool key_is_text(uint32_t key)
{
	return key <= 0x10FFFF && !text_is_hostile(key);
}

static const struct named *find_key(uint32_t key)
{
	for (size_t i = 0; i < COUNT(named_keys); i++)
		if (named_keys[i].key == key)
			return &named_keys[i];
	return NULL;
}

/* "^S", also "^_" and its like; ^H is what many terminals send for Backspace. */
static uint32_t control_from_name(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c < 'A' || c > '_')
		return YK_NONE;
	return c == 'H' ? (uint32_t)YK_BACKSPACE : CTRL(c);
}

uint32_t key_from_name(const char *name)
{
	size_t n = strlen(name);
	uint32_t cp;

	if (n > 4 && strncmp(name, "Alt-", 4) == 0) {
		uint32_t base = key_from_name(name + 4);

		return base == YK_NONE || (base & MOD_ALT) ? (uint32_t)YK_NONE : base | MOD_ALT;
	}
	for (size_t i = 0; i < COUNT(named_keys); i++)
		if (strcmp(named_keys[i].name, name) == 0 || strcmp(named_keys[i].shown, name) == 0)
			return named_keys[i].key;
	if (n == 2 && name[0] == '^')
		return control_from_name(name[1]);
	if (n > 0 && text_is_utf8(name, n, NULL) && text_decode(name, n, &cp) == n && key_is_text(cp))
		return cp;
	return YK_NONE;
}

void key_show(struct strbuf *out, uint32_t key)
{
	uint32_t base = key & ~MOD_ALT;
	const struct named *k = find_key(base);
	char bytes[4];

	if (key & MOD_ALT)
		strbuf_add(out, "Alt-");
	if (k) {
		strbuf_add(out, k->shown);
	} else if (base > 0 && base < 0x20) {
		strbuf_add_char(out, '^');
		strbuf_add_char(out, (char)(base + '@'));
	} else if (key_is_text(base)) {
		strbuf_add_n(out, bytes, text_encode(base, bytes));
	}
}

uint32_t key_fold(uint32_t key)
{
	static const struct { uint32_t from, to; } signs[] = {
		{ 0x3000, ' ' }, { 0x3001, '/' }, { 0x3002, '.' }, { 0x300A, '<' }, { 0x300B, '>' }, { 0x3010, '[' }, { 0x3011, ']' },
	};
	uint32_t base = key & ~MOD_ALT;

	if (base >= 0xFF01 && base <= 0xFF5E)
		return key - 0xFF01 + 0x21;
	for (size_t i = 0; i < COUNT(signs); i++)
		if (signs[i].from == base)
			return signs[i].to | (key & MOD_ALT);
	return key;
}
