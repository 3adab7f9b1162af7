/* Result codes and the one error that travels upward.
 *
 * What can fail returns an `enum rc` and takes a `struct err *` last.  On failure the outputs are untouched and
 * the err says, in one Chinese line, what is wrong and what to do.  Below ui and cli nobody prints or exits.
 */
#ifndef YL_BASE_ERR_H
#define YL_BASE_ERR_H

enum rc {
	RC_OK,
	RC_INVALID,   /* what was typed or read is not acceptable; err.field names the form field where there is one */
	RC_NOTFOUND,
	RC_CONFLICT,  /* somebody else changed the record meanwhile */
	RC_DENIED,    /* the account's role does not allow it */
	RC_BUSY,      /* another process holds the database */
	RC_DB,        /* SQLite reported an error */
	RC_IO,        /* a file or the terminal */
	RC_STOPPED,   /* the person stopped it with Esc; data are as before */
};

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct err {
	enum rc code;
	char field[48];   /* form field to put the cursor on, "" if none */
	char text[512];   /* one UTF-8 line for the message bar */
};

/* Record a failure and return its code, so that a function can `return err_set(…)`.
 *
 * field   name of a form field, or NULL
 * format  printf format of the Chinese sentence; what does not fit is cut at a character
 */
enum rc err_set(struct err *e, enum rc code, const char *field, const char *format, ...) PRINTF_LIKE(4, 5);

/* Put a context in front of the text ("未能登记：…"), once per layer; returns e->code. */
enum rc err_during(struct err *e, const char *format, ...) PRINTF_LIKE(2, 3);

void err_clear(struct err *e);

/* The system's reason for a failed call (errno) in Chinese words: "没有这个文件或目录". Static text. */
const char *err_reason(int error_number);

#endif
