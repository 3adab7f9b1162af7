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
	{ "account.person", "登记账号本人" },
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
	{ "attendance.approve", "核定服务时长" },
	{ "attendance.approve_day", "核定一天的服务时长" },
	{ "attendance.extra", "补记服务" },
	{ "attendance.extra.delete", "删除补记的服务" },
	{ "attendance.mark", "志愿者签到" },
	{ "attendance.save", "改签到的时间" },
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
	{ "demo.canteen", "演示数据" },
	{ "demo.community", "演示数据" },
	{ "demo.disputes", "演示数据" },
	{ "demo.issues", "演示数据" },
	{ "demo.meetings", "演示数据" },
	{ "demo.people", "演示数据" },
	{ "demo.places", "演示数据" },
	{ "demo.rosters", "演示数据" },
	{ "demo.volunteers", "演示数据" },
	{ "diner.block", "登记不上门的志愿者" },
	{ "diner.delete", "删除就餐老人" },
	{ "diner.part.delete", "删去用餐计划、暂停、不上门" },
	{ "diner.pause", "登记暂停用餐" },
	{ "diner.plan", "登记用餐计划" },
	{ "diner.restore", "恢复就餐老人" },
	{ "diner.save", "保存就餐老人" },
	{ "diner.step", "改就餐状态" },
	{ "gap.call", "记找人的电话" },
	{ "household.save", "保存住户" },
	{ "issue.edit", "修改事项" },
	{ "issue.raise", "登记事项" },
	{ "issue.support", "附议" },
	{ "meal.close", "一餐关账" },
	{ "meal.reopen", "重新开账" },
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
	{ "menu.copy", "复制一周的菜单" },
	{ "menu.dish", "菜单加菜" },
	{ "menu.dish.remove", "菜单去掉菜" },
	{ "menu.sample", "登记留样" },
	{ "menu.save", "保存菜单" },
	{ "office.create", "建立社区" },
	{ "order.add", "临时加订" },
	{ "order.cancel", "取消订餐" },
	{ "order.change", "修改订餐" },
	{ "order.make", "按用餐计划订餐" },
	{ "order.restore", "恢复订餐" },
	{ "outcome.clear", "撤回送达结果" },
	{ "outcome.fill", "一次登记多份送达结果" },
	{ "outcome.set", "登记送达结果" },
	{ "points.correct", "更正积分" },
	{ "points.expire", "积分到期" },
	{ "points.spend", "兑换积分" },
	{ "proof.issue", "开具志愿服务记录证明" },
	{ "proof.void", "作废志愿服务记录证明" },
	{ "resident.import", "导入居民" },
	{ "resident.merge", "合并居民" },
	{ "resident.save", "保存居民" },
	{ "reveal", "查看完整号码" },
	{ "roster.assign", "排班" },
	{ "roster.confirm", "确认来值班" },
	{ "roster.pin", "固定派班" },
	{ "roster.plan", "接受自动排班" },
	{ "roster.remove", "撤下派班" },
	{ "roster.replace", "换人值班" },
	{ "roster.swap", "两人换班" },
	{ "route.back", "登记送餐回来" },
	{ "route.confirm", "确认送餐线路" },
	{ "route.create", "加送餐线路" },
	{ "route.delete", "删除空线路" },
	{ "route.give", "改送餐人" },
	{ "route.ill", "撤下来不了的送餐人" },
	{ "route.leave", "登记送餐出发" },
	{ "route.merge", "并送餐线路" },
	{ "route.move", "改送餐站点" },
	{ "route.order", "存为固定顺序" },
	{ "route.pin", "钉住送餐站点" },
	{ "route.plan", "采用排线方案" },
	{ "route.split", "拆送餐线路" },
	{ "settlement.close", "结算一个月" },
	{ "shift.cancel", "取消班次" },
	{ "shift.copy_week", "复制一周的班次" },
	{ "shift.make_week", "按模板开一周的班次" },
	{ "shift.need", "改班次需要的人" },
	{ "shift.need.delete", "删去班次需要的人" },
	{ "shift.publish_week", "发布一周的班次" },
	{ "shift.reopen", "恢复班次" },
	{ "shift.save", "保存班次" },
	{ "shift.template", "保存班次模板" },
	{ "shift.template.delete", "删除班次模板" },
	{ "store.demo", "标记演示数据" },
	{ "store.desk", "改工位名称" },
	{ "store.rebuild", "重算派生数据" },
	{ "volunteer.absence", "登记志愿者请假" },
	{ "volunteer.apart", "登记不同班" },
	{ "volunteer.delete", "删除志愿者" },
	{ "volunteer.grid", "加服务网格" },
	{ "volunteer.import", "导入志愿者" },
	{ "volunteer.paint", "画可服务时段" },
	{ "volunteer.part.delete", "删去证书、请假、网格、不同班" },
	{ "volunteer.qualification", "登记证书" },
	{ "volunteer.save", "保存志愿者" },
	{ "volunteer.step", "改志愿者状态" },
	{ "volunteer.time", "登记可服务时段" },
	{ "welfare.close", "结束关爱核查" },
	{ "welfare.raise", "关爱核查转下一级" },
	{ "welfare.reopen", "重新打开关爱核查" },
	{ "welfare.take", "接手关爱核查" },
	{ "welfare.try", "登记关爱核查的一次尝试" },
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
