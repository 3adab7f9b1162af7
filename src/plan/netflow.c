/* The primal network simplex: a spanning tree of arcs that are neither empty nor full, improved by one arc at a time. */
#include "netflow.h"

#include <stdlib.h>

#include "base/mem.h"

enum { NONE = -1 };

void netflow_release(struct netflow *net)
{
	int32_t **arrays[] = { &net->from, &net->to, &net->cap, &net->flow, &net->home, &net->parent, &net->child, &net->next, &net->prev,
	                       &net->depth };

	for (size_t i = 0; i < COUNT(arrays); i++)
		mem_free_pointer(arrays[i]);
	mem_free_pointer(&net->cost);
	mem_free_pointer(&net->side);
	mem_free_pointer(&net->price);
	net->node_room = net->arc_room = 0;
}

void netflow_reserve(struct netflow *net, int32_t nodes, int32_t arcs)
{
	int32_t **of_arcs[] = { &net->from, &net->to, &net->cap, &net->flow };
	int32_t **of_nodes[] = { &net->home, &net->parent, &net->child, &net->next, &net->prev, &net->depth };

	if (nodes <= net->node_room && arcs <= net->arc_room)
		return;
	netflow_release(net);
	for (size_t i = 0; i < COUNT(of_arcs); i++)
		*of_arcs[i] = mem_alloc((size_t)arcs * sizeof(int32_t));
	for (size_t i = 0; i < COUNT(of_nodes); i++)
		*of_nodes[i] = mem_alloc((size_t)nodes * sizeof(int32_t));
	net->cost = mem_alloc((size_t)arcs * sizeof *net->cost);
	net->side = mem_alloc((size_t)arcs);
	net->price = mem_alloc((size_t)nodes * sizeof *net->price);
	net->node_room = nodes;
	net->arc_room = arcs;
}

/* The tree ----------------------------------------------------------------------------------------------------------------------- */

static void hang(struct netflow *net, int32_t node, int32_t parent)
{
	int32_t first = net->child[parent];

	net->parent[node] = parent;
	net->prev[node] = NONE;
	net->next[node] = first;
	if (first != NONE)
		net->prev[first] = node;
	net->child[parent] = node;
}

static void unhang(struct netflow *net, int32_t node)
{
	int32_t before = net->prev[node], after = net->next[node];

	if (before == NONE)
		net->child[net->parent[node]] = after;
	else
		net->next[before] = after;
	if (after != NONE)
		net->prev[after] = before;
}

/* Depths and prices of a subtree whose top has a new parent; all prices move by the same amount. */
static void settle(struct netflow *net, int32_t top)
{
	int32_t arc = net->home[top], parent = net->parent[top], node = top;
	int64_t price = net->from[arc] == top ? net->price[parent] + net->cost[arc] : net->price[parent] - net->cost[arc];
	int64_t shift = price - net->price[top];

	for (;;) {
		net->depth[node] = net->depth[net->parent[node]] + 1;
		net->price[node] += shift;
		if (net->child[node] != NONE) {
			node = net->child[node];
			continue;
		}
		while (node != top && net->next[node] == NONE)
			node = net->parent[node];
		if (node == top)
			return;
		node = net->next[node];
	}
}

/* Cut the subtree below the home of `out` and hang it by `top`, one of its nodes, to `under` through `arc`. */
static void rehang(struct netflow *net, int32_t out, int32_t top, int32_t under, int32_t arc)
{
	for (int32_t node = top;;) {
		int32_t up = net->parent[node], old = net->home[node];

		unhang(net, node);
		hang(net, node, under);
		net->home[node] = arc;
		if (node == out)
			break;
		under = node;
		arc = old;
		node = up;
	}
	settle(net, top);
}

/* Building ----------------------------------------------------------------------------------------------------------------------- */

void netflow_begin(struct netflow *net)
{
	net->n_nodes = net->n_arcs = net->cursor = 0;
	netflow_node(net);
	net->depth[0] = 0;
	net->parent[0] = net->home[0] = NONE;
}

int32_t netflow_node(struct netflow *net)
{
	int32_t node = net->n_nodes++;

	net->child[node] = net->next[node] = net->prev[node] = NONE;
	net->price[node] = 0;
	net->depth[node] = -1;
	return node;
}

int32_t netflow_arc(struct netflow *net, int32_t from, int32_t to, int32_t cap, int64_t cost)
{
	int32_t arc = net->n_arcs++;

	net->from[arc] = from;
	net->to[arc] = to;
	net->cap[arc] = cap;
	net->flow[arc] = 0;
	net->cost[arc] = cost;
	net->side[arc] = 1;
	return arc;
}

void netflow_start(struct netflow *net, int32_t arc, int32_t flow)
{
	net->flow[arc] = flow;
	net->side[arc] = flow == net->cap[arc] ? -1 : 1;
}

void netflow_home(struct netflow *net, int32_t node, int32_t arc)
{
	bool upward = net->from[arc] == node;
	int32_t parent = upward ? net->to[arc] : net->from[arc];

	hang(net, node, parent);
	net->home[node] = arc;
	net->side[arc] = 0;
	net->depth[node] = net->depth[parent] + 1;
	net->price[node] = net->price[parent] + (upward ? net->cost[arc] : -net->cost[arc]);
}

bool netflow_has_home(const struct netflow *net, int32_t node)
{
	return net->depth[node] >= 0;
}

/* Pivoting ----------------------------------------------------------------------------------------------------------------------- */

static int32_t block_length(int32_t arcs)
{
	int32_t length = 10;

	while (length * length < arcs / 4)
		length += length / 8 + 1;
	return length;
}

/* The arc of the next block that promises most a unit, NONE if there is none anywhere. */
static int32_t entering(struct netflow *net, int32_t block)
{
	int32_t best = NONE, arc = net->cursor, left = block;
	int64_t least = 0;

	for (int32_t seen = 0; seen < net->n_arcs; seen++) {
		int64_t reduced = net->side[arc] * (net->cost[arc] - net->price[net->from[arc]] + net->price[net->to[arc]]);

		if (reduced < least) {
			least = reduced;
			best = arc;
		}
		if (++arc == net->n_arcs)
			arc = 0;
		if (--left == 0) {
			if (best != NONE)
				break;
			left = block;
		}
	}
	net->cursor = arc;
	return best;
}

/* Room on the home of a node for flow towards the root, or away from it. */
static int32_t room(const struct netflow *net, int32_t node, bool upward)
{
	int32_t arc = net->home[node];

	return (net->from[arc] == node) == upward ? net->cap[arc] - net->flow[arc] : net->flow[arc];
}

static void push(struct netflow *net, int32_t node, int32_t join, int32_t amount, bool upward)
{
	for (; node != join; node = net->parent[node]) {
		int32_t arc = net->home[node];

		net->flow[arc] += (net->from[arc] == node) == upward ? amount : -amount;
	}
}

static int32_t join_of(const struct netflow *net, int32_t a, int32_t b)
{
	while (a != b) {
		if (net->depth[a] >= net->depth[b])
			a = net->parent[a];
		else
			b = net->parent[b];
	}
	return a;
}

/* Send round the cycle that `arc` closes as much as it can take; what blocks last, seen from the join, leaves the tree. */
static void pivot(struct netflow *net, int32_t arc)
{
	int32_t tail = net->side[arc] > 0 ? net->from[arc] : net->to[arc];
	int32_t head = net->side[arc] > 0 ? net->to[arc] : net->from[arc];
	int32_t join = join_of(net, tail, head), amount = net->cap[arc], out = NONE, leaving;
	bool tail_side = false;

	for (int32_t node = tail; node != join; node = net->parent[node]) {
		int32_t free = room(net, node, false);

		if (free < amount) {
			amount = free;
			out = node;
			tail_side = true;
		}
	}
	for (int32_t node = head; node != join; node = net->parent[node]) {
		int32_t free = room(net, node, true);

		if (free <= amount) {
			amount = free;
			out = node;
			tail_side = false;
		}
	}
	if (amount > 0) {
		net->flow[arc] += net->side[arc] * amount;
		push(net, tail, join, amount, false);
		push(net, head, join, amount, true);
	}
	if (out == NONE) {
		net->side[arc] = (int8_t)-net->side[arc];
		return;
	}
	leaving = net->home[out];
	net->side[leaving] = net->flow[leaving] == 0 ? 1 : -1;
	net->side[arc] = 0;
	rehang(net, out, tail_side ? tail : head, tail_side ? head : tail, arc);
}

bool netflow_improve(struct netflow *net, int32_t pivots)
{
	int32_t block = block_length(net->n_arcs);

	while (pivots-- > 0) {
		int32_t arc = entering(net, block);

		if (arc == NONE)
			return true;
		pivot(net, arc);
	}
	return false;
}
