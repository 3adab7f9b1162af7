/* The whole telephone number of a reporter, for those who have to call back. */
#include "domain/issue.h"

#include "base/mem.h"
#include "issue_rules.h"
#include "reveal.h"

enum rc issue_reveal(struct office *of, int64_t id, const char *field, char **plain, struct err *e)
{
	const struct form *form = form_find(of->forms, "issue");
	const struct field *f = form ? form_field(form, field) : NULL;
	AUTO_ISSUE it = { 0 };
	AUTO_RECORD r = { 0 };
	AUTO_STRBUF shown = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_REVEAL, e)) != RC_OK)
		return rc;
	if (f == NULL || !f->sensitive)
		return err_set(e, RC_INVALID, NULL, "这一项没有遮盖");
	record_init(&r, form);
	if ((rc = issue_read(of, id, &it, e)) != RC_OK || (rc = issue_require_own(of, &it, e)) != RC_OK ||
	    (rc = record_load(of->st, form, id, &r, e)) != RC_OK || (rc = reveal_note(of, "issue", id, field, e)) != RC_OK)
		return rc;
	field_show(f, record_value(&r, field), false, &shown);
	*plain = mem_copy(strbuf_str(&shown));
	return RC_OK;
}
