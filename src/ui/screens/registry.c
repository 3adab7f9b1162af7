/* Every screen, one row each. A main screen has a digit; screens with the digit are shown in its order. */
#include "ui/screen.h"

extern const struct screen_def
	login_screen,
	workbench_screen, issue_list_screen, issue_screen, issue_raise_screen, issue_edit_screen, issue_step_screen, issue_support_screen,
	deliberation_screen, agenda_item_screen, meeting_screen, decision_screen, part_screen, ballot_screen, paper_screen,
	volunteers_screen, volunteer_screen, volunteer_week_screen, volunteer_import_screen, volunteer_trend_screen,
	residents_screen, resident_screen, resident_edit_screen, resident_import_screen, resident_merge_screen, household_screen,
	review_screen,
	roster_screen, roster_plan_screen, gaps_screen, shift_templates_screen,
	attendance_screen, service_hours_screen, service_record_screen,
	system_screen, register_screen, record_screen, history_screen, drafts_screen;

enum { EVERYBODY = -1 };

const struct screen_entry screen_registry[] = {
	{ &login_screen,           0,   EVERYBODY,           OFFER_NOT },
	{ &workbench_screen,       '1', MAY_ISSUE_VIEW,      OFFER_NOT },
	{ &issue_list_screen,      '2', MAY_ISSUE_VIEW,      OFFER_NOT },
	{ &issue_screen,           0,   MAY_ISSUE_VIEW,      OFFER_NOT },
	{ &issue_raise_screen,     0,   MAY_ISSUE_RAISE,     OFFER_ALWAYS },
	{ &issue_edit_screen,      0,   MAY_ISSUE_EDIT,      OFFER_NOT },
	{ &issue_step_screen,      0,   MAY_ISSUE_VIEW,      OFFER_NOT },
	{ &issue_support_screen,   0,   MAY_ISSUE_RAISE,     OFFER_NOT },
	{ &deliberation_screen,    '3', MAY_MEETING_VIEW,    OFFER_NOT },
	{ &agenda_item_screen,     0,   MAY_MEETING_VIEW,    OFFER_NOT },
	{ &meeting_screen,         0,   MAY_MEETING_VIEW,    OFFER_NOT },
	{ &decision_screen,        0,   MAY_MEETING_VIEW,    OFFER_NOT },
	{ &part_screen,            0,   EVERYBODY,           OFFER_NOT },
	{ &ballot_screen,          0,   MAY_MEETING_EDIT,    OFFER_NOT },
	{ &paper_screen,           0,   MAY_MEETING_VIEW,    OFFER_NOT },
	{ &volunteers_screen,      '4', MAY_VOLUNTEER_VIEW,  OFFER_NOT },
	{ &volunteer_screen,       0,   MAY_VOLUNTEER_VIEW,  OFFER_NOT },
	{ &volunteer_week_screen,  0,   MAY_VOLUNTEER_VIEW,  OFFER_NOT },
	{ &volunteer_import_screen, 0,  MAY_VOLUNTEER_EDIT,  OFFER_ALWAYS },
	{ &volunteer_trend_screen, 0,   MAY_VOLUNTEER_VIEW,  OFFER_ALWAYS },
	{ &residents_screen,       '8', MAY_RESIDENT_VIEW,   OFFER_NOT },
	{ &resident_screen,        0,   MAY_RESIDENT_VIEW,   OFFER_NOT },
	{ &resident_edit_screen,   0,   MAY_RESIDENT_EDIT,   OFFER_NOT },
	{ &resident_import_screen, 0,   MAY_RESIDENT_IMPORT, OFFER_ALWAYS },
	{ &resident_merge_screen,  0,   MAY_RESIDENT_MERGE,  OFFER_NOT },
	{ &household_screen,       0,   MAY_RESIDENT_VIEW,   OFFER_NOT },
	{ &review_screen,          0,   MAY_REVIEW,          OFFER_ALWAYS },
	{ &roster_screen,          0,   MAY_VOLUNTEER_VIEW,  OFFER_ALWAYS },
	{ &roster_plan_screen,     0,   MAY_ROSTER_EDIT,     OFFER_NOT },
	{ &gaps_screen,            0,   MAY_VOLUNTEER_VIEW,  OFFER_ALWAYS },
	{ &shift_templates_screen, 0,   MAY_VOLUNTEER_VIEW,  OFFER_ALWAYS },
	{ &attendance_screen,      0,   MAY_VOLUNTEER_VIEW,  OFFER_ALWAYS },
	{ &service_hours_screen,   0,   MAY_VOLUNTEER_VIEW,  OFFER_ALWAYS },
	{ &service_record_screen,  0,   MAY_VOLUNTEER_VIEW,  OFFER_NOT },
	{ &system_screen,          '0', EVERYBODY,           OFFER_NOT },
	{ &register_screen,        0,   EVERYBODY,           OFFER_REGISTERS },
	{ &record_screen,          0,   EVERYBODY,           OFFER_NOT },
	{ &history_screen,         0,   EVERYBODY,           OFFER_NOT },
	{ &drafts_screen,          0,   EVERYBODY,           OFFER_ALWAYS },
};
const size_t screen_registry_count = COUNT(screen_registry);
