/* The journal in words: what a use case is called, and what a changed column was and is. */
#ifndef YL_UI_CHANGE_TEXT_H
#define YL_UI_CHANGE_TEXT_H

#include "base/err.h"
#include "base/form.h"
#include "base/strbuf.h"
#include "domain/office.h"

/* "issue.triage.accept" → 受理, "estate.save" → 保存小区, "undo 12" → 撤销; one that is not known (another version wrote it) → 其他操作. */
void change_verb(const struct office *of, const char *verb, struct strbuf *out);

/* A value of the journal (JSON of one column, NULL: none) as people read it; masked where the account may not see it. */
enum rc change_value(struct office *of, const struct field *f, const char *json, int64_t grid_id, struct strbuf *out, struct err *e) MUST_USE;

#endif
