/* Keys as the program knows them, whatever bytes the terminal sends for them.
 *
 * A key is one number: a Unicode code point for a character, KEY_SPECIAL + n for the named ones, with the MOD_ALT bit for Alt.
 * Ctrl-A … Ctrl-Z are 1 … 26; Tab is 9, Enter is 13, Esc is 27, Backspace is YK_BACKSPACE whatever the terminal sends.
 */
#ifndef YL_UI_KEY_H
#define YL_UI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

#define MOD_ALT UINT32_C(0x1000000)
#define CTRL(letter) ((uint32_t)(letter) & 31)

enum named_key {
	KEY_SPECIAL = 0x200000,
	YK_NONE = KEY_SPECIAL, YK_UP, YK_DOWN, YK_LEFT, YK_RIGHT, YK_HOME, YK_END, YK_PGUP, YK_PGDN, YK_INSERT, YK_DELETE, YK_BACKSPACE, YK_BACKTAB,
	YK_CTRL_LEFT, YK_CTRL_RIGHT, YK_CTRL_HOME, YK_CTRL_END, YK_SHIFT_LEFT, YK_SHIFT_RIGHT, YK_SHIFT_UP, YK_SHIFT_DOWN, YK_SHIFT_HOME, YK_SHIFT_END,
	YK_F1, YK_F2, YK_F3, YK_F4, YK_F5, YK_F6, YK_F7, YK_F8, YK_F9, YK_F10, YK_F11, YK_F12,
	YK_PASTE,                 /* key_event.text holds what was pasted */
	YK_RESIZE,                /* the terminal has another size */
	YK_CLICK, YK_DOUBLE_CLICK, YK_WHEEL_UP, YK_WHEEL_DOWN,      /* key_event.row, .col */
	YK_HANGUP,                /* the connection is gone, or the process is asked to end */
	YK_CURSOR_REPORT,         /* the terminal says where its cursor was (row, col); never leaves tty.c */
};

#define YK_TAB 9u
#define YK_ENTER 13u
#define YK_ESC 27u

struct key_event {
	uint32_t key;
	int row, col;             /* of the mouse */
	const char *text;         /* of a paste; borrowed until the next read */
	size_t n;
};

/* Whether the key is a character that a person typed (not a control, not named, no Alt). */
bool key_is_text(uint32_t key);
/* The key of a name as config/keys.ini and the tables write it: "F2", "^S", "Enter", "Alt-1", "Up", "/", "n"; YK_NONE if there is none. */
uint32_t key_from_name(const char *name);
/* The name as people see it on the key line: "F2", "^S", "Enter", "Alt-1", "上" (an arrow sign overlaps its neighbour in PuTTY).
 * key_from_name() takes this form too. */
void key_show(struct strbuf *out, uint32_t key);
/* Full-width digits and signs (１２３：／) as the ASCII keys they mean, and 、。 as the / and . that the same key gives without the input method,
 * which stays on. For hot keys, not for text. */
uint32_t key_fold(uint32_t key);

#endif
