/* The primal network simplex: a spanning tree of arcs that are neither empty nor full, improved by one arc at a time. */
#include "netflow.h"

#include <stdlib.h>

#include "base/mem.h"

enum {
	NONE = -1,
	/* about nanoseconds on a desk machine of these years */
	EFFORT_ARC = 2, EFFORT_NODE = 8, EFFORT_PIVOT = 100,
};

void netflow_release(struct netflow *net)
{
	int32_t **arrays[] = { &net->from, &net->to, &net->cost, &net->cap, &net->flow, &net->stack };

	for (size_t i = 0; i < COUNT(arrays); i++)
		mem_free_pointer(arrays[i]);
	mem_free_pointer(&net->side);
	mem_free_pointer(&net->price);
	mem_free_pointer(&net->nodes);
	net->node_room = net->arc_room = 0;
}

void netflow_reserve(struct netflow *net, int32_t nodes, int32_t arcs)
{
	int32_t **of_arcs[] = { &net->from, &net->to, &net->cost, &net->cap, &net->flow };

	if (nodes <= net->node_room && arcs <= net->arc_room)
		return;
	netflow_release(net);
	for (size_t i = 0; i < COUNT(of_arcs); i++)
		*of_arcs[i] = mem_resize(NULL, (size_t)arcs * sizeof(int32_t));
	net->side = mem_resize(NULL, (size_t)arcs);
	net->price = mem_resize(NULL, (size_t)nodes * sizeof *net->price);
	net->nodes = mem_resize(NULL, (size_t)nodes * sizeof *net->nodes);
	net->stack = mem_resize(NULL, (size_t)nodes * sizeof *net->stack);
	net->node_room = nodes;
	net->arc_room = arcs;
}

/* The tree ----------------------------------------------------------------------------------------------------------------------- */

static void hang(struct netflow *net, int32_t node, int32_t parent)
{
	struct netflow_node *n = net->nodes;
	int32_t first = n[parent].child;

	n[node].parent = parent;
	n[node].prev = NONE;
	n[node].next = first;
	if (first != NONE)
		n[first].prev = node;
	n[parent].child = node;
}

static void unhang(struct netflow *net, int32_t node)
{
	struct netflow_node *n = net->nodes;
	int32_t before = n[node].prev, after = n[node].next;

	if (before == NONE)
		n[n[node].parent].child = after;
	else
		n[before].next = after;
	if (after != NONE)
		n[after].prev = before;
}

/* Depths and prices of a subtree whose top has a new parent; all prices move by the same amount. */
static void settle(struct netflow *net, int32_t top)
{
	struct netflow_node *n = net->nodes;
	int32_t arc = n[top].home, parent = n[top].parent, waiting = 1;
	int64_t price = net->from[arc] == top ? net->price[parent] + net->cost[arc] : net->price[parent] - net->cost[arc];
	int64_t shift = price - net->price[top];

	n[top].depth = n[parent].depth + 1;
	net->stack[0] = top;
	while (waiting > 0) {
		int32_t node = net->stack[--waiting], depth = n[node].depth + 1;

		net->price[node] += shift;
		for (int32_t child = n[node].child; child != NONE; child = n[child].next) {
			n[child].depth = depth;
			net->stack[waiting++] = child;
		}
		net->effort += EFFORT_NODE;
	}
}

/* Cut the subtree below the home of `out` and hang it by `top`, one of its nodes, to `under` through `arc`. */
static void rehang(struct netflow *net, int32_t out, int32_t top, int32_t under, int32_t arc)
{
	for (int32_t node = top;;) {
		int32_t up = net->nodes[node].parent, old = net->nodes[node].home;

		unhang(net, node);
		hang(net, node, under);
		net->nodes[node].home = arc;
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
	net->nodes[0].depth = 0;
}

int32_t netflow_node(struct netflow *net)
{
	int32_t node = net->n_nodes++;

	net->nodes[node] = (struct netflow_node){ NONE, NONE, NONE, NONE, NONE, -1 };
	net->price[node] = 0;
	return node;
}

int32_t netflow_arc(struct netflow *net, int32_t from, int32_t to, int32_t cap, int32_t cost)
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
	net->nodes[node].home = arc;
	net->side[arc] = 0;
	net->nodes[node].depth = net->nodes[parent].depth + 1;
	net->price[node] = net->price[parent] + (upward ? net->cost[arc] : -net->cost[arc]);
}

bool netflow_has_home(const struct netflow *net, int32_t node)
{
	return net->nodes[node].depth >= 0;
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
	const int64_t *price = net->price;
	int32_t best = NONE, arc = net->cursor, seen = 0;
	int64_t least = 0;

	while (seen < net->n_arcs && best == NONE) {
		int32_t end = net->n_arcs - arc < block ? net->n_arcs : arc + block;

		seen += end - arc;
		for (; arc < end; arc++) {
			int64_t reduced = net->side[arc] * (net->cost[arc] - price[net->from[arc]] + price[net->to[arc]]);

			if (reduced < least) {
				least = reduced;
				best = arc;
			}
		}
		if (arc == net->n_arcs)
			arc = 0;
	}
	net->cursor = arc;
	net->effort += seen * EFFORT_ARC;
	return best;
}

/* Room on the home of a node for flow towards the root, or away from it. */
static int32_t room(const struct netflow *net, int32_t node, bool upward)
{
	int32_t arc = net->nodes[node].home;

	return (net->from[arc] == node) == upward ? net->cap[arc] - net->flow[arc] : net->flow[arc];
}

static void push(struct netflow *net, int32_t node, int32_t join, int32_t amount, bool upward)
{
	for (; node != join; node = net->nodes[node].parent) {
		int32_t arc = net->nodes[node].home;

		net->flow[arc] += (net->from[arc] == node) == upward ? amount : -amount;
	}
}

static int32_t join_of(const struct netflow *net, int32_t a, int32_t b)
{
	while (a != b) {
		if (net->nodes[a].depth >= net->nodes[b].depth)
			a = net->nodes[a].parent;
		else
			b = net->nodes[b].parent;
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

	for (int32_t node = tail; node != join; node = net->nodes[node].parent) {
		int32_t free = room(net, node, false);

		if (free < amount) {
			amount = free;
			out = node;
			tail_side = true;
		}
	}
	for (int32_t node = head; node != join; node = net->nodes[node].parent) {
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
	leaving = net->nodes[out].home;
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
		net->effort += EFFORT_PIVOT;
	}
	return false;
}
