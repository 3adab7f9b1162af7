/* Which meal a screen of the canteen is about, and the keys that lead to another one: the day before or after, any day, the day's other meal. */
#ifndef YL_UI_SCREENS_MEAL_AT_H
#define YL_UI_SCREENS_MEAL_AT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "ui/screen.h"

struct meal_at {
	int32_t day;
	const char *meal;             /* code; lives as long as the forms */
};

/* args.id the day, args.text the meal; without them today and the meal of now. */
struct meal_at meal_at_of(const struct app *app, const struct screen_args *args);
/* For a screen of the same meal. */
struct screen_args meal_at_args(struct meal_at at);
/* Whether the key is one of these; then *to is where it leads: the same where the person thought better of it, or typed no day, which is said. */
bool meal_at_key(struct app *app, struct meal_at at, enum action action, struct meal_at *to);
/* 2026-11-24 周二（今天） 中餐; appended. */
void meal_at_words(const struct app *app, struct meal_at at, struct strbuf *out);

#endif
