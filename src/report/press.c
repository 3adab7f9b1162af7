/* Pages: which block begins where, and the foot of each page. Gone through twice, because the foot says how many pages there are. */
#include "press.h"

#include <stdlib.h>

#define FOOT_ABOVE 34.0                /* from the lower edge to the foot's top */

struct press {
	cairo_t *cr;
	PangoContext *context;
	const struct paper *p;
	struct galley *galleys;       /* one a block */
	bool draws;                   /* the second time */
	double y;
	int page, pages;
};

/* The foot's texts are set like a block of two cells. */
static void draw_foot(struct press *s)
{
	AUTO_FREE char *count = mem_format("第 %d 页，共 %d 页", s->page, s->pages);
	const char *const texts[] = { s->p->number, count };
	const enum block_kind kinds[] = { BLOCK_FOOT, BLOCK_FOOT_RIGHT };

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct block b = { .kind = kinds[i], .cells = { { .text = texts[i], .share = SHARE_ALL } }, .n = 1 };
		struct part whole = { 0 };
		struct galley g;

		galley_set(&g, s->context, s->p, &b);
		galley_part(&g, FOOT_ABOVE, false, &whole);
		galley_draw(&g, &b, &whole, s->cr, PAGE_HEIGHT - FOOT_ABOVE);
		galley_release(&g);
	}
}

static void end_page(struct press *s)
{
	if (!s->draws)
		return;
	draw_foot(s);
	cairo_show_page(s->cr);
}

/* The head of the table that a row belongs to; a row with labels of its own belongs to none. -1: none. */
static int head_of(const struct paper *p, size_t i)
{
	if (p->blocks[i].kind != BLOCK_ROW || p->blocks[i].head)
		return -1;
	for (;; i--) {
		const struct block *b = &p->blocks[i];

		if (b->kind != BLOCK_ROW)
			return -1;
		if (b->head)
			return (int)i;
		if (b->n > 0 && b->cells[0].label)
			return -1;
		if (i == 0)
			return -1;
	}
}

static double letters(const struct press *s, double n)
{
	return n * s->p->body_points;
}

/* A table stands a little off the paragraphs above and below it. */
static double space_before(const struct press *s, size_t i)
{
	const struct block *b = &s->p->blocks[i];
	bool edge = i > 0 && (b->kind == BLOCK_ROW) != (s->p->blocks[i - 1].kind == BLOCK_ROW);

	return letters(s, block_styles[b->kind].before + (edge ? 0.3 : 0));
}

/* The room that must be left on the page where block i begins: for itself, and for what it must not be parted from. */
static double room_needed(const struct press *s, size_t i)
{
	double room = 0;

	for (; i < s->p->n; i++) {
		const struct block *b = &s->p->blocks[i];

		room += space_before(s, i) + galley_least(&s->galleys[i], b->kind);
		if (!block_styles[b->kind].stays && !b->head)
			break;
		room += letters(s, block_styles[b->kind].after);
	}
	return room < BODY_HEIGHT ? room : BODY_HEIGHT;
}

static void put(struct press *s, size_t i, const struct part *part)
{
	if (s->draws)
		galley_draw(&s->galleys[i], &s->p->blocks[i], part, s->cr, s->y);
	s->y += part->height;
}

/* The next page, with the head of the table that goes on there. */
static void turn_page(struct press *s, size_t i)
{
	int head = head_of(s->p, i);

	end_page(s);
	s->page++;
	s->y = MARGIN_TOP;
	if (head >= 0) {
		struct part whole = { 0 };

		galley_part(&s->galleys[head], BODY_HEIGHT, false, &whole);
		put(s, (size_t)head, &whole);
	}
}

static double room_left(const struct press *s)
{
	return PAGE_HEIGHT - MARGIN_FOOT - s->y;
}

static void place_block(struct press *s, size_t i)
{
	const struct block *b = &s->p->blocks[i];
	const struct galley *g = &s->galleys[i];
	bool fresh = s->y <= MARGIN_TOP;
	struct part part = { 0 };

	if (!fresh && room_needed(s, i) > room_left(s)) {
		turn_page(s, i);
		fresh = true;
	}
	s->y += fresh ? 0 : space_before(s, i);
	for (;;) {
		galley_part(g, room_left(s), b->kind != BLOCK_ROW, &part);
		put(s, i, &part);
		if (part.last)
			break;
		for (size_t k = 0; k < g->n; k++)
			part.from[k] = part.to[k];
		turn_page(s, i);
	}
	s->y += letters(s, block_styles[b->kind].after);
}

static void go_through(struct press *s)
{
	s->page = 1;
	s->y = MARGIN_TOP;
	for (size_t i = 0; i < s->p->n; i++)
		place_block(s, i);
	s->pages = s->page;
	end_page(s);
}

void press_pages(cairo_t *cr, PangoContext *context, const struct paper *p)
{
	struct press s = { .cr = cr, .context = context, .p = p };

	s.galleys = mem_alloc((p->n + 1) * sizeof *s.galleys);
	for (size_t i = 0; i < p->n; i++)
		galley_set(&s.galleys[i], context, p, &p->blocks[i]);
	go_through(&s);
	s.draws = true;
	go_through(&s);
	for (size_t i = 0; i < p->n; i++)
		galley_release(&s.galleys[i]);
	free(s.galleys);
}
