/* The state of the screens that import residents and volunteers: shared by their keys (import.c) and their painting (import_draw.c). */
#ifndef YL_UI_SCREENS_IMPORT_SCREEN_H
#define YL_UI_SCREENS_IMPORT_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "domain/import.h"
#include "ui/app.h"
#include "ui/keymap.h"

enum import_pane { IMPORT_MAPPING, IMPORT_PREVIEW, IMPORT_FAULTS, IMPORT_PANES };

/* One pane's place: the row under the cursor and the first one shown. */
struct import_place {
	size_t cursor, top;
};

/* What differs on the screen, by enum import_kind. */
struct import_words {
	const char *title;
	const char *keep;             /* the preference that keeps what the columns are */
	bool households;              /* some may be made */
};
extern const struct import_words import_kinds[];

struct import_screen {
	enum import_kind kind;
	struct import *file; /* NULL: none chosen yet */
	char *path;
	enum import_pane pane;        /* where the keys go */
	struct import_place places[IMPORT_PANES];
	size_t first_column;          /* of the preview */
	bool checked;
	struct import_summary found;  /* by the check */
	const struct import_fault *faults;
	size_t n_faults;
	bool done;
	struct import_summary taken;  /* by the import */
};

/* Rows that a pane has, and how many of them are shown in this area. */
size_t import_pane_rows(const struct import_screen *s, enum import_pane pane);
size_t import_rows_shown(const struct app *app, enum import_pane pane);
void import_draw(const struct app *app, const struct import_screen *s, const struct keymap *keys, struct canvas *c, struct rect area);

const char *import_fault_label(enum import_fault_kind kind);

#endif
