/* Somebody leans on the keyboard: any keys and any bytes, in any order, in two sizes of window, as different people. The program goes on or leaves
 * as it should, sends only what it may (wire.h), and the database is sound afterwards.
 *
 *	test_fault_program_monkey [KEYS] [SEED]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../screen/test.h"
#include "base/err.h"
#include "base/text.h"
#include "evidence.h"

static long keys_of_each = 500;
static uint64_t seed = 20261124;

static const char *const keys[] = {
	"Enter", "Enter", "Enter", "Tab", "Tab", "Shift-Tab", "Esc", "Esc", "Up", "Down", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn", "Backspace",
	"Delete", "Space", "F1", "F2", "F2", "F3", "F4", "F5", "F6", "F6", "F7", "F8", "F9", "^P", "^S", "^S", "^Z", "^L", "^U", "^A", "^E", "^K", "^W", "Ctrl-Left",
	"Alt-1", "Alt-2", "Alt-8", "Alt-0", "Alt-z", "/", "1", "2", "3", "8", "0", "a", "y", "n", "o", "O", "l", "v", "r", "h", "D", "x", "q",
	"王", "秀英", "水管", "3-2-501", "13812343321", "今天", "wxy", "１", "，", "。", "𠀀", "e\xcc\x81", "é", "👨\xe2\x80\x8d👩",
};

static void press_something(struct terminal *t, uint64_t *random)
{
	char bytes[12];
	size_t n = 1 + random_below(random, sizeof bytes);

	switch (random_below(random, 40)) {
	case 0:
		for (size_t i = 0; i < n; i++)
			bytes[i] = (char)random_below(random, 256);
		terminal_send(t, bytes, n);
		break;
	case 1:
		terminal_paste(t, "第一行\n第二行\x1b[31m\x9b");
		break;
	case 2:
		terminal_click(t, (int)random_below(random, 24), (int)random_below(random, 80));
		break;
	case 3:
		terminal_resize(t, 24 + (int)random_below(random, 2) * 12, 80 + (int)random_below(random, 2) * 40);
		break;
	case 4:
		terminal_resize(t, 2 + (int)random_below(random, 30), 10 + (int)random_below(random, 120));
		break;
	default:
		terminal_press(t, keys[random_below(random, COUNT(keys))]);
	}
}

/* After a monkey at the login screen, or one that has left, nothing is to be done. */
static void lean_on_the_keyboard(const struct demo *d, const char *login, uint64_t *random)
{
	struct terminal *t = demo_start_as(d, 24, 80, login);

	for (long i = 0; i < keys_of_each; i++) {
		press_something(t, random);
		if (i % 10 == 0)
			terminal_settle(t, 30, 3000);
		else
			terminal_take(t, 2);
		if (terminal_ended(t)) {
			int status = terminal_stop(t);

			if (status != 0)
				fail_msg("seed %llu: %s ended the program with %d after %ld keys", (unsigned long long)seed, login, status, i);
			t = demo_start_as(d, 24, 80, login);
		}
	}
	terminal_settle(t, 100, 5000);
	terminal_close(t);
}

static void no_keys_break_the_program_or_the_database(void **state)
{
	static const char *const logins[] = { "desk", "head", "admin", "grid" };
	const struct demo *d = *state;
	AUTO_STRBUF said = { 0 };

	assert_int_equal(chdir(d->home), 0);           /* lists are exported to whatever name was typed */
	for (size_t i = 0; i < COUNT(logins); i++)
		lean_on_the_keyboard(d, logins[i], &seed);
	if (!evidence_sound(d->database, &said) || evidence_check(d, &said) != 0 || evidence_unclean(d->database, &said) != 0)
		fail_msg("%s", strbuf_str(&said));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_keys_break_the_program_or_the_database, demo_setup, demo_teardown),
	};

	if (argc > 1)
		keys_of_each = strtol(argv[1], NULL, 10);
	if (argc > 2)
		seed = strtoull(argv[2], NULL, 10);
	text_locale_init();
	return cmocka_run_group_tests_name("any keys at all", tests, NULL, NULL);
}
