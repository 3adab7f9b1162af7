/* Fields: from a value to what can be typed again, and to what people read. */
#include "base/form.h"

#include <inttypes.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "decimal.h"
#include "form_read.h"

static void add_number_typed(const struct field *f, int64_t number, struct strbuf *out)
{
	switch (f->type) {
	case FIELD_MONEY:
		decimal_add_money(out, number, false);
		break;
	case FIELD_DATE:
		day_format(out, (int32_t)number);
		break;
	case FIELD_TIME:
		time_format(out, (int)number);
		break;
	case FIELD_YESNO:
		strbuf_add(out, number ? "是" : "否");
		break;
	default:
		strbuf_format(out, "%" PRId64, number);
	}
}

void field_typed(const struct field *f, const struct value *v, struct strbuf *out)
{
	if (v->kind == VALUE_NUMBER)
		add_number_typed(f, v->number, out);
	else
		strbuf_add(out, value_text(v));
}

/* 物业·漏水 */
static void add_code_label(const struct code_list *list, const char *code, struct strbuf *out)
{
	const struct code *c = code_find(list, code);

	if (c && c->parent)
		strbuf_format(out, "%s·", code_label(list, c->parent));
	strbuf_add(out, code_label(list, code));
}

static void show_codes(const struct field *f, const char *codes, struct strbuf *out)
{
	const char *word;
	size_t n;

	for (bool first = true; (word = form_next_word(&codes, &n)) != NULL; first = false) {
		AUTO_FREE char *code = mem_copy_n(word, n);

		if (!first)
			strbuf_add(out, "、");
		add_code_label(f->codes, code, out);
	}
}

static bool is_name(const struct field *f)
{
	const char *underscore = strrchr(f->name, '_');

	return f->type == FIELD_TEXT && strcmp(underscore ? underscore + 1 : f->name, "name") == 0;
}

static void show_masked(const struct field *f, const struct value *v, struct strbuf *out)
{
	if (f->type == FIELD_PHONE)
		text_mask_phone(out, value_text(v));
	else if (f->type == FIELD_IDNUMBER)
		text_mask_idnumber(out, value_text(v));
	else if (is_name(f))
		text_mask_name(out, value_text(v));
	else
		strbuf_add(out, "****");
}

static void show_number(const struct field *f, int64_t number, struct strbuf *out)
{
	if (f->type == FIELD_MONEY) {
		strbuf_add(out, "￥");
		decimal_add_money(out, number, true);
		return;
	}
	add_number_typed(f, number, out);
	if (f->type == FIELD_INT && *f->unit)
		strbuf_format(out, " %s", f->unit);
}

void field_show(const struct field *f, const struct value *v, bool masked, struct strbuf *out)
{
	if (v->kind == VALUE_NONE || f->type == FIELD_PICK)
		return;
	if (masked && f->sensitive)
		show_masked(f, v, out);
	else if (v->kind == VALUE_NUMBER)
		show_number(f, v->number, out);
	else if (f->type == FIELD_CODE || f->type == FIELD_CODES)
		show_codes(f, value_text(v), out);
	else
		strbuf_add(out, value_text(v));
}
