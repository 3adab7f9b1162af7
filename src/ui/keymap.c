/* Key maps: the tables of the screens with the changes of config/keys.ini, and what a key means in them. */
#include "ui/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "base/mem.h"

#define KEYS_MAX 8                /* of one row */

static const struct key_bind common_binds[] = {
	{ ACT_HELP,    "F1 ?",      WHEN_ALWAYS },
	{ ACT_PALETTE, "^P",        WHEN_LOGGED_IN },
	{ ACT_UNDO,    "^Z",        WHEN_LOGGED_IN },
	{ ACT_LOCK,    "Alt-l",     WHEN_LOGGED_IN },
	{ ACT_ALARM,   "Alt-w",     WHEN_ALARM },
	{ ACT_REDRAW,  "^L",        WHEN_ALWAYS },
	{ ACT_GO_1,    "1 Alt-1",   WHEN_LOGGED_IN },
	{ ACT_GO_2,    "2 Alt-2",   WHEN_LOGGED_IN },
	{ ACT_GO_3,    "3 Alt-3",   WHEN_LOGGED_IN },
	{ ACT_GO_4,    "4 Alt-4",   WHEN_LOGGED_IN },
	{ ACT_GO_5,    "5 Alt-5",   WHEN_LOGGED_IN },
	{ ACT_GO_6,    "6 Alt-6",   WHEN_LOGGED_IN },
	{ ACT_GO_7,    "7 Alt-7",   WHEN_LOGGED_IN },
	{ ACT_GO_8,    "8 Alt-8",   WHEN_LOGGED_IN },
	{ ACT_GO_9,    "9 Alt-9",   WHEN_LOGGED_IN },
	{ ACT_GO_0,    "0 Alt-0",   WHEN_LOGGED_IN },
	{ ACT_QUIT,    "",          WHEN_ALWAYS },
	{ ACT_BACK,    "F10 q Esc", WHEN_ALWAYS },
};

const struct keymap common_keys = { .name = "common", .binds = common_binds, .n = COUNT(common_binds) };

struct keys {
	uint32_t keys[KEYS_MAX];
	size_t n;
};

struct row {
	struct key_bind bind;          /* keys: owned by the arena */
	struct keys keys, built_in;
	int line;                      /* of config/keys.ini; 0: the table's own */
};

struct map {
	const struct keymap *source;
	struct row *rows;
	size_t n;
};

struct keymaps {
	struct arena arena;
	struct map *maps;              /* the first one is the common map */
	size_t n;
};

/* Split "F2 n" into keys. Returns the name that isn't one, or NULL; too many count as such. */
static const char *parse_keys(struct arena *a, const char *text, struct row *row)
{
	char *names = arena_copy(a, text), *save = NULL;

	row->bind.keys = arena_copy(a, text);
	row->keys.n = 0;
	for (char *name = strtok_r(names, " \t", &save); name; name = strtok_r(NULL, " \t", &save)) {
		uint32_t key = key_from_name(name);

		if (key == YK_NONE || row->keys.n == KEYS_MAX)
			return name;
		row->keys.keys[row->keys.n++] = key;
	}
	return NULL;
}

static enum rc add_map(struct keymaps *k, const struct keymap *source, struct err *e)
{
	struct map *m = &k->maps[k->n++];

	m->source = source;
	m->n = source->n;
	m->rows = arena_alloc(&k->arena, (source->n + 1) * sizeof *m->rows);
	for (size_t i = 0; i < source->n; i++) {
		const char *wrong;

		m->rows[i].bind = source->binds[i];
		wrong = parse_keys(&k->arena, source->binds[i].keys, &m->rows[i]);
		if (wrong)
			return err_set(e, RC_INVALID, NULL, "按键表 [%s]：没有 %s 这个键", source->name, wrong);
		m->rows[i].built_in = m->rows[i].keys;
	}
	return RC_OK;
}

static struct map *map_by_name(struct keymaps *k, const char *name)
{
	for (size_t i = 0; i < k->n; i++)
		if (strcmp(k->maps[i].source->name, name) == 0)
			return &k->maps[i];
	return NULL;
}

static enum rc apply_entry(struct keymaps *k, struct map *m, const struct ini *ini, const struct ini_entry *entry, struct err *e)
{
	enum action action = action_from_name(entry->key);
	bool found = false;

	for (size_t i = 0; i < m->n && action != ACT_NONE; i++) {
		const char *wrong;

		if (m->rows[i].bind.action != action)
			continue;
		found = true;
		m->rows[i].line = entry->line;
		wrong = parse_keys(&k->arena, entry->value, &m->rows[i]);
		if (wrong)
			return ini_refuse(ini->path, entry->line, e, "没有 %s 这个键；可写 F2、^S、Enter、Alt-1、PgUp、/、n 等，以空格分开，最多 %d 个",
			                  wrong, KEYS_MAX);
	}
	if (!found)
		return ini_refuse(ini->path, entry->line, e, "[%s] 里没有 %s 这个动作", m->source->name, entry->key);
	return RC_OK;
}

static enum rc apply_file(struct keymaps *k, const struct ini *ini, struct err *e)
{
	enum rc rc;

	for (size_t s = 0; s < ini->n; s++) {
		const struct ini_section *section = &ini->sections[s];
		struct map *m = map_by_name(k, section->name);

		if (m == NULL)
			return ini_refuse(ini->path, section->line, e, "没有 [%s] 这张按键表", section->name);
		for (size_t i = 0; i < section->n; i++)
			if ((rc = apply_entry(k, m, ini, &section->entries[i], e)) != RC_OK)
				return rc;
	}
	return RC_OK;
}

static bool has_key(const struct keys *keys, uint32_t key)
{
	for (size_t i = 0; i < keys->n; i++)
		if (keys->keys[i] == key)
			return true;
	return false;
}

/* The first key that two rows share; YK_NONE if there is none. */
static uint32_t shared_key(const struct keys *a, const struct keys *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (has_key(b, a->keys[i]))
			return a->keys[i];
	return YK_NONE;
}

/* The table itself gives both the same key, and each needs a condition of its own: they are meant never to hold together. */
static bool are_alternatives(const struct row *a, const struct row *b)
{
	return shared_key(&a->built_in, &b->built_in) != YK_NONE && (a->bind.when & ~b->bind.when) && (b->bind.when & ~a->bind.when);
}

/* A key that does two things: the row where it stands the second time. */
static const struct row *find_clash(const struct map *m, uint32_t *key, const struct row **other)
{
	for (size_t i = 0; i < m->n; i++)
		for (size_t j = 0; j < i; j++) {
			const struct row *a = &m->rows[i], *b = &m->rows[j];

			*key = shared_key(&a->keys, &b->keys);
			*other = b;
			if (*key != YK_NONE && a->bind.action != b->bind.action && !are_alternatives(a, b))
				return a;
		}
	return NULL;
}

static enum rc refuse_clashes(const struct keymaps *k, const struct ini *ini, struct err *e)
{
	for (size_t i = 0; i < k->n; i++) {
		const struct row *other, *row;
		AUTO_STRBUF name = { 0 };
		uint32_t key;
		int line;

		row = find_clash(&k->maps[i], &key, &other);
		if (row == NULL)
			continue;
		key_show(&name, key);
		line = row->line > other->line ? row->line : other->line;
		if (ini && line > 0)
			return ini_refuse(ini->path, line, e, "[%s] 里 %s 这个键同时管 %s 和 %s，请改其中一个", k->maps[i].source->name,
			                  strbuf_str(&name), action_name(other->bind.action), action_name(row->bind.action));
		return err_set(e, RC_INVALID, NULL, "按键表 [%s]：%s 这个键同时管 %s 和 %s", k->maps[i].source->name,
		               strbuf_str(&name), action_name(other->bind.action), action_name(row->bind.action));
	}
	return RC_OK;
}

static enum rc fill(struct keymaps *k, const struct keymap *const *maps, const char *path, struct err *e)
{
	struct ini *ini = NULL;
	size_t n = 1;
	enum rc rc;

	for (const struct keymap *const *m = maps; *m; m++)
		n++;
	k->maps = arena_alloc(&k->arena, n * sizeof *k->maps);
	if ((rc = add_map(k, &common_keys, e)) != RC_OK)
		return rc;
	for (; *maps; maps++)
		if (*maps != &common_keys && (rc = add_map(k, *maps, e)) != RC_OK)
			return rc;
	if (path && (rc = ini_load(&ini, path, e)) != RC_OK)
		return rc;
	if (ini == NULL || (rc = apply_file(k, ini, e)) == RC_OK)
		rc = refuse_clashes(k, ini, e);
	ini_free(ini);
	return rc;
}

enum rc keymaps_load(struct keymaps **out, const struct keymap *const *maps, const char *path, struct err *e)
{
	struct keymaps *k = mem_alloc(sizeof *k);
	enum rc rc = fill(k, maps, path, e);

	if (rc == RC_OK)
		*out = k;
	else
		keymaps_free(k);
	return rc;
}

void keymaps_free(struct keymaps *k)
{
	if (k == NULL)
		return;
	arena_clear(&k->arena);
	free(k);
}

static const struct map *find_map(const struct keymaps *k, const struct keymap *source)
{
	for (size_t i = 0; source && i < k->n; i++)
		if (k->maps[i].source == source)
			return &k->maps[i];
	return NULL;
}

static bool holds(const struct row *row, unsigned when)
{
	return (row->bind.when & ~when) == 0;
}

static enum action find_in(const struct map *m, unsigned when, uint32_t key)
{
	for (size_t i = 0; m && i < m->n; i++)
		if (holds(&m->rows[i], when) && has_key(&m->rows[i].keys, key))
			return m->rows[i].bind.action;
	return ACT_NONE;
}

enum action keymaps_find(const struct keymaps *k, const struct keymap *own, unsigned when, uint32_t key)
{
	enum action action;

	key = key_fold(key);
	action = find_in(find_map(k, own), when, key);
	return action != ACT_NONE ? action : find_in(&k->maps[0], when, key);
}

static size_t add_active(const struct map *m, unsigned when, struct key_bind *out, size_t n, size_t max)
{
	for (size_t i = 0; m && i < m->n && n < max; i++) {
		bool listed = false;

		for (size_t j = 0; j < n; j++)
			listed = listed || out[j].action == m->rows[i].bind.action;
		if (!listed && holds(&m->rows[i], when))
			out[n++] = m->rows[i].bind;
	}
	return n;
}

size_t keymaps_active(const struct keymaps *k, const struct keymap *own, unsigned when, struct key_bind *out, size_t max)
{
	const struct map *m = find_map(k, own);
	size_t n = add_active(m, when, out, 0, max);

	return m == &k->maps[0] ? n : add_active(&k->maps[0], when, out, n, max);
}

/* Whether a key of a row reaches the row's action now. */
static bool reaches(const struct keymaps *k, const struct keymap *own, unsigned when, bool typing, const struct row *row, uint32_t key)
{
	return !(typing && key_is_text(key)) && keymaps_find(k, own, when, key) == row->bind.action;
}

void keymaps_keys(const struct keymaps *k, const struct keymap *own, unsigned when, bool typing, enum action action, size_t max, struct strbuf *out)
{
	const struct map *const maps[] = { find_map(k, own), &k->maps[0] };
	size_t n = 0;

	for (size_t m = maps[0] == maps[1]; m < COUNT(maps); m++)
		for (size_t i = 0; maps[m] && i < maps[m]->n; i++) {
			const struct row *row = &maps[m]->rows[i];

			for (size_t j = 0; row->bind.action == action && holds(row, when) && n < max && j < row->keys.n; j++) {
				if (!reaches(k, own, when, typing, row, row->keys.keys[j]))
					continue;
				if (n++ > 0)
					strbuf_add_char(out, ' ');
				key_show(out, row->keys.keys[j]);
			}
		}
}
