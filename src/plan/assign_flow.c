/* The network of slots: shift -> slot -> person -> root, and from every shift a way past all people that costs what an open place costs. */
#include "assign_work.h"

/* Of an edge or an arc, in about nanoseconds. */
enum { EFFORT_EDGE = 8 };

/* Shifts are the first nodes, their ways past all people the first arcs. */
static int32_t node_of(const struct assign_work *w, int32_t shift)
{
	return 1 + w->shift_arc[shift];
}

/* What the people of the round have of a shift, and what is open of it, is theirs to divide. */
static void add_shift(struct assign_work *w, int32_t shift)
{
	int32_t node = netflow_node(&w->net), open = w->m.places[shift] - w->now.filled[shift];

	w->shift_arc[shift] = netflow_arc(&w->net, node, 0, w->m.places[shift] + 1, (int32_t)w->m.penalty[shift]);
	netflow_start(&w->net, w->shift_arc[shift], open);
	w->shifts[w->n_shifts++] = shift;
}

static void add_shifts(struct assign_work *w)
{
	const struct assign_model *m = &w->m;

	for (int32_t k = 0; k < w->n_people; k++) {
		int32_t person = w->people[k];

		w->effort += (m->first[person + 1] - m->first[person]) * EFFORT_EDGE;
		for (int32_t i = m->first[person]; i < m->first[person + 1]; i++) {
			int32_t shift = m->edges[i].shift;

			if (w->slot[i] < 0 && !w->now.on[i])
				continue;
			if (w->shift_arc[shift] < 0)
				add_shift(w, shift);
			w->net.flow[w->shift_arc[shift]] += w->now.on[i];
		}
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

/* Edges, with a unit of flow where the roster at hand has the person on the shift; returns on how many. */
static int32_t add_edges(struct assign_work *w, int32_t person, int32_t most)
{
	const struct assign_model *m = &w->m;
	struct netflow *net = &w->net;
	int32_t taken = 0;

	for (int32_t i = m->first[person]; i < m->first[person + 1]; i++) {
		int32_t k = w->slot[i], shift = m->edges[i].shift;

		if (k < 0)
			continue;
		w->arc[i] = netflow_arc(net, node_of(w, shift), w->slot_node[k], 1, m->edges[i].cost);
		if (!w->now.on[i] || w->slot_used[k] >= 0 || taken == most)
			continue;
		w->slot_used[k] = w->arc[i];
		netflow_start(net, w->arc[i], 1);
		net->flow[w->shift_arc[shift]]--;
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

static void add_person(struct assign_work *w, int32_t person)
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
		netflow_arc(&w->net, node, 0, 1, (int32_t)model_fair(m, person, k));
	add_slots(w, person, node);
	taken = add_edges(w, person, most);
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
	int32_t by = w->shift_arc[shift];

	if (net->flow[by] == 0)
		for (int32_t k = m->shift_first[shift]; k < m->shift_first[shift + 1]; k++) {
			int32_t edge = m->shift_edges[k], arc = w->marked[m->edges[edge].person] ? w->arc[edge] : -1;

			if (arc < 0 || net->flow[arc] > 0 || !netflow_has_home(net, net->to[arc]) || net->cost[arc] + net->price[net->to[arc]] >= least)
				continue;
			least = net->cost[arc] + net->price[net->to[arc]];
			by = arc;
		}
	w->effort += (m->shift_first[shift + 1] - m->shift_first[shift]) * EFFORT_EDGE;
	netflow_home(net, node_of(w, shift), by);
}

void flow_everybody(struct assign_work *w)
{
	w->n_people = w->m.p->n_people;
	for (int32_t person = 0; person < w->n_people; person++) {
		w->people[person] = person;
		w->marked[person] = true;
	}
}

void flow_build(struct assign_work *w)
{
	netflow_begin(&w->net);
	w->n_later = 0;
	for (int32_t k = 0; k < w->n_shifts; k++)
		w->shift_arc[w->shifts[k]] = -1;
	w->n_shifts = 0;
	add_shifts(w);
	for (int32_t k = 0; k < w->n_people; k++)
		add_person(w, w->people[k]);
	for (int32_t k = 0; k < w->n_shifts; k++)
		tie_shift(w, w->shifts[k]);
	for (int32_t i = 0; i < w->n_later; i++)
		netflow_home(&w->net, w->later_node[i], w->later_arc[i]);
	w->effort += (w->net.n_nodes + w->net.n_arcs) * EFFORT_EDGE;
}

/* Taking ------------------------------------------------------------------------------------------------------------------------- */

static void put(struct assign_work *w, int32_t edge)
{
	roster_put(&w->now, &w->m, edge);
	w->undo[w->n_undo++] = edge;
}

static void drop(struct assign_work *w, int32_t edge)
{
	roster_drop(&w->now, &w->m, edge);
	w->undo[w->n_undo++] = -1 - edge;
}

static void undo_all(struct assign_work *w)
{
	while (w->n_undo > 0) {
		int32_t what = w->undo[--w->n_undo];

		if (what >= 0)
			roster_drop(&w->now, &w->m, what);
		else
			roster_put(&w->now, &w->m, -1 - what);
	}
}

static bool carries(const struct assign_work *w, int32_t edge)
{
	return w->arc[edge] >= 0 && w->net.flow[w->arc[edge]] > 0;
}

bool flow_take(struct assign_work *w)
{
	const struct assign_model *m = &w->m;
	int64_t most = w->best.cost + w->slack;

	w->n_undo = 0;
	for (int32_t k = 0; k < w->n_people; k++)
		for (int32_t i = m->first[w->people[k]]; i < m->first[w->people[k] + 1]; i++)
			if (w->now.on[i] && !carries(w, i))
				drop(w, i);
	for (int32_t k = 0; k < w->n_people; k++)
		for (int32_t i = m->first[w->people[k]]; i < m->first[w->people[k] + 1]; i++)
			if (carries(w, i) && !w->now.on[i] && roster_fits(&w->now, m, i))
				put(w, i);
	for (int32_t k = 0; k < w->n_shifts; k++)
		for (int32_t edge = roster_cheapest(&w->now, m, w->shifts[k]); edge >= 0; edge = roster_cheapest(&w->now, m, w->shifts[k]))
			put(w, edge);
	if (w->now.cost > most)
		undo_all(w);
	return w->n_undo > 0;
}
