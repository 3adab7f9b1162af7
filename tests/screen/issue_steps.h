/* What tests of issues do again and again, as a person at the desk does it. */
#ifndef YL_TESTS_SCREEN_ISSUE_STEPS_H
#define YL_TESTS_SCREEN_ISSUE_STEPS_H

#include "resident_steps.h"

#define ISSUE_TITLE "三号楼楼道水管漏水"

/* From anywhere: log an issue of 漏水渗水 for the first resident whose name begins with w; its number (the caller frees). */
char *raise_issue(struct terminal *t, const char *title);
/* From a main screen: the issue with this number, found in the list, on its own screen. */
void open_issue(struct terminal *t, const char *number);
/* On an issue's screen: choose a step by what it is called. */
void choose_step(struct terminal *t, const char *label);
/* 直办, with a first task for the one who is logged in. */
void take_direct(struct terminal *t);
/* The task done, and 办结 with result, conclusion 已解决 and evidence. */
void finish_work(struct terminal *t, const char *result);
/* 评价 by the reporter; `solved` y or n. */
void evaluate(struct terminal *t, const char *satisfaction, const char *solved, const char *closing);

#endif
