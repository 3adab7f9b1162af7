/* A meeting and a decision filled by hand. All people are invented. */
#include "sample.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/day.h"
#include "base/text.h"
#include "test.h"

static const struct {
	const char *name, *category, *represents;
} people[PEOPLE] = {
	{ "王秀英", "resident", "3幢2单元" }, { "李建国", "delegate", "3幢" }, { "张桂兰", "resident", "5幢1单元" }, { "陈志明", "member", "第三党支部" },
	{ "沈阿毛", "owners", "西林小区业委会" }, { "周海燕", "property", "安居物业" }, { "吴国强", "grid", "3-2网格" }, { "郑小红", "staircase", "3幢楼组" },
	{ "冯一鸣", "organisation", "邻里互助会" }, { "褚文君", "social_worker", "" }, { "卫东升", "unit", "西林小学" }, { "蒋美芳", "merchant", "沿街商户" },
};

static void fill_people(struct sample *s)
{
	for (size_t i = 0; i < PEOPLE; i++)
		s->attendees[i] = (struct meeting_attendee){ .id = (int64_t)i + 1, .name = people[i].name, .category = people[i].category,
			.represents = people[i].represents, .invited = i != 11, .present_at = i == 10 ? 0 : instant_of_day(20785, 575) };
}

static void fill_slots(struct sample *s)
{
	s->opinions[0] = (struct meeting_opinion){ .name = "王秀英", .stance = "oppose", .text = "一楼采光受影响，补偿要先谈清楚。" };
	s->opinions[1] = (struct meeting_opinion){ .name = "李建国", .stance = "support", .text = "老人上下楼不便，越早装越好。" };
	s->opinions[2] = (struct meeting_opinion){ .name = "周海燕", .stance = "suggest", .text = "停车位重新画线，消防通道不能占。" };
	s->recusal = (struct meeting_recusal){ .name = "周海燕", .reason = "所在物业公司参加电梯维保报价" };
	s->ballots[0] = (struct meeting_ballot){ .alternative = "由电梯公司统一加装，费用按楼层分摊", .teller = "郑小红", .supervisor = "陈志明", .passed = true,
		.count = { .way = BALLOT_PAPER, .rule = BALLOT_DOUBLE, .present = 11, .for_n = 8, .against_n = 1, .abstain_n = 1, .recused_n = 1,
		           .all_households = 24, .for_households = 18, .against_households = 2, .all_area = 2160, .for_area = 1620, .against_area = 180 } };
	s->ballots[1] = (struct meeting_ballot){ .alternative = "", .teller = "冯一鸣", .supervisor = "褚文君", .passed = false,
		.count = { .way = BALLOT_HAND, .rule = BALLOT_MAJORITY, .present = 11, .for_n = 5, .against_n = 4, .abstain_n = 2 } };
	s->slots[0] = (struct meeting_slot){ .position = 1, .number = "YT-20261120-001", .title = "3幢加装电梯", .note = "涉及24户。", .property = true,
		.outcome = SLOT_PASSED, .decision = "JY-20261128-001", .recusals = &s->recusal, .n_recusals = 1, .opinions = s->opinions, .n_opinions = 2,
		.ballots = &s->ballots[0], .n_ballots = 1 };
	s->slots[1] = (struct meeting_slot){ .position = 2, .number = "YT-20261120-002", .title = "东侧停车位改单行", .note = "", .outcome = SLOT_FAILED,
		.decision = "", .opinions = &s->opinions[2], .n_opinions = 1, .ballots = &s->ballots[1], .n_ballots = 1 };
	s->slots[2] = (struct meeting_slot){ .position = 3, .number = "YT-20261121-003", .title = "楼道灯改感应灯", .note = "", .outcome = SLOT_UNREACHED,
		.decision = "" };
}

static void fill_meeting(struct sample *s)
{
	s->amendment = (struct meeting_amendment){ .text = "第一项的弃权应记1票，原记2票。", .reason = "抄写有误", .who = "陈晓", .at = instant_of_day(20788, 600) };
	s->m = (struct meeting){
		.number = "HY-20261128-001", .title = "西林小区协商议事会", .kind = "council", .level = "station", .place = "友邻站二楼会议室", .host = "赵书记",
		.recorder = "陈晓", .basis = "residents", .grid = "", .minutes = "会议由赵书记主持。\n三项议题议了两项，第三项没有议到，退回议题池。", .confirmer = "赵书记",
		.day = 20785, .announced_day = 20781, .begin_min = 570, .end_min = 660, .begun_at = instant_of_day(20785, 572),
		.ended_at = instant_of_day(20785, 665), .confirmed_at = instant_of_day(20786, 540), .status = MEETING_CONFIRMED, .expected = 12, .present = 11,
		.quorum = { .name = "default", .label = "应到人数过半", .numerator = 1, .denominator = 2, .more_than = true, .least = 3 },
		.attendees = s->attendees, .n_attendees = PEOPLE, .slots = s->slots, .n_slots = 3, .amendments = &s->amendment, .n_amendments = 1,
	};
}

static void fill_decision(struct sample *s)
{
	s->partner = (struct decision_partner){ .party = "charity", .name = "平湖慈善分会", .promise = "补助两万元", .promised_day = 20800 };
	s->tasks[0] = (struct decision_task){ .title = "签加装合同", .party = "community", .owner = "陈晓", .due_day = 20810 };
	s->tasks[1] = (struct decision_task){ .title = "挪管线", .party = "organisation", .owner = "安居物业", .due_day = 20840 };
	s->objection = (struct decision_objection){ .name = "钱多多", .text = "不同意分摊，我家电话13800001111", .state = "open", .handling = "", .handler = "" };
	s->notice = (struct decision_notice){ .from_day = 20786, .to_day = 20793, .place = "小区公告栏", .note = "图纸在物业处可看。",
		.objections = &s->objection, .n_objections = 1 };
	s->d = (struct decision){
		.number = "JY-20261128-001", .item = "3幢加装电梯", .item_number = "YT-20261120-001", .meeting = "HY-20261128-001", .party = "community",
		.text = "同意3幢加装电梯。\n费用按楼层分摊，一楼不出。", .owner = "陈晓", .source = "fund", .no_action = "", .author = "陈晓", .approver = "赵书记",
		.approved_note = "", .cost_fen = 12345600, .effective_day = 20794, .state = DECISION_APPROVED, .open_objections = 1, .partners = &s->partner,
		.n_partners = 1, .tasks = s->tasks, .n_tasks = 2, .notices = &s->notice, .n_notices = 1,
	};
}

int sample_setup(void **state)
{
	struct sample *s = mem_alloc(sizeof *s);
	struct err e = { 0 };

	text_locale_init();
	snprintf(s->folder, sizeof s->folder, "/tmp/youlin-report-XXXXXX");
	if (!mkdtemp(s->folder) || form_set_load(&s->of.forms, YL_SOURCE_DIR "/forms", "", &e) != RC_OK)
		return -1;
	s->of.community = (struct community){ .name = (char *)"西林寺社区", .street = (char *)"当湖街道", .address = (char *)"西林路1号" };
	fill_people(s);
	fill_slots(s);
	fill_meeting(s);
	fill_decision(s);
	*state = s;
	return 0;
}

static void remove_files(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)) != NULL) {
		AUTO_FREE char *path = mem_format("%s/%s", folder, entry->d_name);

		if (entry->d_type == DT_REG)
			unlink(path);
	}
	if (dir)
		closedir(dir);
}

int sample_teardown(void **state)
{
	struct sample *s = *state;
	int rc;

	remove_files(s->folder);
	rc = rmdir(s->folder);             /* fails where a folder was left behind */
	form_set_free(s->of.forms);
	arena_clear(&s->arena);
	free(s);
	return rc;
}

char *sample_path(const struct sample *s, const char *name)
{
	return mem_format("%s/%s", s->folder, name);
}

char *sample_read(const char *command, const char *path, bool dense)
{
	AUTO_FREE char *line = mem_format("%s '%s'%s", command, path, strcmp(command, PDF_TEXT) == 0 ? " -" : "");
	FILE *from = popen(line, "r");
	AUTO_STRBUF out = { 0 };
	int c, status;

	assert_non_null(from);
	while ((c = fgetc(from)) != EOF)
		if (!dense || (c != ' ' && c != '\n'))
			strbuf_add_char(&out, (char)c);
	status = pclose(from);
	if (status != 0)
		fail_msg("%s: status %d (poppler-utils installed?)", line, status);
	return strbuf_take(&out);
}
