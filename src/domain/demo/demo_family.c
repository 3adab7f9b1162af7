/* Who lives together. */
#include "demo_family.h"

/* How many of a thousand households are of each kind, by the kind of estate. */
static const int weights_commercial[FAMILY_KINDS] = { 60, 80, 150, 400, 150, 40, 80, 40 };
static const int weights_resettled[FAMILY_KINDS] = { 110, 130, 70, 230, 300, 30, 30, 100 };
static const int weights_village[FAMILY_KINDS] = { 60, 50, 40, 100, 120, 20, 20, 590 };
static const int weights_self_built[FAMILY_KINDS] = { 90, 100, 80, 230, 250, 30, 40, 180 };

static const int *weights_of(char estate_kind)
{
	switch (estate_kind) {
	case 'c': return weights_commercial;
	case 'r': return weights_resettled;
	case 'v': return weights_village;
	default:  return weights_self_built;
	}
}

static void add(struct family *f, const char *relation, int sex, int age)
{
	if (f->n < FAMILY_MAX)
		f->members[f->n++] = (struct family_member){ relation, sex, age };
}

static void add_couple(struct demo_random *r, struct family *f, int age)
{
	add(f, "head", 1, age);
	add(f, "spouse", 2, age - demo_between(r, -1, 4));
}

/* One or two children of parents of that age, as far as they are born. */
static void add_children(struct demo_random *r, struct family *f, int parents_age)
{
	int n = demo_chance(r, 350) ? 2 : 1;

	for (int i = 0; i < n; i++) {
		int age = parents_age - demo_between(r, 24, 31) - 3 * i, sex = demo_between(r, 1, 2);

		if (age >= 0)
			add(f, sex == 1 ? "son" : "daughter", sex, age);
	}
}

static void add_three_generations(struct demo_random *r, struct family *f)
{
	int grandparents = demo_between(r, 56, 80), parents = grandparents - demo_between(r, 23, 28);

	add_couple(r, f, parents);
	add(f, "parent", 1, grandparents);
	if (!demo_chance(r, 200))
		add(f, "parent", 2, grandparents - demo_between(r, -1, 4));
	add_children(r, f, parents);
}

static void add_tenants(struct demo_random *r, struct family *f)
{
	int n = demo_between(r, 4, 9);

	add(f, "tenant", demo_between(r, 1, 2), demo_between(r, 22, 50));
	while ((int)f->n < n)
		family_grow(r, f);
}

void family_make(struct demo_random *r, char estate_kind, struct family *out)
{
	int sex = demo_between(r, 1, 2);

	*out = (struct family){ .kind = (enum family_kind)demo_weighted(r, weights_of(estate_kind), FAMILY_KINDS) };
	switch (out->kind) {
	case ELDER_ALONE:
		add(out, "head", demo_chance(r, 650) ? 2 : 1, demo_between(r, 66, 93));
		break;
	case ELDER_COUPLE:
		add_couple(r, out, demo_between(r, 63, 88));
		break;
	case COUPLE:
		add_couple(r, out, demo_chance(r, 500) ? demo_between(r, 25, 34) : demo_between(r, 48, 61));
		break;
	case FAMILY:
		add_couple(r, out, demo_between(r, 28, 52));
		add_children(r, out, out->members[0].age);
		break;
	case THREE_GENERATIONS:
		add_three_generations(r, out);
		break;
	case SINGLE_PARENT:
		add(out, "head", sex, demo_between(r, 32, 48));
		add_children(r, out, out->members[0].age);
		break;
	case SINGLE:
		add(out, "head", sex, demo_between(r, 22, 58));
		break;
	default:
		add_tenants(r, out);
		break;
	}
}

bool family_grow(struct demo_random *r, struct family *f)
{
	if (f->kind != TENANTS || f->n >= FAMILY_MAX)
		return false;
	/* A quarter of those who rent bring a child. */
	if (demo_chance(r, 250))
		add(f, "other", demo_between(r, 1, 2), demo_between(r, 1, 15));
	else
		add(f, "tenant", demo_between(r, 1, 2), demo_between(r, 19, 52));
	return true;
}

bool family_shrink(struct family *f)
{
	if (f->n < (f->kind == TENANTS ? 2u : 4u))
		return false;
	f->n--;
	return true;
}
