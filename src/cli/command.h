/* Sub-commands: what each has at hand. */
#ifndef YL_CLI_COMMAND_H
#define YL_CLI_COMMAND_H

#include <getopt.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/settings.h"

struct store;
struct store_options;
struct office;

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

/* Options that every command takes. Values are borrowed from argv. */
struct cli {
	const char *command;              /* "demo"; "" for the program itself */
	const char *config, *db;
};

struct command {
	const char *name, *arguments, *summary;
	int (*run)(struct cli *cli, int argc, char **argv);   /* argv[0] is the command's name */
};

/* options.c. Each command's table of long options ends with COMMON_OPTIONS. */
enum { OPTION_CONFIG = 1000, OPTION_DB, OPTION_HELP, OPTION_WRONG };
#define COMMON_OPTIONS \
	{ "config", required_argument, NULL, OPTION_CONFIG }, { "db", required_argument, NULL, OPTION_DB }, \
	{ "help", no_argument, NULL, OPTION_HELP }, { NULL, 0, NULL, 0 }

/* The next option that is the command's own: its value from the table, -1 at the end, OPTION_HELP, or OPTION_WRONG after saying what is allowed.
 * --config and --db go to `cli`. Options and arguments may be mixed, except where `stop` is true. */
int cli_option(struct cli *cli, int argc, char **argv, const struct option *options, bool stop);

/* message.c: one line on standard error, cleaned of what a terminal must not get. */
int cli_usage(const struct cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);    /* EXIT_USAGE */
int cli_failed(const struct err *e);                                                /* EXIT_FAILED */
void cli_say(const char *format, ...) PRINTF_LIKE(1, 2);                            /* on standard output */

/* terminal.c: asking. Standard input may be a terminal or not; what is read is cleaned. */
bool cli_is_interactive(void);
enum rc cli_ask(const char *question, const char *initial, char **answer, struct err *e) MUST_USE;     /* initial NULL: must be answered */
enum rc cli_ask_password(const char *question, char **password, struct err *e) MUST_USE;               /* no echo; the caller frees it with cli_forget() */
enum rc cli_ask_new_password(char **password, struct err *e) MUST_USE;                                 /* twice on a terminal */
enum rc cli_read_password_file(const char *path, char **password, struct err *e) MUST_USE;
void cli_forget(char **secret);
#define AUTO_SECRET __attribute__((cleanup(cli_forget))) char *

/* place.c: settings and database. */
enum rc cli_data_path(const struct cli *cli, const struct settings *settings, char **path, struct err *e) MUST_USE;
struct place {
	struct settings settings;
	struct store *st;
	struct office *of;
};
/* Settings, database and what lies around it. */
enum rc place_open(struct place *p, const struct cli *cli, struct err *e) MUST_USE;
void place_close(struct place *p);
#define AUTO_PLACE __attribute__((cleanup(place_close))) struct place

/* progress.c: a bar on standard error where that is a terminal. */
void cli_progress(void *context, const char *what, int percent);
void cli_progress_end(void);

int command_open(struct cli *cli, int argc, char **argv);
int command_init(struct cli *cli, int argc, char **argv);
int command_demo(struct cli *cli, int argc, char **argv);
int command_account(struct cli *cli, int argc, char **argv);
int command_check(struct cli *cli, int argc, char **argv);

#endif
