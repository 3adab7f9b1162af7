/* Papers of an office: 协商议事记录表, 公示, 志愿服务记录证明, 送餐单, 厨房单, 标签. Each is made of what the domain loaded, then shown, written as PDF, or printed.
 *
 * A paper owns its texts. What people wrote stands on it literally: no markup is read, and what could turn or hide text (controls, bidi) shows as "�".
 * Sizes: A4 upright. Every page has the number and "第 x 页，共 y 页" at its foot; no row of a table is cut unless it takes over three quarters of a page.
 */
#ifndef YL_REPORT_PAPER_H
#define YL_REPORT_PAPER_H

#include <stdbool.h>

#include "base/err.h"
#include "base/strbuf.h"
#include "domain/attendance.h"
#include "domain/decision.h"
#include "domain/delivery_sheet.h"
#include "domain/kitchen.h"
#include "domain/meeting.h"
#include "domain/office.h"
#include "domain/settlement.h"

struct paper;

/* 协商议事记录表 of a meeting in any state; what was not recorded is left out or says so. The caller frees. */
struct paper *paper_of_minutes(const struct office *of, const struct meeting *m);
/* 公示 of a decision for one of its notices: no objection and no telephone number is on it. One that is not approved says that it must not hang. */
struct paper *paper_of_notice(const struct office *of, const struct decision *d, const struct decision_notice *n);
/* 志愿服务记录证明, with the id number in full (paper_text() masks it). One that was voided says so across the top. */
struct paper *paper_of_service_proof(const struct office *of, const struct service_proof *proof);
/* 送餐单 of a route: surnames alone; telephones only where the office prints them, masked on a screen (paper_text()). */
struct paper *paper_of_delivery_sheet(const struct office *of, const struct delivery_sheet *ds);
/* 结算表 of a month, for signature: who, by rule, by payer, corrections. One that is not closed says so across the top. */
struct paper *paper_of_settlement(const struct office *of, const struct settlement *s);
/* 对账单 of one diner, for the elder or whoever pays; `d` of that settlement. */
struct paper *paper_of_statement(const struct office *of, const struct settlement *s, const struct settle_diner *d);
/* 厨房单 of a meal, for the cook: counts, dishes, whom they don't suit, who gets nothing and why, 留样. */
struct paper *paper_of_kitchen(const struct office *of, const struct meal_day *m, const struct menu *menu, const struct kitchen *k);
/* 标签, three a row, in the order of the way: to be cut and stuck on. */
struct paper *paper_of_labels(const struct office *of, const struct meal_day *m, const struct kitchen *k);
void paper_free(struct paper *p);
#define AUTO_PAPER __attribute__((cleanup(paper_free_pointer))) struct paper
void paper_free_pointer(struct paper **p);

const char *paper_number(const struct paper *p);        /* of the meeting, decision or proof; borrowed */
const char *paper_name(const struct paper *p);          /* 记录表, 公示: for file names; borrowed */

/* As lines of text for a screen, at most `cols` wide (from 20), each ended by LF; appended. */
void paper_text(const struct paper *p, int cols, struct strbuf *out);

/* Which fonts: family names with commas, the first that is installed wins; "" or NULL: WenQuanYi Micro Hei, Noto Sans CJK SC.
 * TrueType fonts are embedded; letters of others are drawn as shapes, which print alike but can't be searched.
 * Errors of both  RC_NOTFOUND no font with Chinese is installed (no paper full of boxes is ever made); RC_IO */

/* A PDF file, written whole or not at all, mode 0600. "~/" is the home directory.
 * Errors  RC_CONFLICT it exists and `replace` is false; RC_INVALID a blank path or a directory */
enum rc paper_pdf(const struct paper *p, const char *fonts, const char *path, bool replace, struct err *e) MUST_USE;

struct paper_job {
	const char *printer;          /* "" or NULL: the system's default */
	int copies;                   /* 1..99 */
	int timeout_ms;               /* 0: 10 seconds */
	const char *folder;           /* where the file lies meanwhile, in a folder of its own, if there is no $XDG_RUNTIME_DIR; NULL: nowhere else */
	bool (*stop)(void *context);  /* asked every 50 ms while waiting; true: give up. NULL: never */
	void *context;
};
/* Through `lp`, found in $PATH and started without a shell; the job is titled with the number alone. The file is removed when lp has taken it.
 * Errors  RC_INVALID copies, "printer" a name that can't be one; RC_NOTFOUND no lp; RC_IO with what lp says, or no answer in time; RC_STOPPED */
enum rc paper_print(const struct paper *p, const char *fonts, const struct paper_job *job, struct err *e) MUST_USE;

#endif
