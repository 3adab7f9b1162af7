/* What the parts of the loop share: loop.c (events and time), dispatch.c (keys), stack.c (screens), chrome.c (the frame around them), modal.c, dialog.c and
 * app.c (questions), lock.c.
 */
#ifndef YL_UI_LOOP_H
#define YL_UI_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/welfare.h"
#include "ui/app.h"
#include "ui/keymap.h"
#include "ui/screen.h"
#include "ui/tty.h"
#include "ui/ui.h"

#define ROWS_MIN 24
#define COLS_MIN 80
#define COLS_WIDE 110

/* One screen that is open. */
struct layer {
	const struct screen_def *def;
	void *state;
	uint64_t seen;                /* store_version() of what it reads at the last load */
	bool stale;                   /* load it before it is shown */
	bool idle_done;               /* idle() has nothing left to do */
	char *failure;                /* load() failed: the words; NULL if not */
};

/* Each main screen keeps its own pile of screens, so that a look elsewhere finds everything as it was. */
struct pile {
	struct layer *layers;
	size_t n, cap;
};

#define PILES 11                  /* by digit 0…9 */
#define PILE_LOGIN 10

/* How the run ends. */
enum ending { ENDING_NOT, ENDING_LOGOUT, ENDING_QUIT, ENDING_HANGUP };

struct modal;

enum { DAILY_POINTS, DAILY_ORDERS, DAILY_JOBS };

struct loop {
	struct app app;
	struct tty *tty;
	struct canvas canvas;
	const char *notice;           /* for the login screen; NULL if none */
	struct pile piles[PILES];
	size_t pile;                  /* the one that is shown */
	struct modal *modal;          /* the innermost question; NULL if none */
	char *message;
	enum style message_style;
	enum ending ending;
	bool dirty;                   /* the frame must be painted */
	bool locked;
	int64_t key_at, tick_at, poll_at;      /* ms, monotonic: last key, tick, look for others' changes */
	int64_t minute;               /* the one that the title bar shows */
	struct {
		int32_t done_day;             /* the day whose work is done */
		uint64_t version;             /* of the tables it goes by, when it began */
		int64_t retry_at;             /* ms, monotonic */
		int64_t after;                /* the record that was looked at last */
	} daily[DAILY_JOBS];          /* what is due once a day, by whoever works first and may */
	struct {
		struct welfare_alarm now;
		int64_t account_id;           /* whom it is for */
		int64_t rang_at;              /* ms, monotonic */
		uint64_t version;             /* of the checks, at the last look */
		bool looked;
	} alarm;
	struct {
		int64_t began_at, called_at, painted_at, done;
		const char *what;
	} progress;
};

/* loop.c */
int64_t loop_clock(void);         /* ms, monotonic */
/* Paint the present frame with the questions over it, and send it to the terminal. */
void loop_paint(struct loop *l);
void loop_compose(struct loop *l);        /* the first half of it */
void loop_send(struct loop *l);           /* the second */
/* During long work: whether the person pressed Esc or the line broke. Other keys are dropped. */
bool loop_stop_wanted(struct loop *l);
/* Wait for a key at most timeout_ms; everything else that happens is done here (size, hang-up, others' changes, drafts, minute, idle lock). */
bool loop_next_key(struct loop *l, int timeout_ms, struct key_event *ev);
bool loop_too_small(const struct loop *l);
void loop_say(struct loop *l, enum style style, const char *text);     /* NULL: nothing */
void loop_run(struct loop *l);

/* dispatch.c */
/* The keys of the present screen: its map, what holds now (with the conditions that the loop answers), whether characters are typed text. */
const struct keymap *dispatch_keymap(const struct loop *l);
unsigned dispatch_when(const struct loop *l);
bool dispatch_typing(const struct loop *l);
/* Whether an action does something now: a main screen that this role doesn't have is none. */
bool dispatch_offers(const struct loop *l, enum action action);
size_t dispatch_active(const struct loop *l, struct key_bind *out, size_t max);
/* Do an action as its key would; do what a screen answered; do what a key means. */
void dispatch_action(struct loop *l, enum action action);
void dispatch_next(struct loop *l, struct next next);
void dispatch_key(struct loop *l, const struct key_event *ev);

/* stack.c */
struct layer *stack_top(const struct loop *l);            /* NULL if nothing could be opened */
/* Open a screen over the present one. A failure is said, and the present one stays: false. */
bool stack_push(struct loop *l, const struct screen_entry *entry, const struct screen_args *args);
bool stack_replace(struct loop *l, const struct screen_entry *entry, const struct screen_args *args);
void stack_pop(struct loop *l, int64_t result_id);
/* Load the present screen if what it reads has moved. */
void stack_refresh(struct loop *l);
void stack_mark_stale(struct loop *l);                    /* all screens */
/* Keep drafts of the present screen, or of all. false: it failed and was said. */
bool stack_leave(struct loop *l);
bool stack_leave_all(struct loop *l);
void stack_close_all(struct loop *l);
/* Go to a main screen; from itself to its first screen. */
void stack_go(struct loop *l, char digit);
char stack_first_digit(const struct loop *l);             /* of the first main screen of this role; 0 if it has none */
size_t stack_pile_of(char digit);
bool stack_at_first(const struct loop *l);                /* the next way back leads out of the program */

/* lock.c */
void lock_run(struct loop *l);

#endif
