/* One INI file laid over another: how a community type changes what is shipped. */
#include "base/ini.h"

#include "base/mem.h"

static struct ini_entry copy_entry(struct arena *a, const struct ini_entry *from)
{
	return (struct ini_entry){ arena_copy(a, from->key), arena_copy(a, from->value), arena_copy(a, from->path), from->line };
}

/* `base` with the keys of `over`, in base's order, new keys last. */
static struct ini_section merge_section(struct arena *a, const struct ini_section *base, const struct ini_section *over)
{
	struct ini_section merged = { base->name, base->path, base->line, NULL, base->n };
	struct ini_entry *entries = arena_alloc(a, (base->n + over->n) * sizeof *entries);

	for (size_t i = 0; i < base->n; i++)
		entries[i] = base->entries[i];
	for (size_t i = 0; i < over->n; i++) {
		const struct ini_entry *old = ini_entry(base, over->entries[i].key);
		size_t at = old ? (size_t)(old - base->entries) : merged.n++;

		entries[at] = copy_entry(a, &over->entries[i]);
	}
	merged.entries = entries;
	return merged;
}

void ini_overlay(struct ini *ini, const struct ini *over)
{
	struct ini_section *sections = arena_alloc(ini->arena, (ini->n + over->n) * sizeof *sections);
	size_t n = ini->n;

	for (size_t i = 0; i < n; i++)
		sections[i] = ini->sections[i];
	for (size_t i = 0; i < over->n; i++) {
		const struct ini_section *from = &over->sections[i], *old = ini_section(ini, from->name);
		struct ini_section fresh = { arena_copy(ini->arena, from->name), arena_copy(ini->arena, from->path), from->line, NULL, 0 };
		size_t at = old ? (size_t)(old - ini->sections) : n++;

		sections[at] = merge_section(ini->arena, old ? old : &fresh, from);
	}
	ini->sections = sections;
	ini->n = n;
}
