/* 协商议事记录表, read back out of its PDF. */
#include "report/paper.h"

#include <stdlib.h>

#include "sample.h"
#include "test.h"

/* All that a reader of the PDF finds, without blanks: a text that was wrapped is found whole unless it stands beside another. */
static char *read_minutes(struct sample *s)
{
	AUTO_PAPER *p = paper_of_minutes(&s->of, &s->m);
	AUTO_FREE char *path = sample_path(s, "minutes.pdf");
	struct err e = { 0 };

	assert_ok(paper_pdf(p, "", path, true, &e));
	return sample_read(PDF_TEXT, path, true);
}

static void everything_that_was_recorded_is_on_paper(void **state)
{
	static const char *const wanted[] = {
		"协商议事记录表", "西林寺社区居民委员会", "HY-20261128-001", "西林小区协商议事会", "形式议事会", "层级友邻站", "2026年11月28日09:30至11:00（实际09:32至11:05）", "友邻站二楼会议室", "主持人赵书记", "记录人陈晓", "召集依据居民联名提议", "通知日期2026年11月24日", "应到12人", "实到11人",
		"应到人数过半：需要7人，已达到", "纪要已确认：2026年11月29日09:00赵书记",
		"1王秀英居民3幢2单元到会", "11卫东升驻区单位西林小学未到", "12蒋美芳商户沿街商户到会（未邀请）",
		"议题1：3幢加装电梯（YT-20261120-001）", "涉及24户。", "王秀英反对一楼采光受影响，补偿要先谈清楚。", "李建国赞成老人上下楼不便，越早装越好。",
		"周海燕所在物业公司参加电梯维保报价", "表决1由电梯公司统一加装，费用按楼层分摊", "方式票决规则户数和面积双过半",
		"参加赞成反对弃权回避废票1181110", "户数（户）241820", "面积（平方米）216016201800", "计票人郑小红监票人陈志明",
		"表决结果通过（参与表决20户1800平方米，", "结果通过，决议编号JY-20261128-001",
		"议题2：东侧停车位改单行", "周海燕建议停车位重新画线，消防通道不能占。", "表决1议题本身", "方式举手规则实到过半数", "参加赞成反对弃权回避废票1154200",
		"表决结果不通过（赞成5票，没有超过有表决权的11人的一半（要6票））", "结果未通过", "议题3：楼道灯改感应灯", "结果未议到",
		"会议由赵书记主持。", "三项议题议了两项，第三项没有议到，退回议题池。",
		"更正12026年12月1日10:00陈晓，理由：抄写有误", "第一项的弃权应记1票，原记2票。",
		"主持人（签字）：", "记录人（签字）：", "参会代表（签字）：", "第1页，共",
	};
	AUTO_FREE char *text = read_minutes(*state);

	for (size_t i = 0; i < COUNT(wanted); i++)
		assert_has(text, wanted[i]);
}

static void every_name_of_the_twelve_is_there(void **state)
{
	struct sample *s = *state;
	AUTO_FREE char *text = read_minutes(s);

	for (size_t i = 0; i < PEOPLE; i++)
		assert_has(text, s->attendees[i].name);
}

static void what_was_not_recorded_is_said_or_left_out(void **state)
{
	struct sample *s = *state;
	AUTO_FREE char *text = NULL;

	s->m = (struct meeting){
		.number = "HY-20261201-002", .title = "", .kind = "", .level = "", .place = "", .host = "", .recorder = "", .basis = "", .grid = "",
		.minutes = "", .confirmer = "", .day = 20785, .announced_day = INT32_MIN, .begin_min = 570, .end_min = 660, .status = MEETING_DRAFT,
		.quorum = { .label = "到会三人以上", .numerator = 0, .denominator = 1, .least = 3 },
	};
	text = read_minutes(s);
	assert_has(text, "没有通知");
	assert_has(text, "需要3人，会议还没有开始");
	assert_has(text, "筹备，纪要没有确认");
	assert_has(text, "没有登记参会人。");
	assert_has(text, "没有安排议题。");
	assert_has(text, "还没有写纪要。");
	assert_has_not(text, "更正");
	assert_has_not(text, "实际");
}

static void too_few_came_is_said(void **state)
{
	struct sample *s = *state;
	AUTO_FREE char *text = NULL;

	s->m.present = 6;
	text = read_minutes(s);
	assert_has(text, "需要7人，没有达到");
}

static void an_unknown_code_stands_as_it_is(void **state)
{
	struct sample *s = *state;
	AUTO_FREE char *text = NULL;

	s->m.kind = "picnic";
	text = read_minutes(s);
	assert_has(text, "形式picnic");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SAMPLE_TEST(everything_that_was_recorded_is_on_paper),
		SAMPLE_TEST(every_name_of_the_twelve_is_there),
		SAMPLE_TEST(what_was_not_recorded_is_said_or_left_out),
		SAMPLE_TEST(too_few_came_is_said),
		SAMPLE_TEST(an_unknown_code_stands_as_it_is),
	};

	return cmocka_run_group_tests_name("report-minutes", tests, NULL, NULL);
}
