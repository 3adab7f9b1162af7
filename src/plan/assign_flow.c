/* The network of slots: shift -> slot -> person -> root, and from every shift a way past all people that costs what an open place costs. */
#include "assign_work.h"

/* Shifts are the first nodes, their ways past all people the first arcs. */
static int32_t node_of(int32_t shift)
{
	return 1 + shift;
}

static void add_shifts(struct assign_work *w)
{
	const struct assign_model *m = &w->m;

	for (int32_t s = 0; s < m->p->n_shifts; s++) {
		netflow_node(&w->net);
		netflow_start(&w->net, netflow_arc(&w->net, node_of(s), 0, m->places[s] + 1, m->penalty[s]), m->places[s]);
	}
}

/* Homes of nodes whose flow is full: they hang from what hangs from the shifts, which are tied later. */
static void tie_later(struct assign_work *w, int32_t node, int32_t arc)
{
	w->later_node[w->n_later] = node;
	w->later_arc[w->n_later++] = arc;
}

/* A node for every slot that more than one edge would go through; the others lead straight to the person. */
static void add_slots(struct assign_work *w, int32_t person, int32_t node)
{
	const struct assign_model *m = &w->m;
	int32_t slots = w->slots[person];

	for (int32_t k = 0; k < slots; k++)
		w->slot_size[k] = 0;
	for (int32_t i = m->first[person]; i < m->first[person + 1]; i++)
		if (w->slot[i] >= 0)
			w->slot_size[w->slot[i]]++;
	for (int32_t k = 0; k < slots; k++) {
		w->slot_node[k] = node;
		w->slot_arc[k] = w->slot_used[k] = -1;
		if (w->slot_size[k] < 2 || slots == 1)
			continue;
		w->slot_node[k] = netflow_node(&w->net);
		w->slot_arc[k] = netflow_arc(&w->net, w->slot_node[k], node, 1, 0);
	}
}

/* Edges, with a unit of flow where `from` has the person on the shift; returns on how many. */
static int32_t add_edges(struct assign_work *w, int32_t person, const struct roster *from, int32_t most)
{
	const struct assign_model *m = &w->m;
	struct netflow *net = &w->net;
	int32_t taken = 0;

	for (int32_t i = m->first[person]; i < m->first[person + 1]; i++) {
		int32_t k = w->slot[i], shift = m->edges[i].shift;

		if (k < 0)
			continue;
		w->arc[i] = netflow_arc(net, node_of(shift), w->slot_node[k], 1, m->edges[i].cost);
		if (!from->on[i] || w->slot_used[k] >= 0 || taken == most)
			continue;
		w->slot_used[k] = w->arc[i];
		netflow_start(net, w->arc[i], 1);
		net->flow[shift]--;
		if (w->slot_arc[k] >= 0)
			netflow_start(net, w->slot_arc[k], 1);
		taken++;
	}
	return taken;
}

/* Tie a person and his slots: by his next shift to the root if he may have one, else by one that he has to that shift. */
static void tie_person(struct assign_work *w, int32_t person, int32_t node, int32_t next, bool full)
{
	struct netflow *net = &w->net;
	int32_t by = -1;

	for (int32_t k = 0; k < w->slots[person]; k++) {
		if (w->slot_used[k] < 0)
			continue;
		by = w->slot_arc[k] >= 0 ? w->slot_arc[k] : w->slot_used[k];
		if (w->slot_arc[k] >= 0)
			tie_later(w, w->slot_node[k], w->slot_used[k]);
	}
	if (full)
		tie_later(w, node, by);
	else
		netflow_home(net, node, next);
	for (int32_t k = 0; k < w->slots[person]; k++) {
		if (w->slot_arc[k] < 0 || w->slot_used[k] >= 0)
			continue;
		if (full)
			tie_later(w, w->slot_node[k], w->slot_arc[k]);
		else
			netflow_home(net, w->slot_node[k], w->slot_arc[k]);
	}
}

static void add_person(struct assign_work *w, int32_t person, const struct roster *from)
{
	const struct assign_model *m = &w->m;
	int32_t node, first, taken, most = w->slots[person] < m->most[person] ? w->slots[person] : m->most[person];

	for (int32_t i = m->first[person]; i < m->first[person + 1]; i++)
		w->arc[i] = -1;
	if (most == 0)
		return;
	node = netflow_node(&w->net);
	first = w->net.n_arcs;
	for (int32_t k = 0; k < most; k++)
		netflow_arc(&w->net, node, 0, 1, model_fair(m, person, k));
	add_slots(w, person, node);
	taken = add_edges(w, person, from, most);
	for (int32_t k = 0; k < taken; k++)
		netflow_start(&w->net, first + k, 1);
	tie_person(w, person, node, first + taken, taken == most);
}

/* Tie a shift: one that has all its people by the cheapest further one, so that prices begin near where they end. */
static void tie_shift(struct assign_work *w, int32_t shift)
{
	const struct assign_model *m = &w->m;
	struct netflow *net = &w->net;
	int64_t least = m->penalty[shift];
	int32_t by = shift;

	if (net->flow[shift] == 0)
		for (int32_t k = m->shift_first[shift]; k < m->shift_first[shift + 1]; k++) {
			int32_t arc = w->arc[m->shift_edges[k]];

			if (arc < 0 || net->flow[arc] > 0 || !netflow_has_home(net, net->to[arc]) || net->cost[arc] + net->price[net->to[arc]] >= least)
				continue;
			least = net->cost[arc] + net->price[net->to[arc]];
			by = arc;
		}
	netflow_home(net, node_of(shift), by);
}

void flow_build(struct assign_work *w, const struct roster *from)
{
	netflow_begin(&w->net);
	w->n_later = 0;
	add_shifts(w);
	for (int32_t person = 0; person < w->m.p->n_people; person++)
		add_person(w, person, from);
	for (int32_t shift = 0; shift < w->m.p->n_shifts; shift++)
		tie_shift(w, shift);
	for (int32_t i = 0; i < w->n_later; i++)
		netflow_home(&w->net, w->later_node[i], w->later_arc[i]);
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
