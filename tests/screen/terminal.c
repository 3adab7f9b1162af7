/* A program in a pty, its screen in libvterm.
 *
 * What libvterm 0.1.4 does otherwise than one expects:
 * - CSI ? a;b h sets only mode a (curses sends the mouse's modes like that): modes are split in feed();
 * - the right half of a wide cell has chars[0] == (uint32_t)-1, a blank cell 0;
 * - the alternate screen is off until it is enabled; the program's questions are answered only if libvterm's output is written back.
 */
#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "test.h"
#include "wire.h"

#define PATIENCE_MS 20000
#define QUIET_MS 30
#define RIGHT_HALF ((uint32_t)-1)

struct terminal {
	VTerm *vt;
	VTermScreen *screen;
	int fd, rows, cols;
	pid_t pid;
	bool gone;
	struct terminal_state state;
	struct wire wire;
	int ambiguous;
	bool slow;                     /* answers wait until terminal_answer() */
	struct strbuf answers;
	char pending[64];              /* a CSI ? … that a read cut */
	size_t n_pending;
	struct strbuf row, all;
	bool read;                     /* `all` is what stands there now */
};

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000L + ts.tv_nsec / 1000000L;
}

static void send(struct terminal *t, const char *s, size_t n)
{
	while (n > 0 && !t->gone) {
		ssize_t k = write(t->fd, s, n);

		if (k < 0 && errno != EINTR && errno != EAGAIN) {
			t->gone = true;
			return;
		}
		if (k > 0) {
			s += k;
			n -= (size_t)k;
		}
	}
}

/* An answer of the emulator. Where it is to play a terminal that draws ambiguous characters wide, the cursor stands one column further. */
static void answer(const char *s, size_t n, void *context)
{
	struct terminal *t = context;
	char wide[32];
	int row, col;

	if (t->ambiguous == 2 && n < sizeof wide && sscanf(s, "\x1b[%d;%dR", &row, &col) == 2) {
		n = (size_t)snprintf(wide, sizeof wide, "\x1b[%d;%dR", row, col + 1);
		s = wide;
	}
	if (t->slow)
		strbuf_add_n(&t->answers, s, n);
	else
		send(t, s, n);
}

static int on_bell(void *context)
{
	((struct terminal *)context)->state.bells++;
	return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *context)
{
	struct terminal *t = context;

	if (property == VTERM_PROP_ALTSCREEN)
		t->state.alternate_screen = value->boolean;
	if (property == VTERM_PROP_MOUSE)
		t->state.mouse = value->number != VTERM_PROP_MOUSE_NONE;
	if (property == VTERM_PROP_CURSORVISIBLE)
		t->state.cursor_visible = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property, .bell = on_bell };

static void set_modes(struct terminal *t, char final)
{
	char *save = NULL, sequence[40];

	t->pending[t->n_pending - 1] = '\0';
	for (char *mode = strtok_r(t->pending + 3, ";", &save); mode; mode = strtok_r(NULL, ";", &save)) {
		int n = snprintf(sequence, sizeof sequence, "\x1b[?%s%c", mode, final);

		if (strcmp(mode, "2004") == 0)
			t->state.paste_mode = final == 'h';
		vterm_input_write(t->vt, sequence, (size_t)n);
	}
	t->n_pending = 0;
}

/* Whether a byte continues "ESC [ ? digits ;". */
static bool continues_mode(const struct terminal *t, char c)
{
	static const char head[] = "\x1b[?";

	if (t->n_pending < 3)
		return c == head[t->n_pending];
	return ((c >= '0' && c <= '9') || c == ';') && t->n_pending < sizeof t->pending - 2;
}

static void feed(struct terminal *t, const char *s, size_t n)
{
	t->state.bytes += n;
	t->read = false;
	for (size_t i = 0; i < n; i++) {
		if (continues_mode(t, s[i])) {
			t->pending[t->n_pending++] = s[i];
			continue;
		}
		if (t->n_pending > 3 && (s[i] == 'h' || s[i] == 'l')) {
			t->pending[t->n_pending++] = s[i];
			set_modes(t, s[i]);
			continue;
		}
		vterm_input_write(t->vt, t->pending, t->n_pending);
		t->n_pending = 0;
		if (s[i] == '\x1b') {
			t->pending[t->n_pending++] = s[i];
		} else {
			const char *next = memchr(s + i, '\x1b', n - i);
			size_t plain = next ? (size_t)(next - s) - i : n - i;

			vterm_input_write(t->vt, s + i, plain);
			i += plain - 1;
		}
	}
}

/* Read what there is, waiting at most ms for the first byte; false: nothing came. */
static bool pump(struct terminal *t, int ms)
{
	char bytes[65536];
	bool got = false;
	struct pollfd p = { .fd = t->fd, .events = POLLIN };

	while (!t->gone && poll(&p, 1, got ? 0 : ms) > 0) {
		ssize_t n = read(t->fd, bytes, sizeof bytes);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			t->gone = true;
			break;
		}
		wire_add(&t->wire, bytes, (size_t)n);
		feed(t, bytes, (size_t)n);
		got = true;
	}
	return got;
}

static void add_environment(const char *const *environment)
{
	unsetenv("COLUMNS");
	unsetenv("LINES");
	for (; environment && *environment; environment++)
		putenv((char *)(uintptr_t)*environment);
}

/* What the kernel echoes before the program begins or after it has left would look like the program's own. */
static void turn_echo_off(void)
{
	struct termios t;

	if (tcgetattr(STDIN_FILENO, &t) == 0) {
		t.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSANOW, &t);
	}
}

struct terminal *terminal_start(int rows, int cols, const char *const *arguments, const char *const *environment)
{
	struct terminal *t = calloc(1, sizeof *t);
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	assert_non_null(t);
	t->rows = rows;
	t->cols = cols;
	t->ambiguous = 1;
	wire_init(&t->wire, rows, cols);
	t->vt = vterm_new(rows, cols);
	vterm_set_utf8(t->vt, 1);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_output_set_callback(t->vt, answer, t);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	assert_true(t->pid >= 0);
	if (t->pid == 0) {
		turn_echo_off();
		add_environment(environment);
		execvp(arguments[0], (char *const *)(uintptr_t)arguments);
		perror(arguments[0]);
		_exit(127);
	}
	return t;
}

static int release(struct terminal *t, int status)
{
	vterm_free(t->vt);
	strbuf_release(&t->row);
	strbuf_release(&t->all);
	strbuf_release(&t->answers);
	free(t);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int terminal_stop(struct terminal *t)
{
	long from = now_ms();
	int status;

	while (waitpid(t->pid, &status, WNOHANG) != t->pid) {
		if (!pump(t, 10))
			poll(NULL, 0, 5);
		if (now_ms() - from > PATIENCE_MS)
			kill(t->pid, SIGKILL);
	}
	pump(t, 0);
	close(t->fd);
	return release(t, status);
}

void terminal_close(struct terminal *t)
{
	kill(t->pid, SIGHUP);
	terminal_stop(t);
}

int terminal_drop(struct terminal *t, long *ms)
{
	long from = now_ms();
	int status;

	close(t->fd);
	while (waitpid(t->pid, &status, WNOHANG) != t->pid && now_ms() - from < 10000)
		poll(NULL, 0, 5);
	*ms = now_ms() - from;
	if (*ms >= 10000) {
		kill(t->pid, SIGKILL);
		waitpid(t->pid, &status, 0);
	}
	return release(t, status);
}

bool terminal_ended(struct terminal *t)
{
	pump(t, 0);
	return t->gone;
}

int terminal_process(const struct terminal *t)
{
	return t->pid;
}

void terminal_send(struct terminal *t, const char *bytes, size_t n)
{
	for (size_t at = 0; at < n;) {
		size_t part = n - at < 1024 ? n - at : 1024;

		send(t, bytes + at, part);
		pump(t, 0);            /* a pty holds 4 KB: both sides must keep reading */
		at += part;
	}
}

void terminal_type(struct terminal *t, const char *utf8)
{
	send(t, utf8, strlen(utf8));
}

static const struct { const char *name, *bytes; } special_keys[] = {
	{ "Enter", "\r" }, { "Tab", "\t" }, { "Esc", "\x1b" }, { "Backspace", "\x7f" }, { "Space", " " }, { "Shift-Tab", "\x1b[Z" },
	{ "Up", "\x1b[A" }, { "Down", "\x1b[B" }, { "Right", "\x1b[C" }, { "Left", "\x1b[D" }, { "Home", "\x1b[H" }, { "End", "\x1b[F" },
	{ "Insert", "\x1b[2~" }, { "Delete", "\x1b[3~" }, { "PgUp", "\x1b[5~" }, { "PgDn", "\x1b[6~" }, { "Ctrl-Home", "\x1b[1;5H" },
	{ "Ctrl-End", "\x1b[1;5F" }, { "Ctrl-Left", "\x1b[1;5D" }, { "Ctrl-Right", "\x1b[1;5C" }, { "Shift-Left", "\x1b[1;2D" },
	{ "Shift-Right", "\x1b[1;2C" }, { "Shift-Up", "\x1b[1;2A" }, { "Shift-Down", "\x1b[1;2B" },
	{ "F1", "\x1bOP" }, { "F2", "\x1bOQ" }, { "F3", "\x1bOR" }, { "F4", "\x1bOS" }, { "F5", "\x1b[15~" },
	{ "F6", "\x1b[17~" }, { "F7", "\x1b[18~" }, { "F8", "\x1b[19~" }, { "F9", "\x1b[20~" }, { "F10", "\x1b[21~" }, { "F11", "\x1b[23~" },
	{ "F12", "\x1b[24~" },
};

/* An Esc must stand alone: what is sent right after it would make Alt and a key of it. */
void terminal_press(struct terminal *t, const char *key)
{
	for (size_t i = 0; i < sizeof special_keys / sizeof *special_keys; i++)
		if (strcmp(special_keys[i].name, key) == 0) {
			terminal_type(t, special_keys[i].bytes);
			if (strcmp(key, "Esc") == 0)
				poll(NULL, 0, 100);
			return;
		}
	if (key[0] == '^' && key[1] != '\0') {
		send(t, (char[]){ (char)(key[1] & 31) }, 1);
	} else if (strncmp(key, "Alt-", 4) == 0) {
		char bytes[16];

		snprintf(bytes, sizeof bytes, "\x1b%s", key + 4);
		terminal_type(t, bytes);
	} else {
		terminal_type(t, key);
	}
}

void terminal_paste(struct terminal *t, const char *text)
{
	AUTO_STRBUF sent = { 0 };

	strbuf_add(&sent, t->state.paste_mode ? "\x1b[200~" : "");
	for (; *text; text++)
		strbuf_add_char(&sent, *text == '\n' ? '\r' : *text);      /* terminals send CR */
	strbuf_add(&sent, t->state.paste_mode ? "\x1b[201~" : "");
	terminal_send(t, sent.s, sent.n);
}

void terminal_click(struct terminal *t, int row, int col)
{
	char bytes[64];

	snprintf(bytes, sizeof bytes, "\x1b[<0;%d;%dM\x1b[<0;%d;%dm", col + 1, row + 1, col + 1, row + 1);
	terminal_type(t, bytes);
}

void terminal_resize(struct terminal *t, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	t->rows = rows;
	t->cols = cols;
	t->read = false;
	wire_resize(&t->wire, rows, cols);
	vterm_set_size(t->vt, rows, cols);
	ioctl(t->fd, TIOCSWINSZ, &size);
}

static VTermScreenCell cell_at(struct terminal *t, int row, int col)
{
	VTermScreenCell cell;

	memset(&cell, 0, sizeof cell);
	vterm_screen_get_cell(t->screen, (VTermPos){ .row = row, .col = col }, &cell);
	return cell;
}

int terminal_orphans(struct terminal *t)
{
	int orphans = 0;

	for (int row = 0; row < t->rows; row++)
		for (int col = 0; col < t->cols; col++) {
			VTermScreenCell cell = cell_at(t, row, col);
			bool has_half = col + 1 < t->cols && cell_at(t, row, col + 1).chars[0] == RIGHT_HALF;

			if (cell.chars[0] == RIGHT_HALF)
				orphans += col == 0 || cell_at(t, row, col - 1).width != 2;
			else if (cell.width == 2)
				orphans += !has_half;
		}
	return orphans;
}

bool terminal_take(struct terminal *t, int ms)
{
	return pump(t, ms);
}

void terminal_settle(struct terminal *t, int quiet_ms, int max_ms)
{
	long end = now_ms() + max_ms;

	while (now_ms() < end && pump(t, quiet_ms))
		;
	if (terminal_orphans(t) > 0)
		fail_msg("half a wide character stands on the screen:\n%s", terminal_screen(t));
	if (t->wire.fault[0] != '\0')
		fail_msg("the terminal was sent what it must not get: %s", t->wire.fault);
}

/* The characters of a cell: nothing for the right half of a wide one. Returns their length. */
static size_t read_cell(struct terminal *t, int row, int col, char bytes[4 * VTERM_MAX_CHARS_PER_CELL])
{
	VTermScreenCell cell = cell_at(t, row, col);
	size_t n = 0;

	if (cell.chars[0] == RIGHT_HALF)
		return 0;
	if (cell.chars[0] == 0)
		cell.chars[0] = ' ';
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
		n += text_encode(cell.chars[i], bytes + n);
	return n;
}

const char *terminal_row(struct terminal *t, int row)
{
	char bytes[4 * VTERM_MAX_CHARS_PER_CELL];
	size_t end = 0;

	strbuf_truncate(&t->row, 0);
	for (int col = 0; col < t->cols; col++) {
		size_t n = read_cell(t, row, col, bytes);

		strbuf_add_n(&t->row, bytes, n);
		if (n > 1 || (n == 1 && bytes[0] != ' '))
			end = t->row.n;
	}
	strbuf_truncate(&t->row, end);
	return strbuf_str(&t->row);
}

/* Tests ask again and again whether something is there: the cells are read once after each output. */
const char *terminal_screen(struct terminal *t)
{
	if (t->read)
		return strbuf_str(&t->all);
	strbuf_truncate(&t->all, 0);
	for (int row = 0; row < t->rows; row++) {
		strbuf_add(&t->all, terminal_row(t, row));
		strbuf_add_char(&t->all, '\n');
	}
	t->read = true;
	return strbuf_str(&t->all);
}

/* The column in which a row's byte stands. */
static int column_of(struct terminal *t, int row, size_t byte)
{
	char bytes[4 * VTERM_MAX_CHARS_PER_CELL];
	size_t n = 0;
	int col = 0;

	while (col < t->cols && (n += read_cell(t, row, col, bytes)) <= byte)
		col++;
	return col;
}

bool terminal_find(struct terminal *t, const char *text, int *row, int *col)
{
	const char *screen = terminal_screen(t), *at = strstr(screen, text);
	const char *line = screen;
	int r = 0;

	if (at == NULL)
		return false;
	for (const char *end; (end = strchr(line, '\n')) != NULL && end < at; line = end + 1)
		r++;
	if (row)
		*row = r;
	if (col)
		*col = column_of(t, r, (size_t)(at - line));
	return true;
}

bool terminal_shows(struct terminal *t, const char *text)
{
	return terminal_find(t, text, NULL, NULL);
}

static void wait_for(struct terminal *t, const char *text, bool wanted)
{
	long end = now_ms() + PATIENCE_MS;

	while (terminal_shows(t, text) != wanted) {
		if (t->gone || now_ms() >= end)
			fail_msg("%s: %s%s; the screen is:\n%s", text, wanted ? "not seen" : "still there",
			         t->gone ? " (the program has ended)" : "", terminal_screen(t));
		pump(t, 200);
	}
	terminal_settle(t, QUIET_MS, 1000);
}

void terminal_expect(struct terminal *t, const char *text)
{
	wait_for(t, text, true);
}

void terminal_expect_gone(struct terminal *t, const char *text)
{
	wait_for(t, text, false);
}

struct terminal_look terminal_look(struct terminal *t, int row, int col)
{
	VTermScreenCell cell = cell_at(t, row, col), plain;
	VTermColor fg, bg;

	vterm_state_get_default_colors(vterm_obtain_state(t->vt), &fg, &bg);
	plain.fg = fg;
	plain.bg = bg;
	return (struct terminal_look){
		.bold = cell.attrs.bold, .reverse = cell.attrs.reverse, .underline = cell.attrs.underline != 0,
		.coloured = !vterm_color_is_equal(&cell.fg, &plain.fg) || !vterm_color_is_equal(&cell.bg, &plain.bg),
	};
}

struct terminal_state terminal_state(struct terminal *t)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &at);
	t->state.cursor_row = at.row;
	t->state.cursor_col = at.col;
	return t->state;
}

void terminal_ambiguous_width(struct terminal *t, int cols)
{
	t->ambiguous = cols;
}

void terminal_hold_answers(struct terminal *t)
{
	t->slow = true;
}

void terminal_answer(struct terminal *t)
{
	t->slow = false;
	send(t, strbuf_str(&t->answers), t->answers.n);
	strbuf_truncate(&t->answers, 0);
}
