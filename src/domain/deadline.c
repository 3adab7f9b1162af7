/* Deadlines: config/deadlines.ini turned into rules, the rule for an issue, and days moved by working days. */
#include "domain/deadline.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/ini.h"
#include "base/mem.h"

#define WORKDAYS_MAX 250
#define DEFAULT_SECTION "default"

static const char *const kind_keys[] = { [DEADLINE_ACCEPT] = "accept", [DEADLINE_WHOLE] = "whole", [DEADLINE_EVALUATE] = "evaluate" };

struct rule {
	const char *section;      /* "default", "property", "property.leak" */
	const char *urgency;
	enum deadline_kind kind;
	int workdays;
	const char *name;         /* "property.leak urgent" */
};

struct deadlines {
	struct rule *rules;
	size_t n, cap;
	const char *usual;        /* the urgency of an issue that has none: the code list's first */
	struct extension_rule extension;
	int attempts;
	struct arena arena;
};

static enum rc read_int(const struct ini_entry *entry, int min, int max, int *out, struct err *e)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(entry->value, &end, 10);
	if (end == entry->value || *end != '\0' || errno != 0 || value < min || value > max)
		return ini_refuse(entry->path, entry->line, e, "%s = %s 不对，应为 %d 到 %d 的整数", entry->key, entry->value, min, max);
	*out = (int)value;
	return RC_OK;
}

/* "whole.urgent" → its kind and urgency code. */
static enum rc read_key(const struct ini_entry *entry, const struct code_list *urgencies, enum deadline_kind *kind, const char **urgency,
                        struct err *e)
{
	for (size_t k = 0; k < COUNT(kind_keys); k++) {
		size_t n = strlen(kind_keys[k]);
		const struct code *code;

		if (strncmp(entry->key, kind_keys[k], n) != 0 || entry->key[n] != '.')
			continue;
		code = code_find(urgencies, entry->key + n + 1);
		if (code == NULL)
			break;
		*kind = (enum deadline_kind)k;
		*urgency = code->code;
		return RC_OK;
	}
	return ini_refuse(entry->path, entry->line, e, "不认识 %s，应为 accept、whole 或 evaluate 加点号和紧急程度，如 whole.urgent", entry->key);
}

static enum rc read_rules(struct deadlines *d, const struct ini_section *section, const struct code_list *urgencies, struct err *e)
{
	for (size_t i = 0; i < section->n; i++) {
		const struct ini_entry *entry = &section->entries[i];
		struct rule rule = { .section = arena_copy(&d->arena, section->name) };
		const char *urgency = NULL;
		enum rc rc;

		if ((rc = read_key(entry, urgencies, &rule.kind, &urgency, e)) != RC_OK ||
		    (rc = read_int(entry, 0, WORKDAYS_MAX, &rule.workdays, e)) != RC_OK)
			return rc;
		rule.urgency = arena_copy(&d->arena, urgency);
		rule.name = arena_format(&d->arena, "%s %s", section->name, urgency);
		d->rules = mem_grow(d->rules, &d->cap, d->n + 1, sizeof *d->rules);
		d->rules[d->n++] = rule;
	}
	return RC_OK;
}

static enum rc read_extension(struct deadlines *d, const struct ini_section *section, struct err *e)
{
	for (size_t i = 0; i < section->n; i++) {
		const struct ini_entry *entry = &section->entries[i];
		enum rc rc = RC_OK;

		if (strcmp(entry->key, "times") == 0)
			rc = read_int(entry, 0, 20, &d->extension.times, e);
		else if (strcmp(entry->key, "workdays") == 0)
			rc = read_int(entry, 1, 60, &d->extension.workdays, e);
		else if (strcmp(entry->key, "late") != 0)
			rc = ini_refuse(entry->path, entry->line, e, "不认识 %s，[extension] 可以写 times、workdays、late", entry->key);
		else if (strcmp(entry->value, "yes") == 0 || strcmp(entry->value, "no") == 0)
			d->extension.late = entry->value[0] == 'y';
		else
			rc = ini_refuse(entry->path, entry->line, e, "late = %s 不对，应为 yes 或 no", entry->value);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc read_evaluate(struct deadlines *d, const struct ini_section *section, struct err *e)
{
	for (size_t i = 0; i < section->n; i++) {
		const struct ini_entry *entry = &section->entries[i];
		enum rc rc;

		if (strcmp(entry->key, "attempts") != 0)
			return ini_refuse(entry->path, entry->line, e, "不认识 %s，[evaluate] 可以写 attempts", entry->key);
		if ((rc = read_int(entry, 1, 10, &d->attempts, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc read_section(struct deadlines *d, const struct ini_section *section, const struct form_set *forms, struct err *e)
{
	const struct code_list *categories = form_codes(forms, "category");

	if (strcmp(section->name, "extension") == 0)
		return read_extension(d, section, e);
	if (strcmp(section->name, "evaluate") == 0)
		return read_evaluate(d, section, e);
	if (strcmp(section->name, DEFAULT_SECTION) != 0 && code_find(categories, section->name) == NULL)
		return ini_refuse(section->path, section->line, e,
		                  "没有 %s 这个事项分类，节名应为 default、extension、evaluate 或 forms/codes.ini 里 [category] 的代码", section->name);
	return read_rules(d, section, form_codes(forms, "urgency"), e);
}

static const struct rule *find_rule(const struct deadlines *d, enum deadline_kind kind, const char *section, size_t n, const char *urgency)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct rule *rule = &d->rules[i];

		if (rule->kind == kind && strncmp(rule->section, section, n) == 0 && rule->section[n] == '\0' &&
		    strcmp(rule->urgency, urgency) == 0)
			return rule;
	}
	return NULL;
}

/* [default] answers for every kind and urgency, so that a lookup always ends. */
static enum rc check_complete(const struct deadlines *d, const struct ini *ini, const struct code_list *urgencies, struct err *e)
{
	const struct ini_section *section = ini_section(ini, DEFAULT_SECTION);

	for (size_t k = 0; k < COUNT(kind_keys); k++) {
		for (size_t u = 0; u < urgencies->n; u++) {
			if (find_rule(d, (enum deadline_kind)k, DEFAULT_SECTION, strlen(DEFAULT_SECTION), urgencies->codes[u].code))
				continue;
			return ini_refuse(ini->path, section ? section->line : 0, e, "[default] 缺少 %s.%s，请写上工作日数", kind_keys[k],
			                  urgencies->codes[u].code);
		}
	}
	return RC_OK;
}

static enum rc read_file(struct deadlines *d, const struct ini *ini, const struct form_set *forms, struct err *e)
{
	const struct code_list *urgencies = form_codes(forms, "urgency");
	enum rc rc;

	if (urgencies == NULL || urgencies->n == 0 || form_codes(forms, "category") == NULL)
		return err_set(e, RC_INVALID, NULL, "forms/codes.ini 缺少代码表 urgency 或 category，办理时限无从计算");
	for (size_t i = 0; i < ini->n; i++)
		if ((rc = read_section(d, &ini->sections[i], forms, e)) != RC_OK)
			return rc;
	d->usual = arena_copy(&d->arena, urgencies->codes[0].code);
	return check_complete(d, ini, urgencies, e);
}

enum rc deadlines_load(struct deadlines **out, const char *path, const struct form_set *forms, struct err *e)
{
	struct ini *ini;
	struct deadlines *d;
	enum rc rc;

	if ((rc = ini_load(&ini, path, e)) != RC_OK)
		return rc;
	d = mem_alloc(sizeof *d);
	d->extension = (struct extension_rule){ .times = 2, .workdays = 20, .late = false };
	d->attempts = 3;
	rc = read_file(d, ini, forms, e);
	ini_free(ini);
	if (rc != RC_OK) {
		deadlines_free(d);
		return rc;
	}
	*out = d;
	return RC_OK;
}

void deadlines_free(struct deadlines *d)
{
	if (d == NULL)
		return;
	free(d->rules);
	arena_clear(&d->arena);
	free(d);
}

int deadline_workdays(const struct deadlines *d, enum deadline_kind kind, const char *category, const char *urgency, const char **rule)
{
	size_t n = category ? strlen(category) : 0;
	const struct rule *found = NULL;

	if (urgency == NULL || find_rule(d, kind, DEFAULT_SECTION, strlen(DEFAULT_SECTION), urgency) == NULL)
		urgency = d->usual;
	while (n > 0 && found == NULL) {          /* property.leak, then property */
		found = find_rule(d, kind, category, n, urgency);
		while (n > 0 && category[--n] != '.')
			continue;
	}
	if (found == NULL)
		found = find_rule(d, kind, DEFAULT_SECTION, strlen(DEFAULT_SECTION), urgency);
	if (rule)
		*rule = found->name;
	return found->workdays;
}

int32_t deadline_due(const struct deadlines *d, const struct calendar *c, enum deadline_kind kind, const char *category, const char *urgency,
                     int32_t from, const char **rule)
{
	int workdays = deadline_workdays(d, kind, category, urgency, rule);

	return workdays == 0 ? from : calendar_add_workdays(c, from, workdays);
}

struct extension_rule deadline_extension(const struct deadlines *d)
{
	return d->extension;
}

int deadline_attempts(const struct deadlines *d)
{
	return d->attempts;
}

int32_t deadline_shift(const struct calendar *c, int32_t day, int n)
{
	return day == DAY_NONE || n == 0 ? day : calendar_add_workdays(c, day, n);
}
