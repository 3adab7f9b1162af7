/* Minimum-cost flow to one root by the primal network simplex; feasible after every pivot, so that it can be stopped at any time.
 *
 * Nodes are numbered from 0, the root.  Every other node has a home: an arc that ties it to the tree.  The first tree must be strongly feasible, that
 * is, some flow can be sent from every node to the root: a home that leads from its node has room, one that leads to it has flow.  That excludes
 * cycling (Cunningham, 1976).  The price of a node is what one more unit costs from there to the root.
 *
 * Source of the method and of the block search for entering arcs: Kiraly and Kovacs, Efficient implementations of minimum-cost flow algorithms
 * (2012), as in the LEMON library.
 */
#ifndef YL_PLAN_NETFLOW_H
#define YL_PLAN_NETFLOW_H

#include <stdbool.h>
#include <stdint.h>

/* What hangs where in the tree. */
struct netflow_node {
	int32_t home, parent, child, next, prev, depth;
};

/* The search for arcs reads the ends, costs and sides of all in turn, so these lie apart from what a pivot needs. */
struct netflow {
	int32_t n_nodes, n_arcs, node_room, arc_room;
	/* arcs */
	int32_t *from, *to, *cost, *cap, *flow;
	int8_t *side;                     /* 1: empty, -1: full, 0: in the tree */
	/* nodes */
	int64_t *price;
	struct netflow_node *nodes;
	int32_t *stack;                   /* nodes whose prices are still to be moved */
	int32_t cursor;                   /* arc at which the search for the next one goes on */
	int64_t effort;                   /* work done since the room was made, in about nanoseconds, but counted, not measured */
};

/* Room for a network; what was in it is lost. All allocation happens here. */
void netflow_reserve(struct netflow *net, int32_t nodes, int32_t arcs);
void netflow_release(struct netflow *net);

void netflow_begin(struct netflow *net);
int32_t netflow_node(struct netflow *net);
int32_t netflow_arc(struct netflow *net, int32_t from, int32_t to, int32_t cap, int32_t cost);

/* Set the flow that an arc starts with. */
void netflow_start(struct netflow *net, int32_t arc, int32_t flow);

/* Tie a node to the tree by an arc whose other end is tied already. */
void netflow_home(struct netflow *net, int32_t node, int32_t arc);
bool netflow_has_home(const struct netflow *net, int32_t node);

/* Pivot at most so often; returns whether the flow is optimal. */
bool netflow_improve(struct netflow *net, int32_t pivots);

#endif
