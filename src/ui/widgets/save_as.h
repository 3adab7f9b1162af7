/* A file that a person asks for: where to, whether one may be replaced, and the folder kept for the next time. */
#ifndef YL_UI_SAVE_AS_H
#define YL_UI_SAVE_AS_H

#include "ui/app.h"

/* Writes the content; RC_CONFLICT where the file is there and `replace` is false. */
typedef enum rc (*save_as_write)(const void *content, const char *path, bool replace, struct err *e);

/* Ask for the file under `label`, proposing `name` in the home directory or where the account wrote last, and write it. The path, which the caller
 * frees, where it was written; NULL where the person left or it failed, which is said on the message line. */
char *save_as(struct app *app, const char *label, const char *name, save_as_write write, const void *content);

#endif
