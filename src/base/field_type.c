/* What a form file says a field's type is: a word, and its range, unit, code list or form. */
#include "form_read.h"

#include <string.h>

#include "decimal.h"

enum parameter { NO_PARAMETER, RANGE, RANGE_AND_UNIT, CODE_LIST, FORM_NAME };

/* The widest range a form may state; money in 分. */
static const struct type {
	const char *word;
	enum field_type type;
	enum parameter parameter;
	int64_t min, max;
	const char *example;
} types[] = {
	{ "text", FIELD_TEXT, RANGE, 0, 1000, "text 1..60" },
	{ "note", FIELD_NOTE, RANGE, 0, 20000, "note 0..2000" },
	{ "int", FIELD_INT, RANGE_AND_UNIT, -1000000000000, 1000000000000, "int 0..100 户" },
	{ "money", FIELD_MONEY, RANGE, -100000000000000, 100000000000000, "money 0..50000" },
	{ "date", FIELD_DATE, NO_PARAMETER, 0, 0, "date" },
	{ "time", FIELD_TIME, NO_PARAMETER, 0, 24 * 60 - 1, "time" },
	{ "code", FIELD_CODE, CODE_LIST, 0, 0, "code category" },
	{ "codes", FIELD_CODES, CODE_LIST, 0, 0, "codes care_tag" },
	{ "phone", FIELD_PHONE, NO_PARAMETER, 0, 0, "phone" },
	{ "idnumber", FIELD_IDNUMBER, NO_PARAMETER, 0, 0, "idnumber" },
	{ "yesno", FIELD_YESNO, NO_PARAMETER, 0, 1, "yesno" },
	{ "pick", FIELD_PICK, FORM_NAME, 0, 0, "pick resident" },
};

static const struct type *find_type(const char *word, size_t n)
{
	for (size_t i = 0; word && i < COUNT(types); i++)
		if (strlen(types[i].word) == n && memcmp(types[i].word, word, n) == 0)
			return &types[i];
	return NULL;
}

static enum rc refuse_type(const struct ini_entry *at, struct err *e)
{
	AUTO_STRBUF words = { 0 };

	for (size_t i = 0; i < COUNT(types); i++)
		strbuf_format(&words, "%s%s", i > 0 ? "、" : "", types[i].word);
	return ini_refuse(at->path, at->line, e, "不认识的类型「%s」，可写：%s", at->value, strbuf_str(&words));
}

/* "1..60" */
static bool parse_range(const char *word, size_t n, int decimals, int64_t *min, int64_t *max)
{
	const char *dots = memmem(word, n, "..", 2);
	size_t left;

	if (dots == NULL)
		return false;
	left = (size_t)(dots - word);
	return decimal_parse(word, left, decimals, min) && decimal_parse(dots + 2, n - left - 2, decimals, max);
}

static enum rc read_range(struct field *f, const struct type *t, const char *word, size_t n, const struct ini_entry *at, struct err *e)
{
	int64_t min, max;

	if (word == NULL || !parse_range(word, n, t->type == FIELD_MONEY ? 2 : 0, &min, &max))
		return ini_refuse(at->path, at->line, e, "%s 后面要写范围，例如 type = %s", t->word, t->example);
	if (min > max)
		return ini_refuse(at->path, at->line, e, "范围写反了，小的在前，例如 type = %s", t->example);
	if (min < t->min || max > t->max || (max == 0 && (t->type == FIELD_TEXT || t->type == FIELD_NOTE)))
		return ini_refuse(at->path, at->line, e, "范围太大或是空的，%s 最多 %lld..%lld", t->word,
		                  (long long)(t->type == FIELD_MONEY ? t->min / 100 : t->min),
		                  (long long)(t->type == FIELD_MONEY ? t->max / 100 : t->max));
	f->min = min;
	f->max = max;
	return RC_OK;
}

static enum rc read_code_list(const struct form_set *set, struct field *f, const char *word, size_t n, const struct ini_entry *at,
                              struct err *e)
{
	for (size_t i = 0; word && i < set->n_lists; i++)
		if (strlen(set->lists[i].name) == n && memcmp(set->lists[i].name, word, n) == 0)
			f->codes = &set->lists[i];
	if (f->codes == NULL)
		return ini_refuse(at->path, at->line, e, "没有代码表「%.*s」，code 和 codes 后面写 codes.ini 里一节的名字", word ? (int)n : 0,
		                  word ? word : "");
	return RC_OK;
}

enum rc field_type_read(struct form_set *set, struct field *f, const struct ini_entry *at, struct err *e)
{
	const char *s = at->value, *word, *parameter;
	size_t n = 0, parameter_n = 0;
	const struct type *t;
	enum rc rc = RC_OK;

	word = form_next_word(&s, &n);
	if ((t = find_type(word, n)) == NULL)
		return refuse_type(at, e);
	f->type = t->type;
	f->min = t->min;
	f->max = t->max;
	f->unit = "";
	if (t->parameter == NO_PARAMETER) {
		if (form_next_word(&s, &n) != NULL)
			return ini_refuse(at->path, at->line, e, "%s 后面不用写别的", t->word);
		return RC_OK;
	}
	parameter = form_next_word(&s, &parameter_n);
	if (t->parameter == CODE_LIST)
		rc = read_code_list(set, f, parameter, parameter_n, at, e);
	else if (t->parameter == FORM_NAME)
		f->pick_form = parameter ? arena_copy_n(&set->arena, parameter, parameter_n) : "";
	else
		rc = read_range(f, t, parameter, parameter_n, at, e);
	if (rc != RC_OK)
		return rc;
	word = form_next_word(&s, &n);
	if (word && t->parameter == RANGE_AND_UNIT) {
		f->unit = arena_copy_n(&set->arena, word, n);
		word = form_next_word(&s, &n);
	}
	if (word)
		return ini_refuse(at->path, at->line, e, "「%.*s」是多余的，应写成 type = %s", (int)n, word, t->example);
	return RC_OK;
}
