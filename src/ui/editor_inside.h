/* What the files of the editor share: the text (editor_text.c), moving in it (editor_move.c), rows and painting (editor_view.c), keys (editor.c). */
#ifndef YL_UI_EDITOR_INSIDE_H
#define YL_UI_EDITOR_INSIDE_H

#include "base/strbuf.h"
#include "ui/editor.h"

/* A row on the screen. */
struct editor_row {
	size_t at, n;                  /* bytes shown */
	size_t next;                   /* where the next row starts; after at + n where a LF ended the row */
};

/* One change that undo takes back. */
struct edit {
	size_t at;
	char *removed, *added;
	size_t n_removed, n_added;
};

struct editor {
	struct strbuf text;
	size_t cursor, anchor;         /* the same: nothing is selected */
	size_t clusters, max_clusters; /* 0: no limit */
	bool several_lines, secret;
	unsigned long changes;         /* counts them, so that a key tells whether it made one */

	struct edit *edits;            /* [0, n_done) are in the text, [n_done, n_edits) were undone */
	size_t n_edits, n_done, cap_edits;
	size_t edit_bytes;
	bool typing;                   /* the next character belongs to the last edit */

	struct editor_row *rows;       /* of several lines; only those before the last change are kept */
	size_t n_rows, cap_rows;
	int row_cols;                  /* they are wrapped for this width */
	bool rows_complete;
	bool at_row_end;               /* the cursor stands at the end of a wrapped row, not at the start of the next, which is the same byte */
	int goal_col;                  /* where Up and Down want to be; -1: where they are */
	size_t top;                    /* first row shown */
	int page_rows;                 /* of the last area */
	size_t view_at;                /* of one line: first byte shown */
};

/* editor_text.c */
size_t editor_after(const struct editor *ed, size_t at);           /* the next cluster boundary */
size_t editor_before(const struct editor *ed, size_t at);
/* Replace [from, to) by text, cleaned together with its neighbours; the cursor stands after it. true: some of it was over the limit. */
bool editor_splice(struct editor *ed, size_t from, size_t to, const char *s, size_t n);
bool editor_undo(struct editor *ed);
bool editor_redo(struct editor *ed);
void editor_forget(struct editor *ed);                             /* all edits */

/* editor_move.c */
enum char_class { CLASS_BLANK, CLASS_WORD, CLASS_HAN, CLASS_SIGN };
enum char_class editor_class(const struct editor *ed, size_t at);
size_t editor_word_before(const struct editor *ed, size_t at);
size_t editor_word_after(const struct editor *ed, size_t at);
size_t editor_line_start(const struct editor *ed, size_t at);      /* of the text between two LFs */
size_t editor_line_end(const struct editor *ed, size_t at);
bool editor_move_rows(struct editor *ed, long rows);               /* false: no row there */
void editor_move_to_row_start(struct editor *ed);
void editor_move_to_row_end(struct editor *ed);

/* editor_view.c */
void editor_layout(struct editor *ed, int cols);
void editor_drop_rows(struct editor *ed, size_t at);               /* the text has changed from here on */
size_t editor_cursor_row(const struct editor *ed);
int editor_width(const struct editor *ed, size_t from, size_t to); /* columns of a part of one row */

#endif
