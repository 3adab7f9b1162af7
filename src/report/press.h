/* Blocks set in type: measured by pango for a width, cut into pages, drawn. Units are points (1/72 inch). */
#ifndef YL_REPORT_PRESS_H
#define YL_REPORT_PRESS_H

#include <pango/pangocairo.h>

#include "model.h"

#define PAGE_WIDTH 595.28              /* A4 */
#define PAGE_HEIGHT 841.89
#define MARGIN_SIDE 57.0               /* 2 cm */
#define MARGIN_TOP 57.0
#define MARGIN_FOOT 62.0
#define PAPER_WIDTH (PAGE_WIDTH - 2 * MARGIN_SIDE)
#define BODY_HEIGHT (PAGE_HEIGHT - MARGIN_TOP - MARGIN_FOOT)

/* How each kind of block looks. */
struct block_style {
	double scale;                 /* of the letters, against the body */
	double before, after;         /* space above and below, in body letters */
	double leading;               /* between lines, in body letters */
	double indent;                /* of a first line, in letters */
	PangoAlignment align;
	bool together;                /* never cut */
	bool stays;                   /* on the page of what follows */
};
extern const struct block_style block_styles[BLOCK_KIND_COUNT];

struct line {
	PangoLayoutLine *text;        /* of its cell's layout */
	double top, bottom, baseline;
	double left;
};

/* A cell's text in lines for its width. */
struct column {
	PangoLayout *layout;
	struct line *lines;
	size_t n;
	double x, width;              /* from the left margin */
	bool label;
};

struct galley {
	struct column columns[CELLS_MAX];
	size_t n;
	double pad;                   /* around the text: cells have a border, others none */
	double height;                /* of all of it, with pads */
};

/* Set one block; released with galley_release(). `context` knows fonts and language. */
void galley_set(struct galley *g, PangoContext *context, const struct paper *p, const struct block *b);
void galley_release(struct galley *g);

/* A part of a galley: of each column the lines [from, to). */
struct part {
	size_t from[CELLS_MAX], to[CELLS_MAX];
	double height;
	bool last;                    /* nothing is left after it */
};
/* The next part, no higher than `room` unless a single line is; `from` of it is set. `widow`: leave two lines for the next page. */
void galley_part(const struct galley *g, double room, bool widow, struct part *part);
/* How much room a block needs on a page that it begins on. */
double galley_least(const struct galley *g, enum block_kind kind);
void galley_draw(const struct galley *g, const struct block *b, const struct part *part, cairo_t *cr, double y);

/* All pages onto a surface of A4 size. */
void press_pages(cairo_t *cr, PangoContext *context, const struct paper *p);

#endif
