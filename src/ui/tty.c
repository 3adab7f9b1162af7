/* The terminal through curses: whole rows of one window, nothing else. Keys don't go through it (decode.h says why).
 *
 * A row is compared with what was shown last and written whole if it differs; curses then sends only the cells that changed. Writing parts of a row
 * would leave halves of wide characters behind.
 */
#include "ui/tty.h"

#include <curses.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "base/mem.h"
#include "ui/ambiguous.h"
#include "ui/input.h"
#include "ui/probe.h"
#include "ui/signals.h"
#include "ui/theme.h"

#define IN STDIN_FILENO
#define OUT STDOUT_FILENO
#define FALLBACK_TERM "xterm-256color"

/* Normal cursor keys and keypad (PuTTY's digits stay digits), bracketed paste; then the mouse where it is wanted. */
#define MODES_ON "\x1b[?1l\x1b>\x1b[?2004h"
#define MOUSE_ON "\x1b[?1006h\x1b[?1000h"
#define MODES_OFF "\x1b[?2004l\x1b[?1000l\x1b[?1006l"

struct tty {
	SCREEN *screen;
	struct termios saved;
	struct input *input;
	struct theme theme;
	enum palette palette;
	attr_t attributes[STYLE_COUNT];
	short pairs[STYLE_COUNT];      /* 0: the terminal's own colours */
	bool wide_ambiguous;
	bool width_asked;              /* and not answered yet: on a slow line the answer comes among the keys */
	int rows, cols;
	struct canvas shown;           /* what is on the screen */
	bool shown_valid;
	bool cursor_shown;
};

static void put(const char *s)
{
	size_t n = strlen(s);

	while (n > 0) {
		ssize_t k = write(OUT, s, n);

		if (k < 0 && errno != EINTR)
			return;        /* the terminal is gone: the next read says so */
		if (k > 0) {
			s += k;
			n -= (size_t)k;
		}
	}
}

static const char *terminal_type(void)
{
	const char *term = getenv("TERM");

	return term ? term : "";
}

static enum rc refuse_unusable(struct err *e)
{
	if (!isatty(IN) || !isatty(OUT))
		return err_set(e, RC_IO, NULL, "这里不是终端，请直接在终端里打开");
	if (strcmp(terminal_type(), "linux") == 0)
		return err_set(e, RC_IO, NULL, "The Linux console cannot show Chinese. Use kmscon, or cage + foot + fcitx5, "
		               "or log in over SSH from a terminal such as PuTTY (UTF-8).");
	return RC_OK;
}

static enum rc load_theme(struct tty *t, const struct settings *settings, struct err *e)
{
	AUTO_FREE char *path = settings_find_file(settings, "config/theme.ini");

	return theme_load(&t->theme, path, e);
}

static enum rc ask_width(struct tty *t, int setting, struct err *e)
{
	struct termios raw = t->saved;
	AUTO_STRBUF typed = { 0 };
	enum terminal_width width;

	if (setting != 0) {
		t->wide_ambiguous = setting == 2;
		return RC_OK;
	}
	cfmakeraw(&raw);
	if (tcsetattr(IN, TCSANOW, &raw) != 0)
		return err_set(e, RC_IO, NULL, "不能设置终端：%s", err_reason(errno));
	width = probe_width(IN, OUT, &typed);
	tcsetattr(IN, TCSANOW, &t->saved);
	if (width == WIDTH_NOT_UTF8)
		return err_set(e, RC_IO, NULL, "This terminal is not set to UTF-8. In PuTTY: Window > Translation > Remote character set > UTF-8. "
		               "(Or state [ui] ambiguous_width.)");
	t->wide_ambiguous = width == WIDTH_WIDE;
	t->width_asked = width == WIDTH_UNKNOWN;
	input_give(t->input, strbuf_str(&typed), typed.n);
	return RC_OK;
}

/* A capability of the terminal, without the padding that tputs() would turn into time. */
static void add_capability(struct strbuf *out, const char *name)
{
	const char *s = tigetstr((char *)(uintptr_t)name);

	if (s == NULL || s == (char *)-1)
		return;
	for (; *s; s++) {
		const char *end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;

		if (end)
			s = end;
		else
			strbuf_add_char(out, *s);
	}
}

/* What brings the terminal back should the program die. */
static void arm(const struct tty *t)
{
	AUTO_STRBUF bytes = { 0 };

	strbuf_add(&bytes, MODES_OFF);
	add_capability(&bytes, "sgr0");
	add_capability(&bytes, "rmcup");
	add_capability(&bytes, "cnorm");
	signals_arm(OUT, &t->saved, bytes.s, bytes.n);
}

static enum rc start_curses(struct tty *t, struct err *e)
{
	setenv("NCURSES_NO_UTF8_ACS", "1", 1);         /* else PuTTY as "xterm" shows lqqqk for ─ */
	t->screen = newterm(NULL, stdout, stdin);
	if (t->screen == NULL)
		t->screen = newterm((char *)(uintptr_t)FALLBACK_TERM, stdout, stdin);
	if (t->screen == NULL)
		return err_set(e, RC_IO, NULL, "不认识终端类型 %.40s，请安装 ncurses-term，或设 TERM=xterm-256color", terminal_type());
	if (tigetstr((char *)(uintptr_t)"cup") == NULL)
		return err_set(e, RC_IO, NULL, "终端类型 %.40s 不能移动光标，请设 TERM=xterm-256color", terminal_type());
	raw();
	noecho();
	nonl();
	typeahead(-1);                 /* a frame is sent whole, whatever is typed meanwhile */
	scrollok(stdscr, FALSE);
	idlok(stdscr, FALSE);
	curs_set(0);
	return RC_OK;
}

static attr_t look_attributes(const struct look *look)
{
	return (look->attributes & LOOK_BOLD ? A_BOLD : 0) | (look->attributes & LOOK_UNDERLINE ? A_UNDERLINE : 0) |
	       (look->attributes & LOOK_REVERSE ? A_REVERSE : 0) | (look->attributes & LOOK_DIM ? A_DIM : 0);
}

static enum palette choose_palette(void)
{
	const char *no_color = getenv("NO_COLOR");

	if ((no_color && *no_color) || !has_colors() || start_color() == ERR || use_default_colors() == ERR)
		return PALETTE_NONE;
	return COLORS >= 256 ? PALETTE_256 : COLORS >= 8 ? PALETTE_8 : PALETTE_NONE;
}

/* One pair a style; a pair that can't be had (it would show black on black) falls back on attributes. */
static void set_colours(struct tty *t)
{
	t->palette = choose_palette();
	for (int s = 0; s < STYLE_COUNT; s++) {
		const struct look *look = &t->theme.looks[t->palette][s];

		t->attributes[s] = look_attributes(look);
		t->pairs[s] = 0;
		if (t->palette == PALETTE_NONE || (look->fg < 0 && look->bg < 0))
			continue;
		if (init_pair((short)(s + 1), (short)look->fg, (short)look->bg) == OK)
			t->pairs[s] = (short)(s + 1);
		else
			t->attributes[s] = look_attributes(&t->theme.looks[PALETTE_NONE][s]);
	}
}

void tty_redraw(struct tty *t)
{
	t->shown_valid = false;
	clearok(curscr, TRUE);
}

static void take_size(struct tty *t)
{
	struct winsize size = { 0 };

	if (ioctl(OUT, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) {
		t->rows = LINES;
		t->cols = COLS;
	} else {
		t->rows = size.ws_row;
		t->cols = size.ws_col;
	}
	resize_term(t->rows, t->cols);
	canvas_resize(&t->shown, t->rows, t->cols);
	tty_redraw(t);                 /* terminals move what they show when their size changes, each in its own way */
}

static enum rc open_all(struct tty *t, const struct settings *settings, struct err *e)
{
	enum rc rc;

	if ((rc = load_theme(t, settings, e)) != RC_OK)
		return rc;
	if (tcgetattr(IN, &t->saved) != 0)
		return err_set(e, RC_IO, NULL, "不能读取终端的设置：%s", err_reason(errno));
	if ((rc = input_open(&t->input, IN, settings->escape_delay_ms, e)) != RC_OK || (rc = ask_width(t, settings->ambiguous_width, e)) != RC_OK ||
	    (rc = start_curses(t, e)) != RC_OK)
		return rc;
	arm(t);
	set_colours(t);
	take_size(t);
	put(MODES_ON);
	if (settings->mouse)
		put(MOUSE_ON);
	return RC_OK;
}

enum rc tty_open(struct tty **out, const struct settings *settings, struct err *e)
{
	struct tty *t;
	enum rc rc = refuse_unusable(e);

	if (rc != RC_OK)
		return rc;
	t = mem_alloc(sizeof *t);
	rc = open_all(t, settings, e);
	if (rc == RC_OK)
		*out = t;
	else
		tty_close(t);
	return rc;
}

void tty_close(struct tty *t)
{
	if (t == NULL)
		return;
	if (t->screen) {
		put(MODES_OFF);
		curs_set(1);
		endwin();
		signals_disarm();
		delscreen(t->screen);
	}
	input_close(t->input);
	canvas_release(&t->shown);
	free(t);
}

void tty_restore_now(void)
{
	signals_restore_terminal();
}

void tty_size(const struct tty *t, int *rows, int *cols)
{
	*rows = t->rows;
	*cols = t->cols;
}

bool tty_ascii_lines(const struct tty *t)
{
	return t->wide_ambiguous;
}

static cchar_t curses_cell(const struct tty *t, const struct cell *cell)
{
	wchar_t wide[CCHARW_MAX + 1] = { 0 };
	size_t n = strlen(cell->text), at = 0;
	cchar_t out;

	for (int i = 0; i < CCHARW_MAX && at < n; i++) {
		uint32_t cp;

		at += text_decode(cell->text + at, n - at, &cp);
		wide[i] = (wchar_t)(t->wide_ambiguous && cell->width == 1 ? ambiguous_substitute(cp) : cp);
	}
	setcchar(&out, wide, t->attributes[cell->style], t->pairs[cell->style], NULL);
	return out;
}

static void show_row(struct tty *t, const struct canvas *c, int row, cchar_t *out)
{
	const struct cell *cells = &c->cells[row * c->cols];
	int n = 0;

	for (int col = 0; col < c->cols; col++)
		if (cells[col].width > 0)
			out[n++] = curses_cell(t, &cells[col]);
	mvadd_wchnstr(row, 0, out, n);
}

static void show_cursor(struct tty *t, const struct canvas *c)
{
	bool shown = c->cursor_row >= 0 && c->cursor_row < t->rows && c->cursor_col < t->cols;

	if (shown != t->cursor_shown)
		curs_set(shown);
	t->cursor_shown = shown;
	leaveok(stdscr, !shown);
	if (shown)
		move(c->cursor_row, c->cursor_col);
}

void tty_show(struct tty *t, const struct canvas *c)
{
	size_t row_bytes = (size_t)t->cols * sizeof *c->cells;
	AUTO_FREE cchar_t *out = NULL;

	if (c->rows != t->rows || c->cols != t->cols)
		return;                /* a resize is on its way */
	out = mem_alloc(((size_t)t->cols + 1) * sizeof *out);
	for (int row = 0; row < c->rows; row++) {
		struct cell *shown = &t->shown.cells[row * c->cols];
		const struct cell *cells = &c->cells[row * c->cols];

		if (t->shown_valid && memcmp(shown, cells, row_bytes) == 0)
			continue;
		show_row(t, c, row, out);
		memcpy(shown, cells, row_bytes);
	}
	t->shown_valid = true;
	show_cursor(t, c);
	refresh();
}

void tty_bell(struct tty *t)
{
	(void)t;
	put("\a");
}

/* A late answer about the width: everything is painted anew, as after a resize. */
static bool take_report(struct tty *t, struct key_event *ev)
{
	bool wide = t->width_asked && probe_width_of(ev->col) == WIDTH_WIDE;

	t->width_asked = false;
	t->wide_ambiguous = t->wide_ambiguous || wide;
	*ev = (struct key_event){ .key = YK_RESIZE };
	return wide;
}

bool tty_read(struct tty *t, int timeout_ms, struct key_event *out)
{
	while (input_read(t->input, timeout_ms, out)) {
		if (out->key == YK_CURSOR_REPORT && !take_report(t, out))
			continue;
		if (out->key == YK_RESIZE)
			take_size(t);
		return true;
	}
	return false;
}

bool tty_pending(const struct tty *t)
{
	return input_pending(t->input);
}
