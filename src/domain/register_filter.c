/* What was typed after `/` → one condition over a form's search columns.
 *
 * Every word must be found in at least one of them. One word is bound as :p, with its form as an address (3幢2单元 → 3-2) as :q; several come as a JSON
 * array in :p, so that two parameters are enough for any number of words.
 */
#include "domain/register.h"

#include <stdlib.h>
#include <string.h>

#include "base/identity.h"
#include "base/text.h"
#include "store/seal.h"
#include "table_columns.h"

#define MAX_WORDS 8

struct search {
	struct office *of;
	const struct form *form;
	struct table_columns table;
	char *words[MAX_WORDS];           /* folded */
	char *addresses[MAX_WORDS];       /* NULL: can't be one */
	size_t n;
};

/* How the condition names the word at hand. */
struct word_names {
	const char *word, *address, *index;
};
static const struct word_names single = { ":p", ":q", "0" };
static const struct word_names several = { "(w.value ->> 'w')", "(w.value ->> 'a')", "w.key" };

/* 3幢2单元501室 → 3-2-501 ; NULL where a word has anything else in it. */
static char *address_of(struct arena *a, const char *word)
{
	static const struct {
		const char *from, *to;
	} parts[] = {
		{ "号楼", "-" }, { "单元", "-" }, { "幢", "-" }, { "栋", "-" }, { "室", "" }, { "#", "-" },
	};
	AUTO_STRBUF key = { 0 };

	while (*word) {
		size_t i = 0;

		while (i < COUNT(parts) && strncmp(word, parts[i].from, strlen(parts[i].from)) != 0)
			i++;
		if (i < COUNT(parts)) {
			strbuf_add(&key, parts[i].to);
			word += strlen(parts[i].from);
		} else if ((*word >= '0' && *word <= '9') || (*word >= 'a' && *word <= 'z') || *word == '-') {
			strbuf_add_char(&key, *word++);
		} else {
			return NULL;
		}
	}
	if (key.n == 0 || strpbrk(key.s, "0123456789") == NULL)
		return NULL;
	return arena_copy(a, strbuf_str(&key));
}

static void add_word(struct search *s, const char *word, size_t n, struct arena *a)
{
	if (n == 0 || s->n == MAX_WORDS)
		return;
	s->words[s->n] = arena_copy_n(a, word, n);
	s->addresses[s->n] = address_of(a, s->words[s->n]);
	s->n++;
}

/* Bytes before what is an address by itself: 西林花园 of 西林花园3-2-501. 0 where there is no such end, or nothing before it. */
static size_t name_before_address(struct arena *a, const char *word)
{
	size_t n = strcspn(word, "0123456789");

	return n > 0 && (unsigned char)word[n - 1] >= 0x80 && word[n] && address_of(a, word + n) ? n : 0;
}

static void split_words(struct search *s, const char *typed, struct arena *a)
{
	AUTO_STRBUF clean = { 0 };
	AUTO_STRBUF folded = { 0 };
	char *rest, *word;

	text_clean(&clean, typed, strlen(typed), TEXT_LINE);
	text_fold(&folded, strbuf_str(&clean));
	rest = arena_copy(a, strbuf_str(&folded));
	while ((word = strsep(&rest, " ")) != NULL) {
		size_t before = name_before_address(a, word);

		add_word(s, word, before, a);
		add_word(s, word + before, strlen(word + before), a);
	}
}

static void add_or(struct strbuf *sql)
{
	strbuf_add(sql, " OR ");
}

static void add_text(const struct search *s, const struct word_names *w, const char *column, struct strbuf *sql)
{
	const char *table = s->form->table;

	add_or(sql);
	strbuf_format(sql, "instr(lower(\"%s\".\"%s\"), %s) > 0", table, column, w->word);
	if (table_pinyin(&s->table, column)) {
		add_or(sql);
		strbuf_format(sql, "yl_pinyin_find(%s, \"%s\".\"%s\")", w->word, table, column);
	}
}

static void add_phone(const struct search *s, const struct word_names *w, const char *column, struct strbuf *sql)
{
	const char *table = s->form->table;

	add_or(sql);
	strbuf_format(sql, "(length(%s) >= 3 AND %s NOT GLOB '*[^0-9]*' AND ", w->word, w->word);
	if (strcmp(column, "phone") == 0 && table_has(&s->table, "phone_tail"))
		strbuf_format(sql, "\"%s\".phone_tail LIKE yl_reversed_digits(%s) || '%%')", table, w->word);
	else
		strbuf_format(sql, "\"%s\".\"%s\" LIKE '%%' || %s)", table, column, w->word);
}

static void add_address(const struct search *s, const struct word_names *w, struct strbuf *sql)
{
	const char *table = s->form->table;

	add_or(sql);
	strbuf_format(sql, "\"%s\".address_key LIKE %s || '%%' OR \"%s\".address_key LIKE '%%-' || %s", table, w->address, table, w->address);
}

/* Codes whose label a word is the beginning of. Codes are of [a-z0-9_.-]: they may stand in the text. */
static void add_codes(const struct search *s, const struct word_names *w, const struct field *f, struct strbuf *sql)
{
	for (size_t i = 0; i < s->n; i++) {
		for (size_t k = 0; k < f->codes->n; k++) {
			const struct code *c = &f->codes->codes[k];

			if (strncmp(c->label, s->words[i], strlen(s->words[i])) != 0)
				continue;
			add_or(sql);
			strbuf_format(sql, "(%s = %zu AND instr(' ' || \"%s\".\"%s\" || ' ', ' %s ') > 0)", w->index, i, s->form->table, f->name,
			              c->code);
		}
	}
}

/* A whole id number, found by its keyed hash. */
static void add_id_number(const struct search *s, const struct word_names *w, struct strbuf *sql)
{
	for (size_t i = 0; i < s->n; i++) {
		unsigned char hash[SEAL_HASH_BYTES];
		char normal[19];
		struct err ignored;

		if (strlen(s->words[i]) != 18 || idnumber_check(s->words[i], normal, &ignored) != RC_OK)
			continue;
		seal_hash(s->of->st, s->form->table, "id_number", normal, hash);
		add_or(sql);
		strbuf_format(sql, "(%s = %zu AND \"%s\".id_hash = x'", w->index, i, s->form->table);
		for (size_t k = 0; k < sizeof hash; k++)
			strbuf_format(sql, "%02x", hash[k]);
		strbuf_add(sql, "')");
	}
}

static void add_picked(const struct search *s, const struct word_names *w, const struct field *f, struct strbuf *sql)
{
	const struct form *target = form_find(s->of->forms, f->pick_form);

	if (target == NULL)
		return;
	add_or(sql);
	strbuf_format(sql, "EXISTS (SELECT 1 FROM \"%s\" AS picked WHERE picked.id = \"%s\".\"%s\" AND instr(lower(picked.\"%s\"), %s) > 0)",
	              target->table, s->form->table, f->name, target->name_field, w->word);
}

static void add_search_column(const struct search *s, const struct word_names *w, const char *column, struct strbuf *sql)
{
	const struct field *f = form_field(s->form, column);

	if (strcmp(column, "address_key") == 0 && table_has(&s->table, "address_key")) {
		add_address(s, w, sql);
		return;
	}
	if (!table_has(&s->table, column) || (f && (f->sealed || f->codes)))
		return;
	switch (f ? f->type : FIELD_TEXT) {
	case FIELD_PHONE:
		add_phone(s, w, column, sql);
		break;
	case FIELD_PICK:
		add_picked(s, w, f, sql);
		break;
	case FIELD_TEXT:
	case FIELD_NOTE:
		add_text(s, w, column, sql);
		break;
	default:
		add_or(sql);
		strbuf_format(sql, "CAST(\"%s\".\"%s\" AS TEXT) = %s", s->form->table, column, w->word);
	}
}

/* All ways in which a word can be found, joined by OR. */
static void add_condition(const struct search *s, const struct word_names *w, struct strbuf *sql)
{
	strbuf_add(sql, "(0");
	for (size_t i = 0; s->form->search && s->form->search[i]; i++)
		add_search_column(s, w, s->form->search[i], sql);
	if (s->form->search == NULL || s->form->search[0] == NULL)
		add_search_column(s, w, s->form->name_field, sql);
	for (size_t i = 0; i < s->form->n; i++) {
		const struct field *f = &s->form->fields[i];

		if (f->codes && table_has(&s->table, f->name))
			add_codes(s, w, f, sql);
	}
	if (table_has(&s->table, "id_hash"))
		add_id_number(s, w, sql);
	strbuf_add(sql, ")");
}

static void add_json_text(struct strbuf *out, const char *text)
{
	strbuf_add_char(out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			strbuf_add_char(out, '\\');
		strbuf_add_char(out, *text);
	}
	strbuf_add_char(out, '"');
}

static void words_as_json(const struct search *s, struct strbuf *out)
{
	for (size_t i = 0; i < s->n; i++) {
		strbuf_add(out, i ? ",{\"w\":" : "[{\"w\":");
		add_json_text(out, s->words[i]);
		if (s->addresses[i]) {
			strbuf_add(out, ",\"a\":");
			add_json_text(out, s->addresses[i]);
		}
		strbuf_add_char(out, '}');
	}
	strbuf_add_char(out, ']');
}

static struct value text_value(char *text)
{
	return text ? (struct value){ .kind = VALUE_TEXT, .text = text } : (struct value){ .kind = VALUE_NONE };
}

enum rc register_filter(struct office *of, const struct form *form, const char *typed, struct arena *a, struct list_filter *out, bool *any,
                        struct err *e)
{
	struct search s = { .of = of, .form = form };
	AUTO_STRBUF sql = { 0 };
	AUTO_STRBUF json = { 0 };
	enum rc rc;

	if ((rc = table_columns_load(of->st, form->table, a, &s.table, e)) != RC_OK)
		return rc;
	split_words(&s, typed, a);
	*any = s.n > 0;
	if (s.n == 0)
		return RC_OK;
	if (s.n == 1) {
		add_condition(&s, &single, &sql);
		*out = (struct list_filter){ .where = arena_copy(a, strbuf_str(&sql)), .p = text_value(s.words[0]) };
		if (strstr(out->where, single.address))
			out->q = text_value(s.addresses[0]);
		return RC_OK;
	}
	strbuf_add(&sql, "NOT EXISTS (SELECT 1 FROM json_each(:p) AS w WHERE NOT coalesce(");
	add_condition(&s, &several, &sql);
	strbuf_add(&sql, ", 0))");
	words_as_json(&s, &json);
	*out = (struct list_filter){ .where = arena_copy(a, strbuf_str(&sql)), .p = text_value(arena_copy(a, strbuf_str(&json))) };
	return RC_OK;
}
