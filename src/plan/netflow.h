/* Minimum-cost flow to one root by the primal network simplex; feasible after every pivot, so that it can be stopped at any time.
 *
 * Nodes are numbered from 0, the root.  Every other node has a home: an arc that leads from it towards the root and has room left when all supplies
 * run home; these arcs are the first tree, and it is strongly feasible (some flow can be sent from every node to the root), which excludes cycling.
 * The price of a node is what one more unit costs from there to the root.
 */
#ifndef YL_PLAN_NETFLOW_H
#define YL_PLAN_NETFLOW_H

#include <stdbool.h>
#include <stdint.h>

struct netflow {
	int32_t n_nodes, n_arcs, node_room, arc_room;
	/* arcs */
	int32_t *from, *to, *cap, *flow;
	int64_t *cost;
	int8_t *side;                     /* 1: empty, -1: full, 0: in the tree */
	/* nodes */
	int64_t *price;
	int32_t *home, *parent, *child, *next, *prev, *depth;
	int32_t cursor;                   /* arc at which the search for the next one goes on */
};

/* Room for a network; what was in it is lost. All allocation happens here. */
void netflow_reserve(struct netflow *net, int32_t nodes, int32_t arcs);
void netflow_release(struct netflow *net);

void netflow_begin(struct netflow *net);
int32_t netflow_node(struct netflow *net);
int32_t netflow_arc(struct netflow *net, int32_t from, int32_t to, int32_t cap, int64_t cost);

/* Let `arc`, which begins in `node`, be its home with so much flow on it; cap must be larger. Homes nearer to the root first. */
void netflow_home(struct netflow *net, int32_t node, int32_t arc, int32_t flow);

/* Pivot at most so often; returns whether the flow is optimal. */
bool netflow_improve(struct netflow *net, int32_t pivots);

#endif
