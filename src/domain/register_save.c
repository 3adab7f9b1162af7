/* Saving and deleting through a form: who may, and what must not be left hanging. */
#include "domain/register.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "domain/diner.h"
#include "domain/resident.h"
#include "domain/volunteer.h"
#include "resident/resident_rules.h"
#include "store/stmt.h"
#include "store/txn.h"

static bool has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = words; (at = strstr(at, word)) != NULL; at += n)
		if ((at == words || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return n > 0;
	return false;
}

bool register_may_view(const struct office *of, const struct form *form)
{
	if (of->me.id == 0)
		return false;
	return form->roles_view[0] == '\0' || has_word(form->roles_view, role_key(of->me.role));
}

bool register_may_edit(const struct office *of, const struct form *form)
{
	if (form->roles_edit[0] == '\0')
		return office_may(of, MAY_PLACE_EDIT);
	return of->me.id != 0 && has_word(form->roles_edit, role_key(of->me.role));
}

static enum rc require_edit(const struct office *of, const struct form *form, struct err *e)
{
	if (register_may_edit(of, form))
		return RC_OK;
	return err_set(e, RC_DENIED, NULL, "%s不能修改%s", role_label(of->me.role), form->title);
}

/* Record types that have rules beside their form. */
static const struct {
	const char *form;
	enum rc (*save)(struct office *of, struct record *r, struct err *e);
} savers[] = {
	{ "resident", resident_save },
	{ "household", household_save },
	{ "account", account_save },
	{ "account-person", account_person_save },
	{ "volunteer", volunteer_save },
	{ "diner", diner_save },
};

enum rc register_save(struct office *of, struct record *r, struct err *e)
{
	char verb[64];
	enum rc rc;

	for (size_t i = 0; i < COUNT(savers); i++)
		if (strcmp(r->form->name, savers[i].form) == 0)
			return savers[i].save(of, r, e);
	if ((rc = require_edit(of, r->form, e)) != RC_OK)
		return rc;
	snprintf(verb, sizeof verb, "%.50s.save", r->form->name);
	return record_save(of->st, r, verb, e);
}

/* What has to be empty before it may be deleted: a count of the live records inside, and how to say it. */
static const struct {
	const char *table, *inside, *what, *advice;
} containers[] = {
	{ "household", "SELECT count(*) FROM resident WHERE household_id = :id AND deleted_at IS NULL", "名居民", "先迁到别的户" },
	{ "building", "SELECT count(*) FROM household WHERE building_id = :id AND deleted_at IS NULL", "户", "先删除这些户" },
	{ "estate", "SELECT count(*) FROM building WHERE estate_id = :id AND deleted_at IS NULL", "个楼栋", "先删除这些楼栋" },
	{ "grid", "SELECT (SELECT count(*) FROM building WHERE microgrid_id = :id AND deleted_at IS NULL)"
	          " + (SELECT count(*) FROM grid AS below WHERE below.parent_id = :id AND below.deleted_at IS NULL) /*scan*/",
	  "个楼栋或微网格", "先改属别的网格" },
};

static enum rc require_empty(struct office *of, const struct form *form, int64_t id, struct err *e)
{
	for (size_t i = 0; i < COUNT(containers); i++) {
		int64_t inside;
		enum rc rc;

		if (strcmp(form->table, containers[i].table) != 0)
			continue;
		AUTO_STMT q = stmt_use(of->st, containers[i].inside);
		bind_int(&q, ":id", id);
		if ((rc = stmt_int(&q, &inside, e)) != RC_OK)
			return rc;
		if (inside > 0)
			return err_set(e, RC_INVALID, NULL, "这里还有 %" PRId64 " %s，请%s", inside, containers[i].what, containers[i].advice);
	}
	return RC_OK;
}

enum rc register_delete(struct office *of, const struct form *form, int64_t id, int64_t rev, const char *why, struct err *e)
{
	AUTO_TXN t = { 0 };
	char verb[64];
	enum rc rc;

	snprintf(verb, sizeof verb, "%.50s.delete", form->name);
	if (strcmp(form->name, "volunteer") == 0)
		return volunteer_delete(of, id, rev, why, e);
	if (strcmp(form->name, "diner") == 0)
		return diner_delete(of, id, rev, why, e);
	if (strcmp(form->table, "account") == 0)
		return err_set(e, RC_INVALID, NULL, "账号不能删除，只能停用：youlin account disable 用户名");
	if ((rc = require_edit(of, form, e)) != RC_OK || (rc = txn_begin(&t, of->st, verb, e)) != RC_OK ||
	    (rc = resident_require_grid(of, form, id, e)) != RC_OK || (rc = require_empty(of, form, id, e)) != RC_OK ||
	    (rc = record_delete(of->st, form, id, rev, why, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}
