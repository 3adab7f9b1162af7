/* Key maps: which key does what on a screen, and under which conditions. One row a key; config/keys.ini may change any row. */
#ifndef YL_UI_KEYMAP_H
#define YL_UI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ui/action.h"
#include "ui/key.h"

/* Conditions that a row may ask for; each screen's when() answers which hold. The first ones are common, from WHEN_OWN on a screen's own. */
enum {
	WHEN_ALWAYS = 0,
	WHEN_ROW = 1 << 0,            /* a row is under the cursor */
	WHEN_MAY_CREATE = 1 << 1,     /* the role may make a new one */
	WHEN_MAY_EDIT = 1 << 2,
	WHEN_FILTERED = 1 << 3,       /* a filter hides rows */
	WHEN_WIDE = 1 << 4,           /* two panes are shown; the loop answers it */
	WHEN_LOGGED_IN = 1 << 5,      /* the loop answers it */
	WHEN_EXPORT = 1 << 6,         /* there are rows, and the role may write them to a file */
	WHEN_ALARM = 1 << 7,          /* a welfare check wants this account; the loop answers it */
	WHEN_OWN = 1 << 8,
};

struct key_bind {
	enum action action;
	const char *keys;             /* blank-separated names, the first is shown: "F2 n"; "": only in the palette */
	unsigned when;                /* all of these must hold */
};

struct keymap {
	const char *name;             /* section of config/keys.ini */
	const struct key_bind *binds; /* in the order of the key line, the most important first */
	size_t n;
};

extern const struct keymap common_keys;

/* The maps as they are after config/keys.ini. */
struct keymaps;
/* `maps` NULL-ended; common_keys is always among them. `path` NULL: the tables as they are.
 * Errors  RC_INVALID with file:line: unknown section, action, key, or a key that does two things in one map; RC_IO.
 * Two rows of a table may share a key if each needs a condition that the other does not (deleted, not deleted); a file may do no more. */
enum rc keymaps_load(struct keymaps **out, const struct keymap *const *maps, const char *path, struct err *e) MUST_USE;
void keymaps_free(struct keymaps *k);

/* What a key does: first in the screen's own map (NULL: none), then in the common one; only rows whose conditions hold. ACT_NONE: nothing.
 * Full-width forms of a key count as the key. */
enum action keymaps_find(const struct keymaps *k, const struct keymap *own, unsigned when, uint32_t key);
/* The rows that hold now, own map first, an action once: for the key line, for help and for the palette. Returns how many; `out` has room for `max`. */
size_t keymaps_active(const struct keymaps *k, const struct keymap *own, unsigned when, struct key_bind *out, size_t max);
/* Append the first `max` keys that reach an action now, as people read them: "F10 q"; nothing where none does. A key that the screen's own map
 * takes is left out, and so are characters while text is typed. */
void keymaps_keys(const struct keymaps *k, const struct keymap *own, unsigned when, bool typing, enum action action, size_t max, struct strbuf *out);

#endif
