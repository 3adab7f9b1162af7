/* What the day's list of 签到 shows. */
#ifndef YL_UI_SCREENS_ATTENDANCE_ROWS_H
#define YL_UI_SCREENS_ATTENDANCE_ROWS_H

#include "domain/attendance.h"
#include "ui/app.h"
#include "ui/widgets/card_view.h"

enum attendance_tag { ATTENDANCE_TAG_NONE, ATTENDANCE_TAG_ROW };     /* a row's id is its place among the rows, from 1 */

/* Served, and nobody has said yet that it counts. */
bool attendance_waits(const struct attendance_row *r);
/* One line a row under a heading a shift. The cursor goes to the row of this assignment, or of this attendance where that is beside the roster; 0 and 0:
 * it stays where it is. */
void attendance_list(const struct app *app, struct card_view *v, const struct attendance_row *rows, size_t n, int64_t assignment_id, int64_t attendance_id);
/* All that is known of one; NULL: none. */
void attendance_beside(const struct app *app, struct card_view *v, const struct attendance_row *r);
/* 12人 · 到9 · 迟到1 · 爽约1 · 请假0 · 未签1 · 待核定10; appended. */
void attendance_sums(const struct app *app, const struct attendance_row *rows, size_t n, struct strbuf *out);
/* What the columns of the lines are. */
void attendance_headings(struct canvas *c, int row, int col);

#endif
