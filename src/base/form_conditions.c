/* What fields of a form say about each other (`shown_when`), and their defaults. */
#include "form_read.h"

#include <string.h>

#include "base/day.h"

/* A value of `shown_when` as it is stored: a code, or "1" and "0" for yes and no. NULL if the other field has no such value. */
static const char *condition_value(struct form_set *set, const struct field *other, const char *word, size_t n)
{
	char *value = arena_copy_n(&set->arena, word, n);

	if (other->type != FIELD_YESNO)
		return code_find(other->codes, value) ? value : NULL;
	if (strcmp(value, "yes") == 0)
		return "1";
	return strcmp(value, "no") == 0 ? "0" : NULL;
}

static void list_values(struct strbuf *out, const struct field *other)
{
	if (other->type == FIELD_YESNO)
		strbuf_add(out, "yes、no");
	for (size_t i = 0; other->codes && i < other->codes->n; i++)
		strbuf_format(out, "%s%s", i > 0 ? "、" : "", other->codes->codes[i].code);
}

static enum rc read_shown_when(struct form_set *set, struct form *form, struct field *f, const struct ini_entry *at, struct err *e)
{
	const char *s = at->value, *word;
	const struct field *other;
	const char **values = arena_alloc(&set->arena, (strlen(s) + 1) * sizeof *values);
	size_t n, count = 0;

	word = form_next_word(&s, &n);
	other = word ? form_field(form, arena_copy_n(&set->arena, word, n)) : NULL;
	if (other == NULL || other == f)
		return ini_refuse(at->path, at->line, e, "shown_when 先写本表单另一个字段的名字，再写它的值；没有「%.*s」", word ? (int)n : 0,
		                  word ? word : "");
	if (other->type != FIELD_CODE && other->type != FIELD_CODES && other->type != FIELD_YESNO)
		return ini_refuse(at->path, at->line, e, "%s 不能用在 shown_when 里，只有 code、codes、yesno 类型的字段可以", other->name);
	while ((word = form_next_word(&s, &n)) != NULL) {
		AUTO_STRBUF allowed = { 0 };

		values[count] = condition_value(set, other, word, n);
		if (values[count++] == NULL) {
			list_values(&allowed, other);
			return ini_refuse(at->path, at->line, e, "%s 没有值「%.*s」，可写：%s", other->name, (int)n, word, strbuf_str(&allowed));
		}
	}
	if (count == 0)
		return ini_refuse(at->path, at->line, e, "shown_when 在字段名后面至少写一个值");
	f->shown_when_field = other->name;
	f->shown_when_values = values;
	return RC_OK;
}

/* Whether a field depends on itself in the end. */
static bool is_circular(const struct form *form, const struct field *f)
{
	const struct field *at = f;

	for (size_t steps = 0; at && at->shown_when_field; steps++) {
		if (steps > form->n)
			return true;
		at = form_field(form, at->shown_when_field);
	}
	return false;
}

static enum rc check_default(const struct field *f, const struct ini_entry *at, struct err *e)
{
	struct value v = { 0 };
	struct err why = { 0 };
	enum rc rc;

	if (f->initial[0] == '\0')
		return RC_OK;
	if (f->type == FIELD_PICK)
		return ini_refuse(at->path, at->line, e, "pick 类型的字段不能有 default");
	rc = field_parse(f, f->initial, day_today(), &v, &why);
	value_clear(&v);
	if (rc != RC_OK)
		return ini_refuse(at->path, at->line, e, "default 不对：%s", why.text);
	return RC_OK;
}

enum rc form_read_conditions(struct form_set *set, struct form *form, const struct ini *ini, struct err *e)
{
	struct field *fields = (struct field *)form->fields;

	for (size_t i = 0; i < form->n; i++) {
		AUTO_FREE char *name = mem_format("field %s", fields[i].name);
		const struct ini_section *s = ini_section(ini, name);
		const struct ini_entry *at = ini_entry(s, "shown_when");
		enum rc rc;

		if ((at && (rc = read_shown_when(set, form, &fields[i], at, e)) != RC_OK) ||
		    (rc = check_default(&fields[i], ini_entry(s, "default"), e)) != RC_OK)
			return rc;
	}
	for (size_t i = 0; i < form->n; i++)
		if (is_circular(form, &fields[i]))
			return ini_refuse(fields[i].path, fields[i].line, e, "%s 的 shown_when 绕了一圈又依赖自己", fields[i].name);
	return RC_OK;
}
