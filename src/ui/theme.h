/* What the roles of cells look like: colours and attributes for terminals of 256, of 8 and of no colours. Data in config/theme.ini. */
#ifndef YL_UI_THEME_H
#define YL_UI_THEME_H

#include "base/err.h"
#include "ui/canvas.h"

enum palette { PALETTE_256, PALETTE_8, PALETTE_NONE, PALETTE_COUNT };

enum { LOOK_BOLD = 1, LOOK_UNDERLINE = 2, LOOK_REVERSE = 4, LOOK_DIM = 8 };

struct look {
	int fg, bg;               /* 0..255; -1: the terminal's own */
	unsigned attributes;      /* LOOK_… */
};

struct theme {
	struct look looks[PALETTE_COUNT][STYLE_COUNT];
};

/* The built-in looks, changed by a file ([256], [8], [none]: style = fg [on bg] [bold] [underline] [reverse] [dim]); NULL: as built in.
 * Errors  RC_INVALID with file:line: unknown section, style, colour or word; a colour that the palette doesn't have; bold black; RC_IO */
enum rc theme_load(struct theme *out, const char *path, struct err *e) MUST_USE;

const char *style_name(enum style s);      /* as the file names it: "bar-strong" */

#endif
