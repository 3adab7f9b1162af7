/* The program's settings: every one has a name, a default, a range and one line of meaning, in the tables below.
 *
 * A setting is one row here and its lines in config/youlin.ini, the shipped file, which holds every setting with its default;
 * another file may state any of them.  What is unknown, out of range or unreadable is refused with file:line and what is allowed.
 */
#ifndef YL_BASE_SETTINGS_H
#define YL_BASE_SETTINGS_H

#include <stdint.h>

#include "base/err.h"

/* Whole numbers: section, key and member, default, smallest, largest, unit, meaning. */
#define SETTINGS_NUMBERS(X) \
	X(store, busy_timeout_s,    10,  1,   120,   "秒",       "保存时最多等别人的保存多久") \
	X(ui,    idle_lock_minutes, 15,  0,   240,   "分钟",     "多久没有按键就锁屏，0 = 从不") \
	X(ui,    escape_delay_ms,   50,  10,  1000,  "毫秒",     "按 Esc 后等多久才算单独的 Esc；线路很慢时调大") \
	X(ui,    refresh_ms,        500, 200, 900, "毫秒",     "多久看一次别人有没有改过数据，关爱核查的铃也按它响") \
	X(ui,    draft_ms,          1000, 200, 2000, "毫秒",     "停止打字后最迟多久保存草稿") \
	X(issue, similar_days,      90,  1,   3650,  "天",       "登记时提示多少天以内的相似事项") \
	X(issue, soon_days,         2,   0,   30,    "个工作日", "还剩几个工作日算快到期") \
	X(meeting, notice_days,     3,   0,   60,    "天",       "议事会至少提前几天通知，少于就提醒") \
	X(decision, on_notice_days, 7,   1,   60,    "天",       "决议公示多少天；生效日期按此预填") \
	X(roster, weekly_shifts,    5,   1,   21,    "班",       "一位志愿者一周最多排几班，本人另有约定的按本人的") \
	X(roster, weekly_minutes,   1200, 30, 5040,  "分钟",     "一位志愿者一周最多服务多久，本人另有约定的按本人的") \
	X(roster, late_minutes,     10,  0,   120,   "分钟",     "比班次开始晚多久算迟到") \
	X(roster, gap_days,         14,  1,   60,    "天",       "提前多少天看缺人手") \
	X(roster, call_rest_days,   7,   0,   90,    "天",       "打过电话没用上的，隔几天再问") \
	X(roster, weight_unfilled,  100000, 1, 1000000, "分",    "自动排班：空一个位子的代价，乘要紧程度") \
	X(roster, weight_unwilling, 300, 0,   100000, "分",      "自动排班：排在本人不愿意的时段") \
	X(roster, weight_willing,   60,  0,   100000, "分",      "自动排班：排在本人愿意的时段，减去这么多") \
	X(roster, weight_far,       40,  0,   100000, "分",      "自动排班：不在本人的网格") \
	X(roster, weight_known,     99,  0,   100000, "分",      "自动排班：近八周去过这个班，减去这么多") \
	X(roster, weight_fair,      200, 0,   100000, "分",      "自动排班：同一人一周多排一班的代价，逐班增加") \
	X(canteen, order_days,      7,   1,   31,    "天",       "按用餐计划提前订几天的餐") \
	X(canteen, leave_breakfast, 630, 0,   2359,  "时分",     "早餐几点出餐，630 是 6:30") \
	X(canteen, leave_lunch,     1045, 0,  2359,  "时分",     "中餐几点出餐") \
	X(canteen, leave_dinner,    1645, 0,  2359,  "时分",     "晚餐几点出餐") \
	X(canteen, cutoff_minutes,  120, 0,   1440,  "分钟",     "出餐前多久截止订餐，过后加订或取消要写原因") \
	X(canteen, report_minutes,  180, 10,  1440,  "分钟",     "出餐后多久还没有送达结果算未回报") \
	X(canteen, hot_minutes,     45,  5,   240,   "分钟",     "热餐从出餐到最后一户最多多久") \
	X(canteen, handover_minutes, 2,  0,   60,    "分钟",     "一户交餐要多久") \
	X(canteen, wait_minutes,    1,   0,   60,    "分钟",     "敲门后等多久，老人另有约定的按老人的") \
	X(canteen, walk_speed,      70,  10,  1000,  "米每分钟", "步行走多快") \
	X(canteen, bicycle_speed,   180, 10,  2000,  "米每分钟", "自行车走多快") \
	X(canteen, ebike_speed,     250, 10,  2000,  "米每分钟", "电动车走多快") \
	X(canteen, car_speed,       300, 10,  3000,  "米每分钟", "汽车走多快") \
	X(canteen, detour_percent,  130, 100, 400,   "％",       "路比直线长多少，130 = 长三成") \
	X(canteen, walk_meals,      8,   0,   200,   "份",       "步行一趟带几份，志愿者另有约定的按本人的") \
	X(canteen, bicycle_meals,   12,  0,   200,   "份",       "自行车一趟带几份") \
	X(canteen, ebike_meals,     20,  0,   200,   "份",       "电动车一趟带几份") \
	X(canteen, car_meals,       40,  0,   500,   "份",       "汽车一趟带几份") \
	X(canteen, kitchen_x,       0,   -50000, 50000, "米",    "食堂的东西坐标，以社区办公点为原点，向东为正") \
	X(canteen, kitchen_y,       0,   -50000, 50000, "米",    "食堂的南北坐标，向北为正") \
	X(canteen, faces_month,     4,   1,   31,    "人",       "失能、失智、独居老人一个月最多见几位送餐人，多了提醒") \
	X(canteen, need_age,        60,  0,   120,   "岁",      "覆盖与缺口：几岁起算需要助餐的老人（出生日期不详的也算）") \
	X(canteen, plan_ms,         1000, 50, 20000, "毫秒",     "自动排线最多想多久") \
	X(canteen, route_unserved, 20000, 1, 100000, "秒",      "自动排线：一份餐没人送的代价，乘需要程度") \
	X(canteen, route_pin,      5000, 0,  100000, "秒",      "自动排线：不由固定志愿者送") \
	X(canteen, route_order,    300, 0,   100000, "秒",      "自动排线：不按固定顺序，每一站") \
	X(canteen, route_second,   1,   0,   1000,  "秒",        "自动排线：路上一秒") \
	X(canteen, route_wait,     1,   0,   1000,  "秒",        "自动排线：等一秒") \
	X(canteen, route_familiar, 120, 0,   100000, "秒",      "自动排线：换了生面孔") \
	X(canteen, route_fair,     30,  0,   10000, "秒",       "自动排线：送得多的人再送的代价，逐次增加") \
	X(welfare, knock_minutes,   5,   1,   240,   "分钟",     "关爱核查：再敲门最多等多久就到下一级") \
	X(welfare, call_minutes,    5,   1,   240,   "分钟",     "关爱核查：打电话最多多久") \
	X(welfare, neighbour_minutes, 10, 1,  240,   "分钟",     "关爱核查：找邻居或紧急联系人最多多久") \
	X(welfare, visit_minutes,   20,  1,   480,   "分钟",     "关爱核查：网格员上门最多多久") \
	X(welfare, bell_seconds,    30,  0,   600,   "秒",       "关爱核查：没人接手时隔多久再响一次铃，0 = 只响一次") \
	X(points, per_hour,         0,   0,   1000,  "分",       "每服务一小时积多少分，0 = 不用积分") \
	X(points, expire_months,    24,  0,   240,   "个月",     "积分多久到期，0 = 不到期")

/* One of some words: section, key and member, default, words; the value is the word's place from 0, meaning. */
#define SETTINGS_WORDS(X) \
	X(ui,    ambiguous_width,   0,   "auto 1 2", "①→“” 这类字符占几格，auto = 启动时问终端") \
	X(ui,    mouse,             0,   "off on",   "是否用鼠标；on 时 PuTTY 里复制文字要按住 Shift") \
	X(canteen, phone_on_sheet,  0,   "off on",   "送餐单上印不印老人的电话")

/* Texts: section, key, member, meaning; the default is "". A leading "~/" is the home directory. */
#define SETTINGS_TEXTS(X) \
	X(store,  path,    store_path,     "数据库文件，空 = $XDG_DATA_HOME/youlin/youlin.db") \
	X(forms,  dir,     forms_dir,      "表单文件所在的目录，空 = 随程序提供的") \
	X(roster, star_hours, star_hours,  "星级的小时数，从小到大，空格隔开，空 = 100 300 600 1000 1500") \
	X(report, font,    report_font,    "打印用的字体，空 = WenQuanYi Micro Hei, Noto Sans CJK SC") \
	X(report, printer, report_printer, "打印机的名字，空 = 系统默认的那台")

struct settings {
	char *path;          /* the file that was read, NULL if there is none and all are defaults */
#define MEMBER(section, key, ...) int key;
	SETTINGS_NUMBERS(MEMBER)
	SETTINGS_WORDS(MEMBER)
#undef MEMBER
#define MEMBER(section, key, member, ...) char *member;
	SETTINGS_TEXTS(MEMBER)
#undef MEMBER
};

/* Which file holds the settings: `given` (--config) if not NULL, else $YOULIN_CONFIG, ~/.config/youlin/youlin.ini,
 * /etc/youlin/youlin.ini, else the shipped one. Missing keys keep their defaults.
 * Errors  RC_IO where a file that was named can't be read, RC_INVALID for its content. */
enum rc settings_load(struct settings *out, const char *given, struct err *e) MUST_USE;
void settings_release(struct settings *s);

/* A file or directory shipped with the program, by its name in the source tree ("config/holidays.ini", "forms"): beside the settings
 * file if it is there (without "config/"), else in the source or data directory.  The caller frees the path; NULL where there is none. */
char *settings_find_file(const struct settings *s, const char *relative);

#endif
