/* A CSV file in memory. libcsv cuts the cells, iconv reads GB18030; everything is cleaned before it is kept. */
#include "import_table.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

#define FILE_BYTES ((size_t)64 << 20)
#define FILE_LIMIT "64 MiB"
#define MAX_ROWS 200000
#define MAX_COLUMNS 200
#define CELL_BYTES 4000

/* Reading and decoding ------------------------------------------------------------------------------------------------------------ */

static enum rc read_bytes(const char *path, struct strbuf *out, struct err *e)
{
	char block[65536];
	struct stat at;
	ssize_t n = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return err_set(e, RC_IO, "path", "不能打开 %s：%s", path, err_reason(errno));
	if (fstat(fd, &at) != 0 || !S_ISREG(at.st_mode)) {
		close(fd);
		return err_set(e, RC_IO, "path", "%s 不是普通文件", path);
	}
	while (out->n <= FILE_BYTES && (n = read(fd, block, sizeof block)) > 0)
		strbuf_add_n(out, block, (size_t)n);
	if (n < 0) {
		n = errno;
		close(fd);
		return err_set(e, RC_IO, "path", "读不完 %s：%s", path, err_reason((int)n));
	}
	close(fd);
	if (out->n > FILE_BYTES)
		return err_set(e, RC_INVALID, "path", "文件超过 " FILE_LIMIT "，请拆成几个文件再导入");
	return RC_OK;
}

static bool begins_with(const struct strbuf *b, const char *bytes, size_t n)
{
	return b->n >= n && memcmp(b->s, bytes, n) == 0;
}

/* What people pick by mistake, and what to do instead. */
static enum rc refuse_other_formats(const struct strbuf *b, struct err *e)
{
	if (b->n == 0)
		return err_set(e, RC_INVALID, "path", "文件是空的");
	if (begins_with(b, "PK\x03\x04", 4) || begins_with(b, "\xD0\xCF\x11\xE0", 4))
		return err_set(e, RC_INVALID, "path", "这是 Excel 工作簿，请先在 Excel 或 WPS 里另存为 CSV 文件");
	if (begins_with(b, "%PDF", 4))
		return err_set(e, RC_INVALID, "path", "这是 PDF 文件，请改用 CSV 文件");
	return RC_OK;
}

static size_t line_of(const struct strbuf *b, size_t at)
{
	size_t line = 1;

	for (size_t i = 0; i < at && i < b->n; i++)
		line += b->s[i] == '\n';
	return line;
}

static enum rc convert(struct strbuf *bytes, const char *from, struct err *e)
{
	AUTO_STRBUF out = { 0 };
	iconv_t how = iconv_open("UTF-8", from);
	char *in = bytes->s, block[65536];
	size_t left = bytes->n;

	if (how == (iconv_t)-1)
		return err_set(e, RC_IO, "path", "本机不能转换 %s 编码，请另存为 UTF-8 的 CSV 文件", from);
	while (left > 0) {
		char *to = block;
		size_t room = sizeof block, done = iconv(how, &in, &left, &to, &room);

		strbuf_add_n(&out, block, sizeof block - room);
		if (done == (size_t)-1 && errno != E2BIG) {
			iconv_close(how);
			return err_set(e, RC_INVALID, "path", "第 %zu 行附近既不是 UTF-8 也不是 GB18030 编码，请用 Excel 或 WPS 重新另存为 CSV",
			               line_of(bytes, bytes->n - left));
		}
	}
	iconv_close(how);
	strbuf_release(bytes);
	*bytes = out;
	out = (struct strbuf){ 0 };
	return RC_OK;
}

static void drop_front(struct strbuf *b, size_t n)
{
	memmove(b->s, b->s + n, b->n - n + 1);
	b->n -= n;
}

/* Whether the bytes before the first bad one are UTF-8 in earnest: three Han characters of three bytes each do not come about in GB18030 by chance. */
static bool is_damaged_utf8(const struct strbuf *b, size_t bad)
{
	size_t at = 0;
	int han = 0;

	while (at < bad && han < 3) {
		uint32_t cp;
		size_t len = text_decode(b->s + at, bad - at, &cp);

		han += len == 3 && cp >= 0x4E00 && cp <= 0x9FFF;
		at += len;
	}
	return han >= 3;
}

static enum rc decode(struct strbuf *bytes, const char **encoding, struct err *e)
{
	bool marked = begins_with(bytes, "\xEF\xBB\xBF", 3);
	size_t bad = 0;

	if (begins_with(bytes, "\xFF\xFE", 2) || begins_with(bytes, "\xFE\xFF", 2)) {
		*encoding = "UTF-16";                    /* Excel's "Unicode 文本" */
		return convert(bytes, "UTF-16", e);
	}
	if (memchr(bytes->s, '\0', bytes->n))
		return err_set(e, RC_INVALID, "path", "文件里有二进制内容，不是 CSV 文件");
	if (marked)
		drop_front(bytes, 3);
	if (text_is_utf8(strbuf_str(bytes), bytes->n, &bad)) {
		*encoding = "UTF-8";
		return RC_OK;
	}
	if (marked || is_damaged_utf8(bytes, bad))
		return err_set(e, RC_INVALID, "path", "第 %zu 行有损坏的字符，文件可能不完整，请重新另存为 CSV", line_of(bytes, bad));
	*encoding = "GB18030";
	return convert(bytes, "GB18030", e);
}

/* Cutting ------------------------------------------------------------------------------------------------------------------------- */

/* CR LF and CR → LF, so that libcsv reports each row's end once. */
static void one_line_end(struct strbuf *b)
{
	size_t to = 0;

	for (size_t i = 0; i < b->n; i++) {
		char c = b->s[i];

		if (c == '\r') {
			if (i + 1 < b->n && b->s[i + 1] == '\n')
				continue;
			c = '\n';
		}
		b->s[to++] = c;
	}
	strbuf_truncate(b, to);
}

/* What stands outside quotes in most of the first lines, headings among them; of several what occurs most: a cell may list things with semicolons. */
static char guess_separator(const struct strbuf *b)
{
	static const char candidates[] = { ',', ';', '\t' };
	size_t lines_with[COUNT(candidates)] = { 0 }, count[COUNT(candidates)] = { 0 }, best = 0;
	bool here[COUNT(candidates)] = { false };
	bool quoted = false;
	int lines = 0;

	for (size_t i = 0; i < b->n && lines < 10; i++) {
		bool ends = !quoted && b->s[i] == '\n';

		if (b->s[i] == '"')
			quoted = !quoted;
		lines += ends;
		for (size_t k = 0; !quoted && k < COUNT(candidates); k++) {
			bool found = b->s[i] == candidates[k];

			count[k] += found;
			lines_with[k] += found && !here[k];
			here[k] = !ends && (here[k] || found);
		}
	}
	for (size_t k = 1; k < COUNT(candidates); k++)
		if (lines_with[k] > lines_with[best] || (lines_with[k] == lines_with[best] && count[k] > count[best]))
			best = k;
	return candidates[best];
}

struct reader {
	struct import_table *t;
	struct err *e;
	enum rc rc;
	uint32_t row_number;
	size_t row_start;                         /* cell at which the running row began */
	bool row_has_text;
};

static void on_cell(void *bytes, size_t n, void *context)
{
	struct reader *r = context;
	struct import_table *t = r->t;
	AUTO_STRBUF clean = { 0 };

	if (r->rc != RC_OK)
		return;
	if (n > CELL_BYTES) {
		r->rc = err_set(r->e, RC_INVALID, "path", "第 %u 行有一格超过 %d 个字节，可能是引号没有成对", r->row_number, CELL_BYTES);
		return;
	}
	if (t->n_cells - r->row_start >= MAX_COLUMNS) {
		r->rc = err_set(r->e, RC_INVALID, "path", "第 %u 行超过 %d 列，请只保留需要的列", r->row_number, MAX_COLUMNS);
		return;
	}
	text_clean(&clean, bytes ? bytes : "", n, TEXT_NOTE);
	r->row_has_text = r->row_has_text || !text_is_blank(strbuf_str(&clean));
	t->cells = mem_grow(t->cells, &t->cells_cap, t->n_cells + 1, sizeof *t->cells);
	t->cells[t->n_cells++] = (uint32_t)t->text.n;
	strbuf_add_n(&t->text, strbuf_str(&clean), clean.n + 1);
}

static void on_row_end(int terminator, void *context)
{
	struct reader *r = context;
	struct import_table *t = r->t;
	size_t width = t->n_cells - r->row_start;

	(void)terminator;
	if (r->rc != RC_OK)
		return;
	if (!r->row_has_text) {
		t->n_cells = r->row_start;
	} else {
		size_t cap = t->rows_cap;

		t->first = mem_grow(t->first, &cap, t->n_rows + 2, sizeof *t->first);
		t->number = mem_grow(t->number, &t->rows_cap, t->n_rows + 2, sizeof *t->number);
		t->first[t->n_rows] = (uint32_t)r->row_start;
		t->first[t->n_rows + 1] = (uint32_t)t->n_cells;
		t->number[t->n_rows++] = r->row_number;
		t->n_columns = width > t->n_columns ? width : t->n_columns;
		if (t->n_rows > MAX_ROWS + 1)
			r->rc = err_set(r->e, RC_INVALID, "path", "超过 %d 行，请拆成几个文件再导入", MAX_ROWS);
	}
	r->row_number++;
	r->row_start = t->n_cells;
	r->row_has_text = false;
}

static enum rc cut(struct import_table *t, const struct strbuf *bytes, struct err *e)
{
	struct reader r = { .t = t, .e = e, .row_number = 1 };
	struct csv_parser parser;
	size_t done;

	if (csv_init(&parser, CSV_REPALL_NL) != 0)
		return err_set(e, RC_IO, NULL, "内存不足，不能读取 CSV");
	csv_set_delim(&parser, (unsigned char)t->separator);
	done = csv_parse(&parser, strbuf_str(bytes), bytes->n, on_cell, on_row_end, &r);
	if (r.rc == RC_OK && done != bytes->n)
		r.rc = err_set(e, RC_INVALID, "path", "第 %u 行读不了：%s", r.row_number,
		               csv_error(&parser) == CSV_ETOOBIG ? "有一格太长" : "内存不够");
	/* Stray quotes inside cells are taken as people write them; one that never ends is not. */
	csv_set_opts(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
	if (r.rc == RC_OK && csv_fini(&parser, on_cell, on_row_end, &r) != 0)
		r.rc = err_set(e, RC_INVALID, "path", "文件不完整：第 %u 行开始的引号到文件末尾都没有结束", r.row_number);
	csv_free(&parser);
	return r.rc;
}

enum rc import_table_parse(struct import_table *out, struct strbuf *bytes, struct err *e)
{
	struct import_table t = { 0 };
	enum rc rc;

	if ((rc = refuse_other_formats(bytes, e)) != RC_OK || (rc = decode(bytes, &t.encoding, e)) != RC_OK)
		return rc;
	one_line_end(bytes);
	t.separator = guess_separator(bytes);
	rc = cut(&t, bytes, e);
	if (rc == RC_OK && t.n_rows == 0)
		rc = err_set(e, RC_INVALID, "path", "文件里没有内容");
	if (rc != RC_OK) {
		import_table_release(&t);
		return rc;
	}
	*out = t;
	return RC_OK;
}

enum rc import_table_read(struct import_table *out, const char *path, struct err *e)
{
	AUTO_STRBUF bytes = { 0 };
	enum rc rc;

	if ((rc = read_bytes(path, &bytes, e)) != RC_OK)
		return rc;
	return import_table_parse(out, &bytes, e);
}

void import_table_release(struct import_table *t)
{
	strbuf_release(&t->text);
	free(t->cells);
	free(t->first);
	free(t->number);
	memset(t, 0, sizeof *t);
}

const char *import_table_cell(const struct import_table *t, size_t row, size_t column)
{
	if (row >= t->n_rows || column >= t->first[row + 1] - t->first[row])
		return "";
	return t->text.s + t->cells[t->first[row] + column];
}
