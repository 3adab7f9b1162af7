/* Short lists to choose from, and the filters that the lists of 议事 begin with. */
#include "domain/deliberation_choice.h"

#include "base/day.h"
#include "base/strbuf.h"
#include "domain/agenda.h"
#include "store/stmt.h"

/* What failed waits only as long as an issue waits for it. */
const struct list_filter agenda_open_filter = {
	.where = "(state IN ('pool', 'scheduled') OR (state = 'failed' AND EXISTS (SELECT 1 FROM agenda_issue JOIN issue ON issue.id = agenda_issue.issue_id"
	         " WHERE agenda_issue.agenda_item_id = agenda_item.id AND agenda_issue.deleted_at IS NULL AND issue.deleted_at IS NULL"
	         " AND issue.phase = 'deliberate' AND issue.status <> 'closed')))",
};
const struct list_filter meeting_open_filter = { .where = "status IN ('draft', 'announced', 'running', 'ended')" };
const struct list_filter decision_open_filter = { .where = "acted_at IS NULL" };

#define MEETINGS_MAX 50
#define ITEMS_MAX 200

enum rc meeting_choices(struct office *of, struct arena *a, const struct deliberation_choice **out, size_t *n, struct err *e)
{
	struct deliberation_choice *list = arena_alloc(a, MEETINGS_MAX * sizeof *list);
	size_t count = 0;
	bool row = false;
	enum rc rc;

	if ((rc = office_require(of, MAY_MEETING_VIEW, e)) != RC_OK)
		return rc;
	AUTO_STMT q = stmt_use(of->st, "SELECT id, day, begin_min, title FROM meeting WHERE status IN ('draft', 'announced', 'running') AND deleted_at IS NULL"
	                               " ORDER BY day, begin_min /*scan*/");
	while (count < MEETINGS_MAX && (rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		AUTO_STRBUF label = { 0 };

		day_format_near(&label, (int32_t)column_int(&q, 1), office_today(of));
		strbuf_add(&label, " ");
		time_format(&label, (int)column_int(&q, 2));
		strbuf_format(&label, " %s", column_text(&q, 3));
		list[count++] = (struct deliberation_choice){ .id = column_int(&q, 0), .label = arena_copy(a, strbuf_str(&label)) };
	}
	if (rc != RC_OK)
		return rc;
	*out = list;
	*n = count;
	return RC_OK;
}

static enum rc item_label(struct office *of, int64_t id, struct arena *a, const char **out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT number, title, supporters FROM agenda_item WHERE id = :id");
	bool row = false;
	enum rc rc;

	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	*out = !row ? "" : column_int(&q, 2) > 0 ? arena_format(a, "%s %s  附议%d人", column_text(&q, 0), column_text(&q, 1), (int)column_int(&q, 2))
	                                         : arena_format(a, "%s %s", column_text(&q, 0), column_text(&q, 1));
	return RC_OK;
}

enum rc pool_choices(struct office *of, int64_t except, struct arena *a, const struct deliberation_choice **out, size_t *n, struct err *e)
{
	struct deliberation_choice *list = arena_alloc(a, ITEMS_MAX * sizeof *list);
	const int64_t *ids;
	size_t n_ids, count = 0;
	enum rc rc;

	if ((rc = agenda_rank(of, a, &ids, &n_ids, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < n_ids && count < ITEMS_MAX; i++) {
		if (ids[i] == except)
			continue;
		list[count].id = ids[i];
		if ((rc = item_label(of, ids[i], a, &list[count].label, e)) != RC_OK)
			return rc;
		count++;
	}
	*out = list;
	*n = count;
	return RC_OK;
}

enum rc decision_of_item(struct office *of, int64_t agenda_item_id, int64_t *decision_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM decision WHERE agenda_item_id = :item AND deleted_at IS NULL ORDER BY at DESC LIMIT 1 /*scan*/");
	bool row = false;
	enum rc rc;

	bind_int(&q, ":item", agenda_item_id);
	if ((rc = stmt_step(&q, &row, e)) == RC_OK)
		*decision_id = row ? column_int(&q, 0) : 0;
	return rc;
}
