/* Reading the settings by the tables of settings.h. */
#include "base/settings.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ini.h"
#include "base/mem.h"
#include "base/strbuf.h"

#define FILE_NAME "youlin.ini"

enum kind { NUMBER, WORD, TEXT };

struct setting {
	enum kind kind;
	const char *section, *key;
	size_t offset;                 /* in struct settings */
	int initial, min, max;         /* numbers, words */
	const char *unit;              /* numbers */
	const char *words;             /* words */
	const char *meaning;
};

static const struct setting table[] = {
#define ROW(section, key, initial, min, max, unit, meaning) \
	{ NUMBER, #section, #key, offsetof(struct settings, key), initial, min, max, unit, NULL, meaning },
	SETTINGS_NUMBERS(ROW)
#undef ROW
#define ROW(section, key, initial, words, meaning) \
	{ WORD, #section, #key, offsetof(struct settings, key), initial, 0, 0, NULL, words, meaning },
	SETTINGS_WORDS(ROW)
#undef ROW
#define ROW(section, key, member, meaning) \
	{ TEXT, #section, #key, offsetof(struct settings, member), 0, 0, 0, NULL, NULL, meaning },
	SETTINGS_TEXTS(ROW)
#undef ROW
};

static int *number_of(struct settings *s, const struct setting *row)
{
	return (int *)((char *)s + row->offset);
}

static char **text_of(struct settings *s, const struct setting *row)
{
	return (char **)((char *)s + row->offset);
}

static void set_defaults(struct settings *s)
{
	*s = (struct settings){ 0 };
	for (size_t i = 0; i < COUNT(table); i++) {
		if (table[i].kind == TEXT)
			*text_of(s, &table[i]) = mem_copy("");
		else
			*number_of(s, &table[i]) = table[i].initial;
	}
}

void settings_release(struct settings *s)
{
	for (size_t i = 0; s && i < COUNT(table); i++)
		if (table[i].kind == TEXT)
			free(*text_of(s, &table[i]));
	if (s) {
		free(s->path);
		*s = (struct settings){ 0 };
	}
}

static bool parse_number(const char *value, const struct setting *row, int *number)
{
	char *end;
	long n;

	if ((*value < '0' || *value > '9') && *value != '-')
		return false;
	errno = 0;
	n = strtol(value, &end, 10);
	if (errno != 0 || *end != '\0' || end == value || n < row->min || n > row->max)
		return false;
	*number = (int)n;
	return true;
}

/* The place of value among blank-separated words, -1 if it is none of them. */
static int word_place(const char *words, const char *value)
{
	size_t len = strlen(value);
	int place = 0;

	for (const char *w = words; len > 0; place++) {
		size_t n = strcspn(w, " ");

		if (n == len && strncmp(w, value, n) == 0)
			return place;
		if (w[n] == '\0')
			break;
		w += n + 1;
	}
	return -1;
}

static char *expand_home(const char *path)
{
	const char *home = getenv("HOME");

	if (strncmp(path, "~/", 2) == 0 && home && *home)
		return mem_format("%s%s", home, path + 1);
	return mem_copy(path);
}

static enum rc apply(struct settings *s, const struct setting *row, const struct ini_entry *at, struct err *e)
{
	int number;

	switch (row->kind) {
	case NUMBER:
		if (!parse_number(at->value, row, &number))
			return ini_refuse(at->path, at->line, e, "%s 不能是「%s」，应是 %d 到 %d 的整数（%s）：%s", at->key, at->value, row->min,
			                  row->max, row->unit, row->meaning);
		*number_of(s, row) = number;
		return RC_OK;
	case WORD:
		number = word_place(row->words, at->value);
		if (number < 0)
			return ini_refuse(at->path, at->line, e, "%s 不能是「%s」，可写：%s（%s）", at->key, at->value, row->words, row->meaning);
		*number_of(s, row) = number;
		return RC_OK;
	default:
		free(*text_of(s, row));
		*text_of(s, row) = expand_home(at->value);
		return RC_OK;
	}
}

static const struct setting *find_setting(const char *section, const char *key)
{
	for (size_t i = 0; i < COUNT(table); i++)
		if (strcmp(table[i].section, section) == 0 && (key == NULL || strcmp(table[i].key, key) == 0))
			return &table[i];
	return NULL;
}

/* The names of all sections, or of a section's keys. */
static void list_names(struct strbuf *out, const char *section)
{
	const char *last = "";

	for (size_t i = 0; i < COUNT(table); i++) {
		const char *name = section ? table[i].key : table[i].section;

		if (section ? strcmp(table[i].section, section) != 0 : find_setting(name, NULL) != &table[i])
			continue;
		strbuf_format(out, "%s%s", *last ? "、" : "", name);
		last = name;
	}
}

static enum rc apply_section(struct settings *s, const struct ini_section *section, struct err *e)
{
	AUTO_STRBUF names = { 0 };

	if (find_setting(section->name, NULL) == NULL) {
		list_names(&names, NULL);
		return ini_refuse(section->path, section->line, e, "没有 [%s] 这一节，可写：%s", section->name, strbuf_str(&names));
	}
	for (size_t i = 0; i < section->n; i++) {
		const struct ini_entry *at = &section->entries[i];
		const struct setting *row = find_setting(section->name, at->key);
		enum rc rc;

		if (row == NULL) {
			list_names(&names, section->name);
			return ini_refuse(at->path, at->line, e, "[%s] 里没有 %s，可写：%s", section->name, at->key, strbuf_str(&names));
		}
		if ((rc = apply(s, row, at, e)) != RC_OK)
			return rc;
	}
	return RC_OK;
}

static bool exists(const char *path)
{
	return access(path, F_OK) == 0;
}

/* The file to read; NULL if nothing is there. */
static char *find_settings(const char *given)
{
	const char *named = getenv("YOULIN_CONFIG"), *home = getenv("HOME");
	char *user = home && *home ? mem_format("%s/.config/youlin/" FILE_NAME, home) : NULL;
	const char *const shared[] = {
		"/etc/youlin/" FILE_NAME, YL_SOURCE_DIR "/config/" FILE_NAME, YL_DATA_DIR "/config/" FILE_NAME,
	};

	if (given || (named && *named)) {
		free(user);
		return mem_copy(given ? given : named);
	}
	if (user && exists(user))
		return user;
	free(user);
	for (size_t i = 0; i < COUNT(shared); i++)
		if (exists(shared[i]))
			return mem_copy(shared[i]);
	return NULL;
}

enum rc settings_load(struct settings *out, const char *given, struct err *e)
{
	struct settings s;
	struct ini *ini = NULL;
	enum rc rc = RC_OK;

	set_defaults(&s);
	s.path = find_settings(given);
	if (s.path)
		rc = ini_load(&ini, s.path, e);
	for (size_t i = 0; rc == RC_OK && ini && i < ini->n; i++)
		rc = apply_section(&s, &ini->sections[i], e);
	ini_free(ini);
	if (rc != RC_OK) {
		settings_release(&s);
		return rc;
	}
	*out = s;
	return RC_OK;
}

char *settings_find_file(const struct settings *s, const char *relative)
{
	static const char *const roots[] = { YL_SOURCE_DIR, YL_DATA_DIR };
	const char *slash = s && s->path ? strrchr(s->path, '/') : NULL;
	const char *beside = strncmp(relative, "config/", 7) == 0 ? relative + 7 : relative;
	char *path;

	if (s && s->path) {
		int dir_bytes = slash ? (int)(slash - s->path) + 1 : 0;

		path = mem_format("%.*s%s", dir_bytes, s->path, beside);
		if (exists(path))
			return path;
		free(path);
	}
	for (size_t i = 0; i < COUNT(roots); i++) {
		path = mem_format("%s/%s", roots[i], relative);
		if (exists(path))
			return path;
		free(path);
	}
	return NULL;
}
