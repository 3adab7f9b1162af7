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
	X(ui,    refresh_ms,        500, 200, 10000, "毫秒",     "多久看一次别人有没有改过数据") \
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
	X(points, per_hour,         0,   0,   1000,  "分",       "每服务一小时积多少分，0 = 不用积分") \
	X(points, expire_months,    24,  0,   240,   "个月",     "积分多久到期，0 = 不到期")

/* One of some words: section, key and member, default, words; the value is the word's place from 0, meaning. */
#define SETTINGS_WORDS(X) \
	X(ui,    ambiguous_width,   0,   "auto 1 2", "①→“” 这类字符占几格，auto = 启动时问终端") \
	X(ui,    mouse,             0,   "off on",   "是否用鼠标；on 时 PuTTY 里复制文字要按住 Shift")

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
