/* Addresses as people and spreadsheets write them → building, unit, room. */
#ifndef YL_DOMAIN_ADDRESS_H
#define YL_DOMAIN_ADDRESS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"

struct store;

/* All estates and buildings of the community, read once. */
struct address_book {
	struct arena strings;
	struct address_estate {
		int64_t id;
		const char *name, *folded;
	} *estates;
	size_t n_estates;
	struct address_building {
		int64_t id, estate_id;
		const char *number, *name;
	} *buildings;
	size_t n_buildings;
};

enum rc address_book_load(struct store *st, struct address_book *out, struct err *e) MUST_USE;
void address_book_release(struct address_book *b);

struct address {
	int64_t building_id;
	char unit[32], room[48];          /* "" if none */
};

/* 西林小区3幢2单元501室, 西林小区 3-2-501, 西林小区3号楼501, with anything in front of the estate's name.
 * Errors  RC_INVALID: no estate or building of this community in it, or no room */
enum rc address_parse(const struct address_book *b, const char *text, struct address *out, struct err *e) MUST_USE;
/* As far as it can be told; without an estate's name where only one building of the community has the number. building_id 0: not even that. */
void address_guess(const struct address_book *b, const char *text, struct address *out);
/* From parts: name of an estate, number or name of a building, unit, room. */
enum rc address_from_parts(const struct address_book *b, const char *estate, const char *building, const char *unit, const char *room,
                           struct address *out, struct err *e) MUST_USE;

#endif
