/* A menu as it stands, and whom a dish of it does not suit. */
#include "domain/menu.h"

#include <inttypes.h>
#include <string.h>

#include "menu_rules.h"
#include "volunteer/word_set.h"
#include "store/stmt.h"
#include "store/store.h"

#define WORD_BYTES 64                    /* a code or an avoided ingredient; a longer one is compared by its beginning */

int64_t menu_id(int32_t day, const char *meal)
{
	AUTO_FREE char *key = mem_format("%" PRId32 " %s", day, meal);

	return store_derived_id("menu", key);
}

int64_t menu_dish_id(int32_t day, const char *meal, int64_t dish_id)
{
	AUTO_FREE char *key = mem_format("%" PRId32 " %s %" PRId64, day, meal, dish_id);

	return store_derived_id("menu_dish", key);
}

static void read_dish(const struct stmt *q, struct arena *a, void *element)
{
	struct menu_dish *d = element;

	*d = (struct menu_dish){
		.dish_id = column_int(q, 0), .instead_of_id = column_int(q, 1), .name = arena_copy(a, column_text(q, 2)),
		.ingredients = arena_copy(a, column_text(q, 3)), .allergens = arena_copy(a, column_text(q, 4)), .unfit = arena_copy(a, column_text(q, 5)),
		.position = (int)column_int(q, 6),
	};
}

static enum rc read_dishes(struct office *of, struct arena *a, struct menu *m, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT m.dish_id, m.instead_of_id, d.name, d.ingredients, d.allergens, d.unfit, m.position FROM menu_dish AS m"
		" LEFT JOIN dish AS d ON d.id = m.dish_id WHERE m.menu_id = :menu AND m.deleted_at IS NULL ORDER BY m.position, m.id /*scan*/");

	bind_int(&q, ":menu", m->id);
	return stmt_rows(&q, a, sizeof *m->dishes, read_dish, &m->dishes, &m->n_dishes, e);
}

enum rc menu_read(struct office *of, int32_t day, const char *meal, struct arena *a, struct menu *out, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st,
		"SELECT id, price_fen, sample_at, sample_by, sample_note, note FROM menu WHERE id = :id AND deleted_at IS NULL");
	struct menu m = { .day = day, .meal = arena_copy(a, meal), .sample_by = "", .sample_note = "", .note = "", .price_fen = -1 };
	bool row;
	enum rc rc;

	bind_int(&q, ":id", menu_id(day, meal));
	if ((rc = stmt_step(&q, &row, e)) != RC_OK)
		return rc;
	if (row) {
		m.id = column_int(&q, 0);
		if (!column_is_null(&q, 1))
			m.price_fen = column_int(&q, 1);
		m.sample_at = column_int(&q, 2);
		m.sample_by = arena_copy(a, column_text(&q, 3));
		m.sample_note = arena_copy(a, column_text(&q, 4));
		m.note = arena_copy(a, column_text(&q, 5));
		if ((rc = read_dishes(of, a, &m, e)) != RC_OK)
			return rc;
	}
	*out = m;
	return RC_OK;
}

enum rc menu_load(struct office *of, int32_t day, const char *meal, struct arena *a, struct menu *out, struct err *e)
{
	enum rc rc = office_require(of, MAY_DINER_VIEW, e);

	return rc == RC_OK ? menu_read(of, day, meal, a, out, e) : rc;
}

/* Clashes -------------------------------------------------------------------------------------------------------------------------- */

/* The next word of a blank-separated set; false at its end. */
static bool next_word(const char **at, char word[WORD_BYTES])
{
	size_t n;

	*at += strspn(*at, " ");
	n = strcspn(*at, " ");
	if (n == 0)
		return false;
	memcpy(word, *at, n < WORD_BYTES ? n : WORD_BYTES - 1);
	word[n < WORD_BYTES ? n : WORD_BYTES - 1] = '\0';
	*at += n;
	return true;
}

static void say(struct strbuf *out, const char *title, const char *word, bool *first)
{
	if (*first)
		strbuf_format(out, "%s%s：%s", out->n ? "；" : "", title, word);
	else
		strbuf_format(out, "、%s", word);
	*first = false;
}

static void clash_codes(const struct office *of, const char *title, const char *list, const char *of_diner, const char *of_dish, struct strbuf *out)
{
	char word[WORD_BYTES];
	bool first = true;

	for (const char *at = of_diner; next_word(&at, word);)
		if (word_set_has(of_dish, word))
			say(out, title, office_code_label(of, list, word), &first);
}

bool dish_clash(const struct office *of, const struct menu_dish *dish, const struct diner_food *food, struct strbuf *out)
{
	AUTO_STRBUF words = { 0 };
	char word[WORD_BYTES];
	bool first = true;

	clash_codes(of, "过敏", "allergen", food->allergens, dish->allergens, &words);
	for (const char *at = food->avoids; next_word(&at, word);)
		if (strstr(dish->ingredients, word) || strstr(dish->name, word))
			say(&words, "忌口", word, &first);
	clash_codes(of, "不适合", "diet", food->diets, dish->unfit, &words);
	strbuf_format(out, "%s", strbuf_str(&words));
	return words.n > 0;
}
