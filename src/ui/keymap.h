/* Key maps: which key does what on a screen, and under which conditions. One row a key; config/keys.ini may change any row. */
#ifndef YL_UI_KEYMAP_H
#define YL_UI_KEYMAP_H

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
	WHEN_WIDE = 1 << 4,           /* two panes are shown */
	WHEN_OWN = 1 << 8,
};

struct key_bind {
	enum action action;
	const char *keys;             /* blank-separated names, the first is shown: "F2 n" */
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
/* Errors  RC_INVALID with file:line: unknown section, action, key, or a key that does two things in one map. `maps` NULL-ended. */
enum rc keymaps_load(struct keymaps **out, const struct keymap *const *maps, const char *path, struct err *e) MUST_USE;
void keymaps_free(struct keymaps *k);

/* What a key does: first in the screen's own map, then in the common one; only rows whose conditions hold. ACT_NONE: nothing. */
enum action keymaps_find(const struct keymaps *k, const struct keymap *own, unsigned when, uint32_t key);
/* The rows that hold now, own map first: for the key line and for help. Returns how many; `out` has room for `max`. */
size_t keymaps_active(const struct keymaps *k, const struct keymap *own, unsigned when, struct key_bind *out, size_t max);

#endif
