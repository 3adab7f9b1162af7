/* 导入居民, 导入志愿者: a CSV file, what its columns are, what each row would become, what is wrong with it; then all of it, the good rows, or nothing. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/file.h"
#include "store/draft.h"
#include "ui/screen.h"
#include "ui/screens/import_screen.h"
#include "ui/widgets/list_export.h"

#define KEEP_PATH "import.path"
#define FILES_OFFERED 200

enum { WHEN_FILE = WHEN_OWN, WHEN_MAPPING = WHEN_OWN << 1, WHEN_READY = WHEN_OWN << 2, WHEN_FAULTS = WHEN_OWN << 3, WHEN_OPEN = WHEN_OWN << 4 };

static const struct key_bind binds[] = {
	{ ACT_OTHER_PANE, "Tab",      WHEN_FILE },
	{ ACT_EDIT,       "Enter F4", WHEN_MAPPING },
	{ ACT_IMPORT,     "F8 I",     WHEN_READY },
	{ ACT_CHECK,      "F5 c",     WHEN_OPEN },
	{ ACT_EXPORT,     "F9 x",     WHEN_FAULTS },
	{ ACT_OPEN,       "F2 o",     WHEN_ALWAYS },
};
static const struct keymap keys = { "import", binds, COUNT(binds) };

/* The file ------------------------------------------------------------------------------------------------------------------------------------ */

static int is_csv(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return entry->d_name[0] != '.' && dot && (strcasecmp(dot, ".csv") == 0 || strcasecmp(dot, ".txt") == 0);
}

static bool is_folder(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

/* One of a folder's CSV files, by name. NULL: none, or left. */
static char *choose_in_folder(struct app *app, const char *folder)
{
	struct dirent **entries = NULL;
	int found = scandir(folder, &entries, is_csv, alphasort);
	int n = found > FILES_OFFERED ? FILES_OFFERED : found, chosen = -1;
	AUTO_FREE const char **labels = n > 0 ? mem_alloc((size_t)n * sizeof *labels) : NULL;
	char *path = NULL;

	for (int i = 0; i < n; i++)
		labels[i] = entries[i]->d_name;
	if (n > 0)
		chosen = app_choose(app, "选择 CSV 文件", labels, (size_t)n, 0);
	else
		app_warn(app, "%s 里没有 CSV 文件", folder);
	if (chosen >= 0)
		path = mem_format("%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", labels[chosen]);
	for (int i = 0; i < found; i++)
		free(entries[i]);
	free(entries);
	return path;
}

static char *ask_path(struct app *app)
{
	AUTO_FREE char *last = NULL;
	struct err e = { 0 };
	char *path;

	if (preference_get(app->of->st, app->of->me.id, KEEP_PATH, &last, &e) != RC_OK)
		last = NULL;               /* a kept path is a convenience */
	AUTO_FREE char *typed = app_prompt(app, "CSV 文件，或它所在的文件夹", last ? last : "~/", false);
	path = typed ? file_path(typed) : NULL;
	if (path && is_folder(path)) {
		AUTO_FREE char *folder = path;

		path = choose_in_folder(app, folder);
	}
	return path;
}

static bool checking(void *app, size_t done, size_t total)
{
	return !app_progress(app, "检查每一行", (int64_t)done, (int64_t)total);
}

static bool taking(void *app, size_t done, size_t total)
{
	return !app_progress(app, "导入", (int64_t)done, (int64_t)total);
}

static void forget_check(struct import_screen *s)
{
	s->checked = false;
	s->faults = NULL;
	s->n_faults = 0;
	memset(&s->found, 0, sizeof(s->found));
	for (int p = IMPORT_PREVIEW; p < IMPORT_PANES; p++)
		s->places[p] = (struct import_place){ 0 };
}

static void check(struct app *app, struct import_screen *s)
{
	struct err e = { 0 };

	forget_check(s);
	if (import_check(s->file, checking, app, &s->found, &s->faults, &s->n_faults, &e) == RC_OK)
		s->checked = true;
	else
		app_fail(app, &e);
}

static void close_file(struct import_screen *s)
{
	forget_check(s);
	import_free(s->file);
	free(s->path);
	s->file = NULL;
	s->path = NULL;
	s->done = false;
	s->pane = IMPORT_MAPPING;
	s->first_column = 0;
	s->places[IMPORT_MAPPING] = (struct import_place){ 0 };
}

/* Another file takes the place of the present one only once it could be read. */
static void choose_file(struct app *app, struct import_screen *s)
{
	AUTO_FREE char *path = ask_path(app);
	AUTO_FREE char *kept = NULL;
	struct import *file;
	struct err e = { 0 };

	if (!path)
		return;
	if (import_open(&file, app->of, s->kind, path, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	if (preference_get(app->of->st, app->of->me.id, import_kinds[s->kind].keep, &kept, &e) == RC_OK && kept)
		import_mapping_read(file, kept);
	close_file(s);
	s->file = file;
	s->path = mem_copy(path);
	if (preference_set(app->of->st, app->of->me.id, KEEP_PATH, path, &e) != RC_OK)
		app_fail(app, &e);
	check(app, s);
	if (s->n_faults > 0)
		s->pane = IMPORT_FAULTS;
}

/* What the columns are ------------------------------------------------------------------------------------------------------------------------ */

/* For the next export of the same platform. */
static void keep_mapping(struct app *app, const struct import_screen *s)
{
	AUTO_STRBUF line = { 0 };
	struct err e = { 0 };

	import_mapping_write(s->file, &line);
	if (preference_set(app->of->st, app->of->me.id, import_kinds[s->kind].keep, strbuf_str(&line), &e) != RC_OK)
		app_fail(app, &e);
}

static void change_mapping(struct app *app, struct import_screen *s)
{
	size_t column = s->places[IMPORT_MAPPING].cursor, n;
	const struct import_target *targets, *now = import_mapped(s->file, column);
	AUTO_STRBUF title = { 0 };
	int chosen, initial = 0;

	n = import_targets(s->file, &targets);
	AUTO_FREE const char **labels = mem_alloc((n + 1) * sizeof *labels);
	labels[0] = "不导入这一列";
	for (size_t i = 0; i < n; i++) {
		labels[i + 1] = targets[i].label;
		if (now && strcmp(now->name, targets[i].name) == 0)
			initial = (int)i + 1;
	}
	strbuf_format(&title, "「%s」这一列是", import_heading(s->file, column));
	chosen = app_choose(app, strbuf_str(&title), labels, n + 1, initial);
	if (chosen < 0 || chosen == initial)
		return;
	import_map(s->file, column, chosen ? targets[chosen - 1].name : NULL);
	keep_mapping(app, s);
	check(app, s);
}

/* Taking the rows in ---------------------------------------------------------------------------------------------------------------------------- */

/* A way to take rows in, as it reads with the present counts. */
struct way {
	const char *label;
	enum import_mode mode;
	bool duplicates_too;
};

static size_t list_ways(const struct import_summary *found, bool duplicates_too, struct arena *a, struct way out[3])
{
	enum import_mode good = found->bad ? IMPORT_GOOD_ROWS : IMPORT_ALL_OR_NOTHING;
	size_t n = 0;

	if (found->bad)
		out[n++] = (struct way){ "全部或不导入：有误的行改好以后再来", IMPORT_ALL_OR_NOTHING, false };
	out[n++] = (struct way){
		found->bad ? arena_format(a, "只导入正确的 %zu 行，跳过有误的 %zu 行、重复的 %zu 行", found->good, found->bad, found->duplicates) :
		found->duplicates ? arena_format(a, "导入 %zu 行，跳过重复的 %zu 行", found->good, found->duplicates) :
		arena_format(a, "导入全部 %zu 行", found->good), good, false,
	};
	if (found->duplicates && duplicates_too)
		out[n++] = (struct way){ arena_format(a, "重复的 %zu 行也导入，共 %zu 行", found->duplicates, found->good + found->duplicates), good, true };
	return n;
}

static void take(struct app *app, struct import_screen *s)
{
	AUTO_ARENA arena = { 0 };
	struct way ways[3];
	const char *labels[COUNT(ways)];
	size_t n = list_ways(&s->found, import_takes_duplicates(s->file), &arena, ways);
	struct err e = { 0 };
	int chosen;

	for (size_t i = 0; i < n; i++)
		labels[i] = ways[i].label;
	chosen = app_choose(app, "怎样导入", labels, n, 0);
	if (chosen < 0)
		return;
	if (import_run(s->file, ways[chosen].mode, ways[chosen].duplicates_too, taking, app, &s->taken, &e) != RC_OK) {
		app_fail(app, &e);
		return;
	}
	s->done = true;
	if (import_kinds[s->kind].households)
		app_say(app, "已导入 %zu 人，新建 %zu 户；按 Ctrl-Z 可以整批撤销", s->taken.good, s->taken.new_households);
	else
		app_say(app, "已导入 %zu 人；按 Ctrl-Z 可以整批撤销", s->taken.good);
}

/* Columns of the file, then where each row stood and what is wrong with it. */
static void begin_faults(const struct import_screen *s, struct report *r)
{
	size_t columns = import_columns(s->file);
	AUTO_FREE struct report_column *list = mem_alloc((columns + 2) * sizeof *list);

	for (size_t c = 0; c < columns; c++)
		list[c] = (struct report_column){ import_heading(s->file, c), REPORT_TEXT };
	list[columns] = (struct report_column){ "原行号", REPORT_NUMBER };
	list[columns + 1] = (struct report_column){ "问题", REPORT_TEXT };
	report_table(r, "导入问题", list, columns + 2);
}

/* The rows that have a problem, as they stand in the file, with what is wrong: to be mended there and imported again. */
static void collect_faults(const struct import_screen *s, struct report *r)
{
	size_t columns = import_columns(s->file), row = 0;

	begin_faults(s, r);
	for (size_t i = 0; i < s->n_faults;) {
		size_t number = s->faults[i].row_number;
		AUTO_STRBUF reasons = { 0 };

		while (row < import_rows(s->file) && import_row_number(s->file, row) < number)
			row++;
		for (; i < s->n_faults && s->faults[i].row_number == number; i++)
			strbuf_format(&reasons, "%s%s%s%s", reasons.n ? "；" : "", s->faults[i].column, *s->faults[i].column ? "：" : "", s->faults[i].reason);
		for (size_t c = 0; c < columns; c++)
			report_text(r, import_cell(s->file, row, c));
		report_number(r, (int64_t)number);
		report_text(r, strbuf_str(&reasons));
	}
}

static void export_faults(struct app *app, const struct import_screen *s)
{
	AUTO_REPORT *r = report_new("导入问题");

	collect_faults(s, r);
	list_export_write(app, "导入问题", "csv", r, report_rows(r), "行");
}

/* The screen ------------------------------------------------------------------------------------------------------------------------------------ */

static enum rc open_kind(struct app *app, struct import_screen *s, enum import_kind kind, enum capability may, struct err *e)
{
	enum rc rc = office_require(app->of, may, e);

	s->kind = kind;
	if (rc == RC_OK)
		choose_file(app, s);
	return rc;
}

static enum rc open_residents(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	(void)args;
	return open_kind(app, state, IMPORT_RESIDENTS, MAY_RESIDENT_IMPORT, e);
}

static enum rc open_volunteers(struct app *app, void *state, const struct screen_args *args, struct err *e)
{
	(void)args;
	return open_kind(app, state, IMPORT_VOLUNTEERS, MAY_VOLUNTEER_EDIT, e);
}

/* The file does not change; only what is in view may have to. */
static enum rc load(struct app *app, void *state, struct err *e)
{
	struct import_screen *s = state;

	(void)e;
	for (int p = 0; p < IMPORT_PANES; p++) {
		size_t shown = import_rows_shown(app, (enum import_pane)p);
		struct import_place *place = &s->places[p];

		if (place->cursor >= place->top + shown)
			place->top = place->cursor - shown + 1;
	}
	return RC_OK;
}

static void next_pane(struct import_screen *s)
{
	s->pane = (enum import_pane)((s->pane + 1) % IMPORT_PANES);
}

static struct next act(struct app *app, void *state, enum action action)
{
	struct import_screen *s = state;

	switch (action) {
	case ACT_OPEN:       choose_file(app, s); break;
	case ACT_OTHER_PANE: next_pane(s); break;
	case ACT_EDIT:       change_mapping(app, s); break;
	case ACT_CHECK:      check(app, s); break;
	case ACT_IMPORT:     take(app, s); break;
	case ACT_EXPORT:     export_faults(app, s); break;
	default:
		return next_pass();
	}
	return next_stay();
}

static void scroll_columns(struct import_screen *s, int by)
{
	size_t n = import_columns(s->file);

	if (by < 0 && s->first_column > 0)
		s->first_column--;
	if (by > 0 && s->first_column + 1 < n)
		s->first_column++;
}

static size_t moved(size_t cursor, size_t n, long by)
{
	if (by < 0)
		return cursor > (size_t)-by ? cursor - (size_t)-by : 0;
	return cursor + (size_t)by < n ? cursor + (size_t)by : n ? n - 1 : 0;
}

static struct next type(struct app *app, void *state, const struct key_event *ev)
{
	struct import_screen *s = state;
	struct import_place *place = &s->places[s->pane];
	size_t n = import_pane_rows(s, s->pane), shown = import_rows_shown(app, s->pane);

	switch (ev->key) {
	case YK_UP: case 'k':    place->cursor = moved(place->cursor, n, -1); break;
	case YK_DOWN: case 'j':  place->cursor = moved(place->cursor, n, 1); break;
	case YK_PGUP:            place->cursor = moved(place->cursor, n, -(long)shown); break;
	case YK_PGDN:            place->cursor = moved(place->cursor, n, (long)shown); break;
	case YK_WHEEL_UP:        place->cursor = moved(place->cursor, n, -3); break;
	case YK_WHEEL_DOWN:      place->cursor = moved(place->cursor, n, 3); break;
	case YK_HOME:            place->cursor = 0; break;
	case YK_END:             place->cursor = n ? n - 1 : 0; break;
	case YK_LEFT: case YK_RIGHT:
		if (!s->file || s->pane != IMPORT_PREVIEW)
			return next_pass();
		scroll_columns(s, ev->key == YK_LEFT ? -1 : 1);
		break;
	default:
		return next_pass();
	}
	if (place->cursor < place->top)
		place->top = place->cursor;
	if (place->cursor >= place->top + shown)
		place->top = place->cursor - shown + 1;
	return next_stay();
}

static unsigned when(const struct app *app, const void *state)
{
	const struct import_screen *s = state;

	(void)app;
	return (s->file ? WHEN_FILE : 0) | (s->file && !s->done ? WHEN_OPEN : 0) | (s->file && !s->done && s->pane == IMPORT_MAPPING ? WHEN_MAPPING : 0) |
	       (s->checked && !s->done && s->found.good + s->found.duplicates > 0 ? WHEN_READY : 0) | (s->n_faults ? WHEN_FAULTS : 0);
}

static void draw(const struct app *app, const void *state, struct canvas *c, struct rect area)
{
	import_draw(app, state, &keys, c, area);
}

static void close_screen(struct app *app, void *state)
{
	(void)app;
	close_file(state);
}

const struct screen_def resident_import_screen = {
	.name = "resident-import", .title = "导入居民",
	.state_size = sizeof(struct import_screen), .keys = &keys,
	.open = open_residents, .load = load, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};

const struct screen_def volunteer_import_screen = {
	.name = "volunteer-import", .title = "导入志愿者",
	.state_size = sizeof(struct import_screen), .keys = &keys,
	.open = open_volunteers, .load = load, .draw = draw, .act = act, .when = when, .type = type, .close = close_screen,
};
