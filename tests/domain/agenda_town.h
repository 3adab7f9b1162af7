/* What the tests of 议题 do over and over, in the town of town.h. */
#ifndef YL_TESTS_DOMAIN_AGENDA_TOWN_H
#define YL_TESTS_DOMAIN_AGENDA_TOWN_H

#include "domain/agenda.h"
#include "town.h"

/* Live rows of the tables of this part and of issues, without rev: for "nothing was changed". The caller frees. */
char *agenda_snapshot(struct town *t);
void assert_agenda_unchanged(struct town *t, const char *before);
void town_undo(struct town *t);           /* the last thing that the account at work did */

/* An issue that 理事 sent to 议事, and its item. Made by the head; the account at work is the same afterwards. `issue` may be NULL. */
int64_t agenda_deliberated(struct town *t, const char *title, const struct fill *fills, int64_t *issue);
enum rc agenda_try_save(struct town *t, const struct fill *fills, int64_t issue, int64_t *id, struct err *e);
int64_t agenda_question(struct town *t, const char *title);       /* an item of the office itself */
enum rc agenda_try_part(struct town *t, int64_t item, const char *form, const struct fill *fills, int64_t *id, struct err *e);
int64_t agenda_party(struct town *t, int64_t item, int64_t resident, const char *name);
int64_t agenda_way(struct town *t, int64_t item, const char *text);
void agenda_support(struct town *t, int64_t issue, int64_t resident);
void agenda_get(struct town *t, int64_t id, struct arena *a, struct agenda_item *out);
/* Put on the agenda of a meeting, or voted down, by hand: meetings are another part. */
void agenda_schedule(struct town *t, int64_t item);
void agenda_fail(struct town *t, int64_t item);

#endif
