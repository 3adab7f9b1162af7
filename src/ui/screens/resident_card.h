/* A resident as a card: who this is, their issues, who lives with them, and every field that holds something, in groups.
 *
 * Shared by the list's second pane and the screen of one resident. What was revealed is shown until another resident is loaded or the card is wiped.
 */
#ifndef YL_UI_SCREENS_RESIDENT_CARD_H
#define YL_UI_SCREENS_RESIDENT_CARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/resident.h"
#include "ui/app.h"
#include "ui/screen.h"
#include "ui/widgets/card_view.h"

/* Tags of the card's items; a field has its index in the form. */
enum { CARD_TAG_NONE = -1, CARD_TAG_HOUSEHOLD = -2, CARD_TAG_RESIDENT = -3, CARD_TAG_ISSUE = -4 };

struct resident_card {
	int64_t id;                   /* 0: nothing loaded */
	struct arena arena;           /* owns what `who` points to */
	struct resident_summary who;
	struct record record;
	char **revealed;              /* one a form field; NULL: as the role sees it */
	struct card_view view;
};

/* Tables that a card reads: for screen_def.reads. */
#define CARD_READS (TBL_RESIDENT | TBL_HOUSEHOLD | TBL_BUILDING | TBL_GRID | TBL_ISSUE | TBL_EXTRA)

/* Load or load again. id 0 empties the card. Errors  RC_NOTFOUND, RC_DENIED, RC_DB; then the card is empty */
enum rc resident_card_load(struct app *app, struct resident_card *card, int64_t id, struct err *e) MUST_USE;
void resident_card_release(struct resident_card *card);
/* Mask again what was revealed: before the screen is locked. */
enum rc resident_card_hide(struct app *app, struct resident_card *card, struct err *e) MUST_USE;

/* Whether the resident has a value that the account does not see in full. */
bool resident_card_masks(const struct app *app, const struct resident_card *card);
/* Reveal the field under the card's cursor, else one that the person chooses. Audited by the domain; said on the message line. */
void resident_card_reveal(struct app *app, struct resident_card *card);
/* What Enter on the item under the cursor leads to; stays where that is nothing. */
struct next resident_card_open(const struct resident_card *card);

/* A member of a household as one line: "李国华       男  80岁 户主       138****3321 独居". */
void resident_member_line(const struct resident_summary *r, struct strbuf *out);

#endif
