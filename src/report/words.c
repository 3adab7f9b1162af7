/* Words that several papers write alike. */
#include "words.h"

#include <inttypes.h>
#include <string.h>

#include "base/day.h"
#include "base/form.h"
#include "base/text.h"

const char *word_day(struct arena *a, int32_t day)
{
	int year, month, day_of_month;

	if (day == DAY_NONE)
		return "";
	day_to_civil(day, &year, &month, &day_of_month);
	return arena_format(a, "%d年%d月%d日", year, month, day_of_month);
}

const char *word_instant(struct arena *a, int64_t instant)
{
	int minutes = minutes_of_instant(instant);

	return instant ? arena_format(a, "%s %02d:%02d", word_day(a, day_of_instant(instant)), minutes / 60, minutes % 60) : "";
}

const char *word_span(struct arena *a, int begin_min, int end_min)
{
	AUTO_STRBUF text = { 0 };

	time_format(&text, begin_min);
	strbuf_add(&text, " 至 ");
	time_format(&text, end_min);
	return arena_copy(a, strbuf_str(&text));
}

const char *word_money(struct arena *a, const struct office *of, int64_t fen)
{
	const struct form *form = form_find(of->forms, "decision");
	const struct field *f = form ? form_field(form, "cost_fen") : NULL;
	struct value v = { .kind = VALUE_NUMBER, .number = fen };
	AUTO_STRBUF text = { 0 };

	if (fen < 0 || f == NULL)
		return "";
	if (fen == 0)
		return "不需要经费";
	field_show(f, &v, false, &text);
	return arena_copy(a, strbuf_str(&text));
}

const char *word_number(struct arena *a, int64_t n)
{
	return arena_format(a, "%" PRId64, n);
}

static bool ends_in(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);

	return n >= k && strcmp(s + n - k, end) == 0;
}

const char *word_committee(struct arena *a, const struct office *of)
{
	const char *name = of->community.name ? of->community.name : "";

	if (ends_in(name, "委员会") || ends_in(name, "居委会") || ends_in(name, "村委会"))
		return arena_copy(a, name);
	if (ends_in(name, "村"))
		return arena_format(a, "%s村民委员会", name);
	return arena_format(a, "%s%s居民委员会", name, ends_in(name, "社区") ? "" : "社区");
}
