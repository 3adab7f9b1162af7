/* A new office: the file, one community, its first administrator. */
#include "domain/office.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "office_file.h"
#include "store/stmt.h"
#include "store/txn.h"

/* What `youlin init` asks, by the field of the form `community` that checks it. */
struct answer {
	const char *field, *text;
};

static enum rc check_answers(const struct form_set *forms, const struct answer *answers, size_t n, struct err *e)
{
	const struct form *form = form_find(forms, "community");

	if (form == NULL)
		return err_set(e, RC_INVALID, NULL, "forms/community.ini 不见了，请检查安装是否完整");
	for (size_t i = 0; i < n; i++) {
		const struct field *f = form_field(form, answers[i].field);
		struct value v = { 0 };
		enum rc rc;

		if (f == NULL)
			return err_set(e, RC_INVALID, NULL, "%s 里缺少 [field %s]", form->path, answers[i].field);
		if ((rc = field_parse(f, answers[i].text, 0, &v, e)) == RC_OK)
			rc = field_check(f, &v, e);
		value_clear(&v);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

static enum rc check_numbers(const struct office_new *n, struct err *e)
{
	if (strlen(n->code) != 12 || strspn(n->code, "0123456789") != 12)
		return err_set(e, RC_INVALID, "code", "区划代码应为 12 位数字，如 330482001001");
	for (const char *s = n->abbr; *s; s++)
		if (*s < 'A' || *s > 'Z')
			return err_set(e, RC_INVALID, "abbr", "编号字头应为 1 到 6 个大写字母，如 DH");
	return RC_OK;
}

enum rc office_insert_community(struct store *st, const struct office_new *n, struct err *e)
{
	AUTO_STMT q = stmt_use(st, "INSERT INTO community (id, code, name, street, kind, abbr) VALUES (:id, :code, :name, :street, :kind, :abbr)");

	bind_int(&q, ":id", store_derived_id("community", n->code));
	bind_text(&q, ":code", n->code);
	bind_text(&q, ":name", n->name);
	bind_text(&q, ":street", n->street);
	bind_text(&q, ":kind", n->kind);
	bind_text(&q, ":abbr", n->abbr);
	return stmt_run(&q, e);
}

static enum rc fill(struct office *of, const struct office_new *n, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = txn_begin(&t, of->st, "office.create", e)) != RC_OK || (rc = office_insert_community(of->st, n, e)) != RC_OK ||
	    (rc = account_add(of, n->admin_login, n->admin_name, ROLE_ADMIN, n->admin_password, NULL, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

enum rc office_create(const char *path, const struct settings *settings, const struct office_new *n, struct err *e)
{
	const struct answer answers[] = {
		{ "code", n->code }, { "name", n->name }, { "street", n->street }, { "kind", n->kind }, { "abbr", n->abbr },
	};
	const struct store_options options = { 0 };
	struct office of = { .settings = settings };
	struct form_set *forms = NULL;
	enum rc rc;

	if ((rc = check_numbers(n, e)) != RC_OK || (rc = office_forms(settings, "", &forms, e)) != RC_OK)
		return rc;
	rc = check_answers(forms, answers, COUNT(answers), e);
	form_set_free(forms);
	if (rc != RC_OK || (rc = office_file_begin(path, &options, &of.st, e)) != RC_OK)
		return rc;
	rc = fill(&of, n, e);
	return office_file_end(of.st, path, rc, e);
}
