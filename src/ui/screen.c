/* The answers of act(), and finding a screen by its name. */
#include "ui/screen.h"

#include <string.h>

struct next next_stay(void)
{
	return (struct next){ .kind = NEXT_STAY };
}

struct next next_pass(void)
{
	return (struct next){ .kind = NEXT_PASS };
}

struct next next_push(const char *screen, struct screen_args args)
{
	return (struct next){ .kind = NEXT_PUSH, .screen = screen, .args = args };
}

struct next next_replace(const char *screen, struct screen_args args)
{
	return (struct next){ .kind = NEXT_REPLACE, .screen = screen, .args = args };
}

struct next next_pop(int64_t result_id)
{
	return (struct next){ .kind = NEXT_POP, .result_id = result_id };
}

const struct screen_entry *screen_find(const char *name)
{
	for (size_t i = 0; i < screen_registry_count; i++)
		if (strcmp(screen_registry[i].def->name, name) == 0)
			return &screen_registry[i];
	return NULL;
}

const struct screen_entry *screen_of_digit(char digit)
{
	for (size_t i = 0; digit && i < screen_registry_count; i++)
		if (screen_registry[i].digit == digit)
			return &screen_registry[i];
	return NULL;
}

bool screen_allowed(const struct office *of, const struct screen_entry *entry)
{
	return entry->may < 0 || office_may(of, (enum capability)entry->may);
}
