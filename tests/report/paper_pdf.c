/* PDF files: pages, fonts, hostile text, and what can't be written. */
#include "report/paper.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report/model.h"
#include "sample.h"
#include "test.h"

static char *write_and_read(struct sample *s, const struct paper *p, const char *command)
{
	AUTO_FREE char *path = sample_path(s, "paper.pdf");
	struct err e = { 0 };

	assert_ok(paper_pdf(p, "", path, true, &e));
	return sample_read(command, path, strcmp(command, PDF_TEXT) == 0);
}

/* Pages and rows ------------------------------------------------------------------------------------------------------------------ */

static const struct table_column columns[] = { { "序号", 20 }, { "内容", 80 }, { 0 } };

static void add_long_table(struct paper *p, int rows)
{
	paper_add(p, BLOCK_HEADING, "长表");
	paper_add_head(p, columns);
	for (int i = 1; i <= rows; i++) {
		AUTO_FREE char *number = mem_format("第%d行", i);
		AUTO_FREE char *text = mem_format("甲%d\n乙%d\n丙%d", i, i, i);

		paper_add_table_row(p, columns, (const char *const[]){ number, text });
	}
}

static int count(const char *text, const char *words)
{
	int n = 0;

	while ((text = strstr(text, words)) != NULL) {
		text += strlen(words);
		n++;
	}
	return n;
}

/* The page that begins with, or goes on from, `at`. The caller frees. */
static char *page_from(const char *at)
{
	return mem_copy_n(at, strcspn(at, "\f"));
}

static void a_long_table_turns_pages_between_its_rows_and_repeats_its_head(void **state)
{
	AUTO_PAPER *p = paper_new("HY-1", "记录表", 10.5);
	AUTO_FREE char *text = NULL;
	int pages;

	add_long_table(p, 90);
	text = write_and_read(*state, p, PDF_TEXT);
	for (int i = 1; i <= 90; i++) {
		AUTO_FREE char *first = mem_format("甲%d", i), *last = mem_format("丙%d", i), *page = NULL;

		assert_has(text, first);
		page = page_from(strstr(text, first));
		assert_has(page, last);        /* the three lines of a row stand on one page */
	}
	pages = count(text, "HY-1第");
	assert_true(pages >= 5);
	assert_int_equal(count(text, "序号内容"), pages);
	for (int i = 1; i <= pages; i++) {
		AUTO_FREE char *foot = mem_format("HY-1第%d页，共%d页", i, pages);

		assert_int_equal(count(text, foot), 1);
	}
}

/* Whatever stands above it: a heading, and the head of a table, have a row below them on their page. */
static void no_heading_stands_alone_at_the_foot_of_a_page(void **state)
{
	for (int above = 36; above < 48; above++) {
		AUTO_PAPER *p = paper_new("HY-1", "记录表", 10.5);
		AUTO_FREE char *text = NULL;
		AUTO_FREE char *page = NULL;

		for (int i = 0; i < above; i++)
			paper_add(p, BLOCK_TEXT, "上文");
		add_long_table(p, 2);
		text = write_and_read(*state, p, PDF_TEXT);
		assert_has(text, "长表");
		page = page_from(strstr(text, "长表"));
		assert_has(page, "丙1");
	}
}

static void a_row_longer_than_a_page_goes_on_overleaf_and_loses_nothing(void **state)
{
	AUTO_PAPER *p = paper_new("HY-1", "记录表", 10.5);
	AUTO_STRBUF words = { 0 };
	AUTO_FREE char *text = NULL;

	for (int i = 0; i < 200; i++)
		strbuf_format(&words, "第%d句。\n", i);
	paper_add_head(p, columns);
	paper_add_table_row(p, columns, (const char *const[]){ "长", strbuf_str(&words) });
	text = write_and_read(*state, p, PDF_TEXT);
	for (int i = 0; i < 200; i++) {
		AUTO_FREE char *one = mem_format("第%d句。", i);

		assert_has(text, one);
	}
	assert_has(text, "第4页，共4页");
}

static void an_empty_paper_is_one_page(void **state)
{
	AUTO_PAPER *p = paper_new("", "记录表", 10.5);
	AUTO_FREE char *text = write_and_read(*state, p, PDF_TEXT);

	assert_has(text, "第1页，共1页");
}

/* Fonts and text ------------------------------------------------------------------------------------------------------------------ */

static void every_font_is_embedded_and_none_that_cairo_breaks(void **state)
{
	struct sample *s = *state;
	AUTO_PAPER *p = NULL;
	AUTO_FREE char *fonts = NULL, *info = NULL;
	char *line, *rest = NULL;
	int n = 0;

	s->opinions[0].text = "罕见字：𠮷 䶮 丂 ①②￥—…「」";
	p = paper_of_minutes(&s->of, &s->m);
	info = write_and_read(s, p, PDF_INFO);
	assert_has(info, "A4");
	fonts = write_and_read(s, p, PDF_FONTS);
	assert_has_not(fonts, "Type 0C");
	assert_has_not(fonts, "Type 1C");
	for (line = strtok_r(fonts, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (++n <= 2)
			continue;              /* the heading of the list */
		assert_has(line, "TrueType");
		assert_has(line, "yes yes");
	}
	assert_true(n > 2);
}

static void hostile_text_is_literal_and_harmless(void **state)
{
	struct sample *s = *state;
	AUTO_PAPER *p = NULL;
	AUTO_FREE char *text = NULL;

	s->slots[1].title = "<b>粗</b> &lt; & \"引\" %s %n";
	s->opinions[0].text = "先\x1b[31m红\x07" "后\xE2\x80\xAE" "倒\xE2\x80\xAC" "末\xff\xc3 完\t了";
	s->opinions[1].text = "( )\\ endobj ) Tj stream";
	p = paper_of_minutes(&s->of, &s->m);
	text = write_and_read(s, p, PDF_TEXT);
	assert_has(text, "<b>粗</b>&lt;&\"引\"%s%n");
	assert_has(text, "先�[31m红�后�倒�末��完了");
	assert_has(text, "()\\endobj)Tjstream");
}

static void a_word_of_ten_thousand_characters_wraps(void **state)
{
	struct sample *s = *state;
	AUTO_FREE char *word = mem_alloc(10001), *text = NULL;
	AUTO_PAPER *p = NULL;
	size_t found = 0;

	memset(word, 'W', 10000);
	s->opinions[0].text = word;
	s->m.title = word;
	p = paper_of_minutes(&s->of, &s->m);
	text = write_and_read(s, p, PDF_TEXT);
	for (const char *c = text; *c; c++)
		found += *c == 'W';
	assert_int_equal(found, 20000);
	assert_has(text, "参会代表（签字）");
}

static enum rc without_fonts(void *data, struct err *e)
{
	struct sample *s = data;
	AUTO_PAPER *p = paper_of_minutes(&s->of, &s->m);
	AUTO_FREE char *path = sample_path(s, "none.pdf");

	return paper_pdf(p, "", path, true, e);
}

/* In a process of its own: fontconfig reads its configuration once. Must run before any other test. */
static void without_a_chinese_font_no_paper_is_made(void **state)
{
	struct sample *s = *state;
	AUTO_FREE char *config = sample_path(s, "fonts.conf"), *path = sample_path(s, "none.pdf");
	FILE *f = fopen(config, "w");
	int status;
	pid_t child;

	assert_non_null(f);
	fputs("<?xml version=\"1.0\"?><fontconfig></fontconfig>", f);
	fclose(f);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct err e = { 0 };

		setenv("FONTCONFIG_FILE", config, 1);
		_exit(without_fonts(s, &e) == RC_NOTFOUND && strstr(e.text, "没有装中文字体") ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_int_not_equal(access(path, F_OK), 0);
}

static void a_font_that_is_not_there_gives_way_to_one_that_has_chinese(void **state)
{
	struct sample *s = *state;
	AUTO_PAPER *p = paper_of_notice(&s->of, &s->d, &s->notice);
	AUTO_FREE char *path = sample_path(s, "other.pdf"), *text = NULL;
	struct err e = { 0 };

	assert_ok(paper_pdf(p, "No Such Font, WenQuanYi Micro Hei", path, false, &e));
	text = sample_read(PDF_TEXT, path, true);
	assert_has(text, "关于3幢加装电梯的公示");
}

/* Files ---------------------------------------------------------------------------------------------------------------------------- */

static void a_file_is_private_and_never_replaced_unasked(void **state)
{
	struct sample *s = *state;
	AUTO_PAPER *p = paper_of_notice(&s->of, &s->d, &s->notice);
	AUTO_FREE char *path = sample_path(s, "notice.pdf");
	struct err e = { 0 };
	struct stat before, after;

	assert_ok(paper_pdf(p, NULL, path, false, &e));
	assert_int_equal(stat(path, &before), 0);
	assert_int_equal(before.st_mode & 0777, 0600);
	assert_refused(paper_pdf(p, NULL, path, false, &e), RC_CONFLICT, "已经存在");
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_ok(paper_pdf(p, NULL, path, true, &e));
}

static void what_cannot_be_written_is_said(void **state)
{
	struct sample *s = *state;
	AUTO_PAPER *p = paper_of_notice(&s->of, &s->d, &s->notice);
	AUTO_FREE char *missing = sample_path(s, "none/notice.pdf"), *name = mem_alloc(301), *full = NULL;
	struct err e = { 0 };

	memset(name, 'n', 300);
	full = sample_path(s, name);
	assert_refused(paper_pdf(p, "", missing, false, &e), RC_IO, "没有这个文件或目录");
	assert_refused(paper_pdf(p, "", full, false, &e), RC_IO, "文件名太长");
	assert_refused(paper_pdf(p, "", s->folder, false, &e), RC_INVALID, "是文件夹");
	assert_refused(paper_pdf(p, "", " ", false, &e), RC_INVALID, "请输入文件名");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SAMPLE_TEST(without_a_chinese_font_no_paper_is_made),
		SAMPLE_TEST(a_long_table_turns_pages_between_its_rows_and_repeats_its_head),
		SAMPLE_TEST(no_heading_stands_alone_at_the_foot_of_a_page),
		SAMPLE_TEST(a_row_longer_than_a_page_goes_on_overleaf_and_loses_nothing),
		SAMPLE_TEST(an_empty_paper_is_one_page),
		SAMPLE_TEST(every_font_is_embedded_and_none_that_cairo_breaks),
		SAMPLE_TEST(hostile_text_is_literal_and_harmless),
		SAMPLE_TEST(a_word_of_ten_thousand_characters_wraps),
		SAMPLE_TEST(a_font_that_is_not_there_gives_way_to_one_that_has_chinese),
		SAMPLE_TEST(a_file_is_private_and_never_replaced_unasked),
		SAMPLE_TEST(what_cannot_be_written_is_said),
	};

	return cmocka_run_group_tests_name("report-paper-pdf", tests, NULL, NULL);
}
