/* Values of form fields. */
#include "base/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void value_clear(struct value *v)
{
	free(v->text);
	*v = (struct value){ 0 };
}

void value_set_number(struct value *v, int64_t number)
{
	value_clear(v);
	v->kind = VALUE_NUMBER;
	v->number = number;
}

void value_set_text(struct value *v, const char *text)
{
	/* The text may be the value's own, or a part of it. */
	char *copy = text && *text ? mem_copy(text) : NULL;

	value_clear(v);
	if (copy) {
		v->kind = VALUE_TEXT;
		v->text = copy;
	}
}

void value_copy(struct value *to, const struct value *from)
{
	struct value copy = *from;

	if (to == from)
		return;
	copy.text = mem_copy(from->text);
	value_clear(to);
	*to = copy;
}

bool value_equal(const struct value *a, const struct value *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case VALUE_NUMBER:
		return a->number == b->number;
	case VALUE_TEXT:
		return strcmp(a->text, b->text) == 0;
	default:
		return true;
	}
}

const char *value_text(const struct value *v)
{
	return v->kind == VALUE_TEXT ? v->text : "";
}
