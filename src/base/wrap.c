/* Soft-wrapping of notes: where a line ends on the screen. */
#include "base/text.h"

#include <string.h>

/* Never at the beginning of a line (closing punctuation), never at its end (opening punctuation): a part of GB/T 15834-2011. */
static const char no_start[] = "。，、；：？！）》〉」』】〕”’…—·,.;:?!)]}%％℃";
static const char no_end[] = "（《〈「『【〔“‘([{￥";

/* What a line can hold at most: reading on to the end of a long text for each of its lines would take the square of its length. A cluster of clean
 * text has at most 20 bytes. */
#define COLUMN_BYTES 32

static size_t bytes_to_look_at(const char *s, int width_cols)
{
	return strnlen(s, ((size_t)(width_cols > 0 ? width_cols : 0) + 2) * COLUMN_BYTES);
}

static bool is_in(const char *set, const char *character, size_t len)
{
	size_t n = strlen(set), at = 0;

	while (at < n) {
		uint32_t cp;
		size_t k = text_decode(set + at, n - at, &cp);

		if (k == len && memcmp(set + at, character, len) == 0)
			return true;
		at += k;
	}
	return false;
}

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What is surely not punctuation, told by its first byte: the short way for nearly all text. E4 to E9 lead Han only. */
static bool is_letter(char c)
{
	return is_word(c) || c == ' ' || ((unsigned char)c >= 0xE4 && (unsigned char)c <= 0xE9);
}

/* Whether a line may end between two clusters. */
static bool may_break(const char *before, size_t before_len, const char *after, size_t after_len)
{
	if (is_word(*before) && is_word(*after))
		return false;              /* a telephone number stays in one piece */
	return (is_letter(*after) || !is_in(no_start, after, after_len)) &&
	       (is_letter(*before) || !is_in(no_end, before, before_len));
}

size_t text_wrap(const char *s, int width_cols, size_t *line_bytes)
{
	size_t n = bytes_to_look_at(s, width_cols), at = 0, before_len = 0, better = 0;
	int used = 0, better_cols = 0;

	while (at < n) {
		int width;
		size_t len = text_cluster(s + at, n - at, &width);

		if (s[at] == '\n') {
			*line_bytes = at;
			return at + 1;
		}
		if (at > 0 && may_break(s + at - before_len, before_len, s + at, len)) {
			better = at;
			better_cols = used;
		}
		if (used + width > width_cols && at > 0) {
			/* Punctuation or a word longer than half a line gives way to the border. */
			if (better > 0 && better_cols * 2 >= width_cols)
				at = better;
			break;
		}
		at += len;
		used += width;
		before_len = len;
	}
	*line_bytes = at;
	return at;
}
