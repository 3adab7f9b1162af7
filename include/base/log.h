/* The program's log: one line an event, for administrators; never personal data, never what was typed.
 *
 * Goes to $XDG_STATE_HOME/youlin/youlin.log (0600, kept under 1 MiB by one rotation), or nowhere until log_open().
 */
#ifndef YL_BASE_LOG_H
#define YL_BASE_LOG_H

#include "base/err.h"

enum rc log_open(const char *path, struct err *e) MUST_USE;   /* NULL: the default path */
void log_event(const char *format, ...) PRINTF_LIKE(1, 2);
void log_close(void);

#endif
