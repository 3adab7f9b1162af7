/* The readers of the kinds of benchmark files; each fills what it is given and complains through the text. */
#ifndef YL_TESTS_BENCH_ROUTE_READ_H
#define YL_TESTS_BENCH_ROUTE_READ_H

#include "route_file.h"
#include "route_text.h"

void route_read_vrp(struct route_file *f, struct route_text *t);
void route_read_solomon(struct route_file *f, struct route_text *t);
void route_read_meal(struct route_file *f, struct route_text *t);

/* A diner with nothing special about him. */
struct route_diner route_read_diner(int32_t place, int32_t meals, int32_t service_s);

#endif
