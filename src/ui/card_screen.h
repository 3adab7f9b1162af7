/* Screens that are "one record as a card": what opens them, keys of the card, painting, closing.
 *
 * Such a screen's state begins with a struct card_screen, and its load() begins with card_screen_clear(), fills the card, and ends with card_screen_show().
 */
#ifndef YL_UI_CARD_SCREEN_H
#define YL_UI_CARD_SCREEN_H

#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "ui/screen.h"
#include "ui/widgets/card_view.h"

struct card_screen {
	int64_t id;                   /* args.id */
	struct arena arena;           /* owns what the screen's record points to */
	struct card_view view;
	const char *title;            /* in the frame; literal or in the arena */
};

/* Nothing is shown; the cursor stays where it is. */
void card_screen_clear(struct card_screen *s);
/* Lay out what stands on the card now. */
void card_screen_show(const struct app *app, struct card_screen *s, const char *title);

/* Functions of a screen_def; `state` begins with a struct card_screen. */
enum rc card_screen_open(struct app *app, void *state, const struct screen_args *args, struct err *e);
void card_screen_draw(const struct app *app, const void *state, struct canvas *c, struct rect area);
struct next card_screen_type(struct app *app, void *state, const struct key_event *ev);
void card_screen_close(struct app *app, void *state);

#define CARD_SCREEN_FUNCTIONS .draw = card_screen_draw, .type = card_screen_type, .close = card_screen_close

#endif
