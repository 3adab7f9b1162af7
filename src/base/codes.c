/* Code lists: forms/codes.ini, and looking codes up. */
#include "base/form.h"

#include <string.h>

#include "form_read.h"
#include "base/text.h"

#define LABEL_MAX 40

const struct code *code_find(const struct code_list *list, const char *code)
{
	for (size_t i = 0; list && code && i < list->n; i++)
		if (strcmp(list->codes[i].code, code) == 0)
			return &list->codes[i];
	return NULL;
}

const char *code_label(const struct code_list *list, const char *code)
{
	const struct code *c = code_find(list, code);

	return c ? c->label : code ? code : "";
}

bool code_has_flag(const struct code *c, const char *flag)
{
	const char *s = c ? c->flags : "", *word;
	size_t n, len = strlen(flag);

	while ((word = form_next_word(&s, &n)) != NULL)
		if (n == len && memcmp(word, flag, n) == 0)
			return true;
	return false;
}

/* Characters of a code or a flag. */
static bool is_plain_word(const char *s, size_t n, const char *also)
{
	for (size_t i = 0; i < n; i++)
		if (!((s[i] >= 'a' && s[i] <= 'z') || (s[i] >= '0' && s[i] <= '9') || strchr(also, s[i])))
			return false;
	return n > 0;
}

/* property.leak → property; NULL on the first level. */
static enum rc read_parent(struct form_set *set, struct code *c, const struct ini_section *s, const struct ini_entry *at, struct err *e)
{
	const char *dot = strchr(at->key, '.');
	char *parent;

	if (dot == NULL)
		return RC_OK;
	parent = arena_copy_n(&set->arena, at->key, (size_t)(dot - at->key));
	if (dot == at->key || dot[1] == '\0' || strchr(dot + 1, '.'))
		return ini_refuse(at->path, at->line, e, "代码 %s 不对，最多两级：大类.小类", at->key);
	if (ini_entry(s, parent) == NULL)
		return ini_refuse(at->path, at->line, e, "%s 的大类 %s 不在这张表里，请先写一行 %s = 名称", at->key, parent, parent);
	c->parent = parent;
	return RC_OK;
}

/* "名称 | flag flag" */
static enum rc read_label(struct form_set *set, struct code *c, const struct ini_entry *at, struct err *e)
{
	const char *bar = strchr(at->value, '|'), *flags = bar ? bar + 1 : "", *word;
	size_t n, label_bytes = bar ? (size_t)(bar - at->value) : strlen(at->value);
	AUTO_STRBUF label = { 0 };
	AUTO_STRBUF kept = { 0 };

	text_clean(&label, at->value, label_bytes, TEXT_LINE);
	if (text_is_blank(strbuf_str(&label)) || text_cluster_count(strbuf_str(&label)) > LABEL_MAX)
		return ini_refuse(at->path, at->line, e, "%s 要有名称，1 到 %d 个字", at->key, LABEL_MAX);
	while ((word = form_next_word(&flags, &n)) != NULL) {
		if (!is_plain_word(word, n, "_-.="))
			return ini_refuse(at->path, at->line, e, "竖线后面只能写小写英文标记（如 retired），用空格隔开");
		if (kept.n > 0)
			strbuf_add_char(&kept, ' ');
		strbuf_add_n(&kept, word, n);
	}
	c->label = arena_copy(&set->arena, strbuf_str(&label));
	c->flags = arena_copy(&set->arena, strbuf_str(&kept));
	c->retired = code_has_flag(c, "retired");
	return RC_OK;
}

static enum rc read_code(struct form_set *set, struct code_list *list, const struct ini_section *s, const struct ini_entry *at,
                         struct code *c, struct err *e)
{
	enum rc rc;

	if (!is_plain_word(at->key, strlen(at->key), "_.-"))
		return ini_refuse(at->path, at->line, e, "代码 %s 不对，只用小写字母、数字和 _ - .", at->key);
	c->code = arena_copy(&set->arena, at->key);
	if ((rc = read_parent(set, c, s, at, e)) != RC_OK || (rc = read_label(set, c, at, e)) != RC_OK)
		return rc;
	for (const struct code *other = list->codes; other < c; other++)
		if (strcmp(other->label, c->label) == 0 && !c->retired && !other->retired &&
		    strcmp(other->parent ? other->parent : "", c->parent ? c->parent : "") == 0)
			return ini_refuse(at->path, at->line, e, "名称「%s」与 %s 重复，同一级的名称不能相同", c->label, other->code);
	return RC_OK;
}

enum rc codes_read(struct form_set *set, const struct ini *ini, struct err *e)
{
	set->lists = arena_alloc(&set->arena, ini->n * sizeof *set->lists);
	for (set->n_lists = 0; set->n_lists < ini->n; set->n_lists++) {
		const struct ini_section *s = &ini->sections[set->n_lists];
		struct code_list *list = &set->lists[set->n_lists];
		struct code *codes = arena_alloc(&set->arena, s->n * sizeof *codes);

		if (!form_is_identifier(s->name, IDENTIFIER_MAX))
			return ini_refuse(s->path, s->line, e, "代码表的名字 [%s] 不对，只用小写字母、数字和下划线，以字母开头", s->name);
		if (s->n == 0)
			return ini_refuse(s->path, s->line, e, "代码表 [%s] 是空的，至少写一行 代码 = 名称", s->name);
		*list = (struct code_list){ arena_copy(&set->arena, s->name), codes, 0 };
		for (; list->n < s->n; list->n++) {
			enum rc rc = read_code(set, list, s, &s->entries[list->n], &codes[list->n], e);

			if (rc != RC_OK)
				return rc;
		}
	}
	return RC_OK;
}
