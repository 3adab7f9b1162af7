/* The values of the journal in words. */
#include "ui/change_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/register_pick.h"

#define NOTHING "（空）"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Four hex digits at s; -1 if there are none. */
static int32_t hex4(const char *s)
{
	int32_t unit = 0;

	for (int i = 0; i < 4; i++) {
		int digit = s[i] ? hex_digit(s[i]) : -1;

		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

/* The escape behind a backslash at s; returns its length. */
static size_t add_escape(struct strbuf *out, const char *s)
{
	static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
	const char *known = *s ? strchr(from, *s) : NULL;
	int32_t unit, low;
	uint32_t point;
	char bytes[4];

	if (*s == '\0')
		return 0;
	if (*s != 'u' || (unit = hex4(s + 1)) < 0) {
		strbuf_add_char(out, known ? to[known - from] : *s);
		return 1;
	}
	point = (uint32_t)unit;
	low = unit >= 0xD800 && unit < 0xDC00 && s[5] == '\\' && s[6] == 'u' ? hex4(s + 7) : -1;
	if (low >= 0xDC00 && low < 0xE000)
		point = 0x10000 + (((uint32_t)unit - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
	strbuf_add_n(out, bytes, text_encode(point, bytes));
	return point >= 0x10000 ? 11 : 5;
}

/* JSON of a string, a number, true, false or null → text. */
static void plain_text(const char *json, struct strbuf *out)
{
	const char *s = json;

	if (*s != '"') {
		if (strcmp(json, "null") != 0)
			strbuf_add(out, json);
		return;
	}
	for (s++; *s && *s != '"';) {
		if (*s == '\\') {
			s++;
			s += add_escape(out, s);
		} else {
			strbuf_add_char(out, *s++);
		}
	}
}

static void make_value(const struct field *f, const char *text, struct value *out)
{
	struct err ignored = { 0 };

	if (f->extra && f->type != FIELD_PICK) {
		if (field_parse(f, text, 0, out, &ignored) != RC_OK)      /* kept as it was typed */
			value_set_text(out, text);
	} else if (field_holds_number(f)) {
		value_set_number(out, strtoll(text, NULL, 10));
	} else {
		value_set_text(out, text);
	}
}

enum rc change_value(struct office *of, const struct field *f, const char *json, int64_t grid_id, struct strbuf *out, struct err *e)
{
	const struct form *picked = f->type == FIELD_PICK ? form_find(of->forms, f->pick_form) : NULL;
	struct value value = { 0 };
	AUTO_STRBUF text = { 0 };
	AUTO_FREE char *label = NULL;
	size_t before = out->n;
	enum rc rc = RC_OK;

	if (json)
		plain_text(json, &text);
	if (text.n == 0) {
		strbuf_add(out, NOTHING);
		return RC_OK;
	}
	make_value(f, strbuf_str(&text), &value);
	if (picked && (rc = register_label(of, picked, value.number, &label, e)) == RC_OK)
		strbuf_add(out, label);
	else if (!picked)
		field_show(f, &value, !office_sees(of, f, grid_id), out);
	if (rc == RC_OK && out->n == before)
		strbuf_add(out, NOTHING);
	value_clear(&value);
	return rc;
}
