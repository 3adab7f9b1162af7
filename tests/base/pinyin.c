/* Pinyin: readings of names, and what finds them. */
#include "base/pinyin.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "test.h"

static void names_are_read_as_surnames_are(void **state)
{
	static const struct { const char *name, *pinyin, *initials; } cases[] = {
		{ "王秀英", "wang xiu ying", "wxy" }, { "曾国藩", "zeng guo fan", "zgf" }, { "单田芳", "shan tian fang", "stf" },
		{ "解晓东", "xie xiao dong", "xxd" }, { "仇英", "qiu ying", "qy" }, { "朴树", "piao shu", "ps" }, { "翟志刚", "zhai zhi gang", "zzg" },
		{ "查良镛", "zha liang yong", "zly" }, { "尉迟恭", "yu chi gong", "ycg" }, { "单于", "chan yu", "cy" }, { "区志明", "ou zhi ming", "ozm" },
		{ "盖叫天", "ge jiao tian", "gjt" }, { "乐嘉", "yue jia", "yj" }, { "缪荣", "miao rong", "mr" }, { "卜算", "bu suan", "bs" },
		{ "万俟卨", "mo qi xie", "mqx" }, { "欧阳修", "ou yang xiu", "oyx" }, { "长孙无忌", "zhang sun wu ji", "zswj" },
		{ "吕布", "lv bu", "lb" }, { "任我行", "ren wo xing", "rwx" }, { "黑石", "he shi", "hs" }, { "单单", "shan dan", "sd" },
		{ "阿卜杜拉·买买提", "a bo du la mai mai ti", "abdlmmt" }, { "Ｔom 李", "tom li", "toml" }, { "3幢2单元", "3 zhuang 2 dan yuan", "3z2dy" },
		{ "", "", "" }, { "  ", "", "" }, { "\U00020BB7野", "\U00020BB7 ye", "\U00020BB7y" }, { "\uE86C二", "\uE86C er", "\uE86Ce" },
		{ "〇", "ling", "l" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_STRBUF pinyin = { 0 };
		AUTO_STRBUF initials = { 0 };

		pinyin_name(&pinyin, cases[i].name);
		pinyin_initials(&initials, cases[i].name);
		assert_string_equal(strbuf_str(&pinyin), cases[i].pinyin);
		assert_string_equal(strbuf_str(&initials), cases[i].initials);
	}
}

static void appending_keeps_what_is_there(void **state)
{
	AUTO_STRBUF out = { 0 };

	(void)state;
	strbuf_add(&out, "[");
	pinyin_name(&out, "王五");
	strbuf_add(&out, "][");
	pinyin_initials(&out, "单五");
	assert_string_equal(strbuf_str(&out), "[wang wu][sw");
}

static void whatever_people_type_finds_the_name(void **state)
{
	static const struct { const char *query, *text; bool match; } cases[] = {
		{ "zs", "张三", true }, { "zhs", "张三", true }, { "zhangs", "张三", true }, { "张s", "张三", true }, { "zsan", "张三", true },
		{ "zhangsan", "张三", true }, { "z", "张三", true }, { "张", "张三", true }, { "zhang三", "张三", true }, { "zhan", "张三", true },
		{ "ZS", "张三", true }, { "ｚｓ", "张三", true }, { "zhang san", "张三", true }, { "", "张三", true }, { "", "", true },
		{ "zgf", "曾国藩", true }, { "cgf", "曾国藩", true }, { "zengguofan", "曾国藩", true },
		{ "ycg", "尉迟恭", true }, { "wcg", "尉迟恭", true }, { "hs", "黑石", true }, { "heis", "黑石", true },
		{ "lv", "吕布", true }, { "lü", "吕布", true }, { "lüb", "吕布", true }, { "LÜB", "吕布", true }, { "lvbu", "吕布", true },
		{ "xian", "西安", true }, { "xi'an", "西安", true }, { "xian", "先", true }, { "fangan", "方案", true }, { "fanga", "反感", true }, { "fangb", "反感", false },
		{ "abdlmmt", "阿卜杜拉·买买提", true }, { "adul", "阿都拉", true }, { "买买提", "阿里·买买提", false }, { "阿里买", "阿里·买买提", true },
		{ "阿里·买", "阿里·买买提", true }, { "3z2dy", "3幢2单元", true }, { "3幢2", "3幢2单元", true }, { "３幢", "3幢2单元", true },
		{ "3-2", "3-2-501", true },
		{ "zl", "张三", false }, { "s", "张三", false }, { "zsx", "张三", false }, { "zhangsanx", "张三", false }, { "李", "张三", false },
		{ "三", "张三", false }, { "a", "", false }, { "v", "吕布", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(pinyin_match(cases[i].query, cases[i].text), cases[i].match);
}

static void a_query_is_found_anywhere(void **state)
{
	static const struct { const char *query, *text; bool found; } cases[] = {
		{ "s", "张三", true }, { "三", "张三", true }, { "ls", "3幢2单元漏水", true }, { "loushui", "3幢2单元漏水", true },
		{ "2dy", "3幢2单元漏水", true }, { "漏s", "3幢2单元漏水", true }, { "mmt", "阿里·买买提", true }, { "cq", "重庆", true },
		{ "zq", "重庆", true }, { "", "", true }, { "x", "", false }, { "ld", "3幢2单元漏水", false }, { "水x", "3幢2单元漏水", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(pinyin_find(cases[i].query, cases[i].text), cases[i].found);
}

/* Every beginning of every syllable, mixed with Han, must match the name that it was taken from. */
static void every_way_of_shortening_matches(void **state)
{
	static const char *const han[] = { "曾", "国", "藩" }, *const syllables[] = { "zeng", "guo", "fan" };

	(void)state;
	for (int a = 0; a <= 4; a++)
		for (int b = 0; b <= 3; b++)
			for (int c = 0; c <= 3; c++) {
				AUTO_STRBUF query = { 0 };
				const int n[] = { a, b, c };

				for (int i = 0; i < 3; i++) {
					if (n[i] == 0)
						strbuf_add(&query, han[i]);
					else
						strbuf_add_n(&query, syllables[i], (size_t)n[i]);
				}
				assert_true(pinyin_match(strbuf_str(&query), "曾国藩"));
			}
}

/* The worst text for a matcher that tries all ways: without its memory this takes longer than anybody waits. */
static void hostile_texts_and_queries_take_no_time(void **state)
{
	AUTO_STRBUF text = { 0 };
	AUTO_STRBUF query = { 0 };
	AUTO_STRBUF dots = { 0 };

	(void)state;
	for (int i = 0; i < 200; i++)
		strbuf_add(&text, "和谐");
	for (int i = 0; i < 20; i++)
		strbuf_add(&query, "hex");
	strbuf_add(&query, "!");
	for (int i = 0; i < 500; i++)
		strbuf_add(&dots, "···");
	for (int i = 0; i < 200; i++) {
		assert_false(pinyin_find(strbuf_str(&query), strbuf_str(&text)));
		assert_false(pinyin_match("王x", strbuf_str(&dots)));
	}
	assert_false(pinyin_match("\xFF", "王"));
	assert_false(pinyin_match("w\xFF", "王"));
	assert_true(pinyin_match("w", "王\xFF"));
	assert_false(pinyin_find("王", "\xE7\x8E"));
}

static void a_query_longer_than_any_name_matches_nothing(void **state)
{
	AUTO_STRBUF text = { 0 };

	(void)state;
	for (int i = 0; i < 64; i++)
		strbuf_add(&text, "王");
	assert_true(pinyin_match(strbuf_str(&text), strbuf_str(&text)));
	strbuf_add(&text, "王");
	assert_false(pinyin_match(strbuf_str(&text), strbuf_str(&text)));
	assert_false(pinyin_find(strbuf_str(&text), strbuf_str(&text)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_read_as_surnames_are),
		cmocka_unit_test(appending_keeps_what_is_there),
		cmocka_unit_test(whatever_people_type_finds_the_name),
		cmocka_unit_test(a_query_is_found_anywhere),
		cmocka_unit_test(every_way_of_shortening_matches),
		cmocka_unit_test(hostile_texts_and_queries_take_no_time),
		cmocka_unit_test(a_query_longer_than_any_name_matches_nothing),
	};

	text_locale_init();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
