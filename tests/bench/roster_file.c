/* Reads a .roster: numbers one after the other; the pairs are those whose grids are near enough and whose skill fits. */
#include "roster_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { DAY = 1440, HALF_HOUR = 30, MOST = 100000 };

struct reader {
	FILE *file;
	bool bad;
	int32_t grid_width;
	bool dense;
	size_t windows, pairs;            /* room */
};

static int32_t number(struct reader *r)
{
	long value = 0;

	if (r->bad || fscanf(r->file, "%9ld", &value) != 1)
		r->bad = true;
	return (int32_t)value;
}

static int32_t number_between(struct reader *r, int32_t least, int32_t most)
{
	int32_t value = number(r);

	if (value < least || value > most)
		r->bad = true;
	return r->bad ? least : value;
}

static void word(struct reader *r, const char *expected)
{
	char text[32] = "";

	if (r->bad || fscanf(r->file, "%31s", text) != 1 || strcmp(text, expected) != 0)
		r->bad = true;
}

static void read_head(struct reader *r, struct roster_file *out)
{
	char kind[32] = "", reach[32] = "";

	word(r, "ROSTER");
	number_between(r, 1, 1);
	word(r, "NAME");
	if (fscanf(r->file, "%*s") == EOF)
		r->bad = true;
	word(r, "KIND");
	if (fscanf(r->file, "%31s %31s", kind, reach) != 2)
		r->bad = true;
	out->fixed = strcmp(kind, "flow") == 0;
	r->dense = strcmp(reach, "dense") == 0;
	word(r, "GRIDW");
	r->grid_width = number_between(r, 1, 1000);
	word(r, "SKILLS");
	number_between(r, 1, 64);
}

static void read_shifts(struct reader *r, struct roster_file *out)
{
	word(r, "SHIFTS");
	out->problem.n_shifts = number_between(r, 0, MOST);
	out->shifts = mem_alloc((size_t)out->problem.n_shifts * sizeof *out->shifts);
	for (int32_t i = 0; i < out->problem.n_shifts && !r->bad; i++) {
		struct assign_shift *s = &out->shifts[i];
		int32_t day;

		number_between(r, i, i);
		day = number_between(r, 0, 366);
		s->start = day * DAY + number(r);
		s->end = day * DAY + number(r);
		s->need = number(r);
		s->skill = number_between(r, 0, 63);
		s->grid = number(r);
		s->priority = number(r);
		s->event = -1;
	}
}

static void read_windows(struct reader *r, struct roster_file *out, int32_t person)
{
	int32_t n = number_between(r, 0, 1000);

	for (int32_t k = 0; k < n && !r->bad; k++) {
		struct assign_window *w;
		int32_t at = out->window_first[person] + k, day = number_between(r, 0, 366);

		out->windows = mem_grow(out->windows, &r->windows, (size_t)at + 1, sizeof *out->windows);
		w = &out->windows[at];
		w->start = day * DAY + number(r);
		w->end = day * DAY + number(r);
		w->degree = ASSIGN_CAN;
	}
	out->window_first[person + 1] = out->window_first[person] + n;
}

static void read_people(struct reader *r, struct roster_file *out)
{
	int32_t n;

	word(r, "VOLUNTEERS");
	n = out->problem.n_people = number_between(r, 0, MOST);
	out->people = mem_alloc((size_t)n * sizeof *out->people);
	out->window_first = mem_alloc(((size_t)n + 1) * sizeof(int32_t));
	out->pair_first = mem_alloc(((size_t)n + 1) * sizeof(int32_t));
	for (int32_t i = 0; i < n && !r->bad; i++) {
		struct assign_person *v = &out->people[i];

		number_between(r, i, i);
		v->max_minutes = number(r) * HALF_HOUR;
		v->max_shifts = number(r);
		v->carried_minutes = number(r) * HALF_HOUR;
		v->grid = number(r);
		for (int32_t k = number_between(r, 0, 64); k > 0; k--)
			v->skills |= UINT64_C(1) << number_between(r, 0, 63);
		read_windows(r, out, i);
	}
}

static int32_t distance(const struct reader *r, int32_t a, int32_t b)
{
	int32_t x = abs(a % r->grid_width - b % r->grid_width), y = abs(a / r->grid_width - b / r->grid_width);

	return x > y ? x : y;
}

static void make_pairs(struct reader *r, struct roster_file *out)
{
	int32_t n = 0;

	for (int32_t v = 0; v < out->problem.n_people; v++) {
		for (int32_t s = 0; s < out->problem.n_shifts; s++) {
			int32_t far = distance(r, out->people[v].grid, out->shifts[s].grid);

			if (!(out->people[v].skills >> out->shifts[s].skill & 1) || (far > 1 && !r->dense))
				continue;
			out->pairs = mem_grow(out->pairs, &r->pairs, (size_t)n + 1, sizeof *out->pairs);
			out->pairs[n++] = (struct assign_pair){ s, 40 * far + 99 };
		}
		out->pair_first[v + 1] = n;
	}
}

static void read_wishes(struct reader *r, struct roster_file *out)
{
	int32_t n;

	word(r, "PREFS");
	n = number_between(r, 0, 10 * MOST);
	while (n-- > 0 && !r->bad) {
		int32_t person = number_between(r, 0, out->problem.n_people - 1), shift = number(r), bonus = number(r);

		for (int32_t k = out->pair_first[person]; k < out->pair_first[person + 1]; k++)
			if (out->pairs[k].shift == shift)
				out->pairs[k].cost -= bonus;
	}
}

enum rc roster_file_read(struct roster_file *out, const char *path, struct err *e)
{
	struct roster_file f = { 0 };
	struct reader r = { .file = fopen(path, "r") };

	if (!r.file)
		return err_set(e, RC_IO, NULL, "打不开 %s：%s", path, err_reason(errno));
	read_head(&r, &f);
	read_shifts(&r, &f);
	read_people(&r, &f);
	if (!r.bad) {
		make_pairs(&r, &f);
		read_wishes(&r, &f);
	}
	fclose(r.file);
	if (r.bad) {
		roster_file_release(&f);
		return err_set(e, RC_INVALID, NULL, "%s 不是排班文件", path);
	}
	f.problem.shifts = f.shifts;
	f.problem.people = f.people;
	f.problem.window_first = f.window_first;
	f.problem.windows = f.windows;
	f.problem.pair_first = f.pair_first;
	f.problem.pairs = f.pairs;
	f.problem.weights = (struct assign_weights){ .unfilled = 100000, .fair_step = 200, .fair_carried = 10, .carried_unit = 8 * HALF_HOUR };
	*out = f;
	return RC_OK;
}

void roster_file_release(struct roster_file *r)
{
	free(r->shifts);
	free(r->people);
	free(r->window_first);
	free(r->pair_first);
	free(r->windows);
	free(r->pairs);
}
