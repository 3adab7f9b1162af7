/* The terminal program: what cli starts. */
#ifndef YL_UI_UI_H
#define YL_UI_UI_H

#include "base/err.h"

struct office;

struct ui_options {
	const char *notice;       /* one line shown on the login screen ("演示数据 …"), or NULL */
};

/* Run until the person leaves. The office is open and nobody is logged in yet.
 * Errors  RC_IO the terminal can't be used (not a terminal, too small an environment, TERM=linux without Chinese): said in words */
enum rc ui_run(struct office *of, const struct ui_options *options, struct err *e) MUST_USE;

#endif
