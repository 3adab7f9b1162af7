/* The forms of 签到 and 服务时长: what the screen "attendance-part" is pushed with. */
#ifndef YL_UI_SCREENS_ATTENDANCE_PART_H
#define YL_UI_SCREENS_ATTENDANCE_PART_H

#include "ui/screen.h"

/* form       attendance (of the assignment parent_id), attendance-extra (a new one on the day parent_id), service_proof (of the volunteer parent_id)
 * id         the record, 0 a new one */
struct next attendance_part(const char *form, int64_t id, int64_t parent_id);
bool attendance_part_has(const char *form);

#endif
