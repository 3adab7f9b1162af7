/* Files that a person asked for: exports, receipts. Written whole or not at all, readable by their owner alone. */
#ifndef YL_BASE_FILE_H
#define YL_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Write a file beside its final name, sync it, then rename it: nobody ever sees half of it. Mode 0600. "~/" is the home directory.
 * Errors  RC_CONFLICT it exists and `replace` is false; RC_INVALID a blank path or a directory; RC_IO */
enum rc file_write(const char *path, const void *bytes, size_t n, bool replace, struct err *e) MUST_USE;

/* A path as a person types it, blanks around it gone and "~/" put into full. The caller frees; NULL where nothing was typed. */
char *file_path(const char *typed);

#endif
