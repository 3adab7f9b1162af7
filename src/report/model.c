/* Building a paper. Every text comes in through one function, which makes it harmless. */
#include "model.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* What stands for a character that must not be drawn. */
#define SIGN "\xEF\xBF\xBD"

/* Controls, bidi overrides and broken bytes show as a sign; line ends stay. */
static char *keep(struct paper *p, const char *s)
{
	AUTO_STRBUF safe = { 0 };
	size_t n = s ? strlen(s) : 0, at = 0;

	while (at < n) {
		uint32_t cp;
		size_t len = text_decode(s + at, n - at, &cp);

		if (cp == '\t')
			strbuf_add_char(&safe, ' ');
		else if (cp != '\n' && (text_is_hostile(cp) || (cp == 0xFFFD && len == 1)))
			strbuf_add(&safe, SIGN);
		else
			strbuf_add_n(&safe, s + at, len);
		at += len;
	}
	return arena_copy(&p->arena, strbuf_str(&safe));
}

struct paper *paper_new(const char *number, const char *name, double body_points)
{
	struct paper *p = mem_alloc(sizeof *p);

	p->number = keep(p, number);
	p->name = keep(p, name);
	p->body_points = body_points;
	return p;
}

void paper_free(struct paper *p)
{
	if (p == NULL)
		return;
	arena_clear(&p->arena);
	free(p->blocks);
	free(p);
}

void paper_free_pointer(struct paper **p)
{
	paper_free(*p);
	*p = NULL;
}

const char *paper_number(const struct paper *p)
{
	return p->number;
}

const char *paper_name(const struct paper *p)
{
	return p->name;
}

static struct block *add_block(struct paper *p, enum block_kind kind)
{
	p->blocks = mem_grow(p->blocks, &p->cap, p->n + 1, sizeof *p->blocks);
	p->blocks[p->n] = (struct block){ .kind = kind };
	return &p->blocks[p->n++];
}

static void add_cell(struct paper *p, struct block *b, const struct cell *cell)
{
	if (b->n < CELLS_MAX)
		b->cells[b->n++] = (struct cell){ .text = keep(p, cell->text), .share = cell->share, .label = cell->label,
		                                  .shown = cell->shown ? keep(p, cell->shown) : NULL };
}

void paper_add(struct paper *p, enum block_kind kind, const char *format, ...)
{
	AUTO_FREE char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = mem_copy("");
	va_end(args);
	add_cell(p, add_block(p, kind), &(struct cell){ .text = text, .share = SHARE_ALL });
}

void paper_add_lines(struct paper *p, enum block_kind kind, const char *text)
{
	while (text && *text) {
		size_t n = strcspn(text, "\n");
		AUTO_FREE char *line = mem_copy_n(text, n);

		if (!text_is_blank(line))
			paper_add(p, kind, "%s", line);
		text += n + (text[n] == '\n');
	}
}

void paper_add_row(struct paper *p, const struct cell *cells, size_t n)
{
	struct block *b = add_block(p, BLOCK_ROW);

	for (size_t i = 0; i < n; i++)
		add_cell(p, b, &cells[i]);
}

void paper_add_head(struct paper *p, const struct table_column *columns)
{
	struct block *b = add_block(p, BLOCK_ROW);

	b->head = true;
	for (; columns->title; columns++)
		add_cell(p, b, &(struct cell){ .text = columns->title, .share = columns->share, .label = true });
}

void paper_add_table_row(struct paper *p, const struct table_column *columns, const char *const *texts)
{
	struct block *b = add_block(p, BLOCK_ROW);

	for (; columns->title; columns++)
		add_cell(p, b, &(struct cell){ .text = *texts++, .share = columns->share });
}

void paper_add_sign(struct paper *p, const char *const *labels, size_t n)
{
	struct block *b = add_block(p, BLOCK_SIGN);

	for (size_t i = 0; i < n; i++)
		add_cell(p, b, &(struct cell){ .text = labels[i], .share = SHARE_ALL / (int)n });
}
