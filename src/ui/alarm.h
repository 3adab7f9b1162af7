/* 关爱核查 on every screen: the bell and a word in the frame while somebody who is looked for has not been found. */
#ifndef YL_UI_ALARM_H
#define YL_UI_ALARM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "ui/canvas.h"
#include "ui/screen.h"

struct loop;

/* Look whether something is new, and ring. Often: asks the database only where a check changed or a rung became due. */
void alarm_look(struct loop *l, int64_t now_ms);

bool alarm_stands(const struct loop *l);                  /* a check is open that this account answers for */
bool alarm_is_loud(const struct loop *l);                 /* … and nobody sees to it */
/* What the frame says, appended: 核查 王秀英 无人应答 等2人 Alt-w; `brief` 核查2 Alt-w. Nothing where none stands. */
void alarm_words(const struct loop *l, bool brief, struct strbuf *out);
enum style alarm_style(const struct loop *l);
/* To the check that wants somebody first. */
struct next alarm_go(const struct loop *l);

#endif
