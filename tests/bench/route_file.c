/* Reads a benchmark file of any kind. */
#include "route_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "route_read.h"

static const struct {
	const char *ending;
	enum route_kind kind;
	void (*read)(struct route_file *f, struct route_text *t);
} kinds[] = {
	{ ".vrp", ROUTE_VRP, route_read_vrp },
	{ ".txt", ROUTE_SOLOMON, route_read_solomon },
	{ ".meal", ROUTE_MEAL, route_read_meal },
};

struct route_diner route_read_diner(int32_t place, int32_t meals, int32_t service_s)
{
	return (struct route_diner){ .place = place, .meals = meals, .service_s = service_s, .close_s = ROUTE_MAX_SECONDS, .need = 1,
	                             .carrier = -1, .familiar = -1 };
}

static size_t kind_of(const char *path)
{
	size_t n = strlen(path), k = 0;

	while (k < COUNT(kinds) && (n < strlen(kinds[k].ending) || strcmp(path + n - strlen(kinds[k].ending), kinds[k].ending) != 0))
		k++;
	return k;
}

enum rc route_file_read(struct route_file *out, const char *path, struct err *e)
{
	size_t k = kind_of(path);
	struct route_file f = { .problem = { .detour_permille = 1000, .hot_s = ROUTE_MAX_SECONDS } };
	struct route_text t = { 0 };
	enum rc rc;

	if (k == COUNT(kinds))
		return err_set(e, RC_INVALID, NULL, "%s 不是 .vrp、.txt 或 .meal 文件", path);
	if ((rc = route_text_open(&t, path, e)) != RC_OK)
		return rc;
	f.kind = kinds[k].kind;
	kinds[k].read(&f, &t);
	route_text_close(&t);
	if (t.bad) {
		route_file_release(&f);
		return RC_INVALID;
	}
	f.problem.places = f.places;
	f.problem.speeds = f.speeds;
	f.problem.diners = f.diners;
	f.problem.carriers = f.carriers;
	for (int32_t i = 0; i < f.problem.n_diners && f.kind != ROUTE_MEAL; i++)
		f.service += f.diners[i].service_s;
	*out = f;
	return RC_OK;
}

void route_file_release(struct route_file *f)
{
	free(f->places);
	free(f->speeds);
	free(f->diners);
	free(f->carriers);
	free(f->ways);
	*f = (struct route_file){ 0 };
}
