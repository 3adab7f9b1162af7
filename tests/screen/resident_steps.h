/* What tests of the residents' screens do again and again, as a person does it. */
#ifndef YL_TESTS_SCREEN_RESIDENT_STEPS_H
#define YL_TESTS_SCREEN_RESIDENT_STEPS_H

#include "demo.h"

/* Both layouts: one pane, and list and person side by side. */
struct layout {
	int rows, cols;
};
extern const struct layout layouts[2];

/* Somebody whom the demo community does not have. */
#define NEWCOMER "区文澜"
#define NEWCOMER_PHONE "13988887766"
#define NEW_ADDRESS "西林花园1幢1单元909室"

/* Hang up; the program ends in order (no sanitizer has complained). */
void leave(struct terminal *t);
void press_all(struct terminal *t, const char *const *keys);      /* NULL-ended */
/* From a main screen to the residents' list, with every filter off. */
void open_residents(struct terminal *t);
/* On the list: the rows that a search leaves, with the search closed but kept. */
void find_resident(struct terminal *t, const char *typed);
/* On the list: a new resident, with an address that may not exist yet ("": none) and a telephone number; ends on the resident's own screen. */
void add_resident(struct terminal *t, const char *name, const char *address, const char *phone);
/* In a form: from the present field to the one with this label, whose row then holds the cursor. */
void go_to_field(struct terminal *t, const char *label);

#endif
