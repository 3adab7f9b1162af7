/* INI files through iniparser, with a file and a line for everything.
 *
 * iniparser gives the values but forgets lines, merges duplicates and passes over what it can't read.  So a scan of the file's
 * lines goes first: it finds where each section and key stands and refuses what iniparser would read otherwise than it looks.
 */
#include "base/ini.h"

#include <errno.h>
#include <fcntl.h>
#include <iniparser/iniparser.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/text.h"

#define FILE_BYTES_MAX ((size_t)1024 * 1024)
#define LINES_MAX 10000
#define LINE_BYTES_MAX 1000
#define NAME_BYTES_MAX 100

/* A section while its file is read. */
struct draft {
	const char *name;          /* as an error and a caller know it */
	const char *lookup;        /* as iniparser knows it */
	int line;
	struct ini_entry *entries;
	size_t n, cap;
};

struct scan {
	struct ini *ini;
	struct draft *drafts;
	size_t n, cap;
};

enum rc ini_refuse(const char *path, int line, struct err *e, const char *format, ...)
{
	char message[sizeof e->text];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	if (line > 0)
		return err_set(e, RC_INVALID, NULL, "%s:%d: %s", path, line, message);
	return err_set(e, RC_INVALID, NULL, "%s: %s", path, message);
}

static enum rc read_failed(const char *path, int error_number, struct err *e)
{
	return err_set(e, RC_IO, NULL, "%s: 读不了这个文件：%s", path, err_reason(error_number));
}

/* The whole file as it is, at most one byte more than is allowed. */
static enum rc read_file(const char *path, struct strbuf *out, struct err *e)
{
	char block[16384];
	struct stat st;
	ssize_t got;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return read_failed(path, errno, e);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(e, RC_IO, NULL, "%s: 不是普通文件", path);
	}
	while (out->n <= FILE_BYTES_MAX && (got = read(fd, block, sizeof block)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			int why = errno;

			close(fd);
			return read_failed(path, why, e);
		}
		strbuf_add_n(out, block, (size_t)got);
	}
	close(fd);
	if (out->n > FILE_BYTES_MAX)
		return ini_refuse(path, 0, e, "文件太大，最多 1 MiB");
	return RC_OK;
}

static int line_of(const char *s, size_t at)
{
	int line = 1;

	for (size_t i = 0; i < at; i++)
		line += s[i] == '\n';
	return line;
}

static enum rc check_characters(const char *path, const char *s, size_t n, struct err *e)
{
	size_t at = 0, bad_at;

	if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0)
		return ini_refuse(path, 1, e, "文件开头有 BOM，请另存为不带 BOM 的 UTF-8");
	if (!text_is_utf8(s, n, &bad_at))
		return ini_refuse(path, line_of(s, bad_at), e, "不是 UTF-8 编码的文字，请把文件另存为 UTF-8");
	while (at < n) {
		uint32_t cp;
		size_t len = text_decode(s + at, n - at, &cp);

		if (text_is_hostile(cp) && cp != '\n' && cp != '\t' && !(cp == '\r' && at + 1 < n && s[at + 1] == '\n'))
			return ini_refuse(path, line_of(s, at), e, "有看不见的控制字符 U+%04X，请删掉", (unsigned)cp);
		at += len;
	}
	return RC_OK;
}

/* The part of [s, s + n) without blanks at its ends; iniparser strips what isspace() names in the C locale. */
static size_t strip(const char **s, size_t n)
{
	static const char blanks[] = " \t\r\n\v\f";

	while (n > 0 && strchr(blanks, **s)) {
		(*s)++;
		n--;
	}
	while (n > 0 && strchr(blanks, (*s)[n - 1]))
		n--;
	return n;
}

static char *lower_copy(struct arena *a, const char *s, size_t n, bool single_blanks)
{
	char *copy = arena_alloc(a, n + 1), *to = copy;

	for (size_t i = 0; i < n; i++) {
		bool blank = s[i] == ' ' || s[i] == '\t';

		if (single_blanks && blank && to > copy && to[-1] == ' ')
			continue;
		*to++ = blank ? (single_blanks ? ' ' : s[i]) : (s[i] >= 'A' && s[i] <= 'Z') ? (char)(s[i] + 32) : s[i];
	}
	return copy;
}

static enum rc scan_section(struct scan *sc, const char *s, size_t n, int line, struct err *e)
{
	const char *path = sc->ini->path, *name = s + 1, *close = memchr(s, ']', n);
	struct draft d = { .line = line };
	size_t len;

	if (close == NULL)
		return ini_refuse(path, line, e, "节的名字少了右括号，应写成 [名字]");
	if (close != s + n - 1)
		return ini_refuse(path, line, e, "[名字] 后面不能再写别的，说明请另起一行");
	len = strip(&name, (size_t)(close - name));
	if (len == 0 || len > NAME_BYTES_MAX || memchr(name, ':', len))
		return ini_refuse(path, line, e, "节的名字不能空、不能超过 %d 字节、不能有冒号", NAME_BYTES_MAX);
	d.name = lower_copy(sc->ini->arena, name, len, true);
	d.lookup = lower_copy(sc->ini->arena, name, len, false);
	for (size_t i = 0; i < sc->n; i++)
		if (strcmp(sc->drafts[i].name, d.name) == 0)
			return ini_refuse(path, line, e, "[%s] 重复，第 %d 行已经有了", d.name, sc->drafts[i].line);
	sc->drafts = mem_grow(sc->drafts, &sc->cap, sc->n + 1, sizeof *sc->drafts);
	sc->drafts[sc->n++] = d;
	return RC_OK;
}

/* What stands behind the closing quote is thrown away by iniparser without a word. */
static enum rc check_quotes(const char *path, const char *value, size_t n, int line, struct err *e)
{
	const char *close, *rest;
	size_t left;

	if (n == 0 || (value[0] != '"' && value[0] != '\''))
		return RC_OK;
	close = n > 1 ? memchr(value + 1, value[0], n - 1) : NULL;
	if (close == NULL)
		return ini_refuse(path, line, e, "引号没有成对：值里要用引号，就把整个值放进另一种引号");
	rest = close + 1;
	left = strip(&rest, (size_t)(value + n - rest));
	if (left > 0 && rest[0] != ';' && rest[0] != '#')
		return ini_refuse(path, line, e, "右引号后面只能写以 ; 开头的说明");
	return RC_OK;
}

static enum rc scan_key(struct scan *sc, const char *s, size_t n, int line, struct err *e)
{
	const char *path = sc->ini->path, *equals = memchr(s, '=', n), *key = s, *value;
	struct draft *d = sc->n ? &sc->drafts[sc->n - 1] : NULL;
	struct ini_entry entry = { .path = path, .line = line };
	size_t len;
	enum rc rc;

	if (equals == NULL)
		return ini_refuse(path, line, e, "读不懂这一行，应写成 键 = 值，等号用半角");
	if (d == NULL)
		return ini_refuse(path, line, e, "键要写在某一节里，前面应有一行 [名字]");
	len = strip(&key, (size_t)(equals - s));
	if (len == 0 || len > NAME_BYTES_MAX || memchr(key, ':', len) || memchr(key, '\t', len))
		return ini_refuse(path, line, e, "键的名字不能空、不能超过 %d 字节、不能有冒号或制表符", NAME_BYTES_MAX);
	entry.key = lower_copy(sc->ini->arena, key, len, false);
	value = equals + 1;
	if ((rc = check_quotes(path, value, strip(&value, (size_t)(s + n - value)), line, e)) != RC_OK)
		return rc;
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->entries[i].key, entry.key) == 0)
			return ini_refuse(path, line, e, "%s 重复，第 %d 行已经有了", entry.key, d->entries[i].line);
	d->entries = mem_grow(d->entries, &d->cap, d->n + 1, sizeof *d->entries);
	d->entries[d->n++] = entry;
	return RC_OK;
}

static enum rc scan_line(struct scan *sc, const char *s, size_t n, int line, struct err *e)
{
	const char *path = sc->ini->path;

	if (line > LINES_MAX)
		return ini_refuse(path, line, e, "文件太长，最多 %d 行", LINES_MAX);
	if (n > LINE_BYTES_MAX)
		return ini_refuse(path, line, e, "这一行太长，最多 %d 字节（约 330 个汉字）", LINE_BYTES_MAX);
	n = strip(&s, n);
	if (n > 0 && s[n - 1] == '\\')
		return ini_refuse(path, line, e, "行末不能是 \\，一个值写在一行里");
	if (n == 0 || s[0] == ';' || s[0] == '#')
		return RC_OK;
	return s[0] == '[' ? scan_section(sc, s, n, line, e) : scan_key(sc, s, n, line, e);
}

static enum rc scan_lines(struct scan *sc, const char *s, size_t n, struct err *e)
{
	size_t at = 0;

	for (int line = 1; at < n; line++) {
		const char *end = memchr(s + at, '\n', n - at);
		size_t len = end ? (size_t)(end - (s + at)) : n - at;
		enum rc rc = scan_line(sc, s + at, len, line, e);

		if (rc != RC_OK)
			return rc;
		at += len + 1;
	}
	return RC_OK;
}

static struct ini *ini_new(const char *path)
{
	struct ini *ini = mem_alloc(sizeof *ini);

	ini->arena = mem_alloc(sizeof *ini->arena);
	ini->path = arena_copy(ini->arena, path);
	return ini;
}

/* Move what was drafted into the ini's arena. */
static void keep_drafts(struct ini *ini, const struct draft *drafts, size_t n)
{
	struct ini_section *sections = arena_alloc(ini->arena, n * sizeof *sections);

	for (size_t i = 0; i < n; i++) {
		size_t bytes = drafts[i].n * sizeof *drafts[i].entries;
		struct ini_entry *entries = arena_alloc(ini->arena, bytes);

		if (bytes > 0)
			memcpy(entries, drafts[i].entries, bytes);
		sections[i] = (struct ini_section){ drafts[i].name, ini->path, drafts[i].line, entries, drafts[i].n };
	}
	ini->sections = sections;
	ini->n = n;
}

static int say_nothing(const char *format, ...)
{
	(void)format;                  /* iniparser would print on the screen */
	return 0;
}

/* Fetch what iniparser read for every key that the scan found. */
static enum rc fill_values(struct scan *sc, struct err *e)
{
	const char *path = sc->ini->path;
	dictionary *values;

	iniparser_set_error_callback(say_nothing);
	values = iniparser_load(path);
	for (size_t i = 0; i < sc->n; i++) {
		for (size_t k = 0; k < sc->drafts[i].n; k++) {
			struct ini_entry *entry = &sc->drafts[i].entries[k];
			AUTO_FREE char *name = mem_format("%s:%s", sc->drafts[i].lookup, entry->key);

			entry->value = arena_copy(sc->ini->arena, iniparser_getstring(values, name, NULL));
			if (entry->value == NULL) {
				iniparser_freedict(values);
				return ini_refuse(path, entry->line, e, "读不出 %s 的值，应写成 键 = 值", entry->key);
			}
			if (strchr(entry->value, '\t')) {
				iniparser_freedict(values);
				return ini_refuse(path, entry->line, e, "%s 的值里有制表符（Tab），请改用空格", entry->key);
			}
		}
	}
	iniparser_freedict(values);
	return RC_OK;
}

enum rc ini_load(struct ini **out, const char *path, struct err *e)
{
	AUTO_STRBUF content = { 0 };
	struct scan sc = { 0 };
	enum rc rc;

	if ((rc = read_file(path, &content, e)) != RC_OK ||
	    (rc = check_characters(path, strbuf_str(&content), content.n, e)) != RC_OK)
		return rc;
	sc.ini = ini_new(path);
	if ((rc = scan_lines(&sc, strbuf_str(&content), content.n, e)) == RC_OK &&
	    (rc = fill_values(&sc, e)) == RC_OK)
		keep_drafts(sc.ini, sc.drafts, sc.n);
	for (size_t i = 0; i < sc.n; i++)
		free(sc.drafts[i].entries);
	free(sc.drafts);
	if (rc != RC_OK) {
		ini_free(sc.ini);
		return rc;
	}
	*out = sc.ini;
	return RC_OK;
}

void ini_free(struct ini *ini)
{
	if (ini == NULL)
		return;
	arena_clear(ini->arena);
	free(ini->arena);
	free(ini);
}

const struct ini_section *ini_section(const struct ini *ini, const char *name)
{
	for (size_t i = 0; i < ini->n; i++)
		if (strcmp(ini->sections[i].name, name) == 0)
			return &ini->sections[i];
	return NULL;
}

const struct ini_entry *ini_entry(const struct ini_section *s, const char *key)
{
	for (size_t i = 0; s && i < s->n; i++)
		if (strcmp(s->entries[i].key, key) == 0)
			return &s->entries[i];
	return NULL;
}

const char *ini_value(const struct ini_section *s, const char *key)
{
	const struct ini_entry *entry = ini_entry(s, key);

	return entry ? entry->value : NULL;
}

static bool is_one_of(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

enum rc ini_check_keys(const struct ini_section *s, const char *const *allowed, struct err *e)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct ini_entry *at = &s->entries[i];
		AUTO_STRBUF words = { 0 };

		if (is_one_of(at->key, allowed))
			continue;
		for (size_t k = 0; allowed[k]; k++)
			strbuf_format(&words, "%s%s", k > 0 ? "、" : "", allowed[k]);
		return ini_refuse(at->path, at->line, e, "[%s] 里没有 %s，可写：%s", s->name, at->key, strbuf_str(&words));
	}
	return RC_OK;
}
