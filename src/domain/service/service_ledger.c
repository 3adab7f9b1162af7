/* 服务时长台账: read as the list reads it, so that a file holds what the screen shows, and added up from those same rows. */
#include "domain/service_ledger.h"

#include <stdlib.h>
#include <string.h>

#include "attendance_rules.h"
#include "base/day.h"
#include "base/text.h"
#include "store/stmt.h"

#define CHUNK 500
#define SLICE_MS 20

/* Rows ----------------------------------------------------------------------------------------------------------------------------- */

static enum rc ask(const struct service_watch *watch, int64_t done, int64_t all, struct err *e)
{
	if (watch == NULL || watch->stop == NULL || !watch->stop(watch->context, done, all))
		return RC_OK;
	return err_set(e, RC_STOPPED, NULL, "已停止，没有导出");
}

static int number_or(const char *text, int none)
{
	return *text ? (int)strtol(text, NULL, 10) : none;
}

/* The columns of attendance_list_spec(). */
static struct service_entry entry_of(const struct list *l, size_t i, struct arena *a)
{
	return (struct service_entry){
		.day = *list_text(l, i, 0) ? (int32_t)strtol(list_text(l, i, 0), NULL, 10) : DAY_NONE, .name = arena_copy(a, list_text(l, i, 1)),
		.service = arena_copy(a, list_text(l, i, 2)), .content = arena_copy(a, list_text(l, i, 3)), .minutes = number_or(list_text(l, i, 4), -1),
		.approved = number_or(list_text(l, i, 5), -1), .result = arena_copy(a, list_text(l, i, 6)), .approver = arena_copy(a, list_text(l, i, 7)),
		.number = arena_copy(a, list_text(l, i, 8)), .volunteer_id = strtoll(list_text(l, i, 9), NULL, 10),
	};
}

static enum rc read_entries(struct list *l, const struct service_watch *watch, struct arena *a, struct service_ledger *out, struct err *e)
{
	struct service_entry *entries;
	bool more = true;
	enum rc rc;

	while (more)
		if ((rc = list_fill(l, SLICE_MS, &more, e)) != RC_OK || (rc = ask(watch, 0, 0, e)) != RC_OK)
			return rc;
	out->n = list_count(l);
	entries = arena_alloc(a, (out->n + 1) * sizeof *entries);
	for (size_t i = 0; i < out->n; i++) {
		if (i % CHUNK == 0 && ((rc = ask(watch, (int64_t)i, (int64_t)out->n, e)) != RC_OK || (rc = list_prepare(l, i, out->n - i < CHUNK ? out->n - i : CHUNK, e)) != RC_OK))
			return rc;
		entries[i] = entry_of(l, i, a);
	}
	out->entries = entries;
	return RC_OK;
}

/* Sums ----------------------------------------------------------------------------------------------------------------------------- */

static int32_t month_of(int32_t day)
{
	int year, month, day_of_month;

	if (day == DAY_NONE)
		return DAY_NONE;
	day_to_civil(day, &year, &month, &day_of_month);
	return day - day_of_month + 1;
}

static int by_volunteer(const void *a, const void *b)
{
	const struct service_entry *x = *(const struct service_entry *const *)a, *y = *(const struct service_entry *const *)b;

	return (x->volunteer_id > y->volunteer_id) - (x->volunteer_id < y->volunteer_id);
}

static int by_service(const void *a, const void *b)
{
	return strcmp((*(const struct service_entry *const *)a)->service, (*(const struct service_entry *const *)b)->service);
}

static int by_month(const void *a, const void *b)
{
	int32_t x = month_of((*(const struct service_entry *const *)a)->day), y = month_of((*(const struct service_entry *const *)b)->day);

	return (x > y) - (x < y);
}

static void add(struct service_sum *sum, const struct service_entry *entry)
{
	enum attendance_result result = attendance_result_from_key(entry->result);

	if (entry->approved >= 0) {
		sum->approved += entry->approved;
		sum->times++;
	} else if (attendance_served(result) && entry->minutes > 0) {
		sum->waiting += entry->minutes;
	}
	sum->no_shows += result == ATTENDANCE_ABSENT;
}

/* One sum for all entries that `order` finds alike; the caller says whose each is by the entry that *first points to. */
static size_t add_up(const struct service_entry **sorted, size_t n, int (*order)(const void *, const void *), struct arena *a,
                     struct service_sum **out, const struct service_entry ***first)
{
	struct service_sum *sums = arena_alloc(a, (n + 1) * sizeof *sums);
	const struct service_entry **heads = arena_alloc(a, (n + 1) * sizeof *heads);
	size_t count = 0;

	if (n > 0)
		qsort(sorted, n, sizeof *sorted, order);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || order(&sorted[i - 1], &sorted[i]) != 0) {
			heads[count] = sorted[i];
			sums[count++] = (struct service_sum){ .name = "", .number = "", .service = "", .month = DAY_NONE };
		}
		add(&sums[count - 1], sorted[i]);
	}
	*out = sums;
	*first = heads;
	return count;
}

static enum rc count_stars(struct office *of, const struct star_hours *stars, struct service_sum *sum, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT coalesce(sum(approved_minutes), 0) FROM attendance WHERE volunteer_id = :id AND approved_at IS NOT NULL"
	                               " AND deleted_at IS NULL");
	int64_t ever;
	enum rc rc;

	bind_int(&q, ":id", sum->volunteer_id);
	if ((rc = stmt_int(&q, &ever, e)) == RC_OK)
		sum->stars = stars_reached(stars, ever);
	return rc;
}

static int by_name(const void *a, const void *b)
{
	const struct service_sum *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : strcmp(x->number, y->number);
}

static enum rc sum_volunteers(struct office *of, const struct service_entry **sorted, struct arena *a, struct service_ledger *l, struct err *e)
{
	const struct service_entry **first;
	struct service_sum *sums;
	struct star_hours stars;
	enum rc rc = star_hours_read(of->settings->star_hours, &stars, e);

	l->n_volunteers = add_up(sorted, l->n, by_volunteer, a, &sums, &first);
	for (size_t i = 0; i < l->n_volunteers && rc == RC_OK; i++) {
		sums[i].volunteer_id = first[i]->volunteer_id;
		sums[i].name = first[i]->name;
		sums[i].number = first[i]->number;
		rc = count_stars(of, &stars, &sums[i], e);
	}
	if (l->n_volunteers > 0)
		qsort(sums, l->n_volunteers, sizeof *sums, by_name);
	l->volunteers = sums;
	return rc;
}

static void sum_services_and_months(const struct service_entry **sorted, struct arena *a, struct service_ledger *l)
{
	const struct service_entry **first;
	struct service_sum *sums;

	l->n_services = add_up(sorted, l->n, by_service, a, &sums, &first);
	for (size_t i = 0; i < l->n_services; i++)
		sums[i].service = first[i]->service;
	l->services = sums;
	l->n_months = add_up(sorted, l->n, by_month, a, &sums, &first);
	for (size_t i = 0; i < l->n_months; i++)
		sums[i].month = month_of(first[i]->day);
	l->months = sums;
}

static enum rc load(struct office *of, struct list *l, const struct service_watch *watch, struct arena *a, struct service_ledger *out, struct err *e)
{
	const struct service_entry **sorted;
	enum rc rc;

	if ((rc = read_entries(l, watch, a, out, e)) != RC_OK)
		return rc;
	sorted = arena_alloc(a, (out->n + 1) * sizeof *sorted);
	for (size_t i = 0; i < out->n; i++)
		sorted[i] = &out->entries[i];
	if ((rc = sum_volunteers(of, sorted, a, out, e)) != RC_OK)
		return rc;
	sum_services_and_months(sorted, a, out);
	return RC_OK;
}

enum rc service_ledger_load(struct office *of, const struct list_filter *filters, size_t n, bool newest_first, const struct service_watch *watch,
                            struct arena *a, struct service_ledger *out, struct err *e)
{
	struct service_ledger loaded = { 0 };
	struct list *l = NULL;
	enum rc rc;

	if ((rc = office_require(of, MAY_VOLUNTEER_VIEW, e)) != RC_OK || (rc = office_require(of, MAY_EXPORT_LIST, e)) != RC_OK ||
	    (rc = list_open(&l, of->st, attendance_list_spec(), e)) != RC_OK)
		return rc;
	if ((rc = list_query(l, filters, n, (struct list_order){ "day", newest_first }, 0, e)) == RC_OK)
		rc = load(of, l, watch, a, &loaded, e);
	list_close(l);
	if (rc == RC_OK)
		*out = loaded;
	return rc;
}
