/* The command line: `youlin [COMMAND]`, one row of a table a command. */
#ifndef YL_CLI_CLI_H
#define YL_CLI_CLI_H

/* Exit status: 0 done, 1 it failed (one line on standard error says why), 2 the arguments are wrong. */
int cli_main(int argc, char **argv);

#endif
