/* CSV out, as Excel and WPS open it: UTF-8 with a BOM, commas, CR LF, every cell quoted.
 *
 * A cell that a spreadsheet would take for a formula (it begins with = + - @ and is no number) gets an apostrophe in front: text that came from
 * people or files must not run at somebody else's desk (OWASP, "CSV injection").
 */
#ifndef YL_BASE_CSV_H
#define YL_BASE_CSV_H

#include <stddef.h>

#include "base/strbuf.h"

void csv_begin(struct strbuf *out);               /* the BOM */
/* One cell; the next one of the same row is set apart from it. NULL is an empty cell. */
void csv_cell(struct strbuf *out, const char *text);
void csv_end_row(struct strbuf *out);

#endif
