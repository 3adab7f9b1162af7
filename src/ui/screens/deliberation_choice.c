/* Choosing a meeting or a 议题 from a short list. */
#include "ui/screens/deliberation_choice.h"

#include "domain/deliberation_choice.h"
#include "ui/screens/part.h"

static int64_t choose(struct app *app, const char *title, const struct deliberation_choice *choices, size_t n, struct arena *a)
{
	const char **labels = arena_alloc(a, (n + 1) * sizeof *labels);
	int chosen;

	for (size_t i = 0; i < n; i++)
		labels[i] = choices[i].label;
	chosen = app_choose(app, title, labels, n, 0);
	return chosen < 0 ? -1 : choices[chosen].id;
}

int64_t choose_meeting(struct app *app, struct err *e)
{
	const struct deliberation_choice *choices;
	AUTO_ARENA arena = { 0 };
	size_t n;

	if (meeting_choices(app->of, &arena, &choices, &n, e) != RC_OK)
		return -1;
	if (n == 0) {
		app_warn(app, "没有还没开完的议事会，请先新开一个");
		return -1;
	}
	return choose(app, "排进哪个议事会", choices, n, &arena);
}

int64_t choose_item(struct app *app, const char *title, int64_t except, struct err *e)
{
	const struct deliberation_choice *choices;
	AUTO_ARENA arena = { 0 };
	size_t n;

	if (pool_choices(app->of, except, &arena, &choices, &n, e) != RC_OK)
		return -1;
	if (n == 0) {
		app_warn(app, "议题池里没有可选的议题");
		return -1;
	}
	return choose(app, title, choices, n, &arena);
}

struct next open_decision_of(struct app *app, int64_t agenda_item_id)
{
	struct err e = { 0 };
	int64_t id;

	if (decision_of_item(app->of, agenda_item_id, &id, &e) != RC_OK) {
		app_fail(app, &e);
		return next_stay();
	}
	if (id == 0 && office_may(app->of, MAY_DECISION_EDIT))
		return part_push("decision", 0, agenda_item_id);
	if (id == 0) {
		app_warn(app, "这个议题还没有写决议");
		return next_stay();
	}
	return next_push("decision", (struct screen_args){ .id = id });
}
