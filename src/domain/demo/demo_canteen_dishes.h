/* What the demo's canteen cooks. */
#ifndef YL_DOMAIN_DEMO_CANTEEN_DISHES_H
#define YL_DOMAIN_DEMO_CANTEEN_DISHES_H

#include <stddef.h>

/* Mild: suits everybody, and stands in for a main dish that clashes. */
enum demo_course { DEMO_MAIN, DEMO_HALF, DEMO_GREENS, DEMO_SOUP, DEMO_STAPLE, DEMO_MILD, DEMO_COURSE_COUNT };

struct demo_dish {
	enum demo_course course;
	const char *name, *ingredients, *allergens, *unfit;      /* NULL: none */
};
extern const struct demo_dish demo_dishes[];
extern const size_t demo_dish_count;

#endif
