/* One form file: its heading, its fields and what they depend on. */
#include "form_read.h"

#include <string.h>

#include "base/text.h"

#define LABEL_MAX 20
#define TITLE_MAX 30

bool form_is_identifier(const char *s, size_t max)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return *s >= 'a' && *s <= 'z' && s[n] == '\0' && n <= max;
}

const char *form_next_word(const char **s, size_t *n)
{
	const char *word = *s + strspn(*s, " \t");

	*n = strcspn(word, " \t");
	*s = word + *n;
	return *n > 0 ? word : NULL;
}

/* A text that must be there, at most `max` characters. */
static enum rc read_words(struct form_set *set, const struct ini_section *s, const char *key, size_t max, const char **out,
                          struct err *e)
{
	const struct ini_entry *at = ini_entry(s, key);
	AUTO_STRBUF clean = { 0 };

	if (at == NULL)
		return ini_refuse(s->path, s->line, e, "[%s] 少了一行 %s = …", s->name, key);
	text_clean(&clean, at->value, strlen(at->value), TEXT_LINE);
	if (text_is_blank(strbuf_str(&clean)) || text_cluster_count(strbuf_str(&clean)) > max)
		return ini_refuse(at->path, at->line, e, "%s 要写 1 到 %zu 个字", key, max);
	*out = arena_copy(&set->arena, strbuf_str(&clean));
	return RC_OK;
}

static enum rc read_flag(const struct ini_section *s, const char *key, bool *flag, struct err *e)
{
	const struct ini_entry *at = ini_entry(s, key);

	if (at && strcmp(at->value, "yes") != 0 && strcmp(at->value, "no") != 0)
		return ini_refuse(at->path, at->line, e, "%s 不能是「%s」，可写：yes、no", key, at->value);
	*flag = at && strcmp(at->value, "yes") == 0;
	return RC_OK;
}

static const char *copy_value(struct form_set *set, const struct ini_section *s, const char *key)
{
	const char *value = ini_value(s, key);

	return arena_copy(&set->arena, value ? value : "");
}

/* Blank-separated role keys; that the roles exist is the domain's to check. */
static enum rc check_roles(const struct ini_section *s, const char *key, struct err *e)
{
	const struct ini_entry *at = ini_entry(s, key);
	size_t n;

	n = at ? strspn(at->value, "abcdefghijklmnopqrstuvwxyz_ ") : 0;
	if (at && at->value[n] != '\0')
		return ini_refuse(at->path, at->line, e, "%s 里写角色代码，用空格隔开，例如 desk grid head", key);
	return RC_OK;
}

static enum rc read_heading(struct form_set *set, struct form *form, const struct ini_section *s, struct err *e)
{
	static const char *const keys[] = { "table", "title", "name_field", "roles_edit", "roles_view", "group", NULL };
	enum rc rc;

	if ((rc = ini_check_keys(s, keys, e)) != RC_OK ||
	    (rc = read_words(set, s, "table", IDENTIFIER_MAX, &form->table, e)) != RC_OK ||
	    (rc = read_words(set, s, "title", TITLE_MAX, &form->title, e)) != RC_OK ||
	    (rc = check_roles(s, "roles_edit", e)) != RC_OK || (rc = check_roles(s, "roles_view", e)) != RC_OK)
		return rc;
	if (!form_is_identifier(form->table, IDENTIFIER_MAX))
		return ini_refuse(s->path, ini_entry(s, "table")->line, e, "表名「%s」不对，只用小写字母、数字和下划线，以字母开头", form->table);
	form->roles_edit = copy_value(set, s, "roles_edit");
	form->roles_view = copy_value(set, s, "roles_view");
	form->group = copy_value(set, s, "group");
	return RC_OK;
}

static enum rc read_field(struct form_set *set, const struct form *form, struct field *f, const struct ini_section *s, struct err *e)
{
	static const char *const keys[] = {
		"label", "type", "required", "default", "help", "sensitive", "sealed", "shown_when", "readonly", NULL,
	};
	const char *name = s->name + strlen("field ");
	const struct ini_entry *type = ini_entry(s, "type");
	enum rc rc;

	*f = (struct field){ .name = arena_copy(&set->arena, name), .extra = strncmp(name, "x.", 2) == 0 };
	f->path = arena_copy(&set->arena, s->path);
	f->line = s->line;
	if (!form_is_identifier(f->extra ? name + 2 : name, IDENTIFIER_MAX))
		return ini_refuse(s->path, s->line, e, "字段名「%s」不对，只用小写字母、数字和下划线，以字母开头，最多 %d 个；自己增加的字段写 x.名字", name,
		                  IDENTIFIER_MAX);
	if (form_field(form, name))
		return ini_refuse(s->path, s->line, e, "字段 %s 重复", name);
	if ((rc = ini_check_keys(s, keys, e)) != RC_OK || (rc = read_words(set, s, "label", LABEL_MAX, &f->label, e)) != RC_OK ||
	    (rc = read_flag(s, "required", &f->required, e)) != RC_OK || (rc = read_flag(s, "readonly", &f->readonly, e)) != RC_OK ||
	    (rc = read_flag(s, "sensitive", &f->sensitive, e)) != RC_OK || (rc = read_flag(s, "sealed", &f->sealed, e)) != RC_OK)
		return rc;
	if (type == NULL)
		return ini_refuse(s->path, s->line, e, "字段 %s 少了一行 type = …，例如 type = text 1..60", name);
	if ((rc = field_type_read(set, f, type, e)) != RC_OK)
		return rc;
	f->sealed = f->sealed || f->type == FIELD_IDNUMBER;
	f->sensitive = f->sensitive || f->sealed;
	f->initial = copy_value(set, s, "default");
	f->help = copy_value(set, s, "help");
	return RC_OK;
}

static enum rc read_name_field(struct form *form, const struct ini_section *s, struct err *e)
{
	const struct ini_entry *at = ini_entry(s, "name_field");
	const struct field *f = at ? form_field(form, at->value) : &form->fields[0];

	for (size_t i = 0; at == NULL && i < form->n; i++) {
		if (form->fields[i].type == FIELD_TEXT && !form->fields[i].extra) {
			f = &form->fields[i];
			break;
		}
	}
	if (f == NULL || (at && (f->type != FIELD_TEXT || f->extra)))
		return ini_refuse(at->path, at->line, e, "name_field 要写本表单里一个 text 字段的名字，没有「%s」", at->value);
	form->name_field = f->name;
	return RC_OK;
}

enum rc form_read(struct form_set *set, struct form *form, const struct ini *ini, struct err *e)
{
	const struct ini_section *heading = ini_section(ini, "form");
	struct field *fields = arena_alloc(&set->arena, (ini->n + 1) * sizeof *fields);
	enum rc rc;

	form->path = arena_copy(&set->arena, ini->path);
	form->fields = fields;
	if (heading == NULL)
		return ini_refuse(ini->path, 0, e, "少了 [form] 这一节，里面写 table = 表名 和 title = 标题");
	if ((rc = read_heading(set, form, heading, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < ini->n; i++) {
		const struct ini_section *s = &ini->sections[i];

		if (strncmp(s->name, "field ", 6) == 0) {
			if ((rc = read_field(set, form, &fields[form->n], s, e)) != RC_OK)
				return rc;
			form->n++;
		} else if (strcmp(s->name, "form") != 0 && strcmp(s->name, "list") != 0) {
			return ini_refuse(s->path, s->line, e, "不认识 [%s]，可写：[form]、[field 名字]、[field x.名字]、[list]", s->name);
		}
	}
	if (form->n == 0)
		return ini_refuse(ini->path, 0, e, "表单里没有字段，至少写一节 [field 名字]");
	if ((rc = read_name_field(form, heading, e)) != RC_OK ||
	    (rc = form_read_conditions(set, form, ini, e)) != RC_OK)
		return rc;
	return form_read_list(set, form, ini_section(ini, "list"), e);
}
