/* The bytes of a PDF, for what writes them somewhere else than where a person said. */
#ifndef YL_REPORT_PAPER_PDF_H
#define YL_REPORT_PAPER_PDF_H

#include "report/paper.h"

/* Appended to `out`; nothing on failure.  Errors  RC_NOTFOUND no font with Chinese; RC_IO */
enum rc paper_render(const struct paper *p, const char *fonts, struct strbuf *out, struct err *e) MUST_USE;

#endif
