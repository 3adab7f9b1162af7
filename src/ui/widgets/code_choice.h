/* Which codes of a list are meant by what was typed: label, pinyin initials, or both levels in a row (wyls → 物业管理·漏水渗水). Pure. */
#ifndef YL_UI_CODE_CHOICE_H
#define YL_UI_CODE_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/form.h"
#include "base/mem.h"
#include "base/strbuf.h"

struct code_choice {
	const struct code *code;
	bool leads;                   /* has children: choosing it shows them */
};

/* What to offer, best first.
 *
 * parent   code of the first level whose children are looked at; NULL: the whole list
 * typed    blank: the first level (or the parent's children) in the order of the file; else the codes that can be a value and match
 * present  codes of the present value, blank-separated: they are offered even when retired; may be NULL
 * Returns how many; the array lives in the arena. */
size_t code_choices(const struct code_list *list, const char *parent, const char *typed, const char *present,
                    struct arena *a, const struct code_choice **out);

/* Both levels as people read them: 物业管理·漏水渗水; the label alone on the first level; an unknown code as it is. */
void code_path(const struct code_list *list, const char *code, struct strbuf *out);

/* Whether a blank-separated set of codes holds one of them. */
bool codes_have(const char *codes, const char *code);
/* The set with this code put in, or taken out where it was in it, in the order of the list; codes that the list doesn't know stay, at the end. */
void codes_toggle(const struct code_list *list, const char *codes, const char *code, struct strbuf *out);

#endif
