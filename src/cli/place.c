/* Where the settings and the database are, and opening them. */
#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/office.h"
#include "store/store.h"

enum rc cli_data_path(const struct cli *cli, const struct settings *settings, char **path, struct err *e)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

	if (cli->db && *cli->db)
		*path = mem_copy(cli->db);
	else if (cli->db)
		return err_set(e, RC_INVALID, NULL, "--db 后面的路径是空的");
	else if (settings->store_path[0])
		*path = mem_copy(settings->store_path);
	else if (data && data[0] == '/')
		*path = mem_format("%s/youlin/youlin.db", data);
	else if (home && home[0] == '/')
		*path = mem_format("%s/.local/share/youlin/youlin.db", home);
	else
		return err_set(e, RC_INVALID, NULL, "不知道数据库放在哪里：请用 --db 写明路径");
	return RC_OK;
}

static enum rc open_store(struct place *p, const char *path, struct err *e)
{
	const struct store_options options = {
		.path = path, .busy_timeout_ms = p->settings.busy_timeout_s * 1000, .progress = cli_progress,
	};
	enum rc rc = store_open(&p->st, &options, e);

	cli_progress_end();
	if (rc == RC_NOTFOUND)
		return err_set(e, rc, NULL, "没有数据库 %s：用 youlin init 建立，或用 youlin demo 建一个演示社区", path);
	return rc;
}

enum rc place_open(struct place *p, const struct cli *cli, struct err *e)
{
	AUTO_FREE char *path = NULL;
	enum rc rc;

	memset(p, 0, sizeof *p);
	if ((rc = settings_load(&p->settings, cli->config, e)) != RC_OK || (rc = cli_data_path(cli, &p->settings, &path, e)) != RC_OK ||
	    (rc = open_store(p, path, e)) != RC_OK)
		return rc;
	p->of = mem_alloc(sizeof *p->of);
	return office_open(p->of, p->st, &p->settings, e);
}

void place_close(struct place *p)
{
	if (p->of)
		office_close(p->of);
	free(p->of);
	store_close(p->st);
	settings_release(&p->settings);
	memset(p, 0, sizeof *p);
}
