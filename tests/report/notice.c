/* 公示, read back out of its PDF: what hangs on a wall, and what must not. */
#include "report/paper.h"

#include <stdlib.h>

#include "base/day.h"
#include "sample.h"
#include "test.h"

static char *read_notice(struct sample *s)
{
	AUTO_PAPER *p = paper_of_notice(&s->of, &s->d, &s->notice);
	AUTO_FREE char *path = sample_path(s, "notice.pdf");
	struct err e = { 0 };

	assert_ok(paper_pdf(p, "", path, true, &e));
	return sample_read(PDF_TEXT, path, true);
}

static void a_notice_says_what_was_decided_and_how_to_object(void **state)
{
	static const char *const wanted[] = {
		"关于3幢加装电梯的公示", "经协商议事（会议编号HY-20261128-001）形成决议（编号JY-20261128-001）", "一、决议内容同意3幢加装电梯。费用按楼层分摊，一楼不出。",
		"二、责任主体责任主体：社区；责任人：陈晓。", "三、经费经费：￥123,456.00；来源：友邻基金。", "四、协同方", "平湖慈善分会", "补助两万元2026年12月13日",
		"五、任务和期限", "签加装合同社区陈晓2026年12月23日", "挪管线社会组织安居物业2027年1月22日",
		"公示期：2026年11月29日至2026年12月6日。公示地点：小区公告栏。", "生效日期：2026年12月7日。", "图纸在物业处可看。",
		"向西林寺社区居民委员会（地址：西林路1号）当面或者书面提出", "西林寺社区居民委员会（盖章）2026年11月29日", "第1页，共1页",
	};
	AUTO_FREE char *text = read_notice(*state);

	for (size_t i = 0; i < COUNT(wanted); i++)
		assert_has(text, wanted[i]);
	assert_has_not(text, "草稿");
}

static void who_objected_never_hangs_on_a_wall(void **state)
{
	AUTO_FREE char *text = read_notice(*state);

	assert_has_not(text, "钱多多");
	assert_has_not(text, "13800001111");
	assert_has_not(text, "不同意分摊");
}

static void a_decision_without_approval_says_that_it_must_not_hang(void **state)
{
	struct sample *s = *state;

	for (enum decision_state d = 0; d < DECISION_STATE_COUNT; d++) {
		AUTO_FREE char *text = NULL;

		s->d.state = d;
		text = read_notice(s);
		assert_int_equal(strstr(text, "草稿：决议还没有批准，不能张贴") != NULL, d != DECISION_APPROVED);
	}
}

static void what_is_not_said_leaves_no_empty_heading(void **state)
{
	struct sample *s = *state;
	AUTO_FREE char *text = NULL;

	s->d.n_partners = s->d.n_tasks = 0;
	s->d.owner = s->d.party = s->d.source = s->d.item = s->d.meeting = "";
	s->d.no_action = "只作约定，没有要办的事";
	s->d.cost_fen = -1;
	s->d.effective_day = DAY_NONE;
	s->notice.note = "";
	s->of.community.address = (char *)"";
	text = read_notice(s);
	assert_has(text, "关于JY-20261128-001的公示");
	assert_has(text, "经协商议事形成决议");
	assert_has(text, "二、任务和期限不需要另行办理：只作约定，没有要办的事");
	assert_has(text, "三、公示期和异议");
	assert_has_not(text, "经费");
	assert_has_not(text, "协同方");
	assert_has_not(text, "生效");
	assert_has_not(text, "地址");
}

static void a_decision_that_costs_nothing_says_so(void **state)
{
	struct sample *s = *state;
	AUTO_FREE char *text = NULL;

	s->d.cost_fen = 0;
	s->d.source = "";
	text = read_notice(s);
	assert_has(text, "经费：不需要经费。");
}

static void the_committee_is_named_as_it_seals(void **state)
{
	static const struct { const char *name, *committee; } cases[] = {
		{ "西林寺社区", "西林寺社区居民委员会（盖章）" }, { "西林寺", "西林寺社区居民委员会（盖章）" }, { "永丰村", "永丰村村民委员会（盖章）" },
		{ "东湖居民委员会", "。东湖居民委员会（盖章）" }, { "东湖居委会", "。东湖居委会（盖章）" },
	};
	struct sample *s = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_FREE char *text = NULL;

		s->of.community.name = (char *)cases[i].name;
		text = read_notice(s);
		assert_has(text, cases[i].committee);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SAMPLE_TEST(a_notice_says_what_was_decided_and_how_to_object),
		SAMPLE_TEST(who_objected_never_hangs_on_a_wall),
		SAMPLE_TEST(a_decision_without_approval_says_that_it_must_not_hang),
		SAMPLE_TEST(what_is_not_said_leaves_no_empty_heading),
		SAMPLE_TEST(a_decision_that_costs_nothing_says_so),
		SAMPLE_TEST(the_committee_is_named_as_it_seals),
	};

	return cmocka_run_group_tests_name("report-notice", tests, NULL, NULL);
}
