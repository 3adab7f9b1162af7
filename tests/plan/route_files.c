/* The benchmark's files: known optima, and what is said of files that are not what they should be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "errand.h"
#include "route_file.h"

#define FILES YL_SOURCE_DIR "/tests/data/route/"

static void read_file(struct route_file *f, const char *name)
{
	char path[512];
	struct err e = { 0 };

	snprintf(path, sizeof path, FILES "%s", name);
	if (route_file_read(f, path, &e) != RC_OK)
		fail_msg("%s", e.text);
}

static void the_known_optima_are_found(void **state)
{
	static const struct { const char *name; int64_t cost; } cases[] = { { "P-n19-k2.vrp", 212 }, { "A-n32-k5.vrp", 784 }, { "m30-tight-o.meal", 3590 } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct route_file f;
		struct route r = { 0 };
		const struct route_plan *plan;

		read_file(&f, cases[i].name);
		plan = errand_plan(&r, &f.problem, 1, 20000);
		assert_int_equal(plan->cost, cases[i].cost);
		assert_int_equal(plan->n_unserved, 0);
		route_release(&r);
		route_file_release(&f);
	}
}

static void windows_of_a_file_are_kept_and_all_are_served(void **state)
{
	struct route_file f;
	struct route r = { 0 };
	const struct route_plan *plan;

	(void)state;
	read_file(&f, "w25.txt");
	assert_int_equal(f.problem.n_diners, 25);
	assert_int_equal(f.service, 25 * 100);
	plan = errand_plan(&r, &f.problem, 1, 20000);
	assert_int_equal(plan->n_unserved, 0);
	route_release(&r);
	route_file_release(&f);
}

/* Bad files --------------------------------------------------------------------------------------------------------------------------- */

static void refuse(const char *ending, const char *bytes, size_t n, const char *said)
{
	char path[] = "/tmp/youlin-route-XXXXXX.meal";
	struct route_file f;
	struct err e = { 0 };
	FILE *file;
	int fd;

	memcpy(path + strlen("/tmp/youlin-route-XXXXXX"), ending, strlen(ending) + 1);
	fd = mkstemps(path, (int)strlen(ending));
	assert_true(fd >= 0);
	file = fdopen(fd, "wb");
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	fclose(file);
	if (route_file_read(&f, path, &e) != RC_INVALID)
		fail_msg("taken: %s", said);
	unlink(path);
	if (!strstr(e.text, said))
		fail_msg("said: %s\nnot: %s", e.text, said);
}

#define HEAD "TYPE : CVRP\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EUC_2D\n"
#define POINTS "NODE_COORD_SECTION\n1 0 0\n2 0 5\n3 5 0\n"
#define END "DEPOT_SECTION\n1\n-1\nEOF\n"

static void each_bad_vrp_is_refused_with_its_line(void **state)
{
	static const struct { const char *text, *said; } cases[] = {
		{ "", "缺少 DIMENSION" },
		{ HEAD "CAPACITY : 0\n", "第 4 行：CAPACITY是 0" },
		{ HEAD "CAPACITY : -4\n", "第 4 行：CAPACITY是 -4" },
		{ HEAD "CAPACITY : ten\n", "第 4 行：CAPACITY「ten」不是数" },
		{ HEAD "CAPACITY : 9\nNODE_COORD_SECTION\n1 0 0\n2 0", "第 7 行：缺少纵坐标" },
		{ HEAD "CAPACITY : 9\nNODE_COORD_SECTION\n1 0 0\n1 0 5\n", "第 7 行：编号 1 的坐标重复" },
		{ HEAD "CAPACITY : 9\nNODE_COORD_SECTION\n4 0 0\n", "第 6 行：编号是 4" },
		{ HEAD "CAPACITY : 9\nNODE_COORD_SECTION\n1 nan 0\n", "第 6 行：横坐标「nan」不是数" },
		{ HEAD "CAPACITY : 9\nNODE_COORD_SECTION\n1 1e300 0\n", "第 6 行：横坐标是 1e300" },
		{ HEAD "CAPACITY : 9\n" POINTS "DEMAND_SECTION\n1 0\n2 4\n" END, "编号 3 缺少需求" },
		{ HEAD "CAPACITY : 9\n" POINTS "DEMAND_SECTION\n1 0\n2 10\n3 1\n" END, "第 11 行：编号 2 的需求 10 大于 CAPACITY 9" },
		{ HEAD "CAPACITY : 9\n" POINTS "DEMAND_SECTION\n1 0\n2 -1\n3 1\n" END, "第 11 行：需求是 -1" },
		{ HEAD "CAPACITY : 9\n" POINTS "DEMAND_SECTION\n1 0\n2 1\n3 1\n", "缺少起点" },
		{ "DIMENSION : 99999999\n", "第 1 行：DIMENSION是 99999999" },
		{ "DIMENSION : 3\nDIMENSION : 3\n", "第 2 行：DIMENSION 写了两次" },
		{ "NODE_COORD_SECTION\n", "第 1 行：NODE_COORD_SECTION 前面应有 DIMENSION" },
		{ "TYPE : TSP\n", "第 1 行：TYPE 是「TSP」" },
		{ "EDGE_WEIGHT_TYPE : GEO\n", "第 1 行：EDGE_WEIGHT_TYPE 是「GEO」" },
		{ "%n%n%n%s\n", "第 1 行：不认得的项「%n%n%n%s」" },
		{ "NAME : \xd6\xd0\xb9\xfa\n", "第 1 行：不是 UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		refuse(".vrp", cases[i].text, strlen(cases[i].text), cases[i].said);
	refuse(".vrp", "NAME\0x", 6, "空字节");
}

#define WINDOWS "X\nVEHICLE\nNUMBER CAPACITY\n 2 9\nCUSTOMER\nCUST NO. X\n0 0 0 0 0 100 0\n"

static void each_bad_file_of_windows_is_refused_with_its_line(void **state)
{
	static const struct { const char *text, *said; } cases[] = {
		{ "", "文件是空的" },
		{ "X\nVEHICLE\nNUMBER CAPACITY\n 2 0\n", "第 4 行：载量是 0" },
		{ "X\nWAGGON\n", "第 2 行：应是「VEHICLE」" },
		{ "X\nVEHICLE\n", "缺少「NUMBER」" },
		{ WINDOWS "1 5 0 1 -3 50 5\n", "第 8 行：最早时间是 -3" },
		{ WINDOWS "1 5 0 1 30 20 5\n", "第 8 行：最晚时间 20 早于最早时间 30" },
		{ WINDOWS "1 5 0 1 0 50 -5\n", "第 8 行：服务时间是 -5" },
		{ WINDOWS "1 5 0 10 0 50 5\n", "第 8 行：需求 10 大于 CAPACITY 9" },
		{ WINDOWS "1 60 0 1 0 50 5\n", "第 8 行：离起点太远" },
		{ WINDOWS "1 5 0 1 0 99 5\n1 5 0 1 0 99 5\n", "第 9 行：编号 1 重复" },
		{ WINDOWS "1 5 0 1 0\n", "第 8 行：缺少最晚时间" },
		{ WINDOWS "1 5.5 0 1 0 50 5\n", "第 8 行：横坐标是 5.500，应是整数" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		refuse(".txt", cases[i].text, strlen(cases[i].text), cases[i].said);
}

#define MEAL "MEAL 1\nNAME x\nDEADLINE 600\nKITCHEN 0 0\nDETOUR 1000\nBUILDINGS 2\n0 100 0 0\n1 300 0 0\n"

static void each_bad_meal_is_refused_with_its_line(void **state)
{
	static const struct { const char *text, *said; } cases[] = {
		{ "", "缺少「MEAL」" },
		{ "MEAL 2\n", "第 1 行：版本是 2" },
		{ "MEAL 1\nNAME x\nDEADLINE 0\n", "第 3 行：保热秒数是 0" },
		{ "MEAL 1\nNAME x\nDEADLINE -600\n", "第 3 行：保热秒数是 -600" },
		{ MEAL "ELDERS 2\n0 0 1 60 0 -1\n", "应有 2 行老人，只有 1 行" },
		{ MEAL "ELDERS 2\n0 0 1 60 0 -1\n0 1 1 60 0 -1\n", "第 11 行：老人编号 0 重复" },
		{ MEAL "ELDERS 1\n0 2 1 60 0 -1\n", "第 10 行：楼栋是 2" },
		{ MEAL "ELDERS 1\n0 0 1 -60 0 -1\n", "第 10 行：交付秒数是 -60" },
		{ MEAL "ELDERS 1\n0 0 1 60 0 -1\nVOLUNTEERS 1\n0 foot 0 1000 3600 0\n", "第 12 行：载量是 0" },
		{ MEAL "ELDERS 1\n0 0 1 60 0 -1\nVOLUNTEERS 1\n0 horse 9 1000 3600 0\n", "第 12 行：交通方式「horse」" },
		{ MEAL "ELDERS 1\n0 1 1 60 0 -1\nVOLUNTEERS 1\n0 foot 9 400 3600 0\n", "第 10 行：老人 0 离食堂太远" },
		{ MEAL "ELDERS 1\n0 1 1 60 0 -1\nVOLUNTEERS 1\n0 foot 9 1000 3600 0\nmore\n", "第 13 行：多出来的行" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		refuse(".meal", cases[i].text, strlen(cases[i].text), cases[i].said);
}

static void what_is_no_such_file_is_said(void **state)
{
	struct route_file f;
	struct err e = { 0 };

	(void)state;
	assert_int_equal(route_file_read(&f, "/tmp/a.pdf", &e), RC_INVALID);
	assert_int_equal(route_file_read(&f, "/nowhere/a.vrp", &e), RC_IO);
	assert_int_equal(route_file_read(&f, "/dev/null/.vrp", &e), RC_IO);
	assert_int_equal(route_file_read(&f, "", &e), RC_INVALID);
}

/* Write bytes to a file of that name and read it as a problem; who is taken must be plannable. */
static void try_bytes(const char *path, const char *bytes, size_t n)
{
	FILE *file = fopen(path, "wb");
	struct route_file f;
	struct route r = { 0 };
	struct err e = { 0 };

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, n, file), n);
	fclose(file);
	if (route_file_read(&f, path, &e) != RC_OK) {
		assert_true(e.text[0] != '\0');
		return;
	}
	errand_plan(&r, &f.problem, 1, 32);
	route_release(&r);
	route_file_release(&f);
}

/* Every seventh beginning of a good file, and the file with every seventh byte turned. */
static void a_damaged_file_is_refused_with_a_sentence_or_can_be_planned(void **state)
{
	static const char *const names[] = { "P-n19-k2.vrp", "m30-tight-o.meal", "w25.txt" };
	char bytes[4096], from[512], path[64];

	(void)state;
	for (size_t k = 0; k < COUNT(names); k++) {
		FILE *file;
		size_t n;

		snprintf(from, sizeof from, FILES "%s", names[k]);
		snprintf(path, sizeof path, "/tmp/youlin-route-%d%s", (int)getpid(), strrchr(names[k], '.'));
		file = fopen(from, "rb");
		assert_non_null(file);
		n = fread(bytes, 1, sizeof bytes, file);
		fclose(file);
		for (size_t at = 0; at < n; at += 7) {
			try_bytes(path, bytes, at);
			bytes[at] = (char)(bytes[at] ^ 0x15);
			try_bytes(path, bytes, n);
			bytes[at] = (char)(bytes[at] ^ 0x15);
		}
		unlink(path);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_known_optima_are_found),
		cmocka_unit_test(windows_of_a_file_are_kept_and_all_are_served),
		cmocka_unit_test(each_bad_vrp_is_refused_with_its_line),
		cmocka_unit_test(each_bad_file_of_windows_is_refused_with_its_line),
		cmocka_unit_test(each_bad_meal_is_refused_with_its_line),
		cmocka_unit_test(what_is_no_such_file_is_said),
		cmocka_unit_test(a_damaged_file_is_refused_with_a_sentence_or_can_be_planned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
