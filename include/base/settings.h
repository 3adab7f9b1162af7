/* The program's settings: every one has a name, a default, a range and one line of meaning, in one table.
 *
 * config/youlin.ini is the shipped file and holds every setting with its default; another file may state any of them.
 * A setting that is unknown, out of range or unreadable stops the program with file:line.
 */
#ifndef YL_BASE_SETTINGS_H
#define YL_BASE_SETTINGS_H

#include <stdint.h>

#include "base/err.h"

struct settings {
	/* [store] */
	char *store_path;            /* "" = $XDG_DATA_HOME/youlin/youlin.db */
	int busy_timeout_s;          /* how long a save waits for another process: 1..120 */
	/* [ui] */
	int idle_lock_minutes;       /* 0 = never, 0..240 */
	int escape_delay_ms;         /* 10..1000 */
	int ambiguous_width;         /* 0 auto, 1, 2 */
	int mouse;                   /* 0 off, 1 on */
	int refresh_ms;              /* how often other processes' changes are looked for: 200..10000 */
	int draft_ms;                /* at the latest this long after the last key a draft is kept: 200..2000 */
	/* [issue] */
	int similar_days;            /* open issues of the last N days are offered as similar: 1..3650 */
	int soon_days;               /* "due soon" means within N working days: 0..30 */
	/* [forms] */
	char *forms_dir;             /* "" = the shipped ones */
};

/* Which file holds the settings: `given` (--config) if not NULL, else $YOULIN_CONFIG, ~/.config/youlin/youlin.ini,
 * /etc/youlin/youlin.ini, else the shipped one. Missing keys keep their defaults. */
enum rc settings_load(struct settings *out, const char *given, struct err *e) MUST_USE;
void settings_release(struct settings *s);

/* A file shipped in config/ or forms/: beside the settings file if it is there, else in the source or data directory.
 * The caller frees the path; NULL where there is none. */
char *settings_find_file(const struct settings *s, const char *relative);

#endif
