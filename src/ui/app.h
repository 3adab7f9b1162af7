/* What every screen is given: the office, the settings, the message line, and questions to the person. */
#ifndef YL_UI_APP_H
#define YL_UI_APP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/office.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct app {
	struct office *of;
	struct keymaps *keymaps;
	struct loop *loop;            /* the loop's own state: stack of screens, terminal, clocks */
	int32_t today;                /* refreshed by the loop */
	int rows, cols;               /* of the whole terminal */
	struct rect area;             /* what the present screen's draw() is given */
	bool wide;                    /* two panes fit: 110 columns and more */
};

/* The message line. A failure stays until the next key; what is said by say() too. */
void app_say(struct app *app, const char *format, ...) PRINTF_LIKE(2, 3);
void app_warn(struct app *app, const char *format, ...) PRINTF_LIKE(2, 3);
void app_fail(struct app *app, const struct err *e);
/* What a use case came to: what was done in words, or its failure. */
void app_report(struct app *app, enum rc rc, const struct err *e, const char *format, ...) PRINTF_LIKE(4, 5);

/* Whether a key waits to be read: what idle time does may be left for later. */
bool app_key_waits(const struct app *app);

/* Questions. Each runs its own small loop over the present frame; a hang-up answers no/NULL.
 * ask     a yes/no question about something that can't be taken back lightly; the default is no
 * prompt  one line of text; NULL if left with Esc; the caller frees; `secret` shows stars
 * choose  one of n labels, with digits and letters as short cuts; -1 if left with Esc */
bool app_ask(struct app *app, const char *question);
char *app_prompt(struct app *app, const char *label, const char *initial, bool secret);
int app_choose(struct app *app, const char *title, const char *const *labels, size_t n, int initial);
/* Show a text to read (receipt, report of errors); any of Esc, q, Enter closes. */
void app_show_text(struct app *app, const char *title, const char *text);

/* A question that paints itself over the body of the present screen (both values of a conflict): the loop runs it like the others above.
 * key     one event; false: answered
 * Returns true when key() has answered, false after a hang-up. */
struct question {
	const char *title;
	const char *hint;             /* what the keys do, for the message line; NULL: none */
	void (*draw)(const struct app *app, const void *state, struct canvas *c, struct rect area);
	bool (*key)(struct app *app, void *state, const struct key_event *ev);
};
bool app_question(struct app *app, const struct question *q, void *state);

/* Work that may take longer than 300 ms: call often; shows a bar with what, done of all; true: the person pressed Esc, stop and undo. */
bool app_progress(struct app *app, const char *what, int64_t done, int64_t all);

#endif
