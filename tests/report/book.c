/* A workbook as lines of text. */
#include "book.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "test.h"

char *book_read(const char *path)
{
	AUTO_FREE char *line = mem_format("PYTHONIOENCODING=utf-8 python3 '" YL_SOURCE_DIR "/tests/tools/read_xlsx.py' '%s'", path);
	FILE *from = popen(line, "r");
	AUTO_STRBUF out = { 0 };
	int c;

	assert_non_null(from);
	while ((c = fgetc(from)) != EOF)
		strbuf_add_char(&out, (char)c);
	if (pclose(from) != 0)
		fail_msg("%s is no workbook", path);
	return strbuf_take(&out);
}
