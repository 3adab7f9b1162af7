/* What the files about 班次 and 排班 share: reading without asking roles, and refusing what is over. */
#ifndef YL_DOMAIN_SHIFT_RULES_H
#define YL_DOMAIN_SHIFT_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/shift.h"

/* shift.c: shift_load() and shift_template_load() for rules: they ask no role. */
enum rc shift_read(struct office *of, int64_t id, struct arena *a, struct shift *out, struct err *e) MUST_USE;
enum rc shift_template_read(struct office *of, int64_t id, struct arena *a, struct shift_template *out, struct err *e) MUST_USE;
/* … one that lives and has this rev (SHIFT_ANY_REV: whichever); else RC_NOTFOUND or RC_CONFLICT. */
#define SHIFT_ANY_REV 0
enum rc shift_read_live(struct office *of, int64_t id, int64_t rev, struct arena *a, struct shift *out, struct err *e) MUST_USE;
enum rc shift_template_read_live(struct office *of, int64_t id, int64_t rev, struct arena *a, struct shift_template *out, struct err *e) MUST_USE;

/* Rows of shifts s, without their needs; the text goes on with a WHERE. */
#define SHIFT_SQL \
	"SELECT s.id, s.rev, s.template_id, s.grid_id, s.service, s.title, s.place, grid.code, s.cancelled_why, s.note, s.day, s.begin_min, s.end_min," \
	" coalesce(s.needed, -1), s.flexible, s.deleted_at IS NOT NULL, s.state FROM shift AS s LEFT JOIN grid ON grid.id = s.grid_id"
struct stmt;
void shift_fill(const struct stmt *q, struct arena *a, struct shift *out);
/* A row of id, rev, position, headcount, priority, role, skill, qualification. */
void shift_need_fill(const struct stmt *q, struct arena *a, struct shift_need *out);

bool shift_is_over(const struct office *of, int32_t day, int end_min);
bool shift_has_begun(const struct office *of, int32_t day, int begin_min);
/* "11-27 周五 10:00 午餐送餐"; appended. */
struct strbuf;
void shift_words(const struct office *of, const struct shift *s, struct strbuf *out);
/* Whether a sign-in says something of the shift. */
enum rc shift_attended(struct office *of, int64_t id, bool *attended, struct err *e) MUST_USE;

/* shift_need.c: inside a txn; of a template or a shift, the other 0. */
enum rc shift_need_insert(struct office *of, int64_t template_id, int64_t shift_id, const struct shift_need *need, struct err *e) MUST_USE;
/* … each under an id that follows from the shift and the need it is a copy of: the same at every desk that copies. */
enum rc shift_needs_copy(struct office *of, const struct shift_need *needs, size_t n, int64_t shift_id, struct err *e) MUST_USE;

/* A week begins on a Monday: else RC_INVALID at `field`. */
enum rc shift_check_monday(const char *field, int32_t monday, struct err *e) MUST_USE;

#endif
