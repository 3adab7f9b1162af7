/* What lies around a database: community, forms, calendar, deadlines, quorums, subsidies; and the questions of role and grid. */
#include "domain/office.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "deliberation/quorum.h"
#include "domain/deadline.h"
#include "domain/subsidy.h"
#include "office_file.h"
#include "store/record.h"
#include "store/stmt.h"

static void community_release(struct community *c)
{
	free(c->code);
	free(c->name);
	free(c->street);
	free(c->kind);
	free(c->abbr);
	free(c->address);
	memset(c, 0, sizeof *c);
}

static enum rc load_community(struct office *of, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT code, name, street, kind, abbr, address FROM community ORDER BY id LIMIT 1 /*scan*/");
	bool row;
	enum rc rc;

	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (!row)
		return err_set(e, RC_INVALID, NULL, "%s 里还没有社区，请用 youlin init 另建一个", store_path(of->st));
	of->community = (struct community){
		.code = mem_copy(column_text(&q, 0)), .name = mem_copy(column_text(&q, 1)), .street = mem_copy(column_text(&q, 2)),
		.kind = mem_copy(column_text(&q, 3)), .abbr = mem_copy(column_text(&q, 4)), .address = mem_copy(column_text(&q, 5)),
	};
	return RC_OK;
}

static enum rc shipped_file(const struct settings *settings, const char *relative, char **path, struct err *e)
{
	*path = settings_find_file(settings, relative);
	if (*path == NULL)
		return err_set(e, RC_IO, NULL, "找不到 %s，请检查安装是否完整", relative);
	return RC_OK;
}

enum rc office_forms(const struct settings *settings, const char *kind, struct form_set **out, struct err *e)
{
	AUTO_FREE char *dir = NULL;
	enum rc rc;

	if (settings->forms_dir && settings->forms_dir[0])
		dir = mem_copy(settings->forms_dir);
	else if ((rc = shipped_file(settings, "forms", &dir, e)) != RC_OK)
		return rc;
	return form_set_load(out, dir, kind, e);
}

static enum rc load_rules(struct office *of, struct err *e)
{
	AUTO_FREE char *holidays = NULL;
	AUTO_FREE char *deadlines = NULL;
	AUTO_FREE char *quorums = NULL;
	AUTO_FREE char *subsidies = NULL;
	enum rc rc;

	if ((rc = shipped_file(of->settings, "config/holidays.ini", &holidays, e)) != RC_OK ||
	    (rc = calendar_load(&of->calendar, holidays, e)) != RC_OK ||
	    (rc = shipped_file(of->settings, "config/deadlines.ini", &deadlines, e)) != RC_OK ||
	    (rc = deadlines_load(&of->deadlines, deadlines, of->forms, e)) != RC_OK ||
	    (rc = shipped_file(of->settings, "config/quorum.ini", &quorums, e)) != RC_OK ||
	    (rc = quorums_load(&of->quorums, quorums, of->forms, e)) != RC_OK ||
	    (rc = shipped_file(of->settings, "config/subsidies.ini", &subsidies, e)) != RC_OK)
		return rc;
	return subsidies_load(&of->subsidies, subsidies, of->forms, e);
}

enum rc office_open(struct office *of, struct store *st, const struct settings *settings, struct err *e)
{
	struct office made = { .st = st, .settings = settings };
	enum rc rc;

	if ((rc = load_community(&made, e)) != RC_OK || (rc = office_forms(settings, made.community.kind, &made.forms, e)) != RC_OK ||
	    (rc = record_check_forms(st, made.forms, e)) != RC_OK || (rc = load_rules(&made, e)) != RC_OK) {
		office_close(&made);
		return rc;
	}
	*of = made;
	return RC_OK;
}

void office_close(struct office *of)
{
	subsidies_free(of->subsidies);
	quorums_free(of->quorums);
	deadlines_free(of->deadlines);
	calendar_free(of->calendar);
	form_set_free(of->forms);
	community_release(&of->community);
	account_release(&of->me);
	memset(of, 0, sizeof *of);
}

int64_t office_now(const struct office *of)
{
	return store_now(of->st);
}

int32_t office_today(const struct office *of)
{
	return day_of_instant(store_now(of->st));
}

const char *office_code_label(const struct office *of, const char *list, const char *code)
{
	const struct code_list *codes = form_codes(of->forms, list);

	if (text_is_blank(code))
		return "";
	return codes ? code_label(codes, code) : code;
}

bool office_may(const struct office *of, enum capability c)
{
	return of->me.id != 0 && role_may(of->me.role, c);
}

enum rc office_require(const struct office *of, enum capability c, struct err *e)
{
	AUTO_STRBUF who = { 0 };

	if (office_may(of, c))
		return RC_OK;
	if (of->me.id == 0)
		return err_set(e, RC_DENIED, NULL, "请先登录");
	for (enum role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
		if (role_may(r, c))
			strbuf_format(&who, "%s%s", who.n ? "、" : "", role_label(r));
	return err_set(e, RC_DENIED, NULL, "%s没有「%s」的权限，请交%s办理", role_label(of->me.role), capability_label(c), strbuf_str(&who));
}

bool office_owns_grid(const struct office *of, int64_t grid_id)
{
	if (of->me.role != ROLE_GRID || of->me.n_grids == 0)
		return of->me.id != 0;
	for (size_t i = 0; i < of->me.n_grids; i++)
		if (of->me.grids[i] == grid_id)
			return true;
	return false;
}

bool office_sees(const struct office *of, const struct field *f, int64_t grid_id)
{
	if (!f->sensitive && !f->sealed && f->type != FIELD_IDNUMBER)
		return true;
	if (f->sealed || f->type == FIELD_IDNUMBER)
		return false;
	return of->me.role == ROLE_HEAD || (of->me.role == ROLE_GRID && office_owns_grid(of, grid_id));
}
