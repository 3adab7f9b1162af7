/* What a process that holds personal data does before anything else. */
#ifndef YL_CLI_HARDEN_H
#define YL_CLI_HARDEN_H

/* Files for their owner alone, no core dumps, no other process of the user may look into this one (security.md). */
void harden(void);

#endif
