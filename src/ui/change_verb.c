/* What a use case is called where people read the journal. tests/lint/verbs.py sees to it that every verb of the source has its words here. */
#include "ui/change_text.h"

#include <string.h>

#include "base/mem.h"
#include "domain/issue_flow.h"

#define UNDO "undo "                  /* … and the number of what was undone */

/* In the order of the alphabet. Steps of issues have theirs in the table of transitions. */
static const struct {
	const char *verb, *text;
} verbs[] = {
	{ "account.add", "新增账号" },
	{ "account.disable", "停用账号" },
	{ "account.enable", "启用账号" },
	{ "account.grids", "改账号的网格" },
	{ "account.login", "登录" },
	{ "account.logout", "退出" },
	{ "account.password", "改密码" },
	{ "account.rehash", "更新密码的保存方式" },
	{ "account.role", "改账号的角色" },
	{ "account.save", "保存账号" },
	{ "account.try", "登录未成功" },
	{ "account.unlock", "解锁账号" },
	{ "agenda.again", "再议" },
	{ "agenda.merge", "合并议题" },
	{ "agenda.part", "登记利害关系方、备选方案" },
	{ "agenda.part.delete", "删去利害关系方、备选方案" },
	{ "agenda.save", "保存议题" },
	{ "agenda.split", "拆分议题" },
	{ "agenda.withdraw", "撤销议题" },
	{ "check", "检查数据库" },
	{ "clock.confirm", "核对时钟" },
	{ "decision.approve", "批准决议" },
	{ "decision.carry_out", "执行决议" },
	{ "decision.notice", "登记公示" },
	{ "decision.objection", "登记异议" },
	{ "decision.objection.handle", "处理异议" },
	{ "decision.part.delete", "删去任务、协同方、公示" },
	{ "decision.partner", "登记协同方" },
	{ "decision.return", "退回决议" },
	{ "decision.save", "保存决议" },
	{ "decision.submit", "提交决议" },
	{ "decision.task", "登记决议的任务" },
	{ "demo.community", "演示数据" },
	{ "demo.disputes", "演示数据" },
	{ "demo.issues", "演示数据" },
	{ "demo.meetings", "演示数据" },
	{ "demo.people", "演示数据" },
	{ "demo.places", "演示数据" },
	{ "household.save", "保存住户" },
	{ "issue.edit", "修改事项" },
	{ "issue.raise", "登记事项" },
	{ "issue.support", "附议" },
	{ "meeting.amend", "更正纪要" },
	{ "meeting.announce", "登记会议通知" },
	{ "meeting.ballot", "记表决" },
	{ "meeting.begin", "会议开始" },
	{ "meeting.cancel", "取消会议" },
	{ "meeting.confirm", "确认纪要" },
	{ "meeting.end", "会议结束" },
	{ "meeting.invite", "邀请参会人" },
	{ "meeting.minutes", "写纪要" },
	{ "meeting.move", "调整议程次序" },
	{ "meeting.opinion", "记意见" },
	{ "meeting.recuse", "记回避" },
	{ "meeting.save", "保存会议" },
	{ "meeting.schedule", "议题排上议程" },
	{ "meeting.settle", "议题作结" },
	{ "meeting.sign", "签到" },
	{ "meeting.slot", "修改议程" },
	{ "meeting.uninvite", "去掉参会人" },
	{ "meeting.unrecuse", "取消回避" },
	{ "meeting.unschedule", "议题撤下议程" },
	{ "meeting.walkin", "登记到会的人" },
	{ "office.create", "建立社区" },
	{ "resident.import", "导入居民" },
	{ "resident.merge", "合并居民" },
	{ "resident.save", "保存居民" },
	{ "reveal", "查看完整号码" },
	{ "store.demo", "标记演示数据" },
	{ "store.desk", "改工位名称" },
	{ "store.rebuild", "重算派生数据" },
};

/* The program's own verbs for any form: FORM.save. */
static const struct {
	const char *ending, *text;
} of_forms[] = {
	{ ".save", "保存" }, { ".delete", "删除" }, { ".restore", "恢复" },
};

static bool add_of_form(const struct office *of, const char *verb, struct strbuf *out)
{
	const char *ending = strrchr(verb, '.');

	for (size_t i = 0; ending && i < COUNT(of_forms); i++) {
		AUTO_FREE char *name = mem_copy_n(verb, (size_t)(ending - verb));
		const struct form *form = form_find(of->forms, name);

		if (form == NULL || strcmp(ending, of_forms[i].ending) != 0)
			continue;
		strbuf_format(out, "%s%s", of_forms[i].text, form->title);
		return true;
	}
	return false;
}

void change_verb(const struct office *of, const char *verb, struct strbuf *out)
{
	const char *transition = transition_verb_label(verb);

	if (transition) {
		strbuf_add(out, transition);
		return;
	}
	for (size_t i = 0; i < COUNT(verbs); i++)
		if (strcmp(verbs[i].verb, verb) == 0) {
			strbuf_add(out, verbs[i].text);
			return;
		}
	if (strncmp(verb, UNDO, sizeof UNDO - 1) == 0)
		strbuf_add(out, "撤销");
	else if (!add_of_form(of, verb, out))
		strbuf_add(out, "其他操作");
}
