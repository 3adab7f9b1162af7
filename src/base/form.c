/* The forms of a directory and its overlay, and looking them up. */
#include "base/form.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "form_read.h"

#define FORMS_MAX 500
#define SUFFIX ".ini"
#define CODES_FILE "codes"

/* Names of form files without the suffix, of the directory and its overlay together. */
struct names {
	char **items;
	size_t n, cap;
};

static void names_release(struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->items[i]);
	free(names->items);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_form_name(const char *s)
{
	return *s >= 'a' && *s <= 'z' && s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0';
}

/* Add the .ini files of a directory. A missing directory has none unless it must be there. */
static enum rc add_names(struct names *names, const char *dir, bool must_exist, struct err *e)
{
	DIR *d = opendir(dir);
	const struct dirent *entry;
	enum rc rc = RC_OK;

	if (d == NULL && errno == ENOENT && !must_exist)
		return RC_OK;
	if (d == NULL)
		return err_set(e, RC_IO, NULL, "%s: 读不了表单目录：%s", dir, err_reason(errno));
	while (rc == RC_OK && (entry = readdir(d)) != NULL) {
		size_t n = strlen(entry->d_name), suffix = strlen(SUFFIX);
		char *name;

		if (entry->d_name[0] == '.' || n <= suffix || strcmp(entry->d_name + n - suffix, SUFFIX) != 0)
			continue;
		name = mem_copy_n(entry->d_name, n - suffix);
		if (!is_form_name(name))
			rc = err_set(e, RC_INVALID, NULL, "%s/%s: 文件名不对，只用小写字母、数字、_ 和 -，以字母开头", dir, entry->d_name);
		if (names->n >= FORMS_MAX)
			rc = err_set(e, RC_INVALID, NULL, "%s: 表单太多，最多 %d 个", dir, FORMS_MAX);
		names->items = mem_grow(names->items, &names->cap, names->n + 1, sizeof *names->items);
		names->items[names->n++] = name;
	}
	closedir(d);
	return rc;
}

static void sort_and_drop_doubles(struct names *names)
{
	size_t kept = 0;

	if (names->n > 0)
		qsort(names->items, names->n, sizeof *names->items, compare_names);
	for (size_t i = 0; i < names->n; i++) {
		if (kept > 0 && strcmp(names->items[kept - 1], names->items[i]) == 0)
			free(names->items[i]);
		else
			names->items[kept++] = names->items[i];
	}
	names->n = kept;
}

/* A file with that of the overlay laid over it; either may be missing, not both. */
static enum rc load_file(struct ini **out, const char *dir, const char *overlay_dir, const char *name, struct err *e)
{
	AUTO_FREE char *path = mem_format("%s/%s" SUFFIX, dir, name);
	AUTO_FREE char *over_path = overlay_dir ? mem_format("%s/%s" SUFFIX, overlay_dir, name) : NULL;
	bool has_over = over_path && access(over_path, F_OK) == 0;
	struct ini *ini = NULL, *over = NULL;
	enum rc rc;

	if (has_over && access(path, F_OK) != 0)
		return ini_load(out, over_path, e);
	if ((rc = ini_load(&ini, path, e)) != RC_OK)
		return rc;
	if (has_over) {
		if ((rc = ini_load(&over, over_path, e)) != RC_OK) {
			ini_free(ini);
			return rc;
		}
		ini_overlay(ini, over);
		ini_free(over);
	}
	*out = ini;
	return RC_OK;
}

static enum rc read_codes(struct form_set *set, const char *dir, const char *overlay_dir, struct err *e)
{
	struct ini *ini = NULL;
	enum rc rc;

	if ((rc = load_file(&ini, dir, overlay_dir, CODES_FILE, e)) != RC_OK)
		return rc;
	rc = codes_read(set, ini, e);
	ini_free(ini);
	return rc;
}

static enum rc read_forms(struct form_set *set, const struct names *names, const char *dir, const char *overlay_dir, struct err *e)
{
	set->forms = arena_alloc(&set->arena, names->n * sizeof *set->forms);
	for (size_t i = 0; i < names->n; i++) {
		struct form *form = &set->forms[set->n];
		struct ini *ini = NULL;
		enum rc rc;

		if (strcmp(names->items[i], CODES_FILE) == 0)
			continue;
		if ((rc = load_file(&ini, dir, overlay_dir, names->items[i], e)) != RC_OK)
			return rc;
		form->name = arena_copy(&set->arena, names->items[i]);
		rc = form_read(set, form, ini, e);
		ini_free(ini);
		if (rc != RC_OK)
			return rc;
		set->n++;
	}
	return RC_OK;
}

/* A picker's form may stand in any file, so that this comes last. */
static enum rc check_picks(const struct form_set *set, struct err *e)
{
	for (size_t i = 0; i < set->n; i++) {
		for (size_t k = 0; k < set->forms[i].n; k++) {
			const struct field *f = &set->forms[i].fields[k];

			if (f->type == FIELD_PICK && form_find(set, f->pick_form) == NULL)
				return ini_refuse(f->path, f->line, e, "字段 %s：没有表单「%s」，pick 后面写 forms 里一个文件的名字（不带 .ini）", f->name,
				                  f->pick_form);
		}
	}
	return RC_OK;
}

enum rc form_set_load(struct form_set **out, const char *dir, const char *overlay, struct err *e)
{
	struct form_set *set = mem_alloc(sizeof *set);
	AUTO_FREE char *overlay_dir = overlay && *overlay ? mem_format("%s/%s", dir, overlay) : NULL;
	struct names names = { 0 };
	enum rc rc;

	if ((rc = add_names(&names, dir, true, e)) == RC_OK && overlay_dir)
		rc = add_names(&names, overlay_dir, false, e);
	sort_and_drop_doubles(&names);
	if (rc == RC_OK && (rc = read_codes(set, dir, overlay_dir, e)) == RC_OK &&
	    (rc = read_forms(set, &names, dir, overlay_dir, e)) == RC_OK)
		rc = check_picks(set, e);
	names_release(&names);
	if (rc != RC_OK) {
		form_set_free(set);
		return rc;
	}
	*out = set;
	return RC_OK;
}

void form_set_free(struct form_set *set)
{
	if (set == NULL)
		return;
	arena_clear(&set->arena);
	free(set);
}

const struct form *form_find(const struct form_set *set, const char *name)
{
	for (size_t i = 0; i < set->n; i++)
		if (strcmp(set->forms[i].name, name) == 0)
			return &set->forms[i];
	return NULL;
}

size_t form_count(const struct form_set *set)
{
	return set->n;
}

const struct form *form_at(const struct form_set *set, size_t i)
{
	return &set->forms[i];
}

const struct code_list *form_codes(const struct form_set *set, const char *name)
{
	for (size_t i = 0; i < set->n_lists; i++)
		if (strcmp(set->lists[i].name, name) == 0)
			return &set->lists[i];
	return NULL;
}

const struct field *form_field(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->fields[i].name, name) == 0)
			return &f->fields[i];
	return NULL;
}

size_t form_field_index(const struct form *f, const struct field *field)
{
	return (size_t)(field - f->fields);
}
