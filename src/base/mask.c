/* Masks: how much of a name or a number others may read (王**, 138****3321, 330482********1234). */
#include "base/text.h"

#include <string.h>

#define STARS "****"

static bool is_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}

void text_mask_name(struct strbuf *out, const char *name)
{
	int width;

	if (text_is_blank(name))
		return;
	strbuf_add_n(out, name, text_cluster(name, strlen(name), &width));
	strbuf_add(out, "**");
}

void text_mask_phone(struct strbuf *out, const char *phone)
{
	if (text_is_blank(phone))
		return;
	if (strlen(phone) != 11 || phone[0] != '1' || !is_digits(phone, 11)) {
		strbuf_add(out, STARS);
		return;
	}
	strbuf_add_n(out, phone, 3);
	strbuf_add(out, STARS);
	strbuf_add_n(out, phone + 7, 4);
}

void text_mask_idnumber(struct strbuf *out, const char *idnumber)
{
	if (text_is_blank(idnumber))
		return;
	if (strlen(idnumber) != 18 || !is_digits(idnumber, 17)) {
		strbuf_add(out, STARS);
		return;
	}
	strbuf_add_n(out, idnumber, 6);
	strbuf_add(out, STARS STARS);
	strbuf_add_n(out, idnumber + 14, 4);
}
