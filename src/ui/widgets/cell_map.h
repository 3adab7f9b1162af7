/* A map in cells: the kitchen, houses, and who is on which route — each route by its number and by a colour of its own.
 *
 * Of the chosen route the numbers are the places in its way, with the way dotted between them. Without colours the numbers and signs say everything. Pure.
 */
#ifndef YL_UI_CELL_MAP_H
#define YL_UI_CELL_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/canvas.h"

enum map_kind { MAP_HOUSE, MAP_STOP, MAP_UNSERVED, MAP_KITCHEN };

struct map_point {
	int32_t x_m, y_m;             /* east and north */
	enum map_kind kind;
	int line;                     /* of a stop: number of its route */
	int place;                    /* of a stop of the chosen route: 1 …; 0: of another one */
	bool here;                    /* under the cursor */
};

struct cell_map {
	const struct map_point *points;       /* stops of the chosen route in the order of the way */
	size_t n;
};

/* All points but houses fit, north is up; houses show as far as there is room; the last row is the scale and what signs mean. Where points share a cell the most important shows: the kitchen, the cursor, who
 * is unserved, the chosen route, others. Nothing where the area is too small for a map. Everything is borrowed. */
void cell_map_draw(const struct cell_map *m, struct canvas *c, struct rect area);

/* The colour of a route on the map and beside it. */
enum style route_style(int line);

#endif
