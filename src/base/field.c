/* Fields: from what was typed to a value, and whether a value may be kept. */
#include "base/form.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "base/identity.h"
#include "base/mem.h"
#include "base/text.h"
#include "decimal.h"

static enum rc refuse(const struct field *f, struct err *e, const char *format, ...) PRINTF_LIKE(3, 4);

static enum rc refuse(const struct field *f, struct err *e, const char *format, ...)
{
	char message[sizeof e->text];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	return err_set(e, RC_INVALID, f->name, "%s：%s", f->label, message);
}

/* Give the failure of a check that knows no fields its place. */
static enum rc at_field(const struct field *f, struct err *e)
{
	if (e == NULL)
		return RC_INVALID;
	snprintf(e->field, sizeof e->field, "%s", f->name);
	return err_during(e, "%s", f->label);
}

static enum rc check_length(const struct field *f, const char *text, struct err *e)
{
	size_t n = text_cluster_count(text);

	if ((int64_t)n < f->min && f->min == f->max)
		return refuse(f, e, "应为 %" PRId64 " 个字，现在有 %zu 个", f->min, n);
	if ((int64_t)n < f->min)
		return refuse(f, e, "至少 %" PRId64 " 个字，现在有 %zu 个", f->min, n);
	if ((int64_t)n > f->max)
		return refuse(f, e, "最多 %" PRId64 " 个字，现在有 %zu 个", f->max, n);
	return RC_OK;
}

static enum rc parse_text(const struct field *f, const char *typed, struct value *out, struct err *e)
{
	AUTO_STRBUF clean = { 0 };
	enum rc rc;

	text_clean(&clean, typed, strlen(typed), f->type == FIELD_NOTE ? TEXT_NOTE : TEXT_LINE);
	if (!text_is_blank(strbuf_str(&clean)) && (rc = check_length(f, strbuf_str(&clean), e)) != RC_OK)
		return rc;
	value_set_text(out, text_is_blank(strbuf_str(&clean)) ? NULL : strbuf_str(&clean));
	return RC_OK;
}

static enum rc check_range(const struct field *f, int64_t number, struct err *e)
{
	AUTO_STRBUF min = { 0 };
	AUTO_STRBUF max = { 0 };

	if (number >= f->min && number <= f->max)
		return RC_OK;
	if (f->type == FIELD_MONEY) {
		decimal_add_money(&min, f->min, true);
		decimal_add_money(&max, f->max, true);
		return refuse(f, e, "应在 %s 到 %s 元之间", strbuf_str(&min), strbuf_str(&max));
	}
	return refuse(f, e, "应在 %" PRId64 " 到 %" PRId64 " 之间%s%s", f->min, f->max, *f->unit ? "，单位" : "", f->unit);
}

static bool ends_with(const char *s, size_t n, const char *end)
{
	size_t len = strlen(end);

	return n >= len && len > 0 && memcmp(s + n - len, end, len) == 0;
}

static enum rc parse_int(const struct field *f, const char *s, struct value *out, struct err *e)
{
	size_t n = strlen(s);
	int64_t number;
	enum rc rc;

	if (ends_with(s, n, f->unit))
		n -= strlen(f->unit);
	while (n > 0 && s[n - 1] == ' ')
		n--;
	if (!decimal_parse(s, n, 0, &number))
		return refuse(f, e, "请输入整数%s%s", *f->unit ? "，单位" : "", f->unit);
	if ((rc = check_range(f, number, e)) == RC_OK)
		value_set_number(out, number);
	return rc;
}

/* 12.5  ￥12.50  1,200元  3.5万  → 分 */
static bool parse_fen(const char *s, int64_t *fen)
{
	static const char *const signs[] = { "￥", "\u00A5" };
	size_t n = strlen(s);
	int decimals = 2;

	for (size_t i = 0; i < COUNT(signs); i++) {
		size_t len = strlen(signs[i]);

		if (n >= len && memcmp(s, signs[i], len) == 0) {
			s += len;
			n -= len;
			break;
		}
	}
	if (ends_with(s, n, "元"))
		n -= strlen("元");
	if (ends_with(s, n, "万")) {
		n -= strlen("万");
		decimals = 6;              /* a ten-thousandth of 万 is a yuan */
	}
	return decimal_parse(s, n, decimals, fen);
}

static enum rc parse_money(const struct field *f, const char *s, struct value *out, struct err *e)
{
	int64_t fen;
	enum rc rc;

	if (!parse_fen(s, &fen))
		return refuse(f, e, "请输入金额，例如 12.50、1200、3.5万，最多到分");
	if ((rc = check_range(f, fen, e)) == RC_OK)
		value_set_number(out, fen);
	return rc;
}

static enum rc parse_yesno(const struct field *f, const char *s, struct value *out, struct err *e)
{
	static const struct { const char *word; int value; } words[] = {
		{ "是", 1 }, { "有", 1 }, { "yes", 1 }, { "y", 1 }, { "1", 1 }, { "√", 1 },
		{ "否", 0 }, { "无", 0 }, { "没有", 0 }, { "不是", 0 }, { "no", 0 }, { "n", 0 }, { "0", 0 },
	};

	for (size_t i = 0; i < COUNT(words); i++) {
		if (strcmp(s, words[i].word) == 0) {
			value_set_number(out, words[i].value);
			return RC_OK;
		}
	}
	return refuse(f, e, "请填 是 或 否");
}

/* Whether typed (folded) is the label of a code, alone or behind its parent's: 漏水, 物业·漏水, 物业/漏水. */
static bool is_label(const struct code_list *list, const struct code *c, const char *typed)
{
	AUTO_STRBUF label = { 0 };
	AUTO_STRBUF full = { 0 };
	size_t parent_bytes;

	text_fold(&label, c->label);
	if (strcmp(strbuf_str(&label), typed) == 0)
		return true;
	if (c->parent == NULL)
		return false;
	text_fold(&full, code_label(list, c->parent));
	parent_bytes = full.n;
	if (strncmp(strbuf_str(&full), typed, parent_bytes) != 0)
		return false;
	typed += parent_bytes;
	typed += *typed == '/' ? 1 : strncmp(typed, "·", strlen("·")) == 0 ? strlen("·") : 0;
	return strcmp(strbuf_str(&label), typed) == 0;
}

/* The one code that typed (folded) names. A retired one only by its code: so an old record is saved as it is. */
static enum rc find_code(const struct field *f, const char *typed, const struct code **found, struct err *e)
{
	const struct code *c = code_find(f->codes, typed), *other = NULL;

	for (size_t i = 0; c == NULL && i < f->codes->n; i++) {
		const struct code *at = &f->codes->codes[i];

		if (at->retired || !is_label(f->codes, at, typed))
			continue;
		if (other)
			return refuse(f, e, "有两个「%s」（%s 和 %s），请从列表里选", typed, other->code, at->code);
		other = at;
	}
	c = c ? c : other;
	if (c == NULL)
		return refuse(f, e, "没有「%s」，请从列表里选", typed);
	*found = c;
	return RC_OK;
}

static enum rc parse_code(const struct field *f, const char *s, struct value *out, struct err *e)
{
	const struct code *c;
	enum rc rc;

	if ((rc = find_code(f, s, &c, e)) == RC_OK)
		value_set_text(out, c->code);
	return rc;
}

/* The next of several codes: they may be separated by blanks, commas and 、. NULL at the end. */
static const char *next_item(const char **s, size_t *n)
{
	static const char *const separators[] = { " ", ",", ";", "、", "，", "；" };
	const char *at = *s, *item = NULL;

	while (*at) {
		size_t skip = 0;

		for (size_t i = 0; i < COUNT(separators); i++)
			if (strncmp(at, separators[i], strlen(separators[i])) == 0)
				skip = strlen(separators[i]);
		if (skip > 0 && item)
			break;
		if (skip == 0 && item == NULL)
			item = at;
		at += skip > 0 ? skip : 1;
	}
	*n = item ? (size_t)(at - item) : 0;
	*s = at;
	return item;
}

/* Kept in the list's order, each once, so that the same choice is the same text. */
static enum rc parse_codes(const struct field *f, const char *s, struct value *out, struct err *e)
{
	AUTO_FREE bool *chosen = mem_alloc(f->codes->n * sizeof *chosen);
	AUTO_STRBUF codes = { 0 };
	const char *item;
	size_t n;

	while ((item = next_item(&s, &n)) != NULL) {
		AUTO_FREE char *word = mem_copy_n(item, n);
		const struct code *c;
		enum rc rc;

		if ((rc = find_code(f, word, &c, e)) != RC_OK)
			return rc;
		chosen[c - f->codes->codes] = true;
	}
	for (size_t i = 0; i < f->codes->n; i++)
		if (chosen[i])
			strbuf_format(&codes, "%s%s", codes.n > 0 ? " " : "", f->codes->codes[i].code);
	value_set_text(out, strbuf_str(&codes));
	return RC_OK;
}

static enum rc parse_checked(const struct field *f, const char *s, int32_t today, struct value *out, struct err *e)
{
	char phone[24], idnumber[19];
	int32_t day;
	int minutes;

	switch (f->type) {
	case FIELD_DATE:
		if (day_parse(s, today, &day, e) != RC_OK)
			return at_field(f, e);
		value_set_number(out, day);
		return RC_OK;
	case FIELD_TIME:
		if (time_parse(s, &minutes, e) != RC_OK)
			return at_field(f, e);
		value_set_number(out, minutes);
		return RC_OK;
	case FIELD_PHONE:
		if (phone_check(s, phone, e) != RC_OK)
			return at_field(f, e);
		value_set_text(out, phone);
		return RC_OK;
	default:
		if (idnumber_check(s, idnumber, e) != RC_OK)
			return at_field(f, e);
		value_set_text(out, idnumber);
		return RC_OK;
	}
}

enum rc field_parse(const struct field *f, const char *typed, int32_t today, struct value *out, struct err *e)
{
	AUTO_STRBUF clean = { 0 };
	AUTO_STRBUF folded = { 0 };
	const char *s;

	if (typed == NULL || f->type == FIELD_TEXT || f->type == FIELD_NOTE)
		return parse_text(f, typed ? typed : "", out, e);
	text_clean(&clean, typed, strlen(typed), TEXT_LINE);
	text_fold(&folded, strbuf_str(&clean));
	s = strbuf_str(&folded);
	if (*s == '\0') {
		value_clear(out);
		return RC_OK;
	}
	switch (f->type) {
	case FIELD_INT:
		return parse_int(f, s, out, e);
	case FIELD_MONEY:
		return parse_money(f, s, out, e);
	case FIELD_YESNO:
		return parse_yesno(f, s, out, e);
	case FIELD_CODE:
		return parse_code(f, s, out, e);
	case FIELD_CODES:
		return parse_codes(f, s, out, e);
	case FIELD_PICK:
		return refuse(f, e, "请从列表里选");
	default:
		return parse_checked(f, s, today, out, e);
	}
}
