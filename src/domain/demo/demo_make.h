/* The demo community at work: what its files share. */
#ifndef YL_DOMAIN_DEMO_MAKE_H
#define YL_DOMAIN_DEMO_MAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/demo.h"
#include "domain/office.h"

/* Numbers that a seed decides: ChaCha20 in blocks, by libsodium. */
struct demo_random {
	uint64_t seed, block;
	unsigned char bytes[4096];
	size_t used;
};
void demo_random_init(struct demo_random *r, uint64_t seed);
uint32_t demo_below(struct demo_random *r, uint32_t n);                 /* 0..n-1, n > 0 */
int demo_between(struct demo_random *r, int min, int max);              /* both included */
bool demo_chance(struct demo_random *r, int per_mille);
size_t demo_weighted(struct demo_random *r, const int *weights, size_t n);   /* an index */
#define DEMO_PICK(r, array) ((array)[demo_below((r), (uint32_t)COUNT(array))])

/* demo_names.c */
const char *demo_surname(struct demo_random *r);
void demo_given_name(struct demo_random *r, int sex, int born_year, char out[16]);     /* sex 1 male, 2 female */

struct demo_building {
	int64_t id, grid_id;
	int estate;                       /* index */
	char number[8];
	int units, floors, doors;         /* doors a floor and unit */
	bool lift;
};

struct demo_estate {
	int64_t id, grid_id;
	const char *name;
	char kind;                        /* c commercial, r resettled, v village in the city, s self-built */
};

struct demo_person {
	int64_t id, building_id, grid_id;
	size_t building;                  /* index */
	char name[24], phone[12], unit[8], room[8];
	bool adult;
};

/* The figures of a scale. */
struct demo_figures {
	int estates, grids, microgrids, households, residents;
};

struct demo {
	struct office *of;
	const struct demo_options *options;
	struct demo_figures figures;
	struct demo_random random;
	int64_t now;                      /* the demo's today */
	int64_t clock;                    /* what the store's clock says */
	int64_t accounts[ROLE_COUNT];     /* ids by role */
	struct demo_estate *estates;
	size_t n_estates;
	struct demo_building *buildings;
	size_t n_buildings;
	struct demo_person *people;       /* who may raise something: with a telephone */
	size_t n_people;
};

void demo_tell(const struct demo *d, const char *what, size_t done, size_t total);
enum rc demo_new_id(struct demo *d, int64_t *id, struct err *e) MUST_USE;

/* demo_places.c, demo_people.c: each fills its tables in a few transactions. Issues: demo_case.h. */
enum rc demo_make_places(struct demo *d, struct err *e) MUST_USE;
enum rc demo_make_people(struct demo *d, struct err *e) MUST_USE;


#endif
