/* What a process that holds personal data does before anything else. */
#include "harden.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

void harden(void)
{
	const struct rlimit none = { 0, 0 };

	umask(077);
	setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__               /* the leak check of test builds looks into its own process */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}
