/* One grid to narrow a list by. */
#include "ui/widgets/grid_choice.h"

#include <stdio.h>

#include "base/mem.h"
#include "domain/place.h"
#include "store/record.h"

static void set(struct grid_choice *g, const struct candidate *grid)
{
	g->id = grid->id;
	snprintf(g->code, sizeof g->code, "%s", grid->label);
}

bool grid_choice_ask(struct app *app, struct grid_choice *g)
{
	struct candidate *grids = NULL;
	AUTO_ARENA arena = { 0 };
	struct err e = { 0 };
	const char **labels;
	int chosen, initial = 0;
	size_t n = 0;

	if (grids_in_order(app->of, &grids, &n, &e) != RC_OK) {
		app_fail(app, &e);
		return false;
	}
	labels = arena_alloc(&arena, (n + 1) * sizeof *labels);
	labels[0] = "不限网格";
	for (size_t i = 0; i < n; i++) {
		labels[i + 1] = arena_format(&arena, "%s %s", grids[i].label, grids[i].detail);
		if (grids[i].id == g->id)
			initial = (int)i + 1;
	}
	chosen = app_choose(app, "网格", labels, n + 1, initial);
	if (chosen == 0)
		*g = (struct grid_choice){ 0 };
	else if (chosen > 0)
		set(g, &grids[chosen - 1]);
	candidates_free(grids, n);
	return chosen >= 0;
}

void grid_choice_read(struct app *app, struct grid_choice *g, int64_t id)
{
	struct candidate *grids = NULL;
	struct err e = { 0 };
	size_t n = 0;

	if (grids_in_order(app->of, &grids, &n, &e) != RC_OK)
		return;
	for (size_t i = 0; i < n; i++)
		if (grids[i].id == id)
			set(g, &grids[i]);
	candidates_free(grids, n);
}
