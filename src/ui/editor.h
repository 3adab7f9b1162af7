/* A text editor for one line or several: Chinese, clusters, soft wrap, selection, undo. Knows no screen; paints into a canvas.
 *
 * Invariants: the text is clean UTF-8 (text_clean); the cursor and the anchor stand at cluster boundaries; the view never starts on half a character.
 */
#ifndef YL_UI_EDITOR_H
#define YL_UI_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"
#include "ui/key.h"

struct editor;

struct editor *editor_new(bool several_lines, size_t max_clusters);    /* 0: no limit */
/* A new, empty line shows stars instead of its text, keeps no undo, and is wiped when it is freed. */
void editor_make_secret(struct editor *ed);
void editor_free(struct editor *ed);
void editor_set(struct editor *ed, const char *text);       /* replaces all; cursor at the end; undo forgotten */
const char *editor_text(const struct editor *ed);           /* borrowed until the next change */
bool editor_is_empty(const struct editor *ed);
size_t editor_clusters(const struct editor *ed);
void editor_select_all(struct editor *ed);
void editor_end(struct editor *ed);                         /* cursor to the end */

/* A key or a paste. EDITOR_IGNORED: not an editing key (Enter in one line, Tab, F-keys, Up at the first row …), the caller may use it;
 * EDITOR_FULL: the limit was reached, the rest was dropped. */
enum editor_result { EDITOR_IGNORED, EDITOR_MOVED, EDITOR_CHANGED, EDITOR_FULL };
enum editor_result editor_key(struct editor *ed, const struct key_event *ev);

/* The keys that editor_key() knows besides characters and pastes, for help: appends the keys and returns what they do; NULL at the end. */
const char *editor_help(size_t i, struct strbuf *keys);

/* How many rows the text takes at this width (1 for one line). */
int editor_rows(struct editor *ed, int cols);
/* Paint into the area and, if active, put the canvas's cursor at the edit point. Scrolls so that the cursor shows. */
void editor_draw(struct editor *ed, struct canvas *c, struct rect area, enum style style, bool active);

#endif
