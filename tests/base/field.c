/* Fields: typed text to values, checks, what is shown. */
#include "base/form.h"

#include <string.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/text.h"
#include "files.h"
#include "test.h"

static const char codes[] =
	"[category]\nproperty = 物业\nproperty.leak = 漏水\nproperty.other = 其他\ngreen = 环境\ngreen.other = 其他\nold = 旧类 | retired\n"
	"[care]\nalone = 独居\nempty = 空巢\naged = 高龄\ngone = 停用的 | retired\n";

static const char all_types[] =
	"[form]\ntable = t\ntitle = 全部类型\n"
	"[field text]\nlabel = 文字\ntype = text 2..5\n"
	"[field note]\nlabel = 内容\ntype = note 1..10\n"
	"[field int]\nlabel = 户数\ntype = int -5..100 户\n"
	"[field money]\nlabel = 金额\ntype = money 0.50..50000\n"
	"[field date]\nlabel = 日期\ntype = date\n"
	"[field time]\nlabel = 时间\ntype = time\n"
	"[field code]\nlabel = 分类\ntype = code category\n"
	"[field codes]\nlabel = 标签\ntype = codes care\n"
	"[field phone]\nlabel = 电话\ntype = phone\nsensitive = yes\n"
	"[field idnumber]\nlabel = 身份证号\ntype = idnumber\n"
	"[field yesno]\nlabel = 同意\ntype = yesno\n"
	"[field pick]\nlabel = 别人\ntype = pick all\nrequired = yes\n"
	"[field leader_name]\nlabel = 负责人\ntype = text 0..9\nsensitive = yes\n"
	"[field when_leak]\nlabel = 漏水处\ntype = text 0..9\nshown_when = code property.leak green\n"
	"[field when_when]\nlabel = 层层\ntype = text 0..9\nshown_when = when_yes yes\n"
	"[field when_yes]\nlabel = 两层\ntype = yesno\nshown_when = codes alone aged\n"
	"[field when_no]\nlabel = 不同意\ntype = text 0..9\nshown_when = yesno no\n"
	"[field code12]\nlabel = 区划\ntype = text 12..12\n";

struct fixture {
	struct folder folder;
	struct form_set *set;
	const struct form *form;
};

static int setup(void **state)
{
	struct fixture *x = mem_alloc(sizeof *x);
	struct err e = { 0 };

	folder_make(&x->folder);
	folder_write_text(&x->folder, "codes.ini", codes);
	folder_write_text(&x->folder, "all.ini", all_types);
	if (form_set_load(&x->set, x->folder.path, "", &e) != RC_OK)
		print_error("%s\n", e.text);
	x->form = x->set ? form_find(x->set, "all") : NULL;
	*state = x;
	return x->form ? 0 : -1;
}

static int teardown(void **state)
{
	struct fixture *x = *state;

	form_set_free(x->set);
	folder_remove(&x->folder);
	mem_free_pointer(state);
	return 0;
}

/* Today is 2026-11-24, a Tuesday. */
static void typed_text_becomes_values(void **state)
{
	static const struct { const char *field, *typed, *text; int64_t number; } cases[] = {
		{ "text", " 漏水了 ", "漏水了", 0 }, { "text", "a\x1b[1mb", "a[1mb", 0 }, { "text", "阿卜·买", "阿卜·买", 0 },
		{ "note", "一\n二", "一\n二", 0 },
		{ "int", "3", NULL, 3 }, { "int", "３ 户", NULL, 3 }, { "int", "3户", NULL, 3 }, { "int", "-5", NULL, -5 }, { "int", "100", NULL, 100 },
		{ "money", "12.5", NULL, 1250 }, { "money", "￥12.50", NULL, 1250 }, { "money", "12元", NULL, 1200 }, { "money", "1,200元", NULL, 120000 },
		{ "money", "3.5万", NULL, 3500000 }, { "money", "3.5万元", NULL, 3500000 }, { "money", "0.5", NULL, 50 }, { "money", "１２．５", NULL, 1250 },
		{ "money", "50000", NULL, 5000000 }, { "money", "0.0001万", NULL, 100 },
		{ "date", "明天", NULL, 20782 }, { "date", "2026-11-24", NULL, 20781 },
		{ "time", "0930", NULL, 570 }, { "time", "下午3点", NULL, 900 },
		{ "code", "property.leak", "property.leak", 0 }, { "code", "漏水", "property.leak", 0 }, { "code", "物业·漏水", "property.leak", 0 },
		{ "code", "物业/漏水", "property.leak", 0 }, { "code", "环境•其他", "green.other", 0 }, { "code", "PROPERTY", "property", 0 },
		{ "code", "old", "old", 0 },
		{ "codes", "alone", "alone", 0 }, { "codes", "高龄、独居", "alone aged", 0 }, { "codes", "aged alone", "alone aged", 0 },
		{ "codes", "独居，空巢,独居", "alone empty", 0 }, { "codes", " ， 独居 、", "alone", 0 },
		{ "phone", "138-1234-3321", "13812343321", 0 }, { "idnumber", "11010519491231002x", "11010519491231002X", 0 },
		{ "yesno", "是", NULL, 1 }, { "yesno", "y", NULL, 1 }, { "yesno", "否", NULL, 0 }, { "yesno", "０", NULL, 0 },
		{ "code12", "330482000001", "330482000001", 0 },
	};
	const struct fixture *x = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct value v = { 0 };
		struct err e = { 0 };

		value_set_text(&v, "from before");
		assert_int_equal(field_parse(form_field(x->form, cases[i].field), cases[i].typed, 20781, &v, &e), RC_OK);
		if (cases[i].text) {
			assert_int_equal(v.kind, VALUE_TEXT);
			assert_string_equal(v.text, cases[i].text);
		} else {
			assert_int_equal(v.kind, VALUE_NUMBER);
			assert_true(v.number == cases[i].number);
		}
		assert_int_equal(field_check(form_field(x->form, cases[i].field), &v, &e), RC_OK);
		value_clear(&v);
	}
}

static void blank_text_is_no_value(void **state)
{
	static const char *const blanks[] = { "", "  ", "　", "\t\n", "\u200B", NULL };
	const struct fixture *x = *state;

	for (size_t i = 0; i < x->form->n; i++) {
		for (size_t k = 0; k < COUNT(blanks); k++) {
			struct value v = { 0 };
			struct err e = { 0 };

			value_set_number(&v, 5);
			assert_int_equal(field_parse(&x->form->fields[i], blanks[k], 20781, &v, &e), RC_OK);
			assert_int_equal(v.kind, VALUE_NONE);
		}
	}
}

static void what_cannot_be_is_refused_at_the_field(void **state)
{
	static const struct { const char *field, *typed, *words; } cases[] = {
		{ "text", "一", "至少 2 个字" }, { "text", "一二三四五六", "最多 5 个字，现在有 6 个" }, { "code12", "330482", "应为 12 个字" },
		{ "note", "一二三四五六七八九十甲", "最多 10 个字" },
		{ "int", "-6", "-5 到 100" }, { "int", "101", "-5 到 100" }, { "int", "3.5", "整数" }, { "int", "三", "整数" },
		{ "int", "99999999999999999999", "整数" }, { "int", "3人", "整数，单位户" },
		{ "money", "0.49", "0.50 到 50,000.00 元" }, { "money", "5.1万", "0.50 到" }, { "money", "1.234", "金额" }, { "money", "十二", "金额" },
		{ "money", "￥", "金额" }, { "money", "12美元", "金额" }, { "money", "万", "金额" },
		{ "date", "2026-02-30", "没有 2 月 30 日" }, { "date", "某天", "可写" }, { "time", "2500", "没有这个时间" },
		{ "code", "地震", "没有「地震」" }, { "code", "其他", "有两个" }, { "code", "旧类", "没有「旧类」" }, { "code", "物业·地震", "没有" },
		{ "codes", "独居、地震", "没有「地震」" }, { "codes", "停用的", "没有" },
		{ "phone", "1381234332", "电话号码" }, { "idnumber", "110105194912310021", "校验码" }, { "yesno", "也许", "是 或 否" },
		{ "pick", "王秀英", "从列表里选" }, { "pick", "5", "从列表里选" },
	};
	const struct fixture *x = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct field *f = form_field(x->form, cases[i].field);
		struct value v = { 0 };
		struct err e = { 0 };

		value_set_number(&v, 77);
		assert_int_equal(field_parse(f, cases[i].typed, 20781, &v, &e), RC_INVALID);
		assert_int_equal(v.kind, VALUE_NUMBER);
		assert_int_equal(v.number, 77);
		assert_string_equal(e.field, f->name);
		assert_non_null(strstr(e.text, f->label));
		assert_non_null(strstr(e.text, cases[i].words));
		assert_int_equal(field_parse(f, cases[i].typed, 20781, &v, NULL), RC_INVALID);
	}
}

static void a_huge_input_is_refused(void **state)
{
	const struct fixture *x = *state;
	size_t n = 1 << 18;
	AUTO_FREE char *typed = mem_alloc(n + 1);

	memset(typed, '1', n);
	for (size_t i = 0; i < x->form->n; i++) {
		struct value v = { 0 };
		struct err e = { 0 };

		assert_int_equal(field_parse(&x->form->fields[i], typed, 20781, &v, &e), RC_INVALID);
		assert_true(text_is_utf8(e.text, strlen(e.text), NULL));
	}
}

/* What is there may come from another version, another site or a file. */
static void values_from_elsewhere_are_checked(void **state)
{
	static const struct { const char *field, *text; int64_t number; enum rc want; } cases[] = {
		{ "text", "一二", 0, RC_OK }, { "text", "一", 0, RC_INVALID }, { "text", "一二三四五六", 0, RC_INVALID }, { "text", " 一二", 0, RC_INVALID },
		{ "text", "一\n二", 0, RC_INVALID }, { "text", "一\x1b", 0, RC_INVALID }, { "text", "\xFF\xFF", 0, RC_INVALID }, { "text", NULL, 5, RC_INVALID },
		{ "note", "一\n二", 0, RC_OK }, { "note", "\n\n", 0, RC_INVALID },
		{ "int", NULL, 100, RC_OK }, { "int", NULL, 101, RC_INVALID }, { "int", "5", 0, RC_INVALID },
		{ "money", NULL, 50, RC_OK }, { "money", NULL, 49, RC_INVALID },
		{ "date", NULL, 0, RC_OK }, { "date", NULL, INT32_MIN, RC_INVALID }, { "date", NULL, INT64_MAX, RC_INVALID },
		{ "time", NULL, 1439, RC_OK }, { "time", NULL, 1440, RC_INVALID }, { "time", NULL, -1, RC_INVALID },
		{ "code", "property.leak", 0, RC_OK }, { "code", "old", 0, RC_OK }, { "code", "漏水", 0, RC_INVALID }, { "code", "property green", 0, RC_INVALID },
		{ "codes", "aged alone", 0, RC_OK }, { "codes", "gone", 0, RC_OK }, { "codes", "alone alone", 0, RC_INVALID },
		{ "codes", "alone nothing", 0, RC_INVALID }, { "codes", "  ", 0, RC_INVALID },
		{ "phone", "13812343321", 0, RC_OK }, { "phone", "138-1234-3321", 0, RC_INVALID }, { "phone", "x", 0, RC_INVALID },
		{ "idnumber", "11010519491231002X", 0, RC_OK }, { "idnumber", "11010519491231002x", 0, RC_INVALID },
		{ "yesno", NULL, 1, RC_OK }, { "yesno", NULL, 2, RC_INVALID },
		{ "pick", NULL, 5, RC_OK }, { "pick", NULL, -5, RC_OK }, { "pick", NULL, 0, RC_INVALID }, { "pick", "5", 0, RC_INVALID },
	};
	const struct fixture *x = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct field *f = form_field(x->form, cases[i].field);
		struct value v = { 0 };
		struct err e = { 0 };

		if (cases[i].text)
			value_set_text(&v, cases[i].text);
		else
			value_set_number(&v, cases[i].number);
		assert_int_equal(field_check(f, &v, &e), cases[i].want);
		if (cases[i].want != RC_OK)
			assert_string_equal(e.field, f->name);
		value_clear(&v);
	}
}

static void a_required_field_must_be_filled(void **state)
{
	const struct fixture *x = *state;
	struct value none = { 0 };
	struct err e = { 0 };

	assert_int_equal(field_check(form_field(x->form, "pick"), &none, &e), RC_INVALID);
	assert_string_equal(e.field, "pick");
	assert_string_equal(e.text, "请填写「别人」");
	assert_int_equal(field_check(form_field(x->form, "text"), &none, &e), RC_OK);
}

static void values_are_shown_as_people_read_them(void **state)
{
	static const struct { const char *field, *text; int64_t number; const char *typed, *shown, *masked; } cases[] = {
		{ "text", "漏水", 0, "漏水", "漏水", "漏水" }, { "note", "一\n二", 0, "一\n二", "一\n二", "一\n二" },
		{ "int", NULL, 3, "3", "3 户", "3 户" }, { "money", NULL, 1250, "12.50", "￥12.50", "￥12.50" },
		{ "money", NULL, 5000000, "50000.00", "￥50,000.00", "￥50,000.00" },
		{ "date", NULL, 20781, "2026-11-24", "2026-11-24", "2026-11-24" }, { "time", NULL, 570, "09:30", "09:30", "09:30" },
		{ "code", "property.leak", 0, "property.leak", "物业·漏水", "物业·漏水" }, { "code", "green", 0, "green", "环境", "环境" },
		{ "code", "unknown", 0, "unknown", "unknown", "unknown" }, { "codes", "alone aged", 0, "alone aged", "独居、高龄", "独居、高龄" },
		{ "phone", "13812343321", 0, "13812343321", "13812343321", "138****3321" },
		{ "idnumber", "11010519491231002X", 0, "11010519491231002X", "11010519491231002X", "110105********002X" },
		{ "leader_name", "王秀英", 0, "王秀英", "王秀英", "王**" },
		{ "yesno", NULL, 1, "是", "是", "是" }, { "yesno", NULL, 0, "否", "否", "否" }, { "pick", NULL, 12345678901, "12345678901", "", "" },
	};
	const struct fixture *x = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct field *f = form_field(x->form, cases[i].field);
		AUTO_STRBUF typed = { 0 };
		AUTO_STRBUF shown = { 0 };
		AUTO_STRBUF masked = { 0 };
		struct value v = { 0 };

		if (cases[i].text)
			value_set_text(&v, cases[i].text);
		else
			value_set_number(&v, cases[i].number);
		field_typed(f, &v, &typed);
		field_show(f, &v, false, &shown);
		field_show(f, &v, true, &masked);
		assert_string_equal(strbuf_str(&typed), cases[i].typed);
		assert_string_equal(strbuf_str(&shown), cases[i].shown);
		assert_string_equal(strbuf_str(&masked), cases[i].masked);
		value_clear(&v);
	}
}

static void no_value_shows_nothing(void **state)
{
	const struct fixture *x = *state;
	struct value none = { 0 };
	AUTO_STRBUF out = { 0 };

	for (size_t i = 0; i < x->form->n; i++) {
		field_typed(&x->form->fields[i], &none, &out);
		field_show(&x->form->fields[i], &none, true, &out);
	}
	assert_string_equal(strbuf_str(&out), "");
}

static void other_sensitive_values_are_hidden_whole(void **state)
{
	const struct fixture *x = *state;
	struct field f = *form_field(x->form, "date");
	struct value v = { 0 };
	AUTO_STRBUF out = { 0 };

	f.sensitive = true;
	value_set_number(&v, 20781);
	field_show(&f, &v, true, &out);
	assert_string_equal(strbuf_str(&out), "****");
}

/* Typed again, a value is the same: for every day, minute and amount, and every code. */
static void what_field_typed_gives_is_parsed_to_the_same_value(void **state)
{
	static const struct { const char *field; int64_t first, last, step; } cases[] = {
		{ "int", -5, 100, 1 }, { "money", 50, 5000000, 997 }, { "date", -25567, 84005, 31 }, { "time", 0, 1439, 1 }, { "yesno", 0, 1, 1 },
	};
	const struct fixture *x = *state;
	const struct field *code = form_field(x->form, "code");

	for (size_t i = 0; i < COUNT(cases); i++) {
		for (int64_t n = cases[i].first; n <= cases[i].last; n += cases[i].step) {
			const struct field *f = form_field(x->form, cases[i].field);
			struct value v = { 0 }, back = { 0 };
			struct err e = { 0 };
			AUTO_STRBUF typed = { 0 };

			value_set_number(&v, n);
			field_typed(f, &v, &typed);
			assert_int_equal(field_parse(f, strbuf_str(&typed), 0, &back, &e), RC_OK);
			assert_true(value_equal(&v, &back));
		}
	}
	for (size_t i = 0; i < code->codes->n; i++) {
		struct value back = { 0 };
		struct err e = { 0 };

		assert_int_equal(field_parse(code, code->codes->codes[i].code, 0, &back, &e), RC_OK);
		assert_string_equal(value_text(&back), code->codes->codes[i].code);
		value_clear(&back);
	}
}

static bool is_shown(const struct fixture *x, const char *name, const struct value *values)
{
	return field_is_shown(x->form, form_field(x->form, name), values);
}

static void fields_are_shown_when_others_say_so(void **state)
{
	const struct fixture *x = *state;
	struct value *values = mem_alloc(x->form->n * sizeof *values);
	struct value *code = &values[form_field_index(x->form, form_field(x->form, "code"))];
	struct value *tags = &values[form_field_index(x->form, form_field(x->form, "codes"))];
	struct value *yesno = &values[form_field_index(x->form, form_field(x->form, "yesno"))];
	struct value *when_yes = &values[form_field_index(x->form, form_field(x->form, "when_yes"))];

	assert_true(is_shown(x, "text", values));
	assert_false(is_shown(x, "when_leak", values));
	assert_false(is_shown(x, "when_no", values));             /* no answer is not a no */
	value_set_text(code, "property");
	assert_false(is_shown(x, "when_leak", values));
	value_set_text(code, "property.leak");
	assert_true(is_shown(x, "when_leak", values));
	value_set_text(code, "green.other");                      /* below a code that is named */
	assert_true(is_shown(x, "when_leak", values));
	value_set_text(code, "greenery");
	assert_false(is_shown(x, "when_leak", values));
	value_set_number(yesno, 0);
	assert_true(is_shown(x, "when_no", values));
	value_set_number(yesno, 1);
	assert_false(is_shown(x, "when_no", values));

	value_set_number(when_yes, 1);
	assert_false(is_shown(x, "when_when", values));           /* the field it depends on is hidden itself */
	value_set_text(tags, "empty aged");
	assert_true(is_shown(x, "when_yes", values));
	assert_true(is_shown(x, "when_when", values));
	value_set_text(tags, "empty");
	assert_false(is_shown(x, "when_when", values));
	for (size_t i = 0; i < x->form->n; i++)
		value_clear(&values[i]);
	mem_free_pointer(&values);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typed_text_becomes_values),
		cmocka_unit_test(blank_text_is_no_value),
		cmocka_unit_test(what_cannot_be_is_refused_at_the_field),
		cmocka_unit_test(a_huge_input_is_refused),
		cmocka_unit_test(values_from_elsewhere_are_checked),
		cmocka_unit_test(a_required_field_must_be_filled),
		cmocka_unit_test(values_are_shown_as_people_read_them),
		cmocka_unit_test(no_value_shows_nothing),
		cmocka_unit_test(other_sensitive_values_are_hidden_whole),
		cmocka_unit_test(what_field_typed_gives_is_parsed_to_the_same_value),
		cmocka_unit_test(fields_are_shown_when_others_say_so),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, setup, teardown);
}
