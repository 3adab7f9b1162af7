/* One block in type: its cells' lines, and how they are cut and drawn. */
#include "press.h"

#include <hb.h>
#include <stdlib.h>
#include <string.h>

#define CELL_PAD 4.0
#define RULE_POINTS 0.6
#define LABEL_SHADE 0.93
#define SIGN_HEIGHT 34.0
/* A row up to this height is never cut: with heading and table head above it, it still fits on one page. */
#define ROW_WHOLE (BODY_HEIGHT * 0.75)

const struct block_style block_styles[BLOCK_KIND_COUNT] = {
	[BLOCK_TITLE]    = { .scale = 1.7, .after = 0.6, .align = PANGO_ALIGN_CENTER, .together = true, .stays = true },
	[BLOCK_REMARK]   = { .scale = 0.9, .after = 0.6, .align = PANGO_ALIGN_CENTER, .together = true, .stays = true },
	[BLOCK_HEADING]  = { .scale = 1.15, .before = 0.9, .after = 0.3, .together = true, .stays = true },
	[BLOCK_TEXT]     = { .scale = 1, .after = 0.3, .leading = 0.2 },
	[BLOCK_INDENTED] = { .scale = 1, .after = 0.3, .leading = 0.3, .indent = 2 },
	[BLOCK_CLOSING]  = { .scale = 1, .after = 0.3, .leading = 0.2, .align = PANGO_ALIGN_RIGHT, .together = true, .stays = true },
	[BLOCK_ROW]      = { .scale = 1 },
	[BLOCK_SIGN]     = { .scale = 1, .together = true, .stays = true },
	[BLOCK_FOOT]     = { .scale = 0.85 },
	[BLOCK_FOOT_RIGHT] = { .scale = 0.85, .align = PANGO_ALIGN_RIGHT },
};

static double points(int pango_units)
{
	return pango_units / (double)PANGO_SCALE;
}

static int units(double pt)
{
	return (int)(pt * PANGO_SCALE);
}

static void read_lines(struct column *c)
{
	PangoLayoutIter *at = pango_layout_get_iter(c->layout);

	c->lines = mem_alloc((size_t)pango_layout_get_line_count(c->layout) * sizeof *c->lines);
	do {
		PangoRectangle shape;
		int top, bottom;

		pango_layout_iter_get_line_yrange(at, &top, &bottom);
		pango_layout_iter_get_line_extents(at, NULL, &shape);
		c->lines[c->n++] = (struct line){
			.text = pango_layout_iter_get_line_readonly(at), .top = points(top), .bottom = points(bottom),
			.baseline = points(pango_layout_iter_get_baseline(at)), .left = points(shape.x),
		};
	} while (pango_layout_iter_next_line(at));
	pango_layout_iter_free(at);
}

static void set_column(struct column *c, PangoContext *context, const struct paper *p, const struct block *b, const char *text, double pad)
{
	const struct block_style *style = &block_styles[b->kind];
	double size = p->body_points * style->scale;
	PangoFontDescription *font = pango_font_description_copy(pango_context_get_font_description(context));

	pango_font_description_set_absolute_size(font, units(size));
	c->layout = pango_layout_new(context);
	pango_layout_set_font_description(c->layout, font);
	pango_font_description_free(font);
	pango_layout_set_auto_dir(c->layout, FALSE);
	pango_layout_set_width(c->layout, units(c->width - 2 * pad));
	pango_layout_set_wrap(c->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(c->layout, b->head ? PANGO_ALIGN_CENTER : style->align);
	pango_layout_set_spacing(c->layout, units(p->body_points * style->leading));
	pango_layout_set_indent(c->layout, units(size * style->indent));
	pango_layout_set_text(c->layout, text, -1);
	read_lines(c);
}

void galley_set(struct galley *g, PangoContext *context, const struct paper *p, const struct block *b)
{
	double x = 0;

	*g = (struct galley){ .n = b->n, .pad = b->kind == BLOCK_ROW ? CELL_PAD : 0 };
	for (size_t i = 0; i < b->n; i++) {
		struct column *c = &g->columns[i];

		c->x = x;
		c->width = PAPER_WIDTH * b->cells[i].share / SHARE_ALL;
		c->label = b->cells[i].label;
		x += c->width;
		set_column(c, context, p, b, b->cells[i].text, g->pad);
		if (c->lines[c->n - 1].bottom + 2 * g->pad > g->height)
			g->height = c->lines[c->n - 1].bottom + 2 * g->pad;
	}
	if (b->kind == BLOCK_SIGN && g->height < SIGN_HEIGHT)
		g->height = SIGN_HEIGHT;
}

void galley_release(struct galley *g)
{
	for (size_t i = 0; i < g->n; i++) {
		free(g->columns[i].lines);
		if (g->columns[i].layout)
			g_object_unref(g->columns[i].layout);
	}
	*g = (struct galley){ 0 };
}

static double lines_height(const struct column *c, size_t from, size_t to)
{
	return to > from ? c->lines[to - 1].bottom - c->lines[from].top : 0;
}

/* How many lines of a column fit. */
static size_t fit(const struct column *c, size_t from, double room)
{
	size_t to = from;

	while (to < c->n && lines_height(c, from, to + 1) <= room)
		to++;
	return to;
}

void galley_part(const struct galley *g, double room, bool widow, struct part *part)
{
	part->height = 0;
	part->last = true;
	for (size_t i = 0; i < g->n; i++) {
		const struct column *c = &g->columns[i];
		size_t from = part->from[i], to = fit(c, from, room - 2 * g->pad);

		if (to == from && from < c->n)
			to = from + 1;         /* a page always takes something */
		if (widow && to + 1 == c->n && to > from + 2)
			to--;
		part->to[i] = to;
		part->last = part->last && to == c->n;
		if (lines_height(c, from, to) + 2 * g->pad > part->height)
			part->height = lines_height(c, from, to) + 2 * g->pad;
	}
	if (part->last && part->from[0] == 0 && g->height > part->height)
		part->height = g->height;      /* the room of a signature */
}

double galley_least(const struct galley *g, enum block_kind kind)
{
	const struct column *c = &g->columns[0];

	if (block_styles[kind].together || (kind == BLOCK_ROW && g->height <= ROW_WHOLE))
		return g->height;
	return lines_height(c, 0, c->n < 2 ? c->n : 2) + 2 * g->pad;
}

/* Whether letters of a font are drawn as shapes. cairo 1.16 leaves out letters of OpenType fonts with PostScript outlines (Noto Sans CJK) when it embeds a
 * part of one: the text can be searched, but nothing is seen. TrueType fonts are embedded. */
static bool is_drawn(PangoFont *font)
{
	hb_face_t *face = hb_font_get_face(pango_font_get_hb_font(font));
	hb_blob_t *outlines = hb_face_reference_table(face, HB_TAG('g', 'l', 'y', 'f'));
	bool truetype = hb_blob_get_length(outlines) > 0;

	hb_blob_destroy(outlines);
	return !truetype;
}

static void draw_line(const struct line *l, double x, double y, cairo_t *cr)
{
	const char *text = pango_layout_get_text(l->text->layout);

	for (GSList *at = l->text->runs; at; at = at->next) {
		PangoLayoutRun *run = at->data;

		cairo_move_to(cr, x, y);
		if (is_drawn(run->item->analysis.font)) {
			pango_cairo_glyph_string_path(cr, run->item->analysis.font, run->glyphs);
			cairo_fill(cr);
		} else {
			pango_cairo_show_glyph_item(cr, text, run);
		}
		x += points(pango_glyph_string_get_width(run->glyphs));
	}
}

static void draw_cell(const struct column *c, size_t from, size_t to, double pad, double y, cairo_t *cr)
{
	for (size_t i = from; i < to; i++) {
		const struct line *l = &c->lines[i];

		draw_line(l, MARGIN_SIDE + c->x + pad + l->left, y + pad + l->baseline - c->lines[from].top, cr);
	}
}

static void draw_border(const struct column *c, double y, double height, cairo_t *cr)
{
	cairo_rectangle(cr, MARGIN_SIDE + c->x, y, c->width, height);
	if (c->label) {
		cairo_set_source_rgb(cr, LABEL_SHADE, LABEL_SHADE, LABEL_SHADE);
		cairo_fill_preserve(cr);
		cairo_set_source_rgb(cr, 0, 0, 0);
	}
	cairo_stroke(cr);
}

/* The label, then the line from its end to the end of its share. */
static void draw_sign(const struct column *c, double y, double height, cairo_t *cr)
{
	double top = y + height - c->lines[c->n - 1].bottom;
	double from = c->x;

	for (size_t i = 0; i < c->n; i++) {
		PangoRectangle shape;

		pango_layout_line_get_extents(c->lines[i].text, NULL, &shape);
		if (c->x + points(shape.width) > from)
			from = c->x + points(shape.width);
	}
	draw_cell(c, 0, c->n, 0, top, cr);
	cairo_move_to(cr, MARGIN_SIDE + from, y + height);
	cairo_line_to(cr, MARGIN_SIDE + c->x + c->width - CELL_PAD, y + height);
	cairo_stroke(cr);
}

void galley_draw(const struct galley *g, const struct block *b, const struct part *part, cairo_t *cr, double y)
{
	cairo_set_source_rgb(cr, 0, 0, 0);
	cairo_set_line_width(cr, RULE_POINTS);
	for (size_t i = 0; i < g->n; i++) {
		const struct column *c = &g->columns[i];

		if (b->kind == BLOCK_SIGN) {
			draw_sign(c, y, part->height, cr);
			continue;
		}
		if (b->kind == BLOCK_ROW)
			draw_border(c, y, part->height, cr);
		draw_cell(c, part->from[i], part->to[i], g->pad, y, cr);
	}
}
