/* A terminal for tests: runs a program in a pty, keeps its screen with libvterm, and reads it as a person would.
 *
 *	struct terminal *t = terminal_start(24, 80, (const char *[]){ "./youlin", NULL }, (const char *[]){ "TERM=xterm-256color", NULL });
 *	terminal_expect(t, "居民");            // waits, or fails the test with the screen printed
 *	terminal_type(t, "张三"); terminal_press(t, "F2"); terminal_paste(t, "第一行\n第二行"); terminal_click(t, 3, 10);
 *	assert_int_equal(terminal_stop(t), 0);
 *
 * Whenever the program has been quiet for a moment, the frame must hold no half of a wide character, and every byte so far must have been
 * one that the program has a reason to send (wire.h): else the test fails.
 */
#ifndef YL_TESTS_SCREEN_TERMINAL_H
#define YL_TESTS_SCREEN_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct terminal;

/* `environment` is added to the caller's; both arrays NULL-ended. */
struct terminal *terminal_start(int rows, int cols, const char *const *arguments, const char *const *environment);
/* Wait for the program's own end (it is killed after 20 s); its exit status, or -signal. */
int terminal_stop(struct terminal *t);
/* Enough was seen: hang it up. */
void terminal_close(struct terminal *t);
/* Close the line as a dropped connection does; the exit status. *ms how long the program took to end. */
int terminal_drop(struct terminal *t, long *ms);
bool terminal_ended(struct terminal *t);                   /* the program has closed its side */
int terminal_process(const struct terminal *t);            /* its pid */

/* Text, as the keyboard or an input method sends it, in one write. Keys by the names of config/keys.ini: "F2", "^S", "Alt-1", "PgDn", "/". */
void terminal_type(struct terminal *t, const char *utf8);
void terminal_press(struct terminal *t, const char *key);
void terminal_send(struct terminal *t, const char *bytes, size_t n);      /* anything at all, NUL too; reads meanwhile */
void terminal_paste(struct terminal *t, const char *text);
void terminal_click(struct terminal *t, int row, int col);
void terminal_resize(struct terminal *t, int rows, int cols);

/* Take in what the program sends within ms, for tests that watch several terminals at once; false: nothing came. A frame may be half there. */
bool terminal_take(struct terminal *t, int ms);
/* Take in what the program sends until it is quiet for quiet_ms, at most max_ms. */
void terminal_settle(struct terminal *t, int quiet_ms, int max_ms);
/* Wait until a text is on the screen, or is gone; fails the test after 5 s (20 s under valgrind or sanitizers). */
void terminal_expect(struct terminal *t, const char *text);
void terminal_expect_gone(struct terminal *t, const char *text);
bool terminal_shows(struct terminal *t, const char *text);  /* now */
bool terminal_find(struct terminal *t, const char *text, int *row, int *col);

/* Borrowed until the next call. Trailing blanks are cut. */
const char *terminal_row(struct terminal *t, int row);
const char *terminal_screen(struct terminal *t);

struct terminal_look {
	bool bold, reverse, underline;
	bool coloured;             /* the foreground or background is not the terminal's own */
};
struct terminal_look terminal_look(struct terminal *t, int row, int col);

struct terminal_state {
	int cursor_row, cursor_col;
	bool cursor_visible, alternate_screen, paste_mode, mouse;
	size_t bytes;              /* of output so far */
	int bells;
};
struct terminal_state terminal_state(struct terminal *t);
int terminal_orphans(struct terminal *t);                   /* halves of wide characters */

/* How the terminal draws ─ and asks for its cursor: answers are given as if ambiguous characters were so many columns wide (1). */
void terminal_ambiguous_width(struct terminal *t, int cols);
/* A slow line: answers to the program's questions wait until terminal_answer(). */
void terminal_hold_answers(struct terminal *t);
void terminal_answer(struct terminal *t);

#endif
