/* Codes of forms/codes.ini that carry logic. Everything else about a code (its label, whether it is offered) is the file's. */
#ifndef YL_DOMAIN_ISSUE_CODES_H
#define YL_DOMAIN_ISSUE_CODES_H

/* reporter_kind */
#define REPORTER_SELF "self"
#define REPORTER_BEHALF "behalf"
#define REPORTER_ANONYMOUS "anonymous"

/* phase_result: those that no transition's row states */
#define RESULT_RAISED "raised"
#define RESULT_AGAIN "again"
#define RESULT_SATISFIED "satisfied"

/* closing */
#define CLOSING_WITHDRAWN "withdrawn"
#define CLOSING_DUPLICATE "duplicate"
#define CLOSING_REFUSED "refused"
#define CLOSING_EXPLAINED "explained" /* what a decision without anything to do comes to */
#define FLAG_SOLVED "solved"          /* the claim needs evidence, and a reporter who says yes */
#define FLAG_STEP "step"              /* written by a step of its own (撤回, 并入, 不予受理), not to be claimed */

/* satisfaction */
#define SATISFACTION_UNREACHED "unreached"
#define FLAG_GOOD "good"              /* counts as satisfied */
#define FLAG_BAD "bad"                /* sends the issue back */
#define FLAG_NONE "none"              /* no answer */

/* rater */
#define RATER_REPORTER "reporter"
#define RATER_HANDLER "handler"

/* action_status */
#define ACTION_TODO "todo"
#define ACTION_DOING "doing"
#define ACTION_BLOCKED "blocked"
#define ACTION_DONE "done"
#define ACTION_CANCELLED "cancelled"

/* suspension.kind */
#define SUSPENSION_HOLD "hold"
#define SUSPENSION_PARK "park"

/* extension_state */
#define EXTENSION_ASKED "asked"
#define EXTENSION_APPROVED "approved"
#define EXTENSION_REFUSED "refused"

/* answer_way */
#define ANSWER_NONE "none"

#endif
