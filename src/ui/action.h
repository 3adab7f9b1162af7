/* Everything a key can do, in one table: identifier, name in config/keys.ini, what the key line says, what the palette says.
 *
 * The key line, F1 and the palette are made from this table and the key maps, so that they cannot drift from what keys do.
 * Labels are at most 4 Han characters. `changes` says whether the action changes data (then its letter is upper case).
 */
#ifndef YL_UI_ACTION_H
#define YL_UI_ACTION_H

#include <stdbool.h>

#define ACTIONS(X) \
	/* common */ \
	X(HELP,          "help",          "帮助",   "帮助：这里有哪些键") \
	X(PALETTE,       "palette",       "命令",   "命令面板") \
	X(BACK,          "back",          "返回",   "返回上一屏") \
	X(QUIT,          "quit",          "退出",   "退出程序") \
	X(LOCK,          "lock",          "锁屏",   "锁屏") \
	X(UNDO,          "undo",          "撤销",   "撤销我上一次保存的改动") \
	X(ALARM,         "alarm",         "去核查", "关爱核查：去看正在响铃的") \
	X(REDRAW,        "redraw",        "重画",   "重画屏幕") \
	X(GO_1, "go-1", "工作台", "工作台") X(GO_2, "go-2", "事项", "事项列表") X(GO_3, "go-3", "议事", "议事：议题池、会议、决议") X(GO_4, "go-4", "志愿者", "志愿者") X(GO_5, "go-5", "送餐", "送餐：今天的订餐、派单、送达") \
	X(GO_6, "go-6", "", "") X(GO_7, "go-7", "", "") X(GO_8, "go-8", "居民", "居民查找") X(GO_9, "go-9", "", "") X(GO_0, "go-0", "系统", "系统") \
	/* lists */ \
	X(OPEN,          "open",          "打开",   "打开所选") \
	X(FIND,          "find",          "查找",   "查找：输入即筛选") \
	X(FILTER,        "filter",        "筛选",   "筛选条件") \
	X(CLEAR_FILTER,  "clear-filter",  "全部",   "清除筛选，显示全部") \
	X(SORT,          "sort",          "排序",   "按另一列排序") \
	X(REVERSE,       "reverse",       "倒序",   "倒过来排") \
	X(EXPORT,        "export",        "导出",   "导出为 Excel 表格或 CSV") \
	X(OTHER_PANE,    "other-pane",    "换栏",   "到另一栏") \
	X(PREV_PANE,     "prev-pane",     "前一栏", "到前一栏") \
	/* records */ \
	X(NEW,           "new",           "新增",   "新增一条") \
	X(EDIT,          "edit",          "修改",   "修改所选") \
	X(DELETE,        "delete",        "删除",   "删除所选（留痕）") \
	X(RESTORE,       "restore",       "恢复",   "恢复已删除的") \
	X(HISTORY,       "history",       "变更",   "变更记录：谁在何时改了什么") \
	X(REVEAL,        "reveal",        "显号码", "显示完整号码（记入台账）") \
	/* forms */ \
	X(SAVE,          "save",          "保存",   "保存") \
	X(LOGIN,         "login",         "登录",   "") \
	X(LEAVE,         "leave",         "离开",   "离开表单") \
	X(NEXT_FIELD,    "next-field",    "下一项", "到下一项") \
	X(PREV_FIELD,    "prev-field",    "上一项", "到上一项") \
	/* issues */ \
	X(RAISE,         "raise",         "提事",   "提事登记") \
	X(SUPPORT,       "support",       "附议",   "附议所选事项") \
	X(STEP,          "step",          "办理",   "办理：这一步可以做什么") \
	X(ACTION_NEW,    "action-new",    "加任务", "新增办理任务") \
	X(PROGRESS,      "progress",      "进展",   "记一笔进展") \
	X(RECEIPT,       "receipt",       "回执",   "看回执") \
	/* deliberation */ \
	X(MEETING_NEW,   "meeting-new",   "开会",   "新开一个议事会") \
	X(INTEREST,      "interest",      "利害方", "加一位利害关系方") \
	X(ALTERNATIVE,   "alternative",   "加方案", "加一个备选方案") \
	X(SCHEDULE,      "schedule",      "排会",   "把议题排进议事会") \
	X(MERGE_ITEM,    "merge-item",    "合并",   "把这个议题合并到另一个") \
	X(SPLIT,         "split",         "拆分",   "从这个议题拆出一个新议题") \
	X(WITHDRAW,      "withdraw",      "不议了", "撤下这个议题，事项退回理事") \
	X(AGAIN,         "again",         "再议",   "没有通过的议题回到议题池") \
	X(INVITE,        "invite",        "邀请",   "邀请一位参会人") \
	X(WALK_IN,       "walk-in",       "来人",   "没有邀请的人来了，加进名单并签到") \
	X(INVITE_ALL,    "invite-all",    "请齐",   "邀请各议题的利害关系方") \
	X(ADD_ITEM,      "add-item",      "加议题", "从议题池加一个议题") \
	X(EARLIER,       "earlier",       "上移",   "议程上移") \
	X(LATER,         "later",         "下移",   "议程下移") \
	X(ANNOUNCE,      "announce",      "通知",   "已通知参会人") \
	X(CANCEL,        "cancel",        "不开了", "取消会议，议题回到议题池") \
	X(BEGIN,         "begin",         "开始",   "开始开会") \
	X(SIGN,          "sign",          "签到",   "签到，再按一次取消") \
	X(SIGN_BY_NAME,  "sign-by-name",  "按姓名", "按姓名签到") \
	X(OPINION,       "opinion",       "意见",   "记下所选参会人对本议题的意见") \
	X(RECUSE,        "recuse",        "回避",   "所选参会人回避本议题") \
	X(BALLOT,        "ballot",        "表决",   "对本议题表决") \
	X(DEFER,         "defer",         "再议",   "本议题今天不定，回到议题池") \
	X(REJECT,        "reject",        "不通过", "本议题没有通过") \
	X(END,           "end",           "散会",   "散会，没议到的议题回到议题池") \
	X(MINUTES,       "minutes",       "纪要",   "写会议纪要") \
	X(CONFIRM,       "confirm",       "确认",   "确认会议纪要") \
	X(AMEND,         "amend",         "更正",   "更正已确认的纪要，原文保留") \
	X(DECIDE,        "decide",        "决议",   "写决议或看决议") \
	X(PARTNER,       "partner",       "协同方", "加一个协同方") \
	X(SUBMIT,        "submit",        "送批",   "送书记批准") \
	X(APPROVE,       "approve",       "批准",   "批准这个决议") \
	X(RETURN,        "return",        "退回",   "退回修改") \
	X(NOTICE,        "notice",        "公示",   "登记公示") \
	X(OBJECTION,     "objection",     "异议",   "登记公示期间的异议") \
	X(CARRY_OUT,     "carry-out",     "交办",   "公示无异议，进入办事") \
	X(PAPER,         "paper",         "纸张",   "预览纸张，存为 PDF，打印") \
	X(SAVE_PDF,      "save-pdf",      "存PDF",  "存为 PDF 文件") \
	X(PRINT,         "print",         "打印",   "送打印机打印") \
	/* roster */ \
	X(ASSIGN,        "assign",        "排上",   "把所选的人排到这个位子") \
	X(TAKE_OFF,      "take-off",      "撤下",   "把所选的人从班上撤下") \
	X(STAND_IN,      "stand-in",      "顶班",   "换另一位志愿者顶班") \
	X(SWAP_SEATS,    "swap-seats",    "互换",   "两人互换：先选一人，再选另一人") \
	X(PIN,           "pin",           "钉住",   "钉住或放开：自动排班不动它") \
	X(CONFIRM_SEAT,  "confirm-seat",  "已确认", "志愿者答应来") \
	X(MAKE_WEEK,     "make-week",     "建本周", "按模板建这一周的班次") \
	X(COPY_WEEK,     "copy-week",     "抄上周", "把上一周加的班次抄到这一周") \
	X(PUBLISH,       "publish",       "发布",   "发布这一周的班次") \
	X(SHIFT_NEW,     "shift-new",     "加班次", "加一个班次") \
	X(SHIFT_NEED,    "shift-need",    "加岗位", "给这个班次加一种岗位，或改所选岗位的人数") \
	X(SHIFT_CANCEL,  "shift-cancel",  "取消",   "取消这个班次，或重新开") \
	X(AUTO,          "auto",          "自动",   "自动排班：先看方案再定") \
	X(ACCEPT,        "accept",        "采用",   "采用方案里打勾的") \
	X(TICK,          "tick",          "打勾",   "给所选的打勾或去掉；在第一行管全部") \
	X(PLAN_AGAIN,    "plan-again",    "再排",   "再排一次：去掉勾的不排，班次和人按现在的") \
	X(FOUR_WEEKS,    "four-weeks",    "排四周", "改成排四周") \
	X(ONE_WEEK,      "one-week",      "排一周", "改成只排这一周") \
	X(SHOW_KEPT,     "show-kept",     "原有",   "显示或收起原有的人") \
	X(EARLIER_WEEK,  "earlier-week",  "上周",   "看上一周") \
	X(LATER_WEEK,    "later-week",    "下周",   "看下一周") \
	X(TEMPLATES,     "templates",     "模板",   "班次模板") \
	X(ROSTER,        "roster",        "排班",   "到排班板") \
	X(ATTENDANCE,    "attendance",    "签到",   "到签到表") \
	X(GAPS,          "gaps",          "缺口",   "哪里缺人手，可以问谁") \
	X(TREND,         "trend",         "变化",   "志愿者一年来的变化") \
	X(CALL_YES,      "call-yes",      "来",     "电话：答应来，排上") \
	X(CALL_NO,       "call-no",       "不来",   "电话：不来") \
	X(CALL_LATER,    "call-later",    "再联系", "电话：再联系") \
	X(CALL_UNREACHED, "call-unreached", "没接通", "电话：没接通") \
	X(THIS_WEEK,     "this-week",     "本周",   "回到本周") \
	/* volunteers */ \
	X(LADDER,        "ladder",        "状态",   "改状态：审核、培训、在岗、请假、停用") \
	X(QUALIFICATION, "qualification", "加证书", "登记一张证书") \
	X(ABSENCE,       "absence",       "请假",   "登记请假") \
	X(GRID,          "grid",          "加网格", "加一个服务网格") \
	X(APART,         "apart",         "不同班", "登记不排在同一班的人") \
	X(WEEK,          "week",          "时段",   "可服务时段：一周里什么时候有空") \
	X(STRETCH,       "stretch",       "选段",   "从这里选起一段时间，再按取消") \
	X(PAINT_WILLING, "paint-willing", "愿",     "这段时间愿意来") \
	X(PAINT_CAN,     "paint-can",     "可",     "这段时间可以来") \
	X(PAINT_UNWILLING, "paint-unwilling", "不愿", "这段时间不太愿意来") \
	X(PAINT_CANNOT,  "paint-cannot",  "不可",   "这段时间不能来") \
	X(PAINT_NOTHING, "paint-nothing", "擦去",   "这段时间没有说") \
	/* volunteers' hours */ \
	X(CAME,          "came",          "到",     "所选志愿者到了") \
	X(CAME_LATE,     "came-late",     "迟到",   "所选志愿者迟到") \
	X(NO_SHOW,       "no-show",       "爽约",   "所选志愿者没有来，也没有请假") \
	X(EXCUSE,        "excuse",        "请假",   "所选志愿者请了假") \
	X(TIMES,         "times",         "时间",   "填到和离开的时间、时长") \
	X(EXTRA,         "extra",         "补记",   "补记排班以外的服务") \
	X(COUNT_HOURS,   "count-hours",   "核定",   "核定所选的服务时长") \
	X(COUNT_PART,    "count-part",    "部分",   "只核定一部分时长") \
	X(COUNT_DAY,     "count-day",     "全天",   "核定这一天所有的时长") \
	X(DAY_BEFORE,    "day-before",    "前日",   "看前一天") \
	X(DAY_AFTER,     "day-after",     "次日",   "看后一天") \
	X(GO_DAY,        "go-day",        "日期",   "看另一天") \
	X(HOURS,         "hours",         "时长",   "看这位志愿者的服务时长") \
	X(PROVE,         "prove",         "证明",   "开具志愿服务记录证明") \
	X(VOID,          "void",          "作废",   "作废所选的证明") \
	X(SPEND,         "spend",         "兑换",   "兑换积分") \
	X(POINTS,        "points",        "更正",   "更正积分") \
	/* diners */ \
	X(DINER,         "diner",         "就餐",   "看这个人的就餐页；还不是的，登记为就餐老人") \
	X(DINER_STATUS,  "diner-status",  "状态",   "改就餐状态：在册、暂停、停餐、去世") \
	X(MEAL_PLAN,     "meal-plan",     "加计划", "加一条用餐计划") \
	X(MEAL_PAUSE,    "meal-pause",    "暂停",   "登记暂停用餐：从哪天到哪天") \
	X(DINER_BLOCK,   "diner-block",   "不上门", "登记不上门的志愿者") \
	/* the canteen */ \
	X(OTHER_MEAL,    "other-meal",    "换餐",   "看这一天的另一餐") \
	X(NEXT_VIEW,     "next-view",     "换看",   "换一类看：送餐、堂食自取、待处理、不吃的") \
	X(ORDER_NEW,     "order-new",     "加订",   "临时加订一份") \
	X(ORDER_CANCEL,  "order-cancel",  "取消",   "取消所选的订餐，取消了的恢复") \
	X(KITCHEN,       "kitchen",       "厨房单", "厨房单：做什么、各做多少、谁不能吃") \
	X(DISPATCH,      "dispatch",      "派单",   "派单板：谁送哪几家") \
	X(DOORS,         "doors",         "送达",   "登记送达结果，关账") \
	X(WELFARE,       "welfare",       "核查",   "关爱核查：没应门的、身体异常的") \
	X(MENU,          "menu",          "菜单",   "一周的菜单和留样") \
	X(DINERS,        "diners",        "老人",   "就餐老人") \
	X(SETTLEMENT,    "settlement",    "结算",   "餐费结算") \
	X(COVERAGE,      "coverage",      "覆盖",   "覆盖与缺口：哪些老人还没有送到") \
	/* menu and kitchen */ \
	X(LABELS,        "labels",        "标签",   "标签：每份一张，按线路排好") \
	X(SAMPLE,        "sample",        "留样",   "记下留样：谁、什么时候") \
	X(DISH_ADD,      "dish-add",      "加菜",   "给这一餐加一道菜") \
	X(DISH_INSTEAD,  "dish-instead",  "代替",   "给所选的菜加一道代替的：有人不能吃时换成它") \
	X(DISH_REMOVE,   "dish-remove",   "去掉",   "把所选的菜从这一餐去掉") \
	X(MENU_PRICE,    "menu-price",    "单价",   "这一餐的单价") \
	X(MENU_COPY,     "menu-copy",     "抄上周", "把上一周的菜单抄到这一周，已有菜单的不动") \
	X(DISHES,        "dishes",        "菜品",   "菜品：食材、过敏原、不适合谁") \
	/* doors */ \
	X(TOLD_S1,       "told-s1",       "当面",   "当面交付") \
	X(TOLD_S2,       "told-s2",       "代收",   "家人或邻居代收") \
	X(TOLD_S3,       "told-s3",       "门口见", "放门口，见到本人") \
	X(TOLD_S4,       "told-s4",       "没见到", "放门口，没见到本人：开关爱核查") \
	X(TOLD_S5,       "told-s5",       "自取",   "来食堂吃了，或来取了") \
	X(TOLD_F1,       "told-f1",       "未应门", "敲门没人应：开关爱核查") \
	X(TOLD_F2,       "told-f2",       "拒收",   "本人不要") \
	X(TOLD_F3,       "told-f3",       "进不去", "地址错或进不去") \
	X(TOLD_F4,       "told-f4",       "外出",   "本人外出，告诉过") \
	X(TOLD_F5,       "told-f5",       "住院",   "住院了") \
	X(TOLD_F6,       "told-f6",       "异常",   "身体异常：开关爱核查") \
	X(TOLD_F7,       "told-f7",       "餐损",   "餐打翻了、送错了") \
	X(TOLD_F8,       "told-f8",       "没人送", "没有志愿者送") \
	X(TOLD_F9,       "told-f9",       "天气",   "天气或车辆的原因没送到") \
	X(TOLD_F0,       "told-f0",       "其他",   "其他原因没吃上") \
	X(TELL_MORE,     "tell-more",     "细节",   "填本人状态、备注、谁送到的") \
	X(UNTELL,        "untell",        "撤回",   "撤回所选的送达结果") \
	X(TELL_TIME,     "tell-time",     "几点",   "改送到的时间") \
	X(TELL_ALL,      "tell-all",      "一起报", "这条线路（或堂食自取、没人送的）没回报的一起登记") \
	X(NEXT_UNTOLD,   "next-untold",   "下一个", "到下一个没回报的") \
	X(MEAL_CLOSE,    "meal-close",    "关账",   "这一餐关账") \
	X(MEAL_REOPEN,   "meal-reopen",   "开账",   "重新开账（书记）") \
	/* welfare checks */ \
	X(CHECK_TAKE,    "check-take",    "接手",   "我来管：铃不再响，到时限再响") \
	X(CHECK_SEEN,    "check-seen",    "见到了", "见到或联系上本人，接着写结论") \
	X(CHECK_SILENT,  "check-silent",  "没回应", "这一级没有回应") \
	X(CHECK_HIGHER,  "check-higher",  "下一级", "转到下一级") \
	X(CHECK_EMERGENCY, "check-emergency", "报警", "直接转到报警或120") \
	X(CHECK_NOTE,    "check-note",    "记一笔", "记一笔：谁去的、怎么样") \
	X(CHECK_CLOSE,   "check-close",   "结论",   "写结论，结束核查") \
	X(CHECK_REOPEN,  "check-reopen",  "重开",   "结束错了，当天重新打开") \
	/* routes */ \
	X(REROUTE,       "reroute",       "改给",   "改给：这一站改到别的线路，整条线路改给别人") \
	X(ROUTE_PLAN,    "route-plan",    "自动",   "自动排线：先看方案再定") \
	X(PLAN_ALL,      "plan-all",      "全排",   "改成全部重排，钉住的不动") \
	X(PLAN_REST,     "plan-rest",     "只排余", "改成只排待派的，已派的不动") \
	X(ROUTE_NEW,     "route-new",     "加线路", "加一条线路") \
	X(ROUTE_MERGE,   "route-merge",   "并线",   "把这条线路并到另一条") \
	X(ROUTE_SPLIT,   "route-split",   "拆线",   "从这一站起拆成一条新线路") \
	X(ROUTE_CONFIRM, "route-confirm", "确认",   "确认这条线路") \
	X(ROUTE_LEAVE,   "route-leave",   "出发",   "送餐人出发了") \
	X(ROUTE_BACK,    "route-back",    "回来",   "送餐人回来了") \
	X(STOP_EARLIER,  "stop-earlier",  "提前",   "这一站提前一位") \
	X(STOP_LATER,    "stop-later",    "推后",   "这一站推后一位") \
	X(STOP_PIN,      "stop-pin",      "钉住",   "钉住或放开：自动排线不动它") \
	X(CARRIER_ILL,   "carrier-ill",   "来不了", "送餐人来不了：撤下他，再排一次") \
	X(KEEP_ORDER,    "keep-order",    "存顺序", "把今天的顺序存为固定顺序") \
	X(SHEET,         "sheet",         "送餐单", "这条线路的送餐单：预览、存为 PDF、打印") \
	/* money */ \
	X(MONTH_BEFORE,  "month-before",  "上月",   "看上个月") \
	X(MONTH_AFTER,   "month-after",   "下月",   "看下个月") \
	X(GO_MONTH,      "go-month",      "月份",   "选一个月") \
	X(CLOSE_MONTH,   "close-month",   "结账",   "结这个月的账：以后的更正进下个月") \
	/* residents */ \
	X(HOUSEHOLD,     "household",     "本户",   "看所在户") \
	X(VOLUNTEER,     "volunteer",     "志愿者", "看这个人的志愿者页；还不是的，登记为志愿者") \
	X(MERGE,         "merge",         "合并",   "合并同一个人的两条记录") \
	X(IMPORT,        "import",        "导入",   "从 CSV 文件导入") \
	X(MARK,          "mark",          "标记",   "标记所选") \
	X(CHOOSE,        "choose",        "换一边", "这一项选用另一条记录的值") \
	X(SWAP,          "swap",          "对调",   "对调：改为保留另一条记录") \
	X(CHECK,         "check",         "检查",   "检查文件的每一行")

enum action {
	ACT_NONE,
#define X(id, name, label, title) ACT_##id,
	ACTIONS(X)
#undef X
	ACT_COUNT
};

const char *action_name(enum action a);
const char *action_label(enum action a);        /* for the key line */
const char *action_title(enum action a);        /* for F1 and the palette; "" if it is not offered there */
enum action action_from_name(const char *name); /* ACT_NONE if there is none */
bool action_is_common(enum action a);           /* one that every screen has */
/* Going to a main screen: its digit, 0 for other actions; and the other way round, ACT_NONE for what is no digit. */
char action_digit(enum action a);
enum action action_from_digit(char digit);

/* Main screens in their order. */
#define MAIN_DIGITS "1234567890"

#endif
