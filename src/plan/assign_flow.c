/* The network of slots: shift -> slot -> person -> root, and from every shift a way past all people that costs what an open place costs. */
#include "assign_work.h"

#include <string.h>

static void add_shifts(struct assign_work *w)
{
	const struct assign_model *m = &w->m;

	for (int32_t s = 0; s < m->p->n_shifts; s++) {
		int32_t node = netflow_node(&w->net);

		netflow_home(&w->net, node, netflow_arc(&w->net, node, 0, m->places[s] + 1, m->penalty[s]), m->places[s]);
	}
}

/* A node for every slot that more than one edge would go through; the others lead straight to the person. */
static void add_slots(struct assign_work *w, int32_t person, int32_t node)
{
	const struct assign_model *m = &w->m;
	int32_t slots = w->slots[person];

	memset(w->slot_size, 0, (size_t)slots * sizeof *w->slot_size);
	for (int32_t i = m->first[person]; i < m->first[person + 1]; i++)
		if (w->slot[i] >= 0)
			w->slot_size[w->slot[i]]++;
	for (int32_t k = 0; k < slots; k++) {
		w->slot_node[k] = node;
		if (w->slot_size[k] < 2 || slots == 1)
			continue;
		w->slot_node[k] = netflow_node(&w->net);
		netflow_home(&w->net, w->slot_node[k], netflow_arc(&w->net, w->slot_node[k], node, 1, 0), 0);
	}
}

static void add_person(struct assign_work *w, int32_t person)
{
	const struct assign_model *m = &w->m;
	int32_t node, most = w->slots[person] < m->most[person] ? w->slots[person] : m->most[person];

	for (int32_t i = m->first[person]; i < m->first[person + 1]; i++)
		w->arc[i] = -1;
	if (most == 0)
		return;
	node = netflow_node(&w->net);
	netflow_home(&w->net, node, netflow_arc(&w->net, node, 0, 1, model_fair(m, person, 0)), 0);
	for (int32_t k = 1; k < most; k++)
		netflow_arc(&w->net, node, 0, 1, model_fair(m, person, k));
	add_slots(w, person, node);
	for (int32_t i = m->first[person]; i < m->first[person + 1]; i++)
		if (w->slot[i] >= 0)
			w->arc[i] = netflow_arc(&w->net, 1 + m->edges[i].shift, w->slot_node[w->slot[i]], 1, m->edges[i].cost);
}

void flow_build(struct assign_work *w)
{
	netflow_begin(&w->net);
	add_shifts(w);
	for (int32_t person = 0; person < w->m.p->n_people; person++)
		add_person(w, person);
}

bool flow_take(struct assign_work *w)
{
	const struct assign_model *m = &w->m;
	bool all = true;

	roster_clear(&w->now, m);
	for (int32_t i = 0; i < m->n_edges; i++) {
		if (w->arc[i] < 0 || w->net.flow[w->arc[i]] == 0)
			continue;
		if (roster_fits(&w->now, m, i))
			roster_put(&w->now, m, i);
		else
			all = false;
	}
	return all;
}
