/* Addresses as people and spreadsheets write them. The estate is found by its name; behind it stand two or three parts: building, unit, room. */
#include "address.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "store/stmt.h"

#define MAX_PARTS 3
#define PART_BYTES 32

static enum rc load_estates(struct store *st, struct address_book *b, struct err *e)
{
	size_t cap = 0;
	bool row;
	enum rc rc;
	AUTO_STMT q = stmt_use(st, "SELECT id, name FROM estate WHERE deleted_at IS NULL AND name <> '' /*scan*/");

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		AUTO_STRBUF folded = { 0 };

		text_fold(&folded, column_text(&q, 1));
		b->estates = mem_grow(b->estates, &cap, b->n_estates + 1, sizeof *b->estates);
		b->estates[b->n_estates++] = (struct address_estate){
			column_int(&q, 0), arena_copy(&b->strings, column_text(&q, 1)), arena_copy(&b->strings, strbuf_str(&folded)),
		};
	}
	return rc;
}

static enum rc load_buildings(struct store *st, struct address_book *b, struct err *e)
{
	size_t cap = 0;
	bool row;
	enum rc rc;
	AUTO_STMT q = stmt_use(st, "SELECT id, estate_id, number, name FROM building WHERE deleted_at IS NULL /*scan*/");

	while ((rc = stmt_step(&q, &row, e)) == RC_OK && row) {
		b->buildings = mem_grow(b->buildings, &cap, b->n_buildings + 1, sizeof *b->buildings);
		b->buildings[b->n_buildings++] = (struct address_building){
			column_int(&q, 0), column_int(&q, 1), arena_copy(&b->strings, column_text(&q, 2)), arena_copy(&b->strings, column_text(&q, 3)),
		};
	}
	return rc;
}

enum rc address_book_load(struct store *st, struct address_book *out, struct err *e)
{
	struct address_book b = { 0 };
	enum rc rc;

	if ((rc = load_estates(st, &b, e)) != RC_OK || (rc = load_buildings(st, &b, e)) != RC_OK) {
		address_book_release(&b);
		return rc;
	}
	*out = b;
	return RC_OK;
}

void address_book_release(struct address_book *b)
{
	free(b->estates);
	free(b->buildings);
	arena_clear(&b->strings);
	memset(b, 0, sizeof *b);
}

/* The estate with the longest name that stands in the folded text; *rest is what follows it. */
static const struct address_estate *find_estate(const struct address_book *b, const char *text, const char **rest)
{
	const struct address_estate *best = NULL;
	size_t best_bytes = 0;

	for (size_t i = 0; i < b->n_estates; i++) {
		const char *at = strstr(text, b->estates[i].folded);
		size_t bytes = strlen(b->estates[i].folded);

		if (at && bytes > best_bytes) {
			best = &b->estates[i];
			best_bytes = bytes;
			*rest = at + bytes;
		}
	}
	return best;
}

static const struct address_building *find_building(const struct address_book *b, int64_t estate_id, const char *number)
{
	for (size_t i = 0; i < b->n_buildings; i++)
		if (b->buildings[i].estate_id == estate_id &&
		    (strcasecmp(b->buildings[i].number, number) == 0 || strcmp(b->buildings[i].name, number) == 0))
			return &b->buildings[i];
	return NULL;
}

/* What separates the parts of an address; the longer one first. */
static size_t separator_bytes(const char *s)
{
	static const char *const separators[] = { "号楼", "单元", "幢", "栋", "楼", "号", "室", "户", "-", "—", "－", "#", "/", " " };

	for (size_t i = 0; i < COUNT(separators); i++)
		if (strncmp(s, separators[i], strlen(separators[i])) == 0)
			return strlen(separators[i]);
	return 0;
}

/* Cut into at most three parts; false where there are more, or one is too long. */
static bool cut_parts(const char *s, char parts[MAX_PARTS][PART_BYTES], size_t *n)
{
	size_t bytes = 0, count = 0;

	for (;;) {
		size_t separator = separator_bytes(s);

		if (*s && separator == 0) {
			if (count == MAX_PARTS || bytes + 1 >= PART_BYTES)
				return false;
			parts[count][bytes++] = *s++;
			continue;
		}
		if (bytes > 0)
			parts[count++][bytes] = '\0';
		bytes = 0;
		if (*s == '\0')
			break;
		s += separator;
	}
	*n = count;
	return true;
}

/* Folding made letters small; rooms are written with capitals. */
static void copy_capitals(char *to, size_t cap, const char *from)
{
	size_t n = 0;

	for (; from[n] && n + 1 < cap; n++)
		to[n] = (char)(from[n] >= 'a' && from[n] <= 'z' ? from[n] - 'a' + 'A' : from[n]);
	to[n] = '\0';
}

static enum rc fill(const struct address_book *b, const struct address_estate *estate, const char *building, const char *unit, const char *room,
                    struct address *out, struct err *e)
{
	const struct address_building *found = find_building(b, estate->id, building);

	if (found == NULL)
		return err_set(e, RC_INVALID, "address", "%s没有「%.24s」这一楼栋，请先建立楼栋", estate->name, building);
	if (*room == '\0')
		return err_set(e, RC_INVALID, "address", "地址里没有室号");
	if (text_cluster_count(unit) > 6 || text_cluster_count(room) > 10)
		return err_set(e, RC_INVALID, "address", "单元或室号太长");
	out->building_id = found->id;
	copy_capitals(out->unit, sizeof out->unit, unit);
	copy_capitals(out->room, sizeof out->room, room);
	return RC_OK;
}

enum rc address_parse(const struct address_book *b, const char *text, struct address *out, struct err *e)
{
	char parts[MAX_PARTS][PART_BYTES];
	const struct address_estate *estate;
	AUTO_STRBUF line = { 0 };
	AUTO_STRBUF folded = { 0 };
	const char *rest = "";
	size_t n = 0;

	text_clean(&line, text, strlen(text), TEXT_LINE);
	text_fold(&folded, strbuf_str(&line));
	estate = find_estate(b, strbuf_str(&folded), &rest);
	if (estate == NULL)
		return err_set(e, RC_INVALID, "address", "地址里没有本社区的小区名");
	if (!cut_parts(rest, parts, &n) || n < 2)
		return err_set(e, RC_INVALID, "address", "看不懂地址里的楼栋和室号，请写成 %s3幢2单元501室 或 %s 3-2-501", estate->name, estate->name);
	return fill(b, estate, parts[0], n == 3 ? parts[1] : "", parts[n - 1], out, e);
}

/* The one building of the community with this number; NULL where there are several. */
static const struct address_building *only_building(const struct address_book *b, const char *number)
{
	const struct address_building *found = NULL;

	for (size_t i = 0; i < b->n_buildings; i++) {
		if (strcasecmp(b->buildings[i].number, number) != 0)
			continue;
		if (found)
			return NULL;
		found = &b->buildings[i];
	}
	return found;
}

void address_guess(const struct address_book *b, const char *text, struct address *out)
{
	char parts[MAX_PARTS][PART_BYTES];
	const struct address_estate *estate;
	const struct address_building *building;
	AUTO_STRBUF line = { 0 };
	AUTO_STRBUF folded = { 0 };
	const char *rest;
	size_t n = 0;

	memset(out, 0, sizeof *out);
	text_clean(&line, text, strlen(text), TEXT_LINE);
	text_fold(&folded, strbuf_str(&line));
	rest = strbuf_str(&folded);
	estate = find_estate(b, rest, &rest);
	if (!cut_parts(rest, parts, &n) || n == 0)
		return;
	building = estate ? find_building(b, estate->id, parts[0]) : only_building(b, parts[0]);
	out->building_id = building ? building->id : 0;
	if (n == MAX_PARTS)
		copy_capitals(out->unit, sizeof out->unit, parts[1]);
	if (n > 1)
		copy_capitals(out->room, sizeof out->room, parts[n - 1]);
}

/* 3幢 → 3, 2单元 → 2, 501室 → 501 */
static const char *bare(const char *text, struct strbuf *out)
{
	AUTO_STRBUF folded = { 0 };
	char parts[MAX_PARTS][PART_BYTES];
	size_t n = 0;

	text_fold(&folded, text);
	if (cut_parts(strbuf_str(&folded), parts, &n) && n == 1)
		strbuf_add(out, parts[0]);
	else
		strbuf_add(out, text);
	return strbuf_str(out);
}

enum rc address_from_parts(const struct address_book *b, const char *estate, const char *building, const char *unit, const char *room,
                           struct address *out, struct err *e)
{
	AUTO_STRBUF bare_building = { 0 };
	AUTO_STRBUF bare_unit = { 0 };
	AUTO_STRBUF bare_room = { 0 };
	AUTO_STRBUF folded = { 0 };
	const struct address_estate *found;
	const char *rest;

	text_fold(&folded, estate);
	found = find_estate(b, strbuf_str(&folded), &rest);
	if (found == NULL)
		return err_set(e, RC_INVALID, "estate", "本社区没有这个小区");
	return fill(b, found, bare(building, &bare_building), bare(unit, &bare_unit), bare(room, &bare_room), out, e);
}
