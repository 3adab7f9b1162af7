/* Questions: each runs its own small loop over the present frame, and they nest (the idle lock may come over a question). */
#ifndef YL_UI_MODAL_H
#define YL_UI_MODAL_H

#include <stdbool.h>

#include "ui/app.h"
#include "ui/canvas.h"
#include "ui/key.h"

struct loop;

enum modal_answer { MODAL_WAIT, MODAL_DONE, MODAL_LEFT };

struct modal {
	const char *hint;             /* what the keys do, for the key line: "Enter确定 Esc放弃" */
	bool covers;                  /* nothing of what lies below is painted */
	void (*draw)(const struct loop *l, void *state, struct canvas *c);      /* may lay itself out for the canvas */
	enum modal_answer (*key)(struct loop *l, void *state, const struct key_event *ev);
	void *state;
	struct modal *below;          /* the loop's own */
};

/* true: answered; false: left, or the program ends (hang-up, log-out). */
bool modal_run(struct loop *l, struct modal *m);

bool modal_covers(const struct modal *innermost);                   /* whether one of them covers everything */
void modal_draw_all(struct loop *l, struct canvas *c);
void modal_draw_hint(const struct modal *m, struct canvas *c);
/* A box in the middle of the screen, cleared and framed; returns its inside. */
struct rect modal_box(struct canvas *c, int rows, int cols, const char *title);

#endif
