/* Reads a benchmark file line by line. */
#include "route_text.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum rc route_text_open(struct route_text *out, const char *path, struct err *e)
{
	struct route_text t = { .path = path, .e = e };
	FILE *file = fopen(path, "rb");
	size_t room = 0, n = 0, more;

	if (!file)
		return err_set(e, RC_IO, NULL, "打不开 %s：%s", path, err_reason(errno));
	do {
		t.bytes = mem_grow(t.bytes, &room, n + 65537, 1);
		more = fread(t.bytes + n, 1, 65536, file);
		n += more;
	} while (more > 0 && n <= ROUTE_TEXT_MOST);
	t.bytes[n] = '\0';
	if (ferror(file)) {
		fclose(file);
		free(t.bytes);
		return err_set(e, RC_IO, NULL, "读不了 %s：%s", path, err_reason(errno));
	}
	fclose(file);
	if (n > ROUTE_TEXT_MOST || strlen(t.bytes) != n) {
		free(t.bytes);
		return err_set(e, RC_INVALID, NULL, n > ROUTE_TEXT_MOST ? "%s 太大，不像算例文件" : "%s 里有空字节，不是文本文件", path);
	}
	t.rest = t.bytes;
	*out = t;
	return RC_OK;
}

void route_text_close(struct route_text *t)
{
	free(t->bytes);
	t->bytes = NULL;
}

bool route_text_line(struct route_text *t)
{
	while (!t->bad && *t->rest) {
		size_t n = strcspn(t->rest, "\n"), used, bad_at;

		t->line = t->word = t->rest;
		t->number++;
		t->rest += t->rest[n] ? n + 1 : n;
		t->line[n] = '\0';
		if (!text_is_utf8(t->line, n, &bad_at)) {
			route_text_fail(t, "不是 UTF-8 文字，请先转换编码");
			return false;
		}
		t->line[strcspn(t->line, "#")] = '\0';
		used = strspn(t->line, " \t\r");
		if (t->line[used])
			return true;
	}
	return false;
}

char *route_text_word(struct route_text *t)
{
	char *word = t->word + strspn(t->word, " \t\r");
	size_t n = strcspn(word, " \t\r");

	if (n == 0)
		return NULL;
	t->word = word + n;
	if (*t->word)
		*t->word++ = '\0';
	return word;
}

double route_text_real(struct route_text *t, const char *what, double most)
{
	char *word = route_text_word(t), *end = NULL;
	double value = word ? strtod(word, &end) : 0;

	if (!word) {
		route_text_fail(t, "缺少%s", what);
	} else if (*end || !isfinite(value)) {
		route_text_fail(t, "%s「%.40s」不是数", what, word);
	} else if (fabs(value) > most) {
		route_text_fail(t, "%s是 %.40s，应在 %.0f 到 %.0f 之间", what, word, -most, most);
	}
	return t->bad ? 0 : value;
}

int32_t route_text_int(struct route_text *t, const char *what, int32_t least, int32_t most)
{
	double value = route_text_real(t, what, 1e15);

	if (!t->bad && value != floor(value))
		route_text_fail(t, "%s是 %.3f，应是整数", what, value);
	else if (!t->bad && (value < least || value > most))
		route_text_fail(t, "%s是 %.0f，应在 %d 到 %d 之间", what, value, least, most);
	return t->bad ? least : (int32_t)value;
}

void route_text_fail(struct route_text *t, const char *format, ...)
{
	char text[300];
	va_list args;

	if (t->bad)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	t->bad = true;
	err_set(t->e, RC_INVALID, NULL, "%s 第 %d 行：%s", t->path, t->number, text);
}
