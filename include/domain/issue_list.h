/* The list of issues: its rows, its orders, and filters that say in words what they show.
 *
 *	struct issue_filter f = { .phase = PHASE_TRIAGE, .status = ISSUE_OPEN, .mine = true };
 *	n = issue_filters(of, &f, &arena, filters);
 *	list_query(list, filters, n, issue_orders[0].order, 0, e);
 */
#ifndef YL_DOMAIN_ISSUE_LIST_H
#define YL_DOMAIN_ISSUE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "domain/issue.h"
#include "domain/office.h"
#include "store/list.h"

/* Columns of issue_list_spec; the last two are made from others and known to issue_cell() only. */
enum issue_column {
	ISSUE_NUMBER, ISSUE_TITLE, ISSUE_GRID, ISSUE_CATEGORY, ISSUE_URGENCY, ISSUE_PHASE, ISSUE_STATUS, ISSUE_DUE, ISSUE_HANDLER,
	ISSUE_RAISED, ISSUE_PLACE, ISSUE_SUPPORTERS, ISSUE_REOPENED, ISSUE_CLOSING, ISSUE_SATISFACTION,
	ISSUE_LIST_COLUMNS,
	ISSUE_STATE = ISSUE_LIST_COLUMNS,     /* 待理事, 办事 挂起, 已解决 */
	ISSUE_LATE,                           /* 逾期3天, 今天, "" */
	ISSUE_COLUMN_COUNT
};

extern const struct list_spec issue_list_spec;

struct issue_column_info {
	const char *key;              /* for preferences and exports */
	const char *label;            /* 编号 */
	int width_cols;               /* 0: the rest of the line */
};
extern const struct issue_column_info issue_columns[ISSUE_COLUMN_COUNT];

/* A prepared row's cell as people read it: labels, 11-24 or 今天, short numbers (1124-007) of this year. Appends; nothing where there is nothing. */
void issue_cell(const struct office *of, const struct list *l, size_t i, enum issue_column column, struct strbuf *out);
/* Days late of a prepared row, 0 if none: for its colour. */
int issue_row_late(const struct office *of, const struct list *l, size_t i);

/* What the list can be ordered by; all indexed. The first is the one to begin with. */
struct issue_order {
	const char *key, *label;
	struct list_order order;
};
extern const struct issue_order issue_orders[];
extern const size_t issue_order_count;

enum issue_status_filter { ISSUE_OPEN_ALL, ISSUE_OPEN, ISSUE_HELD, ISSUE_PARKED, ISSUE_CLOSED, ISSUE_ALL };

/* What to show. Zero-initialised with .phase = ISSUE_ANY_PHASE: everything that is not closed. Use ISSUE_FILTER_ALL to begin. */
#define ISSUE_ANY_PHASE PHASE_COUNT
#define ISSUE_FILTER_ALL ((struct issue_filter){ .phase = ISSUE_ANY_PHASE })
struct issue_filter {
	enum phase phase;
	enum issue_status_filter status;      /* zero: open, held and parked */
	int64_t grid_id;
	char category[48];            /* one of two levels; "" all */
	bool mine;                    /* grid workers: of their grids, or theirs to handle; others: theirs to handle, or raised by them and still open */
	bool overdue;                 /* past the deadline, clock running, not yet 办结 */
	bool today;                   /* due today */
	bool soon;                    /* due within [issue] soon_days working days, not late */
	bool review;                  /* parked or held, and to be looked at again by today */
	bool extension;               /* an extension waits for a decision */
	bool unreached;               /* 评事: tried, not reached */
	int64_t handler_id;
	int64_t building_id;
	int64_t reporter_id;
	char text[128];               /* what was typed after `/` */
};

#define ISSUE_FILTERS_MAX 24
/* Conditions of a filter for list_query(): their number. Texts live in the arena: don't value_clear().
 * Text: Han as exact text of number, title, content, place, or (two characters and more) the beginning of a reporter's name; 007, 1124-007 a number's tail;
 * 3321 (4 digits and more) the end of a telephone number; 3-2-501 an address; wxy (two letters and more) initials of the reporter's name.
 * Words apart by blanks must all match. */
size_t issue_filters(const struct office *of, const struct issue_filter *f, struct arena *a, struct list_filter out[ISSUE_FILTERS_MAX]);

/* What is filtered, in words: "待理事 · 03网格 · 物业管理 · 已逾期 · 「漏水」"; "未结事项" where nothing is. */
enum rc issue_filter_label(struct office *of, const struct issue_filter *f, struct strbuf *out, struct err *e) MUST_USE;

/* A filter as one line for preferences, and back; what is unknown in it is passed over. Search text is not kept. */
void issue_filter_write(const struct issue_filter *f, struct strbuf *out);
void issue_filter_read(struct issue_filter *f, const char *line);

/* How many match: for headings and the workbench. */
enum rc issue_count(struct office *of, const struct issue_filter *f, size_t *n, struct err *e) MUST_USE;

#endif
