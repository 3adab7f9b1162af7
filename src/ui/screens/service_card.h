/* What a volunteer's hours add up to, as a card: sums, stars, points, months, proofs. */
#ifndef YL_UI_SCREENS_SERVICE_CARD_H
#define YL_UI_SCREENS_SERVICE_CARD_H

#include "base/err.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"

enum service_tag { SERVICE_TAG_NONE, SERVICE_TAG_PROOF, SERVICE_TAG_VOIDED };     /* of lines whose id is a proof's */

/* Clears the card and fills it; on failure it is empty. */
enum rc service_card(const struct app *app, struct card_view *v, int64_t volunteer_id, struct err *e) MUST_USE;
/* 25.8小时; appended. */
void service_hours_words(int64_t minutes, struct strbuf *out);

#endif
