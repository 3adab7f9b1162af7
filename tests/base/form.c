/* Form files: what is read, overlaid and refused. */
#include "base/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "files.h"
#include "test.h"

static const char codes[] =
	"[category]\nproperty = 物业\nproperty.leak = 漏水\nproperty.other = 其他\ngreen = 环境\ngreen.other = 其他 | retired\n"
	"[care_tag]\nalone = 独居 | care\nempty = 空巢 | care retired\nveteran = 优抚\n[zone]\naz-09_x = 全部字符 | days=7\n";

static const char person[] =
	"[form]\ntable = resident\ntitle = 居民\nroles_edit = desk grid\ngroup = 人口\n"
	"[field born_day]\nlabel = 出生日期\ntype = date\n"
	"[field name]\nlabel = 姓名\ntype = text 1..40\nrequired = yes\nhelp = 照身份证写\n"
	"[field id_number]\nlabel = 身份证号\ntype = idnumber\n"
	"[field phone]\nlabel = 电话\ntype = phone\nsensitive = yes\n"
	"[field care]\nlabel = 关爱\ntype = codes care_tag\n"
	"[field x.dog]\nlabel = 养狗\ntype = yesno\ndefault = 否\n"
	"[field x.dog_note]\nlabel = 狗的情况\ntype = text 0..40\nshown_when = x.dog yes\n"
	"[list]\ncolumns = name:12 phone:14 care:*\norder = name_pinyin desc\nsearch = name phone address_key\n";

static enum rc load(const struct folder *f, const char *overlay, struct form_set **set, struct err *e)
{
	return form_set_load(set, f->path, overlay, e);
}

static void a_form_is_read_with_all_that_it_states(void **state)
{
	const struct folder *f = *state;
	struct form_set *set = NULL;
	struct err e = { 0 };
	const struct form *form;
	const struct field *field;

	folder_write_text(f, "codes.ini", codes);
	folder_write_text(f, "resident.ini", person);
	folder_write_text(f, ".hidden.ini", "rubbish");
	folder_write_text(f, "resident.ini~", "rubbish");
	folder_write_text(f, "visit.ini", "[form]\ntable = visit\ntitle = 走访\n[field resident_id]\nlabel = 居民\ntype = pick resident\n");
	assert_int_equal(load(f, "", &set, &e), RC_OK);
	assert_int_equal(form_count(set), 2);
	form = form_at(set, 0);
	assert_ptr_equal(form_find(set, "resident"), form);
	assert_null(form_find(set, "codes"));
	assert_string_equal(form->table, "resident");
	assert_string_equal(form->title, "居民");
	assert_string_equal(form->name_field, "name");
	assert_string_equal(form->roles_edit, "desk grid");
	assert_string_equal(form->roles_view, "");
	assert_string_equal(form->group, "人口");
	assert_int_equal(form->n, 7);
	field = form_field(form, "name");
	assert_int_equal(form_field_index(form, field), 1);
	assert_string_equal(field->label, "姓名");
	assert_int_equal(field->type, FIELD_TEXT);
	assert_int_equal(field->min, 1);
	assert_int_equal(field->max, 40);
	assert_true(field->required);
	assert_string_equal(field->help, "照身份证写");
	assert_int_equal(field->line, 9);
	field = form_field(form, "id_number");
	assert_true(field->sealed && field->sensitive);
	field = form_field(form, "phone");
	assert_true(field->sensitive && !field->sealed && !field->extra);
	field = form_field(form, "x.dog_note");
	assert_true(field->extra);
	assert_string_equal(field->shown_when_field, "x.dog");
	assert_string_equal(field->shown_when_values[0], "1");
	assert_null(field->shown_when_values[1]);
	assert_ptr_equal(form_field(form, "care")->codes, form_codes(set, "care_tag"));
	assert_int_equal(form->n_columns, 3);
	assert_string_equal(form->columns[0].field->name, "name");
	assert_int_equal(form->columns[0].width_cols, 12);
	assert_int_equal(form->columns[2].width_cols, 0);
	assert_string_equal(form->order, "name_pinyin");
	assert_true(form->order_descending);
	assert_string_equal(form->search[2], "address_key");
	assert_null(form->search[3]);
	assert_null(form_field(form, "nothing"));
	form_set_free(set);
	form_set_free(NULL);
}

static void a_form_without_a_list_shows_its_name_field(void **state)
{
	const struct folder *f = *state;
	struct form_set *set = NULL;
	struct err e = { 0 };
	const struct form *form;

	folder_write_text(f, "codes.ini", codes);
	folder_write_text(f, "step.ini", "[form]\ntable = step\ntitle = 步骤\n[field day]\nlabel = 日期\ntype = date\n"
	                                 "[field text]\nlabel = 说明\ntype = text 0..40\n");
	folder_write_text(f, "extra.ini", "[form]\ntable = thing\ntitle = 东西\n[field x.size]\nlabel = 大小\ntype = int 0..9\n");
	assert_int_equal(load(f, "", &set, &e), RC_OK);
	form = form_find(set, "step");
	assert_string_equal(form->name_field, "text");
	assert_int_equal(form->n_columns, 1);
	assert_string_equal(form->columns[0].field->name, "text");
	assert_string_equal(form->order, "text");
	assert_string_equal(form->search[0], "text");
	form = form_find(set, "extra");
	assert_string_equal(form->name_field, "x.size");
	assert_string_equal(form->order, "id");                /* an added field is no column */
	assert_null(form->search[0]);
	form_set_free(set);
}

static void code_lists_have_levels_flags_and_retired_codes(void **state)
{
	const struct folder *f = *state;
	struct form_set *set = NULL;
	struct err e = { 0 };
	const struct code_list *list;

	folder_write_text(f, "codes.ini", codes);
	assert_int_equal(load(f, NULL, &set, &e), RC_OK);
	list = form_codes(set, "category");
	assert_null(form_codes(set, "nothing"));
	assert_int_equal(list->n, 5);
	assert_string_equal(list->codes[1].code, "property.leak");
	assert_string_equal(list->codes[1].parent, "property");
	assert_null(list->codes[0].parent);
	assert_string_equal(code_label(list, "property.leak"), "漏水");
	assert_string_equal(code_label(list, "unknown"), "unknown");
	assert_string_equal(code_label(list, NULL), "");
	assert_true(code_find(list, "green.other")->retired);
	assert_null(code_find(list, ""));
	list = form_codes(set, "care_tag");
	assert_string_equal(code_find(list, "empty")->flags, "care retired");
	assert_true(code_has_flag(code_find(list, "empty"), "care"));
	assert_false(code_has_flag(code_find(list, "empty"), "car"));
	assert_false(code_has_flag(code_find(list, "veteran"), "care"));
	assert_false(code_has_flag(NULL, "care"));
	assert_true(code_has_flag(code_find(form_codes(set, "zone"), "az-09_x"), "days=7"));
	form_set_free(set);
}

static void an_overlay_changes_forms_and_codes_key_by_key(void **state)
{
	const struct folder *f = *state;
	struct form_set *set = NULL;
	struct err e = { 0 };
	const struct form *form;

	folder_write_text(f, "codes.ini", codes);
	folder_write_text(f, "resident.ini", person);
	folder_write_text(f, "rural/codes.ini", "[category]\nfield = 田间\n[care_tag]\nempty = 空巢老人\n[crop]\nrice = 水稻\n");
	folder_write_text(f, "rural/resident.ini", "[form]\ntitle = 村民\n[field name]\nhelp = 写大名\n[field x.crop]\nlabel = 作物\ntype = code crop\n"
	                                           "[list]\ncolumns = name:9 x.crop:*\n");
	folder_write_text(f, "rural/field.ini", "[form]\ntable = field\ntitle = 田块\n[field name]\nlabel = 名称\ntype = text 1..20\n");
	assert_int_equal(load(f, "rural", &set, &e), RC_OK);
	assert_int_equal(form_count(set), 2);
	form = form_find(set, "resident");
	assert_string_equal(form->title, "村民");
	assert_string_equal(form->table, "resident");
	assert_string_equal(form_field(form, "name")->help, "写大名");
	assert_string_equal(form_field(form, "name")->label, "姓名");
	assert_non_null(form_field(form, "x.crop"));
	assert_int_equal(form->n_columns, 2);
	assert_int_equal(form->columns[0].width_cols, 9);
	assert_string_equal(form->order, "name_pinyin");
	assert_string_equal(code_label(form_codes(set, "category"), "field"), "田间");
	assert_false(code_find(form_codes(set, "care_tag"), "empty")->retired);
	form_set_free(set);

	assert_int_equal(load(f, "urban", &set, &e), RC_OK);      /* a type that changes nothing has no directory */
	assert_string_equal(form_find(set, "resident")->title, "居民");
	form_set_free(set);
}

static void a_mistake_in_an_overlay_is_refused_at_the_overlays_line(void **state)
{
	const struct folder *f = *state;
	struct form_set *set = NULL;
	struct err e = { 0 };

	folder_write_text(f, "codes.ini", codes);
	folder_write_text(f, "resident.ini", person);
	folder_write_text(f, "rural/resident.ini", "[field phone]\nsensitive = maybe\n");
	assert_int_equal(load(f, "rural", &set, &e), RC_INVALID);
	assert_non_null(strstr(e.text, "rural/resident.ini:2: "));
	folder_write_text(f, "rural/resident.ini", "[field phone]\nlabel = 电话\n\n[field x.a]\nlabel = 甲\n");
	assert_int_equal(load(f, "rural", &set, &e), RC_INVALID);
	assert_non_null(strstr(e.text, "rural/resident.ini:4: "));
	folder_write_text(f, "rural/resident.ini", "[field care]\ntype = code crop\n");
	assert_int_equal(load(f, "rural", &set, &e), RC_INVALID);
	assert_non_null(strstr(e.text, "rural/resident.ini:2: "));
}

#define HEAD "[form]\ntable = t\ntitle = 题\n"
#define NAME "[field name]\nlabel = 名\ntype = text 1..9\n"

static void every_mistake_of_a_form_is_refused_at_its_line(void **state)
{
	static const struct { const char *content, *where, *words; } cases[] = {
		{ "", "", "[form]" },
		{ "[field name]\nlabel = 名\ntype = text 1..9\n", "", "[form]" },
		{ HEAD, "", "没有字段" },
		{ "[form]\ntitle = 题\n" NAME, ":1: ", "table" },
		{ "[form]\ntable = t\n" NAME, ":1: ", "title" },
		{ "[form]\ntable = t\ntitle =\n" NAME, ":3: ", "title" },
		{ "[form]\ntable = Residents; DROP\ntitle = 题\n" NAME, ":2: ", "表名" },
		{ "[form]\ntable = \"a b\"\ntitle = 题\n" NAME, ":2: ", "表名" },
		{ HEAD "colour = red\n" NAME, ":4: ", "可写：table、title、name_field、roles_edit、roles_view、group" },
		{ HEAD "name_field = nothing\n" NAME, ":4: ", "nothing" },
		{ HEAD "name_field = n\n[field n]\nlabel = 数\ntype = int 0..9\n", ":4: ", "text" },
		{ HEAD "roles_edit = desk,grid\n" NAME, ":4: ", "空格" },
		{ HEAD "[fields name]\nlabel = 名\n", ":4: ", "[field 名字]" },
		{ HEAD "[field]\nlabel = 名\n", ":4: ", "[field 名字]" },
		{ HEAD "[field 名字]\nlabel = 名\ntype = date\n", ":4: ", "字段名" },
		{ HEAD "[field 1a]\nlabel = 名\ntype = date\n", ":4: ", "字段名" },
		{ HEAD "[field a-b]\nlabel = 名\ntype = date\n", ":4: ", "字段名" },
		{ HEAD "[field y.a]\nlabel = 名\ntype = date\n", ":4: ", "字段名" },
		{ HEAD "[field x.]\nlabel = 名\ntype = date\n", ":4: ", "字段名" },
		{ HEAD "[field a; drop]\nlabel = 名\ntype = date\n", ":4: ", "" },
		{ HEAD "[field abcdefghijklmnopqrstuvwxyzabcdefghijklmno]\nlabel = 名\ntype = date\n", ":4: ", "40" },
		{ HEAD NAME NAME, ":7: ", "重复" },
		{ HEAD "[field name]\ntype = date\n", ":4: ", "label" },
		{ HEAD "[field name]\nlabel = \ntype = date\n", ":5: ", "label" },
		{ HEAD "[field name]\nlabel = 一二三四五六七八九十一二三四五六七八九十一\ntype = date\n", ":5: ", "20" },
		{ HEAD "[field name]\nlabel = 名\n", ":4: ", "type" },
		{ HEAD "[field name]\nlabel = 名\ntype = string\n", ":6: ", "text、note、int、money、date、time、code、codes、phone、idnumber、yesno、pick" },
		{ HEAD "[field name]\nlabel = 名\ntype =\n", ":6: ", "类型" },
		{ HEAD "[field name]\nlabel = 名\ntype = text\n", ":6: ", "text 1..60" },
		{ HEAD "[field name]\nlabel = 名\ntype = text 1-60\n", ":6: ", "text 1..60" },
		{ HEAD "[field name]\nlabel = 名\ntype = text 1..\n", ":6: ", "text 1..60" },
		{ HEAD "[field name]\nlabel = 名\ntype = text 60..1\n", ":6: ", "写反了" },
		{ HEAD "[field name]\nlabel = 名\ntype = text -1..5\n", ":6: ", "0..1000" },
		{ HEAD "[field name]\nlabel = 名\ntype = text 0..0\n", ":6: ", "范围" },
		{ HEAD "[field name]\nlabel = 名\ntype = text 0..99999999999999999999\n", ":6: ", "范围" },
		{ HEAD "[field name]\nlabel = 名\ntype = text 1..9 个\n", ":6: ", "多余" },
		{ HEAD "[field name]\nlabel = 名\ntype = int 0..9 个 x\n", ":6: ", "多余" },
		{ HEAD "[field name]\nlabel = 名\ntype = money 0..1.555\n", ":6: ", "money 0..50000" },
		{ HEAD "[field name]\nlabel = 名\ntype = date 1..5\n", ":6: ", "不用写别的" },
		{ HEAD "[field name]\nlabel = 名\ntype = code nothing\n", ":6: ", "没有代码表「nothing」" },
		{ HEAD "[field name]\nlabel = 名\ntype = code\n", ":6: ", "代码表" },
		{ HEAD "[field name]\nlabel = 名\ntype = pick nothing\n", ":4: ", "没有表单「nothing」" },
		{ HEAD "[field name]\nlabel = 名\ntype = pick\n", ":4: ", "没有表单" },
		{ HEAD "[field name]\nlabel = 名\ntype = pick codes\n", ":4: ", "没有表单" },
		{ HEAD NAME "required = 是\n", ":7: ", "yes、no" },
		{ HEAD NAME "sensitve = yes\n", ":7: ", "sensitive" },
		{ HEAD NAME "width = 5\n", ":7: ", "readonly" },
		{ HEAD NAME "default = 一二三四五六七八九十\n", ":7: ", "最多 9 个字" },
		{ HEAD "[field d]\nlabel = 日\ntype = date\ndefault = 今日天\n", ":7: ", "default" },
		{ HEAD "[field d]\nlabel = 类\ntype = code category\ndefault = none\n", ":7: ", "none" },
		{ HEAD "[field d]\nlabel = 本\ntype = pick broken\ndefault = 1\n", ":7: ", "pick" },
		{ HEAD NAME "shown_when = \n", ":7: ", "另一个字段" },
		{ HEAD NAME "shown_when = other yes\n", ":7: ", "other" },
		{ HEAD NAME "shown_when = name yes\n", ":7: ", "另一个字段" },
		{ HEAD NAME "shown_when = y\n[field y]\nlabel = 是否\ntype = yesno\n", ":7: ", "至少写一个值" },
		{ HEAD NAME "shown_when = y maybe\n[field y]\nlabel = 是否\ntype = yesno\n", ":7: ", "yes、no" },
		{ HEAD NAME "shown_when = c red\n[field c]\nlabel = 类\ntype = codes care_tag\n", ":7: ", "alone、empty、veteran" },
		{ HEAD NAME "shown_when = d yes\n[field d]\nlabel = 日\ntype = date\n", ":7: ", "yesno" },
		{ HEAD "[field a]\nlabel = 甲\ntype = yesno\nshown_when = b yes\n[field b]\nlabel = 乙\ntype = yesno\nshown_when = a yes\n", ":4: ",
		  "依赖自己" },
		{ HEAD NAME "[list]\ncolumns = nothing:5\n", ":8: ", "nothing" },
		{ HEAD NAME "[list]\ncolumns = name\n", ":8: ", "字段:宽度" },
		{ HEAD NAME "[list]\ncolumns = name:0\n", ":8: ", "宽度" },
		{ HEAD NAME "[list]\ncolumns = name:201\n", ":8: ", "宽度" },
		{ HEAD NAME "[list]\ncolumns = name:5x\n", ":8: ", "宽度" },
		{ HEAD NAME "[list]\ncolumns = name:-5\n", ":8: ", "宽度" },
		{ HEAD NAME "[list]\ncolumns = name:* name:*\n", ":8: ", "只能有一列" },
		{ HEAD NAME "[list]\ncolumns =\n", ":8: ", "至少写一列" },
		{ HEAD NAME "[list]\norder = name; drop\n", ":8: ", "" },
		{ HEAD NAME "[list]\norder = \"name; drop\"\n", ":8: ", "order" },
		{ HEAD NAME "[list]\norder = name asc\n", ":8: ", "desc" },
		{ HEAD NAME "[list]\norder = x.a\n", ":8: ", "order" },
		{ HEAD NAME "[list]\norder =\n", ":8: ", "order" },
		{ HEAD NAME "[list]\nsearch = name \"phone\"\n", ":8: ", "search" },
		{ HEAD NAME "[list]\nfilter = name\n", ":8: ", "columns、order、search" },
		{ HEAD NAME "[form]\n", ":7: ", "重复" },
	};
	const struct folder *f = *state;

	folder_write_text(f, "codes.ini", codes);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct form_set *set = (struct form_set *)8;
		struct err e = { 0 };

		folder_write_text(f, "broken.ini", cases[i].content);
		if (load(f, "", &set, &e) == RC_OK) {
			/* The comment sign cuts what follows it: what is left may be whole. */
			assert_non_null(strstr(cases[i].content, "; drop\n"));
			form_set_free(set);
			continue;
		}
		assert_int_equal(e.code, RC_INVALID);
		assert_ptr_equal(set, (struct form_set *)8);
		assert_non_null(strstr(e.text, "broken.ini"));
		assert_non_null(strstr(e.text, cases[i].where));
		assert_non_null(strstr(e.text, cases[i].words));
	}
}

static void every_mistake_of_a_code_list_is_refused_at_its_line(void **state)
{
	static const struct { const char *content, *where, *words; } cases[] = {
		{ "[Category 1]\na = 甲\n", ":1: ", "代码表的名字" },
		{ "[分类]\na = 甲\n", ":1: ", "代码表的名字" },
		{ "[a]\n", ":1: ", "空的" },
		{ "[a]\nb\xE7 = 甲\n", ":2: ", "UTF-8" },
		{ "[a]\n甲 = 甲\n", ":2: ", "代码 甲 不对" },
		{ "[a]\nb c = 甲\n", ":2: ", "代码" },
		{ "[a]\nb =\n", ":2: ", "名称" },
		{ "[a]\nb = 一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十甲\n", ":2: ", "40" },
		{ "[a]\nb = | retired\n", ":2: ", "名称" },
		{ "[a]\nb = 甲 | Retired\n", ":2: ", "小写英文标记" },
		{ "[a]\nb = 甲 | 停用\n", ":2: ", "小写英文标记" },
		{ "[a]\nb.c = 甲\n", ":2: ", "大类 b" },
		{ "[a]\nb = 甲\nb.c = 乙\nb.c.d = 丙\n", ":4: ", "两级" },
		{ "[a]\nb. = 甲\n", ":2: ", "两级" },
		{ "[a]\n.b = 甲\n", ":2: ", "两级" },
		{ "[a]\nb = 甲\nc = 甲\n", ":3: ", "重复" },
		{ "[a]\nb = 甲\nb.c = 乙\nb.d = 乙\n", ":4: ", "重复" },
		{ "[a]\nb = 甲\nb = 乙\n", ":3: ", "重复" },
	};
	const struct folder *f = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct form_set *set = NULL;
		struct err e = { 0 };

		folder_write_text(f, "codes.ini", cases[i].content);
		assert_int_equal(load(f, "", &set, &e), RC_INVALID);
		assert_non_null(strstr(e.text, "codes.ini"));
		assert_non_null(strstr(e.text, cases[i].where));
		assert_non_null(strstr(e.text, cases[i].words));
	}
}

static void files_and_directories_that_are_wrong_are_refused(void **state)
{
	const struct folder *f = *state;
	struct form_set *set = NULL;
	struct err e = { 0 };

	assert_int_equal(form_set_load(&set, "/nowhere/forms", "", &e), RC_IO);
	assert_non_null(strstr(e.text, "/nowhere/forms"));
	assert_int_equal(load(f, "", &set, &e), RC_IO);           /* no codes.ini */
	assert_non_null(strstr(e.text, "codes.ini"));
	folder_write_text(f, "codes.ini", codes);
	folder_write_text(f, "My Form.ini", person);
	assert_int_equal(load(f, "", &set, &e), RC_INVALID);
	assert_non_null(strstr(e.text, "My Form.ini"));
	assert_null(set);
}

/* A file cut off anywhere is read or refused in words. */
static void a_truncated_form_never_harms(void **state)
{
	const struct folder *f = *state;
	int read = 0;

	folder_write_text(f, "codes.ini", codes);
	for (size_t n = 0; n < sizeof person; n++) {
		struct form_set *set = NULL;
		struct err e = { 0 };
		char path[256];

		folder_write(f, "resident.ini", person, n, path);
		if (load(f, "", &set, &e) == RC_OK) {
			read++;
			form_set_free(set);
		} else {
			assert_non_null(strstr(e.text, "resident.ini"));
		}
	}
	assert_true(read > 10);
}

static void hostile_bytes_in_a_form_never_harm(void **state)
{
	const struct folder *f = *state;
	unsigned seed = 9;

	folder_write_text(f, "codes.ini", codes);
	for (int round = 0; round < 1500; round++) {
		AUTO_FREE char *bytes = mem_copy(person);
		struct form_set *set = NULL;
		struct err e = { 0 };
		char path[256];

		for (int k = 0; k < 1 + round % 4; k++) {
			seed = seed * 1103515245u + 12345u;
			bytes[(seed >> 8) % (sizeof person - 1)] = "=[]:.|;\"'\n\xFF\x01 x*-9"[(seed >> 24) % 17];
		}
		folder_write(f, "resident.ini", bytes, sizeof person - 1, path);
		if (load(f, "", &set, &e) == RC_OK)
			form_set_free(set);
		else
			assert_int_equal(e.code, RC_INVALID);
	}
}

static void the_shipped_forms_are_read_with_every_overlay(void **state)
{
	static const char *const overlays[] = { "", "urban", "rural", "mixed", "fringe" };

	(void)state;
	for (size_t i = 0; i < COUNT(overlays); i++) {
		struct form_set *set = NULL;
		struct err e = { 0 };
		enum rc rc = form_set_load(&set, YL_SOURCE_DIR "/forms", overlays[i], &e);

		if (rc != RC_OK)
			print_error("%s\n", e.text);
		assert_int_equal(rc, RC_OK);
		assert_true(form_count(set) > 10);
		form_set_free(set);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_form_is_read_with_all_that_it_states, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_form_without_a_list_shows_its_name_field, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(code_lists_have_levels_flags_and_retired_codes, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(an_overlay_changes_forms_and_codes_key_by_key, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_mistake_in_an_overlay_is_refused_at_the_overlays_line, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(every_mistake_of_a_form_is_refused_at_its_line, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(every_mistake_of_a_code_list_is_refused_at_its_line, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(files_and_directories_that_are_wrong_are_refused, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(a_truncated_form_never_harms, folder_setup, folder_teardown),
		cmocka_unit_test_setup_teardown(hostile_bytes_in_a_form_never_harm, folder_setup, folder_teardown),
		cmocka_unit_test(the_shipped_forms_are_read_with_every_overlay),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
