/* 菜单 is written: price, dishes in order with what stands in for them, weeks copied, 留样. */
#include "domain/menu.h"

#include "base/day.h"
#include "base/text.h"
#include "domain/meal_day.h"
#include "domain/subsidy.h"
#include "menu_rules.h"
#include "store/stmt.h"
#include "store/store.h"
#include "store/txn.h"

static enum rc check_meal(struct office *of, int32_t day, const char *meal, struct err *e)
{
	if (code_find(form_codes(of->forms, "meal"), meal) == NULL)
		return err_set(e, RC_INVALID, "meal", "请选定餐次");
	return meal_require_open(of, day, meal, e);
}

/* Leaves what stands, makes it where there is none or it was taken away. */
static enum rc make_menu(struct office *of, int32_t day, const char *meal, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO menu (id, day, meal) VALUES (:id, :day, :meal) ON CONFLICT (id) DO UPDATE SET rev = rev + 1, deleted_at = NULL,"
		" deleted_by = NULL, deleted_why = NULL WHERE deleted_at IS NOT NULL");

	bind_int(&q, ":id", menu_id(day, meal));
	bind_day(&q, ":day", day);
	bind_text(&q, ":meal", meal);
	return stmt_run(&q, e);
}

static enum rc write_price(struct office *of, int32_t day, const char *meal, int64_t price_fen, const char *note, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "UPDATE menu SET price_fen = nullif(:price, -1), note = :note, rev = rev + 1 WHERE id = :id");
	enum rc rc = make_menu(of, day, meal, e);

	if (rc != RC_OK)
		return rc;
	bind_int(&q, ":price", price_fen);
	bind_words(&q, ":note", note);
	bind_int(&q, ":id", menu_id(day, meal));
	return stmt_run(&q, e);
}

enum rc menu_save(struct office *of, int32_t day, const char *meal, int64_t price_fen, const char *note, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_MENU_EDIT, e)) != RC_OK)
		return rc;
	if (price_fen < 0 || price_fen > SUBSIDY_FEN_MAX)
		return err_set(e, RC_INVALID, "price_fen", "单价要在 0 到 %d 元之间", SUBSIDY_FEN_MAX / 100);
	if ((rc = txn_begin(&t, of->st, "menu.save", e)) != RC_OK || (rc = check_meal(of, day, meal, e)) != RC_OK ||
	    (rc = write_price(of, day, meal, price_fen, note, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Dishes --------------------------------------------------------------------------------------------------------------------------- */

static enum rc write_dish(struct office *of, const struct menu *m, const struct menu_dish *d, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"INSERT INTO menu_dish (id, menu_id, dish_id, position, instead_of_id) VALUES (:id, :menu, :dish, :position, :instead)"
		" ON CONFLICT (id) DO UPDATE SET rev = rev + 1, position = iif(deleted_at IS NULL, position, :position), instead_of_id = :instead,"
		" deleted_at = NULL, deleted_by = NULL, deleted_why = NULL");

	bind_int(&q, ":id", menu_dish_id(m->day, m->meal, d->dish_id));
	bind_int(&q, ":menu", menu_id(m->day, m->meal));
	bind_int(&q, ":dish", d->dish_id);
	bind_int(&q, ":position", d->position);
	bind_id(&q, ":instead", d->instead_of_id);
	return stmt_run(&q, e);
}

/* What it stands in for is cooked in its own right; what others stand in for stays so. */
static enum rc check_instead(const struct menu *m, int64_t dish_id, int64_t instead_of_id, struct err *e)
{
	bool found = instead_of_id == 0;

	if (instead_of_id == dish_id)
		return err_set(e, RC_INVALID, "instead_of_id", "一道菜不能替换它自己，请选另一道");
	for (size_t i = 0; i < m->n_dishes; i++) {
		const struct menu_dish *d = &m->dishes[i];

		if (instead_of_id && d->instead_of_id == dish_id)
			return err_set(e, RC_INVALID, "instead_of_id", "「%s」在替换这道菜，它就不能再去替换别的", d->name);
		found = found || (d->dish_id == instead_of_id && d->instead_of_id == 0);
	}
	return found ? RC_OK : err_set(e, RC_INVALID, "instead_of_id", "要替换的菜不在这一餐的菜单上，请先加上");
}

static enum rc add_dish(struct office *of, int32_t day, const char *meal, int64_t dish_id, int64_t instead_of_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, "SELECT id FROM dish WHERE id = :id AND deleted_at IS NULL");
	AUTO_ARENA a = { 0 };
	struct menu_dish d = { .dish_id = dish_id, .instead_of_id = instead_of_id, .position = 1 };
	struct menu m;
	enum rc rc;

	bind_int(&q, ":id", dish_id);
	if ((rc = stmt_one(&q, "没有这道菜", e)) != RC_OK || (rc = make_menu(of, day, meal, e)) != RC_OK ||
	    (rc = menu_read(of, day, meal, &a, &m, e)) != RC_OK || (rc = check_instead(&m, dish_id, instead_of_id, e)) != RC_OK)
		return rc;
	if (m.n_dishes)
		d.position = m.dishes[m.n_dishes - 1].position + 1;
	return write_dish(of, &m, &d, e);
}

enum rc menu_dish_add(struct office *of, int32_t day, const char *meal, int64_t dish_id, int64_t instead_of_id, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_MENU_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "menu.dish", e)) != RC_OK ||
	    (rc = check_meal(of, day, meal, e)) != RC_OK || (rc = add_dish(of, day, meal, dish_id, instead_of_id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

static enum rc remove_dish(struct office *of, int32_t day, const char *meal, int64_t dish_id, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE menu_dish SET rev = rev + 1, deleted_at = :now, deleted_by = :me, deleted_why = '不做了'"
		" WHERE menu_id = :menu AND (dish_id = :dish OR instead_of_id = :dish) AND deleted_at IS NULL");
	enum rc rc;

	bind_int(&q, ":now", office_now(of));
	bind_id(&q, ":me", of->me.id);
	bind_int(&q, ":menu", menu_id(day, meal));
	bind_int(&q, ":dish", dish_id);
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	return store_changes(of->st) ? RC_OK : err_set(e, RC_NOTFOUND, NULL, "这一餐的菜单上没有这道菜");
}

enum rc menu_dish_remove(struct office *of, int32_t day, const char *meal, int64_t dish_id, struct err *e)
{
	AUTO_TXN t = { 0 };
	enum rc rc;

	if ((rc = office_require(of, MAY_MENU_EDIT, e)) != RC_OK || (rc = txn_begin(&t, of->st, "menu.dish.remove", e)) != RC_OK ||
	    (rc = check_meal(of, day, meal, e)) != RC_OK || (rc = remove_dish(of, day, meal, dish_id, e)) != RC_OK)
		return rc;
	return txn_commit(&t, e);
}

/* Weeks ---------------------------------------------------------------------------------------------------------------------------- */

static enum rc copy_meal(struct office *of, int32_t from, int32_t to, const char *meal, int *made, struct err *e)
{
	AUTO_ARENA a = { 0 };
	struct menu old, there;
	enum rc rc;

	if ((rc = menu_read(of, from, meal, &a, &old, e)) != RC_OK || old.id == 0 || (rc = menu_read(of, to, meal, &a, &there, e)) != RC_OK || there.id)
		return rc;
	if ((rc = check_meal(of, to, meal, e)) != RC_OK || (rc = write_price(of, to, meal, old.price_fen, old.note, e)) != RC_OK)
		return rc;
	there.day = to;
	for (size_t i = 0; rc == RC_OK && i < old.n_dishes; i++)
		rc = write_dish(of, &there, &old.dishes[i], e);
	++*made;
	return rc;
}

static enum rc copy_week(struct office *of, int32_t from, int32_t to, int *made, struct err *e)
{
	const struct code_list *meals = form_codes(of->forms, "meal");
	enum rc rc = RC_OK;

	for (int32_t i = 0; i < 7; i++)
		for (size_t j = 0; rc == RC_OK && j < meals->n; j++)
			rc = copy_meal(of, from + i, to + i, meals->codes[j].code, made, e);
	return rc;
}

enum rc menu_copy_week(struct office *of, int32_t from_monday, int32_t to_monday, int *made, struct err *e)
{
	AUTO_TXN t = { 0 };
	int count = 0;
	enum rc rc;

	if ((rc = office_require(of, MAY_MENU_EDIT, e)) != RC_OK)
		return rc;
	if (day_weekday(from_monday) != 1)
		return err_set(e, RC_INVALID, "from_monday", "请选一周的星期一");
	if (day_weekday(to_monday) != 1 || to_monday == from_monday)
		return err_set(e, RC_INVALID, "to_monday", "请选另一周的星期一");
	if ((rc = txn_begin(&t, of->st, "menu.copy", e)) != RC_OK || (rc = copy_week(of, from_monday, to_monday, &count, e)) != RC_OK ||
	    (rc = txn_commit(&t, e)) != RC_OK)
		return rc;
	*made = count;
	return RC_OK;
}

/* 留样 ------------------------------------------------------------------------------------------------------------------------------ */

enum rc menu_sample(struct office *of, int32_t day, const char *meal, const char *by, const char *note, struct err *e)
{
	AUTO_TXN t = { 0 };
	AUTO_STMT q = stmt_use(of->st,
		"UPDATE menu SET rev = rev + 1, sample_at = :now, sample_by = :by, sample_note = :note WHERE id = :id AND deleted_at IS NULL");
	enum rc rc;

	if ((rc = office_require(of, MAY_MENU_EDIT, e)) != RC_OK)
		return rc;
	if (text_is_blank(by))
		return err_set(e, RC_INVALID, "sample_by", "请写明谁留的样");
	if ((rc = txn_begin(&t, of->st, "menu.sample", e)) != RC_OK)
		return rc;
	bind_int(&q, ":now", office_now(of));
	bind_text(&q, ":by", by);
	bind_words(&q, ":note", note);
	bind_int(&q, ":id", menu_id(day, meal));
	if ((rc = stmt_run(&q, e)) != RC_OK)
		return rc;
	if (store_changes(of->st) == 0)
		return err_set(e, RC_NOTFOUND, NULL, "这一餐还没有菜单，请先编菜单");
	return txn_commit(&t, e);
}
