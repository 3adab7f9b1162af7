/* What belongs to a 议题: interested parties and alternatives, written by hand or copied from another item. */
#include "domain/agenda.h"

#include <string.h>

#include "agenda_inside.h"
#include "record_part.h"
#include "resident/resident_rules.h"
#include "store/stmt.h"

/* Interested parties -------------------------------------------------------------------------------------------------------------- */

/* Two residents of one name are two people; a name that was only written is everybody's who is called so. */
static bool is_same_party(const struct agenda_interest *it, int64_t resident_id, const char *name)
{
	return it->resident_id && resident_id ? it->resident_id == resident_id : strcmp(it->name, name) == 0;
}

static enum rc check_interest(struct office *of, const void *owner, struct record *r, struct err *e)
{
	const struct agenda_item *item = owner;
	enum rc rc = resident_fill_in(of, r, "resident_id", "请选定居民，或者写上单位、楼道的名称", e);

	for (size_t i = 0; rc == RC_OK && i < item->n_interests; i++)
		if (item->interests[i].id != r->id && is_same_party(&item->interests[i], record_number(r, "resident_id", 0), record_text(r, "name")))
			return err_set(e, RC_INVALID, record_number(r, "resident_id", 0) ? "resident_id" : "name", "%s 已列为 %s 的利害关系方",
			               record_text(r, "name"), item->number);
	return rc;
}

/* Alternatives -------------------------------------------------------------------------------------------------------------------- */

/* What was voted on stays as it was read out. */
static enum rc check_unvoted(struct office *of, const void *owner, int64_t id, struct err *e)
{
	const struct agenda_item *item = owner;
	AUTO_STMT q = stmt_use(of->st,
		"SELECT 1 FROM agenda_slot JOIN ballot ON ballot.agenda_slot_id = agenda_slot.id"
		" WHERE agenda_slot.agenda_item_id = :item AND ballot.alternative_id = :id AND ballot.deleted_at IS NULL");
	bool row;
	enum rc rc;

	bind_int(&q, ":item", item->id);
	bind_int(&q, ":id", id);
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	return row ? err_set(e, RC_INVALID, NULL, "这个方案已经表决过，不能改动；请另加一个方案") : RC_OK;
}

static enum rc check_alternative(struct office *of, const void *owner, struct record *r, struct err *e)
{
	return r->id ? check_unvoted(of, owner, r->id, e) : RC_OK;
}

/* Both ---------------------------------------------------------------------------------------------------------------------------- */

static const struct record_part kinds[] = {
	{ .table = "interest", .verb = "agenda.part", .check = check_interest,
	  .find = "SELECT agenda_item_id, rev FROM interest WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE interest SET agenda_item_id = :owner WHERE id = :id" },
	{ .table = "alternative", .verb = "agenda.part", .check = check_alternative, .spare = check_unvoted,
	  .find = "SELECT agenda_item_id, rev FROM alternative WHERE id = :id AND deleted_at IS NULL",
	  .stamp = "UPDATE alternative SET agenda_item_id = :owner, position = (SELECT coalesce(max(position), 0) + 1 FROM alternative AS other"
	           " WHERE other.agenda_item_id = :owner AND other.deleted_at IS NULL) WHERE id = :id" },
};

static enum rc find_item(struct office *of, int64_t id, struct arena *a, const void **owner, const char **label, struct err *e)
{
	struct agenda_item *item = arena_alloc(a, sizeof *item);
	enum rc rc = agenda_read_in(of, id, AGENDA_WAITING, "修改", a, item, e);

	if (rc != RC_OK)
		return rc;
	*owner = item;
	*label = arena_format(a, "%s ", item->number);
	return RC_OK;
}

static const struct record_parts parts = {
	.subject = "议题", .may = MAY_MEETING_EDIT, .delete_verb = "agenda.part.delete", .parts = kinds, .n = COUNT(kinds), .find = find_item,
};

enum rc agenda_part_save(struct office *of, int64_t agenda_item_id, struct record *r, struct err *e)
{
	return record_parts_save(of, &parts, agenda_item_id, r, e);
}

enum rc agenda_part_delete(struct office *of, const struct form *form, int64_t id, const char *why, struct err *e)
{
	return record_parts_delete(of, &parts, form, id, why, e);
}

/* Copies -------------------------------------------------------------------------------------------------------------------------- */

static enum rc copy_interest(struct office *of, const struct agenda_interest *it, int64_t item_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO interest (id, agenda_item_id, resident_id, name, category, stake)"
	                               " VALUES (:id, :item, :resident, :name, :category, :stake)");

	bind_int(&q, ":item", item_id);
	bind_id(&q, ":resident", it->resident_id);
	bind_text(&q, ":name", it->name);
	bind_text(&q, ":category", it->category);
	bind_text(&q, ":stake", it->stake);
	return stmt_insert(&q, NULL, e);
}

enum rc agenda_copy_interests(struct office *of, const struct agenda_item *from, const struct agenda_item *into, struct err *e)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < from->n_interests; i++) {
		const struct agenda_interest *it = &from->interests[i];
		bool known = false;

		for (size_t k = 0; k < into->n_interests && !known; k++)
			known = is_same_party(&into->interests[k], it->resident_id, it->name);
		if (!known)
			rc = copy_interest(of, it, into->id, e);
	}
	return rc;
}

static bool is_same_alternative(const struct agenda_alternative *a, const struct agenda_alternative *b)
{
	return strcmp(a->text, b->text) == 0 && strcmp(a->objection, b->objection) == 0 && a->cost_fen == b->cost_fen && a->households == b->households;
}

static void bind_known(struct stmt *q, const char *name, int64_t value)
{
	if (value < 0)
		bind_null(q, name);
	else
		bind_int(q, name, value);
}

static enum rc copy_alternative(struct office *of, const struct agenda_alternative *it, int64_t item_id, int position, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "INSERT INTO alternative (id, agenda_item_id, position, text, cost_fen, households, objection)"
	                               " VALUES (:id, :item, :position, :text, :cost, :households, :objection)");

	bind_int(&q, ":item", item_id);
	bind_int(&q, ":position", position);
	bind_text(&q, ":text", it->text);
	bind_known(&q, ":cost", it->cost_fen);
	bind_known(&q, ":households", it->households);
	bind_words(&q, ":objection", it->objection);
	return stmt_insert(&q, NULL, e);
}

enum rc agenda_copy_alternatives(struct office *of, const struct agenda_item *from, const struct agenda_item *into, struct err *e)
{
	int last = into->n_alternatives ? into->alternatives[into->n_alternatives - 1].position : 0;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < from->n_alternatives; i++) {
		bool known = false;

		for (size_t k = 0; k < into->n_alternatives && !known; k++)
			known = is_same_alternative(&into->alternatives[k], &from->alternatives[i]);
		if (!known)
			rc = copy_alternative(of, &from->alternatives[i], into->id, ++last, e);
	}
	return rc;
}
