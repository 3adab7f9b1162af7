/* What a workbook holds, read by Python's zipfile and XML parser and not by the library that wrote it. */
#ifndef YL_TESTS_REPORT_BOOK_H
#define YL_TESTS_REPORT_BOOK_H

/* The lines of tests/tools/read_xlsx.py; the caller frees. Fails where the file is no whole workbook. */
char *book_read(const char *path);

#endif
