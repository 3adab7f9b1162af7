/* Narrowing of code lists. A match is ranked by how it was found, and keeps the order of the file within a rank. */
#include "ui/widgets/code_choice.h"

#include <string.h>

#include "base/pinyin.h"
#include "base/text.h"

#define LEVEL_SIGN "·"
#define QUERY_MAX 64              /* clusters: as much as pinyin_match() looks at */

enum rank { RANK_LABEL, RANK_BEGINNING, RANK_BOTH_LEVELS, RANK_PARENT, RANK_ANYWHERE, RANK_NONE };

static bool is_parent(const struct code_list *list, const struct code *c)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->codes[i].parent && strcmp(list->codes[i].parent, c->code) == 0)
			return true;
	return false;
}

/* The rest of a query behind blanks and the sign between two levels. */
static const char *skip_level_sign(const char *s)
{
	for (;;) {
		if (*s == ' ' || *s == '/')
			s++;
		else if (strncmp(s, LEVEL_SIGN, strlen(LEVEL_SIGN)) == 0)
			s += strlen(LEVEL_SIGN);
		else
			return s;
	}
}

/* Whether the query is a beginning of the parent followed by a beginning of the child. */
static bool matches_both(const char *query, const char *parent, const char *child)
{
	size_t n = strlen(query);
	int width;

	for (size_t at = 0; at < n; at += text_cluster(query + at, n - at, &width)) {
		AUTO_STRBUF head = { 0 };
		const char *tail = skip_level_sign(query + at);

		if (at == 0 || *tail == '\0')
			continue;
		strbuf_add_n(&head, query, at);
		while (head.n > 0 && head.s[head.n - 1] == ' ')
			strbuf_truncate(&head, head.n - 1);
		if (pinyin_match(strbuf_str(&head), parent) && pinyin_match(tail, child))
			return true;
	}
	return false;
}

static enum rank rank_of(const struct code_list *list, const struct code *c, const char *query, bool below_parent)
{
	const struct code *parent = c->parent && !below_parent ? code_find(list, c->parent) : NULL;

	if (strcmp(c->label, query) == 0)
		return RANK_LABEL;
	if (pinyin_match(query, c->label))
		return RANK_BEGINNING;
	if (parent && matches_both(query, parent->label, c->label))
		return RANK_BOTH_LEVELS;
	if (parent && pinyin_match(query, parent->label))
		return RANK_PARENT;
	return pinyin_find(query, c->label) ? RANK_ANYWHERE : RANK_NONE;
}

static bool is_offered(const struct code *c, const char *present)
{
	return !c->retired || codes_have(present, c->code);
}

static bool is_below(const struct code *c, const char *parent)
{
	return parent == NULL || (c->parent && strcmp(c->parent, parent) == 0);
}

/* Nothing typed: one level, as it stands in the file. */
static size_t whole_level(const struct code_list *list, const char *parent, const char *present, struct code_choice *out)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct code *c = &list->codes[i];

		if (is_offered(c, present) && (parent ? is_below(c, parent) : c->parent == NULL))
			out[n++] = (struct code_choice){ c, is_parent(list, c) };
	}
	return n;
}

static size_t matching(const struct code_list *list, const char *parent, const char *query, const char *present, struct code_choice *out)
{
	size_t n = 0;

	for (int rank = RANK_LABEL; rank < RANK_NONE; rank++) {
		for (size_t i = 0; i < list->n; i++) {
			const struct code *c = &list->codes[i];

			if (is_offered(c, present) && is_below(c, parent) && !is_parent(list, c) &&
			    rank_of(list, c, query, parent != NULL) == (enum rank)rank)
				out[n++] = (struct code_choice){ c, false };
		}
	}
	return n;
}

size_t code_choices(const struct code_list *list, const char *parent, const char *typed, const char *present,
                    struct arena *a, const struct code_choice **out)
{
	struct code_choice *choices = arena_alloc(a, (list->n + 1) * sizeof *choices);
	AUTO_STRBUF folded = { 0 };
	const char *query;

	text_fold(&folded, typed ? typed : "");
	query = skip_level_sign(strbuf_str(&folded));
	*out = choices;
	if (text_is_blank(query))
		return whole_level(list, parent, present, choices);
	if (text_cluster_count(query) > QUERY_MAX)
		return 0;
	return matching(list, parent, query, present, choices);
}

void code_path(const struct code_list *list, const char *code, struct strbuf *out)
{
	const struct code *c = code_find(list, code);

	if (c && c->parent) {
		strbuf_add(out, code_label(list, c->parent));
		strbuf_add(out, LEVEL_SIGN);
	}
	strbuf_add(out, code_label(list, code));
}

/* The next word of a blank-separated set; its length, 0 at the end. */
static size_t next_code(const char **at)
{
	*at += strspn(*at, " ");
	return strcspn(*at, " ");
}

bool codes_have(const char *codes, const char *code)
{
	size_t n, wanted = strlen(code);

	for (const char *at = codes ? codes : ""; (n = next_code(&at)) > 0; at += n)
		if (n == wanted && strncmp(at, code, n) == 0)
			return true;
	return false;
}

static void add_code(struct strbuf *out, const char *code, size_t n)
{
	if (out->n > 0)
		strbuf_add_char(out, ' ');
	strbuf_add_n(out, code, n);
}

void codes_toggle(const struct code_list *list, const char *codes, const char *code, struct strbuf *out)
{
	size_t n;

	for (size_t i = 0; i < list->n; i++) {
		const char *c = list->codes[i].code;

		if (codes_have(codes, c) != (strcmp(c, code) == 0))
			add_code(out, c, strlen(c));
	}
	for (const char *at = codes ? codes : ""; (n = next_code(&at)) > 0; at += n) {
		AUTO_FREE char *one = mem_copy_n(at, n);

		if (code_find(list, one) == NULL)
			add_code(out, one, n);
	}
}
