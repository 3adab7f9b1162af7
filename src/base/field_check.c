/* Whether a value may stand in a field, and whether the field is shown: for values that come from a form, a file or another site. */
#include "base/form.h"

#include <inttypes.h>
#include <string.h>

#include "base/day.h"
#include "base/identity.h"
#include "base/mem.h"
#include "base/text.h"
#include "form_read.h"

bool field_holds_number(const struct field *f)
{
	return f->type == FIELD_INT || f->type == FIELD_MONEY || f->type == FIELD_DATE || f->type == FIELD_TIME || f->type == FIELD_YESNO ||
	       f->type == FIELD_PICK;
}

static enum rc refuse(const struct field *f, struct err *e, const char *what)
{
	return err_set(e, RC_INVALID, f->name, "%s：%s", f->label, what);
}

static enum rc check_number(const struct field *f, int64_t number, struct err *e)
{
	switch (f->type) {
	case FIELD_DATE:
		if (number < day_from_civil(1, 1, 1) || number > day_from_civil(9999, 12, 31))
			return refuse(f, e, "日期不存在，请重新填写");
		return RC_OK;
	case FIELD_PICK:
		return number == 0 ? refuse(f, e, "请从列表里选") : RC_OK;
	default:
		if (number < f->min || number > f->max)
			return err_set(e, RC_INVALID, f->name, "%s：超出范围，应在 %" PRId64 " 到 %" PRId64 " 之间%s", f->label,
			               f->type == FIELD_MONEY ? f->min / 100 : f->min, f->type == FIELD_MONEY ? f->max / 100 : f->max,
			               f->type == FIELD_MONEY ? "（元）" : "");
		return RC_OK;
	}
}

/* Every word a code of the list, none twice. */
static enum rc check_codes(const struct field *f, const char *text, struct err *e)
{
	AUTO_FREE bool *seen = mem_alloc(f->codes->n * sizeof *seen);
	const char *s = text, *word;
	size_t n, count = 0;

	while ((word = form_next_word(&s, &n)) != NULL) {
		AUTO_FREE char *copy = mem_copy_n(word, n);
		const struct code *c = code_find(f->codes, copy);

		if (c == NULL)
			return err_set(e, RC_INVALID, f->name, "%s：代码表里没有「%s」，请从列表里选", f->label, copy);
		if (seen[c - f->codes->codes])
			return err_set(e, RC_INVALID, f->name, "%s：「%s」重复了", f->label, c->label);
		seen[c - f->codes->codes] = true;
		count++;
	}
	if (count == 0 || (f->type == FIELD_CODE && count != 1))
		return refuse(f, e, "请从列表里选一个");
	return RC_OK;
}

/* A text is clean: what text_clean() would leave. Then the field's length. */
static enum rc check_text(const struct field *f, const char *text, struct err *e)
{
	AUTO_STRBUF clean = { 0 };
	size_t n;

	text_clean(&clean, text, strlen(text), f->type == FIELD_NOTE ? TEXT_NOTE : TEXT_LINE);
	if (strcmp(strbuf_str(&clean), text) != 0 || text_is_blank(text))
		return refuse(f, e, "有不能保存的字符，请重新填写");
	n = text_cluster_count(text);
	if ((int64_t)n < f->min || (int64_t)n > f->max)
		return err_set(e, RC_INVALID, f->name, "%s：应为 %" PRId64 " 到 %" PRId64 " 个字，现在有 %zu 个", f->label, f->min, f->max, n);
	return RC_OK;
}

/* Telephone and id numbers are kept in their normal form. */
static enum rc check_normal(const struct field *f, const char *text, struct err *e)
{
	char normal[24];
	enum rc rc = f->type == FIELD_PHONE ? phone_check(text, normal, e) : idnumber_check(text, normal, e);

	if (rc != RC_OK || strcmp(normal, text) != 0)
		return refuse(f, e, f->type == FIELD_PHONE ? "电话号码不对，请核对" : "身份证号码不对，请照证件核对");
	return RC_OK;
}

enum rc field_check(const struct field *f, const struct value *v, struct err *e)
{
	if (v->kind == VALUE_NONE)
		return f->required ? err_set(e, RC_INVALID, f->name, "请填写「%s」", f->label) : RC_OK;
	if ((v->kind == VALUE_NUMBER) != field_holds_number(f))
		return refuse(f, e, "内容的类型不对，请重新填写");
	if (v->kind == VALUE_NUMBER)
		return check_number(f, v->number, e);
	if (!text_is_utf8(v->text, strlen(v->text), NULL))
		return refuse(f, e, "有不能保存的字符，请重新填写");
	switch (f->type) {
	case FIELD_CODE:
	case FIELD_CODES:
		return check_codes(f, v->text, e);
	case FIELD_PHONE:
	case FIELD_IDNUMBER:
		return check_normal(f, v->text, e);
	default:
		return check_text(f, v->text, e);
	}
}

/* "property" is met by itself and by "property.leak". */
static bool meets(const char *code, size_t n, const char *wanted)
{
	size_t len = strlen(wanted);

	return n >= len && memcmp(code, wanted, len) == 0 && (n == len || code[len] == '.');
}

static bool value_meets(const struct value *v, const char *wanted)
{
	const char *s = value_text(v), *word;
	size_t n;

	if (v->kind == VALUE_NUMBER)
		return v->number == (*wanted == '1');
	while ((word = form_next_word(&s, &n)) != NULL)
		if (meets(word, n, wanted))
			return true;
	return false;
}

bool field_is_shown(const struct form *form, const struct field *f, const struct value *values)
{
	const struct field *other;

	/* Conditions don't form a circle: form_set_load() refuses that. */
	for (; f->shown_when_field; f = other) {
		bool met = false;

		other = form_field(form, f->shown_when_field);
		for (const char *const *wanted = f->shown_when_values; *wanted && !met; wanted++)
			met = value_meets(&values[form_field_index(form, other)], *wanted);
		if (!met)
			return false;
	}
	return true;
}
