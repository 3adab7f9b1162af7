/* What a paper is before it has pages or columns: blocks in order, each of one or more cells of text.
 *
 * Papers are built from the top; paper_text.c and press.c read the blocks, nothing else knows them.
 */
#ifndef YL_REPORT_MODEL_H
#define YL_REPORT_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"
#include "report/paper.h"

enum block_kind {
	BLOCK_TITLE,                  /* in the middle, large */
	BLOCK_REMARK,                 /* in the middle, small: under the title */
	BLOCK_HEADING,                /* stays with what follows */
	BLOCK_TEXT,                   /* a paragraph */
	BLOCK_INDENTED,               /* … whose first line stands two characters further in */
	BLOCK_CLOSING,                /* at the right edge: who signs, which day; stays together */
	BLOCK_ROW,                    /* of a table */
	BLOCK_SIGN,                   /* labels with lines to sign on */
	BLOCK_FOOT, BLOCK_FOOT_RIGHT, /* of a page; the press makes them */
	BLOCK_KIND_COUNT
};

struct cell {
	const char *text;
	int share;                    /* of the paper's width; those of a row add up to SHARE_ALL */
	bool label;                   /* a word of the form, on a shade of its own */
	const char *shown;            /* of a row: what a screen shows in its place, where the text is for paper alone; NULL: the text */
};

#define SHARE_ALL 100
#define CELLS_MAX 8

struct block {
	enum block_kind kind;
	struct cell cells[CELLS_MAX];
	size_t n;
	bool head;                    /* first row of a table: stands again on every page that the table reaches */
};

struct paper {
	struct arena arena;
	const char *number, *name;
	double body_points;           /* size of the letters */
	struct block *blocks;
	size_t n, cap;
};

/* body_points: 10.5 (五号) for forms, 14 (四号) for what hangs on a wall. */
struct paper *paper_new(const char *number, const char *name, double body_points);
void paper_add(struct paper *p, enum block_kind kind, const char *format, ...) PRINTF_LIKE(3, 4);
/* Blank paragraphs are left out; each line of the text is one. */
void paper_add_lines(struct paper *p, enum block_kind kind, const char *text);

/* Cells with their text in the struct; copied. */
void paper_add_row(struct paper *p, const struct cell *cells, size_t n);
#define PAPER_ROW(p, ...) paper_add_row(p, (const struct cell[]){ __VA_ARGS__ }, COUNT(((const struct cell[]){ __VA_ARGS__ })))
/* The head of a table; the following rows take its shares. Titles end with a NULL title. */
struct table_column {
	const char *title;
	int share;
};
void paper_add_head(struct paper *p, const struct table_column *columns);
void paper_add_table_row(struct paper *p, const struct table_column *columns, const char *const *texts);
void paper_add_sign(struct paper *p, const char *const *labels, size_t n);

#endif
