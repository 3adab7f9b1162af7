/* config/subsidies.ini turned into rules; two that would hold at once are refused. */
#include "domain/subsidy.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/ini.h"
#include "base/text.h"
#include "subsidy_rules.h"

#define TEXT_MAX_COLS 40

/* What a reader knows of its file besides the line. */
struct reading {
	struct subsidies *set;
	const struct code_list *classes;
	struct subsidy_rule rule;
	int age_line;                    /* where age_to stands */
	int to_line;
};

/* Values --------------------------------------------------------------------------------------------------------------------------- */

/* Digits and nothing else, up to `most`. */
static bool parse_number(const char *text, size_t n, int most, int *out)
{
	int value = 0;

	if (n == 0)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9' || value > most)
			return false;
		value = value * 10 + text[i] - '0';
	}
	if (value > most)
		return false;
	*out = value;
	return true;
}

static enum rc read_number(const struct ini_entry *entry, int least, int most, const char *unit, int *out, struct err *e)
{
	int value;

	if (!parse_number(entry->value, strlen(entry->value), most, &value) || value < least)
		return ini_refuse(entry->path, entry->line, e, "%s = %.60s 不对，应为 %d 到 %d 的整数，单位是%s", entry->key, entry->value, least, most, unit);
	*out = value;
	return RC_OK;
}

static enum rc read_words(struct reading *r, const struct ini_entry *entry, const char **out, struct err *e)
{
	if (text_is_blank(entry->value) || text_width(entry->value) > TEXT_MAX_COLS)
		return ini_refuse(entry->path, entry->line, e, "%s 要写明，不超过 %d 个汉字", entry->key, TEXT_MAX_COLS / 2);
	*out = arena_copy(&r->set->arena, entry->value);
	return RC_OK;
}

/* 2026-01-01: as it is written in a file that is read on any day. */
static enum rc read_day(const struct ini_entry *entry, int32_t *out, struct err *e)
{
	const char *s = entry->value;
	int year, month, day;
	int32_t found = DAY_NONE;

	if (strlen(s) == 10 && s[4] == '-' && s[7] == '-' && parse_number(s, 4, 2199, &year) && year >= 1900 && parse_number(s + 5, 2, 12, &month) &&
	    parse_number(s + 8, 2, 31, &day))
		found = day_from_civil(year, month, day);
	if (found == DAY_NONE)
		return ini_refuse(entry->path, entry->line, e, "%s = %.60s 不是日期，应写成 2026-01-01", entry->key, s);
	*out = found;
	return RC_OK;
}

static enum rc read_share(const struct ini_entry *entry, struct share *out, struct err *e)
{
	size_t n = strlen(entry->value);
	struct share share = { .percent = n > 0 && entry->value[n - 1] == '%' };

	if (!parse_number(entry->value, share.percent ? n - 1 : n, share.percent ? 100 : SUBSIDY_FEN_MAX, &share.value))
		return ini_refuse(entry->path, entry->line, e, "%s = %.60s 不对，应为 0 到 %d 的整数，单位是分，或 0%% 到 100%%", entry->key, entry->value,
		                  SUBSIDY_FEN_MAX);
	*out = share;
	return RC_OK;
}

/* Keys ----------------------------------------------------------------------------------------------------------------------------- */

static enum rc read_label(struct reading *r, const struct ini_entry *entry, struct err *e)
{
	return read_words(r, entry, &r->rule.label, e);
}

static enum rc read_version(struct reading *r, const struct ini_entry *entry, struct err *e)
{
	return read_words(r, entry, &r->rule.version, e);
}

static enum rc read_from(struct reading *r, const struct ini_entry *entry, struct err *e)
{
	return read_day(entry, &r->rule.from_day, e);
}

static enum rc read_to(struct reading *r, const struct ini_entry *entry, struct err *e)
{
	r->to_line = entry->line;
	r->rule.to_day = DAY_NONE;
	return *entry->value ? read_day(entry, &r->rule.to_day, e) : RC_OK;
}

static enum rc read_class(struct reading *r, const struct ini_entry *entry, struct err *e)
{
	if (code_find(r->classes, entry->value) == NULL)
		return ini_refuse(entry->path, entry->line, e, "class = %.60s 不对，应为 forms/codes.ini 里 [subsidy_class] 的代码", entry->value);
	r->rule.subsidy_class = arena_copy(&r->set->arena, entry->value);
	return RC_OK;
}

static enum rc read_age_from(struct reading *r, const struct ini_entry *entry, struct err *e)
{
	return read_number(entry, 0, SUBSIDY_AGE_MAX, "周岁", &r->rule.age_from, e);
}

static enum rc read_age_to(struct reading *r, const struct ini_entry *entry, struct err *e)
{
	r->age_line = entry->line;
	return read_number(entry, 0, SUBSIDY_AGE_MAX, "周岁", &r->rule.age_to, e);
}

static enum rc read_amount(struct reading *r, const struct ini_entry *entry, struct err *e)
{
	return read_share(entry, &r->rule.amount, e);
}

static enum rc read_charity(struct reading *r, const struct ini_entry *entry, struct err *e)
{
	return read_share(entry, &r->rule.charity, e);
}

/* 0 would read as "nothing is paid" to one and "no limit" to another. */
static enum rc read_cap(struct reading *r, const struct ini_entry *entry, struct err *e)
{
	if (strcmp(entry->value, "0") == 0)
		return ini_refuse(entry->path, entry->line, e, "cap = 0 不行：不限份数请空着，不补贴请写 amount = 0");
	return *entry->value ? read_number(entry, 1, SUBSIDY_CAP_MAX, "份", &r->rule.cap, e) : RC_OK;
}

static enum rc read_fee(struct reading *r, const struct ini_entry *entry, struct err *e)
{
	return read_number(entry, 0, SUBSIDY_FEN_MAX, "分", &r->rule.fee_fen, e);
}

/* Every section has all of them: a rule that is half written is a mistake. */
static const struct {
	const char *key;
	enum rc (*read)(struct reading *r, const struct ini_entry *entry, struct err *e);
} readers[] = {
	{ "label", read_label }, { "version", read_version }, { "from", read_from }, { "to", read_to }, { "class", read_class },
	{ "age_from", read_age_from }, { "age_to", read_age_to }, { "amount", read_amount }, { "charity", read_charity }, { "cap", read_cap },
	{ "fee", read_fee },
};

/* Rules ---------------------------------------------------------------------------------------------------------------------------- */

static bool both_hold(const struct subsidy_rule *a, const struct subsidy_rule *b)
{
	return strcmp(a->subsidy_class, b->subsidy_class) == 0 && a->age_from <= b->age_to && b->age_from <= a->age_to &&
	       (b->to_day == DAY_NONE || a->from_day <= b->to_day) && (a->to_day == DAY_NONE || b->from_day <= a->to_day);
}

static enum rc check_rule(const struct reading *r, const struct ini_section *section, struct err *e)
{
	if (r->rule.age_to < r->rule.age_from)
		return ini_refuse(section->path, r->age_line, e, "[%.40s] age_to 小于 age_from，请改年龄", section->name);
	if (r->rule.to_day != DAY_NONE && r->rule.to_day < r->rule.from_day)
		return ini_refuse(section->path, r->to_line, e, "[%.40s] to 早于 from，请改日期", section->name);
	for (size_t i = 0; i < r->set->n; i++)
		if (both_hold(&r->set->rules[i], &r->rule))
			return ini_refuse(section->path, section->line, e, "[%.40s] 和 [%.40s] 的类别、年龄、日期都有重叠，不知道按哪条，请改其中一条",
			                  section->name, r->set->rules[i].name);
	return RC_OK;
}

static enum rc read_section(struct reading *r, const struct ini_section *section, struct err *e)
{
	static const char *const keys[] = { "label", "version", "from", "to", "class", "age_from", "age_to", "amount", "charity", "cap", "fee", NULL };
	struct subsidies *set = r->set;
	enum rc rc;

	r->rule = (struct subsidy_rule){ .name = arena_copy(&set->arena, section->name) };
	if ((rc = ini_check_keys(section, keys, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < COUNT(readers); i++) {
		const struct ini_entry *entry = ini_entry(section, readers[i].key);

		if (entry == NULL)
			return ini_refuse(section->path, section->line, e, "[%.40s] 缺少 %s", section->name, readers[i].key);
		if ((rc = readers[i].read(r, entry, e)) != RC_OK)
			return rc;
	}
	if ((rc = check_rule(r, section, e)) != RC_OK)
		return rc;
	set->rules = mem_grow(set->rules, &set->cap, set->n + 1, sizeof *set->rules);
	set->rules[set->n++] = r->rule;
	return RC_OK;
}

static enum rc read_file(struct subsidies *set, const struct ini *ini, const struct form_set *forms, struct err *e)
{
	struct reading r = { .set = set, .classes = form_codes(forms, "subsidy_class") };
	enum rc rc;

	if (r.classes == NULL)
		return err_set(e, RC_INVALID, NULL, "forms/codes.ini 缺少代码表 subsidy_class，补贴规则无从对应");
	if (ini->n == 0)
		return ini_refuse(ini->path, 0, e, "一条补贴规则也没有；没有补贴的，请写一条 amount = 0 的规则");
	for (size_t i = 0; i < ini->n; i++)
		if ((rc = read_section(&r, &ini->sections[i], e)) != RC_OK)
			return rc;
	return RC_OK;
}

enum rc subsidies_load(struct subsidies **out, const char *path, const struct form_set *forms, struct err *e)
{
	struct subsidies *set;
	struct ini *ini;
	enum rc rc;

	if ((rc = ini_load(&ini, path, e)) != RC_OK)
		return rc;
	set = mem_alloc(sizeof *set);
	rc = read_file(set, ini, forms, e);
	ini_free(ini);
	if (rc != RC_OK) {
		subsidies_free(set);
		return rc;
	}
	*out = set;
	return RC_OK;
}

void subsidies_free(struct subsidies *s)
{
	if (s == NULL)
		return;
	free(s->rules);
	arena_clear(&s->arena);
	free(s);
}
