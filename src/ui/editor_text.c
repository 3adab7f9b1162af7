/* The editor's text: changes that keep it clean, the limit, undo. */
#include "ui/editor_inside.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define UNDO_STEPS 500
#define UNDO_BYTES ((size_t)8 * 1024 * 1024)

/* How many clusters on each side of a change are cleaned with it: at least so many, then until is_firm(), at most so many more. */
#define NEIGHBOURS 2
#define NEIGHBOURS_MAX 40

size_t editor_after(const struct editor *ed, size_t at)
{
	int width;

	return at < ed->text.n ? at + text_cluster(ed->text.s + at, ed->text.n - at, &width) : ed->text.n;
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

static size_t character_before(const char *s, size_t at)
{
	do
		at--;
	while (at > 0 && is_continuation(s[at]));
	return at;
}

static bool is_mark(const char *s, size_t n)
{
	uint32_t cp;

	text_decode(s, n, &cp);
	return cp >= 0x300 && text_char_width(cp) == 0;
}

/* Back to a base, then forward again: a mark behind an unassigned character is a cluster of its own. */
size_t editor_before(const struct editor *ed, size_t at)
{
	size_t from = at, last;

	if (at == 0)
		return 0;
	do
		from = character_before(ed->text.s, from);
	while (from > 0 && is_mark(ed->text.s + from, ed->text.n - from));
	for (last = from; (from = editor_after(ed, from)) < at; last = from)
		;
	return last;
}

/* A cluster boundary at `at` or after it. */
static size_t boundary(const struct editor *ed, size_t at)
{
	size_t before = editor_before(ed, at);

	while (before < at)
		before = editor_after(ed, before);
	return before;
}

static size_t count_clusters(const char *s, size_t n)
{
	size_t at = 0, count = 0;
	int width;

	while (at < n) {
		at += text_cluster(s + at, n - at, &width);
		count++;
	}
	return count;
}

/* Whether a change before this place can't reach behind it: the end of the text, or a character that never joins, composes or changes places with the
 * one before it. */
static bool is_firm(const struct editor *ed, size_t at, int steps)
{
	uint32_t cp;

	if (at == 0 || at == ed->text.n)
		return true;
	text_decode(ed->text.s + at, ed->text.n - at, &cp);
	if (is_mark(ed->text.s + at, ed->text.n - at))
		return false;
	return cp < 0x300 || (cp >= 0x3030 && cp < 0xA000 && cp != 0x3099 && cp != 0x309A) || steps >= NEIGHBOURS_MAX;
}

static size_t widen_left(const struct editor *ed, size_t at)
{
	for (int steps = 0; steps < NEIGHBOURS || !is_firm(ed, at, steps); steps++)
		at = editor_before(ed, at);
	return at;
}

static size_t widen_right(const struct editor *ed, size_t at)
{
	for (int steps = 0; steps < NEIGHBOURS || !is_firm(ed, at, steps); steps++)
		at = editor_after(ed, at);
	return at;
}

/* The only place where the text changes. */
static void replace(struct editor *ed, size_t at, size_t n_removed, const char *added, size_t n_added)
{
	size_t left = widen_left(ed, at), right = widen_right(ed, boundary(ed, at + n_removed)), n = ed->text.n;

	ed->clusters -= count_clusters(ed->text.s + left, right - left);
	ed->text.s = mem_grow(ed->text.s, &ed->text.cap, n + n_added + 1, 1);
	memmove(ed->text.s + at + n_added, ed->text.s + at + n_removed, n - at - n_removed + 1);
	if (n_added > 0)
		memcpy(ed->text.s + at, added, n_added);
	ed->text.n = n - n_removed + n_added;
	ed->clusters += count_clusters(ed->text.s + left, right - n_removed + n_added - left);
	ed->changes++;
	editor_drop_rows(ed, left);
	if (ed->view_at > left)
		ed->view_at = left;
}

static void release_edit(struct editor *ed, struct edit *edit)
{
	ed->edit_bytes -= edit->n_removed + edit->n_added;
	free(edit->removed);
	free(edit->added);
}

static void forget_from(struct editor *ed, size_t n)
{
	while (ed->n_edits > n)
		release_edit(ed, &ed->edits[--ed->n_edits]);
	if (ed->n_done > n)
		ed->n_done = n;
}

void editor_forget(struct editor *ed)
{
	forget_from(ed, 0);
	ed->typing = false;
}

static void forget_oldest(struct editor *ed)
{
	while (ed->n_edits > 1 && (ed->n_edits > UNDO_STEPS || ed->edit_bytes > UNDO_BYTES)) {
		release_edit(ed, &ed->edits[0]);
		memmove(ed->edits, ed->edits + 1, --ed->n_edits * sizeof *ed->edits);
		ed->n_done--;
	}
}

/* A character typed right after the last one belongs to the same step, so that undo takes back a phrase. */
static bool extend_last(struct editor *ed, size_t at, size_t n_removed, const char *added, size_t n_added)
{
	struct edit *last = ed->n_done > 0 ? &ed->edits[ed->n_done - 1] : NULL;

	if (!ed->typing || last == NULL || n_removed > 0 || at != last->at + last->n_added)
		return false;
	last->added = mem_resize(last->added, last->n_added + n_added + 1);
	memcpy(last->added + last->n_added, added, n_added);
	last->n_added += n_added;
	ed->edit_bytes += n_added;
	return true;
}

static void remember(struct editor *ed, size_t at, size_t n_removed, const char *added, size_t n_added)
{
	if (ed->secret)
		return;
	forget_from(ed, ed->n_done);
	if (extend_last(ed, at, n_removed, added, n_added))
		return;
	ed->edits = mem_grow(ed->edits, &ed->cap_edits, ed->n_edits + 1, sizeof *ed->edits);
	ed->edits[ed->n_edits++] = (struct edit){
		.at = at,
		.removed = mem_copy_n(ed->text.s + at, n_removed), .n_removed = n_removed,
		.added = mem_copy_n(added, n_added), .n_added = n_added,
	};
	ed->edit_bytes += n_removed + n_added;
	ed->n_done = ed->n_edits;
	forget_oldest(ed);
}

/* The bytes that s takes when no more than `room` clusters of it are let in. */
static size_t cut_to_room(const char *s, size_t n, size_t room)
{
	size_t at = 0;
	int width;

	for (; at < n && room > 0; room--)
		at += text_cluster(s + at, n - at, &width);
	return at;
}

/* Clean what comes in; returns whether it was cut at the limit. */
static bool take_in(struct editor *ed, size_t from, size_t to, const char *s, size_t n, struct strbuf *out)
{
	size_t allowed;

	text_clean(out, s, n, TEXT_NOTE);
	for (size_t i = 0; !ed->several_lines && i < out->n; i++)
		if (out->s[i] == '\n')
			out->s[i] = ' ';
	if (ed->max_clusters == 0)
		return false;
	allowed = ed->max_clusters + count_clusters(ed->text.s + from, to - from);
	allowed = allowed > ed->clusters ? allowed - ed->clusters : 0;
	allowed = cut_to_room(strbuf_str(out), out->n, allowed);
	if (allowed == out->n)
		return false;
	strbuf_truncate(out, allowed);
	return true;
}

/* A mark that was typed alone has no base in take_in(), but it has one in the text: then the bytes are joined as they came. */
static bool is_lone_mark(const char *s, size_t n)
{
	uint32_t cp;

	return n > 0 && text_decode(s, n, &cp) == n && !text_is_hostile(cp) && is_mark(s, n);
}

/* How many whole characters of two texts are the same at the beginning or at the end: at most `max` bytes. */
static size_t same_head(const char *a, const char *b, size_t max)
{
	size_t n = 0;

	while (n < max && a[n] == b[n])
		n++;
	while (n > 0 && n < max && (is_continuation(a[n]) || is_continuation(b[n])))
		n--;
	return n;
}

static size_t same_tail(const char *a_end, const char *b_end, size_t max)
{
	size_t n = 0;

	while (n < max && a_end[-1 - (ptrdiff_t)n] == b_end[-1 - (ptrdiff_t)n])
		n++;
	while (n > 0 && is_continuation(a_end[-(ptrdiff_t)n]))
		n--;
	return n;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Write the cleaned text over [at, at + n_old), keeping what is the same in the neighbours [.., +n_left) and [.., -n_right). */
static void write_changed(struct editor *ed, size_t at, size_t n_old, const struct strbuf *clean, size_t n_left, size_t n_right)
{
	const char *old = ed->text.s + at, *new = strbuf_str(clean);
	size_t head = same_head(old, new, smaller(n_left, clean->n));
	size_t tail = same_tail(old + n_old, new + clean->n, smaller(n_right, clean->n - head));
	size_t n_removed = n_old - head - tail, n_added = clean->n - head - tail;

	if (n_removed > 0 || n_added > 0) {
		remember(ed, at + head, n_removed, new + head, n_added);
		replace(ed, at + head, n_removed, new + head, n_added);
	}
	ed->cursor = ed->anchor = boundary(ed, at + clean->n - tail);
}

bool editor_splice(struct editor *ed, size_t from, size_t to, const char *s, size_t n)
{
	size_t left = widen_left(ed, from), right = widen_right(ed, to);
	AUTO_STRBUF in = { 0 };
	AUTO_STRBUF joined = { 0 };
	AUTO_STRBUF clean = { 0 };
	bool full = false;

	if (is_lone_mark(s, n))
		strbuf_add_n(&in, s, n);
	else
		full = take_in(ed, from, to, s, n, &in);
	strbuf_add_n(&joined, ed->text.s + left, from - left);
	strbuf_add_n(&joined, strbuf_str(&in), in.n);
	strbuf_add_n(&joined, ed->text.s + to, right - to);
	text_clean(&clean, strbuf_str(&joined), joined.n, TEXT_NOTE);
	write_changed(ed, left, right - left, &clean, from - left, right - to);
	return full;
}

bool editor_undo(struct editor *ed)
{
	const struct edit *edit;

	if (ed->n_done == 0)
		return false;
	edit = &ed->edits[--ed->n_done];
	replace(ed, edit->at, edit->n_added, edit->removed, edit->n_removed);
	ed->cursor = ed->anchor = boundary(ed, edit->at + edit->n_removed);
	return true;
}

bool editor_redo(struct editor *ed)
{
	const struct edit *edit;

	if (ed->n_done == ed->n_edits)
		return false;
	edit = &ed->edits[ed->n_done++];
	replace(ed, edit->at, edit->n_removed, edit->added, edit->n_added);
	ed->cursor = ed->anchor = boundary(ed, edit->at + edit->n_added);
	return true;
}
