/* The list that opens under a field: rows to choose from, some with a number or a tick, and at the end the way to add what is missing.
 *
 * Knows neither fields nor the database: its owner fills it with rows and asks which one is meant. Texts are copied into the picker.
 */
#ifndef YL_UI_PICKER_H
#define YL_UI_PICKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "ui/canvas.h"
#include "ui/key.h"

enum picker_kind {
	PICK_VALUE,                   /* a code or a record */
	PICK_NOTHING,                 /* 不填: the field becomes empty */
	PICK_ADD,                     /* ＋ 新增「张三」 */
};

struct picker_row {
	enum picker_kind kind;
	const char *label;
	const char *detail;           /* beside it, dim; NULL or "" if none */
	const char *code;             /* NULL for records */
	int64_t id;                   /* of a record */
	bool leads;                   /* opens a second level */
	bool ticked;
};

struct picker {
	struct arena arena;
	struct picker_row *rows;
	size_t n, cap;
	size_t cursor;
	bool numbered;                /* the first nine values have the digits 1–9, 不填 has 0 */
	bool ticks;                   /* several may be chosen: rows show whether they are */
	const char *title;            /* in the upper border; in the arena */
};

/* Forget the rows, keep the settings; the bar goes to the first row. */
void picker_clear(struct picker *p);
void picker_release(struct picker *p);
void picker_title(struct picker *p, const char *title);
void picker_add(struct picker *p, const struct picker_row *row);
/* Put the bar on the row of a code or a record; stays where it is if there is none. */
void picker_point(struct picker *p, const char *code, int64_t id);

/* Arrows, page keys, Home, End, wheel. false: not a key of the list (Up on the first row too: the owner may close). */
bool picker_key(struct picker *p, const struct key_event *ev);
const struct picker_row *picker_row(const struct picker *p);          /* under the bar; NULL if there are no rows */
/* The row painted `row` rows below the upper border of an area of `rows` rows; NULL if none. The bar goes there. */
const struct picker_row *picker_click(struct picker *p, int row, int rows);
/* The row that a digit chooses (full-width digits too); NULL if none. The bar goes there. */
const struct picker_row *picker_digit(struct picker *p, uint32_t key);

#define PICKER_ROWS_MAX 9
/* What it wants, border included, before the area limits it. */
int picker_height(const struct picker *p);
int picker_width(const struct picker *p);
void picker_draw(const struct picker *p, struct canvas *c, struct rect area);

#endif
