/* Preloaded into the program under test: the wall clock starts at 2026-11-24 09:41 in China and goes on from there, so that pages are the same every
 * day; and time leaps by as many hours as the file named by YOULIN_TEST_LEAP says, once it is there.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define START 1795484460          /* 2026-11-24 01:41:00 UTC */
#define HOUR_S 3600

typedef int clock_function(clockid_t id, struct timespec *ts);

/* Only declared here: this library gives the program its own. */
int clock_gettime(clockid_t id, struct timespec *ts);
int gettimeofday(struct timeval *restrict tv, void *restrict zone);
time_t time(time_t *out);

static int real_clock(clockid_t id, struct timespec *ts)
{
	static clock_function *real;

	if (real == NULL)
		*(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
	return real(id, ts);
}

static time_t leapt(void)
{
	const char *path = getenv("YOULIN_TEST_LEAP");
	FILE *f = path && access(path, F_OK) == 0 ? fopen(path, "re") : NULL;
	int hours = 0;

	if (f == NULL)
		return 0;
	if (fscanf(f, "%d", &hours) != 1)
		hours = 0;                 /* it is being written */
	fclose(f);
	return (time_t)hours * HOUR_S;
}

int clock_gettime(clockid_t id, struct timespec *ts)
{
	static time_t began;
	int result = real_clock(id, ts);

	if (result != 0)
		return result;
	if (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE) {
		if (began == 0)
			began = ts->tv_sec;
		ts->tv_sec += START - began;
	}
	if (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE || id == CLOCK_MONOTONIC)
		ts->tv_sec += leapt();
	return 0;
}

int gettimeofday(struct timeval *restrict tv, void *restrict zone)
{
	struct timespec ts;
	int result = clock_gettime(CLOCK_REALTIME, &ts);

	(void)zone;
	tv->tv_sec = ts.tv_sec;
	tv->tv_usec = ts.tv_nsec / 1000;
	return result;
}

time_t time(time_t *out)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	if (out)
		*out = ts.tv_sec;
	return ts.tv_sec;
}
