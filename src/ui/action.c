/* The table of actions, spread out of ACTIONS(X). */
#include "ui/action.h"

#include <string.h>

#include "base/err.h"

static const struct {
	const char *name, *label, *title;
} actions[ACT_COUNT] = {
	[ACT_NONE] = { "", "", "" },
#define X(id, name_, label_, title_) [ACT_##id] = { name_, label_, title_ },
	ACTIONS(X)
#undef X
};

const char *action_name(enum action a)
{
	return actions[a].name;
}

const char *action_label(enum action a)
{
	return actions[a].label;
}

const char *action_title(enum action a)
{
	return actions[a].title;
}

enum action action_from_name(const char *name)
{
	for (size_t a = ACT_NONE + 1; a < COUNT(actions); a++)
		if (strcmp(actions[a].name, name) == 0)
			return (enum action)a;
	return ACT_NONE;
}

bool action_is_common(enum action a)
{
	return a >= ACT_HELP && a <= ACT_GO_0;
}

char action_digit(enum action a)
{
	return a >= ACT_GO_1 && a <= ACT_GO_0 ? MAIN_DIGITS[a - ACT_GO_1] : '\0';
}

enum action action_from_digit(char digit)
{
	const char *at = digit ? strchr(MAIN_DIGITS, digit) : NULL;

	return at ? (enum action)(ACT_GO_1 + (at - MAIN_DIGITS)) : ACT_NONE;
}
