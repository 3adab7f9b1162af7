/* The life of screens: opened, loaded when what they read has changed, left with their drafts kept, closed. */
#include "ui/loop.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"

struct layer *stack_top(const struct loop *l)
{
	const struct pile *p = &l->piles[l->pile];

	return p->n > 0 ? &p->layers[p->n - 1] : NULL;
}

static bool may_open(struct loop *l, const struct screen_entry *entry)
{
	struct err e = { 0 };

	if (entry->may < 0 || office_require(l->app.of, (enum capability)entry->may, &e) == RC_OK)
		return true;
	app_fail(&l->app, &e);
	return false;
}

static bool open_layer(struct loop *l, const struct screen_entry *entry, const struct screen_args *args, struct layer *out)
{
	const struct screen_def *def = entry->def;
	struct layer layer = { .def = def, .stale = true };
	struct err e = { 0 };

	if (!may_open(l, entry))
		return false;
	layer.state = mem_alloc(def->state_size);
	if (def->open && def->open(&l->app, layer.state, args, &e) != RC_OK) {
		if (def->close)
			def->close(&l->app, layer.state);
		free(layer.state);
		app_fail(&l->app, &e);
		return false;
	}
	*out = layer;
	return true;
}

static void close_layer(struct loop *l, struct layer *layer)
{
	if (layer->def->close)
		layer->def->close(&l->app, layer->state);
	free(layer->state);
	free(layer->failure);
}

/* What is typed on the screen below is kept first: its tick() stops while it is covered. */
bool stack_push(struct loop *l, const struct screen_entry *entry, const struct screen_args *args)
{
	struct pile *p = &l->piles[l->pile];
	struct layer layer;

	stack_leave(l);
	if (!open_layer(l, entry, args, &layer))
		return false;
	p->layers = mem_grow(p->layers, &p->cap, p->n + 1, sizeof *p->layers);
	p->layers[p->n++] = layer;
	l->dirty = true;
	return true;
}

/* The new one is opened first: its arguments may point into the old one's state. */
bool stack_replace(struct loop *l, const struct screen_entry *entry, const struct screen_args *args)
{
	struct layer *top = stack_top(l);
	struct layer layer;

	if (top == NULL)
		return stack_push(l, entry, args);
	if (!open_layer(l, entry, args, &layer))
		return false;
	close_layer(l, top);
	*top = layer;
	l->dirty = true;
	return true;
}

void stack_pop(struct loop *l, int64_t result_id)
{
	struct pile *p = &l->piles[l->pile];
	struct layer *top;

	if (p->n == 0)
		return;
	close_layer(l, &p->layers[--p->n]);
	l->dirty = true;
	top = stack_top(l);
	if (top == NULL || top->def->resume == NULL)
		return;
	top->idle_done = false;
	if (top->def->resume(&l->app, top->state, result_id))
		stack_pop(l, result_id);
}

static void load(struct loop *l, struct layer *layer)
{
	struct err e = { 0 };

	layer->stale = false;
	layer->idle_done = false;
	layer->seen = store_version(l->app.of->st, layer->def->reads);
	free(layer->failure);
	layer->failure = NULL;
	if (layer->def->load && layer->def->load(&l->app, layer->state, &e) != RC_OK) {
		layer->failure = mem_copy(e.text[0] ? e.text : "读取失败");
		log_event("screen %s: load failed: %s", layer->def->name, layer->failure);
	}
	l->dirty = true;
}

void stack_refresh(struct loop *l)
{
	struct layer *top = stack_top(l);

	if (top && (top->stale || store_version(l->app.of->st, top->def->reads) != top->seen))
		load(l, top);
}

void stack_mark_stale(struct loop *l)
{
	for (size_t p = 0; p < PILES; p++)
		for (size_t i = 0; i < l->piles[p].n; i++)
			l->piles[p].layers[i].stale = true;
}

static bool leave_layer(struct loop *l, struct layer *layer)
{
	struct err e = { 0 };

	if (layer->def->leave == NULL || layer->def->leave(&l->app, layer->state, &e) == RC_OK)
		return true;
	log_event("screen %s: draft not kept: %s", layer->def->name, e.text);
	app_fail(&l->app, &e);
	return false;
}

bool stack_leave(struct loop *l)
{
	struct layer *top = stack_top(l);

	return top == NULL || leave_layer(l, top);
}

bool stack_leave_all(struct loop *l)
{
	bool kept = true;

	for (size_t p = 0; p < PILES; p++)
		for (size_t i = 0; i < l->piles[p].n; i++)
			kept = leave_layer(l, &l->piles[p].layers[i]) && kept;
	return kept;
}

void stack_close_all(struct loop *l)
{
	for (size_t p = 0; p < PILES; p++) {
		while (l->piles[p].n > 0)
			close_layer(l, &l->piles[p].layers[--l->piles[p].n]);
		free(l->piles[p].layers);
		l->piles[p] = (struct pile){ 0 };
	}
	l->dirty = true;
}

size_t stack_pile_of(char digit)
{
	return (size_t)(digit - '0');
}

char stack_first_digit(const struct loop *l)
{
	for (const char *digit = MAIN_DIGITS; *digit; digit++) {
		const struct screen_entry *entry = screen_of_digit(*digit);

		if (entry && screen_allowed(l->app.of, entry))
			return *digit;
	}
	return '\0';
}

bool stack_at_first(const struct loop *l)
{
	char first = stack_first_digit(l);

	return l->piles[l->pile].n <= 1 && (l->pile == PILE_LOGIN || first == '\0' || l->pile == stack_pile_of(first));
}

/* Back to the first screen of this pile, keeping what was typed on the way. */
static void unwind(struct loop *l)
{
	while (l->piles[l->pile].n > 1 && stack_leave(l))
		stack_pop(l, 0);
}

void stack_go(struct loop *l, char digit)
{
	const struct screen_entry *entry = screen_of_digit(digit);
	size_t before = l->pile;

	if (entry == NULL)
		return;
	if (stack_pile_of(digit) == l->pile) {
		unwind(l);
		return;
	}
	if (!stack_leave(l))
		return;
	l->pile = stack_pile_of(digit);
	if (stack_top(l) == NULL && !stack_push(l, entry, &(struct screen_args){ 0 }) && before != PILE_LOGIN)
		l->pile = before;
	l->dirty = true;
}
