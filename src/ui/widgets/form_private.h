/* What the files of the form view share: a form on the screen is an array of slots, one a field, and one list that opens under the active slot.
 *
 * Invariants: slots[i] belongs to form->fields[i]; now[i] is the slot's value as far as it parses; `active` is a shown slot;
 * a masked slot has an empty editor and holds its value in `chosen`, where nobody reads it.
 */
#ifndef YL_UI_FORM_PRIVATE_H
#define YL_UI_FORM_PRIVATE_H

#include "store/draft.h"
#include "ui/editor.h"
#include "ui/widgets/form_view.h"
#include "ui/widgets/picker.h"

/* How a field is filled in. */
enum family {
	FAMILY_TYPED,                 /* the value is the typed text */
	FAMILY_TOGGLED,               /* yes or no */
	FAMILY_CODE, FAMILY_CODES, FAMILY_PICK,       /* chosen from a list; what is typed narrows it */
};

struct slot {
	const struct field *f;
	enum family family;
	struct editor *ed;            /* the typed value; of a chosen one: what narrows its list */
	struct value chosen;          /* toggled, code, codes, pick; of any field while it is masked */
	char *label;                  /* of a picked record */
	char *start;                  /* slot_typed() of the value of `base`: what "changed" is measured against */
	char *error;                  /* at the field, NULL if none */
	bool shown, masked;
	bool hidden;                  /* by the screen, whatever the form says */
	bool fixed;                   /* may not be changed */
	bool touched;                 /* by the person, not by the screen */
};

/* Where the view stands; drawing moves it so that the cursor shows, as an editor does. */
struct form_scroll {
	int top;                      /* first row of the form that is seen */
	struct rect area, list;       /* where the form and the open list were painted last: for clicks */
};

struct form_view {
	const struct form *form;
	struct record base;           /* what "unchanged" means; its rev guards the saving */
	struct slot *slots;           /* form->n */
	struct value *now;            /* form->n */
	size_t active, changed;
	int64_t grid_id, context_id;
	bool frozen;
	struct picker picker;
	bool picking;                 /* the list under the active field is open */
	const char *level;            /* code of the first level whose children it shows; NULL */
	struct draft draft;
	int64_t unkept_since;         /* instant of the first key that is not in the draft; 0: none */
	int64_t kept_at;              /* instant when the draft was kept; 0: never */
	char *help;
	struct form_scroll *scroll;
};

#define FORM_NO_SLOT SIZE_MAX

/* form_slot.c: one field's value, typed or chosen */
void slot_init(struct slot *s, const struct field *f);
void slot_release(struct slot *s);
/* Show a value that comes from a record or a screen; masked where the account may not see it. */
void slot_set(struct app *app, struct form_view *v, struct slot *s, const struct value *value);
/* … and a text that comes from a draft. */
void slot_set_typed(struct app *app, struct slot *s, const char *typed);
/* The value now. Errors  RC_INVALID at the field */
enum rc slot_value(const struct app *app, const struct slot *s, struct value *out, struct err *e) MUST_USE;
/* The text that slot_set_typed() takes again. */
void slot_typed(const struct slot *s, struct strbuf *out);
void slot_start(struct slot *s);                 /* what it holds now is what "unchanged" means */
/* What a person reads in a slot that shows a chosen or a masked value. */
void slot_show(const struct slot *s, struct strbuf *out);
bool slot_differs(const struct slot *s);         /* from its start */
bool slot_is_empty(const struct slot *s);
bool slot_is_searching(const struct slot *s);    /* something is typed into a chosen field, but nothing chosen for it yet */
void slot_error(struct slot *s, const char *text);
/* A chosen value takes the place of what narrowed its list. The texts are copied. */
void slot_choose(struct slot *s, const struct value *value, const char *label);
void slot_unmask(struct slot *s);                /* empties it: the whole value is typed anew */
/* The field is left: dates, times and numbers get their full form, what does not parse its error. */
void slot_leave(const struct app *app, struct slot *s);

/* form_view.c */
struct slot *form_active(struct form_view *v);
void form_touch(struct app *app, struct form_view *v, struct slot *s);     /* typed or chosen by the person */
void form_update(struct app *app, struct form_view *v, struct slot *s);    /* now[] and which slots are shown */
void form_focus(struct app *app, struct form_view *v, size_t i);           /* leaves the field that had it */
void form_compose_help(struct form_view *v);
size_t form_neighbour(const struct form_view *v, size_t from, int by);     /* FORM_NO_SLOT beyond the ends */

/* form_pick.c: the list under the active field */
void form_list_open(struct app *app, struct form_view *v);
void form_list_fill(struct app *app, struct form_view *v);
void form_list_close(struct form_view *v);
/* Take the row under the bar (`advance`: and go to the next field). */
enum form_event form_list_take(struct app *app, struct form_view *v, bool advance);
void form_list_settle(struct app *app, struct form_view *v);
enum form_event form_list_digit(struct app *app, struct form_view *v, uint32_t key);
enum rc form_pick_label(struct app *app, const struct field *f, int64_t id, char **label, struct err *e) MUST_USE;

/* form_draw.c: the slot that is painted at this row of the screen; FORM_NO_SLOT if none is */
size_t form_slot_at(const struct form_view *v, int row);

#endif
