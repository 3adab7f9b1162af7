/* The board of a week: its shifts with who stands on them, in three statements whatever the size, and what speaks against it. */
#include "domain/roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/day.h"
#include "roster_inside.h"
#include "shift_rules.h"
#include "store/stmt.h"

#define WEEK 7

/* Rows ---------------------------------------------------------------------------------------------------------------------------- */

static void read_shift(const struct stmt *q, struct arena *a, void *row)
{
	struct shift shift;

	shift_fill(q, a, &shift);
	*(struct roster_shift *)row = (struct roster_shift){ .shift = shift };
}

static enum rc read_shifts(struct office *of, int32_t monday, struct arena *a, struct roster_shift **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, SHIFT_SQL " WHERE s.day BETWEEN :monday AND :monday + 6 AND s.deleted_at IS NULL ORDER BY s.id /*scan*/");

	bind_day(&q, ":monday", monday);
	return stmt_rows(&q, a, sizeof **out, read_shift, out, n, e);
}

struct need_row {
	int64_t shift_id;
	struct shift_need need;
};

static void read_need(const struct stmt *q, struct arena *a, void *out)
{
	struct need_row *row = out;

	row->shift_id = column_int(q, 8);
	shift_need_fill(q, a, &row->need);
}

static enum rc read_needs(struct office *of, int32_t monday, struct arena *a, const struct need_row **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT n.id, n.rev, n.position, n.headcount, n.priority, n.role, n.skill, n.qualification, n.shift_id"
		" FROM shift AS s JOIN shift_need AS n ON n.shift_id = s.id"
		" WHERE s.day BETWEEN :monday AND :monday + 6 AND s.deleted_at IS NULL AND n.deleted_at IS NULL ORDER BY n.shift_id, n.position, n.id /*scan*/");

	bind_day(&q, ":monday", monday);
	return stmt_rows(&q, a, sizeof **out, read_need, out, n, e);
}

struct seat_row {
	int64_t shift_id, need_id;
	struct roster_seat seat;
};

static void read_seat(const struct stmt *q, struct arena *a, void *out)
{
	*(struct seat_row *)out = (struct seat_row){
		.shift_id = column_int(q, 0), .need_id = column_int(q, 1),
		.seat = { .id = column_int(q, 2), .rev = column_int(q, 3), .volunteer_id = column_int(q, 4), .name = arena_copy(a, column_text(q, 5)),
		          .confirmed = column_int(q, 6) != 0, .pinned = column_int(q, 7) != 0, .override_why = arena_copy(a, column_text(q, 8)),
		          .attended = column_int(q, 9) != 0 },
	};
}

static enum rc read_seats(struct office *of, int32_t monday, struct arena *a, const struct seat_row **out, size_t *n, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT a.shift_id, a.need_id, a.id, a.rev, a.volunteer_id, v.name, a.state = 'confirmed', a.pinned, a.override_why,"
		" EXISTS (SELECT 1 FROM attendance WHERE attendance.assignment_id = a.id AND attendance.result IN ('present', 'late')"
		"  AND attendance.deleted_at IS NULL)"
		" FROM shift AS s JOIN assignment AS a ON a.shift_id = s.id LEFT JOIN volunteer AS v ON v.id = a.volunteer_id"
		" WHERE s.day BETWEEN :monday AND :monday + 6 AND s.deleted_at IS NULL AND a.state <> 'cancelled' AND a.deleted_at IS NULL"
		" ORDER BY a.shift_id, a.id /*scan*/");

	bind_day(&q, ":monday", monday);
	return stmt_rows(&q, a, sizeof **out, read_seat, out, n, e);
}

/* Together ------------------------------------------------------------------------------------------------------------------------ */

/* Rows of one shift lie together, in the order of shifts by id: `at` moves on over them. */
static size_t needs_of(const struct need_row *rows, size_t n, size_t *at, int64_t shift_id)
{
	size_t count = 0;

	while (*at < n && rows[*at].shift_id < shift_id)
		++*at;
	while (*at + count < n && rows[*at + count].shift_id == shift_id)
		count++;
	return count;
}

static size_t seats_of(const struct seat_row *rows, size_t n, size_t *at, int64_t shift_id)
{
	size_t count = 0;

	while (*at < n && rows[*at].shift_id < shift_id)
		++*at;
	while (*at + count < n && rows[*at + count].shift_id == shift_id)
		count++;
	return count;
}

static const struct shift_need no_need = { .role = "", .skill = "", .qualification = "" };

/* Who stands on a need that was deleted meanwhile is shown on a place of no heads: nobody is lost sight of. */
static size_t fill_places(struct roster_shift *row, const struct need_row *needs, size_t n_needs, const struct seat_row *seats, size_t n_seats,
                          struct arena *a)
{
	struct roster_place *places = arena_alloc(a, (n_needs + 1) * sizeof *places);
	size_t placed = 0;

	for (size_t i = 0; i <= n_needs; i++) {
		struct roster_seat *list = arena_alloc(a, (n_seats + 1) * sizeof *list);
		size_t n = 0;

		for (size_t k = 0; k < n_seats; k++) {
			bool known = false;

			for (size_t j = 0; j < n_needs && !known; j++)
				known = needs[j].need.id == seats[k].need_id;
			if (i < n_needs ? needs[i].need.id == seats[k].need_id : !known)
				list[n++] = seats[k].seat;
		}
		places[i] = (struct roster_place){ .need = i < n_needs ? needs[i].need : no_need, .seats = list, .n_seats = n };
		placed += n;
		row->wanted += i < n_needs ? needs[i].need.headcount : 0;
	}
	row->places = places;
	row->n_places = n_needs + (places[n_needs].n_seats > 0);
	return placed;
}

/* By service as the code list has them, begin, template, day. Stable through ids. */
struct ordered {
	size_t service;
	const struct roster_shift *row;
};

static int compare_numbers(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int compare_shifts(const void *left, const void *right)
{
	const struct ordered *a = left, *b = right;
	const struct shift *s = &a->row->shift, *t = &b->row->shift;
	int by;

	if ((by = compare_numbers((int64_t)a->service, (int64_t)b->service)) != 0 || (by = compare_numbers(s->begin_min, t->begin_min)) != 0 ||
	    (by = compare_numbers(s->template_id, t->template_id)) != 0 || (s->template_id == 0 && (by = strcmp(s->title, t->title)) != 0) ||
	    (by = compare_numbers(s->day, t->day)) != 0)
		return by;
	return compare_numbers(s->id, t->id);
}

static bool is_shown(const struct roster_filter *f, const struct shift *s)
{
	if (f == NULL)
		return true;
	return (f->grid_id == 0 || s->grid_id == 0 || s->grid_id == f->grid_id) &&
	       (f->service == NULL || f->service[0] == '\0' || strcmp(f->service, s->service) == 0);
}

static void put_in_order(const struct office *of, struct roster_shift *rows, size_t n, const struct roster_filter *f, struct arena *a,
                         struct roster_week *out)
{
	const struct code_list *services = form_codes(of->forms, "service");
	struct ordered *order = arena_alloc(a, (n + 1) * sizeof *order);
	struct roster_shift *shown = arena_alloc(a, (n + 1) * sizeof *shown);

	for (size_t i = 0; i < n; i++) {
		const struct code *c = code_find(services, rows[i].shift.service);

		if (is_shown(f, &rows[i].shift))
			order[out->n++] = (struct ordered){ c ? (size_t)(c - services->codes) : services->n, &rows[i] };
	}
	qsort(order, out->n, sizeof *order, compare_shifts);
	for (size_t i = 0; i < out->n; i++)
		shown[i] = *order[i].row;
	out->shifts = shown;
	out->hidden = n - out->n;
}

enum rc roster_load(struct office *of, int32_t monday, const struct roster_filter *f, struct arena *a, struct roster_week *out, struct err *e)
{
	struct roster_week week = { .monday = monday };
	struct roster_shift *rows;
	const struct need_row *needs;
	const struct seat_row *seats;
	size_t n, n_needs, n_seats, need_at = 0, seat_at = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_VOLUNTEER_VIEW, e)) != RC_OK || (rc = shift_check_monday("monday", monday, e)) != RC_OK ||
	    (rc = read_shifts(of, monday, a, &rows, &n, e)) != RC_OK || (rc = read_needs(of, monday, a, &needs, &n_needs, e)) != RC_OK ||
	    (rc = read_seats(of, monday, a, &seats, &n_seats, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++) {
		size_t own_needs = needs_of(needs, n_needs, &need_at, rows[i].shift.id), own_seats = seats_of(seats, n_seats, &seat_at, rows[i].shift.id);

		rows[i].filled = (int)fill_places(&rows[i], needs + need_at, own_needs, seats + seat_at, own_seats, a);
	}
	put_in_order(of, rows, n, f, a, &week);
	for (int i = 0; i < WEEK; i++) {
		const char *name = calendar_holiday_name(of->calendar, monday + i);

		week.holidays[i] = !calendar_is_holiday(of->calendar, monday + i) ? "" : *name ? name : "放假";
	}
	*out = week;
	return RC_OK;
}

/* Conflicts ----------------------------------------------------------------------------------------------------------------------- */

void roster_say_conflicts(const struct office *of, const struct roster_people *people, struct roster_week *week)
{
	for (size_t i = 0; i < week->n; i++)
		for (size_t k = 0; k < week->shifts[i].n_places; k++) {
			const struct roster_place *place = &week->shifts[i].places[k];
			struct roster_spot spot = roster_spot_of(&week->shifts[i].shift, &place->need);

			for (size_t j = 0; j < place->n_seats; j++) {
				const struct roster_person *p = roster_person_find(people, place->seats[j].volunteer_id);

				place->seats[j].conflicts = p ? roster_conflicts(of, people, p, &spot, NULL) : ROSTER_STATUS;
			}
		}
}

static const struct roster_seat *seat_of(const struct roster_shift *s, int64_t assignment_id)
{
	for (size_t i = 0; i < s->n_places; i++)
		for (size_t k = 0; k < s->places[i].n_seats; k++)
			if (s->places[i].seats[k].id == assignment_id)
				return &s->places[i].seats[k];
	return NULL;
}

static void keep_of_shift(const struct roster_shift *before, struct roster_shift *now)
{
	for (size_t i = 0; i < now->n_places; i++)
		for (size_t k = 0; k < now->places[i].n_seats; k++) {
			const struct roster_seat *old = seat_of(before, now->places[i].seats[k].id);

			now->places[i].seats[k].conflicts = old ? old->conflicts : 0;
		}
}

void roster_keep_conflicts(const struct roster_week *before, struct roster_week *now)
{
	for (size_t i = 0; i < now->n; i++)
		for (size_t k = 0; k < before->n; k++)
			if (before->shifts[k].shift.id == now->shifts[i].shift.id)
				keep_of_shift(&before->shifts[k], &now->shifts[i]);
}
