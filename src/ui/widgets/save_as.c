/* A file that a person asks for. */
#include "ui/widgets/save_as.h"

#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/draft.h"

#define KEEP_FOLDER "export.folder"

/* "~/居民-20261124.csv", or in the folder where this account wrote last. */
static char *proposed_path(struct app *app, const char *name)
{
	AUTO_FREE char *folder = NULL;
	struct err e = { 0 };

	if (preference_get(app->of->st, app->of->me.id, KEEP_FOLDER, &folder, &e) != RC_OK)
		folder = NULL;             /* a kept folder is a convenience: without it the home directory is proposed */
	return mem_format("%s%s", folder ? folder : "~/", name);
}

static void keep_folder(struct app *app, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct err e = { 0 };
	AUTO_FREE char *folder = slash ? mem_copy_n(path, (size_t)(slash - path) + 1) : NULL;

	if (folder && preference_set(app->of->st, app->of->me.id, KEEP_FOLDER, folder, &e) != RC_OK)
		app_fail(app, &e);
}

static bool write_asking(struct app *app, const char *path, save_as_write write, const void *content)
{
	struct err e = { 0 };
	enum rc rc = write(content, path, false, &e);

	if (rc == RC_CONFLICT) {
		AUTO_FREE char *question = mem_format("文件 %s 已经存在，要替换它吗？", path);

		if (!app_ask(app, question))
			return false;
		rc = write(content, path, true, &e);
	}
	if (rc != RC_OK)
		app_fail(app, &e);
	return rc == RC_OK;
}

char *save_as(struct app *app, const char *label, const char *name, save_as_write write, const void *content)
{
	AUTO_FREE char *proposed = proposed_path(app, name);
	AUTO_FREE char *typed = app_prompt(app, label, proposed, false);
	AUTO_FREE char *path = typed ? file_path(typed) : NULL;

	if (!path || !write_asking(app, path, write, content))
		return NULL;
	keep_folder(app, path);
	return mem_copy(path);
}
