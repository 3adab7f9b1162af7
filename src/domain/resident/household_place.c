/* A new household's place from what was typed while looking for it. */
#include "domain/place.h"

#include "address.h"
#include "base/text.h"

static void offer(struct record *r, const char *field, const char *text)
{
	if (text[0] && text_cluster_count(text) <= (size_t)form_field(r->form, field)->max)
		value_set_text(record_value(r, field), text);
}

enum rc household_from_text(struct office *of, const char *typed, struct record *household, struct err *e)
{
	__attribute__((cleanup(address_book_release))) struct address_book book = { 0 };
	struct address at;
	enum rc rc = address_book_load(of->st, &book, e);

	if (rc != RC_OK)
		return rc;
	address_guess(&book, typed, &at);
	if (at.building_id)
		value_set_number(record_value(household, "building_id"), at.building_id);
	offer(household, "unit", at.unit);
	offer(household, "room", at.room);
	return RC_OK;
}
