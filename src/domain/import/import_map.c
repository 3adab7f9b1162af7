/* Which column is what: targets, the words that spreadsheets use for them, and the guess. */
#include "import.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/text.h"

#define HEADING_ROWS 10                /* a title and a remark may stand above the headings */

static const struct import_target address_parts[] = {
	{ "address", "住址（小区、楼栋、单元、室号在一格）", NULL },
	{ "estate", "小区", NULL },
	{ "building", "楼栋", NULL },
	{ "unit", "单元", NULL },
	{ "room", "室号", NULL },
};

/* What spreadsheets call things, beside the form's own labels. */
static const struct {
	const char *heading, *target;
} aliases[] = {
	{ "居民姓名", "name" }, { "名字", "name" }, { "户主姓名", "name" },
	{ "出生年月日", "born_day" }, { "出生年月", "born_day" }, { "生日", "born_day" },
	{ "身份证", "id_number" }, { "身份证号码", "id_number" }, { "公民身份号码", "id_number" }, { "证件号码", "id_number" }, { "证件号", "id_number" },
	{ "手机", "phone" }, { "手机号", "phone" }, { "手机号码", "phone" }, { "联系电话", "phone" }, { "电话号码", "phone" }, { "联系方式", "phone" },
	{ "备用电话", "phone2" }, { "其他电话", "phone2" },
	{ "关系", "relation" }, { "户主关系", "relation" },
	{ "婚姻状况", "marriage" }, { "人员类型", "kind" }, { "人口类型", "kind" }, { "政治面貌", "politics" },
	{ "标签", "care_tags" }, { "特殊人群", "care_tags" }, { "备注", "note" },
	{ "紧急联系人电话", "emergency_phone" },
	{ "地址", "address" }, { "住址", "address" }, { "家庭住址", "address" }, { "家庭地址", "address" }, { "居住地址", "address" },
	{ "现住址", "address" }, { "现住地址", "address" }, { "详细地址", "address" }, { "居住地", "address" },
	{ "小区", "estate" }, { "小区名称", "estate" }, { "自然村", "estate" },
	{ "楼栋", "building" }, { "幢", "building" }, { "幢号", "building" }, { "楼号", "building" }, { "栋号", "building" },
	{ "单元", "unit" }, { "单元号", "unit" },
	{ "室", "room" }, { "室号", "room" }, { "房号", "room" }, { "房间号", "room" }, { "门牌号", "room" },
};

void import_make_targets(struct resident_import *im)
{
	const struct form *form = im->form;

	im->targets = mem_alloc((form->n + COUNT(address_parts)) * sizeof *im->targets);
	for (size_t i = 0; i < form->n; i++) {
		const struct field *f = &form->fields[i];

		if (f->type != FIELD_PICK && !f->readonly)
			im->targets[im->n_targets++] = (struct import_target){ f->name, f->label, f };
	}
	for (size_t i = 0; i < COUNT(address_parts); i++)
		im->targets[im->n_targets++] = address_parts[i];
}

int import_find_target(const struct resident_import *im, const char *name)
{
	for (size_t i = 0; i < im->n_targets; i++)
		if (strcmp(im->targets[i].name, name) == 0)
			return (int)i;
	return -1;
}

int import_column_of(const struct resident_import *im, const char *target)
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

static int recognise(const struct resident_import *im, const char *heading)
{
	AUTO_STRBUF bare = { 0 };

	bare_heading(&bare, heading);
	if (bare.n == 0)
		return -1;
	for (size_t i = 0; i < im->n_targets; i++)
		if (strcmp(im->targets[i].label, bare.s) == 0 || strcmp(im->targets[i].name, bare.s) == 0)
			return (int)i;
	for (size_t i = 0; i < COUNT(aliases); i++)
		if (strcmp(aliases[i].heading, bare.s) == 0)
			return import_find_target(im, aliases[i].target);
	return -1;
}

static size_t recognised_in_row(const struct resident_import *im, size_t row)
{
	size_t n = 0;

	for (size_t i = 0; i < im->table.n_columns; i++)
		n += recognise(im, import_table_cell(&im->table, row, i)) >= 0;
	return n;
}

void import_guess(struct resident_import *im)
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
