/* What a person would read on a painted canvas. */
#ifndef YL_TESTS_UI_SCREEN_TEXT_H
#define YL_TESTS_UI_SCREEN_TEXT_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"
#include "ui/canvas.h"

/* The row that holds a text; -1 if none does. */
static inline int row_with(const struct canvas *c, const char *text)
{
	for (int row = 0; row < c->rows; row++) {
		AUTO_STRBUF line = { 0 };

		canvas_row_text(c, row, &line);
		if (strstr(strbuf_str(&line), text))
			return row;
	}
	return -1;
}

static inline bool shows(const struct canvas *c, const char *text)
{
	return row_with(c, text) >= 0;
}

/* Everything, row by row, for a failing test's message. */
static inline void print_canvas(const struct canvas *c)
{
	for (int row = 0; row < c->rows; row++) {
		AUTO_STRBUF line = { 0 };

		canvas_row_text(c, row, &line);
		print_message("|%s\n", strbuf_str(&line));
	}
}

#define assert_shows(c, text) \
	do { \
		if (!shows(c, text)) { \
			print_canvas(c); \
			fail_msg("does not show: %s", text); \
		} \
	} while (0)
#define assert_hides(c, text) \
	do { \
		if (shows(c, text)) { \
			print_canvas(c); \
			fail_msg("shows: %s", text); \
		} \
	} while (0)

#endif
