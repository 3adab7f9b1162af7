/* A meeting and a decision as the domain would load them, an office with forms and without a database, and what poppler reads out of a PDF. */
#ifndef YL_TESTS_REPORT_SAMPLE_H
#define YL_TESTS_REPORT_SAMPLE_H

#include "domain/decision.h"
#include "domain/meeting.h"
#include "domain/office.h"

#define PEOPLE 12

struct sample {
	char folder[64];              /* of files, private; gone after the test */
	struct office of;
	struct meeting m;             /* 12 people, 3 items: one passed with a recusal, one that failed, one not reached; one amendment */
	struct decision d;            /* approved, with partner, tasks, money, a notice with an objection */
	struct arena arena;
	/* what m and d point to: tests change it here */
	struct meeting_attendee attendees[PEOPLE];
	struct meeting_slot slots[3];
	struct meeting_opinion opinions[3];
	struct meeting_ballot ballots[2];
	struct meeting_recusal recusal;
	struct meeting_amendment amendment;
	struct decision_partner partner;
	struct decision_task tasks[2];
	struct decision_notice notice;
	struct decision_objection objection;
};

int sample_setup(void **state);
int sample_teardown(void **state);
#define SAMPLE_TEST(name) cmocka_unit_test_setup_teardown(name, sample_setup, sample_teardown)

/* A path in the folder; the caller frees. */
char *sample_path(const struct sample *s, const char *name);
/* What a tool of poppler says about a file, blanks dropped where `dense`; the caller frees. */
char *sample_read(const char *command, const char *path, bool dense);
#define PDF_TEXT "pdftotext -layout"
#define PDF_FONTS "pdffonts"
#define PDF_INFO "pdfinfo"

#endif
