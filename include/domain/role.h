/* Who may do what: one table (domain.md §5.9), asked by screens and by every use case. */
#ifndef YL_DOMAIN_ROLE_H
#define YL_DOMAIN_ROLE_H

#include <stdbool.h>

enum role { ROLE_NONE, ROLE_DESK, ROLE_GRID, ROLE_CANTEEN, ROLE_PROJECT, ROLE_HEAD, ROLE_ADMIN, ROLE_COUNT };

/* One row a capability: its enum, what it is called, and who has it. */
#define CAPABILITIES(X) \
	X(RESIDENT_VIEW,    "查看居民",     DESK | GRID | CANTEEN | PROJECT | HEAD) \
	X(RESIDENT_EDIT,    "修改居民资料", DESK | GRID | HEAD) \
	X(RESIDENT_MERGE,   "合并居民记录", GRID | HEAD) \
	X(RESIDENT_IMPORT,  "导入居民",     HEAD) \
	X(REVEAL,           "查看完整号码", DESK | GRID | HEAD) \
	X(PLACE_EDIT,       "修改小区楼栋", GRID | HEAD | ADMIN) \
	X(GRID_EDIT,        "修改网格",     HEAD | ADMIN) \
	X(ISSUE_VIEW,       "查看事项",     DESK | GRID | CANTEEN | PROJECT | HEAD) \
	X(ISSUE_RAISE,      "登记提事",     DESK | GRID | CANTEEN | PROJECT | HEAD) \
	X(ISSUE_EDIT,       "修改事项",     DESK | GRID | HEAD) \
	X(ISSUE_TRIAGE,     "理事",         GRID | HEAD) \
	X(ISSUE_ACT,        "办事",         DESK | GRID | PROJECT | HEAD) \
	X(ISSUE_EVALUATE,   "评事",         DESK | GRID | HEAD) \
	X(ISSUE_SUSPEND,    "挂起和搁置",   GRID | HEAD) \
	X(EXTENSION_ASK,    "申请延期",     DESK | GRID | PROJECT | HEAD) \
	X(EXTENSION_DECIDE, "批准延期",     HEAD) \
	X(ISSUE_REOPEN,     "重开已结事项", HEAD) \
	X(STEP_UNDO,        "退回已完成的步骤", HEAD) \
	X(MEETING_VIEW,     "查看议事",     DESK | GRID | CANTEEN | PROJECT | HEAD) \
	X(MEETING_EDIT,     "筹备和记录议事", DESK | GRID | PROJECT | HEAD) \
	X(DECISION_EDIT,    "起草决议和公示", DESK | GRID | PROJECT | HEAD) \
	X(DECISION_APPROVE, "批准决议",     HEAD) \
	X(REVIEW,           "查看成效和六事核查", HEAD) \
	X(VOLUNTEER_VIEW,   "查看志愿者和排班", DESK | GRID | CANTEEN | PROJECT | HEAD) \
	X(VOLUNTEER_EDIT,   "管理志愿者",   GRID | HEAD) \
	X(ROSTER_EDIT,      "排班",         GRID | HEAD) \
	X(ATTENDANCE_EDIT,  "签到",         DESK | GRID | CANTEEN | HEAD) \
	X(ATTENDANCE_APPROVE, "核定服务时长", GRID | HEAD) \
	X(PROOF_ISSUE,      "开具志愿服务证明", GRID | HEAD) \
	X(POINTS_CORRECT,   "更正积分",     HEAD) \
	X(DINER_VIEW,       "查看就餐老人", DESK | GRID | CANTEEN | HEAD) \
	X(DINER_EDIT,       "管理就餐老人", GRID | CANTEEN | HEAD) \
	X(MEAL_ORDER,       "订餐、停餐",   DESK | GRID | CANTEEN | HEAD) \
	X(MENU_EDIT,        "编菜单、留样", CANTEEN | HEAD) \
	X(ROUTE_EDIT,       "派单、改线路", CANTEEN | HEAD) \
	X(OUTCOME_EDIT,     "登记送达结果", DESK | GRID | CANTEEN | HEAD) \
	X(WELFARE_EDIT,     "关爱核查",     DESK | GRID | CANTEEN | HEAD) \
	X(MEAL_CLOSE,       "一餐关账",     CANTEEN | HEAD) \
	X(MEAL_REOPEN,      "重新开账、更正往日的送达结果", HEAD) \
	X(SETTLE,           "餐费结算",     CANTEEN | HEAD) \
	X(ACCOUNT_EDIT,     "管理账号",     ADMIN) \
	X(ACCOUNT_LINK,     "登记账号本人", HEAD) \
	X(JOURNAL_VIEW,     "查看台账",     HEAD | ADMIN) \
	X(EXPORT_LIST,      "导出列表",     DESK | GRID | CANTEEN | PROJECT | HEAD)

enum capability {
#define X(name, label, roles) MAY_##name,
	CAPABILITIES(X)
#undef X
	CAPABILITY_COUNT
};

enum role role_from_key(const char *key);         /* "desk" → ROLE_DESK; ROLE_NONE if unknown */
const char *role_key(enum role r);
const char *role_label(enum role r);              /* 前台 网格员 … */
bool role_may(enum role r, enum capability c);
const char *capability_label(enum capability c);

#endif
