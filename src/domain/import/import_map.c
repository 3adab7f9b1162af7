/* Which column is what: targets, the words that spreadsheets use for them, and the guess. */
#include "import_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"

#define HEADING_ROWS 10                /* a title and a remark may stand above the headings */

/* What spreadsheets call things that everybody has, beside the form's own labels. */
static const struct import_alias common_aliases[] = {
	{ "名字", "name" },
	{ "出生年月日", "born_day" }, { "出生年月", "born_day" }, { "生日", "born_day" },
	{ "身份证", "id_number" }, { "身份证号码", "id_number" }, { "公民身份号码", "id_number" }, { "证件号码", "id_number" }, { "证件号", "id_number" },
	{ "手机", "phone" }, { "手机号", "phone" }, { "手机号码", "phone" }, { "联系电话", "phone" }, { "电话号码", "phone" }, { "联系方式", "phone" },
	{ "备注", "note" }, { "紧急联系人电话", "emergency_phone" },
};

void import_make_targets(struct import *im)
{
	const struct form *form = im->form;

	im->targets = mem_alloc((form->n + im->type->n_extra) * sizeof *im->targets);
	for (size_t i = 0; i < form->n; i++) {
		const struct field *f = &form->fields[i];

		if (f->type != FIELD_PICK && !f->readonly)
			im->targets[im->n_targets++] = (struct import_target){ f->name, f->label, f };
	}
	for (size_t i = 0; i < im->type->n_extra; i++)
		im->targets[im->n_targets++] = im->type->extra[i];
}

int import_find_target(const struct import *im, const char *name)
{
	for (size_t i = 0; i < im->n_targets; i++)
		if (strcmp(im->targets[i].name, name) == 0)
			return (int)i;
	return -1;
}

int import_column_of(const struct import *im, const char *target)
{
	for (size_t i = 0; i < im->table.n_columns; i++)
		if (im->mapped[i] >= 0 && strcmp(im->targets[im->mapped[i]].name, target) == 0)
			return (int)i;
	return -1;
}

/* " 联系电话*（手机）" → "联系电话" */
static void bare_heading(struct strbuf *out, const char *heading)
{
	AUTO_STRBUF folded = { 0 };

	text_fold(&folded, heading);
	for (const char *s = strbuf_str(&folded); *s && *s != '('; s++)
		if (*s != ' ' && *s != '\n' && *s != '*' && *s != ':')
			strbuf_add_char(out, *s);
}

static int by_alias(const struct import *im, const struct import_alias *aliases, size_t n, const char *heading)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(aliases[i].heading, heading) == 0)
			return import_find_target(im, aliases[i].target);
	return -1;
}

static int recognise(const struct import *im, const char *heading)
{
	AUTO_STRBUF bare = { 0 };
	int own;

	bare_heading(&bare, heading);
	if (bare.n == 0)
		return -1;
	for (size_t i = 0; i < im->n_targets; i++)
		if (strcmp(im->targets[i].label, bare.s) == 0 || strcmp(im->targets[i].name, bare.s) == 0)
			return (int)i;
	own = by_alias(im, im->type->aliases, im->type->n_aliases, bare.s);
	return own >= 0 ? own : by_alias(im, common_aliases, COUNT(common_aliases), bare.s);
}

static size_t recognised_in_row(const struct import *im, size_t row)
{
	size_t n = 0;

	for (size_t i = 0; i < im->table.n_columns; i++)
		n += recognise(im, import_table_cell(&im->table, row, i)) >= 0;
	return n;
}

void import_guess(struct import *im)
{
	for (size_t row = 0; row < im->table.n_rows && row < HEADING_ROWS; row++) {
		if (recognised_in_row(im, row) >= 2) {
			im->heading = row;
			break;
		}
	}
	im->mapped = mem_alloc(im->table.n_columns * sizeof *im->mapped);
	for (size_t i = 0; i < im->table.n_columns; i++)
		im->mapped[i] = -1;
	for (size_t i = 0; i < im->table.n_columns; i++) {
		int target = recognise(im, import_table_cell(&im->table, im->heading, i));

		if (target >= 0 && import_column_of(im, im->targets[target].name) < 0)
			im->mapped[i] = target;
	}
}

/* Kept: "手机号=phone 入会时间= …", a heading as it is compared, and what it stands for; nothing for a column that is left out. */
void import_mapping_write(const struct import *im, struct strbuf *out)
{
	for (size_t i = 0; i < im->table.n_columns; i++) {
		AUTO_STRBUF bare = { 0 };

		bare_heading(&bare, import_table_cell(&im->table, im->heading, i));
		if (bare.n > 0)
			strbuf_format(out, "%s%s=%s", out->n ? " " : "", bare.s, im->mapped[i] < 0 ? "" : im->targets[im->mapped[i]].name);
	}
}

static void map_kept(struct import *im, const char *heading, const char *target)
{
	for (size_t i = 0; i < im->table.n_columns; i++) {
		AUTO_STRBUF bare = { 0 };

		bare_heading(&bare, import_table_cell(&im->table, im->heading, i));
		if (bare.n == 0 || strcmp(bare.s, heading) != 0)
			continue;
		if (*target == '\0' || import_find_target(im, target) >= 0)
			import_map(im, i, *target ? target : NULL);
		return;
	}
}

void import_mapping_read(struct import *im, const char *line)
{
	AUTO_FREE char *copy = mem_copy(line);
	char *rest = copy, *part;

	while ((part = strsep(&rest, " ")) != NULL) {
		char *equals = strrchr(part, '=');

		if (equals == NULL)
			continue;
		*equals = '\0';
		map_kept(im, part, equals + 1);
	}
}
