/* config/quorum.ini turned into rules, and the rule of a kind of meeting. */
#include "quorum.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/mem.h"
#include "base/text.h"

#define DEFAULT_SECTION "default"
#define DENOMINATOR_MAX 100
#define LEAST_MAX 1000
#define LABEL_MAX_COLS 40

struct quorums {
	struct quorum_rule *rules;
	size_t n, cap;
	struct arena arena;
};

static enum rc read_label(struct quorums *qs, const struct ini_entry *entry, struct quorum_rule *rule, struct err *e)
{
	if (text_is_blank(entry->value) || text_width(entry->value) > LABEL_MAX_COLS)
		return ini_refuse(entry->path, entry->line, e, "label 要写一句话说明，不超过 %d 个汉字", LABEL_MAX_COLS / 2);
	rule->label = arena_copy(&qs->arena, entry->value);
	return RC_OK;
}

/* "2/3" */
static bool parse_share(const char *text, int *numerator, int *denominator)
{
	char *slash, *end;
	long above, below;

	errno = 0;
	above = strtol(text, &slash, 10);
	if (slash == text || *slash != '/' || text[0] < '0' || text[0] > '9' || slash[1] < '0' || slash[1] > '9')
		return false;
	below = strtol(slash + 1, &end, 10);
	if (*end != '\0' || errno != 0 || below < 1 || below > DENOMINATOR_MAX || above < 0 || above > below)
		return false;
	*numerator = (int)above;
	*denominator = (int)below;
	return true;
}

static enum rc read_share(struct quorums *qs, const struct ini_entry *entry, struct quorum_rule *rule, struct err *e)
{
	(void)qs;
	if (!parse_share(entry->value, &rule->numerator, &rule->denominator))
		return ini_refuse(entry->path, entry->line, e, "share = %.60s 不对，应写成 1/2 这样的比例，不超过 1，分母 1 到 %d", entry->value,
		                  DENOMINATOR_MAX);
	return RC_OK;
}

static enum rc read_more_than(struct quorums *qs, const struct ini_entry *entry, struct quorum_rule *rule, struct err *e)
{
	(void)qs;
	rule->more_than = strcmp(entry->value, "yes") == 0;
	if (!rule->more_than && strcmp(entry->value, "no") != 0)
		return ini_refuse(entry->path, entry->line, e, "more_than = %.60s 不对，应为 yes 或 no", entry->value);
	return RC_OK;
}

static enum rc read_least(struct quorums *qs, const struct ini_entry *entry, struct quorum_rule *rule, struct err *e)
{
	char *end;
	long value;

	(void)qs;
	errno = 0;
	value = strtol(entry->value, &end, 10);
	if (end == entry->value || *end != '\0' || errno != 0 || value < 1 || value > LEAST_MAX)
		return ini_refuse(entry->path, entry->line, e, "least = %.60s 不对，应为 1 到 %d 的整数", entry->value, LEAST_MAX);
	rule->least = (int)value;
	return RC_OK;
}

/* Every section has all of them: a rule that is half written is a mistake. */
static const struct {
	const char *key;
	enum rc (*read)(struct quorums *qs, const struct ini_entry *entry, struct quorum_rule *rule, struct err *e);
} readers[] = {
	{ "label", read_label }, { "share", read_share }, { "more_than", read_more_than }, { "least", read_least },
};

static enum rc read_section(struct quorums *qs, const struct ini_section *section, const struct code_list *kinds, struct err *e)
{
	static const char *const keys[] = { "label", "share", "more_than", "least", NULL };
	struct quorum_rule rule = { .name = arena_copy(&qs->arena, section->name) };
	enum rc rc;

	if (strcmp(section->name, DEFAULT_SECTION) != 0 && code_find(kinds, section->name) == NULL)
		return ini_refuse(section->path, section->line, e, "没有 %.60s 这种会议形式，节名应为 default 或 forms/codes.ini 里 [meeting_kind] 的代码",
		                  section->name);
	if ((rc = ini_check_keys(section, keys, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < COUNT(readers); i++) {
		const struct ini_entry *entry = ini_entry(section, readers[i].key);

		if (entry == NULL)
			return ini_refuse(section->path, section->line, e, "[%s] 缺少 %s", section->name, readers[i].key);
		if ((rc = readers[i].read(qs, entry, &rule, e)) != RC_OK)
			return rc;
	}
	if (rule.more_than && rule.numerator == rule.denominator)
		return ini_refuse(section->path, section->line, e, "[%s] 到会人数不可能超过应到的全部，请把 more_than 改为 no", section->name);
	qs->rules = mem_grow(qs->rules, &qs->cap, qs->n + 1, sizeof *qs->rules);
	qs->rules[qs->n++] = rule;
	return RC_OK;
}

static enum rc read_file(struct quorums *qs, const struct ini *ini, const struct form_set *forms, struct err *e)
{
	const struct code_list *kinds = form_codes(forms, "meeting_kind");
	enum rc rc;

	if (kinds == NULL)
		return err_set(e, RC_INVALID, NULL, "forms/codes.ini 缺少代码表 meeting_kind，到会要求无从对应");
	if (ini_section(ini, DEFAULT_SECTION) == NULL)
		return ini_refuse(ini->path, 0, e, "缺少 [default] 一节，请写上一般会议的到会要求");
	for (size_t i = 0; i < ini->n; i++)
		if ((rc = read_section(qs, &ini->sections[i], kinds, e)) != RC_OK)
			return rc;
	return RC_OK;
}

enum rc quorums_load(struct quorums **out, const char *path, const struct form_set *forms, struct err *e)
{
	struct quorums *qs;
	struct ini *ini;
	enum rc rc;

	if ((rc = ini_load(&ini, path, e)) != RC_OK)
		return rc;
	qs = mem_alloc(sizeof *qs);
	rc = read_file(qs, ini, forms, e);
	ini_free(ini);
	if (rc != RC_OK) {
		quorums_free(qs);
		return rc;
	}
	*out = qs;
	return RC_OK;
}

void quorums_free(struct quorums *qs)
{
	if (qs == NULL)
		return;
	free(qs->rules);
	arena_clear(&qs->arena);
	free(qs);
}

const struct quorum_rule *quorum_find(const struct quorums *qs, const char *kind)
{
	const struct quorum_rule *usual = NULL;

	for (size_t i = 0; i < qs->n; i++) {
		if (kind && strcmp(qs->rules[i].name, kind) == 0)
			return &qs->rules[i];
		if (strcmp(qs->rules[i].name, DEFAULT_SECTION) == 0)
			usual = &qs->rules[i];
	}
	return usual;
}
