/* What cli starts: everything that the loop needs, and the loop. */
#include "ui/ui.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "domain/office.h"
#include "ui/loop.h"

/* The maps of all screens, each once. */
static enum rc load_keymaps(struct loop *l, struct err *e)
{
	AUTO_FREE char *path = settings_find_file(l->app.of->settings, "config/keys.ini");
	AUTO_FREE const struct keymap **maps = mem_alloc((screen_registry_count + 1) * sizeof *maps);
	size_t n = 0;

	for (size_t i = 0; i < screen_registry_count; i++) {
		const struct keymap *keys = screen_registry[i].def->keys;
		bool seen = keys == NULL;

		for (size_t k = 0; k < n; k++)
			seen = seen || maps[k] == keys;
		if (!seen)
			maps[n++] = keys;
	}
	return keymaps_load(&l->app.keymaps, maps, path, e);
}

enum rc ui_run(struct office *of, const struct ui_options *options, struct err *e)
{
	struct loop l = { .app.of = of, .app.loop = &l, .notice = options ? options->notice : NULL };
	enum rc rc;

	mem_on_exhausted(tty_restore_now);
	if ((rc = load_keymaps(&l, e)) == RC_OK && (rc = tty_open(&l.tty, of->settings, e)) == RC_OK) {
		log_event("terminal opened");
		loop_run(&l);
		log_event("terminal closed: %s", l.ending == ENDING_HANGUP ? "hang-up" : "left");
	}
	tty_close(l.tty);
	keymaps_free(l.app.keymaps);
	canvas_release(&l.canvas);
	return rc;
}
