/* One issue of the demo to be. */
#include "demo_case.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/day.h"

#define OPENS (8 * 60 + 30)
#define CLOSES (17 * 60 + 30)
#define MINUTE_MS 60000

static const char *const channels[] = { "window", "phone", "wechat", "hotline", "patrol", "online", "mailbox" };
static const int channel_weights[] = { 430, 260, 110, 70, 80, 40, 10 };
static const char *const urgencies[] = { "normal", "urgent", "emergency" };
static const int urgency_weights[] = { 850, 135, 15 };
static const char *const common_places[] = { "东门岗亭旁", "北门口", "中心花园", "篮球场边", "垃圾房旁", "儿童乐园", "南门小路", "地下车库入口" };

static const struct demo_person *pick_person(struct demo *d)
{
	return &d->people[demo_below(&d->random, (uint32_t)d->n_people)];
}

void demo_case_make(struct demo *d, int64_t raised_at, struct demo_case *out)
{
	demo_case_about(d, &demo_subjects[demo_below(&d->random, (uint32_t)demo_subject_count)], raised_at, out);
}

void demo_case_about(struct demo *d, const struct demo_subject *s, int64_t raised_at, struct demo_case *out)
{
	struct demo_random *r = &d->random;
	const struct demo_person *person = pick_person(d);

	*out = (struct demo_case){
		.subject = s, .person = demo_chance(r, 80) && !s->home ? NULL : person, .raised_at = raised_at,
		.channel = channels[demo_weighted(r, channel_weights, COUNT(channels))],
		.urgency = urgencies[demo_weighted(r, urgency_weights, COUNT(urgencies))],
	};
	out->raised_by = out->channel[1] == 'a' && out->channel[0] == 'p' ? ROLE_GRID : ROLE_DESK;
	out->behalf = out->person && demo_chance(r, 90);
	out->speaker = out->behalf ? pick_person(d) : NULL;
	if (s->home || demo_chance(r, 300))
		out->building = &d->buildings[person->building];
	else
		out->place_note = DEMO_PICK(r, common_places);
	if (s->home)
		snprintf(out->title, sizeof out->title, "%s幢%s单元%s", out->building->number, person->unit, s->title);
	else
		snprintf(out->title, sizeof out->title, "%s%s", d->estates[d->buildings[person->building].estate].name, s->title);
}

static int64_t next_opening(const struct demo *d, int32_t day)
{
	return instant_of_day(calendar_add_workdays(d->of->calendar, day, 0), OPENS);
}

int64_t demo_work_later(const struct demo *d, int64_t at, int minutes)
{
	int32_t day = day_of_instant(at);
	int left;

	if (!calendar_is_workday(d->of->calendar, day) || minutes_of_instant(at) >= CLOSES)
		at = next_opening(d, day + 1);
	else if (minutes_of_instant(at) < OPENS)
		at = instant_of_day(day, OPENS);
	while (minutes > (left = CLOSES - minutes_of_instant(at))) {
		minutes -= left;
		at = next_opening(d, day_of_instant(at) + 1);
	}
	return at + (int64_t)minutes * MINUTE_MS;
}

static int compare_instants(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

size_t demo_day_instants(struct demo *d, int32_t day, int n, int64_t *out)
{
	for (int i = 0; i < n; i++)
		out[i] = instant_of_day(day, demo_between(&d->random, OPENS, CLOSES)) + (int64_t)demo_below(&d->random, MINUTE_MS);
	qsort(out, (size_t)n, sizeof *out, compare_instants);
	return (size_t)n;
}
