/* Candidates of a picker: a table of ways to find a record by what was typed, tried in order until enough are found.
 *
 * Ways that an index serves come first; those marked scan read a whole (small) table, and only where the others did not fill the list.
 */
#include "store/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "internal.h"

/* What the typed text can be taken for; a way says which it needs. */
enum {
	TYPED_NOTHING = 1 << 0,
	TYPED_TAIL    = 1 << 1,    /* three digits or more: the end of a telephone number, or a room */
	TYPED_NUMBER  = 1 << 2,    /* begins with a number: 3, 3幢 */
	TYPED_ADDRESS = 1 << 3,    /* 3-2-501, 3幢2单元, nothing before it */
	TYPED_PLACE   = 1 << 4,    /* a name, then an address: 西林3-2, xl3幢 */
	TYPED_LETTERS = 1 << 5,    /* letters only: initials or pinyin */
	TYPED_WORD    = 1 << 6,    /* a letter or Han character somewhere */
};

struct typed {
	unsigned kinds;
	struct strbuf text;        /* folded, without blanks at its ends */
	struct strbuf reversed;    /* its digits, from the last */
	struct strbuf head;        /* what stands before the first digit */
	struct strbuf address;     /* '3-2-501' */
	struct strbuf number;      /* '3' */
};

/* One way: a query of id, label, telephone, place; parameters :text :reversed :head :address :number where it wants them, and :max. */
struct way {
	const char *table;
	unsigned needs;
	const char *sql;
};

#define UNTIL " || char(1114111)"              /* upper bound of all texts that begin so */
#define RESIDENT "SELECT id, name, phone, address_key FROM resident WHERE deleted_at IS NULL AND merged_into IS NULL AND "
#define BUILDING "SELECT building.id, building.place_text, NULL, building.point FROM building" \
	" LEFT JOIN estate ON estate.id = building.estate_id WHERE building.deleted_at IS NULL AND "
#define HOUSEHOLD "SELECT household.id, address_text, NULL, head.name FROM household LEFT JOIN resident AS head ON head.id = household.head_id" \
	" WHERE household.deleted_at IS NULL AND "
#define GRID "SELECT id, name, NULL, code FROM grid WHERE deleted_at IS NULL AND "
#define VOLUNTEER "SELECT id, name, phone, number FROM volunteer WHERE deleted_at IS NULL AND "
#define ACCOUNT "SELECT id, name, NULL, login FROM account WHERE deleted_at IS NULL AND disabled_at IS NULL AND "
#define DINER "SELECT d.id, r.name, r.phone, d.number FROM diner AS d JOIN resident AS r ON r.id = d.resident_id WHERE d.deleted_at IS NULL AND "

static const struct way ways[] = {
	{ "resident", TYPED_TAIL, RESIDENT "phone_tail >= :reversed AND phone_tail < :reversed" UNTIL " ORDER BY phone_tail LIMIT :max" },
	{ "resident", TYPED_ADDRESS, RESIDENT "(address_key = :address OR (address_key >= :address || '-' AND address_key < :address || '.'))"
	  " ORDER BY address_key, id LIMIT :max /*scan*/" },
	{ "resident", TYPED_ADDRESS, RESIDENT "address_key >= :address AND address_key < :address" UNTIL " ORDER BY address_key LIMIT :max" },
	{ "resident", TYPED_PLACE, "SELECT r.id, r.name, r.phone, r.address_key FROM household AS h JOIN resident AS r ON r.household_id = h.id"
	  " WHERE h.address_key >= :address AND h.address_key < :address" UNTIL " AND yl_pinyin_match(:head, h.address_text)"
	  " AND r.deleted_at IS NULL AND r.merged_into IS NULL ORDER BY h.address_key, r.id LIMIT :max /*scan*/" },
	{ "resident", TYPED_LETTERS, RESIDENT "name_initials = :text ORDER BY id LIMIT :max" },
	{ "resident", TYPED_LETTERS, RESIDENT "name_initials >= :text AND name_initials < :text" UNTIL " ORDER BY name_initials LIMIT :max" },
	{ "resident", TYPED_WORD, RESIDENT "name = :text ORDER BY id LIMIT :max" },
	{ "resident", TYPED_WORD, RESIDENT "name >= :text AND name < :text" UNTIL " ORDER BY name LIMIT :max" },
	{ "resident", TYPED_WORD, RESIDENT "yl_pinyin_match(:text, name) ORDER BY name_pinyin, id LIMIT :max /*scan*/" },
	{ "resident", TYPED_WORD, RESIDENT "yl_pinyin_find(:text, name) ORDER BY name_pinyin, id LIMIT :max /*scan*/" },
	{ "resident", TYPED_NOTHING, RESIDENT "1 ORDER BY name_pinyin, id LIMIT :max" },

	{ "building", TYPED_NUMBER, BUILDING "building.number = :number ORDER BY place_pinyin, building.id LIMIT :max /*scan*/" },
	{ "building", TYPED_PLACE, BUILDING "building.number = :number AND yl_pinyin_find(:head, estate.name)"
	  " ORDER BY place_pinyin, building.id LIMIT :max /*scan*/" },
	{ "building", TYPED_WORD, BUILDING "yl_pinyin_match(:text, building.place_text) ORDER BY place_pinyin, building.id LIMIT :max /*scan*/" },
	{ "building", TYPED_WORD, BUILDING "yl_pinyin_find(:text, building.place_text) ORDER BY place_pinyin, building.id LIMIT :max /*scan*/" },
	{ "building", TYPED_NOTHING, BUILDING "1 ORDER BY place_pinyin, building.id LIMIT :max /*scan*/" },

	{ "household", TYPED_ADDRESS, HOUSEHOLD "(household.address_key = :address OR"
	  " (household.address_key >= :address || '-' AND household.address_key < :address || '.'))"
	  " ORDER BY household.address_key, address_text LIMIT :max /*scan*/" },
	{ "household", TYPED_ADDRESS, HOUSEHOLD "household.address_key >= :address AND household.address_key < :address" UNTIL
	  " ORDER BY household.address_key, address_text LIMIT :max /*scan*/" },
	{ "household", TYPED_PLACE, HOUSEHOLD "household.address_key >= :address AND household.address_key < :address" UNTIL
	  " AND yl_pinyin_match(:head, address_text) ORDER BY household.address_key, address_text LIMIT :max /*scan*/" },
	{ "household", TYPED_TAIL, HOUSEHOLD "room = :text ORDER BY address_text, household.id LIMIT :max /*scan*/" },
	{ "household", TYPED_WORD, HOUSEHOLD "yl_pinyin_match(:text, address_text) ORDER BY address_text, household.id LIMIT :max /*scan*/" },
	{ "household", TYPED_WORD, HOUSEHOLD "yl_pinyin_match(:text, head.name) ORDER BY address_text, household.id LIMIT :max /*scan*/" },
	{ "household", TYPED_WORD, HOUSEHOLD "yl_pinyin_find(:text, address_text) ORDER BY address_text, household.id LIMIT :max /*scan*/" },
	{ "household", TYPED_NOTHING, HOUSEHOLD "1 ORDER BY address_text, household.id LIMIT :max /*scan*/" },

	{ "grid", TYPED_NUMBER, GRID "(code = :text OR code = '0' || :text) ORDER BY code, id LIMIT :max /*scan*/" },
	{ "grid", TYPED_NUMBER, GRID "(code >= :text AND code < :text" UNTIL ") ORDER BY code, id LIMIT :max" },
	{ "grid", TYPED_WORD, GRID "yl_pinyin_match(:text, name) ORDER BY code, id LIMIT :max /*scan*/" },
	{ "grid", TYPED_NUMBER | TYPED_WORD, GRID "yl_pinyin_find(:text, name) ORDER BY code, id LIMIT :max /*scan*/" },
	{ "grid", TYPED_NOTHING, GRID "1 ORDER BY code, id LIMIT :max" },

	{ "account", TYPED_WORD, ACCOUNT "yl_pinyin_match(:text, name) ORDER BY name_pinyin, id LIMIT :max /*scan*/" },
	{ "account", TYPED_WORD, ACCOUNT "login >= :text AND login < :text" UNTIL " ORDER BY login LIMIT :max" },
	{ "account", TYPED_WORD, ACCOUNT "yl_pinyin_find(:text, name) ORDER BY name_pinyin, id LIMIT :max /*scan*/" },
	{ "account", TYPED_NOTHING, ACCOUNT "1 ORDER BY name_pinyin, id LIMIT :max /*scan*/" },

	{ "volunteer", TYPED_TAIL, VOLUNTEER "phone_tail >= :reversed AND phone_tail < :reversed" UNTIL " ORDER BY phone_tail LIMIT :max /*scan*/" },
	{ "volunteer", TYPED_WORD, VOLUNTEER "yl_pinyin_match(:text, name) ORDER BY name_pinyin, id LIMIT :max /*scan*/" },
	{ "volunteer", TYPED_WORD, VOLUNTEER "yl_pinyin_find(:text, name) ORDER BY name_pinyin, id LIMIT :max /*scan*/" },
	{ "volunteer", TYPED_NUMBER | TYPED_WORD, VOLUNTEER "instr(lower(number), :text) > 0 ORDER BY name_pinyin, id LIMIT :max /*scan*/" },
	{ "volunteer", TYPED_NOTHING, VOLUNTEER "1 ORDER BY name_pinyin, id LIMIT :max" },

	{ "diner", TYPED_TAIL, DINER "r.phone_tail >= :reversed AND r.phone_tail < :reversed" UNTIL " ORDER BY r.phone_tail LIMIT :max /*scan*/" },
	{ "diner", TYPED_ADDRESS, DINER "(r.address_key = :address OR (r.address_key >= :address || '-' AND r.address_key < :address || '.'))"
	  " ORDER BY r.address_key, d.id LIMIT :max /*scan*/" },
	{ "diner", TYPED_WORD, DINER "yl_pinyin_match(:text, r.name) ORDER BY r.name_pinyin, d.id LIMIT :max /*scan*/" },
	{ "diner", TYPED_WORD, DINER "yl_pinyin_find(:text, r.name) ORDER BY r.name_pinyin, d.id LIMIT :max /*scan*/" },
	{ "diner", TYPED_NUMBER | TYPED_WORD, DINER "instr(lower(d.number), :text) > 0 ORDER BY d.number, d.id LIMIT :max /*scan*/" },
	{ "diner", TYPED_NOTHING, DINER "1 ORDER BY r.name_pinyin, d.id LIMIT :max /*scan*/" },
};

/* The words that join the numbers of an address when it is spoken. */
static const char *const joints[] = { "号楼", "单元", "幢", "栋", "楼", "室", "号" };

static size_t joint_at(const char *s)
{
	for (size_t i = 0; i < COUNT(joints); i++)
		if (strncmp(s, joints[i], strlen(joints[i])) == 0)
			return strlen(joints[i]);
	return *s == '-' || *s == ' ' ? 1 : 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_ascii_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* '3幢2单元501' → '3-2-501'. False where anything but numbers, letters and joints stands in it. */
static bool read_address(const char *s, struct strbuf *out)
{
	while (*s) {
		size_t n = joint_at(s);

		if (n > 0) {
			if (out->n > 0 && out->s[out->n - 1] != '-')
				strbuf_add_char(out, '-');
			s += n;
		} else if (is_digit(*s) || is_ascii_letter(*s)) {
			strbuf_add_char(out, *s++);
		} else {
			return false;
		}
	}
	while (out->n > 0 && out->s[out->n - 1] == '-')
		strbuf_truncate(out, out->n - 1);
	return out->n > 0;
}

struct counts {
	size_t digits, letters, dashes, others;    /* others: anything beyond ASCII too */
};

static struct counts count(const struct strbuf *text)
{
	struct counts c = { 0 };

	for (size_t i = 0; i < text->n; i++) {
		char byte = text->s[i];

		if (is_digit(byte))
			c.digits++;
		else if (is_ascii_letter(byte))
			c.letters++;
		else if (byte == '-' || byte == ' ')
			c.dashes++;
		else
			c.others++;
	}
	return c;
}

static unsigned kinds_of(const struct typed *t, bool is_address)
{
	struct counts c = count(&t->text);
	bool only_digits = c.digits > 0 && c.letters + c.dashes + c.others == 0;
	bool leads = c.digits > 0 && t->head.n == 0;
	unsigned kinds = 0;

	if (t->text.n == 0)
		kinds |= TYPED_NOTHING;
	if ((only_digits && c.digits >= 3) || (c.digits >= 7 && c.letters + c.others == 0))
		kinds |= TYPED_TAIL;
	if (leads)
		kinds |= TYPED_NUMBER;
	if (is_address && leads && (!only_digits || c.digits < 3))
		kinds |= TYPED_ADDRESS;
	if (is_address && !leads)
		kinds |= TYPED_PLACE;
	if (c.letters > 0 && c.digits + c.others == 0)
		kinds |= TYPED_LETTERS;
	if (c.letters + c.others > 0)
		kinds |= TYPED_WORD;
	return kinds;
}

static void read_typed(struct typed *t, const char *s)
{
	AUTO_STRBUF folded = { 0 };
	size_t first = 0;
	bool is_address;

	text_fold(&folded, s ? s : "");
	text_clean(&t->text, strbuf_str(&folded), folded.n, TEXT_LINE);
	s = strbuf_str(&t->text);
	for (size_t i = t->text.n; i-- > 0; )
		if (is_digit(s[i]))
			strbuf_add_char(&t->reversed, s[i]);
	while (s[first] && !is_digit(s[first]))
		first++;
	strbuf_add_n(&t->head, s, first);
	while (is_digit(s[first + t->number.n]))
		strbuf_add_char(&t->number, s[first + t->number.n]);
	is_address = t->number.n > 0 && read_address(s + first, &t->address);
	t->kinds = kinds_of(t, is_address);
}

static void typed_release(struct typed *t)
{
	strbuf_release(&t->text);
	strbuf_release(&t->reversed);
	strbuf_release(&t->head);
	strbuf_release(&t->address);
	strbuf_release(&t->number);
}

struct found {
	struct candidate *list;
	size_t n, cap, max;
};

static bool is_found(const struct found *f, int64_t id)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].id == id)
			return true;
	return false;
}

static void add_row(struct found *f, const struct stmt *q)
{
	AUTO_STRBUF detail = { 0 };
	const char *place = column_text(q, 3);

	if (f->n == f->max || is_found(f, column_int(q, 0)))
		return;
	text_mask_phone(&detail, column_text(q, 2));
	if (detail.n > 0 && *place)
		strbuf_add_char(&detail, ' ');
	strbuf_add(&detail, place);
	f->list = mem_grow(f->list, &f->cap, f->n + 1, sizeof *f->list);
	f->list[f->n++] = (struct candidate){
		.id = column_int(q, 0), .label = mem_copy(column_text(q, 1)), .detail = strbuf_take(&detail),
	};
}

static void bind_if_wanted(struct stmt *q, const char *name, const char *value)
{
	if (q->raw && sqlite3_bind_parameter_index(q->raw, name))
		bind_text(q, name, value);
}

static enum rc go(struct store *st, const char *sql, const struct typed *t, struct found *f, struct err *e)
{
	AUTO_STMT q = stmt_use(st, sql);
	bool row = false;
	enum rc rc;

	bind_if_wanted(&q, ":text", strbuf_str(&t->text));
	bind_if_wanted(&q, ":reversed", strbuf_str(&t->reversed));
	bind_if_wanted(&q, ":head", strbuf_str(&t->head));
	bind_if_wanted(&q, ":address", strbuf_str(&t->address));
	bind_if_wanted(&q, ":number", strbuf_str(&t->number));
	bind_int(&q, ":max", (int64_t)f->max);
	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row)
		add_row(f, &q);
	return rc;
}

/* Any other record type: its name field. */
static enum rc go_by_name(struct store *st, const struct form *form, const struct typed *t, struct found *f, struct err *e)
{
	AUTO_STRBUF sql = { 0 };
	const struct table *table;
	enum rc rc = table_load(st, form->table, &table, e);

	if (rc != RC_OK)
		return rc;
	if (table_column(table, form->name_field) == NULL)
		return err_set(e, RC_INVALID, NULL, "%s：name_field 不是表 %s 的列", form->path, form->table);
	strbuf_format(&sql, "SELECT id, \"%s\", NULL, NULL FROM \"%s\" WHERE %s yl_pinyin_find(:text, \"%s\")"
	              " ORDER BY yl_pinyin_match(:text, \"%s\") DESC, \"%s\", id LIMIT :max /*scan*/", form->name_field, form->table,
	              table_column(table, "deleted_at") ? "deleted_at IS NULL AND" : "", form->name_field, form->name_field, form->name_field);
	return go(st, strbuf_str(&sql), t, f, e);
}

enum rc record_candidates(struct store *st, const struct form *form, const char *typed, size_t max,
                          struct candidate **out, size_t *n, struct err *e)
{
	struct typed t = { 0 };
	struct found f = { .max = max };
	bool known = false;
	enum rc rc = RC_OK;

	read_typed(&t, typed);
	for (size_t i = 0; i < COUNT(ways) && rc == RC_OK; i++) {
		if (strcmp(ways[i].table, form->table) != 0)
			continue;
		known = true;
		if ((ways[i].needs & t.kinds) && f.n < f.max)
			rc = go(st, ways[i].sql, &t, &f, e);
	}
	if (!known)
		rc = go_by_name(st, form, &t, &f, e);
	typed_release(&t);
	if (rc != RC_OK) {
		candidates_free(f.list, f.n);
		return rc;
	}
	*out = f.list;
	*n = f.n;
	return RC_OK;
}

void candidates_free(struct candidate *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(c[i].label);
		free(c[i].detail);
	}
	free(c);
}
