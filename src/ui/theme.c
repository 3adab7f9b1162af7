/* Looks of the roles, and the file that changes them.
 *
 * The foreground of text that stands on the terminal's own background is readable on black and on white; bars bring their own background.
 */
#include "ui/theme.h"

#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/mem.h"

/*      style            name              256               8                   none */
#define LOOKS(X) \
	X(TEXT,          "text",           "default",           "default",            "default") \
	X(DIM,           "dim",            "245",               "default dim",        "default") \
	X(STRONG,        "strong",         "default bold",      "default bold",       "default bold") \
	X(TITLE,         "title",          "37 bold",           "cyan bold",          "default bold") \
	X(BAR,           "bar",            "254 on 24",         "white on blue",      "default reverse") \
	X(BAR_STRONG,    "bar-strong",     "231 on 31 bold",    "black on cyan",      "default bold") \
	X(KEY,           "key",            "37 bold",           "cyan bold",          "default bold") \
	X(KEY_LABEL,     "key-label",      "245",               "default",            "default") \
	X(BORDER,        "border",         "244",               "default",            "default") \
	X(HEADING,       "heading",        "37 underline",      "cyan underline",     "default underline") \
	X(SELECTED,      "selected",       "231 on 31 bold",    "white on blue bold", "default reverse") \
	X(SELECTED_IDLE, "selected-idle",  "252 on 240",        "default underline",  "default underline") \
	X(MATCH,         "match",          "166 bold",          "yellow bold",        "default underline bold") \
	X(LABEL,         "label",          "245",               "default",            "default") \
	X(FIELD,         "field",          "default underline", "default underline",  "default underline") \
	X(FIELD_ACTIVE,  "field-active",   "231 on 24",         "white on blue",      "default reverse") \
	X(REQUIRED,      "required",       "166",               "red",                "default bold") \
	X(MASKED,        "masked",         "245",               "default",            "default") \
	X(SELECTION,     "selection",      "16 on 179",         "black on yellow",    "default bold underline") \
	X(GOOD,          "good",           "35",                "green",              "default") \
	X(WARNING,       "warning",        "172 bold",          "yellow bold",        "default bold") \
	X(ERROR,         "error",          "231 on 124 bold",   "white on red bold",  "default reverse bold") \
	X(URGENT,        "urgent",         "196 bold",          "red bold",           "default bold") \
	X(NOTICE,        "notice",         "16 on 179",         "black on yellow",    "default reverse") \
	X(HEAT_0,        "heat-0",         "default",           "default",            "default") \
	X(HEAT_1,        "heat-1",         "16 on 151",         "black on green",     "default") \
	X(HEAT_2,        "heat-2",         "16 on 186",         "black on cyan",      "default underline") \
	X(HEAT_3,        "heat-3",         "16 on 215",         "black on yellow",    "default bold") \
	X(HEAT_4,        "heat-4",         "231 on 160",        "white on red",       "default reverse") \
	X(ROUTE_1,       "route-1",        "32 bold",           "blue bold",          "default") \
	X(ROUTE_2,       "route-2",        "166 bold",          "red",                "default") \
	X(ROUTE_3,       "route-3",        "64 bold",           "green",              "default") \
	X(ROUTE_4,       "route-4",        "133 bold",          "magenta",            "default") \
	X(ROUTE_5,       "route-5",        "37 bold",           "cyan",               "default") \
	X(ROUTE_6,       "route-6",        "130 bold",          "yellow",             "default")

static const struct {
	const char *name;
	const char *looks[PALETTE_COUNT];
} styles[STYLE_COUNT] = {
#define X(style, name_, look_256, look_8, look_none) [STYLE_##style] = { name_, { look_256, look_8, look_none } },
	LOOKS(X)
#undef X
};

static const struct {
	const char *name;
	int colours;
} palettes[PALETTE_COUNT] = {
	[PALETTE_256] = { "256", 256 }, [PALETTE_8] = { "8", 8 }, [PALETTE_NONE] = { "none", 0 },
};

const char *style_name(enum style s)
{
	return styles[s].name;
}

/* A colour's number; -1 for the terminal's own, -2 for what isn't one. */
static int parse_colour(const char *word, enum palette p)
{
	static const char *const names[] = { "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white" };
	char *end;
	long n;

	if (strcmp(word, "default") == 0)
		return -1;
	if (palettes[p].colours == 0)
		return -2;
	for (int i = 0; i < (int)COUNT(names); i++)
		if (strcmp(names[i], word) == 0)
			return i;
	n = strtol(word, &end, 10);
	return *word != '\0' && *end == '\0' && n >= 0 && n < palettes[p].colours ? (int)n : -2;
}

static unsigned parse_attribute(const char *word)
{
	static const struct { const char *word; unsigned attribute; } words[] = {
		{ "bold", LOOK_BOLD }, { "underline", LOOK_UNDERLINE }, { "reverse", LOOK_REVERSE }, { "dim", LOOK_DIM },
	};

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i].word, word) == 0)
			return words[i].attribute;
	return 0;
}

/* "231 on 31 bold". Returns what is wrong with it, in words; NULL: nothing. */
static const char *parse_look(const char *text, enum palette p, struct look *out)
{
	AUTO_FREE char *copy = mem_copy(text);
	char *save = NULL, *word = strtok_r(copy, " \t", &save);
	struct look look = { -1, -1, 0 };

	look.fg = word ? parse_colour(word, p) : -2;
	word = strtok_r(NULL, " \t", &save);
	if (word && strcmp(word, "on") == 0) {
		word = strtok_r(NULL, " \t", &save);
		look.bg = word ? parse_colour(word, p) : -2;
		word = strtok_r(NULL, " \t", &save);
	}
	if (look.fg == -2 || look.bg == -2)
		return "颜色应为 default、black red green yellow blue magenta cyan white 或该调色板里的编号";
	for (; word; word = strtok_r(NULL, " \t", &save)) {
		unsigned attribute = parse_attribute(word);

		if (attribute == 0)
			return "属性应为 bold、underline、reverse、dim";
		look.attributes |= attribute;
	}
	if (look.fg == 0 && (look.attributes & LOOK_BOLD))
		return "黑色不能加粗：很多终端把它显示成看不见的灰色";
	*out = look;
	return NULL;
}

static enum rc apply_entry(struct theme *t, enum palette p, const struct ini *ini, const struct ini_entry *entry, struct err *e)
{
	for (int s = 0; s < STYLE_COUNT; s++) {
		const char *wrong;

		if (strcmp(styles[s].name, entry->key) != 0)
			continue;
		wrong = parse_look(entry->value, p, &t->looks[p][s]);
		return wrong ? ini_refuse(ini->path, entry->line, e, "%s = %s：%s", entry->key, entry->value, wrong) : RC_OK;
	}
	return ini_refuse(ini->path, entry->line, e, "没有 %s 这种样式", entry->key);
}

static enum rc apply_section(struct theme *t, const struct ini *ini, const struct ini_section *section, struct err *e)
{
	enum rc rc = RC_OK;
	int p = 0;

	while (p < PALETTE_COUNT && strcmp(palettes[p].name, section->name) != 0)
		p++;
	if (p == PALETTE_COUNT)
		return ini_refuse(ini->path, section->line, e, "没有 [%s] 这一段；可写 [256]、[8]、[none]", section->name);
	for (size_t i = 0; rc == RC_OK && i < section->n; i++)
		rc = apply_entry(t, (enum palette)p, ini, &section->entries[i], e);
	return rc;
}

enum rc theme_load(struct theme *out, const char *path, struct err *e)
{
	struct ini *ini = NULL;
	struct theme t;
	enum rc rc;

	for (int p = 0; p < PALETTE_COUNT; p++)
		for (int s = 0; s < STYLE_COUNT; s++)
			if (parse_look(styles[s].looks[p], (enum palette)p, &t.looks[p][s]) != NULL)
				return err_set(e, RC_INVALID, NULL, "内置样式 %s 写错了", styles[s].name);
	if (path && (rc = ini_load(&ini, path, e)) != RC_OK)
		return rc;
	rc = RC_OK;
	for (size_t i = 0; ini && rc == RC_OK && i < ini->n; i++)
		rc = apply_section(&t, ini, &ini->sections[i], e);
	ini_free(ini);
	if (rc == RC_OK)
		*out = t;
	return rc;
}
