/* Open issues that may be the one being typed: by building, by category, by pairs of Han characters of the title.
 *
 * Chinese titles have no blanks, so words are taken as overlapping pairs (水管漏水: 水管 管漏 漏水). Each of the three sources is bounded before a row is
 * looked at, so that the cost does not grow with the years kept.
 */
#include "domain/issue.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/text.h"
#include "issue_rules.h"
#include "store/stmt.h"

#define PAIRS_MAX 24
#define SITES_MAX 8
#define DAY_MS INT64_C(86400000)
/* What each likeness counts; together 100. */
#define SCORE_BUILDING 30
#define SCORE_CATEGORY 20
#define SCORE_CATEGORY_TOP 10
#define SCORE_TITLE 50

/* Characters of addresses: a pair with one of them says where, not what. */
static const char place_characters[] = "幢栋单元室号层楼区";

struct pair {
	char text[9];
};

/* What is looked for. */
struct wanted {
	const char *category;
	int64_t building_id, except, since;
	struct pair pairs[PAIRS_MAX];
	size_t n_pairs;
	int possible;                 /* the score of one that is alike in everything stated */
};

struct found {
	struct similar_issue *rows;
	size_t n, cap;
	struct arena *arena;
};

static bool is_han(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

static bool is_place(const char *s, size_t n)
{
	for (const char *at = place_characters; *at; at += 3)
		if (n == 3 && memcmp(at, s, 3) == 0)
			return true;
	return false;
}

static bool has_pair(const struct wanted *w, const char *text)
{
	for (size_t i = 0; i < w->n_pairs; i++)
		if (strcmp(w->pairs[i].text, text) == 0)
			return true;
	return false;
}

static void read_pairs(struct wanted *w, const char *title)
{
	const char *last = NULL, *at = title;
	size_t last_n = 0;

	while (*at && w->n_pairs < PAIRS_MAX) {
		uint32_t cp;
		size_t n = text_decode(at, strlen(at), &cp);

		if (!is_han(cp) || is_place(at, n)) {
			last = NULL;
		} else {
			struct pair p = { { 0 } };

			if (last) {
				memcpy(p.text, last, last_n);
				memcpy(p.text + last_n, at, n);
				if (!has_pair(w, p.text))
					w->pairs[w->n_pairs++] = p;
			}
			last = at;
			last_n = n;
		}
		at += n;
	}
}

/* The FTS5 query: any of the pairs. An empty phrase finds nothing. */
static void pairs_query(const struct wanted *w, struct strbuf *out)
{
	for (size_t i = 0; i < w->n_pairs; i++)
		strbuf_format(out, "%s\"%s\"", i ? " OR " : "", w->pairs[i].text);
	if (w->n_pairs == 0)
		strbuf_add(out, "\"\"");
}

static size_t count_pairs(const struct wanted *w, const char *text)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n_pairs; i++)
		n += strstr(text, w->pairs[i].text) != NULL;
	return n;
}

static bool same_top(const char *a, const char *b)
{
	size_t n = strcspn(a, ".");

	return n > 0 && n == strcspn(b, ".") && strncmp(a, b, n) == 0;
}

static int likeness(const struct wanted *w, struct similar_issue *row, int64_t building_id)
{
	int score = 0;

	row->same_building = w->building_id && building_id == w->building_id;
	row->same_category = w->category[0] && strcmp(row->category, w->category) == 0;
	if (row->same_building)
		score += SCORE_BUILDING;
	if (row->same_category)
		score += SCORE_CATEGORY;
	else if (same_top(row->category, w->category))
		score += SCORE_CATEGORY_TOP;
	if (w->n_pairs) {
		size_t in_title = count_pairs(w, row->title), in_body = count_pairs(w, row->body);

		score += (int)(SCORE_TITLE * (in_body / 2 > in_title ? in_body / 2 : in_title) / w->n_pairs);
	}
	return score;
}

/* One statement serves all three sources: ids of candidates, then the open ones among them. */
#define SELECT_OPEN(candidates) \
	"SELECT issue.id, issue.number, issue.title, issue.body, issue.category, issue.phase, issue.status, issue.raised_at, issue.building_id," \
	" trim(coalesce(building.place_text, '') || coalesce(issue.unit || '单元', '') || coalesce(issue.room || '室', '')" \
	"  || ' ' || coalesce(issue.place_note, ''))," \
	" (SELECT count(DISTINCT coalesce(resident_id, id)) FROM support WHERE support.issue_id = issue.id AND support.deleted_at IS NULL)" \
	" FROM issue LEFT JOIN building ON building.id = issue.building_id" \
	" WHERE issue.id IN (" candidates ") AND issue.status <> 'closed' AND issue.raised_at >= :since AND issue.deleted_at IS NULL"

static const char by_building[] = SELECT_OPEN(
	"SELECT id FROM issue WHERE building_id = :building AND raised_at >= :since ORDER BY raised_at DESC LIMIT 200");
static const char by_category[] = SELECT_OPEN(
	"SELECT id FROM issue WHERE category = :category AND raised_at >= :since ORDER BY raised_at DESC LIMIT 200");
static const char by_title[] = SELECT_OPEN(
	"SELECT rowid FROM issue_text WHERE issue_text MATCH :words AND rowid >= :low AND rowid <= :high ORDER BY rowid DESC LIMIT 300");

static bool is_found(const struct found *f, int64_t id)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->rows[i].id == id)
			return true;
	return false;
}

static enum rc collect(const struct wanted *w, struct stmt *q, struct found *f, struct err *e)
{
	bool row;
	enum rc rc;

	while ((rc = stmt_step(q, &row, e)) == RC_OK && row) {
		struct similar_issue one = {
			.id = column_int(q, 0), .title = column_text(q, 2), .body = column_text(q, 3), .category = column_text(q, 4),
			.phase = phase_from_key(column_text(q, 5)), .status = status_from_key(column_text(q, 6)),
			.raised_at = column_int(q, 7), .supporters = (int)column_int(q, 10),
		};

		one.score = likeness(w, &one, column_int(q, 8));
		if (one.id == w->except || one.score * 2 < w->possible || is_found(f, one.id))
			continue;
		one.number = arena_copy(f->arena, column_text(q, 1));
		one.title = arena_copy(f->arena, one.title);
		one.body = arena_copy(f->arena, one.body);
		one.category = arena_copy(f->arena, one.category);
		one.place = arena_copy(f->arena, column_text(q, 9));
		f->rows = mem_grow(f->rows, &f->cap, f->n + 1, sizeof *f->rows);
		f->rows[f->n++] = one;
	}
	return rc;
}

/* Ids of one site grow with time, those of several sites do not: the newest of each site are looked at. */
static enum rc collect_by_title(struct office *of, const struct wanted *w, struct found *f, struct err *e)
{
	AUTO_STMT newest = stmt_use(of->st, "SELECT max(id) FROM issue WHERE id < :below");
	AUTO_STRBUF words = { 0 };
	int64_t below = INT64_MAX, high;
	enum rc rc = RC_OK;

	pairs_query(w, &words);
	for (int i = 0; i < SITES_MAX; i++) {
		AUTO_STMT q = stmt_use(of->st, by_title);

		bind_int(&newest, ":below", below);
		if ((rc = stmt_int(&newest, &high, e)) != RC_OK || high <= 0)
			break;
		below = high >> 32 << 32;
		bind_text(&q, ":words", strbuf_str(&words));
		bind_int(&q, ":low", below);
		bind_int(&q, ":high", high);
		bind_int(&q, ":since", w->since);
		if ((rc = collect(w, &q, f, e)) != RC_OK)
			break;
	}
	return rc;
}

static enum rc collect_by_place(struct office *of, const struct wanted *w, struct found *f, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, by_building);

	bind_int(&q, ":building", w->building_id);
	bind_int(&q, ":since", w->since);
	return collect(w, &q, f, e);
}

static enum rc collect_by_category(struct office *of, const struct wanted *w, struct found *f, struct err *e)
{
	AUTO_STMT q = stmt_use(of->st, by_category);

	bind_text(&q, ":category", w->category);
	bind_int(&q, ":since", w->since);
	return collect(w, &q, f, e);
}

static int by_score(const void *a, const void *b)
{
	const struct similar_issue *x = a, *y = b;

	if (x->score != y->score)
		return y->score - x->score;
	return (y->raised_at > x->raised_at) - (y->raised_at < x->raised_at);
}

enum rc issue_similar(struct office *of, const char *category, int64_t building_id, const char *title, int64_t except,
                      size_t max, struct arena *a, struct similar_issue **out, size_t *n, struct err *e)
{
	struct wanted w = {
		.category = category ? category : "", .building_id = building_id, .except = except,
		.since = office_now(of) - of->settings->similar_days * DAY_MS,
	};
	struct found f = { .arena = a };
	enum rc rc;

	read_pairs(&w, title ? title : "");
	w.possible = (w.building_id ? SCORE_BUILDING : 0) + (w.category[0] ? SCORE_CATEGORY : 0) + (w.n_pairs ? SCORE_TITLE : 0);
	if ((rc = office_require(of, MAY_ISSUE_VIEW, e)) == RC_OK && w.building_id)
		rc = collect_by_place(of, &w, &f, e);
	if (rc == RC_OK && w.category[0])
		rc = collect_by_category(of, &w, &f, e);
	if (rc == RC_OK && w.n_pairs)
		rc = collect_by_title(of, &w, &f, e);
	if (rc == RC_OK) {
		if (f.n)
			qsort(f.rows, f.n, sizeof *f.rows, by_score);
		*n = f.n < max ? f.n : max;
		*out = arena_alloc(a, (*n ? *n : 1) * sizeof **out);
		if (*n)
			memcpy(*out, f.rows, *n * sizeof **out);
	}
	free(f.rows);
	return rc;
}
